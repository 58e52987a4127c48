#!/usr/bin/env bash
# statsmodels 0.15.0 counts a coder who left a unit out as one who gave an answer of its own, "nan", and Fleiss' kappa with it.
#
# Guess: `aggregate_raters` leaves what is missing out of the counts, or refuses it, as `fleiss_kappa` refuses units with
# unequal numbers of answers.
# Seen (Python 3.11): NaN becomes a category beside the others. Two coders who both left a unit out agree on it, and one who did
# differs from the others: where all agree on whatever they have coded, kappa is .33 instead of 1. Since every unit then has the
# same number of answers, the check in `fleiss_kappa` finds nothing.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check statsmodels==0.15.0 'scipy<1.18' 'pandas<3.1'
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

NONE = np.nan
coded = [[1, 1, 1], [2, 2, 2], [1, 1, 1], [2, 2, 2]]
left_out = [[1, NONE, 1], [NONE, 2, 2], [1, 1, NONE], [2, NONE, NONE]] * 2
for name, units in (("coded by all", coded), ("with some left out", coded + left_out)):
    counts, categories = aggregate_raters(np.array(units, dtype=float))
    print(f"{name}: categories {categories.tolist()}, kappa {fleiss_kappa(counts):.2f}")
PYTHON
cat "$place/seen.txt"
{
    echo "coded by all: categories [1.0, 2.0], kappa 1.00"
    echo "with some left out: categories [1.0, 2.0, nan], kappa 0.33"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
