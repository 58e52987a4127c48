"""How far the answers have come, in sentences: for the consultant, and for a coordinator what the rules allow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from blupkit.app.fieldwork.progress import DAYS_BETWEEN
from blupkit.core.danish import count, first_upper, listing, long_date, many
from blupkit.core.study import Study, read_edition
from blupkit.disclosure import select_edition
from blupkit.survey.words.response import text_so_far

if TYPE_CHECKING:
    from blupkit.app.fieldwork.progress import Progress
    from blupkit.survey.tables import SurveyRelease


def progress_facts(progress: Progress) -> list[tuple[str, str]]:
    """Give what stands in front of the page: the day, and how many have answered."""
    answers = int(progress.cells["answers"].sum())
    facts = [("Opgjort", long_date(progress.today).removeprefix("den "))]
    return [*facts, ("Svar", many(answers, "besvarelse", "besvarelser"))]


def text_weeks(progress: Progress) -> str:
    """Say how the answers are known by week, or why they are not.

    Examples
    --------
    >>> from blupkit.app.fieldwork.progress import read_progress
    >>> from blupkit.survey.example import example_responses
    >>> text_weeks(read_progress(example_responses()))[:60]
    'Filen med svar siger ikke, hvornår hver besvarelse er kommet'
    """
    if not progress.is_dated:
        return (
            "Filen med svar siger ikke, hvornår hver besvarelse er kommet. Derfor er alle besvarelser i filen talt med,"
            " og de kan ikke vises uge for uge. Hent filen med tidspunkter, hvis systemet har dem."
        )
    if not progress.undated:
        return "Ugerne er dem, besvarelserne er kommet i."
    unknown = many(progress.undated, "besvarelse", "besvarelser")
    return f"Ugerne er dem, besvarelserne er kommet i. {first_upper(unknown)} har ingen dato."


def text_rule() -> str:
    """Say by what rule a group is to be reminded.

    Examples
    --------
    >>> text_rule()[:68]
    'En gruppe skal mindes om skemaet, når alt dette gælder: Der er gået '
    """
    return (
        f"En gruppe skal mindes om skemaet, når alt dette gælder: Der er gået mindst {count(DAYS_BETWEEN)} dage, siden"
        " det blev sendt, eller siden sidste påmindelse. Der er ikke planlagt en ny. Fristen er ikke passeret. Færre"
        " end halvdelen af de inviterede har svaret. Er antallet af inviterede ikke kendt, ser reglen bort fra det"
        " sidste."
    )


def list_reminders(progress: Progress, study: Study) -> str:
    """Say which groups are to be reminded, by municipality.

    Parameters
    ----------
    progress : Progress
        The survey on one day.
    study : Study
        Its words.

    Returns
    -------
    str
        A list, or that nobody is to be.
    """
    due = progress.cells[progress.cells["due"]]
    if due.empty:
        return f"Ingen skal have en påmindelse {long_date(progress.today)}."
    lines = [
        f"* **{read_edition(study, str(place)).place}:** "
        + listing(read_edition(study, str(place)).group_name(str(group)) for group in part["group"])
        for place, part in due.groupby("municipality", sort=False)
    ]
    return "\n".join(lines)


def table_coordinators(progress: Progress, release: SurveyRelease, study: Study) -> pd.DataFrame:
    """Give what each coordinator may be told: sentences made of what the release shows, and nothing of the rest.

    Whether a reminder is called for is not told: of a group that is not shown, it would tell that few have answered.

    Parameters
    ----------
    progress : Progress
        Its day and deadlines.
    release : SurveyRelease
        What was decided.
    study : Study
        Its municipalities.

    Returns
    -------
    pandas.DataFrame
        `Kommune` and `Det må koordinatoren vide`.
    """
    rows = []
    for place in study.places:
        edition = read_edition(study, place)
        days = progress.cells.loc[progress.cells["municipality"] == place, "deadline"].dropna()
        said = text_so_far(select_edition(release.response, edition), edition)
        rows.append((edition.place, f"{said} {_still_open(max(days, default=None), progress.today)}".strip()))
    return pd.DataFrame(rows, columns=["Kommune", "Det må koordinatoren vide"])


def _still_open(deadline: date | None, today: date) -> str:
    return f"Der kan svares til og med {long_date(deadline)}." if deadline and today <= deadline else ""
