#!/usr/bin/env bash
# docx-mailmerge2 1.0.3 writes 12.5 as "12" where the Word template's Danish picture asks for a decimal, and 1234.5 as "1234.500".
#
# Guess: a field that a Danish Word writes numbers with, \# "0,0" or \# "#.##0", gives "12,5" and "1.235"; or the signs of the
# picture are taken as they stand, and what cannot be read is told of.
# Seen (Python 3.11): comma and point are always the English ones. "0,0" is read as a number with thousands, so the decimal is
# cut off: a share of 0.125 is "00". "#.##0" gives three decimals, so that 1234.5 is "1234.500". A blank for thousands leaves
# the rest of the picture in the letter ("1234 ##0"). Dates have English months. A number given as a text is written as it is.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docx-mailmerge2==1.0.3 python-docx==1.2.0
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
from datetime import date

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from mailmerge import MailMerge

PICTURES = [
    ("tal", '\\# "0,0"'), ("tal", '\\# "#.##0"'), ("tal", '\\# "# ##0"'), ("tal", '\\# "0.0"'),
    ("dag", '\\@ "d. MMMM yyyy"'),
]  # fmt: skip
made = Document()
for name, picture in PICTURES:
    made.element.body.insert(
        -1,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText xml:space='preserve'>"
            f" MERGEFIELD {name} {picture} </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            f"<w:r><w:t>«{name}»</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        ),
    )
made.save("skabelon.docx")
for number in (12.5, 0.125, 1234.5, "1.234,5"):
    with MailMerge("skabelon.docx") as letter:
        letter.merge(tal=number, dag=date(2027, 5, 3))
        letter.write("brev.docx")
    print(number, [paragraph.text for paragraph in Document("brev.docx").paragraphs])
PYTHON
cat seen.txt
{
    echo "12.5 ['12', '12.500', '12 ##0', '12.5', '3. May 2027']"
    echo "0.125 ['00', '0.125', '0 ##0', '0.1', '3. May 2027']"
    echo "1234.5 ['1,234', '1234.500', '1234 ##0', '1234.5', '3. May 2027']"
    echo "1.234,5 ['1.234,5', '1.234,5', '1.234,5', '1.234,5', '3. May 2027']"
} | diff - seen.txt || { echo "changed"; exit 1; }
