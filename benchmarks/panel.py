"""The exploring panel beside what it is made of: a figure drawn by hand, and the bare table."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from made_up import write_study
from matplotlib.figure import Figure
from timing import seconds

from blupkit.app.exploring.explorer import Explorer
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.session import DOTS, Session
from blupkit.survey import read_responses

Line = tuple[str, float, float | None]
ROWS, ITEMS = 100_000, 60
ANSWERS = ["Trin 1", "Trin 2", "Trin 3", "Trin 4", "Trin 5"]


def drawing(folder: Path) -> list[Line]:
    """Compare a choice in the panel, drawn and ready for the page, with the bare lines for the same picture."""
    study = write_study(folder, 2_000, 4)
    session = Session(Explorer(Materials(study, read_responses(study))), lambda _: "", dict, lambda _: None)
    wide = read_responses(study).wide()
    wide["k00_v"] = pd.Categorical(wide["k00_v"].map(dict(enumerate(ANSWERS, 1))), ANSWERS, ordered=True)

    def chosen() -> None:
        session.answer({"action": "vaelg", "choice": {"question": "k01_v", "by": "gruppe"}})
        answer = session.answer({"action": "vaelg", "choice": {"question": "k00_v", "by": "gruppe"}})
        assert answer["state"]["shown"]["drawing"]

    def bare() -> None:
        for _ in range(2):
            shares = pd.crosstab(wide["k00_v"], wide["gruppe"], normalize="columns", dropna=False).mul(100)
            long = shares.reset_index().melt("k00_v", value_name="pct")
            with mpl.rc_context(sns.axes_style("whitegrid")):
                figure = Figure(figsize=(8, 5), layout="constrained")
                axes = figure.subplots()
                sns.barplot(long, x="pct", y="k00_v", hue="gruppe", errorbar=None, ax=axes)
                axes.set(title="Emne 0 fordelt på gruppe", xlabel="Pct.", ylabel="")
                sns.move_legend(axes, "upper left", bbox_to_anchor=(0, -0.15), ncol=3, title=None)
                figure.savefig(io.BytesIO(), format="png", bbox_inches="tight", dpi=DOTS)

    chosen()
    bare()
    name = "from a choice in the panel to the drawn figure, against bare pandas and seaborn"
    return [(name, seconds(chosen, 5) / seconds(bare, 5), 1.5)]


# In a process of its own, as a kernel is: what it holds when the panel stands there (Linux).
OPENED = """
import re, sys
from pathlib import Path
from blupkit import app, core, survey
from blupkit.app.exploring.panel import Panel
import seaborn, blupkit.display.figures
def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
study = core.read_study(sys.argv[1])
survey.read_responses
before = held()
panel = app.explore(study)
panel._repr_mimebundle_()
print((held() - before) * 1024)
"""


def opening(folder: Path) -> list[Line]:
    """Compare what a kernel holds once the panel is open with the raw table."""
    write_study(folder, ROWS, ITEMS)
    raw = int(pd.read_csv(folder / "svar.csv", sep=";").memory_usage(deep=True).sum())
    done = subprocess.run([sys.executable, "-c", OPENED, str(folder)], capture_output=True, text=True, check=True)
    name = f"memory of a kernel with the panel open on {ROWS:,} x {2 * ITEMS}, against the raw table"
    return [(name, int(done.stdout) / raw, 5.0)]


ALL = (drawing, opening)
