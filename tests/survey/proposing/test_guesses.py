"""What has two readings is asked, and read meanwhile so that it cannot give a wrong number."""

import csv
import random
from pathlib import Path

import pytest

from blupkit.app.study_from_export import write_study_from
from blupkit.core import FileError, read_study
from blupkit.survey import read_responses
from blupkit.survey.proposing.guesses import check_guesses
from blupkit.survey.proposing.guessing.proposal import Proposal, Row

CHANCE = random.Random(3)


def made(tmp_path: Path, columns: dict[str, list[str]]) -> Proposal:
    """Make a study of a plain table, given column by column."""
    path = tmp_path / "svar.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([list(columns), *zip(*columns.values(), strict=True)])
    return write_study_from(tmp_path / "ny", path).made.proposal


def some(answers: list[str], n: int = 40) -> list[str]:
    return [answers[number % len(answers)] for number in CHANCE.sample(range(n), n)]


def row(proposal: Proposal, heading: str) -> Row:
    return next(one for one in proposal.rows if one.heading == heading)


def asked(tmp_path: Path) -> str:
    return " | ".join(check_guesses(read_study(tmp_path / "ny"))["found"])


def test_grids_that_share_their_points_but_say_neither_are_asked_about(tmp_path: Path) -> None:
    columns = {f"{part} [{point}]": some(["1", "2", "3", "4", "5"]) for part in ("Del A", "Del B") for point in "xyz"}
    proposal = made(tmp_path, columns)
    assert {one.kind for one in proposal.rows} == {"enkelt"}
    assert "spørgsmål: deler sine punkter med »Del B«: er det ene vigtighed og det andet niveau?" in asked(tmp_path)


def test_scales_of_different_length_are_never_subtracted(tmp_path: Path) -> None:
    columns = {f"Hvor vigtigt? [{point}]": some(["Mindre vigtigt", "Vigtigt", "Meget vigtigt"]) for point in "xyz"}
    columns |= {f"Dit niveau? [{point}]": some(["Meget lavt", "Lavt", "Højt", "Meget højt"]) for point in "xyz"}
    assert {one.kind for one in made(tmp_path, columns).rows} == {"enkelt"}
    assert "skalaerne har 3 og 4 svar" in asked(tmp_path)


def test_an_unknown_order_makes_no_rating(tmp_path: Path) -> None:
    columns = {f"Hvor vigtigt? [{point}]": some(["Guld", "Sølv", "Bronze"]) for point in "xyz"}
    columns |= {f"Dit niveau? [{point}]": some(["Guld", "Sølv", "Bronze"]) for point in "xyz"}
    assert {one.kind for one in made(tmp_path, columns).rows} == {"enkelt"}
    assert "svarenes rækkefølge er usikker" in asked(tmp_path)
    assert "rækkefølgen kendes ikke" in asked(tmp_path)


def test_a_code_that_stands_apart_is_no_answer_until_somebody_says_so(tmp_path: Path) -> None:
    proposal = made(tmp_path, {"q1": some(["1", "2", "3", "4", "5", "9"])})
    scale = proposal.scales[row(proposal, "q1").scale]
    assert [code for code, _, meaning in scale.rows if meaning == "svar"] == ["1", "2", "3", "4", "5"]
    assert ("9", "", "ved_ikke") in scale.rows
    assert "spørgsmål: koden 9 står for sig selv" in asked(tmp_path)


def test_a_misspelt_municipality_is_joined_and_asked_about(tmp_path: Path) -> None:
    places = ["Skovsø"] * 20 + ["Fladby"] * 18 + ["Skovsø Kommune", "Skovso"]
    proposal = made(tmp_path, {"kommune": places, "Enig?": some(["Enig", "Uenig"])})
    assert proposal.places.names == {"Skovsø": 22, "Fladby": 18}
    assert "spørgsmål: »Skovso« (1) er læst som »Skovsø«" in asked(tmp_path)
    assert len(read_responses(read_study(tmp_path / "ny")).respondents) == 40


def test_what_is_no_municipality_is_told(tmp_path: Path) -> None:
    proposal = made(tmp_path, {"kommune": ["Skovsø"] * 20 + ["Fladby"] * 18 + ["Andet"] * 2, "q": some(["1", "2"])})
    assert proposal.places.names == {"Skovsø": 20, "Fladby": 18}
    assert "»Andet« (2) er ikke læst som en kommune" in asked(tmp_path)


def test_few_answers_of_a_group_have_two_readings(tmp_path: Path) -> None:
    groups = ["Frivillig"] * 40 + ["Ansat"] * 40
    proposal = made(
        tmp_path, {"gruppe": groups, "q": [*some(["1", "2"]), "1", *([""] * 39)], "r": some(["1", "2"], 80)}
    )
    assert "kun 1 af 40" in row(proposal, "q").doubt
    assert row(proposal, "r").doubt == ""


