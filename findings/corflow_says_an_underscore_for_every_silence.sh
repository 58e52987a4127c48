#!/usr/bin/env bash
# corflow 3.4.3 brings an ELAN transcript back from Praat with a turn that says "_" for every silence, and begins it late.
#
# Guess: what goes from ELAN to Praat and back comes back as it was; a silence, which Praat keeps as an empty interval, is none.
# Seen (Python 3.11, pympi-ling 1.71): each silence becomes an interval that says "_", since Praat's tiers have no gaps, and on
# the way back these are annotations like any other: 3 turns become 6, and a count of turns, or of words, has one more for each
# pause, with its time. Praat's file begins where the first turn does (1 second) and not at 0. Back from Praat by pympi alone
# there are 3.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check corflow==3.4.3 pympi-ling==1.71
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
import pympi
from corflow import fromElan, fromPraat, toElan, toPraat

TURNS = [("L1", 1000, 4000, "Vi venter på svar"), ("A1", 4500, 5500, "Det gør vi også"), ("L1", 5500, 6000, "Ja")]
made = pympi.Eaf()
made.remove_tier("default")
for name in ("L1", "A1"):
    made.add_tier(name)
for name, begins, ends, said in TURNS:
    made.add_annotation(name, begins, ends, said)
made.to_file("a.eaf")


def say(what, file):
    read = pympi.Eaf(file)
    print(what, {name: [turn[2] for turn in read.get_annotation_data_for_tier(name)] for name in ("L1", "A1")})


toPraat.toPraat("a.TextGrid", fromElan.fromElan("a.eaf"))
toElan.toElan("b.eaf", fromPraat.fromPraat("a.TextGrid"))
made.to_textgrid().to_file("c.TextGrid")
pympi.TextGrid("c.TextGrid").to_eaf().to_file("c.eaf")
say("made:", "a.eaf")
say("corflow:", "b.eaf")
say("pympi:", "c.eaf")
with open("a.TextGrid", encoding="utf-8") as file:
    print("begins:", next(line.strip() for line in file if line.startswith("xmin")))
PYTHON
cat seen.txt
{
    echo "made: {'L1': ['Vi venter på svar', 'Ja'], 'A1': ['Det gør vi også']}"
    echo "corflow: {'L1': ['Vi venter på svar', '_', 'Ja'], 'A1': ['_', 'Det gør vi også', '_']}"
    echo "pympi: {'L1': ['Vi venter på svar', 'Ja'], 'A1': ['Det gør vi også']}"
    echo "begins: xmin = 1.000"
} | diff - seen.txt || { echo "changed"; exit 1; }
