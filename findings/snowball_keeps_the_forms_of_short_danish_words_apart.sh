#!/usr/bin/env bash
# snowballstemmer 3.1.1 keeps the forms of short Danish words apart, and joins longer ones with other words.
#
# Guess: the Danish stemmer joins the forms of a noun, town or week as well as municipality, and keeps derived words apart
# alike.
# Seen (Python 3.11): an ending is taken off only behind the third letter of the rest, so that "by, byer, byen, byerne" (town),
# "uge, uger, ugen, ugerne" (week) and "bro, broer, broen" have three or four stems each, and a count by stem gives a quarter of
# the places at most; "kommune" and its forms have one. "leder" and "ledelse", "bruger" and "brug", "politik" and "politiker"
# become one, while "træner" and "træning" stay two. NLTK 3.10.4's Danish stemmer does the same.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1 nltk==3.10.4
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import snowballstemmer
from nltk.stem.snowball import SnowballStemmer

GROUPS = [
    "by byer byen byerne",
    "uge uger ugen ugerne",
    "bro broer broen",
    "kommune kommuner kommunen kommunerne",
    "leder ledelse",
    "bruger brug",
    "politiker politik",
    "træner træning",
]
stems = {"snowballstemmer": snowballstemmer.stemmer("danish").stemWord, "nltk": SnowballStemmer("danish").stem}
for name, stem in stems.items():
    for words in GROUPS:
        print(f"{name}: {words}: {len(set(map(stem, words.split())))}")
PYTHON
cat "$place/seen.txt"
for name in snowballstemmer nltk; do
    echo "$name: by byer byen byerne: 4"
    echo "$name: uge uger ugen ugerne: 4"
    echo "$name: bro broer broen: 3"
    echo "$name: kommune kommuner kommunen kommunerne: 1"
    echo "$name: leder ledelse: 1"
    echo "$name: bruger brug: 1"
    echo "$name: politiker politik: 1"
    echo "$name: træner træning: 2"
done | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
