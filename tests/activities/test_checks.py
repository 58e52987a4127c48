"""Each fault of the tables about activities: told in Danish, with file, row, what stands there, and what is near."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from blupkit.activities import check_activities
from blupkit.app import all_faults, blocked_without_survey
from blupkit.app.new_study import write_study
from blupkit.core import STUDY_FILE, read_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new study whose activities are turned on: its example rows are a year in small."""
    write_study(tmp_path / "ny")
    path = tmp_path / "ny" / STUDY_FILE
    before, mark, after = path.read_text("utf-8").partition("# [aktiviteter]\n")
    section, rest = after.split("\n\n", 1)
    turned_on = re.sub(r"(?m)^# ?", "", mark + section)
    path.write_text(f"{before}{turned_on}\n\n{rest}", "utf-8")
    return tmp_path / "ny"


def found(folder: Path, asked: dict[str, str] | None = None, tables: tuple[str, ...] | None = None) -> list[list[str]]:
    """What is told of its activities: place, what stands there, and what to do."""
    rows = check_activities(read_study(folder), asked, tables)
    told = rows[["file", "row", "column", "found", "expected", "action"]].astype(object).fillna("").to_numpy().tolist()
    return [[str(cell).removeprefix("aktiviteter/") for cell in row] for row in told]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "aktiviteter" / f"{file}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_example_rows_of_a_new_study_are_without_fault(folder: Path) -> None:
    assert found(folder, {"k01": "LA"}, ("behov",)) == []


def test_without_the_section_nothing_is_read_and_nothing_is_told(tmp_path: Path) -> None:
    write_study(tmp_path / "ny")
    (tmp_path / "ny" / "aktiviteter" / "plan.csv").write_text("vrøvl", "utf-8")
    assert found(tmp_path / "ny") == []


