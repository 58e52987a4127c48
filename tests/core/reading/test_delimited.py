"""Quotation marks that people write, and what stands above a table: nobody is swallowed or taken for a title."""

from __future__ import annotations

from pathlib import Path

import pytest

from blupkit import core
from blupkit.core.reading.heading import spelt

KNOWN = {spelt(name): True for name in ("nr", "by", "svar", "q1", "q2")}
HEAD = ["nr", "by", "svar", "q1", "q2"]


def lines(said: dict[int, str], count: int = 6) -> list[list[str]]:
    return [[str(n), "Sandby", said.get(n, "ja"), "4", str(1 + n % 5)] for n in range(1, count + 1)]


def written(
    folder: Path, rows: list[list[str]], separator: str = ";", encoding: str = "utf-8", above: str = ""
) -> Path:
    """Write a table as a program does that puts no quotation marks around anything."""
    path = folder / "svar.csv"
    path.write_bytes((above + "".join(separator.join(row) + "\r\n" for row in [HEAD, *rows])).encode(encoding))
    return path


def sent(path: Path) -> dict[str, list[str]]:
    table = core.read_table(path, complete=True, repeated=True, known=KNOWN)
    return table.astype("str").to_dict("list")  # type: ignore[return-value]


def said(path: Path) -> str:
    with pytest.raises(core.FileError) as caught:
        core.read_table(path, complete=True, repeated=True, known=KNOWN)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "answers",
    [
        {2: '"så kom vi', 5: '"hvad nu'},  # each begins a cell
        {2: '"nå', 3: 'et "rør" på 5"', 4: '"færdig" sagde hun'},
        {1: 'på "gensyn', 6: '"'},
    ],
)
def test_marks_that_nobody_doubled_swallow_nobody(
    tmp_path: Path, separator: str, encoding: str, answers: dict[int, str]
) -> None:
    rows = lines(answers)
    read = sent(written(tmp_path, rows, separator, encoding))
    assert read == {head: [row[place] for row in rows] for place, head in enumerate(HEAD)}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_mark_at_a_beginning_and_one_at_an_end_are_refused_with_the_row(tmp_path: Path, separator: str) -> None:
    # To a program, all between the two is one answer, with its marks in place: only the lines inside tell.
    text = said(written(tmp_path, lines({2: '"aldrig mere', 4: 'hos os"'}), separator))
    assert text.startswith("svar.csv, række 3: Her står »et anførselstegn, der samler linje 3-5 til én række«")


def test_a_mark_that_takes_cells_of_its_own_line_along_is_refused_with_the_row(tmp_path: Path) -> None:
    rows = lines({})
    rows[3][1], rows[3][2] = '"Sandby', 'ja"'
    assert said(written(tmp_path, rows)).startswith("svar.csv, række 5: Her står »anførselstegn, der samler celler")


def test_stray_marks_beside_cells_in_marks_are_refused_with_the_row(tmp_path: Path) -> None:
    text = said(written(tmp_path, lines({1: '"ja; måske"', 3: '"nå', 5: '"hvad'})))
    assert text.startswith("svar.csv, række 4: Her står »et anførselstegn midt i et svar«")
    assert "Hent den igen som Excel (.xlsx)" in text


@pytest.mark.parametrize("quote", ["{}", '"{}"'])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_an_answer_over_several_lines_with_doubled_marks_is_read(tmp_path: Path, quote: str, encoding: str) -> None:
    answer = 'Først: "ja; nej; måske"\nså\n\n1; 2; 3; 4\nog "slut"'
    rows = lines({2: '"' + answer.replace('"', '""') + '"', 4: '""""'})
    plain = [[cell if cell.startswith('"') else quote.format(cell) for cell in row] for row in rows]
    assert sent(written(tmp_path, plain, encoding=encoding))["svar"] == ["ja", answer, "ja", '"', "ja", "ja"]


def test_a_table_that_a_person_keeps_may_have_whatever_lines_in_a_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('kode;navn;note\n1;A;"x\n2;B;y"\n3;C;z\n', "utf-8")
    assert core.read_table(tmp_path / "a.csv")["note"].tolist() == ["x\n2;B;y", "z"]


@pytest.mark.parametrize("above", ["sep=;\n", '"sep=;"\n', "SEP=;\r\n"])
def test_the_line_that_tells_excel_the_separator_is_no_row(tmp_path: Path, above: str) -> None:
    path = written(tmp_path, lines({}), above=above)
    assert sent(path)["nr"] == list("123456")
    assert core.read_table(path, known=KNOWN).index.tolist() == [2, 3, 4, 5, 6, 7]  # as Excel numbers them


