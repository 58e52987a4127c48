"""What completion and help show a consultant in JupyterLab."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter

from blupkit import activities, app, interviews, survey
from blupkit.display import ResultTable
from blupkit.survey import Responses

ROOT = Path(__file__).parents[1]
ROOMS = ("activities", "app", "core", "disclosure", "interviews", "report", "survey")
#: What a consultant reads of the rooms: the notebooks, the guide, and what is said of exchange with other programs.
READ = ("vejledning.md", "opgaver.md", "exchange.md")
#: What she calls herself when she explores.
EXPLORING: dict[str, Callable[..., Any]] = {
    **{f"survey.{name}": getattr(survey, name) for name in ("cross", "profile", "compare", "compare_groups")},
    **{
        f"interviews.{name}": getattr(interviews, name)
        for name in (
            "search", "passages", "context", "together", "who_says", "collocations", "dispersion", "group_words",
        )
    },
    **{
        f"activities.{name}": getattr(activities, name)
        for name in ("who_came", "who_learned", "count_agreements", "find_agreements", "find_planned")
    },
    **{f"app.{name}": getattr(app, name) for name in ("explore", "status", "buttons")},
    **{f"table.{name}": getattr(ResultTable, name) for name in ("plot", "to_excel", "sortable")},
    "responses.wide": Responses.wide,
}  # fmt: skip
#: Words that a sentence of either language can hardly do without.
DANISH = set(
    re.findall(
        r"\w+",
        "af alle de den der det du en er et for fra før få hvad hver hvor hvem i med nogle og om på se som så to",
    )
)
ENGLISH = set(re.findall(r"\w+", "a and are as by for from in is it its not of that the this to what where which with"))
BOTH = DANISH & ENGLISH


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-zæøåé]+", text.lower())


def share(text: str, language: set[str]) -> float:
    words = [word for word in words_of(text) if word in (DANISH | ENGLISH) - BOTH]
    return sum(word in language for word in words) / len(words) if words else 0.0


@pytest.mark.parametrize("name", EXPLORING)
def test_the_first_line_of_help_is_danish_and_the_rest_english(name: str) -> None:
    first, _, rest = inspect.getdoc(EXPLORING[name]).partition("\n")
    assert not share(first, ENGLISH), first
    assert share(first, DANISH) or re.search("[æøå]|Tegn tabellen", first), first
    prose = rest.split("Examples\n---")[0]  # what a table says is Danish, as in the examples
    prose = re.sub(r"»[^«]*«|\"[^\"]*\"|`[^`]*`", "", prose)
    assert "Returns\n---" in rest
    assert share(prose, ENGLISH) > 0.9, prose


def asked_by_notebooks() -> dict[str, set[str]]:
    """Room → the names that notebooks and the consultant's documents ask it for."""
    books = [json.loads(path.read_text("utf-8")) for path in (ROOT / "notebooks").glob("*.ipynb")]
    texts = ["".join(cell["source"]) for book in books for cell in book["cells"]]
    texts += [(ROOT / "docs" / name).read_text("utf-8") for name in READ]
    found: dict[str, set[str]] = {room: set() for room in ROOMS}
    for room, name in re.findall(rf"\b({'|'.join(ROOMS)})\.(\w+)", "\n".join(texts)):
        found[room].add(name)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_completion_shows_what_notebooks_and_the_guide_ask_for_and_nothing_else(room: str) -> None:
    module = importlib.import_module(f"blupkit.{room}")
    asked = asked_by_notebooks()[room]
    assert sorted(dir(module)) == sorted(asked)
    assert set(dir(module)) <= set(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)  # what is left out can be asked for all the same


@pytest.mark.parametrize("room", ROOMS)
def test_jupyterlab_offers_the_same(room: str) -> None:
    names = {room: importlib.import_module(f"blupkit.{room}")}
    completer = IPCompleter(namespace=names, global_namespace={})
    with provisionalcompleter():
        offered = {each.text for each in completer.completions(f"{room}.", len(room) + 1)}
    assert offered == set(dir(names[room]))
