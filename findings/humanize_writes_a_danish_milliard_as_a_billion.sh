#!/usr/bin/env bash
# humanize 4.17.0 writes 1,000,000,000 in Danish as "1.0 billion", which is a thousand times as much, and the true billion alike.
#
# Guess: with the Danish texts activated, 10^9 is "1,0 milliard" and 10^12 "1,0 billion", as in German; numbers get the comma and
# the points of Danish.
# Seen (Python 3.11): 10^9 and 10^12 are both "1.0 billion", so that two budgets of which one is a thousand times the other
# read alike; in German they are told apart, and have a comma. `intcomma` keeps "1,234,567.5" beside words in Danish, and
# `ordinal` writes Swedish ("3:e").
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check humanize==4.17.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import humanize

for language in ("da_DK", "de_DE"):
    humanize.i18n.activate(language)
    print(language, [humanize.intword(10**6), humanize.intword(10**9), humanize.intword(10**12)])
    print(language, humanize.intcomma(1234567.5), humanize.ordinal(3))
PYTHON
cat "$place/seen.txt"
{
    echo "da_DK ['1.0 million', '1.0 billion', '1.0 billion']"
    echo "da_DK 1,234,567.5 3:e"
} | diff - <(grep da_DK "$place/seen.txt") || { echo "changed"; exit 1; }
grep -q "^de_DE \['1,0 Million', '1,0 Milliarde', '1,0 Billion'\]$" "$place/seen.txt" || { echo "changed: German"; exit 1; }
