#!/usr/bin/env bash
# qdaPy 0.1.0 lists what it left out of a REFI-QDA project, and not the codings of a PDF's text and of whole interviews.
#
# Guess: what the reader says of "not represented in these tables" is all that is not there, as it is made to be honest about that.
# Seen (Python 3.11): a project of four codings: of words in a text, of that whole text, of words in the text of a PDF (where the
# standard has them: under the PDF's `Representation`), and of an audio file. One comes out; the list names the audio file
# alone. "1 codings read", two codings less than the list accounts for, and the PDF is among the sources that were read. How
# well two coders agree is then counted from the other texts alone.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check qdaPy==0.1.0 'pandas<3'
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
import zipfile

import qdapy


def guid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def coding(number):
    return f'<Coding guid="{guid(number)}" creatingUser="{guid(1)}"><CodeRef targetGUID="{guid(2)}"/></Coding>'


def selection(number):
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="" startPosition="4" endPosition="13">{coding(number + 1)}'
        "</PlainTextSelection>"
    )


PROJECT = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Frivillige" origin="A" creatingUserGUID="{guid(1)}">
<Users><User guid="{guid(1)}" name="A"/></Users>
<CodeBook><Codes><Code guid="{guid(2)}" name="Tid" isCodable="true"/></Codes></CodeBook>
<Sources>
<TextSource guid="{guid(3)}" name="Interview 1" plainTextPath="internal://{guid(3)}.txt">{selection(10)}{coding(12)}</TextSource>
<PDFSource guid="{guid(4)}" name="Interview 2" path="internal://{guid(4)}.pdf">
<Representation guid="{guid(5)}" name="Interview 2" plainTextPath="internal://{guid(5)}.txt">{selection(20)}</Representation>
</PDFSource>
<AudioSource guid="{guid(6)}" name="Interview 3" path="internal://{guid(6)}.mp3">{coding(30)}</AudioSource>
</Sources></Project>"""
with zipfile.ZipFile("a.qdpx", "w") as archive:
    archive.writestr("project.qde", PROJECT)
    archive.writestr(f"sources/{guid(3)}.txt", "L1: Vi venter på svar.")
    archive.writestr(f"sources/{guid(5)}.txt", "A1: Vi svarer ikke.")
    archive.writestr(f"sources/{guid(4)}.pdf", b"%PDF-1.4")
    archive.writestr(f"sources/{guid(6)}.mp3", b"")
project = qdapy.read_qdpx("a.qdpx", warn=False)
print("in the file:", PROJECT.count("<Coding "))
print("read:", project.fragments[["title", "text", "code"]].values.tolist())
print("sources:", project.sources)
print("left out:", project.skipped)
PYTHON
cat seen.txt
{
    echo "in the file: 4"
    echo "read: [['Interview 1', 'Vi venter', 'Tid']]"
    echo "sources: ['Interview 1', 'Interview 2']"
    echo "left out: {'AudioSource': 1}"
} | diff - seen.txt || { echo "changed"; exit 1; }
