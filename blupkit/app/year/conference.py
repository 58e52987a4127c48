"""The slides of the closing conference: what the consultant lists in `konference.csv`, with what may be shown of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from blupkit import activities, interviews, report, survey
from blupkit.core.study import Edition, Study
from blupkit.disclosure import SafeTable, select
from blupkit.survey.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits
    from blupkit.survey.tables import SurveyRelease

#: The slide that the others stand behind, and what stands on it where nobody wrote it.
_FRONT, _UNNAMED = "titel", "Konferencen"
_QUOTES: Final = "citater"
#: How many quotes are read aloud, each of a theme of its own.
_VOICES: Final = 3
#: The view of a source that shows all groups beside each other.
_TOGETHER: Final = "faelles"


def conference_title(study: Study) -> str:
    """Give what the conference is called: the heading of its first slide.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/konference.csv`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> conference_title(example_study())
    'Konferencen'
    """
    rows = activities.read_activities(study)["konference"]
    return next((str(row["overskrift"]) for row in rows if row["art"] == _FRONT), _UNNAMED)


def conference(study: Study, edition: Edition, release: SurveyRelease) -> Block:
    """Show the slides of the conference under each other, in the consultant's order and under her own headings.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/konference.csv` says what each slide shows.
    edition : Edition
        All municipalities: nothing here names one of them.
    release : SurveyRelease
        What may be shown to all.

    Returns
    -------
    Block
        A section for each row, with the consultant's own words and what its source has to show. One that has neither
        has its heading alone; `check` says so.

    Examples
    --------
    >>> from blupkit.app import load_release
    >>> from blupkit.core import example_study, read_edition
    >>> study = example_study()
    >>> edition = read_edition(study, "alle")
    >>> conference(study, edition, load_release(study, edition)).html
    ''
    """
    rows = [row for row in activities.read_activities(study)["konference"] if row["art"] != _FRONT]
    rows.sort(key=lambda row: row["nr"])
    parts = []
    for row in rows:
        # Two slides may show the same: a screen reader tells them apart by what they are called.
        heading = str(row["overskrift"])
        name = re.sub(r"([{}])", r"\1\1", heading.rstrip(".?!")) + ": "
        points = [point.strip() for point in str(row["tekst"] or "").split("|") if point.strip()]
        parts.append((heading, points, _shown(str(row["kilde"]), name, study, edition, release)))
    return report.sections(parts)


def _shown(source: str, name: str, study: Study, edition: Edition, release: SurveyRelease) -> Exhibit | Exhibits | None:
    table, _, view = source.partition(":")
    groups = [view] if view in study.group_keys else study.group_keys
    if table == _QUOTES:
        return _quotes(study, edition)
    if table == Table.COOPERATION:
        sides = survey.mirror(release.cooperation, study)
        caption = f"{name}vurdering af samarbejdet. {{sted}}. " + survey.text_scale(sides)
        return report.plot_mirror(sides, edition, ends=("Helt uenig", "Helt enig"), caption=caption, finding="")
    if table == Table.NEEDS:
        needs = survey.common_items(release.needs, study) if len(groups) > 1 else release.needs
        who = "" if len(groups) > 1 else "{gruppe}, "
        caption = f"{name}gab mellem vigtighed og nuværende niveau. {who}{{sted}}."
        return _intervals(needs, groups, edition, caption)
    if table == Table.DIMENSIONS:
        caption = f"{name}gennemsnitligt gab i hvert område. {{sted}}."
        return _intervals(release.dimensions, groups, edition, caption)
    answered = select(getattr(release.questions, table), group=groups)
    if answered.frame.empty:
        return None
    return report.plot_bars(
        answered, edition, measure="Andel", caption=f"{name}andel af dem, der har svaret. {{sted}}.", finding=""
    )


def _intervals(table: SafeTable, groups: Sequence[str], edition: Edition, caption: str) -> Exhibits:
    return report.plot_intervals(select(table, group=list(groups)), edition, measure="Gab", caption=caption, finding="")


def _quotes(study: Study, edition: Edition) -> Exhibit | None:
    if study.interviews is None:
        return None
    every = interviews.choose_quotes(interviews.approved_quotes(study, interviews.read_coded(study)))
    quotes = every.groupby("theme_name", sort=False).head(1).head(_VOICES)
    return report.list_quotes(quotes, caption="Godkendte citater efter tema", source=edition.interview_source)
