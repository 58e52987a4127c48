#!/usr/bin/env bash
# docx2txt 0.9, docx2python 3.7.1 and mammoth 1.13.0 read the prompt of a Word form's empty field as what was answered there.
#
# Guess: of a form that somebody filled in, the text is what was written, chosen and ticked; what Word shows in grey until
# somebody writes ("Klik her ...") is marked as such in the file, and is left out.
# Seen (Python 3.11): the mark (`showingPlcHdr`) is not heeded, so that everybody who skipped a question has answered "Klik her
# for at skrive tekst." in the same words. What is chosen in a list of an older form is read by docx2python alone, and so is
# a tick in such a box; mammoth's plain text has no tick of a newer box either. python-docx 1.2.0 leaves out the prompt, and
# with it what was written in a field, though not in an older one.
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
from docx.oxml.ns import nsdecls
from docx2python import docx2python

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def control(properties, words):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(words)}</w:sdtContent></w:sdt>"


def older(data, code, shown=""):
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:enabled/>{data}</w:ffData></w:fldChar></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f'{begin}{instruction}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


BOX = '<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/></w14:checkbox>'
LISTED = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Fuby"/><w:listEntry w:val="Stelby"/></w:ddList>'
FIELDS = {
    "tom": control("<w:showingPlcHdr/><w:text/>", "Klik her for at skrive tekst."),
    "skrevet": control("<w:text/>", "ja"),
    "kryds": control(BOX, "☒"),
    "gammel": older("<w:textInput/>", "FORMTEXT", run("nej")),
    "liste": older(LISTED, "FORMDROPDOWN"),
    "boks": older("<w:checkBox><w:sizeAuto/><w:checked/></w:checkBox>", "FORMCHECKBOX"),
}
made = Document()
for name, field in FIELDS.items():
    made.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')} {W14}>{run(name + ': ')}{field}</w:p>"))
made.save(sys.argv[1])
with open(sys.argv[1], "rb") as file:
    read = {"mammoth": mammoth.extract_raw_text(file).value}
read["docx2txt"] = docx2txt.process(sys.argv[1])
read["docx2python"] = docx2python(sys.argv[1]).text
read["python-docx"] = "\n".join(paragraph.text for paragraph in Document(sys.argv[1]).paragraphs)
for reader, text in read.items():
    print(reader, "|", " | ".join(line.strip() for line in text.splitlines() if line.strip()))
PYTHON
cat "$place/seen.txt"
{
    echo "mammoth | tom: Klik her for at skrive tekst. | skrevet: ja | kryds: | gammel: nej | liste: | boks:"
    echo "docx2txt | tom: Klik her for at skrive tekst. | skrevet: ja | kryds: ☒ | gammel: nej | liste: | boks:"
    echo "docx2python | tom: Klik her for at skrive tekst. | skrevet: ja | kryds: ☒ | gammel: nej | liste: Stelby | boks: ☒"
    echo "python-docx | tom: | skrevet: | kryds: | gammel: nej | liste: | boks:"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
