#!/usr/bin/env bash
# irrCAC 0.4.4 orders worded answers by the alphabet, so that "lav, middel, høj" weighs as "høj, lav, middel".
#
# Guess: weights for an order ("ordinal", "quadratic") are refused for texts, as krippendorff 0.9.0 does, or follow the order of
# a pandas category that has one; and Krippendorff's alpha with "ordinal" is what krippendorff calls ordinal.
# Seen (Python 3.11, pandas 2.3.3): the categories are sorted as texts, also where the columns are ordered categories: alpha
# with quadratic weights is .48 where the same answers as 1, 2, 3 give .81. Only `categories=[...]` keeps the order. With
# numbers "ordinal" is another weighting than Krippendorff's (.774 for .814 here), under his name. Nothing warns.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check irrCAC==0.4.4 krippendorff==0.9.0 pandas==2.3.3 'numpy<2'
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import krippendorff
import pandas as pd
from irrCAC.raw import CAC

ORDER = ["lav", "middel", "høj"]
worded = pd.DataFrame(
    {
        "A": ["lav", "middel", "høj", "lav", "middel", "høj", "lav"],
        "B": ["lav", "høj", "høj", "middel", "middel", "høj", "lav"],
    }
)
coded = worded.apply(lambda column: column.map(ORDER.index) + 1)
ordered = worded.astype(pd.CategoricalDtype(ORDER, ordered=True))


def alpha(answers, weights, **rest):
    return round(CAC(answers, weights=weights, **rest).krippendorff()["est"]["coefficient_value"], 3)


print("quadratic, codes:", alpha(coded, "quadratic"))
print("quadratic, words:", alpha(worded, "quadratic"))
print("quadratic, ordered categories:", alpha(ordered, "quadratic"))
print("quadratic, words and their order:", alpha(worded, "quadratic", categories=ORDER))
print("ordinal, codes:", alpha(coded, "ordinal"))
values = coded.T.to_numpy(dtype=float)
print("ordinal, krippendorff:", round(krippendorff.alpha(values, level_of_measurement="ordinal"), 3))
try:
    krippendorff.alpha(worded.T.to_numpy(dtype=str), level_of_measurement="ordinal")
except ValueError:
    print("words, krippendorff: refused")
PYTHON
cat "$place/seen.txt"
{
    echo "quadratic, codes: 0.814"
    echo "quadratic, words: 0.48"
    echo "quadratic, ordered categories: 0.48"
    echo "quadratic, words and their order: 0.814"
    echo "ordinal, codes: 0.774"
    echo "ordinal, krippendorff: 0.814"
    echo "words, krippendorff: refused"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
