#!/usr/bin/env bash
# anjana 1.2.3 adds the number of each person's row in the original file to the anonymous one, whenever it leaves anybody out.
#
# Guess: of the columns named as identifiers all become "*", and nothing else tells which row of the original is which.
# Seen (Python 3.11, pandas 2.3.3): where k is reached by coarser answers alone, the result has the columns that went in. Where
# some persons are left out for it, there is a column more, "index", with the row numbers of those that stay, first of all:
# whoever has the list of participants in the order of the file has every answer's name. The names themselves are "*". That it
# is there depends on the share that may be left out, not on anything that one asks for.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check anjana==1.2.3 pandas==2.3.3
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import contextlib
import io

import numpy as np
import pandas as pd
from anjana.anonymity import k_anonymity

people = pd.DataFrame(
    {
        "navn": [f"P{number}" for number in range(12)],
        "alder": ["30", "31", "30", "31", "30", "31", "52", "53", "54", "55", "56", "57"],
        "svar": ["ja", "nej"] * 6,
    }
)
COARSER = {"alder": {0: people["alder"].to_numpy(), 1: np.array(["30-39"] * 6 + ["50-59"] * 6)}}
for may_go in (0, 50):
    with contextlib.redirect_stdout(io.StringIO()):
        released = k_anonymity(people.copy(), ["navn"], ["alder"], 3, may_go, COARSER)
    print(f"{may_go} % may be left out: {len(released)} persons,", list(released.columns))
    print(released.tail(2).astype(str).values.tolist())
PYTHON
cat "$place/seen.txt"
{
    echo "0 % may be left out: 12 persons, ['navn', 'alder', 'svar']"
    echo "[['*', '50-59', 'ja'], ['*', '50-59', 'nej']]"
    echo "50 % may be left out: 6 persons, ['index', 'navn', 'alder', 'svar']"
    echo "[['4', '*', '30', 'ja'], ['5', '*', '31', 'nej']]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
