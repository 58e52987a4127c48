"""The marks of who stands where, which a later release is held against."""

from __future__ import annotations

import pandas as pd

from blupkit.survey.persons import _combined


def test_marks_of_several_answers_are_those_that_pandas_makes_of_a_table() -> None:
    """What was sent earlier holds marks that it made: others would look like answers that have changed."""
    table = pd.DataFrame({"a": ["svaret", "ubesvaret", "svaret"], "b": ["5", "nan", "4"], "c": ["", "Å", "ok"]})
    key = "0123456789abcdef"
    each = [pd.util.hash_pandas_object(table[name], index=False, hash_key=key).to_numpy() for name in table]
    whole = pd.util.hash_pandas_object(table, index=False, hash_key=key)
    assert _combined(each).tolist() == whole.tolist()
    assert _combined(each[:1]).tolist() == pd.util.hash_pandas_object(table[["a"]], index=False, hash_key=key).tolist()
