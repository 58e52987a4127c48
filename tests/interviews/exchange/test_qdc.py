"""The codebook alone: ours to others, and others' to us."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from interviews.exchange.exchange_support import CODEBOOK, CODES
from lxml import etree

from blupkit.core import FileError
from blupkit.interviews import Codebook, read_qdc, write_qdc


def test_a_codebook_goes_out_and_comes_back(tmp_path: Path) -> None:
    write_qdc(tmp_path / "a.qdc", CODEBOOK)
    codes, faults = read_qdc(tmp_path / "a.qdc")
    assert codes.values.tolist() == CODES[codes.columns.tolist()].values.tolist()
    assert faults == []
    raw = (tmp_path / "a.qdc").read_bytes()
    root = etree.fromstring(raw)
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert [name.get("isCodable") for name in root[0]] == ["false"] * 3


def test_taguettes_codebook_is_read_though_it_is_not_valid(tmp_path: Path) -> None:
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.4">'
        '<Codes><Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="1.1 Mandat" isCodable="true"/>'
        '<Code guid="65F5FCE7-0698-5E8D-A25E-1CE8E5F3A1A5" name="Tillid" isCodable="true"/></Codes><Sets/></CodeBook>'
    )
    (tmp_path / "a.qdc").write_text(xml, "utf-8")
    codes, faults = read_qdc(tmp_path / "a.qdc")
    assert codes[["code", "name"]].values.tolist() == [["1.1", "Mandat"], ["Tillid", "Tillid"]]
    assert faults == []


@pytest.mark.parametrize("head", ["path,description", "tag,parent,description,number of highlights"])
def test_taguettes_table_of_tags_is_read(tmp_path: Path, head: str) -> None:
    between = "," if "parent" in head else ""
    (tmp_path / "a.csv").write_text(
        f'{head}\r\n1.1 Mandat{between},"Hvad man, kan love"\r\nTillid{between},\r\n', "utf-8"
    )
    codes, _ = read_qdc(tmp_path / "a.csv")
    assert codes[["code", "name", "definition"]].values.tolist() == [
        ["1.1", "Mandat", "Hvad man, kan love"],
        ["Tillid", "Tillid", ""],
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.qdc", "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes/></CodeBook>", "0 koder"),
        ("a.qdc", "hej", "XML, der ikke kan læses"),
        ("a.csv", "emne,forklaring\nx,y\n", "en kolonne »path« eller »tag«"),
    ],
)
def test_files_that_are_no_codebook_are_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(FileError, match=re.escape(says)):
        read_qdc(tmp_path / name)


def as_taguette_reads(path: Path) -> list[tuple[str, str]]:
    """Read a table of tags by the rules of Taguette's import: one column for the tag, rows as long as the headings."""
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    heads = [head.lower() for head in rows[0]]
    assert sum(head in ("tag", "name", "path") for head in heads) == 1
    assert all(len(row) == len(heads) and row[0].strip() for row in rows[1:])
    paths = [row[heads.index("path")].strip() for row in rows[1:]]
    assert len(set(paths)) == len(paths)
    assert max(map(len, paths)) <= 200
    return [(path, row[heads.index("description")].strip()) for path, row in zip(paths, rows[1:], strict=True)]


def test_a_codebook_goes_to_taguette_and_back(tmp_path: Path) -> None:
    path = tmp_path / "koder.csv"
    write_qdc(path, CODEBOOK)
    there = as_taguette_reads(path)
    assert [name for name, _ in there] == ["1.1 Mandat", "1.2 Andet", "2.1 Andet", "A Kode uden tal"]
    assert there[0][1].endswith("Eksempel: »Jeg må ikke love«\nKode: 1.1\nTema: 1 Roller")
    # Taguette's own export: other headings, and how often each tag was used.
    lines = [
        ["tag", "description", "number of highlights", "number of documents"],
        *([*each, "3", "1"] for each in there),
    ]
    with (tmp_path / "tilbage.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    for back in (path, tmp_path / "tilbage.csv"):
        codes, faults = read_qdc(back)
        assert faults == []
        columns = ["code", "theme", "theme_name", "name", "definition", "include", "exclude", "example"]
        assert codes[columns].values.tolist() == CODES[columns].values.tolist()


def test_a_name_that_is_too_long_for_taguette_is_cut_and_told(tmp_path: Path) -> None:
    codebook = Codebook(CODES.assign(name=[*CODES["name"][:2], "x" * 300, "y" * 300]))
    told = write_qdc(tmp_path / "koder.csv", codebook)
    assert told[-1] == "Koder, hvis navn er kortet af til 200 tegn: 2."
    assert len(as_taguette_reads(tmp_path / "koder.csv")) == 4