CELLS = {
    "an unknown workshop": (
        "aftaler", "AF1;W1", "AF1;W11",
        ["3", "workshop", "W11", "W1", "Mente du »W1«?"],
    ),
    "an unknown role": (
        "plan", ";koordinator;konsulent;", ";kordinator;konsulent;",
        ["3", "ansvarlig", "kordinator", "koordinator, facilitator eller konsulent", "Mente du »koordinator«?"],
    ),
    "an unknown role among several": (
        "plan", ";koordinator;konsulent;", ";koordinator;facilitator, konsulnt;",
        ["3", "medvirker", "facilitator, konsulnt",
         "koordinator, facilitator eller konsulent; flere med komma imellem", "Mente du »konsulent«?"],
    ),
    "an unknown party": (
        "aftaler", ";forvaltningen;", ";forvaltning;",
        ["3", "ansvarlig_part", "forvaltning", "lokalrådene, forvaltningen eller fælles", "Mente du »forvaltningen«?"],
    ),
    "an unknown municipality": (
        "workshops", "W1;Eksempel;", "W1;Eksmpel;",
        ["3", "kommune", "Eksmpel", "Eksempel Kommune", "Mente du »Eksempel Kommune«?"],
    ),
    "an answer off its scale": (
        "evaluering_workshop", "W1;L;4;", "W1;L;6;",
        ["3", "w1", "6", "1-5 eller 8 (ved ikke)", "Ret cellen."],
    ),
    "an answer off the scale to ten": (
        "evaluering_workshop", "W1;L;4;9;", "W1;L;4;11;",
        ["3", "w2", "11", "0-10", "Ret cellen."],
    ),
    "an end before the start": (
        "workshops", "16.30;20.00", "16.30;15.00",
        ["3", "slut", "15.00", "16.30 eller senere", "Ret start eller slut."],
    ),
    "a day that is not there": (
        "workshops", "19.5.2027", "31.6.2027",
        ["3", "dato", "31.6.2027", "en dato, der findes, som 17.5.2027", "Ret cellen."],
    ),
    "a time that is not there": (
        "drejebog", "17.10", "17.70",
        ["3", "kl", "17.70", "et klokkeslæt som 16.30", "Ret cellen."],
    ),
    "a weekend": (
        "workshops", "19.5.2027", "22.5.2027",
        ["3", "dato", "22.5.2027: en lørdag", "en dag, hvor folk kan komme", "Se efter, om datoen er rigtig."],
    ),
    "a closed day": (
        "afholdelser", "6.10.2027", "19.10.2027",
        ["3", "dato", "19.10.2027: efterårsferie", "en dag, hvor folk kan komme", "Se efter, om datoen er rigtig."],
    ),
    "more evaluations than participants": (
        "evaluering_workshop", "W1;L;4;9;At de andre også venter", "\n".join(["W1;L;4;9;"] * 15),
        ["3", "gruppe", "skemaer fra gruppe L: 15", "højst de 14, der deltog i W1",
         "Se efter i workshops.csv, og slet dubletter."],
    ),
    "what only the facilitator may read": (
        "brief", "først.;intern", "først.;deling",
        ["4", "version", "deling", "intern", "Skriv intern: Det er kun til facilitator."],
    ),
    "a name in an agreement": (
        "aftaler", "Forvaltningen svarer", "Mette Hansen svarer",
        ["3", "aftale", "Mette", "ingen navne, numre eller mailadresser",
         "Skriv parten eller rollen i stedet for personen."],
    ),
    "a telephone in an agreement": (
        "aftaler", "også når", "på 12 34 56 78, også når",
        ["3", "aftale", "12 34 56 78", "ingen navne, numre eller mailadresser",
         "Skriv parten eller rollen i stedet for personen."],
    ),
    "a mail address in an agreement": (
        "aftaler", "også når", "på a.b@by.dk, også når",
        ["3", "aftale", "a.b@by.dk", "ingen navne, numre eller mailadresser",
         "Skriv parten eller rollen i stedet for personen."],
    ),
    "fulfilled without a day": (
        "aftaler", "i gang;20.8.2027", "opfyldt;",
        ["3", "status_dato", "ingenting", "en dato, når den er opfyldt", "Skriv, hvornår det er oplyst."],
    ),
    "a circle": (
        "plan", "afsluttet;;udsendelse", "afsluttet;P2;udsendelse",
        ["3", "efter", "P1 → P2 → P1", "en rækkefølge uden ring", "Fjern et af id'erne."],
    ),
    "another day than the workshop's": (
        "plan", "workshop;;;", "workshop;20.5.2027;;",
        ["4", "start", "20.5.2027", "19.5.2027 som W1", "Ret den ene, eller lad cellen stå tom: Så gælder datoen dér."],
    ),
    "a focus group that ends before it starts": (
        "fokusgrupper", "16.30;17.45", "16.30;15.45",
        ["3", "slut", "15.45", "16.30 eller senere", "Ret start eller slut."],
    ),
    "a line of the guide of no kind": (
        "samtaleguide", ";husk;", ";hussk;",
        ["7", "art", "hussk", "sig, spoergsmaal, opfoelgning eller husk", "Mente du »husk«?"],
    ),
    "a line without a day": (
        "plan", "25.1.2027;30.4.2027", "25.1.2027;",
        ["3", "slut", "ingenting", "en dato", "Skriv datoen, eller id'et for workshoppen eller gangen i »afholdes«."],
    ),
    "a choice for a group that the activity is not for": (
        "valg", "Eksempel;L;A1", "Eksempel;A;A1",
        ["3", "gruppe", "A", "L, som A1 er for", "Ret gruppen, eller ret målgruppen."],
    ),
    "interest in what is not in the catalogue": (
        "interesse", "A1;21", "A2;21",
        ["3", "aktivitet", "A2", "A1", "Ret id'et."],
    ),
    "a mail address in how to join": (
        "katalog", "Skriv til jeres koordinator", "Skriv til a.b@by.dk",
        ["3", "tilmelding", "a.b@by.dk", "ingen navne, numre eller mailadresser",
         "Skriv parten eller rollen i stedet for personen."],
    ),
    "more came than were signed up": (
        "afholdelser", "24;5;15;3", "24;5;25;3",
        ["3", "deltog_L", "25", "højst de 24, der er tilmeldt", "Se efter."],
    ),
    "held, and nobody says who came": (
        "afholdelser", "24;5;15;3", "24;5;;3",
        ["3", "deltog_L", "ingenting", "hvor mange der deltog, når den er afholdt", "Skriv et antal, 0 eller ukendt."],
    ),
    "an empty cell": (
        "valg", "Lokalrådene bad selv om det på workshoppen", "",
        ["3", "begrundelse", "ingenting", "en tekst", "Skriv hvorfor."],
    ),
    "a number that is none": (
        "katalog", "1,5", "halvanden",
        ["3", "timer", "halvanden", "et tal som 1,5", "Ret cellen."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), CELLS.values(), ids=CELLS)
def test_one_wrong_cell_is_one_fault_with_its_row_and_what_to_do(
    folder: Path, file: str, old: str, new: str, told: list[str]
) -> None:
    change(folder, file, old, new)
    told = [cell.replace("workshops.csv", "aktiviteter/workshops.csv") for cell in told]
    assert found(folder, {"k01": "LA"}, ("behov",)) == [[f"{file}.csv", *told]]


def test_an_id_is_used_once(folder: Path) -> None:
    path = folder / "aktiviteter" / "aftaler.csv"
    text = path.read_text("utf-8")
    path.write_text(text + text.splitlines()[-1] + "\n", "utf-8")
    assert found(folder) == [["aftaler.csv", "4", "id", "AF1", "noget andet end i række 3",
                              "Giv rækken sit eget, eller slet den."]]  # fmt: skip


def test_a_competence_is_one_of_the_survey_and_was_asked_of_somebody_it_is_for(folder: Path) -> None:
    assert [row[1:] for row in found(folder, {"k02": "L"})] == [
        ["3", "kompetencer", "k01", "en kompetence fra spørgeskemaet", "Mente du »k02«?"],
        ["1", "k01_foer", "k01_foer", "en kompetence fra spørgeskemaet", "Mente du »k02«?"],
        ["1", "k01_nu", "k01_nu", "en kompetence fra spørgeskemaet", "Mente du »k02«?"],
    ]
    assert [row[1:] for row in found(folder, {"k01": "A"})] == [
        ["3", "kompetencer", "k01", "noget, som gruppe L er spurgt om", "Tag den ud, eller ret målgruppen."]
    ]


@pytest.mark.parametrize(
    ("source", "action"),
    [("bheov:faelles", "Mente du »behov«?"), ("behov:Q", "Vælg en af dem."), ("egen", ""), ("citater", "")],
)
def test_a_slide_shows_a_table_of_the_release_quotes_or_ones_own_words(folder: Path, source: str, action: str) -> None:
    change(folder, "konference", "behov:faelles;", f"{source};Det vi vil.")
    told = found(folder, None, ("behov",))
    assert [row[3:4] + row[5:] for row in told] == ([[source, action]] if action else [])


def test_a_slide_of_ones_own_words_without_any_is_told_and_one_with_a_name_is_refused(folder: Path) -> None:
    change(folder, "konference", "behov:faelles;", "egen;")
    action = "Skriv, hvad der skal stå; en lodret streg (|) skiller punkter. Ellers står overskriften alene."
    assert found(folder, None, ("behov",)) == [["konference.csv", "3", "tekst", "ingenting", "en tekst", action]]
    change(folder, "konference", "egen;;", "egen;Spørg Birgit;")
    assert [row[3] for row in found(folder)] == ["Birgit"]
    change(folder, "konference", "Vigtigt for alle, men svært", "Tak til Poul")
    assert [row[2:4] for row in found(folder)] == [["overskrift", "Poul"], ["tekst", "Birgit"]]


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("workshop:faelles", "evaluering_workshop"), ("workshop:L", "evaluering_workshop"),
        ("laering", "evaluering_laering"), ("opfoelgning", "opfoelgning"),
        ("katalog:faelles", "katalog"), ("interesse", "interesse"),
    ],
)  # fmt: skip
def test_a_slide_of_what_was_said_or_is_offered_needs_no_words_of_ones_own_unless_nothing_is_there_yet(
    folder: Path, source: str, file: str
) -> None:
    change(folder, "konference", "behov:faelles;", f"{source};")
    assert found(folder, None, ("behov",)) == []
    (folder / "aktiviteter" / f"{file}.csv").unlink()
    assert [row[:4] for row in found(folder, None, ("behov",)) if row[0] == "konference.csv"] == [
        ["konference.csv", "3", "tekst", "ingenting"]
    ]


