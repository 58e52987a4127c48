#!/usr/bin/env bash
# pyexcel-xlsx 0.6.1 leaves out the rows that a filter of Excel hides, and counts a merged cell as often as it is wide.
#
# Guess: a sheet has all its rows for a reader, whatever was filtered when it was last saved, as for every other reader of
# workbooks; a merged cell has its value once.
# Seen (Python 3.11, pyexcel 0.7.6, openpyxl 3.1.5): four persons, and a filter on those who said yes was left on: there are two,
# and everybody said yes. A hidden column is gone too, so that what stands to the right moves to the left. 30 in a cell over two
# columns is 30 in both, so that the row's sum is 60. `skip_hidden_row_and_column=False`, which the list of changes alone speaks
# of, gives all. pandas 3.1.1 gives all rows, and the 30 once.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyexcel==0.7.6 pyexcel-xlsx==0.6.1 openpyxl==3.1.5 pandas==3.1.1
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
import pandas as pd
import pyexcel
from openpyxl import Workbook

PEOPLE = [("Fuby", "ja"), ("Fuby", "nej"), ("Stelby", "ja"), ("Stelby", "nej")]
book = Workbook()
sheet = book.active
for row in [("kommune", "svar"), *PEOPLE]:
    sheet.append(row)
sheet.auto_filter.ref = "A1:B5"
sheet.auto_filter.add_filter_column(1, ["ja"])
for number, (_, answer) in enumerate(PEOPLE, start=2):
    sheet.row_dimensions[number].hidden = answer != "ja"
book.save("filter.xlsx")
book = Workbook()
sheet = book.active
for row in [("kommune", "mænd", "kvinder"), ("Fuby", 30, None), ("Stelby", 10, 12)]:
    sheet.append(row)
sheet.merge_cells("B2:C2")
book.save("merged.xlsx")
print("filtered:", pyexcel.get_array(file_name="filter.xlsx")[1:])
print("all:", pyexcel.get_array(file_name="filter.xlsx", skip_hidden_row_and_column=False)[1:])
print("pandas:", len(pd.read_excel("filter.xlsx")), "persons,", pd.read_excel("merged.xlsx").iloc[0, 1:].tolist())
print("merged:", pyexcel.get_array(file_name="merged.xlsx")[1:])
PYTHON
cat seen.txt
{
    echo "filtered: [['Fuby', 'ja'], ['Stelby', 'ja']]"
    echo "all: [['Fuby', 'ja'], ['Fuby', 'nej'], ['Stelby', 'ja'], ['Stelby', 'nej']]"
    echo "pandas: 4 persons, [30.0, nan]"
    echo "merged: [['Fuby', 30, 30], ['Stelby', 10, 12]]"
} | diff - seen.txt || { echo "changed"; exit 1; }
