"""What may be shared holds no raw data: words are planted wherever people said, wrote or answered something."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import blupkit

ROOT = Path(__file__).parents[1]
#: Words that stand nowhere else: in an open answer, an answer, a place, speech, a name, a log, a summary.
PLANTED = ("Zebrafnk", "Kvadderup", "Musvitvang", "Spurvelid", "Lærkebjerg", "Gøgeurtsen", "Stærekasse")
#: The folders that the guide says must not be shared.
KEPT = {"intern", "fejl"}


def plant(folder: Path) -> None:
    answer, code, place, said, name, log, summary = PLANTED
    data = folder / "spoergeskema" / "dataset.csv"
    heads, *rows = data.read_bytes().decode("cp1252").split("\r\n")
    columns = heads.split(";")
    # In the last rows, which nobody has coded.
    for row, column, cell in (
        (-2, "aab1", f"{answer} synger ude ved åen"),
        (-3, "k01_v", code),
        (-4, "kommune", place),
    ):
        cells = rows[row].split(";")
        cells[columns.index(column)] = cell
        rows[row] = ";".join(cells)
    data.write_bytes("\r\n".join([heads, *rows]).encode("cp1252"))
    with (folder / "interview" / "fg4.txt").open("a", encoding="utf-8") as transcript:
        transcript.write(f"\n[00:59:00] L1: Og så gik vi hen til {said} og hentede stolene.\n")
    with (folder / "interview" / "deltagere.csv").open("a", encoding="utf-8") as register:
        register.write(f"fg4;Frode {name};lokalråd;;;\n")
    with (folder / "interview" / "kodninger_A.jsonl").open("a", encoding="utf-8") as coded:
        coded.write(f"{log} er ikke en kodning\n\n")
    path = folder / "interview" / "sammenfatninger.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Mangler ikke viden", f"Taler om {summary}", 1), "utf-8-sig")
    # Pages of their own for those whose people said and answered it: the others' are made of the same notebooks.
    settings = (folder / "study.toml").read_text("utf-8")
    assert "[udgivelse]\n" in settings
    own = '[udgivelse]\nkommuner = ["kerteminde", "slagelse"]\n'
    (folder / "study.toml").write_text(settings.replace("[udgivelse]\n", own), "utf-8")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with the words in it: checked, rendered and packed."""
    own = tmp_path_factory.mktemp("delt")
    folder = Path(shutil.copytree(ROOT / "data" / "demo", own / "demo", ignore=shutil.ignore_patterns("generator")))
    plant(folder)
    for command in ("check", "render", "package"):
        done = blupkit(command, folder, "--output", own / "ud")
        assert done.returncode == 0, done.stdout + done.stderr
        if command != "render":  # what is printed while pages are made is for the one who makes them
            assert not [word for word in PLANTED if word in done.stdout + done.stderr]
    return own / "ud" / "demo"


def shared(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file outside the folders that are kept, those in packages and workbooks too, with its name and text."""
    for path in sorted(folder.rglob("*")):
        where = path.relative_to(folder)
        if path.is_file() and where.parts[0] not in KEPT:
            yield from opened(where.as_posix(), path.read_bytes())


def opened(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    yield name, content.decode("utf-8", "replace")
    if name.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.namelist():
                yield from opened(f"{name}/{entry}", archive.read(entry))


def test_no_file_that_may_be_shared_holds_a_word_that_anybody_said_or_answered(output: Path) -> None:
    files = dict(shared(output))
    kinds = {"fejl.csv", "fejl.xlsx", "index.html", "slagelse/02_behovsanalyse.html", "faelles/04_aabne_svar.html"}
    packed = {"foelgebrev.txt", "indhold.csv", "slagelse/tabeller/tid.csv", "slagelse/tabeller.xlsx"}
    assert kinds | {f"pakker/slagelse.zip/{name}" for name in packed} <= files.keys()
    found = [(name, word) for name, text in files.items() for word in PLANTED if word in name + text]
    assert found == []


def test_the_words_were_there_to_be_found(output: Path) -> None:
    told = (output / "intern" / "fejl_med_ord.csv").read_text("utf-8-sig")
    answer, code, place, _, name, log, _ = PLANTED
    assert [word for word in (code, place, name, log) if word not in told] == []
    basis = "".join(path.read_text("utf-8") for path in (output / "intern").glob("*.html"))
    assert answer not in told  # an open answer is no fault
    assert PLANTED[-1] in basis  # the matrix of those who code shows it
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in (output / "intern" / "pakket").iterdir()} == {0o600}
