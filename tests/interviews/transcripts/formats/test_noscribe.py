"""noScribe's page, and speech over somebody else's speech."""

from __future__ import annotations

from interviews.transcripts.transcript_support import named, said

from blupkit.interviews.transcripts.formats.noscribe import read_page
from blupkit.interviews.transcripts.formats.table import format_of


def page(*paragraphs: str) -> str:
    return "<!DOCTYPE HTML>\n<html><body><p>fg1</p>" + "".join(f"<p>{one}</p>" for one in paragraphs) + "</body></html>"


def test_what_was_said_over_a_turn_is_a_turn_of_whoever_said_it() -> None:
    text = page(
        '<a name="ts_0_900_S01">S01: Vi søgte,</a><a name="ts_900_950_//S00"> //S00: Ja.</a>'
        '<a name="ts_950_1900_S01">// og fik.</a>',
        '<a name="ts_2000_2900_S00">S00: Godt.</a>',
    )
    reading = read_page(text, "a.html", named)
    assert said(reading.said) == [("S01", "Vi søgte, og fik."), ("S00", "Ja."), ("S00", "Godt.")]
    assert [turn.start for turn in reading.said] == [0.0, 0.0, 2.0]


def test_the_same_holds_in_its_subtitles() -> None:
    text = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v S01>Vi søgte, //S00: Ja. // og fik.\n\n"
    text += "2\n00:00:03.000 --> 00:00:04.07\n<v S00>Godt.\n"
    reading = format_of(text, ".vtt").read(text, "a.vtt", named)
    assert said(reading.said) == [("S01", "Vi søgte, og fik."), ("S00", "Ja."), ("S00", "Godt.")]
    assert reading.said[2].end == 4.07


def test_a_paragraph_that_somebody_added_is_not_lost() -> None:
    text = page('<a name="ts_0_900_S01">S01 [00:00:00]: Vi søgte</a>', "og fik.", "S01: Igen.", "(latter)")
    assert said(read_page(text, "a.html", named).said) == [("S01", "Vi søgte og fik."), ("S01", "Igen. (latter)")]


def test_a_page_without_speakers_is_read() -> None:
    reading = read_page(
        page('<a name="ts_0_900_">Vi søgte.</a>', '<a name="ts_900_1900_">Kl. 12: ja.</a>'), "a.html", named
    )
    assert said(reading.said) == [("", "Vi søgte."), ("", "Kl. 12: ja.")]
