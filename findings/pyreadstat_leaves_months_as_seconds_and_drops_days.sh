#!/usr/bin/env bash
# pyreadstat 1.3.7 turns an SPSS date into a date, but a month, a quarter or a week into seconds, and forgets the days of a time.
#
# Guess: every variable with a format of SPSS for dates and times comes back as a date or a time, or none does.
# Seen (Python 3.11, pandas 3.1): of one moment in one file, DATE11 comes back as a date, while MOYR8, QYR8 and WKYR10 come back as
# the same number, seconds since 1582, among what looks like ordinary numbers. DTIME10 of 2 days and 2 hours comes back as 02:00,
# as two hours do: the days are gone, and nothing tells. The metadata still has each variable's format, and with
# `disable_datetime_conversion=True` the seconds are whole.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/env"
"$place/env/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
"$place/env/bin/python" - "$place/moments.sav" <<'PYTHON'
import datetime
import sys
from importlib.metadata import version

import pandas as pd
import pyreadstat

path = sys.argv[1]
day, long_time = 13_917_096_000.0, 2 * 86_400.0 + 2 * 3_600.0
formats = {"date": "DATE11", "month": "MOYR8", "quarter": "QYR8", "week": "WKYR10", "lasting": "DTIME10"}
written = pd.DataFrame({name: [long_time if name == "lasting" else day] for name in formats})
pyreadstat.write_sav(written, path, variable_format=formats)
read, meta = pyreadstat.read_sav(path)
bare, _ = pyreadstat.read_sav(path, disable_datetime_conversion=True)
print("pyreadstat", version("pyreadstat"), "pandas", version("pandas"), "Python", sys.version.split()[0])
for name in formats:
    print(name, meta.original_variable_types[name], "->", repr(read.loc[0, name]), "without conversion", bare.loc[0, name])
months = all(read.loc[0, name] == day for name in ("month", "quarter", "week"))
if not (isinstance(read.loc[0, "date"], datetime.date) and months and read.loc[0, "lasting"] == datetime.time(2, 0)):
    sys.exit("changed: months are no bare seconds any more, or days are kept")
PYTHON
