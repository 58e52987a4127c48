"""The scale on which some columns were answered: what can be chosen, in which order, and what is no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from blupkit.survey.proposing.guessing.columns import CODES, Column
from blupkit.survey.proposing.guessing.known import Known
from blupkit.survey.reading.column_names import NUMBER, OTHER, plain
from blupkit.survey.reading.scales.words import Order, is_answer, known_order, meanings, number_of

ANSWER, DONT_KNOW, UNKNOWN = "svar", "ved_ikke", "uoplyst"
#: A code that stands apart from the rest and is one of these is rarely an answer.
_APART: Final = {-99, -98, -97, -9, -8, -1, 8, 9, 88, 97, 98, 99, 888, 998, 999}
#: So rare a code without words is a slip.
_RARE: Final = 0.05
_SLIP: Final = 0.002
#: Where scales of whole numbers usually end.
_ENDS: Final = frozenset({4, 5, 7, 10})
#: Words that mean the opposite; a scale that has one end and not the other was not used to its end by anybody.
_OPPOSITES: Final = (
    ("uenig", "enig"), ("utilfreds", "tilfreds"), ("misfornøyd", "fornøyd"), ("disagree", "agree"),
    ("dissatisfied", "satisfied"), ("unlikely", "likely"), ("usandsynlig", "sandsynlig"),
    ("dårligt", "godt"), ("dårlig", "god"), ("lavt", "højt"), ("lav", "høj"), ("low", "high"),
)  # fmt: skip


class Scale(NamedTuple):
    """What can be chosen, from low to high.

    Parameters
    ----------
    family : str
        What kind of words they are; "" where the order is not known.
    rows : tuple of tuple of str
        Code, words and meaning.
    reason : str
        Why it was taken to be so.
    doubts : dict of str to str
        Code → what has two readings.
    is_rating : bool
        Whether a mean says something.
    """

    family: str
    rows: tuple[tuple[str, str, str], ...]
    reason: str
    doubts: dict[str, str]
    is_rating: bool

    @property
    def size(self) -> int:
        """How many of its codes are answers."""
        return sum(meaning == ANSWER for _, _, meaning in self.rows)


def make_scale(columns: Sequence[Column], known: Known) -> Scale | None:
    """Find the scale that all of some columns were answered on.

    Parameters
    ----------
    columns : sequence of Column
        One, or those of a grid.
    known : Known
        The choices, where something says them.

    Returns
    -------
    Scale or None
        None where they hold no choices, or not the same.

    Examples
    --------
    >>> import pandas as pd
    >>> column = Column("q", pd.Series(["Enig", "Uenig", "Enig", "Uenig", "Ved ikke"], dtype="category"))
    >>> make_scale([column], Known()).rows
    (('1', 'Uenig', 'svar'), ('2', 'Enig', 'svar'), ('8', 'Ved ikke', 'ved_ikke'))
    """
    filled = [column for column in columns if column.filled]
    choices = next(filter(None, (known.choices_of(column.heading) for column in columns)), [])
    if choices:
        return _of_choices(filled, choices, known)
    if filled and all(column.is_code for column in filled):
        return _of_codes(filled)
    if filled and all(column.is_closed or _is_known(column) for column in filled):
        return _of_words(filled, known)
    return None


def _is_known(column: Column) -> bool:
    """Whether few answered, but in words that are known to be a scale's; anybody may write a number in own words."""
    answers = [text for text in column.answers if is_answer(text)]
    order = known_order(answers) if 1 < len(answers) <= 11 and not column.is_numeric else None
    return order is not None and order.family != "interval"


def _of_choices(columns: Sequence[Column], choices: list[tuple[str, str]], known: Known) -> Scale | None:
    """Take the choices that something says; the cells hold what stands for them in the file, or their words."""
    cells = frozenset().union(*(column.words for column in columns)) if columns else frozenset()
    in_file, in_words = {plain(value) for value, _ in choices}, {plain(text) for _, text in choices}
    if (cells and len(cells & in_file) < len(cells & in_words)) or not all(map(_is_number, in_file)):
        by_value = len(cells & in_file) > len(cells & in_words)
        texts = [value if by_value else text for value, text in choices]
        labels = dict(zip(texts, (text for _, text in choices), strict=True))
        extra = [text for column in columns for text in column.choices if plain(text) not in set(map(plain, texts))]
        return _worded([*texts, *dict.fromkeys(extra)], f"svarene står i {known.source}", labels, listed=True)
    rows: list[tuple[str, str, str]] = []
    for (value, text), meaning in zip(choices, meanings([text for _, text in choices]), strict=True):
        declared = any((column.heading, value) in known.missing for column in columns)
        rows.append((_code(value), text, UNKNOWN if declared and meaning == ANSWER else str(meaning)))
    more = _unlabelled(columns, {code for code, _, _ in rows}, [row[0] for row in rows if row[2] == ANSWER])
    if len(more) > CODES:
        return None  # labels for what is no answer, on a column of numbers
    doubts = {code: f"koden {code} har ingen tekst i {known.source}" for code, sure in more.items() if not sure}
    rows += [(code, "", ANSWER) for code in more]
    rows.sort(key=lambda row: float(row[0]))
    return _coded(rows, f"koder og svar står i {known.source}", doubts)


