"""What systems write that looks like something else: yes and no in boxes, records with several rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from blupkit.app.study_from_export import Told, say_made, write_study_from
from blupkit.core import read_study
from blupkit.survey import read_responses

PEOPLE = range(40)
BOXES = ("Plakat", "Radio", "Nabo")


def made(folder: Path, heads: list[str], rows: list[list[str]]) -> Told:
    with (folder / "svar.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return write_study_from(folder / "ny", folder / "svar.csv")


def limesurvey(folder: Path, question: str, other: bool) -> Told:
    """In full words: who was never asked has "N/A" everywhere, all others yes or no; own words may stand beside."""
    heads = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "{R1.shown}"]
    heads += [f"{question} [{box}]" for box in BOXES] + ([f"{question} [Other]"] if other else [])
    rows = []
    for n in PEOPLE:
        cells = ["N/A"] * 3 if n % 4 == 3 else ["Yes" if n % (at + 2) else "No" for at in range(3)]
        own = [f"noget nummer {n}"] if n % 5 == 0 else [""]
        rows.append([str(n + 1), "2027-05-01", "3", "da", "123", "1", *cells, *(own if other else [])])
    return made(folder, heads, rows)


@pytest.mark.parametrize(
    ("question", "other", "kinds"),
    [
        ("Which of these did you hear it from?", False, "flere"),
        ("4 - In the last year, how did you hear of it?", False, "flere"),
        ("Hvorfra har du hørt det?", False, "flere"),
        ("Please choose the THREE best", False, "flere"),
        ("Heard from", True, "flere"),
        ("Do you use it?", False, "enkelt"),
    ],
)
def test_yes_and_no_are_boxes_where_the_question_asks_for_more(
    tmp_path: Path, question: str, other: bool, kinds: str
) -> None:
    told = limesurvey(tmp_path, question, other)
    rows = [row for row in told.made.proposal.rows if row.point in BOXES]
    assert {row.kind for row in rows} == {kinds}
    assert [row.kind for row in told.made.proposal.rows if row.point == "Other"] == ["aaben"] * other
    assert sorted(told.made.proposal.left)[:1] == ["Date submitted"]
    assert {"Seed", "{R1.shown}"} <= set(told.made.proposal.left)
    if kinds == "flere":
        answers = read_responses(read_study(tmp_path / "ny")).answers
        poster = answers[answers["variable"] == rows[0].variable]
        # Of forty, ten were never asked, and 0, 12, 24 and 36 ticked nothing; 1, 5, 9 … 37 ticked the first.
        assert (poster["state"] == "besvaret").sum() == 40 - 10 - 4
        assert poster["value"].sum() == 10


def redcap(folder: Path, more: list[list[str]]) -> Told:
    heads = ["deltager", "redcap_event_name", "redcap_repeat_instrument", "tilfreds", "form___1", "form___2", "note"]
    heads += ["skema_complete"]
    rows = [[f"D{n}", "start_arm_1", "", str(1 + n % 5), str(n % 2), "0", "", "2"] for n in PEOPLE]
    return made(folder, heads, rows + more)


@pytest.mark.parametrize(
    "more",
    [
        [["D3", "start_arm_1", "besøg", "", "", "", "Første gang", ""], ["D3", "", "besøg", "", "", "", "Igen", ""]],
        [["D3", "start_arm_1", "", "", "", "", "Først", ""], ["D3", "slut_arm_1", "", "", "", "", "Sidst", ""]],
    ],
)
def test_what_a_record_has_several_of_is_left_out_and_told(tmp_path: Path, more: list[list[str]]) -> None:
    told = redcap(tmp_path, more)
    proposal = told.made.proposal
    assert (proposal.respondents, proposal.respondent, proposal.again) == (len(PEOPLE), "deltager", ["note"])
    assert [row.variable for row in proposal.rows] == ["tilfreds", "form___1", "form___2"]
    assert [row.kind for row in proposal.rows] == ["enkelt", "flere", "flere"]
    line = "1 kolonne er udfyldt flere gange af samme deltager og er ikke med: note"
    assert any(line in said for said in say_made(told, tmp_path))


def test_a_column_that_another_program_put_first_is_no_record(tmp_path: Path) -> None:
    heads = ["nr", "record_id", "redcap_repeat_instrument", "tilfreds", "note", "skema_complete"]
    rows = [[str(n), f"D{n}", "", str(1 + n % 5), "", "2"] for n in PEOPLE]
    told = made(tmp_path, heads, [*rows, ["99", "D3", "besøg", "", "x", ""], ["98", "D3", "besøg", "", "y", ""]])
    assert (told.made.proposal.respondent, told.made.proposal.again) == ("record_id", ["nr", "note"])


def test_an_export_of_kobo_that_r_has_written_again_has_its_choices_once(tmp_path: Path) -> None:
    """R writes dots for slashes, TRUE for 1, and an X before what begins with a line."""
    heads = ["X.U.FEFF.start", "kilde", "kilde.roer", "kilde.broend", "kilde.bil", "har_haane", "har_pumpe", "X_uuid"]
    rows = []
    for n in PEOPLE:
        chosen = [name for at, name in enumerate(("roer", "broend", "bil")) if (n + at) % 3]
        boxes = [str(name in chosen).upper() for name in ("roer", "broend", "bil")]
        rows.append(["2027-05-01", " ".join(chosen), *boxes, *(["yes", "no"] if n % 2 else ["no", "no"]), f"u{n}"])
    proposal = made(tmp_path, heads, rows).made.proposal
    assert [(row.variable, row.kind) for row in proposal.rows] == [
        ("kilde_roer", "flere"), ("kilde_broend", "flere"), ("kilde_bil", "flere"), ("har_haane", "enkelt"),
        ("har_pumpe", "enkelt"),
    ]  # fmt: skip
    assert proposal.doubts == 0
    assert {*proposal.left, proposal.respondent} - {""} == {"X.U.FEFF.start", "kilde", "X_uuid"}
