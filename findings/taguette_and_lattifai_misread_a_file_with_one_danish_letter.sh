#!/usr/bin/env bash
# Taguette 1.5.2 and lattifai-captions 0.4.17 misread a UTF-8 file that has one Danish letter; with several they read it right.
#
# Guess: a file that is valid UTF-8 is read as such, since hardly any other text happens to be.
# Seen (Python 3.11, chardet 5.2.0): both ask chardet, which is half sure of UTF-8 at one letter and surer of something else: a
# code book whose only such letter is in "Børn" gets a tag "BÃ¸rn", and of subtitles of 200 turns in which "nær" is said once,
# that turn says "nÃ¦r". The tag is then another one than that which the same word makes elsewhere, and a search for "nær" finds
# nothing. It is short code books, and talk in English with a Danish word in it, that are hit. Neither says anything.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    taguette==1.5.2 SQLAlchemy==1.4.54 setuptools==80.9.0 lattifai-captions==0.4.17 chardet==5.2.0
cd "$place"
"$place/venv/bin/python" - > seen.txt 2> warnings.txt <<'PYTHON'
import io
from pathlib import Path

from lattifai.caption import Caption
from taguette.import_codebook import list_tags_csv

for codes in (["tid", "penge", "Børn"], ["tid", "Økonomi", "Børn", "Hjælp", "Når"]):
    book = "tag,description\n" + "".join(f"{code},Hvad der menes\n" for code in codes)
    print("Taguette:", *(tag["path"] for tag in list_tags_csv(io.BytesIO(book.encode()))))
for said in ("De bor nær os", "De får hjælp på øen nær os"):
    turns = ["Vi er glade for at bo her"] * 200
    turns[100] = said
    clock = [f"00:{at // 60:02}:{at % 60:02}" for at in range(200)]
    cues = (f"{at}.000 --> {at}.900\n{turn}\n" for at, turn in zip(clock, turns))
    Path("a.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    print("lattifai-captions:", Caption.read("a.vtt").supervisions[100].text)
PYTHON
cat seen.txt
{
    echo "Taguette: tid penge BÃ¸rn"
    echo "Taguette: tid Økonomi Børn Hjælp Når"
    echo "lattifai-captions: De bor nÃ¦r os"
    echo "lattifai-captions: De får hjælp på øen nær os"
} | diff - seen.txt || { echo "changed"; cat warnings.txt; exit 1; }
