#!/usr/bin/env bash
# praatio 6.2.2 doubles the quotation marks of a TextGrid's points each time that the file is opened and saved.
#
# Guess: a quotation mark in a label, which Praat writes twice, is one mark for a reader, in intervals and at points alike.
# Seen (Python 3.11): in Praat's usual, long form of the file, the two marks of a point's label stay two, and are doubled when
# they are written: after each round there are twice as many, while the labels of intervals come through as they were. A note
# whose words are looked up is not found any more. In the short form both are right. pympi-ling 1.71 reads both.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    praatio==6.2.2 pympi-ling==1.71
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
from pathlib import Path

import pympi
from praatio import textgrid

HEAD = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 4
tiers? <exists>
size = 2
item []:
"""
INTERVALS = """    item [1]:
        class = "IntervalTier"
        name = "L1"
        xmin = 0
        xmax = 4
        intervals: size = 1
        intervals [1]:
            xmin = 0
            xmax = 4
            text = "sagde ""nej\"""
"""
POINTS = """    item [2]:
        class = "TextTier"
        name = "noter"
        xmin = 0
        xmax = 4
        points: size = 1
        points [1]:
            number = 1.5
            mark = "griner ""højt\"""
"""
Path("a.TextGrid").write_text(HEAD + INTERVALS + POINTS, encoding="utf-8")
for form in ("long_textgrid", "short_textgrid"):
    name = "a.TextGrid"
    for _ in range(3):
        grid = textgrid.openTextgrid(name, includeEmptyIntervals=True)
        interval, point = (grid.getTier(tier).entries[0].label for tier in grid.tierNames)
        print("praatio", form, interval, point.count('"'))
        name = "b.TextGrid"
        grid.save(name, format=form, includeBlankSpaces=True)
said, notes = pympi.Praat.TextGrid("a.TextGrid", codec="utf-8").get_tiers()
print("pympi", list(said.get_intervals())[0][-1], list(notes.get_intervals())[0][-1].count('"'))
PYTHON
cat seen.txt
{
    for marks in 4 8 16; do echo "praatio long_textgrid sagde \"nej\" $marks"; done
    for marks in 4 4 4; do echo "praatio short_textgrid sagde \"nej\" $marks"; done
    echo 'pympi sagde "nej" 2'
} | diff - seen.txt || { echo "changed"; exit 1; }
