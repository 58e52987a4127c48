"""All municipalities side by side: no row that stands on nobody's page, and no number that is hidden on one."""

from __future__ import annotations

import pandas as pd
import pytest
from small_study import write_small_study

from blupkit.core import ALL, Study, read_edition, read_study
from blupkit.disclosure import MeasureRow, SafeTable, measure_table
from blupkit.survey import largest, make_release, part_for, part_for_everybody, read_responses
from blupkit.survey.tables import SurveyRelease

#: Two that show all, one of few answers, one that says no to a page of its own.
TOWNS = ("Bakkeby", "Egeby", "Fåby", "Fjordby")
NO_PAGE = '[udgivelse]\nkommuner = ["bakkeby", "egeby", "faaby"]\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, SurveyRelease]:
    folder = write_small_study(tmp_path_factory.mktemp("studier") / "lille", places=TOWNS, more=NO_PAGE)
    study = read_study(folder)
    return study, make_release(read_responses(study))[1]


def everybodys(study: Study, release: SurveyRelease) -> SurveyRelease:
    parts = {place: part_for(release, read_edition(study, place)) for place in study.readers}
    return part_for_everybody(release, study, parts)


def told(frame: pd.DataFrame) -> set[tuple[object, ...]]:
    """Every number that a table tells, with its place: values, and bounds."""
    rows = frame.assign(said=frame["value"].fillna(frame["bound"] if "bound" in frame else float("nan")))
    rows = rows[rows["said"].notna()]
    return set(rows[["municipality", "group", "item", "label", "measure", "said"]].itertuples(index=False, name=None))


def test_it_tells_what_stands_on_somebody_s_pages_and_nothing_else(made: tuple[Study, SurveyRelease]) -> None:
    study, release = made
    readers = [place for place in study.readers if study.release.holds_place(place)]
    pages = [part_for(release, read_edition(study, place)) for place in readers]
    compared = everybodys(study, release)
    assert compared.tables.keys() == release.tables.keys()
    for name, table in compared.tables.items():
        seen = set().union(*(told(page.tables[name].frame) for page in pages if name in page.tables))
        assert told(table.frame) == seen, name
    assert len(told(compared.needs.frame)) > 20


def test_a_municipality_without_a_page_is_not_in_it_and_one_of_few_answers_is_hidden(
    made: tuple[Study, SurveyRelease],
) -> None:
    compared = everybodys(*made)
    assert set(compared.needs.frame["municipality"]) == {"bakkeby", "egeby", "faaby", ALL}
    few = compared.needs.frame[compared.needs.frame["municipality"] == "faaby"]
    assert set(few["status"]) == {"skjult"}
    assert few[["value", "low", "high"]].isna().all(axis=None)
    assert compared.decisions.empty  # why something is hidden is said on no page


def rows(values: dict[str, list[float]], hidden: tuple[str, ...] = ()) -> SafeTable:
    table = measure_table(
        MeasureRow(place, "L", f"k{at}", f"k{at}", "Gab", value, n=12)
        for place, found in values.items()
        for at, value in enumerate(found)
    )
    status = ["skjult" if place in hidden else "vist" for place in table["municipality"]]
    frame = table.assign(status=status)
    return SafeTable(frame.assign(value=frame["value"].mask(frame["status"] == "skjult")), min_n=5)


def test_the_items_are_the_largest_of_all_whatever_a_municipality_has() -> None:
    table = rows({"nordby": [9, 8, 7, 6, 5, 4, 3], "alle": [1, 2, 3, 4, 5, 6, 7]})
    assert list(dict.fromkeys(largest(table).frame["item"])) == ["k6", "k5", "k4", "k3", "k2"]  # five of seven
    assert set(largest(table).frame["municipality"]) == {"nordby", "alle"}


def test_where_nothing_is_shown_of_all_the_items_stand_in_their_own_order() -> None:
    table = rows({"nordby": [1, 9, 2], "alle": [1, 2, 3]}, hidden=("alle",))
    assert list(dict.fromkeys(largest(table).frame["item"])) == ["k0", "k1", "k2"]


def test_a_table_without_rows_stays_without() -> None:
    assert largest(rows({})).frame.empty
