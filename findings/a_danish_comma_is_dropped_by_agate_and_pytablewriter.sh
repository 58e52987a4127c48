#!/usr/bin/env bash
# agate 1.14.2 reads the Danish "12,5" as 125, and pytablewriter 1.2.1 writes the text "12,5" as 125 and "0330" as 330.
#
# Guess: a column of "12,5" and "7,25" is text where commas are no decimals, since no thousands have one or two digits; and what
# is given to a writer of tables as a text is written as it was given.
# Seen (Python 3.11): every comma is taken out, wherever it stands: agate makes 12.5 percent 125 and 7.25 percent 725, ten and a
# hundred times as much in one column; "1.234" persons are 1.234, and the 3rd of May is the 5th of March. pytablewriter, which
# only writes, does the same to texts, and takes the zero off a municipality's code; "under 5" beside them stays.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check agate==1.14.2 pytablewriter==1.2.1
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import io

import agate
from pytablewriter import CsvTableWriter

FILE = "andel;antal;dato\n12,5;1.234;03-05-2027\n7,25;2.500;04-06-2027\n"
for column in agate.Table.from_csv(io.StringIO(FILE), delimiter=";").columns:
    print("agate", column.name, type(column.data_type).__name__, [str(value) for value in column])
writer = CsvTableWriter(headers=["kode", "andel"], value_matrix=[["0330", "12,5"], ["0360", "7,25"], ["0376", "under 5"]])
for line in writer.dumps().splitlines():
    print("pytablewriter", line)
PYTHON
cat "$place/seen.txt"
{
    echo "agate andel Number ['125', '725']"
    echo "agate antal Number ['1.234', '2.500']"
    echo "agate dato Date ['2027-03-05', '2027-04-06']"
    echo 'pytablewriter "kode","andel"'
    echo "pytablewriter 330,125"
    echo "pytablewriter 360,725"
    echo 'pytablewriter 376,"under 5"'
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
