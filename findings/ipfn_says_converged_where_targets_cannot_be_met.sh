#!/usr/bin/env bash
# ipfn 1.4.4 says that it has converged where the targets cannot be met, and weights five persons to nothing on the way.
#
# Guess: the flag that tells whether it converged is 0 where the weights do not add up to the targets.
# Seen (Python 3.11, pandas 2.3.3): 10 men of Fuby, and 5 men and 5 women of Stelby; Fuby shall be 60 of 100, and women 50. That
# cannot be. The flag is 1: Fuby is 50, and the men of Stelby are weighted to nothing, so that nobody's answers stand for
# theirs. Targets that differ in their sums (100 and 160) have the flag 1 too, and the first of them is not met. 1 means that the
# weights have stopped changing. Where the targets can be met the flag is 1 as well.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ipfn==1.4.4 pandas==2.3.3 numpy==2.2.6
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import contextlib
import io

import pandas as pd
from ipfn import ipfn

FUBY = {"Fuby": 60.0, "Stelby": 40.0}
WOMEN = {"k": 50.0, "m": 50.0}


def say(name, persons, by_sex):
    cells = [("Fuby", "m"), ("Fuby", "k"), ("Stelby", "m"), ("Stelby", "k")]
    table = pd.DataFrame([(*cell, float(n)) for cell, n in zip(cells, persons)], columns=["kommune", "koen", "total"])
    targets = [pd.Series(target).rename_axis(by) for by, target in (("kommune", FUBY), ("koen", by_sex))]
    with contextlib.redirect_stdout(io.StringIO()):
        weighted, flag = ipfn.ipfn(table, targets, [["kommune"], ["koen"]], verbose=1).iteration()
    towns = weighted.groupby("kommune")["total"].sum().round(1).to_dict()
    men = weighted.query("kommune == 'Stelby' and koen == 'm'")["total"].item()
    print(f"{name}: flag {flag}, {towns}, men of Stelby {men:.1f}")


say("can be met", (10, 5, 5, 5), WOMEN)
say("cannot be met", (10, 0, 5, 5), WOMEN)
say("sums differ", (10, 5, 5, 5), {"k": 80.0, "m": 80.0})
PYTHON
cat "$place/seen.txt"
{
    echo "can be met: flag 1, {'Fuby': 60.0, 'Stelby': 40.0}, men of Stelby 15.9"
    echo "cannot be met: flag 1, {'Fuby': 50.0, 'Stelby': 50.0}, men of Stelby 0.0"
    echo "sums differ: flag 1, {'Fuby': 96.0, 'Stelby': 64.0}, men of Stelby 25.4"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
