"""A whole study after its transcripts were edited: the calls of a notebook, and the command."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import support

from blupkit.core import BlupkitError, Study
from blupkit.interviews import (
    Passage,
    answer_turns,
    check_interviews,
    code_history,
    confirm_moved,
    place_anew,
    read_coded,
    read_coded_answers,
)
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log

FIRST = "[00:00:00] M: Vi er i gang.\n[00:00:00] L1: Ja.\n"
WORDS = {
    "fg1": [(2, "Puljerne i Tværhave."), (2, "Jeg kan ikke love noget."), (3, "vi har intet mandat")],
    "fg2": [(2, "Vi søgte en pulje.")],
}


@pytest.fixture
def study(make_study: Any) -> Study:
    """A study with four codings in A's log."""
    study: Study = make_study({"citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n"})
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    study = study.model_copy(update={"interviews": files})
    texts = {(row.interview, row.turn): row.text for row in read_coded(study).turns.itertuples()}
    events = []
    for interview, said in WORDS.items():
        for turn, words in said:
            start = texts[interview, turn].index(words)
            passage = Passage(interview, turn, start, start + len(words), "2.1", quote=words)
            events.append(new_event("A", Action.CODED, passage))
    append_events(study.path("A.jsonl"), events)
    return study


def edit(study: Study, old: str = "", new: str = "", first: str = "", name: str = "fg1.txt") -> None:
    path = study.path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(first + text.replace(old, new), encoding="utf-8")


def test_a_turn_at_the_top_costs_no_coding_and_the_log_and_the_check_say_what_was_done(study: Study) -> None:
    edit(study, first=FIRST)
    assert read_coded(study).codings["interview"].tolist() == ["fg2"]
    aside, *each = check_interviews(study)["found"].tolist()
    assert (aside, len(each)) == ("3 kodninger, der er sat til side, fordi udskriften er ændret", 3)
    assert set(check_interviews(study)["level"]) == {"advarsel"}
    table = place_anew(study)
    assert table.frame[["Sted", "Før", "Nu", "Ordene nu"]].values.tolist() == [
        ["fg1", str(turn), str(turn + 2), words] for turn, words in WORDS["fg1"]
    ]
    assert table.notes[0] == (
        "A.jsonl: 3 af kodningerne er flyttet med deres ord og tæller med. De er mærket, til nogen har bekræftet dem."
    )
    assert sorted(read_coded(study).codings["turn"]) == [2, 4, 4, 5]
    assert code_history(study)["action"].tolist() == ["kodet"] * 4 + ["flyttet"] * 3
    [told] = check_interviews(study).to_dict("records")
    assert (told["found"], told["level"]) == ("3 af kodningerne er flyttet med deres ord", "advarsel")
    assert told["action"].endswith('eller bekræft dem alle med interviews.confirm_moved(study, "A").')
    assert place_anew(study).notes == ("A.jsonl: Alle kodninger står, hvor de skal.",)
    assert confirm_moved(study) == "Bekræftet i A.jsonl: 3 af kodningerne."
    assert check_interviews(study).empty
    assert confirm_moved(study) == "Bekræftet i A.jsonl: 0 af kodningerne."


def test_what_is_not_found_is_listed_with_file_code_and_words_and_the_pages_are_not_stopped(study: Study) -> None:
    edit(study, "[00:00:20] A1: Det siger Bo altid, og vi har intet mandat.\n", "")
    assert set(check_interviews(study)["level"]) == {"advarsel"}
    [row] = place_anew(study).frame.to_dict("records")
    assert [row[head] for head in ("Fil", "Kode", "Kodede ord", "Hvad der skete", "Nu", "Hvorfor")] == [
        *["A.jsonl", "2.1 Puljer", "vi har intet mandat", "ikke fundet: tæller ikke med", ""],
        "ordene står der ikke længere",
    ]
    assert len(read_log(study.path("A.jsonl"))[0]) == 4
    assert len(read_coded(study).codings) == 3


def test_words_that_were_pseudonymised_count_when_they_are_confirmed_in_the_coder(study: Study) -> None:
    edit(study, "Jeg kan ikke love noget.", "Jeg kan ikke love [navn] noget.")
    assert place_anew(study).frame["Hvad der skete"].tolist() == [
        "foreslået plads, lidt andre ord: tæller ikke med endnu"
    ]
    assert len(read_coded(study).codings) == 3
    assert confirm_moved(study).endswith(": 0 af kodningerne.")