@pytest.mark.parametrize(
    ("above", "titles"), [("Rapport, hentet 3. maj, kl. 9\n\n", 1), ("Undersøgelse;Sandby\nAntal;6\n", 2)]
)
def test_the_heading_is_found_below_titles_which_are_told_of(tmp_path: Path, above: str, titles: int) -> None:
    path = written(tmp_path, lines({}), above=above)
    table = core.read_table(path, known=KNOWN)
    assert table.columns.tolist() == HEAD
    assert table.index.tolist() == [4, 5, 6, 7, 8, 9]
    assert table.attrs["told"][0].found.startswith(f"{titles} række")


def test_a_row_that_may_be_a_respondent_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;y;z\n1;;\nnr;by;svar\n", "utf-8")
    assert core.read_table(tmp_path / "a.csv", known=KNOWN)["x"].tolist() == ["1", "nr"]


def test_in_what_was_sent_a_sign_of_number_begins_a_heading_or_an_answer(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("#;by;svar\n#1;Sandby;ja\n#2;Sandby;nej\n", "utf-8")
    assert core.read_table(tmp_path / "a.csv", known=KNOWN)["#"].tolist() == ["#1", "#2"]


def test_equal_headings_are_told_apart_by_place_and_names_of_one_column_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr;Andet;q1;Andet\n1;a;4;b\n", "utf-8")
    for repeated in (False, True):
        table = core.read_table(tmp_path / "a.csv", known=KNOWN, repeated=repeated)
        assert table.astype("str").to_dict("list") == {"nr": ["1"], "Andet": ["a"], "q1": ["4"], "Andet2": ["b"]}
    (tmp_path / "a.csv").write_text("nr;q1;q1\n1;4;5\n", "utf-8")
    assert "Her står »q1«. Forventet: et navn til hver kolonne" in said(tmp_path / "a.csv")


def test_signs_that_nobody_sees_are_no_part_of_a_heading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\ufeff\ufeffnr;by\u200b;q1\u00a0\n1;Sandby;4\n", "utf-8")
    assert core.read_table(tmp_path / "a.csv", known=KNOWN).columns.tolist() == ["nr", "by", "q1"]


@pytest.mark.parametrize("known", [None, {}, KNOWN])
def test_an_upright_line_separates_cells_and_other_signs_stay_in_them(
    tmp_path: Path, known: dict[str, bool] | None
) -> None:
    path = tmp_path / "svar.csv"
    path.write_text('nr|svar, hvis; du vil|by\n1|ja; gerne, tak|Sandby\n2|"a|b"|Holm\n', "utf-8")
    read = core.read_table(path, complete=True, known=known).astype("str").to_dict("list")
    assert list(read.values()) == [["1", "2"], ["ja; gerne, tak", "a|b"], ["Sandby", "Holm"]]


@pytest.mark.parametrize("known", [None, {}, KNOWN])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_an_upright_line_in_headings_and_answers_separates_nothing(
    tmp_path: Path, known: dict[str, bool] | None, separator: str
) -> None:
    # More upright lines than separators in the heading.
    rows = [["nr", "Kryds | mad | ofte", "Kryds | leg | ofte"], ["1", "ja | nej", "4"], ["2", "nej", "5"]]
    path = tmp_path / "svar.csv"
    path.write_text("".join(separator.join(row) + "\n" for row in rows), "utf-8")
    read = core.read_table(path, complete=True, known=known).astype("str").to_dict("list")
    assert [list(read), *zip(*read.values(), strict=True)] == [rows[0], *map(tuple, rows[1:])]


def test_an_answer_may_be_longer_than_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr;svar\n1;" + "ord " * 60_000 + "\n2\n", "utf-8")
    assert len(core.read_table(tmp_path / "a.csv")["svar"].iloc[0]) == 240_000


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument-regneark",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ældre slags (.xls), eller en med adgangskode"),
        (b"<html><table>", "en webside"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "en Excel-projektmappe med endelsen .csv"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_name(tmp_path: Path, start: bytes, found: str) -> None:
    (tmp_path / "svar.xlsx").write_bytes(start)
    (tmp_path / "svar.csv").write_bytes(start)
    name = "svar.csv" if "csv" in found else "svar.xlsx"
    text = said(tmp_path / name)
    assert found in text
    assert ".xlsx" in text
