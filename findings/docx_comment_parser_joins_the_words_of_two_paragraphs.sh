#!/usr/bin/env bash
# docx-comment-parser 1.5.1 joins the last word of a paragraph to the next one's first, in a comment and in what it is about.
#
# Guess: between the paragraphs of a comment, and of the words that it is about, stands a line break or at least a blank.
# Seen (Python 3.11, python-docx 1.2.0): there is nothing, and nothing for a line break or a tab either: "Vi venter" and, in the
# next turn of a transcript, "på svar" are "Vi venterpå svar". A code in a comment that stands on a line of its own ("Ventetid")
# melts into the remark above it, so that who counts comments by their codes misses it.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docx-comment-parser==1.5.1 python-docx==1.2.0
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import docx
import docx_comment_parser

document = docx.Document()
first, second = document.add_paragraph().add_run("Vi venter"), document.add_paragraph().add_run("på svar")
document.add_comment(runs=[first, second], text="Hvor længe?", author="K1", initials="K1").add_paragraph("Ventetid")
broken = document.add_paragraph().add_run("først\nså\ttil sidst")
document.add_comment(runs=broken, text="Orden", author="K1", initials="K1")
document.save("a.docx")
parser = docx_comment_parser.DocxParser()
parser.parse("a.docx")
for comment in parser.comments():
    print(comment.referenced_text, "|", comment.text)
PYTHON
cat seen.txt
{
    echo "Vi venterpå svar | Hvor længe?Ventetid"
    echo "førstsåtil sidst | Orden"
} | diff - seen.txt || { echo "changed"; exit 1; }
