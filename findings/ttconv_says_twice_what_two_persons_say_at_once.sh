#!/usr/bin/env bash
# ttconv 1.2.3 writes words twice or more often where two persons speak at once, when it turns subtitles into subtitles.
#
# Guess: subtitles that are converted from one format to another have the same cues with the same words.
# Seen (Python 3.11): the file is cut wherever anything on the screen changes, and each piece holds all that is said in it: a turn
# of 4 seconds, into which another falls for 1 second, comes out three times. 8 words of a transcript become 18, with nothing
# to tell a repeated piece from a new turn, and who says what (`<v Name>`) is gone. Cues that do not overlap come through.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ttconv==1.2.3
"$place/venv/bin/python" - > "$place/seen.txt" 2> /dev/null <<'PYTHON'
import io

import ttconv.srt.writer
import ttconv.vtt.reader

FILE = """WEBVTT

00:01.000 --> 00:05.000
<v L1>Vi venter stadig på svar

00:02.000 --> 00:03.000
<v A1>Ja, vi gør
"""
for name, file in (("at once", FILE), ("in turn", FILE.replace("00:02.000 --> 00:03.000", "00:05.000 --> 00:06.000"))):
    written = ttconv.srt.writer.from_model(ttconv.vtt.reader.to_model(io.StringIO(file)))
    said = [line for line in written.splitlines() if line and not line.isdigit() and "-->" not in line]
    print(name, len(" ".join(said).split()), "words:", " | ".join(said))
PYTHON
cat "$place/seen.txt"
{
    echo "at once 18 words: Vi venter stadig på svar | Vi venter stadig på svar | Ja, vi gør | Vi venter stadig på svar"
    echo "in turn 8 words: Vi venter stadig på svar | Ja, vi gør"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
