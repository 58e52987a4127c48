"""A result as a table that can be sorted and searched on the page, in Danish and without the network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import pandas as pd
from ipywidgets import HTML, VBox
from itables.typing import JavascriptFunction
from itables.widget import ITable

from blupkit.core.danish import danish_order, number
from blupkit.display.markup import decimals_of

#: More rows than this are too many for a page: it says how many there are.
SHOWN_ROWS: Final = 2_000
_LANGUAGE: Final = {
    "search": "Søg:",
    "info": "Række _START_ til _END_ af _TOTAL_",
    "infoEmpty": "Ingen rækker",
    "infoFiltered": "(af _MAX_ i alt)",
    "lengthMenu": "_MENU_ rækker ad gangen",
    "zeroRecords": "Ingen rækker passer på søgningen",
    "emptyTable": "Ingen rækker",
    "thousands": ".",
    "decimal": ",",
    "aria": {
        "orderable": ": Sortér",
        "orderableReverse": ": Sortér omvendt",
        "orderableRemove": ": Sortér ikke",
        "paginate": {"first": "Første", "last": "Sidste", "next": "Næste", "previous": "Forrige", "number": "Side "},
    },
    "paginate": {"first": "Første", "last": "Sidste", "next": "Næste", "previous": "Forrige"},
}


def sortable(title: str, frame: pd.DataFrame, notes: Sequence[str], mark: str) -> VBox:
    """Show a result as a table that can be sorted and searched.

    Parameters
    ----------
    title : str
        What stands above.
    frame : pandas.DataFrame
        Of more than 2,000 rows the first ones are shown, and a note says how many there are.
    notes : sequence of str
        What stands below.
    mark : str
        What is said of who may see it.

    Returns
    -------
    ipywidgets.VBox
        Title, table (an `itables.widget.ITable`) and notes. Numbers sort as numbers with the missing last, ordered
        categories in their order, text as Danes sort it.

    Examples
    --------
    >>> sortable("Svar", pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]}), [], "Internt").children[0].value
    '<strong>Svar</strong>'
    """
    shown = frame.head(SHOWN_ROWS)
    cut = [f"Her vises {number(len(shown), 0)} af {number(len(frame), 0)} rækker; alle er i .frame og i Excel."]
    formats = [
        {"targets": place, "render": JavascriptFunction(_danish_number(decimals_of(shown.iloc[:, place])))}
        for place, kind in enumerate(shown.dtypes)
        if pd.api.types.is_numeric_dtype(kind)
    ]
    options: dict[str, Any] = {
        "showIndex": False,
        "columnDefs": formats,
        "language": _LANGUAGE,
        "classes": "display compact",
        "text_in_header_can_be_selected": False,  # so that the whole head sorts, and not its arrow only
        "maxBytes": 0,
        "maxColumns": 0,
    }
    table = ITable(pd.DataFrame({head: _sorts(shown[head]) for head in shown}), **options)
    # The library's own caption is written over when the table is drawn.
    said = [*notes, *(cut if len(frame) > len(shown) else []), mark]
    below = "".join(f"<p>{escape(note)}</p>" for note in said)
    return VBox([HTML(f"<strong>{escape(title)}</strong>"), table, HTML(below)])


def _sorts(column: pd.Series) -> pd.Series:
    """Give a column in a type that the page sorts right: its own browser would sort å as a."""
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    if isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered:
        return column
    words = column.astype("str").fillna("")
    return words.astype(pd.CategoricalDtype(sorted(set(words), key=danish_order), ordered=True))


def _danish_number(decimals: int) -> str:
    return (
        "function (value, type) { var missing = typeof value !== 'number' || !isFinite(value);"
        " if (type === 'sort' || type === 'type') { return missing ? null : value; }"
        f" return missing ? '' : value.toLocaleString('da-DK', {{minimumFractionDigits: {decimals},"
        f" maximumFractionDigits: {decimals}}}); }}"
    )
