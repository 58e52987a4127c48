"""What stands in a cell's output is short and tells no name and no answer; completion offers what may be called."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import pretty
from jupyter_client.manager import start_new_kernel

from blupkit.core import example_study, read_study
from blupkit.survey import compare, cross, make_release, profile, read_responses

#: Planted in the answers, among the speakers, as a coder and as an id.
NAME, ANSWER, CODER, ID = "Kirsten Plantet", "Vi holder møde hos Plantesen", "Koder Plantet", "id-plantet-7"
SHORT = 260
SETUP = """
from blupkit.survey import cross
from blupkit.survey.example import example_responses, example_whole
responses, release = example_responses(), example_whole()
study, table = responses.study, cross(responses, "k1_v")
"""


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that a cell may show, of a study with names and answers planted in it."""
    folder = tmp_path_factory.mktemp("plantet") / "studie"
    shutil.copytree(example_study().folder, folder)
    toml = folder / "study.toml"
    text = toml.read_text("utf-8").replace('L1 = "Bo Storm"', f'L1 = "{NAME}"')
    text = text.replace("kodninger = { A = ", f'kodninger = {{ "{CODER}" = ')
    assert NAME in text
    assert CODER in text
    toml.write_text(text, "utf-8")
    answers = folder / "spoergeskema" / "svar.csv"
    rows = answers.read_text("utf-8").replace("Mere tid til møder", ANSWER).replace("\n7;Nordby", f"\n{ID};Nordby")
    assert ANSWER in rows
    assert ID in rows
    answers.write_text(rows, "utf-8")
    study = read_study(folder)
    responses = read_responses(study)
    release = make_release(responses)[1]
    return {
        "study": study,
        "responses": responses,
        "questionnaire": responses.questionnaire,
        "labels": responses.labels,
        "release": release,
        "table": release.needs,
        "questions": release.questions,
        "cross": cross(responses, "k1_v", "gruppe"),
        "profile": profile(responses, "k1"),
        "compare": compare(responses, ["Nordby", "Sydby"]),
        "interviews": study.interviews,
        "transcript": study.interview_files.transcripts[0],
        "coded": responses.coded,
    }


@pytest.fixture(scope="module")
def shell(things: dict[str, Any]) -> Any:
    shell = InteractiveShell()
    shell.user_ns.update(things)
    return shell


NAMES = [
    "study", "responses", "questionnaire", "labels", "release", "table", "questions", "cross", "profile", "compare",
]  # fmt: skip


@pytest.mark.parametrize("name", [*NAMES, "interviews", "transcript", "coded"])
def test_no_way_of_showing_it_tells_a_name_or_an_answer(things: dict[str, Any], shell: Any, name: str) -> None:
    thing = things[name]
    formats, _ = shell.display_formatter.format(thing)
    shown = "\n".join([repr(thing), str(thing), pretty(thing), *map(str, formats.values())])
    assert not [plant for plant in (NAME, "Plantet", ANSWER, "Plantesen", CODER, ID) if plant in shown]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_short_in_danish_and_says_what_it_is(things: dict[str, Any], name: str) -> None:
    said = repr(things[name])
    assert "\n" not in said
    assert len(said) <= SHORT
    assert "<" not in said
    assert pretty(things[name]) == said


def test_what_they_say(things: dict[str, Any]) -> None:
    said = {name: repr(things[name]) for name in ("study", "responses", "questionnaire", "questions")}
    assert said == {
        "study": "Undersøgelsen »Eksemplet« (maj 2022): 2 grupper, 2 kommuner, spørgeskema og en interview. Prøv"
        " app.explore(study).",
        "responses": "Besvarelser: 20, variable: 9, rækker sat til side: 0 (responses.set_aside)."
        ' Prøv responses.labels("ord"), survey.profile(responses, "navn") eller'
        ' survey.cross(responses, "navn", "navn").',
        "questionnaire": "Spørgeskema: 9 variable, 1 skala og 1 område. Se spørgsmålene med responses.labels.",
        "questions": "Tabeller, en for hvert spørgsmål: form.",
    }
    assert repr(things["table"]).startswith("Tabel til sider med 48 tal: ")
    assert "har bestået prøven" in repr(things["release"])


@pytest.fixture(scope="module")
def offered() -> Iterator[Callable[[str], set[str]]]:
    """What the tab key gives in a notebook: asked of a real kernel, as JupyterLab asks."""
    manager, client = start_new_kernel(kernel_name="python3")
    told = client.execute_interactive(SETUP, timeout=120)
    assert told["content"]["status"] == "ok", told["content"]

    def ask(line: str) -> set[str]:
        reply = client.complete(line, reply=True, timeout=60)["content"]
        return {name.rpartition(".")[2] for name in reply["matches"]}

    yield ask
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("table", {"title", "frame", "notes", "shape", "call", "plot", "to_excel", "sortable"}),
        (
            "responses",
            {
                "labels", "wide", "variables", "respondents", "set_aside", "faults", "invited", "received", "study",
                "questionnaire",
            },
        ),
        ("release.questions", {"form"}),
    ],
)  # fmt: skip
def test_the_tab_key_offers_what_she_may_call_and_nothing_else(
    offered: Callable[[str], set[str]], name: str, names: set[str]
) -> None:
    assert offered(f"{name}.") == names


def test_of_a_release_the_tables_that_are_there_and_of_a_study_no_machinery(offered: Callable[[str], set[str]]) -> None:
    release = offered("release.")
    assert {"needs", "response", "questions", "passed"} <= release
    assert not {"optional", "few_changed", "targets", "narrowest", "source", "unproven"} & release
    study = offered("study.")
    assert {"name", "groups", "municipalities", "period"} <= study
    assert not [one for one in study if one.startswith("model_") or one in {"copy", "dict", "json", "construct"}]


def test_what_is_offered_is_there(things: dict[str, Any]) -> None:
    for thing in (things[name] for name in NAMES):
        for name in dir(thing):
            assert hasattr(thing, name), name


@pytest.mark.parametrize("function", [cross, profile, compare])
def test_help_begins_in_danish(function: Any) -> None:
    first = function.__doc__.splitlines()[0]
    assert any(letter in first for letter in "æøå")
    assert first.endswith(".")
    assert Path(function.__code__.co_filename).parent.name == "exploring"
