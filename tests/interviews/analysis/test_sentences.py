"""Every sentence on what was said, of the demo and of parts of it, read as a proofreader reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import readability

from blupkit import interviews
from blupkit.core import Edition, Study, read_edition, read_study
from blupkit.core.danish import HEADING_WORDS
from blupkit.disclosure import spoken
from blupkit.interviews import Coded
from blupkit.interviews.analysis.findings import text_groups_differ, text_themes
from blupkit.interviews.analysis.front import text_interviews

#: Parts of the demo in which other sentences are said.
PARTS: dict[str, Callable[[Coded], Coded]] = {
    "all": lambda coded: coded,
    "one interview": lambda coded: coded.only("fg1"),
    "one group": lambda coded: replace(coded, turns=coded.turns[coded.turns["group"] != "L"]),
    "one theme": lambda coded: replace(coded, codings=coded.codings[coded.codings["theme"] == "1"]),
    "few codings": lambda coded: replace(coded, codings=coded.codings.head(3)),
    "nothing coded": lambda coded: replace(coded, codings=coded.codings.head(0)),
}


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
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_sentence_on_what_was_said_reads_well(part: str) -> None:
    demo = read_study("data/demo")
    edition = read_edition(demo, "alle")
    coded = PARTS[part](interviews.read_coded(demo))
    names = [*coded.themes.values(), *(group.name for group in demo.groups)]
    found = []
    for name, text in said(coded, demo, edition).items():
        found += [f"{name}: {fault}" for fault in readability.faults(text, names)]
        if "finding" in name and len(text.split()) > HEADING_WORDS:
            found.append(f"{name}: more than {HEADING_WORDS} words: {text}")
    assert found == []
