"""What all that goes out has in common: its parts, places to fill in, and the same words as the text of a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit.core.danish import many
from blupkit.core.study import DEMO
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, Run, words_of

if TYPE_CHECKING:
    from blupkit.core.study import Study


#: What a document says.
Blocks = list[Block]
WORD, MAIL = ".docx", ".txt"
#: What stands before every place that is to be filled in, and nowhere else.
MARK: Final = "UDFYLD"


@dataclass
class Gaps:
    """What is missing in the documents that are being written.

    Parameters
    ----------
    places : dict of str to list of str
        What is missing, as it stands in the documents → where it is to be written, each once, in order.

    Examples
    --------
    >>> gaps = Gaps()
    >>> gaps.fill("", "hvem der er dataansvarlig", "study.toml, [opbevaring] dataansvarlig")
    '[UDFYLD: hvem der er dataansvarlig]'
    >>> gaps.fill("Nordby", "hvem der er dataansvarlig", "study.toml, [opbevaring] dataansvarlig")
    'Nordby'
    >>> gaps.lines()
    ['hvem der er dataansvarlig: study.toml, [opbevaring] dataansvarlig']
    """

    places: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, said: str, what: str, where: str) -> str:
        """Give what is said, or else a place to fill in.

        Parameters
        ----------
        said : str
            What the study says; "" where it says nothing.
        what : str
            What is asked for, as it stands in the document.
        where : str
            Where the study says it.
        """
        if said.strip():
            return said.strip()
        known = self.places.setdefault(what, [])
        if where not in known:
            known.append(where)
        return f"[{MARK}: {what}]"

    def lines(self) -> list[str]:
        """Say everything that is missing, a line each, the many rows of one file under one."""
        return [f"{what}: {_shortened(where)}" for what, where in self.places.items()]


class Outgoing(NamedTuple):
    """One document.

    Parameters
    ----------
    name : str
        Folder and name, without ending.
    title : str
        What it is called, also as the subject of a mail.
    blocks : list of Block
        What it says.
    endings : tuple of str
        As what it is written.
    close : bool
        Whether it is set closely, so that it takes little paper.
    """

    name: str
    title: str
    blocks: Blocks
    endings: tuple[str, ...] = (WORD,)
    close: bool = False


def front(study: Study, title: str, lead: str) -> Blocks:
    """Give the front of a document: whether it is invented, what it is called, and to whom it goes.

    Parameters
    ----------
    study : Study
        The study.
    title, lead : str
        The heading, and the line under it.
    """
    demo: Blocks = [Paragraph((Run(DEMO, bold=True),), Look.BANNER)] if study.synthetic else []
    return [*demo, Heading((Run(title),), 1), Paragraph((Run(lead),), Look.LEAD)]


def section(title: str, *paragraphs: str) -> Blocks:
    """Give a heading with its paragraphs; empty ones are left out.

    Examples
    --------
    >>> [words_of(block) for block in section("Frist", "Svar nu.", "")]
    ['Frist', 'Svar nu.']
    """
    return [Heading((Run(title),), 2), *text(*paragraphs)]


def text(*paragraphs: str) -> Blocks:
    """Give paragraphs; empty ones are left out."""
    return [Paragraph((Run(each),)) for each in paragraphs if each]


def steps(*lines: str) -> Blocks:
    """Give a numbered list."""
    return [Item((Run(each),), numbered=1) for each in lines]


def bullets(*lines: str) -> Blocks:
    """Give a list with bullets; empty lines are left out."""
    return [Item((Run(each),)) for each in lines if each]


def table(caption: str, *rows: tuple[str, ...], filled_in: bool = False) -> Block:
    """Give a table, its first row the heads; one to be filled in has rows that a hand can write in."""
    return Grid(caption, rows, filled_in=filled_in)


def as_mail(subject: str, blocks: Sequence[Block]) -> str:
    r"""Give the words of a document as the text of a mail, which can be pasted as it is.

    Parameters
    ----------
    subject : str
        The subject of the mail, on the first line.
    blocks : sequence of Block
        A document; its title is left out where the subject says the same.

    Examples
    --------
    >>> as_mail("Frist", [Heading((Run("Frist"),), 1), *text("Svar nu."), *steps("Åbn.", "Send.")])
    'Emne: Frist\n\nSvar nu.\n\n1. Åbn.\n2. Send.\n'
    """
    said, number, listed = [f"Emne: {subject}"], 0, False
    for block in blocks:
        words = words_of(block)
        if isinstance(block, Heading) and words == subject:
            continue
        item = isinstance(block, Item)
        number = number + 1 if item else 0
        sign = f"{number}. " if isinstance(block, Item) and block.numbered else "- " if item else ""
        said.append(("\n" if item and listed else "\n\n") + sign + words)
        listed = item
    return "".join(said) + "\n"


def _shortened(where: list[str]) -> str:
    return where[0] if len(where) == 1 else f"{where[0]} … og {many(len(where) - 1, 'sted', 'steder')} mere"
