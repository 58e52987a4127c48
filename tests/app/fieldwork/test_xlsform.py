"""The form for KoboToolbox: all that is asked is in it, for those who are asked, and its answers come back as ours."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from support import ROOT

from blupkit.app.fieldwork.asking import asked_of
from blupkit.app.fieldwork.xlsform import xlsform
from blupkit.core import DataError, read_study
from blupkit.survey import read_responses
from blupkit.survey.reading.origin.xlsform import read_xlsform
from blupkit.survey.reading.questionnaire_file import questionnaire_as_sent

DEMO = ROOT / "data" / "demo"


def form_of(folder: Path) -> bytes:
    study = read_study(folder)
    questionnaire = questionnaire_as_sent(study)
    assert questionnaire is not None
    return xlsform(study, {group: asked_of(questionnaire, group) for group in study.group_keys})


@pytest.fixture(scope="module")
def form() -> bytes:
    return form_of(DEMO)


def rows(form: bytes, sheet: str) -> list[dict[str, str]]:
    book: Workbook = load_workbook(io.BytesIO(form))
    heads, *lines = ([str(cell or "") for cell in row] for row in book[sheet].iter_rows(values_only=True))
    return [dict(zip(heads, line, strict=False)) for line in lines]


def asked() -> list[dict[str, str]]:
    text = (DEMO / "spoergeskema" / "spoergeskema.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_question_is_in_it_once_with_its_scale_and_its_choices(form: bytes) -> None:
    survey, choices = rows(form, "survey"), rows(form, "choices")
    names = [row["name"] for row in survey if row["type"] not in {"start", "end", "calculate"}]
    wanted = [row["emne"] if row["type"] == "flere" else row["variabel"] for row in asked()]
    assert names == ["kommune", "gruppe", *dict.fromkeys(wanted)]
    for row in survey:
        if row["type"].startswith("select"):
            assert row["type"].split()[1] in {choice["list_name"] for choice in choices}
    boxes = {row["variabel"] for row in asked() if row["type"] == "flere"}
    lists = {row["emne"] for row in asked() if row["type"] == "flere"}
    assert {f"{row['list_name']}_{row['name']}" for row in choices if row["list_name"] in lists} == boxes
    scale = [row["label::Dansk (da)"] for row in choices if row["list_name"] == "vigtighed"]
    assert scale == ["Slet ikke vigtig", "Mindre vigtig", "Nogenlunde vigtig", "Vigtig", "Meget vigtig", "Ved ikke"]
    assert rows(form, "settings")[0]["default_language"] == "Dansk (da)"


def test_a_question_is_seen_by_those_who_are_asked_it_and_in_their_words(form: bytes) -> None:
    survey = {row["name"]: row for row in rows(form, "survey")}
    assert survey["k01_v"]["relevant"] == ""
    assert survey["k18_v"]["relevant"] == "${gruppe} = 'L'"
    assert survey["k22_n"]["relevant"] == "${gruppe} = 'A'"
    assert survey["behov_lok"]["relevant"] == "${gruppe} = 'P' or ${gruppe} = 'A'"
    assert survey["k20_v"]["label::Dansk (da)"] == "${k20_v_ord}"
    wording = survey["k20_v_ord"]["calculation"]
    assert re.findall(r"'([LPA])'", wording) == ["L", "P"]  # the last group is what is left
    assert wording.index("sikre bred") < wording.index("vurdere, hvor bred")


def test_this_suite_s_own_reader_of_forms_has_nothing_to_say(form: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(form)
    outline = read_xlsform(tmp_path / "form.xlsx", "form.xlsx")
    assert outline.faults == []
    assert len(set(outline.structure["variableName"])) == len({row["variabel"] for row in asked()}) + 2


def test_what_kobo_exports_of_it_is_read_as_the_study_s_own_answers(tmp_path: Path, form: bytes) -> None:
    """One answer of everybody's, as Kobo writes it: a column a question, `form/1` for a box, and its own columns."""
    study = shutil.copytree(DEMO, tmp_path / "s")
    settings = (study / "study.toml").read_text("utf-8")
    settings = settings.replace('format = "surveyxact"\ndata = "spoergeskema/dataset.csv"', 'data = "svar.csv"')
    settings = re.sub(r"(?m)^(etiketter|struktur) = .*\n", "", settings)
    (study / "study.toml").write_text(settings, "utf-8")
    answer = {"start": "2022-02-01T10:00:00", "end": "2022-02-01T10:11:00", "kommune": "540", "gruppe": "L"}
    for row in asked():
        mine = "L" in row["grupper"].split()
        if row["type"] == "flere":
            box = row["variabel"].removeprefix(f"{row['emne']}_")
            answer |= {row["emne"]: "1" * mine, f"{row['emne']}/{box}": str(int(box == "1")) * mine}
        elif row["variabel"] not in answer or mine:
            answer[row["variabel"]] = ("Tid" if row["type"] == "aaben" else "2") * mine
    answer |= {row["name"]: "ordlyden" for row in rows(form, "survey") if row["type"] == "calculate"}
    answer |= {"_id": "1", "_uuid": "u-1", "_submission_time": "2022-02-01T10:11:09"}
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([list(answer), list(answer.values())])
    (study / "svar.csv").write_text(text.getvalue(), "utf-8")
    responses = read_responses(read_study(study))
    assert responses.respondents[["municipality", "group"]].to_numpy().tolist() == [["soenderborg", "L"]]
    wide = responses.values(["k01_v", "k26_n", "form_1", "form_2", "anciennitet"]).iloc[0]
    assert wide.tolist() == [2.0, 2.0, 1.0, 0.0, 2.0]
    # The wordings are computed in the form, and no answers: that they are not read is told, as of any other column.
    wordings = "k20_v_ord, k20_n_ord, s2_for_ord, s2_pol_ord"
    assert responses.faults["found"].tolist() == [wordings, "det samme svar hele vejen"]


def test_a_name_that_no_form_can_have_is_refused_with_its_place(tmp_path: Path) -> None:
    study = shutil.copytree(DEMO, tmp_path / "s")
    path = study / "spoergeskema" / "spoergeskema.csv"
    path.write_text(path.read_text("utf-8-sig").replace("alder;alder;", "alder;1. alder;"), "utf-8-sig")
    with pytest.raises(DataError, match=r"spoergeskema\.csv, kolonne »variabel«: Her står »1\. alder«"):
        form_of(study)
