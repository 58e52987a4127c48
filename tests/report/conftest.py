"""A small made-up release: two items, three groups, six municipalities."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support import suppress

from blupkit.core import Edition, Study, read_edition, read_study
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable

ROOT = Path(__file__).parents[2]
#: A value that nothing else on a page can be, for a cell that must be hidden.
SENTINEL = 3.77


@pytest.fixture(scope="session")
def study() -> Study:
    return read_study(ROOT / "data" / "demo")


@pytest.fixture(scope="session")
def slagelse(study: Study) -> Edition:
    return read_edition(study, "slagelse")


def release(study: Study, groups: dict[str, int], items: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Importance and level of each item, the same everywhere; `groups` gives the answers a municipality has."""
    places = ["alle", *[municipality.slug for municipality in study.municipalities]]
    rows = [
        (place, group, item, item.capitalize(), measure, value, value - 0.2, value + 0.2, n * scale, low, high)
        for place in places
        for group, n in groups.items()
        for item, (importance, level) in items.items()
        for measure, value, low, high in (
            ("Vigtighed", importance, 1.0, 5.0),
            ("Niveau", level, 1.0, 5.0),
            ("Gab", importance - level, -4.0, 4.0),
        )
        for scale in (6 if place == "alle" else 1,)
    ]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


@pytest.fixture(scope="session")
def hidden_sentinel(study: Study) -> SafeTable:
    """Slagelse's employees rate "lytte" with the sentinel, and there are three of them."""
    table = release(study, {"L": 40, "P": 7, "A": 12}, {"lytte": (4.5, 2.5), "skrive": (4.0, 3.0)})
    few = (table["municipality"] == "slagelse") & (table["group"] == "A") & (table["item"] == "lytte")
    table.loc[few, "n"] = 3
    table.loc[few, "value"] = SENTINEL
    return suppress(table, study)


@pytest.fixture(scope="session")
def shares(study: Study) -> SafeTable:
    places = ["alle", *[municipality.slug for municipality in study.municipalities]]
    rows = [
        (
            place,
            group,
            item,
            item.capitalize(),
            "Andel",
            share,
            np.nan,
            np.nan,
            n * (6 if place == "alle" else 1),
            0,
            100,
        )
        for place in places
        for group, n in {"L": 40, "P": 7, "A": 12}.items()
        for item, share in {"aften": 50.0, "online": 25.0}.items()
    ]
    return suppress(pd.DataFrame(rows, columns=MEASURE_COLUMNS), study)
