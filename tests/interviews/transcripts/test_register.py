"""The register and the decisions are read whole or refused, and a role has the study's word for it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from blupkit.core import BlupkitError
from blupkit.interviews import candidates, check_interviews, pseudonymise, read_decisions, read_register
from blupkit.interviews.transcripts.register import role_words


def test_the_register_is_read_with_its_aliases(make_study: Any) -> None:
    register = read_register(make_study())
    assert register.loc[3].tolist() == [
        "fg1",
        "Bo Ravn Storm",
        "lokalråd",
        "Nordfyns Kommune",
        "60",
        ("Bo", "Bos", "20 00 00 14"),
        "[lokalrådsmedlem]",
        True,
    ]


def test_the_capital_that_excel_gives_a_cell_is_no_other_role_or_interview(make_study: Any) -> None:
    expected = make_study()
    path = expected.folder / "deltagere.csv"
    before = read_register(expected)
    text = (
        path.read_text("utf-8")
        .replace("fg1;", "Fg1;")
        .replace(";lokalråd;", ";Lokalråd;")
        .replace(";ansat;", ";Ansat;")
    )
    path.write_text(text, "utf-8")
    assert "Fg1;Bo Ravn Storm;Lokalråd;" in text
    assert read_register(expected).equals(before)


def test_a_study_without_register_or_decisions_has_empty_tables(make_study: Any) -> None:
    toml = (make_study().folder / "study.toml").read_text("utf-8")
    toml = toml.replace('deltagere = "deltagere.csv"\n', "").replace('afgoerelser = "afgoerelser.csv"\n', "")
    study = make_study({"study.toml": toml})
    assert read_register(study).empty
    assert read_decisions(study).empty
    assert candidates(pd.Series(["Se Odense"]), read_register(study), read_decisions(study))["candidate"].tolist() == [
        "Odense"
    ]


def test_all_faults_of_the_register_are_told_at_once(make_study: Any) -> None:
    rows = "interview;navn;rolle;kommune;alder;aliasser\nfg9;Bo;lokalråd;;;\nfg1;;borger;;;\n"
    with pytest.raises(BlupkitError) as caught:
        read_register(make_study({"deltagere.csv": rows}))
    assert [str(fault) for fault in caught.value.faults] == [
        "deltagere.csv, række 2, kolonne »interview«: Her står »fg9«. Forventet: et af fg1, fg2. Ret interviewets id.",
        "deltagere.csv, række 3, kolonne »navn«: Her står »en tom celle«. Forventet: et navn eller et sted."
        " Skriv navnet.",
        "deltagere.csv, række 3, kolonne »rolle«: Her står »borger«. Forventet: en af lokalråd, ansat,"
        " moderator, teknik, omtalt, sted. Ret rollen, eller tilføj den under »roller« i study.toml.",
    ]


def test_all_faults_of_the_decisions_are_told_at_once(make_study: Any) -> None:
    rows = "kandidat;afgoerelse;erstatning;note\nFyn;slet;;\nFyn;behold;;\n;behold;;\n"
    study = make_study({"afgoerelser.csv": rows})
    with pytest.raises(BlupkitError):
        read_decisions(study)
    faults = check_interviews(study)
    assert faults[["row", "found", "expected", "action"]].values.tolist() == [
        [2, "slet", "behold eller erstat", "Ret afgørelsen."],
        [3, "Fyn", "hvert ord én gang", "Behold én af rækkerne."],
        [4, "en tom celle", "et ord", "Skriv ordet, eller slet rækken."],
    ]


PEOPLE = "interview;navn;rolle;aliasser\nfg1;Bo Ravn;lokalråd;\nfg1;Ida Holm;ansat;\nfg1;Per Juul;politiker;\n"


def test_a_role_has_the_studys_word_or_a_usual_one_or_its_groups(make_study: Any) -> None:
    toml = (make_study().folder / "study.toml").read_text("utf-8")
    as_before = make_study({"study.toml": toml})
    assert role_words(as_before)["ansat"] == "[medarbejder]"
    assert role_words(as_before)["lokalråd"] == "[lokalrådsmedlem]"
    roles = 'roller = { "lokalråd" = "L", "ansat" = "A", "politiker" = "P" }\n'
    toml = "\n".join(line for line in toml.split("\n") if not line.startswith("roller"))
    toml = toml.replace("[interview]\n", "[interview]\n" + roles + 'rolleord = { "ansat" = "[embedsmand]" }\n')
    study = make_study({"study.toml": toml, "deltagere.csv": PEOPLE})
    register = read_register(study)
    text = "Bo, Ida og Per kom."
    assert pseudonymise(text, register) == "[lokalrådsmedlem], [embedsmand] og [politiker] kom."
