#!/usr/bin/env bash
# html-to-docx 1.8.0 (npm) leaves a table's last rows and its title out of the Word file, and a date in `<time>`.
#
# Guess: a page that becomes a Word file has all its words, whatever is lost of how they look.
# Seen (Node 20, python-docx 1.2.0): the rows of `<tfoot>`, where a table has its totals, are not in the file, nor are the title of
# the table (`<caption>`) and the one under a figure (`<figcaption>`). Within a paragraph the words of `<small>`, `<time>`, `<abbr>`
# and `<q>` are gone, so that "Mødet er 3. maj" ends at "er". Nothing is said of it. The same table in a page's `<tbody>` is whole.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
cd "$place"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund html-to-docx@1.8.0
cat > make.js <<'NODE'
const fs = require("fs");
const htmlToDocx = require("html-to-docx");

const PAGE = `<table><caption>Tabel 1</caption><thead><tr><th>Kommune</th><th>Ja</th></tr></thead>
<tbody><tr><td>Fuby</td><td>31</td></tr><tr><td>Stelby</td><td>12</td></tr></tbody>
<tfoot><tr><td>I alt</td><td>43</td></tr></tfoot></table>
<figure><figcaption>Figur 1</figcaption></figure>
<p>Mødet er <time datetime="2027-05-03">3. maj</time></p><p>Svar <small>(under 5 vises ikke)</small></p>
<p>Hun sagde <q>nej</q></p><p>Børn <b>og</b> <abbr>evt.</abbr> unge</p>`;
htmlToDocx(PAGE).then((file) => fs.writeFileSync("a.docx", Buffer.from(file)));
NODE
node make.js
venv/bin/python - > seen.txt <<'PYTHON'
from docx import Document
from docx.table import Table

for block in Document("a.docx").iter_inner_content():
    if isinstance(block, Table):
        print([[cell.text for cell in row.cells] for row in block.rows])
    elif block.text.strip():
        print(" ".join(block.text.split()))
PYTHON
cat seen.txt
{
    echo "[['Kommune', 'Ja'], ['Fuby', '31'], ['Stelby', '12']]"
    echo "Mødet er"
    echo "Svar"
    echo "Hun sagde"
    echo "Børn og unge"
} | diff - seen.txt || { echo "changed"; exit 1; }
