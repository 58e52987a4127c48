"""Make the demo study's evaluations of workshops and learning: who filled a form in, and what they answered.

Everything is invented. The questions are read from the study's own `skemaer.csv`, the numbers to aim at from
`activities.toml`; the rest is drawn with a fixed seed, so that the files come out the same each time. Run it from
anywhere: `python data/demo/generator/make_activities.py [FOLDER]` writes into FOLDER, by default the demo study itself.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
STUDY = HERE.parent
FOLDER = "aktiviteter"
GROUPS = ("L", "P", "A")
DONT_KNOW = "8"
WORDS = ("ja", "delvist", "nej", "ved ikke")

Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    """Read a semicolon-separated table as a list of rows, everything as text."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


class Plan:
    """The numbers to aim at, the questions, and the stream of random numbers that every draw comes from."""

    def __init__(self) -> None:
        self.numbers: dict[str, Any] = tomllib.loads((HERE / "activities.toml").read_text("utf-8"))
        self.rng = np.random.default_rng(self.numbers["seed"])
        self.questions = read_rows(STUDY / FOLDER / "skemaer.csv")

    def asked(self, form: str) -> Rows:
        """Give the questions of one form, in order."""
        return [row for row in self.questions if row["skema"] == form]

    def ratings(self, count: int, mean: float, low: int, high: int, *, sure: bool = False) -> list[str]:
        """Draw whole numbers whose mean is the planned one as near as whole numbers come; some cannot say."""
        unsure = self.rng.random(count) < (0 if sure or high > 5 else self.numbers["dont_know"])
        drawn = np.clip(np.rint(self.rng.normal(mean, self.numbers["spread"], count)), low, high).astype(int)
        known = np.flatnonzero(~unsure)
        while (gap := round(mean * len(known)) - int(drawn[known].sum())) != 0:
            step = 1 if gap > 0 else -1
            movable = [place for place in known if low <= drawn[place] + step <= high]
            drawn[self.rng.choice(movable)] += step
        return [DONT_KNOW if cannot else str(value) for value, cannot in zip(drawn, unsure, strict=True)]

    def texts(self, count: int, question: str) -> list[str]:
        """Draw what people wrote; most leave it empty."""
        wrote = self.rng.random(count) < self.numbers["written"]
        return [str(self.rng.choice(self.numbers["texts"][question])) if one else "" for one in wrote]

    def words(self, count: int, question: str) -> list[str]:
        """Draw answers from a few words."""
        return [str(word) for word in self.rng.choice(WORDS, count, p=self.numbers["follow_up"][question])]


def forms(plan: Plan, kind: str, sizes: dict[str, Sequence[int]], means: dict[str, float]) -> dict[str, list[str]]:
    """Give the columns of one kind of form, all who filled it in below each other."""
    people = [
        (of_what, group)
        for of_what, many in sizes.items()
        for group, n in zip(GROUPS, many, strict=True)
        for _ in range(n)
    ]
    columns = {"of_what": [of_what for of_what, _ in people], "gruppe": [group for _, group in people]}
    for row in plan.asked(kind):
        name, how = row["spoergsmaal"], row["svar"]
        if how == "tekst":
            columns[name] = plan.texts(len(people), name)
        elif name in means:
            low, high = map(int, how.split("-"))
            columns[name] = plan.ratings(len(people), means[name], low, high)
        else:
            columns[name] = plan.words(len(people), name)
    return columns


def competences(plan: Plan, columns: dict[str, list[str]]) -> None:
    """Add what each session's competences were rated before and now; empty for those of other sessions."""
    sessions: dict[str, dict[str, Any]] = plan.numbers["sessions"]
    for session, said in sessions.items():
        places = [place for place, one in enumerate(columns["of_what"]) if one == session]
        for item, (before, now) in ((name, means) for name, means in said.items() if name != "form"):
            for ending, mean in (("foer", before), ("nu", now)):
                column = columns.setdefault(f"{item}_{ending}", [""] * len(columns["of_what"]))
                for place, value in zip(places, plan.ratings(len(places), mean, 1, 5, sure=True), strict=True):
                    column[place] = value


def write_table(path: Path, of_what: str, columns: dict[str, list[str]]) -> None:
    """Write a table as Excel saves one in Denmark."""
    named = {of_what if name == "of_what" else name: cells for name, cells in columns.items()}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([named, *zip(*named.values(), strict=True)])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def main(folder: Path = STUDY) -> None:
    """Write the three files with answers."""
    plan, target = Plan(), folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    rooms, sessions = plan.numbers["workshops"], plan.numbers["sessions"]
    workshop = forms(
        plan, "workshop", {name: many["form"] for name, many in rooms.items()}, plan.numbers["workshop_means"]
    )
    write_table(target / "evaluering_workshop.csv", "workshop", workshop)
    later = forms(plan, "opfoelgning", {name: many["later"] for name, many in rooms.items()}, {})
    write_table(target / "opfoelgning.csv", "workshop", later)
    learning = forms(
        plan, "laering", {name: many["form"] for name, many in sessions.items()}, plan.numbers["session_means"]
    )
    competences(plan, learning)
    write_table(target / "evaluering_laering.csv", "afholdelse", learning)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
