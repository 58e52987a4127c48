"""A sitting of coding without a browser, and codings from elsewhere: what is answered as saved is in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from blupkit.core import BlupkitError, Study
from blupkit.interviews import (
    Codable,
    Coded,
    Passage,
    add_codings,
    answer_turns,
    coder,
    read_codebook,
    read_coded_answers,
    read_codings,
    read_qdpx,
    read_turns,
    start_log,
    suggest_codes,
    write_qdpx,
)
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log
from blupkit.interviews.coding.session import Session

PLACE = {"turn": 2, "start": 0, "end": 20, "code": "2.1"}


def with_log(study: Study, **settings: Any) -> Study:
    assert study.interviews is not None
    changed = {"codings": {"A": "A.jsonl"}} | settings
    return study.model_copy(update={"interviews": study.interviews.model_copy(update=changed)})


@pytest.fixture
def study(make_study: Any) -> Study:
    return with_log(make_study())


@pytest.fixture
def session(study: Study) -> Session:
    return coder(study, "fg1").session


def coded(study: Study) -> list[list[Any]]:
    table = read_codings(study, read_turns(study), read_codebook(study))
    return table[["turn", "code", "direction", "memo", "quote"]].values.tolist()


def test_what_is_coded_changed_and_deleted_is_in_the_log_and_can_be_taken_back(session: Session, study: Study) -> None:
    first = session.answer({"request": 1, "action": "kodet", **PLACE})
    assert (first["ok"], first["request"], first["undo"]) == (True, 1, 1)
    assert coded(study) == [[2, "2.1", "", "", "Puljerne i Tværhave."]]
    session.answer({"action": "rettet", "id": first["id"], "direction": "barriere", "memo": "æøå"})
    assert coded(study) == [[2, "2.1", "barriere", "æøå", "Puljerne i Tværhave."]]
    session.answer({"action": "slettet", "id": first["id"]})
    assert coded(study) == []
    for expected in (["barriere", "æøå"], ["", ""]):
        session.answer({"action": "fortryd"})
        assert [row[2:4] for row in coded(study)] == [expected]
    assert session.answer({"action": "fortryd"})["codings"] == []
    refused = session.answer({"action": "fortryd"})
    assert (refused["ok"], refused["error"]) == (False, "Der er ikke mere at fortryde.")


def test_a_suggestion_turned_down_stays_away_until_it_is_taken_back(session: Session, study: Study) -> None:
    offered = session.answer({"action": "hent"})["suggestions"]
    assert [(item["turn"], item["code"]) for item in offered][:2] == [(2, "2.1"), (2, "1.1")]
    after = session.answer({"action": "afvist", **offered[0]})
    assert offered[0] not in after["suggestions"]
    assert coded(study) == []
    again = coder(study, "fg1").session.answer({"action": "hent"})
    assert offered[0] not in again["suggestions"]
    assert offered[0] in session.answer({"action": "fortryd"})["suggestions"]
    accepted = session.answer({"action": "kodet", **offered[0]})
    assert offered[0] not in accepted["suggestions"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"turn": 1}, "Den, der leder samtalen, kodes ikke."),
        ({"turn": 99}, "Turen findes ikke i udskriften."),
        ({"code": "9.9"}, "Koden findes ikke i kodebogen."),
        ({"start": 20}, "Markér nogle ord i turen først."),
        ({"end": 900}, "Markér nogle ord i turen først."),
        ({"direction": "op"}, "Vælg barriere, fremmer, forslag eller neutral."),
        ({"action": "gem"}, "Det kan koderen ikke."),
        ({"action": "rettet", "id": "x"}, "Kodningen findes ikke længere. Måske er den slettet i et andet vindue."),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_nothing_is_written(
    change: dict[str, Any], error: str, session: Session, study: Study
) -> None:
    answer = session.answer({"action": "kodet", **PLACE, **change})
    assert (answer["ok"], answer["error"]) == (False, error)
    assert not study.path("A.jsonl").exists()


def test_a_log_that_cannot_be_written_is_told_of_and_shown_as_not_saved(session: Session, study: Study) -> None:
    study.path("A.jsonl").mkdir()
    answer = session.answer({"action": "kodet", **PLACE})
    assert answer["ok"] is False
    assert answer["error"].startswith("Ikke gemt: Der kan ikke skrives i A.jsonl.")
    assert answer["codings"] == []
    study.path("A.jsonl").rmdir()
    assert session.answer({"action": "kodet", **PLACE})["ok"] is True


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told_of_and_nothing_is_shown_as_coded(session: Session, study: Study) -> None:
    study.path("A.jsonl").symlink_to("/dev/full")
    answer = session.answer({"action": "kodet", **PLACE})
    assert (answer["ok"], answer["codings"], answer["undo"]) == (False, [], 0)
    assert answer["error"].startswith("Ikke gemt")


def test_a_line_that_is_spoilt_while_it_is_coded_in_is_set_aside_and_the_rest_kept(
    session: Session, study: Study
) -> None:
    session.answer({"action": "kodet", **PLACE})
    with study.path("A.jsonl").open("ab") as log:
        log.write(b"\x00\xff\x00\xd8" * 8)
    answer = session.answer({"action": "kodet", **PLACE, "code": "1.1"})
    assert answer["ok"] is True
    assert len(answer["codings"]) == 2
    events, faults = read_log(study.path("A.jsonl"))
    assert (len(events), [fault.row for fault in faults]) == (2, [2])


def test_a_change_to_what_another_window_has_deleted_cannot_be_taken_back(session: Session, study: Study) -> None:
    first = session.answer({"action": "kodet", **PLACE})
    session.answer({"action": "rettet", "id": first["id"], "memo": "x"})
    coder(study, "fg1").session.answer({"action": "slettet", "id": first["id"]})
    lines = study.path("A.jsonl").read_text(encoding="utf-8")
    answer = session.answer({"action": "fortryd"})
    assert (answer["ok"], answer["undo"]) == (False, 1)
    assert "slettet i et andet vindue" in answer["error"]
    assert study.path("A.jsonl").read_text(encoding="utf-8") == lines


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [(0, 2, "😀👩"), (2, 5, "\u200d👧æ"), (4, 9, "æøå m"), (8, 10, "m\u0304")],
)
def test_places_are_counted_in_code_points(start: int, end: int, quote: str, study: Study) -> None:
    text = "😀👩\u200d👧æøå m\u0304t."
    turns = read_turns(study)[lambda table: table["turn"] == 2].assign(text=text)
    codable = Codable(turns, read_codebook(study))
    session = Session("fg1", codable, study.path("A.jsonl"), "A", suggest_codes(codable))
    answer = session.answer({"action": "kodet", "turn": 2, "start": start, "end": end, "code": "2.1"})
    assert answer["codings"][0]["quote"] == text[start:end] == quote


def test_what_another_window_has_written_is_there_at_the_next_action(session: Session, study: Study) -> None:
    other = coder(study, "fg1").session
    other.answer({"action": "kodet", **PLACE})
    assert len(session.answer({"action": "hent"})["codings"]) == 1
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, Passage("fg2", **PLACE))])
    assert len(session.answer({"action": "hent"})["codings"]) == 1  # another interview's do not show here


def test_a_search_wants_every_word_in_any_form(session: Session) -> None:
    found = session.answer({"action": "soeg", "text": "love pulje"})["found"]
    assert found == [{"turn": 2, "hits": [(0, 8), (34, 38)]}]
    assert session.answer({"action": "soeg", "text": "pulje mandat"})["found"] == []
    assert session.answer({"action": "soeg", "text": "  "})["found"] == []


def test_a_table_cannot_be_coded_in_until_it_is_made_a_log(make_study: Any) -> None:
    study = make_study()
    with pytest.raises(BlupkitError, match="start_log"):
        coder(study, "fg1")
    before = coded(study)
    assert start_log(study, "A").startswith("Loggen kodninger_A.jsonl rummer 4 kodninger. Skriv i study.toml:")
    assert coded(with_log(study, codings={"A": "kodninger_A.jsonl"})) == before
    with pytest.raises(BlupkitError, match="der er der i forvejen"):
        start_log(study, "A")


def test_what_to_write_in_study_toml_keeps_the_other_coders(make_study: Any) -> None:
    study = make_study()
    both = with_log(study, codings={"A": "kodninger_A.tsv", "B": "kodninger_B.jsonl"})
    said = start_log(both, "A")
    assert said.endswith('kodninger = { A = "kodninger_A.jsonl", B = "kodninger_B.jsonl" }')
    assert study.path("kodninger_A.tsv").exists()


def test_an_interview_or_a_coder_that_does_not_exist_is_refused(study: Study) -> None:
    with pytest.raises(BlupkitError, match="fg1 eller fg2"):
        coder(study, "fg7")
    with pytest.raises(BlupkitError, match="en fil til koderen C"):
        coder(study, "fg1", coder="C")


def test_open_answers_are_coded_with_the_same_codebook(make_study: Any) -> None:
    answers = pd.DataFrame(
        {
            "respondent": ["7"],
            "group": "L",
            "variable": "ord",
            "kind": "aaben",
            "state": "besvaret",
            "text": "Flere puljer",
        }
    )
    study = with_log(make_study(), answer_codings="aabne.jsonl")
    turns = answer_turns(answers)
    answer = coder(study, "ord", turns=turns).session.answer(
        {"action": "kodet", "turn": "7", "start": 6, "end": 12, "code": "2.1"}
    )
    assert answer["ok"] is True
    codings = read_coded_answers(study, answers).codings
    assert codings[["interview", "turn", "code", "quote"]].values.tolist() == [["ord", "7", "2.1", "puljer"]]


def test_how_far_suggestions_can_be_trusted_is_told_without_waiting_for_it(study: Study) -> None:
    widget = coder(study, "fg1")
    assert widget.trust() == "Forslagene kan først prøves, når to interview er kodet."
    assert "trust" not in widget.material


def test_no_name_of_a_participant_goes_to_the_browser_as_a_label(study: Study) -> None:
    labels = {turn["who"] for turn in coder(study, "fg1").material["turns"]}
    assert labels == {"Moderator", "Lokalråd 1", "Ansat 1"}


def test_codings_from_another_program_come_in_once_and_what_cannot_is_told(make_study: Any, tmp_path: Path) -> None:
    study = make_study()
    turns, codebook = read_turns(study), read_codebook(study)
    codings = read_codings(study, turns, codebook)
    write_qdpx(tmp_path / "a.qdpx", study, Coded(turns, codebook, codings))
    imported, codable = read_qdpx(tmp_path / "a.qdpx", turns), Codable(turns, codebook)
    logged = with_log(study)
    assert add_codings(logged, "A", imported.codings, codable) == ["4 kodninger er skrevet i A.jsonl."]
    assert coded(logged) == coded(study)
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
