"""One coded passage, and the one place that says whether it can be: its turn, its span, its code and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Final, NamedTuple, Self

import pandas as pd

from blupkit.core.danish import listing, many
from blupkit.core.letters import composed
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.transcripts.people import HOSTS, participant_turns, participants, speaker_labels


class Direction(StrEnum):
    """How a passage speaks of its theme, as the coders' files say it.

    Examples
    --------
    >>> [str(direction) for direction in Direction]
    ['barriere', 'fremmer', 'forslag', 'neutral']
    """

    BARRIER = "barriere"
    HELP = "fremmer"
    PROPOSAL = "forslag"
    NEUTRAL = "neutral"


#: Direction of a coding → what it is called on a page.
DIRECTION_HEADS: Final[dict[str, str]] = {
    Direction.BARRIER: "Noget svært",
    Direction.HELP: "Noget, der hjælper",
    Direction.PROPOSAL: "Forslag",
    Direction.NEUTRAL: "Hverken eller",
}


class Source(StrEnum):
    """Where a coding comes from: a person, or a program whose suggestion counts as no code."""

    CODED = "kodet"
    SUGGESTED = "forslag"


class Wrong(Enum):
    """What can be wrong with a passage; who asks says it in their own words.

    The first five make it useless; then come those that tell that the transcript has been edited since, and last that
    whoever leads the talk said it.
    """

    NO_TURN = auto()
    NO_SPAN = auto()
    NO_CODE = auto()
    NO_DIRECTION = auto()
    NO_PARTY = auto()
    TOO_LONG = auto()
    OTHER_WORDS = auto()
    HOST = auto()


class Turn(NamedTuple):
    """What one person said until the next one spoke, or one open answer."""

    interview: str
    turn: int | str
    speaker: str
    role: str
    group: str
    text: str

    @property
    def is_host(self) -> bool:
        """Whether whoever leads the talk said it."""
        return self.role in HOSTS


#: Interview, turn (as text), start, end and code: what tells one coding of a coder from another.
Place = tuple[str, str, int, int, str]


@dataclass(frozen=True)
class Passage:
    """Some words of a turn and the code they are given.

    Parameters
    ----------
    interview : str
        Its id; for an open answer the question's variable.
    turn : int or str
        The turn's number, or the respondent's id.
    start, end : int or str
        Code points in the turn's text, end exclusive; as it stands in the file where it is no whole number.
    code, direction, about, memo : str
        The code, how it is spoken of, whom it is about, and a remark; "" where nothing is said.
    quote : str, optional
        The words as they were when they were coded; without them the words are not held against the text.

    Examples
    --------
    >>> Passage("fg1", 2, 0, 26, "2.1", quote="Puljerne er svære at søge.").place
    ('fg1', '2', 0, 26, '2.1')
    """

    interview: str = ""
    turn: int | str = ""
    start: int | str = ""
    end: int | str = ""
    code: str = ""
    direction: str = ""
    about: str = ""
    memo: str = ""
    quote: str | None = None

    @property
    def place(self) -> Place:
        """Where it stands, and its code."""
        return (self.interview, str(self.turn), *self.span, self.code)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end; (0, 0) where they are not two whole numbers, the smaller one first.

        Examples
        --------
        >>> Passage(start=3, end="8").span, Passage(start=8, end=3).span, Passage(start="x", end=5).span
        ((3, 8), (0, 0), (0, 0))
        """
        ends = str(self.start), str(self.end)
        start, end = (int(place) if place.isdecimal() else -1 for place in ends)
        return (start, end) if 0 <= start < end else (0, 0)


PASSAGE_FIELDS: Final = [field.name for field in fields(Passage)]


class Coding(NamedTuple):
    """One row of the table of codings: a passage with its theme, who gave the code, and its id in the log."""

    coder: str
    interview: str
    turn: int | str
    start: int
    end: int
    code: str
    theme: str
    direction: str
    about: str
    quote: str
    source: Source
    id: str
    memo: str

    @property
    def passage(self) -> Passage:
        """What is coded, without who coded it; its words are held against the text where there are any."""
        here = (self.interview, self.turn, self.start, self.end, self.code)
        return Passage(*here, self.direction, self.about, self.memo, self.quote or None)


CODING_COLUMNS: Final = list(Coding._fields)


