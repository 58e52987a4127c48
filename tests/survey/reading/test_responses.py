from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import DataError, Study, read_study
from blupkit.survey import Responses, check_responses, read_responses

MakeStudy = Callable[..., Study]


def states_of(responses: Responses, respondent: str) -> dict[str, str]:
    rows = responses.answers[responses.answers["respondent"] == respondent]
    return dict(zip(rows["variable"], rows["state"], strict=True))


def messages(study: Study) -> list[str]:
    table = check_responses(study)
    return [f"{line.found} | {line.expected} | {line.action}" for line in table.itertuples()]


def count_of(responses: Responses, rule: str) -> int:
    table = responses.set_aside.set_index("rule")["n"]
    return int(table[rule])


def test_the_three_missing_states_stay_apart(make_study: MakeStudy) -> None:
    states = states_of(read_responses(make_study()), "b")
    assert states["k1_v"] == "besvaret"
    assert states["k2_v"] == "ved_ikke"
    assert states["k3_v"] == "ikke_stillet"
    assert states["ord"] == "ubesvaret"


def test_nothing_that_is_missing_becomes_a_number(make_study: MakeStudy) -> None:
    answers = read_responses(make_study()).answers
    assert answers.loc[answers["state"] != "besvaret", "value"].isna().all()
    assert not (answers["value"] == 8).any()


def test_undisclosed_is_unanswered_but_its_text_is_kept(make_study: MakeStudy) -> None:
    answers = read_responses(make_study()).answers
    row = answers[(answers["respondent"] == "e") & (answers["variable"] == "tid")].iloc[0]
    assert (row["state"], row["text"]) == ("ubesvaret", "Ønsker ikke at oplyse")


def test_a_multiple_choice_without_a_tick_is_unanswered_and_with_one_all_choices_are_answered(
    make_study: MakeStudy,
) -> None:
    responses = read_responses(make_study())
    assert states_of(responses, "e")["form_1"] == "ubesvaret"
    assert states_of(responses, "a")["form_2"] == "besvaret"


@pytest.mark.parametrize("cell", ["4", " 4 ", "4,0", "4.0", "vigtig", "VIGTIG"])
def test_a_code_is_read_however_it_is_written(make_study: MakeStudy, cell: str) -> None:
    answers = read_responses(make_study(rows=[f"a;430;1;{cell};2;4;4;;;3;;1;0;1;"])).answers
    assert answers.loc[answers["variable"] == "k1_v", "value"].tolist() == [4.0]


@pytest.mark.parametrize(
    "cell", ["430", "430,0", "Faaborg-Midtfyn", "Fåborg Midtfyn", "faaborg-midtfyn kommune", "FMK"]
)
def test_a_municipality_is_known_by_all_its_spellings(make_study: MakeStudy, cell: str) -> None:
    people = read_responses(make_study(rows=[f"a;{cell};1;5;2;4;4;;;3;;1;0;1;"])).respondents
    assert people["municipality"].tolist() == ["faaborg-midtfyn"]


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


