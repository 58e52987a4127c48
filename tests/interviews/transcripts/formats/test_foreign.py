"""Files of annotation programs are refused by name, also where lines in them look like somebody's words."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import BlupkitError
from blupkit.interviews import read_turns
from blupkit.interviews.transcripts.formats.foreign import is_foreign

CHAT = "@UTF8\n@Begin\n@Participants:\tL1A Bo_Storm Adult\n@ID:\tdan|x|L1A|||||Adult|||\n*L1A:\tvi mener nej .\n@End\n"
GRID = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 6\ntiers? <exists>\nsize = 1\nitem []:\n'
)
ASS = (
    "[Script Info]\nTitle: Gruppe 4\n\n[Events]\nFormat: Layer, Text\nDialogue: 0,0:00:01.00,0:00:02.00,Bo,,0,0,0,,Ja\n"
)
TTML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="da">\n<body><div>\n'
    '<p begin="00:00:01.000" end="00:00:02.000">L1: Ja.</p>\n</div></body>\n</tt>\n'
)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.cha", CHAT, "CHAT"),
        ("a.txt", CHAT, "CHAT"),
        ("a.TextGrid", GRID, "Praat"),
        ("a.TextGrid", '"ooTextFile"\n"TextGrid"\n0\n6\n', "Praat"),
        ("a.eaf", '<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT AUTHOR="">\n</ANNOTATION_DOCUMENT>', "ELAN"),
        ("a.exb", '<?xml version="1.0"?>\n<basic-transcription><head/></basic-transcription>', "XML"),
        ("a.ass", ASS, "SubStation"),
        ("a.ttml", TTML, "TTML"),
        ("a.xml", TTML.replace("ns/ttml", "2006/10/ttaf1"), "TTML"),
        ("a.sub", "{25}{50}Bo: Ja\n{50}{75}Ida: Nej\n", "MicroDVD"),
    ],
)
def test_such_a_file_is_refused_with_what_it_is_and_what_to_do(
    name: str, text: str, found: str, make_transcript: Any
) -> None:
    with pytest.raises(BlupkitError) as caught:
        read_turns(make_transcript(name, text))
    [fault] = caught.value.faults
    assert found in fault.found
    assert "ELAN" in fault.action or ".vtt" in fault.action


@pytest.mark.parametrize("text", ["Bo: @Begin er et ord.", "[Script] Bo: Ja.", "{griner} Ja.", "xmin = 0", "# @UTF8"])
def test_a_transcript_with_such_words_is_none_of_them(text: str) -> None:
    assert not is_foreign(text)
