"""What was coded: read from the coders' files and held against the transcripts. Nothing is moved by guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, Study, check_columns, read_text
from blupkit.core.errors import BlupkitError, did_you_mean
from blupkit.interviews.coding.log import SUFFIX, current, read_log
from blupkit.interviews.coding.passage import PASSAGE_FIELDS, Codable, Coding, Passage, Source, Wrong, coding_frame

_PASSAGE: Final = {
    "start": "det første tegns plads i teksten, fra 0",
    "end": "pladsen efter det sidste tegn",
    "code": "koden fra kodebogen",
    "quote": "de kodede ord",
}
#: What makes a passage useless; the rest is told of as a warning.
_USELESS: Final = (Wrong.NO_TURN, Wrong.NO_SPAN, Wrong.NO_CODE, Wrong.NO_DIRECTION, Wrong.NO_PARTY)
_ASIDE: Final = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
#: What a file of codings must have, with what each column holds; the first two name the place.
OF_TURNS: Final = (
    {"interview": "interviewets id", "turn": "turens nummer"}
    | _PASSAGE
    | {"retning": "retningen", "om_part": "hvem det handler om"}
)
OF_ANSWERS: Final = {"spoergsmaal": "spørgsmålets variabel", "besvarelse": "besvarelsens id"} | _PASSAGE


def load_codings(
    study: Study, codable: Codable, files: Mapping[str, str], layout: dict[str, str] = OF_TURNS
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the codings, with everything that is wrong.

    A log (.jsonl) is what `coder` writes and counts as it stands after its last event; any other file is a table with
    tabulators.

    Parameters
    ----------
    study : Study
        Whose files they are.
    codable : Codable
        What was said or written, and the codes that exist.
    files : mapping of str to str
        Coder → the file, within the study's folder; "" for a file that may be anybody's.
    layout : dict of str to str
        The columns of a table.

    Returns
    -------
    pandas.DataFrame
        The lines without faults; those with a warning only because the moderator spoke are kept.
    list of Fault
        All faults and warnings.
    """
    faults: list[Fault] = []
    rows: list[Coding] = []
    for coder, name in files.items():
        lines, unread = _lines_of(study, name, coder, layout)
        faults += unread
        for row, (passage, ident) in lines.items():
            wrong = codable.faults_of(passage)
            useless = [each for each in wrong if each in _USELESS]
            told = useless or wrong[:1]
            level = Level.SERIOUS if useless else Level.WARNING
            for each in told:
                column, found, expected, action = _in_words(each, passage, codable, layout)
                stands = found or "en tom celle"
                faults.append(Fault(name, stands, expected, action, row, column, level=level, quotes=bool(found)))
            if told in ([], [Wrong.HOST]):
                rows.append(codable.coding_of(passage, coder, Source.CODED, ident))
    return coding_frame(rows, codable.turn_type), faults


#: Row in the file → the passage, and its id in the log.
_Lines = dict[int, tuple[Passage, str]]


def _lines_of(study: Study, name: str, coder: str, layout: dict[str, str]) -> tuple[_Lines, list[Fault]]:
    """Read one file; of a log, what it adds up to, each coding at the line of its last event."""
    try:
        if not name.endswith(SUFFIX):
            return _read_tab_separated(study, name, layout), []
        events, faults = read_log(study.path(name), name, coder)
    except BlupkitError as error:
        return {}, list(error.faults)
    coded = dict(current(events).values())
    return {row: (coded[row].passage, coded[row].id) for row in sorted(coded)}, faults


def _read_tab_separated(study: Study, name: str, layout: dict[str, str]) -> _Lines:
    """Read a file in which quotation marks are what somebody said, so that `core.read_table` is no use."""
    lines = read_text(study.path(name), name).split("\n")
    heads = lines[0].split("\t")
    cells = {row: line.split("\t") for row, line in enumerate(lines[1:], start=2) if line.strip()}
    check_columns(pd.DataFrame([], columns=heads, dtype="str"), layout, name)
    expected = f"{len(heads)} celler, adskilt af tabulator"
    action = "Ret linjen; der mangler en tabulator, eller der er en for meget."
    uneven = [
        Fault(name, f"{len(line)} celler", expected, action, row=row, quotes=False)
        for row, line in cells.items()
        if len(line) != len(heads)
    ]
    if uneven:
        raise FileError(uneven)
    return {row: (_passage(dict(zip(heads, line, strict=True)), layout), "") for row, line in cells.items()}


def _passage(cells: Mapping[str, str], layout: dict[str, str]) -> Passage:
    interview, turn, *_ = layout
    heads = {"interview": interview, "turn": turn, "direction": "retning", "about": "om_part"}
    return Passage(**{field: cells.get(heads.get(field, field), "") for field in PASSAGE_FIELDS})


#: Column, what stands there, what was expected, what to do.
_Says = tuple[str, str, str, str]


def _in_words(wrong: Wrong, passage: Passage, codable: Codable, layout: dict[str, str]) -> _Says:
    turn = codable.turn_of(passage)
    if turn is None and wrong is Wrong.NO_TURN:
        return _unknown_place(passage, codable, layout)
    if wrong is Wrong.NO_CODE:
        return _unknown_code(passage.code, list(codable.codebook.theme_of))
    if wrong in (Wrong.NO_DIRECTION, Wrong.NO_PARTY):
        column, found = ("retning", passage.direction) if wrong is Wrong.NO_DIRECTION else ("om_part", passage.about)
        return (column, found, codable.choices(wrong), "Ret ordet, eller lad cellen være tom.")
    if turn is None or wrong is Wrong.NO_SPAN:
        found = f"{passage.start} til {passage.end}"
        return ("start", found, "to hele tal, det mindste først", "Ret pladsen i teksten.")
    if wrong is Wrong.TOO_LONG:
        return ("end", str(passage.end), f"højst {len(turn.text)}, for så lang er teksten", _ASIDE)
    if wrong is Wrong.OTHER_WORDS:
        there = codable.words_of(passage)[:60]
        return ("quote", str(passage.quote)[:60], f"de ord, der nu står i teksten: »{there}«", _ASIDE)
    action = "Kodningen tæller ikke med. Slet den, eller ret turens nummer."
    return ("turn", f"{turn.role} (tur {turn.turn})", "en tur fra en deltager", action)


def _unknown_code(code: str, known: list[str]) -> _Says:
    action = did_you_mean(code, known, "Ret koden, eller tilføj den i kodebogen.")
    return ("code", code, "en kode fra kodebogen", action)


def _unknown_place(passage: Passage, codable: Codable, layout: dict[str, str]) -> _Says:
    said = [turn.turn for turn in codable.by_place.values() if turn.interview == passage.interview]
    interview, turn, *_ = layout
    column = turn if said else interview
    action = f"Ret {layout[column]}."
    if not said:
        known = dict.fromkeys(interview for interview, _ in codable.by_place)
        return (column, passage.interview, f"et af {', '.join(known)}", action)
    numbers = [turn for turn in said if isinstance(turn, int)]
    expected = f"et tal fra 1 til {max(numbers)}" if numbers else "en besvarelse, hvor der er skrevet noget her"
    return (column, str(passage.turn), expected, action)
