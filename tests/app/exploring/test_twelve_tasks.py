"""Twelve questions that a consultant asks, answered in a real JupyterLab: how many clicks, and how many seconds.

The pictures lie in the folder that `BLUPKIT_PICTURES` names, for whoever wants to look at them.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app.exploring.panel_support import PANEL, Opened
from lab import kernel_processes
from openpyxl import load_workbook

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
ROOT = Path(__file__).parents[3]
SURVEY, WORDS = "Spørgeskema", "Interview og åbne svar"
MOST_CLICKS = 3
#: What the documents tell, by the number of the task.
TOLD = {
    int(number): int(clicks)
    for number, clicks in re.findall(
        r"^\| (\d+) \| [^|]+\| (\d) \|", (ROOT / "docs" / "opgaver.md").read_text("utf-8"), flags=re.MULTILINE
    )
}


class Task:
    """One question asked of a panel in which nothing is chosen; counts what she does, and times the last answer."""

    def __init__(self, opened: Opened, number: int) -> None:
        self.opened, self.number, self.clicks, self.seconds = opened, number, 0, 0.0
        self.worked = 0.0
        opened.tab(SURVEY)
        self._quietly(lambda: opened.panel.get_by_role("button", name="Begynd forfra").click())

    @property
    def panel(self) -> Any:
        return self.opened.panel

    def _quietly(self, do: Any) -> None:
        """Do something, and wait until the panel has answered."""
        do()
        self.opened.page.wait_for_function(f"document.querySelector('{PANEL}').getAttribute('aria-busy') === 'false'")
        self.opened.page.wait_for_function(
            f"[...document.querySelectorAll('{PANEL} img')].every(image => image.complete)"
        )

    def _counted(self, do: Any) -> None:
        self.clicks += 1
        start, before = time.perf_counter(), self._processor_time()
        self._quietly(do)
        self.seconds, self.worked = time.perf_counter() - start, self._processor_time() - before

    def _processor_time(self) -> float:
        """How long the kernel has worked: what others do on the machine is not counted."""
        (kernel,) = kernel_processes(self.opened.folder)
        fields = Path(f"/proc/{kernel}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def tab(self, name: str) -> None:
        self._counted(lambda: self.panel.get_by_role("tab", name=name).click())

    def choose(self, label: str, option: str) -> None:
        self._counted(lambda: self.opened.choose(label, option))

    def tick(self, label: str) -> None:
        self._counted(lambda: self.panel.get_by_label(label, exact=True).check())

    def press(self, name: str) -> None:
        self._counted(lambda: self.panel.get_by_role("button", name=name).click())

    def unfold(self) -> None:
        self._counted(lambda: self.panel.locator("summary").first.click())

    def done(self) -> None:
        """Hold the task to its limit and to what is told of it, and take the picture."""
        folder = os.environ.get("BLUPKIT_PICTURES")
        if folder:
            self.opened.page.screenshot(path=Path(folder) / f"opgave_{self.number:02d}.png")
        print(f"opgave {self.number}: {self.clicks} klik, {self.seconds:.1f} s")
        assert self.clicks <= MOST_CLICKS
        assert self.clicks == TOLD[self.number]
        assert self.worked < 20

    def heading(self, words: str) -> None:
        expect(self.panel.locator("h2")).to_contain_text(words)

    def table(self) -> Any:
        return self.panel.locator(".table")


@pytest.fixture
def task(opened: Opened, request: pytest.FixtureRequest) -> Iterator[Task]:
    number = int(re.findall(r"task_(\d+)", request.node.name)[0])
    begun = Task(opened, number)
    yield begun
    begun.done()


def test_task_1_two_questions_against_each_other(task: Task) -> None:
    task.choose("Spørgsmål", "Alder")
    task.choose("Fordelt på", "Tid til læring")
    task.heading("Alder fordelt på tid til læring")
    rows = task.table().locator("tbody th").all_inner_texts()
    assert rows == ["Under 30 år", "30-44 år", "45-59 år", "60-69 år", "70 år eller derover", "I alt", "Ved ikke",
                    "Ikke besvaret", "Ikke stillet"]  # fmt: skip
    heads = task.table().locator("thead th").all_inner_texts()
    assert [head for head in heads if head.endswith("pct.")][:3] == [
        "Ingen, pct.",
        "Op til 3 timer, pct.",
        "4-8 timer, pct.",
    ]


def test_task_2_a_question_by_background(task: Task) -> None:
    task.choose("Spørgsmål", "Tid til læring")
    task.choose("Fordelt på", "Gruppe")
    task.heading("Tid til læring fordelt på gruppe")
    expect(task.table().locator("thead")).to_contain_text("lokalrådsmedlemmer, pct.")


def test_task_3_a_filter(task: Task) -> None:
    task.choose("Spørgsmål", "Tid til læring")
    task.choose("Gruppe", "Lokalrådsmedlemmer")
    task.tick("Slagelse")
    task.heading("lokalrådsmedlemmer, Slagelse Kommune")
    expect(task.table()).to_contain_text("af 369 besvarelser")


def test_task_4_two_municipalities(task: Task) -> None:
    task.choose("Vis", "Kommuner side om side: niveau og gab")
    task.tick("Næstved")
    task.tick("Slagelse")
    task.heading("Næstved og Slagelse sammenlignet")
    expect(task.table()).to_contain_text("større, end få svar let giver")
    expect(task.table()).not_to_contain_text("signifikan")


def test_task_5_the_largest_difference_between_groups(task: Task) -> None:
    task.choose("Vis", "Grupper side om side: niveau og gab")
    first = task.table().locator("tbody th").first
    expect(first).to_have_text("Søge fonde og puljer")


def test_task_6_who_did_not_answer_and_why(task: Task) -> None:
    task.choose("Spørgsmål", "Vigtighed: Håndtere uenighed og konflikter")
    task.choose("Fordelt på", "Gruppe")
    for state in ("Ved ikke", "Ikke besvaret", "Ikke stillet"):
        row = task.table().locator("tbody tr", has_text=state)
        assert re.fullmatch(r"\d+", row.locator("td").first.inner_text())


def test_task_7_the_words_of_one_group(task: Task) -> None:
    task.tab(WORDS)
    task.choose("Sagt af", "Kommunalt ansatte")
    task.choose("Vis", "Ord, gruppen bruger mere end de andre")
    task.heading("kommunalt ansatte")
    assert task.table().locator("tbody tr").count() > 5


def test_task_8_all_that_employees_said_of_a_theme(task: Task) -> None:
    task.tab(WORDS)
    task.choose("Tema", "4 Politik, indflydelse og økonomi")
    task.choose("Sagt af", "Kommunalt ansatte")
    task.heading("Politik, indflydelse og økonomi")
    places = task.table().locator(".passages .place").all_text_contents()
    assert len(places) > 5
    assert all(place.startswith(("Ansat ", "Kommunalt ansat")) for place in places)


def test_task_9_what_was_said_around_a_quote(task: Task) -> None:
    task.tab(WORDS)
    task.choose("Tema", "4 Politik, indflydelse og økonomi")
    task.unfold()
    around = task.table().locator("details[open]").first
    assert around.locator("p").count() >= 2
    expect(around.locator("mark")).to_have_text(task.table().locator("blockquote").first.inner_text())


def test_task_10_a_theme_over_the_talk(task: Task) -> None:
    task.tab(WORDS)
    task.choose("Tema", "4 Politik, indflydelse og økonomi")
    task.choose("Vis", "Ordet eller temaet hen over samtalen")
    expect(task.panel.locator(".figure img")).to_be_visible()
    expect(task.panel.locator(".line code")).to_contain_text("interviews.dispersion(study")


def test_task_11_her_own_figure_on_a_page(task: Task) -> None:
    settings = task.opened.folder / "demo" / "study.toml"
    before = settings.read_text("utf-8")
    task.choose("Spørgsmål", "Tid til læring")
    task.choose("Fordelt på", "Alder")
    task.press("Med på siderne")
    expect(task.panel.locator(".own pre")).to_contain_text("[[udgivelse.egen]]")
    expect(task.panel.locator(".own .lines")).to_contain_text("vises for alle seks kommuner")
    assert settings.read_text("utf-8") == before  # not before she has said so
    task.panel.get_by_role("button", name="Skriv det i study.toml").click()
    expect(task.panel.locator(".told")).to_contain_text("står nu nederst i study.toml")
    assert settings.read_text("utf-8").startswith(before.rstrip())
    assert 'fordelt_paa = "alder"' in settings.read_text("utf-8")
    settings.write_text(before, "utf-8")


def test_task_12_the_numbers_in_excel(task: Task) -> None:
    task.choose("Spørgsmål", "Alder")
    task.choose("Fordelt på", "Tid til læring")
    task.press("Til Excel")
    expect(task.panel.locator(".told")).to_contain_text("Den er intern.")
    (made,) = task.opened.folder.rglob("intern/udforsk/alder-fordelt*.xlsx")
    assert load_workbook(made).worksheets[0].max_column > 10
