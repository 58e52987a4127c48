#!/usr/bin/env bash
# gender-guesser 0.4.0, told that the names are Danish, finds Fatima, Ahmed and Giulia equally often a man's and a woman's name.
#
# Guess: a name that the list does not have for Denmark is "unknown", which its documentation keeps for what was not found, or
# is what it is elsewhere. "andy" (androgynous) is a name that both have equally often, as it says.
# Seen (Python 3.11): without a country each of these has a gender. With "denmark" a name that the list has for other countries
# only is "andy", for 0 times is as often as 0 times, while one that is in no list is "unknown". A table by guessed gender has a
# third group, named androgynous, that is the names from abroad.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check gender-guesser==0.4.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from gender_guesser.detector import Detector

detector = Detector()
for name in ("Ida", "Jens", "Fatima", "Ahmed", "Maryam", "Giulia", "Svetlana", "Xyzzy"):
    print(name, detector.get_gender(name), detector.get_gender(name, "denmark"))
PYTHON
cat "$place/seen.txt"
{
    echo "Ida female female"
    echo "Jens male male"
    echo "Fatima female andy"
    echo "Ahmed male andy"
    echo "Maryam female andy"
    echo "Giulia female andy"
    echo "Svetlana female andy"
    echo "Xyzzy unknown unknown"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