def coding_frame(rows: Iterable[Coding], turn: str = "int64") -> pd.DataFrame:
    """Build the table of codings, with its types also where it is empty.

    Parameters
    ----------
    rows : iterable of Coding
        One a coding.
    turn : str
        The type of `turn`: a number, or a respondent's id where open answers are coded.

    Examples
    --------
    >>> coding_frame([])["start"].dtype
    dtype('int64')
    """
    kinds = dict.fromkeys(CODING_COLUMNS, "str") | {"turn": turn, "start": "int64", "end": "int64"}
    return pd.DataFrame(list(rows), columns=CODING_COLUMNS).astype(kinds)


def passages(table: pd.DataFrame) -> list[Passage]:
    """Give the passages of a table of codings, in its order.

    Parameters
    ----------
    table : pandas.DataFrame
        `CODING_COLUMNS`, or those of them that are known; not changed.

    Examples
    --------
    >>> passages(pd.DataFrame({"interview": ["fg1"], "turn": [2], "start": [0], "end": [8], "code": ["2.1"]}))[0].place
    ('fg1', '2', 0, 8, '2.1')
    """
    cells = table.reindex(columns=PASSAGE_FIELDS, fill_value="").itertuples(index=False, name=None)
    return [Passage(*row) for row in cells]


def _as_read(written: str) -> str:
    return " ".join(composed(written).split())


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins and ends with whole words.

    Examples
    --------
    >>> is_whole("Vi søgte.", 3, 8), is_whole("Vi søgte.", 4, 8)
    (True, False)
    """
    return not any(re.match(r"\w\w", text[edge - 1 : edge + 1]) for edge in (start, end) if edge)


def _is_tight(text: str, start: int, end: int) -> bool:
    return is_whole(text, start, end) and text[start:end] == text[start:end].strip()


@dataclass(frozen=True, repr=False)
class Codable:
    """What can be coded, and with what.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` or `answer_turns` returned.
    codebook : Codebook
        The codes, and the parties that a passage may be about.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "role": ["ansat"], "text": ["Vi søgte en pulje."]})
    >>> here = Codable(turns, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]})))
    >>> here.faults_of(Passage("fg1", 1, 0, 8, "2.1", quote="Vi søgte"))
    []
    >>> [wrong.name for wrong in here.faults_of(Passage("fg1", 1, 0, 8, "2.2", quote="Vi fik"))]
    ['NO_CODE', 'OTHER_WORDS']
    """

    turns: pd.DataFrame
    codebook: Codebook

    def __repr__(self) -> str:
        return f"Ture og kodebog: {many(len(self.turns), 'tur', 'ture')}. {self.codebook!r}"

    @cached_property
    def by_place(self) -> dict[tuple[str, str], Turn]:
        """Interview and number → turn, in the order in which they were said."""
        cells = self.turns.reindex(columns=list(Turn._fields), fill_value="").itertuples(index=False, name=None)
        return {(turn.interview, str(turn.turn)): turn for turn in map(Turn._make, cells)}

    @property
    def turn_type(self) -> str:
        """The type of the turns' numbers: whole numbers, or respondents' ids."""
        return str(self.turns["turn"].dtype)

    @property
    def participant_turns(self) -> pd.DataFrame:
        """The turns that can be coded; see `people.participant_turns`."""
        return participant_turns(self.turns)

    @cached_property
    def participants(self) -> pd.DataFrame:
        """How much each participant said; see `people.participants`."""
        return participants(self.turns)

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """Interview and speaker → what the speaker is called, those who lead the talk too."""
        return speaker_labels(self.turns)

    def with_codebook(self, codebook: Codebook) -> Self:
        """The same with another codebook: codes may have come to it."""
        return replace(self, codebook=codebook)

    def turn_of(self, passage: Passage) -> Turn | None:
        """The turn that a passage is in; None where there is none."""
        return self.by_place.get((passage.interview, str(passage.turn)))

    @cached_property
    def _written(self) -> dict[tuple[str, str], str]:
        """Interview and number → the turn as it stands in the file, where that holds signs that nobody sees."""
        cells = self.turns.reindex(columns=["interview", "turn", "written"]).itertuples(index=False, name=None)
        return {(interview, str(turn)): text for interview, turn, text in cells if isinstance(text, str) and text}

    def as_read(self, passage: Passage) -> Passage:
        """The same passage where its words are in the text as it is read.

        Codings of earlier versions count soft hyphens, letters in two parts and the like in the text.

        Parameters
        ----------
        passage : Passage
            As a person's file has it.

        Returns
        -------
        Passage
            The same where its words stand already, or stand in neither text. One without words, such as a quote that
            was chosen by its place, is moved only where it begins and ends with whole words for that.

        Examples
        --------
        >>> turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "text": ["Ravnholm er her."]})
        >>> turns["written"] = "Ravn\N{SOFT HYPHEN}holm er her."
        >>> here = Codable(turns, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]})))
        >>> here.as_read(Passage("fg1", 1, 10, 16, "2.1", quote="er her")).span
        (9, 15)
        """
        written, turn = self._written.get((passage.interview, str(passage.turn))), self.turn_of(passage)
        start, end = passage.span
        if not written or turn is None or passage.quote == "":
            return passage
        words = _as_read(written[start:end])
        if passage.quote is None:
            stands = _is_tight(turn.text, start, end) or not _is_tight(written, start, end)
        else:
            stands = self.words_of(passage) == passage.quote or _as_read(passage.quote) != words
        # A letter behind keeps the blank before it.
        first, last = (len(_as_read(f"{written[:place]}x")) - 1 for place in (start, end))
        return (
            passage
            if stands or turn.text[first:last] != words
            else replace(passage, start=first, end=last, quote=words)
        )

    def words_of(self, passage: Passage) -> str:
        """The words that stand in the passage's place; "" where there is no such place."""
        turn = self.turn_of(passage)
        return turn.text[slice(*passage.span)] if turn else ""

    def faults_of(self, passage: Passage) -> list[Wrong]:
        """Say all that is wrong with a passage, in the order of `Wrong`.

        Parameters
        ----------
        passage : Passage
            What somebody has coded, or asks to code.

        Returns
        -------
        list of Wrong
            Empty when it can be used. Where the turn or the span is wrong, its words cannot be held against anything.
        """
        turn, (start, end) = self.turn_of(passage), passage.span
        too_long = turn is not None and end > len(turn.text)
        placed = turn is not None and start < end and not too_long
        parties = self.codebook.parties
        judged = {
            Wrong.NO_TURN: turn is None,
            Wrong.NO_SPAN: start == end,
            Wrong.NO_CODE: passage.code not in self.codebook.theme_of,
            Wrong.NO_DIRECTION: passage.direction not in ("", *Direction),
            Wrong.NO_PARTY: bool(parties) and passage.about not in ("", *parties),
            Wrong.TOO_LONG: too_long,
            Wrong.OTHER_WORDS: placed and passage.quote not in (None, self.words_of(passage)),
            Wrong.HOST: turn is not None and turn.is_host,
        }
        return [wrong for wrong, found in judged.items() if found]

    def settled(self, passage: Passage) -> Passage:
        """The same passage with the turn's own number, whole numbers, and the words that stand there now."""
        turn, (start, end) = self.turn_of(passage), passage.span
        here = passage.turn if turn is None else turn.turn
        return replace(passage, turn=here, start=start, end=end, quote=self.words_of(passage))

    def stands(self, passage: Passage) -> bool:
        """Whether the passage's words stand where it says, whatever its code is."""
        misplaced = {Wrong.NO_TURN, Wrong.NO_SPAN, Wrong.TOO_LONG, Wrong.OTHER_WORDS}
        return misplaced.isdisjoint(self.faults_of(passage))

    def coding_of(self, passage: Passage, coder: str, source: Source, ident: str = "") -> Coding:
        """The row of the table of codings for a passage without faults."""
        theme = self.codebook.theme_of[passage.code]
        return Coding(coder=coder, theme=theme, source=source, id=ident, **vars(self.settled(passage)))

    def suggested(self, places: Iterable[tuple[str, int | str, int, int, str]]) -> pd.DataFrame:
        """Give suggestions: interview, turn, start, end and code of each."""
        rows = (self.coding_of(Passage(*place), "", Source.SUGGESTED) for place in places)
        return coding_frame(rows, self.turn_type)

    @property
    def interviews(self) -> str:
        """The interviews, or the questions, as a Danish list."""
        return listing(dict.fromkeys(self.turns["interview"]), "eller")

    def choices(self, wrong: Wrong) -> str:
        """The words that a direction or a party can be, as a Danish list."""
        return listing(Direction if wrong is Wrong.NO_DIRECTION else self.codebook.parties, "eller")
