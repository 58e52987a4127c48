"""How far the answers have come while the survey runs, and who is to be reminded: for the consultant's eyes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from blupkit.activities.sending import Sending, read_sendings
from blupkit.core.danish import first_upper, percent, short_date
from blupkit.survey.reading.exports import read_export

if TYPE_CHECKING:
    from blupkit.survey.reading.responses import Responses

#: For how many days after a mail nobody is minded again, and what share of those invited is enough.
DAYS_BETWEEN: Final = 10
ENOUGH: Final = 0.5
#: What stands for the week of an answer of which nobody can say when it came; it sorts behind the years.
WITHOUT_DAY: Final = "Uge ikke kendt"
#: What an answer's arrival is divided by, to leave the day: it is written as year, month, day, hour, minute, second.
_CLOCK: Final = 1_000_000


@dataclass(frozen=True)
class Progress:
    """The survey on one day.

    Parameters
    ----------
    today : datetime.date
        The day.
    cells : pandas.DataFrame
        One row a municipality and group: `municipality`, `group`, `answers` (those that had come by then), `invited`
        (missing where nobody knows), `sent`, `reminder`, `deadline` (missing likewise), `state` and `due` (whether a
        reminder is called for).
    weeks : pandas.DataFrame
        The same rows with a column for each week in which an answer came ("2022, uge 05"), and one for those of which
        the export does not say it.
    undated : int
        How many of the answers have no day that can be read.
    """

    today: date
    cells: pd.DataFrame
    weeks: pd.DataFrame
    undated: int

    @property
    def is_dated(self) -> bool:
        """Whether the export says of any answer when it came."""
        return self.undated < int(self.cells["answers"].sum())


def read_progress(responses: Responses, today: str = "") -> Progress:
    """Count the answers that had come by a day, and say which groups are to be reminded.

    A group is to be reminded when it was sent the questionnaire, `DAYS_BETWEEN` days have gone by since then or since
    the last reminder, none is planned, its deadline is not past, and fewer than half of those invited have answered.
    Where nobody knows how many were invited, the last does not count.

    Parameters
    ----------
    responses : Responses
        What `survey.read_responses` returned.
    today : str
        Year-month-day; the study's data date where it is "".

    Returns
    -------
    Progress
        Where the export does not say when an answer came, it counts on every day.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> progress = read_progress(example_responses())
    >>> progress.cells[["municipality", "group", "answers", "invited"]].to_numpy().tolist()[0], progress.is_dated
    (['nordby', 'L', 5, 10], False)
    """
    study = responses.study
    day = date.fromisoformat(today) if today else study.data_date
    people = responses.respondents.assign(day=_days(responses))
    people = people[~(people["day"] > pd.Timestamp(day))]
    sendings = read_sendings(study).rows
    keys = ["municipality", "group"]
    counts = people.groupby(keys).size()
    rows = [_cell(sending, int(counts.get(cell, 0)), day) for cell, sending in sendings.items()]
    came = Counter(zip(people["municipality"], people["group"], people["day"].map(_week), strict=True))
    names = sorted({week for _, _, week in came})
    weeks = {name: [came[*cell, name] for cell in sendings] for name in names}
    places = pd.MultiIndex.from_tuples(list(sendings), names=keys)
    return Progress(day, pd.DataFrame(rows), pd.DataFrame(weeks, index=places), int(people["day"].isna().sum()))


def table_progress(progress: Progress, responses: Responses) -> pd.DataFrame:
    """Set out how many have answered, for the consultant's eyes.

    Parameters
    ----------
    progress : Progress
        The survey on one day.
    responses : Responses
        Whose study names the places.

    Returns
    -------
    pandas.DataFrame
        Danish heads; "ukendt" where nobody knows.
    """
    cells, study = progress.cells, responses.study
    known = [
        percent(100 * answers / invited) if pd.notna(invited) and invited else "ikke opgjort"
        for answers, invited in zip(cells["answers"], cells["invited"], strict=True)
    ]
    days = {head: [_short(day) for day in cells[column]] for head, column in _DAYS.items()}
    return pd.DataFrame(
        {
            "Kommune": cells["municipality"].map(study.place_names("I alt")),
            "Gruppe": [first_upper(study.group(key).name) for key in cells["group"]],
            "Besvarelser": cells["answers"],
            "Inviteret": [int(one) if pd.notna(one) else "ukendt" for one in cells["invited"]],
            "Svarprocent": known,
            **days,
            "Påmindelse?": cells["state"],
        }
    )


_DAYS: Final = {"Sendt": "sent", "Påmindet": "reminder", "Frist": "deadline"}


def table_weeks(progress: Progress, responses: Responses) -> pd.DataFrame:
    """Set out in which week the answers came, for the consultant's eyes.

    Parameters
    ----------
    progress, responses
        As for `table_progress`.

    Returns
    -------
    pandas.DataFrame
        A row a municipality and group, and a column a week; those of which nobody can say have a column of their own.
    """
    weeks, study = progress.weeks.reset_index(names=["Kommune", "Gruppe"]), responses.study
    groups = [first_upper(study.group(str(key)).name) for key in weeks["Gruppe"]]
    return weeks.assign(Kommune=weeks["Kommune"].map(study.place_names("I alt")), Gruppe=groups)


def _days(responses: Responses) -> pd.Series:
    """Give the day on which each answer came, missing where nobody can say."""
    moments = read_export(responses.study).arrived
    if moments is None:
        return pd.Series(pd.NaT, index=responses.respondents.index)
    days = pd.to_datetime((moments // _CLOCK).astype("Int64").astype("str"), format="%Y%m%d", errors="coerce")
    return responses.respondents["row"].map(days)


def _week(day: pd.Timestamp) -> str:
    if pd.isna(day):
        return WITHOUT_DAY
    year, week, _ = day.isocalendar()
    return f"{year}, uge {week:02d}"


def _cell(sending: Sending, answers: int, today: date) -> dict[str, object]:
    state, due = reminder_state(sending, answers, today)
    shown = {name: getattr(sending, name) for name in ("municipality", "group", "invited", *_DAYS.values())}
    return {**shown, "answers": answers, "state": state, "due": due}


def reminder_state(sending: Sending, answers: int, today: date) -> tuple[str, bool]:
    """Say by the rule where a group stands, and whether it is to be reminded.

    Parameters
    ----------
    sending : Sending
        When it was sent, and to how many.
    answers : int
        How many have answered.
    today : datetime.date
        The day.

    Examples
    --------
    >>> reminder_state(Sending("egeby", "L", invited=20, sent=date(2022, 2, 1)), 9, date(2022, 2, 16))
    ('ja', True)
    """
    sent, reminder, deadline = sending.sent, sending.reminder, sending.deadline
    if sent is None:
        return "nej, det er ikke noteret, hvornår det er sendt", False
    if today < sent:
        return f"nej, det sendes {_short(sent)}", False
    if deadline is not None and today > deadline:
        return "nej, fristen er passeret", False
    if sending.invited and answers >= ENOUGH * sending.invited:
        return "nej, mindst halvdelen har svaret", False
    if reminder is not None and reminder > today:
        return f"nej, planlagt {_short(reminder)}", False
    ready = (reminder or sent) + timedelta(days=DAYS_BETWEEN)
    if today < ready:
        return f"nej, tidligst {_short(ready)}", False
    return "ja" if sending.invited else "ja, antallet af inviterede er ikke kendt", True


def _short(day: date | None) -> str:
    return "ikke noteret" if day is None or pd.isna(day) else short_date(day)
