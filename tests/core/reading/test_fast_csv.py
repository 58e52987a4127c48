"""The quick way to read a table gives what the slow one gives, or nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blupkit import core
from blupkit.core.reading import fast_csv
from blupkit.core.reading.fast_csv import inside_marks, read_regular

#: What a guess could lose: leading zeros, signs, exponents, decimals, blanks, words that look like numbers.
CELL = st.one_of(
    st.sampled_from(["", "1", "2", "8", "007", "+4", "1e2", "1e3", "1e1", "4.0", "4,0", ".5", "-9", " 4", "4 ", "100"]),
    st.sampled_from(["nan", "NA", "inf", "True", "true", "null", "0x1F", "1_000", "12345678901234567890"]),
    st.text("ab;,\t\"'æ🙂 .-0123456789", max_size=6),
)


def written(rows: list[list[str]], quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_read_quickly_is_what_was_written(rows: list[list[str]], quoting: int) -> None:
    heads = [f"k{place}" for place in range(len(rows[0]))]
    text = written([heads, *rows], quoting)
    table = read_regular(text, ";")
    if table is not None:
        assert table.columns.tolist() == heads
        assert table.astype(str).to_numpy().tolist() == rows


@example([["1", "1", "1", ""], ["1", "1"]])  # together as long as two whole rows
@example([["1", "1"], ["1", "1", "1", ""]])
@given(st.lists(st.lists(st.sampled_from(["1", "2", "", "x"]), max_size=4), min_size=1, max_size=6))
def test_uneven_rows_are_never_filled_up_or_cut_off(rows: list[list[str]]) -> None:
    text = "a;b;c\n" + "".join(";".join(row) + "\n" for row in rows)
    table = read_regular(text, ";")
    assert (table is None) == any(len(row) != 3 for row in rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "4", "ja"], ["2", "", "nej"], ["3", "5", ""]],
        [["a1", "12", "hun sagde \"nej\"; tak"], ["a2", "8", "to\nlinjer"]],
        [["10007", "-1", "-1"], ["10008", "430", "x"]],
    ],
)  # fmt: skip
def test_an_ordinary_export_is_read_quickly(rows: list[list[str]]) -> None:
    table = read_regular(written([["id", "k01", "ord"], *rows], csv.QUOTE_MINIMAL), ";")
    assert table is not None
    assert table.astype(str).to_numpy().tolist() == rows


@pytest.mark.parametrize(
    "content", ["id;k\n007;4,0\n\n8;\n", "id;k\n1;2;\n2;3\n", " id ;k\n1;2\n", "# note\nid;k\n1;2\n"]
)
def test_both_ways_give_the_same_table(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    text, repeated = (core.read_table(tmp_path / "a.csv", repeated=how) for how in (False, True))
    assert repeated.astype("str").equals(text)
    assert repeated.index.equals(text.index)
    assert set(map(str, repeated.dtypes)) == {"category"}


def test_a_large_column_of_which_parts_look_different_keeps_what_was_written() -> None:
    cells = ["1"] * 300_000 + ["007", "x"]
    table = read_regular("k\n" + "\n".join(cells) + "\n", ";")
    assert table is not None
    assert table["k"].tolist() == cells


def test_an_export_that_nobody_has_answered_is_a_table_without_rows(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("id;svar\n", "utf-8")
    table = core.read_table(tmp_path / "svar.csv", complete=True, repeated=True)
    assert (table.columns.tolist(), len(table)) == (["id", "svar"], 0)


@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 9),
)
def test_where_a_piece_ends_makes_no_difference(rows: list[list[str]], quoting: int, piece: int) -> None:
    text = written([[f"k{place}" for place in range(len(rows[0]))], *rows], quoting)
    whole = read_regular(text, ";")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_csv, "_PIECE", piece)
        patch.setattr(fast_csv, "_ROWS", piece)
        in_pieces = read_regular(text, ";")
    assert (whole is None) == (in_pieces is None)
    assert whole is None or whole.astype("str").equals(in_pieces.astype("str"))


@given(st.text('";\n a', max_size=14))
def test_marks_have_their_places_where_a_strict_reader_says_so(text: str) -> None:
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=";", strict=True))
    except csv.Error:
        rows = None
    inside = inside_marks(np.frombuffer(text.encode(), np.uint8), ";") if text else np.zeros(0)
    plain = [cell for line in text.split("\n") for cell in line.split(";")]
    if rows is None:
        assert inside is None
    elif inside is None:
        # The reader takes a mark in the middle of a cell as it stands; so does the slow way.
        assert any('"' in cell.lstrip('"') for cell in plain) or text.count('"') % 2
