"""Ratios, measured side by side in one run: `make bench` prints `name ratio at_most holds` and writes them as JSON.

No number here is a time: a slow machine is slow on both sides.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import books
import coder
import learning
import numpy as np
import pages
import pandas as pd
import panel
from made_up import LARGE, make_draft, write_interviews, write_study, write_words
from timing import seconds

from blupkit.app.study_from_export import write_study_from
from blupkit.core import Study, read_study
from blupkit.disclosure import suppress
from blupkit.interviews import Coded, coder_agreement, read_codebook, read_codings, read_turns, search, theme_counts
from blupkit.survey import cross, needs, read_responses
from blupkit.survey.reading.exports import read_export

ROWS, ITEMS = 100_000, 60
MADE_ROWS, MADE_COLUMNS = 5_000, 300
DRAWS, CELLS, BOOTSTRAP_ITEMS, BOOTSTRAP_ROWS = 2000, 18, 26, 369


class Result(NamedTuple):
    """One line of the table; without a limit it is reported only."""

    name: str
    ratio: float
    at_most: float | None

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.at_most is None or self.ratio <= self.at_most


def reading(folder: Path) -> list[Result]:
    """Compare reading and checking a large survey with reading its file and doing nothing with it."""
    study = write_study(folder, ROWS, ITEMS)
    # In turn: whatever else the machine does falls on both alike. One thread each: pandas 3.1 reads in as many as there
    # are cores, and the ratio would tell how many those are.
    with pd.option_context("mode.max_threads", 1):
        took = [
            (seconds(lambda: pd.read_csv(folder / "svar.csv", sep=";"), 1), seconds(lambda: read_responses(study), 1))
            for _ in range(9)
        ]
    plain, checked = map(min, zip(*took, strict=True))
    raw = int(pd.read_csv(folder / "svar.csv", sep=";").memory_usage(deep=True).sum())
    return [
        Result(f"read and check {ROWS:,} x {2 * ITEMS}, against pandas.read_csv", checked / plain, 1.5),
        Result("its peak of memory, against the raw table", peak(folder) / raw, 4.0),
    ]


# The kernel's own mark of the most memory; unlike `ru_maxrss` it does not start at what the parent process had.
PEAK = """
import re, sys
from pathlib import Path
from blupkit.core import read_study
from blupkit.interviews import coder_agreement, read_coded, theme_counts
from blupkit.survey import read_responses
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
study = read_study(sys.argv[1])
before = most()
responses = read_responses(study)
print((most() - before) * 1024)
"""


def peak(folder: Path) -> int:
    """Give the most memory, in bytes, that reading takes in a process of its own (Linux)."""
    done = subprocess.run([sys.executable, "-c", PEAK, str(folder)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def bootstrap(folder: Path) -> list[Result]:
    """Compare the needs with a bare product of weights and matrix of the same size, and doubled answers with single."""
    study = write_study(folder, BOOTSTRAP_ROWS, BOOTSTRAP_ITEMS)
    responses = read_responses(study)
    random = np.random.default_rng(0)
    # Six columns an item: importance, level, below, equal, above, and the number of pairs.
    rows = BOOTSTRAP_ROWS // CELLS
    matrix = random.random((rows, 6 * BOOTSTRAP_ITEMS))

    def bare() -> None:
        for _ in range(CELLS):
            weights = random.multinomial(rows, np.full(rows, 1 / rows), size=DRAWS).astype(float)
            np.percentile((weights @ matrix)[:, : 4 * BOOTSTRAP_ITEMS], [2.5, 97.5], axis=0)

    return [Result(f"{DRAWS:,} draws x {BOOTSTRAP_ITEMS} items x {CELLS} cells, against bare NumPy",
                   seconds(lambda: needs(responses, DRAWS)) / seconds(bare), 1.5)]  # fmt: skip


def growth(folder: Path) -> list[Result]:
    """Say how much longer four times as many answers take than four times as long: 1 is linear."""
    took = []
    for rows in (5_000, 20_000):
        place = folder / str(rows)
        place.mkdir()
        study = write_study(place, rows, 20)
        took.append(seconds(lambda study=study: needs(read_responses(study), 200), runs=2))  # type: ignore[misc]
    return [Result("needs of 20,000 answers, against four times those of 5,000", took[1] / (4 * took[0]), 1.2)]


def suppression(folder: Path) -> list[Result]:
    """Say how suppression and audit grow from 6 to 98 municipalities, against the square of the growth."""
    took = {}
    for towns in (6, 49, 98):
        place = folder / str(towns)
        place.mkdir()
        study: Study = write_study(place, 60, 2, towns)
        draft = make_draft(towns)
        took[towns] = seconds(lambda draft=draft, study=study: suppress(draft, study), runs=2)  # type: ignore[misc]
    ratio = took[98] / took[6]
    return [
        Result("suppression and audit of 98 municipalities, against 6", ratio, None),
        Result("the same, against the square of 98 / 6", ratio / (98 / 6) ** 2, 1.0),
        Result("suppression and audit of 98 municipalities, against 49", took[98] / took[49], 3.0),
    ]


def crossing(folder: Path) -> list[Result]:
    """Compare a cross-table, with its states, shares, notes and figure, with the bare counts of a categorical table."""
    responses = read_responses(write_study(folder, ROWS, ITEMS))
    wide, (row, column) = responses.wide(), [one for one in responses.variables if one.endswith("_v")][:2]
    bare = pd.DataFrame({name: pd.Categorical(wide[name]) for name in (row, column)})
    # So short a time is one that others may share: the two are taken in turn.
    took = [
        (seconds(lambda: cross(responses, row, column), 1), seconds(lambda: pd.crosstab(bare[row], bare[column]), 1))
        for _ in range(40)
    ]
    ours, theirs = map(min, zip(*took, strict=True))
    name = f"a cross-table of {ROWS:,} respondents, against pandas.crosstab on a categorical table"
    return [Result(name, ours / theirs, 1.5)]


def interviews(folder: Path) -> list[Result]:
    """Say how reading, counting and agreement grow with the transcripts: 1 is linear."""
    few, many = 50, 400
    took: dict[str, list[float]] = {}
    for talks in (few, many):
        place = folder / str(talks)
        place.mkdir()
        study = write_interviews(place, talks)
        start = time.perf_counter()
        turns, codebook = read_turns(study), read_codebook(study)
        took.setdefault("reading", []).append(time.perf_counter() - start)
        codings = read_codings(study, turns, codebook)
        coded = Coded(turns, codebook, codings[codings["coder"] == "A"], codings)
        for name, work in {
            "counting": lambda coded=coded: theme_counts(replace(coded)),
            "agreement on": lambda coded=coded: coder_agreement(replace(coded)),
        }.items():
            took.setdefault(name, []).append(seconds(work))
    return [
        Result(
            f"{name} {many} transcripts of 10,000 words, against {many // few} times {few}",
            last / (many / few * first),
            1.2,
        )
        for name, (first, last) in took.items()
    ]


def searching(folder: Path) -> list[Result]:
    """Compare a second search for a word with a regular expression over the same text, already in memory."""
    study = write_interviews(folder, 400, vocabulary=LARGE)
    text = "\n".join(read_turns(study)["text"])
    pattern = r"\bansøgning(?:en|er|erne)?\b"
    found = len(re.findall(pattern, text, re.IGNORECASE))
    if len(search(study, "ansøgning").frame) != found:
        raise AssertionError("the two do not find the same")
    plain = seconds(lambda: re.findall(pattern, text, re.IGNORECASE))
    second = seconds(lambda: search(study, "ansøgning"))
    return [
        Result("second search for a word in 400 transcripts of 10,000 words, against re.findall", second / plain, 1.0)
    ]


def proposing(folder: Path) -> list[Result]:
    """Compare making a study from its export, checked, with reading the export and doing nothing with it."""
    write_words(folder / "svar.csv", MADE_ROWS, MADE_COLUMNS)
    made = folder / "ny"

    def make() -> None:
        shutil.rmtree(made, ignore_errors=True)
        write_study_from(made, folder / "svar.csv")

    make()
    study = read_study(made)
    took = [(seconds(make, 1), seconds(lambda: read_export(study), 1)) for _ in range(5)]
    ours, reading_it = map(min, zip(*took, strict=True))
    return [
        Result(
            f"a study made of an export of {MADE_ROWS:,} x {MADE_COLUMNS}, against reading it", ours / reading_it, 3.0
        )
    ]


def main() -> int:
    """Run all, or those named on the command line; print the table, write the JSON; 1 when something does not hold."""
    results: list[Result] = []
    measures = (
        reading,
        bootstrap,
        growth,
        suppression,
        crossing,
        proposing,
        interviews,
        searching,
        *books.ALL,
        *coder.ALL,
        *panel.ALL,
        *learning.ALL,
        *pages.ALL,
    )
    for measure in [one for one in measures if len(sys.argv) < 2 or one.__name__ in sys.argv[1:]]:
        with tempfile.TemporaryDirectory() as folder:
            results += [Result(*line) for line in measure(Path(folder))]
    print(f"{'name':84} {'ratio':>8} {'at most':>8} holds")
    for result in results:
        limit = "" if result.at_most is None else f"{result.at_most:.2f}"
        print(f"{result.name:84} {result.ratio:8.2f} {limit:>8} {'yes' if result.holds else 'NO'}")
    output = Path("outputs")
    output.mkdir(exist_ok=True)
    lines = [{**result._asdict(), "holds": result.holds} for result in results]
    (output / "bench.json").write_text(json.dumps(lines, indent=1), encoding="utf-8")
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
