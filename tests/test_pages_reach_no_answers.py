"""Every number that leaves is decided on or follows from what is shown: no maker of a page reaches answers."""

from __future__ import annotations

import ast
import inspect
import json
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blupkit import interviews, report, survey
from blupkit.core import Study, read_edition, read_study
from blupkit.disclosure import release_for, write_release
from blupkit.survey.draft import Declared, derived_tables, settled_tables
from blupkit.survey.measures import adjusting, comparison, priorities, reliability, spread
from blupkit.survey.reading.cell_values import Coded
from blupkit.survey.reading.responses import Responses
from blupkit.survey.words import comparison as words_comparison
from blupkit.survey.words import findings, keywords, method, order, phrases, release, response

ROOT = Path(__file__).parents[1]
ROOMS = {"survey": survey, "interviews": interviews, "report": report}
#: What is made of answers before anything is decided, and what is for the consultant's own eyes.
BEFORE_OR_INTERNAL = {
    *("answer_overview", "choice_shares", "cooperation", "decision_overview", "dimension_gaps", "keywords", "needs"),
    *("make_release", "missing_overview", "open_answers", "response_overview", "response_rates", "weighted_needs"),
    "words_in_context",
    *("compare", "compare_groups", "cross", "profile"),  # exploring
    *("allowed_places", "check_own", "with_study"),  # before an own table is decided
}
#: Quotes from open answers that somebody has approved word for word: the one thing that a shared page takes from them.
QUOTES = "interviews.read_coded_answers(study, responses.answers)"
#: What works with spreads, places, orders and comparisons after the decision.
AFTER_THE_DECISION = [
    adjusting.pooled_needs, adjusting.weighted_places, comparison.compare_groups, comparison.dunn_pairs,
    priorities.need_ranks, priorities.quadrants, priorities.shared_correlations, reliability.reliability,
    spread.settled, derived_tables, settled_tables,
]  # fmt: skip


def takes_answers(maker: Callable[..., object]) -> bool:
    """Whether it is given answers, or a draft in which nothing is hidden yet, alone or in a mapping or a list."""
    kinds = [str(parameter.annotation) for parameter in inspect.signature(maker).parameters.values()]
    return any(re.search(r"\b(Responses|Draft)\b", kind) for kind in kinds)


def public_functions(room: Any) -> dict[str, Callable[..., object]]:
    found = {name: getattr(room, name) for name in room.__all__}
    return {name: one for name, one in found.items() if inspect.isfunction(one)}


def shared_notebooks() -> dict[str, str]:
    books = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        book = json.loads(path.read_text("utf-8"))
        if book["metadata"]["blupkit"]["sider"] in ("kommune", "kommuner", "faelles", "sammenligning"):
            cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
            books[path.stem] = "\n".join("".join(cell["source"]) for cell in cells)
    return books


def test_there_are_shared_notebooks_and_makers_to_look_at() -> None:
    assert set(shared_notebooks()) == {
        "02_behovsanalyse", "03_tematisk_kodning", "04_aabne_svar", "08_kort_fortalt", "09_workshopbrief",
        "11_workshopper", "12_laering", "13_konference",
        "14_projektplan",
        "16_projektgruppen", "19_aftaler",
    }  # fmt: skip
    assert all(len(public_functions(room)) > 15 for room in ROOMS.values())
    assert takes_answers(survey.needs)
    assert not takes_answers(survey.text_gaps)


def test_only_what_comes_before_the_decision_or_is_internal_takes_answers() -> None:
    found = {name for room in ROOMS.values() for name, one in public_functions(room).items() if takes_answers(one)}
    assert found - {"check_responses", "survey_searches"} == BEFORE_OR_INTERNAL


def test_no_shared_page_calls_what_takes_answers() -> None:
    for book, code in shared_notebooks().items():
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
        names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not names & BEFORE_OR_INTERNAL, book
        # What is called `responses` stands nowhere but where it is read, and where the approved quotes come from.
        given = {ast.unparse(call): [*map(ast.unparse, (*call.args, *call.keywords))] for call in calls}
        assert {call for call, parts in given.items() if any("responses" in part for part in parts)} <= {QUOTES}, book


@pytest.mark.parametrize("maker", AFTER_THE_DECISION, ids=lambda maker: maker.__name__)
def test_what_comes_after_the_decision_takes_safe_tables_or_declared_quantities(maker: Callable[..., object]) -> None:
    assert not takes_answers(maker)


@pytest.mark.parametrize("module", [words_comparison, findings, keywords, method, order, phrases, release, response])
def test_no_sentence_takes_answers(module: Any) -> None:
    own = [one for one in vars(module).values() if inspect.isfunction(one) and one.__module__ == module.__name__]
    assert own
    assert not [one.__name__ for one in own if takes_answers(one)]


@pytest.fixture
def no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on whoever asks for an answer stops the test."""

    def refuse(*_: object, **__: object) -> typing.NoReturn:
        raise AssertionError("somebody asked for answers after the decision")

    for name in ("cells", "totals", "answers_to", "values", "written", "answers_in", "undisclosed", "wide"):
        monkeypatch.setattr(Responses, name, refuse)
    monkeypatch.setattr(Coded, "table", refuse)


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(ROOT / "data" / "demo")


@pytest.fixture(scope="module")
def decided(demo: Study) -> tuple[Declared, survey.SurveyRelease]:
    responses = survey.read_responses(demo)
    return Declared.of(responses), survey.make_release(responses)[1]


def test_what_follows_from_the_decision_is_worked_out_without_answers(
    demo: Study, decided: tuple[Declared, survey.SurveyRelease], no_answers: None
) -> None:
    declared, whole = decided
    again = derived_tables(whole.tables, declared, demo)
    assert all(again[name].frame.equals(whole.tables[name].frame) for name in again)
    assert {len(table.shown) > 0 for table in again.values()} == {True}


@pytest.mark.parametrize("place", ["slagelse", "alle"])
@pytest.mark.parametrize(("book", "least"), [("02_behovsanalyse", 30), ("08_kort_fortalt", 8)])
def test_a_page_is_made_without_answers(
    demo: Study,
    decided: tuple[Declared, survey.SurveyRelease],
    no_answers: None,
    tmp_path: Path,
    place: str,
    book: str,
    least: int,
) -> None:
    file = tmp_path / "del.json"
    write_release(release_for(decided[1], read_edition(demo, place)), file)
    names = {"study_folder": str(demo.folder), "municipality": place, "release_file": str(file)}
    shown = []
    nodes = ast.parse(shared_notebooks()[book]).body
    for node in nodes:
        if isinstance(node, ast.Expr):
            shown.append(eval(ast.unparse(node), names))
        elif ast.unparse(node).split(" = ")[0] not in names:  # the settings are ours
            exec(ast.unparse(node), names)
    assert len(shown) > least
    # Each table and figure that the notebook asks for; the study's own questions may give none, or several.
    asked = [ast.unparse(node) for node in nodes if re.match(r"report\.(plot|table)_(?!own)", ast.unparse(node))]
    made = [repr(one) for one in shown if repr(one).startswith(("Tabel", "Figur"))]
    assert len(made) >= len(asked) > 0
