"""Codes that get another number, are put together or taken apart: told in the logs, so that the history stays."""

from __future__ import annotations

import pandas as pd

from blupkit.core import DataError, Fault, Study
from blupkit.core.danish import listing, number
from blupkit.core.language import lemma, tokens
from blupkit.core.study import STUDY_FILE
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.log import (
    CHANGED,
    CODED_EVENT,
    SUFFIX,
    append_events,
    current,
    new_event,
    read_log,
)
from blupkit.interviews.transcripts.reading import interview_files

HISTORY_COLUMNS = ["time", "coder", "interview", "turn", "action", "was", "now", "quote"]


def recode(study: Study, codebook: Codebook, old: str, new: str, *, word: str | None = None) -> str:
    """Give all codings with one code another one, in every coder's log.

    To rename a code, change its number in the codebook and recode; to put two together, recode the one to the other; to
    take one apart, recode the passages with a word to a new code, and the rest by hand.

    Parameters
    ----------
    study : Study
        Whose logs they are; a table (.tsv) cannot be recoded.
    codebook : Codebook
        Holds the new code; it need not hold the old one any longer.
    old, new : str
        Numbers of codes.
    word : str, optional
        Only the passages with this word, in any of its forms.

    Returns
    -------
    str
        What was done, in Danish.

    Raises
    ------
    DataError
        The codebook does not have the new code, or a coder has no log.
    FileError
        A log cannot be read.
    """
    files = interview_files(study)
    known = codebook.codes["code"].tolist()
    faults = []
    if new not in known:
        expected, action = "en kode, der står i kodebogen", "Skriv koden i kodebogen først."
        faults.append(Fault(files.codebook, new, expected, action, column="kode"))
    for name in files.codings.values():
        if not name.endswith(SUFFIX):
            action = "Lav den om til en log med interviews.start_log, og ret study.toml."
            faults.append(Fault(STUDY_FILE, name, "en log (.jsonl)", action, column="kodninger"))
    if faults:
        raise DataError(faults)
    changed = {}
    for coder, name in files.codings.items():
        coded = current(read_log(study.path(name), name, coder)[0])
        moved = [
            event
            for _, event in coded.values()
            if event.get("code") == old and _holds(str(event.get("quote", "")), word)
        ]
        events = [new_event(coder, CHANGED, event | {"code": new}, event["id"]) for event in moved]
        append_events(study.path(name), events)
        changed[coder] = len(events)
    told = listing(f"{number(n, 0)} {'kodning' if n == 1 else 'kodninger'} hos {coder}" for coder, n in changed.items())
    return f"Kode {old} er nu {new}: {told}. Det, der stod før, kan stadig læses i loggen."


def _holds(quote: str, word: str | None) -> bool:
    return word is None or lemma(word.lower()) in {lemma(found.lower()) for *_, found in tokens(quote)}


def code_history(study: Study) -> pd.DataFrame:
    """List every event of every log: who gave, changed or took away which code, and when.

    Parameters
    ----------
    study : Study
        Whose logs they are.

    Returns
    -------
    pandas.DataFrame
        time, coder, interview, turn, action, was (the code before; "" for a new coding), now ("" where it was taken
        away), quote; in the order of time. For the consultant's eyes.

    Raises
    ------
    FileError
        A log cannot be read.
    """
    rows = []
    for coder, name in interview_files(study).codings.items():
        if not name.endswith(SUFFIX):
            continue
        before: dict[str, dict[str, object]] = {}
        for _, event in read_log(study.path(name), name, coder)[0]:
            known = before.get(event["id"], {})
            stands = {key: event.get(key) or known.get(key, "") for key in ("interview", "turn", "quote")}
            now = event.get("code", "") if event["action"] in (CODED_EVENT, CHANGED) else ""
            rows.append(
                (
                    event.get("time", ""),
                    coder,
                    stands["interview"],
                    stands["turn"],
                    event["action"],
                    known.get("code", ""),
                    now,
                    stands["quote"],
                )
            )
            before[event["id"]] = stands | {"code": now}
    table = pd.DataFrame(rows, columns=HISTORY_COLUMNS)
    return table.sort_values("time", kind="stable", ignore_index=True)
