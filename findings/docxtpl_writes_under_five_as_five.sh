#!/usr/bin/env bash
# docxtpl 0.20.2 writes "<5" as "5" in a Word document, and "Børn & unge" as "Børn  unge".
#
# Guess: a sign that XML keeps for itself is written as it is, or the rendering fails, or Word says that the document is broken;
# `RichText`, which is handed over as ready, escapes its words itself.
# Seen (Python 3.11, python-docx 1.2.0): unless `autoescape=True` is given, the sign is left out and the document opens: a count
# hidden as "<5" is a 5, and nobody sees that anything is gone. In a `RichText` ">" and quotation marks go too. With
# `autoescape=True` every sign is there, in a `RichText` too.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0 lxml==6.0.2
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import docx
from docxtpl import DocxTemplate, RichText

ANSWER = '<5 sagde "godt" & >5 skidt'
template = docx.Document()
template.add_paragraph("{{ svar }}")
template.add_paragraph("{{r rigt }}")
template.save("skabelon.docx")
for escaped in (False, True):
    made = DocxTemplate("skabelon.docx")
    made.render({"svar": ANSWER, "rigt": RichText(ANSWER)}, autoescape=escaped)
    made.save("svar.docx")
    print("autoescape", escaped, [each.text for each in docx.Document("svar.docx").paragraphs])
PYTHON
cat seen.txt
{
    echo "autoescape False ['5 sagde \"godt\"  >5 skidt', '5 sagde godt  5 skidt']"
    echo "autoescape True ['<5 sagde \"godt\" & >5 skidt', '<5 sagde \"godt\" & >5 skidt']"
} | diff - seen.txt || { echo "changed"; exit 1; }
