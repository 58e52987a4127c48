"""The index: one page that leads to every page of a study, those that failed included."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from blupkit.core import Study
from blupkit.core.danish import first_upper
from blupkit.core.outputs import Folder, Outputs
from blupkit.report.batch.render import Outcome
from blupkit.report.pages.frame import page_frame
from blupkit.report.pages.material import title_in

#: A page's title stands among its first letters.
_HEAD: Final = 2000


def write_index(study: Study, outcomes: Sequence[Outcome], outputs: Outputs) -> Path:
    """Write the study's index page from what lies in its output and what went wrong in this run.

    Parameters
    ----------
    study : Study
        The study.
    outcomes : sequence of Outcome
        This run's; pages from earlier runs are found in the folder.
    outputs : Outputs
        The study's output.

    Returns
    -------
    pathlib.Path
        The index.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> _ = outputs.write(outputs.page("faelles/03_temaer"), "")
    >>> '<a href="faelles/03_temaer.html">Temaer</a>' in write_index(study, [], outputs).read_text("utf-8")
    True
    """
    stopped = {outcome.page.name for outcome in outcomes if outcome.problem}
    titles = {outcome.page.notebook.stem: outcome.page.title for outcome in outcomes}
    names = {m.slug: m.name for m in study.municipalities}
    places = {Folder.COMMON: "Fælles for alle", **names, Folder.INTERNAL: "Kun til konsulenten – må ikke deles"}
    sections = []
    for folder, heading in places.items():
        made = {f"{folder}/{stem}" for stem in outputs.pages_in(folder)}
        wanted = sorted(made | {name for name in stopped if name.startswith(f"{folder}/")})
        place = f", {names[folder]}" if folder in names else ""
        lines = [
            _line(name, _title(name, titles, outputs.page(name)) + place, name in made, name in stopped)
            for name in wanted
        ]
        if lines:
            sections.append(f'<h2>{escape(heading)}</h2><ul class="pages">{"".join(lines)}</ul>')
    return outputs.write(outputs.index, page_frame(f"{study.name} – alle sider", study, "".join(sections)))


def _title(name: str, titles: dict[str, str], made: Path) -> str:
    """Say what a page is called: as it says itself, else as its notebook, or as that notebook's file."""
    stem = name.split("/")[-1]
    own = ""
    if made.is_file():
        with made.open(encoding="utf-8") as file:
            own = title_in(file.read(_HEAD))
    return own or titles.get(stem) or first_upper(stem.split("_", 1)[-1].replace("_", " "))


def _line(name: str, title: str, made: bool, stopped: bool) -> str:
    # With the place, a list of the links alone can be read too.
    link = f'<a href="{name}.html">{escape(title)}</a>' if made else escape(title)
    note = ' <span class="failed">– den seneste kørsel gik i stå; se mappen fejl</span>' if stopped else ""
    return f"<li>{link}{note}</li>"
