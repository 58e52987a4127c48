"""What was coded: read from the coders' files and held against the transcripts. Nothing is moved by guess."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, Study, check_columns, raise_serious, read_text
from blupkit.core.danish import listing
from blupkit.core.errors import BlupkitError
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.log import SUFFIX, current, read_log
from blupkit.interviews.transcripts.reading import HOSTS, interview_files

CODED: Final = "kodet"
DIRECTIONS: Final = ("barriere", "fremmer", "forslag", "neutral")
ABOUT: Final = ("lokalråd", "ansatte", "politikere", "samspil")
CODING_COLUMNS: Final = [
    "coder",
    "interview",
    "turn",
    "start",
    "end",
    "code",
    "theme",
    "direction",
    "about",
    "quote",
    "source",
    "id",
    "memo",
]
_PASSAGE: Final = {
    "start": "det første tegns plads i teksten, fra 0",
    "end": "pladsen efter det sidste tegn",
    "code": "koden fra kodebogen",
    "quote": "de kodede ord",
}


@dataclass(frozen=True)
class Layout:
    """How a file of codings names the place of a passage.

    Parameters
    ----------
    interview, turn : str
        The columns that hold the place.
    wanted : dict of str to str
        Every column that the file must have, with what it holds.
    """

    interview: str
    turn: str
    wanted: dict[str, str]


OF_TURNS: Final = Layout(
    "interview",
    "turn",
    {"interview": "interviewets id", "turn": "turens nummer"}
    | _PASSAGE
    | {"retning": "retningen", "om_part": "hvem det handler om"},
)
OF_ANSWERS: Final = Layout(
    "spoergsmaal",
    "besvarelse",
    {"spoergsmaal": "spørgsmålets variabel", "besvarelse": "besvarelsens id"} | _PASSAGE,
)


def read_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Read what all coders of the study have coded.

    A coding whose words are no longer where they were, because the transcript has been edited since, is set aside and
    listed by `check_interviews` until somebody has looked at it.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        The codes that exist.

    Returns
    -------
    pandas.DataFrame
        coder, interview, turn, start, end (code points in the turn's text, end exclusive), code, theme, direction,
        about, quote, source ("kodet"), id (of the coding in the log; "" where a table is read) and memo.

    Raises
    ------
    FileError
        A file cannot be read, lacks a column, or a line has too few or too many cells.
    DataError
        All lines with an unknown interview, turn, code, direction or party, or without whole numbers, at once.
    """
    codings, faults = load_codings(study, turns, codebook)
    raise_serious(faults)
    return codings


