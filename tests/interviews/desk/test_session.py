"""A sitting of coding without a browser: what is answered as saved is in the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from interviews.interview_support import coded_in, with_log

from blupkit.core import Study
from blupkit.interviews import Passage, coder, read_codebook, read_turns, suggest_codes
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.desk.session import Session

PLACE = {"turn": 2, "start": 0, "end": 20, "code": "2.1"}


@pytest.fixture
def study(make_study: Any) -> Study:
    return with_log(make_study())


@pytest.fixture
def session(study: Study) -> Session:
    return coder(study, "fg1").session


def test_what_is_coded_changed_and_deleted_is_in_the_log_and_can_be_taken_back(session: Session, study: Study) -> None:
    first = session.answer({"request": 1, "action": "kodet", **PLACE})
    assert (first["ok"], first["request"], first["undo"]) == (True, 1, 1)
    assert coded_in(study) == [[2, "2.1", "", "", "Puljerne i Tværhave."]]
    session.answer({"action": "rettet", "id": first["id"], "direction": "barriere", "memo": "æøå"})
    assert coded_in(study) == [[2, "2.1", "barriere", "æøå", "Puljerne i Tværhave."]]
    session.answer({"action": "slettet", "id": first["id"]})
    assert coded_in(study) == []
    for expected in (["barriere", "æøå"], ["", ""]):
        session.answer({"action": "fortryd"})
        assert [row[2:4] for row in coded_in(study)] == [expected]
    assert session.answer({"action": "fortryd"})["codings"] == []
    refused = session.answer({"action": "fortryd"})
    assert (refused["ok"], refused["error"]) == (False, "Der er ikke mere at fortryde.")


def test_a_suggestion_turned_down_stays_away_until_it_is_taken_back(session: Session, study: Study) -> None:
    offered = session.answer({"action": "hent"})["suggestions"]
    assert [(item["turn"], item["code"]) for item in offered] == [(2, "2.1"), (3, "1.1")]
    after = session.answer({"action": "afvist", **offered[0]})
    assert offered[0] not in after["suggestions"]
    assert coded_in(study) == []
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
