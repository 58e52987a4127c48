"""The index: one page that leads to every page of a study, those that failed included."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from blupkit.core import Study
from blupkit.core.danish import first_upper
from blupkit.core.files import write_whole
from blupkit.report.batch.plan import COMMON, INTERNAL
from blupkit.report.batch.render import Outcome
from blupkit.report.pages.page import page_frame


def write_index(study: Study, outcomes: Sequence[Outcome], output: Path) -> Path:
    """Write the study's index page from what lies in its output folder and what went wrong in this run.

    Parameters
    ----------
    study : Study
        The study.
    outcomes : sequence of Outcome
        This run's; pages from earlier runs are found in the folder.
    output : pathlib.Path
        The study's output folder.

    Returns
    -------
    pathlib.Path
        The index.
    """
    failed = {outcome.page.name: outcome for outcome in outcomes if outcome.problem}
    titles = {outcome.page.notebook.stem: outcome.page.title for outcome in outcomes}
    names = {m.slug: m.name for m in study.municipalities}
    places = {COMMON: "Fælles for alle", **names, INTERNAL: "Kun til konsulenten – må ikke deles"}
    sections = []
    for folder, heading in places.items():
        made = {path.stem for path in (output / folder).glob("*.html")}
        stopped = {outcome.page.notebook.stem for outcome in failed.values() if outcome.page.folder == folder}
        place = f", {names[folder]}" if folder in names else ""
        lines = [_line(folder, stem, titles, place, stem in made, stem in stopped) for stem in sorted(made | stopped)]
        if lines:
            sections.append(f'<h2>{escape(heading)}</h2><ul class="pages">{"".join(lines)}</ul>')
    path = output / "index.html"
    write_whole(path, page_frame(f"{study.name} – alle sider", study, "".join(sections)))
    return path


def _line(folder: str, stem: str, titles: dict[str, str], place: str, made: bool, stopped: bool) -> str:
    # With the place, a list of the links alone can be read too.
    title = escape((titles.get(stem) or first_upper(stem.split("_", 1)[-1].replace("_", " "))) + place)
    link = f'<a href="{folder}/{stem}.html">{title}</a>' if made else title
    note = ' <span class="failed">– den seneste kørsel gik i stå; se mappen fejl</span>' if stopped else ""
    return f"<li>{link}{note}</li>"
