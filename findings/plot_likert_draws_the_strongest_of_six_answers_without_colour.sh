#!/usr/bin/env bash
# plot-likert 0.5.0 draws the last of six answers without any colour, and "agree" of a scale of four as if it were neutral.
#
# Guess: the colours follow the number of answers, as the package has a set for each of four to ten, or a scale that they do not
# fit is refused.
# Seen (Python 3.11, pandas 2.3.3, matplotlib 3.10.8): the five colours are given out from the left and then begin anew with the
# invisible one that pads the bars: of six answers, "helt enig" is a hole at the end of the bar and blank in the legend, and
# "lidt uenig" has the grey of a neutral middle. Of four, "enig" has that grey; of three it is "enig" again, and "hverken" is red.
# Whoever looks sees a town without the strongest agreement. The sets for other numbers must be named.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check plot-likert==0.5.0 pandas==2.3.3 matplotlib==3.10.8
MPLBACKEND=agg "$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import pandas as pd
import plot_likert
from matplotlib.colors import to_hex

ANSWERS = {
    6: ["helt uenig", "uenig", "lidt uenig", "lidt enig", "enig", "helt enig"],
    5: ["helt uenig", "uenig", "hverken", "enig", "helt enig"],
    4: ["helt uenig", "uenig", "enig", "helt enig"],
    3: ["uenig", "hverken", "enig"],
}
NAMES = {"#b22222ff": "red", "#f08080ff": "light red", "#dcdcdcff": "grey", "#6495edff": "light blue", "#00008bff": "blue"}
for number, scale in ANSWERS.items():
    drawn = plot_likert.plot_likert(pd.DataFrame({"spm": scale}), scale, plot_percentage=True)
    bars, answers = drawn.get_legend_handles_labels()
    colours = [NAMES.get(to_hex(bar.patches[0].get_facecolor(), keep_alpha=True), "invisible") for bar in bars]
    print(f"{number}:", ", ".join(f"{answer} {colour}" for answer, colour in zip(answers, colours)))
PYTHON
cat "$place/seen.txt"
{
    echo "6: helt uenig red, uenig light red, lidt uenig grey, lidt enig light blue, enig blue, helt enig invisible"
    echo "5: helt uenig red, uenig light red, hverken grey, enig light blue, helt enig blue"
    echo "4: helt uenig red, uenig light red, enig grey, helt enig light blue"
    echo "3: uenig red, hverken light red, enig grey"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
