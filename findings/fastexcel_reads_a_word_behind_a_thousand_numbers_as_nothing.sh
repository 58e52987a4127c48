#!/usr/bin/env bash
# fastexcel 0.21.0, and with it polars 2.1.0, reads an answer in words that stands behind a thousand numbers as no answer.
#
# Guess: a column with numbers and a word becomes text, as it does in a short sheet, and as `coerce` is described; or it is told of.
# Seen (Python 3.11): what a column is, is told from its first 1,000 rows. A word below them becomes a missing value: of 1,200
# ages the one that says "over 90" is gone, and "ved ikke" among dates. With the word in row 900 all are texts. `read_excel` of
# polars tells from 100 rows, and leaves out whoever has no value left: 1,199 persons. Nothing is said. With
# `schema_sample_rows=None` the column is text. pandas 3.1.1 keeps both words.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    fastexcel==0.21.0 polars==2.1.0 pandas==3.1.1 openpyxl==3.1.5 pyarrow
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
from datetime import date

import fastexcel
import pandas as pd
import polars as pl
from openpyxl import Workbook

for name, row in (("early", 900), ("late", 1100)):
    book = Workbook()
    book.active.append(["alder", "dato"])
    for number in range(1200):
        said = number == row
        book.active.append(["over 90" if said else number % 90, "ved ikke" if said else date(2027, 5, 3)])
    book.save(f"{name}.xlsx")
    sheets = fastexcel.read_excel(f"{name}.xlsx")
    print(name, "fastexcel:", sheets.load_sheet(0).to_polars().row(row))
    print(name, "told from all rows:", sheets.load_sheet(0, schema_sample_rows=None).to_polars().row(row))
    print(name, "polars, persons:", pl.read_excel(f"{name}.xlsx").height)
    print(name, "pandas:", tuple(pd.read_excel(f"{name}.xlsx").iloc[row]))
PYTHON
cat seen.txt
{
    echo "early fastexcel: ('over 90', 'ved ikke')"
    echo "early told from all rows: ('over 90', 'ved ikke')"
    echo "early polars, persons: 1199"
    echo "early pandas: ('over 90', 'ved ikke')"
    echo "late fastexcel: (None, None)"
    echo "late told from all rows: ('over 90', 'ved ikke')"
    echo "late polars, persons: 1199"
    echo "late pandas: ('over 90', 'ved ikke')"
} | diff - seen.txt || { echo "changed"; exit 1; }
