"""What is said of one municipality's workshop, in Danish: to those who come, and to the facilitator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from babel.dates import format_date

from blupkit.activities.workshops.brief import Workshop, clock, seated
from blupkit.core.danish import count, first_lower, first_upper, listing, long_date, many
from blupkit.core.study import Edition

if TYPE_CHECKING:
    import pandas as pd

#: What the invitation promises → what that means to those who come.
_KINDS: Final = {
    "information": "Mødet er til orientering. I hører, hvad der er besluttet, og kan spørge.",
    "dialog": "Mødet er en dialog. I taler sammen og lytter til hinanden, og beslutninger træffes bagefter.",
    "samskabelse": "Mødet er samskabelse. I finder løsningerne sammen, og alle parter er lige meget værd.",
}
#: What stands in the programme where the facilitator alone knows what happens.
_LATER: Final = "Det fortæller facilitator undervejs"


def workshop_title(workshop: Workshop) -> str:
    """Give the heading of the page about a workshop.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.

    Examples
    --------
    >>> from datetime import date
    >>> workshop_title(Workshop(day=date(2022, 5, 17))), workshop_title(Workshop())
    ('Samarbejdsworkshop den 17. maj 2022', 'Samarbejdsworkshop')
    """
    return f"Samarbejdsworkshop {long_date(workshop.day)}" if workshop.day else "Samarbejdsworkshop"


def workshop_facts(workshop: Workshop) -> list[tuple[str, str]]:
    """Give when and where a workshop is, for the top of its page: the heading has the date.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.

    Examples
    --------
    >>> from datetime import date, time
    >>> workshop_facts(Workshop(day=date(2022, 5, 17), hours=(time(16, 30), time(20)), place="medborgerhus"))
    [('Hvornår', 'Tirsdag kl. 16.30-20.00'), ('Hvor', 'Medborgerhus')]
    >>> workshop_facts(Workshop())
    [('Hvornår', 'Er ikke aftalt endnu')]
    """
    if workshop.day is None:
        return [("Hvornår", "Er ikke aftalt endnu")]
    where = [("Hvor", first_upper(workshop.place))] if workshop.place else []
    return [("Hvornår", f"{_weekday(workshop)} {_hours(workshop)}"), *where]


def _weekday(workshop: Workshop) -> str:
    return first_upper(format_date(workshop.day, "EEEE", locale="da"))


def _hours(workshop: Workshop) -> str:
    start, end = (clock(hour.hour * 60 + hour.minute) for hour in workshop.hours)
    return f"kl. {start}-{end}"


def when(workshop: Workshop) -> str:
    """Say when a workshop is, in a line of a letter.

    Parameters
    ----------
    workshop : Workshop
        One that is arranged.

    Examples
    --------
    >>> from datetime import date, time
    >>> when(Workshop(day=date(2022, 5, 17), hours=(time(16, 30), time(20))))
    'Tirsdag den 17. maj 2022 kl. 16.30-20.00'
    """
    day = f" {long_date(workshop.day)}" if workshop.day else ""
    return f"{_weekday(workshop)}{day} {_hours(workshop)}"


def who_comes(edition: Edition) -> str:
    """Name the groups that a workshop is for, in the municipality's words.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> who_comes(read_edition(example_study(), "nordby"))
    'lokalrådsmedlemmer og kommunalt ansatte i Nordby Kommune'
    """
    return f"{listing(edition.group_name(key) for key in edition.study.group_keys)} i {edition.place}"


def list_practical(workshop: Workshop, edition: Edition) -> str:
    """List what one must know to come: what is promised, who is invited, and what the consultant has written.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.
    edition : Edition
        The municipality.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> edition = read_edition(example_study(), "nordby")
    >>> workshop = Workshop(kind="dialog", invited={"L": 24, "A": "ukendt"}, said={"praktisk": ("Mad kl. 16.30.",)})
    >>> print(list_practical(workshop, edition).replace("lokalrådsmedlemmer", "medlemmer"))
    * Mødet er en dialog. I taler sammen og lytter til hinanden, og beslutninger træffes bagefter.
    * 24 medlemmer er inviteret. Det er ikke oplyst, hvor mange kommunalt ansatte der er inviteret.
    * Mad kl. 16.30.
    >>> list_practical(Workshop(), edition)
    'Der er ikke lagt en workshop i kalenderen for Nordby Kommune.'
    """
    if not workshop.kind:
        return f"Der er ikke lagt en workshop i kalenderen for {edition.place}."
    kind, *others = practical(workshop)
    return _bullets([kind, _invited(workshop, edition), *others])


def practical(workshop: Workshop) -> list[str]:
    """Give what one must know to come, without who else is invited.

    Parameters
    ----------
    workshop : Workshop
        One that is arranged.

    Examples
    --------
    >>> practical(Workshop(kind="dialog", said={"praktisk": ("Mad kl. 16.30.",)}))[1:]
    ['Mad kl. 16.30.']
    """
    return [_KINDS[workshop.kind], *workshop.said.get("praktisk", ())]


def _invited(workshop: Workshop, edition: Edition) -> str:
    """Say how many of each group are invited, and of whom that is not known."""
    counts = workshop.invited.items()
    known = [people(n, group, edition) for group, n in counts if isinstance(n, int) and n]
    unknown = [edition.group_name(group) for group, n in counts if not isinstance(n, int)]
    told = [f"{first_upper(listing(known))} er inviteret."] if known else []
    if unknown:
        told.append(f"Det er ikke oplyst, hvor mange {listing(unknown, 'eller')} der er inviteret.")
    return " ".join(told)


def people(many_of_them: int, group: str, edition: Edition) -> str:
    """Write how many of a group, in the reader's words.

    Parameters
    ----------
    many_of_them : int
        How many.
    group : str
        The group's key.
    edition : Edition
        The reader.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> edition = read_edition(example_study(), "nordby")
    >>> [people(n, "A", edition) for n in (1, 12)]
    ['1 kommunalt ansat', '12 kommunalt ansatte']
    """
    return many(many_of_them, first_lower(edition.study.group(group).singular), edition.group_name(group))


def list_questions(workshop: Workshop, found: str = "") -> str:
    """List the questions that the tables are given: the consultant's, or else those that the results put.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.
    found : str
        A numbered list in Markdown, as `survey.text_short_questions` gives it.

    Returns
    -------
    str
        Markdown with its heading; "" where there are none.

    Examples
    --------
    >>> print(list_questions(Workshop(said={"spoergsmaal": ("Hvem svarer?", "Hvornår?")})))
    ## To spørgsmål til bordene
    <BLANKLINE>
    1. Hvem svarer?
    2. Hvornår?
    >>> list_questions(Workshop())
    ''
    """
    own = "\n".join(f"{at}. {each}" for at, each in enumerate(workshop.said.get("spoergsmaal", ()), start=1))
    asked = own or found
    lines = len(asked.splitlines())
    how_many = "Ét" if lines == 1 else first_upper(count(lines))
    return f"## {how_many} spørgsmål til bordene\n\n{asked}" if asked else ""


def list_programme(workshop: Workshop) -> str:
    """List the programme for those who come.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> from blupkit.activities.workshops.brief import Step
    >>> steps = (Step(990, 1020, "Ankomst og mad", "fælles", "koordinator", True), Step(1020, 1060, "", "", "", False))
    >>> print(list_programme(Workshop(programme=steps)))
    * **Kl. 16.30-17.00:** Ankomst og mad
    * **Kl. 17.00-17.40:** Det fortæller facilitator undervejs
    """
    told = (line.partition(": ") for line in programme(workshop))
    return _bullets(f"**{clocked}:** {what}" for clocked, _, what in told)


def programme(workshop: Workshop) -> list[str]:
    """Give the programme for those who come, a line for each part of it.

    Examples
    --------
    >>> from blupkit.activities.workshops.brief import Step
    >>> programme(Workshop(programme=(Step(990, 1020, "Ankomst og mad", "fælles", "koordinator", True),)))
    ['Kl. 16.30-17.00: Ankomst og mad']
    """
    return [f"{step.clock}: {step.what or _LATER}" for step in workshop.programme]


def list_minutes(workshop: Workshop) -> str:
    """List the programme for the facilitator: how, for how long, by whom, and what is not told beforehand.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned with what is internal.

    Returns
    -------
    str
        Markdown; a sentence where there is no programme.

    Examples
    --------
    >>> from blupkit.activities.workshops.brief import Step
    >>> print(list_minutes(Workshop(programme=(Step(1100, 1140, "Rollebyt", "øvelse", "facilitator", False),))))
    * **Kl. 18.20-19.00:** Rollebyt. 40 minutter, øvelse. Ansvar: facilitator. Det står ikke i deltagernes program.
    """
    told = []
    for step in workshop.programme:
        what = step.what if step.what.endswith(("?", "!", ".")) else f"{step.what}."
        how = ", ".join(filter(None, [many(step.end - step.start, "minut", "minutter"), step.how]))
        hidden = "" if step.shared else " Det står ikke i deltagernes program."
        told.append(f"**{step.clock}:** {what} {how}. Ansvar: {step.role}.{hidden}")
    return _bullets(told) or "Der er endnu ingen drejebog."


def text_seating(workshop: Workshop, edition: Edition) -> str:
    """Say how those who come are shared out among tables.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.
    edition : Edition
        The municipality.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> edition = read_edition(example_study(), "nordby")
    >>> text_seating(Workshop(held=True, came={"L": 7, "A": 5}), edition)
    '7 lokalrådsmedlemmer og 5 kommunalt ansatte deltog. Det er to borde med hver seks.'
    """
    counts = _coming(workshop)
    if not counts:
        return "Det er ikke oplyst, hvor mange der kommer, så bordene kan ikke fordeles."
    who = listing(people(n, group, edition) for group, n in counts.items())
    comes = "deltog" if workshop.held else "er inviteret"
    sizes = sorted({sum(table.values()) for table in seated(counts)})
    tables = len(seated(counts))
    each = f"{'hver ' if len(sizes) == 1 and tables > 1 else ''}{listing(map(count, sizes), 'eller')}"
    said = [
        f"{first_upper(who)} {comes}.",
        f"Det er {'ét bord' if tables == 1 else f'{count(tables)} borde'} med {each}.",
    ]
    if not workshop.held:
        said.append("Kommer der færre, så behold blandingen, og lav færre borde.")
    alone = [edition.group_name(group) for group, n in counts.items() if n < tables]
    if alone:
        said.append(f"Der er for få {listing(alone)} til alle borde.")
    unknown = [edition.group_name(g) for g, n in _counted(workshop).items() if not isinstance(n, int)]
    if unknown:
        said.append(f"Antallet af {listing(unknown)} er ikke oplyst, så de er ikke med i fordelingen.")
    return " ".join(said)


def tables_seated(workshop: Workshop, edition: Edition) -> pd.DataFrame:
    """Share those who come out among mixed tables: for the facilitator alone.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned: those who came where it is held, else those who are invited.
    edition : Edition
        The municipality.

    Returns
    -------
    pandas.DataFrame
        "Bord", a column a group, and "I alt"; no rows where the numbers are not known.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> edition = read_edition(example_study(), "nordby")
    >>> tables_seated(Workshop(held=True, came={"L": 7, "A": 5}), edition).iloc[0].tolist()
    [1, 4, 2, 6]
    """
    import pandas as pd  # few pages ask

    names = {group: first_upper(edition.group_name(group)) for group in edition.study.group_keys}
    rows = [
        {"Bord": at, **{names[group]: n for group, n in table.items()}, "I alt": sum(table.values())}
        for at, table in enumerate(seated(_coming(workshop)), start=1)
    ]
    return pd.DataFrame(rows, columns=["Bord", *(names[group] for group in _coming(workshop)), "I alt"])


def _counted(workshop: Workshop) -> Mapping[str, int | str | None]:
    return workshop.came if workshop.held else workshop.invited


def _coming(workshop: Workshop) -> dict[str, int]:
    return {group: n for group, n in _counted(workshop).items() if isinstance(n, int) and n}


def list_words(workshop: Workshop, part: str) -> str:
    """List what the consultant has written for a part of the brief.

    Parameters
    ----------
    workshop : Workshop
        What `read_workshop` returned.
    part : str
        "formaal", "opmaerksomhed" or "haardknude".

    Returns
    -------
    str
        Markdown: a paragraph, or bullets where there are several; "" where nothing is written.

    Examples
    --------
    >>> list_words(Workshop(said={"formaal": ("Tre parter aftaler noget.",)}), "formaal")
    'Tre parter aftaler noget.'
    """
    said = workshop.said.get(part, ())
    return _bullets(said) if len(said) > 1 else "".join(said)


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines if line)
