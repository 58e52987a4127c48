"""What coders remark: on passages, on codes and on interviews. It is in their logs, with who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

import pandas as pd

from blupkit.core import DataError, Fault, Study
from blupkit.core.errors import did_you_mean
from blupkit.display import ResultTable
from blupkit.interviews.coding.coded import Coded, read_coded
from blupkit.interviews.coding.log import SUFFIX, Action, append_events, current, new_event, noted, read_log
from blupkit.interviews.coding.log_changes import known_code, log_of
from blupkit.interviews.coding.passage import Passage

_KINDS: Final = ("Sted", "Kode", "Interview")
_HEADS: Final = ["Om", "Interview", "Tur", "Hvem", "Kode", "Passage", "Memo", "Koder", "Skrevet"]


def write_memo(study: Study, memo: str, *, code: str = "", interview: str = "", coder: str | None = None) -> str:
    """Skriv en bemærkning om en kode eller om et interview i din log; en tom bemærkning fjerner den, der var.

    Parameters
    ----------
    study : Study
        The study.
    memo : str
        What to remark.
    code, interview : str
        What it is about: a code (number or name), or an interview's id; one of them.
    coder : str, optional
        Who writes; `hovedkoder` or the first in study.toml when omitted.

    Returns
    -------
    str
        What was done, in Danish.

    Raises
    ------
    DataError
        Neither or both are named, there is no such code or interview, or the coder has no log.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> write_memo(example_study(), "Del den op")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.DataError: memo: Her står »hverken kode eller interview«. Forventet: en af delene. ...
    """
    if bool(code) == bool(interview):
        found = "både kode og interview" if code else "hverken kode eller interview"
        raise DataError(Fault("memo", found, "en af delene", 'Skriv fx code="1.1".', quotes=False))
    passage = Passage(interview=_interview(study, interview), code=_code(read_coded(study), code), memo=memo.strip())
    name, file = log_of(study, coder, of_answers=False)
    append_events(study.path(file), [new_event(name, Action.NOTED, passage)])
    about = f"kode {passage.code}" if code else f"interviewet {passage.interview}"
    return f"Bemærkningen om {about} er {'skrevet' if memo.strip() else 'fjernet'} i {file}."


def _code(coded: Coded, code: str) -> str:
    known = known_code(code, coded.codebook) if code else ""
    if code and not known:
        names = [*coded.codebook.names, *coded.codebook.names.values()]
        action = did_you_mean(code, names, "Skriv kodens nummer eller navn.")
        raise DataError(Fault("memo", code, "en kode fra kodebogen", action, column="code"))
    return known


def _interview(study: Study, interview: str) -> str:
    known = study.interview_titles
    if interview and interview not in known:
        action = did_you_mean(interview, list(known), "Skriv interviewets id.")
        raise DataError(Fault("memo", interview, f"et af {', '.join(known)}", action, column="interview"))
    return interview


def memos(study: Study) -> ResultTable:
    """Læs alle bemærkninger: om steder, om koder og om interview, med hvem der skrev dem, og hvornår.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    ResultTable
        One row a memo: what it is about, interview, turn, who speaks (a label, never a name), code, the passage, the
        memo, the coder, and when it was written; of a table of codings nobody knows when.

    Raises
    ------
    FileError, DataError
        As `read_coded`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> memos(example_study()).notes
    ('Ingen har skrevet bemærkninger endnu.',)
    """
    coded = read_coded(study)
    names = coded.codebook.names
    rows = []
    for coder, written, passage in _remarks(study, coded):
        turn = coded.turn_of(passage)
        kind = _KINDS[0] if passage.turn != "" else _KINDS[1] if passage.code else _KINDS[2]
        who = coded.labels.get((turn.interview, turn.speaker), "") if turn else ""
        code = f"{passage.code} {names.get(passage.code, '')}".strip()
        told = [kind, passage.interview, str(passage.turn), who, code, passage.quote or ""]
        rows.append([*told, passage.memo, coder, written])
    frame = pd.DataFrame(rows, columns=_HEADS).astype("str")
    frame["Om"] = pd.Categorical(frame["Om"], _KINDS, ordered=True)
    frame = frame.sort_values("Om", kind="stable", ignore_index=True)
    numbers = {kind: int((frame["Om"] == kind).sum()) for kind in _KINDS}
    counted = [f"{number} om {kind.lower()}" for kind, number in numbers.items() if number]
    note = f"Bemærkninger: {', '.join(counted)}." if counted else "Ingen har skrevet bemærkninger endnu."
    return ResultTable("Bemærkninger", frame, (note,), call="interviews.memos(study)", study=study.folder)


def _remarks(study: Study, coded: Coded) -> Iterator[tuple[str, str, Passage]]:
    """Give coder, time and passage of every remark; those of a table have no time."""
    for coder, file in study.interview_files.codings.items():
        if not file.endswith(SUFFIX):
            yield from ((row.coder, "", row.passage) for row in coded.coding_rows if row.coder == coder and row.memo)
            continue
        events, _ = read_log(study.path(file), file, coder)
        standing = [event for _, event in current(events).values()]
        for event in [*(each for each in standing if each.passage.memo.strip()), *noted(events)]:
            yield coder, _clock(event.time), event.passage


def _clock(time: str) -> str:
    """Say when something was written, by the clock of this place."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(time).astimezone():%d.%m.%Y %H.%M}"
    return ""
