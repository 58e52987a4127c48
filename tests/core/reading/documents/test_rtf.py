"""RTF documents come out as whoever opens them sees them."""

from __future__ import annotations

import pytest

from blupkit.core import FileError
from blupkit.core.reading.documents.flow import Aside, Table
from blupkit.core.reading.documents.rtf import read_rtf

FONTS = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset128 MS Mincho;}}"


def lines(body: bytes) -> list[str | Table]:
    return list(
        read_rtf(
            rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + rb"{\stylesheet{\s1 Normal;}}" + body + b"}", "a.rtf"
        ).blocks
    )


TOWNS = rb"{\*\ffl Faxe}{\*\ffl Stevns}"


def form(data: bytes) -> bytes:
    """Write a field of an older form; only a field of text has a result that is shown."""
    return rb"Fra {\field{\*\fldinst FORM {\*\formfield{" + data + rb"}}}{\fldrslt svar}}"


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (rb"L1: S\'e5 s\'f8gte vi.\par A1: Ja.\par", ["L1: Så søgte vi.", "A1: Ja."]),
        (rb"L1: \u197\'c5h\uc0\u229  nej", ["L1: Åhå nej"]),
        (rb"L1: \uc2\u229 ab\u248{}cd", ["L1: åøcd"]),
        (rb"{\f1 \'b9}{\f0 \'b9}{\f2 \'82\'a0}", ["ą¹あ"]),
        (rb"\u-10179?\u-8704? smil", ["😀 smil"]),
        (b"L1: \xe6ble\r\n og p\xe6re", ["L1: æble og pære"]),
        (rb"L1:\~Ja\_nej\-samt\line A1:\tab\'94nu\'94 \emdash \{her\}\\", ["L1: Ja-nejsamt\nA1:\t”nu” —{her}\\"]),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt her}} og {\b der}", ["her og der"]),
        (rb"{\info{\author Bo}}{\*\generator X;}{\pict 00ff}L1: Ja.", ["L1: Ja."]),
        (rb"{\listtext 1.\tab}L1: Ja.\par", ["L1: Ja."]),
        (rb"L1: a\bin4 }}{{b", ["L1: ab"]),
        (rb"{\plain\pard L1: Ja.\par}{\pard A1: Nej.\par}", ["L1: Ja.", "A1: Nej."]),
        (
            rb"L1: Ja.{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt A1: Boks.\par}}{\shprslt A1: Boks.}}\par",
            ["L1: Ja.", "A1: Boks."],
        ),
        (form(rb"\fftype2\ffres1\ffdefres0" + TOWNS) + rb".\par", ["Fra Stevns."]),
        (form(rb"\fftype2\ffres25\ffdefres1" + TOWNS) + rb".\par", ["Fra Stevns."]),
        (form(rb"\fftype2\ffres9" + TOWNS) + rb".\par", ["Fra ."]),
        (form(rb"\fftype1\ffres1\ffdefres0") + form(rb"\fftype1\ffres25\ffdefres0"), ["Fra ☒Fra ☐"]),
        (form(rb"\fftype0") + rb"\par", ["Fra svar"]),
        (rb"L1: {\deleted altid }{\revised aldrig}\par", ["L1: aldrig"]),
    ],
)
def test_what_is_seen_is_read_once_and_in_its_place(body: bytes, seen: list[str]) -> None:
    assert lines(body) == seen


def test_a_table_is_read_by_its_rows() -> None:
    row = rb"\trowd\pard\intbl Bo\cell Ja.\par Nej.\cell\row"
    assert lines(rb"F\'f8r\par" + row + row + rb"\pard Efter\par") == [
        "Før",
        Table((("Bo", "Ja.\nNej."), ("Bo", "Ja.\nNej."))),
        "Efter",
    ]
    assert lines(rb"\intbl Bo\cell Ja.\cell\row") == [Table((("Bo", "Ja."),))]


def test_what_stands_beside_the_text_is_given_beside_it() -> None:
    body = (
        rb"{\header Interview 3}L1: Ja.{\v skjult}{\footnote Se bilag.}{\*\annotation Husk det.}{\deleted v\'e6k}\par"
    )
    document = read_rtf(rb"{\rtf1\ansi " + body + b"}", "a.rtf")
    assert document.blocks == ("L1: Ja.",)
    assert document.asides == {
        Aside.MARGINS: ["Interview 3"],
        Aside.HIDDEN: ["skjult"],
        Aside.NOTES: ["Se bilag."],
        Aside.COMMENTS: ["Husk det."],
        Aside.DELETED: ["væk"],
    }


def test_a_file_that_was_cut_off_is_refused() -> None:
    with pytest.raises(FileError, match="et RTF-dokument, der er klippet over"):
        read_rtf(rb"{\rtf1\ansi{\b L1: Ja.", "a.rtf")


def test_every_word_comes_out_once() -> None:
    words = [f"ord{number}" for number in range(1_000)]
    runs = [
        (rf"{{\b {word} }}", rf"\i0 {word} \plain", rf"{{\lang1030\f1 {word}}} ")[n % 3] for n, word in enumerate(words)
    ]
    body = "".join(run + (r"\par" + "\n" if number % 10 == 9 else "") for number, run in enumerate(runs))
    assert " ".join(map(str, lines(body.encode()))).split() == words
