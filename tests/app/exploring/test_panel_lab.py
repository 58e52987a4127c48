"""The panel where it is used: in JupyterLab, in a browser, with a kernel that may be silent or killed."""

from __future__ import annotations

import os
import random
import signal
from typing import Any

import pytest
from app.exploring.panel_support import PANEL, Opened
from axe_playwright_python.sync_playwright import Axe
from lab import AXE, kernel_processes, until
from openpyxl import load_workbook

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
TABS = ["Spørgeskema", "Interview og åbne svar", "Sammen", "Workshops og læring"]
#: What axe cannot decide by itself, and a person has looked at.
LOOKED_AT: set[str] = set()


def checkpoints(opened: Opened) -> set[tuple[str, int]]:
    """What JupyterLab has saved, and when."""
    return {(path.name, path.stat().st_mtime_ns) for path in opened.folder.rglob(".ipynb_checkpoints/*.ipynb")}


def told(opened: Opened) -> Any:
    return opened.panel.locator(".told")


def test_a_question_and_what_it_is_split_by_are_two_choices(opened: Opened) -> None:
    opened.choose("Spørgsmål", "Alder")
    opened.choose("Fordelt på", "Tid til læring")
    expect(opened.panel.locator("h2")).to_contain_text("tid", ignore_case=True)
    expect(opened.panel.locator(".figure img")).to_have_attribute(
        "alt", "Figur: " + opened.heading() + ". Tallene står i tabellen."
    )
    assert opened.panel.locator(".figure img").evaluate("image => image.naturalWidth") > 600
    expect(opened.panel.locator(".line code")).to_contain_text('survey.cross(responses, "alder", "tid"')


def test_everything_says_that_it_is_internal(opened: Opened) -> None:
    for name in TABS:
        opened.tab(name)
        expect(opened.panel.locator(".mark")).to_have_text("Internt: må ikke sendes videre.")
    opened.tab(TABS[0])
    expect(opened.panel.locator(".table")).to_contain_text("Internt")


def test_the_line_that_makes_the_same_stands_in_a_cell_under_the_panel_and_runs(opened: Opened) -> None:
    opened.panel.get_by_role("button", name="Kopiér som celle").click()
    expect(told(opened)).to_contain_text("Linjen står nu i en ny celle lige under panelet.")
    code = opened.cells()[1]
    assert code.splitlines()[-1] == opened.panel.locator(".line code").inner_text()
    opened.page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".cm-content").click()
    opened.page.keyboard.press("Control+Enter")
    shown = opened.page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".jp-OutputArea table")
    expect(shown).to_have_text(opened.panel.locator(".table table").inner_text(), use_inner_text=True)


def test_the_table_goes_to_excel_and_the_panel_says_where(opened: Opened) -> None:
    opened.panel.get_by_role("button", name="Til Excel").click()
    expect(told(opened)).to_contain_text("Den er intern.")
    (made,) = opened.folder.rglob("intern/udforsk/*.xlsx")
    assert made.name in told(opened).inner_text()
    assert load_workbook(made).worksheets[0].max_row > 4


def test_the_table_can_be_sorted_and_searched_and_keeps_its_notes(opened: Opened) -> None:
    notes = opened.panel.locator(".table p")
    before = notes.all_inner_texts()
    opened.panel.get_by_role("button", name="Sortér og søg i tabellen").click()
    heads = opened.panel.locator(".table thead th")
    expect(opened.panel.locator(".table .dt-container")).to_be_visible()
    assert notes.all_inner_texts() == before
    for direction in ("ascending", "descending"):
        heads.nth(1).get_by_role("button").click()
        expect(heads.nth(1)).to_have_attribute("aria-sort", direction)
        counts = [int(cell) for cell in opened.panel.locator(".table tbody tr td:nth-child(2)").all_inner_texts()]
        assert counts == sorted(counts, reverse=direction == "descending")
        assert len(set(counts)) > 3
    opened.panel.get_by_role("button", name="Vis tabellen uden sortering").click()
    expect(opened.panel.locator(".table .dt-container")).to_have_count(0)


