#!/usr/bin/env bash
# python-calamine 0.9.1 joins the words around a line break or a tab in a cell of an OpenDocument spreadsheet.
#
# Guess: a line break within a paragraph of a cell is read as one, as a new paragraph is, and a tab as a tab or a blank.
# Seen (Python 3.11): a new paragraph is a line break, and a run of blanks is kept; the elements `text:line-break` and
# `text:tab` are passed over with nothing in their place, so that "for lidt tid", a break, and "for mange møder" become "for
# lidt tidfor mange møder". A count of words has a word that nobody wrote. pandas 3.1.1 with odfpy 1.4.1 keeps the break and
# loses the tab; pyexcel-ods3 0.6.1 keeps both.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-calamine==0.9.1 odfpy==1.4.1 pandas==3.1.1 pyexcel-ods3==0.6.1
"$place/venv/bin/python" - "$place/a.ods" > "$place/seen.txt" <<'PYTHON'
import sys

import pandas as pd
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, Tab
from python_calamine import CalamineWorkbook

broken, tabbed = P(text="for lidt tid"), P(text="ja")
broken.addElement(LineBreak())
broken.addText("for mange møder")
tabbed.addElement(Tab())
tabbed.addText("nej")
cell = TableCell(valuetype="string")
for paragraph in (broken, tabbed):
    cell.addElement(paragraph)
row, sheet, document = TableRow(), Table(name="Ark1"), OpenDocumentSpreadsheet()
row.addElement(cell)
sheet.addElement(row)
document.spreadsheet.addElement(sheet)
document.save(sys.argv[1])
print("calamine", repr(CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()[0][0]))
print("pandas", repr(pd.read_excel(sys.argv[1], header=None, engine="odf").iloc[0, 0]))
print("pyexcel-ods3", repr(pyexcel_ods3.get_data(sys.argv[1])["Ark1"][0][0]))
PYTHON
cat "$place/seen.txt"
{
    echo "calamine 'for lidt tidfor mange møder\\njanej'"
    echo "pandas 'for lidt tid\\nfor mange møder\\njanej'"
    echo "pyexcel-ods3 'for lidt tid\\nfor mange møder\\nja\\tnej'"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
