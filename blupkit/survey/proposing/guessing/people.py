"""Who answered: the columns that hold their id, municipality and group, and what each group was asked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from blupkit.survey.proposing.guessing.columns import Column
from blupkit.survey.proposing.guessing.known import Known
from blupkit.survey.proposing.guessing.wording import Wording
from blupkit.survey.reading.column_names import OTHER
from blupkit.survey.reading.scales.words import is_answer, known_order

PLACE: Final = re.compile(
    r"(?<![^\W_])(kommuner?|kommunen|kommunenavn|municipality|municipalities|kommun)(?![^\W_])", re.IGNORECASE
)
#: Questions that speak of the municipality without asking which.
_NOT_PLACE: Final = re.compile(r"\b(kommunens|samarbejde|kontakt|hvor (godt|ofte|vigtig|tilfreds))", re.IGNORECASE)
#: A column that is called a group, and a question that asks for it; longer questions only speak of one.
GROUP: Final = re.compile(
    r"(min|din|mit|dit|your|my|respondent|deltager|mål|maal)?[\W_]*"
    r"(gruppe|group|rolle|role|respondenttype|målgruppe|stilling|type)",
    re.IGNORECASE,
)
_ASKS_GROUP: Final = re.compile(
    r"\b(hvilken|hvilke|hvad er din|which|what is your|hva er din)\b.*\b(rolle|gruppe|role|group)\b"
    r"|svarer du (som|i|på vegne)"
    r"|\b(hvem er du|hvad er du|hvad beskriver dig|er du \(|jeg er|jeg svarer som|i hvilken egenskab)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 80
ID: Final = re.compile(
    r"(respondent|response|record|submission|besvarelses?|svar|deltager|participant|case|interview)?[\s_.-]*"
    r"(id|nr|nummer|number|no|key|code|løbenr|lbnr)|respondent|_?uuid|respid|caseid|intnr|responseid|lfdn|seqn",
    re.IGNORECASE,
)
MOST_GROUPS: Final = 8
#: A group in which so many would have answered, had they been asked like the others, and none did, was not asked.
_EXPECTED: Final = 3
_SMALL: Final = 5
#: A share this small of a group is a slip, or somebody in the wrong group: it has two readings.
_STRAY: Final = 0.05
#: How alike two names must be to be one, misspelt; and how rare the misspelt one is beside the other.
_ALIKE, _RARE = 0.86, 0.1
_FOLDED: Final = str.maketrans("æøå", "aoa")


@dataclass
class Listed:
    """What a column lists: municipalities or groups.

    Parameters
    ----------
    heading : str
        The column; "" where none was found.
    names : dict of str to int
        Name → how many answered.
    spellings : dict of str to list of str
        Name → what stands for it in the file, if not the name itself.
    doubts : list of str
        What has two readings.
    """

    heading: str = ""
    names: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


class Asking(NamedTuple):
    """Who was asked a question, and whether that has two readings."""

    groups: tuple[str, ...]
    doubt: str = ""


def find_id(columns: Mapping[str, Column]) -> str:
    """Find the column that names each answer; "" where there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> find_id({"id": Column("id", pd.Series(["7", "8"], dtype="category"))})
    'id'
    """
    rows = max((column.filled for column in columns.values()), default=0)
    fitting = [name for name, column in columns.items() if column.is_unique and column.filled == rows]
    return next((name for name in fitting if ID.fullmatch(name.strip())), "")


def find_places(columns: Mapping[str, Column], words: Mapping[str, Wording], known: Known) -> Listed:
    """Find the column of municipalities, and join the spellings of one.

    Parameters
    ----------
    columns : mapping of str to Column
        All of them.
    words : mapping of str to Wording
        Their questions.
    known : Known
        The names of codes.

    Returns
    -------
    Listed
        Names that differ in case, "Kommune", hyphens and aa/å are one; a rare misspelling is joined, and told.
    """
    fitting = [name for name in columns if _asks(PLACE, words[name]) and not _NOT_PLACE.search(_text(words[name]))]
    for name in fitting:
        counts = _named(columns[name], known)
        if len(counts) > 1 and (columns[name].is_closed or columns[name].is_code or known.choices_of(name)):
            listed = _joined(name, counts)
            for value, text in known.choices_of(name):
                main = next((main for main in listed.names if text in {main, *listed.spellings.get(main, [])}), "")
                if main and value != main:
                    listed.spellings.setdefault(main, []).append(value)
            others = [one for one in fitting if one != name and len(_named(columns[one], known)) > 1]
            listed.doubts += [f"også kolonnen »{one}« kan være kommunen" for one in others[:1]]
            return listed
    return Listed()


def find_groups(columns: Mapping[str, Column], words: Mapping[str, Wording], known: Known, place: str) -> Listed:
    """Find the column of groups: one with few answers that asks for a role; of several, the one that explains most.

    Parameters
    ----------
    columns, words, known
        As in `find_places`.
    place : str
        The column of municipalities.

    Returns
    -------
    Listed
        Empty where there is none.
    """
    fitting = [
        name
        for name in columns
        if name != place
        and _asks_group(words[name])
        and not _is_rated(list(_named(columns[name], known)))
        and 2 <= len(_named(columns[name], known)) <= MOST_GROUPS
        and columns[name].filled >= 0.7 * max(column.filled for column in columns.values())
    ]
    if not fitting:
        return Listed()
    score = {
        name: (_explains(columns, name), bool(GROUP.fullmatch(name.replace("_", " ").strip()))) for name in fitting
    }
    best = max(fitting, key=score.__getitem__)
    listed = Listed(best, dict(_named(columns[best], known)))
    codes = {text: value for value, text in known.choices_of(best)}
    listed.spellings = {name: [codes[name]] for name in listed.names if codes.get(name, name) != name}
    listed.doubts = [f"også kolonnen »{name}« kan være gruppen" for name in fitting if name != best]
    return listed


def who_was_asked(
    columns: Iterable[Column], groups: Mapping[str, npt.NDArray[np.bool_]], given: npt.NDArray[np.bool_] | None = None
) -> Asking:
    """Tell which groups were asked a question, from who has empty cells.

    Parameters
    ----------
    columns : iterable of Column
        The question's.
    groups : mapping of str to numpy.ndarray
        Key → which rows are of the group.
    given : numpy.ndarray, optional
        Which rows answered at all; the others say nothing of who was asked.

    Returns
    -------
    Asking
        No groups where there are none to tell apart.
    """
    if not groups:
        return Asking(())
    filled = np.logical_or.reduce([column.filled_rows for column in columns])
    present = np.ones(len(filled), dtype=bool) if given is None else given
    sizes = {key: int((rows & present).sum()) for key, rows in groups.items()}
    counts = {key: int((rows & filled).sum()) for key, rows in groups.items()}
    most = max((counts[key] / sizes[key] for key in groups if sizes[key] >= _SMALL), default=0.0)
    unasked = [key for key in groups if counts[key] == 0 and sizes[key] >= _SMALL and most * sizes[key] >= _EXPECTED]
    stray = [
        key for key in groups if 0 < counts[key] <= _STRAY * sizes[key] and most >= 0.5 and sizes[key] * most >= 10
    ]
    doubt = "".join(
        f"kun {counts[key]} af {sizes[key]} i gruppen {key} har svaret: er den spurgt?" for key in stray[:1]
    )
    asked = tuple(key for key in groups if key not in unasked)
    return Asking(asked if asked else tuple(groups), doubt)


def _text(wording: Wording) -> str:
    return f"{wording.code} {wording.question} {wording.point}"


def _asks_group(wording: Wording) -> bool:
    if wording.shared and wording.point:
        return False
    asked = len(wording.question) <= _LONGEST and bool(_ASKS_GROUP.search(wording.question))
    return asked or any(
        GROUP.fullmatch(text.replace("_", " ").strip(" ?:")) for text in (wording.code, wording.question)
    )


def _is_rated(answers: list[str]) -> bool:
    """Whether answers are yes and no, or degrees of something: no group is."""
    order = known_order(answers)
    return order is not None and order.family != "kode"


def _asks(pattern: re.Pattern[str], wording: Wording) -> bool:
    return (
        bool(pattern.search(wording.code.replace("_", " ")) or pattern.search(wording.question)) and not wording.point
    )


def _named(column: Column, known: Known) -> dict[str, int]:
    """Count what stands in a column by its words, without what is no answer."""
    labels = dict(known.choices_of(column.heading))
    labels |= {f"{float(value):.15g}": text for value, text in labels.items() if re.fullmatch(r"-?\d+([.]\d+)?", value)}
    counts: dict[str, int] = {}
    for text, count in column.answers.items():
        name = labels.get(text, text)
        if is_answer(name):
            counts[name] = counts.get(name, 0) + count
    return counts


def bare_place(name: str) -> str:
    """Write a municipality so that its usual spellings are one, as `Study.match_municipality` does.

    Examples
    --------
    >>> bare_place("Faaborg-Midtfyn Kommune") == bare_place("Fåborg midtfyn")
    True
    """
    text = name.casefold().replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    return re.sub(r"[\W_]+", "", re.sub(r"\bkommunes?\b", "", text))


def _joined(heading: str, counts: dict[str, int]) -> Listed:
    listed = Listed(heading)
    by_bare: dict[str, str] = {}
    for name, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        bare = bare_place(name)
        spelt = {known.translate(_FOLDED): known for known in by_bare}
        close = difflib.get_close_matches(bare.translate(_FOLDED), spelt, n=1, cutoff=_ALIKE)
        close = [] if bare in by_bare else close
        main = by_bare.get(bare) or (by_bare[spelt[close[0]]] if close else "")
        if main and (not close or count <= max(1, _RARE * listed.names[main])):
            listed.names[main] += count
            if close:
                listed.spellings.setdefault(main, []).append(name)
                listed.doubts.append(f"»{name}« ({count}) er læst som »{main}«")
        elif bare and not OTHER.match(name):
            by_bare[bare] = name
            listed.names[name] = count
        else:
            listed.doubts.append(f"»{name}« ({count}) er ikke læst som en kommune")
    return listed


def _explains(columns: Mapping[str, Column], name: str) -> int:
    """Count the columns that only some of a column's answers go with."""
    column = columns[name]
    groups = {answer: column.rows_of(answer) for answer in column.answers}
    return sum(len(who_was_asked([other], groups).groups) < len(groups) for other in columns.values() if other.filled)
