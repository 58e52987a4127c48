"""Workbooks as other programs write them: every row, every cell, or the place of what is no value."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import write_workbook

from blupkit import core
from blupkit.core.reading.changed import changed_rows
from blupkit.core.reading.marks import OddError, parsed, searched
from blupkit.core.reading.workbook import Book

SHEET = "xl/worksheets/sheet1.xml"
KNOWN = {"nr": True, "by": True, "q1": True}
HEAD: list[object] = ["nr", "by", "q1"]


def changed(path: Path, old: str, new: str, part: str = SHEET) -> Path:
    """Write a part of a workbook anew, as another program might have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w") as other:
        for name in book.namelist():
            content = book.read(name)
            if name == part:
                text, times = re.subn(old, new, content.decode())
                assert times
                content = text.encode()
            other.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def people(path: Path, sheet: str | None = None) -> dict[str, list[str]]:
    return core.read_table(path, sheet=sheet, known=KNOWN).to_dict("list")  # type: ignore[return-value]


def said(path: Path, known: dict[str, bool] | None = KNOWN) -> str:
    with pytest.raises(core.FileError) as caught:
        core.read_table(path, known=known)
    return str(caught.value)


@pytest.mark.parametrize("dimension", ["A1:C3", "A1", "B2:B2", "A1:C9999"])
def test_every_row_is_read_whatever_the_sheet_says_of_its_size(tmp_path: Path, dimension: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, *([n, "Sandby", 4] for n in range(1, 8))]})
    changed(path, r'<dimension ref="[^"]*"/>', f'<dimension ref="{dimension}"/>')
    assert people(path)["nr"] == list("1234567")


def test_a_row_that_begins_with_an_error_or_a_sign_of_number_is_a_respondent(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEAD, ["#N/A", "Sandby", 4], ["#12 Ida", "Sandby", "#DIV/0!"], [3, "Sandby", 5]]
    found = people(write_workbook(tmp_path / "a.xlsx", {"Svar": rows}))
    assert found == {"nr": ["#N/A", "#12 Ida", "3"], "by": ["Sandby"] * 3, "q1": ["4", "#DIV/0!", "5"]}


def test_what_a_person_keeps_begins_with_remarks_and_holds_no_errors(tmp_path: Path) -> None:
    rows: list[list[object]] = [["# Én række pr. spørgsmål."], HEAD, [1, "Sandby", 4], ["# 2", "Sandby", 4]]
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": rows})
    assert core.read_table(path)["nr"].tolist() == ["1", "# 2"]
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "#REF!", 4], [2, "x", "#N/A"]]})
    assert said(path, None).startswith("a.xlsx, række 2: Her står »fejlværdier i arket »Svar«: B2, C3«")


@pytest.mark.parametrize("result", ["<v></v>", "<v/>", "", "<v> </v>"])
def test_formulas_that_nobody_computed_are_refused_with_their_cells(tmp_path: Path, result: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, *([n, "Sandby", "=1+3"] for n in range(1, 14))]})
    changed(path, r"<v></v>|<v ?/>", result)
    text = said(path)
    assert "»formler uden resultat i arket »Svar«: C2, C3, C4, C5, C6, C7, C8, C9, C10, C11 og 3 til«" in text
    assert "Åbn filen i Excel" in text


def test_a_formula_with_its_result_is_read_an_empty_text_too(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", "=1+3"], [2, "Sandby", '=IF(1=2,"x","")']]}
    )
    changed(path, r'<c r="C2"><f>1\+3</f><v></v>', '<c r="C2"><f>1+3</f><v>4</v>')
    changed(path, r'<c r="C3">(<f>.*?</f>)<v></v>', r'<c r="C3" t="str">\1<v></v>')
    assert people(path)["q1"] == ["4", ""]


