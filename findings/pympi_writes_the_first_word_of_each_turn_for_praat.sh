#!/usr/bin/env bash
# pympi-ling 1.71 writes to a TextGrid the first word of each turn, of an ELAN tier that has the turns' words.
#
# Guess: an ELAN tier whose annotations divide those of another (one a word, without times of their own) goes to Praat with all
# its words, each with its part of the turn's time, or is refused.
# Seen (Python 3.11): each word is given the whole time of its turn; the second one then lies over the first, which Praat does
# not allow, and the error is swallowed: of "Vi venter på svar" there is "Vi". A count of words in Praat is one of turns. Read
# straight from the ELAN file all words are there.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pympi-ling==1.71
cd "$place"
cat > a.eaf <<'EAF'
<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2027-05-03T10:00:00+02:00" FORMAT="3.0" VERSION="3.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
  <TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="4000"/></TIME_ORDER>
  <TIER LINGUISTIC_TYPE_REF="turn" TIER_ID="L1">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
      <ANNOTATION_VALUE>Vi venter på svar</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="word" PARENT_REF="L1" TIER_ID="L1-ord">
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1">
      <ANNOTATION_VALUE>Vi</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a2">
      <ANNOTATION_VALUE>venter</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a3">
      <ANNOTATION_VALUE>på</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a5" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a4">
      <ANNOTATION_VALUE>svar</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
  </TIER>
  <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="turn" TIME_ALIGNABLE="true"/>
  <LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="word"
    TIME_ALIGNABLE="false"/>
  <CONSTRAINT DESCRIPTION="Symbolic subdivision of a parent annotation." STEREOTYPE="Symbolic_Subdivision"/>
</ANNOTATION_DOCUMENT>
EAF
venv/bin/python - > seen.txt <<'PYTHON'
import pympi

read = pympi.Eaf("a.eaf")
print("in ELAN:", [annotation[:3] for annotation in read.get_annotation_data_for_tier("L1-ord")])
read.to_textgrid().to_file("a.TextGrid")
print("for Praat:", [words for _, _, words in pympi.TextGrid("a.TextGrid").get_tier("L1-ord").get_all_intervals() if words])
PYTHON
cat seen.txt
{
    echo "in ELAN: [(1000, 4000, 'Vi'), (1000, 4000, 'venter'), (1000, 4000, 'på'), (1000, 4000, 'svar')]"
    echo "for Praat: ['Vi']"
} | diff - seen.txt || { echo "changed"; exit 1; }
