#!/usr/bin/env bash
# docxcompose 2.2.0 drops the comments of a document that is appended, and hangs the first document's on its words instead.
#
# Guess: a document that is appended brings its comments along, or comes without them.
# Seen (Python 3.11, python-docx 1.2.0): the places that are commented on come along with the numbers that they had, the
# comments do not. Both documents begin their numbers at 0, so that the first document's comment now stands at two places: what
# was said of the text on Fuby is said of that on Stelby as well. Nothing tells.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check docxcompose==2.2.0 python-docx==1.2.0 setuptools==80.9.0
cd "$place"
"$place/venv/bin/python" -W ignore - > seen.txt <<'PYTHON'
from docx import Document
from docxcompose.composer import Composer

SAID = {"Fuby": "Det er for skarpt.", "Stelby": "Tallet er forkert."}
for name, comment in SAID.items():
    made = Document()
    made.add_comment(made.add_paragraph(f"Om {name}").runs, text=comment, author="A")
    made.save(f"{name}.docx")
composer = Composer(Document("Fuby.docx"))
composer.append(Document("Stelby.docx"))
composer.save("begge.docx")
both = Document("begge.docx")
comments = {comment.comment_id: comment.text for comment in both.comments}
print("comments:", list(comments.values()))
for paragraph in both.paragraphs:
    for place in paragraph._p.xpath(".//w:commentReference/@w:id"):
        print(paragraph.text, "->", comments.get(int(place)))
PYTHON
cat seen.txt
{
    echo "comments: ['Det er for skarpt.']"
    echo "Om Fuby -> Det er for skarpt."
    echo "Om Stelby -> Det er for skarpt."
} | diff - seen.txt || { echo "changed"; exit 1; }
