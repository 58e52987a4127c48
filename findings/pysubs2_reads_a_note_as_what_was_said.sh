#!/usr/bin/env bash
# pysubs2 1.8.1 reads a WebVTT file's notes as words that were said, and loses who said the rest.
#
# Guess: a note (`NOTE`, which a player never shows) is skipped, and the name of a voice (`<v Name>`) is kept where pysubs2 has a
# place for a name.
# Seen (Python 3.11): a note between two cues becomes the end of the cue before it, with the word NOTE; the names of voices are
# taken out with their tags, `name` stays empty, and two persons in one cue are two lines of nobody; `&amp;` stays as it is
# written. webvtt-py 0.6.0 leaves the note out.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pysubs2==1.8.1 webvtt-py==0.6.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import io

import pysubs2
import webvtt

FILE = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v L1>Hej</v>

NOTE
Her holdt vi pause.

00:00:05.000 --> 00:00:06.000
<v A1>Frist &amp; penge</v>
"""
for cue in pysubs2.SSAFile.from_string(FILE, "vtt"):
    print("pysubs2", [cue.name, cue.plaintext])
for cue in webvtt.from_buffer(io.StringIO(FILE)):
    print("webvtt-py", [cue.voice, cue.text])
PYTHON
cat "$place/seen.txt"
{
    echo "pysubs2 ['', 'Hej\\n\\nNOTE\\nHer holdt vi pause.']"
    echo "pysubs2 ['', 'Frist &amp; penge']"
    echo "webvtt-py ['L1', 'Hej']"
    echo "webvtt-py ['A1', 'Frist &amp; penge']"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
