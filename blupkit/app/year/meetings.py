"""What goes out for a workshop: the invitation, and the half page on which participants say what they think of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from blupkit.activities.answering.scales import DEGREES, DONT_KNOW, UNSURE_WORD, Scale, scale_of
from blupkit.activities.workshops.brief import asked_after, read_workshop
from blupkit.activities.workshops.brief_words import practical, programme, when, who_comes, workshop_title
from blupkit.app.fieldwork.sheet import MAIL, WORD, Blocks, Gaps, Outgoing, bullets, front, section, table, text
from blupkit.core.study import Edition, Study, read_edition

if TYPE_CHECKING:
    from blupkit.activities.workshops.brief import Workshop

#: What is ticked.
_BOX: Final = "☐"
#: A line for somebody to write on.
_BLANK: Final = "\N{NO-BREAK SPACE}" * 60
FORM_TITLE: Final = "Hvad synes du om workshoppen?"


def workshop_documents(study: Study, gaps: Gaps) -> Iterator[Outgoing]:
    """Give the documents of each municipality's workshop.

    Parameters
    ----------
    study : Study
        The study.
    gaps : Gaps
        Gets what is missing.

    Yields
    ------
    Outgoing
        An invitation, as Word and as the text of a mail, and the form; none where no workshop is arranged.

    Raises
    ------
    DataError
        Something in the tables about activities is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(workshop_documents(example_study(), Gaps()))
    []
    """
    for place in study.places if study.activity_table("workshops") else ():
        edition = read_edition(study, place)
        workshop = read_workshop(edition)
        if workshop.day is None:
            continue
        title = f"Invitation: {workshop_title(workshop)}"
        letter = invitation(workshop, edition, gaps)
        yield Outgoing(f"{place}/workshop_invitation", title, letter, (WORD, MAIL))
        if rows := asked_after(study):
            yield Outgoing(f"{place}/workshop_evaluering", FORM_TITLE, form(workshop, edition, rows), close=True)


def invitation(workshop: Workshop, edition: Edition, gaps: Gaps) -> Blocks:
    """Write the invitation to a workshop: what it is to lead to, what it is and is not, when, where and what happens.

    Parameters
    ----------
    workshop : Workshop
        What may be shared of it.
    edition : Edition
        The municipality's words.
    gaps : Gaps
        Gets what is missing.
    """
    study = edition.study
    purpose = workshop.said.get("formaal") or ("",)
    told = gaps.fill(" ".join(purpose), "hvad workshoppen skal føre til", "brief.csv, afsnit formaal")
    where = gaps.fill(workshop.place, "hvor workshoppen er", "workshops.csv, kolonne sted")
    contact = gaps.fill(study.contact, "hvem man kan skrive til", "study.toml, kontakt")
    return [
        *front(study, f"Invitation: {workshop_title(workshop)}", f"Til {who_comes(edition)}"),
        *text("Du er inviteret til en workshop om samarbejdet mellem jer.", f"Formål: {told}"),
        *section("Praktisk", f"{when(workshop)}. Sted: {where}."),
        *bullets(*practical(workshop)),
        *(section("Program") if workshop.programme else []),
        *bullets(*programme(workshop)),
        *section("Kommer du?", f"Skriv til {contact}, om du kan være med. Du skal ikke forberede noget."),
        *text("Venlig hilsen", study.organisation),
    ]


def form(workshop: Workshop, edition: Edition, rows: list[dict[str, Any]]) -> Blocks:
    """Set the form that is filled in when a workshop ends, on half a page.

    Parameters
    ----------
    workshop : Workshop
        The workshop.
    edition : Edition
        The municipality's words.
    rows : list of dict
        What `skemaer.csv` asks after a workshop.

    Returns
    -------
    list of Block
        A table with a row for each question on a scale, a line of numbers for one from 0 to 10, and lines for words.
    """
    study = edition.study
    singular = ", ".join(f"{_BOX} {group.singular[0].lower()}{group.singular[1:]}" for group in study.groups)
    blocks = [
        *front(study, FORM_TITLE, f"{workshop_title(workshop)}, {edition.place}"),
        *text(f"Skriv ikke dit navn. Sæt ét kryds i hver linje. Jeg er {singular}."),
    ]
    scales = {row["svar"]: scale for row in rows if (scale := scale_of(row["svar"]))}
    for how, scale in scales.items():
        asked = [row["tekst"] for row in rows if row["svar"] == how]
        rated = scale.high < DONT_KNOW
        if rated:
            blocks += text(_meanings(scale))
        blocks.append(
            table(
                "Sæt ét kryds i hver linje",
                (_heading(scale) if rated else "0 er slet ikke, 10 er helt sikkert", *map(str, scale.codes)),
                *((question, *[_BOX] * len(scale.codes)) for question in asked),
            )
        )
    written = [row["tekst"] for row in rows if row["svar"].strip().casefold() == "tekst"]
    if written:
        blocks.append(table("Skriv selv", ("Skriv selv", ""), *((each, _BLANK) for each in written), filled_in=True))
    return blocks


def _heading(scale: Scale) -> str:
    """Begin the questions as they go on, unless the study has words of its own for the answers."""
    return "I hvilken grad …" if scale.words in ((), DEGREES) else "Spørgsmål"


def _meanings(scale: Scale) -> str:
    words = scale.words or (DEGREES[0], *[""] * (scale.high - scale.low - 1), DEGREES[-1])
    told = [f"{code} er {word}" for code, word in enumerate(words, start=scale.low) if word]
    return f"{', '.join([*told, f'og {DONT_KNOW} er {UNSURE_WORD}'])}."
