#!/usr/bin/env bash
# docx2txt 0.9 and docx2python 3.7.1 give words that were moved with changes tracked twice, and those of a text box twice.
#
# Guess: whoever leaves deleted words out, as both do, leaves out what stands where words were moved away from; and of a text
# box that Word keeps in two forms (for itself and for older programs) one is read.
# Seen (Python 3.11): what was moved away is written with the tag of ordinary text, not with that of deleted text, so both read
# it at its old place and at its new one; both forms of a box are read. A count of a transcript's words is too high by exactly
# what a person moved, and a quote is found twice. mammoth 1.13.0 gives each once.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 python-docx==1.2.0
"$place/venv/bin/python" - "$place/a.docx" > "$place/seen.txt" <<'PYTHON'
import sys

import docx2txt
import mammoth
from docx import Document
from docx.oxml import parse_xml
from docx2python import docx2python

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
KNOWN = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items())
WHO = 'w:author="A" w:date="2026-01-01T00:00:00Z"'


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words} </w:t></w:r>'


HELD = f"<w:txbxContent><w:p>{run('boks')}</w:p></w:txbxContent>"
MOVED = (
    f'<w:moveFromRangeStart w:id="1" {WHO} w:name="m"/><w:moveFrom w:id="2" {WHO}>{run("flyttet")}</w:moveFrom>'
    f'<w:moveFromRangeEnd w:id="1"/>{run("midt")}<w:moveToRangeStart w:id="3" {WHO} w:name="m"/>'
    f'<w:moveTo w:id="4" {WHO}>{run("flyttet")}</w:moveTo><w:moveToRangeEnd w:id="3"/>'
    f'<w:del w:id="5" {WHO}><w:r><w:delText>slettet</w:delText></w:r></w:del>'
)
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900" cy="900"/>'
    '<wp:docPr id="1" name="T"/><a:graphic><a:graphicData uri="' + NAMES["wps"] + '"><wps:wsp>'
    f'<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{HELD}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
    f"</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{HELD}</v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
document = Document()
for content in (MOVED, BOX):
    document.element.body.insert(0, parse_xml(f"<w:p {KNOWN}>{content}</w:p>"))
document.save(sys.argv[1])
with open(sys.argv[1], "rb") as file:
    read = {"mammoth": mammoth.extract_raw_text(file).value}
read["docx2txt"] = docx2txt.process(sys.argv[1])
read["docx2python"] = docx2python(sys.argv[1]).text
for name, text in read.items():
    print(name, *(f"{word} {text.count(word)}" for word in ("flyttet", "midt", "slettet", "boks")))
PYTHON
cat "$place/seen.txt"
grep -qx "mammoth flyttet 1 midt 1 slettet 0 boks 1" "$place/seen.txt" || { echo "changed: mammoth"; exit 1; }
for name in docx2txt docx2python; do
    grep -qx "$name flyttet 2 midt 1 slettet 0 boks 2" "$place/seen.txt" || { echo "changed: $name"; exit 1; }
done
