"""The table of what is largest: which places a line may have, and what is said of how they are written."""

from __future__ import annotations

import numpy as np
import pytest

from blupkit.core import Edition
from blupkit.disclosure import MeasureRow, SafeTable, measure_table
from blupkit.report import table_top

RANGE = "»1-4« under plads betyder, at behovet kan ligge på alle pladser fra 1 til 4 i gruppens rækkefølge."
SURE = "Et enkelt tal under plads er næsten sikkert."


def table(*rows: tuple[str, str, float, float, float]) -> SafeTable:
    measured = [
        MeasureRow("slagelse", "L", item, label, "Mål", value, low=low, high=high, n=40, lowest=1, highest=22)
        for item, label, value, low, high in rows
    ]
    return SafeTable(measure_table(measured).assign(status="vist"), min_n=5)


@pytest.mark.parametrize(
    ("ends", "written", "note"),
    [
        ([(1, 1), (2, 4)], ["1", "2-4"], f"{RANGE} {SURE}"),
        ([(1, 1), (2, 2)], ["1", "2"], SURE),
        ([(1, 3), (1, 2)], ["1-3", "1-2"], RANGE),
        ([(np.nan, np.nan), (np.nan, np.nan)], ["–", "–"], ""),
    ],
)
def test_a_place_is_written_alone_where_it_is_certain(
    slagelse: Edition, ends: list[tuple[float, float]], written: list[str], note: str
) -> None:
    names = (("k1", "Søge fonde"), ("k2", "Lytte"))
    gaps = table(*((*name, gap, np.nan, np.nan) for name, gap in zip(names, (2.0, 1.0), strict=True)))
    places = table(*((*name, place, *ends[place - 1]) for place, name in enumerate(names, 1)))
    none = SafeTable(gaps.frame.head(0), min_n=5)
    [exhibit] = table_top(gaps, none, slagelse, most=5, places=places, caption="c").items
    cells = [cell.partition("<")[0] for cell in exhibit.table.split("<td>")[2:]]
    assert cells[1::2] == written
    assert exhibit.note == note