def _unlabelled(columns: Sequence[Column], coded: set[str], answers: list[str]) -> dict[str, bool]:
    """Find the codes that have no words, and whether they surely belong to the scale.

    A scale may have words at its ends only. Where all whole numbers between have words, a rare code outside is a slip:
    the reading sets it aside and tells of it.
    """
    counts: dict[str, int] = {}
    for column in columns:
        for text, count in column.answers.items():
            if _is_number(text) and _code(text) not in coded:
                counts[_code(text)] = counts.get(_code(text), 0) + count
    ends = sorted(map(float, answers)) or [0.0, 0.0]
    rare = _RARE * sum(column.filled for column in columns)
    sure = {code: ends[0] <= float(code) <= ends[-1] for code in sorted(counts, key=float)}
    return {code: inside for code, inside in sure.items() if inside or counts[code] > rare}


def _coded(rows: list[tuple[str, str, str]], reason: str, doubts: dict[str, str]) -> Scale:
    """Judge the order of codes that a file fixes: it cannot be changed, only believed or not."""
    texts = [text for _, text, meaning in rows if meaning == ANSWER]
    worded = [text for text in texts if text and number_of(text) is None]
    order = known_order(worded) if len(worded) > 1 else None
    rating = len(texts) > 2 and (order is not None or not worded)
    if order and order.is_rating and order.answers == worded[::-1]:
        found = (
            f"1 er ikke det laveste: skalaen går fra »{worded[0]}« til »{worded[-1]}«. Gennemsnit ville vende forkert"
        )
        return Scale(order.family, tuple(rows), reason, doubts | {rows[0][0]: found}, is_rating=False)
    if order and order.answers != worded and order.is_rating:
        doubts = doubts | {rows[0][0]: "ordene står i en anden rækkefølge, end de plejer"}
        return Scale(order.family, tuple(rows), reason, doubts, is_rating=False)
    rating = rating and (order is None or order.family not in {"ja_nej", "interval", "uddannelse"})
    return Scale(order.family if order else "", tuple(rows), reason, doubts, is_rating=rating)


def _of_codes(columns: Sequence[Column]) -> Scale:
    """Take whole numbers without words as they are: more is taken to be more."""
    counts: dict[int, int] = {}
    for column in columns:
        for text, count in column.answers.items():
            counts[int(float(_code(text)))] = counts.get(int(float(_code(text))), 0) + count
    few = {code for code, count in counts.items() if count <= _SLIP * sum(counts.values())}
    # A rare code just past a usual end is a slip, as 6 after 1 to 5; the reading sets it aside and tells of it.
    slips = {code for code in few if code < 0 or (code - 1 in _ENDS & set(counts) and code == max(counts))}
    codes = sorted(set(counts) - slips)
    apart = _standing_apart(codes)
    answers = [code for code in codes if code not in apart]
    low, high = (min(answers), max(answers)) if answers else (0, 0)
    span = range(1 if 1 < low <= 3 else low, high + 1) if high - low <= 11 else answers
    rows = [(str(code), "", ANSWER) for code in span] + [(str(code), "", DONT_KNOW) for code in apart]
    doubts = {str(code): f"koden {code} står for sig selv: ved ikke, eller et svar?" for code in apart}
    first, last = span[0] if span else "", span[-1] if span else ""
    left = [f"{code} ({counts[code]})" for code in sorted(slips)]
    reason = f"koderne {first}-{last} står i filen, og det højeste tal er læst som det meste"
    reason += f"; uden for skalaen er {', '.join(left)}" if left else ""
    return Scale("kode", tuple(rows), reason, doubts, is_rating=len(list(span)) > 2)


def _standing_apart(codes: list[int]) -> list[int]:
    """Find the codes that a gap parts from the rest, above or below."""
    usual = [code for code in codes if code not in _APART]
    if len(usual) < 2:
        return []
    low, high = min(usual), max(usual)
    return [code for code in codes if code in _APART and (code > high + 1 or code < low - (1 if low > 0 else 0))]


