#!/usr/bin/env bash
# pympi-ling 1.71, asked to move all annotations by a second, moves by two where one annotation begins as another ends.
#
# Guess: `shift_annotations(1000)` moves everything by a second; what begins before 0 then is cut off at 0 and ends a second
# earlier, too.
# Seen (Python 3.11): times are points that annotations share, as ELAN writes those that divide a turn in time. Each annotation
# moves its own two points, so that a shared one moves twice: three words of a second each become of 2, 1 and none, and the
# last one lasts no time at all. Moved to the left beyond 0, an annotation begins at 0 and ends where it did, over the next
# one; it is named as squashed, with its old times. With points of their own, and to the right, all move alike.
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
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1000"/>
    <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="3000"/>
    <TIME_SLOT TIME_SLOT_ID="ts5" TIME_VALUE="4000"/><TIME_SLOT TIME_SLOT_ID="ts6" TIME_VALUE="4000"/>
  </TIME_ORDER>
  <TIER LINGUISTIC_TYPE_REF="turn" TIER_ID="L1">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts6">
      <ANNOTATION_VALUE>Vi har tid</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="word" PARENT_REF="L1" TIER_ID="L1-ord">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3">
      <ANNOTATION_VALUE>Vi</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4">
      <ANNOTATION_VALUE>har</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4" TIME_SLOT_REF1="ts4" TIME_SLOT_REF2="ts5">
      <ANNOTATION_VALUE>tid</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="turn" TIME_ALIGNABLE="true"/>
  <LINGUISTIC_TYPE CONSTRAINTS="Time_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="word"
    TIME_ALIGNABLE="true"/>
  <CONSTRAINT DESCRIPTION="Time subdivision of a parent annotation's time interval." STEREOTYPE="Time_Subdivision"/>
</ANNOTATION_DOCUMENT>
EAF
venv/bin/python - > seen.txt <<'PYTHON'
import pympi


def say(name, read):
    print(f"{name}:", *(read.get_annotation_data_for_tier(tier) for tier in ("L1", "L1-ord")))


shared = pympi.Eaf("a.eaf")
say("as it was", shared)
shared.shift_annotations(1000)
say("a second later", shared)
apart = pympi.Eaf()
apart.add_tier("L1-ord")
apart.add_tier("L1")
for begins, ends, said in ((1000, 4000, "Vi har tid"), (4500, 6000, "Ja")):
    apart.add_annotation("L1", begins, ends, said)
print("squashed:", apart.shift_annotations(-2000)[0])
say("two seconds earlier", apart)
PYTHON
cat seen.txt
{
    echo "as it was: [(1000, 4000, 'Vi har tid')] [(1000, 2000, 'Vi'), (2000, 3000, 'har'), (3000, 4000, 'tid')]"
    echo "a second later: [(2000, 5000, 'Vi har tid')] [(2000, 4000, 'Vi'), (4000, 5000, 'har'), (5000, 5000, 'tid')]"
    echo "squashed: [('L1', 1000, 4000, 'Vi har tid')]"
    echo "two seconds earlier: [(0, 4000, 'Vi har tid'), (2500, 4000, 'Ja')] []"
} | diff - seen.txt || { echo "changed"; exit 1; }
