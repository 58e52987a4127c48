"""Several speakers in one paragraph, as the text of a PDF has them: parted by the labels that are known, or refused."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, NoReturn

from blupkit.core import Fault
from blupkit.core.danish import listing, many
from blupkit.core.files import refuse
from blupkit.interviews.transcripts.labels.shape import is_called, label_shape, opens_sentence
from blupkit.interviews.transcripts.turn import PERHAPS_A_SPEAKER, Said, warning

#: "Interviewer (I): …" says who I is; "Bo Ravn (LR): …" may, too.
_KEY: Final = re.compile(r"(?P<who>[^\W\d_][^():.?!\n]{1,60}?)\s*\((?P<code>[^\W\d_a-zæøå]{1,4}\d{0,2})\)\s*:")
#: How one ends: quicker by far to look for than the whole.
_KEY_ENDS: Final = re.compile(r"\([^\W\d_a-zæøå]{1,4}\d{0,2}\)\s*:")
_CODE_USED: Final = r"(?<![\w(]){}\s*:(?=\s|$)"
_COLON: Final = re.compile(r"\s*:(?=\s|$)")
#: "Deltagere:" above a key.
_HEADING: Final = re.compile(r"\b[^\W\d_]+:\s*$")
#: ATLAS.ti knows a speaker by it.
_SIGN: Final = "@"
_SENTENCE_END: Final = re.compile(r"[.?!…][\"”»’)\]]*\s+")
_SURE: Final = frozenset({"code", "full name", "display", "several"})
_MOST_WORDS: Final = 4
#: What stands before somebody who is spoken of: "Så sagde jeg til L1: Nej".
_OF: Final = frozenset(
    {"til", "for", "med", "af", "fra", "hos", "som", "om", "sagde", "siger", "spurgte", "spørger", "hedder"}
)


class Parted(NamedTuple):
    """The turns of a typed file, those inside paragraphs too."""

    said: list[Said]
    before: Sequence[str]
    faults: list[Fault]


def key_of(text: str, turns: Iterable[int] = ()) -> frozenset[str]:
    r"""Find the labels that the head of a file explains, or its end.

    Parameters
    ----------
    text : str
        The whole file.
    turns : iterable of int
        The lines that begin with a speaker: what begins one between two of them is no entry, but somebody who speaks.

    Returns
    -------
    frozenset of str
        "I", where "Interviewer (I):" stands in the file once, and "I:" elsewhere.

    Examples
    --------
    >>> sorted(key_of("Interviewer (I): Anne\nLokalråd (L1): Bo\nI: Hvad?\nL1: Ja.\nI: Nå.\nL1: Jo."))
    ['I', 'L1']
    >>> key_of("Bo (L): Ja.\nIda (A): Nej.\nBo (L): Jo.")
    frozenset()
    >>> key_of("M: Hvad?\nBo (L): Ja.\nM: Og?\nL: Jo.", [1, 2, 3, 4])
    frozenset()
    """
    found = [(row, match) for row, line in enumerate(text.split("\n"), start=1) for match in _entries(line)]
    if not found:
        return frozenset()
    begun = {row for row, match in found if not match.string[: match.start()].strip()}
    spoken = set(turns) - begun
    between = range(min(spoken, default=0) + 1, max(spoken, default=0))
    times = Counter(match["code"] for _, match in found)
    said = {match["code"] for row, match in found if row in begun and row in between}
    once = (code for code, count in times.items() if count == 1 and code not in said)
    return frozenset(code for code in once if re.search(_CODE_USED.format(code), text))


def _entries(text: str) -> Iterator[re.Match[str]]:
    return _KEY.finditer(text) if _KEY_ENDS.search(text) else iter(())


def explains(label: str, key: Collection[str]) -> bool:
    """Whether words before a colon are an entry of the key: they say who a label is, and nobody speaks.

    Examples
    --------
    >>> explains("Interviewer (I)", {"I"}), explains("Bo Ravn (LR)", {"I"}), explains("I", {"I"})
    (True, False, False)
    """
    found = _KEY.search(f"{label}:")
    return found is not None and found["code"] in key


def parted(
    file: str,
    said: list[Said],
    before: Sequence[str],
    is_known: Callable[[str], bool],
    key: Collection[str] = (),
    told: Collection[str] = (),
) -> Parted:
    """Part the paragraphs of a typed file in which several speak.

    A label inside a paragraph begins a turn where the file's key, the study or the register knows it, or where turns of
    the file begin with it: after the end of a sentence, and elsewhere where it can be no ordinary word.

    Parameters
    ----------
    file : str
        What to call the file.
    said : list of Said
        Its turns as the lines have them.
    before : sequence of str
        The lines above the first.
    is_known : callable
        Whether a label means somebody who is known.
    key : collection of str
        The labels that the file's head explains, as `key_of` finds them.
    told : collection of str
        What stands before a colon where lines begin: it is told of elsewhere.

    Returns
    -------
    Parted
        With a warning of what was parted, of a key at the end, and of what looks like a label and is known to nobody.

    Raises
    ------
    FileError
        More looks like labels inside paragraphs than turns were found.
    """
    labels = {*key, *(turn.label for turn in said)}

    def known(label: str) -> bool:
        return label in labels or (not explains(label, key) and is_known(label))

    *whole, last = said or [Said("", " ".join(before), row=1)]
    spoken, at_end = _without_key(last.text, key)
    if spoken or not said:
        whole.append(replace(last, text=spoken))
    pieces = [(turn, _Pieces.of(turn.text, known, () if said else key)) for turn in whole]
    turns = [part for turn, inside in pieces for part in inside.turns(turn)]
    if not said and turns:
        before = list(filter(None, [turns.pop(0).text]))
    unknown: dict[str, list[int | None]] = {}
    for turn, inside in pieces:
        for label in inside.unknown:
            unknown.setdefault(label, []).append(turn.row)
    often = {label: rows for label, rows in unknown.items() if len(rows) > 1 or not turns}
    if sum(map(len, often.values())) >= max(2, len(turns) / 2):
        _refuse(file, often)
    left = {label: rows for label, rows in unknown.items() if label not in told or known(label)}
    faults = [*_key_faults(file, at_end), *_parted_faults(file, said, turns), *_unknown_faults(file, left)]
    return Parted(turns, before, faults)


def _without_key(text: str, key: Collection[str]) -> tuple[str, str]:
    """Part what is said from a key at the end, behind which nobody speaks."""
    used = (match.end() for code in key for match in re.finditer(_CODE_USED.format(code), text))
    last = max(used, default=0)
    starts = (match.start() for match in _entries(text) if match["code"] in key and match.start() >= last)
    start = next(starts, len(text))
    heading = _HEADING.search(text, 0, start) if start < len(text) else None
    start = heading.start() if heading else start
    return text[:start].rstrip(), text[start:]


class _Pieces(NamedTuple):
    """The labels inside a text with where they begin and end, and what looks like one and is known to nobody."""

    text: str
    found: list[tuple[int, int, str]]
    unknown: list[str]

    @classmethod
    def of(cls, text: str, known: Callable[[str], bool], key: Collection[str]) -> _Pieces:
        if ":" not in text:
            return cls(text, [], [])
        in_key = [match.end() for match in _entries(text) if match["code"] in key]
        found: list[tuple[int, int, str]] = []
        unknown: list[str] = []
        done = max(in_key, default=0)
        # What the last entry of a key says ends with the first label, not with a full stop.
        fresh = bool(in_key)
        for colon in _COLON.finditer(text, done):
            clause = _clause(text, done, colon.start()).removeprefix(_SIGN)
            label = clause if known(clause) else _last_words(text[done : colon.start()], known, fresh=fresh)
            if label and _is_spoken_of(text[done : colon.start()], label):
                unknown.append(label)
            elif label:
                found.append((colon.start() - len(label), colon.end(), label))
                done, fresh = colon.end(), False
            elif label_shape(clause) in _SURE or (label_shape(clause) == "one name" and is_called(clause)):
                unknown.append(clause)
        return cls(text, found, unknown)

    def turns(self, turn: Said) -> Iterator[Said]:
        if not self.found:
            yield turn
            return
        starts = [*(start for start, _, _ in self.found), len(self.text)]
        yield replace(turn, text=_spoken(self.text[: starts[0]]), end=math.nan)
        for (_, begins, label), ends in zip(self.found, starts[1:], strict=True):
            yield replace(turn, label=label, text=_spoken(self.text[begins:ends]), start=math.nan, end=math.nan)


def _spoken(text: str) -> str:
    """Leave out what stands before the label that follows."""
    return text.strip().removesuffix(_SIGN).rstrip()


def _clause(text: str, start: int, end: int) -> str:
    """Give what stands between the end of a sentence and a colon."""
    ended = list(_SENTENCE_END.finditer(text, start, end))
    return text[ended[-1].end() if ended else start : end].strip()


def _last_words(text: str, known: Callable[[str], bool], *, fresh: bool) -> str:
    """Find a label in the middle of a sentence: one that is known, and can be no ordinary word."""
    words = text.split()[-_MOST_WORDS:]
    for count in range(len(words), 0, -1):
        label = " ".join(words[-count:])
        plain = fresh or count > 1 or not (label == "I" or opens_sentence(label))
        if plain and label_shape(label) in _SURE and known(label):
            return label
    return ""


def _is_spoken_of(text: str, label: str) -> bool:
    """Whether somebody is only named: then a sentence goes on with what was said to them, or by them."""
    before = text.rstrip().removesuffix(label).split()
    return bool(before) and before[-1].casefold() in _OF


def _told(labels: dict[str, list[int | None]]) -> str:
    return listing(f"»{label}:« {many(len(rows), 'gang', 'gange')}" for label, rows in labels.items())


def _refuse(file: str, labels: dict[str, list[int | None]]) -> NoReturn:
    example = ", ".join(f'"{label}" = "…"' for label in list(labels)[:3])
    action = (
        f"Skriv under udskriften i study.toml, hvem de er: »talere = {{ {example} }}«, eller sæt linjeskift foran hver"
        " taler i filen."
    )
    found = f"flere talere i samme afsnit: {_told(labels)}"
    row = next((rows[0] for rows in labels.values()), None)
    refuse(file, found, "talere, der er kendt, eller hver tur på sin egen linje", action, row=row)


def _key_faults(file: str, at_end: str) -> Iterator[Fault]:
    if at_end:
        action = "Det er læst som en liste over, hvem talerne er, og ikke som tale. Er det rigtigt, skal intet gøres."
        yield warning(file, f"{at_end[:60]}… ({many(len(at_end.split()), 'ord', 'ord')})", "det, der blev sagt", action)


def _parted_faults(file: str, said: list[Said], turns: list[Said]) -> Iterator[Fault]:
    inside = len(turns) - len(said)
    if inside > 0:
        times = Counter(turn.label for turn in turns) - Counter(turn.label for turn in said)
        whose = listing(f"»{label}« {count}" for label, count in times.items())
        found = f"{many(inside, 'tur', 'ture')} inde i afsnit: {whose}"
        action = "De er delt ved talernes betegnelser. Se efter i udskriften, om de er delt rigtigt."
        yield warning(file, found, "hver tur på sin egen linje", action)


def _unknown_faults(file: str, labels: dict[str, list[int | None]]) -> Iterator[Fault]:
    for label, rows in labels.items():
        if len(rows) > 1 or label_shape(label) != "code" or label[-1].isdigit():
            found = f"{label}: ({many(len(rows), 'gang', 'gange')} inde i en tur)"
            yield warning(file, found, *PERHAPS_A_SPEAKER, rows[0])