def test_a_call_that_confirms_what_was_moved_is_offered_only_where_something_was(study: Study) -> None:
    edit(study, "Jeg kan ikke love noget.", "Jeg kan ikke love [navn] noget.")
    assert place_anew(study).notes[1:] == ("Se dem efter i koderen.",)
    edit(study, first=FIRST)
    assert place_anew(study).notes[-1].endswith('Alle de flyttede bekræftes med interviews.confirm_moved(study, "A").')


def test_left_behind_while_the_others_were_confirmed_a_coding_is_held_against_the_old_places(study: Study) -> None:
    passage = Passage("fg1", 2, 21, 45, "1.1", quote="Jeg kan ikke love noget.")
    edit(study, "Jeg kan ikke love noget.", "Nej.", FIRST)
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, passage)])
    place_anew(study)
    confirm_moved(study)
    before = place_anew(study).frame
    assert before["Før"].tolist() == ["2", "2"]
    # The words come back, twice: those around it were two turns earlier when it was coded.
    edit(study, "Nej.", "Jeg kan ikke love noget.", "[00:00:00] L1: Jeg kan ikke love noget.\n")
    assert place_anew(study).frame.query("Kode == '1.1 Mandat'")[["Før", "Nu"]].values.tolist() == [["2", "5"]]


def test_a_line_that_an_old_version_does_not_know_leaves_the_coding_where_it_was(study: Study) -> None:
    edit(study, first=FIRST)
    place_anew(study)
    lines = study.path("A.jsonl").read_text(encoding="utf-8").splitlines()
    known = ("kodet", "rettet", "slettet", "afvist")
    old = [line for line in lines if any(f'"action": "{action}"' in line for action in known)]
    assert len(lines) - len(old) == 3
    study.path("A.jsonl").write_text("\n".join(old) + "\n", encoding="utf-8")
    assert read_coded(study).codings["interview"].tolist() == ["fg2"]


def test_open_answers_are_looked_for_in_the_persons_own_answer_only(study: Study) -> None:
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"answer_codings": "aabne.jsonl"})
    study = study.model_copy(update={"interviews": files})
    answers = pd.DataFrame({"respondent": ["7", "12"], "group": "L", "variable": "ord", "kind": "aaben"})
    answers = answers.assign(state="besvaret", text=["Mere hjælp, tak", "Flere busser"])
    for words in ("Mere hjælp", "Flere busser"):
        passage = Passage("ord", "7", 0, len(words), "2.1", quote=words)
        append_events(study.path("aabne.jsonl"), [new_event("A", Action.CODED, passage)])
    answers["text"] = ["Tak. Mere hjælp!", "Flere busser"]
    found = place_anew(study, turns=answer_turns(answers)).frame
    assert found["Hvad der skete"].tolist() == ["flyttet med sine ord: tæller med", "ikke fundet: tæller ikke med"]
    assert read_coded_answers(study, answers).codings[["turn", "quote"]].values.tolist() == [["7", "Mere hjælp"]]


def test_a_table_is_not_written_in_and_it_is_said_what_to_do(make_study: Any) -> None:
    study = make_study()
    assert 'interviews.start_log(study, "A") først' in place_anew(study).notes[0]
    with pytest.raises(BlupkitError, match="start_log"):
        place_anew(study, "A")


def test_the_command_says_how_many_and_where_the_list_lies(study: Study, tmp_path: Any) -> None:
    toml = study.path("study.toml")
    toml.write_text(toml.read_text(encoding="utf-8").replace("kodninger_A.tsv", "A.jsonl"), encoding="utf-8")
    edit(study, first=FIRST)
    done = support.blupkit("place", str(study.folder), "--output", str(tmp_path / "ud"))
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "A.jsonl: 3 af kodningerne er flyttet med deres ord og tæller med." in said
    assert len(list((tmp_path / "ud").rglob("kodninger-der-har-faaet-ny-plads.xlsx"))) == 1


def test_an_interview_that_is_gone_is_a_fault_and_its_codings_are_listed(study: Study) -> None:
    passage = Passage("fg9", 1, 0, 2, "2.1", quote="Ja")
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, passage)])
    assert place_anew(study).frame["Hvorfor"].tolist() == ["interviewet er ikke blandt udskrifterne"]
    assert check_interviews(study)[["level", "found"]].values.tolist() == [["fejl", "fg9"]]
