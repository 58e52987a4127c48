"""A respondent is taken out of everything but the numbers as sent, and those tell nothing beside the new ones."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
import pyzipper
from life_support import TODAY, make_study, send, texts_under, withdraw, write_answers

from blupkit import survey
from blupkit.app import all_faults, decide, plan_respondent
from blupkit.core import DataError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.disclosure import read_release
from blupkit.survey import check_responses

NINE = {("Nordby", "L"): 9, ("Sydby", "L"): 14, ("Nordby", "A"): 12, ("Sydby", "A"): 13}
MIN_N = 5


def known(release: survey.SurveyRelease) -> dict[tuple[str, ...], tuple[int, float]]:
    """Give count and sum of every mean that a reader of all pages knows: shown, or the total minus the other part."""
    found: dict[tuple[str, ...], tuple[int, float]] = {}
    for name in ("behov", "samarbejde"):
        shown = release.tables[name].frame.dropna(subset=["value", "n"])
        for row in shown[["municipality", "group", "item", "measure", "value", "n"]].itertuples(index=False):
            place, group, item, measure, value, n = row
            found[name, place, group, item, measure] = (int(n), float(value) * int(n))
    for (name, place, *rest), (n, total) in list(found.items()):
        for one, other in (("nordby", "sydby"), ("sydby", "nordby")):
            part = found.get((name, one, *rest))
            if place == "alle" and part and (name, other, *rest) not in found:
                found[name, other, *rest] = (n - part[0], total - part[1])
    return found


def told_of_few(first: survey.SurveyRelease, second: survey.SurveyRelease) -> list[tuple[str, ...]]:
    """Subtract: list the cells whose difference is one to four persons' answers, or a number that changed alone."""
    then, now = known(first), known(second)
    return [
        cell
        for cell in then.keys() & now.keys()
        if 0 < abs(then[cell][0] - now[cell][0]) < MIN_N
        or (then[cell][0] == now[cell][0] and abs(then[cell][1] - now[cell][1]) > 1e-9)
    ]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = make_study(tmp_path)
    write_answers(study, NINE)
    return study


def decided(study: Study, outputs: Outputs) -> survey.SurveyRelease:
    assert decide(study, outputs, lambda told: None) == {}
    return survey.SurveyRelease(**vars(read_release(outputs.release)))


def test_one_of_nine_taken_out_is_not_the_difference_of_two_releases(study: Study, outputs: Outputs) -> None:
    first = send(study, outputs)
    assert any(cell[1:3] == ("nordby", "L") for cell in known(first))
    withdraw(study, outputs, respondent="NL3")
    second = decided(study, outputs)
    assert len(survey.read_responses(study).respondents) == sum(NINE.values()) - 1
    assert told_of_few(first, second) == []
    assert second.late > 0
    untouched = [cell for cell in known(second) if cell[2] == "A"]
    assert untouched  # what they did not answer is shown as before
    assert all(known(first)[cell] == pytest.approx(known(second)[cell]) for cell in untouched)


def test_the_attack_finds_the_one_where_it_is_forgotten_that_somebody_left(study: Study, outputs: Outputs) -> None:
    """The test above can fail: without what stands for the one who left, the two releases tell them apart."""
    first = send(study, outputs)
    withdraw(study, outputs, respondent="NL3")
    for path in survey.sent_releases(study):
        content = json.loads(path.read_text("utf-8"))
        content["persons"] = [
            [cell, {who: said for who, said in found.items() if not who.startswith("gået")}]
            for cell, found in content["persons"]
        ]
        path.write_text(json.dumps(content), encoding="utf-8")
    assert told_of_few(first, decided(study, outputs))


def test_when_as_many_have_left_as_a_number_must_rest_on_it_is_shown_again(tmp_path: Path, outputs: Outputs) -> None:
    study = make_study(tmp_path)
    ids = write_answers(study, {**NINE, ("Nordby", "L"): 24, ("Sydby", "L"): 24})
    first = send(study, outputs)
    shown = {}
    for number, each in enumerate(ids[:10], start=1):
        withdraw(study, outputs, respondent=each)
        if number in (1, MIN_N - 1, MIN_N, 10):
            second = decided(study, outputs)
            assert told_of_few(first, second) == []
            shown[number] = sum(cell[:3] == ("behov", "nordby", "L") for cell in known(second))
    whole = sum(cell[:3] == ("behov", "nordby", "L") for cell in known(first))
    assert (shown[1], shown[MIN_N - 1]) == (0, 0)
    assert shown[MIN_N] > 0
    assert shown[10] == whole


