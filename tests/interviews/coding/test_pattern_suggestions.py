"""Suggestions from the patterns of the codebook, on sentences made for it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from blupkit.interviews import Codebook, read_codebook, read_turns, suggest_codes
from blupkit.interviews.coding.passage import Codable


def test_suggestions_come_from_the_patterns_and_leave_the_moderator_out(make_study: Any) -> None:
    study = make_study()
    turns = read_turns(study)
    found = suggest_codes(Codable(turns, read_codebook(study)))
    assert found[["interview", "turn", "code", "quote", "source", "coder"]].values.tolist() == [
        ["fg1", 2, "2.1", "Puljerne i Tværhave.", "forslag", ""],
        ["fg1", 2, "1.1", "Jeg kan ikke love noget.", "forslag", ""],
        ["fg1", 3, "1.1", "Det siger Bo altid, og vi har intet mandat.", "forslag", ""],
        ["fg2", 2, "2.1", "Vi søgte en pulje.", "forslag", ""],
    ]
    texts = turns.set_index(["interview", "turn"])["text"]
    assert all(texts[r.interview, r.turn][r.start : r.end] == r.quote for r in found.itertuples())


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("borger*", "Alle borgerne kom.", True),
        ("*inddragelse", "Det er Borgerinddragelse.", True),
        ("inddragelse", "Det er borgerinddragelse.", False),
        ("lokalråd", "Lokalrådene kom.", True),
        ("tage* alvorligt*", "De tager os alvorligt.", False),
        ("tage* alvorligt*", "At blive taget alvorligt.", True),
        ("samme bord", "Ved samme. Bord nej.", False),
    ],
)
def test_patterns_match_lemmas_wildcards_and_neighbours(pattern: str, text: str, hit: bool) -> None:
    turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "role": ["ansat"], "text": [text]})
    codes = Codebook(pd.DataFrame({"code": ["1"], "theme": ["1"], "patterns": [(pattern,)]}))
    assert (len(suggest_codes(Codable(turns, codes))) == 1) is hit
