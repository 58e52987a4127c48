"""What deciding a release costs, side by side with another version of the code: `python benchmarks/deciding.py OTHER`.

OTHER is a checkout of that version (`git worktree add OTHER COMMIT`). Both decide the demo in processes of their own,
one after the other, since whatever else the machine does falls on both alike. Processor time is counted, not the clock,
and the most memory that a process has had. It prints what it measured, and the ratio with what it may be at most.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
RUNS = 3

#: Everything between answers that are read and what each reader may see: draft, choice, attack, and what is derived.
DECIDE = """
import re, sys, time
from pathlib import Path
from blupkit import app
from blupkit.core import read_study
study = read_study(sys.argv[1])
start = time.process_time()
release = app.load_release(study, None)
took = time.process_time() - start
assert release.passed
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(took, int(peak) / 1024)
"""

#: The choice and the attack alone, of made-up tables.
SUPPRESS = """
import re, sys, tempfile, time
from pathlib import Path
from made_up import make_draft, write_study
from blupkit.disclosure import suppress
towns = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    study, draft = write_study(Path(folder), 60, 2, towns), make_draft(towns)
    start = time.process_time()
    release = suppress(draft, study)
    took = time.process_time() - start
assert release.passed
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(took, int(peak) / 1024)
"""


class Cost(NamedTuple):
    """What one run took: processor time in seconds, and the most memory in MB."""

    seconds: float
    memory: float


def run(code: Path, script: str, *words: object) -> Cost:
    """Run a script with one version of the code."""
    path = os.pathsep.join([str(code), str(ROOT / "benchmarks")])
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *map(str, words)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(*map(float, done.stdout.split()))


def main() -> int:
    """Measure, print the table, and give 1 when a ratio is more than it may be."""
    other = Path(sys.argv[1]).resolve()
    demo = ROOT / "data" / "demo"
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(run(other, DECIDE, demo))
        ours.append(run(ROOT, DECIDE, demo))
    mine, before = (
        Cost(statistics.median(one.seconds for one in runs), statistics.median(one.memory for one in runs))
        for runs in (ours, theirs)
    )
    few, many = run(ROOT, SUPPRESS, 49), run(ROOT, SUPPRESS, 98)
    lines = [
        ("deciding the demo, processor time", mine.seconds, before.seconds, "s", 2.0),
        ("deciding the demo, most memory", mine.memory, before.memory, "MB", 1.5),
        ("98 municipalities against 49, processor time", many.seconds, few.seconds, "s", 3.0),
    ]
    print(f"{'what':46} {'this':>9} {'against':>9}    {'ratio':>6} {'at most':>8} holds")
    for name, one, against, unit, limit in lines:
        ratio = one / against
        holds = "yes" if ratio <= limit else "NO"
        print(f"{name:46} {one:9.1f} {against:9.1f} {unit:2} {ratio:6.2f} {limit:8.2f} {holds}")
    return 0 if all(one <= limit * against for _, one, against, _, limit in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
