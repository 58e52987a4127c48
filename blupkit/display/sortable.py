"""A result as a table that can be sorted and searched on the page, in Danish and without the network."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
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
        "orderableReverse": ": Sortér den anden vej",
        "orderableRemove": ": Vis i den oprindelige orden",
        "paginate": {"first": "Første", "last": "Sidste", "next": "Næste", "previous": "Forrige"},
    },
    "paginate": {"first": "Første", "last": "Sidste", "next": "Næste", "previous": "Forrige"},
}


def sortable(title: str, frame: pd.DataFrame) -> ITable:
    """Show a result as a table that can be sorted and searched.

    Parameters
    ----------
    title : str
        Its caption.
    frame : pandas.DataFrame
        Of more than 2,000 rows the first ones are shown, and the caption says how many there are.

    Returns
    -------
    itables.widget.ITable
        Numbers sort as numbers with the missing last, ordered categories in their order, text as Danes sort it.

    Examples
    --------
    >>> sortable("Svar", pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]})).caption
    'Svar'
    """
    shown = frame.head(SHOWN_ROWS)
    cut = f". Her vises {number(len(shown), 0)} af {number(len(frame), 0)} rækker; alle er i .frame og i Excel"
    formats = [
        {"targets": place, "render": JavascriptFunction(_danish_number(decimals_of(shown.iloc[:, place])))}
        for place, kind in enumerate(shown.dtypes)
        if pd.api.types.is_numeric_dtype(kind)
    ]
    options: dict[str, Any] = {
        "caption": title + (cut if len(frame) > len(shown) else ""),
        "showIndex": False,
        "columnDefs": formats,
        "language": _LANGUAGE,
        "classes": "display compact",
        "maxBytes": 0,
        "maxColumns": 0,
    }
    # The library writes text as pandas prints it, which cuts it after fifty letters.
    with pd.option_context("display.max_colwidth", None):
        return ITable(pd.DataFrame({head: _sorts(shown[head]) for head in shown}), **options)


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
