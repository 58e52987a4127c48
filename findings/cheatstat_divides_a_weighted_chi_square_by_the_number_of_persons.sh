#!/usr/bin/env bash
# cheatstat 4.1.2 finds no difference in a weighted table, also where everybody weighs 1, and fills in answers that are missing.
#
# Guess: with weights of 1 a table has the chi-square and p of the same table without weights; `recode` of "all but 1 and 2"
# leaves a missing answer missing; excess kurtosis of a normal distribution is about 0.
# Seen (Python 3.11, pandas 3.1.1): what is named the design effect is the effective number of persons, 200 instead of 1, and
# chi-square is divided by it: 70 of 100 and 40 of 100 differ with p = .77, where it is .00004, and in a table of two by two it
# can't be less than .31. `recode` with "not 1,2" gives the new answer to who has none. "Exzess" takes 3 off a kurtosis of which
# 3 is off already: -3.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    cheatstat==4.1.2 pandas==3.1.1 scipy==1.17.1 statsmodels==0.15.0
"$place/venv/bin/python" - > "$place/seen.txt" 2> "$place/warnings.txt" <<'PYTHON'
import cheatstat
import pandas as pd
from scipy.stats import chi2_contingency, norm

yes = pd.DataFrame({"by": ["Fuby"] * 100 + ["Stelby"] * 100, "svar": ["ja"] * 70 + ["nej"] * 30 + ["ja"] * 40 + ["nej"] * 60})
told = cheatstat.cross_tab(yes.assign(vægt=1.0), "by", "svar", weight="vægt").info
print("told", *(f"{name} {float(told[name]):.2f}" for name in ("Chi²", "DEFF", "Chi² (korr.)", "p (korr.)")))
right = chi2_contingency(pd.crosstab(yes["by"], yes["svar"]))
print(f"right Chi² {right[0]:.2f} p {right[1]:.5f}")
apart = pd.DataFrame({"by": ["Fuby", "Stelby"] * 500, "svar": ["ja", "nej"] * 500, "vægt": [1.0] * 1000})
told = cheatstat.cross_tab(apart, "by", "svar", weight="vægt").info
print("all different p", round(float(told["p (korr.)"]), 2))
recoded = cheatstat.recode(pd.DataFrame({"svar": [1, 2, None, 3]}), "svar", {"not 1,2": 9}, new_name="ny")
print("recoded", recoded["ny"].tolist())
normal = pd.DataFrame({"x": norm.ppf([(step + 0.5) / 2000 for step in range(2000)])})
print("Exzess", float(cheatstat.uniV(normal, "x").stat.set_index("Statistik").loc["Exzess", "Wert"]))
PYTHON
cat "$place/seen.txt"
{
    echo "told Chi² 16.99 DEFF 200.00 Chi² (korr.) 0.08 p (korr.) 0.77"
    echo "right Chi² 16.99 p 0.00004"
    echo "all different p 0.32"
    echo "✅ recode: svar → ny (2 zugeordnet, 2 nicht zugeordnet, 2 NaN)"
    echo "recoded [nan, nan, 9.0, 9.0]"
    echo "Exzess -3.01"
} | diff - "$place/seen.txt" || { echo "changed"; cat "$place/warnings.txt"; exit 1; }
