"""Suggestions from the codebook's patterns. A suggestion is no code: a person has to read the passage and decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.language import lemma, sentences, tokens
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.codings import coding_frame, read_codings
from blupkit.interviews.transcripts.reading import HOSTS, interview_files

SUGGESTED: Final = "forslag"


@dataclass(frozen=True)
class _Pattern:
    code: str
    theme: str
    words: tuple[str, ...]


def suggest_codes(turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Suggest codes where a pattern of the codebook is found.

    A word of a pattern is found in its dictionary form; with * it stands for any rest of the lower-cased word. The
    words of a pattern stand next to each other. The segment is the sentence of the hit; a code is suggested once in a
    sentence. Those who lead the talk are left out.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` or `answer_turns` returned; not changed.
    codebook : Codebook
        The patterns.

    Returns
    -------
    pandas.DataFrame
        The columns of `read_codings`, with source "forslag" and coder "".

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "role": ["ansat"], "text": ["Ja. Vi søgte puljerne."]})
    >>> codes = pd.DataFrame({"code": ["4.4"], "theme": ["4"], "patterns": [("pulje", "søg* *midler")]})
    >>> suggest_codes(turns, Codebook(codes))[["turn", "start", "end", "code", "quote"]].values.tolist()
    [[1, 4, 22, '4.4', 'Vi søgte puljerne.']]
    """
    by_first: dict[str, list[_Pattern]] = defaultdict(list)
    for row in codebook.codes.to_dict("records"):
        for pattern in row["patterns"]:
            words = tuple(pattern.lower().split())
            by_first[words[0]].append(_Pattern(row["code"], row["theme"], words))
    rows: list[dict[str, object]] = []
    for turn in turns[~turns["role"].isin(HOSTS)].to_dict("records"):
        for start, end, pattern in _hits(turn["text"], by_first):
            quote = turn["text"][start:end]
            place = {"interview": turn["interview"], "turn": turn["turn"], "start": start, "end": end, "quote": quote}
            rows.append(place | {"code": pattern.code, "theme": pattern.theme})
    empty = {"coder": "", "direction": "", "about": "", "source": SUGGESTED, "id": "", "memo": ""}
    return coding_frame([empty | row for row in rows], str(turns["turn"].dtype))


def _hits(text: str, by_first: dict[str, list[_Pattern]]) -> Iterator[tuple[int, int, _Pattern]]:
    for start, end in sentences(text):
        words = [word for *_, word in tokens(text[start:end])]
        seen = set()
        for place, word in enumerate(words):
            for first in _matched(word, frozenset(by_first)):
                for pattern in by_first[first]:
                    if pattern.code not in seen and _follows(words[place:], pattern.words):
                        seen.add(pattern.code)
                        yield start, end, pattern


def _follows(words: list[str], pattern: tuple[str, ...]) -> bool:
    return len(words) >= len(pattern) and all(
        _stands_for(wanted, word) for wanted, word in zip(pattern, words, strict=False)
    )


@lru_cache(maxsize=20_000)
def _matched(word: str, firsts: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(first for first in firsts if _stands_for(first, word)))


@lru_cache(maxsize=200_000)
def _stands_for(wanted: str, word: str) -> bool:
    lower = word.lower()
    if "*" in wanted:
        return re.fullmatch(re.escape(wanted).replace(r"\*", r"\w*"), lower) is not None
    return wanted in (lower, lemma(word))


def main_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Choose what results are made from: one coder's codings, so that no passage counts twice, or else suggestions.

    Parameters
    ----------
    study : Study
        `hovedkoder` names the coder; without it the first coder in study.toml is chosen.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        The coder's rows of `read_codings`; in a study without codings what `suggest_codes` found, with the source
        "forslag".

    Raises
    ------
    FileError, DataError
        As in `read_codings`.
    """
    files = interview_files(study)
    if not files.codings:
        return suggest_codes(turns, codebook)
    codings = read_codings(study, turns, codebook)
    coder = files.main_coder or next(iter(files.codings))
    return codings[codings["coder"] == coder].reset_index(drop=True)
