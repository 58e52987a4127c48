"""The door to the text coder: an interview, or the answers to an open question, to be coded in JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from blupkit.core import DataError, Fault, Study, raise_serious
from blupkit.core.danish import listing
from blupkit.core.study import STUDY_FILE
from blupkit.interviews.analysis.talk import participants
from blupkit.interviews.coding.codebook import Codebook, read_codebook
from blupkit.interviews.coding.codings import (
    ABOUT,
    DIRECTIONS,
    OF_ANSWERS,
    OF_TURNS,
    coding_frame,
    load_coding_file,
)
from blupkit.interviews.coding.learned_suggestions import (
    evaluate_suggestions,
    learned_suggestions,
    text_evaluation,
)
from blupkit.interviews.coding.log import CODED_EVENT, SUFFIX, append_events, new_event
from blupkit.interviews.coding.pattern_suggestions import suggest_codes
from blupkit.interviews.coding.session import Session
from blupkit.interviews.transcripts.reading import HOSTS, interview_files, read_turns

if TYPE_CHECKING:
    from blupkit.interviews.coding.widget import CoderWidget


def coder(study: Study, interview: str, coder: str | None = None, turns: pd.DataFrame | None = None) -> CoderWidget:
    """Open an interview, or the answers to an open question, to be coded in JupyterLab.

    Every action is written to the coder's log before it is shown as saved. Suggestions come from the codebook's
    patterns and from what the coder has coded so far; they count only when the coder accepts them.

    Parameters
    ----------
    study : Study
        Its codebook, and the coder's log under `kodninger` (or `kodninger_aabne`).
    interview : str
        The interview's id; for open answers the question's variable.
    coder : str, optional
        Who codes; `hovedkoder` or the first coder of study.toml when omitted.
    turns : pandas.DataFrame, optional
        What `answer_turns` returned, to code open answers; not changed.

    Returns
    -------
    CoderWidget
        Shows itself as a cell's last value.

    Raises
    ------
    FileError, DataError
        Transcript, codebook or log cannot be used; the interview or the coder does not exist; or the coder's file is a
        table, which `start_log` makes a log of.
    """
    from blupkit.interviews.coding.widget import (
        CoderWidget,  # slow to import, and the command line has no use for it
    )

    files = interview_files(study)
    of_answers = turns is not None
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
    spoken = read_turns(study) if turns is None else turns
    here = spoken[spoken["interview"] == interview]
    if here.empty:
        known = listing(dict.fromkeys(spoken["interview"]), "eller")
        raise DataError(Fault(STUDY_FILE, interview, known, "Vælg et af dem.", column="interview"))
    codebook = read_codebook(study)
    rows, _ = load_coding_file(study, file, spoken, codebook, OF_ANSWERS if of_answers else OF_TURNS, name)
    coded = coding_frame([row | {"coder": name} for row in rows], str(spoken["turn"].dtype))
    learned = learned_suggestions(coded, spoken, codebook)
    found = pd.concat([suggest_codes(here, codebook), learned[learned["interview"] == interview]], ignore_index=True)
    found = found.drop_duplicates(["turn", "code"])
    session = Session(interview, here, codebook, study.path(file), name, found)
    return CoderWidget(
        _material(interview, here, codebook, name),
        session,
        lambda: text_evaluation(evaluate_suggestions(coded, spoken, codebook)),
    )


def _material(name: str, turns: pd.DataFrame, codebook: Codebook, coder: str) -> dict[str, Any]:
    """Give what the browser shows; names of participants stay behind, their labels go."""
    people = participants(turns.assign(words=turns.get("words", 1)))
    labels = dict(zip(people["speaker"], people["label"], strict=True))
    columns = ["code", "name", "theme", "theme_name", "definition", "include", "exclude"]
    return {
        "title": name,
        "coder": coder,
        "turns": [
            {
                "turn": turn["turn"],
                "who": labels.get(turn["speaker"], str(turn["role"]).capitalize()) if turn["role"] else "",
                "role": turn["role"],
                "time": _clock(turn.get("start")),
                "text": turn["text"],
                "codable": turn["role"] not in HOSTS,
            }
            for turn in turns.to_dict("records")
        ],
        "codes": codebook.codes[columns].to_dict("records"),
        "directions": list(DIRECTIONS),
        "about": list(ABOUT),
    }


def _clock(seconds: float | None) -> str:
    return "" if seconds is None or pd.isna(seconds) else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


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
    """
    files = interview_files(study)
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
    spoken = read_turns(study) if turns is None else turns
    rows, faults = load_coding_file(study, file, spoken, read_codebook(study), OF_ANSWERS if of_answers else OF_TURNS)
    raise_serious(faults)
    append_events(study.path(name), [new_event(coder, CODED_EVENT, row) for row in rows])
    all_files = ", ".join(f'{each} = "{path}"' for each, path in (files.codings | {coder: name}).items())
    line = f'kodninger_aabne = "{name}"' if of_answers else f"kodninger = {{ {all_files} }}"
    return f"Loggen {name} rummer {len(rows)} kodninger. Skriv i {STUDY_FILE}: {line}"
