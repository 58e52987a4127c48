"""What was coded: read from the coders' files and held against the transcripts. Nothing is moved by guess."""

from __future__ import annotations

import difflib
from typing import Any, Final, Literal

import pandas as pd

from blupkit.core import DataError, Fault, FileError, Study, check_columns, read_text
from blupkit.core.danish import listing
from blupkit.core.errors import BlupkitError
from blupkit.interviews.codebook import Codebook
from blupkit.interviews.transcripts import HOSTS, interview_files

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
]
_WANTED: Final = {
    "interview": "interviewets id",
    "turn": "turens nummer",
    "start": "det første tegns plads i turen, fra 0",
    "end": "pladsen efter det sidste tegn",
    "code": "koden fra kodebogen",
    "retning": "retningen",
    "om_part": "hvem det handler om",
    "quote": "de kodede ord",
}


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
        about, quote, source ("kodet").

    Raises
    ------
    FileError
        A file cannot be read, lacks a column, or a line has too few or too many cells.
    DataError
        All lines with an unknown interview, turn, code, direction or party, or without whole numbers, at once.
    """
    codings, faults = load_codings(study, turns, codebook)
    serious = [fault for fault in faults if fault.level == "fejl"]
    if serious:
        raise DataError(serious)
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
    spoken = {(turn["interview"], turn["turn"]): turn for turn in turns.to_dict("records")}
    themes = dict(zip(codebook.codes["code"], codebook.codes["theme"], strict=True))
    for coder, name in interview_files(study).codings.items():
        try:
            table = _read_tab_separated(study, name)
        except BlupkitError as error:
            faults += error.faults
            continue
        for place, cells in zip(table.index, table.to_dict("records"), strict=True):
            wrong = _wrong(cells, spoken, themes)
            moved = [] if wrong else _set_aside(cells, spoken)
            hosts = [] if wrong or moved else _by_host(cells, spoken)
            faults += [_fault(name, int(place), says, "fejl") for says in wrong]
            faults += [_fault(name, int(place), says, "advarsel") for says in [*moved, *hosts]]
            if not wrong and not moved:
                rows.append({"coder": coder, "source": CODED} | _typed(cells, themes))
    return coding_frame(rows), faults


def coding_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Build the table of codings, with its types also where it is empty.

    Parameters
    ----------
    rows : list of dict
        One a coding, with the keys of `CODING_COLUMNS`.
    """
    kinds = {name: "int64" if name in ("turn", "start", "end") else "str" for name in CODING_COLUMNS}
    return pd.DataFrame(rows, columns=CODING_COLUMNS).astype(kinds)


def _read_tab_separated(study: Study, name: str) -> pd.DataFrame:
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
    check_columns(table, _WANTED, name)
    if uneven:
        raise FileError(uneven)
    return pd.DataFrame(list(cells.values()), index=list(cells), columns=heads, dtype="str")


#: Column, what stands there, what was expected, what to do.
_Says = tuple[str, str, str, str]


def _fault(name: str, row: int, says: _Says, level: Literal["fejl", "advarsel"]) -> Fault:
    column, found, expected, action = says
    return Fault(name, found or "en tom celle", expected, action, row, column, level=level)


def _wrong(cells: dict[Any, Any], spoken: dict[Any, Any], themes: dict[str, str]) -> list[_Says]:
    """Find the cells that cannot be used."""
    wrong: list[_Says] = []
    interviews = list(dict.fromkeys(interview for interview, _ in spoken))
    number = int(cells["turn"]) if cells["turn"].isdecimal() else 0
    if cells["interview"] not in interviews:
        wrong.append(("interview", cells["interview"], f"et af {', '.join(interviews)}", "Ret interviewets id."))
    elif (cells["interview"], number) not in spoken:
        last = max(turn for interview, turn in spoken if interview == cells["interview"])
        wrong.append(("turn", cells["turn"], f"et tal fra 1 til {last}", "Ret turens nummer."))
    if not (cells["start"].isdecimal() and cells["end"].isdecimal() and int(cells["start"]) < int(cells["end"])):
        found, expected = f"{cells['start']} til {cells['end']}", "to hele tal, det mindste først"
        wrong.append(("start", found, expected, "Ret pladsen i turen."))
    if cells["code"] not in themes:
        close = difflib.get_close_matches(cells["code"], list(themes), n=1)
        action = f"Mente du »{close[0]}«?" if close else "Ret koden, eller tilføj den i kodebogen."
        wrong.append(("code", cells["code"], "en kode fra kodebogen", action))
    for column, allowed in {"retning": DIRECTIONS, "om_part": ABOUT}.items():
        if cells[column] and cells[column] not in allowed:
            wrong.append((column, cells[column], listing(allowed, "eller"), "Ret ordet, eller lad cellen være tom."))
    return wrong


def _set_aside(cells: dict[Any, Any], spoken: dict[Any, Any]) -> list[_Says]:
    text = spoken[(cells["interview"], int(cells["turn"]))]["text"]
    action = "Kodningen er sat til side. Se efter i udskriften, og kod stedet igen."
    if int(cells["end"]) > len(text):
        return [("end", cells["end"], f"højst {len(text)}, for så lang er turen", action)]
    there = text[int(cells["start"]) : int(cells["end"])]
    if there != cells["quote"]:
        return [("quote", cells["quote"][:60], f"de ord, der nu står i udskriften: »{there[:60]}«", action)]
    return []


def _by_host(cells: dict[Any, Any], spoken: dict[Any, Any]) -> list[_Says]:
    turn = spoken[(cells["interview"], int(cells["turn"]))]
    if turn["role"] not in HOSTS:
        return []
    action = "Kodningen tæller ikke med. Slet den, eller ret turens nummer."
    return [("turn", f"{turn['role']} (tur {turn['turn']})", "en tur fra en deltager", action)]


def _typed(cells: dict[Any, Any], themes: dict[str, str]) -> dict[str, object]:
    numbers = {name: int(cells[name]) for name in ("turn", "start", "end")}
    words = {"interview": cells["interview"], "code": cells["code"], "quote": cells["quote"]}
    attributes = {"direction": cells["retning"], "about": cells["om_part"], "theme": themes[cells["code"]]}
    return {**numbers, **words, **attributes}
