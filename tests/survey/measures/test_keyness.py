"""Keyness and words in context: twelve people's words, counted by hand, with R's Poisson deviance beside G²."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from survey.survey_support import EMPLOYEES, MEMBERS, written_rows

from blupkit.core import BlupkitError
from blupkit.core.lexicon.names import FIRST_NAMES, NAME_WORDS, SURNAMES
from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.survey import Responses, read_responses
from blupkit.survey.measures.keyness import _head, keyword_counts, keywords, words_in_context


@pytest.fixture
def responses(make_study: Any) -> Responses:
    return read_responses(make_study(written_rows({"1": MEMBERS, "3": EMPLOYEES})))


def test_a_groups_own_words_stand_out_with_g2_and_log_ratio(responses: Responses) -> None:
    # Members: 6 x 3 + 4 x 2 = 26 words; employees: 6 x 4 = 24. In R, for "pulje" and then for "tid" and "vej":
    # glm(c(6, 0) ~ 1 + offset(log(c(26, 24))), family = poisson)$deviance   7.847118   = 2 * 6 * ln(50 / 26)
    # glm(c(6, 0) ~ 1 + offset(log(c(24, 26))), family = poisson)$deviance   8.807630   = 2 * 6 * ln(50 / 24)
    # log2((6 / 26) / (0.5 / 24)) = 3.469485 and log2((6 / 24) / (0.5 / 26)) = 3.700440
    table = keywords(responses)
    assert table.drop(columns=["g2", "log_ratio"]).values.tolist() == [
        ["L", "pulje", "puljen", 6, 0, 6, 6],
        ["A", "tid", "tid", 6, 0, 6, 6],
        ["A", "vej", "vejen", 6, 0, 6, 6],
    ]
    assert table["g2"].tolist() == pytest.approx([7.847118, 8.807630, 8.807630], abs=1e-6)
    assert table["log_ratio"].tolist() == pytest.approx([3.469485, 3.700440, 3.700440], abs=1e-6)


def test_a_word_that_too_few_people_use_is_left_out_however_often_they_use_it(make_study: Any) -> None:
    # "bro" stands eight times, from four people; with a fifth it is there.
    texts = [*MEMBERS[1:], "Puljen til Mathiesen, bro"]
    more = read_responses(make_study(written_rows({"1": texts, "3": EMPLOYEES})))
    assert "bro" in keywords(more)["lemma"].tolist()
    fewer = read_responses(make_study(written_rows({"1": MEMBERS, "3": EMPLOYEES})))
    assert "bro" not in keywords(fewer)["lemma"].tolist()


def test_names_numbers_and_function_words_are_no_keywords(make_study: Any) -> None:
    texts = ["Vi har 25000 til Mathiesen i Snepperød"] * 6
    found = keywords(read_responses(make_study(written_rows({"1": texts, "3": EMPLOYEES}))))
    assert found["group"].unique().tolist() == ["A"]


OTHERS = EMPLOYEES * 3


@pytest.mark.parametrize("written", ["Mads", "mads", "Trine", "Helle", "helle", "Kims", "Hansen", "Åse"])
def test_a_name_that_the_dictionary_takes_for_a_word_is_none_in_any_case(make_study: Any, written: str) -> None:
    texts = [f"Det er {written} der har puljen"] * 7
    found = keywords(read_responses(make_study(written_rows({"1": texts, "3": OTHERS}))))
    assert found.loc[found["group"] == "L", "word"].tolist() == ["puljen"]


def test_a_name_that_is_a_word_is_told_only_where_it_is_the_word(make_study: Any) -> None:
    def told(texts: list[str]) -> list[list[object]]:
        found = keywords(read_responses(make_study(written_rows({"1": texts, "3": OTHERS}))))
        return found.loc[found["group"] == "L", ["word", "here"]].to_numpy().tolist()

    # Where a sentence begins nobody can tell: those are not counted, and the seven others are.
    assert told(["Her er liv i puljen"] * 7 + ["Liv er der"] * 3) == [["liv", 7], ["puljen", 7]]
    assert told(["Liv har puljen"] * 9) == [["puljen", 9]]
    # One capital inside a sentence tells that somebody is called so.
    assert told(["Her er liv i puljen"] * 7 + ["Så ringer vi til Liv"]) == [["puljen", 7]]
    assert told(["Her er liv i puljen"] * 7 + ["SÅ RINGER VI TIL LIV"]) == [["puljen", 7]]


def test_whoever_stands_in_the_register_is_never_a_keyword(make_study: Any, tmp_path: Path) -> None:
    texts = ["Der er liv i puljen", "Det er livets pulje"] * 6
    written = written_rows({"1": texts, "3": OTHERS})
    assert "liv" in keywords(read_responses(make_study(written)))["lemma"].tolist()
    interviews = """
        [interview]
        kodebog = "kodebog.csv"
        deltagere = "deltagere.csv"
        roller = { "lokalråd" = "L" }
        [[interview.udskrift]]
        id = "fg1"
        fil = "fg1.txt"
        titel = "Gruppe 1"
        """
    study = make_study(written, change={"study.toml": ("[spoergeskema]", f"{interviews}\n[spoergeskema]")})
    register = tmp_path / "deltagere.csv"
    register.write_text("interview;navn;rolle;aliasser\nfg1;Liv Nørregaard;lokalråd;\n", encoding="utf-8")
    assert keywords(read_responses(study)).query("group == 'L'")["lemma"].tolist() == ["pulje"]
    # A list that cannot be read may hold any name.
    register.write_text("navn\n", encoding="utf-8")
    assert keywords(read_responses(study)).query("group == 'L'")["lemma"].tolist() == ["pulje"]


def test_forms_of_an_agent_are_one_word(make_study: Any) -> None:
    texts = [
        "En borger spurgte",
        "Borgerne ved intet",
        "Der kom borgere",
        "Spørg borgeren først",
        "Det er en borgers ret",
    ]
    responses = read_responses(make_study(written_rows({"1": [*texts, "En borger"], "3": EMPLOYEES})))
    found = keywords(responses)
    assert found[found["lemma"] == "borger"][["here", "respondents"]].values.tolist() == [[6, 6]]
    assert "borge" not in found["lemma"].tolist()
    for asked in ("borger", "Borgerne", "borgers"):
        assert len(words_in_context(responses, asked)) == 6


def test_the_question_can_be_chosen_and_a_wrong_one_is_told(responses: Responses) -> None:
    pd.testing.assert_frame_equal(keywords(responses, "ord"), keywords(responses))
    assert keywords(responses, top=1)["lemma"].tolist() == ["pulje", "tid"]
    with pytest.raises(BlupkitError, match=r"»ordet«\. Forventet: ord\. Vælg et af spørgsmålene"):
        keywords(responses, "ordet")


def test_without_open_answers_there_are_no_keywords(make_study: Any) -> None:
    silent = read_responses(make_study(written_rows({"1": [""] * 6, "3": [""] * 6})))
    assert keywords(silent).empty
    assert keyword_counts(keywords(silent)).columns[: len(MEASURE_COLUMNS)].tolist() == MEASURE_COLUMNS
    assert words_in_context(silent, "pulje").empty


def test_a_word_is_shown_where_it_stands_in_all_its_forms(make_study: Any) -> None:
    texts = ["Den lille pulje er tom", "Vi søgte puljerne to gange"]
    table = words_in_context(read_responses(make_study(written_rows({"1": texts}))), "Puljer", width=8)
    assert table.values.tolist() == [
        ["ord", "L", "n lille", "pulje", "er tom"],
        ["ord", "L", "i søgte", "puljerne", "to gang"],
    ]


def test_nothing_in_the_answers_is_changed(responses: Responses) -> None:
    before = responses.answers.copy()
    keyword_counts(keywords(responses))
    words_in_context(responses, "pulje")
    pd.testing.assert_frame_equal(before, responses.answers)


def test_no_name_of_the_table_has_a_dictionary_form_in_any_case_or_genitive() -> None:
    names = (FIRST_NAMES | SURNAMES) - NAME_WORDS
    written = [form for name in names for form in (name, name.capitalize(), name.upper(), f"{name.capitalize()}s")]
    assert {_head(form, set()) for form in written} == {""}
    # An everyday word is one in lower case only, and in no case where somebody is called so.
    assert {_head(name.capitalize(), set()) for name in NAME_WORDS} == {""}
    assert not [name for name in NAME_WORDS if not _head(name, set())]
    assert {_head(form, set(NAME_WORDS)) for name in NAME_WORDS for form in (name, f"{name}s")} == {""}
