"""Codings go to other programs and come back: nothing is lost, and nothing is placed by guess."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.exchange.exchange_support import (
    NAMESPACE,
    PLACE,
    archive,
    code_points,
    guid,
    project,
    selections,
    turns_of,
    utf_16_units,
    windows_units,
    zipped,
)
from lxml import etree
from pyrefiqda import RefiProject

from blupkit.core import FileError, Study, read_study
from blupkit.core.errors import BlupkitError
from blupkit.interviews import (
    Codebook,
    read_codebook,
    read_codings,
    read_qdc,
    read_qdpx,
    read_turns,
    write_qdc,
    write_qdpx,
)

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "real" / "refi" / "Project.xsd"
DEMO = ROOT / "data" / "demo"
CODES = pd.DataFrame(
    [
        ("1.1", "1", "Roller", "Mandat", "Hvad man kan love", "aftaler", "penge (2.1)", "»Jeg må ikke love«", ()),
        ("1.2", "1", "Roller", "Andet", "", "", "", "", ()),
        ("2.1", "2", "Økonomi", "Andet", "Penge & <projekter>", "", "", "", ()),
        ("A", "3", "Frit", "Kode uden tal", "Linje et\nLinje to", "", "", "", ()),
    ],
    columns=["code", "theme", "theme_name", "name", "definition", "include", "exclude", "example", "patterns"],
)
CODEBOOK = Codebook(CODES)
# Letters that count as one, two and four bytes, signs that are no letters, what looks like markup, and line breaks.
LETTERS = st.text(st.sampled_from("aæøåÅé .,:<&>\"'=\n\t🙂𝒜👩‍👧e\u0301�ß"), max_size=30)
MEMOS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=20)


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


def in_order(table: pd.DataFrame, columns: list[str] = PLACE) -> list[list[Any]]:
    return sorted(table[columns].values.tolist(), key=repr)


@st.composite
def coded_interviews(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turns of two interviews and codings anywhere in them, by two coders."""
    texts = [draw(st.lists(LETTERS, min_size=1, max_size=6)) for _ in range(2)]
    turns = pd.concat([turns_of(*said, interview=f"fg{n}") for n, said in enumerate(texts, 1)], ignore_index=True)
    rows = []
    for turn in turns.to_dict("records"):
        for _ in range(draw(st.integers(0, 3)) if turn["text"] else 0):
            start = draw(st.integers(0, len(turn["text"]) - 1))
            end = draw(st.integers(start + 1, len(turn["text"])))
            rows.append(
                {
                    "id": str(draw(st.uuids())),
                    "coder": draw(st.sampled_from(["A", "Søren Ø"])),
                    "interview": turn["interview"],
                    "turn": turn["turn"],
                    "start": start,
                    "end": end,
                    "code": draw(st.sampled_from(CODES["code"].tolist())),
                    "direction": draw(st.sampled_from(["", "barriere", "fremmer", "neutral"])),
                    "about": draw(st.sampled_from(["", "lokalråd", "samspil"])),
                    "memo": draw(MEMOS).strip(),
                    "quote": turn["text"][start:end],
                }
            )
    columns = ["id", *PLACE]
    return turns, pd.DataFrame(rows, columns=columns).astype({"turn": "int64", "start": "int64", "end": "int64"})


