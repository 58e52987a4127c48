"""What is read from other programs: the codings that have a place, the codes, and what is told of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final

import pandas as pd

from blupkit.core import Fault, Level
from blupkit.core.danish import many
from blupkit.interviews.coding.passage import Codable, Passage, Source, coding_frame
from blupkit.interviews.exchange.qdc import Tree, stable_guid
from blupkit.interviews.exchange.source_texts import Part

LEFT_OUT: Final = "Kodningen er udeladt."
NO_GUESS: Final = f"{LEFT_OUT} Kod stedet igen, hvis den skal med."


class Told(Enum):
    """What is counted while a file is read, and how it is told: one, several, and the rest of the sentence."""

    PLACED = "kodning", "kodninger", "er placeret"
    ONCE = "kodning", "kodninger", "er placeret, hvor ordene står, og kun hvor de står ét sted"
    LEFT = "sted", "steder", "er udeladt og står i listen over fejl"
    DIVIDED = "sted", "steder", "går over flere ture og er delt i en kodning pr. tur"
    SHORTENED = "sted", "steder", "er kortet af til det, der er sagt (uden talerens navn)"
    UNDECIDED = "gang", "gange", "er retning eller part ikke entydig og derfor tom"
    UNSIGNED = "kodning", "kodninger", "siger ikke, hvem der har kodet"
    SPEAKERS = "sted", "steder", "siger kun, hvem der taler; det står i udskrifterne"
    DEEPER = "kode", "koder", "lå dybere end tema og kode og er lagt direkte under det øverste"
    MOVED = "kodning", "kodninger", "stod ikke på sin plads længere og er fundet på ordene"
    ROWS_LEFT = "række", "rækker", "er udeladt og står i listen over fejl"

    def sentence(self, number: int) -> str:
        """Say how many.

        Examples
        --------
        >>> Told.LEFT.sentence(2)
        '2 steder er udeladt og står i listen over fejl.'
        """
        one, more, rest = self.value
        return f"{many(number, one, more)} {rest}."


@dataclass(frozen=True)
class Imported:
    """What was read from another program.

    Parameters
    ----------
    codings : pandas.DataFrame
        The columns of `read_codings`: `start` and `end` are code points in the turn's text, the end exclusive.
    codes : pandas.DataFrame
        code, theme, theme_name, name, definition, include, exclude, example.
    notes : list of str
        Danish sentences: how places were counted, what each text is, what was not carried over.
    faults : list of Fault
        Everything that could not be used, one a thing.
    """

    codings: pd.DataFrame
    codes: pd.DataFrame
    notes: list[str]
    faults: list[Fault]


@dataclass
class Reading:
    """A file of another program while it is read.

    Parameters
    ----------
    file : str
        What to call it in messages.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    tree : Tree
        What the file says of its codes; what else was set aside is added to the tree's faults.
    times : Counter of Told
        How often what happened.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "text": ["Vi søgte en pulje."]})
    >>> reading = Reading("a.qdpx", turns)
    >>> code = reading.tree.add("2.1 Puljer")
    >>> reading.place([Part(1, 12, 17)], interview="fg1", code=code, coder="A")
    >>> reading.imported([]).codings[["turn", "code", "quote"]].values.tolist()
    [[1, '2.1', 'pulje']]
    """

    file: str
    turns: pd.DataFrame
    tree: Tree = field(default_factory=Tree)
    times: Counter[Told] = field(default_factory=Counter)
    _placed: list[tuple[Passage, str, str]] = field(default_factory=list)

    @cached_property
    def here(self) -> Codable:
        """The turns, for asking what stands where."""
        return Codable(self.turns, self.tree.codebook)

    def place(self, parts: Sequence[Part], coder: str = "", ident: str = "", **said: str) -> None:
        """Keep a coding where it lies; over several turns it becomes one in each, and all but the first get new ids.

        Parameters
        ----------
        parts : sequence of Part
            Where.
        coder, ident : str
            Who coded, and the coding's id; one without an id gets it from what it says.
        **said : str
            Interview, code, direction, about and memo, as in `Passage`.
        """
        for number, part in enumerate(parts):
            passage = Passage(turn=part.turn, start=part.start, end=part.end, **said)
            own = ident if ident and not number else stable_guid("part", ident, coder, *map(str, astuple(passage)))
            self._placed.append((passage, coder, own))

    def as_written(self, words: str, interview: str, turn: str, start: str) -> list[Part]:
        """Give the place that is named when the words are there, or else their only place in the turn that is named."""
        first = int(start) if start.isdecimal() else -1
        passage = Passage(interview, turn, first, first + len(words), quote=words)
        there = self.here.turn_of(passage)
        if there is None or not words:
            return []
        if not self.here.stands(passage):
            first = there.text.find(words)
            if first < 0 or there.text.find(words, first + 1) >= 0:
                return []
        return [Part(int(there.turn), first, first + len(words))]

    def set_aside(self, found: str, expected: str, action: str, row: int | None = None) -> None:
        """List what cannot be used."""
        self.tree.faults.append(Fault(self.file, found, expected, action, row=row, level=Level.WARNING))

    def told(self, first: Told, *others: Told) -> list[str]:
        """Say how many codings were placed, in the words of the first, and then what happened to the others."""
        said = (each.sentence(self.times[each]) for each in others if self.times[each])
        return [first.sentence(len(self._placed)), *said]

    def imported(self, notes: list[str]) -> Imported:
        """Give what was read."""
        here = Codable(self.turns, self.tree.codebook)
        rows = [here.coding_of(passage, coder, Source.CODED, ident) for passage, coder, ident in self._placed]
        return Imported(coding_frame(rows), self.tree.frame, notes, self.tree.faults)
