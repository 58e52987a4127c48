"""Every sentence on what was said, of the demo and of parts of it, read as a proofreader reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

import pandas as pd
import pytest
import readability

from blupkit import interviews
from blupkit.core import Edition, Study, read_edition, read_study
from blupkit.core.danish import HEADING_WORDS
from blupkit.disclosure import SafeTable, spoken
from blupkit.interviews import Coded
from blupkit.interviews.analysis.findings import text_groups_differ, text_themes
from blupkit.interviews.analysis.front import text_interviews, text_suggested
from blupkit.interviews.analysis.joint_display import VERDICTS
from blupkit.interviews.coding.learned_suggestions import LEARNED, POPULAR

#: Parts of the demo in which other sentences are said.
PARTS: dict[str, Callable[[Coded], Coded]] = {
    "all": lambda coded: coded,
    "one interview": lambda coded: coded.only("fg1"),
    "one group": lambda coded: replace(coded, turns=coded.turns[coded.turns["group"] != "L"]),
    "one theme": lambda coded: replace(coded, codings=coded.codings[coded.codings["theme"] == "1"]),
    "few codings": lambda coded: replace(coded, codings=coded.codings.head(3)),
    "nothing coded": lambda coded: replace(coded, codings=coded.codings.head(0)),
    "only suggested": lambda coded: replace(coded, codings=interviews.suggest_codes(coded)),
}
#: The areas that the demo's judgements name, without a number of their own.
AREAS = SafeTable(
    pd.DataFrame({"municipality": "alle", "group": "L", "item": [f"D{place}" for place in range(1, 7)],
                  "label": [f"Område {place}" for place in range(1, 7)], "value": 1.2, "n": 10, "status": "vist"}),
    5,
)  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study("data/demo")


@pytest.fixture(scope="module")
def everything(demo: Study) -> Coded:
    return interviews.read_coded(demo)


def said(coded: Coded, study: Study, edition: Edition) -> dict[str, str]:
    reach, by_group = interviews.spread(coded, study), spoken(interviews.theme_counts(coded), study)
    directions, positions = interviews.direction_counts(coded), interviews.position_counts(coded)
    return {
        "finding_themes": interviews.finding_themes(reach),
        "finding_groups_differ": interviews.finding_groups_differ(by_group, edition),
        "finding_directions": interviews.finding_directions(directions),
        "finding_positions": interviews.finding_positions(positions),
        "finding_pairs": interviews.finding_pairs(interviews.theme_pairs(coded)),
        "text_themes": text_themes(reach),
        "text_groups_differ": text_groups_differ(by_group, edition),
        "list_spread": interviews.list_spread(reach),
        "text_interviews": text_interviews(coded, study),
        "text_method_interviews": interviews.text_method_interviews(study, coded),
        "text_speaking": interviews.text_speaking(coded),
        "text_saturation": interviews.text_saturation(coded),
        "text_agreement": interviews.text_agreement(interviews.coder_agreement(coded), coded, study),
        "text_in_short": interviews.text_in_short(study),
        "text_suggested": text_suggested(coded),
        "text_silent": interviews.text_silent(study, coded),
        "text_quotes": interviews.text_quotes(quotes_of(coded, study)),
        "finding_joint": interviews.finding_joint(interviews.joint_display(AREAS, reach, edition)),
    }


def quotes_of(coded: Coded, study: Study) -> pd.DataFrame:
    return interviews.choose_quotes(interviews.approved_quotes(study, coded))


@pytest.mark.parametrize("part", PARTS)
def test_every_sentence_on_what_was_said_reads_well(part: str, demo: Study, everything: Coded) -> None:
    edition = read_edition(demo, "alle")
    coded = PARTS[part](everything)
    people = interviews.read_register(demo)["name"]
    names = [*coded.themes.values(), *(group.name for group in demo.groups), *people]
    assert list(read_aloud(said(coded, demo, edition), names)) == []


def read_aloud(told: dict[str, str], names: list[str]) -> Iterator[str]:
    """Give what is wrong with what is told."""
    for name, text in told.items():
        yield from (f"{name}: {fault}" for fault in readability.faults(text, names))
        if "finding" in name and len(text.split()) > HEADING_WORDS:
            yield f"{name}: more than {HEADING_WORDS} words: {text}"


def test_the_heading_over_both_materials_reads_well_however_they_agree() -> None:
    judged = [*VERDICTS.values(), "ikke vurderet"]
    found = []
    for many in range(5):
        for verdicts in combinations_with_replacement(judged, many):
            display = pd.DataFrame({"verdict": list(verdicts)})
            found += read_aloud({"finding_joint": interviews.finding_joint(display)}, [])
    assert found == []


#: How many of ten in each group write of three themes; None is hidden.
WRITTEN = {
    "each of its own": {"L": [9, 2, 1], "P": [1, 9, 2], "A": [1, 2, 9]},
    "all of the same": {"L": [9, 2, 1], "P": [8, 2, 1], "A": [9, 1, 1]},
    "close": {"L": [5, 5, 4], "P": [3, 4, 4], "A": [6, 5, 6]},
    "two alike and one that writes nothing": {"L": [9, 1, 1], "P": [9, 2, 1], "A": [0, 0, 0]},
    "one group": {"L": [9, 2, 1]},
    "some hidden": {"L": [9, None, 1], "P": [None, None, None], "A": [1, 2, 9]},
    "everything hidden": {"L": [None, None, None]},
    "nobody": {},
}


@pytest.mark.parametrize("written", WRITTEN)
def test_every_sentence_on_what_was_written_reads_well(written: str, demo: Study) -> None:
    edition = read_edition(demo, "alle")
    themes = ["Roller og forventninger", "Tillid", "Økonomi og praktiske rammer"]
    rows = [
        (group, str(place), themes[place], value if value is not None else float("nan"), 10,
         "skjult" if value is None else "vist")
        for group, values in WRITTEN[written].items()
        for place, value in enumerate(values)
    ]  # fmt: skip
    table = SafeTable(pd.DataFrame(rows, columns=["group", "item", "label", "value", "n", "status"]), 5)
    told = {
        "finding_open_answers": interviews.finding_open_answers(table, edition),
        "text_open_answers": interviews.text_open_answers(table, edition),
    }
    assert all(told.values())
    names = [*themes, *(edition.group_name(group.key) for group in edition.study.groups)]
    assert list(read_aloud(told, names)) == []


@pytest.mark.parametrize("learned", [67, 40])
def test_every_sentence_on_suggestions_reads_well(learned: int) -> None:
    evaluation = pd.DataFrame({"method": [POPULAR, LEARNED], "hit3": [52.0, learned], "turns": 412})
    told = [interviews.text_evaluation(each) for each in (evaluation, evaluation.head(0))]
    assert [fault for text in told for fault in readability.faults(text)] == []


def test_no_sentence_of_the_room_is_left_unread(demo: Study, everything: Coded) -> None:
    read = {
        *said(everything, demo, read_edition(demo, "alle")),
        "finding_open_answers",
        "text_open_answers",
        "text_evaluation",
    }
    says = {name for name in dir(interviews) if name.startswith(("text_", "finding_", "note_"))}
    assert says - read == set()