def test_workshops_agreements_and_learning_are_one_choice_each(opened: Opened) -> None:
    opened.tab("Workshops og læring")
    expect(opened.panel.locator(".sentence")).to_have_text("Vælg under »Vis«, hvad du vil se.")
    opened.choose("Vis", "Aftaler over fristen")
    opened.choose("Kommune", "Slagelse")
    # AF12 and AF14 were to be done by 1 December, it is the 21st; AF13 has until May.
    expect(opened.panel.locator(".table tbody tr")).to_have_count(2)
    line = opened.panel.locator(".line code")
    expect(line).to_have_text('activities.find_agreements(study, municipality="Slagelse", overdue=True)')
    opened.choose("Vis", "Hvem kom, forløb for forløb")
    expect(opened.panel.get_by_label("Kommune", exact=True)).to_have_count(0)
    expect(opened.panel.locator(".figure img")).to_have_attribute(
        "alt", "Figur: Hvem kom til læring. Tallene står i tabellen."
    )
    if folder := os.environ.get("BLUPKIT_PICTURES"):
        opened.page.screenshot(path=f"{folder}/aaret.png")
    opened.panel.get_by_role("button", name="Til Excel").click()
    expect(told(opened)).to_contain_text("Den er intern.")
    assert [made.name for made in opened.folder.rglob("intern/udforsk/*laering*.xlsx")]
    opened.tab(TABS[0])


def test_the_keyboard_alone_reaches_every_control_and_changes_tabs(opened: Opened) -> None:
    opened.panel.get_by_role("tab", name=TABS[0]).focus()
    opened.page.keyboard.press("ArrowRight")
    opened.panel.get_by_role("tab", name=TABS[1], selected=True).wait_for()
    opened.page.keyboard.press("ArrowLeft")
    opened.panel.get_by_role("tab", name=TABS[0], selected=True).wait_for()
    expect(opened.panel.get_by_label("Spørgsmål", exact=True)).to_be_visible()
    wanted = opened.page.evaluate(
        f"[...document.querySelectorAll('{PANEL} :is(button:not([tabindex=\"-1\"]), select, input)')].length"
    )
    reached = set()
    for _ in range(3 * wanted):
        name = opened.page.evaluate(
            f"""() => {{ const node = document.activeElement;
                return node.closest('{PANEL}') && node.matches('button, select, input') ? node.outerHTML : ''; }}"""
        )
        reached.add(name)
        opened.page.keyboard.press("Tab")
    assert len(reached - {""}) == wanted


def test_every_tab_is_free_of_what_axe_finds(opened: Opened) -> None:
    for name in TABS:
        opened.tab(name)
        expect(opened.panel).to_have_attribute("aria-busy", "false")
        opened.page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
        found = (
            Axe()
            .run(opened.page, context=PANEL, options={"runOnly": AXE, "resultTypes": ["violations", "incomplete"]})
            .response
        )
        assert any(rule["id"] == "color-contrast" for rule in found["passes"])  # it has looked at the colours
        rules = [*found["violations"], *(rule for rule in found["incomplete"] if rule["id"] not in LOOKED_AT)]
        assert [f"{rule['id']}: {node['html']}" for rule in rules for node in rule["nodes"]] == [], name
    opened.tab(TABS[0])


def test_what_is_shown_and_said_is_announced(opened: Opened) -> None:
    opened.choose("Spørgsmål", "Køn")
    expect(opened.panel.locator(".told [aria-live=polite]")).to_contain_text("Køn")
    expect(opened.panel.get_by_role("status")).to_be_attached()
    expect(opened.panel.get_by_role("alert")).to_be_attached()


def test_what_is_not_there_is_told_and_what_was_written_stays(opened: Opened) -> None:
    field = opened.panel.get_by_label("Find et spørgsmål")
    field.fill("aldr")
    field.press("Enter")
    expect(opened.panel.get_by_role("alert")).to_have_text("Intet spørgsmål passer på »aldr«. Mente du »Alder«?")
    expect(field).to_have_value("aldr")
    field.fill("alder")
    field.press("Enter")
    expect(opened.panel.get_by_label("Spørgsmål", exact=True)).to_have_value("alder")
    expect(field).to_have_value("")
    expect(opened.panel.get_by_role("alert")).to_be_empty()


def test_a_fifth_municipality_is_refused_and_its_box_is_empty_again(opened: Opened) -> None:
    boxes = opened.panel.get_by_role("checkbox")
    for place in range(5):
        boxes.nth(place).click()  # faster than the kernel answers
    expect(opened.panel.get_by_role("alert")).to_contain_text("Højst fire kommuner")
    expect(boxes.nth(4)).not_to_be_checked()
    for place in range(4):
        boxes.nth(place).uncheck()


