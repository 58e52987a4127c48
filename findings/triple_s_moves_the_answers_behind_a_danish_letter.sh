#!/usr/bin/env bash
# triple-s-survey 0.3.1 gives each question the answer to the one before it, behind a word that has a Danish letter.
#
# Guess: a Triple-S position is that of a character, so that all rows of a file read alike; a byte order mark is no character.
# Seen (Python 3.11, polars 2.1.0): positions are counted in bytes of UTF-8. An ø before them moves all of a person's answers by
# one question: the first is missing, and the last is lost. With two such letters it is two. Those without are right, so that
# the table looks well; only a word that fills its place has the file refused. A byte order mark moves the first person by
# three. A file in Latin-1, where bytes and letters are the same, is refused.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check triple-s-survey==0.3.1 polars==2.1.0 pandas==3.1.1
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
from pathlib import Path

from triple_s import read_datamap

CODES = "".join(f'<value code="{code}">{label}</value>' for code, label in ((1, "Ja"), (2, "Nej"), (3, "Ved ikke")))
ASKED = "".join(
    f'<variable ident="{place}" type="single"><name>Q{place}</name><label>Q{place}</label><position start="{place + 12}"/>'
    f"<values>{CODES}</values></variable>"
    for place in (1, 2, 3)
)
Path("a.sss").write_text(
    '<?xml version="1.0" encoding="UTF-8"?><sss version="2.0"><survey><title>Hvem</title><record ident="A">'
    '<variable ident="9" type="character"><name>Hvem</name><label>Hvem</label><position start="1" finish="12"/><size>12</size>'
    f"</variable>{ASKED}</record></survey></sss>",
    encoding="utf-8",
)
for encoding in ("utf-8", "utf-8-sig", "latin-1"):
    Path("a.asc").write_text("Nabo        123\nSøster      123\nSmåbørn     123\n", encoding=encoding)
    datamap = read_datamap("a.sss")
    try:
        datamap.load_data("a.asc")
        print(encoding, [row[1:] for row in datamap.to_polars().rows()])
    except ValueError:
        print(encoding, "refused")
PYTHON
cat seen.txt
{
    echo "utf-8 [(1, 2, 3), (None, 1, 2), (None, None, 1)]"
    echo "utf-8-sig [(None, None, None), (None, 1, 2), (None, None, 1)]"
    echo "latin-1 refused"
} | diff - seen.txt || { echo "changed"; exit 1; }
