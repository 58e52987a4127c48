"""The text coder where it is used: in JupyterLab, in a browser, with a kernel that may be killed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from coding_lab import CHROMIUM, GIVEN, ROOT, Lab, drag, give, opened, quotes, study_folder
from lab import Address, jupyterlab, kernel_processes, until, write_notebook

from blupkit.core import read_study
from blupkit.interviews import read_codebook, read_coded_answers, read_codings, read_turns
from blupkit.interviews.coding.log import read_log
from blupkit.survey import read_responses

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
ANSWERS = """from blupkit import core, interviews, survey
study = core.read_study("svar")
turns = interviews.answer_turns(survey.read_responses(study).answers)
interviews.coder(study, "aab1", "A", turns=turns)"""
expect = playwright.expect


def answers_folder(folder: Path) -> None:
    """Write the demo with a log for its open answers, nothing coded yet."""
    shutil.copytree(ROOT / "data/demo", folder / "svar", ignore=shutil.ignore_patterns("generator"))
    settings = folder / "svar" / "study.toml"
    text = settings.read_text(encoding="utf-8").replace("kodninger_aabne.tsv", "kodninger_aabne.jsonl")
    settings.write_text(text, encoding="utf-8")
    write_notebook(folder / "svar.ipynb", ANSWERS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Address]]:
    folder = tmp_path_factory.mktemp("lab")
    study_folder(folder)
    answers_folder(folder)
    with jupyterlab(folder, tmp_path_factory.mktemp("home")) as address:
        yield folder, address


@pytest.fixture(scope="module")
def lab(server: tuple[Path, Address]) -> Iterator[Lab]:
    folder, address = server
    with opened(folder, address.url, address.door) as here:
        yield here


def test_words_marked_with_the_mouse_get_a_code_at_the_right_place_past_emoji(lab: Lab) -> None:
    drag(lab, 2, "Kan I høre mig?")
    lab.page.locator(".blup-coder [role=combobox]").fill("4.4")
    lab.page.keyboard.press("Enter")
    lab.saved()
    (event,) = lab.coded()
    assert (event["quote"], event["start"], event["end"], event["code"]) == ("Kan I høre mig?", 3, 18, "4.4")
    chip = lab.turn(2).locator(GIVEN)
    assert "4.4 Økonomi og puljer" in chip.inner_text()
    study = read_study(lab.folder / "demo")
    codings = read_codings(study, read_turns(study), read_codebook(study))
    assert codings[["turn", "code", "quote"]].values.tolist() == [[2, "4.4", "Kan I høre mig?"]]


def test_the_keyboard_alone_codes_a_sentence_sets_its_direction_and_takes_it_back(lab: Lab) -> None:
    before = len(lab.coded())
    lab.turn(2).focus()
    for key in ("j", "j", "s"):
        lab.page.keyboard.press(key)
    focused = lab.page.evaluate("document.activeElement.dataset.turn")
    assert focused == "4"
    lab.page.keyboard.press("c")
    lab.page.keyboard.type("mistillid")
    lab.page.keyboard.press("Enter")
    lab.saved()
    lab.page.wait_for_function("document.activeElement.classList.contains('turn')")
    assert lab.page.evaluate("document.querySelector('.blup-coder [aria-live].hidden').textContent").startswith("2.2 ")
    lab.page.keyboard.press("e")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("barr")
    expect(lab.turn(4).locator(".chips")).to_contain_text("barriere")
    added = lab.coded()[before:]
    assert [(event["code"], event["direction"], event["turn"]) for event in added] == [("2.2", "barriere", 4)]
    lab.turn(4).focus()
    lab.page.keyboard.press("Control+z")
    expect(lab.turn(4).locator(".chips")).not_to_contain_text("barriere")
    lab.page.keyboard.press("Control+z")
    expect(lab.turn(4).locator(GIVEN)).to_have_count(0)
    assert len(lab.coded()) == before
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 2  # no key has reached the notebook


def test_codes_overlap_and_their_numbers_are_no_part_of_the_text(lab: Lab) -> None:
    text = lab.turn(6).locator(".text")
    whole = text.inner_text()

    def until_all_is_chosen() -> None:
        """No hand types before the page has taken the third click, which a page that is busy does in a while."""
        until(lab.page, lambda: "".join(text.locator(".chosen").all_inner_texts()) == whole)

    text.click(click_count=3)  # marks the paragraph, and runs on into what comes next
    until_all_is_chosen()
    give(lab, "1.1")
    drag(lab, 6, "på kontoret i dag")
    give(lab, "2.2")
    shown = text.locator(".open").all_inner_texts()
    assert "".join(shown) == "på kontoret i dag"  # the passage of the coding in the form
    text.click(click_count=3)  # over the numbers that stand in it now
    until_all_is_chosen()
    give(lab, "3.1")
    lab.turn(6).locator(".head").click()
    give(lab, "4.4")
    drag(lab, 6, "bevæget mig i ti")
    give(lab, "5.1")
    assert quotes(lab, 6) == [
        ("1.1", whole), ("2.2", "på kontoret i dag"), ("3.1", whole), ("4.4", whole), ("5.1", "bevæget mig i ti"),
    ]  # fmt: skip
    assert text.locator("sup").all_inner_texts() == ["1.1", "3.1", "4.4", "2.2", "5.1"]
    for left in (4, 3, 2, 1, 0):
        lab.turn(6).focus()
        lab.page.keyboard.press("Control+z")
        expect(lab.turn(6).locator(GIVEN)).to_have_count(left)


def test_words_of_two_turns_are_not_one_passage(lab: Lab) -> None:
    lab.turn(6).scroll_into_view_if_needed()
    first, second = (lab.turn(number).locator(".text").bounding_box() for number in (6, 7))
    lab.page.mouse.move(first["x"] + 60, first["y"] + 12)
    lab.page.mouse.down()
    lab.page.mouse.move(second["x"] + 90, second["y"] + 12, steps=5)
    lab.page.mouse.up()
    expect(lab.page.locator(".blup-coder .alarm")).to_contain_text("én tur ad gangen")
    assert quotes(lab, 6) == quotes(lab, 7) == []


def test_a_number_that_is_typed_finds_the_codes_that_begin_with_it(lab: Lab) -> None:
    lab.turn(7).focus()
    for key in ("s", "c", "2"):
        lab.page.keyboard.press(key)
    first = lab.page.locator(".blup-coder [role=option][aria-selected=true]")
    expect(first).to_contain_text("2.1")
    lab.page.keyboard.press("Escape")


def test_a_memo_is_saved_while_it_is_being_written(lab: Lab) -> None:
    drag(lab, 7, "min oplader")
    give(lab, "5.1")
    box = lab.page.locator(".blup-coder .panel textarea")
    box.click()
    lab.page.keyboard.type("Tjek »strøm« på møder, æøå")
    expect(lab.page.locator(".blup-coder .status")).to_contain_text("ikke gemt endnu")
    expect(lab.turn(7).locator(GIVEN)).to_contain_text("memo")
    assert lab.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    lab.page.keyboard.type("!")
    lab.page.keyboard.press("Escape")  # at once: what was written is not lost
    whole = ["Tjek »strøm« på møder, æøå!"]
    until(lab.page, lambda: [event["memo"] for event in lab.coded() if event["turn"] == 7] == whole)
    lab.turn(7).locator(GIVEN).click()
    expect(box).to_have_value("Tjek »strøm« på møder, æøå!")
    lab.turn(7).focus()
    lab.page.keyboard.press("Delete")
    expect(lab.turn(7).locator(GIVEN)).to_have_count(0)


def test_what_cannot_be_written_is_told_of_and_not_shown_as_saved(lab: Lab) -> None:
    drag(lab, 7, "min oplader")
    give(lab, "5.1")
    told = len(lab.coded())
    aside = lab.log.with_suffix(".aside")
    lab.log.rename(aside)
    lab.log.mkdir()
    direction = lab.page.locator(".blup-coder .panel select").nth(1)
    try:
        direction.select_option("barriere")
        expect(lab.page.locator(".blup-coder .alarm")).not_to_be_empty()
        expect(direction).to_have_value("")
        drag(lab, 4, "endda")
        lab.page.locator(".blup-coder [role=combobox]").fill("1.2")
        lab.page.keyboard.press("Enter")
        expect(lab.page.locator(".blup-coder .alarm")).to_contain_text("Ikke gemt")
        expect(lab.turn(4).locator(GIVEN)).to_have_count(0)
    finally:
        lab.log.rmdir()
        aside.rename(lab.log)
    give(lab, "1.2")  # the words are still marked
    assert len(lab.coded()) == told + 1
    expect(lab.turn(7).locator(GIVEN)).to_have_count(1)
    lab.page.keyboard.press("Control+z")
    expect(lab.turn(4).locator(GIVEN)).to_have_count(0)
    expect(lab.page.locator(".blup-coder .alarm")).to_be_empty()


def test_a_kernel_that_is_busy_with_another_cell_saves_all_the_same(lab: Lab) -> None:
    busy = lab.page.locator(".jp-Notebook .jp-CodeCell").nth(1)
    busy.locator(".cm-content").click()
    lab.page.keyboard.press("Control+Enter")
    drag(lab, 7, "Undskyld")
    give(lab, "1.3")
    assert busy.locator(".jp-InputPrompt").inner_text().strip() == "[*]:"
    (lab.folder / "nok").touch()
    expect(busy.locator(".jp-InputPrompt")).not_to_have_text("[*]:")


def test_a_silent_kernel_is_told_of_and_its_late_answer_is_shown(lab: Lab) -> None:
    alarm, given = lab.page.locator(".blup-coder .alarm"), lab.turn(7).locator(GIVEN, has_text="1.2")
    (kernel,) = kernel_processes(lab.folder)
    os.kill(kernel, signal.SIGSTOP)
    try:
        drag(lab, 7, "Undskyld")
        lab.page.locator(".blup-coder [role=combobox]").fill("1.2")
        lab.page.keyboard.press("Enter")
        expect(lab.page.locator(".blup-coder .status")).to_contain_text("Gemmer")
        expect(alarm).to_contain_text("Kernen svarer ikke")
        expect(given).to_have_count(0)
    finally:
        os.kill(kernel, signal.SIGCONT)
    expect(given).to_have_count(1)
    lab.saved()
    expect(alarm).to_be_empty()
    assert ("1.2", "Undskyld") in quotes(lab, 7)


def test_a_turn_that_gets_a_code_stays_in_a_list_of_turns_without(lab: Lab) -> None:
    shown = lab.page.get_by_label("Vis kun ture med koden")
    shown.select_option("uden")
    assert lab.turn(7).is_hidden()
    assert lab.turn(1).is_hidden()
    drag(lab, 11, "og")
    give(lab, "1.2")
    assert lab.turn(11).is_visible()
    shown.select_option("")
    shown = lab.page.get_by_label("Vis kun ture fra")
    shown.select_option("rolle:ansat")
    assert lab.turn(6).is_visible()
    assert lab.turn(7).is_hidden()
    shown.select_option("")


def test_suggestions_are_accepted_or_dismissed_with_one_key_each_and_stay_so(lab: Lab) -> None:
    offers = lab.page.evaluate(
        "[...document.querySelectorAll('.blup-coder .turn:has(.dashed)')].map(turn => turn.dataset.turn)"
    )
    before = len(lab.coded())
    lab.turn(offers[0]).focus()
    lab.page.keyboard.press("a")
    expect(lab.turn(offers[0]).locator(GIVEN)).to_have_count(1)
    assert len(lab.coded()) == before + 1
    assert lab.coded()[-1]["coder"] == "A"
    count = lab.turn(offers[1]).locator(".offer").count()
    lab.turn(offers[1]).focus()
    lab.page.keyboard.press("x")
    expect(lab.turn(offers[1]).locator(".offer")).not_to_have_count(count)
    assert len(lab.coded()) == before + 1
    assert read_log(lab.log)[0][-1][1].action == "afvist"
    lab.turn(offers[2]).focus()
    lab.page.keyboard.press("a")
    expect(lab.turn(offers[2]).locator(GIVEN)).to_have_count(1)
    assert len(lab.coded()) == before + 2


def test_how_far_suggestions_can_be_trusted_comes_when_it_is_known(lab: Lab) -> None:
    expect(lab.page.locator(".blup-coder .trust")).to_have_text(
        "Forslagene kan først prøves, når to interview er kodet."
    )


def test_a_search_finds_a_word_in_all_its_forms(lab: Lab) -> None:
    lab.page.locator(".blup-coder input[type=search]").fill("pulje")
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_function("document.querySelector('.blup-coder .hits').textContent.includes(' af ')")
    marked = [word.lower() for word in lab.page.locator(".blup-coder .hit").all_inner_texts()]
    assert any(word != "pulje" and word.startswith("pulje") for word in marked)
    lab.page.locator(".blup-coder input[type=search]").fill("")
    lab.page.keyboard.press("Enter")


def test_the_moderator_is_not_coded(lab: Lab) -> None:
    lab.turn(1).focus()
    lab.page.keyboard.press("t")
    assert "kodes ikke" in lab.page.locator(".blup-coder .alarm").inner_text()
    lab.page.keyboard.press("Escape")


def test_every_control_has_a_name(lab: Lab) -> None:
    nameless = lab.page.evaluate(
        """[...document.querySelectorAll('.blup-coder :is(button, input, select, textarea)')]
            .filter(node => !(node.getAttribute('aria-label') || node.textContent.trim() || node.closest('label')))
            .map(node => node.outerHTML)"""
    )
    assert nameless == []


def test_axe_finds_nothing_in_any_state_of_the_coder(lab: Lab) -> None:
    coding = lab.turn(4)
    coding.focus()
    assert lab.faults() == []
    for key in ("s", "c", "2"):
        lab.page.keyboard.press(key)
    expect(lab.page.locator(".blup-coder [role=option][aria-selected=true]")).to_be_visible()
    assert lab.faults() == []
    lab.page.keyboard.press("Escape")
    coding.focus()
    lab.page.keyboard.press("?")
    expect(lab.page.locator(".blup-coder .keys")).to_be_visible()
    assert lab.faults() == []
    lab.page.keyboard.press("?")


def test_nothing_moves_for_who_has_asked_for_that(lab: Lab) -> None:
    moving = """[...document.querySelectorAll('.blup-coder, .blup-coder *')].map(node => getComputedStyle(node)).filter(
        style => parseFloat(style.transitionDuration) || style.animationName !== 'none'
            || style.scrollBehavior === 'smooth').length"""
    lab.page.emulate_media(reduced_motion="reduce")
    assert lab.page.evaluate(moving) == 0
    lab.page.emulate_media(reduced_motion="no-preference")


def test_a_reloaded_page_and_a_killed_kernel_lose_nothing_that_was_shown_as_saved(lab: Lab) -> None:
    drag(lab, 4, "lampe")
    give(lab, "5.1")
    lab.saved()
    told = len(lab.coded())
    kernels = kernel_processes(lab.folder)
    assert len(kernels) == 1
    os.kill(kernels[0], signal.SIGKILL)
    assert len(lab.coded()) == told
    lab.page.locator(".jp-Dialog button").first.click()  # JupyterLab tells that the kernel is gone
    drag(lab, 4, "endda")
    lab.page.locator(".blup-coder [role=combobox]").fill("1.2")
    lab.page.keyboard.press("Enter")
    expect(lab.page.locator(".blup-coder .alarm")).to_contain_text("Det sidste er ikke gemt")
    assert len(lab.coded()) == told
    lab.run()
    shown = lab.page.locator(".blup-coder .count").inner_text()
    assert shown.startswith(f"{told} ")
    assert lab.turn(4).locator(GIVEN).all_inner_texts() == ["5.1 Frivilliges tid og belastning"]


def test_open_answers_are_coded_in_the_same_way(lab: Lab) -> None:
    lab.run("svar")
    first = lab.page.locator(".blup-coder .turn").first
    number = first.get_attribute("data-turn")
    said = first.locator(".text").inner_text()
    first.focus()
    for key in ("t", "c"):
        lab.page.keyboard.press(key)
    lab.page.keyboard.type("6.2")
    lab.page.keyboard.press("Enter")
    lab.saved()
    (event,) = (event for _, event in read_log(lab.folder / "svar/spoergeskema/kodninger_aabne.jsonl")[0])
    assert (event.passage.code, str(event.passage.turn), event.passage.quote) == ("6.2", number, said)
    study = read_study(lab.folder / "svar")
    codings = read_coded_answers(study, read_responses(study).answers).codings
    assert codings[["interview", "code", "quote"]].values.tolist() == [["aab1", "6.2", said]]


def test_nothing_was_asked_of_anybody_else(lab: Lab) -> None:
    own = lab.url.split("//")[1]
    assert [url for url in lab.requests if own not in url and not url.startswith(("data:", "blob:"))] == []
