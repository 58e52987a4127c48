"""What a coder has before her beside the transcript: interviews, the codebook, all passages, memos, others' codings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from blupkit.core import Study
from blupkit.interviews import coder, read_codebook
from blupkit.interviews.coding.log import append_events, new_event, read_log
from blupkit.interviews.coding.passage import Passage
from blupkit.interviews.desk.desk import Desk
from blupkit.interviews.desk.widget import CoderWidget

MARKED = {"turn": 2, "start": 21, "end": 45}


@pytest.fixture
def study(make_study: Any) -> Study:
    study: Study = make_study({"citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n"})
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl", "B": "B.jsonl"}, "main_coder": "B"})
    return study.model_copy(update={"interviews": files})


@pytest.fixture
def desk(study: Study) -> Desk:
    return coder(study, "fg1", "A").desk


def coded(study: Study, name: str = "A.jsonl") -> list[str]:
    return [str(event.action) for _, event in read_log(study.path(name))[0]]


def book(study: Study) -> list[str]:
    return [f"{code.code} {code.name}" for code in read_codebook(study).rows]


def test_a_new_code_is_written_given_and_taken_back_in_one_step(desk: Desk, study: Study) -> None:
    before = study.path("kodebog.csv").read_bytes()
    done = desk.answer({"action": "ny_kode", "name": " Loven  om løfter ", "theme": "1", "definition": "", **MARKED})
    assert (done["ok"], done["code"], done["undo"]) == (True, "1.2", 1)
    assert book(study) == ["1.1 Mandat", "1.2 Loven om løfter", "2.1 Puljer"]
    assert read_codebook(study).rows[1].definition == "Endnu ikke beskrevet."
    assert [code["code"] for code in done["codes"]] == ["1.1", "1.2", "2.1"]
    assert [(each["code"], each["quote"]) for each in done["codings"]] == [("1.2", "Jeg kan ikke love noget.")]
    undone = desk.answer({"action": "fortryd"})
    assert (undone["ok"], undone["undo"], undone["codings"]) == (True, 0, [])
    assert study.path("kodebog.csv").read_bytes() == before
    assert [code["code"] for code in undone["codes"]] == ["1.1", "2.1"]
    assert coded(study) == ["kodet", "slettet"]


def test_a_new_theme_gets_its_own_number_and_colour(desk: Desk, study: Study) -> None:
    done = desk.answer({"action": "ny_kode", "name": "Aftener", "theme": "", "theme_name": "Tid"})
    assert (done["code"], list(done["colours"])) == ("3.1", ["1", "2", "3"])
    assert read_codebook(study).theme_names["3"] == "Tid"
    assert coded(study) == []


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"name": "  ", "theme": "1"}, "Skriv, hvad koden hedder."),
        ({"name": "mandat", "theme": "2"}, "Kodebogen har allerede koden 1.1 Mandat."),
        ({"name": "Nyt", "theme": ""}, "Vælg et tema, eller skriv, hvad det nye tema hedder."),
        ({"name": "Nyt", "theme": "1", **MARKED, "end": 900}, "Markér nogle ord i turen først."),
    ],
)
def test_a_code_that_cannot_be_made_leaves_the_codebook_as_it_was(
    asked: dict[str, Any], error: str, desk: Desk, study: Study
) -> None:
    before = study.path("kodebog.csv").read_bytes()
    answer = desk.answer({"action": "ny_kode", **asked})
    assert (answer["ok"], answer["error"], answer["undo"]) == (False, error, 0)
    assert study.path("kodebog.csv").read_bytes() == before
    assert coded(study) == []


def test_a_new_code_that_is_used_elsewhere_or_a_changed_codebook_is_not_taken_back(desk: Desk, study: Study) -> None:
    desk.answer({"action": "ny_kode", "name": "Løfter", "theme": "1", **MARKED})
    append_events(study.path("A.jsonl"), [new_event("A", "kodet", Passage("fg2", 2, 0, 18, "1.2"))])  # type: ignore[arg-type]
    answer = desk.answer({"action": "fortryd"})
    assert answer["error"] == "Koden 1.2 er brugt 2 steder. Fortryd eller slet dem først."
    desk.answer({"action": "ny_kode", "name": "Andet", "theme": "1"})
    study.path("kodebog.csv").write_bytes(study.path("kodebog.csv").read_bytes() + b"9.9;9;X;Y;Z;;;;\n")
    assert desk.answer({"action": "fortryd"})["error"].startswith("Kodebogen er ændret siden.")
    assert "1.3 Andet" in book(study)


def test_another_interview_is_opened_and_what_is_coded_there_counts_in_its_progress(study: Study) -> None:
    widget = coder(study, "fg1", "A")
    sent: list[dict[str, Any]] = []
    widget.send = lambda message, *_: sent.append(message)  # type: ignore[method-assign]
    widget._hear(None, {"action": "skift", "interview": "fg2", "request": 1}, None)
    assert (widget.material["title"], len(widget.material["turns"])) == ("fg2", 3)
    widget._hear(None, {"action": "kodet", "turn": 2, "start": 0, "end": 18, "code": "2.1"}, None)
    assert sent[-1]["turns"]["2"]["codings"][0]["quote"] == "Vi søgte en pulje."
    progress = widget.desk.material()["interviews"]
    assert [(each["id"], each["title"], each["coded"], each["of"]) for each in progress] == [
        ("fg1", "Gruppe 1", 0, 2),
        ("fg2", "Gruppe 2", 1, 2),
    ]
    widget._hear(None, {"action": "skift", "interview": "fg7"}, None)
    assert sent[-1]["ok"] is False
    assert widget.material["title"] == "fg2"
    assert coder(study, coder="A").material["title"] == "fg2"  # where one coded last


def test_the_page_is_told_of_the_turns_that_changed_and_of_all_when_it_asks(study: Study) -> None:
    widget: CoderWidget = coder(study, "fg1", "A")
    sent: list[dict[str, Any]] = []
    widget.send = lambda message, *_: sent.append(message)  # type: ignore[method-assign]
    for message in ({"action": "hent"}, {"action": "kodet", "code": "1.1", **MARKED}, {"action": "hent"}):
        widget._hear(None, message, None)
    assert [(each["whole"], sorted(each["turns"])) for each in sent] == [
        (True, ["2", "3"]),
        (False, ["2"]),
        (True, ["2", "3"]),
    ]
    widget._hear(None, {"action": "fortryd"}, None)
    assert sent[-1]["turns"]["2"]["codings"] == []


def test_all_passages_of_a_code_are_the_coders_own_in_full_across_interviews(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk.answer({"action": "kodet", "code": "1.1", "direction": "barriere", **MARKED})
    desk.answer({"action": "skift", "interview": "fg2"})
    desk.answer({"action": "kodet", "turn": 2, "start": 0, "end": 18, "code": "1.1"})
    found = desk.answer({"action": "steder", "code": "1.1"})["places"]
    assert [(each["interview"], each["turn"], each["text"]) for each in found] == [
        ("fg1", 2, "Jeg kan ikke love noget."),
        ("fg2", 2, "Vi søgte en pulje."),
    ]
    assert found[0]["head"] == "Gruppe 1 · tur 2 · Lokalråd 1 · 0:00:05 · 1.1 Mandat · Noget svært"
    barriers = desk.answer({"action": "steder", "code": "1.1", "direction": "barriere", "group": "L"})["places"]
    assert [each["interview"] for each in barriers] == ["fg1"]
    assert desk.answer({"action": "steder", "code": "1.1", "group": "A"})["places"] == []
    told = desk.answer({"action": "steder", "code": "1.1", "excel": True})["told"]
    place = re.fullmatch(r"Stederne ligger i (.*\.xlsx)\. Filen er intern\.", told)
    assert place
    assert pd.read_excel(place[1], engine="calamine")["Passage"].tolist() == [
        "Jeg kan ikke love noget.",
        "Vi søgte en pulje.",
    ]


def test_memos_on_codings_codes_and_interviews_are_listed_and_taken_back(desk: Desk, study: Study) -> None:
    desk.answer({"action": "kodet", "code": "1.1", "memo": "Se fg2", **MARKED})
    desk.answer({"action": "notat", "code": "2.1", "memo": "Del den op"})
    done = desk.answer({"action": "notat", "memo": "Rolig samtale"})
    assert sorted(done["notes"]) == [["", "2.1", "Del den op"], ["fg1", "", "Rolig samtale"]]
    listed = desk.answer({"action": "memoer"})["memos"]
    assert [(each["head"], each["memo"]) for each in listed] == [
        ("Kode 2.1 Puljer", "Del den op"),
        ("Interview Gruppe 1", "Rolig samtale"),
        ("Gruppe 1 · tur 2 · 1.1 Mandat", "Se fg2"),
    ]
    assert desk.answer({"action": "fortryd"})["notes"] == [["", "2.1", "Del den op"]]
    again = coder(study, "fg1", "A").desk
    assert again.answer({"action": "hent"})["notes"] == [["", "2.1", "Del den op"]]


def test_anothers_codings_are_shown_when_they_are_asked_for_and_are_nobody_elses(desk: Desk, study: Study) -> None:
    passage = Passage("fg1", 3, 0, 12, "2.1", quote="Det siger Bo")
    append_events(study.path("B.jsonl"), [new_event("B", "kodet", passage)])  # type: ignore[arg-type]
    assert desk.material()["others"] == ["B"]
    assert desk.answer({"action": "hent"})["codings"] == []
    shown = desk.answer({"action": "andre", "coder": "B"})["others"]
    assert shown == [{"coder": "B", "turn": 3, "start": 0, "end": 12, "code": "2.1", "direction": ""}]
    assert desk.answer({"action": "andre", "coder": "C"})["ok"] is False
    assert coded(study) == []


def test_the_codes_that_were_given_last_stand_first_and_all_are_counted(desk: Desk) -> None:
    desk.answer({"action": "kodet", "code": "2.1", **MARKED})
    done = desk.answer({"action": "kodet", "code": "1.1", **MARKED})
    assert (done["latest"], dict(done["used"])) == (["1.1", "2.1"], {"2.1": 1, "1.1": 1})