def _of_words(columns: Sequence[Column], known: Known) -> Scale:
    """Take the words that stand in the cells, in the order that the words have."""
    counts: dict[str, int] = {}
    for column in columns:
        for text in column.choices:
            counts[text] = counts.get(text, 0) + column.answers[text]
    first: dict[str, str] = {}
    for text in sorted(counts, key=lambda text: -counts[text]):
        first.setdefault(plain(text), text)
    listed = known.list_with(frozenset(plain(text) for text in first.values() if is_answer(text)))
    if listed:
        left = [text for text in first.values() if plain(text) not in {plain(one) for one in listed}]
        return _worded([*listed, *left], f"svarene står i denne rækkefølge i {known.source}", {}, listed=True)
    return _worded(list(first.values()), "svarene er dem, der står i filen", {}, listed=False)


def _worded(texts: list[str], reason: str, labels: dict[str, str], *, listed: bool) -> Scale:
    meant = dict(zip(texts, map(str, meanings([labels.get(text, text) for text in texts])), strict=True))
    answers = [text for text in texts if meant[text] == ANSWER]
    words = {labels.get(text, text): text for text in answers}
    order = known_order(list(words)) if len(words) == len(answers) else None
    added: list[str] = []
    if order and order.is_rating and not listed and order.has_two_sides:
        added = _other_ends(order)
        order = known_order([*order.answers, *added]) or order
    numbers = {text: number_of(text) for text in answers}
    reasons = [reason]
    if order:
        answers = [words.get(text, text) for text in order.answers]
        reasons.append(
            "rækkefølgen følger af ordene, fra lav til høj" if order.is_rating else "rækkefølgen følger af ordene"
        )
    elif not listed and None not in numbers.values() and len(set(numbers.values())) == len(numbers):
        answers.sort(key=lambda text: numbers[text] or 0)
        reasons.append("rækkefølgen følger af tallene foran")
        order = Order("kode", answers)
    elif not listed:
        answers.sort(key=lambda text: bool(OTHER.match(text)))
        reasons.append("rækkefølgen kendes ikke: det hyppigste står først")
    if added:
        reasons.append(f"{' og '.join(f'»{text}«' for text in added)} har ingen valgt, men hører med")
    codes = _codes(answers, numbers)
    rows = [(code, text, ANSWER) for code, text in zip(codes, answers, strict=True)]
    rows += _no_answers(list(meant.items()), codes)
    if any(text != label for text, label in labels.items() if text in answers):
        said = ", ".join(f"{text} = {labels[text]}" for text in answers if text in labels)
        reasons.append(f"i filen står navne i stedet for svar: {said}")
    rating = bool(order and order.family != "kode" and order.is_rating) or (
        order is not None and order.family == "kode"
    )
    return Scale(
        order.family if order else "", tuple(rows), "; ".join(reasons), {}, is_rating=rating and len(answers) > 2
    )


def _codes(answers: list[str], numbers: dict[str, int | None]) -> list[str]:
    """Number the answers: by the numbers before them where these rise with the order, else from 1."""
    own = [numbers.get(text) for text in answers]
    if None not in own and all(one < other for one, other in pairwise(own)):  # type: ignore[operator]
        return [str(number) for number in own]
    return [str(number) for number in range(1, len(answers) + 1)]


def _no_answers(texts: list[tuple[str, str]], codes: list[str]) -> list[tuple[str, str, str]]:
    """Give what is no answer codes that are not used: from 8, or from 98 where the scale is long."""
    taken = {int(code) for code in codes}
    start = 8 if max(taken, default=0) < 8 else 98 if max(taken) < 98 else max(taken) + 1
    rows = []
    for text, meaning in sorted(texts, key=lambda pair: pair[1] == UNKNOWN):
        if meaning != ANSWER:
            rows.append((str(start), text, meaning))
            start += 1
    return rows


def _other_ends(order: Order) -> list[str]:
    """Find the ends that nobody chose, where their opposites were chosen."""
    present, added = set(map(plain, order.answers)), []
    for text in order.answers:
        for down, up in _OPPOSITES:
            word = down if re.search(rf"\b{down}", plain(text)) else up if re.search(rf"\b{up}", plain(text)) else ""
            if not word or len(re.findall(rf"\b(?:{down}|{up})", plain(text))) > 1:
                continue
            turned = re.sub(rf"\b{word}", up if word == down else down, text, flags=re.IGNORECASE)
            turned = turned[:1].upper() + turned[1:] if text[:1].isupper() else turned
            if plain(turned) not in present and known_order([*order.answers, turned]):
                added.append(turned)
                present.add(plain(turned))
            break
    return added


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text.strip()))


def _code(text: str) -> str:
    return f"{float(text.strip().replace(',', '.')):.15g}"
