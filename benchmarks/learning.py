"""What matching a catalogue of learning costs: every activity with each group's needs, in every municipality."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from made_up import GROUPS, make_draft, write_study

from blupkit.activities import Activities
from blupkit.activities.learning.match import GAP, PLACE, match_activities
from blupkit.core import read_edition
from blupkit.disclosure import SafeTable, is_shown, select_edition, suppress

TOWNS, ITEMS, ACTIVITIES = 98, 26, 40
Made = TypeVar("Made")


def matching(folder: Path) -> list[tuple[str, float, float]]:
    """Compare matching 98 municipalities x 3 groups x 40 activities with deciding their release: processor time."""
    study, draft = write_study(folder, 60, 2, TOWNS), make_draft(TOWNS, ITEMS)
    deciding, release = fastest(lambda: suppress(draft, study))
    needs, places = _gaps(release["behov"])
    random = np.random.default_rng(0)
    rows = [
        {
            "id": f"A{number}",
            "maalgruppe": tuple(GROUPS),
            "kompetencer": tuple(f"k{item}" for item in random.choice(ITEMS, random.integers(2, 7), replace=False)),
        }
        for number in range(ACTIVITIES)
    ]
    found = Activities(study, {"katalog": rows})
    editions = [read_edition(study, place) for place in study.places]
    parts = [(select_edition(needs, edition), select_edition(places, edition), edition) for edition in editions]
    took, matches = fastest(lambda: [one for part in parts for one in match_activities(found, *part)])
    if len(matches) != TOWNS * len(GROUPS) * ACTIVITIES or not any(one.known for one in matches):
        raise AssertionError("not everything was matched")
    name = f"{TOWNS} x {len(GROUPS)} x {ACTIVITIES} activities matched, against deciding their release"
    return [(name, took / deciding, 0.1)]


def fastest(work: Callable[[], Made]) -> tuple[float, Made]:
    """Give the least processor time of three runs, and what was made: whatever else the machine does only adds."""
    took = []
    for _ in range(3):
        start = time.process_time()
        made = work()
        took.append(time.process_time() - start)
    return min(took), made


def _gaps(table: SafeTable) -> tuple[SafeTable, SafeTable]:
    """Make the gaps of what is shown of both sides, and a place for each."""
    keys = ["municipality", "group", "item", "label"]
    shown = table.frame.assign(seen=is_shown(table.frame))
    importance, level = (shown[shown["measure"] == name] for name in ("Vigtighed", "Nuværende niveau"))
    both = importance.merge(level, on=keys, suffixes=("", "_other"))
    seen = both["seen"] & both["seen_other"]
    gaps = pd.DataFrame(both[keys]).assign(
        measure=GAP, value=(both["value"] - both["value_other"]).where(seen), low=np.nan, high=np.nan, n=both["n"]
    )
    gaps = gaps.assign(lowest=-4.0, highest=4.0, status=np.where(seen, "vist", "skjult"))
    place = gaps.groupby(["municipality", "group"])["value"].rank(ascending=False)
    ranked = gaps.assign(measure=PLACE, value=place, low=(place - 2).clip(lower=1), high=place + 2)
    return replace(table, frame=gaps), replace(table, frame=ranked)


ALL = (matching,)
