"""The transcripts of the demo study hold the four focus groups, each in its own shape."""

import csv
import importlib.util
import itertools
import re
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import simplemma
from docx import Document

DEMO = Path(__file__).parents[2] / "data" / "demo"
INTERVIEWS = DEMO / "interview"
SOURCE = DEMO.parents[2] / "shared" / "demo"
TURNS = {"fg1": 225, "fg2": 226, "fg3": 228, "fg4": 225}
needs_source = pytest.mark.skipif(
    not (SOURCE / "fg1.tsv").is_file(), reason="the focus groups' own tables lie outside the repository"
)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_transcripts", DEMO / "generator" / "make_transcripts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def read(name: str) -> list[dict[str, str]]:
    with (INTERVIEWS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def said() -> dict[str, list[tuple[str, str]]]:
    """Speaker and text of every turn, read as plainly as the shapes allow."""
    teams: dict[str, tuple[str, list[str]]] = {}
    text = (INTERVIEWS / "fg1.vtt").read_bytes().decode("utf-8")
    cues = re.findall(r"([0-9a-f-]{36})/\d+-\d+\r\n\S+ --> \S+\r\n<v ([^>]+)>(.*)</v>\r\n", text)
    assert len(cues) == text.count("-->")
    for code, speaker, piece in cues:
        teams.setdefault(code, (speaker, []))[1].append(piece)
    zoom: list[tuple[str, list[str]]] = []
    text = (INTERVIEWS / "fg2.vtt").read_bytes().decode("utf-8")
    named = re.findall(r"\n\d+\n\S+ --> \S+\n([^:\n]+): (.*)\n", text)
    assert len(named) == text.count("-->")
    for speaker, piece in named:
        if not zoom or zoom[-1][0] != speaker:
            zoom.append((speaker, []))
        zoom[-1][1].append(piece)
    paragraphs = [p.text.split("\n", 1) for p in Document(str(INTERVIEWS / "fg3.docx")).paragraphs[1:]]
    typed = (INTERVIEWS / "fg4.txt").read_bytes().decode("utf-8")
    return {
        "fg1": [(speaker, " ".join(pieces)) for speaker, pieces in teams.values()],
        "fg2": [(speaker, " ".join(pieces)) for speaker, pieces in zoom],
        "fg3": [(head.split("   ")[0], text) for head, text in paragraphs],
        "fg4": re.findall(r"^\[\d\d:\d\d:\d\d\] (\w+): (.*)$", typed, flags=re.MULTILINE),
    }


def test_every_turn_is_in_its_transcript() -> None:
    assert {name: len(turns) for name, turns in said().items()} == TURNS


@needs_source
def test_speakers_and_texts_come_out_exactly_as_they_were_written(generator: ModuleType) -> None:
    for name, turns in said().items():
        written = generator.read_turns(SOURCE / f"{name}.tsv")
        names = generator.LABELS if name == "fg4" else {}
        assert turns == [(names.get(turn.speaker, turn.speaker), turn.text) for turn in written]


@needs_source
def test_the_generator_makes_the_committed_files(generator: ModuleType, tmp_path: Path) -> None:
    generator.make_transcripts(SOURCE, tmp_path)
    for name in ("fg1.vtt", "fg2.vtt", "fg4.txt", "deltagere.csv"):
        assert (tmp_path / name).read_bytes() == (INTERVIEWS / name).read_bytes(), name
    # The packing of a zip file may differ between versions of zlib, its content may not.
    with zipfile.ZipFile(tmp_path / "fg3.docx") as made, zipfile.ZipFile(INTERVIEWS / "fg3.docx") as kept:
        assert {name: made.read(name) for name in made.namelist()} == {n: kept.read(n) for n in kept.namelist()}


def test_a_cue_has_at_most_thirty_words_and_some_cues_overlap() -> None:
    text = (INTERVIEWS / "fg1.vtt").read_bytes().decode("utf-8")
    assert max(len(piece.split()) for piece in re.findall(r"<v [^>]+>(.*)</v>", text)) <= 30
    times = re.findall(r"(\S+) --> (\S+)\r", text)
    assert all(start < end for start, end in times)
    assert times == sorted(times)
    assert any(after[0] < before[1] for before, after in itertools.pairwise(times))


def test_times_are_written_as_each_program_writes_them(generator: ModuleType) -> None:
    assert generator.clock(3661.5) == "01:01:01.500"
    assert (generator.loose_clock(65.1), generator.loose_clock(3600)) == ("0:1:5.1", "1:0:0.0")


def test_the_hand_typed_transcript_explains_its_labels_on_top() -> None:
    lines = (INTERVIEWS / "fg4.txt").read_text("utf-8").splitlines()
    assert [line[:1] for line in lines[:4]] == ["#", "#", "#", ""]
    assert "syntetiske demodata" in lines[0]


def test_the_register_has_everybody_who_speaks_with_role_and_aliases() -> None:
    register = read("deltagere.csv")
    assert len(register) == 80
    for name, turns in said().items():
        if name != "fg4":
            assert {speaker for speaker, _ in turns} <= {row["navn"] for row in register if row["interview"] == name}
    taking_part = [row["rolle"] for row in register if row["rolle"] in {"lokalråd", "ansat"}]
    assert (taking_part.count("lokalråd"), taking_part.count("ansat")) == (8, 8)
    mentioned = next(row for row in register if row["navn"] == "Marianne Vestergaard")
    assert mentioned["aliasser"].split(";") == ["Marianne", "20 00 00 14"]


def test_each_of_the_25_codes_has_four_to_nine_search_patterns() -> None:
    codes = read("kodebog.csv")
    assert len(codes) == 25
    assert len({row["tema"] for row in codes}) == 6
    for row in codes:
        patterns = row["soegemoenster"].split(" | ")
        assert 4 <= len(patterns) <= 9, row["kode"]
        assert len(set(patterns)) == len(patterns)
        assert all(re.fullmatch(r"[\wæøå*]+( [\wæøå*]+)*", pattern) for pattern in patterns), row["kode"]


def test_a_pattern_word_without_a_star_is_a_dictionary_form() -> None:
    words = {word for row in read("kodebog.csv") for word in row["soegemoenster"].replace("|", " ").split()}
    other = {word for word in words if "*" not in word and simplemma.lemmatize(word, lang="da").lower() != word}
    assert not other


def test_no_pattern_names_a_person_of_the_register() -> None:
    persons = {
        part.casefold()
        for row in read("deltagere.csv")
        if row["rolle"] in {"lokalråd", "ansat", "omtalt"}
        for part in row["navn"].split()
    }
    words = {word.strip("*") for row in read("kodebog.csv") for word in row["soegemoenster"].replace("|", " ").split()}
    assert not words & persons
