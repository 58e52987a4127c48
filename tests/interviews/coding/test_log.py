"""The log: what was written as saved is there, whatever happens; what stands in it adds up to what is coded."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blupkit.interviews import check_interviews, read_codebook, read_codings, read_turns
from blupkit.interviews.coding.log import Action, append_events, current, dismissed, new_event, read_log
from blupkit.interviews.coding.passage import Passage

#: A thousand killed kernels under `make soak`.
ROUNDS = 1000 if settings.default.max_examples >= 1000 else 3
PLACE = Passage("fg1", 2, 0, 20, "2.1", quote="Puljerne i Tværhave.")


def coded(study: Any) -> list[list[Any]]:
    table = read_codings(study, read_turns(study), read_codebook(study))
    return table[["coder", "turn", "code", "direction", "memo", "quote"]].values.tolist()


@pytest.fixture
def logged(make_study: Any) -> Any:
    """A study whose only coder keeps a log."""
    study = make_study()
    files = study.interviews.model_copy(update={"codings": {"A": "kodninger/A.jsonl"}, "main_coder": None})
    return study.model_copy(update={"interviews": files})


def test_a_log_that_is_not_there_yet_holds_no_codings(logged: Any) -> None:
    assert coded(logged) == []
    assert check_interviews(logged).empty


def test_codings_changed_and_taken_away_count_as_they_stand(logged: Any) -> None:
    first, second = new_event("A", Action.CODED, PLACE), new_event("A", Action.CODED, replace(PLACE, code="1.1"))
    changed = new_event("A", Action.CHANGED, replace(PLACE, direction="barriere", memo="Tøver"), first.id)
    append_events(logged.path("kodninger/A.jsonl"), [first, second, changed])
    append_events(logged.path("kodninger/A.jsonl"), [new_event("A", Action.DELETED, Passage(), second.id)])
    assert coded(logged) == [["A", 2, "2.1", "barriere", "Tøver", "Puljerne i Tværhave."]]


def test_a_half_written_last_line_is_told_and_the_rest_kept(logged: Any) -> None:
    path = logged.path("kodninger/A.jsonl")
    append_events(path, [new_event("A", Action.CODED, PLACE)])
    with path.open("a", encoding="utf-8") as log:
        log.write('{"time": "2026-11-23T12:00:00", "id": "x", "co')
    faults = check_interviews(logged)
    assert faults[["level", "row", "found"]].values.tolist() == [["advarsel", 2, "en linje, der kun er halvt skrevet"]]
    assert len(coded(logged)) == 1
    append_events(path, [new_event("A", Action.CODED, replace(PLACE, code="1.1"))])
    assert [row[2] for row in coded(logged)] == ["2.1", "1.1"]
    assert check_interviews(logged)["row"].tolist() == [2]


@pytest.mark.parametrize("before", [[], [{"memo": "Tøver"}], [{"memo": "Tier"}]])
@pytest.mark.parametrize("after", [b"", b"\n"])
def test_a_line_cut_off_in_the_middle_of_a_letter_spoils_no_other(logged: Any, before: list[Any], after: bytes) -> None:
    path = logged.path("kodninger/A.jsonl")
    append_events(path, [new_event("A", Action.CODED, replace(PLACE, code="1.1"))])
    append_events(path, [new_event("A", Action.CODED, replace(PLACE, **memo)) for memo in before])
    whole = len(path.read_bytes())
    append_events(path, [new_event("A", Action.CODED, replace(PLACE, memo="ææææææææ"))])
    raw = path.read_bytes()
    cut = raw.index("æ".encode() * 8, whole) + 11
    path.write_bytes(raw[:cut] + after)
    assert [row[2] for row in coded(logged)] == ["1.1", *("2.1" for _ in before)]
    faults = check_interviews(logged)
    assert faults[["level", "row"]].values.tolist() == [["advarsel", 2 + len(before)]]


def test_words_that_have_moved_are_told_with_the_line_of_the_last_event(logged: Any) -> None:
    first = new_event("A", Action.CODED, PLACE)
    append_events(
        logged.path("kodninger/A.jsonl"), [first, new_event("A", Action.CHANGED, replace(PLACE, start=1), first.id)]
    )
    faults = check_interviews(logged)
    assert faults[["level", "row", "column"]].values.tolist() == [["advarsel", 2, "quote"]]
    assert coded(logged) == []


def test_another_coders_line_is_used_and_told(logged: Any) -> None:
    append_events(logged.path("kodninger/A.jsonl"), [new_event("B", Action.CODED, PLACE)])
    assert check_interviews(logged)[["level", "found", "expected"]].values.tolist() == [["advarsel", "B", "koderen A"]]
    assert len(coded(logged)) == 1


def test_a_suggestion_that_was_turned_down_is_remembered_and_is_no_coding(logged: Any) -> None:
    path = logged.path("kodninger/A.jsonl")
    append_events(path, [new_event("A", Action.DISMISSED, PLACE)])
    assert coded(logged) == []
    assert dismissed(read_log(path)[0]) == {("fg1", "2", 0, 20, "2.1")}


NO_EVENTS = [
    "[]",
    "5",
    "[" * 5000,
    '{"id": "a"}',
    '{"id": 1, "coder": "A", "action": "kodet"}',
    '{"id": "a", "coder": "A", "action": "kodet", "start": []}',
    '{"id": "a", "coder": "A", "action": "gemt"}',
]


@pytest.mark.parametrize("line", NO_EVENTS)
def test_a_line_that_is_no_event_is_told_and_the_rest_kept(line: str, logged: Any) -> None:
    path = logged.path("kodninger/A.jsonl")
    append_events(path, [new_event("A", Action.CODED, PLACE)])
    before = path.read_text(encoding="utf-8")
    path.write_text(line + "\n" + before, encoding="utf-8")
    assert len(coded(logged)) == 1
    assert check_interviews(logged)["row"].tolist() == [1]


@given(st.binary(max_size=60), st.integers(0, 2000))
def test_a_log_cut_or_spoilt_anywhere_is_read_or_refused_in_words(
    tmp_path_factory: Any, junk: bytes, place: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "A.jsonl"
    append_events(path, [new_event("A", Action.CODED, replace(PLACE, memo="æøå 🙂")) for _ in range(4)])
    raw = path.read_bytes()
    path.write_bytes(raw[:place] + junk)
    whole = raw[:place].count(b"\n")
    try:
        events, faults = read_log(path)
    except Exception as error:
        assert type(error).__name__ == "FileError"  # noqa: PT017 - any other kind is a traceback
    else:
        assert len(events) >= whole or faults
        assert set(current(events)) <= {event.id for _, event in events}


#: Writes one event after the other and tells each one when it is saved.
WRITER = """
import sys
from pathlib import Path
from blupkit.interviews.coding.log import Action, append_events, new_event
from blupkit.interviews.coding.passage import Passage
for number in range(100_000):
    event = new_event("A", Action.CODED, Passage("fg1", number, memo="æ" * 200))
    append_events(Path(sys.argv[1]), [event])
    print(event.id, flush=True)
"""


def test_a_killed_kernel_loses_nothing_that_was_told_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "A.jsonl"
    told: list[str] = []
    for round_ in range(ROUNDS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told += [writer.stdout.readline().strip() for _ in range(20 + 13 * (round_ % 3))]
            os.kill(writer.pid, signal.SIGKILL)
            told += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert set(told) <= {event.id for _, event in read_log(path)[0]}
    assert len(told) >= 20 + 33 + 46


def test_two_coders_at_once_do_not_write_into_each_others_lines(tmp_path: Path) -> None:
    path = tmp_path / "A.jsonl"
    program = WRITER.replace("100_000", "150")
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    events, faults = read_log(path)
    assert (len(events), faults) == (300, [])
    assert all(json.dumps(event.id) for _, event in events)
