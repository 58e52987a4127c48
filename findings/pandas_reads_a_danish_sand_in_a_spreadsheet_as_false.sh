#!/usr/bin/env bash
# pandas 3.1.1 with odfpy 1.4.1 reads every true cell of a Danish OpenDocument spreadsheet as False.
#
# Guess: a cell that is yes or no is read by its value, which is "true" or "false" in every language.
# Seen (Python 3.11): the value is passed over, and what is shown is compared with the English word TRUE. In a Danish
# LibreOffice a true cell shows SAND, and in a German one WAHR: all of them become False, of the type for yes and no, so that
# nothing looks odd. A column of ticks says that nobody ticked. python-calamine 0.9.1 reads the value.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1
"$place/venv/bin/python" - "$place/a.ods" > "$place/seen.txt" <<'PYTHON'
import sys

import pandas as pd
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

SHOWN = (("TRUE", True), ("SAND", True), ("WAHR", True), ("FALSK", False))
sheet = Table(name="Ark1")
for words, value in SHOWN:
    cell = TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    cell.addElement(P(text=words))
    row = TableRow()
    row.addElement(cell)
    sheet.addElement(row)
document = OpenDocumentSpreadsheet()
document.spreadsheet.addElement(sheet)
document.save(sys.argv[1])
for engine in ("odf", "calamine"):
    read = pd.read_excel(sys.argv[1], header=None, engine=engine)[0].tolist()
    print(engine, *(f"{words}={value}" for (words, _), value in zip(SHOWN, read, strict=True)))
PYTHON
cat "$place/seen.txt"
{
    echo "odf TRUE=True SAND=False WAHR=False FALSK=False"
    echo "calamine TRUE=True SAND=True WAHR=True FALSK=False"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
