"""Three hands code thirty passages in JupyterLab, and the log holds exactly what each of them meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from coding_lab import CHROMIUM, GIVEN, Lab, drag, opened, study_folder
from lab import jupyterlab, until

from blupkit.core import read_study
from blupkit.interviews import read_turns
from blupkit.interviews.coding.log import Action, append_events, new_event, read_log
from blupkit.interviews.coding.passage import Passage

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
COMBOBOX = ".blup-coder [role=combobox]"
#: What each hand gives, in turn: every theme, numbers that begin alike, and one code twice.
CODES = ["2.1", "1.1", "6.5", "3.4", "4.2", "5.3", "2.1", "6.1", "1.4", "3.2"]
#: How the one who types finds them: by number, by the beginning of the name, by a word in it. Letters that are keys of
#: the turn (a, e, j, k, n, s, t, x) are among them.
TYPED = ["2.1", "forv", "fælles", "regler", "4.2", "rekr", "tillid og a", "6.1", "bindeled", "sagsb"]
expect = playwright.expect


class Place(NamedTuple):
    """A turn, and where its first words begin and end."""

    turn: int
    text: str
    words: list[tuple[int, int]]

    def part(self, first: int, last: int) -> str:
        """Give the words from one to another."""
        return self.text[self.words[first][0] : self.words[last][1]]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("haender")
    study_folder(folder, of_both=True)
    other = new_event("B", Action.CODED, Passage("fg1", 2, 3, 18, "3.3", quote="Kan I høre mig?"))
    (folder / "demo/interview/kodninger_B.jsonl").unlink()
    append_events(folder / "demo/interview/kodninger_B.jsonl", [other])
    home = tmp_path_factory.mktemp("home")
    with jupyterlab(folder, home) as address, opened(folder, address.url, address.door) as here:
        yield here


@pytest.fixture(scope="module")
def places(lab: Lab) -> list[Place]:
    """Thirty turns of participants that begin with eight plain words."""
    turns = read_turns(read_study(lab.folder / "demo"))
    said = turns[(turns["interview"] == "fg1") & turns["role"].isin(["lokalråd", "ansat"])]
    plain = re.compile(r"[A-Za-zÆØÅæøå]+(?:,? [A-Za-zÆØÅæøå]+){7}\b")
    begun = [(int(turn), text) for turn, text in zip(said["turn"], said["text"], strict=True) if plain.match(text)]
    spans = [[match.span() for match in re.finditer(r"[A-Za-zÆØÅæøå]+", text)] for _, text in begun]
    return [Place(turn, text, words) for (turn, text), words in zip(begun, spans, strict=True)][:30]


def meant(lab: Lab, since: int = 0) -> list[tuple[str, int, Any, Any, str, str, str]]:
    """Give the lines of the log, as whoever codes would tell what they did."""
    events = [event for _, event in read_log(lab.log)[0]][since:]
    return [
        (str(event.action), p.turn, p.start, p.end, p.code, p.direction, p.quote or "")
        for event in events
        for p in [event.passage]
    ]


def line(place: Place, words: str, code: str) -> tuple[str, int, int, int, str, str, str]:
    start = place.text.index(words)
    return ("kodet", place.turn, start, start + len(words), code, "", words)


def wait_for_line(lab: Lab, count: int) -> None:
    until(lab.page, lambda: len(read_log(lab.log)[0]) >= count)
    expect(lab.page.locator(".blup-coder .panel textarea")).to_be_visible()


def lines(lab: Lab) -> int:
    return len(read_log(lab.log)[0])


def test_thirty_passages_by_three_hands_are_in_the_log_as_they_were_meant(lab: Lab, places: list[Place]) -> None:
    assert len(places) == 30
    expected = []
    for place, code in zip(places[:10], CODES, strict=True):  # mouse and list
        words = place.part(0, 4)
        drag(lab, place.turn, words)
        lab.page.locator(".blup-coder .codes [role=option]", has_text=re.compile(rf"^{re.escape(code)}\D")).last.click()
        expected.append(line(place, words, code))
        wait_for_line(lab, len(expected))
    for place, code, typed in zip(places[10:20], CODES, TYPED, strict=True):  # mouse and typing
        words = place.part(2, 6)
        drag(lab, place.turn, words)
        lab.page.keyboard.type(typed)
        lab.page.keyboard.press("Enter")
        expected.append(line(place, words, code))
        wait_for_line(lab, len(expected))
    for number, (place, code, typed) in enumerate(zip(places[20:], CODES, TYPED, strict=True)):  # keyboard alone
        lab.turn(place.turn - 1).focus()
        lab.page.keyboard.press("j")
        count = 1 + number % 6
        if number == 9:
            lab.page.keyboard.press("t")
        else:
            for _ in range(count + 1):
                lab.page.keyboard.press("Shift+ArrowRight")
            lab.page.keyboard.press("Shift+ArrowLeft")
        lab.page.keyboard.press("c" if number % 2 else "Enter")
        lab.page.keyboard.type(typed)
        lab.page.keyboard.press("Enter")
        expected.append(line(place, place.text if number == 9 else place.part(0, count - 1), code))
        wait_for_line(lab, len(expected))
    assert meant(lab) == expected
    assert {event.coder for _, event in read_log(lab.log)[0]} == {"A"}
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 2  # no key has reached the notebook


def offered(lab: Lab, without: str = "") -> Any:
    """Find a turn with a suggestion and without a code."""
    place = f".blup-coder .turn:has(.dashed):not(:has({GIVEN})){without}"
    return lab.turn(int(lab.page.locator(place).first.get_attribute("data-turn")))


def first_words(turn: Any, count: int) -> str:
    return " ".join((turn.locator(".text .piece").first.text_content() or "").split()[:count])


def test_no_letter_changes_anything_while_words_are_marked(lab: Lab) -> None:
    before = lines(lab)
    turn = offered(lab)
    drag(lab, int(turn.get_attribute("data-turn")), first_words(turn, 3))
    lab.page.keyboard.type("ansatte")
    expect(lab.page.locator(COMBOBOX)).to_have_value("ansatte")
    expect(lab.page.locator(".blup-coder .codes [role=option]")).to_have_text([re.compile("Behov hos ansatte")])
    lab.page.keyboard.press("Escape")
    turn.focus()
    for key in ("t", "x", "e", "a"):  # the first letter that is no way to mark begins to narrow the list
        lab.page.keyboard.press(key)
    expect(lab.page.locator(COMBOBOX)).to_have_value("xea")
    lab.page.keyboard.press("Escape")
    turn.focus()
    for key in ("t", "2", ".", "1"):
        lab.page.keyboard.press(key)
    expect(lab.page.locator(".blup-coder .codes [aria-selected=true]")).to_contain_text("2.1")
    lab.page.keyboard.press("Escape")
    assert lines(lab) == before


def test_enter_alone_gives_no_code_and_moving_lets_go_of_the_mark(lab: Lab, places: list[Place]) -> None:
    before = lines(lab)
    turn = lab.turn(places[0].turn)
    turn.focus()
    for key in ("t", "Enter", "Enter"):
        lab.page.keyboard.press(key)
    expect(lab.page.locator(".blup-coder .alarm")).to_have_text("Skriv nummer eller navn, eller vælg med piletasterne.")
    turn.focus()
    lab.page.keyboard.press("s")
    expect(lab.page.locator(".blup-coder .chosen")).not_to_have_count(0)
    lab.page.keyboard.press("j")
    expect(lab.page.locator(".blup-coder .chosen")).to_have_count(0)
    expect(lab.page.locator(".blup-coder .panel .quote")).to_have_count(0)
    assert lines(lab) == before


def test_the_same_code_on_the_same_words_is_refused_in_words(lab: Lab, places: list[Place]) -> None:
    before = lines(lab)
    place = places[10]
    words = place.part(2, 6)
    drag(lab, place.turn, words)
    lab.page.keyboard.type("2.1")
    lab.page.keyboard.press("Enter")
    expect(lab.page.locator(".blup-coder .alarm")).to_contain_text("Stedet har allerede koden 2.1")
    lab.page.keyboard.press("Escape")
    assert lines(lab) == before


def test_an_accepted_suggestion_is_undone_in_one_step(lab: Lab) -> None:
    turn = offered(lab)
    before = lab.coded()
    turn.focus()
    lab.page.keyboard.press("a")
    expect(turn.locator(GIVEN)).to_have_count(1)
    lab.page.keyboard.press("Control+z")
    expect(turn.locator(GIVEN)).to_have_count(0)
    expect(turn.locator(".offer")).to_have_count(1)
    assert lab.coded() == before


def test_the_ends_of_a_passage_are_moved_by_keys_and_taken_back(lab: Lab, places: list[Place]) -> None:
    place = places[11]
    turn = lab.turn(place.turn)
    turn.locator(GIVEN).first.click()
    turn.focus()
    quote = lab.page.locator(".blup-coder .panel .quote")
    for key, words in (
        ("Shift+ArrowRight", place.part(2, 7)),
        ("Shift+Alt+ArrowLeft", place.part(1, 7)),
        ("Shift+Alt+ArrowRight", place.part(2, 7)),
        ("Shift+ArrowLeft", place.part(2, 6)),
    ):
        lab.page.keyboard.press(key)
        expect(quote).to_have_text(f"»{words}«")
    assert [each[:2] + each[4:5] for each in meant(lab)[-4:]] == [("rettet", place.turn, "1.1")] * 4
    lab.page.keyboard.press("Control+z")
    expect(quote).to_have_text(f"»{place.part(2, 7)}«")
    lab.page.keyboard.press("Control+z")
    expect(quote).to_have_text(f"»{place.part(1, 7)}«")
    for _ in range(2):
        lab.page.keyboard.press("Control+z")
    expect(quote).to_have_text(f"»{place.part(2, 6)}«")


def test_a_code_is_made_of_the_words_themselves_and_taken_out_again(lab: Lab, places: list[Place]) -> None:
    book = lab.folder / "demo/interview/kodebog.csv"
    before, coded = book.read_bytes(), lab.coded()
    place = places[12]
    drag(lab, place.turn, place.part(0, 1))
    lab.page.keyboard.press("Control+Enter")
    form = lab.page.get_by_role("form", name="Ny kode")
    expect(form.get_by_label("Kodens navn")).to_have_value(place.part(0, 1))
    form.locator("select").select_option("2")
    form.get_by_label("Definition").fill("Deltagerens egne ord")
    form.get_by_label("Kodens navn").press("Enter")
    chip = lab.turn(place.turn).locator(GIVEN, has_text=f"2.5 {place.part(0, 1)}")
    expect(chip).to_have_count(1)
    row = f"2.5;2;Tillid og relationer;{place.part(0, 1)};Deltagerens egne ord;;;;\n".encode()
    after = book.read_bytes()
    assert len(after) == len(before) + len(row)
    assert after.replace(row, b"") == before
    lab.turn(place.turn).focus()
    lab.page.keyboard.press("Control+z")
    expect(chip).to_have_count(0)
    assert book.read_bytes() == before
    assert lab.coded() == coded
    expect(lab.page.locator(".blup-coder .codes [role=option]", has_text="2.5")).to_have_count(0)


def test_the_list_folds_by_theme_and_has_the_latest_on_top(lab: Lab) -> None:
    lab.turn(2).focus()
    lab.page.keyboard.press("Escape")
    rows = lab.page.locator(".blup-coder .codes li")
    expect(rows.first).to_have_text("Senest brugt")
    expect(rows.nth(1)).to_contain_text(CODES[-1])
    theme = lab.page.get_by_role("option", name=re.compile("Tema 3 "))
    shown = rows.count()
    theme.click()
    expect(rows).to_have_count(shown - 4)
    expect(theme).to_have_accessible_name(re.compile("foldet sammen$"))
    lab.page.locator(COMBOBOX).focus()
    lab.page.keyboard.press("ArrowRight")
    expect(rows).to_have_count(shown)


def look_around(lab: Lab) -> None:
    """Go through all that can be looked up, and have axe look at each; ends in the transcript."""
    lab.turn(2).focus()
    lab.page.keyboard.press("Escape")
    assert lab.faults() == []
    lab.page.locator(".blup-coder .codes [role=option]", has_text=re.compile(r"^2\.1")).last.click()
    expect(lab.page.get_by_label("Memo om koden")).to_be_visible()
    assert lab.faults() == []
    lab.page.get_by_role("button", name="Alle steder med koden").click()
    expect(lab.page.locator(".blup-coder .entries li").first).to_be_visible()
    assert lab.faults() == []
    lab.page.keyboard.press("Escape")
    lab.page.get_by_role("button", name="Memoer").click()
    expect(lab.page.get_by_label("Memo om Gruppe 1")).to_be_visible()
    assert lab.faults() == []
    lab.page.keyboard.press("Escape")
    lab.page.get_by_role("button", name="Ny kode").click()
    expect(lab.page.get_by_label("Kodens navn")).to_be_focused()
    assert lab.faults() == []
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator(COMBOBOX)).to_be_visible()


def test_axe_finds_nothing_in_what_is_looked_up_on_any_screen(lab: Lab) -> None:
    look_around(lab)
    lab.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(lab.page.locator(".blup-coder.dark")).to_have_count(1)
    look_around(lab)
    own = lab.page.locator(".blup-coder")
    own.evaluate("node => { node.style.width = '358px'; }")  # what a telephone of 390 leaves for it
    look_around(lab)
    assert own.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    own.evaluate("node => { node.style.width = ''; }")
    lab.page.evaluate("document.body.dataset.jpThemeLight = 'true'")


def test_all_passages_of_a_code_lead_to_their_place(lab: Lab, places: list[Place]) -> None:
    lab.page.locator(".blup-coder .codes [role=option]", has_text=re.compile(r"^6\.5")).last.click()
    lab.page.get_by_role("button", name="Alle steder med koden").click()
    entries = lab.page.locator(".blup-coder .entries li")
    expect(entries).to_have_count(3)
    expect(entries.nth(0)).to_contain_text(places[2].part(0, 4))
    entries.nth(1).get_by_role("button").click()
    expect(lab.turn(places[12].turn)).to_be_focused()


def test_memos_on_a_code_and_on_the_interview_are_saved_as_they_are_written(lab: Lab) -> None:
    lab.page.get_by_role("button", name="Memoer").click()
    lab.page.get_by_label("Memo om Gruppe 1").fill("Rolig, lidt træt")
    lab.page.keyboard.press("Escape")
    until(lab.page, lambda: read_log(lab.log)[0][-1][1].passage.memo == "Rolig, lidt træt")
    assert read_log(lab.log)[0][-1][1].passage.interview == "fg1"


def test_anothers_marks_stand_beside_ones_own_when_they_are_asked_for(lab: Lab) -> None:
    beside = lab.turn(2).locator(".other-chip")
    expect(beside).to_have_count(0)
    box = lab.page.get_by_label("Kodninger af B")
    box.check()
    expect(beside).to_have_text(["B: 3.3 Samarbejde på tværs af forvaltninger"])
    box.uncheck()
    expect(beside).to_have_count(0)


def test_another_interview_is_chosen_in_the_coder(lab: Lab) -> None:
    picker = lab.page.get_by_label("Interview", exact=True)
    done = len({event["turn"] for event in lab.coded()})
    expect(picker.locator("option").first).to_contain_text(f"Gruppe 1 ({done} af ")
    picker.select_option("fg2")
    said = read_turns(read_study(lab.folder / "demo")).query("interview == 'fg2'")
    expect(lab.page.locator(".blup-coder .turn")).to_have_count(len(said))
    expect(lab.page.locator(".blup-coder .count")).to_have_text("0 kodninger")
    lab.page.get_by_label("Interview", exact=True).select_option("fg1")
    expect(lab.page.locator(".blup-coder .count")).to_have_text(f"{len(lab.coded())} kodninger")


def test_a_page_that_is_loaded_again_has_the_coder_without_a_cell_being_run(lab: Lab) -> None:
    notebook = lab.folder / "kodning.ipynb"
    lab.page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    lab.page.keyboard.press("Control+s")
    until(lab.page, lambda: "widget-view" in notebook.read_text(encoding="utf-8"))
    before = len(lab.coded())
    lab.page.reload()
    lab.page.locator(".blup-coder .turn").first.wait_for()
    expect(lab.page.locator(".blup-coder .count")).to_have_text(re.compile(rf"^{before} "))
    lab.turn(2).focus()
    for key in ("t", "c", "3", "Enter"):
        lab.page.keyboard.press(key)
    expect(lab.page.locator(".blup-coder .count")).to_have_text(re.compile(rf"^{before + 1} "))
    assert len(lab.coded()) == before + 1


def test_the_transcript_was_edited_and_what_stood_elsewhere_is_found_confirmed_or_put_there_by_hand(lab: Lab) -> None:
    talk = Path(lab.folder) / "demo/interview/fg1.vtt"
    whole = talk.read_text(encoding="utf-8")
    said = lab.coded()
    gone = said[0]["quote"]
    talk.write_text(whole.replace(gone, gone.replace(" ", " hm ", 1), 1), encoding="utf-8")
    try:
        lab.run()
        told = lab.page.get_by_role("region", name="Kodninger, der ikke står, hvor de stod")
        expect(told).to_contain_text("1 kodning er sat til side")
        expect(lab.page.locator(".blup-coder .count")).to_have_text(f"{len(said) - 1} kodninger")
        assert lab.faults() == []
        told.get_by_role("button", name="Find deres plads").click()
        expect(told).to_contain_text("1 kodning har fået foreslået en plads, hvor ordene er lidt anderledes.")
        expect(told.get_by_role("button", name="Bekræft")).to_have_count(0)  # nothing was moved with its words
        assert lab.faults() == []
        told.get_by_role("button", name="Gå til den næste").click()
        lab.page.locator(".turn:focus").get_by_role("button", name="Bekræft stedet").click()
        expect(told).to_be_hidden()
        expect(lab.page.locator(".blup-coder .count")).to_have_text(f"{len(said)} kodninger")
        assert any(" hm " in event["quote"] for event in lab.coded())
    finally:
        talk.write_text(whole, encoding="utf-8")
