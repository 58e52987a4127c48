"""Answers that come after the pages were sent wait until there are so many that they cannot be told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import Study
from blupkit.disclosure import Draft, Release, write_basis
from blupkit.survey import keep_sent, make_release, read_responses, sent_releases, sent_without

MakeStudy = Callable[..., Study]
Decide = Callable[..., tuple[Study, Draft, Release]]
KEY = "0123456789abcdef"
#: municipality, group → how many answered before anything was sent
FIRST = {("430", 1): 15, ("370", 1): 20, ("430", 3): 14, ("370", 3): 14}
Numbers = Mapping[tuple[str, int], int]


def rows(first: Numbers, late: Numbers, mark: str = "") -> list[str]:
    people = [(place, f"{mark}a{n}") for place, number in first.items() for n in range(number)]
    people += [(place, f"{mark}b{n}") for place, number in late.items() for n in range(number)]
    return [
        f"{town}{group}{name};{town};{group};5;{1 + len(name + town) % 4};4;{2 + int(name[-1]) % 3};;;"
        f"{1 + int(name[-1]) % 5};{1 + int(name[-1]) % 4};1;{int(name[-1]) % 2};{1 + int(name[-1]) % 2};"
        for (town, group), name in people
    ]


@pytest.fixture
def decide(make_study: MakeStudy, tmp_path: Path) -> Callable[..., tuple[Study, Draft, Release]]:
    def made(
        late: Numbers,
        first: Numbers = FIRST,
        change: tuple[str, str] = ("", ""),
        mark: str = "",
        *,
        send: bool = False,
    ) -> tuple[Study, Draft, Release]:
        study = make_study(rows=rows(first, late, mark), change={"study.toml": change})
        draft, release = make_release(read_responses(study), key=KEY)
        if send:
            write_basis(draft, release, study, tmp_path / "grundlag.json")
            keep_sent(study, (tmp_path / "grundlag.json").read_text("utf-8"), KEY)
        return study, draft, release

    return made


def answers(draft: Draft, group: str) -> dict[str, int]:
    """Give how many of a group a release counts, shown or not."""
    rows = draft.tables["besvarelser"].query("group == @group and measure == 'Besvarelser'")
    return {str(place): int(n) for place, n in zip(rows["municipality"], rows["value"], strict=True)}


def assert_as_sent(release: Release, sent: Release) -> None:
    for name, table in sent.tables.items():
        pd.testing.assert_frame_equal(release[name].frame, table.frame)


def test_nothing_waits_before_anything_is_sent(decide: Decide) -> None:
    _, draft, release = decide({("430", 1): 2})
    assert answers(draft, "L") == {"faaborg-midtfyn": 17, "naestved": 20, "alle": 37}
    assert release.notes == ()


def test_few_new_answers_wait_and_every_number_stays_as_it_was_sent(decide: Decide) -> None:
    *_, sent = decide({}, send=True)
    *_, later = decide({("430", 1): 3, ("370", 3): 9})
    assert_as_sent(later, sent)
    assert later.late == 0
    [note] = later.notes
    assert note.startswith(
        "12 nye besvarelser er ikke talt med endnu (Faaborg-Midtfyn Kommune, lokalrådsmedlemmer: 3;"
        " Næstved Kommune, kommunalt ansatte: 9)."
    )


def test_ten_new_ones_of_a_group_in_a_municipality_are_counted_and_the_others_still_wait(decide: Decide) -> None:
    decide({}, send=True)
    _, draft, later = decide({("430", 1): 10, ("370", 1): 1})
    assert answers(draft, "L") == {"faaborg-midtfyn": 25, "naestved": 20, "alle": 45}
    assert later["behov"].frame.query("group == 'L'")["value"].notna().all()
    assert "Næstved Kommune, lokalrådsmedlemmer: 1" in later.notes[0]


def test_who_waits_is_counted_when_the_ten_are_there_whatever_was_sent_meanwhile(decide: Decide) -> None:
    decide({}, send=True)
    decide({("430", 1): 4}, send=True)
    decide({("430", 1): 9, ("370", 1): 12}, send=True)
    _, draft, later = decide({("430", 1): 11, ("370", 1): 12}, send=True)
    assert answers(draft, "L") == {"faaborg-midtfyn": 26, "naestved": 32, "alle": 58}
    assert later.notes == ()


@pytest.mark.parametrize(("late", "counted"), [(4, False), (6, True)])
def test_where_nothing_of_a_group_was_told_it_is_enough_that_they_are_ten_together(
    decide: Decide, late: int, counted: bool
) -> None:
    common = ('omtales_som = "forvaltningen"', 'omtales_som = "forvaltningen"\nvises_lokalt = false')
    decide({}, change=common, send=True)
    _, draft, later = decide({("430", 3): 4, ("370", 3): late}, change=common)
    assert answers(draft, "A")["alle"] == (32 + late if counted else 28)
    assert bool(later.notes) is not counted


def test_a_group_that_is_told_of_for_the_first_time_in_all_waits_for_nobody(decide: Decide) -> None:
    first = FIRST | {("430", 3): 0, ("370", 3): 0}
    decide({}, first=first, send=True)
    _, draft, later = decide({("430", 3): 6}, first=first)
    assert answers(draft, "A")["alle"] == 6
    assert later.notes == ()


def test_a_study_may_count_them_at_once_and_what_they_could_be_read_off_is_hidden(decide: Decide) -> None:
    decide({}, send=True)
    *_, later = decide({("430", 1): 3}, change=("[spoergeskema]", '[udgivelse]\nnye_svar = "med"\n\n[spoergeskema]'))
    assert later.late > 0
    assert later["behov"].frame.query("group == 'L'")["value"].isna().any()
    assert later.notes == ()


def test_ids_that_are_given_anew_make_nobody_wait(decide: Decide) -> None:
    decide({}, send=True)
    *_, later = decide({("430", 1): 12}, mark="ny")
    assert later.notes == ()


def test_who_is_under_another_municipality_or_a_new_name_of_it_is_not_new(decide: Decide) -> None:
    decide({}, send=True)
    _, draft, later = decide({}, change=('kort_navn = "Næstved"', 'kort_navn = "Næstved By"'))
    assert answers(draft, "A") == {"faaborg-midtfyn": 14, "naestved-by": 14, "alle": 28}
    assert later.notes == ()


def test_without_marks_of_who_was_in_it_nobody_waits(decide: Decide) -> None:
    study, *_ = decide({}, send=True)
    for name, content in sent_without(study).items():
        (study.folder / name).write_bytes(content)
    assert not json.loads(sent_releases(study)[0].read_text("utf-8"))["persons"]
    *_, later = decide({("430", 1): 3})
    assert later.notes == ()


def test_more_tables_are_made_of_those_that_count(decide: Decide, make_study: MakeStudy) -> None:
    decide({}, send=True)
    study, *_ = decide({("430", 1): 3})
    seen = []
    make_release(read_responses(study), lambda counted: seen.append(len(counted.respondents)) or {}, key=KEY)
    assert seen == [sum(FIRST.values())]
