"""What is done to a whole log at once: codings from elsewhere taken in, a table made a log, a code renumbered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study, raise_serious
from blupkit.core.danish import listing, many
from blupkit.core.language import readings, tokens
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.coded import load_coded_by
from blupkit.interviews.coding.log import SUFFIX, Action, append_events, current, new_event, read_log
from blupkit.interviews.coding.passage import Codable, Direction, Passage, Wrong, passages

HISTORY_COLUMNS: Final = ["time", "coder", "interview", "turn", "action", "was", "now", "quote"]
_ELSEWHERE: Final = "er udeladt, for ordene står ikke der i udskriften"
#: Why a coding from elsewhere is left out; the first that holds is told.
_LEFT_OUT: Final = {
    Wrong.NO_CODE: "er udeladt, for kodebogen har ikke {}",
    Wrong.NO_TURN: _ELSEWHERE,
    Wrong.NO_SPAN: _ELSEWHERE,
    Wrong.TOO_LONG: _ELSEWHERE,
    Wrong.OTHER_WORDS: _ELSEWHERE,
    Wrong.HOST: "er udeladt, for den, der leder samtalen, kodes ikke",
}


def add_codings(study: Study, coder: str, codings: pd.DataFrame, codable: Codable) -> list[str]:
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
    codable : Codable
        What was said, and the codes; what `read_coded` returned will do.

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

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    >>> study = study.model_copy(update={"folder": Path(tempfile.mkdtemp()), "interviews": files})
    >>> interviews.add_codings(study, "A", coded.codings, coded)
    ['4 kodninger er skrevet i A.jsonl.']
    >>> interviews.add_codings(study, "A", coded.codings, coded)
    ['0 kodninger er skrevet i A.jsonl.', '4 kodninger var der i forvejen.']
    """
    name = study.interview_files.codings.get(coder, "")
    if not name.endswith(SUFFIX):
        action = f'Skriv kodninger = {{ {coder} = "interview/kodninger_{coder}{SUFFIX}" }} i {STUDY_FILE}.'
        raise DataError(Fault(STUDY_FILE, name or coder, f"en log ({SUFFIX})", action, column="kodninger"))
    events, _ = read_log(study.path(name), name, coder, codable)
    there = {event.passage.place for _, event in current(events).values()}
    fresh, left_out = [], Counter[str]()
    for found in passages(codings):
        passage = _in_our_words(found, codable.codebook)
        wrong = codable.faults_of(passage)
        reason = next((why.format(found.code) for each, why in _LEFT_OUT.items() if each in wrong), "")
        if not reason and passage.place in there:
            reason = "var der i forvejen"
        if reason:
            left_out[reason] += 1
        else:
            there.add(passage.place)
            fresh.append(new_event(coder, Action.CODED, passage))
    append_events(study.path(name), fresh)
    return [f"{_codings(len(fresh))} er skrevet i {name}.", *(f"{_codings(n)} {why}." for why, n in left_out.items())]


def _in_our_words(found: Passage, codebook: Codebook) -> Passage:
    """Put a passage in the study's own words; the code is "" where the codebook does not have it."""
    direction = found.direction if found.direction in tuple(Direction) else ""
    about = found.about if found.about in (codebook.parties or (found.about,)) else ""
    return replace(found, direction=direction, about=about, code=_known_code(found.code, codebook))


def _known_code(found: str, codebook: Codebook) -> str:
    """Give the codebook's number of a code; "" where it has none."""
    names = {name.casefold(): code for code, name in codebook.names.items()}
    first = re.split(r"\s", found.strip(), maxsplit=1)[0]
    numbers = codebook.theme_of
    return found if found in numbers else first if first in numbers else names.get(found.strip().casefold(), "")


def _codings(n: int) -> str:
    return many(n, "kodning", "kodninger")


def log_of(study: Study, coder: str | None, *, of_answers: bool) -> tuple[str, str]:
    """Give who codes, and the log that is written in.

    Parameters
    ----------
    study : Study
        Its coders.
    coder : str, optional
        `hovedkoder` or the first coder of study.toml when omitted.
    of_answers : bool
        Whether the open answers are coded.

    Raises
    ------
    DataError
        There is no such coder, or the file is a table; the message says what to do.
    """
    files = study.interview_files
    name = coder or files.main_coder or next(iter(files.codings), "A")
    file = files.answer_codings if of_answers else files.codings.get(name)
    setting = "kodninger_aabne" if of_answers else "kodninger"
    if file is None:
        known = ", ".join(files.codings) or "ingen"
        action = f'Skriv koderens fil i {STUDY_FILE}, fx {name} = "interview/kodninger_{name}{SUFFIX}".'
        raise DataError(Fault(STUDY_FILE, f"koderne {known}", f"en fil til koderen {name}", action, column=setting))
    if not file.endswith(SUFFIX):
        action = f'Kør interviews.start_log(study, "{name}"), og gør, som den siger.'
        raise DataError(Fault(STUDY_FILE, file, f"en log ({SUFFIX}), der kan skrives i", action, column=setting))
    return name, file


