"""What speech recognition writes for programs: whole, or refused with the place."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.core import BlupkitError
from blupkit.interviews.transcripts.formats.machine import is_json, read_json, read_table, write_json

WHOLE = json.dumps({"segments": [{"start": 1, "end": 2.5, "text": " Vi søgte", "speaker": "SPEAKER_00"}]}, indent=1)


def segments(*rows: tuple[str, str]) -> str:
    return json.dumps([{"start": n, "end": n + 1, "speaker": who, "text": text} for n, (who, text) in enumerate(rows)])


def test_segments_of_one_speaker_are_a_turn_until_somebody_else_speaks() -> None:
    reading = read_json(segments(("A", " Vi"), ("A", " søgte."), ("B", " Ja."), ("A", " Igen.")), "a.json", named)
    assert said(reading.said) == [("A", "Vi søgte."), ("B", "Ja."), ("A", "Igen.")]
    assert [(turn.start, turn.end) for turn in reading.said] == [(0.0, 2.0), (2.0, 3.0), (3.0, 4.0)]


def test_a_segment_without_a_speaker_is_nobody_s() -> None:
    text = json.dumps(
        {"segments": [{"text": "Vi", "speaker": "A"}, {"text": "hvad"}, {"text": "søgte", "speaker": "A"}]}
    )
    reading = read_json(text, "a.json", named)
    assert said(reading.said) == [("A", "Vi"), ("", "hvad"), ("A", "søgte")]
    assert all(math.isnan(turn.start) for turn in reading.said)


def test_without_any_speaker_each_segment_is_a_turn() -> None:
    text = '{"text": " Vi søgte. Ja.", "segments": [{"start": 0, "end": 1, "text": " Vi søgte."}, {"text": "Ja."}]}'
    reading = read_json(text, "a.json", named)
    assert said(reading.said) == [("", "Vi søgte."), ("", "Ja.")]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused_with_the_line(share: float) -> None:
    text = WHOLE[: int(len(WHOLE) * share)]
    assert is_json(text)
    with pytest.raises(BlupkitError, match="en hel JSON-fil") as caught:
        read_json(text, "a.json", named)
    assert caught.value.faults[0].row == len(text.splitlines())


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"results": {"channels": []}, "metadata": 1}, "JSON med »results« og »metadata«"),
        ({"utterances": [{"start": 1000, "text": "Ja."}]}, "JSON med »utterances«"),
        ({"segments": [{"text": "Ja."}, {"start": 3}]}, "segment nr. 2 uden tekst"),
        ({"segments": [{"text": "Ja.", "start": "om lidt"}]}, "segment nr. 1 med en tid, der ikke er et tal"),
        ({"segments": ["Ja."]}, "segment nr. 1 uden tekst"),
        ({"segments": [{"text": "Ja.", "end": math.inf}]}, "segment nr. 1 med en tid, der ikke er et tal"),
        ({"segments": [{"text": "Ja.", "start": 10**400}]}, "segment nr. 1 med en tid, der ikke er et tal"),
        ({"segments": [{"text": "Ja.", "start": "-Infinity"}]}, "segment nr. 1 med en tid, der ikke er et tal"),
    ],
)
def test_what_is_not_known_is_refused_by_its_place(document: Any, found: str) -> None:
    with pytest.raises(BlupkitError) as caught:
        read_json(json.dumps(document), "a.json", named)
    assert caught.value.faults[0].found == found


def test_where_only_the_words_have_times_they_are_the_segment_s() -> None:
    text = (
        '{"segments": [{"speaker": "A", "words": [{"text": "Vi", "start": 1, "end": 2}, {"text": "gik.", "end": 3}]}]}'
    )
    [turn] = read_json(text, "a.json", named).said
    assert (turn.text, turn.start, turn.end) == ("Vi gik.", 1.0, 3.0)


def test_deep_nonsense_is_no_crash() -> None:
    with pytest.raises(BlupkitError, match="en hel JSON-fil"):
        read_json('{"a":' * 100_000, "a.json", named)


def test_a_number_that_python_does_not_read_is_no_crash() -> None:
    with pytest.raises(BlupkitError, match="en hel JSON-fil"):
        read_json(f'{{"segments": [{{"text": "Ja.", "start": {"1" * 5_000}}}]}}', "a.json", named)


def test_a_time_that_is_not_known_is_none() -> None:
    [turn] = read_json('{"segments": [{"text": "Ja.", "start": 1, "end": NaN}]}', "a.json", named).said
    assert (turn.start, math.isnan(turn.end)) == (1.0, True)


def test_a_table_in_seconds_and_without_speakers() -> None:
    reading = read_table("start\tend\ttext\n0.5\t1.25\tVi søgte\n1.25\t2\tJa.\n", "a.tsv", named)
    assert [(turn.label, turn.text, turn.start, turn.end) for turn in reading.said] == [
        ("", "Vi søgte", 0.5, 1.25),
        ("", "Ja.", 1.25, 2.0),
    ]


@pytest.mark.parametrize("row", ["900\tJa.", "x\t900\tJa.", "0\t900\tJa.\tmere", "0\t9", "0\tinf\tJa.", "nan\t9\tJa."])
def test_a_row_that_does_not_fit_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(BlupkitError, match="en start, en slutning og en tekst") as caught:
        read_table(f"start\tend\ttext\n0\t900\tJa.\n\n{row}\n", "a.tsv", named)
    assert caught.value.faults[0].row == 4


def test_a_table_may_have_its_times_as_a_clock() -> None:
    text = "Speaker\tStart\tEnd\tText\nBo\t0:00:01\t0:00:02.5\tJa.\nIda\t0:01:02\t0:01:04\tNej.\n"
    [bo, ida] = read_table(text, "a.tsv", lambda label: True).said
    assert [(bo.label, bo.start, bo.end), (ida.label, ida.start, ida.end)] == [("Bo", 1, 2.5), ("Ida", 62, 64)]


def test_a_table_without_its_headings_is_refused() -> None:
    with pytest.raises(BlupkitError, match="overskrifterne start, end og text"):
        read_table("L1\tJa.\nL2\tNej.\n", "a.tsv", named)


def test_times_that_are_missing_are_left_out_when_it_is_written_again() -> None:
    reading = read_json(segments(("A", "Ja.")).replace('"start": 0, ', ""), "a.json", named)
    assert json.loads(write_json(reading.said)) == {"segments": [{"end": 1.0, "text": "Ja.", "speaker": "A"}]}