@pytest.mark.parametrize("table", ["laering", "opfoelgning", "katalog", "interesse"])
def test_what_is_told_of_all_together_has_no_slide_for_a_group(folder: Path, table: str) -> None:
    change(folder, "konference", "behov:faelles;", f"{table}:L;")
    assert [row[1:] for row in found(folder, None, ("behov",))] == [
        ["3", "kilde", f"{table}:L", f"{table}:faelles", "Vælg en af dem."]
    ]


def test_more_words_than_two_sheets_have_room_for_are_told_where_they_begin_to_be_too_many(folder: Path) -> None:
    change(folder, "konference", "behov:faelles;", f"egen;{'ord ' * 396}")
    said = found(folder, None, ("behov",))
    # Ten words and more stand in the headings: the four hundred and first stands in the row of the slide.
    assert [row[1:4] for row in said] == [["3", "tekst", "ord nr. 401"]]
    assert said[0][5] == "Skriv det kortere, ellers fylder støttearket mere end to sider."


def test_a_column_that_names_persons_is_dropped_and_told_and_so_is_an_unknown_one(folder: Path) -> None:
    change(folder, "workshops", "id;kommune;dato", "id;Deltagernavne;steed;kommune;dato")
    change(folder, "workshops", "W1;Eksempel;", "W1;Bo, Ida;x;Eksempel;")
    named, unknown = found(folder)
    assert named[:4] == ["workshops.csv", "1", "Deltagernavne", "en kolonne med personoplysninger"]
    assert named[5] == "Den er ikke læst. Slet kolonnen: Her hører kun antal til."
    assert [unknown[2], unknown[5]] == ["steed", "Mente du »sted«?"]
    assert "Bo" not in str(found(folder))


