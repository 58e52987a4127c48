#!/usr/bin/env bash
# webvtt-py 0.6.0 says of a cue in which two persons speak that the first of them said all of it.
#
# Guess: a cue with two voices (`<v Name>`, each ending where the next begins, as the format allows) is given apart, or its
# `voice` is empty or a list.
# Seen (Python 3.11): `voice` is the first name, `text` is the words of both without a mark between them but the line break that
# also stands within one person's words; only `raw_text` still tells them apart. A count of words by speaker gives the second
# person's words to the first.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check webvtt-py==0.6.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import io

import webvtt

FILE = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v L1>Vi venter på svar
<v A1>Det gør vi også

00:00:05.000 --> 00:00:09.000
<v L1>Vi venter på svar
og på penge</v>
"""
for cue in webvtt.from_buffer(io.StringIO(FILE)):
    print([cue.voice, cue.text])
PYTHON
cat "$place/seen.txt"
{
    echo "['L1', 'Vi venter på svar\\nDet gør vi også']"
    echo "['L1', 'Vi venter på svar\\nog på penge']"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