def test_what_an_own_table_may_show_is_said_at_once_and_the_decision_when_it_is_known(opened: Opened) -> None:
    opened.choose("Spørgsmål", "Tid til læring")
    opened.choose("Fordelt på", "Alder")
    opened.panel.get_by_role("checkbox", name="Kerteminde").check()
    opened.panel.get_by_role("button", name="Med på siderne").click()
    own = opened.panel.locator(".own")
    expect(own).to_contain_text("for få i Kerteminde: vises for alle seks kommuner")
    expect(own).to_contain_text("[[udgivelse.egen]]")
    expect(own.get_by_role("status")).to_contain_text("Hele afgørelsen:")
    if folder := os.environ.get("BLUPKIT_PICTURES"):
        opened.page.screenshot(path=f"{folder}/egen.png")
    opened.choose("Spørgsmål", "Køn")
    expect(own).to_be_hidden()
    opened.panel.get_by_role("checkbox", name="Kerteminde").uncheck()


def test_random_choices_on_the_page_end_in_something_to_see(opened: Opened) -> None:
    chance = random.Random(19)
    for _ in range(15):
        opened.tab(chance.choice(TABS))
        lists = opened.panel.locator(".controls select")
        one = lists.nth(chance.randrange(lists.count()))
        one.select_option(index=chance.randrange(one.locator("option").count()))
        expect(opened.panel).to_have_attribute("aria-busy", "false")
        expect(opened.panel.get_by_role("alert")).to_be_empty()
        assert opened.panel.locator(".table").inner_html() or opened.panel.locator(".sentence").inner_text()
    opened.tab(TABS[0])
    opened.panel.get_by_role("button", name="Begynd forfra").click()
    expect(opened.panel.get_by_role("status").first).to_have_text("Alle valg er fjernet.")


def test_on_a_narrow_screen_nothing_is_wider_than_the_panel(opened: Opened) -> None:
    browser_of_files = opened.page.get_by_role("tab", name="File Browser")
    browser_of_files.click()  # it takes the room
    opened.page.set_viewport_size({"width": 390, "height": 844})
    try:
        until(opened.page, lambda: 200 < opened.panel.bounding_box()["width"] <= 390)
        wide = opened.page.evaluate(
            f"""() => {{
                const panel = document.querySelector('{PANEL}'), edge = panel.getBoundingClientRect().right;
                const parts = panel.querySelectorAll('.tabs, .controls *, .figure, .table, .buttons, .line');
                return [...parts].filter(part => part.getBoundingClientRect().right > edge + 1)
                    .map(part => part.outerHTML.slice(0, 80)); }}"""
        )
        assert wide == []
    finally:
        opened.page.set_viewport_size({"width": 1280, "height": 1000})
        browser_of_files.click()


def test_a_panel_that_is_opened_again_shows_what_was_chosen(opened: Opened) -> None:
    opened.choose("Spørgsmål", "Tid til læring")
    expect(opened.panel.locator(".line code")).to_contain_text('"tid"')
    before = checkpoints(opened)
    opened.page.get_by_role("button", name="Save and create checkpoint").click()
    until(opened.page, lambda: checkpoints(opened) - before)
    opened.page.goto(f"{opened.url}/lab/tree/udforsk.ipynb")
    expect(opened.panel.get_by_label("Spørgsmål", exact=True)).to_have_value("tid")


def test_nothing_was_asked_of_anybody_else(opened: Opened) -> None:
    own = opened.url.split("//")[1]
    assert [url for url in opened.requests if own not in url and not url.startswith(("data:", "blob:"))] == []


def test_a_silent_kernel_is_told_of_and_its_late_answer_is_shown(opened: Opened) -> None:
    (kernel,) = kernel_processes(opened.folder)
    os.kill(kernel, signal.SIGSTOP)
    try:
        opened.choose("Spørgsmål", "Køn")
        expect(opened.panel.get_by_role("status")).to_contain_text("Regner")
        expect(opened.panel.get_by_role("alert")).to_contain_text("Kernen har ikke svaret")
    finally:
        os.kill(kernel, signal.SIGCONT)
    expect(opened.panel.locator(".line code")).to_contain_text('"koen"')
    expect(opened.panel.get_by_role("alert")).to_be_empty()


def test_a_lost_kernel_is_told_of_at_once(opened: Opened) -> None:
    (kernel,) = kernel_processes(opened.folder)
    os.kill(kernel, signal.SIGKILL)
    expect(opened.panel.get_by_role("alert")).to_contain_text("Kernen er væk")
    opened.page.locator(".jp-Dialog button").first.click()  # JupyterLab tells of it too
    opened.choose("Spørgsmål", "Alder")
    expect(opened.panel.get_by_role("alert")).to_contain_text("Kør cellen igen")
    opened.run()
    expect(opened.panel.get_by_role("alert")).to_be_empty()
