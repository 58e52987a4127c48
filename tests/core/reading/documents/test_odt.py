"""OpenDocument texts come out as whoever opens them in LibreOffice sees them."""

from __future__ import annotations

import re

import pytest
from core.reading.documents.document_support import OPEN, in_zip, odt_file

from blupkit.core import FileError
from blupkit.core.reading.documents.flow import Aside, Table
from blupkit.core.reading.documents.odt import read_odt

P = "<text:p>{}</text:p>"
BOX = f"<draw:frame><draw:text-box>{P.format('A1: Boks.')}</draw:text-box></draw:frame>"
FIELD = (
    '<field:fieldmark xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' field:type="vnd.oasis.opendocument.field.{kind}">{held}</field:fieldmark>'
)
PARAM = '<field:param field:name="{}" field:value="{}"/>'
TOWNS = "".join(PARAM.format("Dropdown_ListEntry", town) for town in ("Faxe", "Stevns"))
TOWNS += PARAM.format("Dropdown_Selected", "1")
CONTROL = '<loext:content-control xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" {}'
CONTROL += ">{}</loext:content-control>"
CHANGES = (
    "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/>"
    "<text:p>væk</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (P.format("L1: <text:span>Vi </text:span>ses"), ["L1: Vi ses"]),
        (P.format("L1:\n   Ja<text:s text:c='2'/>nu<text:tab/>her"), ["L1: Ja  nu\ther"]),
        (P.format("L1: Ja.<text:line-break/>A1: Nej."), ["L1: Ja.\nA1: Nej."]),
        ("<text:h>Interview</text:h>" + P.format("A1: Ja."), ["Interview", "A1: Ja."]),
        (f"<text:list><text:list-item>{P.format('L1: En.')}</text:list-item></text:list>", ["L1: En."]),
        (f"<text:section>{P.format('L1: En.')}</text:section>", ["L1: En."]),
        (f"<text:section text:display='none'>{P.format('L1: En.')}</text:section>" + P.format("A1: To."), ["A1: To."]),
        (CHANGES + P.format("L1: Vi <text:change text:change-id='a'/>ses"), ["L1: Vi ses"]),
        (P.format("<text:change-start/>L1: Sat ind.<text:change-end/>"), ["L1: Sat ind."]),
        (P.format("L1: <text:a>her</text:a> <text:date>4. maj</text:date>"), ["L1: her 4. maj"]),
        (
            P.format("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>"),
            ["a"],
        ),
        (P.format(f"L1: Ja.{BOX}"), ["L1: Ja.", "A1: Boks."]),
        (f"{BOX}{P.format('L1: Ja.')}", ["A1: Boks.", "L1: Ja."]),
        (P.format("L1: <text:hidden-text text:is-hidden='true'>nej</text:hidden-text>ja"), ["L1: ja"]),
        (P.format(f"L1: {FIELD.format(kind='FORMDROPDOWN', held=TOWNS)}."), ["L1: Stevns."]),
        (P.format(FIELD.format(kind="FORMDROPDOWN", held="") + "ja"), ["ja"]),
        (P.format(FIELD.format(kind="FORMCHECKBOX", held=PARAM.format("Checkbox_Checked", "true")) + "ja"), ["☒ja"]),
        (P.format(FIELD.format(kind="FORMCHECKBOX", held="") + "ja"), ["☐ja"]),
        (P.format(CONTROL.format('loext:checkbox="true"', "☒") + " ja"), ["☒ ja"]),
    ],
)
def test_what_is_seen_is_read_once_and_in_its_place(body: str, seen: list[str]) -> None:
    assert list(read_odt(odt_file(body), "a.odt").blocks) == seen


STYLES = (
    "<style:style style:family='text' style:name='Skjult'><style:text-properties text:display='none'/></style:style>"
    "<style:style style:family='text' style:name='Arver' style:parent-style-name='Skjult'/>"
    "<style:style style:family='paragraph' style:name='Skjult'/>"
)


def test_hidden_text_is_not_read_whatever_hides_it() -> None:
    body = P.format("Set. <text:span text:style-name='Arver'>Skjult.</text:span>")
    document = read_odt(odt_file(body + "<text:p text:style-name='Skjult'>Også set.</text:p>", STYLES), "a.odt")
    assert document.blocks == ("Set. ", "Også set.")
    assert document.asides == {Aside.HIDDEN: ["Skjult."]}


def test_a_table_is_read_by_its_rows() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    cells = cell.format(P.format("Bo")) + cell.format(P.format("Ja.") + P.format("Nej."))
    row = f"<table:table-row>{cells}</table:table-row>"
    body = f"<table:table><table:table-header-rows>{row}</table:table-header-rows>{row}</table:table>"
    texts = ("Bo", "Ja.\nNej.")
    assert read_odt(odt_file(body), "a.odt").blocks == (Table((texts, texts)),)


def test_what_stands_beside_the_text_is_given_beside_it() -> None:
    body = f"<text:note-body>{P.format('Se bilag.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    comment = f"<office:annotation>{P.format('Husk det.')}</office:annotation>"
    margin = f"<style:master-page><style:header>{P.format('Interview 3')}</style:header></style:master-page>"
    unfilled = CONTROL.format('loext:showing-place-holder="true"', "Klik her")
    document = read_odt(odt_file(CHANGES + P.format(f"L1: Ja.{note}{comment}{unfilled}"), masters=margin), "a.odt")
    assert document.blocks == ("L1: Ja.",)
    assert document.asides == {
        Aside.NOTES: ["Se bilag."],
        Aside.COMMENTS: ["Husk det."],
        Aside.PLACEHOLDERS: ["Klik her"],
        Aside.MARGINS: ["Interview 3"],
        Aside.DELETED: ["væk"],
    }


def test_one_file_of_xml_is_read_too() -> None:
    names = f'xmlns:office="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0"'
    body = f"<office:body><office:text>{P.format('L1: Ja.')}</office:text></office:body>"
    assert read_odt(f"<office:document {names}>{body}</office:document>".encode(), "a.fodt").blocks == ("L1: Ja.",)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (odt_file("", manifest="<m:file-entry><m:encryption-data/></m:file-entry>"), "et dokument med adgangskode"),
        (in_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), "ikke kan åbnes som OpenDocument-tekst"),
        (in_zip({"content.xml": "<x>L1: Ja.</x>"}), "ikke kan åbnes som OpenDocument-tekst"),
        (b"PK\x03\x04", "en beskadiget fil"),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(FileError, match=re.escape(message)):
        read_odt(raw, "a.odt")
