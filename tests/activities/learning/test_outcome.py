"""What came of the demo's learning: numbers worked out by hand from the forms, and no municipality."""

from __future__ import annotations

from pathlib import Path

import pytest
import readability

from blupkit import activities, app
from blupkit.activities import read_catalogue, read_outcome
from blupkit.activities.learning.outcome import Outcome
from blupkit.core import Study, read_edition, read_study
from blupkit.core.tables import read_table
from blupkit.report import table_measures

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


def outcome(demo: Study, demo_pages: Path, place: str) -> Outcome:
    edition = read_edition(demo, place)
    release = app.load_release(demo, edition, demo_pages / "intern" / "udgivelse" / f"{place}.json")
    form, times = release.questions.form, release.questions.tidspunkt
    tables = {"needs": release.needs, "places": release.places, "form": form, "times": times}
    return read_outcome(read_catalogue(demo, edition, **tables), release)


def test_before_and_now_are_paired_and_stand_beside_the_level_of_the_survey(demo: Study, demo_pages: Path) -> None:
    """Looking for funds (k15) was rated by all fourteen forms of H4: 36 / 14 = 2,6 before and 49 / 14 = 3,5 now.

    The change is the mean of the fourteen differences, 13 / 14 = 0,9; 2,9 is what local councils said in the survey.
    """
    forms = read_table(DEMO / "aktiviteter" / "evaluering_laering.csv", "evaluering_laering.csv")
    pairs = forms.loc[(forms["k15_foer"] != "") & (forms["k15_nu"] != ""), ["k15_foer", "k15_nu"]].astype(int)
    assert (len(pairs), *pairs.sum()) == (14, 36, 49)
    found = outcome(demo, demo_pages, "alle")
    rows = found.rated.frame[found.rated.frame["item"] == "A6/k15"].set_index("measure")["value"]
    assert rows[["Før", "Nu", "Ændring"]].round(6).tolist() == [round(x / 14, 6) for x in (36, 49, 13)]
    assert round(rows["Lokalrådsmedlemmer i undersøgelsen"], 1) == 2.9
    # Neither table nor words have the other difference: what they rate now against what others rated in the survey.
    assert set(found.rated.frame["measure"]) == {"Før", "Nu", "Ændring", *found.levels}
    assert "**Deltagerne er ikke de samme som dem, der svarede i foråret.**" in activities.text_rated(found)


def test_who_came_and_who_has_answered_are_those_of_the_release(demo: Study, demo_pages: Path) -> None:
    """139 came to eight activities, of whom 116 handed in a form: 23 did not."""
    found = outcome(demo, demo_pages, "alle")
    rows = found.came.frame.set_index(["item", "measure"])["value"]
    assert (rows["A6", "Deltog"], rows["A6", "Har svaret"]) == (18, 14)
    assert "116 af de 139 deltagere har svaret." in activities.text_came(found)
    assert activities.list_unknown(found).startswith("* Hvad de 23 deltagere, der ikke har svaret, ville have sagt.")


def test_what_the_release_hides_or_tells_as_a_bound_is_so_on_the_page(demo: Study, demo_pages: Path) -> None:
    found = outcome(demo, demo_pages, "alle")
    [exhibit] = table_measures(found.said, found.catalogue.edition, columns=found.questions, caption="Svar.").items
    rows = found.said.frame
    assert exhibit.table.count("•") == (rows["status"] == "skjult").sum() > 0
    assert exhibit.table.count("eller højere") == (rows["status"] == "groft").sum() > 0
    assert rows.loc[rows["status"].isin(["skjult", "groft"]), ["value", "low", "high", "n"]].isna().all().all()
    assert set(rows["group"]) == {"alle"}


def test_a_municipality_s_page_has_none_of_it_and_no_municipality_is_told_apart(demo: Study, demo_pages: Path) -> None:
    local = outcome(demo, demo_pages, "slagelse")
    assert [len(table.frame) for table in (local.came, local.said, local.rated)] == [0, 0, 0]
    assert (activities.text_came(local), activities.text_said(local)) == ("", "")
    common = outcome(demo, demo_pages, "alle")
    assert {place for table in (common.came, common.said, common.rated) for place in table.frame["municipality"]} == {
        "alle"
    }


def test_its_sentences_read_well(demo: Study, demo_pages: Path) -> None:
    found = outcome(demo, demo_pages, "alle")
    says = (activities.text_came, activities.text_said, activities.text_rated, activities.list_unknown)
    lines = [line.lstrip("* ") for say in says for line in say(found).splitlines()]
    assert [fault for line in lines for fault in readability.faults(line)] == []
    assert len(lines) == len(set(lines)) > 6
