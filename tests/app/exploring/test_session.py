"""What the page is answered: always something, and never a name, a traceback or a half."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from blupkit.app.exploring.explorer import Explorer
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.session import Session
from blupkit.core import read_study
from blupkit.display import ResultTable

DEMO = Path(__file__).parents[3] / "data" / "demo"
#: What is worked out beside the panel.
LATER: list[Callable[[], dict[str, Any]]] = []
KEYS = {"heading", "said", "drawing", "alt", "html", "call", "actions", "sortable"}


@pytest.fixture(scope="module")
def materials() -> Materials:
    return Materials(read_study(DEMO))


@pytest.fixture
def session(materials: Materials) -> Session:
    sort, names = (lambda table: f"vist {table.title}"), (lambda: {"study": 1, "survey": 1})
    return Session(Explorer(materials), sort, names, lambda work: LATER.append(work))


def choose(session: Session, **choice: Any) -> dict[str, Any]:
    return session.answer({"action": "vaelg", "choice": choice, "request": "r1"})


def test_an_answer_is_json_and_carries_its_request(session: Session) -> None:
    answer = choose(session, question="alder", by="tid")
    assert json.loads(json.dumps(answer)) == answer
    assert answer["request"] == "r1"
    shown = answer["state"]["shown"]
    assert set(shown) == KEYS
    assert shown["drawing"].startswith("data:image/png;base64,")
    assert shown["alt"] == f"Figur: {shown['heading']}. Tallene står i tabellen."
    assert shown["call"] == 'survey.cross(responses, "alder", "tid")'


def test_the_base_and_the_three_states_stand_before_the_numbers(session: Session) -> None:
    html = choose(session, question="tid")["state"]["shown"]["html"]
    said, table = html.index("har svaret"), html.index("<table")
    assert said < table
    assert "svarede ved ikke" in html[:table]
    assert "er ikke blevet spurgt" in html[:table]
    assert "Internt" in html


def test_what_is_refused_leaves_what_was_shown(session: Session) -> None:
    before = choose(session, question="alder")["state"]
    answer = choose(session, question="aldr")
    assert answer["error"] == "Der er intet spørgsmål, der hedder »aldr«. Mente du »Alder«?"
    assert answer["state"] == before


@pytest.mark.parametrize("message", [{}, {"action": "slet"}, {"action": "vaelg"}, {"action": "vaelg", "choice": []}])
def test_what_the_page_never_asks_is_refused_in_danish(session: Session, message: dict[str, Any]) -> None:
    assert session.answer(message)["error"].startswith("Panelet")


def test_a_fault_that_nobody_has_thought_of_is_told_without_a_traceback(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise KeyError("Kirsten sagde")

    monkeypatch.setattr(Explorer, "choose", broken)
    error = choose(session, question="alder")["error"]
    assert "panelet ikke kender (TypeError)" in error
    assert "Kirsten" not in error


def test_the_cell_has_what_the_notebook_lacks(session: Session) -> None:
    choose(session, question="alder")
    cell = session.answer({"action": "celle"})["cell"]
    assert cell == 'responses = survey.read_responses(study)\nsurvey.cross(responses, "alder")'


def test_without_a_table_there_is_nothing_to_copy_or_save(session: Session) -> None:
    choose(session, tab="sammen")
    for action in ("celle", "excel", "sorter"):
        assert session.answer({"action": action})["error"] == "Der er ingen tabel endnu. Vælg først noget at vise."
    assert session.answer({"action": "hent"})["state"]["shown"]["actions"] == []


def test_sorting_stays_on_for_the_next_table_until_it_is_turned_off(session: Session) -> None:
    choose(session, question="alder")
    assert session.answer({"action": "sorter"})["state"]["shown"]["sortable"] == "vist Alder"
    assert choose(session, question="koen")["state"]["shown"]["sortable"] == "vist Køn"
    assert session.answer({"action": "sorter"})["state"]["shown"]["sortable"] == ""


def test_what_was_said_is_shown_as_it_is_and_never_run(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "<script>alert(1)</script> & <img src=x>"
    frame = pd.DataFrame(
        {"Hvem": ["Lokalråd 1"], "Tur": [2.0], "Passage": [said], "Hele turen": [f"Før. {said} Efter."]}
    )
    table = ResultTable(said, frame, (said,), call='interviews.passages(study, theme="1")')
    monkeypatch.setattr("blupkit.interviews.passages", lambda *_, **__: table)
    html = choose(session, tab="ord", theme="1")["state"]["shown"]["html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "<mark>" in html


def test_the_participants_names_are_labels_only(materials: Materials, session: Session) -> None:
    choose(session, tab="ord", theme="1")
    html = choose(session, heard="hvem")["state"]["shown"]["html"]
    speakers = {name for name in materials.coded.turns["speaker"] if " " in name}
    assert len(speakers) > 5
    assert not [name for name in speakers if name in html]


def test_a_few_random_sequences_end_in_a_page_that_can_be_drawn(session: Session) -> None:
    chance = random.Random(11)
    for _ in range(12):
        controls = session.answer({"action": "hent"})["state"]["controls"]
        control = chance.choice(
            [each for each in controls if each["kind"] == "select"]
            or [{"name": "tab", "options": [{"value": "skema"}]}]
        )
        answer = choose(session, **{control["name"]: chance.choice(control["options"])["value"]})
        assert "panelet ikke kender" not in answer.get("error", "")
        shown = answer["state"]["shown"]
        assert bool(shown["html"]) != bool(shown["said"])


def test_an_own_table_is_told_of_within_a_second_and_the_decision_comes_later(session: Session) -> None:
    LATER.clear()
    choose(session, question="tid", by="alder", places=["kerteminde"])
    start = time.thread_time()  # what others do on the machine is not counted
    own = session.answer({"action": "egen"})["own"]
    assert time.thread_time() - start < 1
    assert "for få i Kerteminde: vises for alle seks" in own["said"]
    assert own["text"].startswith("[[udgivelse.egen]]")
    [work] = LATER
    told = work()
    assert told["of"] == own["text"]
    assert told["verdict"].endswith((".", "!"))


def test_what_can_be_no_own_table_is_told(session: Session) -> None:
    choose(session, question="tid", group="L")
    assert "Fjern filter og gruppe" in session.answer({"action": "egen"})["error"]
