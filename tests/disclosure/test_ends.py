"""Few answers near an end of their scale: a bound is told, and nothing narrower can be worked out."""

from __future__ import annotations

from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from blupkit.core import Study, read_study
from blupkit.core.sections import Group, Municipality
from blupkit.disclosure import Cell, Draft, MeasureRow, Release, measure_table, read_sent, suppress, write_basis
from blupkit.disclosure.primary import known_ends
from blupkit.disclosure.quantities import COUNT

#: What each town's people answered to one question.
Answers = dict[str, tuple[int, ...]]
SPREAD = (1, 2, 3, 4, 5, 3, 2, 4, 3, 4, 2, 3)
REST: Answers = {"by-1": SPREAD, "by-2": SPREAD}


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(Path(__file__).parents[2] / "data" / "demo")


def made_up(demo: Study, towns: int) -> Study:
    places = tuple(Municipality(code=n, name=f"By {n} Kommune", short=f"By {n}") for n in range(towns))
    return demo.model_copy(
        update={"municipalities": places, "groups": (Group(key="L", name="gruppe L", singular="L"),)}
    )


def draft(answers: Answers) -> Draft:
    """The people of each town, and the mean of the one question, with who answered what."""
    whole = {**answers, "alle": tuple(one for part in answers.values() for one in part)}
    people = [
        MeasureRow(place, "L", "svar", "Svar", "Svar", float(len(part)), n=len(part), lowest=0, highest=np.inf)
        for place, part in whole.items()
    ]
    means = [
        MeasureRow(place, "L", "k0", "k0", "Niveau", float(np.mean(part)), n=len(part), lowest=1.0, highest=5.0)
        for place, part in whole.items()
    ]
    who = {
        Cell("niveau", place, "L", "k0"): {f"{place}{at}": str(one) for at, one in enumerate(part)}
        for place, part in answers.items()
    }
    tables = {"svar": measure_table(people).assign(additive=False), "niveau": measure_table(means)}
    return Draft(tables, "svar", persons=who)


def decide(demo: Study, *answers: int) -> Release:
    return suppress(draft({"by-0": answers, **REST}), made_up(demo, 3))


def told(release: Release, place: str = "by-0") -> tuple[str, float | None]:
    row = release["niveau"].frame.set_index("municipality").loc[place]
    return str(row["status"]), None if pd.isna(row["bound"]) else float(row["bound"])


@pytest.mark.parametrize(
    ("answers", "bound"),
    [
        ((5,) * 7, 4.5),
        ((5, 5, 5, 5, 5, 5, 2), 4.5),  # 32 / 7 = 4.57
        ((5, 5, 5, 4, 4, 4), 4.5),  # 27 / 6 is 4.5 itself
        ((1,) * 7, 1.5),
        ((1, 1, 1, 1, 1, 3), 1.5),  # 8 / 6 = 1.33
    ],
)
def test_near_an_end_a_bound_is_told_whether_the_mean_is_at_it_or_not(
    demo: Study, answers: tuple[int, ...], bound: float
) -> None:
    release = decide(demo, *answers)
    assert release.passed
    assert told(release) == ("groft", bound)
    row = release["niveau"].frame.set_index("municipality").loc["by-0"]
    assert row[["value", "low", "high", "n"]].isna().all()


@pytest.mark.parametrize("answers", [(5, 5, 4, 4, 4), (5,) * 10, (5, 5, 5, 5, 3, 3, 3)])
def test_further_from_the_end_and_from_ten_the_mean_itself_is_told(demo: Study, answers: tuple[int, ...]) -> None:
    # 22 / 5 = 4.4 and 29 / 7 = 4.14; ten who all said 5 are as many as a distribution is told of.
    assert told(decide(demo, *answers))[0] in ("få", "vist")


def test_all_numbers_of_a_cell_are_hidden_with_it_and_the_total_does_not_give_it_away(demo: Study) -> None:
    release = decide(demo, 5, 5, 5, 5, 5, 5, 4)
    frame = release["niveau"].frame.set_index("municipality")
    others = frame.drop("by-0")
    # The total minus the two that are shown would be the third, so one more is hidden; it would be left no wider than
    # the bound, 7 · 0.5 = 3.5 points, and is held to five: so two are. They tell no bound.
    assert sorted(others["status"]) == ["skjult", "skjult", "vist"]
    assert others["bound"].isna().all()


def test_what_the_pages_allow_holds_at_least_two_answers_of_each_person(demo: Study) -> None:
    """All answers that give what is printed, counted one by one, with n known besides."""
    for n in range(3, 10):
        allowed = [one for one in combinations_with_replacement(range(1, 6), n) if sum(one) >= 4.5 * n]
        assert len({sum(one) for one in allowed}) >= 2
        assert {max(one) for one in allowed} == {5}
        assert len({min(one) for one in allowed}) >= 2  # any of them may be the one who said less


