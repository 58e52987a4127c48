#!/usr/bin/env bash
# Babel 2.19.0 numbers every week of 2027 and 2028 one too high for the locale "da"; for "da_DK" all are right.
#
# Guess: a locale without a country takes that of its language, so that "da" counts weeks as Denmark does (ISO 8601).
# Seen (Python 3.11): "da" has Monday as the first day but holds 1 January to be in week 1 whatever its weekday (1 day of the
# year is enough; "da_DK" needs 4). In 2024, 2025 and 2026 up to 28 December that makes no difference, so nobody sees it; from
# then on and through 2028 a meeting of week 24 is written as one of week 25. "de", "nb" and "sv" are as "da".
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date

for name in ("da", "da_DK", "de", "nb", "sv"):
    print(name, "first day", Locale.parse(name).first_week_day, "days needed", Locale.parse(name).min_week_days)
for year in range(2024, 2031):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(364)]
    wrong = {
        name: sum(int(format_date(day, "w", locale=name)) != day.isocalendar().week for day in days) for name in ("da", "da_DK")
    }
    print(year, wrong)
print("16 June 2027:", format_date(date(2027, 6, 16), "'uge' w", locale="da"), "| ISO", date(2027, 6, 16).isocalendar().week)
PYTHON
cat "$place/seen.txt"
{
    for name in da de nb sv; do echo "$name first day 0 days needed 1"; done
    echo "da_DK first day 0 days needed 4"
    for year in 2024 2025 2029 2030; do echo "$year {'da': 0, 'da_DK': 0}"; done
    echo "2026 {'da': 3, 'da_DK': 0}"
    for year in 2027 2028; do echo "$year {'da': 364, 'da_DK': 0}"; done
    echo "16 June 2027: uge 25 | ISO 24"
} | sort | diff - <(sort "$place/seen.txt") || { echo "changed"; exit 1; }
