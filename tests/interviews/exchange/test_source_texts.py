"""Which interview a text of another program is, and which turns a passage lies in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from interviews.exchange.exchange_support import (
    CODED,
    TURNS,
    TYPED,
    archive,
    code_points,
    guid,
    project,
    read_quotes,
    selections,
)

from blupkit.interviews import read_qdpx


def test_a_passage_over_two_turns_is_divided_and_labels_are_left_out(tmp_path: Path) -> None:
    start, end = TYPED.index("sidste år"), TYPED.index("vi har intet")
    body = selections(TYPED, CODED, code_points, named=999) + (
        f'<PlainTextSelection guid="{guid("x")}" startPosition="{start}" endPosition="{end}"><Description>Se her'
        f'</Description><Coding guid="{guid("y")}"><CodeRef targetGUID="{guid("Tillid")}"/></Coding>'
        "</PlainTextSelection>"
    )
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(body), TYPED.encode()), TURNS)
    divided = read.codings[read.codings["memo"] == "Se her"]
    # The blank before "vi" belongs to the passage as it was marked.
    assert divided[["turn", "quote"]].values.tolist() == [[2, "sidste år."], [3, "Det er rigtigt, og "]]
    assert divided["id"].nunique() == 2
    assert "1 sted går over flere ture og er delt i en kodning pr. tur." in read.notes


def test_a_text_that_is_no_interview_is_told_and_its_codings_are_listed(tmp_path: Path) -> None:
    other = "Et helt andet dokument.\nSvært og tale sammen er noget, man kan sige."
    xml = project(selections(other, [("tale sammen", "Tillid")], code_points))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, other.encode()), TURNS)
    assert read.codings.empty
    assert "Teksten »fg1« er ikke et af interviewene; dens kodninger er udeladt." in read.notes
    assert "teksten er ikke et af interviewene" in read.faults[0].found


def test_two_interviews_with_the_same_words_are_told_apart_by_name_or_not_at_all(tmp_path: Path) -> None:
    turns = pd.concat([TURNS, TURNS.assign(interview="fg2")], ignore_index=True)
    body = selections(TYPED, CODED, code_points)
    found = {}
    for name in ("Udskrift FG2.docx", "fg22", "fg1 og fg2"):
        read = read_qdpx(archive(tmp_path / "a.qdpx", project(body, name=name), TYPED.encode()), turns)
        found[name] = set(read.codings["interview"]), len(read.faults)
    assert found == {"Udskrift FG2.docx": ({"fg2"}, 0), "fg22": (set(), 5), "fg1 og fg2": (set(), 5)}


def test_a_turn_that_was_edited_elsewhere_takes_only_its_own_codings_with_it(tmp_path: Path) -> None:
    edited = TYPED.replace("Men vi kan da tale sammen", "Vi kunne tale sammen")
    xml = project(selections(edited, CODED, code_points, named=999))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, edited.encode()), TURNS)
    assert read_quotes(read) == CODED[:-1]
    assert "stedet ligger uden for det, der er sagt i udskriften" in read.faults[0].found
    assert any("pct. af det sagte er fundet igen" in note for note in read.notes)


def test_signs_that_nobody_sees_in_the_source_move_no_passage(tmp_path: Path) -> None:
    first, rest = TYPED[:12], TYPED[12:]
    odd = f"{first}\N{SOFT HYPHEN}{rest}".replace(" og ", " \N{ZERO WIDTH SPACE}og\N{NO-BREAK SPACE}")
    marked = [(words, code) for words, code in CODED if words in odd]
    assert len(marked) > 2
    read = read_qdpx(archive(tmp_path / "a.qdpx", project(selections(odd, marked, code_points)), odd.encode()), TURNS)
    assert sorted(read_quotes(read)) == sorted(marked)
