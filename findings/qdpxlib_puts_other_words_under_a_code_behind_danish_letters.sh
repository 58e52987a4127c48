#!/usr/bin/env bash
# qdpxlib 0.1.4 puts other words under a code than those that were coded, wherever Danish letters stand before them.
#
# Guess: positions count letters, as REFI-QDA says, so that a coding has the words that were coded; codes keep their names.
# Seen (Python 3.11): positions are used as bytes of the file, and æ, ø and å are two each: behind fifty of them, a few minutes
# into an interview, a coding has the words of another sentence. What then does not end in a full stop is dropped. The letters
# are blanks in the words, and nothing at all in the codes' names: "Økonomi" is "konomi". Without such letters in the text
# before them the words are right.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check qdpxlib==0.1.4 numpy==2.4.6 tqdm==4.70.1
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import zipfile

from qdpxlib.qdpxlib import QDPXFile


def guid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


SAID = "Bussen kommer aldrig til tiden her. Det koster alt for mange penge. Naboen kommer med mad til dem."
CODED = {"Økonomi": "Det koster alt for mange penge.", "Nabohjælp": "Naboen kommer med mad til dem."}
for before in ("Her er rart at bo. " * 10, "Så går på øen. Nå, åh. " * 10):
    text = before + SAID
    codes = selections = ""
    for number, (code, words) in enumerate(CODED.items()):
        start = text.index(words)
        codes += f'<Code guid="{guid(10 + number)}" name="{code}" isCodable="true"/>'
        selections += (
            f'<PlainTextSelection guid="{guid(20 + number)}" startPosition="{start}" endPosition="{start + len(words)}">'
            f'<Coding guid="{guid(30 + number)}"><CodeRef targetGUID="{guid(10 + number)}"/></Coding></PlainTextSelection>'
        )
    with zipfile.ZipFile("p.qdpx", "w") as packed:
        packed.writestr(f"sources/{guid(1)}.txt", text)
        packed.writestr(
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?><Project name="p" xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes>'
            f'{codes}</Codes></CodeBook><Sources><TextSource guid="{guid(1)}" name="A1" '
            f'plainTextPath="internal://{guid(1)}.txt">{selections}</TextSource></Sources></Project>',
        )
    for _, words, _, _, given in QDPXFile("p.qdpx").codings:
        if given:
            print(*given, "|", words)
PYTHON
cat seen.txt
{
    echo "konomi | Det koster alt for mange penge."
    echo "Nabohjlp | Naboen kommer med mad til dem."
    echo "konomi | r p   en. N ,  h."
    echo "Nabohjlp | ommer aldrig til tiden her."
} | diff - seen.txt || { echo "changed"; exit 1; }
