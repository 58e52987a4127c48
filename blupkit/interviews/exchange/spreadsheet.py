"""Codings as a table that people open in Excel, and the way back; also the highlights that Taguette exports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Study, check_columns, read_table
from blupkit.core.spreadsheet import unguarded, write_table
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.log import SUFFIX, current, noted, read_log
from blupkit.interviews.exchange.imported import NO_GUESS, Imported, Reading, Told
from blupkit.interviews.exchange.note import in_words, only_in_logs, write_note
from blupkit.interviews.exchange.source_texts import Written, by_words, is_named, written


class Line(NamedTuple):
    """One coding as the table has it."""

    interview: str
    turn: str
    role: str
    theme: str
    theme_name: str
    code: str
    code_name: str
    quote: str
    memo: str
    direction: str
    about: str
    coder: str
    start: str
    end: str
    id: str


_NAMES: Final = "interview tur rolle tema_nr tema kode kodenavn citat memo retning om_part koder start slut id"
#: Field → what the column is called.
HEADS: Final = dict(zip(Line._fields, _NAMES.split(), strict=True))
_WANTED: Final = {
    "interview": "interviewets id",
    "tur": "turens nummer",
    "kode": "koden",
    "citat": "de kodede ord",
    "start": "det første tegns plads i turen, fra 0",
    "slut": "pladsen efter det sidste tegn",
}
_TAGUETTE: Final = ("document", "tag", "content")
_NO_NAMES: Final = "Det, der er sagt, står ordret, også navne og steder. Hvem der taler, står kun som rolle."
_NO_CODE: Final = "stedet har ingen kode"


def write_codings_table(path: Path, coded: Coded, study: Study | None = None) -> list[str]:
    r"""Write codings as a table: CSV that Danish Excel opens (semicolons, UTF-8 with byte order mark), or XLSX.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which `read_codings_table` takes away.

    Parameters
    ----------
    path : pathlib.Path
        `.csv` or `.xlsx`; its folder is made when missing.
    coded : Coded
        What was said, the codes, and what every coder has coded.
    study : Study, optional
        Whose codings they are, to tell what the logs hold besides.

    Returns
    -------
    list of str
        What the table holds, and what it cannot carry, as Danish sentences. They also lie in a file beside it.

    Raises
    ------
    DataError
        The suffix is another, or a cell holds more than Excel takes.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> write_codings_table(path, interviews.read_coded(core.example_study()))[0]
    'Filen rummer: kodninger 4, memoer 0, retninger 4, parter 2, kodere: A.'
    >>> print(path.read_text("utf-8-sig").split("\n")[3])
    fg1;3;ansat;1;Roller;1.1;Mandat;Vi har intet mandat.;;barriere;ansatte;A;0;20;
    """
    names, themes, theme_of = coded.codebook.names, coded.codebook.theme_names, coded.codebook.theme_of
    lines = []
    for coding in coded.coding_rows:
        turn, theme = coded.turn_of(coding.passage), theme_of.get(coding.code, "")
        said = {
            "role": turn.role if turn else "",
            "theme": coding.theme or theme,
            "theme_name": themes.get(theme, ""),
            "code_name": names.get(coding.code, ""),
            "quote": coding.quote or coded.words_of(coding.passage),
        }
        lines.append([str(said.get(field, getattr(coding, field, ""))) for field in Line._fields])
    write_table(path, [list(HEADS.values()), *lines], "kodninger")
    told = [] if study is None else only_in_logs(study, coded)
    return write_note(path, [in_words(coded), _NO_NAMES, *told])


def read_codings_table(path: Path, turns: pd.DataFrame) -> Imported:
    r"""Read codings from a table: what `write_codings_table` wrote, the highlights that Taguette exports, or a log.

    A coding is placed where the table says, when the words are there. Otherwise, and in Taguette's tables, which give
    words only, it is placed where its words stand, when they stand in one place only. Of a log, as a colleague's copy
    is, its codings are read as they stand after its last event.

    Parameters
    ----------
    path : pathlib.Path
        `.csv`, `.xlsx` or `.jsonl`.
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

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("document,tag,content\nfg1.txt,2.1 Puljer,en pulje\n", "utf-8")
    >>> turns = interviews.read_turns(core.example_study())
    >>> interviews.read_codings_table(path, turns).codings[["turn", "start", "end", "code"]].values.tolist()
    [[4, 4, 12, '2.1']]
    """
    reading, interviews = Reading(path.name, turns), written(turns)
    if path.suffix.lower() == SUFFIX:
        return _coded(reading, _lines_of_log(path, reading), interviews)
    table = read_table(path)
    heads = {str(head).strip().lower(): head for head in table.columns}
    if all(head in heads for head in _TAGUETTE) and "tur" not in heads:
        return _highlights(table[[heads[head] for head in _TAGUETTE]], reading, interviews)
    check_columns(table, _WANTED, path.name)
    cells = table.reindex(columns=list(HEADS.values()), fill_value="").map(unguarded)
    return _coded(reading, {row: Line._make(texts) for row, *texts in cells.itertuples(name=None)}, interviews)


def _lines_of_log(path: Path, reading: Reading) -> dict[int, Line]:
    """Read what a log adds up to; what is remarked on codes and interviews is told to be left out."""
    if not path.is_file():
        read_table(path)  # refuses it
    events, faults = read_log(path)
    reading.tree.faults += faults
    remarks = noted(events)
    if remarks:
        found = f"bemærkninger om koder og interview ({len(remarks)})"
        reading.set_aside(found, "kodninger af steder", "De er udeladt. Skriv dem med interviews.write_memo.")
    lines = {}
    for row, event in current(events).values():
        said = {key: str(getattr(event.passage, key) or "") for key in Line._fields if hasattr(event.passage, key)}
        lines[row] = Line(
            **dict.fromkeys(Line._fields, "")
            | said
            | {"coder": event.coder, "id": event.id, "code_name": event.passage.code}
        )
    return lines


def _coded(reading: Reading, lines: Mapping[int, Line], interviews: list[Written]) -> Imported:
    """Place the codings of some lines, or list them."""
    for row, line in lines.items():
        if not line.code.strip():
            _leave(reading, row, line.quote, _NO_CODE)
            continue
        parts, why = reading.as_written(line.quote, line.interview, line.turn, line.start), ""
        if not parts:
            parts, why = by_words(line.quote, [one for one in interviews if one.interview == line.interview])
            reading.times[Told.MOVED] += bool(parts)
        if why:
            _leave(reading, row, line.quote, why)
        reading.tree.add(line.code, line.code_name, line.theme, line.theme_name)
        said = {key: getattr(line, key) for key in ("interview", "code", "direction", "about", "memo")}
        reading.place(parts, line.coder, line.id, **said)
    return reading.imported(reading.told(Told.PLACED, Told.MOVED, Told.ROWS_LEFT))


def _leave(reading: Reading, row: int, words: str, why: str) -> None:
    reading.times[Told.ROWS_LEFT] += 1
    found = f"{words[:60] or 'en tom celle'} ({why})"
    reading.set_aside(found, "ord, der står præcis ét sted i interviewet", NO_GUESS, int(row))


def _highlights(table: pd.DataFrame, reading: Reading, interviews: list[Written]) -> Imported:
    """Read Taguette's highlights: document, tag, content; a row for each tag of a highlight."""
    for row, document, tag, content in table.itertuples(name=None):
        if not tag.strip():
            _leave(reading, row, content, _NO_CODE)
            continue
        named = [one for one in interviews if is_named(document, one.interview)]
        parts, why = by_words(content, named)
        if not parts:
            _leave(reading, row, content, f"»{document[:40]}«: {why}")
            continue
        code = reading.tree.add(tag.strip())
        reading.times[Told.DIVIDED] += len(parts) > 1
        reading.place(parts, interview=named[0].interview, code=code)
    placed, *others = reading.told(Told.ONCE, Told.DIVIDED, Told.ROWS_LEFT)
    return reading.imported([placed, "Taguette siger ikke, hvem der har kodet; kolonnen »coder« er tom.", *others])
