"""What belongs to one study is told by the study: it is neither typed into a notebook nor kept in the library."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

NUMBER = re.compile(r"(?i)\b(to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv)\b|\d[\d.,]*")
#: What holds in every study, and why. Anything else with a number in it comes from a call.
HARMLESS = {
    r"[Aa]t to (grupper|temaer)": "any two, to say what a comparison means",
    r"for to grupper": "any two, to say what a comparison means",
    r"(Når|hvor) to temaer": "any two, to say what a comparison means",
    r"hvor to kodere er uenige": "agreement is of any two",
    r"\[\d\d_\w+\]\(\d\d_\w+\.ipynb\)": "the name of another notebook",
}


def prose(path: Path) -> Iterator[str]:
    """What a reader of a notebook's page reads of its own text: Markdown, and captions in its cells."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
        else:
            lines = [line for line in source.splitlines() if not line.startswith("%")]
            yield from (text for _, text in literals("\n".join(lines)) if " " in text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_no_number_typed_into_its_prose(path: Path) -> None:
    typed = []
    for text in prose(path):
        for harmless in HARMLESS:
            text = re.sub(harmless, "", text)
        typed += [text[max(0, at.start() - 40) : at.end() + 30] for at in NUMBER.finditer(text)]
    assert not typed


def test_each_harmless_phrase_stands_in_a_notebook() -> None:
    everything = "\n".join(text for path in NOTEBOOKS for text in prose(path))
    assert [phrase for phrase in HARMLESS if not re.search(phrase, everything)] == []


OF_BLUP = re.compile(
    r"(?i)faaborg|fåborg|midtfyn|sønderborg|soenderborg|kerteminde|næstved|naestved|nordfyn|slagelse|\bblup\b"
    r"|lokalråd|lokaludvalg|byråd|landsby|politiker|kommunalt ansat|kommunalbestyrelse|højskole"
)
#: Where such a word stands rightly, and why. What one study calls its groups and bodies stands in its study.toml.
NOT_OF_ONE_STUDY = {
    (
        "core/sections.py",
        "byråd",
    ): "what `politisk_organ` is where study.toml is silent: the usual word in any municipality",
    ("core/sections.py", "byrådet"): "the same, definite",
    ("core/sections.py", "lokalråd"): "what `lokalt_organ` is where study.toml is silent",
    ("interviews/transcripts/register.py", "politiker"): "a usual word for a role, where the study has no `rolleord`",
    ("report/pages/page.py", "blup"): "the folder of the page's template, named for blupkit",
}


def literals(code: str) -> Iterator[tuple[int, str]]:
    """Every text in a piece of code that is no docstring, with its line."""
    tree = ast.parse(code)
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)]
    docstrings = {id(body[0].value) for body in bodies}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_nothing_about_one_study_is_in_the_library() -> None:
    found = []
    for path in sorted((ROOT / "blupkit").rglob("*.py")):
        place = path.relative_to(ROOT / "blupkit").as_posix()
        if place == "report/figures/hyphenation.py":
            continue  # how Danish words are cut, whichever they are
        found += [
            f"{place}:{line}: {text[:80]}"
            for line, text in literals(path.read_text("utf-8"))
            if OF_BLUP.search(text) and (place, text) not in NOT_OF_ONE_STUDY
        ]
    assert not found
