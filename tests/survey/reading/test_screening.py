"""What is set aside or noted, and how it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import count_of, messages, states_of

from blupkit.core import DataError, Study
from blupkit.survey import read_responses

MakeStudy = Callable[..., Study]


def test_a_code_off_the_scale_is_set_aside_with_row_column_and_codes(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;6;2;4;4;;;3;;1;0;1;"])
    responses = read_responses(study)
    assert states_of(responses, "a")["k1_v"] == "ubesvaret"
    assert count_of(responses, "Koder uden for skalaen") == 1
    fault = responses.faults.iloc[0]
    assert (fault["row"], fault["column"], fault["respondent"], fault["level"]) == (2, "k1_v", "a", "advarsel")
    assert messages(study)[0] == (
        "6 | en af koderne 1, 2, 3, 4, 5 eller 8 |"
        " Ret koden i spørgeskemasystemet, hvis den er en tastefejl, og hent filen igen."
        " Svaret er sat til side og tæller som ubesvaret."
    )


def test_text_in_a_number_column_is_set_aside(make_study: MakeStudy) -> None:
    assert "fire | et tal: 1, 2, 3, 4, 5 eller 8 |" in messages(make_study(rows=["a;430;1;fire;2;4;4;;;3;;1;0;1;"]))[0]


def test_a_choice_that_is_neither_0_nor_1_is_set_aside(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;4;2;4;4;;;3;;1;2;1;"])
    assert "2 | en af koderne 0 eller 1 |" in messages(study)[0]
    assert states_of(read_responses(study), "a")["form_2"] == "ubesvaret"


@pytest.mark.parametrize(("second", "numbers"), [("2", "2"), ("3", "2 og 3")])
def test_boxes_with_numbers_of_the_program_s_own_are_told_once_a_question(
    make_study: MakeStudy, second: str, numbers: str
) -> None:
    # Six of each: more than a box has told one by one, and most of what stands in it.
    rows = [f"p{n};430;1;4;2;4;4;;;3;;2;1;1;" for n in range(6)] + [
        f"q{n};430;1;5;2;4;3;;;3;;1;{second};1;" for n in range(6)
    ]
    told = [each for each in messages(make_study(rows=rows)) if "svar er sat til side" in each]
    assert len(told) == 1
    assert told[0].startswith(
        f"{numbers} i kolonnerne form_1 og form_2 | 1 for et valg med kryds, og 0 eller en tom celle for et uden |"
        " 12 svar er sat til side. Betyder tallet, at der ikke er kryds, så erstat det med 0 i kolonnerne;"
    )
    with pytest.raises(DataError, match="Så mange svar på spørgsmålet kan ikke læses"):
        read_responses(make_study(rows=rows))


def test_a_longer_number_in_a_box_may_be_somebody_s_and_is_not_written_out(make_study: MakeStudy) -> None:
    rows = [f"p{n};430;1;4;2;4;4;;;3;;1;2233445{n};1;" for n in range(6)]
    assert not [each for each in messages(make_study(rows=rows)) if "med kryds" in each]


def test_an_answer_from_a_group_that_was_not_asked_is_ignored(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;4;2;4;4;3;;3;;1;0;1;"])
    responses = read_responses(study)
    assert states_of(responses, "a")["k3_v"] == "ikke_stillet"
    assert count_of(responses, "Svar fra en gruppe, der ikke er spurgt") == 1
    assert messages(study)[0] == (
        "3 | en tom celle, for gruppen er ikke stillet spørgsmålet |"
        " Svaret er sat til side. Se efter, om deltagerens gruppe er rigtig."
    )


LONG = "430;3;5;4;4;3;5;2;;4;0;1;1;Tekst"


def test_the_later_of_two_alike_is_set_aside(make_study: MakeStudy) -> None:
    study = make_study(rows=[f"a;{LONG}", f"b;{LONG}"])
    responses = read_responses(study)
    assert responses.respondents["respondent"].tolist() == ["a"]
    assert count_of(responses, "Dobbelte besvarelser") == 1
    assert messages(study)[0] == (
        "de samme svar som i række 2 | én række for hver besvarelse |"
        " Den seneste er sat til side. Er de fra to personer, så skriv behold_dubletter = true i study.toml."
    )


def test_short_answers_that_agree_by_chance_are_kept(make_study: MakeStudy) -> None:
    rows = ["a;430;1;5;2;;;;;;;;;;", "b;430;1;5;2;;;;;;;;;;"]
    assert len(read_responses(make_study(rows=rows)).respondents) == 2


def test_a_row_without_answers_is_set_aside_and_not_scolded_for_its_group(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;", "b;;;;;;;;;;;0;0;;"])
    responses = read_responses(study)
    assert count_of(responses, "Tomme besvarelser") == 1
    assert count_of(responses, "Kommune mangler eller kendes ikke") == 0
    assert messages(study) == [
        "1 række uden svar | mindst ét svar i hver række |"
        " De er sat til side. Det er som regel nogen, der har åbnet eller fået skemaet uden at svare."
    ]


def test_a_broken_off_response_is_kept_and_counted(make_study: MakeStudy) -> None:
    # L is asked k1_v k1_n k2_v k2_n s1_for form tid: seven questions, of which the last four are the last half.
    study = make_study(rows=["a;430;1;5;2;4;;;;;;0;0;;", "b;430;1;5;2;4;4;;;;;0;0;;"])
    responses = read_responses(study)
    assert responses.respondents["completed"].tolist() == [False, True]
    assert responses.respondents["answered"].tolist() == [3, 4]
    assert messages(study) == [
        "1 besvarelse, der er afbrudt | besvarelser, der er gjort færdige | De svar, der er givet, er regnet med."
    ]


def test_the_status_column_decides_too(make_study: MakeStudy) -> None:
    head = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;stato_3;stato_4"
    rows = ["a;430;1;5;2;4;4;;;3;;1;0;1;;1;0", "b;430;1;5;2;4;4;;;3;;1;0;1;;0;1"]
    responses = read_responses(make_study(rows=rows, head=head))
    assert responses.respondents["completed"].tolist() == [False, True]
    assert "kolonner" not in " ".join(responses.faults["expected"])


def test_straight_lining_is_kept_and_counted(make_study: MakeStudy) -> None:
    items = range(1, 6)
    head = "id;kommune;gruppe;" + ";".join(f"k{i}_{s}" for i in items for s in "vn")
    lines = "".join(
        f"k{i};k{i}_{s};{kind};;a{i};A{i};L A;fem;;\n"
        for i in items
        for s, kind in (("v", "vigtighed"), ("n", "niveau"))
    )
    study = make_study(
        rows=["a;430;1;" + ";".join("4" * 10), "b;430;1;" + ";".join("4444444443")],
        head=head,
        change={"spoergeskema.csv": ("", "")},
    )
    (study.folder / "spoergeskema.csv").write_text(
        "emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om\n" + lines, encoding="utf-8"
    )
    responses = read_responses(study)
    assert responses.respondents["straight_lined"].tolist() == [True, False]
    assert count_of(responses, "Samme svar hele vejen") == 1
    assert messages(study) == [
        "det samme svar hele vejen | svar, der varierer |"
        " Besvarelsen er regnet med. Se efter, om den er ment alvorligt."
    ]
