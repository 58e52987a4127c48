"""Damaged files of every kind: an error in Danish or a whole reading, never a traceback. `make soak` tries more."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.core import Study, read_study
from blupkit.interviews import check_interviews, read_codebook, read_codings, read_turns

DEMO: Final = Path("data/demo")
SRT: Final = "".join(
    f"{n}\n00:00:{n:02d},000 --> 00:00:{n + 1:02d},000\nVi søgte puljen, og så hørte vi ingenting {n}.\n\n"
    for n in range(1, 20)
)
#: Every file that a person or a program may have damaged on its way.
TARGETS: Final = [
    "interview/fg1.vtt",
    "interview/fg3.docx",
    "interview/fg4.txt",
    "interview/fg5.srt",
    "interview/kodebog.csv",
    "interview/deltagere.csv",
    "interview/afgoerelser.csv",
    "interview/citater.csv",
    "interview/sammenfatninger.csv",
    "interview/sammenholdt.csv",
    "interview/kodninger_B.tsv",
    "interview/kodninger_C.jsonl",
]

CODERS: Final = 'kodninger = { B = "interview/kodninger_B.tsv", C = "interview/kodninger_C.jsonl" }'

#: What happens to a file: where (as a share of it), how much, and what.
MUTATION = st.tuples(
    st.floats(0, 1),
    st.integers(0, 60),
    st.sampled_from(["cut off", "remove", "repeat", "swap case"])
    | st.binary(min_size=1, max_size=8)
    | st.sampled_from(
        [b"\n", b"-->", b";", b"\t", b'"', b"\xff", b"\x00", b"<v ", b"{", b":", "\N{GRINNING FACE}".encode()]
    ),
)


def mutated(raw: bytes, mutations: list[tuple[float, int, Any]]) -> bytes:
    for share, size, what in mutations:
        place = int(share * len(raw))
        piece = raw[place : place + size]
        after = raw[place + size :]
        middle = {"cut off": b"", "remove": b"", "repeat": piece * 2, "swap case": piece.swapcase()}.get(what, what)
        raw = raw[:place] + middle + (b"" if what == "cut off" else after)
    return raw


def only(text: str, *ids: str) -> str:
    """Keep some of the transcripts of study.toml, so that each damaged file is read in no time."""
    head, *parts = text.split("[[interview.udskrift]]")
    return "[[interview.udskrift]]".join([head, *(part for part in parts if any(f'"{name}"' in part for name in ids))])


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Study]:
    """Give a study for each target: a transcript alone, or one transcript with all that is written about it."""
    place = tmp_path_factory.mktemp("fuzz")
    talks = {target: Path(target).stem if Path(target).stem.startswith("fg") else "fg3" for target in TARGETS}
    found = {talk: small_study(place / talk, talk) for talk in set(talks.values())}
    return {target: found[talk] for target, talk in talks.items()}


def small_study(folder: Path, talk: str) -> Study:
    """Write one talk of the demo as a study of its own; the third with forty codings, as a table and as a log."""
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("spoergeskema", "generator"))
    place = folder / "interview"
    (place / "fg5.srt").write_text(SRT, encoding="utf-8")
    short = "\n\n".join((place / "fg1.vtt").read_text(encoding="utf-8").split("\n\n")[:80])
    (place / "fg1.vtt").write_text(short, encoding="utf-8")
    for name in ("deltagere.csv", "citater.csv", "sammenfatninger.csv"):
        table = pd.read_csv(place / name, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
        table[table["interview"] == talk].to_csv(place / name, sep=";", index=False)
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text += '\n[[interview.udskrift]]\nid = "fg5"\nfil = "interview/fg5.srt"\ntitel = "Gruppe 5"\n'
    text = re.sub(r"(?ms)^\[spoergeskema\].*?(?=^\[)", "", only(text, talk))
    text = re.sub(r"(kodninger|kodninger_aabne|hovedkoder) = .*\n", "", text)
    if talk == "fg3":
        text = text.replace("[interview]\n", f"[interview]\n{CODERS}\n")
        write_codings(place)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return read_study(folder)


def write_codings(place: Path) -> None:
    """Write the first codings of the third talk, as a table and as a log."""
    lines = (place / "kodninger_A.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    here = [event for event in events if event["interview"] == "fg3"][:40]
    log = [json.dumps(event | {"coder": "C"}, ensure_ascii=False) + "\n" for event in here]
    (place / "kodninger_C.jsonl").write_text("".join(log), encoding="utf-8")
    heads = {"direction": "retning", "about": "om_part"}
    columns = ["interview", "turn", "start", "end", "code", "direction", "about", "quote"]
    rows = [[heads.get(column, column) for column in columns]]
    rows += [[str(event[column]) for column in columns] for event in here]
    text = "\n".join("\t".join(row) for row in rows) + "\n"
    (place / "kodninger_B.tsv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS)
def test_the_undamaged_study_has_no_faults(target: str, studies: dict[str, Study]) -> None:
    faults = check_interviews(studies[target])
    assert faults[faults["level"] == "fejl"].empty


@pytest.mark.parametrize("target", TARGETS)
@given(mutations=st.lists(MUTATION, min_size=1, max_size=4))
def test_a_damaged_file_is_told_of_in_words(
    target: str, mutations: list[tuple[float, int, Any]], studies: dict[str, Study]
) -> None:
    study = studies[target]
    path = study.path(target)
    whole = path.read_bytes()
    path.write_bytes(mutated(whole, mutations))
    try:
        faults = check_interviews(study)
        assert all(len(text) > 3 for text in faults["action"])
        if (faults["level"] == "fejl").any():
            return
        # What has no fault is read, and nothing stops it.
        turns, codebook = read_turns(study), read_codebook(study)
        read_codings(study, turns, codebook)
    finally:
        path.write_bytes(whole)
