"""The slides of the closing conference: what the consultant lists in `konference.csv`, with what may be shown of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from blupkit import activities, interviews, report, survey
from blupkit.core.study import ALL, Edition, Study
from blupkit.disclosure import SafeTable, select
from blupkit.survey.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits
    from blupkit.survey.tables import SurveyRelease

#: The slide that the others stand behind, and what stands on it where nobody wrote it.
_FRONT, _UNNAMED = "titel", "Konferencen"
_QUOTES: Final = "citater"
#: What was said afterwards, as `skemaer.csv` names its forms; and what is offered next, and how many would come.
_FORMS_OF: Final = {
    "workshop": "Evalueringerne fra workshopperne",
    "opfoelgning": "Svar på opfølgningen efter workshopperne",
    "laering": "Evalueringerne af læringen",
}
_CATALOGUE, _INTEREST = "katalog", "interesse"
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
    if table in _FORMS_OF:
        return _evaluated(table, name, groups, edition, release)
    if table in (_CATALOGUE, _INTEREST):
        return _offered(table, name, study, edition, release)
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


def _evaluated(
    form: str, name: str, groups: Sequence[str], edition: Edition, release: SurveyRelease
) -> Exhibits | None:
    """Show what was said afterwards: by group where that may be told, else by all together."""
    said = activities.evaluated(release, edition, form)
    study = edition.study
    source = study.source(f"{_FORMS_OF[form]}, {study.name}.")
    caption = f"{name}hvad deltagerne svarede. {{sted}}. "
    means, shares = (select(said, measure=measure) for measure in ("Gennemsnit", "Andel"))
    by_group, together = select(means, group=list(groups)), select(means, group=ALL)
    told = by_group if len(by_group.shown) else together
    if len(told.frame):
        caption += survey.text_scale(means)
        return report.plot_intervals(
            told, edition, measure="Gennemsnit", caption=caption, finding="", source=source, missing="–"
        )
    if len(shares.frame):
        caption += "Andel af dem, der har svaret."
        return report.table_groups(select(shares, group=ALL), edition, measure="Andel", caption=caption, source=source)
    return None


def _offered(
    table: str, name: str, study: Study, edition: Edition, release: SurveyRelease
) -> Exhibit | Exhibits | None:
    """Show what is offered next, or how many have said that they would come."""
    catalogue = activities.read_catalogue(
        study, edition, needs=release.needs, places=release.places,
        form=release.questions.form, times=release.questions.tidspunkt,
    )  # fmt: skip
    if table == _INTEREST:
        if catalogue.interest.frame.empty:
            return None
        return report.table_measures(
            catalogue.interest, edition, columns=["Interesserede"], counted="Interesserede", missing="ikke opgjort",
            caption=f"{name}antal, der gerne vil med.", source=catalogue.source("Optælling af interesserede"),
        )  # fmt: skip
    if not catalogue.rows:
        return None
    return report.table_written(
        catalogue.listed, caption=f"{name}det står i kataloget.",
        source=catalogue.source("Kataloget"),
    )  # fmt: skip


def _intervals(table: SafeTable, groups: Sequence[str], edition: Edition, caption: str) -> Exhibits:
    return report.plot_intervals(select(table, group=list(groups)), edition, measure="Gab", caption=caption, finding="")


def _quotes(study: Study, edition: Edition) -> Exhibit | None:
    if study.interviews is None:
        return None
    quotes = interviews.quotes_aloud(study, _VOICES)
    return report.list_quotes(quotes, caption="Godkendte citater efter tema", source=edition.interview_source)
