#!/usr/bin/env bash
# textgrid-convert 1.2.0 gives whoever begins to speak together with another no time at all, and everybody one name.
#
# Guess: subtitles in which two persons speak at once become a TextGrid with both, each with the time that they have; a
# quotation mark is doubled, as Praat has it.
# Seen (Python 3.11): a turn ends where the next one begins, on the one tier of "Speaker 1". Who speaks from 3 to 6 beside
# another from 3 to 9 has an interval from 3.0 to 3.0, of no length, and who is spoken into at 3 of 4 seconds ends there: 12
# seconds of speech are 8. Quotation marks stand bare within the text. It does not start without pytest, which it does not ask
# for.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check textgrid-convert==1.2.0 pytest==8.4.2
cd "$place"
"$place/venv/bin/python" - > seen.txt 2> log.txt <<'PYTHON'
from textgrid_convert import srtParser

SAID = """1
00:00:01,000 --> 00:00:04,000
L1: Hvad siger I?

2
00:00:03,000 --> 00:00:06,000
A1: Det er "godt nok"

3
00:00:03,000 --> 00:00:09,000
A2: Ja, det er det
"""
for line in srtParser(SAID).to_textgrid().splitlines():
    kind, _, what = line.strip().partition(" = ")
    if kind in ("name", "xmin", "xmax"):
        print(kind, what, end=" ")
    elif kind == "text":
        print(kind, what)
PYTHON
cat seen.txt
{
    echo "xmin 1.0 xmax 9.0 name \"Speaker 1\" xmin 1.0 xmax 9.0 xmin 1.0 xmax 2.999 text \"L1: Hvad siger I?\""
    echo "xmin 3.0 xmax 3.0 text \"A1: Det er \"godt nok\"\""
    echo "xmin 3.0 xmax 9.0 text \"A2: Ja, det er det\""
} | diff - seen.txt || { echo "changed"; exit 1; }
