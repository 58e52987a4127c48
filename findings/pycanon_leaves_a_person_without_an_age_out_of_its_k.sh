#!/usr/bin/env bash
# pycanon 1.3.6 leaves out of its k whoever lacks an answer, and counts a missing answer as one more that differs.
#
# Guess: k is the size of the smallest group of persons who are alike in what may be known of them; who has no age is in a group
# of those without. l is the number of different answers in a group, of those that were given.
# Seen (Python 3.11): eleven persons, of whom one alone has no age: k is 5 by age, since that person is in no group; add the
# municipality, which all share, and k is 1. Of five in Fuby three have answered, all the same, so that everybody knows what
# they answered: l is 2, for the two who gave none count as another answer. A file that gives somebody away passes both checks.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pycanon==1.3.6 pandas==2.3.3
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import pandas as pd
from pycanon import anonymity

people = pd.DataFrame({"alder": ["30-39"] * 5 + ["40-49"] * 5 + [None], "kommune": ["Fuby"] * 11})
print("by hand:", int(people.groupby("alder", dropna=False).size().min()))
print("k by age:", anonymity.k_anonymity(people, ["alder"]))
print("k by age and municipality:", anonymity.k_anonymity(people, ["alder", "kommune"]))
hours = pd.DataFrame({"kommune": ["Fuby"] * 5 + ["Stelby"] * 5, "timer": [2, None, 2, None, 2, 1, 2, 3, 4, 5]})
print("answers in Fuby:", hours[hours["kommune"] == "Fuby"]["timer"].nunique())
print("l:", anonymity.l_diversity(hours, ["kommune"], ["timer"]))
PYTHON
cat "$place/seen.txt"
{
    echo "by hand: 1"
    echo "k by age: 5"
    echo "k by age and municipality: 1"
    echo "answers in Fuby: 1"
    echo "l: 2"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