def test_a_nought_of_a_program_that_does_not_compute_is_no_result(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", "=1+3"]]})
    changed(path, "<v></v>", "<v>0</v>")
    assert "formler uden resultat i arket »Svar«: C2" in said(path)
    changed(path, ' fullCalcOnLoad="1"', "", "xl/workbook.xml")  # as Excel saves it
    assert people(path)["q1"] == ["0"]


def test_an_escaped_line_end_is_one_and_an_escaped_word_is_that_word(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEAD, [1, "a_x000D_\nb", "_x005F_x000D_"], [2, "c\r\nd", "e\rf"]]
    found = people(write_workbook(tmp_path / "a.xlsx", {"Svar": rows}))
    assert found["by"] == ["a\nb", "c\nd"]
    assert found["q1"][0] == "_x000D_"


def test_each_kind_of_value_is_written_as_before(tmp_path: Path) -> None:
    values: list[object] = [
        *(4, 4.5, True, 12345678901234, "æ ", datetime.datetime(2027, 3, 1, 9, 30, 5), datetime.date(2027, 3, 1)),
        *(datetime.time(9, 30), datetime.timedelta(hours=25, minutes=30)),
    ]
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [[f"h{n}" for n, _ in enumerate(values)], values]})
    assert core.read_table(path).iloc[0].tolist() == [
        *("4", "4.5", "True", "12345678901234", "æ ", "2027-03-01 09:30:05", "2027-03-01 00:00:00"),
        *("09:30:00", "1 day, 1:30:00"),
    ]


def test_yes_and_the_number_1_in_one_column_stay_apart(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, *([n, "x", n % 3 == 0 or 1.0] for n in range(1, 7))]})
    assert people(path)["q1"] == ["1", "1", "True"] * 2


def test_ids_with_more_digits_than_a_spreadsheet_keeps_stay_apart(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", 4], [2, "Sandby", 4]]})
    changed(path, '(<c r="A([23])"[^>]*>)<v>.</v>', r"\1<v>1234567890123456\2</v>")
    assert people(path)["nr"] == ["12345678901234562", "12345678901234563"]


def test_a_table_that_begins_further_in_is_read_and_its_rows_are_the_spreadsheets(tmp_path: Path) -> None:
    empty: list[object] = []
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [empty, empty, [None, *HEAD], [None, 1, "Sandby", 4], empty]})
    table = core.read_table(path, known=KNOWN)
    assert table["by"].tolist() == ["Sandby"]
    assert table.index.tolist() == [4]
    gone = changed_rows(path, "a.xlsx", lambda row, cells: [""] * len(cells) if row == 4 else cells)
    (tmp_path / "b.xlsx").write_bytes(gone)
    assert people(tmp_path / "b.xlsx")["by"] == []


@pytest.mark.parametrize("titles", [1, 2])
def test_the_heading_is_found_below_titles_of_a_sheet(tmp_path: Path, titles: int) -> None:
    above: list[list[object]] = [["Rapport"], ["Hentet", "3. maj"]][:titles]
    table = core.read_table(
        write_workbook(tmp_path / "a.xlsx", {"S": [*above, [], HEAD, [1, "Sandby", 4]]}), known=KNOWN
    )
    assert (table["nr"].tolist(), table.index.tolist()) == (["1"], [titles + 3])
    assert table.attrs["told"][0].found.startswith(str(titles))


def test_the_sheet_behind_a_cover_is_found_and_two_sheets_of_answers_are_refused(tmp_path: Path) -> None:
    cover: list[list[object]] = [["Undersøgelse", "maj"], ["Kommune", "Sandby"]]
    answers: list[list[object]] = [HEAD, [1, "Sandby", 4]]
    path = write_workbook(tmp_path / "a.xlsx", {"Forside": cover, "Svar": answers, "Noter": [["nr"], ["x"]]})
    assert people(path)["nr"] == ["1"]
    path = write_workbook(tmp_path / "b.xlsx", {"Sandby": answers, "Ærøsund": [HEAD, [2, "Ærøsund", 4]]})
    assert "Her står »svar på flere ark: »Sandby« og »Ærøsund««" in said(path)
    assert people(path, "Ærøsund")["nr"] == ["2"]


