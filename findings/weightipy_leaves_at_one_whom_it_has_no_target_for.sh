#!/usr/bin/env bash
# weightipy 0.4.2 leaves at weight 1 whoever it has no target for, and weights nobody where targets and codes differ in kind.
#
# Guess: a person whose answer has no target ("andet"), and a target that nobody answers, stop the weighting or are told of, and
# the weights add up to the number of persons.
# Seen (Python 3.11, pandas 2.3.3): 10 of 100 answered "andet", without a target. They keep 1 while the other 90 are weighted up
# to 100: the weights add up to 110. A target of 20 % that nobody answers: the weights of 90 persons add up to 72. Targets
# written as texts ("1", "2") for a column of numbers fit nobody: every weight is 1, and the run ends as if it had gone well.
# Nothing is said of any of it.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check weightipy==0.4.2 pandas==2.3.3
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" 2> "$place/said.txt" <<'PYTHON'
import pandas as pd
import weightipy

people = pd.DataFrame({"koen": (["k"] * 6 + ["m"] * 3 + ["andet"]) * 10})
HALVES = {"koen": {"k": 50, "m": 50}}


def weighted(answers, targets):
    scheme = weightipy.scheme_from_dict(targets)
    return weightipy.weight_dataframe(answers.copy(), scheme, weight_column="v")


def say(name, answers, targets):
    result = weighted(answers, targets)
    sums = {str(group): round(float(total), 1) for group, total in result.groupby("koen")["v"].sum().items()}
    print(f"{name}: {round(float(result['v'].sum()), 1)} for {len(result)} persons,", sums)


asked = people[people["koen"] != "andet"]
say("all have a target", asked, HALVES)
say("ten have none", people, HALVES)
codes = asked.assign(koen=asked["koen"].map({"k": 1, "m": 2}))
say("texts for numbers", codes, {"koen": {"1": 50, "2": 50}})
say("a group without persons", asked, {"koen": {"k": 50, "m": 30, "x": 20}})
PYTHON
cat "$place/seen.txt"
{
    echo "all have a target: 90.0 for 90 persons, {'k': 45.0, 'm': 45.0}"
    echo "ten have none: 110.0 for 100 persons, {'andet': 10.0, 'k': 50.0, 'm': 50.0}"
    echo "texts for numbers: 90.0 for 90 persons, {'1': 60.0, '2': 30.0}"
    echo "a group without persons: 72.0 for 90 persons, {'k': 45.0, 'm': 27.0}"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
test ! -s "$place/said.txt" || { cat "$place/said.txt"; echo "changed: it says something"; exit 1; }
