"""A sitting after the transcript was edited: what is set aside is shown as such, found again, and confirmed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import Study
from blupkit.interviews import coder, read_codebook, read_codings, read_turns
from blupkit.interviews.coding.log import Action, read_log
from blupkit.interviews.desk.session import Session

TALK = """[00:00:01] M: Hvad er svært?
[00:00:05] L1: Vejen er smal, og ingen rydder sneen. Vi ringer hver gang.
[00:00:20] A1: Det koster penge at rydde sneen.
"""
LONGER = "[00:00:00] A1: Vi er i gang.\n[00:00:00] L1: Ja, det er vi.\n" + TALK


@pytest.fixture
def study(make_study: Any) -> Study:
    study: Study = make_study({"fg1.txt": TALK, "citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n"})
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    return study.model_copy(update={"interviews": files})


def code(session: Session, turn: int, words: str, number: str = "2.1") -> str:
    text = next(each["text"] for each in session.material()["turns"] if each["turn"] == turn)
    start = text.index(words)
    place = {"turn": turn, "start": start, "end": start + len(words), "code": number}
    return str(session.answer({"action": "kodet", **place})["id"])


def reopened(study: Study, talk: str) -> Session:
    study.path("fg1.txt").write_text(talk, encoding="utf-8")
    return coder(study, "fg1").session


def counted(study: Study) -> list[list[Any]]:
    table = read_codings(study, read_turns(study), read_codebook(study))
    return table[["turn", "code", "direction", "quote"]].values.tolist()


def test_a_coding_whose_words_are_gone_is_set_aside_and_cannot_be_changed_over_others(study: Study) -> None:
    ident = code(coder(study, "fg1").session, 2, "ingen rydder sneen")
    session = reopened(study, LONGER)
    [shown] = session.answer({"action": "hent"})["codings"]
    assert (shown["aside"], shown["moved"], shown["was"]) == (True, False, "ingen rydder sneen")
    refused = session.answer({"action": "rettet", "id": ident, "direction": "barriere"})
    assert (refused["ok"], refused["error"][:32]) == (False, "Ordene står der ikke længere, så")
    assert counted(study) == []
    assert len(read_log(study.path("A.jsonl"))[0]) == 1


def test_it_is_placed_anew_confirmed_and_taken_back_in_single_steps(study: Study) -> None:
    first = coder(study, "fg1").session
    code(first, 2, "ingen rydder sneen")
    code(first, 3, "Det koster penge", "1.1")
    session = reopened(study, LONGER)
    found = session.answer({"action": "placer"})
    assert found["says"].startswith("2 af kodningerne er flyttet med deres ord og tæller med.")
    assert [(each["turn"], each["moved"], each["aside"]) for each in found["codings"]] == [
        (4, True, False),
        (5, True, False),
    ]
    assert [row[0] for row in counted(study)] == [4, 5]
    assert session.answer({"action": "placer"})["says"] == "Alle kodninger står, hvor de skal."
    done = session.answer({"action": "bekraeft", "ids": [each["id"] for each in found["codings"]]})
    assert [each["moved"] for each in done["codings"]] == [False, False]
    assert [each["moved"] for each in session.answer({"action": "fortryd"})["codings"]] == [True, True]
    assert [each["aside"] for each in session.answer({"action": "fortryd"})["codings"]] == [True, True]
    assert counted(study) == []


def test_a_place_with_other_words_is_offered_and_counts_when_it_is_confirmed(study: Study) -> None:
    ident = code(coder(study, "fg1").session, 2, "Vejen er smal, og ingen rydder sneen.")
    session = reopened(study, TALK.replace("Vejen er smal", "[vejnavn] er smal"))
    [shown] = session.answer({"action": "placer"})["codings"]
    assert (shown["aside"], shown["moved"], shown["was"]) == (True, True, "Vejen er smal, og ingen rydder sneen.")
    assert counted(study) == []
    assert session.answer({"action": "rettet", "id": ident, "memo": "x"})["ok"] is False
    session.answer({"action": "bekraeft", "id": ident})
    assert [row[3] for row in counted(study)] == ["[vejnavn] er smal, og ingen rydder sneen."]


def test_it_can_be_put_on_its_words_by_hand(study: Study) -> None:
    ident = code(coder(study, "fg1").session, 2, "Vi ringer hver gang.")
    session = reopened(study, TALK.replace("Vi ringer hver gang.", "Så vi må ringe."))
    place = {"turn": 2, "start": 38, "end": 53}
    assert session.answer({"action": "rettet", "id": ident, **place})["ok"] is True
    assert [row[3] for row in counted(study)] == ["Så vi må ringe."]


def test_the_same_code_on_the_same_words_is_refused_in_words_and_not_written(study: Study) -> None:
    session = coder(study, "fg1").session
    code(session, 2, "ingen rydder sneen")
    other = code(session, 2, "ingen rydder sneen", "1.1")
    place = {"turn": 2, "start": 18, "end": 36}
    for again in ({"action": "kodet", **place, "code": "2.1"}, {"action": "rettet", "id": other, "code": "2.1"}):
        refused = session.answer(again)
        assert (refused["ok"], refused["error"]) == (False, "Stedet har allerede koden 2.1.")
    assert [event.action for _, event in read_log(study.path("A.jsonl"))[0]] == [Action.CODED, Action.CODED]


def test_taking_back_a_deletion_makes_no_second_coding(study: Study) -> None:
    session = coder(study, "fg1").session
    ident = code(session, 2, "ingen rydder sneen")
    session.answer({"action": "slettet", "id": ident})
    code(coder(study, "fg1").session, 2, "ingen rydder sneen")
    assert session.answer({"action": "fortryd"})["error"] == "Stedet har allerede koden 2.1."
    assert len(counted(study)) == 1
