#!/usr/bin/env bash
# xlsx2csv 0.8.6 writes the unit of a number in place of the number, rounds shares, and puts clock times a minute back.
#
# Guess: a CSV file made from a workbook has the numbers that its cells hold, or what Excel shows of them.
# Seen (Python 3.11, openpyxl 3.1.5): a cell of 25 shown with a unit (the format is 0 "personer") becomes the words 0 "personer",
# in every row, whatever the number is. A share of 0.1256 shown as a percentage without decimals is the text "13%", and 0.004 is
# "0%": the rest is gone, while a number shown without decimals keeps its. Half past two in the afternoon is 14:29. 26 hours and
# 5 minutes are 1.086806. Nothing is said of any of it.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$place"
venv/bin/python - <<'PYTHON'
from datetime import datetime, timedelta

from openpyxl import Workbook

CELLS = [
    (25, '0 "personer"'),
    (7, '0 "personer"'),
    (0.1256, "0%"),
    (0.004, "0%"),
    (2.6, "0"),
    (datetime(2027, 5, 3, 14, 30), "dd-mm-yyyy hh:mm"),
    (timedelta(hours=26, minutes=5), "[h]:mm"),
]
book = Workbook()
for row, (value, shown) in enumerate(CELLS, start=1):
    book.active.cell(row, 1, value).number_format = shown
book.save("a.xlsx")
PYTHON
venv/bin/xlsx2csv a.xlsx > seen.txt
cat seen.txt
{
    echo '"0 ""personer"""'
    echo '"0 ""personer"""'
    echo "13%"
    echo "0%"
    echo "2.6"
    echo "03-05-2027 14:29"
    echo "1.086806"
} | diff - seen.txt || { echo "changed"; exit 1; }