@given(made=coded_interviews())
def test_a_round_trip_loses_nothing_whatever_was_said_and_coded(
    made: tuple[pd.DataFrame, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory, demo: Study
) -> None:
    turns, codings = made
    before = turns.copy(), codings.copy()
    path = tmp_path_factory.mktemp("x") / "a.qdpx"
    write_qdpx(path, demo, turns, codings, CODEBOOK)
    read = read_qdpx(path, turns)
    assert in_order(read.codings, ["id", *PLACE]) == in_order(codings, ["id", *PLACE])
    assert read.faults == []
    kept = ["code", "theme", "theme_name", "name", "definition", "include", "exclude", "example"]
    assert read.codes[kept].values.tolist() == CODES[kept].values.tolist()
    pd.testing.assert_frame_equal(turns, before[0])
    pd.testing.assert_frame_equal(codings, before[1])


def test_the_whole_demo_study_comes_back_as_it_was(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    told = write_qdpx(tmp_path / "a.qdpx", demo, turns, codings, codebook)
    read = read_qdpx(tmp_path / "a.qdpx", turns)
    assert len(read.codings) > 1000
    columns = [*PLACE, "theme"]
    assert in_order(read.codings, columns) == in_order(codings, columns)
    assert read.codes["name"].tolist() == codebook.codes["name"].tolist()
    assert any("ikke pseudonymiseret" in sentence for sentence in told)
    assert not any("fordi ordene" in sentence for sentence in told)


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the standard's schema (../shared/real/refi) is not here")
@given(made=coded_interviews())
def test_what_is_written_follows_the_standards_schema(
    made: tuple[pd.DataFrame, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory, demo: Study
) -> None:
    path = tmp_path_factory.mktemp("x") / "a.qdpx"
    write_qdpx(path, demo, *made, CODEBOOK)
    schema = etree.XMLSchema(file=str(SCHEMA))
    schema.assertValid(etree.fromstring(zipfile.ZipFile(path).read("project.qde")))


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the standard's schema (../shared/real/refi) is not here")
def test_a_study_without_codings_and_speakers_is_valid_too(tmp_path: Path, demo: Study) -> None:
    empty = turns_of("x").iloc[:0]
    codings = pd.DataFrame([], columns=PLACE)
    write_qdpx(tmp_path / "a.qdpx", demo, empty, codings, CODEBOOK)
    schema = etree.XMLSchema(file=str(SCHEMA))
    schema.assertValid(etree.fromstring(zipfile.ZipFile(tmp_path / "a.qdpx").read("project.qde")))
    assert read_qdpx(tmp_path / "a.qdpx", empty).codings.empty


def test_another_programs_importer_finds_every_quote_by_the_standards_letter(tmp_path: Path, demo: Study) -> None:
    """The places are sliced from the file as it is, as QualCoder does; a coded selection is named by its words."""
    turns, codebook = read_turns(demo), read_codebook(demo)
    write_qdpx(tmp_path / "a.qdpx", demo, turns, read_codings(demo, turns, codebook), codebook)
    with zipfile.ZipFile(tmp_path / "a.qdpx") as file:
        root = etree.fromstring(file.read("project.qde"))
        texts = {name: file.read(name).decode("utf-8") for name in file.namelist()}
        assert {info.compress_type for info in file.infolist()} == {zipfile.ZIP_DEFLATED}
    space = {"r": NAMESPACE}
    speakers = set(root.xpath("//r:Case/@guid", namespaces=space))
    checked = 0
    for source in root.iterfind(".//r:TextSource", space):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        for one in source.iterfind("r:PlainTextSelection", space):
            # Without a date QualCoder's importer stops.
            assert one.get("creationDateTime")
            if not speakers & set(one.xpath(".//r:CodeRef/@targetGUID", namespaces=space)):
                assert text[int(one.get("startPosition")) : int(one.get("endPosition"))] == one.get("name")
                checked += 1
    assert checked == len(read_codings(demo, turns, codebook))


def test_an_independent_reader_of_the_format_finds_the_same_project(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    write_qdpx(tmp_path / "a.qdpx", demo, turns, codings, codebook)
    found = RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "x"))
    assert [user.name for user in found.users.user] == sorted(codings["coder"].unique())
    assert len(found.sources.text_source) == turns["interview"].nunique()
    assert len(found.cases.case) == len(turns.drop_duplicates(["interview", "speaker"]))
    selections = [one for source in found.sources.text_source for one in source.plain_text_selection]
    assert len(selections) == len(codings) + len(turns)


def test_what_an_independent_program_reads_and_writes_again_is_still_whole(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    write_qdpx(tmp_path / "a.qdpx", demo, turns, codings, codebook)
    found = RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "x"))
    RefiProject.save(found, tmp_path / "b.qdpx", source_media_dir=tmp_path / "x" / "sources")
    read = read_qdpx(tmp_path / "b.qdpx", turns)
    assert in_order(read.codings) == in_order(codings)
    assert read.faults == []


def test_the_same_codings_give_the_same_file_with_no_trace_of_the_machine(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    for name in ("a", "b"):
        write_qdpx(tmp_path / name, demo, turns, codings, codebook)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    xml = zipfile.ZipFile(tmp_path / "a").read("project.qde").decode()
    assert "basePath" not in xml
    assert str(tmp_path) not in xml
    assert str(Path.home()) not in xml


def test_no_speakers_name_is_written_where_the_suite_names_the_speaker(tmp_path: Path, demo: Study) -> None:
    turns = read_turns(demo)
    codings, codebook = read_codings(demo, turns, read_codebook(demo)), read_codebook(demo)
    write_qdpx(tmp_path / "a.qdpx", demo, turns, codings, codebook)
    with zipfile.ZipFile(tmp_path / "a.qdpx") as file:
        root = etree.fromstring(file.read("project.qde"))
        texts = [file.read(name).decode() for name in file.namelist() if name.endswith(".txt")]
    named = [name for name in turns["speaker"].unique() if name not in {"Moderator", "Teknisk vært"}]
    labels = {line.split(": ")[0] for text in texts for line in text.split("\n")}
    said = set(root.xpath("//*[local-name()='Code' or local-name()='Case' or local-name()='User']/@name"))
    assert "Lokalråd 1" in labels
    assert not labels & set(named)
    assert not [(name, word) for name in named for word in said if name in word]


def test_code_names_are_unique_in_the_whole_tree(tmp_path: Path, demo: Study) -> None:
    same = pd.concat([CODES, CODES.iloc[[1]].assign(code="1.3", theme="1.2 Andet", theme_name="")])
    turns = turns_of("Ja.")
    write_qdpx(tmp_path / "a.qdpx", demo, turns, pd.DataFrame([], columns=PLACE), Codebook(same))
    xml = etree.fromstring(zipfile.ZipFile(tmp_path / "a.qdpx").read("project.qde"))
    names = [name.casefold() for name in xml.xpath("//*[local-name()='Code']/@name")]
    assert len(names) == len(set(names)) > 5


def test_speakers_are_cases_with_their_role_and_a_code_of_the_same_guid_on_their_turns(
    tmp_path: Path, demo: Study
) -> None:
    turns = turns_of("Ja.", "Nej.", "Måske.", "Jo.")
    write_qdpx(tmp_path / "a.qdpx", demo, turns, pd.DataFrame([], columns=PLACE), CODEBOOK)
    root = etree.fromstring(zipfile.ZipFile(tmp_path / "a.qdpx").read("project.qde"))
    space = {"r": NAMESPACE}
    case = root.xpath("//r:Case[@name='fg1 Lokalråd 1']", namespaces=space)[0]
    assert case.xpath("r:VariableValue/r:TextValue/text()", namespaces=space) == ["lokalråd", "L", "fg1"]
    coded = root.xpath(f"//r:PlainTextSelection[.//r:CodeRef/@targetGUID='{case.get('guid')}']", namespaces=space)
    assert [one.get("guid") for one in coded] == case.xpath("r:SelectionRef/@targetGUID", namespaces=space)
    assert [one.get("name") for one in coded] == ["Lokalråd 1, tur 1", "Lokalråd 1, tur 4"]


def test_codings_that_cannot_be_carried_over_are_told(tmp_path: Path, demo: Study) -> None:
    turns = turns_of("Vi søgte en pulje.", "Ja.")
    row = dict.fromkeys(PLACE, "") | {"coder": "A", "interview": "fg1", "turn": 1, "start": 0, "end": 2}
    rows = [
        row | {"code": "1.1", "quote": "Vi"},
        row | {"code": "1.1", "turn": 9},
        row | {"code": "1.1", "end": 99},
        row | {"code": "1.1", "quote": "De"},
        row | {"code": "9.9", "memo": "a\x0bb"},
    ]
    told = write_qdpx(tmp_path / "a.qdpx", demo, turns, pd.DataFrame(rows), CODEBOOK)
    assert told[4:] == [
        "3 kodninger er ikke med, fordi ordene ikke står på deres plads i udskriften: "
        "fg1, tur 9 (1.1), fg1, tur 1 (1.1) og fg1, tur 1 (1.1).",
        "Koder, der ikke står i kodebogen, ligger under »Uden for kodebogen«: 9.9.",
        "I 1 kodning står der »�« i stedet for tegn, som XML ikke kan indeholde.",
    ]
    read = read_qdpx(tmp_path / "a.qdpx", turns).codings
    assert read[["code", "quote", "memo"]].values.tolist() == [["1.1", "Vi", ""], ["9.9", "Vi", "a�b"]]


# What other programs write.

SAID = (
    "Hvad er svært 🙂 i samarbejdet?",
    "Puljerne er for små, og der er 👩‍👧 mange om dem.\nDet var også sådan sidste år.",
    "Det er rigtigt, og vi har intet mandat 🙂 til at love noget.",
    "Men vi kan da tale sammen om det hele, ikke?",
)
TURNS = turns_of(*SAID)
#: As somebody typed it: other labels, an empty line between the turns.
TYPED = "Fokusgruppe 1\n\n" + "\n\n".join(f"{'MLA'[n % 3]}1:  {said}" for n, said in enumerate(SAID)) + "\n"
CODED = [
    ("svært 🙂 i samarbejdet", "Tillid"),
    ("Puljerne er for små", "Penge"),
    ("også sådan sidste år", "Penge"),
    ("vi har intet mandat 🙂 til at love noget", "Tillid"),
    ("tale sammen", "Tillid"),
]
BOM = b"\xef\xbb\xbf"


def read_quotes(read: Any) -> list[tuple[str, str]]:
    said = {turn["turn"]: turn["text"] for turn in TURNS.to_dict("records")}
    rows = read.codings.to_dict("records")
    assert [row["quote"] for row in rows] == [said[row["turn"]][row["start"] : row["end"]] for row in rows]
    return [(row["quote"], row["code"]) for row in rows]


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_every_usual_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    plain = TYPED.replace("🙂", "æ").replace("👩‍👧", "ø")
    turns = TURNS.assign(text=[text.replace("🙂", "æ").replace("👩‍👧", "ø") for text in TURNS["text"]])
    coded = [(words.replace("🙂", "æ"), code) for words, code in CODED]
    xml = project(selections(plain, coded, code_points))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, plain.encode(encoding)), turns)
    assert read.codings["quote"].tolist() == [words for words, _ in coded]


