"""What may point to a person and stands in no register: listed once for the consultant, who decides once."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from blupkit.core import DataError, Fault, Study, check_columns, read_table
from blupkit.core.language import is_ordinary_word
from blupkit.interviews.privacy.pseudonyms import PLACES, REPLACE, pseudonymise, sentence_starts

CANDIDATE_COLUMNS: Final = ["candidate", "kind", "count", "context", "decision"]
DECISION_COLUMNS: Final = ["candidate", "decision", "replacement", "note"]
KEEP: Final = "behold"

#: Danish words that are written with a capital, and names that everybody shares.
_ORDINARY: Final = frozenset(
    [
        "I",
        "De",
        "Dem",
        "Deres",
        "Gud",
        "Danmark",
        "Danmarks",
        "EU",
        "Folketinget",
        "Facebook",
        "Teams",
        "Zoom",
        "Word",
        "Excel",
        "Google",
        "GDPR",
        "SMS",
    ]
)
_CAPITALS: Final = re.compile(r"[A-ZÆØÅÉÜÖÄ][\w’'-]*(?: +[A-ZÆØÅÉÜÖÄ][\w’'-]*)*")
_REPLACEMENT: Final = re.compile(r"\[[^\[\]]*\]s?")
_NUMBERS: Final = (
    ("CPR-lignende nummer", re.compile(r"(?<![\w.])\d{6}[ -]?\d{4}(?!\w)")),
    ("otte cifre", re.compile(r"(?<![\w.])\d(?:[ .]?\d){7}(?!\w)")),
    ("tal", re.compile(r"(?<![\w.,])\d{4,}(?!\w)")),
    ("netadresse", re.compile(r"(?:https?://|www\.)\S*[\w/]")),
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_AROUND: Final = 40


def read_decisions(study: Study) -> pd.DataFrame:
    """Read what the consultant has decided about candidates.

    Parameters
    ----------
    study : Study
        The study. Without an `afgoerelser` file nothing is decided.

    Returns
    -------
    pandas.DataFrame
        candidate, decision ("behold" or "erstat"), replacement, note; the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    DataError
        All rows with an unknown decision, or with the same candidate twice, at once.
    """
    name = study.interviews.decisions if study.interviews else None
    if name is None:
        return pd.DataFrame(columns=DECISION_COLUMNS, dtype="str")
    table = read_table(study.path(name), name)
    wanted = {"kandidat": "det fundne ord", "afgoerelse": "behold eller erstat", "erstatning": "det, der skal stå"}
    check_columns(table, wanted, name)
    heads = {"kandidat": "candidate", "afgoerelse": "decision", "erstatning": "replacement", "note": "note"}
    decisions = table.reindex(columns=list(heads), fill_value="").rename(columns=heads)
    for column in decisions:
        decisions[column] = decisions[column].str.strip()
    faults = _faults(decisions, name)
    if faults:
        raise DataError(faults)
    return decisions


def _faults(decisions: pd.DataFrame, name: str) -> list[Fault]:
    faults, seen = [], set()
    for row, cells in decisions.iterrows():
        place = int(str(row))
        if cells["decision"] not in (KEEP, REPLACE):
            found, expected = cells["decision"] or "en tom celle", f"{KEEP} eller {REPLACE}"
            faults.append(Fault(name, found, expected, "Ret afgørelsen.", row=place, column="afgoerelse"))
        if not cells["candidate"]:
            action = "Skriv ordet, eller slet rækken."
            faults.append(Fault(name, "en tom celle", "et ord", action, row=place, column="kandidat"))
        elif cells["candidate"] in seen:
            action = "Behold én af rækkerne."
            faults.append(Fault(name, cells["candidate"], "hvert ord én gang", action, row=place, column="kandidat"))
        seen.add(cells["candidate"])
    return faults


def candidates(
    texts: pd.Series, register: pd.DataFrame, decisions: pd.DataFrame, *, continued: bool = False
) -> pd.DataFrame:
    """List what is left in the texts, once the register's entries are replaced, that may point to a person.

    Flagged are words with a capital inside a sentence (neighbours together), surnames of the register that are ordinary
    words and begin a sentence, numbers of eight digits or like a CPR number, other numbers of four digits or more that
    are no year, and web addresses. Nothing is rewritten. Names in lower case cannot be found.

    Parameters
    ----------
    texts : pandas.Series of str
        What was said, or quotes of it; not changed.
    register : pandas.DataFrame
        What `read_register` returned.
    decisions : pandas.DataFrame
        What `read_decisions` returned.
    continued : bool
        The texts begin in the middle of a sentence.

    Returns
    -------
    pandas.DataFrame
        candidate, kind ("navn?", "tal", …), count, context (of the first), decision ("" while unsettled), the most
        frequent first.

    Examples
    --------
    >>> nobody = pd.DataFrame(columns=["interview", "name", "role", "municipality", "age", "aliases"])
    >>> undecided = pd.DataFrame(columns=DECISION_COLUMNS)
    >>> found = candidates(pd.Series(["Vi tog til Odense i 1998. Ring 20 00 00 14."]), nobody, undecided)
    >>> found[["candidate", "kind", "count"]].values.tolist()
    [['20 00 00 14', 'otte cifre', 1], ['Odense', 'navn?', 1]]
    """
    surnames = _ordinary_surnames(register)
    settled = dict(zip(decisions["candidate"], decisions["decision"], strict=True))
    found: dict[str, tuple[str, int, str]] = {}
    for text in texts:
        safe = pseudonymise(str(text), register, continued=continued)
        for candidate, kind, place in _in_text(safe, surnames, continued):
            context = safe[max(0, place - _AROUND) : place + len(candidate) + _AROUND].strip()
            known = found.get(candidate)
            found[candidate] = (kind, known[1] + 1, known[2]) if known else (kind, 1, context)
    rows = [
        (candidate, kind, count, context, settled.get(candidate, ""))
        for candidate, (kind, count, context) in sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    ]
    return pd.DataFrame(rows, columns=CANDIDATE_COLUMNS)


def _ordinary_surnames(register: pd.DataFrame) -> set[str]:
    names = register.loc[~register["role"].isin(PLACES), "name"]
    return {word for name in names for word in str(name).split()[1:] if word[:1].isupper() and is_ordinary_word(word)}


def _in_text(text: str, surnames: set[str], continued: bool) -> list[tuple[str, str, int]]:
    """Find the candidates of one text with kind and place; a number is told once, under the strictest kind."""
    masked = _REPLACEMENT.sub(lambda match: "_" * len(match.group()), text)
    found: list[tuple[str, str, int]] = []
    for kind, pattern in _NUMBERS:
        hits = (match for match in pattern.finditer(masked) if kind != "tal" or not _YEAR.fullmatch(match.group()))
        found += [(text[match.start() : match.end()], kind, match.start()) for match in hits]
    found = _without_parts(found)
    starts = sentence_starts(text, continued=continued)
    for match in _CAPITALS.finditer(masked):
        found += _names(match, starts, surnames)
    return sorted(found, key=lambda item: item[2])


def _without_parts(found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    longest: list[tuple[str, str, int]] = []
    for candidate, kind, place in sorted(found, key=lambda item: -len(item[0])):
        if not any(start <= place < start + len(taken) for taken, _, start in longest):
            longest.append((candidate, kind, place))
    return longest


def _names(match: re.Match[str], starts: frozenset[int], surnames: set[str]) -> list[tuple[str, str, int]]:
    """Cut a run of capitalised words at words that are capitalised for another reason."""
    runs: list[list[tuple[str, int]]] = [[]]
    for word in re.finditer(r"\S+", match.group()):
        place = match.start() + word.start()
        bare = word.group().rstrip("'’-")
        if _is_plain(bare, place in starts, surnames):
            runs.append([])
        else:
            runs[-1].append((bare, place))
    return [(" ".join(word for word, _ in run), "navn?", run[0][1]) for run in runs if run]


def _is_plain(word: str, begins: bool, surnames: set[str]) -> bool:
    if begins:
        return word.removesuffix("s") not in surnames and word not in surnames
    shouted = len(word) > 1 and word.isupper() and is_ordinary_word(word)
    return word in _ORDINARY or shouted
