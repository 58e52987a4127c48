"""What tells who somebody is, from the file to what the consultant is told and decides."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from blupkit.core import DataError, Study, read_study
from blupkit.survey import check_responses, read_responses
from blupkit.survey.reading.exports import read_export

TOML = """
navn = "Prøven"
udgiver = "Udgiver"
periode = "maj 2022"
data_dato = 2022-05-02
[spoergeskema]
data = "{data}"
besvarelse_id = "id"
"""
FILES = 'spoergeskema = "spoergeskema.csv"\nskalaer = "skalaer.csv"\n'
QUESTIONS = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
kontakt;kontakt_telefon;flere;Hvordan vil du kontaktes?;Telefon;;;;;
kontakt;kontakt_mail;flere;Hvordan vil du kontaktes?;Mail;;;;;
ring;ring;enkelt;Må vi ringe på din telefon?;;;;jn;;
lokalnavn;lokalnavn;aaben;Hvad er navnet på jeres lokalråd?;;;;;;
ord;ord;aaben;Hvad mangler?;;;;;;
"""
SCALES = "skala;kode;tekst;betydning\njn;1;Ja;svar\njn;2;Nej;svar\n"
HEAD = "id;kontakt_telefon;kontakt_mail;ring;lokalnavn;ord"
ROWS = ["1;1;0;Ja;Nordby Råd;Tid", "2;0;1;Nej;Sydby Råd;Penge", "3;1;1;Ja;;"]
NO = 'personoplysninger = { "lokalnavn" = "nej" }\n'


def study(folder: Path, more: str = "", head: str = HEAD, rows: list[str] | None = None) -> Study:
    (folder / "study.toml").write_text(TOML.format(data="svar.csv") + FILES + more, encoding="utf-8")
    (folder / "spoergeskema.csv").write_text(QUESTIONS, encoding="utf-8")
    (folder / "skalaer.csv").write_text(SCALES, encoding="utf-8")
    (folder / "svar.csv").write_text("\n".join([head, *(ROWS if rows is None else rows), ""]), encoding="utf-8")
    return read_study(folder)


def test_tick_boxes_and_choices_are_kept_whatever_they_are_called(tmp_path: Path) -> None:
    responses = read_responses(study(tmp_path, NO))
    ticks = responses.answers[responses.answers["item"] == "kontakt"]["value"].tolist()
    assert ticks == [1, 0, 0, 1, 1, 1]
    assert responses.answers[responses.answers["variable"] == "ring"]["text"].tolist() == ["Ja", "Nej", "Ja"]
    assert not responses.faults["found"].str.contains("telefon").any()


def test_an_open_question_that_looks_like_it_is_asked_about_and_the_line_it_asks_for_keeps_it(tmp_path: Path) -> None:
    faults = check_responses(study(tmp_path))
    asked = faults[faults["column"] == "lokalnavn"]
    assert asked["level"].tolist() == ["fejl", "advarsel"]
    assert all(NO.strip() in action for action in asked["action"])
    answers = read_responses(study(tmp_path, NO)).answers
    assert answers[answers["variable"] == "lokalnavn"]["text"].tolist() == ["Nordby Råd", "Sydby Råd", ""]


def test_the_wording_of_the_question_may_decide_in_place_of_the_name(tmp_path: Path) -> None:
    more = '[spoergeskema.personoplysninger]\n"Hvad er navnet på jeres lokalråd?" = "nej"\n'
    assert "lokalnavn" in read_export(study(tmp_path, more)).data


def test_each_column_is_told_once_whether_its_name_its_cells_or_both_say_it(tmp_path: Path) -> None:
    more = (
        ["20304050", "Eva Lind", "21 22 23 24"],
        ["30405060", "Bo Dam", "31 32 33 34"],
        ["40506070", "", "41 42 43 44"],
    )
    rows = [";".join([row, *cells]) for row, cells in zip(ROWS, more, strict=True)]
    made = study(tmp_path, NO, f"{HEAD};Mobilnummer;Efternavn;felt7", rows)
    assert read_export(made).dropped == ("Mobilnummer", "Efternavn", "felt7")
    told = check_responses(made)["found"]
    assert told[told.str.contains("Mobil|Efternavn|felt7")].tolist() == [
        "felt7: telefonnumre",
        "Mobilnummer, Efternavn",
    ]


