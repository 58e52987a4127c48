"""Codings as a table that people open in Excel, and the way back; also the highlights that Taguette exports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core import Fault, Level, check_columns, read_table
from blupkit.core.spreadsheet import unguarded, write_table
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.exchange.qdc import code_frame, many, split_name, stable_guid
from blupkit.interviews.exchange.qdpx_in import Imported, imported_frame
from blupkit.interviews.exchange.source_texts import (
    Part,
    Written,
    exactly,
    is_named,
    locate,
    plain,
    written,
)

HEADS: Final = {
    "interview": "interview",
    "turn": "tur",
    "role": "rolle",
    "theme": "tema_nr",
    "theme_name": "tema",
    "code": "kode",
    "code_name": "kodenavn",
    "quote": "citat",
    "memo": "memo",
    "direction": "retning",
    "about": "om_part",
    "coder": "koder",
    "start": "start",
    "end": "slut",
    "id": "id",
}
_WANTED: Final = {
    "interview": "interviewets id",
    "tur": "turens nummer",
    "kode": "koden",
    "citat": "de kodede ord",
    "start": "det første tegns plads i turen, fra 0",
    "slut": "pladsen efter det sidste tegn",
}
_TAGUETTE: Final = ("document", "tag", "content")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_NO_GUESS: Final = "Kodningen er udeladt. Kod stedet igen, hvis den skal med."


def write_codings_table(path: Path, turns: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> None:
    """Write codings as a table: CSV that Danish Excel opens (semicolons, UTF-8 with byte order mark), or XLSX.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which `read_codings_table` takes away.

    Parameters
    ----------
    path : pathlib.Path
        `.csv` or `.xlsx`; its folder is made when missing.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codings : pandas.DataFrame
        coder, interview, turn, start, end, code; id, theme, direction, about, memo and quote where they are there. Not
        changed.
    codebook : Codebook
        The codes that exist.

    Raises
    ------
    DataError
        The suffix is another, or a cell holds more than Excel takes.
    """
    write_table(path, _table(turns, codings, codebook), "kodninger")


def _table(turns: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> list[list[str]]:
    spoken = {(turn["interview"], turn["turn"]): turn for turn in turns.to_dict("records")}
    named = {code["code"]: code for code in codebook.codes.to_dict("records")}
    rows = [list(HEADS.values())]
    for coding in codings.reindex(columns=[*HEADS]).astype("object").fillna("").to_dict("records"):
        turn = spoken.get((coding["interview"], coding["turn"]), {})
        code = named.get(coding["code"], {})
        coding["role"] = turn.get("role", "")
        coding["theme"] = coding["theme"] or code.get("theme", "")
        coding["theme_name"], coding["code_name"] = code.get("theme_name", ""), code.get("name", "")
        coding["quote"] = coding["quote"] or turn.get("text", "")[coding["start"] : coding["end"]]
        rows.append([str(coding[column]) for column in HEADS])
    return rows


def read_codings_table(path: Path, turns: pd.DataFrame) -> Imported:
    """Read codings from a table: what `write_codings_table` wrote, or the highlights that Taguette exports.

    A coding is placed where the table says, when the words are there. Otherwise, and in Taguette's tables, which give
    words only, it is placed where its words stand, when they stand in one place only.

    Parameters
    ----------
    path : pathlib.Path
        `.csv` or `.xlsx`.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    Imported
        Codings, codes, notes and faults.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    """
    table = read_table(path)
    interviews = written(turns)
    heads = {str(head).strip().lower(): head for head in table.columns}
    if all(head in heads for head in _TAGUETTE) and "tur" not in heads:
        return _highlights(table.rename(columns={head: key for key, head in heads.items()}), path, turns, interviews)
    check_columns(table, _WANTED, path.name)
    heads = {head: key for key, head in HEADS.items()}
    table = table.rename(columns=heads).reindex(columns=list(HEADS), fill_value="").map(unguarded)
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    codes: dict[str, dict[str, str]] = {}
    found_again = 0
    for place, cells in zip(table.index, table.to_dict("records"), strict=True):
        if not cells["code"].strip():
            faults.append(_fault(path.name, int(place), cells["quote"], "stedet har ingen kode"))
            continue
        parts = _as_written(cells, interviews)
        if not parts:
            parts, why = _by_words(cells["quote"], [one for one in interviews if one.interview == cells["interview"]])
            found_again += bool(parts)
            if not parts:
                faults.append(_fault(path.name, int(place), cells["quote"], why))
        codes.setdefault(cells["code"], _code(cells))
        rows += _codings(cells, cells["interview"], parts, cells["id"])
    notes = [f"{many(len(rows), 'kodning', 'kodninger')} er placeret."]
    if found_again:
        moved = many(found_again, "kodning stod", "kodninger stod")
        notes.append(f"{moved} ikke på sin plads længere og er fundet på ordene.")
    return Imported(_frame(rows, turns), code_frame(list(codes.values())), [*notes, *_left_out(faults)], faults)


def _code(cells: dict[Any, Any]) -> dict[str, str]:
    known = {"code": cells["code"], "name": cells["code_name"]} | {key: cells[key] for key in ("theme", "theme_name")}
    return known | dict.fromkeys(("definition", "include", "exclude", "example"), "")


def _as_written(cells: dict[Any, Any], interviews: list[Written]) -> list[Part]:
    """Give the place that the table names when the words are there, or else their only place in the turn it names."""
    words, turn = cells["quote"], _whole_number(cells["turn"])
    for interview in interviews:
        if interview.interview == cells["interview"] and turn in interview.turns and words:
            there = interview.words[interview.turns.index(turn)]
            start = _whole_number(cells["start"])
            if start < 0 or not there.startswith(words, start):
                start = there.find(words)
                if there.find(words, start + 1) >= 0:
                    return []
            return [Part(turn, start, start + len(words))] if start >= 0 else []
    return []


def _whole_number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else -1


def _by_words(words: str, interviews: list[Written]) -> tuple[list[Part], str]:
    """Find words in an interview when they stand in one place only, in one turn or across turns."""
    if len(interviews) != 1:
        return [], "interviewet findes ikke, eller flere har navnet"
    interview = interviews[0]
    text, places = plain(interview.text)
    wanted = plain(words)[0]
    if not wanted:
        return [], "der er ingen ord"
    first = text.find(wanted)
    if first < 0:
        return [], "ordene står ikke i udskriften"
    if text.find(wanted, first + 1) >= 0:
        return [], "ordene står flere steder i udskriften"
    span = (places[first], places[first + len(wanted) - 1] + 1)
    parts = locate(span, exactly(interview))
    return parts, "" if parts else "ordene er ikke noget, der er sagt"


def _codings(cells: dict[Any, Any], interview: str, parts: Iterable[Part], ident: str) -> list[dict[str, Any]]:
    rows = []
    for number, part in enumerate(parts):
        own = ident if ident and number == 0 else stable_guid("row", *map(str, cells.values()), str(part.turn))
        place = {"id": own, "interview": interview, "turn": part.turn, "start": part.start, "end": part.end}
        rows.append({key: cells.get(key, "") for key in HEADS} | place)
    return rows


def _frame(rows: list[dict[str, Any]], turns: pd.DataFrame) -> pd.DataFrame:
    """Build the table, each quote cut from the turn."""
    said = {(turn["interview"], turn["turn"]): turn["text"] for turn in turns.to_dict("records")}
    for row in rows:
        row["quote"] = said[(row["interview"], row["turn"])][row["start"] : row["end"]]
    return imported_frame(rows)


def _highlights(table: pd.DataFrame, path: Path, turns: pd.DataFrame, interviews: list[Written]) -> Imported:
    """Read Taguette's highlights: id, document, tag, content; a row for each tag of a highlight."""
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    codes: dict[str, dict[str, str]] = {}
    divided = 0
    for place, cells in zip(table.index, table.to_dict("records"), strict=True):
        if not cells["tag"].strip():
            faults.append(_fault(path.name, int(place), cells["content"], "stedet har ingen kode"))
            continue
        named = [one for one in interviews if is_named(cells["document"], one.interview)]
        parts, why = _by_words(cells["content"], named)
        if not parts:
            faults.append(_fault(path.name, int(place), cells["content"], f"»{cells['document'][:40]}«: {why}"))
            continue
        code, name = split_name(cells["tag"].strip())
        blank = dict.fromkeys(("theme", "theme_name", "definition", "include", "exclude", "example"), "")
        codes.setdefault(code, {"code": code, "name": name} | blank)
        divided += len(parts) > 1
        marked = {"code": code, "id": cells.get("id", ""), "document": cells["document"], "content": cells["content"]}
        rows += _codings(marked, named[0].interview, parts, "")
    notes = [
        f"{many(len(rows), 'kodning', 'kodninger')} er placeret, hvor ordene står, og kun hvor de står ét sted.",
        "Taguette siger ikke, hvem der har kodet; kolonnen »coder« er tom.",
    ]
    if divided:
        notes.append(f"{many(divided, 'sted', 'steder')} går over flere ture og er delt i en kodning pr. tur.")
    return Imported(_frame(rows, turns), code_frame(list(codes.values())), [*notes, *_left_out(faults)], faults)


def _left_out(faults: list[Fault]) -> list[str]:
    return [f"{many(len(faults), 'række', 'rækker')} er udeladt og står i listen over fejl."] if faults else []


def _fault(name: str, row: int, words: str, why: str) -> Fault:
    found = f"{words[:60] or 'en tom celle'} ({why})"
    return Fault(name, found, "ord, der står præcis ét sted i interviewet", _NO_GUESS, row=row, level=Level.WARNING)
