"""Words in are words out, and labels in are turns: counted in made-up transcripts of every shape, by another way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blupkit.core import Study, read_study
from blupkit.interviews.transcripts.reading import load_turns
from blupkit.interviews.transcripts.typed import read_typed

Lines = list[tuple[str, str]]
STUDY = """navn = "P"
udgiver = "U"
periode = "2027"
data_dato = 2027-05-02
[interview]
kodebog = "kodebog.csv"
[[interview.udskrift]]
id = "i1"
fil = "a.txt"
titel = "A"
"""
LABELS = [
    "Storm, Ida",
    "Ida Storm | Lyngrup",
    "ida storm | lyngrup",
    "Bo Ravn / Søby",
    "bo.ravn@lyngrup.example",
    "Åse Dam (ekstern)",
    "Émile Ærø",
    "+45 20 00 00 14",
    "iPhone 12",
    "Kvinde 2",
    "L1",
    "SPEAKER_03",
    "Bo Ravn 😀",
    "L1+L2",
]
PIECES = ["ja", "nej.", "kl. 10:30", "sagde: nej", "Altså: jo", "og/eller", "æble", "(griner)", "–", "Derfor: ja", "9."]


def typed(lines: Lines) -> str:
    return "\n".join(f"{who}: {said}" for who, said in lines)


def timed(lines: Lines) -> str:
    return "\n\n".join(f"[00:{n:02}:01] {who}: {said}" for n, (who, said) in enumerate(lines))


def broken(lines: Lines) -> str:
    return "\n".join(f"{who}:\n{re.sub(r' (?!10:30)', chr(10), said)}\n" for who, said in lines)


def tabbed(lines: Lines) -> str:
    return "\n".join(f"{who}\t{said}" for who, said in [*lines, ("L1", "ja"), ("L2", "ja"), ("L1", "ja"), ("L2", "ja")])


def zoom(lines: Lines) -> str:
    cues = (f"{n}\n00:{n:02}:01.000 --> 00:{n:02}:03.000\n{who}: {said}\n" for n, (who, said) in enumerate(lines))
    return "\n".join(["WEBVTT\n", *cues])


def teams(lines: Lines) -> str:
    cues = (
        f"{n:08x}-1111/{n}-0\n00:{n:02}:01.000 --> 00:{n:02}:03.000\n<v {who}>{said}</v>\n"
        for n, (who, said) in enumerate(lines)
    )
    return "\n".join(["WEBVTT\n", *cues])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return read_study(folder)


def read(study: Study, text: str) -> Any:
    Path(study.folder, "a.txt").write_text(text, encoding="utf-8")
    turns, faults = load_turns(study)
    assert not [fault for fault in faults if fault.level == "fejl"]
    return turns


talk = st.lists(
    st.tuples(st.sampled_from(LABELS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("write", [typed, timed, broken, zoom, teams])
@given(lines=talk)
def test_each_label_is_a_turn_with_its_words(write: Callable[[Lines], str], lines: Lines, study: Study) -> None:
    turns = read(study, write(lines))
    spoken = [(who, said) for who, said in lines if said.strip()]
    assert list(zip(turns["speaker"], turns["text"], strict=True)) == spoken


@example(lines=[("Storm, Ida", "kl. 10:30 –"), ("Storm, Ida", "ja"), ("Storm, Ida", "kl. 10:30 –")])
@given(lines=talk)
def test_labels_before_a_tab_lose_no_word(lines: Lines, study: Study) -> None:
    turns = read(study, tabbed(lines))
    assert sum(map(words, [*turns["speaker"], *turns["text"]]), Counter()) == words(tabbed(lines))


#: What somebody may type with no thought of labels: nothing of it may be lost, whatever is taken for one.
anything = st.lists(
    st.lists(
        st.sampled_from([*PIECES, *(f"{label}:" for label in LABELS), "Ida:", "I:", "Og så:", "[00:01:05]", "hun\t"]),
        min_size=1,
        max_size=7,
    ).map(" ".join),
    min_size=1,
    max_size=10,
)


@example(lines=["ja Storm, Ida: [00:01:05]", "ja Storm, Ida: [00:01:05] ja"])
@given(lines=anything)
def test_of_whatever_is_typed_below_a_label_no_word_is_lost(lines: list[str], study: Study) -> None:
    text = "\n".join(["L1: Velkommen.", *lines])
    Path(study.folder, "a.txt").write_text(text, encoding="utf-8")
    turns, faults = load_turns(study)
    if any(fault.level == "fejl" for fault in faults):
        return  # refused, with the labels that stand inside paragraphs
    out = sum(map(words, [*turns["speaker"], *turns["text"]]), Counter())
    lost = words(text.replace("[00:01:05]", " ")) - out
    # A label with no words after it is no turn, and told; the number of a line is no word; nothing else goes.
    told = [fault.found for fault in faults if fault.expected == "det, der blev sagt"]
    assert set(lost) <= {word for label in (*told, *LABELS, "Ida", "I", "9") for word in words(label)}
    assert not out - words(text)


def test_the_number_of_a_line_is_no_word() -> None:
    text = "01 L1: vi mener (0.2) nej=\n02 A1: =ja det\n03 L1:    [ja  ]\n04     så (.) det\n05 A1: 10 kr. er nok"
    said, _ = read_typed(text, {"L1", "A1"}.__contains__)
    assert [(turn.label, turn.text) for turn in said][2:] == [("L1", "[ja ] så (.) det"), ("A1", "10 kr. er nok")]
    # Numbers that do not follow each other were said.
    [turn], _ = read_typed("L1: Der kom\n12 personer\n14 personer\n3 hunde\n40 borgere", {"L1"}.__contains__)
    assert turn.text == "Der kom 12 personer 14 personer 3 hunde 40 borgere"
