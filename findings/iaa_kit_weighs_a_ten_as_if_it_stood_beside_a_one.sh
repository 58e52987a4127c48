#!/usr/bin/env bash
# iaa-kit 0.1.2 weighs a 10 as if it stood between 1 and 2, calls weighted kappa AC2, and interval alpha ordinal.
#
# Guess: weighted kappa of numbers has them in the order of numbers; AC2 is Gwet's, ordinal alpha goes by ranks, and a unit with
# one judgement counts for nothing in alpha (Krippendorff), as elsewhere.
# Seen (Python 3.11, krippendorff 0.9.0): labels are ordered as texts, so that who says 10 where the other says 9 differs as
# much as can be: .25 for judgements from 1 to 10 that are .63 when they are written 01 to 10. "AC2" is that same number.
# Ordinal alpha is the interval one, .81 for .85, and units that one coder alone has judged lift it from .68, which it is
# without them. NaN is a judgement of its own for kappa; None is none.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check iaa-kit==0.1.2 krippendorff==0.9.0 numpy==2.4.6
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import math

import krippendorff
from iaa_kit import ac2, alpha_value, cohen_kappa, weighted_kappa

FIRST, SECOND = [1, 2, 9, 10, 1, 10], [1, 1, 9, 10, 2, 9]
for kind in ("{}", "{:02}"):
    pair = [[kind.format(given) for given in coder] for coder in (FIRST, SECOND)]
    print("written", *pair[0], "kappa", round(weighted_kappa(*pair), 3), "AC2", round(ac2(*pair), 3))
print("numbers", round(weighted_kappa(FIRST, SECOND), 3))
BOTH, ALONE = [[1, 1], [2, 2], [3, 3], [1, 2], [3, 5]], [[5, None]] * 3
for scale in ("ordinal", "interval"):
    coders = [[math.nan if given is None else given for given in coder] for coder in zip(*BOTH, *ALONE)]
    right = float(krippendorff.alpha(coders, level_of_measurement=scale))
    print(scale, [round(each, 3) for each in (alpha_value(BOTH, scale), alpha_value(BOTH + ALONE, scale), right)])
print("left out", [round(cohen_kappa(["a", "b", "a", left], ["a", "b", "a", left]), 3) for left in (None, math.nan)])
PYTHON
cat "$place/seen.txt"
{
    echo "written 1 2 9 10 1 10 kappa 0.25 AC2 0.25"
    echo "written 01 02 09 10 01 10 kappa 0.625 AC2 0.625"
    echo "numbers 0.25"
    echo "ordinal [0.681, 0.806, 0.847]"
    echo "interval [0.681, 0.806, 0.681]"
    echo "left out [1.0, 0.636]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