def test_a_row_that_is_wider_than_the_heading_is_told(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", 4], [2, "Sandby", 4, "?"]]})
    assert said(path).startswith("a.xlsx, række 3: Her står »4 celler«. Forventet: højst 3 celler")


def test_a_formula_is_lost_by_no_change_of_the_rows(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", "=1+3"]]})
    changed(path, "<v></v>", "<v>4</v>")
    with pytest.raises(core.FileError, match="formler, hvis resultat ville gå tabt"):
        changed_rows(path, "a.xlsx", lambda row, cells: cells)


def test_a_sheet_that_is_no_table_is_refused(tmp_path: Path) -> None:
    assert "ingen rækker" in said(write_workbook(tmp_path / "a.xlsx", {"Svar": []}))
    changed(write_workbook(tmp_path / "b.xlsx", {"Svar": [HEAD]}), "</sheetData>", "")
    assert "ikke kan åbnes som Excel-projektmappe" in said(tmp_path / "b.xlsx")
    changed(
        write_workbook(tmp_path / "c.xlsx", {"Svar": [HEAD]}), "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'
    )
    assert "ikke kan åbnes som Excel-projektmappe" in said(tmp_path / "c.xlsx")


def test_another_spelling_of_the_same_sheet_is_read(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "#N/A", 4]]})
    changed(path, "<(/?)(worksheet|sheetData|row|c|v|is|t)(?=[ />])", r"<\1x:\2")
    changed(path, "xmlns=", "xmlns:x=")
    assert people(path)["by"] == ["#N/A"]
    book = Book(path, "a.xlsx")
    assert (book.sheets, book.sheet("Svar").rows[1]) == (["Svar"], [1.0, "#N/A", 4.0])


def test_a_sheet_of_which_rows_would_be_lost_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, *([n, "Sandby", 4] for n in range(1, 8))]})
    changed(path, "(<c r=.[A-C])5", r"\g<1>4")  # the fourth person in the place of the third
    assert "ikke kan åbnes som Excel-projektmappe" in said(path)


def test_rows_of_empty_texts_are_no_rows(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Svar": [HEAD, [1, "Sandby", 4], ["x", "x", "x"]]})
    changed(path, "<t>x</t>", "<t></t>")
    assert people(path)["nr"] == ["1"]


#: A text in the cell itself, where the cell does not say that it has one.
CELL_TEXT = '<is><t>han skrev t="e" </t></is>'
CELL = st.tuples(
    st.sampled_from(["", ' t="e"', " t='e'", ' t = "str"', ' t="inlineStr"', ' s="1" t="n"']),
    st.sampled_from(["", "<f>1+1</f>", "<f/>", '<f t="shared" si="0"/>', "<f>A1</f >"]),
    st.sampled_from(["", "<v/>", "<v></v>", "<v>0</v>", "<v>4</v>", "<v>#N/A</v>", "<v>1234567890123456789</v>"]),
    st.sampled_from(["", CELL_TEXT, "<!-- <c r='A1' t='e'> -->"]),
)


@given(st.lists(st.lists(CELL | st.none(), max_size=4), max_size=5), st.booleans(), st.booleans(), st.booleans())
@example([[("", "", "", CELL_TEXT)]], False, False, True)
def test_the_quick_search_finds_what_a_parser_finds(
    rows: list[list[tuple[str, str, str, str] | None]], unsaved: bool, digits: bool, named: bool
) -> None:
    def written(row: int, column: int, cell: tuple[str, str, str, str] | None) -> str:
        place = f' r="{"ABCD"[column]}{row}"' if named else ""
        return f"<c{place}/>" if cell is None else f"<c{place}{cell[0]}>{''.join(cell[1:])}</c>"

    body = "".join(
        f'<row r="{row}">{"".join(written(row, column, cell) for column, cell in enumerate(cells))}</row>'
        for row, cells in enumerate(rows, start=1)
    )
    raw = f'<?xml version="1.0"?><worksheet xmlns="x"><cols><col min="1"/></cols>{body}</worksheet>'.encode()
    expected = parsed(io.BytesIO(raw), unsaved=unsaved, digits=digits)
    try:
        found = searched(io.BytesIO(raw), unsaved=unsaved, digits=digits)
    except OddError:
        assert b"<!--" in raw or not named
    else:
        assert found._replace(bare=sorted(found.bare)) == expected
