#!/usr/bin/env bash
# phonenumbers 9.0.43 finds Danish dates, pairs of years and times of day to be telephone numbers, also when it is strict.
#
# Guess: what `PhoneNumberMatcher` finds in a Danish text is eight digits grouped as a telephone number; dates and years are
# left out, as they are for other languages, and `STRICT_GROUPING` leaves no date.
# Seen (Python 3.11): for "DK" eight digits count in most ways of writing them, if the first one is in use: "31.12.2026",
# "24-12-2026", "2026-2027", "2025/2026", "20.30-22.30" and the ages "30-39 40-49" are found with the standard leniency and with
# the stricter one. A date is let go where its first digit is none of a number's ("04.03.2026"). Whoever takes out what is found
# takes dates out of a transcript, and a count of telephone numbers is too high. `EXACT_GROUPING` still finds times and ages.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from phonenumbers import Leniency, PhoneNumberMatcher

SAID = ["31.12.2026", "04.03.2026", "24-12-2026", "2026-2027", "2025/2026", "20.30-22.30", "30-39 40-49", "55 33 12 34"]
KINDS = {
    "valid": Leniency.VALID,
    "strict": Leniency.STRICT_GROUPING,
    "exact": Leniency.EXACT_GROUPING,
}
for name, leniency in KINDS.items():
    found = [words for words in SAID if list(PhoneNumberMatcher(f"Det er {words}, siger hun.", "DK", leniency=leniency))]
    print(name, " | ".join(found))
PYTHON
cat "$place/seen.txt"
{
    for name in valid strict; do
        echo "$name 31.12.2026 | 24-12-2026 | 2026-2027 | 2025/2026 | 20.30-22.30 | 30-39 40-49 | 55 33 12 34"
    done
    echo "exact 20.30-22.30 | 30-39 40-49 | 55 33 12 34"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
