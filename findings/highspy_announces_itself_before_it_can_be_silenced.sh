#!/usr/bin/env bash
# highspy 1.16.0 prints two lines to the process' standard output when a solver object is made, before any option can be set.
#
# Guess: `Highs()` is quiet until it solves, and `silent()`, the documented way to turn its output off, comes in time.
# Seen (Python 3.11): 1.16.0 writes its name and "Includes third-party software components" from C as soon as the first
# object is made; `silent()` is called on that object, so it is too late, and redirecting `sys.stdout` catches nothing. 1.12.0
# prints nothing. A command line tool whose output is read by another program gets two lines more after an upgrade.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for version in 1.12.0 1.16.0; do
    python3 -m venv "$place/$version"
    "$place/$version/bin/pip" install --quiet --disable-pip-version-check "highspy==$version" numpy==2.4.6
    "$place/$version/bin/python" - > "$place/$version.txt" <<'PYTHON'
import contextlib
import io
import os

import highspy

with contextlib.redirect_stdout(io.StringIO()) as caught:
    highspy.Highs().silent()
os.write(1, f"caught in Python: {caught.getvalue()!r}\n".encode())
PYTHON
    echo "highspy $version:"
    cat "$place/$version.txt"
done
grep -q "Running HiGHS" "$place/1.16.0.txt" || { echo "changed: 1.16.0 is quiet"; exit 1; }
if grep -q "Running HiGHS" "$place/1.12.0.txt"; then echo "changed: 1.12.0 is not quiet"; exit 1; fi
