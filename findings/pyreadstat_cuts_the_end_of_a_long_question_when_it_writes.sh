#!/usr/bin/env bash
# pyreadstat 1.3.7 cuts a question's text at 256 bytes when it writes an SPSS file, so that the items of a Danish grid end
# alike.
#
# Guess: a label that is longer than the format allows is refused, as it is for Stata, or told of.
# Seen (Python 3.11, pandas 3.1): the label ends after 256 bytes, in the middle of a word though never of a letter, and æ, ø and
# å are two bytes each: of a text of 261 letters 238 are left. Where the question stands first and the item last, as survey
# systems write grids, every item then has the same label, and nothing says which is which. The label of a value ends at 120
# bytes. `write_dta` raises an error for the same label.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import pandas as pd
import pyreadstat

ASKED = "Hvor enig er du i, at lokalrådet og kommunen når længere sammen, når det gælder at få børn, ældre og tilflyttere med? "
ASKED += "Tænk på det seneste år, også på møder, der er blevet aflyst, og på det, I har aftalt på skrift eller på anden måde. "
ASKED += "Svar på hver linje: "
ITEMS = {"q1": "Økonomi", "q2": "Rekruttering"}
table = pd.DataFrame({name: [1.0, 2.0] for name in ITEMS})
labels = {name: ASKED + item for name, item in ITEMS.items()}
pyreadstat.write_sav(table, "a.sav", column_labels=labels, variable_value_labels={"q1": {1.0: "å" * 80}})
_, meta = pyreadstat.read_sav("a.sav")
read = meta.column_names_to_labels
print("written", [len(label) for label in labels.values()], "read", [len(label) for label in read.values()])
print("alike:", read["q1"] == read["q2"], "| bytes:", len(read["q1"].encode()))
print("value: 80 written,", len(meta.variable_value_labels["q1"][1.0]), "read")
try:
    pyreadstat.write_dta(table, "a.dta", column_labels=labels)
except pyreadstat.ReadstatError:
    print("Stata: refused")
PYTHON
cat seen.txt
{
    echo "written [261, 266] read [238, 238]"
    echo "alike: True | bytes: 256"
    echo "value: 80 written, 60 read"
    echo "Stata: refused"
} | diff - seen.txt || { echo "changed"; exit 1; }
