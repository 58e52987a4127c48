"""A result as HTML that a notebook shows: heads, numbers as Danes write them, notes, and that it is internal."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import pandas as pd

from blupkit.core.danish import number
from blupkit.display.tokens import LIGHT, RULE

#: A longer table is cut on the page, and says so.
SHOWN_ROWS: Final = 200
#: Text of more letters than these is read, and not looked up.
_LONG: Final = 40
_CELL: Final = f"padding:.25em .75em;border-bottom:1px solid {RULE};vertical-align:top;"
_LEFT: Final = f"{_CELL}text-align:left;white-space:pre-line;max-width:42em"
_RIGHT: Final = f"{_CELL}text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
_MARK: Final = f"background:{LIGHT['alert']};color:{LIGHT['warning']};padding:.1em .5em;border-radius:.3em"


def decimals_of(column: pd.Series) -> int:
    """Say with how many digits after the comma a column is shown: per cent with one, whole numbers with none.

    Parameters
    ----------
    column : pandas.Series
        Numbers; missing ones do not count.

    Examples
    --------
    >>> [decimals_of(column) for column in (pd.Series([1.0, None]), pd.Series([33.33], name="Pct."), pd.Series([0.5]))]
    [0, 1, 2]
    """
    if str(column.name).lower().endswith("pct."):
        return 1
    return 0 if (column.dropna() % 1 == 0).all() else 2


def table_html(title: str, frame: pd.DataFrame, notes: Sequence[str], mark: str) -> str:
    """Write a table for a notebook; whatever stands in it is shown as it is, never run.

    Parameters
    ----------
    title : str
        What stands above, which a narrow screen wraps.
    frame : pandas.DataFrame
        Numbers with decimal comma, to the right; an empty cell where one is missing. The first column names the rows.
    notes : sequence of str
        What stands below it.
    mark : str
        What is said of who may see it.

    Returns
    -------
    str
        HTML with its style in it, so that it looks the same wherever it is shown.

    Examples
    --------
    >>> html = table_html("Svar", pd.DataFrame({"Svar": ["<b>"], "Pct.": [12.25]}), [], "Internt")
    >>> "&lt;b&gt;" in html, "12,3" in html
    (True, True)
    """
    shown = frame.head(SHOWN_ROWS)
    columns = [_written(shown.iloc[:, place]) for place in range(shown.shape[1])]
    styles = [_style(shown.iloc[:, place]) for place in range(shown.shape[1])]
    heads = "".join(
        f'<th scope="col" style="{style};white-space:normal">{escape(str(head))}</th>'
        for head, style in zip(frame.columns, styles, strict=True)
    )
    rows = "".join(f"<tr>{_row(cells, styles)}</tr>" for cells in zip(*columns, strict=True))
    cut = [f"Her vises {number(len(shown), 0)} af {number(len(frame), 0)} rækker; resten står i .frame og i Excel."]
    said = [*notes, *(cut if len(frame) > len(shown) else [])]
    below = "".join(f'<p style="margin:.3em 0;max-width:50em">{escape(note)}</p>' for note in said)
    return (
        # The mark by which a page is known to be the consultant's own: a shared one with it is refused.
        f'<div lang="da" data-internal=""><p style="margin:.5em 0"><strong>{escape(title)}</strong></p>'
        f'<div style="overflow-x:auto"><table aria-label="{escape(title)}" style="border-collapse:collapse">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'{below}<p style="margin:.5em 0"><span style="{_MARK}">{escape(mark)}</span></p></div>'
    )


def _style(column: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(column):
        return _RIGHT
    # What people said gets room to be read; beside many columns it would stand one word a line.
    return f"{_LEFT};min-width:14em" if column.astype("str").str.len().max() > _LONG else _LEFT


def _row(cells: tuple[str, ...], styles: Sequence[str]) -> str:
    first, *rest = zip(cells, styles, strict=True)
    return f'<th scope="row" style="{first[1]};font-weight:normal;min-width:10em">{escape(first[0])}</th>' + "".join(
        f'<td style="{style}">{escape(cell)}</td>' for cell, style in rest
    )


def _written(column: pd.Series) -> list[str]:
    if pd.api.types.is_numeric_dtype(column):
        digits = decimals_of(column)
        return ["" if pd.isna(value) else number(float(value), digits) for value in column]
    return ["" if pd.isna(value) else str(value) for value in column]