def start_log(study: Study, coder: str, turns: pd.DataFrame | None = None) -> str:
    """Make a log of a table of codings, so that it can be gone on with in the text coder.

    Parameters
    ----------
    study : Study
        Whose file it is; the table itself is left as it is.
    coder : str
        The coder, as under `kodninger`.
    turns : pandas.DataFrame, optional
        What `answer_turns` returned, when the table is that of the open answers; not changed.

    Returns
    -------
    str
        What to change in study.toml, in Danish.

    Raises
    ------
    FileError
        The table cannot be read.
    DataError
        The coder has no table, there is a log already, or the table has faults.

    Examples
    --------
    >>> import shutil, tempfile
    >>> from blupkit import core
    >>> study = core.example_study()
    >>> folder = Path(shutil.copytree(study.folder, Path(tempfile.mkdtemp()) / "eksempel"))
    >>> start_log(study.model_copy(update={"folder": folder}), "A").split(". ")[0]
    'Loggen interview/kodninger_A.jsonl rummer 4 kodninger'
    """
    files = study.interview_files
    of_answers = turns is not None
    setting = "kodninger_aabne" if of_answers else "kodninger"
    file = files.answer_codings if of_answers else files.codings.get(coder)
    if file is None or file.endswith(SUFFIX):
        action = f"Ret {setting} i {STUDY_FILE}, eller vælg en anden koder."
        raise DataError(Fault(STUDY_FILE, file or coder, "en tabel med kodninger (.tsv)", action, column=setting))
    name = Path(file).with_suffix(SUFFIX).as_posix()
    if study.path(name).exists():
        action = f"Peg på den under {setting} i {STUDY_FILE}, eller flyt den."
        raise DataError(Fault(name, "en fil, der er der i forvejen", "at der ingen log er endnu", action))
    coded, faults = load_coded_by(study, coder, file, turns)
    raise_serious(faults)
    events = [new_event(coder, Action.CODED, passage) for passage in passages(coded.codings)]
    append_events(study.path(name), events)
    all_files = ", ".join(f'{each} = "{path}"' for each, path in (files.codings | {coder: name}).items())
    line = f'kodninger_aabne = "{name}"' if of_answers else f"kodninger = {{ {all_files} }}"
    return f"Loggen {name} rummer {len(events)} kodninger. Skriv i {STUDY_FILE}: {line}"


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

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    >>> study = study.model_copy(update={"folder": Path(tempfile.mkdtemp()), "interviews": files})
    >>> interviews.add_codings(study, "A", coded.codings, coded)
    ['4 kodninger er skrevet i A.jsonl.']
    >>> interviews.recode(study, coded.codebook, "2.1", "1.1", word="pulje")
    'Kode 2.1 er nu 1.1: 2 kodninger hos A. Det, der stod før, kan stadig læses i loggen.'
    """
    files = study.interview_files
    faults = []
    if new not in codebook.theme_of:
        expected, action = "en kode, der står i kodebogen", "Skriv koden i kodebogen først."
        faults.append(Fault(files.codebook, new, expected, action, column="kode"))
    action = "Lav den om til en log med interviews.start_log, og ret study.toml."
    faults += [
        Fault(STUDY_FILE, name, "en log (.jsonl)", action, column="kodninger")
        for name in files.codings.values()
        if not name.endswith(SUFFIX)
    ]
    raise_serious(faults)
    changed = {}
    for coder, name in files.codings.items():
        coded = current(read_log(study.path(name), name, coder)[0])
        events = [
            new_event(coder, Action.CHANGED, replace(event.passage, code=new), event.id)
            for _, event in coded.values()
            if event.passage.code == old and _holds(event.passage.quote or "", word)
        ]
        append_events(study.path(name), events)
        changed[coder] = len(events)
    told = listing(f"{_codings(n)} hos {coder}" for coder, n in changed.items())
    return f"Kode {old} er nu {new}: {told}. Det, der stod før, kan stadig læses i loggen."


def _holds(quote: str, word: str | None) -> bool:
    return word is None or any(readings(word) & readings(found) for *_, found in tokens(quote))


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

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    >>> study = study.model_copy(update={"folder": Path(tempfile.mkdtemp()), "interviews": files})
    >>> interviews.add_codings(study, "A", coded.codings, coded)
    ['4 kodninger er skrevet i A.jsonl.']
    >>> interviews.code_history(study)[["turn", "action", "was", "now"]].values.tolist()[2]
    [3, 'kodet', '', '1.1']
    """
    rows = []
    for coder, name in study.interview_files.codings.items():
        before: dict[str, Passage] = {}
        events, _ = read_log(study.path(name), name, coder) if name.endswith(SUFFIX) else ([], [])
        for _, event in events:
            known, passage = before.get(event.id, Passage()), event.passage
            place = (passage.interview or known.interview, passage.turn or known.turn)
            now = passage.code if event.action in (Action.CODED, Action.CHANGED) else ""
            quote = passage.quote or known.quote or ""
            rows.append((event.time, coder, *place, event.action.value, known.code, now, quote))
            before[event.id] = Passage(*place, code=now, quote=quote)
    table = pd.DataFrame(rows, columns=HISTORY_COLUMNS)
    return table.sort_values("time", kind="stable", ignore_index=True)
