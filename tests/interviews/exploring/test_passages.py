"""Passages of a theme in full, two themes together, and what was said around a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from blupkit.core import DataError, Study, read_study
from blupkit.interviews import context, passages, place_anew, read_coded, start_log, theme_pairs, together
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log
from blupkit.interviews.exploring.coded_material import read_coded_material

DEMO = Path(__file__).parents[3] / "data" / "demo"
NAMES = ("Bo Ravn Storm", "Ida Holm", "Per Mathiesen", "Lise Kjeldsen")

Explored = Callable[..., Study]


def test_all_passages_of_a_theme_stand_in_full_with_who_where_and_what_was_said_around_them(explored: Explored) -> None:
    table = passages(explored(), "Økonomi")
    heads = ["Kode", "Sted", "Tur", "Hvem", "Retning", "Passage", "Hele turen", "Før", "Efter", "Kodet eller foreslået"]
    assert table.frame[heads].fillna(0).to_numpy().tolist() == [
        ["2.1 Puljer", "Gruppe 1", 2.0, "Lokalråd 1", "Noget svært", "Puljerne i Tværhave.",
         "Puljerne i Tværhave. Jeg kan ikke love noget.", "Moderator 1: Hvad er svært?",
         "Ansat 1: Det siger Bo altid, og vi har intet mandat.", "kodning"],
        ["2.1 Puljer", "Gruppe 2", 2.0, "Lokalråd 1", "Noget, der hjælper", "Vi søgte en pulje.", "Vi søgte en pulje.",
         "Moderator 1: Og her?", "Ansat 1: Ja.", "kodning"],
        ["2.1 Puljer", "Det, der mangler", 0.0, "Lokalrådsmedlem", "uden retning", "Puljerne er for små",
         "Puljerne er for små", "", "", "kodning"],
    ]  # fmt: skip
    assert table.notes == (
        "3 passager i 2 ture i 2 interview (2 deltagere) og 1 åbent svar (1 person)."
        " Retning: »noget svært« 1, »noget, der hjælper« 1 og »uden retning« 1.",
        "Kodet af A.",
    )
    assert table.title == "Passager om »Økonomi«"


def test_the_speakers_are_labels(explored: Explored) -> None:
    table = passages(explored())
    said = ["Passage", "Hele turen", "Før", "Efter"]
    shown = table.frame.drop(columns=said).to_csv() + repr(table) + table.title + " ".join(table.notes)
    assert len(table.frame) == 5
    assert not [name for name in NAMES if name in shown]
    assert not [name for name in NAMES if any(table.frame[side].str.startswith(name).any() for side in said)]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"theme": "1"}, [("Gruppe 1", 2), ("Gruppe 1", 3)]),
        ({"theme": "roller"}, [("Gruppe 1", 2), ("Gruppe 1", 3)]),
        ({"code": "Mandat"}, [("Gruppe 1", 2), ("Gruppe 1", 3)]),
        ({"theme": "1", "group": "A"}, [("Gruppe 1", 3)]),
        ({"direction": "barriere"}, [("Gruppe 1", 2), ("Gruppe 1", 3)]),
        ({"direction": "Noget, der hjælper"}, [("Gruppe 2", 2)]),
        ({"interview": "fg2"}, [("Gruppe 2", 2)]),
        ({"theme": "1", "with_theme": "2"}, [("Gruppe 1", 2)]),
        ({"theme": "1", "direction": "fremmer"}, []),
    ],
)
def test_passages_are_chosen_by_what_they_are_called(
    asked: dict[str, str], places: list[tuple[str, int]], explored: Explored
) -> None:
    table = passages(explored(), **asked)
    assert table.frame[["Sted", "Tur"]].to_records(index=False).tolist() == places
    written = ", ".join(f'{name}="{value}"' for name, value in asked.items())
    assert table.call == f"interviews.passages(study, {written})"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"theme": "Økonomy"}, "theme: Her står »Økonomy«. Forventet: Roller eller Økonomi. Mente du »Økonomi«?"),
        ({"code": "9.9"}, "code: Her står »9.9«. Forventet: 1.1 Mandat eller 2.1 Puljer. Vælg en af dem."),
        ({"direction": "bariere"}, "Mente du »barriere«?"),
        ({"group": "byrådspolitiker e"}, "Mente du »byrådspolitikere«?"),
        ({"with_theme": "Rolle"}, "with_theme: Her står »Rolle«"),
    ],
)
def test_what_there_is_not_is_refused_with_the_nearest(asked: dict[str, str], said: str, explored: Explored) -> None:
    with pytest.raises(DataError) as refused:
        passages(explored(), **asked)
    assert said in str(refused.value)


def test_suggestions_are_never_called_codings(explored: Explored) -> None:
    study = explored()
    toml = (study.folder / "study.toml").read_text("utf-8").replace('kodninger = { A = "kodninger_A.tsv" }\n', "")
    table = passages(explored({"study.toml": toml}), "Økonomi")
    assert table.frame["Kodet eller foreslået"].tolist() == ["forslag", "forslag", "kodning"]
    assert "Ingen har kodet interviewene: Det er forslag" in table.notes[1]


def test_a_line_that_cannot_be_used_is_counted(explored: Explored) -> None:
    lines = (explored().folder / "kodninger_A.tsv").read_text("utf-8") + "fg1\t99\t0\t4\t1.1\t\t\tNoget\n"
    table = passages(explored({"kodninger_A.tsv": lines}), "Roller")
    assert len(table.frame) == 2
    assert table.notes[-1] == "1 linje i filerne med kodninger har fejl: Se »blupkit check«."


def test_a_new_coding_is_seen(explored: Explored) -> None:
    study = explored()
    assert len(passages(study, "Roller").frame) == 2
    first = read_coded_material(study)
    assert read_coded_material(study) is first
    log = study.folder / "kodninger_A.tsv"
    log.write_text(log.read_text("utf-8") + "fg2\t3\t0\t3\t1.1\t\t\tJa.\n", encoding="utf-8")
    assert len(passages(study, "Roller").frame) == 3
    assert read_coded_material(study).material is first.material


def test_two_themes_together_are_counted_as_the_pages_count_them() -> None:
    study = read_study(DEMO)
    pairs = theme_pairs(read_coded(study)).set_index(["group", "item"])["value"]
    for pair in (("1", "3"), ("2", "6")):
        table = together(study, *pair)
        assert (table.frame["Kilde"] == "Interview").sum() == pairs[pair]
        wide = together(study, *pair, neighbours=True)
        assert (wide.frame["Hvordan"] == "samme tur").sum() == len(table.frame)
        assert len(wide.frame) > len(table.frame)


def test_neighbours_are_turns_of_participants_of_the_same_talk(explored: Explored) -> None:
    fg1 = "M: Hvad er svært?\nL1: Vi mangler en pulje.\nM: Ja?\nA1: Og et mandat.\n"
    head = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"
    lines = (
        "fg1\t2\t0\t20\t2.1\t\t\tVi mangler en pulje.\n"
        "fg1\t4\t0\t13\t1.1\t\t\tOg et mandat.\n"
        "fg2\t2\t0\t18\t2.1\t\t\tVi søgte en pulje.\n"
    )
    study = explored({"fg1.txt": fg1, "kodninger_A.tsv": head + lines, "citater.csv": None})
    assert together(study, "1", "2").frame.empty
    assert "I 2 ture til er kun det ene tema fremme" in together(study, "1", "2").notes[1]
    wide = together(study, "1", "2", neighbours=True)
    assert wide.frame[["Hvordan", "Tur", "1 Roller", "2 Økonomi"]].to_numpy().tolist() == [
        ["naboture", 2.0, "", "Vi mangler en pulje."],
        ["naboture", 4.0, "Og et mandat.", ""],
    ]
    with pytest.raises(DataError, match="to forskellige temaer"):
        together(study, "1", "Roller")
    with pytest.raises(DataError, match="to forskellige temaer"):
        together(study, "1", "")


def test_what_was_said_around_a_place(explored: Explored) -> None:
    study = explored()
    table = context(study, "fg1", 2, around=1)
    assert table.frame[["Afstand", "Hvem", "Hele turen"]].to_numpy().tolist() == [
        [-1, "Moderator 1", "Hvad er svært?"],
        [0, "Lokalråd 1", "Puljerne i Tværhave. Jeg kan ikke love noget."],
        [1, "Ansat 1", "Det siger Bo altid, og vi har intet mandat."],
    ]
    # The talks stand after each other, and the one before ends where the next begins.
    assert context(study, "Gruppe 2", 1).frame["Afstand"].tolist() == [0, 1, 2]
    with pytest.raises(DataError, match=r"turn: Her står »9«. Forventet: en tur fra 1 til 3"):
        context(study, "fg1", 9)
    with pytest.raises(DataError, match="Gruppe 1 eller Gruppe 2"):
        context(study, "ord", 1)


def test_a_study_without_interviews_has_no_passages(explored: Explored, make_study: Any) -> None:
    with pytest.raises(DataError, match="intet afsnit"):
        passages(explored().model_copy(update={"interviews": None}))
    assert len(passages(make_study(), "Økonomi").frame) == 2


def test_a_code_is_read_across_interviews_and_answers_with_memo_party_coder_and_what_was_moved(
    explored: Explored, tmp_path: Path
) -> None:
    study = explored()
    assert study.interviews is not None
    start_log(study, "A")
    files = study.interviews.model_copy(update={"codings": {"A": "kodninger_A.jsonl"}})
    study = study.model_copy(update={"interviews": files})
    log = study.path("kodninger_A.jsonl")
    [first, *_] = [event for _, event in read_log(log)[0]]
    append_events(log, [new_event("A", Action.CHANGED, replace(first.passage, memo="Se tur 3"), first.id)])
    talk = study.path("fg2.txt")
    talk.write_text("[00:00:00] A1: Ja.\n" + talk.read_text("utf-8"), "utf-8")
    place_anew(study)
    table = passages(study, code="Puljer")
    heads = ["Kode", "Hvem", "Passage", "Om", "Memo", "Koder", "Plads"]
    assert table.frame[heads].values.tolist() == [
        ["2.1 Puljer", "Lokalråd 1", "Puljerne i Tværhave.", "ansatte", "Se tur 3", "A", ""],
        ["2.1 Puljer", "Lokalråd 1", "Vi søgte en pulje.", "lokalråd", "", "A", "flyttet, ikke bekræftet"],
        ["2.1 Puljer", "Lokalrådsmedlem", "Puljerne er for små", "", "", "", ""],
    ]
    assert len(passages(study, code="2.1", group="lokalrådsmedlemmer", direction="barriere").frame) == 1
    there = pd.read_excel(table.to_excel(tmp_path / "puljer.xlsx"), engine="openpyxl")
    assert there["Passage"].tolist() == table.frame["Passage"].tolist()
