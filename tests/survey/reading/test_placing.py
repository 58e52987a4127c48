"""Where respondents belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from survey.survey_support import count_of, messages

from blupkit.core import DataError, Study, read_study
from blupkit.survey import check_responses, read_responses

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    "cell",
    [
        *["430", "430,0", "0430", "Faaborg-Midtfyn", "Fåborg Midtfyn", "faaborg-midtfyn kommune", "FMK", "FMK."],
        *["430 Faaborg-Midtfyn", "430 - Faaborg-Midtfyn Kommune", "Faaborg-Midtfyn Kommune (430)", "1. FMK"],
    ],
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


@pytest.mark.parametrize("cell", ["370 Faaborg-Midtfyn", "Faaborg-Midtfyn (370)", "430 København", "430 370"])
def test_a_code_beside_the_name_of_another_is_nobody_s(make_study: MakeStudy, cell: str) -> None:
    rows = [f"a;{cell};1;5;2;4;4;;;3;;1;0;1;", "b;430;1;5;2;4;4;;;3;;1;0;1;"]
    assert read_responses(make_study(rows=rows)).respondents["respondent"].tolist() == ["b"]


@pytest.mark.parametrize("cell", ["1. Lokalrådsmedlem", "Lokalrådsmedlem;", "Lokalrådsmedlem (1)"])
def test_a_group_is_known_with_its_code_beside_it(make_study: MakeStudy, cell: str) -> None:
    people = read_responses(make_study(rows=[f"a;430;{cell};5;2;4;4;;;3;;1;0;1;"])).respondents
    assert people["group"].tolist() == ["L"]


def test_a_municipality_that_resembles_none_gets_no_suggestion(make_study: MakeStudy) -> None:
    found = messages(make_study(rows=["a;København;1;5;2;4;4;;;3;;1;0;1;", "b;430;1;5;2;4;4;;;3;;1;0;1;"]))[0]
    assert "Mente du" not in found


def test_a_missing_municipality_and_group_set_the_respondent_aside(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;;1;5;2;4;4;;;3;;1;0;1;", "b;430;;5;2;4;4;;;3;;1;0;1;", "c;430;7;5;2;4;4;;;3;;1;0;1;"])
    with pytest.raises(DataError, match="3 af 3 besvarelser, som er sat til side"):
        read_responses(study)
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


def people(cells: dict[str, int]) -> list[str]:
    """One row a person, by what stands as their municipality."""
    every = [cell for cell, n in cells.items() for _ in range(n)]
    return [f"r{at};{cell};1;5;{1 + at % 5};4;{1 + at // 5 % 5};;;3;;1;0;1;" for at, cell in enumerate(every)]


def test_a_misspelt_municipality_is_told_once_with_its_count_and_the_nearest(make_study: MakeStudy) -> None:
    study = make_study(rows=people({"430": 50, "Næsved": 7}))
    responses = read_responses(study)
    assert (len(responses.respondents), count_of(responses, "Kommune mangler eller kendes ikke")) == (50, 7)
    [line] = [message for message in messages(study) if message.startswith("Næsved")]
    assert "Mente du Næstved Kommune?" in line
    assert "7 besvarelser er sat til side (række 52, 53, 54, 55, 56, 57 …)." in line


def test_two_misspelt_municipalities_that_take_a_third_of_the_answers_away_stop_the_run(make_study: MakeStudy) -> None:
    study = make_study(rows=people({"430": 20, "Næsved": 6, "Faaborg Midtfynn": 4}))
    with pytest.raises(DataError) as caught:
        read_responses(study)
    assert [fault.found for fault in caught.value.faults] == [
        "10 af 30 besvarelser, som er sat til side",
        "Næsved",
        "Faaborg Midtfynn",
    ]
    assert "højst 20 pct." in str(caught.value)


def test_the_study_may_say_how_many_may_be_set_aside(make_study: MakeStudy) -> None:
    settings = {
        "study.toml": ('[[gruppe]]\nnoegle = "L"', '[taerskler]\nsat_til_side_andel = 0.4\n\n[[gruppe]]\nnoegle = "L"')
    }
    assert len(read_responses(make_study(rows=people({"430": 20, "Næsved": 10}), change=settings)).respondents) == 20


def test_an_export_in_which_nobody_answered_anything_stops_the_run(make_study: MakeStudy) -> None:
    with pytest.raises(DataError, match="2 rækker uden et eneste svar"):
        read_responses(make_study(rows=["a;430;1;;;;;;;;;;;;", "b;430;1;;;;;;;;;;;;"]))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('stavemaader = ["FMK"]', 'stavemaader = ["Næstved kommune"]', "kommune.stavemaader"),
        ('koder = ["A", "3"]', 'koder = ["A", "1"]', "gruppe.koder"),
        ('koder = ["A", "3"]', 'koder = ["l", "3"]', "gruppe.koder"),
    ],
)
def test_a_spelling_that_belongs_to_two_is_refused(make_study: MakeStudy, old: str, new: str, what: str) -> None:
    with pytest.raises(DataError, match=f"{what}, der kun hører til én"):
        make_study(change={"study.toml": (old, new)})


def test_a_code_that_the_export_calls_another_municipality_is_refused(make_study: MakeStudy) -> None:
    study = make_study(
        rows=people({"370": 6}),
        change={"study.toml": ('format = "tabel"', 'format = "surveyxact"\netiketter = "l.csv"')},
    )
    (study.folder / "l.csv").write_text("kommune;370;Faaborg-Midtfyn\n", "utf-8")
    with pytest.raises(DataError, match="en kode, der betyder det samme i eksporten"):
        read_responses(study)


def test_a_spelling_that_many_share_may_be_told_to_all_and_that_of_a_few_may_not(make_study: MakeStudy) -> None:
    found = check_responses(make_study(rows=people({"430": 60, "Næsved": 5, "Hos mor": 4})))
    assert found.set_index("found")["quotes"][["Næsved", "Hos mor"]].tolist() == [False, True]
