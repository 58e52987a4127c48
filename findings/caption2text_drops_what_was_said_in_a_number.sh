#!/usr/bin/env bash
# caption2text 0.1.2 drops an answer that is a number, and who speaks, and says times and numbers of cues as words.
#
# Guess: the transcript of subtitles is the words that were said, in their order, without times and numbers of cues.
# Seen (Python 3.11): each line of an SRT file that is a number alone is taken for a cue's number, so that "Fra 0 til 10?" has
# no answer, and a year on a line of its own is gone. In WebVTT the numbers of cues are words, and so is a note, which a player
# never shows, and a time without hours, which the format allows; the voices (`<v Name>`) are taken out, so that nobody says
# anything, and what stands in braces ("{griner}") is gone.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check caption2text==0.1.2
cd "$place"
cat > a.srt <<'SRT'
1
00:00:01,000 --> 00:00:04,000
L1: Fra 0 til 10, hvor godt går det?

2
00:00:04,500 --> 00:00:06,000
7

3
00:00:07,000 --> 00:00:09,000
A1: Vi kom hertil i
2019
SRT
cat > a.vtt <<'VTT'
WEBVTT

NOTE Ikke godkendt endnu

1
00:00:01.000 --> 00:00:04.000
<v L1>Fra 0 til 10, hvor godt går det?</v>

2
00:04.500 --> 00:06.000
<v A1>7 {griner}</v>
VTT
for file in a.srt a.vtt; do
    "$place/venv/bin/caption2text" convert $file 2> log.txt | sed "s/^/$file | /" >> seen.txt
done
cat seen.txt
{
    echo "a.srt | L1: Fra 0 til 10, hvor godt går det?"
    echo "a.srt | A1: Vi kom hertil i"
    echo "a.vtt | NOTE Ikke godkendt endnu"
    echo "a.vtt | 1"
    echo "a.vtt | Fra 0 til 10, hvor godt går det?"
    echo "a.vtt | 2"
    echo "a.vtt | 00:04.500 --> 00:06.000"
    echo "a.vtt | 7"
} | diff - seen.txt || { echo "changed"; cat log.txt; exit 1; }
