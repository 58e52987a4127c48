#!/usr/bin/env bash
# pyjstat 2.4.0 writes the numbers of a table whose rows are not sorted under other municipalities and years.
#
# Guess: a table with one row for each municipality and year becomes JSON-stat with each number in its own cell, whatever the
# rows' order is, as every row names its cell; a row that is missing is an empty cell.
# Seen (Python 3.11, pandas 2.3.3): the numbers are written as they stand, below each other, and the cells are told by the order
# in which each name comes first. Four rows in the order of their dates: Stelby' 40 of 2027 becomes Fuby's, and Fuby's 20 Stelby'.
# Where a row is missing there is one number less than cells, and what is behind it moves up. Nothing is said.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyjstat==2.4.0 pandas==2.3.3
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import json

import pandas as pd
from pyjstat import pyjstat

ROWS = [("Stelby", "2026", 10), ("Fuby", "2026", 20), ("Fuby", "2027", 30), ("Stelby", "2027", 40)]


def written(rows):
    table = pd.DataFrame(rows, columns=["kommune", "aar", "value"])
    return pyjstat.Dataset.read(table).write()


for rows in (sorted(ROWS), ROWS):
    back = pyjstat.Dataset.read(written(rows)).write("dataframe")
    print("right" if sorted(back.itertuples(index=False, name=None)) == sorted(rows) else "wrong", back.values.tolist())
without = json.loads(written(sorted(ROWS)[1:]))
print("cells", without["size"][0] * without["size"][1], "numbers", without["value"])
PYTHON
cat "$place/seen.txt"
{
    echo "right [['Fuby', '2026', 20], ['Fuby', '2027', 30], ['Stelby', '2026', 10], ['Stelby', '2027', 40]]"
    echo "wrong [['Stelby', '2026', 10], ['Stelby', '2027', 20], ['Fuby', '2026', 30], ['Fuby', '2027', 40]]"
    echo "cells 4 numbers [30, 10, 40]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