def test_a_missing_column_a_missing_folder_and_an_unknown_file_are_told(folder: Path) -> None:
    change(folder, "valg", ";begrundelse", "")
    change(folder, "valg", ";Lokalrådene bad selv om det på workshoppen", "")
    (folder / "aktiviteter" / "worskhops.csv").write_text("id\n", "utf-8")
    told = found(folder)
    assert [row[0] for row in told] == ["worskhops.csv", "valg.csv"]
    assert told[0][5] == "Mente du »workshops«?"
    assert told[1][5] == "Tilføj kolonnen »begrundelse«."
    shutil.rmtree(folder / "aktiviteter")
    assert [row[3] for row in found(folder)] == ["ingen mappe"]


def test_answers_without_their_questions_are_told(folder: Path) -> None:
    change(folder, "skemaer", "workshop;", "laering;")
    assert ["evaluering_workshop.csv", "svar på et ukendt skema"] in [[row[0], row[3]] for row in found(folder)]


def test_a_before_without_a_now_is_told(folder: Path) -> None:
    change(folder, "evaluering_laering", ";k01_nu", ";u2")
    assert "også kolonnen »k01_nu«" in [row[4] for row in found(folder)]


def test_a_workbook_is_read_as_the_text_is_and_two_of_one_table_are_refused(folder: Path) -> None:
    text = (folder / "aktiviteter" / "plan.csv").read_text("utf-8-sig").splitlines()[1:]
    book = Workbook()
    for line in text:
        book.worksheets[0].append(line.split(";"))
    book.save(folder / "aktiviteter" / "plan.xlsx")
    assert [row[3] for row in found(folder)] == ["plan.csv og plan.xlsx"]
    (folder / "aktiviteter" / "plan.csv").unlink()
    assert found(folder) == []


@pytest.mark.parametrize("name", ["plan.ods", "Workshops.xls", "evaluering_workshop_W1.txt", "aftaler.xlsm"])
def test_a_table_that_is_saved_as_what_is_not_read_is_refused(folder: Path, name: str) -> None:
    """Until now it was passed over, and the pages said that nobody had written anything."""
    (folder / "aktiviteter" / name).write_bytes(b"x")
    stem, ending = name.split(".")
    for written in (folder / "aktiviteter").glob(f"{stem.lower()}.csv"):
        written.unlink()
    told = check_activities(read_study(folder)).query("file == @name or file == 'aktiviteter/' + @name")
    assert told[["level", "found", "action"]].values.tolist() == [
        ["fejl", f"en fil med endelsen .{ending}", "Åbn filen, og vælg Gem som → Excel-projektmappe (.xlsx)."]
    ]


def test_a_table_beside_its_own_original_is_read_and_the_original_told(folder: Path) -> None:
    (folder / "aktiviteter" / "plan.ods").write_bytes(b"x")
    [row] = found(folder)
    assert row[0] == "plan.ods"
    assert row[5] == "Filen er ikke læst; plan med en anden endelse er."


def test_serious_faults_keep_the_pages_of_activities_back_and_warnings_do_not(folder: Path) -> None:
    study = read_study(folder)
    assert "aktiviteter" not in blocked_without_survey(study, folder)
    change(folder, "workshops", "19.5.2027", "22.5.2027")
    assert "aktiviteter" not in blocked_without_survey(study, folder)
    change(folder, "workshops", "22.5.2027", "31.6.2027")
    assert "aktiviteter" in blocked_without_survey(study, folder)


def test_check_tells_of_activities_with_everything_else(folder: Path) -> None:
    change(folder, "workshops", "19.5.2027", "31.6.2027")
    told = all_faults(read_study(folder))
    assert "31.6.2027" in set(told["found"])


def test_who_stands_in_the_register_of_the_interviews_is_named_in_no_agreement(folder: Path) -> None:
    """A village that no list of names has: only the register knows that it points to somebody."""
    change(folder, "aftaler", "Forvaltningen", "Tværhave og forvaltningen")
    study = read_study(folder)
    assert check_activities(study, {"k01": "LA"}, ("behov",)).empty
    [fault] = check_activities(study, {"k01": "LA"}, ("behov",), lambda text: "Tværhave" in text).to_dict("records")
    assert (fault["file"], fault["row"], fault["column"]) == ("aktiviteter/aftaler.csv", 3, "aftale")
    assert fault["expected"] == "intet navn, sted eller adresse fra deltagerlisten"
