#!/usr/bin/env bash
# qualitative-coding 1.7.8 puts every coding of another program's REFI-QDA project on the first line of its text.
#
# Guess: a coding is put on the line that the words stand on which were coded, as it keeps codings by line.
# Seen (Python 3.11): what it takes for the beginnings of lines are those of letters, and it looks from the front for one that
# lies before the coding, which the first always does. "penge", given to the third line, stands on the first, where the
# interviewer asks how it goes, and so do all others: each code counts right and has the wrong words. Its own projects come back
# right, as they name the line. (A breakpoint that was left in the reader is passed over here.)
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    qualitative-coding==1.7.8 SQLAlchemy==2.1.9 xmlschema==3.4.5 structlog==25.5.0
mkdir "$place/other" "$place/own"
export PYTHONBREAKPOINT=0
"$place/venv/bin/python" - "$place" > "$place/seen.txt" 2> "$place/log.txt" <<'PYTHON'
import os
import sys
import zipfile
from pathlib import Path

import structlog
from qualitative_coding.refi_qda.reader import REFIQDAReader

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def guid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


place = Path(sys.argv[1])
LINES = ["L1: Hvordan går det?", "A1: Vi venter længe.", "A1: Det koster for meget."]
TEXT = "\n".join(LINES) + "\n"
for kind in ("other", "own"):
    codes = selections = ""
    for line, code in ((1, "tid"), (2, "penge")):
        start = TEXT.index(LINES[line])
        codes += f'<Code guid="{guid(10 + line)}" name="{code}" isCodable="true"/>'
        name = f"line:{line}" if kind == "own" else LINES[line]
        selections += (
            f'<PlainTextSelection guid="{guid(20 + line)}" name="{name}" startPosition="{start}" '
            f'endPosition="{start + len(LINES[line])}"><Coding guid="{guid(30 + line)}" creatingUser="{guid(1)}">'
            f'<CodeRef targetGUID="{guid(10 + line)}"/></Coding></PlainTextSelection>'
        )
    with zipfile.ZipFile(place / f"{kind}.qdpx", "w") as packed:
        packed.writestr(f"sources/{guid(3)}.txt", TEXT)
        packed.writestr(
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?><Project name="p" origin="x" xmlns="urn:QDA-XML:project:1.0"><Users>'
            f'<User guid="{guid(1)}" name="K1"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources><TextSource '
            f'guid="{guid(3)}" name="A1.txt" plainTextPath="internal://{guid(3)}.txt">{selections}</TextSource></Sources>'
            "</Project>",
        )
    os.chdir(place / kind)
    reader = REFIQDAReader(str(place / f"{kind}.qdpx"))
    reader.unpack_project(str(place / kind))
    with reader.corpus.session():
        for code, _, line, _ in sorted(reader.corpus.get_coded_lines()):
            print(kind, "|", code, "|", LINES[line])
PYTHON
cat "$place/seen.txt"
{
    echo "other | penge | L1: Hvordan går det?"
    echo "other | tid | L1: Hvordan går det?"
    echo "own | penge | A1: Det koster for meget."
    echo "own | tid | A1: Vi venter længe."
} | diff - "$place/seen.txt" || { echo "changed"; cat "$place/log.txt"; exit 1; }
