"""What is told of an own table before it is declared, and what `check` says of a wrong one."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from blupkit import app, cli
from blupkit.core import BlupkitError, Study, read_study
from blupkit.survey import Responses, read_responses

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


def test_the_preview_says_where_there_are_too_few(demo: Study, responses: Responses) -> None:
    """Counted by hand: in Kerteminde fewer than ten women who are members rated their listening; in Næstved more."""
    said = app.own_table_preview(demo, "k01", "koen", ["kerteminde", "naestved"], responses)
    members = said.splitlines()[0]
    assert members.startswith(
        "Lokalrådsmedlemmer: kan vises for Næstved; for få i Kerteminde: vises for alle seks kommuner."
    )
    assert "»Mand, Andet eller ikke oplyst«" in members
    values, people = responses.values(["k01_v", "k01_n", "koen"]), responses.respondents.set_index("respondent")
    women = people.loc[values.index[(values["koen"] == 1) & values.notna().all(axis=1)]]
    counts = women[women["group"] == "L"]["municipality"].value_counts()
    assert counts.get("kerteminde", 0) < 10 <= counts["naestved"]


def test_the_preview_takes_no_longer_than_a_second_or_so(demo: Study, responses: Responses) -> None:
    app.own_table_preview(demo, "form", "koen", ["alle"], responses)
    start = time.process_time()
    app.own_table_preview(demo, "form", "alder", ["alle"], responses)
    assert time.process_time() - start < 1


def test_the_preview_of_an_unknown_question_says_what_was_perhaps_meant(demo: Study, responses: Responses) -> None:
    with pytest.raises(BlupkitError, match=r"Mente du »alder«\?"):
        app.own_table_preview(demo, "tid", "aldr", ["alle"], responses)


def test_check_lists_a_wrong_own_table_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    text = (folder / "study.toml").read_text("utf-8")
    own = '[[udgivelse.egen]]\nnavn = "Tid"\nspoergsmaal = "tid"\nfordelt_paa = "aldr"\n\n[spoergeskema]\n'
    (folder / "study.toml").write_text(text.replace("[spoergeskema]\n", own), "utf-8")
    monkeypatch.setattr(sys, "argv", ["blupkit", "check", str(folder), "-o", str(tmp_path / "ud")])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 1
    assert "Mente du »alder«?" in " ".join(capsys.readouterr().out.split())
