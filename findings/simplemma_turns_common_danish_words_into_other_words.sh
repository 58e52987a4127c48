#!/usr/bin/env bash
# simplemma 1.1.2 gives several of the commonest Danish words the dictionary form of another word.
#
# Guess: a dictionary form is left as it is, and all forms of a word share one, so that a search by dictionary form finds them.
# Seen (Python 3.11): "borger" (citizen) becomes "borge" (to vouch), but "borgere" and "borgerne" become "borger": one who
# searches for "borger" by its dictionary form misses its own plural. "svært" (hard) becomes "sværte" (to blacken), "godt"
# (good) "godte" (to gloat), while "gode" and "svær" stay: forms of one adjective get different dictionary forms. All are in the
# dictionary (`is_known`), so nothing tells of a guess.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/env"
"$place/env/bin/pip" install --quiet --disable-pip-version-check simplemma==1.1.2
"$place/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from simplemma import is_known, lemmatize

print("simplemma", version("simplemma"), "Python", sys.version.split()[0])
words = ["borger", "borgere", "borgerne", "svær", "svært", "god", "godt", "gode"]
seen = {word: lemmatize(word, lang="da") for word in words}
for word, form in seen.items():
    print(f"{word} -> {form}, known: {is_known(word, lang='da')}")
if not (seen["borger"] != seen["borgere"] and seen["svær"] != seen["svært"] and seen["god"] != seen["godt"]):
    sys.exit("changed: the forms of these words share a dictionary form now")
PYTHON
