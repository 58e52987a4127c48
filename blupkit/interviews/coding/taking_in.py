"""Codings from elsewhere into a coder's log: nothing twice, and no code that the codebook does not have."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pandas as pd

from blupkit.core import DataError, Fault, Study
from blupkit.core.danish import number
from blupkit.core.study import STUDY_FILE
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.codings import ABOUT, DIRECTIONS
from blupkit.interviews.coding.log import CODED_EVENT, SUFFIX, append_events, current, new_event, read_log
from blupkit.interviews.transcripts.reading import HOSTS, interview_files


def add_codings(study: Study, coder: str, codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Write codings that were made in another program into a coder's log.

    A code is known by its number ("1.1"), by number and name ("1.1 Mandat") or by name. A coding that is there already
    is left out, so that the same file can be taken in twice.

    Parameters
    ----------
    study : Study
        Its setting `kodninger` names the coder's log (.jsonl); the log is made when it is not there.
    coder : str
        In whose log they go, whoever made them.
    codings : pandas.DataFrame
        interview, turn, start, end, code, quote, and where known direction, about, memo: what `read_qdpx` or
        `read_codings_table` placed; not changed.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        The codes.

    Returns
    -------
    list of str
        Danish sentences: how many came in, and what was left out and why.

    Raises
    ------
    DataError
        The coder has no log.
    FileError
        The log cannot be read.
    """
    name = interview_files(study).codings.get(coder, "")
    if not name.endswith(SUFFIX):
        action = f'Skriv kodninger = {{ {coder} = "interview/kodninger_{coder}{SUFFIX}" }} i {STUDY_FILE}.'
        raise DataError(Fault(STUDY_FILE, name or coder, f"en log ({SUFFIX})", action, column="kodninger"))
    events, _ = read_log(study.path(name), name, coder)
    there = {_place(event) for _, event in current(events).values()}
    said = {(turn["interview"], str(turn["turn"])): turn for turn in turns.to_dict("records")}
    fresh, left_out = [], Counter[str]()
    for line in codings.to_dict("records"):
        passage = _passage(line, codebook)
        reason = _reason(passage, str(line["code"]), said.get((line["interview"], str(line["turn"])), {}), there)
        if reason:
            left_out[reason] += 1
        else:
            there.add(_place(passage))
            fresh.append(new_event(coder, CODED_EVENT, passage))
    append_events(study.path(name), fresh)
    return [f"{_codings(len(fresh))} er skrevet i {name}.", *(f"{_codings(n)} {why}." for why, n in left_out.items())]


def _passage(line: dict[Any, Any], codebook: Codebook) -> dict[str, Any]:
    """Put a coding in the study's own words; the code is "" where the codebook does not have it."""
    allowed = {"direction": DIRECTIONS, "about": ABOUT}
    words = {key: line[key] if line.get(key) in known else "" for key, known in allowed.items()}
    places = {key: int(line[key]) for key in ("start", "end")}
    return {**line, **words, **places, "code": _known_code(str(line["code"]), codebook)}


def _reason(passage: dict[str, Any], code: str, turn: dict[Any, Any], there: set[tuple[str, ...]]) -> str:
    """Say why a coding is left out; "" when it is not."""
    if not passage["code"]:
        return f"er udeladt, for kodebogen har ikke {code}"
    if not turn or turn["text"][passage["start"] : passage["end"]] != passage["quote"]:
        return "er udeladt, for ordene står ikke der i udskriften"
    if turn["role"] in HOSTS:
        return "er udeladt, for den, der leder samtalen, kodes ikke"
    return "var der i forvejen" if _place(passage) in there else ""


def _codings(n: int) -> str:
    return f"{number(n, 0)} {'kodning' if n == 1 else 'kodninger'}"


def _place(event: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(event.get(key, "")) for key in ("interview", "turn", "start", "end", "code"))


def _known_code(found: str, codebook: Codebook) -> str:
    """Give the codebook's number of a code; "" where it has none."""
    numbers = set(codebook.codes["code"])
    names = {name.casefold(): code for code, name in zip(codebook.codes["code"], codebook.codes["name"], strict=True)}
    first = re.split(r"\s", found.strip(), maxsplit=1)[0]
    return found if found in numbers else first if first in numbers else names.get(found.strip().casefold(), "")
