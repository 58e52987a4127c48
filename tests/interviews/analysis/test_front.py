"""The front of the theme page, and how the interviews were coded, in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from interviews.interview_support import read_all

from blupkit.interviews import (
    place_anew,
    read_coded,
    start_log,
    suggest_codes,
    text_in_short,
    text_method_interviews,
)
from blupkit.interviews.analysis.front import text_interviews


def test_who_took_part_and_who_did_not_is_counted(make_study: Any) -> None:
    study = make_study()
    text = text_interviews(read_coded(study), study).replace("\N{NO-BREAK SPACE}", " ")
    assert text == (
        "Der er gennemført to fokusgrupper med i alt fire deltagere: to lokalrådsmedlemmer og to kommunalt ansatte."
        " Udskrifterne rummer 27 ord, og samtalerne varede mellem 1 og 2 minutter."
        " Byrådspolitikere har ikke deltaget i interviewene."
    )


def test_the_method_is_told_without_promising_too_much(make_study: Any) -> None:
    study = make_study()
    coded = read_all(study)
    text = text_method_interviews(study, coded)
    assert text.startswith(
        "Kodebogen har to koder i to temaer. Én person (koder A) har kodet 4 steder i alle interview."
    )
    assert "Programmets forslag er ikke koder og indgår ikke i tallene." in text
    suggested = text_method_interviews(study, replace(coded, codings=suggest_codes(coded)))
    assert "Interviewene er endnu ikke kodet: Tallene bygger på forslag" in suggested
    for said in (text, suggested):
        assert "anonym" not in said.casefold()
        assert "pct." not in said
        assert "læst og godkendt" in said
        assert "pseudonymiseret" in said


def test_what_was_said_in_short_is_polite_without_interviews(make_study: Any) -> None:
    study = make_study()
    assert "- **»Roller«:** en af to grupper." in text_in_short(study)
    study.path("fg1.txt").write_bytes(b"")
    assert text_in_short(study) == "Interviewene er ikke med på denne side endnu."
    assert text_in_short(study.model_copy(update={"interviews": None})).startswith("Der er ingen interview")


def test_one_of_a_group_is_told_without_a_gender_of_its_word(make_study: Any) -> None:
    study = make_study()
    text = text_interviews(read_coded(study).only("fg1"), study)
    assert "med i alt to deltagere: 1 lokalrådsmedlem og 1 " in text
    assert " en lokalrådsmedlem" not in text


def test_what_a_transcript_was_edited_under_is_said_on_the_page(make_study: Any) -> None:
    study = make_study({"citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n"})
    start_log(study, "A")
    files = study.interviews.model_copy(update={"codings": {"A": "kodninger_A.jsonl"}})
    study = study.model_copy(update={"interviews": files})
    said = text_method_interviews(study, read_coded(study))
    path = study.path("fg1.txt")
    edited = path.read_text(encoding="utf-8").replace("vi har intet mandat", "det er der ingen, der har")
    path.write_text("[00:00:00] L1: Ja.\n" + edited, encoding="utf-8")
    assert "Tre steder tæller ikke med, fordi udskriften er rettet" in text_method_interviews(study, read_coded(study))
    place_anew(study)
    told = text_method_interviews(study, read_coded(study))
    assert "To steder er fulgt med ordene, da udskriften blev rettet, og tæller med" in told
    assert "Ét sted tæller ikke med, fordi udskriften er rettet" in told
    assert "rettet" not in said
