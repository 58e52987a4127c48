#!/usr/bin/env bash
# acro 1.0.2, asked to suppress, gives totals of the cells that are left as if they were everybody, and an empty table of
# shares.
#
# Guess: where `crosstab(..., margins=True)` hides a small cell, the total is that of all who answered, or is hidden too; and
# `normalize="index"` hides the shares of the same cells that it hides when they are counted.
# Seen (Python 3.11, pandas 2.3.3): the totals are added up again from the cells that may be shown, under the same name "All".
# 28 of 30 say yes in Fuby, the two others are hidden, and the row's total is 28: everybody says yes. The row's mean is that of
# those who said yes, 1.00 hours for 1.93. A share is below 1, which is held against the threshold of 10 persons as if it were a
# count: every cell fails, and what comes back has no rows. The log speaks of a review, not of other totals.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check acro==1.0.2 pandas==2.3.3
cd "$place"
"$place/venv/bin/python" -W ignore - > seen.txt 2> said.txt <<'PYTHON'
import pandas as pd
from acro import ACRO

people = pd.DataFrame(
    {
        "kommune": ["Fuby"] * 30 + ["Stelby"] * 30,
        "svar": ["ja"] * 28 + ["nej"] * 2 + ["ja"] * 14 + ["nej"] * 16,
        "timer": [1.0] * 28 + [15.0] * 2 + [2.0] * 30,
    }
)
release = ACRO(suppress=True)
counted = release.crosstab(people["kommune"], people["svar"], margins=True)
means = release.crosstab(people["kommune"], people["svar"], values=people["timer"], aggfunc="mean", margins=True)
shares = release.crosstab(people["kommune"], people["svar"], normalize="index")
print("truly in Fuby:", len(people[people["kommune"] == "Fuby"]), "and all:", len(people))
print("counted in Fuby:", int(counted.loc["Fuby", "All"]), "and all:", int(counted.loc["All", "All"]))
truly = people.groupby("kommune")["timer"].mean()["Fuby"]
print("mean in Fuby:", round(float(means.loc["Fuby", "All"]), 2), "truly:", round(float(truly), 2))
print("rows of shares:", len(shares))
PYTHON
cat seen.txt
{
    echo "truly in Fuby: 30 and all: 60"
    echo "counted in Fuby: 28 and all: 58"
    echo "mean in Fuby: 1.0 truly: 1.93"
    echo "rows of shares: 0"
} | diff - seen.txt || { echo "changed"; exit 1; }
