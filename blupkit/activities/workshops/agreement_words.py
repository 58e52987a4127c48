"""What is said of the agreements and of who came to the workshops, in Danish."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from blupkit.activities.workshops.agreements import Agreement, Agreements, Attendance
from blupkit.core.danish import count, count_of, first_upper, listing, long_date, many
from blupkit.core.study import Edition, Study

if TYPE_CHECKING:
    import pandas as pd

#: A state → what an agreement in it is.
_STATES: Final = {
    "aftalt": "ikke begyndt",
    "i gang": "i gang",
    "delvist": "delvist opfyldt",
    "opgivet": "opgivet",
}
NO_AGREEMENTS: Final = "Der er endnu ingen aftaler."


def agreement_facts(agreements: Agreements) -> list[tuple[str, str]]:
    """Give what stands at the top of a page about agreements.

    Parameters
    ----------
    agreements : Agreements
        What `read_agreements` returned.

    Examples
    --------
    >>> from datetime import date
    >>> agreement_facts(Agreements(date(2022, 12, 21), (), {"opfyldt": 1, "i gang": 2}, {}, 0))
    [('Opgjort', '21. december 2022'), ('I alt', '3 aftaler'), ('Opfyldt', '1 af 3')]
    """
    day = ("Opgjort", long_date(agreements.today).removeprefix("den "))
    if not agreements.all:
        return [day]
    fulfilled = f"{agreements.fulfilled} af {agreements.all}"
    return [day, ("I alt", many(agreements.all, "aftale", "aftaler")), ("Opfyldt", fulfilled)]


def text_agreements(agreements: Agreements) -> str:
    r"""Say how far the agreements are: fulfilled of all, and of which it is not known by themselves.

    Parameters
    ----------
    agreements : Agreements
        What `read_agreements` returned.

    Examples
    --------
    >>> from datetime import date
    >>> states = {"opfyldt": 5, "i gang": 6, "delvist": 2, "opgivet": 1, "ukendt": 3}
    >>> print(text_agreements(Agreements(date(2022, 12, 21), (), states, {}, 9)).replace(". ", ".\n"))
    5 af 17 aftaler er opfyldt.
    Seks er i gang, to er delvist opfyldt, og én er opgivet.
    Hvor langt tre af dem er, ved vi ikke; de er talt med blandt de 17.
    For ni aftaler er fristen overskredet, uden at de er opfyldt eller opgivet.
    """
    if not agreements.all:
        return NO_AGREEMENTS
    rest = [f"{_few(n)} er {what}" for state, what in _STATES.items() if (n := agreements.states.get(state, 0))]
    said = [_fulfilled(agreements)]
    if rest:
        said.append(f"{first_upper(_clauses(rest))}.")
    if agreements.unknown == agreements.all:
        said.append("Hvor langt de er, ved vi ikke." if agreements.all > 1 else "Hvor langt den er, ved vi ikke.")
    elif agreements.unknown:
        are = "de er" if agreements.unknown > 1 else "den er"
        whole = count(agreements.all)
        said.append(f"Hvor langt {_few(agreements.unknown)} af dem er, ved vi ikke; {are} talt med blandt de {whole}.")
    if agreements.overdue:
        which = "den er" if agreements.overdue == 1 else "de er"
        late = f"{_few(agreements.overdue)} {'aftale' if agreements.overdue == 1 else 'aftaler'}"
        said.append(f"For {late} er fristen overskredet, uden at {which} opfyldt eller opgivet.")
    return " ".join(said)


def _fulfilled(agreements: Agreements) -> str:
    if agreements.all == 1:
        return "Den ene aftale er opfyldt." if agreements.fulfilled else "Den ene aftale er ikke opfyldt."
    if not agreements.fulfilled:
        return f"Ingen af de {count(agreements.all)} aftaler er opfyldt."
    told = count_of(agreements.fulfilled, agreements.all)
    return f"{first_upper(told.replace('en af', 'én af'))} aftaler er opfyldt."


def text_parties(agreements: Agreements) -> str:
    """Say how many of the agreements each party is responsible for.

    Parameters
    ----------
    agreements : Agreements
        What `read_agreements` returned.

    Examples
    --------
    >>> from datetime import date
    >>> parties = {"lokalråd": 5, "forvaltningen": 7, "fælles": 2}
    >>> text_parties(Agreements(date(2022, 12, 21), (), {"i gang": 14}, parties, 0))
    'Der er lavet 14 aftaler. Forvaltningen har ansvaret for syv og lokalråd for fem. To er fælles.'
    """
    if not agreements.all:
        return NO_AGREEMENTS
    made = f"Der er lavet {_few(agreements.all)} {'aftale' if agreements.all == 1 else 'aftaler'}."
    told = [
        f"{party}{' har ansvaret' if at == 0 else ''} for {_few(n)}"
        for at, (n, party) in enumerate(agreements.by_party)
    ]
    said = [made, f"{first_upper(listing(told))}." if told else ""]
    said.append(f"{first_upper(_few(agreements.together))} er fælles." if agreements.together else "")
    return " ".join(filter(None, said))


def text_shared(agreements: Agreements) -> str:
    """Say which of the agreements of all municipalities stand on the page.

    Parameters
    ----------
    agreements : Agreements
        What `read_agreements` returned for all municipalities.

    Examples
    --------
    >>> from datetime import date
    >>> text_shared(Agreements(date(2022, 12, 21), (), {"i gang": 3}, {}, 0))
    'Ingen af aftalerne er delt med alle.'
    """
    shown = len(agreements.made)
    if not shown:
        return "Ingen af aftalerne er delt med alle." if agreements.all else ""
    what = "den aftale" if shown == 1 else f"de {count(shown)} aftaler"
    others = " De øvrige er ikke delt med alle." if shown < agreements.all else ""
    return f"Her er {what}, som parterne har delt med alle.{others}"


def list_agreements(agreements: Agreements, study: Study, which: str) -> str:
    """List agreements that somebody must ask about, municipality by municipality: for the consultant alone.

    Parameters
    ----------
    agreements : Agreements
        What `read_agreements` returned with what is internal.
    study : Study
        The study.
    which : str
        "overskredet", or a state such as "ukendt".

    Returns
    -------
    str
        Markdown; a sentence where there are none.
    """
    some = [each for each in agreements.made if (each.overdue if which == "overskredet" else each.state == which)]
    places = [name for name in study.places if any(each.municipality == name for each in some)]
    names = study.place_names("")
    told = []
    for place in places:
        told.append(f"* **{names[place]}**")
        told += [f"    * {_due(each)}" for each in some if each.municipality == place]
    return "\n".join(told) or "Ingen."


def _due(agreement: Agreement) -> str:
    told = f", oplyst {long_date(agreement.told)}" if agreement.told else ""
    state = "ikke oplyst, hvor langt" if not agreement.known else agreement.state + told
    deadline = long_date(agreement.deadline)
    return f"{agreement.text.rstrip('.')}: {agreement.party}, frist {deadline}, {state}."


def attendance_title(attendance: Attendance) -> str:
    """Give the heading of the page about all workshops.

    Parameters
    ----------
    attendance : Attendance
        What `read_attendance` returned.

    Examples
    --------
    >>> [attendance_title(Attendance((None,) * n, {}, ())) for n in (0, 1, 6)]
    ['Workshopperne', 'Én workshop', 'Seks workshopper']
    """
    n = len(attendance.days)
    return f"{first_upper(_few(n))} {'workshop' if n == 1 else 'workshopper'}" if n else "Workshopperne"


def text_attendance(attendance: Attendance, edition: Edition) -> str:
    r"""Say how many workshops are held, when, and who came.

    Parameters
    ----------
    attendance : Attendance
        What `read_attendance` returned.
    edition : Edition
        All municipalities.

    Examples
    --------
    >>> from datetime import date
    >>> from blupkit.core import example_study, read_edition
    >>> edition = read_edition(example_study(), "alle")
    >>> days = (date(2022, 5, 17), date(2022, 9, 21))
    >>> print(text_attendance(Attendance(days, {"L": 22, "A": 12}, ()), edition).replace(". ", ".\n"))
    Der er holdt to workshopper, den første den 17.
    maj 2022 og den sidste den 21.
    september 2022.
    34 deltog: 22 lokalrådsmedlemmer og 12 kommunalt ansatte.
    """
    if not attendance.days:
        return "Der er endnu ikke holdt nogen workshop."
    first, *_, last = (attendance.days[0], *attendance.days)
    when = f"den {long_date(first)}" if len(attendance.days) == 1 else ""
    held = (
        f"Der er holdt én workshop, {when.removeprefix('den ')}."
        if when
        else f"Der er holdt {count(len(attendance.days))} workshopper, den første {long_date(first)} og den sidste"
        f" {long_date(last)}."
    )
    who = [f"{n} {edition.group_name(group)}" for group, n in attendance.came.items() if n]
    unknown = listing(edition.group_name(group) for group in attendance.unknown)
    at_least = "Mindst " if unknown else ""
    came = f"{at_least}{sum(attendance.came.values())} deltog: {listing(who)}." if who else ""
    missing = f"Hvor mange {unknown} der deltog, er ikke oplyst fra alle workshopper." if unknown else ""
    return " ".join(filter(None, [held, came, missing]))


def text_followed_up(answers: pd.DataFrame, attendance: Attendance) -> str:
    """Say how many of those who came have answered after three months: for the consultant alone.

    Parameters
    ----------
    answers : pandas.DataFrame
        What `followed_up` returned.
    attendance : Attendance
        What `read_attendance` returned.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"Spørgsmål": ["Sat i gang?"] * 2, "Svar": [9, 5]})
    >>> text_followed_up(answers, Attendance((None,), {"L": 20, "A": 6}, ())).split(". ")[0]
    '14 har svaret af de 26, der deltog'
    >>> text_followed_up(answers.head(0), Attendance((), {}, ()))
    'Ingen har svaret på opfølgningen endnu.'
    """
    if answers.empty:
        return "Ingen har svaret på opfølgningen endnu."
    given = int(answers.groupby("Spørgsmål")["Svar"].sum().max())
    came = sum(attendance.came.values())
    of_all = f"{given} har svaret" if attendance.unknown else f"{given} har svaret af de {came}, der deltog"
    return f"{of_all}. De øvrige er ikke nødvendigvis kommet lige så langt."


def source_of(study: Study, what: str) -> str:
    """Give what stands after "Kilde:" under what was typed in about workshops.

    Parameters
    ----------
    study : Study
        The study.
    what : str
        What they are, for example "Aftalerne".

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> source_of(example_study(), "Aftalerne")
    'Aftalerne fra workshopperne, Eksemplet. (Syntetiske demodata)'
    """
    return study.source(f"{what} fra workshopperne, {study.name}.")


def _few(n: int) -> str:
    """Count in words: "én" where "en" could be read as an article."""
    return "én" if n == 1 else count(n)


def _clauses(parts: Iterable[str]) -> str:
    """Join whole clauses: a comma stands before the last "og" too."""
    *first, last = parts
    return f"{', '.join(first)}, og {last}" if first else last