@pytest.mark.parametrize(
    ("ends", "near"), [((1, 5), 0.5), ((1, 3), 0.5), ((1, 4), 0.5), ((1, 7), 1.0), ((0, 10), 1.5), ((0, 100), 12.5)]
)
def test_near_is_an_eighth_of_the_scale_to_the_next_half_point(ends: tuple[int, int], near: float) -> None:
    means = pd.DataFrame({"value": [ends[1] - near, ends[0] + near, sum(ends) / 2], "n": 7})
    found = known_ends(means.assign(lowest=float(ends[0]), highest=float(ends[1])), 5, 10)
    assert found["bound"].tolist()[:2] == [ends[1] - near, ends[0] + near]
    assert pd.isna(found["bound"].iloc[2])
    assert near * 3 >= 1  # three answers: at least two sums on a scale of whole numbers


def test_a_scale_of_two_answers_is_a_distribution(demo: Study) -> None:
    counts = {"by-0": 7, "by-1": 12, "by-2": 12, "alle": 31}
    rows = [MeasureRow(place, "L", "1", "Ja", "Niveau", 1.0, n=n, lowest=0, highest=1) for place, n in counts.items()]
    release = suppress(Draft({"niveau": measure_table(rows)}), made_up(demo, 3))
    assert told(release) == ("skjult", None)
    assert release.decisions["reason"].tolist()[0] == "fordeling"


def test_too_few_and_who_is_not_shown_locally_tell_no_bound(demo: Study) -> None:
    assert told(decide(demo, 5, 5, 5, 5)) == ("skjult", None)
    study = made_up(demo, 3)
    common = study.model_copy(update={"groups": (study.groups[0].model_copy(update={"shown_locally": False}),)})
    release = suppress(draft({"by-0": (5, 5, 5, 5, 5, 5), **REST}), common)
    assert told(release) == ("skjult", None)


def test_a_bound_that_alone_would_tell_how_few_the_others_are_is_not_told(demo: Study) -> None:
    # Six in all, by their bound at most nine, and five or more of them in one town: the other has at most four.
    answers = {"by-0": (5,), "by-1": (5, 5, 5, 5, 5)}
    release = suppress(draft(answers), made_up(demo, 2))
    assert release.passed
    assert {told(release, place) for place in ("by-0", "by-1", "alle")} == {("skjult", None)}


def test_beside_what_was_sent_a_bound_does_not_tell_the_newcomer(demo: Study, tmp_path: Path) -> None:
    # 22 / 5 = 4.4 was shown; 27 / 6 = 4.5 or higher can only be with a 5.
    study = made_up(demo, 3)
    before = draft({"by-0": (5, 5, 4, 4, 4), **REST})
    write_basis(before, suppress(before, study), study, tmp_path / "sendt.json")
    again = suppress(draft({"by-0": (5, 5, 4, 4, 4, 5), **REST}), study, [read_sent(tmp_path / "sendt.json")])
    assert again.passed
    assert told(again) == ("skjult", None)
    reasons = again.decisions[again.decisions["table"] == "niveau"].set_index("municipality")["reason"]
    assert reasons["by-0"] == "tidligere"


def test_the_same_answers_are_shown_as_they_were_sent(demo: Study, tmp_path: Path) -> None:
    """A number that was shown then is no secret now, so the bound beside it tells nothing new."""
    study, near = made_up(demo, 3), draft({"by-0": (5, 5, 5, 5, 5, 4), **REST})
    first = suppress(near, study)
    write_basis(near, first, study, tmp_path / "sendt.json")
    again = suppress(near, study, [read_sent(tmp_path / "sendt.json")])
    assert told(again) == told(first) == ("groft", 4.5)
    pd.testing.assert_frame_equal(again.decisions, first.decisions)


def test_what_was_sent_keeps_the_bounds_that_were_printed_and_no_other(demo: Study, tmp_path: Path) -> None:
    study, near = made_up(demo, 3), draft({"by-0": (5, 5, 5, 5, 5, 4), **REST})
    for release, bounded in ((suppress(near, study), 1), (decide(demo, *SPREAD), 0)):
        write_basis(near, release, study, tmp_path / "sendt.json")
        published = read_sent(tmp_path / "sendt.json").published
        counts = (published.kind == COUNT) & (published.at_most < 100)
        assert counts.sum() == bounded


def test_the_audit_finds_a_bounded_sum_that_is_left_too_narrow(demo: Study) -> None:
    # Two towns near the end and a total that is shown: 12 answers of 59 points leave each town hardly any room.
    answers = {"by-0": (5, 5, 5, 5, 5, 5), "by-1": (5, 5, 5, 5, 5, 4)}
    release = suppress(draft(answers), made_up(demo, 2))
    assert release.passed
    assert told(release, "alle")[0] == "skjult"  # 59 of 60 points: one of them is whole, the other lacks one


def test_a_municipality_that_is_no_part_of_the_release_tells_no_bound(demo: Study) -> None:
    study = made_up(demo, 3)
    part = study.model_copy(update={"release": study.release.model_copy(update={"municipalities": ("by-1", "by-2")})})
    release = suppress(draft({"by-0": (5, 5, 5, 5, 5, 5), **REST}), part)
    assert told(release) == ("skjult", None)
    assert release.passed
