"""Lines with times and no speaker are read, and told of."""

from __future__ import annotations

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.interviews.transcripts.formats.nameless import is_nameless, read_nameless, write_nameless

LINES = "12:31:10 Vi søgte\n12:31:16 en pulje.\n12:31:20 Sådan: ingen svarede.\n12:31:31 Ja."


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        "0:03\nVi søgte\n0:09\nen pulje.\n0:12\nSådan: ingen svarede.\n0:20\nJa.",
        "[00:03.000 --> 00:06.000]  Vi søgte\n[00:06.000 --> 00:09.000]  en pulje.\n[00:10.000 --> 00:11.000] Sådan: "
        "ingen svarede.\n[00:12.000 --> 00:13.000] Ja.",
        "0:03  \nVi søgte\n\n0:09  \nen pulje.\n\n0:12  \nSådan: ingen svarede.\n\n0:20  \nJa.\n\n"
        "Transcribed by https://otter.ai\n",
    ],
)
def test_every_word_is_there_and_turns_end_with_sentences(text: str) -> None:
    assert is_nameless(text)
    reading = read_nameless(f"Møde 3\n\n{text}", "a.txt", named)
    assert said(reading.said) == [("", "Vi søgte en pulje."), ("", "Sådan: ingen svarede."), ("", "Ja.")]
    assert reading.before == ["Møde 3"]
    again = read_nameless(write_nameless(reading.said), "a.txt", named)
    assert [(turn.text, turn.start) for turn in again.said] == [(turn.text, turn.start) for turn in reading.said]


@pytest.mark.parametrize(
    "text",
    [
        "[0:03] Bo: Vi søgte.\n[0:09] Ida: Ja.\n[0:12] Bo: Nej.",
        "0:03\tBo\tVi søgte.\n0:09\tIda\tJa.\n0:12\tBo\tNej.",
        "Bo: Vi mødes kl. 10:30.\nIda: 10:45\nBo: 11:00\nIda: Ja.",
        "10:30 Velkomst\nBo: Velkommen.\nIda: Ja.\nBo: Vi begynder.",
    ],
)
def test_a_file_that_names_somebody_is_another_matter(text: str) -> None:
    assert not is_nameless(text)
