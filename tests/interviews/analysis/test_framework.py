"""The framework matrix, the joint display, quotes chosen and in context, and codes given another number."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from blupkit.core import BlupkitError, Study, read_edition
from blupkit.disclosure import SafeTable
from blupkit.disclosure.safe_table import Status
from blupkit.interviews import (
    check_interviews,
    choose_quotes,
    code_history,
    finding_joint,
    framework_matrix,
    joint_display,
    quotes_in_context,
    read_codebook,
    read_coded,
    read_turns,
    recode,
    spread,
    text_in_short,
)
from blupkit.interviews.coding.log import Action, append_events, new_event
from blupkit.interviews.coding.passage import Passage

SUMMARIES = "interview;deltager;tema;sammenfatning\nfg1;Lokalråd 1;2;Puljerne er svære\n"
JOINT = "dimension;tema;vurdering;begrundelse\nD1;1;samstemmer;Begge peger på mandat.\nD2;2;;\n"


def with_files(make_study: Any, **files: str) -> Study:
    study: Study = make_study({f"{name}.csv": content for name, content in files.items()})
    assert study.interviews is not None
    names = {"sammenfatninger": "summaries", "sammenholdt": "joint"}
    settings = {names[name]: f"{name}.csv" for name in files}
    return study.model_copy(update={"interviews": study.interviews.model_copy(update=settings)})


def test_the_matrix_has_the_summary_with_the_turns_it_stands_on(make_study: Any) -> None:
    study = with_files(make_study, sammenfatninger=SUMMARIES)
    matrix = framework_matrix(study, read_coded(study))
    assert matrix.values.tolist() == [
        ["fg1", "Lokalråd 1", "tur 2", "Puljerne er svære (tur 2)"],
        ["fg1", "Ansat 1", "tur 3", ""],
        ["fg2", "Lokalråd 1", "", "tur 2"],
        ["fg2", "Ansat 1", "", ""],
    ]


def test_all_faults_of_the_summaries_are_told_with_their_row(make_study: Any) -> None:
    wrong = SUMMARIES + "fg9;Lokalråd 1;2;x\nfg1;Lokalråd 7;9;x\nfg1;Lokalråd 1;2;igen\n"
    study = with_files(make_study, sammenfatninger=wrong)
    faults = check_interviews(study)
    assert faults[["row", "column", "found"]].values.tolist() == [
        [3, "interview", "fg9"],
        [4, "deltager", "Lokalråd 7"],
        [4, "tema", "9"],
        [5, "deltager", "fg1, Lokalråd 1, 2"],
    ]
    with pytest.raises(BlupkitError, match="én sammenfatning for hver deltager"):
        framework_matrix(study, read_coded(study))


def gaps() -> SafeTable:
    rows = [
        ("alle", "L", "D1", "Roller", "Gab", 1.2, Status.SHOWN),
        ("alle", "A", "D1", "Roller", "Gab", 0.5, Status.SHOWN),
        ("nordfyns", "L", "D1", "Roller", "Gab", 2.0, Status.SHOWN),
        ("alle", "L", "D2", "Økonomi", "Gab", float("nan"), Status.HIDDEN),
    ]
    columns = ["municipality", "group", "item", "label", "measure", "value", "status"]
    table = pd.DataFrame(rows, columns=columns).assign(low=0.0, high=0.0, n=10, lowest=-4.0, highest=4.0)
    return SafeTable(table, 5)


def test_the_joint_display_shows_what_is_shown_for_all_and_what_a_person_judged(make_study: Any) -> None:
    study = with_files(make_study, sammenholdt=JOINT)
    coded = read_coded(study)
    edition = read_edition(study, "alle")
    display = joint_display(gaps(), spread(coded), edition)
    assert display["measured"].tolist() == [
        "Lokalrådsmedlemmer: gab 1,2; Kommunalt ansatte: gab 0,5",
        "Ikke målt, eller må ikke vises",
    ]
    assert display["verdict"].tolist() == ["bekræfter hinanden", "ikke vurderet"]
    assert display["said"].tolist() == [
        "Nævnt i 1 af 2 grupper, af 2 af 4 deltagere",
        "Nævnt i 2 af 2 grupper, af 2 af 4 deltagere",
    ]
    assert finding_joint(display) == "Spørgeskema og interview bekræfter hinanden i én af to sammenligninger."


def test_without_a_file_nothing_is_compared(make_study: Any) -> None:
    study = make_study()
    coded = read_coded(study)
    display = joint_display(gaps(), spread(coded), read_edition(study, "alle"))
    assert display.empty
    assert finding_joint(display) == ""


def test_all_faults_of_the_comparison_are_told_with_their_row(make_study: Any) -> None:
    study = with_files(make_study, sammenholdt=JOINT + "D9;7;enig;x\nD1;1;modsiger;\n")
    assert check_interviews(study)[["level", "row", "column"]].values.tolist() == [
        ["fejl", 4, "tema"],
        ["fejl", 4, "vurdering"],
        ["advarsel", 5, "begrundelse"],
    ]
    coded = read_coded(study)
    with pytest.raises(BlupkitError) as caught:
        joint_display(gaps(), spread(coded), read_edition(study, "alle"))
    assert ("dimension", "D9") in [(fault.column, fault.found) for fault in caught.value.faults]


def test_quotes_stand_between_what_was_said_before_and_after(make_study: Any) -> None:
    study = make_study()
    assert quotes_in_context(study, read_turns(study)).values.tolist() == [
        [
            *["2.1", "fg1", "2", "AT", "Hvad er svært?", "Puljerne i Tværhave. Jeg kan ikke love noget."],
            "Det siger Bo altid, og vi har intet mandat.",
        ]
    ]


def test_both_sides_are_quoted_before_any_side_twice() -> None:
    quotes = pd.DataFrame({"theme": "1", "group": list("LLLLA"), "code": list("aabbc"), "text": list("vwxyz")})
    assert choose_quotes(quotes, 2)["text"].tolist() == ["v", "z"]
    assert choose_quotes(quotes, 3)["text"].tolist() == ["v", "x", "z"]
    assert choose_quotes(quotes)["text"].tolist() == list("vwxyz")
    assert choose_quotes(quotes.head(0)).empty


def test_what_was_said_in_short_is_polite_without_interviews(make_study: Any) -> None:
    study = make_study()
    assert "- **Roller** er nævnt i 1 af 2 grupper" in text_in_short(study)
    study.path("fg1.txt").write_bytes(b"")
    assert text_in_short(study) == "Interviewene er ikke med på denne side endnu."
    assert text_in_short(study.model_copy(update={"interviews": None})).startswith("Der er ingen interview")


@pytest.fixture
def logged(make_study: Any) -> Study:
    study: Study = make_study()
    assert study.interviews is not None
    logs = {"A": "A.jsonl", "B": "B.jsonl"}
    for coder, name in logs.items():
        place = Passage("fg1", 2, 0, 20, "2.1", quote="Puljerne i Tværhave.")
        append_events(study.path(name), [new_event(coder, Action.CODED, place)])
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
