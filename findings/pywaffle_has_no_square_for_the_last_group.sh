#!/usr/bin/env bash
# PyWaffle 1.2.0 draws no square for the last group where those before it are rounded up, and 96 of 100 for eight equal groups.
#
# Guess: of 100 squares each group has the nearest number to its share, and what rounding leaves over is shared out, so that the
# squares are 100 and a group of 1 percent has one.
# Seen (Python 3.11, matplotlib 3.10.8): each number is rounded by itself, a half to the even number, and squares beyond the
# hundredth are not drawn, so that it is always the last group that pays: 49.5, 49.5 and 1 percent are 50, 50 and none, and with
# the 1 percent first they are 1, 50 and 49. Eight groups of 12.5 percent have 12 squares each, and four places stay empty. The
# legend still names the group that is not there. What rounding does to one number is documented, not what it does to the last.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pywaffle==1.2.0 matplotlib==3.10.8
MPLBACKEND=agg "$place/venv/bin/python" -W ignore - > "$place/seen.txt" <<'PYTHON'
import matplotlib.pyplot as plt
from matplotlib.colors import to_hex
from pywaffle import Waffle

COLOURS = [f"#{number:02x}0000" for number in range(8)]
for values in ([49.5, 49.5, 1], [1, 49.5, 49.5], [12.5] * 8):
    drawn = plt.figure(FigureClass=Waffle, rows=10, columns=10, values=values, colors=COLOURS[: len(values)])
    squares = [to_hex(square.get_facecolor()) for square in drawn.axes[0].patches]
    print(values, [squares.count(colour) for colour in COLOURS[: len(values)]])
PYTHON
cat "$place/seen.txt"
{
    echo "[49.5, 49.5, 1] [50, 50, 0]"
    echo "[1, 49.5, 49.5] [1, 50, 49]"
    echo "[12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5] [12, 12, 12, 12, 12, 12, 12, 12]"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
