"""What was said, as it is read: each passage in full, each word found in its line, with who said it and where."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from blupkit.core.danish import number
from blupkit.display import INTERNAL, ResultTable
from blupkit.display.markup import table_html

PASSAGE, FOUND = "Passage", "Fundet"
#: More than this are too many to read on a page; Excel has them all.
SHOWN: Final = 400
#: Columns that say where a passage stands and what it is, in the order in which they are read.
_PLACE: Final = ("Hvem", "Kommune", "Kilde", "Sted", "Tur", "Tid", "Kode", "Retning")
_SUGGESTED: Final = "forslag"


def shown_html(table: ResultTable) -> str:
    """Give a table as the panel shows it: passages and words in their lines are read, everything else is a table.

    Parameters
    ----------
    table : ResultTable
        What `interviews.passages` or `interviews.search` returned, or another table.

    Returns
    -------
    str
        HTML; whatever was said is shown as it is, never run.

    Examples
    --------
    >>> said = {"Hvem": ["Lokalråd 1"], "Tur": [2.0], "Passage": ["<b>Tid</b>"], "Hele turen": ["<b>Tid</b>!"]}
    >>> html = shown_html(ResultTable("Passager", pd.DataFrame(said)))
    >>> "&lt;b&gt;" in html, "<mark>" in html, "Lokalråd 1 · tur 2" in html
    (True, True, True)
    """
    frame, notes = table.frame, table.notes
    if not {PASSAGE, FOUND} & set(frame) or frame.empty:
        return f'<div lang="da">{_paragraphs(notes)}</div>{table_html(table.title, frame, (), INTERNAL)}'
    rows = frame.head(SHOWN).to_dict("records")
    cards = "".join(_card({str(head): cell for head, cell in row.items()}) for row in rows)
    cut = f"Her vises {SHOWN} af {number(len(frame), 0)} steder; vælg færre, eller se dem alle i Excel."
    said = _paragraphs([*notes, *([cut] if len(frame) > SHOWN else [])])
    mark = f'<p><span class="mark">{escape(INTERNAL)}</span></p>'
    return f'<div lang="da">{said}<ul class="passages">{cards}</ul>{mark}</div>'


def _paragraphs(notes: Sequence[str]) -> str:
    """Give what the numbers rest on; on the panel it stands before them, so that a long table does not hide it."""
    return "".join(f"<p>{escape(note)}</p>" for note in notes)


def _card(row: dict[str, Any]) -> str:
    place = " · ".join(escape(_told(head, row[head])) for head in _PLACE if head in row and _there(row[head]))
    suggested = ' <strong class="suggested">Forslag</strong>' if row.get("Kodet eller foreslået") == _SUGGESTED else ""
    said, around = (_line(row), "") if FOUND in row else (escape(str(row[PASSAGE])), _around(row))
    return f'<li><p class="place">{place}{suggested}</p><blockquote>{said}</blockquote>{around}</li>'


def _line(row: dict[str, Any]) -> str:
    """Give a word with what stands before and after it in the same turn."""
    before, found, after = (escape(str(row[head])) for head in ("Før", FOUND, "Efter"))
    return f"{before}<mark>{found}</mark>{after}"


def _around(row: dict[str, Any]) -> str:
    """Give what was said before and after, and the whole turn with the passage marked in it."""
    if "Hele turen" not in row:
        return ""
    passage, turn = escape(str(row[PASSAGE])), escape(str(row["Hele turen"]))
    parts = [
        escape(str(row.get("Før", ""))),
        turn.replace(passage, f"<mark>{passage}</mark>", 1),
        escape(str(row.get("Efter", ""))),
    ]
    if parts[1] == f"<mark>{passage}</mark>" and not parts[0] and not parts[2]:
        return ""  # it is all that was said or written there
    who = f"{row.get('Hvem', '')}, {_told('Tur', row['Tur'])}" if _there(row.get("Tur")) else str(row.get("Hvem", ""))
    told = "".join(f"<p>{part}</p>" for part in parts if part)
    return f"<details><summary>Læs sammenhængen ({escape(who)})</summary>{told}</details>"


def _told(head: str, cell: object) -> str:
    return f"tur {cell:.0f}" if head == "Tur" and isinstance(cell, float) else str(cell)


def _there(cell: object) -> bool:
    return not (cell is None or cell == "" or (isinstance(cell, float) and pd.isna(cell)))
