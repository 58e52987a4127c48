#!/usr/bin/env bash
# python-pptx 1.0.2 saves a slide, and its speaker notes, that were taken out of the list of slides: nobody sees them, and
# whoever unzips the file reads them.
#
# Guess: a presentation whose `slides` is empty holds no slide when it is saved, as a document without paragraphs holds no text.
# Seen (Python 3.11): the way that is passed on for emptying a template, taking the entries out of `slides._sldIdLst`, leaves
# the relation to each slide; what has a relation is saved. The file has `ppt/slides/slide1.xml` and its notes, and opens as
# one without slides. Only when the relations are dropped too are the parts gone.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check python-pptx==1.0.2
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import io
import zipfile

from pptx import Presentation


def saved(show):
    buffer = io.BytesIO()
    show.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        words = b"".join(archive.read(name) for name in archive.namelist())
    return len(Presentation(buffer).slides), b"Tone" in words, b"hemmelig note" in words


show = Presentation()
slide = show.slides.add_slide(show.slide_layouts[1])
slide.shapes.title.text = "Tone"
slide.notes_slide.notes_text_frame.text = "hemmelig note"
entries = list(show.slides._sldIdLst)
for entry in entries:
    show.slides._sldIdLst.remove(entry)
print("slides, the slide's words, its notes:", *saved(show))
for entry in entries:
    show.part.drop_rel(entry.rId)
print("without the relation:", *saved(show))
PYTHON
cat "$place/seen.txt"
grep -q "^slides, the slide's words, its notes: 0 True True$" "$place/seen.txt" || { echo "changed: the slide is gone"; exit 1; }
grep -q "^without the relation: 0 False False$" "$place/seen.txt" || { echo "changed: the slide stays"; exit 1; }
