"""Importance against level: what comes out depends on where it is cut."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import read_study
from blupkit.disclosure import SafeTable, internal
from blupkit.survey import needs, quadrants, read_responses

ROOT = Path(__file__).parents[3]


WORKBOOK = ROOT.parent / "shared" / "real" / "importance-performance" / "questionnaire.xlsx"


def table(*items: tuple[str, float, float], status: str = "vist") -> SafeTable:
    rows = [
        ("slagelse", "L", item, item.capitalize(), measure, value, 1.0, 5.0, status)
        for item, importance, level in items
        for measure, value in (("Vigtighed", importance), ("Nuværende niveau", level))
    ]
    columns = ["municipality", "group", "item", "label", "measure", "value", "lowest", "highest", "status"]
    return SafeTable(pd.DataFrame(rows, columns=columns), 5)


FOUR = (("lytte", 5.0, 2.0), ("skrive", 5.0, 4.0), ("regne", 3.0, 2.0), ("synge", 3.0, 4.0))


def test_each_quarter_has_its_name() -> None:
    # Means by hand: importance (5 + 5 + 3 + 3) / 4 = 4, level (2 + 4 + 2 + 4) / 4 = 3.
    found = quadrants(table(*FOUR)).set_index("item")
    assert found["quadrant"].to_dict() == {
        "lytte": "Styrk først", "skrive": "Bliv ved", "regne": "Kan vente", "synge": "Rigeligt",
    }  # fmt: skip
    assert found[["cut_importance", "cut_level"]].drop_duplicates().to_numpy().tolist() == [[4, 3]]


def test_what_lies_on_the_cross_hair_counts_as_high() -> None:
    assert quadrants(table(("lytte", 4.0, 3.5)), (4.0, 3.5))["quadrant"].tolist() == ["Bliv ved"]


def test_a_mean_that_the_computer_rounds_up_still_lies_on_the_cross_hair() -> None:
    # By hand: the mean of 3.7, 3.7 and 3.7 is 3.7; added up and divided in floating point it is 3.7000000000000006.
    alike = table(*((item, 3.7, 3.7) for item in ("lytte", "skrive", "regne")))
    assert quadrants(alike)["quadrant"].tolist() == ["Bliv ved"] * 3


def test_a_hidden_item_does_not_move_the_cross_hair() -> None:
    hidden = table(("sove", 1.0, 1.0), status="skjult")
    both = SafeTable(pd.concat([table(*FOUR).frame, hidden.frame], ignore_index=True), 5)
    pd.testing.assert_frame_equal(quadrants(both), quadrants(table(*FOUR)))


@pytest.mark.parametrize(("crosshair", "first"), [("gennemsnit", 7), ("median", 4), ("midte", 0)])
def test_the_published_workbook_has_as_many_to_work_on_first(tmp_path: Path, crosshair: str, first: int) -> None:
    """Counts for the real 30 × 24 pairs, computed independently: 7 with grand means, 4 with medians, 0 with middles."""
    if not WORKBOOK.is_file():
        pytest.skip("../shared/real is not beside this checkout")
    (tmp_path / "q.xlsx").symlink_to(WORKBOOK)
    (tmp_path / "study.toml").write_text(
        'navn = "IPA"\nudgiver = "U"\nperiode = "2020"\ndata_dato = 2020-01-01\n[spoergeskema]\nformat = "tabel"\n'
        'data = "q.xlsx"\nbehold_dubletter = true\nark = { importance = "_v", performance = "_n" }\n',
        encoding="utf-8",
    )
    study = read_study(tmp_path)
    safe = internal(needs(read_responses(study), draws=20), study)
    assert (quadrants(safe, crosshair)["quadrant"] == "Styrk først").sum() == first  # type: ignore[arg-type]
