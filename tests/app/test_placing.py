"""What `check` sends to `blupkit place` is placed there: codings of interviews and of open answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import support

from blupkit.app import all_faults
from blupkit.core import Study, read_study
from blupkit.interviews import answer_turns, confirm_moved, start_log
from blupkit.interviews.coding.log import read_log
from blupkit.survey import read_responses

DEMO = Path(__file__).parents[2] / "data" / "demo"
TABLE, LOG = "spoergeskema/kodninger_aabne.tsv", "spoergeskema/kodninger_aabne.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demo with a log of the open answers."""
    folder = Path(shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))
    study = read_study(folder)
    start_log(study, "A", answer_turns(read_responses(study).answers))
    toml = folder / "study.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace(TABLE, LOG), encoding="utf-8")
    return folder


def edit_an_answer(folder: Path) -> list[str]:
    """Put a word before the answer that was coded first, and give all words that were coded in it."""
    _, *lines = (line.split("\t") for line in (folder / TABLE).read_text(encoding="utf-8").splitlines())
    quotes = [cells[-1] for cells in lines if cells[:2] == lines[0][:2]]
    quote = quotes[0]
    path = folder / "spoergeskema" / "dataset.csv"
    text = path.read_bytes().decode("cp1252")
    assert text.count(quote) == 1
    path.write_bytes(text.replace(quote, f"Tja, {quote}").encode("cp1252"))
    return quotes


def aside(study: Study) -> list[str]:
    faults = all_faults(study)
    return [action for action in faults.loc[faults["file"] == LOG, "action"] if "blupkit place" in action]


def test_the_log_of_the_open_answers_is_placed_and_what_check_says_then_confirms_it(folder: Path) -> None:
    quotes = edit_an_answer(folder)
    assert aside(read_study(folder)), "check sends nobody to place: the test would pass for nothing"
    done = support.blupkit("place", str(folder), "--output", str(folder / "ud"))
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert f"{LOG}: {len(quotes)} af kodningerne er flyttet med deres ord og tæller med." in said
    study = read_study(folder)
    assert aside(study) == []
    turns = answer_turns(read_responses(study).answers)
    faults = all_faults(study)
    [told] = faults.loc[faults["file"] == LOG, "action"]
    assert told.endswith("interviews.confirm_moved(study, turns=interviews.answer_turns(responses.answers)).")
    assert confirm_moved(study, turns=turns) == f"Bekræftet i {LOG}: {len(quotes)} af kodningerne."
    assert [event.passage.quote for _, event in read_log(folder / LOG)[0][-len(quotes) :]] == quotes


def test_where_the_answers_cannot_be_read_it_is_said_that_they_were_not_looked_at(folder: Path) -> None:
    (folder / "spoergeskema" / "dataset.csv").unlink()
    done = support.blupkit("place", str(folder), "--output", str(folder / "ud"))
    assert "De åbne svar er ikke set efter, for spørgeskemaet kan ikke læses." in " ".join(done.stdout.split())
    assert done.returncode == 0


def test_a_table_of_the_open_answers_is_told_to_be_none(folder: Path) -> None:
    toml = folder / "study.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace(LOG, TABLE), encoding="utf-8")
    done = support.blupkit("place", str(folder), "--output", str(folder / "ud"))
    assert "Kodningerne af de åbne svar ligger i en tabel" in " ".join(done.stdout.split())
