#!/usr/bin/env bash
# html-for-docx 1.2.1 joins the words of a page's blocks that it does not know, and writes its scripts and hidden paragraphs.
#
# Guess: blocks of a page become paragraphs of the Word file, those that it does not know plain ones; what nobody sees is left out.
# Seen (Python 3.11, python-docx 1.2.0): `<blockquote>`, `<summary>`, `<dt>`, `<dd>` and `<section>` begin no paragraph: a quote
# goes on in the last point of the list before it without a blank ("mødesDet tager tid"), and a term and what it means are one
# word. A table's title is gone. What a script says, and a paragraph that is `hidden`, are there for the reader of the Word file.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check html-for-docx==1.2.1 python-docx==1.2.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from docx import Document
from docx.table import Table
from html4docx import HtmlToDocx

PAGE = """<ul><li>Vi mødes</li></ul><blockquote>Det tager tid</blockquote>
<p>Ord</p><dl><dt>Behov</dt><dd>det, der mangler</dd></dl>
<p>Resten</p><section>Et afsnit</section><details><summary>Mere</summary><p>om det</p></details>
<table><caption>Tabel 1</caption><tr><td>Fuby</td><td>31</td></tr></table>
<p hidden>L1 er Ida Holm</p><script>var antal = 31;</script>"""
document = Document()
HtmlToDocx().add_html_to_document(PAGE, document)
for block in document.iter_inner_content():
    if isinstance(block, Table):
        print([[cell.text for cell in row.cells] for row in block.rows])
    elif block.text.strip():
        print(" ".join(block.text.split()))
PYTHON
cat "$place/seen.txt"
{
    echo "Vi mødesDet tager tid"
    echo "OrdBehovdet, der mangler"
    echo "RestenEt afsnitMere"
    echo "om det"
    echo "[['Fuby', '31']]"
    echo "L1 er Ida Holmvar antal = 31;"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
