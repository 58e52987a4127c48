#!/usr/bin/env bash
# striprtf 0.0.35 gives words that were deleted with changes tracked, and hidden ones, and leaves footnotes out.
#
# Guess: the text of an RTF file is what a reader of the document sees, so deleted and hidden words are not in it and a footnote is.
# Seen (Python 3.11): `\deleted` and `\v` are passed over as if they said nothing of the words, so that both kinds stand in the
# text like any other; a footnote is gone, with no place left where it stood.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from striprtf.striprtf import rtf_to_text

RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}
L1: Vi har {\deleted aldrig }{\revised altid }tid{\footnote det siger alle}. {\v Navnet er fjernet. }Slut.\par}"""
print(rtf_to_text(RTF).strip())
PYTHON
cat "$place/seen.txt"
grep -qx "L1: Vi har aldrig altid tid. Navnet er fjernet. Slut." "$place/seen.txt" || { echo "changed"; exit 1; }
