#!/usr/bin/env bash
# markitdown 0.1.9 writes a workbook's text "0330" as 330, and the answers "NA" and "None" as NaN, as it writes empty cells.
#
# Guess: a workbook made into Markdown shows what stands in its cells; text stays text, and an empty cell is empty.
# Seen (Python 3.11, pandas 3.1.1): cells of text are read as if they came from a CSV: a municipality's code loses its zero (and
# gets a decimal where a row has none), and an answer that is one of some twenty words is gone, with nothing to tell it from no
# answer. A column of whole numbers with a gap gets decimals. An upright bar in an answer begins a new cell, so that its row has
# one cell more than the headings. A sheet that is hidden is written like the others.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check 'markitdown[xlsx]==0.1.9' pandas==3.1.1 openpyxl==3.1.5
cd "$place"
"$place/venv/bin/python" -W ignore - > seen.txt <<'PYTHON'
from markitdown import MarkItDown
from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.title = "Svar"
for row in (("kode", "antal", "svar"), ("0330", 12, "NA"), ("0336", None, "None"), ("0259", 7, "Nej | tak")):
    sheet.append(row)
hidden = book.create_sheet("Navne")
hidden.sheet_state = "hidden"
hidden.append(("Bo",))
book.save("a.xlsx")
for line in MarkItDown().convert("a.xlsx").text_content.splitlines():
    if line.strip():
        print(line)
PYTHON
cat seen.txt
{
    echo "## Svar"
    echo "| kode | antal | svar |"
    echo "| --- | --- | --- |"
    echo "| 330 | 12.0 | NaN |"
    echo "| 336 | NaN | NaN |"
    echo "| 259 | 7.0 | Nej | tak |"
    echo "## Navne"
    echo "| Bo |"
    echo "| --- |"
} | diff - seen.txt || { echo "changed"; exit 1; }
