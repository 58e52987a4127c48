#!/usr/bin/env bash
# odfpy 1.4.1 and odfdo 3.27.3 list deleted words and comments of an OpenDocument text among its paragraphs.
#
# Guess: the paragraphs of a document are those that its reader sees; what was deleted with changes tracked is kept apart.
# Seen (Python 3.11): deleted words are kept at the beginning of the body, in paragraphs of their own, and asking for the
# paragraphs gives those too, first of all; a comment is given twice, as a paragraph and within the one that it is about,
# joined to the word before it, with its author's name. Only `get_formatted_text` of odfdo leaves the deleted words out.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1 odfdo==3.27.3
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import zipfile

import odfdo
from odf import text
from odf.opendocument import OpenDocumentText, load
from odf.teletype import extractText

made = OpenDocumentText()
made.text.addElement(text.P(text="L1: Vi har tid."))
made.save("plain.odt")
ABOUT = "<dc:creator>Bo</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"
GONE = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
    f"<office:change-info>{ABOUT}</office:change-info><text:p>aldrig</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)
with zipfile.ZipFile("plain.odt") as plain, zipfile.ZipFile("a.odt", "w") as changed:
    for name in plain.namelist():
        content = plain.read(name)
        if name == "content.xml":
            words = content.decode()
            if "xmlns:dc=" not in words:
                root = "<office:document-content "
                words = words.replace(root, f'{root}xmlns:dc="http://purl.org/dc/elements/1.1/" ', 1)
            words = words.replace("<office:text>", f"<office:text>{GONE}", 1)
            comment = f"<office:annotation>{ABOUT}<text:p>passer det?</text:p></office:annotation>"
            words = words.replace("har tid", f'har <text:change text:change-id="c1"/>tid{comment}', 1)
            content = words.encode()
        changed.writestr(name, content)
print("odfpy", [extractText(one) for one in load("a.odt").text.getElementsByType(text.P)])
document = odfdo.Document("a.odt")
print("odfdo", [str(one).strip() for one in document.body.paragraphs])
print("odfdo formatted, deleted words:", "aldrig" in document.get_formatted_text())
PYTHON
cat seen.txt
grep -q "^odfpy \['aldrig', 'L1: Vi har tidBo.*passer det?\.', 'passer det?'\]$" seen.txt || { echo "changed: odfpy"; exit 1; }
grep -q "^odfdo \['aldrig', 'L1: Vi har tidpasser det?.*', 'passer det?'\]$" seen.txt || { echo "changed: odfdo"; exit 1; }
grep -qx "odfdo formatted, deleted words: False" seen.txt || { echo "changed: odfdo's formatted text"; exit 1; }
