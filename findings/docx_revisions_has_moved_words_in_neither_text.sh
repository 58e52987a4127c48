#!/usr/bin/env bash
# docx-revisions 0.1.5 gives words that were moved with changes tracked neither in the accepted text nor in the original one.
#
# Guess: the text with all changes accepted has moved words at their new place, that with all rejected at their old one.
# Seen (Python 3.11, python-docx 1.2.0): what was inserted and deleted is told apart; what was moved is in neither text, and
# `accept_all` and `reject_all` leave it as a tracked move in the file, where python-docx does not see it either. A document
# that is read so lacks whole sentences that Word shows, and the two texts of a paragraph look like a pair.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docx-revisions==0.1.5 python-docx==1.2.0
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
from zipfile import ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx_revisions import RevisionDocument

WHO = 'w:author="A" w:date="2026-01-01T00:00:00Z"'


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words} </w:t></w:r>'


MOVED = (
    f'{run("Vi")}<w:moveFromRangeStart w:id="1" {WHO} w:name="m"/><w:moveFrom w:id="2" {WHO}>{run("altid")}</w:moveFrom>'
    f'<w:moveFromRangeEnd w:id="1"/>{run("venter")}<w:moveToRangeStart w:id="3" {WHO} w:name="m"/>'
    f'<w:moveTo w:id="4" {WHO}>{run("altid")}</w:moveTo><w:moveToRangeEnd w:id="3"/>'
    f'<w:del w:id="5" {WHO}><w:r><w:delText>forgæves</w:delText></w:r></w:del><w:ins w:id="6" {WHO}>{run("længe")}</w:ins>'
)
made = Document()
made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{MOVED}</w:p>"))
made.save("a.docx")
document = RevisionDocument("a.docx")
print("accepted:", document.paragraphs[0].accepted_text.strip())
print("original:", document.paragraphs[0].original_text.strip())
document.accept_all()
document.save("b.docx")
print("saved:", Document("b.docx").paragraphs[0].text.strip())
with ZipFile("b.docx") as archive:
    print("still a tracked move:", b"<w:moveFrom " in archive.read("word/document.xml"))
PYTHON
cat seen.txt
{
    echo "accepted: Vi venter længe"
    echo "original: Vi venter forgæves"
    echo "saved: Vi venter længe"
    echo "still a tracked move: True"
} | diff - seen.txt || { echo "changed"; exit 1; }