def test_a_speakers_own_marks_are_no_codings_and_are_told(tmp_path: Path) -> None:
    body = selections(TYPED, [*CODED, ("Det er rigtigt", "Ansat 1")], code_points)
    case = f'<Cases><Case guid="{guid("Ansat 1")}" name="Ansat 1"/></Cases><Sources>'
    xml = project(body, ("Tillid", "Penge", "Ansat 1")).replace("<Sources>", case)
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, TYPED.encode()), TURNS)
    assert read_quotes(read) == CODED
    assert read.codes["code"].tolist() == ["Tillid", "Penge"]
    assert "1 sted siger kun, hvem der taler; det står i udskrifterne." in read.notes


def test_what_macos_puts_into_a_zip_is_no_project(tmp_path: Path) -> None:
    xml = project(selections(TYPED, CODED, code_points)).encode()
    raw = zipped({"p.qde": xml, "sources/fg1.txt": TYPED.encode(), "__MACOSX/._p.qde": b"x"})
    (tmp_path / "a.qdpx").write_bytes(raw)
    assert read_quotes(read_qdpx(tmp_path / "a.qdpx", TURNS)) == CODED


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


def test_a_passage_over_two_turns_is_divided_and_labels_are_left_out(tmp_path: Path) -> None:
    start, end = TYPED.index("sidste år"), TYPED.index("vi har intet")
    body = selections(TYPED, CODED, code_points, named=999) + (
        f'<PlainTextSelection guid="{guid("x")}" startPosition="{start}" endPosition="{end}"><Description>Se her'
        f'</Description><Coding guid="{guid("y")}"><CodeRef targetGUID="{guid("Tillid")}"/></Coding>'
        "</PlainTextSelection>"
    )
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body), TYPED.encode()), TURNS)
    divided = read.codings[read.codings["memo"] == "Se her"]
    # The blank before "vi" belongs to the passage as it was marked.
    assert divided[["turn", "quote"]].values.tolist() == [[2, "sidste år."], [3, "Det er rigtigt, og "]]
    assert divided["id"].nunique() == 2
    assert "1 sted går over flere ture og er delt i en kodning pr. tur." in read.notes


