"""While the survey is out: who has answered by a day, who is to be reminded, and what a coordinator may be told."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from support import ROOT

from blupkit.activities.sending import Sending
from blupkit.app import (
    list_reminders,
    load_release,
    read_progress,
    send_out,
    table_coordinators,
    table_progress,
    text_weeks,
)
from blupkit.app.fieldwork.progress import Progress, reminder_state, table_weeks
from blupkit.core import read_study
from blupkit.core.outputs import Outputs
from blupkit.survey import Responses, read_responses

DEMO = ROOT / "data" / "demo"
TODAY = date(2022, 2, 16)


def dated_demo(folder: Path) -> Path:
    """The demo as its system would export it with the time of each answer: one a day in turn, some without."""
    study = shutil.copytree(DEMO, folder / "demo", ignore=shutil.ignore_patterns("generator"))
    path = study / "spoergeskema" / "dataset.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text("cp1252"), newline=""), delimiter=";")
    times = ["" if place % 50 == 0 else f"{place % 28 + 1:02d}-02-2022 10:15:00" for place in range(1, len(rows) + 1)]
    text = io.StringIO(newline="")
    lines = [[*head, "closeTime"], *([*row, time] for row, time in zip(rows, times, strict=True))]
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    path.write_bytes(text.getvalue().encode("cp1252"))
    return study


@pytest.fixture(scope="module")
def responses() -> Responses:
    return read_responses(read_study(DEMO))


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Responses:
    return read_responses(read_study(dated_demo(tmp_path_factory.mktemp("dage"))))


def answers(progress: Progress) -> dict[tuple[str, str], int]:
    return {(row.municipality, row.group): row.answers for row in progress.cells.itertuples()}


def test_without_days_every_answer_counts_and_it_is_said_why(responses: Responses) -> None:
    progress = read_progress(responses, "2022-02-16")
    # As domain's plan has it: 369 answers in all, four of them politicians in Slagelse.
    assert sum(answers(progress).values()) == 369
    assert answers(progress)["slagelse", "P"] == 4
    assert (progress.is_dated, progress.undated) == (False, 369)
    assert text_weeks(progress).startswith("Filen med svar siger ikke, hvornår hver besvarelse er kommet.")
    weeks = table_weeks(progress, responses)
    assert list(weeks.columns) == ["Kommune", "Gruppe", "Uge ikke kendt"]
    assert weeks["Uge ikke kendt"].sum() == 369


def test_an_answer_counts_from_its_day_on_and_each_in_its_week(dated: Responses) -> None:
    progress = read_progress(dated, "2022-02-16")
    rows = dated.respondents["row"]  # the heading is row 1, so row n is answer n - 1
    days = [None if (row - 1) % 50 == 0 else date(2022, 2, (row - 1) % 28 + 1) for row in rows]
    there = [day for day in days if day is None or day <= TODAY]
    assert sum(answers(progress).values()) == len(there)
    assert progress.undated == days.count(None) > 0
    weeks = Counter("Uge ikke kendt" if day is None else f"2022, uge {day.isocalendar().week:02d}" for day in there)
    told = table_weeks(progress, dated)
    assert {name: int(told[name].sum()) for name in told.columns[2:]} == dict(sorted(weeks.items()))
    assert list(told.columns[2:]) == ["2022, uge 05", "2022, uge 06", "2022, uge 07", "Uge ikke kendt"]
    assert "har ingen dato" in text_weeks(progress)
    later = read_progress(dated)  # the day on which the file was fetched
    assert (later.today, sum(answers(later).values())) == (date(2022, 5, 2), 369)


@pytest.mark.parametrize(
    ("sending", "given", "state", "due"),
    [
        ({}, 3, "nej, det er ikke noteret, hvornår det er sendt", False),
        ({"sent": date(2022, 2, 20)}, 0, "nej, det sendes 20.2.2022", False),
        ({"sent": date(2022, 2, 1), "deadline": date(2022, 2, 15)}, 3, "nej, fristen er passeret", False),
        ({"sent": date(2022, 2, 1), "deadline": TODAY}, 3, "ja", True),
        ({"sent": date(2022, 2, 1)}, 10, "nej, mindst halvdelen har svaret", False),
        ({"sent": date(2022, 2, 1)}, 9, "ja", True),
        ({"sent": date(2022, 2, 1), "reminder": date(2022, 2, 18)}, 9, "nej, planlagt 18.2.2022", False),
        ({"sent": date(2022, 2, 1), "reminder": date(2022, 2, 7)}, 9, "nej, tidligst 17.2.2022", False),
        ({"sent": date(2022, 2, 6)}, 9, "ja", True),
        ({"sent": date(2022, 2, 7)}, 9, "nej, tidligst 17.2.2022", False),
        ({"sent": date(2022, 2, 1), "invited": None}, 9, "ja, antallet af inviterede er ikke kendt", True),
    ],
)
def test_the_rule_for_a_reminder(sending: dict[str, date], given: int, state: str, due: bool) -> None:
    assert reminder_state(Sending("egeby", "L", **{"invited": 20, **sending}), given, TODAY) == (state, due)


def test_who_is_to_be_reminded_is_told_in_the_municipality_s_own_words(responses: Responses) -> None:
    progress = read_progress(responses, "2022-02-16")
    told = list_reminders(progress, responses.study).splitlines()
    # Sent 24.1., minded 4.2., deadline 18.2.: 46 of 150 and 11 of 25 are less than half, 19 of 30 is not.
    assert told[0] == "* **Faaborg-Midtfyn Kommune:** lokalrådsmedlemmer og kommunalbestyrelsesmedlemmer"
    assert told[1:] == ["* **Kerteminde Kommune:** byrådspolitikere"]
    table = table_progress(progress, responses)
    assert table["Påmindelse?"].str.startswith("ja").sum() == 3
    assert table.loc[table["Kommune"] == "Slagelse Kommune", "Inviteret"].tolist() == ["ukendt", 31, 25]
    after = read_progress(responses)
    assert list_reminders(after, responses.study) == "Ingen skal have en påmindelse den 2. maj 2022."


def test_a_coordinator_is_told_what_the_release_shows_and_the_same_of_few_as_of_many(
    demo_pages: Path, responses: Responses
) -> None:
    release = load_release(responses.study, None, demo_pages / "intern" / "udgivelse.json")
    told = table_coordinators(read_progress(responses, "2022-02-16"), release, responses.study)
    texts = dict(told.itertuples(index=False, name=None))
    assert texts["Slagelse Kommune"] == (
        "Indtil nu har 33 lokalrådsmedlemmer og 14 af 25 kommunalt ansatte svaret. Hvor mange byrådspolitikere der har"
        " svaret, vises ikke af hensyn til deltagernes fortrolighed. Der kan svares til og med den 14. marts 2022."
    )
    # Slagelse has four politicians' answers, Sønderborg twelve: nothing tells them apart.
    hidden = [text.split("svaret. ")[1].split(" Der kan")[0] for text in texts.values()]
    assert {text.replace("kommunalbestyrelsesmedlemmer", "byrådspolitikere") for text in hidden} == {hidden[-1]}
    assert not any("påmind" in text.casefold() for text in texts.values())


def test_each_coordinator_s_folder_gets_the_same_as_a_mail_and_for_excel(
    demo_pages: Path, tmp_path: Path, responses: Responses
) -> None:
    outputs = Outputs.of(DEMO, tmp_path)
    shutil.copytree(demo_pages / "intern" / "udgivelse", outputs.part("alle").parent)
    send_out(responses.study, outputs)
    told = (outputs.sent_out / "slagelse" / "svarstatus.csv").read_text("utf-8-sig").splitlines()
    # The coordinator has not said how many had the open link; of the politicians nothing is shown in one municipality.
    assert told == [
        "Gruppe;Besvarelser;Inviteret",
        "lokalrådsmedlemmer;33;ikke oplyst",
        "byrådspolitikere;vises ikke;ikke oplyst",
        "kommunalt ansatte;14;25",
    ]
    mail = (outputs.sent_out / "slagelse" / "svarstatus.txt").read_text("utf-8-sig")
    assert mail.startswith("Emne: Svar indtil nu: BLUP Akademiet\n\nIndtil nu har 33 lokalrådsmedlemmer og 14 af 25")
    assert len(list(outputs.sent_out.rglob("svarstatus.csv"))) == 6
    study = shutil.copytree(DEMO, tmp_path / "nye" / "demo", ignore=shutil.ignore_patterns("generator"))
    data = study / "spoergeskema" / "dataset.csv"
    data.write_bytes(b"".join(data.read_bytes().splitlines(keepends=True)[:-1]))
    made = send_out(read_study(study), outputs)  # what was decided was decided on other answers
    assert made.notes == ["Svarstatus er ikke skrevet, for der er nye svar. Lav siderne først: blupkit render."]


def test_the_page_of_the_demo_says_all_of_it(demo_pages: Path) -> None:
    page = (demo_pages / "intern" / "18_indsamling.html").read_text("utf-8")
    for said in ("Ingen skal have en påmindelse", "Der er gået mindst ti dage", "Filen med svar siger ikke"):
        assert said in page
    assert page.count("Hvor mange byrådspolitikere der har") == 4  # in two municipalities they are called otherwise