def test_marks_go_and_numbers_stay_as_they_were_sent(study: Study, outputs: Outputs) -> None:
    send(study, outputs)
    (kept,) = survey.sent_releases(study)
    before = json.loads(kept.read_text("utf-8"))
    mark = survey.mark_of(study, "NL3")
    assert mark in kept.read_text("utf-8")
    withdraw(study, outputs, respondent="NL3")
    after = json.loads(kept.read_text("utf-8"))
    assert mark not in kept.read_text("utf-8")
    assert {**after, "persons": 0} == {**before, "persons": 0}
    assert [len(found) for _, found in after["persons"]] == [len(found) for _, found in before["persons"]]


def test_the_file_keeps_every_other_byte_and_the_others_their_rows(study: Study, outputs: Outputs) -> None:
    path = study.path("spoergeskema/svar.csv")
    raw = path.read_bytes().replace(b"NL4;", "»Ny\u00f8;".encode("cp1252")).replace(b"\n", b"\r\n").decode("cp1252")
    path.write_bytes(raw.encode("cp1252"))
    before = survey.read_responses(study).respondents.set_index("respondent")["row"]
    withdraw(study, outputs, respondent="NL3")
    lines, was = path.read_bytes().split(b"\r\n"), raw.encode("cp1252").split(b"\r\n")
    assert [number for number, (now, then) in enumerate(zip(lines, was, strict=True)) if now != then] == [3]
    assert set(lines[3]) == {ord(";")}
    after = survey.read_responses(study).respondents.set_index("respondent")["row"]
    assert after.to_dict() == before.drop("NL3").to_dict()


def test_codings_of_open_answers_hang_on_the_respondent(tmp_path: Path, outputs: Outputs) -> None:
    study = make_study(tmp_path)
    toml = study.path("study.toml")
    text = toml.read_text("utf-8").replace('citater = "', 'kodninger_aabne = "interview/aabne.tsv"\nciteret = "')
    toml.write_text(text.replace("citeret", "citater"), encoding="utf-8")
    coded = "spoergsmaal\tbesvarelse\tstart\tend\tcode\tquote\n"
    answers = survey.read_responses(study).written().set_index("respondent")["text"]
    first, other = list(answers.index[:2])
    for each in (first, other):
        coded += f"ord\t{each}\t0\t{len(answers[each])}\t1.1\t{answers[each]}\n"
    study.path("interview/aabne.tsv").write_text(coded, encoding="utf-8")
    quotes = study.path("interview/citater.csv")
    quotes.write_text(quotes.read_text("utf-8") + f"ord;{first};0;8;1.1;AT;\n", encoding="utf-8")
    study = read_study(study.folder)
    faults = len(all_faults(study))
    assert withdraw(study, outputs, respondent=first)
    left = study.path("interview/aabne.tsv").read_text("utf-8")
    assert f"\t{first}\t" not in left
    assert answers[other] in left
    assert "ord;" not in quotes.read_text("utf-8")
    assert len(all_faults(study)) <= faults
    assert not [path for path, seen in texts_under(study.folder) if answers[first] in seen and len(answers[first]) > 8]


def workbook(study: Study) -> Study:
    table = pd.read_csv(study.path("spoergeskema/svar.csv"), sep=";", dtype=str, keep_default_na=False)
    table.loc[table["id"] == "NL3", "ord"] = "Kun NL3 skriver dette"
    table.to_excel(study.path("spoergeskema/svar.xlsx"), index=False)
    return told_of(study, "svar.csv", "svar.xlsx")


def spss(study: Study) -> Study:
    table = pd.read_csv(study.path("spoergeskema/svar.csv"), sep=";", dtype=str, keep_default_na=False)
    table.loc[table["id"] == "NL3", "ord"] = "Kun NL3 skriver dette"
    numbers = [name for name in table.columns if name[0] in "ksf" and name != "kommune"]
    table[numbers] = table[numbers].replace("", None).astype(float)
    pyreadstat.write_sav(table, str(study.path("spoergeskema/svar.sav")), column_labels={"k1_v": "Hvor vigtigt?"})
    study.path("study.toml").write_text(
        study.path("study.toml").read_text("utf-8").replace('"tabel"', '"spss"'), encoding="utf-8"
    )
    return told_of(study, "svar.csv", "svar.sav")


def told_of(study: Study, old: str, new: str) -> Study:
    toml = study.path("study.toml")
    toml.write_text(toml.read_text("utf-8").replace(old, new), encoding="utf-8")
    study.path(f"spoergeskema/{old}").unlink()
    return read_study(study.folder)


