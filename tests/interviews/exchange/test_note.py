"""What an export cannot carry is told with numbers, by the call and in a file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from blupkit.core import Study
from blupkit.interviews import Passage, read_coded, write_codings_table, write_memo, write_qdc, write_qdpx
from blupkit.interviews.coding.log import Action, append_events, new_event


@pytest.fixture
def study(make_study: Any) -> Study:
    """A log with two codings of one place, one that was moved and one that is set aside, and a memo on a code."""
    study: Study = make_study()
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    study = study.model_copy(update={"interviews": files})
    place = Passage("fg1", 2, 0, 20, "2.1", "barriere", "ansatte", "Tøver", "Puljerne i Tværhave.")
    other = Passage("fg1", 2, 0, 20, "1.1", "fremmer", "ansatte", "", "Puljerne i Tværhave.")
    moved = Passage("fg2", 2, 0, 18, "2.1", quote="Vi søgte en pulje.")
    aside = Passage("fg2", 3, 0, 4, "2.1", quote="Nej!")
    events = [new_event("A", Action.CODED, each) for each in (place, other, moved, aside)]
    append_events(study.path("A.jsonl"), [*events, new_event("A", Action.MOVED, moved, events[2].id)])
    write_memo(study, "Bred", code="2.1")
    return study


IN_LOGS = [
    "Kodninger, der er sat til side eller ikke kan bruges, er ikke med: 1.",
    "Kodninger, der er flyttet, siden de blev sat, og ikke er bekræftet, er med uden det mærke: 1.",
    "Bemærkninger om koder og interview er ikke med: 1.",
    "Hvornår en kode er sat, rettet eller fjernet, er ikke med (hændelser i loggen: 6).",
]


def beside(path: Path) -> list[str]:
    head, empty, *said = path.with_name(f"{path.name}.note.txt").read_text(encoding="utf-8").splitlines()
    assert (head, empty) == (f"Om {path.name}", "")
    return [sentence.removeprefix("* ") for sentence in said]


def test_a_project_tells_what_it_lacks(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "ud" / "projekt.qdpx"
    told = write_qdpx(path, study, read_coded(study))
    assert told[2].endswith("Filen rummer: kodninger 3, memoer 1, retninger 2, parter 2, kodere: A.")
    assert told[4].startswith("Steder, hvor to koder har hver sin retning: 1.")
    assert told[5:9] == IN_LOGS
    assert beside(path) == told


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_tells_what_it_lacks(suffix: str, study: Study, tmp_path: Path) -> None:
    path = tmp_path / f"kodninger{suffix}"
    told = write_codings_table(path, read_coded(study), study)
    assert told[0] == "Filen rummer: kodninger 3, memoer 1, retninger 2, parter 2, kodere: A."
    assert told[2:] == IN_LOGS
    assert beside(path) == told


def test_a_codebook_tells_what_it_lacks(study: Study, tmp_path: Path) -> None:
    for name in ("kodebog.qdc", "kodebog.csv"):
        told = write_qdc(tmp_path / name, read_coded(study).codebook)
        assert told[0] == "Koder, hvis søgemønstre ikke er med: 2."
        assert beside(tmp_path / name) == told
