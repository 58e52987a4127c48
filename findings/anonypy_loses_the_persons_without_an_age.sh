#!/usr/bin/env bash
# anonypy 0.2.1 leaves the persons without an age out of its table, or counts them in an age range, as the others fall.
#
# Guess: a person without an age is in a group of those without, or the column is refused; the counts add up to the persons.
# Seen (Python 3.11, pandas 2.3.3): groups are halved at the median, into those below and those not below it; who has no age is
# neither, and is gone: of 12 persons 8 are counted, however many of the 4 are alike. Where a group is too small to be halved
# they are in it: then the one without an age is "30-33". Persons without an answer are gone too. The rows are counts, so that
# nobody sees that some are missing; with k-anonymity, l-diversity and t-closeness alike.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check anonypy==0.2.1 pandas==2.3.3
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import anonypy
import pandas as pd


def say(name, ages, answers, way="anonymize_k_anonymity", **limits):
    people = pd.DataFrame({"alder": ages, "svar": pd.Categorical(answers)})
    table = pd.DataFrame(getattr(anonypy.Preserver(people, ["alder"], "svar"), way)(**limits))
    print(f"{name}: {len(people)} persons, {int(table['count'].sum())} counted,", *dict.fromkeys(map("-".join, table["alder"])))


AGES = [20, 22, 24, 26, 40, 42, 44, 46]
SAID = ["ja", "nej"] * 6
say("all have an age", AGES + [60, 62, 64, 66], SAID, k=2)
say("four have none", AGES + [None] * 4, SAID, k=2)
say("l-diversity", AGES + [None] * 4, SAID, "anonymize_l_diversity", k=2, l=2)
say("t-closeness", AGES + [None] * 4, SAID, "anonymize_t_closeness", k=2, p=0.5)
say("too few to halve", [30, 31, 32, 33, None], SAID[:5], k=3)
say("one has not answered", AGES, SAID[:7] + [None], k=2)
PYTHON
cat "$place/seen.txt"
{
    echo "all have an age: 12 persons, 12 counted, 20-24 26-42 44-60 62-66"
    for name in "four have none" l-diversity t-closeness; do
        echo "$name: 12 persons, 8 counted, 20.0-22.0 24.0-26.0 40.0-42.0 44.0-46.0"
    done
    echo "too few to halve: 5 persons, 5 counted, 30.0-33.0"
    echo "one has not answered: 8 persons, 7 counted, 20-22 24-26 40-42 44-46"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
