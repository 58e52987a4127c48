"""What the focus groups need: the guide for whoever asks, the invitations, and the form of consent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from blupkit.activities.layout import ASK, PROBE, REMEMBER, SAY
from blupkit.app.fieldwork.privacy import recordings_until
from blupkit.app.fieldwork.sheet import Blocks, Gaps, front, section, text
from blupkit.core.danish import listing, long_date
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Paragraph, Run

if TYPE_CHECKING:
    from blupkit.core.study import Edition, Study

#: What stands before each kind of line in the guide.
_BEFORE: Final = {SAY: "Sig: ", ASK: "", PROBE: "Spørg videre: ", REMEMBER: "Husk: "}
GUIDE_FILE, TALKS_FILE = "samtaleguide", "fokusgrupper"
#: A line for somebody to write on.
_BLANK: Final = "\N{NO-BREAK SPACE}" * 40

Row = dict[str, Any]


def guide(study: Study, rows: list[Row]) -> Blocks:
    """Set the interview guide for whoever asks, with the minute at which each part begins.

    Parameters
    ----------
    study : Study
        The study.
    rows : list of dict
        `aktiviteter/samtaleguide.csv` in the order of its parts; `minutter` counts once a part.

    Returns
    -------
    list of Block
        The course as a table, then a section for each part.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.report.office.blocks import words_of
    >>> row = {"nr": 1, "del": "Velkomst", "minutter": 8, "art": "sig", "tekst": "I må gerne være uenige."}
    >>> [words_of(block) for block in guide(example_study(), [row])][-2:]
    ['1. Velkomst (minut 0-8)', 'Sig: I må gerne være uenige.']
    """
    parts = [(number, list(lines)) for number, lines in groupby(_in_order(rows), lambda row: row["nr"])]
    begins, course, told = 0, [("Del", "Fra minut", "Til minut")], list[Block]()
    for number, lines in parts:
        ends = begins + minutes(lines)
        name = f"{number}. {lines[0]['del']}"
        course.append((name, str(begins), str(ends)))
        told += [Heading((Run(f"{name} (minut {begins}-{ends})"),), 2), *map(_line, lines)]
        begins = ends
    lead = f"Til den, der leder samtalen: {begins} minutter i {len(parts)} dele"
    return [*front(study, f"Samtaleguide: {study.name}", lead), Grid("Forløb", tuple(course)), *told]


def minutes(rows: list[Row]) -> int:
    """Give how long one part of the guide lasts: what its rows say together.

    Examples
    --------
    >>> minutes([{"minutter": 8}, {"minutter": None}])
    8
    """
    return sum(row["minutter"] or 0 for row in rows)


def talk_invitation(edition: Edition, group: str, talk: Row, rows: list[Row], gaps: Gaps) -> Blocks:
    """Write the invitation to one focus group, for one of the groups of people in it.

    Parameters
    ----------
    edition : Edition
        The words of its municipality, or of all.
    group : str
        The group's key.
    talk : dict
        A row of `aktiviteter/fokusgrupper.csv`.
    rows : list of dict
        The guide: the parts in which something is asked are what it is about.
    gaps : Gaps
        Gets what is missing.
    """
    study, where = edition.study, f"{TALKS_FILE}, række {talk['række']}"
    who = edition.group_name(group)
    purpose = gaps.fill(study.purpose, "hvad svarene skal bruges til", "study.toml, formaal")
    link = gaps.fill(talk["link"] or "", "linket til mødet", f"{where}, kolonne link")
    answer = gaps.fill(long_date(talk["frist"]) if talk["frist"] else "", "fristen", f"{where}, kolonne frist")
    contact = gaps.fill(talk["kontakt"] or study.contact, "hvem man kan skrive til", "study.toml, kontakt")
    parts = dict.fromkeys(row["del"] for row in _in_order(rows) if row["art"] == ASK)
    sender = gaps.fill(talk["afsender"] or "", "hvem der sender", f"{where}, kolonne afsender")
    return [
        *front(study, talk_title(study), f"Til {who}"),
        *text(
            f"{study.organisation} vil gerne tale med dig i en fokusgruppe i undersøgelsen »{study.name}«. Formålet"
            f" er {purpose}.",
        ),
        *section(
            "Praktisk",
            f"{talk['titel']}: {long_date(talk['dato'])} kl. {_clock(talk['start'])}-{_clock(talk['slut'])},"
            f" {talk['sted']}.",
            f"Link: {link}",
            f"Sig til senest {answer}, om du kan være med. Skriv til {contact}.",
        ),
        *section(
            "Hvad skal vi tale om?",
            f"Samtalens dele hedder {listing(f'»{part}«' for part in parts)}." if parts else "",
            "Du skal ikke forberede noget, og der er ingen rigtige svar.",
        ),
        *section(
            "Frivilligt og fortroligt",
            "Det er frivilligt at deltage. Samtalen bliver optaget og skrevet ud, hvis du giver samtykke, og det, du"
            " siger, behandles fortroligt. De andre deltagere ved, at du er med.",
            "Læs »Sådan behandler vi dine oplysninger«, og send samtykket tilbage, før vi mødes.",
        ),
        *text("Venlig hilsen", sender),
    ]


def talk_title(study: Study) -> str:
    """Give what the invitation to a focus group is called.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> talk_title(example_study())
    'Invitation til fokusgruppe: Eksemplet'
    """
    return f"Invitation til fokusgruppe: {study.name}"


def consent(edition: Edition, gaps: Gaps) -> Blocks:
    """Write the form of consent: what is agreed to, each by itself, how to take it back, and a place to sign.

    Parameters
    ----------
    edition : Edition
        The words of all.
    gaps : Gaps
        Gets what is missing.
    """
    study = edition.study
    contact = gaps.fill(study.contact, "hvem man kan skrive til", "study.toml, kontakt")
    agreed = (
        "Jeg giver samtykke til, at samtalen bliver optaget og skrevet ud.",
        "Jeg giver samtykke til, at det, jeg siger, kan citeres uden mit navn.",
    )
    sign = (("Udfyldes af deltageren", ""), *((each, _BLANK) for each in ("Navn", "Dato", "Underskrift")))
    return [
        *front(study, "Samtykke til fokusgruppe", f"Undersøgelsen »{study.name}«, {study.organisation}"),
        *text("Jeg har læst »Sådan behandler vi dine oplysninger«, og jeg ved, at det er frivilligt at deltage."),
        *section("Sæt kryds ved det, du siger ja til"),
        *(Item((Run(each),), boxed=True) for each in agreed),
        *section(
            "Det ved jeg",
            recordings_until(edition, gaps),
            "Mit navn bliver erstattet, og det står ikke i rapporten. De andre deltagere, og de, der har inviteret,"
            " ved, at jeg har deltaget.",
            "Det, de andre siger, taler jeg ikke om bagefter.",
            f"Jeg kan når som helst trække mit samtykke tilbage ved at skrive til {contact}. Det ændrer ikke ved, at I"
            " måtte bruge det, jeg sagde, indtil da.",
        ),
        Grid("Underskrift", sign, filled_in=True),
    ]


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row["nr"]))


def _line(row: Row) -> Block:
    before, asked = _BEFORE[row["art"]], row["art"] == ASK
    words = tuple(_words(before, row["tekst"], asked))
    return Item(words) if row["art"] == PROBE else Paragraph(words)


def _words(before: str, said: str, asked: bool) -> Iterator[Run]:
    if before:
        yield Run(before, italic=True)
    yield Run(said, bold=asked)


def _clock(moment: Any) -> str:  # noqa: ANN401 - a cell of a table
    return f"{moment.hour}.{moment:%M}"