def test_yes_and_no_are_questions_until_somebody_says_that_they_are_ticks(tmp_path: Path) -> None:
    """As ticks, whoever said no to all would not count as having answered."""
    columns = {f"Har I [{thing}]": [*some(["Ja", "Nej"], 39), ""] for thing in ("hal", "skole", "kro")}
    proposal = made(tmp_path, columns)
    assert {one.kind for one in proposal.rows} == {"enkelt"}
    assert "hvert sit ja/nej-spørgsmål, eller valg i ét?" in asked(tmp_path)


def test_a_reversed_scale_of_codes_is_asked_about_and_gives_no_mean(tmp_path: Path) -> None:
    """Here 1 is the most, and the file's codes cannot be changed."""
    table = pytest.importorskip("pandas").DataFrame({f"q{n}": [1.0 + (n + i) % 4 for i in range(40)] for n in range(3)})
    words = {1: "Meget vigtigt", 2: "Vigtigt", 3: "Mindre vigtigt", 4: "Slet ikke vigtigt"}
    path = tmp_path / "svar.sav"
    texts = {name: f"Hvor vigtigt er det? - {name}" for name in table}
    import pyreadstat

    pyreadstat.write_sav(table, str(path), column_labels=texts, variable_value_labels=dict.fromkeys(table, words))
    proposal = write_study_from(tmp_path / "ny", path).made.proposal
    assert {one.kind for one in proposal.rows} == {"enkelt"}
    assert "1 er ikke det laveste" in asked(tmp_path)


def test_an_end_that_nobody_chose_is_put_on_the_scale_and_told(tmp_path: Path) -> None:
    answers = ["Uenig", "Hverken enig eller uenig", "Enig", "Helt enig"]
    proposal = made(tmp_path, {"q": some(answers)})
    scale = proposal.scales["enighed"]
    assert [text for _, text, _ in scale.rows] == ["Helt uenig", *answers]
    assert "»Helt uenig« har ingen valgt, men hører med" in scale.reason


def test_one_persons_own_words_are_never_put_on_a_scale(tmp_path: Path) -> None:
    """The scales may be sent on; what somebody wrote at length may not."""
    own = "jeg bor selv ved kroen og har derfor meget at sige om den sag"
    proposal = made(tmp_path, {"Hvor?": [*some(["I hallen", "I skolen"], 39), own]})
    assert own not in str(proposal.scales)
    assert "1 svar er ikke på listen" in asked(tmp_path)


def test_personal_data_gets_no_row_and_is_counted(tmp_path: Path) -> None:
    columns = {"navn": [f"Person {n}" for n in range(40)], "mail": ["a@b.dk"] * 40, "q": some(["1", "2", "3"])}
    proposal = made(tmp_path, columns)
    assert proposal.personal == ["navn", "mail"]
    assert [one.heading for one in proposal.rows] == ["q"]


def test_every_column_is_a_row_or_told(tmp_path: Path) -> None:
    columns = {
        "id": [str(n) for n in range(40)],
        "startdate": ["2027-03-01"] * 40,
        "Arbejder du på fuld time": some(["Ja", "Nej"]),
        "alder": [str(20 + n) for n in range(40)],
        "tom": [""] * 40,
        "ord": [f"noget helt andet end før, nemlig {n}" for n in range(40)],
    }
    proposal = made(tmp_path, columns)
    assert (proposal.respondent, proposal.left) == ("id", ["startdate"])
    kinds = {one.heading: one.kind for one in proposal.rows}
    assert kinds.pop("Arbejder du på fuld time") == "enkelt"
    assert kinds == {"alder": "aaben", "tom": "aaben", "ord": "aaben"}
    assert {"tal: mange forskellige, så de er læst som tekst", "kolonnen er tom"} < {one.guess for one in proposal.rows}


BAD = {
    "tom.csv": (b"", "en tom fil"),
    "overskrifter.csv": (b"id;kommune;q1\n", "overskrifter, men ingen svar"),
    "billede.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "tegn, der ikke er tekst"),
    "billede.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "ikke kan åbnes som Excel-projektmappe"),
    "billede.sav": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "ikke er fra SPSS"),
    "klippet.csv": (b'id;ord\n1;"ja\n', "anførselstegn uden makker"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_export_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    content, found = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=found):
        write_study_from(tmp_path / "mappe" / "ny", tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_file_and_a_questionnaire_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="ingen fil"):
        write_study_from(tmp_path / "ny", tmp_path / "svar.csv")
    (tmp_path / "svar.csv").write_text("id;q\n1;2\n", encoding="utf-8")
    (tmp_path / "skema.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(FileError, match="en PDF"):
        write_study_from(tmp_path / "ny", tmp_path / "svar.csv", tmp_path / "skema.pdf")
    with pytest.raises(FileError, match="et spørgeskema uden svar"):
        write_study_from(tmp_path / "ny", None, tmp_path / "skema.pdf")
    assert not (tmp_path / "ny").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("id;q\n1;2\n", encoding="utf-8")
    (tmp_path / "ny").mkdir()
    (tmp_path / "ny" / "gemt.txt").write_text("vigtigt", encoding="utf-8")
    with pytest.raises(FileError, match="intet er ændret"):
        write_study_from(tmp_path / "ny", tmp_path / "svar.csv")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["gemt.txt", "ny", "svar.csv"]
