#!/usr/bin/env bash
# dateparser 1.5.0 reads "3. maj kl. 14" as a day in 2014, and finds dates in Danish pronouns and sons.
#
# Guess: with the language given as Danish, "kl. 14" (at two o'clock) is a time of day with and without minutes; what
# `search_dates` finds in running Danish is a date, since its words are looked up in that language.
# Seen (Python 3.11): an hour without minutes becomes the year after a day and a month (German and English alike), a day of the
# month where it stands alone, and is passed over after "i morgen", where the hour of the moment of reading is put instead. With
# "kl. 14.30" all is right. In running text "Man" (one) is a Monday, "Min søn" (my son) a Sunday, "nu" today, and "i 3 år" (for
# three years) a day three years ahead: a list of the dates in a transcript is mostly of days that nobody named.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

NOW = {"RELATIVE_BASE": datetime(2027, 6, 16, 12, 0)}
for words in ("3. maj kl. 14.30", "den 3. maj kl. 10", "3. maj kl. 14", "kl. 14", "i morgen kl. 9"):
    print(words, "->", dateparser.parse(words, languages=["da"], settings=NOW))
for words in ("Man kan sige nej.", "Min søn er med.", "Jeg har boet her i 3 år."):
    print(words, "->", [(found, day.date().isoformat()) for found, day in search_dates(words, languages=["da"], settings=NOW)])
PYTHON
cat "$place/seen.txt"
{
    echo "3. maj kl. 14.30 -> 2027-05-03 14:30:00"
    echo "den 3. maj kl. 10 -> 2010-05-03 00:00:00"
    echo "3. maj kl. 14 -> 2014-05-03 00:00:00"
    echo "kl. 14 -> 2027-06-14 00:00:00"
    echo "i morgen kl. 9 -> 2027-06-17 12:00:00"
    echo "Man kan sige nej. -> [('Man', '2027-06-14')]"
    echo "Min søn er med. -> [('Min søn', '2027-06-13')]"
    echo "Jeg har boet her i 3 år. -> [('i 3 år', '2030-06-16')]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
