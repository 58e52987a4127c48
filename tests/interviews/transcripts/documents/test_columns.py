"""A transcript laid out as a table: each row is a turn of the speaker in it, or the table is refused."""

from __future__ import annotations

import re

import pytest

from blupkit.core import FileError
from blupkit.core.reading.documents.flow import Table
from blupkit.interviews.transcripts.documents.columns import lines_of

Rows = list[list[str]]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["Bo: Hej."]], ["Bo: Hej."]),
        ([["L1: Ja.\nA1: Nej."], ["L1: Jo."]], ["L1: Ja.", "A1: Nej.", "L1: Jo."]),
        ([["M", "Hvad så?"], ["L1:", "Alt."], ["A1", "Nej."]], ["**M:** Hvad så?", "**L1:** Alt.", "**A1:** Nej."]),
        ([["Lis", "Ja."], ["Bo", "Nej."], ["Lis", "Jo."]], ["**Lis:** Ja.", "**Bo:** Nej.", "**Lis:** Jo."]),
        ([["0:05", "Lis", "Ja.\nMen nej."], ["0:09", "Lis", "Jo."]], ["[0:05] Lis: Ja. Men nej.", "[0:09] Lis: Jo."]),
        ([["1", "", "Lis", "Ja."], ["2", "", "Lis", "Jo."]], ["**Lis:** Ja.", "**Lis:** Jo."]),
        ([["Nr.", "Hvem", "Udsagn"], ["1", "Lis Bro", "Ja."], ["2", "Bo Dal", "Jo."]],
         ["Nr. – Hvem – Udsagn", "**Lis Bro:** Ja.", "**Bo Dal:** Jo."]),
        ([["Lis", "Ja."], ["", "Og mere."], ["Lis", "Jo."]], ["**Lis:** Ja.", "Og mere.", "**Lis:** Jo."]),
        ([["00:00:05-00:00:09", "L1: Ja."], ["[00:00:09]", "A1: Nej."]], ["[00:00:05] L1: Ja.", "[00:00:09] A1: Nej."]),
        ([["[Lis]", "Nå, ja."], ["Lis: ", "Jo."]], ["**Lis:** Nå, ja.", "**Lis:** Jo."]),
        ([["Dato:", "4. maj"], ["Deltagere", "Lis og Bo"]], ["Dato – 4. maj", "Deltagere – Lis og Bo"]),
        ([["", ""], [" ", ""]], [""]),
    ],
)  # fmt: skip
def test_a_row_is_a_turn_where_the_speaker_can_be_seen(rows: Rows, lines: list[str]) -> None:
    assert lines_of(Table(tuple(map(tuple, rows))), "a.docx", 3).split("\n") == lines


@pytest.mark.parametrize(
    "rows",
    [
        [["Penge", "Der mangler penge."], ["Tid", "Der mangler tid."]],
        [["Lis", "Ja.", "Bo", "Nej."], ["Lis", "Jo.", "Bo", "Nå."]],
        [["Lis", "Ja.", "Tema 1"], ["Bo", "Nej.", "Tema 2"]],
    ],
)
def test_a_table_whose_speakers_cannot_be_seen_is_refused_with_its_place(rows: Rows) -> None:
    message = f"a.docx, række 3: Her står »en tabel med {len(rows[0])} kolonner«"
    with pytest.raises(FileError, match=re.escape(message)) as refused:
        lines_of(Table(tuple(map(tuple, rows))), "a.docx", 3)
    assert "Skriv »Taler« og »Tekst« øverst" in str(refused.value)
