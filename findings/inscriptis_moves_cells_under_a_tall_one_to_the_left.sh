#!/usr/bin/env bash
# inscriptis 2.7.6 sets the cells below a cell that spans rows one column too far to the left, and begins every list at 1.
#
# Guess: a page made into text keeps each number under its heading, and the numbers of its lists, as lists and tables are what
# it is made for.
# Seen (Python 3.11): `rowspan` and `colspan` are not heeded: in the second row of a municipality that spans two, the group
# stands under "Kommune" and the share under "Gruppe", and the total of a row that begins with a wide cell stands under "Gruppe"
# too. A list that begins at 3 (`start`) begins at 1, while a point's own number (`value`) is kept.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from inscriptis import get_text

PAGE = """<html><body><table>
<tr><th>Kommune</th><th>Gruppe</th><th>Andel</th></tr>
<tr><td rowspan="2">Fuby</td><td>Ansat</td><td>62</td></tr>
<tr><td>Lokalt</td><td>48</td></tr>
<tr><td colspan="2">Alle</td><td>55</td></tr>
</table><ol start="3"><li>Aftale</li><li value="7">Penge</li></ol></body></html>"""
for line in get_text(PAGE).splitlines():
    if line.strip():
        print(line.rstrip())
PYTHON
cat "$place/seen.txt"
{
    echo "Kommune  Gruppe  Andel"
    echo "Fuby     Ansat   62"
    echo "Lokalt   48"
    echo "Alle     55"
    echo " 1. Aftale"
    echo " 7. Penge"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