def test_an_answer_from_a_group_that_was_not_asked_is_ignored(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;4;2;4;4;3;;3;;1;0;1;"])
    responses = read_responses(study)
    assert states_of(responses, "a")["k3_v"] == "ikke_stillet"
    assert count_of(responses, "Svar fra en gruppe, der ikke er spurgt") == 1
    assert messages(study)[0] == (
        "3 | en tom celle, for gruppen er ikke stillet spørgsmålet |"
        " Svaret er sat til side. Se efter, om deltagerens gruppe er rigtig."
    )


def test_a_misspelt_municipality_is_set_aside_with_a_suggestion(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;Nestved;1;5;2;4;4;;;3;;1;0;1;", "b;430;1;5;2;4;4;;;3;;1;0;1;"])
    responses = read_responses(study)
    assert responses.respondents["respondent"].tolist() == ["b"]
    assert count_of(responses, "Kommune mangler eller kendes ikke") == 1
    assert messages(study)[0] == (
        "Nestved | Faaborg-Midtfyn Kommune eller Næstved Kommune | Mente du Næstved Kommune?"
        " Tilføj stavemåden under stavemaader i study.toml. Besvarelsen er sat til side."
    )


def test_a_municipality_that_resembles_none_gets_no_suggestion(make_study: MakeStudy) -> None:
    found = messages(make_study(rows=["a;København;1;5;2;4;4;;;3;;1;0;1;", "b;430;1;5;2;4;4;;;3;;1;0;1;"]))[0]
    assert "Mente du" not in found


def test_a_missing_municipality_and_group_set_the_respondent_aside(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;;1;5;2;4;4;;;3;;1;0;1;", "b;430;;5;2;4;4;;;3;;1;0;1;", "c;430;7;5;2;4;4;;;3;;1;0;1;"])
    responses = read_responses(study)
    assert responses.respondents.empty
    assert responses.answers.empty
    found = messages(study)
    assert (
        "ingenting | Faaborg-Midtfyn Kommune eller Næstved Kommune |"
        " Udfyld kommunen i spørgeskemasystemet, hvis den kendes, og hent filen igen."
        " Besvarelsen er sat til side." in found
    )
    assert (
        "ingenting | 1 (lokalrådsmedlemmer) eller 3 (kommunalt ansatte) |"
        " Udfyld gruppen i spørgeskemasystemet, hvis den kendes, og hent filen igen."
        " Besvarelsen er sat til side." in found
    )
    assert (
        "7 | 1 (lokalrådsmedlemmer) eller 3 (kommunalt ansatte) | Ret gruppen, eller tilføj koden under"
        " koder i study.toml. Besvarelsen er sat til side." in found
    )
    assert count_of(responses, "Gruppe mangler eller kendes ikke") == 2


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


def test_a_repeated_id_sets_the_later_aside(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;5;2;;;;;;;;;;", "a;430;1;4;3;;;;;;;;;;"])
    assert len(read_responses(study).respondents) == 1
    assert messages(study)[0].startswith("det samme besvarelses-id som i række 2 |")


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


def test_columns_that_are_missing_stop_the_run_all_at_once(make_study: MakeStudy) -> None:
    rows = ["a;430;1;5;4;4"]
    study = make_study(rows=rows, head="id;kommune;gruppe;k1_v;k2_v;k2_n")
    with pytest.raises(DataError) as caught:
        read_responses(study)
    assert [fault.column for fault in caught.value.faults] == [
        "k1_n",
        "k3_v",
        "k3_n",
        "s1_for",
        "s1_lok",
        "form_1",
        "form_2",
        "tid",
        "ord",
    ]
    assert "Her står »ingen kolonne med det navn«. Forventet: en kolonne for hver variabel i spørgeskemaet." in str(
        caught.value
    )


def test_a_missing_group_column_stops_the_run(make_study: MakeStudy) -> None:
    study = make_study(head="id;kommune;rolle;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord")
    with pytest.raises(DataError, match=r"Forventet: også kolonnen »gruppe«. Ret indstillingen gruppe under"):
        read_responses(study)


def test_a_setting_that_names_no_column_stops_the_run(make_study: MakeStudy) -> None:
    study = make_study(change={"study.toml": ('kommune = "kommune"\n', "")})
    with pytest.raises(DataError, match=r"Forventet: navnet på den kolonne, der rummer kommune"):
        read_responses(study)


def test_unknown_columns_are_listed_in_one_warning(make_study: MakeStudy) -> None:
    head = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;nyt;mere"
    found = messages(make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;;9;9"], head=head))
    assert found == [
        "nyt, mere | kun kolonner, som spørgeskemaet kender |"
        " Kolonnerne er ikke brugt. Tilføj dem i spørgeskemaet, hvis de rummer svar."
    ]


def test_a_question_that_asks_for_a_name_is_refused_with_the_reason(make_study: MakeStudy) -> None:
    study = make_study(
        head="id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;navn",
        change={"spoergeskema.csv": ("ord;ord;aaben", "navn;navn;aaben")},
    )
    with pytest.raises(DataError, match=r"Kolonnen er udeladt, fordi den kan fortælle, hvem der har svaret"):
        read_responses(study)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "430;L;20",
            "Nestved;L;20",
            "Nestved | Faaborg-Midtfyn Kommune eller Næstved Kommune | Mente du Næstved Kommune? Tilføj"
            " stavemåden under stavemaader i study.toml.",
        ),
        ("430;L;20", "430;Q;20", "Q | L eller A | Skriv gruppens nøgle. Rækken er ikke brugt."),
        (
            "430;L;20",
            "430;L;cirka 20",
            "cirka 20 | et helt tal eller »ukendt« | Ret tallet. Indtil da opgøres svarprocenten ikke.",
        ),
        (
            "430;L;20",
            "430;L;1",
            "1 inviterede i faaborg-midtfyn, gruppe L | mindst de 2, der har svaret | Kontrollér tallet hos"
            " koordinatoren. Svarprocenten opgøres ikke.",
        ),
        (
            "430;A;10;mail",
            "430;L;10;mail",
            "en række mere for faaborg-midtfyn, gruppe L | én række for hver kommune og gruppe | Tallene er lagt"
            " sammen. Saml dem i én række.",
        ),
    ],
)
def test_the_list_of_invited_is_checked(make_study: MakeStudy, old: str, new: str, message: str) -> None:
    study = make_study(change={"udsendelse.csv": (old, new)})
    found = check_responses(study)
    assert message in messages(study)
    assert (found["level"] == "advarsel").all()


def test_unknown_numbers_of_invited_stay_unknown(make_study: MakeStudy) -> None:
    invited = read_responses(make_study()).invited
    assert invited["invited"].tolist() == [20, 10, pd.NA, 8]
    assert invited["known"].tolist() == [True, True, False, True]


def test_checking_never_raises(make_study: MakeStudy) -> None:
    study = make_study()
    (study.folder / "svar.csv").unlink()
    found = check_responses(study)
    assert found["found"].tolist() == ["ingen fil"]
    assert found["level"].tolist() == ["fejl"]


def test_checking_puts_what_stops_the_run_first(make_study: MakeStudy) -> None:
    found = check_responses(make_study(rows=["a;430;1;6;2"], head="id;kommune;gruppe;k1_v;k1_n"))
    assert found["level"].tolist()[0] == "fejl"
    assert found["level"].tolist()[-1] == "advarsel"


def test_a_good_study_has_no_faults_but_what_was_broken_off(make_study: MakeStudy) -> None:
    assert messages(make_study()) == [
        "1 besvarelse, der er afbrudt | besvarelser, der er gjort færdige | De svar, der er givet, er regnet med."
    ]


def test_a_study_without_groups_and_municipalities_has_one_of_each_called_alle(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a;b\n4;2\n5;1\n", encoding="utf-8")
    (tmp_path / "q.csv").write_text(
        "emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om\n"
        "k;a;vigtighed;;;K;;s;;\nk;b;niveau;;;K;;s;;\n",
        encoding="utf-8",
    )
    (tmp_path / "s.csv").write_text(
        "skala;kode;tekst;betydning\n" + "".join(f"s;{i};t{i};svar\n" for i in range(1, 6)), encoding="utf-8"
    )
    (tmp_path / "study.toml").write_text(
        'navn="R"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n[spoergeskema]\nformat="tabel"\ndata="d.csv"\n'
        'spoergeskema="q.csv"\nskalaer="s.csv"\n',
        encoding="utf-8",
    )
    people = read_responses(read_study(tmp_path)).respondents
    assert people[["municipality", "group"]].to_numpy().tolist() == [["alle", "alle"]] * 2
