"""A package's tables, and the search of it, where a bound stands in place of a number."""

from __future__ import annotations

import pandas as pd

from blupkit.core import Study
from blupkit.disclosure.safe_table import MeasureRow, measure_table, safe_table
from blupkit.report.packages.numbers_of import known_numbers, numbers_in
from blupkit.report.packages.package import _table


def test_a_bound_stands_where_the_number_would_and_is_nobody_s_hidden_one(study: Study) -> None:
    # Seven of whom one said 2: 32 / 7 = 4.57.
    table = measure_table([MeasureRow("slagelse", "A", "1", "Lytte", "Vigtighed", 32 / 7, 4.0, 5.0, 7, 1.0, 5.0)])
    safe = safe_table(table, pd.Series([True]), study, pd.Series([4.5]))
    [_, line] = _table(safe, study, "slagelse")
    words = ["Slagelse Kommune", "Kommunalt ansatte", "Lytte", "Vigtighed", "4,5 eller højere", None, None, None]
    assert line[:8] == words
    assert "tæt på en ende" in line[8]
    told, hidden = (known_numbers(rows) for rows in (safe.coarse, table))
    bound, exact = numbers_in("4,5 eller højere | 4,5")
    assert told.holds(["lytte"], bound)
    assert not told.holds(["lytte"], exact)  # a mean that prints as the bound does is not told by it
    [worded] = numbers_in("4,6 eller højere")
    assert hidden.tells(["lytte"], worded)
    assert not told.holds(["lytte"], worded)
    assert (1, 46, False) in hidden.by_label["lytte"]
    assert (1, 46, False) not in told.by_label["lytte"]
