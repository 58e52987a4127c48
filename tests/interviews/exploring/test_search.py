"""A word in all interviews and open answers at once: what is found, how it is counted, and what is told."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blupkit.core import DataError, Study, read_study
from blupkit.interviews import passages, search
from blupkit.interviews.exploring import answers, material
from blupkit.interviews.exploring.material import read_material

DEMO = Path(__file__).parents[3] / "data" / "demo"
NAMES = ("Bo Ravn Storm", "Ida Holm", "Per Mathiesen", "Lise Kjeldsen")

Explored = Callable[..., Study]


def test_interviews_and_open_answers_are_searched_at_once(explored: Explored) -> None:
    table = search(explored(), "Pulje")
    heads = ["Kilde", "Sted", "Tur", "Besvarelse", "Hvem", "Gruppe", "Fundet"]
    assert table.frame[heads].fillna(0).astype("str").to_numpy().tolist() == [
        ["Interview", "Gruppe 1", "2.0", "", "Lokalråd 1", "lokalrådsmedlemmer", "Puljerne"],
        ["Interview", "Gruppe 2", "2.0", "", "Lokalråd 1", "lokalrådsmedlemmer", "pulje"],
        ["Åbent svar", "Det, der mangler", "0.0", "r1", "Lokalrådsmedlem", "lokalrådsmedlemmer", "Puljerne"],
        ["Åbent svar", "Det, der mangler", "0.0", "r3", "Kommunalt ansat", "kommunalt ansatte", "pulje"],
    ]
    assert table.notes == (
        "4 steder: 2 ture i 2 af 2 interview (2 deltagere) og 2 åbne svar (2 personer).",
        "Fundet som: puljerne 2 og pulje 2.",
        "Ikke talt med er ord, som »pulje« er en del af (1 ord, 1 sted): puljeansøgning 1."
        " Skriv »*pulje*« for at få dem med.",
        "Set igennem: 6 ture (27 ord) i 2 interview og 2 åbne svar (9 ord).",
    )
    assert table.call == 'interviews.search(study, "Pulje")'


def test_what_is_numeric_is_a_number_and_a_group_stands_in_the_studys_order(explored: Explored) -> None:
    frame = search(explored(), "pulje").frame
    assert frame["Tur"].dtype == "float64"
    assert frame["Gruppe"].cat.ordered
    assert frame["Gruppe"].cat.categories.tolist()[:3] == [
        "lokalrådsmedlemmer",
        "byrådspolitikere",
        "kommunalt ansatte",
    ]


def test_nobody_is_named_but_in_what_was_said(explored: Explored) -> None:
    table = search(explored(), "*e*")
    said = table.frame[["Før", "Fundet", "Efter"]]
    shown = (
        table.frame.drop(columns=list(said)).to_csv() + table.title + " ".join(table.notes) + repr(table) + table.call
    )
    assert len(table.frame) > 10
    assert not [name for name in NAMES if name in shown]


def test_the_words_around_it_are_whole_and_marked_where_they_are_cut(explored: Explored) -> None:
    first = search(explored(), "kan", width=12).frame.iloc[0]
    assert (first["Før"], first["Fundet"], first["Efter"]) == ("… Jeg ", "kan", " ikke love …")


def test_those_who_lead_the_talk_are_counted_apart(explored: Explored) -> None:
    table = search(explored(), "svær")
    assert table.notes[0] == (
        "1 sted: 1 tur i 1 af 2 interview (0 deltagere). Heraf 1 sted sagt af dem, der leder samtalen."
    )
    assert table.frame["Hvem"].tolist() == ["Moderator 1"]


def test_two_places_in_one_turn_are_one_turn_and_one_person(explored: Explored) -> None:
    fg2 = "[00:00:01] M: Og her?\n[00:01:05] L1: En pulje er en pulje.\n[00:02:00] A1: Ja.\n"
    table = search(explored({"fg2.txt": fg2, "kodninger_A.tsv": None}), "pulje", interview="Gruppe 2")
    assert table.notes[0] == "2 steder: 1 tur i 1 af 2 interview (1 deltager)."
    assert table.title == "»pulje« i interview og åbne svar, Gruppe 2"


def test_a_group_and_an_interview_can_be_chosen_by_key_or_name(explored: Explored) -> None:
    study = explored()
    for group in ("A", "kommunalt ansatte", "Kommunalt ansat"):
        assert search(study, "pulje", group=group).frame["Besvarelse"].tolist() == ["r3"]
    for interview in ("ord", "Det, der mangler"):
        assert len(search(study, "pulje", interview=interview).frame) == 2
    assert search(study, "pulje", group="A").call == 'interviews.search(study, "pulje", group="A")'
    with pytest.raises(DataError, match=r"Her står »kommunalt ansate«.*Mente du »kommunalt ansatte«"):
        search(study, "pulje", group="kommunalt ansate")
    with pytest.raises(DataError, match=r"interview: Her står »Grupe 1«.*Mente du »Gruppe 1«"):
        search(study, "pulje", interview="Grupe 1")


def test_nothing_found_says_why_and_what_is_nearest(explored: Explored) -> None:
    study = explored()
    assert (
        search(study, "puljene").notes[1]
        == "»puljene« står ingen steder i materialet. Mente du »puljerne« eller »pulje«?"
    )
    assert search(study, "qqqq").notes[1] == "»qqqq« står ingen steder i materialet. Intet ord ligner det."
    assert search(study, "love pulje").notes[1] == "Ordene står i materialet, men ikke efter hinanden her."
    assert search(study, "mandat", group="L").notes[1] == "Ordet står i materialet, men ikke her."
    assert search(study, "kan").notes[2] == (
        "Sammensatte ord med »kan« er ikke talt med. Skriv »kan*« eller »*kan« for at se dem."
    )
    assert search(study, "qqqq").shape == "ingen figur"


@pytest.mark.parametrize("words", ["", " ", "*", "(", ".*", "[]", "…"])
def test_a_search_without_a_word_is_refused(words: str, explored: Explored) -> None:
    with pytest.raises(DataError, match="et ord eller en vending"):
        search(explored(), words)


@pytest.mark.parametrize("words", ["pulje?", "(pulje)", "»pulje«", "pulje.", "[pulje]", "pulje$", "^pulje", "\\pulje"])
def test_signs_of_a_regular_expression_are_no_signs(words: str, explored: Explored) -> None:
    assert len(search(explored(), words).frame) == 4


@pytest.mark.parametrize("words", ["p.lje", "pulj|mandat", "\\w+"])
def test_a_pattern_finds_what_its_letters_say(words: str, explored: Explored) -> None:
    assert search(explored(), words).frame.empty


def test_a_phrase_is_found_in_any_form(explored: Explored) -> None:
    assert search(explored(), "søger en puljen").frame["Fundet"].tolist() == ["søgte en pulje"]


def test_a_second_search_reads_nothing_again_and_a_changed_transcript_is_seen(
    explored: Explored, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, read = explored(), []
    real = material.load_turns
    monkeypatch.setattr(material, "load_turns", lambda study: (read.append(1), real(study))[1])
    assert len(search(study, "pulje").frame) == 4
    assert len(search(study, "søge").frame) == 1
    assert len(read) == 1
    place = study.folder / "fg2.txt"
    before = place.stat()
    place.write_text(place.read_text("utf-8").replace("pulje", "fonde"), encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))  # as long, and as old
    assert len(search(study, "pulje").frame) == 3
    assert len(read) == 2


def test_a_changed_answer_is_seen(explored: Explored) -> None:
    study = explored()
    assert len(search(study, "bro").frame) == 0
    data = study.folder / "svar.csv"
    data.write_text(data.read_text("utf-8").replace("r2;Nordfyns;A;4;3;", "r2;Nordfyns;A;4;3;En bro"), encoding="utf-8")
    assert search(study, "bro").frame["Besvarelse"].tolist() == ["r2"]


def test_what_cannot_be_read_is_told_and_the_rest_searched(explored: Explored) -> None:
    table = search(explored({"fg2.txt": b"\xff\xfe\x00"}), "pulje")
    assert table.frame["Sted"].tolist() == ["Gruppe 1", "Det, der mangler", "Det, der mangler"]
    assert table.notes[-1] == "Kunne ikke læses, og er ikke med her: fg2.txt. Se hvorfor med »blupkit check«."
    assert "i 1 interview" in table.notes[-2]
    table = search(explored({"svar.csv": "id;kommune\n"}), "pulje")
    assert table.frame["Kilde"].unique().tolist() == ["Interview"]
    assert table.notes[-1].startswith("De åbne svar er ikke med: Spørgeskemaet kan ikke læses (")


def test_a_study_of_interviews_alone_and_one_of_a_survey_alone_can_be_searched(
    make_study: Any, explored: Explored
) -> None:
    assert search(make_study(), "pulje").frame["Kilde"].tolist() == ["Interview"] * 2
    study = explored()
    alone = study.model_copy(update={"interviews": None})
    assert search(alone, "pulje").frame["Kilde"].tolist() == ["Åbent svar"] * 2
    with pytest.raises(DataError, match="intet afsnit"):
        search(alone.model_copy(update={"survey": None}), "pulje")


def test_the_open_answers_are_those_that_the_survey_counts(explored: Explored) -> None:
    from blupkit.survey import read_responses

    study = explored()
    written = read_responses(study).written()
    assert answers.open_answers(study)["text"].tolist() == written["text"].tolist()
    assert answers.open_answers(study)["question"].unique().tolist() == ["Det, der mangler"]


def test_every_turn_and_answer_of_the_demo_is_counted_in() -> None:
    from blupkit.interviews import read_turns
    from blupkit.survey import read_responses

    study = read_study(DEMO)
    places = read_material(study).places
    assert (places["source"] == "Interview").sum() == len(read_turns(study)) == 904
    # Of the answers that count 422 cells hold something; in one of them (`aab1`) it is a dash, which is nothing.
    assert (places["source"] == "Åbent svar").sum() == len(read_responses(study).written()) == 422 - 1
    assert places["label"].ne("").all()
    people = set(read_turns(study)["speaker"])
    assert not people & set(places["label"])
    plain = re.compile(r"\bansøgning(?:en|er|erne)?s?\b", re.IGNORECASE)
    assert len(search(study, "ansøgning").frame) == sum(len(plain.findall(text)) for text in places["text"]) == 20


def test_a_search_draws_itself_and_goes_to_excel(explored: Explored, tmp_path: Path) -> None:
    table = search(explored(), "pulje")
    labels = [label.get_text() for label in table.plot().axes[0].get_yticklabels()]
    assert labels == ["Gruppe 1", "Gruppe 2", "Det, der mangler"]
    assert table.to_excel(tmp_path / "pulje.xlsx").is_file()
    assert "Internt" in table._repr_html_()


def test_what_was_said_stands_first_and_has_room_to_be_read(explored: Explored) -> None:
    table = search(explored(), "love")
    assert table.frame.columns.tolist()[:6] == ["Sted", "Tur", "Hvem", "Før", "Fundet", "Efter"]
    assert "min-width:14em" not in table._repr_html_()
    assert "min-width:14em" in passages(explored(), "Økonomi")._repr_html_()


def test_in_a_study_without_groups_those_who_take_part_are_one_group(explored: Explored) -> None:
    study = explored()
    whole = study.model_copy(update={"groups": (), "survey": None})
    table = search(whole, "pulje")
    assert table.frame["Gruppe"].tolist() == ["deltagere", "deltagere"]
    assert search(whole, "svær").frame["Gruppe"].tolist() == ["uden gruppe"]
    assert table.title == "»pulje« i interview"
