"""The list of faults may be sent: where, what kind and what to do, and no word that anybody said, wrote or answered."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from blupkit import cli
from blupkit.app import all_faults
from blupkit.core import read_study, without_words

DEMO = Path(__file__).parents[2] / "data" / "demo"
#: A word that stands nowhere in the demo study, and is no name that anything else would take out.
SAID = "Zebrafnk"
Plant = Callable[[Path], None]


def edited(path: Path, change: Callable[[str], str], encoding: str = "utf-8-sig") -> None:
    text = path.read_bytes().decode(encoding)
    new = change(text)
    assert SAID in new
    path.write_bytes(new.encode(encoding))


def answer(column: str, said: str = SAID) -> Plant:
    """Put a word into a column of the respondent in row 3."""

    def plant(folder: Path) -> None:
        def change(text: str) -> str:
            heads, first, *rows = text.split("\r\n")
            cells = first.split(";")
            cells[heads.split(";").index(column)] = said
            return "\r\n".join([heads, ";".join(cells), *rows])

        edited(folder / "spoergeskema" / "dataset.csv", change, "cp1252")

    return plant


def headings(*more: str) -> Plant:
    """Put columns in front."""

    def change(text: str) -> str:
        heads, *rows = text.split("\r\n")
        cells = [";" * len(more) + row if row else row for row in rows]
        return "\r\n".join([";".join([*more, heads]), *cells])

    return lambda folder: edited(folder / "spoergeskema" / "dataset.csv", change, "cp1252")


def no_heading(folder: Path) -> None:
    answer("kommune")(folder)
    answer("aab1")(folder)

    def change(text: str) -> str:
        first, *rows = text.split("\r\n")[1:]
        # Of columns without a name nothing else is told.
        named = [cell or f"svar {place}" for place, cell in enumerate(first.split(";"))]
        return "\r\n".join([";".join(named), *rows])

    edited(folder / "spoergeskema" / "dataset.csv", change, "cp1252")


def replaced(name: str, old: str, new: str, count: int = 1) -> Plant:
    """Put a word into a file of the study; `old` is a pattern."""
    return lambda folder: edited(folder / name, lambda text: re.sub(old, new, text, count=count))


PLANTS: dict[str, Plant] = {
    "an answer that the scale does not know": answer("k01_v"),
    "a municipality's name": answer("kommune"),
    "a group": answer("gruppe"),
    "letters in the wrong encoding": answer("aab1", f"r\u00c3\u00b8d {SAID}"),
    "a column that nobody knows": headings(SAID),
    "a column of personal data": headings(f"mail {SAID}"),
    "the same heading twice": headings(SAID, SAID),
    "answers where the headings should be": no_heading,
    "an open answer that was coded before it was changed": answer("aab1", f"{SAID} er ikke til at få fat i. " * 20),
    "speech before anybody speaks": replaced("interview/fg4.txt", r"\A", f"Så gik {SAID}. Og kom aldrig igen.\n\n"),
    "a speaker in no register": replaced("interview/fg4.txt", r"\[00:00:30\] L1:", f"[00:00:30] {SAID}:"),
    "subtitles that do not begin": replaced("interview/fg1.vtt", "WEBVTT", f"{SAID} siger"),
    "speech where a time should be": replaced("interview/fg1.vtt", r"00:00:02\.000 -->", f"Så {SAID} -->"),
    "a transcript that was changed after it was coded": replaced("interview/fg4.txt", " og ", f" {SAID} ", 0),
    "a coding of other words": replaced("spoergeskema/kodninger_aabne.tsv", "Vi skal lære", f"{SAID} siger"),
    "a code": replaced("spoergeskema/kodninger_aabne.tsv", r"\t6\.2\t", f"\t{SAID}\t"),
    "a log that cannot be read": replaced("interview/kodninger_A.jsonl", r"\A", f"{SAID} sagde op\n"),
    "another coder's log": replaced("interview/kodninger_A.jsonl", r'"coder": "A"', f'"coder": "{SAID}"'),
    "the interview of somebody in the register": replaced("interview/deltagere.csv", r"\nfg1;", f"\n{SAID};"),
    "a role in the register": replaced("interview/deltagere.csv", ";moderator;", f";{SAID};"),
    "a decision on a name": lambda folder: edited(
        folder / "interview" / "afgoerelser.csv", lambda text: f"{text}Anders;{SAID};;\r\n"
    ),
    "a name that is decided twice": lambda folder: edited(
        folder / "interview" / "afgoerelser.csv", lambda text: text + f"{SAID};behold;;\r\n" * 2
    ),
    "a quote's turn": replaced("interview/citater.csv", "fg2;159;", f"{SAID};159;"),
    "a participant in a summary": replaced("interview/sammenfatninger.csv", "Lokalråd 1", SAID),
    "a judgement": replaced("interview/sammenholdt.csv", "samstemmer", SAID),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_list_of_faults_that_may_be_sent_holds_no_word_of_anybody(plant: Plant, folder: Path) -> None:
    plant(folder)
    study = read_study(folder)
    table = all_faults(study)
    assert SAID in table.to_csv(), "the fault is not told at all: the test would pass for nothing"
    told = without_words(table, study.public_files)
    assert SAID not in told.to_csv()
    assert len(told) == len(table)
    assert told[["file", "row", "respondent"]].equals(table[["file", "row", "respondent"]])
    assert (told[["found", "expected", "action"]] != "").all(axis=None)


def test_what_stands_in_the_settings_is_told(folder: Path) -> None:
    path = folder / "udsendelse.csv"
    path.write_bytes(path.read_bytes().replace(b";150;", b";ca. 30;", 1))
    study = read_study(folder)
    told = without_words(all_faults(study), study.public_files)
    assert "ca. 30" in set(told["found"])
    assert "mindst ét svar i hver række" not in set(told["found"])


def test_the_command_prints_and_lists_no_words_and_says_where_they_stand(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for plant in ("an answer that the scale does not know", "a coding of other words", "speech before anybody speaks"):
        PLANTS[plant](folder)
    monkeypatch.setattr(sys, "argv", ["blupkit", "check", str(folder), "--output", str(tmp_path / "ud")])
    with pytest.raises(SystemExit):
        cli.main()
    said, out = capsys.readouterr(), tmp_path / "ud" / "demo"
    assert SAID not in said.out + said.err
    assert SAID not in (out / "fejl.csv").read_text("utf-8-sig")
    cells = [str(cell) for row in load_workbook(out / "fejl.xlsx")["fejl"].iter_rows(values_only=True) for cell in row]
    assert "interview/fg4.txt" in cells
    assert not [cell for cell in cells if SAID in cell]
    words = out / "intern" / "fejl_med_ord.csv"
    assert words.read_text("utf-8-sig").count(SAID) >= 3
    assert f"Ordene står i {words}" in said.out
    if os.name == "posix":
        assert words.stat().st_mode & 0o777 == 0o600
