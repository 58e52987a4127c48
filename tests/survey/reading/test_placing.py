"""Where respondents belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from survey.survey_support import count_of, messages

from blupkit.core import DataError, Study, read_study
from blupkit.survey import read_responses

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    "cell", ["430", "430,0", "Faaborg-Midtfyn", "Fåborg Midtfyn", "faaborg-midtfyn kommune", "FMK"]
)
def test_a_municipality_is_known_by_all_its_spellings(make_study: MakeStudy, cell: str) -> None:
    people = read_responses(make_study(rows=[f"a;{cell};1;5;2;4;4;;;3;;1;0;1;"])).respondents
    assert people["municipality"].tolist() == ["faaborg-midtfyn"]


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


def test_a_missing_group_column_stops_the_run(make_study: MakeStudy) -> None:
    study = make_study(head="id;kommune;rolle;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord")
    with pytest.raises(DataError, match=r"Forventet: også kolonnen »gruppe«. Ret indstillingen gruppe under"):
        read_responses(study)


def test_a_setting_that_names_no_column_stops_the_run(make_study: MakeStudy) -> None:
    study = make_study(change={"study.toml": ('kommune = "kommune"\n', "")})
    with pytest.raises(DataError, match=r"Forventet: navnet på den kolonne, der rummer kommune"):
        read_responses(study)


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
