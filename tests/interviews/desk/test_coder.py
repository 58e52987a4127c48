"""The door to the text coder: what it opens, what it refuses, and what goes to the browser."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from interviews.interview_support import with_log

from blupkit.core import BlupkitError, Study
from blupkit.interviews import Passage, answer_turns, coder, read_coded_answers
from blupkit.interviews.coding.log import Action, append_events, new_event
from blupkit.interviews.desk.widget import STATIC, program


@pytest.fixture
def study(make_study: Any) -> Study:
    return with_log(make_study())


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


def test_whom_a_passage_is_about_is_chosen_among_the_studys_own_words(study: Study) -> None:
    assert coder(study, "fg1").material["about"] == ["lokalråd", "ansatte", "politikere", "samspil"]
    assert study.interviews is not None
    free = with_log(study, parties=())
    # Without words of its own, a study offers those that are used already, and its groups.
    passage = Passage("fg1", 2, 0, 20, "2.1", about="samspil", quote="Puljerne i Tværhave.")
    append_events(free.path("A.jsonl"), [new_event("A", Action.CODED, passage)])
    offered = coder(free, "fg1").material["about"]
    assert offered == ["samspil", "lokalrådsmedlemmer", "byrådspolitikere", "kommunalt ansatte"]


def test_what_is_told_of_a_coding_is_what_the_page_reads(study: Study) -> None:
    session = coder(study, "fg1").session
    [told] = session.answer({"action": "kodet", "turn": 2, "start": 0, "end": 20, "code": "2.1"})["codings"]
    page = program()
    # Of the page's own: `coding.quote`, `item.start`, `coding[name]` of a box, or `({ start, end }) =>`.
    boxes = re.findall(r'choice\(c, "\w+", "(\w+)"', page)
    read = {*boxes, *re.findall(r"(?:coding|item|span)\.(\w+)", page)}
    assert sorted(told.keys() - read) == []


def test_a_rule_of_the_narrow_layout_is_none_that_holds_anyway() -> None:
    wide, narrow = (STATIC / "coder.css").read_text(encoding="utf-8").split("@container", 1)
    rules = [line.strip() for line in narrow.splitlines() if line.strip().startswith(".")]
    assert rules
    assert [rule for rule in rules if rule in wide.splitlines()] == []
