#!/usr/bin/env bash
# pyexcel-ods 0.6.0 gives rows of an OpenDocument spreadsheet that are alike and follow each other once.
#
# Guess: a sheet has as many rows for a reader as a person sees in it.
# Seen (Python 3.11): where neighbouring rows are alike, a spreadsheet may write one row and how often it is repeated, as
# LibreOffice does. The repetition is read for cells and not for rows: three persons of Fuby who all said no are one, and two
# empty rows are one, so that the numbers of the rows below move. Cells under a merged one are left out, so that what stands to
# the right moves to the left. python-calamine 0.9.1 and pyexcel-ods3 0.6.1 give all rows in their places.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for reader in pyexcel-ods==0.6.0 pyexcel-ods3==0.6.1; do
    python3 -m venv "$place/$reader"
    "$place/$reader/bin/pip" install --quiet --disable-pip-version-check "$reader" odfpy==1.4.1 python-calamine==0.9.1
done
cat > "$place/write.py" <<'PYTHON'
import sys

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P


def cell(words="", **how):
    made = TableCell(valuetype="string", **how) if words else TableCell()
    if words:
        made.addElement(P(text=words))
    return made


def row(*cells, **how):
    made = TableRow(**how)
    for each in cells:
        made.addElement(each)
    return made


sheet = Table(name="Ark1")
sheet.addElement(row(cell("Stelby"), cell("ja")))
sheet.addElement(row(cell("Fuby"), cell("nej"), numberrowsrepeated=3))
sheet.addElement(row(cell(), cell(), numberrowsrepeated=2))
sheet.addElement(row(cell("alle", numbercolumnsspanned=2), CoveredTableCell(), cell("5")))
document = OpenDocumentSpreadsheet()
document.spreadsheet.addElement(sheet)
document.save(sys.argv[1])
PYTHON
"$place/pyexcel-ods==0.6.0/bin/python" "$place/write.py" "$place/a.ods"
{
    "$place/pyexcel-ods==0.6.0/bin/python" - "$place/a.ods" <<'PYTHON'
import sys

import pyexcel_ods
from python_calamine import CalamineWorkbook

print("pyexcel-ods", pyexcel_ods.get_data(sys.argv[1])["Ark1"])
sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
print("calamine", [[cell for cell in cells if cell] for cells in sheet.to_python()])
PYTHON
    "$place/pyexcel-ods3==0.6.1/bin/python" - "$place/a.ods" <<'PYTHON'
import sys

import pyexcel_ods3

print("pyexcel-ods3", pyexcel_ods3.get_data(sys.argv[1])["Ark1"])
PYTHON
} > "$place/seen.txt"
cat "$place/seen.txt"
{
    echo "pyexcel-ods [['Stelby', 'ja'], ['Fuby', 'nej'], [], ['alle', '5']]"
    echo "calamine [['Stelby', 'ja'], ['Fuby', 'nej'], ['Fuby', 'nej'], ['Fuby', 'nej'], [], [], ['alle', '5']]"
    echo "pyexcel-ods3 [['Stelby', 'ja'], ['Fuby', 'nej'], ['Fuby', 'nej'], ['Fuby', 'nej'], [], [], ['alle', '', '5']]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
