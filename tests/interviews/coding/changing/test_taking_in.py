"""Codings taken into a log: what a colleague added to known ones comes in, and nothing is doubled or overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from interviews.interview_support import read_all

from blupkit.core import Study
from blupkit.interviews import (
    Coded,
    Passage,
    add_codings,
    read_codebook,
    read_codings_table,
    read_qdpx,
    read_turns,
    recode,
    start_log,
    write_codings_table,
    write_qdpx,
)
from blupkit.interviews.coding.log import Action, append_events, current, new_event, read_log
from blupkit.interviews.coding.passage import Codable

PLACE = Passage("fg1", 2, 0, 20, "2.1", quote="Puljerne i Tværhave.")


@pytest.fixture
def study(make_study: Any) -> Study:
    """A study in whose log A has three codings."""
    study: Study = make_study()
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}, "parties": ()})
    study = study.model_copy(update={"interviews": files})
    said = [
        PLACE,
        Passage("fg1", 2, 21, 45, "1.1", quote="Jeg kan ikke love noget.", memo="Tøver", direction="barriere"),
    ]
    said.append(Passage("fg2", 2, 0, 18, "2.1", quote="Vi søgte en pulje."))
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, each) for each in said])
    return study


def said(study: Study) -> list[list[Any]]:
    return read_all(study).codings[["code", "direction", "about", "memo"]].values.tolist()


def added(study: Study, codings: pd.DataFrame) -> list[str]:
    return add_codings(study, "A", codings, Codable(read_turns(study), read_codebook(study)))


def through(study: Study, form: str, folder: Path, **changes: list[str]) -> pd.DataFrame:
    """Let a colleague add to the codings, and send them back in a file."""
    here = read_all(study)
    theirs = Coded(here.turns, here.codebook, here.codings.assign(**changes))
    path = folder / f"fra_kollega{form}"
    if form == ".qdpx":
        write_qdpx(path, study, theirs)
        return read_qdpx(path, here.turns).codings
    if form == ".jsonl":
        rows = theirs.codings.to_dict("records")
        fields = ("interview", "turn", "start", "end", "code", "direction", "about", "memo", "quote")
        passages = [Passage(**{key: row[key] for key in fields}) for row in rows]
        path.write_bytes(study.path("A.jsonl").read_bytes())
        events = [new_event("A", Action.CHANGED, each, row["id"]) for each, row in zip(passages, rows, strict=True)]
        append_events(path, events)
    else:
        write_codings_table(path, theirs)
    return read_codings_table(path, here.turns).codings


@pytest.mark.parametrize("form", [".qdpx", ".xlsx", ".csv", ".jsonl"])
def test_what_a_colleague_added_to_a_known_coding_comes_in_and_once_only(
    form: str, study: Study, tmp_path: Path
) -> None:
    changes = {
        "direction": ["fremmer", "barriere", ""],
        "about": ["", "ansatte", ""],
        "memo": ["Æbler 🙂", "Tøver. Se tur 1", ""],
    }
    theirs = through(study, form, tmp_path, **changes)
    assert added(study, theirs) == [
        "0 kodninger er skrevet i A.jsonl.",
        "2 kodninger har fået det, der var føjet til: retning, memo og om part.",
        "1 kodning var der i forvejen.",
    ]
    assert said(study) == [
        ["2.1", "", "", ""],
        ["2.1", "fremmer", "", "Æbler 🙂"],
        ["1.1", "barriere", "ansatte", "Tøver. Se tur 1"],
    ]
    assert added(study, theirs)[1:] == ["3 kodninger var der i forvejen."]


@pytest.mark.parametrize("form", [".qdpx", ".xlsx", ".jsonl"])
def test_where_both_say_something_the_logs_stays_and_it_is_told(form: str, study: Study, tmp_path: Path) -> None:
    theirs = through(study, form, tmp_path, direction=["", "fremmer", ""], memo=["", "Klar tale", ""])
    before = said(study)
    assert added(study, theirs)[-1] == (
        "Filen og loggen siger hver sit, og loggens er beholdt: "
        "fg1, tur 2 (1.1): retning »barriere« i loggen, »fremmer« i filen; "
        "fg1, tur 2 (1.1): memo »Tøver« i loggen, »Klar tale« i filen."
    )
    assert said(study) == before


def test_another_code_on_a_known_coding_is_told_and_makes_no_second_one(study: Study, tmp_path: Path) -> None:
    theirs = through(study, ".jsonl", tmp_path, code=["1.1", "1.1", "2.1"], theme=["1", "1", "2"])
    told = added(study, theirs)
    assert told[0] == "0 kodninger er skrevet i A.jsonl."
    assert "fg1, tur 2 (2.1): 2.1 på »Puljerne i Tværhave.« i loggen, 1.1 på" in told[-1]
    assert len(said(study)) == 3


def test_what_was_deleted_here_does_not_come_back(study: Study, tmp_path: Path) -> None:
    theirs = through(study, ".jsonl", tmp_path)
    [first, *_] = current(read_log(study.path("A.jsonl"))[0])
    append_events(study.path("A.jsonl"), [new_event("A", Action.DELETED, PLACE, first)])
    assert "1 kodning er slettet i loggen og kommer ikke igen." in added(study, theirs)
    assert len(said(study)) == 2


def test_a_coding_that_is_set_aside_is_first_placed_and_then_added_to(study: Study, tmp_path: Path) -> None:
    theirs = through(study, ".jsonl", tmp_path, memo=["x", "Tøver", ""]).assign(turn=[4, 4, 2])
    path = study.path("fg1.txt")
    path.write_text("[00:00:00] L1: Ja.\n[00:00:00] A1: Nej.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    told = added(study, theirs)
    assert (
        told[1]
        == "2 kodninger er udeladt, for loggen har dem på en gammel plads: Kør interviews.place_anew(study) først."
    )
    assert len(current(read_log(study.path("A.jsonl"))[0])) == 3


def test_codes_put_together_leave_one_coding_a_passage_and_lose_no_memo(study: Study) -> None:
    other = Passage("fg1", 2, 0, 20, "1.1", quote="Puljerne i Tværhave.", memo="Andet", about="ansatte")
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, other)])
    told = recode(study, read_codebook(study), "1.1", "2.1")
    assert told.startswith("Kode 1.1 er nu 2.1: 2 kodninger hos A.")
    assert told.endswith("1 kodning lå på ord, der havde kode 2.1 i forvejen, og er lagt sammen med dem.")
    places = [event.passage.place for _, event in current(read_log(study.path("A.jsonl"))[0]).values()]
    assert len(set(places)) == len(places) == 3
    assert ["2.1", "", "ansatte", "Andet"] in said(study)


def test_codes_put_together_that_say_different_things_are_told(study: Study) -> None:
    for direction, code in (("barriere", "2.1"), ("fremmer", "1.1")):
        passage = Passage("fg1", 3, 0, 17, code, direction, memo=direction, quote="Det siger Bo alti")
        append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, passage)])
    assert recode(study, read_codebook(study), "1.1", "2.1").endswith(
        "De sagde hver sit; det første er beholdt: retning i fg1, tur 3."
    )
    assert ["2.1", "barriere", "", "barriere\nfremmer"] in said(study)
    before = len(read_log(study.path("A.jsonl"))[0])
    assert "0 kodninger" in recode(study, read_codebook(study), "2.1", "2.1")
    assert len(read_log(study.path("A.jsonl"))[0]) == before


def test_a_table_becomes_a_log_with_the_codings_that_are_set_aside_too(make_study: Any) -> None:
    study = make_study()
    path = study.path("fg2.txt")
    path.write_text("[00:00:00] A1: Ja.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert start_log(study, "A").endswith("1 kodning er sat til side: Kør så interviews.place_anew(study).")
    passages = [event.passage for _, event in read_log(study.path("kodninger_A.jsonl"))[0]]
    assert [passage.quote for passage in passages][-1] == "Vi søgte en pulje."
    assert len(passages) == 4
