"""What is done to a whole log at once: a table made a log, a code renumbered, what was done read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study, raise_serious
from blupkit.core.danish import listing, many
from blupkit.core.language import readings, tokens
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.coded import load_coded_by, passages_of_table
from blupkit.interviews.coding.log import SUFFIX, Action, Event, append_events, current, new_event, read_log, rewritten
from blupkit.interviews.coding.merging import together
from blupkit.interviews.coding.passage import Passage

HISTORY_COLUMNS: Final = ["time", "coder", "interview", "turn", "action", "was", "now", "quote"]


def known_code(found: str, codebook: Codebook) -> str:
    """Give the codebook's number of a code that is called by number, by number and name or by name; "" for no code.

    Examples
    --------
    >>> codebook = Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"], "name": ["Puljer"]}))
    >>> [known_code(called, codebook) for called in ("2.1", "2.1 Penge", "puljer", "9")]
    ['2.1', '2.1', '2.1', '']
    """
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
    found, aside = _of_table(study, coder, file, turns)
    events = [new_event(coder, Action.CODED, passage) for passage in found]
    append_events(study.path(name), events)
    all_files = ", ".join(f'{each} = "{path}"' for each, path in (files.codings | {coder: name}).items())
    line = f'kodninger_aabne = "{name}"' if of_answers else f"kodninger = {{ {all_files} }}"
    says = f"Loggen {name} rummer {len(events)} kodninger. Skriv i {STUDY_FILE}: {line}"
    if aside:
        says += f" {many(aside, 'kodning er', 'kodninger er')} sat til side: Kør så interviews.place_anew(study)."
    return says


def _of_table(study: Study, coder: str, file: str, turns: pd.DataFrame | None) -> tuple[list[Passage], int]:
    """Read a table of codings, those too whose words stand there no longer, and say how many those are."""
    coded, faults = load_coded_by(study, coder, file, turns)
    raise_serious(faults)
    found = [coded.as_read(passage) for passage in passages_of_table(study, file, of_answers=turns is not None)]
    aside = [not coded.stands(passage) for passage in found]
    kept = [
        replace(passage, start=passage.span[0], end=passage.span[1]) if stale else coded.settled(passage)
        for passage, stale in zip(found, aside, strict=True)
    ]
    return kept, sum(aside)


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
    changed, merged, told = {}, 0, []
    for coder, name in files.codings.items():
        coded = {ident: event for ident, (_, event) in current(read_log(study.path(name), name, coder)[0]).items()}
        wanted = [event for event in coded.values() if event.passage.code == old and old != new]
        found = _recoded(coder, coded, [event for event in wanted if _holds(event.passage.quote or "", word)], new)
        append_events(study.path(name), found.events)
        changed[coder] = found.number
        merged += found.merged
        told += found.conflicts
    said = listing(f"{_codings(n)} hos {coder}" for coder, n in changed.items())
    says = [f"Kode {old} er nu {new}: {said}. Det, der stod før, kan stadig læses i loggen."]
    if merged:
        says.append(f"{_codings(merged)} lå på ord, der havde kode {new} i forvejen, og er lagt sammen med dem.")
    if told:
        says.append(f"De sagde hver sit; det første er beholdt: {'; '.join(told)}.")
    return " ".join(says)


class _Recoded(NamedTuple):
    """What is written in one log when a code gets another number."""

    events: list[Event]
    number: int
    merged: int
    conflicts: list[str]


def _recoded(coder: str, coded: dict[str, Event], wanted: list[Event], new: str) -> _Recoded:
    """Give codings a code; one whose words have it already is put together with that, so that each has it once."""
    there = {event.passage.place: event for event in coded.values() if event not in wanted}
    events, merged, conflicts = [], 0, []
    for event in wanted:
        passage = replace(event.passage, code=new)
        known = there.get(passage.place)
        if known is None:
            there[passage.place] = rewritten(coder, event, passage)
            events.append(there[passage.place])
            continue
        both, other = together(known.passage, passage)
        merged += 1
        conflicts += [f"{each} i {passage.interview}, tur {passage.turn}" for each in other]
        if both != known.passage:
            there[passage.place] = rewritten(coder, known, both)
            events.append(there[passage.place])
        events.append(new_event(coder, Action.DELETED, event.passage, event.id))
    return _Recoded(events, len(wanted), merged, conflicts)


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