@pytest.mark.parametrize("write", [workbook, spss])
def test_a_workbook_and_an_spss_file_are_written_without_them(study: Study, outputs: Outputs, write: object) -> None:
    study = write(study)  # type: ignore[operator]
    before = survey.read_responses(study)
    assert any("Kun NL3 skriver dette" in text for _, text in texts_under(study.folder))
    withdraw(study, outputs, respondent="NL3")
    after = survey.read_responses(study)
    gone = before.answers[before.answers["respondent"] != "NL3"].reset_index(drop=True)
    pd.testing.assert_frame_equal(after.answers, gone)
    assert not any("NL3" in text for _, text in texts_under(study.folder))


def test_a_case_without_an_id_of_its_own_is_not_moved_up(study: Study, outputs: Outputs) -> None:
    study = spss(study)
    toml = study.path("study.toml")
    toml.write_text(toml.read_text("utf-8").replace('besvarelse_id = "id"\n', ""), encoding="utf-8")
    before = study.path("spoergeskema/svar.sav").read_bytes()
    with pytest.raises(DataError, match="kolonnen med besvarelsernes id"):
        withdraw(read_study(study.folder), outputs, respondent="4")
    assert study.path("spoergeskema/svar.sav").read_bytes() == before


def test_nobody_is_taken_out_while_it_is_not_known_what_was_sent(study: Study, outputs: Outputs) -> None:
    assert decide(study, outputs, print) == {}
    outputs.write(outputs.package("nordby"), b"pakke")
    with pytest.raises(DataError, match="blupkit sent"):
        withdraw(study, outputs, respondent="NL3")
    assert "NL3" in study.path("spoergeskema/svar.csv").read_text("utf-8")
    survey.keep_sent(study, outputs.basis.read_text("utf-8"), survey.marks_key(study, outputs.key))
    withdraw(study, outputs, respondent="NL3")
    assert not list(outputs.folder.rglob("*.zip"))


def test_an_id_that_nobody_has_is_told_and_changes_nothing(study: Study, outputs: Outputs) -> None:
    with pytest.raises(DataError, match="en, der ikke findes"):
        withdraw(study, outputs, respondent="NL99")


def test_the_workbook_s_shared_texts_hold_nothing_either(study: Study, outputs: Outputs) -> None:
    study = workbook(study)
    withdraw(study, outputs, respondent="NL3")
    page = openpyxl.load_workbook(study.path("spoergeskema/svar.xlsx")).active
    assert page is not None
    assert [cell.value for cell in page[4]] == [None] * 12


def test_an_old_copy_of_the_answers_is_pointed_at(study: Study, outputs: Outputs) -> None:
    """A file that study.toml does not name is nobody's to change but the consultant's; she is told of it."""
    copy = study.path("spoergeskema/svar_gammel.csv")
    copy.write_bytes(study.path("spoergeskema/svar.csv").read_bytes())
    study.path("noter.txt").write_text("Ring til koordinatoren.", encoding="utf-8")
    plan = plan_respondent(study, outputs, "NL3", TODAY, check_responses)
    assert (plan.doubtful, plan.closed) == ((copy,), ())


def test_a_file_that_cannot_be_searched_is_pointed_at(study: Study, outputs: Outputs) -> None:
    """Nothing found in a locked file, a recording or a scan is no news that nothing is in it."""
    answers = study.path("spoergeskema/svar.csv").read_bytes()
    locked, nested, plain = (study.path(name) for name in ("laast.zip", "i-hinanden.docx", "pakket.zip"))
    with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"fire gode lange ord")
        archive.writestr("svar.csv", answers)
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("svar.csv", answers)
        archive.writestr("billede.png", bytes(range(256)))
    with zipfile.ZipFile(nested, "w") as archive:
        archive.write(plain, "word/embeddings/ark.xlsx")
    cut = study.path("halv.zip")
    cut.write_bytes(plain.read_bytes()[: len(answers) // 2])
    sound, scan = study.path("optagelse.m4a"), study.path("skannet.pdf")
    sound.write_bytes(bytes(range(256)))
    scan.write_bytes(b"%PDF-1.4\nstream\n")
    notebook = study.path("noter.ipynb")
    notebook.write_text("{" + answers.decode(), "utf-8")
    plan = plan_respondent(study, outputs, "NL3", TODAY, check_responses)
    assert sorted(plan.closed) == sorted([locked, cut, sound, scan])
    assert sorted(plan.doubtful) == sorted([nested, plain, notebook])
