"""The marks of who stands where, which a later release is held against."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from blupkit.core import Study
from blupkit.disclosure import Cell
from blupkit.disclosure.sent_before import APART
from blupkit.survey import read_responses
from blupkit.survey.persons import marks_of, persons_by_cell

KEY = "0123456789abcdef"


def test_marks_are_those_that_were_made_of_the_whole_table_of_cells(make_study: Callable[..., Study]) -> None:
    """What was sent earlier holds marks that were made so: others would look like answers that have changed."""
    responses = read_responses(make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;Å, ja", "b;430;1;4;3;8;;;;2;;1;1;2;"]))
    rows = responses.respondents["row"]

    def made(*names: str) -> list[str]:
        cells = [responses.coded.table(kind, names).loc[rows] for kind in ("state", "value", "text")]
        whole = pd.util.hash_pandas_object(pd.concat(cells, axis=1).astype(str), index=False, hash_key=KEY)
        return [f"{mark:x}" for mark in whole]

    tables = {name: pd.DataFrame({"item": ["k1", "k2"]}) for name in ("behov", "ved_ikke")}
    found, (one, other) = persons_by_cell(tables, responses, KEY), marks_of(["a", "b"], KEY)
    here = ("faaborg-midtfyn", "L")
    assert found[Cell("behov", *here, "k1")] == dict(zip((one, other), made("k1_v", "k1_n"), strict=True))
    # "Ved ikke" has no value, and is told of where it is counted; the other has answered both.
    assert list(found[Cell("behov", *here, "k2")]) == [one]
    assert found[Cell("ved_ikke", *here, "k2")] == {
        one: APART.join([made("k2_v")[0], made("k2_n")[0]]), other: f"{made('k2_v')[1]}{APART}",
    }  # fmt: skip
