"""Zoom's chat: each message its sender's, and what Zoom writes itself nobody's."""

from __future__ import annotations

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.core import BlupkitError
from blupkit.interviews.transcripts.formats.chat import is_chat, read_chat

CHAT = """2026-03-04 10:00:10 From Bo Ravn to Everyone:
\tVi søgte en pulje
\tog fik den:)
\tIda Holm, Lis:👍❤️
\t
2026-03-04 10:00:20 From Ida Holm to Bo Ravn (direct message):
\tReplying to "Vi søgte en pulje...":
\tDen hedder: X
2026-03-04 10:00:30 From Lis to Everyone:
\tReacted to "Vi søgte en pulje" with 👍
"""


def test_messages_are_whole_and_answers_and_reactions_are_counted() -> None:
    reading = read_chat(CHAT, "a.txt", named)
    assert said(reading.said) == [("Bo Ravn", "Vi søgte en pulje og fik den:)"), ("Ida Holm", "Den hedder: X")]
    assert [fault.found for fault in reading.faults] == [
        "en chat fra Zoom",
        "1 besked til én person alene",
        "3 linjer om svar og reaktioner",
    ]


def test_a_message_of_a_name_and_a_picture_alone_is_a_message() -> None:
    assert said(read_chat("10:00:10\t From  Bo : tak Ida:👍\n", "a.txt", named).said) == [("Bo", "tak Ida:👍")]


def test_an_older_private_message_is_told_of() -> None:
    reading = read_chat("10:00:10\t From  Bo  to  Ida(Privately) : kl. 10 : 30 to dage\n", "a.txt", named)
    assert said(reading.said) == [("Bo", "kl. 10 : 30 to dage")]
    assert "1 besked til én person alene" in [fault.found for fault in reading.faults]


def test_a_sender_that_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(BlupkitError, match="en tid, en afsender og et kolon") as caught:
        read_chat(CHAT.replace("From Ida Holm to Bo Ravn (direct message):", "From Ida Holm to Bo"), "a.txt", named)
    assert caught.value.faults[0].row == 6


def test_speech_with_times_is_no_chat() -> None:
    assert not is_chat("10:00:10 Bo: Ja.\n10:00:12 Ida: Nej.\n")