def test_the_study_says_yes_to_what_nothing_indicates(tmp_path: Path) -> None:
    more = 'personoplysninger = { "lokalnavn" = "nej", "Lokation" = "ja" }\n'
    export = read_export(study(tmp_path, more, HEAD + ";lokation", [row + ";x" for row in ROWS]))
    assert export.dropped == ("lokation",)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(["20 30 40 50", "", "21 31 41 51"], "telefonnumre"), (["a@b.dk", "c@d.dk", ""], "mailadresser")],
)
def test_a_column_is_left_out_by_what_stands_in_it_and_the_cells_are_never_told(
    tmp_path: Path, cells: list[str], kind: str
) -> None:
    rows = [f"{row};{cell}" for row, cell in zip(ROWS, cells, strict=True)]
    responses = read_responses(study(tmp_path, NO, HEAD + ";q17", rows))
    # A heading that nobody knows may be somebody's answer: it stands where words do.
    told = responses.faults[responses.faults["found"].str.startswith("q17: ")]
    assert told[["found", "quotes"]].to_numpy().tolist() == [[f"q17: {kind}", True]]
    assert not any(cell and cell in responses.faults.to_csv() for cell in cells)


def test_an_open_question_full_of_mail_addresses_is_refused_with_the_line_that_keeps_it(tmp_path: Path) -> None:
    rows = ["1;1;0;Ja;;a@b.dk", "2;0;1;Nej;;c@d.dk"]
    with pytest.raises(DataError, match=r'kolonne »ord«.*personoplysninger = { "ord" = "nej" }'):
        read_responses(study(tmp_path, NO, rows=rows))
    both = 'personoplysninger = { "lokalnavn" = "nej", "ord" = "nej" }\n'
    faults = read_responses(study(tmp_path, both, rows=rows)).faults
    assert faults.loc[faults["column"] == "ord", "found"].tolist() == ["mailadresser"]


def test_a_decision_on_a_column_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"Her står »lokalnavne«.*Mente du »lokalnavn«\?"):
        read_export(study(tmp_path, 'personoplysninger = { "lokalnavne" = "ja" }\n'))


def test_an_identifying_column_is_no_id_unless_the_study_says_that_it_is_a_number(tmp_path: Path) -> None:
    place = study(tmp_path, NO)
    text = (tmp_path / "study.toml").read_text("utf-8")
    (tmp_path / "svar.csv").write_text(f"tlf{HEAD[2:]}\n" + "\n".join(ROWS), encoding="utf-8")
    (tmp_path / "study.toml").write_text(text.replace('"id"', '"tlf"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"en kolonne, der ikke fortæller, hvem der har svaret"):
        read_export(read_study(place.folder))
    more = text.replace('"id"', '"tlf"').replace("{ ", '{ "tlf" = "nej", ')
    (tmp_path / "study.toml").write_text(more, encoding="utf-8")
    assert "tlf" in read_export(read_study(place.folder)).data


def test_an_spss_file_without_a_questionnaire_drops_and_tells_and_goes_on(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"id": ["1", "2"], "RecipientLastName": ["Xx", "Yy"], "telephone_1": ["20304050", ""], "enig": [1.0, 2.0]}
    )
    labels = {"enig": {1: "Ja", 2: "Nej"}}
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), variable_value_labels=labels)
    (tmp_path / "study.toml").write_text(TOML.format(data="svar.sav"), encoding="utf-8")
    responses = read_responses(read_study(tmp_path))
    assert responses.variables == ["enig"]
    assert set(responses.questionnaire.variables["variable"]) == {"enig"}
    assert "RecipientLastName, telephone_1" in responses.faults["found"].tolist()
