"""Text with tabs from ELAN and Audacity: which column is the speaker's, which times are taken, what is refused."""

from __future__ import annotations

import math

import pytest

from blupkit.core import FileError
from blupkit.interviews.transcripts.formats.tiers import is_tiers, read_tiers, write_tiers

KNOWN = {"L1", "A1"}.__contains__


def said(text: str) -> list[tuple[str, float, float, str]]:
    return [(turn.label, turn.start, turn.end, turn.text) for turn in read_tiers(text, "a.txt", KNOWN).said]


def test_the_participant_speaks_where_the_tier_is_called_something_else() -> None:
    assert said("tale\tL1\t0\t2000\tJa.\nref@A\tA1\t1500\t3000\tNej.\n") == [
        ("L1", 0.0, 2.0, "Ja."),
        ("A1", 1.5, 3.0, "Nej."),
    ]
    assert said("L1\t\t0.5\t2.5\tJa.\nA1\t\t1.5\t3.0\tNej.\n")[0] == ("L1", 0.5, 2.5, "Ja.")


def test_words_that_nobody_knows_the_speaker_of_keep_what_stands_before_them() -> None:
    # A tier with codes is told of as a speaker who is not in the register; its words are not another's.
    assert [who for who, *_ in said("L1\t0\t2000\tJa.\nkode\t1\t2000\ttid\nL1\t3000\t4000\tNej.")] == [
        "L1",
        "kode",
        "L1",
    ]
    assert said("0.000000\t1.500000\tlatter\n2.000000\t3.000000\tL1: Ja.")[0] == ("", 0.0, 1.5, "latter")


def test_lines_of_one_speaker_are_a_turn_and_those_without_words_are_none() -> None:
    text = (
        "L1\t00:00:00.000\t00:00:02.000\tVi\nL1\t00:00:02.000\t00:00:03.000\tsøgte.\nL1\t00:00:03.000\t00:00:04.000\t\n"
    )
    text += "A1\t00:00:04.000\t00:00:05.000\tJa.\n"
    assert said(text) == [("L1", 0.0, 3.0, "Vi søgte."), ("A1", 4.0, 5.0, "Ja.")]


def test_how_long_it_lasted_is_no_end() -> None:
    [(_, start, end, _)] = said("L1\t00:00:09.000\t00:00:02.000\tJa.\nL1\t00:00:12.000\t00:00:01.000\t")
    assert start == 9
    assert math.isnan(end)


def test_frames_of_a_film_are_left_out_and_whole_seconds_are_times() -> None:
    text = (
        "Speaker\tStart Time\tEnd Time\tText\nL1\t00:00:01:12\t00:00:02:20\tJa.\nA1\t00:00:02:20\t00:00:04:00\tNej.\n"
    )
    assert said(text) == [("L1", 1.0, 2.0, "Ja."), ("A1", 2.0, 4.0, "Nej.")]
    assert said(text.replace(":12", "").replace(":20", "")) == [("L1", 1.0, 2.0, "Ja."), ("A1", 2.0, 4.0, "Nej.")]


def test_a_line_with_other_cells_is_refused_with_its_row() -> None:
    text = "L1\t0\t2000\tJa.\nA1\t2000\t3000\tNej.\ndet gør vi\nL1\t4000\t5000\tNå."
    with pytest.raises(FileError) as caught:
        read_tiers(text, "a.txt", KNOWN)
    [fault] = caught.value.faults
    assert (fault.row, fault.found) == (3, "det gør vi")


@pytest.mark.parametrize(
    "text",
    [
        "L1\t00:03\tJa.\nA1\t00:05\tNej.",
        "L1:\tDet koster 10 kr.\nA1:\tNej.",
        "Navn\tAntal\tAlder\tSvar\nBo\t3\tatten\tja",
        "12:41:00\t From Bo : Ja\n12:42:00\t From Ida : Nej",
    ],
)
def test_what_has_no_beginning_and_end_is_no_such_table(text: str) -> None:
    assert not is_tiers(text)


def test_what_is_written_is_a_table_again() -> None:
    text = "L1\t00:00:00.000\t00:00:02.000\tJa.\nA1\t00:00:02.000\t00:00:03.500\tNej.\n"
    assert write_tiers(read_tiers(text, "a.txt", KNOWN).said) == text