def load_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the codings, with everything that is wrong.

    Parameters
    ----------
    study, turns, codebook
        As in `read_codings`.

    Returns
    -------
    pandas.DataFrame
        The lines without faults; those with a warning only because the moderator spoke are kept.
    list of Fault
        All faults and warnings.
    """
    faults: list[Fault] = []
    rows: list[dict[str, object]] = []
    for coder, name in interview_files(study).codings.items():
        read, wrong = load_coding_file(study, name, turns, codebook, OF_TURNS, coder)
        rows += [row | {"coder": coder} for row in read]
        faults += wrong
    return coding_frame(rows), faults


def load_coding_file(
    study: Study, name: str, turns: pd.DataFrame, codebook: Codebook, layout: Layout, coder: str | None = None
) -> tuple[list[dict[str, object]], list[Fault]]:
    """Read what can be read of one file of codings, with everything that is wrong.

    A log (.jsonl) is what `coder` writes and counts as it stands after its last event; any other file is a table with
    tabulators.

    Parameters
    ----------
    study : Study
        Whose file it is.
    name : str
        The file, within the study's folder.
    turns : pandas.DataFrame
        What was said or written: interview, turn, role, text; not changed.
    codebook : Codebook
        The codes that exist.
    layout : Layout
        How the file names the place.
    coder : str, optional
        Whose log it should be.

    Returns
    -------
    list of dict
        The lines without faults, with the keys of `CODING_COLUMNS` but for the coder.
    list of Fault
        All faults and warnings.
    """
    try:
        if name.endswith(SUFFIX):
            table, broken = _read_current(study, name, layout, coder)
        else:
            table, broken = _read_tab_separated(study, name, layout), []
    except BlupkitError as error:
        return [], list(error.faults)
    spoken = {(turn["interview"], str(turn["turn"])): turn for turn in turns.to_dict("records")}
    themes = dict(zip(codebook.codes["code"], codebook.codes["theme"], strict=True))
    rows: list[dict[str, object]] = []
    faults: list[Fault] = [*broken]
    for place, cells in zip(table.index, table.to_dict("records"), strict=True):
        wrong = _wrong(cells, spoken, themes, layout)
        moved = [] if wrong else _set_aside(cells, spoken, layout)
        hosts = [] if wrong or moved else _by_host(cells, spoken, layout)
        faults += [_fault(name, int(place), says, Level.SERIOUS) for says in wrong]
        faults += [_fault(name, int(place), says, Level.WARNING) for says in [*moved, *hosts]]
        if not wrong and not moved:
            rows.append(_typed(cells, spoken, themes, layout))
    return rows, faults


def coding_frame(rows: list[dict[str, Any]], turn: str = "int64") -> pd.DataFrame:
    """Build the table of codings, with its types also where it is empty.

    Parameters
    ----------
    rows : list of dict
        One a coding, with the keys of `CODING_COLUMNS`.
    turn : str
        The type of `turn`: a number, or a respondent's id where open answers are coded.
    """
    kinds = dict.fromkeys(CODING_COLUMNS, "str") | {"turn": turn, "start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=CODING_COLUMNS).astype(kinds)


def _read_current(study: Study, name: str, layout: Layout, coder: str | None) -> tuple[pd.DataFrame, list[Fault]]:
    """Lay what a log adds up to out like the lines of a table, each at the line of its last event."""
    heads = {"interview": layout.interview, "turn": layout.turn, "direction": "retning", "about": "om_part"}
    events, faults = read_log(study.path(name), name, coder)
    coded = current(events)
    rows = [{heads.get(key, key): str(value) for key, value in event.items()} for _, event in coded.values()]
    columns = [*layout.wanted, "retning", "om_part", "id", "memo"]
    table = pd.DataFrame(rows, columns=list(dict.fromkeys(columns)), index=[row for row, _ in coded.values()])
    return table.astype("object").fillna("").sort_index(kind="stable"), faults


def _read_tab_separated(study: Study, name: str, layout: Layout) -> pd.DataFrame:
    """Read a file in which quotation marks are what somebody said, so that `core.read_table` is no use."""
    lines = read_text(study.path(name), name).split("\n")
    heads = lines[0].split("\t")
    cells = {row: line.split("\t") for row, line in enumerate(lines[1:], start=2) if line.strip()}
    uneven = [
        Fault(
            name,
            f"{len(line)} celler",
            f"{len(heads)} celler, adskilt af tabulator",
            "Ret linjen; der mangler en tabulator, eller der er en for meget.",
            row=row,
        )
        for row, line in cells.items()
        if len(line) != len(heads)
    ]
    table = pd.DataFrame([], columns=heads, dtype="str")
    check_columns(table, layout.wanted, name)
    if uneven:
        raise FileError(uneven)
    return pd.DataFrame(list(cells.values()), index=list(cells), columns=heads, dtype="str")


#: Column, what stands there, what was expected, what to do.
_Says = tuple[str, str, str, str]


def _fault(name: str, row: int, says: _Says, level: Level) -> Fault:
    column, found, expected, action = says
    return Fault(name, found or "en tom celle", expected, action, row, column, level=level)


def _wrong(cells: dict[Any, Any], spoken: dict[Any, Any], themes: dict[str, str], layout: Layout) -> list[_Says]:
    """Find the cells that cannot be used."""
    wrong: list[_Says] = _wrong_place(cells, spoken, layout)
    if not (cells["start"].isdecimal() and cells["end"].isdecimal() and int(cells["start"]) < int(cells["end"])):
        found, expected = f"{cells['start']} til {cells['end']}", "to hele tal, det mindste først"
        wrong.append(("start", found, expected, "Ret pladsen i teksten."))
    if cells["code"] not in themes:
        close = difflib.get_close_matches(cells["code"], list(themes), n=1)
        action = f"Mente du »{close[0]}«?" if close else "Ret koden, eller tilføj den i kodebogen."
        wrong.append(("code", cells["code"], "en kode fra kodebogen", action))
    for column, allowed in {"retning": DIRECTIONS, "om_part": ABOUT}.items():
        if cells.get(column) and cells[column] not in allowed:
            wrong.append((column, cells[column], listing(allowed, "eller"), "Ret ordet, eller lad cellen være tom."))
    return wrong


def _wrong_place(cells: dict[Any, Any], spoken: dict[Any, Any], layout: Layout) -> list[_Says]:
    interview, turn = cells[layout.interview], cells[layout.turn]
    if (interview, turn) in spoken:
        return []
    said = [place["turn"] for place in spoken.values() if place["interview"] == interview]
    column = layout.turn if said else layout.interview
    action = f"Ret {layout.wanted[column]}."
    if not said:
        known = dict.fromkeys(interview for interview, _ in spoken)
        return [(column, interview, f"et af {', '.join(known)}", action)]
    numbered = isinstance(said[0], int)
    expected = f"et tal fra 1 til {max(said)}" if numbered else "en besvarelse, hvor der er skrevet noget her"
    return [(column, turn, expected, action)]


def _set_aside(cells: dict[Any, Any], spoken: dict[Any, Any], layout: Layout) -> list[_Says]:
    text = spoken[(cells[layout.interview], cells[layout.turn])]["text"]
    action = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
    if int(cells["end"]) > len(text):
        return [("end", cells["end"], f"højst {len(text)}, for så lang er teksten", action)]
    there = text[int(cells["start"]) : int(cells["end"])]
    if there != cells["quote"]:
        return [("quote", cells["quote"][:60], f"de ord, der nu står i teksten: »{there[:60]}«", action)]
    return []


def _by_host(cells: dict[Any, Any], spoken: dict[Any, Any], layout: Layout) -> list[_Says]:
    turn = spoken[(cells[layout.interview], cells[layout.turn])]
    if turn["role"] not in HOSTS:
        return []
    action = "Kodningen tæller ikke med. Slet den, eller ret turens nummer."
    return [("turn", f"{turn['role']} (tur {turn['turn']})", "en tur fra en deltager", action)]


def _typed(cells: dict[Any, Any], spoken: dict[Any, Any], themes: dict[str, str], layout: Layout) -> dict[str, object]:
    turn = spoken[(cells[layout.interview], cells[layout.turn])]
    place = {"interview": turn["interview"], "turn": turn["turn"]}
    place |= {"start": int(cells["start"]), "end": int(cells["end"]), "quote": cells["quote"]}
    attributes = {"direction": cells.get("retning", ""), "about": cells.get("om_part", "")}
    noted = {"id": cells.get("id", ""), "memo": cells.get("memo", "")}
    return place | attributes | {"code": cells["code"], "theme": themes[cells["code"]], "source": CODED} | noted
