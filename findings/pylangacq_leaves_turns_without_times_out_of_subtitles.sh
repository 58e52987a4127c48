#!/usr/bin/env bash
# pylangacq 0.23.0 leaves out of subtitles and of Praat's files every turn that has no times, and counts points as words.
#
# Guess: a CHAT transcript in which some turns have no times is refused as subtitles, or those turns get the times between the
# others'; its words are what was said.
# Seen (Python 3.11, rustling 0.9.0): of four turns the two with times come out, numbered 1 and 2, as if that were all; the ELAN
# file that is written from the same transcript has all four. The point, the question mark and the sign of a quotation (+"/.)
# at the end of each turn are words in `words()`, and so in whatever is counted from it. `ttr()` and `mlu()` are 0.0, and no
# error, where nobody is called CHI, as no adult is.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pylangacq==0.23.0 rustling==0.9.0
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import pylangacq

FILE = """@UTF8
@Begin
@Languages:\tdan
@Participants:\tL1 Leder Adult, INT Interviewer Investigator
@ID:\tdan|frivillige|L1|||||Adult|||
@ID:\tdan|frivillige|INT|||||Investigator|||
*INT:\thvad sker der ? \x15100_1000\x15
*L1:\tvi venter på svar . \x151000_4000\x15
*INT:\thvad siger de ?
*L1:\tde sagde +"/.
@End
"""
chat = pylangacq.CHAT.from_strs([FILE])
print("turns:", len(list(chat.utterances())))
print("subtitles:", chat.to_srt_strs()[0].count("-->"), "Praat:", chat.to_textgrid_strs()[0].count("text = "))
print("ELAN:", chat.to_elan_strs()[0].count("<ALIGNABLE_ANNOTATION"))
print("words:", [list(map(str, turn)) for turn in chat.words(by_utterance=True)])
print("ratio and length:", chat.ttr(), chat.mluw())
PYTHON
cat "$place/seen.txt"
{
    echo "turns: 4"
    echo "subtitles: 2 Praat: 2"
    echo "ELAN: 4"
    echo "words: [['hvad', 'sker', 'der', '?'], ['vi', 'venter', 'på', 'svar', '.'], ['hvad', 'siger', 'de', '?'], ['de', 'sagde', '+\"/.']]"
    echo "ratio and length: [0.0] [0.0]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
