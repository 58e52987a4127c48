"""Whoever chose something else, in a box or in their own words, is one of those who answered."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import Study, read_study
from blupkit.survey import check_responses, choice_shares, read_responses

SETTINGS = """navn = "Prøven"
udgiver = "U"
periode = "maj 2027"
data_dato = 2027-05-01
[spoergeskema]
format = "{system}"
data = "svar.csv"
spoergeskema = "spoergeskema.csv"
"""
ASKED = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
mad;mad_1;flere;Hvad spiser I?;Suppe;Suppe;;;;
mad;mad_2;flere;Hvad spiser I?;Brød;Brød;;;;
"""


def study_of(folder: Path, system: str, rows: str, more: str = "") -> Study:
    (folder / "study.toml").write_text(SETTINGS.format(system=system), "utf-8")
    (folder / "spoergeskema.csv").write_text(ASKED + more, "utf-8")
    (folder / "svar.csv").write_text(rows, "utf-8")
    return read_study(folder)


def shares(study: Study) -> dict[str, tuple[float, int]]:
    table = choice_shares(read_responses(study), "mad")
    return {str(row.label): (round(float(row.value), 1), int(row.n)) for row in table.itertuples()}


#: Four answered: one soup, one soup and bread, and two something else alone; the fifth left the question out.
EXPORTS = {
    "forms": "ID,Hvad spiser I?\n1,Suppe;\n2,Suppe;Brød;\n3,Kage;\n4,Frugt fra haven;\n5,\n",
    "google": "Tidsstempel\tHvad spiser I?\na\tSuppe\nb\tSuppe, Brød\nc\tKage\nd\tFrugt fra haven\ne\t\n",
    "limesurvey": "id,submitdate,mad[1],mad[2],mad[other]\n"
    "1,x,Y,,\n2,x,Y,Y,\n3,x,,,Kage\n4,x,,,Frugt fra haven\n5,x,,,\n",
    "kobo": "_id;mad;mad/1;mad/2;mad/andet\n1;1;1;0;0\n2;1 2;1;1;0\n3;andet;0;0;1\n4;andet;0;0;1\n5;;;;\n",
    "tabel": "mad_1;mad_2;mad_andet\n1;0;\n1;1;\n0;0;Kage\n0;0;Frugt fra haven\n0;0;\n",
}
BESIDE = "mad;mad_andet;aaben;Hvad spiser I?;Andet, skriv hvad;Andet;;;;\n"


@pytest.mark.parametrize("system", EXPORTS)
def test_who_chose_only_something_else_is_in_the_denominator(tmp_path: Path, system: str) -> None:
    study = study_of(tmp_path, system, EXPORTS[system], BESIDE if system == "tabel" else "")
    # Two of the four who answered ate soup; of the two with a listed choice it would have been both.
    assert shares(study) == {"Suppe": (50.0, 4), "Brød": (25.0, 4)}
    people = read_responses(study).respondents
    assert len(people) == 4
    assert (people["answered"] > 0).all()


@pytest.mark.parametrize("system", ["forms", "google"])
def test_own_words_are_told_once_a_spelling_and_count_as_the_choice_for_them(tmp_path: Path, system: str) -> None:
    rows = EXPORTS[system].replace("Frugt fra haven", "Kage")
    listed = "mad;mad_3;flere;Hvad spiser I?;Andet;Andet;;;;\n"
    study = study_of(tmp_path, system, rows, listed)
    assert shares(study)["Andet"] == (50.0, 4)
    told = check_responses(study)
    [action] = told.loc[told["found"] == "Kage", "action"]
    assert action.startswith("2 besvarelser. De er talt som svaret Andet.")


def test_own_words_in_the_box_of_andet_are_a_tick(tmp_path: Path) -> None:
    listed = "mad;mad_3;flere;Hvad spiser I?;Andet;Andet;;;;\n"
    rows = "mad_1;mad_2;mad_3\n1;0;0\n1;1;Nej\n0;0;Kage\n0;0;1\n0;0;\n"
    assert shares(study_of(tmp_path, "tabel", rows, listed)) == {
        "Suppe": (50.0, 4),
        "Brød": (25.0, 4),
        "Andet": (50.0, 4),
    }


def test_a_cell_that_nobody_understands_makes_nobody_vanish(tmp_path: Path) -> None:
    rows = "mad_1;mad_2\n1;0\n1;1\n0;7\n0;0\n"
    assert shares(study_of(tmp_path, "tabel", rows)) == {"Suppe": (pytest.approx(66.7), 3), "Brød": (50.0, 2)}


def test_a_group_of_questions_is_not_taken_for_the_boxes_of_one(tmp_path: Path) -> None:
    rows = "_id;hus/mad_1;hus/mad_2;hus/kommentar\n1;1;0;\n2;1;1;\n3;0;0;Tak for mad\n"
    assert shares(study_of(tmp_path, "kobo", rows))["Suppe"] == (100.0, 2)


def test_the_index_of_an_export_is_kept(tmp_path: Path) -> None:
    responses = read_responses(study_of(tmp_path, "forms", EXPORTS["forms"]))
    assert isinstance(responses.coded.rows, pd.Index)
    assert responses.respondents["row"].tolist() == [2, 3, 4, 5]
