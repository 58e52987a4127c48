#!/usr/bin/env bash
# workalendar 17.0.0 still has Denmark closed on Store Bededag, which is an ordinary working day since 2024.
#
# Guess: a day that a law of 2023 has taken out of the holidays is none any more, or there is a newer release.
# Seen (Python 3.11): it is the newest release; the fourth Friday after Easter is a holiday in 2024 and every year after, so that
# working days counted over it come out a day late, and a workshop on that day seems impossible. holidays 0.109 ends Store
# Bededag with 2023.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from datetime import date

import holidays
from workalendar.europe import Denmark

FRIDAYS = {2023: date(2023, 5, 5), 2024: date(2024, 4, 26), 2027: date(2027, 4, 23)}
for year, friday in FRIDAYS.items():
    print(year, "workalendar", Denmark().is_holiday(friday), "| holidays", friday in holidays.Denmark(years=year))
print("one working day after 22 April 2027:", Denmark().add_working_days(date(2027, 4, 22), 1))
PYTHON
cat "$place/seen.txt"
{
    echo "2023 workalendar True | holidays True"
    echo "2024 workalendar True | holidays False"
    echo "2027 workalendar True | holidays False"
    echo "one working day after 22 April 2027: 2027-04-26"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
