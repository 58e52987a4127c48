"""Codings go out to other programs and come back: nothing is lost, and anybody's importer finds every word."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.exchange.exchange_support import CODES, NAMESPACE, PLACE, coded_of, turns_of
from lxml import etree
from pyrefiqda import RefiProject

from blupkit.core import Study, read_study
from blupkit.interviews import Codebook, read_codebook, read_codings, read_qdpx, read_turns, write_qdpx

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT.parent / "shared" / "real" / "refi" / "Project.xsd"
DEMO = ROOT / "data" / "demo"
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
    write_qdpx(path, demo, coded_of(turns, codings))
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
    told = write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, codings, codebook))
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
    write_qdpx(path, demo, coded_of(*made))
    schema = etree.XMLSchema(file=str(SCHEMA))
    schema.assertValid(etree.fromstring(zipfile.ZipFile(path).read("project.qde")))


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the standard's schema (../shared/real/refi) is not here")
def test_a_study_without_codings_and_speakers_is_valid_too(tmp_path: Path, demo: Study) -> None:
    empty = turns_of("x").iloc[:0]
    codings = pd.DataFrame([], columns=PLACE)
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(empty, codings))
    schema = etree.XMLSchema(file=str(SCHEMA))
    schema.assertValid(etree.fromstring(zipfile.ZipFile(tmp_path / "a.qdpx").read("project.qde")))
    assert read_qdpx(tmp_path / "a.qdpx", empty).codings.empty


def test_another_programs_importer_finds_every_quote_by_the_standards_letter(tmp_path: Path, demo: Study) -> None:
    """The places are sliced from the file as it is, as QualCoder does; a coded selection is named by its words."""
    turns, codebook = read_turns(demo), read_codebook(demo)
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, read_codings(demo, turns, codebook), codebook))
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
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, codings, codebook))
    found = RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "x"))
    assert [user.name for user in found.users.user] == sorted(codings["coder"].unique())
    assert len(found.sources.text_source) == turns["interview"].nunique()
    assert len(found.cases.case) == len(turns.drop_duplicates(["interview", "speaker"]))
    selections = [one for source in found.sources.text_source for one in source.plain_text_selection]
    assert len(selections) == len(codings) + len(turns)


def test_what_an_independent_program_reads_and_writes_again_is_still_whole(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, codings, codebook))
    found = RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "x"))
    RefiProject.save(found, tmp_path / "b.qdpx", source_media_dir=tmp_path / "x" / "sources")
    read = read_qdpx(tmp_path / "b.qdpx", turns)
    assert in_order(read.codings) == in_order(codings)
    assert read.faults == []


def test_the_same_codings_give_the_same_file_with_no_trace_of_the_machine(tmp_path: Path, demo: Study) -> None:
    turns, codebook = read_turns(demo), read_codebook(demo)
    codings = read_codings(demo, turns, codebook)
    for name in ("a", "b"):
        write_qdpx(tmp_path / name, demo, coded_of(turns, codings, codebook))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    xml = zipfile.ZipFile(tmp_path / "a").read("project.qde").decode()
    assert "basePath" not in xml
    assert str(tmp_path) not in xml
    assert str(Path.home()) not in xml


def test_no_speakers_name_is_written_where_the_suite_names_the_speaker(tmp_path: Path, demo: Study) -> None:
    turns = read_turns(demo)
    codings, codebook = read_codings(demo, turns, read_codebook(demo)), read_codebook(demo)
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, codings, codebook))
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
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, pd.DataFrame([], columns=PLACE), Codebook(same)))
    xml = etree.fromstring(zipfile.ZipFile(tmp_path / "a.qdpx").read("project.qde"))
    names = [name.casefold() for name in xml.xpath("//*[local-name()='Code']/@name")]
    assert len(names) == len(set(names)) > 5


def test_speakers_are_cases_with_their_role_and_a_code_of_the_same_guid_on_their_turns(
    tmp_path: Path, demo: Study
) -> None:
    turns = turns_of("Ja.", "Nej.", "Måske.", "Jo.")
    write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, pd.DataFrame([], columns=PLACE)))
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
    told = write_qdpx(tmp_path / "a.qdpx", demo, coded_of(turns, pd.DataFrame(rows)))
    assert told[4:] == [
        "3 kodninger er ikke med, fordi ordene ikke står på deres plads i udskriften: "
        "fg1, tur 9 (1.1), fg1, tur 1 (1.1) og fg1, tur 1 (1.1).",
        "Koder, der ikke står i kodebogen, ligger under »Uden for kodebogen«: 9.9.",
        "I 1 kodning står der »�« i stedet for tegn, som XML ikke kan indeholde.",
    ]
    read = read_qdpx(tmp_path / "a.qdpx", turns).codings
    assert read[["code", "quote", "memo"]].values.tolist() == [["1.1", "Vi", ""], ["9.9", "Vi", "a�b"]]
