#!/usr/bin/env bash
# frictionless 5.21.0 takes a column of Danish decimals for places on the globe, and thousands with a point for decimals.
#
# Guess: `describe` finds the semicolons of a Danish file, and a column of "12,5" is a number with a comma or else a text.
# Seen (Python 3.11): the semicolons are found; "12,5" is taken for a pair of longitude and latitude ("geopoint"), and read with
# that schema 12.5 % becomes the place 12, 5; nothing is said, and the file is valid. "1.234" beside "12" is the number 1.234.
# With `decimalChar` written by hand 12.5 is right, but a number that need not be bare (`bareNumber` false, for "12,5 %") also
# reads "under 5" as 5.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cd "$place"
printf 'kommune;andel;antal\nFuby;12,5;12\nStelby;8,25;1.234\n' > a.csv
printf 'kommune;andel\nFuby;12,5 %%\nStelby;under 5\n' > b.csv
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
from frictionless import Schema, describe, validate
from frictionless.resources import TableResource

found = describe("a.csv")
print({field.name: field.type for field in found.schema.fields}, "valid:", validate("a.csv").valid)
with TableResource(path="a.csv") as table:
    print([(tuple(map(float, row["andel"])), float(row["antal"])) for row in table.row_stream])
share = {"name": "andel", "type": "number", "decimalChar": ",", "bareNumber": False}
schema = Schema.from_descriptor({"fields": [{"name": "kommune", "type": "string"}, share]})
with TableResource(path="b.csv", schema=schema) as table:
    print([float(row["andel"]) for row in table.row_stream])
PYTHON
cat seen.txt
{
    echo "{'kommune': 'string', 'andel': 'geopoint', 'antal': 'number'} valid: True"
    echo "[((12.0, 5.0), 12.0), ((8.0, 25.0), 1.234)]"
    echo "[12.5, 5.0]"
} | diff - seen.txt || { echo "changed"; exit 1; }
