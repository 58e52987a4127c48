"""Codings of a whole study placed anew, and confirmed, from a notebook or the command line."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.display import ResultTable
from blupkit.interviews.coding.coded import Coded, load_coded_by
from blupkit.interviews.coding.codings import ANSWERS, confirming
from blupkit.interviews.coding.log import SUFFIX, Action, Event, append_events, current, new_event, read_log
from blupkit.interviews.coding.log_changes import log_of
from blupkit.interviews.coding.placing.anew import Anew, replaced

_HEADS: Final = ["Fil", "Sted", "Kode", "Kodede ord", "Hvad der skete", "Før", "Nu", "Ordene nu", "Hvorfor"]


def place_anew(study: Study, coder: str | None = None, turns: pd.DataFrame | None = None) -> ResultTable:
    """Find pladsen igen til de kodninger, der er sat til side, fordi udskriften er ændret.

    What was found is written in the coder's log and marked there until somebody confirms it: in the text coder, or with
    `confirm_moved`. A coding whose words stand in one place only is moved there and counts; one whose words were
    changed is offered a place and does not count; the others are left where they were. Nothing else is changed, and a
    second time nothing more is written.

    Parameters
    ----------
    study : Study
        The study.
    coder : str, optional
        Whose log; everybody's without it.
    turns : pandas.DataFrame, optional
        What `answer_turns` returned, for the log of the open answers; not changed.

    Returns
    -------
    ResultTable
        One row a coding that does not stand where it did: file, place, code, the words that were coded, what became of
        it, the turn before and now, the words there now, and why it was left. The notes count them.

    Raises
    ------
    FileError, DataError
        Transcripts, codebook or a log cannot be read, or the coder has no log.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> place_anew(example_study()).notes
    ('Kodningerne hos A ligger i en tabel, som der ikke skrives i: Kør interviews.start_log(study, "A") først.',)
    """
    logs, notes = _logs(study, coder, of_answers=turns is not None)
    rows = []
    for name, file in logs.items():
        path = study.path(file)
        codable, _ = load_coded_by(study, name, file, turns)
        found = replaced(codable, read_log(path, file, name, codable)[0], name)
        append_events(path, found.events)
        rows += [[file, *_row(each, codable)] for each in found.codings]
        notes += [f"{file}: {sentence}" for sentence in found.says]
        if any(each.is_found for each in found.codings):
            confirmed = f" Alle de flyttede bekræftes med {confirming('' if turns is not None else name)}."
            notes.append(f"Se dem efter i koderen.{confirmed if any(each.counts for each in found.codings) else ''}")
    call = "interviews.place_anew(study)"
    return ResultTable("Kodninger, der har fået ny plads", _frame(rows), tuple(notes), call=call, study=study.folder)


def confirm_moved(study: Study, coder: str | None = None, turns: pd.DataFrame | None = None) -> str:
    """Bekræft alle kodninger, der er flyttet med deres egne ord, så de ikke er mærket længere.

    Those that were offered a place with other words are confirmed one by one in the text coder.

    Parameters
    ----------
    study, coder, turns
        As in `place_anew`; without a coder, `hovedkoder` or the first in study.toml.

    Returns
    -------
    str
        How many, in Danish.

    Raises
    ------
    FileError, DataError
        As `place_anew`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> confirm_moved(example_study(), "C")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.DataError: study.toml, ... Forventet: en fil til koderen C. ...
    """
    name, file = log_of(study, coder, of_answers=turns is not None)
    codable, _ = load_coded_by(study, name, file, turns)
    coded = [event for _, event in current(read_log(study.path(file), file, name, codable)[0]).values()]
    moved = [event for event in coded if event.action is Action.MOVED and codable.stands(event.passage)]
    append_events(study.path(file), [_confirmed(name, event) for event in moved])
    return f"Bekræftet i {file}: {len(moved)} af kodningerne."


def _confirmed(coder: str, event: Event) -> Event:
    return new_event(coder, Action.CHANGED, event.passage, event.id)


def _logs(study: Study, coder: str | None, *, of_answers: bool) -> tuple[dict[str, str], list[str]]:
    """Give the logs that are asked for, and say of tables that they are none."""
    files = study.interview_files.codings
    answers = study.interview_files.answer_codings or SUFFIX
    if coder or (of_answers and answers.endswith(SUFFIX)):
        return dict([log_of(study, coder, of_answers=of_answers)]), []
    lies = "ligger i en tabel, som der ikke skrives i: Kør interviews.start_log"
    if of_answers:
        return {}, [f'Kodningerne af de åbne svar {lies}(study, "A", {ANSWERS}) først.']
    tables = [name for name, file in files.items() if not file.endswith(SUFFIX)]
    told = [f'Kodningerne hos {name} {lies}(study, "{name}") først.' for name in tables]
    return {name: file for name, file in files.items() if name not in tables}, told


def _row(each: Anew, codable: Coded) -> list[str]:
    before, now = each.before.passage, each.event.passage
    code = f"{now.code} {codable.codebook.names.get(now.code, '')}".strip()
    there = [str(now.turn), codable.words_of(now)] if each.is_found else ["", ""]
    return [now.interview, code, str(before.quote), each.became, str(before.turn), *there, each.why]


def _frame(rows: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=_HEADS).astype("str")
