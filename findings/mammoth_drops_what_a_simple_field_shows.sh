#!/usr/bin/env bash
# mammoth 1.13.0, and with it markitdown 0.1.9, leaves out the words that a simple field shows in a Word file.
#
# Guess: a field is read as the words that stand in the document, whichever of Word's two ways of writing it is used.
# Seen (Python 3.11): a field written in parts (begin, separate, end) gives its words; the same field written as one element
# (`fldSimple`, as Word and LibreOffice write a name from the document's properties, a reference or a page number) gives
# nothing, and the words around it close up. mammoth says in its messages that an element was ignored; markitdown, which reads
# with it, hands no message on.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check 'markitdown[docx]==0.1.9' mammoth==1.13.0 python-docx==1.2.0
"$place/venv/bin/python" - "$place/a.docx" > "$place/seen.txt" 2> "$place/said.txt" <<'PYTHON'
import sys

import mammoth
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from markitdown import MarkItDown


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


SIMPLE = f'{run("Vi mener ")}<w:fldSimple w:instr=" DOCPROPERTY svar ">{run("nej")}</w:fldSimple>{run(" til det.")}'
PARTS = (
    f'{run("Vi mener ")}{mark("begin")}<w:r><w:instrText> DOCPROPERTY svar </w:instrText></w:r>{mark("separate")}'
    f'{run("nej")}{mark("end")}{run(" til det.")}'
)
for name, content in (("parts", PARTS), ("simple", SIMPLE)):
    document = Document()
    document.element.body.insert(0, parse_xml(f'<w:p {nsdecls("w")}>{content}</w:p>'))
    document.save(sys.argv[1])
    with open(sys.argv[1], "rb") as file:
        result = mammoth.extract_raw_text(file)
    print(name, "mammoth:", result.value.strip(), result.messages)
    print(name, "markitdown:", MarkItDown().convert(sys.argv[1]).text_content.strip())
PYTHON
cat "$place/seen.txt"
for name in mammoth markitdown; do
    grep -q "^parts $name: Vi mener nej til det" "$place/seen.txt" || { echo "changed: $name, parts"; exit 1; }
    grep -q "^simple $name: Vi mener  *til det" "$place/seen.txt" || { echo "changed: $name, simple"; exit 1; }
done
grep -q "^simple mammoth: .*ignored: w:fldSimple" "$place/seen.txt" || { echo "changed: mammoth's message"; exit 1; }
grep -qi ignored "$place/said.txt" && { echo "changed: markitdown tells of it"; exit 1; }
true