def test_a_text_that_is_no_interview_is_told_and_its_codings_are_listed(tmp_path: Path) -> None:
    other = "Et helt andet dokument.\nSvært og tale sammen er noget, man kan sige."
    xml = project(selections(other, [("tale sammen", "Tillid")], code_points))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, other.encode()), TURNS)
    assert read.codings.empty
    assert "Teksten »fg1« er ikke et af interviewene; dens kodninger er udeladt." in read.notes
    assert "teksten er ikke et af interviewene" in read.faults[0].found


def test_two_interviews_with_the_same_words_are_told_apart_by_name_or_not_at_all(tmp_path: Path) -> None:
    turns = pd.concat([TURNS, TURNS.assign(interview="fg2")], ignore_index=True)
    body = selections(TYPED, CODED, code_points)
    found = {}
    for name in ("Udskrift FG2.docx", "fg22", "fg1 og fg2"):
        read = read_qdpx(archive(tmp_path / "a.qdpx", project(body, name=name), TYPED.encode()), turns)
        found[name] = set(read.codings["interview"]), len(read.faults)
    assert found == {"Udskrift FG2.docx": ({"fg2"}, 0), "fg22": (set(), 5), "fg1 og fg2": (set(), 5)}


def test_a_turn_that_was_edited_elsewhere_takes_only_its_own_codings_with_it(tmp_path: Path) -> None:
    edited = TYPED.replace("Men vi kan da tale sammen", "Vi kunne tale sammen")
    xml = project(selections(edited, CODED, code_points, named=999))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, edited.encode()), TURNS)
    assert read_quotes(read) == CODED[:-1]
    assert "stedet ligger uden for det, der er sagt i udskriften" in read.faults[0].found
    assert any("% af det sagte er fundet igen" in note for note in read.notes)


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


