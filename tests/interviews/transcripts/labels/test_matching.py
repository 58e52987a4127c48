"""Whom a label means: found by whatever people call themselves; where it may be two, nobody is taken."""

from __future__ import annotations

import pandas as pd
import pytest

from blupkit.core.sections import Transcript
from blupkit.interviews.transcripts.labels.matching import Match, finder

REGISTER = [
    ("Ida Krog Søgård", "ansat", ("Idse",)),
    ("Bo Ravn", "lokalråd", ()),
    ("Bo Storm", "lokalråd", ()),
    ("Åse Mølbæk", "ansat", ()),
    ("Kaj Ravn", "omtalt", ()),
    ("Moderator", "moderator", ("Jane",)),
]


def match(label: str) -> Match:
    people = pd.DataFrame(REGISTER, columns=["name", "role", "aliases"])
    transcript = Transcript(id="fg1", fil="a.txt", titel="A", talere={"L1": "Bo Ravn", "L1+L2": "Moderator"})
    return finder(transcript, people)(label)


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("l1", "Bo Ravn"),
        ("L1 (Lyngrup)", "Bo Ravn"),
        ("L1+L2", "Moderator"),
        ("ida krog søgård", "Ida Krog Søgård"),
        ("Idse", "Ida Krog Søgård"),
        ("Søgård, Ida", "Ida Krog Søgård"),
        ("Søgård Ida", "Ida Krog Søgård"),
        ("Ida Sogard", "Ida Krog Søgård"),
        ("Ida K. Soegaard", "Ida Krog Søgård"),
        ("Ida Søgård | Lyngrup Kommune", "Ida Krog Søgård"),
        ("Ida Søgård (ekstern) 😀", "Ida Krog Søgård"),
        ("[Ekstern] Ida Søgård", "Ida Krog Søgård"),
        ("Ida Søgård - Bo's gruppe", "Ida Krog Søgård"),
        ("iPhone (Ida)", "Ida Krog Søgård"),
        ("Idas iPad", "Ida Krog Søgård"),
        ("Ida Søgård’s iPhone 12", "Ida Krog Søgård"),
        ("iPhone tilhørende Åse", "Åse Mølbæk"),
        ("Ida", "Ida Krog Søgård"),
        ("Molbaek", "Åse Mølbæk"),
        ("Aase", "Åse Mølbæk"),
        ("ida.soegaard@lyngrup.example", "Ida Krog Søgård"),
        ("idas@lyngrup.example", "Ida Krog Søgård"),
        ("bstorm2@lyngrup.example", "Bo Storm"),
        ("ÅM", "Åse Mølbæk"),
        ("I.K.S.", "Ida Krog Søgård"),
        ("Bo Ravn, formand for lokalrådet", "Bo Ravn"),
        ("L1, kasserer", "Bo Ravn"),
        ("Udgået 2", "Udgået 2"),
    ],
)
def test_a_participant_is_found(label: str, person: str) -> None:
    assert match(label).person == person


@pytest.mark.parametrize("label", ["Bo", "Bo (Lyngrup)", "bo@lyngrup.example"])
def test_what_may_mean_two_means_nobody(label: str) -> None:
    assert match(label).people == ("Bo Ravn", "Bo Storm")
    assert match(label).person == ""


def test_two_at_one_account_are_both_told() -> None:
    assert match("Ida og Åse").people == ("Ida Krog Søgård", "Åse Mølbæk")


@pytest.mark.parametrize(
    "label",
    [
        "Egon",
        "Egon Ravnsborg",
        "Finn, det lover jeg",
        "Tak, Ida",
        "Bo Ravn, hvad siger du",
        "Per Ravn, formand",
        "L2/A1",
        "IP",
        "Per (Mølbæk)",
        "Per | Mølbæk",
    ],
)
def test_others_and_pieces_of_sentences_mean_nobody(label: str) -> None:
    assert match(label).people == ()


def test_only_initials_mail_addresses_and_names_before_a_post_are_guesses() -> None:
    labels = ("Ida", "Storm, Bo", "ÅM", "idas@lyngrup.example", "Bo Ravn, formand")
    assert [match(label).guessed for label in labels] == [False, False, True, True, True]


@pytest.mark.parametrize("label", ["L2", "l2", "L 2", "L-2", "L.2", "L02"])
def test_a_letter_and_a_number_are_one_code_however_they_are_written(label: str) -> None:
    people = pd.DataFrame({"name": ["Bo Ravn", "Åse Mølbæk"], "role": "lokalråd", "aliases": [("L1",), ("L2",)]})
    find = finder(Transcript(id="fg1", file="fg1.txt", title="Gruppe 1"), people)
    assert find(label).people == ("Åse Mølbæk",)
    assert find("L 3").people == find("Uge 2").people == ()
