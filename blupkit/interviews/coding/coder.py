"""The door to the text coder: an interview, or the answers to an open question, to be coded in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study
from blupkit.interviews.coding.coded import Coded, load_coded_by
from blupkit.interviews.coding.learned_suggestions import (
    evaluate_suggestions,
    learned_suggestions,
    text_evaluation,
)
from blupkit.interviews.coding.log import SUFFIX
from blupkit.interviews.coding.passage import Direction
from blupkit.interviews.coding.pattern_suggestions import suggest_codes
from blupkit.interviews.coding.session import Session

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
    from blupkit.interviews.coding.widget import CoderWidget  # slow to import, and the command line has no use for it

    name, file = _log_of(study, coder, of_answers=turns is not None)
    coded, _ = load_coded_by(study, name, file, turns)
    here = coded.only(interview)
    learned = learned_suggestions(coded)
    found = pd.concat([suggest_codes(here), learned[learned["interview"] == interview]], ignore_index=True)
    session = Session(interview, here, study.path(file), name, found.drop_duplicates(["turn", "code"]))
    parties = coded.codebook.parties or dict.fromkeys([*coded.codings["about"], *(each.name for each in study.groups)])
    return CoderWidget(
        _material(interview, here, name) | {"about": [party for party in parties if party]},
        session,
        lambda: text_evaluation(evaluate_suggestions(coded)),
    )


def _log_of(study: Study, coder: str | None, *, of_answers: bool) -> tuple[str, str]:
    """Give the coder's name and log, or say what to change in study.toml."""
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


def _material(title: str, coded: Coded, coder: str) -> dict[str, object]:
    """Give what the browser shows; names of participants stay behind, their labels go."""
    labels = dict(zip(coded.participants["speaker"], coded.participants["label"], strict=True))
    times = coded.turns.get("start", pd.Series(float("nan"), coded.turns.index)).tolist()
    return {
        "title": title,
        "coder": coder,
        "turns": [
            {
                "turn": turn.turn,
                "who": labels.get(turn.speaker, turn.role.capitalize()) if turn.role else "",
                "role": turn.role,
                "time": _clock(seconds),
                "text": turn.text,
                "codable": not turn.is_host,
            }
            for turn, seconds in zip(coded.by_place.values(), times, strict=True)
        ],
        "codes": [
            {key: value for key, value in code._asdict().items() if key not in ("example", "patterns")}
            for code in coded.codebook.rows
        ],
        "directions": list(Direction),
    }


def _clock(seconds: float) -> str:
    return "" if pd.isna(seconds) else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
