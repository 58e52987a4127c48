"""The twelve tasks of `docs/opgaver.md`: each of its lines makes its table on the demo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blupkit import interviews, survey
from blupkit.core import Study, read_study
from blupkit.display import ResultTable
from blupkit.survey import Responses

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/opgaver.md").read_text("utf-8")
LINES = dict(re.findall(r"^\| (\d+) \| `((?:survey|interviews)\..+)` \|$", TEXT, flags=re.MULTILINE))
#: The task that is no table: it writes four lines of settings (`tests/app/exploring/test_own_finding.py`).
SETTINGS = "11"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(ROOT / "data/demo")


@pytest.fixture(scope="module")
def responses(study: Study) -> Responses:
    return survey.read_responses(study)


@pytest.mark.parametrize("number", LINES)
def test_the_one_line_gives_a_table_with_rows(
    number: str, study: Study, responses: Responses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = eval(LINES[number], {"survey": survey, "interviews": interviews, "study": study, "responses": responses})
    if isinstance(made, Path):
        assert made.suffix == ".xlsx"
        assert made.is_file()
        return
    assert isinstance(made, ResultTable)
    assert len(made.frame) > 1
    assert made.title


def test_there_are_twelve_tasks_in_each_table_and_all_but_one_are_a_line() -> None:
    assert sorted(LINES, key=int) == [str(n) for n in range(1, 13) if str(n) != SETTINGS]
    numbers = re.findall(r"^\| (\d+) \|", TEXT, flags=re.MULTILINE)
    assert numbers == [str(n) for n in range(1, 13)] * 3