# Files that are broken, or made to do harm.

BOMB = "<!ENTITY a{0} '&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};'>"


def refused(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    with pytest.raises(FileError) as caught:
        read_qdpx(path, TURNS)
    return str(caught.value)


def test_files_that_are_no_project_are_refused_in_danish(tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    assert "ikke kan pakkes ud" in refused(path, b"hej")
    assert "en tom fil" in refused(path, b"")
    assert "en zip-fil uden projekt" in refused(path, zipped({"a.txt": b"x"}))
    assert "flere projekter" in refused(path, zipped({"a.qde": b"<a/>", "b.qde": b"<a/>"}))
    assert "XML, der ikke kan læses" in refused(path, zipped({"project.qde": b"<a><b></a>"}))
    with pytest.raises(FileError, match="ingen fil"):
        read_qdpx(tmp_path / "no.qdpx", TURNS)


@pytest.mark.parametrize("member", ["../evil.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:/x.txt"])
def test_a_member_outside_the_archive_is_refused(tmp_path: Path, member: str) -> None:
    raw = zipped({"project.qde": project("").encode(), member: b"x"})
    assert "kun filer inde i projektet" in refused(tmp_path / "a.qdpx", raw)


def test_a_bomb_is_refused_also_when_its_head_lies(tmp_path: Path) -> None:
    big = zipped({"project.qde": b"<a>" + b" " * (70 * 1024 * 1024) + b"</a>"})
    assert len(big) < 100_000
    assert "mere end 64 MB" in refused(tmp_path / "a.qdpx", big)
    lying = big.replace((70 * 1024 * 1024 + 7).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert lying != big
    assert "zip-fil" in refused(tmp_path / "a.qdpx", lying)
    many = zipped({"project.qde": b"<a/>"} | {f"sources/{n}.txt": b" " * (60 * 1024 * 1024) for n in range(5)})
    assert "et projekt af almindelig størrelse" in refused(tmp_path / "a.qdpx", many)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE Project [<!ENTITY a "b">]>',
        '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Project SYSTEM "http://example.invalid/x.dtd">',
        "<!DOCTYPE Project [<!ENTITY a0 'x'>" + "".join(BOMB.format(n, n - 1) for n in range(1, 20)) + "]>",
    ],
)
def test_entities_are_refused(tmp_path: Path, head: str) -> None:
    xml = project("").replace("?>", f"?>{head}", 1)
    assert "DOCTYPE" in refused(tmp_path / "a.qdpx", zipped({"project.qde": xml.encode()}))


def members_of_nvivo() -> dict[str, bytes]:
    xml = project(selections(TYPED, CODED, windows_units, named=20))
    return {"project.qde": xml.encode(), "Sources/fg1.txt": TYPED.replace("\n", "\r\n").encode()}


def mutated(draw: st.DataObject, raw: bytes) -> bytes:
    """Change, drop or double some bytes."""
    for _ in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, len(raw) - 1))
        width = draw.draw(st.integers(0, 12))
        put = draw.draw(
            st.one_of(st.binary(max_size=4), st.just(raw[place : place + 40]), st.just(b'"'), st.just(b"<"))
        )
        raw = raw[:place] + put + raw[place + width :]
    return raw


@given(data=st.data(), inner=st.booleans())
def test_a_mutated_project_is_read_or_refused_but_never_breaks(
    data: st.DataObject, inner: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    members = members_of_nvivo()
    if inner:
        name = data.draw(st.sampled_from(sorted(members)))
        members[name] = mutated(data, members[name])
    raw = zipped(members)
    path = tmp_path_factory.mktemp("x") / "a.qdpx"
    path.write_bytes(raw if inner else mutated(data, raw))
    try:
        read = read_qdpx(path, TURNS)
    except BlupkitError:
        return
    texts = {turn["turn"]: turn["text"] for turn in TURNS.to_dict("records")}
    for row in read.codings.to_dict("records"):
        assert texts[row["turn"]][row["start"] : row["end"]] == row["quote"] != ""


# The codebook alone.


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
