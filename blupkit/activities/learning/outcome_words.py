"""What is said of what came of the learning, in Danish: who came, what they rated, and what that cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blupkit.activities.evaluating.words import text_answered, text_unsplit
from blupkit.core.danish import number

if TYPE_CHECKING:
    from blupkit.activities.learning.outcome import Outcome

#: The month of the survey → when that was.
_SEASONS: Final = ("om vinteren", "i foråret", "om sommeren", "i efteråret")
#: What nobody can read off the ratings.
UNKNOWN: Final = (
    "Om deltagerne gør noget anderledes nu. De har svaret på, hvad de selv mener.",
    "Om ændringen skyldes læringen. Når man ser tilbage, vurderer man ofte sit tidligere niveau lavere, og så ser"
    " ændringen større ud.",
    "Hvordan det gik i hver kommune. Dertil var der for få fra hver.",
)


def text_came(outcome: Outcome) -> str:
    """Say how many of those who came have answered, and that a person counts once for each activity.

    Parameters
    ----------
    outcome : Outcome
        What `read_outcome` returned.

    Returns
    -------
    str
        A sentence or two; "" where nobody has handed in a form.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> from blupkit.activities.learning.outcome import read_outcome
    >>> from blupkit.disclosure import Draft, suppress
    >>> catalogue = example_catalogue()
    >>> text_came(read_outcome(catalogue, suppress(Draft({}), catalogue.edition.study)))
    ''
    """
    told = text_answered(outcome.whole)
    return f"{told} Den, der har været med i flere aktiviteter, tæller med i dem alle." if told else ""


def text_said(outcome: Outcome) -> str:
    """Say what the means of the questions are.

    Parameters
    ----------
    outcome : Outcome
        What `read_outcome` returned.

    Returns
    -------
    str
        A sentence or two; "" where nobody has handed in a form.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> from blupkit.activities.learning.outcome import read_outcome
    >>> from blupkit.disclosure import Draft, suppress
    >>> catalogue = example_catalogue()
    >>> text_said(read_outcome(catalogue, suppress(Draft({}), catalogue.edition.study)))
    ''
    """
    rows = outcome.said.frame
    if rows.empty:
        return ""
    low, high = (number(end, 0) for end in (rows["lowest"].min(), rows["highest"].max()))
    return f"Deltagerne svarede på en skala fra {low} til {high}, hvor {high} er bedst. Tallene er gennemsnit."


def text_rated(outcome: Outcome) -> str:
    """Say what is set beside each other, and that they are not the same people.

    Parameters
    ----------
    outcome : Outcome
        What `read_outcome` returned.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> from blupkit.activities.learning.outcome import read_outcome
    >>> from blupkit.disclosure import Draft, suppress
    >>> catalogue = example_catalogue()
    >>> told = text_rated(read_outcome(catalogue, suppress(Draft({}), catalogue.edition.study)))
    >>> told.split("**")[1]
    'Deltagerne er ikke de samme som dem, der svarede i foråret.'
    """
    when = _SEASONS[outcome.catalogue.edition.study.data_date.month % 12 // 3]
    return (
        "Da læringen var slut, vurderede deltagerne sig selv to gange på samme skema: hvad de kunne før, og hvad de kan"
        " nu. Ændringen er gennemsnittet af dem, der svarede på begge dele. Usikkerheden står i parentes, hvor den kan"
        f" vises. Ved siden af står niveauet i undersøgelsen. **Deltagerne er ikke de samme som dem, der svarede"
        f" {when}.**"
    )


def list_unknown(outcome: Outcome) -> str:
    """List what the evaluations cannot say.

    Parameters
    ----------
    outcome : Outcome
        What `read_outcome` returned.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> from blupkit.activities.learning.outcome import read_outcome
    >>> from blupkit.disclosure import Draft, suppress
    >>> catalogue = example_catalogue()
    >>> len(list_unknown(read_outcome(catalogue, suppress(Draft({}), catalogue.edition.study))).splitlines())
    3
    """
    silent = outcome.silent
    who = "den deltager" if silent == 1 else f"de {number(silent, 0)} deltagere"
    told = [f"Hvad {who}, der ikke har svaret, ville have sagt."] if silent > 0 else []
    told += [*UNKNOWN, *filter(None, [text_unsplit(outcome.whole)])]
    return "\n".join(f"* {one}" for one in told)
