"""What the consultant asks of the year: held against the demo's tables, counted by hand."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from blupkit import activities, core
from blupkit.app.exploring.choice import RefusedError
from blupkit.app.exploring.explorer import Explorer
from blupkit.app.exploring.materials import Materials
from blupkit.display import ResultTable

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def study() -> core.Study:
    return core.read_study(DEMO)


def rows(table: ResultTable, *heads: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.frame[list(heads)].to_numpy().tolist()]


def test_who_came_is_summed_and_a_sum_with_an_unknown_number_in_it_is_none(study: core.Study) -> None:
    table = activities.who_came(study)
    # Sønderborg: 74 + 31 + 20 invited, 15 + 4 + 7 came. How many local members Slagelse invited is not known.
    assert rows(table, "Kommune", "Inviteret", "Deltog")[0] == ("Sønderborg", 125.0, 26.0)
    assert table.frame["Deltog, pct."][0] == pytest.approx(100 * 26 / 125)
    place, invited, came = rows(table, "Kommune", "Inviteret", "Deltog")[-1]
    assert (place, came) == ("Slagelse", 14.0)
    assert math.isnan(invited)
    assert table.notes == (
        "6 workshopper er holdt og talt med.",
        # 2 of 31 politicians and 5 of 15 employees.
        "Slagelse: Det er ikke oplyst for lokalrådsmedlemmer, hvor mange der var inviteret."
        " Af de øvrige kom 7 af 46 (15\xa0pct.).",
    )


def test_by_group_the_part_that_is_known_stands_in_a_note(study: core.Study) -> None:
    table = activities.who_came(study, by="gruppe")
    # 4 + 3 + 3 + 2 + 2 + 2 of 31 + 25 + 31 + 25 + 25 + 31 politicians.
    assert rows(table, "Inviteret", "Deltog")[1] == (168.0, 16.0)
    # 15 + 10 + 13 + 6 + 7 of 74 + 42 + 48 + 24 + 30.
    assert table.notes[1].endswith("Slagelse, hvor mange der var inviteret. Af de øvrige kom 51 af 218 (23\xa0pct.).")


def test_attendances_of_an_activity_are_those_of_its_sessions(study: core.Study) -> None:
    by_activity = activities.who_learned(study, by="aktivitet")
    # H2 and H3: 9 + 8 and 8 + 8 of 11 + 9 each time.
    assert ("Facilitering af borgermøder", 40.0, 33.0) in rows(by_activity, "Aktivitet", "Tilmeldt", "Deltog")
    assert by_activity.notes[-1].endswith("Tallene er deltagelser og ikke personer.")
    sums = [activities.who_learned(study, by=by).frame["Deltog"].sum() for by in ("gang", "aktivitet", "gruppe")]
    assert sums == [203.0, 203.0, 203.0]
    days = [str(session).split(":")[0] for session in activities.who_learned(study).frame["Gang"]]
    assert days[:3] == ["28.9.2022", "4.10.2022", "11.10.2022"]


def test_agreements_are_counted_of_all_and_overdue_ones_apart(study: core.Study) -> None:
    table = activities.count_agreements(study)
    assert rows(table, "Status", "Aftaler") == [
        ("aftalt", 0), ("i gang", 6), ("opfyldt", 5), ("delvist", 2), ("opgivet", 1), ("ukendt", 3),
    ]  # fmt: skip
    # By 21 December all but AF13 (May) and AF16 (February) should be done; 5 are, and AF8 is given up: 17 - 2 - 6.
    assert table.frame["Over fristen"].sum() == 9
    assert len(activities.find_agreements(study, overdue=True).frame) == 9
    assert table.notes[0] == "5 af 17 aftaler er opfyldt."


def test_another_day_makes_other_agreements_overdue(study: core.Study) -> None:
    # On 2 September AF1 and AF2 are done; only AF6 (1 September, begun) is late.
    late = activities.find_agreements(study, overdue=True, today="2022-09-02")
    assert rows(late, "Kommune", "Status") == [("Næstved", "i gang")]
    assert late.call == 'activities.find_agreements(study, overdue=True, today="2022-09-02")'


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"municipality": "Slagelsse"}, "Mente du »Slagelse Kommune«?"),
        ({"status": "opfylt"}, "Mente du »opfyldt«?"),
        ({"party": "lokalrod"}, "Mente du »lokalråd«?"),
        ({"today": "21.12.2022"}, "Forventet: en dato som 2022-12-21."),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(study: core.Study, asked: dict[str, str], said: str) -> None:
    with pytest.raises(core.DataError) as wrong:
        activities.find_agreements(study, **asked)  # type: ignore[arg-type]
    assert said in str(wrong.value)


def test_a_way_to_count_that_is_not_there_is_told(study: core.Study) -> None:
    with pytest.raises(core.DataError, match="Mente du »gruppe«"):
        activities.who_came(study, by="grupper")  # type: ignore[arg-type]


def test_the_plan_ahead_is_what_the_page_tells(study: core.Study) -> None:
    ahead = activities.find_planned(study)
    assert ahead.frame["Aktivitet"].tolist() == [line.title for line in activities.read_plan(study).next]
    assert ahead.notes == ("4 linjer af 27 i planen, gjort op 21.12.2022.",)


def test_every_choice_of_the_tab_gives_a_table_and_the_line_that_makes_it(study: core.Study) -> None:
    explorer = Explorer(Materials(study))
    explorer.choose({"tab": "aaret"})
    (shows,) = explorer.controls()
    for option in shows.options[1:]:
        (table,) = explorer.choose({"done": option.value}).tables
        again = eval(table.call, {"activities": activities, "study": study})
        assert again.frame.equals(table.frame), option
        assert table.drawing is None or table.plot().axes


def test_a_study_without_activities_has_no_tab(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator", "aktiviteter"))
    file = tmp_path / "demo" / "study.toml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("[aktiviteter]")], encoding="utf-8")
    explorer = Explorer(Materials(core.read_study(tmp_path / "demo")))
    assert [tab.label for tab in explorer.tabs] == ["Spørgeskema", "Interview og åbne svar", "Sammen"]
    with pytest.raises(RefusedError, match="ingen fane"):
        explorer.choose({"tab": "aaret"})


def test_an_unknown_number_of_those_who_came_is_no_zero(tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator"))
    file = tmp_path / "demo" / "aktiviteter" / "workshops.csv"
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace("48;31;16;13;3;7;afholdt", "48;31;16;13;;7;afholdt").replace(
        "30;25;12;7;2;3;afholdt", "30;25;12;7;2;3;aflyst"), encoding="utf-8-sig")  # fmt: skip
    table = activities.who_came(core.read_study(tmp_path / "demo"))
    assert table.notes[0] == "5 workshopper er holdt og talt med; 1 er aflyst."
    # Næstved: 13 of 48 and 7 of 16.
    assert table.notes[1] == (
        "Næstved: Det er ikke oplyst for byrådspolitikere, hvor mange der var inviteret eller kom."
        " Af de øvrige kom 20 af 64 (31\xa0pct.)."
    )
    assert math.isnan(table.frame.set_index("Kommune")["Deltog"]["Næstved"])
