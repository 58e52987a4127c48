"""A study made by commit 7af670d opens as it lies there: `tests/old_study/README.md` says what was made how."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from support import blupkit

from blupkit.core import Study, read_study
from blupkit.interviews import coder, read_codebook, read_codings, read_turns
from blupkit.survey import make_release, read_responses

OLD = Path(__file__).parent / "old_study"
#: The reason of a cell that is hidden because of what was sent before.
SENT_BEFORE = "tidligere"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD / "study", tmp_path / "gammel"))


@pytest.fixture
def study(folder: Path) -> Study:
    return read_study(folder)


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder, with what marks its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The study, checked and rendered once, and where its output lies."""
    own = tmp_path_factory.mktemp("gammel")
    folder, out = Path(shutil.copytree(OLD / "study", own / "gammel")), own / "out"
    for command in ("check", "render"):
        done = blupkit(command, folder, "--output", out)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder, out / "gammel"


def cells(decisions: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(decisions[["table", "municipality", "group", "block"]].itertuples(index=False, name=None))


def test_the_check_tells_the_same_faults(made: tuple[Path, Path]) -> None:
    pd.testing.assert_frame_equal(table(made[1] / "intern" / "fejl_med_ord.csv"), table(OLD / "fejl.csv"))


def test_all_pages_are_made_and_no_file_of_the_study_is_changed(made: tuple[Path, Path]) -> None:
    folder, out = made
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.html")} >= {
        "index.html",
        "birkevang/02_behovsanalyse.html",
        "havrevig/02_behovsanalyse.html",
        "faelles/02_behovsanalyse.html",
        "faelles/03_tematisk_kodning.html",
        "faelles/04_aabne_svar.html",
        "intern/01_datagrundlag.html",
        "intern/05_kodearbejde.html",
    }
    assert files(folder) == files(OLD / "study")


def test_the_next_decision_is_held_against_what_that_version_noted_as_sent(
    made: tuple[Path, Path], folder: Path, study: Study
) -> None:
    old = pd.read_csv(OLD / "skjult.csv")
    now = pd.DataFrame(json.loads((made[1] / "intern" / "udgivelse.json").read_text("utf-8"))["decisions"])
    assert cells(old) <= cells(now)
    assert cells(old[old["reason"] == SENT_BEFORE]) == cells(now[now["reason"] == SENT_BEFORE])

    # Two of the 34 local council members who have answered came after the pages were sent: too few to be told apart.
    assert ("behov", "alle", "L", "k1") in cells(now[now["reason"] == SENT_BEFORE])
    shutil.rmtree(folder / "sendt")
    _, alone = make_release(read_responses(study))
    needs = alone.tables["behov"].frame.query("municipality == 'alle' and group == 'L' and item == 'k1'")
    assert set(needs["status"]) == {"vist"}
    assert SENT_BEFORE not in set(alone.decisions["reason"])


def test_the_log_opens_and_takes_a_new_action(folder: Path, study: Study) -> None:
    turns, codebook = read_turns(study), read_codebook(study)
    log = folder / "interview" / "kodninger_A.jsonl"
    before, kept = files(folder), log.read_text("utf-8")
    codings = read_codings(study, turns, codebook)
    assert len(codings) == 9  # ten marks, two deleted, one of them taken back
    assert codings.set_index("quote").loc["Det er de samme, der kommer hver gang.", "memo"] == "ofte nævnt"

    session = coder(study, "fg1").session
    said = dict(zip(turns["turn"], turns["text"], strict=True))
    turn = next(number for number, text in said.items() if text.startswith("Fordi de fik en lille opgave"))
    done = session.answer({"request": 1, "action": "kodet", "turn": turn, "start": 0, "end": 28, "code": "2.1"})
    assert done["ok"], done
    assert len(done["codings"]) == 10
    assert len(read_codings(study, turns, codebook)) == 10
    written = log.read_text("utf-8")
    assert written.startswith(kept)
    assert json.loads(written[len(kept) :])["quote"] == "Fordi de fik en lille opgave"
    after = files(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"interview/kodninger_A.jsonl"}
