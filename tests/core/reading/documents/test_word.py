"""Word files come out as whoever opens them in Word sees them."""

from __future__ import annotations

import re

import pytest
from core.reading.documents.document_support import ALTERNATIVES, STRICT, WORD, p, r, w, word_file
from lxml import etree

from blupkit.core import FileError
from blupkit.core.reading.documents.flow import Aside, Table
from blupkit.core.reading.documents.word import read_word

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText> REF a \\h </w:instrText></w:r>"


def lines(body: str, **beside: str) -> list[str | Table]:
    return list(read_word(word_file(body, **beside), "a.docx").blocks)


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def control(content: str) -> str:
    return w("sdt", w("sdtContent", content))


def box(text: str) -> str:
    return w("txbxContent", p(r(text)))


def moved(text: str) -> str:
    return f"<w:moveFrom>{r(text)}</w:moveFrom>"


ALSO = (
    f'<mc:AlternateContent xmlns:mc="{ALTERNATIVES}"><mc:Choice Requires="wps"><w:drawing>{{}}</w:drawing></mc:Choice>'
)
ALSO += "<mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent>"


def form(data: str) -> str:
    """Write a field of an older form as Word does: what is shown stands in its data, and in no result."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{w("ffData", data)}</w:fldChar></w:r>'
    return begin + "<w:r><w:instrText> FORM </w:instrText></w:r>" + FIELD.format("separate") + FIELD.format("end")


TOWNS = '<w:listEntry w:val="Faxe"/><w:listEntry w:val="Stevns"/>'


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (p(r("L1: Det er ") + w("ins", r("ikke ")) + deleted("altid ") + r("nemt.")), ["L1: Det er ikke nemt."]),
        (p(moved("Før. ")) + p(w("moveTo", r("Efter."))), ["", "Efter."]),
        (p(r("L1: Vi "), "<w:rPr><w:del/></w:rPr>") + p(r("venter.")) + p(r("A1: Ja.")), ["L1: Vi venter.", "A1: Ja."]),
        (p(deleted("L1: Væk."), "<w:rPr><w:del/></w:rPr>") + p(r("A1: Her.")), ["A1: Her."]),
        (p(r("L1: "), "<w:rPr><w:ins/></w:rPr>") + p(r("Ny linje.")), ["L1: ", "Ny linje."]),
        (control(p(r("A1: Blok."))), ["A1: Blok."]),
        (p(r("A1: ") + control(r("midt i")) + r(" linjen.")), ["A1: midt i linjen."]),
        (w("customXml", p(w("smartTag", r("Bo")) + r(": Ja."))), ["Bo: Ja."]),
        (p(w("hyperlink", r("her")) + w("fldSimple", r(" nu"))), ["her nu"]),
        (p(FIELD.format("begin") + CODE + FIELD.format("separate") + r("side 3") + FIELD.format("end")), ["side 3"]),
        (p(FIELD.format("begin") + r("indre") + FIELD.format("separate") + r("svar") + FIELD.format("end")), ["svar"]),
        (
            p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"),
            ["a\nb\tc-d"],
        ),
        (p("<w:r><w:t>sam</w:t><w:softHyphen/><w:t>ar</w:t><w:cr/><w:t>bejde</w:t></w:r>"), ["samar\nbejde"]),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Arial" w:char="00E6"/></w:r>'), ["→æ"]),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>'), ["☑☐"]),
        (p(r("Fra ") + form(f'<w:ddList><w:result w:val="1"/>{TOWNS}</w:ddList>') + r(".")), ["Fra Stevns."]),
        (p(form(f'<w:ddList><w:default w:val="1"/>{TOWNS}</w:ddList>')), ["Stevns"]),
        (p(form(w("ddList", TOWNS))), ["Faxe"]),
        (p(form(f'<w:ddList><w:result w:val="9"/>{TOWNS}</w:ddList>') + r("ja")), ["ja"]),
        (p(form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + r(" ja")), ["☒ ja"]),
        (p(form('<w:checkBox><w:default w:val="1"/></w:checkBox>') + r(" ja")), ["☒ ja"]),
        (p(form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>') + r(" ja")), ["☐ ja"]),
        (p(w("r", w("ruby", w("rt", r("lyd")) + w("rubyBase", r("ord"))))), ["ord"]),
        (p(r("L1: Ja.") + w("r", w("pict", box("A1: Boks.")))), ["L1: Ja.", "A1: Boks."]),
        (p(r("L1: ") + w("r", ALSO.format(box("to"), box("to"))) + r("en")), ["L1: en", "to"]),
        (p("<w:r><w:t>to\nlinjer i filen</w:t></w:r>"), ["to linjer i filen"]),
        (p("<m:oMath xmlns:m='m'><m:f><m:num><m:r><m:t>n</m:t></m:r></m:num></m:f></m:oMath>"), ["n"]),
    ],
)
def test_what_is_seen_is_read_once_and_in_its_place(body: str, seen: list[str]) -> None:
    assert lines(body) == seen


HIDDEN = (
    '<w:style w:type="character" w:styleId="Skjult"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Arver"><w:basedOn w:val="Skjult"/></w:style>'
    '<w:style w:type="character" w:styleId="Vises"><w:basedOn w:val="Skjult"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "seen"),
    [
        (p(r("Set. ") + r("Skjult.", "<w:vanish/>")), "Set. "),
        (p(r("Set.", '<w:vanish w:val="false"/>')), "Set."),
        (p(r("Skjult.", '<w:rStyle w:val="Arver"/>') + r("Set.")), "Set."),
        (p(r("Set.", '<w:rStyle w:val="Vises"/>')), "Set."),
        (p(r("Skjult."), '<w:pStyle w:val="Note"/>'), ""),
        (p(r("Set.", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Note"/>'), "Set."),
        (p(r("Set.", '<w:rStyle w:val="Skjult"/>'), '<w:pStyle w:val="Note"/>'), "Set."),
    ],
)
def test_hidden_text_is_not_read_whatever_hides_it(paragraph: str, seen: str) -> None:
    document = read_word(word_file(paragraph, styles=HIDDEN), "a.docx")
    assert document.blocks == (seen,)
    assert document.asides == ({} if "Skjult." not in paragraph else {Aside.HIDDEN: ["Skjult."]})


def test_a_hidden_end_of_a_paragraph_joins_it_with_the_next() -> None:
    assert lines(p(r("L1: Vi "), "<w:rPr><w:vanish/></w:rPr>") + p(r("venter."))) == ["L1: Vi venter."]


def test_tables_are_read_as_rows_without_what_was_deleted() -> None:
    def cell(*paragraphs: str, properties: str = "") -> str:
        return w("tc", w("tcPr", properties) + "".join(p(r(text)) for text in paragraphs))

    gone = w("tr", w("trPr", "<w:del/>") + cell("væk"))
    held = control(w("tr", cell("Bo") + cell("Ja.", "Nej.")))
    row = w("tr", control(cell("Ida")) + cell("væk", properties="<w:cellDel/>") + cell("Jo."))
    table = w("tbl", held + gone + row)
    assert lines(p(r("Før")) + table + p(r("Efter"))) == ["Før", Table((("Bo", "Ja.\nNej."), ("Ida", "Jo."))), "Efter"]


def test_what_stands_beside_the_text_is_given_beside_it() -> None:
    unfilled = w("sdt", w("sdtPr", "<w:showingPlcHdr/>") + w("sdtContent", r("Klik her")))
    document = read_word(
        word_file(
            p(r("L1: Ja.") + deleted("Nej.") + unfilled),
            comments=f"<w:comment>{p(r('Husk det.'))}</w:comment>",
            footnotes=f'<w:footnote w:type="separator">{p(r("-"))}</w:footnote>' + w("footnote", p(r("Se bilag."))),
            endnotes=f"<w:endnote>{p(r('Slut.'))}</w:endnote>",
            header1=p(r("Interview 3")),
            footer1=p(r("Side 1")),
        ),
        "a.docx",
    )
    assert document.blocks == ("L1: Ja.",)
    assert document.asides == {
        Aside.DELETED: ["Nej."],
        Aside.PLACEHOLDERS: ["Klik her"],
        Aside.COMMENTS: ["Husk det."],
        Aside.NOTES: ["Se bilag.", "Slut."],
        Aside.MARGINS: ["Interview 3", "Side 1"],
    }


@pytest.mark.parametrize(("namespace", "main"), [(STRICT, "word/document.xml"), (WORD, "word/document2.xml")])
def test_every_way_to_write_the_format_is_read(namespace: str, main: str) -> None:
    raw = word_file(p(r("L1: Ja.") + r("Skjult", '<w:rStyle w:val="Skjult"/>')), namespace, main, styles=HIDDEN)
    assert read_word(raw, "a.docx").blocks == ("L1: Ja.",)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (p(r("L1: Ja.")) + "<w:altChunk/>", "a.docx, række 2: Her står »et andet dokument, som er indlejret"),
        (p(r("L1: ") + FIELD.format("begin") + r("Ja.")), "et felt, der ikke slutter"),
    ],
)
def test_what_cannot_be_read_where_it_stands_is_refused(body: str, message: str) -> None:
    with pytest.raises(FileError, match=re.escape(message)):
        lines(body)


@pytest.mark.parametrize("broken", ["<w:p>", "<!DOCTYPE a><w:p/>"])
def test_broken_xml_is_refused_with_its_part(broken: str) -> None:
    raw = word_file(p(r("L1: Ja.")), comments=broken)
    with pytest.raises(FileError, match=re.escape("a.docx (word/comments.xml)")):
        read_word(raw, "a.docx")


def test_all_bodies_of_a_file_are_read() -> None:
    assert lines("</w:body><w:body>" + p(r("L1: Ja.")) + "</w:body><w:body>" + p(r("A1: Nej."))) == [
        "L1: Ja.",
        "A1: Nej.",
    ]


def test_every_word_of_a_long_document_comes_out_once() -> None:
    words = [f"ord{number}" for number in range(2_000)]
    boxed = w("r", ALSO.format(box("{0} "), box("{0} ")))
    ways = (
        r("{0} "), w("ins", r("{0} ")), w("hyperlink", r("{0} ")), control(r("{0} ")), deleted("{0} "),
        r("{0} ", "<w:vanish/>"), boxed,
    )  # fmt: skip
    runs = [ways[number % 7].format(word) for number, word in enumerate(words)]
    body = "".join(p("".join(runs[start : start + 20])) for start in range(0, 2_000, 20))
    root = etree.fromstring(f'<a xmlns:w="{WORD}" xmlns:mc="{ALTERNATIVES}">{body}</a>')
    unseen = "ancestor::w:del | ../w:rPr/w:vanish | ancestor::mc:Fallback"
    names = {"w": WORD, "mc": ALTERNATIVES}
    counted = [node.text.strip() for node in root.iter(f"{{{WORD}}}t") if not node.xpath(unseen, namespaces=names)]
    read = " ".join(map(str, lines(body))).split()
    assert sorted(read) == sorted(counted)
    assert len(read) == 2_000 - len(range(4, 2_000, 7)) - len(range(5, 2_000, 7))
