"""What is done to a whole log: codes renumbered, codings taken in, a table made a log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from interviews.interview_support import coded_in, with_log

from blupkit.core import BlupkitError, Study
from blupkit.interviews import (
    Coded,
    Passage,
    add_codings,
    code_history,
    coder,
    read_codebook,
    read_coded,
    read_codings,
    read_qdpx,
    read_turns,
    recode,
    start_log,
    write_qdpx,
)
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log
from blupkit.interviews.coding.passage import Codable


@pytest.fixture
def logged(make_study: Any) -> Study:
    study: Study = make_study()
    assert study.interviews is not None
    logs = {"A": "A.jsonl", "B": "B.jsonl"}
    for who, name in logs.items():
        place = Passage("fg1", 2, 0, 20, "2.1", quote="Puljerne i Tværhave.")
        append_events(study.path(name), [new_event(who, Action.CODED, place)])
    return study.model_copy(update={"interviews": study.interviews.model_copy(update={"codings": logs})})


def test_a_code_gets_another_number_in_every_log_and_the_history_stays(logged: Study) -> None:
    said = recode(logged, read_codebook(logged), "2.1", "1.1")
    assert said.startswith("Kode 2.1 er nu 1.1: 1 kodning hos A og 1 kodning hos B.")
    assert read_coded(logged).all_codings["code"].tolist() == ["1.1", "1.1"]
    history = code_history(logged)
    assert history[["coder", "action", "was", "now"]].values.tolist() == [
        ["A", "kodet", "", "2.1"],
        ["B", "kodet", "", "2.1"],
        ["A", "rettet", "2.1", "1.1"],
        ["B", "rettet", "2.1", "1.1"],
    ]


def test_a_code_is_taken_apart_by_a_word_in_any_of_its_forms(logged: Study) -> None:
    codebook = read_codebook(logged)
    assert "0 kodninger hos A" in recode(logged, codebook, "2.1", "1.1", word="mandat")
    assert "1 kodning hos A" in recode(logged, codebook, "2.1", "1.1", word="pulje")


def test_recoding_to_a_code_that_does_not_exist_or_in_a_table_is_refused(make_study: Any) -> None:
    study = make_study()
    before = study.path("kodninger_A.tsv").read_bytes()
    with pytest.raises(BlupkitError) as caught:
        recode(study, read_codebook(study), "2.1", "9.9")
    assert [fault.column for fault in caught.value.faults] == ["kode", "kodninger"]
    assert study.path("kodninger_A.tsv").read_bytes() == before


@pytest.fixture
def study(make_study: Any) -> Study:
    return with_log(make_study())


def test_a_table_cannot_be_coded_in_until_it_is_made_a_log(make_study: Any) -> None:
    study = make_study()
    with pytest.raises(BlupkitError, match="start_log"):
        coder(study, "fg1")
    before = coded_in(study)
    assert start_log(study, "A").startswith("Loggen kodninger_A.jsonl rummer 4 kodninger. Skriv i study.toml:")
    assert coded_in(with_log(study, codings={"A": "kodninger_A.jsonl"})) == before
    with pytest.raises(BlupkitError, match="der er der i forvejen"):
        start_log(study, "A")


def test_what_to_write_in_study_toml_keeps_the_other_coders(make_study: Any) -> None:
    study = make_study()
    both = with_log(study, codings={"A": "kodninger_A.tsv", "B": "kodninger_B.jsonl"})
    said = start_log(both, "A")
    assert said.endswith('kodninger = { A = "kodninger_A.jsonl", B = "kodninger_B.jsonl" }')
    assert study.path("kodninger_A.tsv").exists()


def test_codings_from_another_program_come_in_once_and_what_cannot_is_told(make_study: Any, tmp_path: Path) -> None:
    study = make_study()
    turns, codebook = read_turns(study), read_codebook(study)
    codings = read_codings(study, turns, codebook)
    write_qdpx(tmp_path / "a.qdpx", study, Coded(turns, codebook, codings))
    imported, codable = read_qdpx(tmp_path / "a.qdpx", turns), Codable(turns, codebook)
    logged = with_log(study)
    assert add_codings(logged, "A", imported.codings, codable) == ["4 kodninger er skrevet i A.jsonl."]
    assert coded_in(logged) == coded_in(study)
    assert add_codings(logged, "A", imported.codings, codable) == [
        "0 kodninger er skrevet i A.jsonl.",
        "4 kodninger var der i forvejen.",
    ]
    strange = imported.codings.head(3).assign(code=["2.1 Puljer", "Mandat", "Vejret"], start=[0, 0, 0])
    told = add_codings(logged, "A", strange, codable)
    assert "1 kodning er udeladt, for kodebogen har ikke Vejret." in told
    moved = imported.codings.head(1).assign(quote="x")
    assert add_codings(logged, "A", moved, codable)[1:] == [
        "1 kodning er udeladt, for ordene står ikke der i udskriften."
    ]
    assert all(event.coder == "A" for _, event in read_log(logged.path("A.jsonl"))[0])
    with pytest.raises(BlupkitError, match=r"en log \(.jsonl\)"):
        add_codings(study, "A", imported.codings, codable)
