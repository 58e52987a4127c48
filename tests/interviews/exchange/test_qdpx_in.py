"""What other programs write is read: every passage is placed by its words, or listed, and none by guess."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.exchange.exchange_support import (
    BOM,
    CODED,
    TURNS,
    TYPED,
    archive,
    code_points,
    guid,
    project,
    read_quotes,
    selections,
    turns_of,
    utf_16_units,
    windows_units,
)

from blupkit.interviews import read_qdpx


@pytest.mark.parametrize("named", [None, 15, 999])
def test_nvivo_counts_utf_16_units_and_line_breaks_as_two(tmp_path: Path, named: int | None) -> None:
    xml = project(selections(TYPED, CODED, windows_units, named=named))
    path = archive(tmp_path / "a.qdpx", xml, BOM + TYPED.replace("\n", "\r\n").encode())
    read = read_qdpx(path, TURNS)
    assert read_quotes(read) == CODED
    assert "UTF-16-enheder, linjeskift som to, uden bytemærket" in " ".join(read.notes)
    assert read.faults == []
    assert set(read.codings["coder"]) == {"KP"}


@pytest.mark.parametrize("named", [None, 15, 999])
def test_atlas_ti_counts_a_line_break_as_one_and_names_the_inner_file_anew(tmp_path: Path, named: int | None) -> None:
    xml = project(selections(TYPED, CODED, code_points, named=named), origin='origin="ATLAS.ti 9" basePath="C:/x"')
    text = TYPED.replace("\n", "\r\n").encode()
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, text, "QdaProject-8A.qde", "sources"), TURNS)
    assert read_quotes(read) == CODED
    assert "Unicode-tegn, linjeskift som ét" in " ".join(read.notes)


@pytest.mark.parametrize("named", [None, 15, 999])
def test_maxqda_counts_utf_16_units_and_inline_text_is_read(tmp_path: Path, named: int | None) -> None:
    body = f"<PlainTextContent>{TYPED}</PlainTextContent>" + selections(TYPED, CODED, utf_16_units, named=named)
    xml = project(body, origin='origin="MAXQDA 2022"').replace(' plainTextPath="internal://fg1.txt"', "")
    assert read_quotes(read_qdpx(archive(tmp_path / "a.qdpx", xml, b"x"), TURNS)) == CODED


#: What other programs mark with the words: the line break of a paragraph, the blank behind a double-clicked word.
EDGED = [
    [("Puljerne er for små, og der er 👩‍👧 mange om dem.\n", "Penge"), ("Det var også sådan sidste år.\n", "Penge")],
    [("vi har ", "Tillid"), ("mandat 🙂 ", "Tillid"), ("kan da ", "Penge")],
    [(" mandat", "Tillid"), ("  Hvad er svært", "Tillid"), ("\nDet var også", "Penge")],
    [("tale sammen", "Tillid"), ("Det var også sådan sidste år.\n\n", "Penge"), (" om det hele", "Penge")],
]


@pytest.mark.parametrize("coded", EDGED)
@pytest.mark.parametrize("count", [code_points, utf_16_units, windows_units])
@pytest.mark.parametrize("named", [None, 999])
def test_passages_that_begin_or_end_with_a_blank_or_a_line_break_are_placed(
    tmp_path: Path, coded: list[tuple[str, str]], count: Any, named: int | None
) -> None:
    # A few passages without a quote fit several ways of counting; a project has more of them.
    coded = coded if named else [*CODED, *coded]
    path = archive(tmp_path / "a.qdpx", project(selections(TYPED, coded, count, named=named)), TYPED.encode())
    read = read_qdpx(path, TURNS)
    assert [(" ".join(quote.split()), code) for quote, code in read_quotes(read)] == [
        (" ".join(words.split()), code) for words, code in coded
    ]
    assert read.faults == []


@pytest.mark.parametrize("edge", ["\n", " ", "\n\n"])
def test_a_project_all_of_whose_passages_end_in_a_line_break_or_a_blank_is_placed(tmp_path: Path, edge: str) -> None:
    said = [f"Vi har {word} igen og igen." for word in ("sneen", "vejen", "bussen", "skolen", "lyset")]
    text = edge.join(f"L1: {one}" for one in said) + edge
    body = selections(text, [(one + edge, "Tillid") for one in said], code_points)
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body), text.encode()), turns_of(*said))
    assert read.codings["quote"].tolist() == said
    assert read.faults == []


def test_an_end_that_is_the_last_character_is_found_from_the_words(tmp_path: Path) -> None:
    xml = project(selections(TYPED, CODED, code_points, inclusive=True))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED
    assert "slutpladsen er det sidste tegn" in " ".join(read.notes)


def test_a_byte_order_mark_may_count(tmp_path: Path) -> None:
    xml = project(selections("\ufeff" + TYPED, CODED, code_points))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, BOM + TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED
    assert "bytemærket tæller med" in " ".join(read.notes)


def test_a_speakers_own_marks_are_no_codings_and_are_told(tmp_path: Path) -> None:
    body = selections(TYPED, [*CODED, ("Det er rigtigt", "Ansat 1")], code_points)
    case = f'<Cases><Case guid="{guid("Ansat 1")}" name="Ansat 1"/></Cases><Sources>'
    xml = project(body, ("Tillid", "Penge", "Ansat 1")).replace("<Sources>", case)
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED
    assert read.codes["code"].tolist() == ["Tillid", "Penge"]
    assert "1 sted siger kun, hvem der taler; det står i udskrifterne." in read.notes


def test_braced_guids_and_a_missing_origin_are_read(tmp_path: Path) -> None:
    xml = project(selections(TYPED, CODED, code_points), origin="")
    xml = re.sub(r'(targetGUID|creatingUser)="([^"]+)"', lambda m: f'{m[1]}="{{{m[2].upper()}}}"', xml)
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED
    assert set(read.codings["coder"]) == {"KP"}
    assert read.notes[0] == "Projektet siger ikke, hvilket program der skrev det."


def test_places_that_fit_no_way_of_counting_are_listed_and_not_guessed(tmp_path: Path) -> None:
    def shifted(text: str) -> int:
        return len(text) + 3

    xml = project(selections(TYPED, CODED, shifted))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read.codings.empty
    assert len(read.faults) == len(CODED)
    assert "5 steder er udeladt og står i listen over fejl." in read.notes


def test_one_passage_whose_words_are_others_is_listed(tmp_path: Path) -> None:
    body = selections(TYPED, CODED, code_points, named=999).replace('name="tale sammen"', 'name="noget helt andet"')
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body), TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED[:-1]
    assert [fault.level for fault in read.faults] == ["advarsel"]
    assert "noget helt andet" in read.faults[0].found
    assert "ordene på pladsen er ikke dem, der er citeret" in read.faults[0].found


def test_direction_and_party_come_back_from_a_program_that_parts_the_codes_of_a_passage(tmp_path: Path) -> None:
    codes = ("Tillid", "Retning: barriere", "Om part: samspil")
    words = "tale sammen"
    body = "".join(selections(TYPED, [(words, code)], code_points) for code in codes)
    body = re.sub(r'Selection guid="[^"]+"', lambda m: f'Selection guid="{guid(str(m.start()))}"', body)
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body, codes), TYPED.encode()), TURNS)
    row = read.codings[["code", "direction", "about", "quote"]].values.tolist()
    assert row == [["Tillid", "barriere", "samspil", words]]


def test_two_directions_on_one_coding_are_told_and_none_is_chosen(tmp_path: Path) -> None:
    codes = ("Tillid", "Retning: barriere", "Retning: fremmer")
    refers = "".join(
        f'<Coding guid="{guid(c + "x")}" creatingUser="{guid("user")}"><CodeRef targetGUID="{guid(c)}"/></Coding>'
        for c in codes[1:]
    )
    one = selections(TYPED, [("tale sammen", "Tillid")], code_points)
    body = one.replace("</PlainTextSelection>", refers + "</PlainTextSelection>")
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body, codes), TYPED.encode()), TURNS)
    assert read.codings["direction"].tolist() == [""]
    assert "1 gang er retning eller part ikke entydig og derfor tom." in read.notes


def test_notes_of_other_programs_become_memos_and_the_rest_is_told(tmp_path: Path) -> None:
    one = selections(TYPED, [("tale sammen", "Tillid")], code_points)
    body = one.replace("</Coding>", f'<NoteRef targetGUID="{guid("n")}"/></Coding>')
    extra = (
        f'<Notes><Note guid="{guid("n")}" name="m"><PlainTextContent>Godt sagt</PlainTextContent></Note></Notes>'
        f'<Notes><Note guid="{guid("m")}"><PlainTextContent>Dagbog</PlainTextContent></Note></Notes>'
        f'<Links><Link guid="{guid("l")}"/></Links><Sets><Set guid="{guid("s")}" name="s"/></Sets>'
    )
    xml = project(body).replace("</Project>", extra + "</Project>")
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read.codings["memo"].tolist() == ["Godt sagt"]
    assert read.notes[-1] == (
        "Ikke med: 1 forbindelse (link), 1 samling (set) og 1 note, som ikke hører til en kodning."
    )


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('endPosition="', 'endPosition="x', "to hele tal"),
        (
            f'CodeRef targetGUID="{guid("Penge")}"',
            f'CodeRef targetGUID="{guid("?")}"',
            "en kode, der ikke er i projektet",
        ),
        (f'<Code guid="{guid("Penge")}"', "<Code", "uden guid"),
        ("internal://fg1.txt", "internal://fg9.txt", "mangler eller kan ikke læses"),
    ],
)
def test_what_is_broken_is_told_and_the_rest_is_read(tmp_path: Path, find: str, put: str, says: str) -> None:
    xml = project(selections(TYPED, CODED, code_points)).replace(find, put, 1)
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert says in f"{read.faults[0].found} {read.faults[0].expected}"
    assert len(read.codings) in {0, 3, 4}
    assert (len(read.codings) == 0) == ("fg9" in put)


WORDS = st.lists(
    st.sampled_from(["vi", "søgte", "en", "pulje", "🙂", "men", "kommunen", "𝒜lle", "ja.", "nej,", "å"]),
    min_size=1,
    max_size=12,
)


@given(data=st.data(), count=st.sampled_from([code_points, utf_16_units, windows_units]))
def test_whatever_the_layout_and_the_way_of_counting_no_passage_lands_on_other_words(
    data: st.DataObject, count: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = [" ".join(words) for words in data.draw(st.lists(WORDS, min_size=1, max_size=8))]
    label = data.draw(st.sampled_from(["L1: ", "L1:\t", "Interviewer\n", "\n", "[00:01] "]))
    text = data.draw(st.sampled_from(["", "Titel\n\n"])) + "\n".join(label + turn for turn in said)
    named = data.draw(st.booleans())
    body, meant = "", {}
    for number in range(data.draw(st.integers(1, 5))):
        found = data.draw(st.sampled_from(list(re.finditer(r"\S+(?: \S+)?", text))))
        meant[guid(str(number))] = found[0]
        name = f"name={quoteattr(found[0])}" if named else ""
        body += (
            f'<PlainTextSelection guid="{guid(f"s{number}")}" {name} startPosition="{count(text[: found.start()])}" '
            f'endPosition="{count(text[: found.end()])}"><Coding guid="{guid(str(number))}">'
            f'<CodeRef targetGUID="{guid("Tillid")}"/></Coding></PlainTextSelection>'
        )
    path = archive(tmp_path_factory.mktemp("x") / "a.qdpx", project(body), text.replace("\n", "\r\n").encode())
    read = read_qdpx(path, turns_of(*said))
    placed = read.codings[read.codings["id"].isin(list(meant))]
    assert all(row["quote"] in meant[row["id"]] for row in placed.to_dict("records"))
    assert len(placed) + sum("udeladt" in fault.action for fault in read.faults) == len(meant)
