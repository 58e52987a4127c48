"""Tables that a person keeps: read whole, or with what is wrong in words."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import BlupkitError
from blupkit.interviews.transcripts.sheet import load_sheet, read_sheet

HEADS = {"kode": "kodens nummer", "navn": "kodens navn"}


def test_cells_have_no_blanks_around_them_and_keep_their_row(make_study: Any) -> None:
    study = make_study({"ark.csv": "navn;kode\n# ;  1.1 \nMandat;\n"})
    sheet = read_sheet(study, "ark.csv", HEADS, ["note"])
    assert sheet.table.values.tolist() == [["1.1", "#", ""], ["", "Mandat", ""]]
    fault = sheet.warning(3, "kode", "", "kodens nummer", "Udfyld cellen.")
    assert (fault.row, fault.found, fault.level.value) == (3, "en tom celle", "advarsel")
    assert sheet.wrong([fault]).checked() is sheet.table
    with pytest.raises(BlupkitError, match="Udfyld cellen"):
        sheet.wrong([sheet.fault(3, "kode", "", "kodens nummer", "Udfyld cellen.")]).checked()


def test_a_table_that_is_not_there_is_empty_and_one_that_cannot_be_read_says_why(make_study: Any) -> None:
    study = make_study({"ark.csv": "kode\n1.1\n"})
    assert load_sheet(study, None, HEADS).checked().empty
    sheet = load_sheet(study, "ark.csv", HEADS)
    assert sheet.table.empty
    assert [fault.action for fault in sheet.faults] == ["Tilføj kolonnen »navn«."]


def test_cells_are_read_as_they_look(make_study: Any) -> None:
    odd = "A\N{COMBINING RING ABOVE}bro;Ra\N{SOFT HYPHEN}vn\N{NO-BREAK SPACE}Bro\N{ZERO WIDTH SPACE}\n"
    sheet = read_sheet(make_study({"ark.csv": f"kode;navn\n{odd}"}), "ark.csv", HEADS)
    assert sheet.table.values.tolist() == [["Åbro", "Ravn Bro"]]
