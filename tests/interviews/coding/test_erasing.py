"""Somebody's codings taken out of a log in which codings have moved: theirs go, nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

from blupkit.interviews import Passage
from blupkit.interviews.coding.erasing import Erasing, codings_without
from blupkit.interviews.coding.log import Action, append_events, new_event


def test_whose_a_coding_is_is_said_by_where_it_stands_now(tmp_path: Path) -> None:
    path = tmp_path / "A.jsonl"
    theirs = [Passage("fg1", turn, 0, 3, "2.1", quote="Nej") for turn in (2, 3)]
    others = [Passage("fg1", turn, 0, 2, "2.1", quote="Ja") for turn in (3, 4)]
    for ident, (before, now) in {"theirs": theirs, "others": others}.items():
        append_events(path, [new_event("A", Action.CODED, before, ident), new_event("A", Action.MOVED, now, ident)])
    erasing = Erasing(lambda place: place == ("fg1", "3"), lambda _, __, text: text)
    raw, gone = codings_without(path.read_bytes(), "A.jsonl", erasing)
    assert gone == 2
    assert [json.loads(line)["id"] for line in raw.splitlines() if line] == ["others", "others"]
