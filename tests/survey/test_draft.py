"""All tables of a release, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import ELEVEN_ROWS

from blupkit.core import DataError, Study
from blupkit.core.danish import number
from blupkit.disclosure import Draft, Release
from blupkit.survey import make_release, read_responses
from blupkit.survey.draft import release_draft

MakeStudy = Callable[..., Study]


TABLES = ("[spoergeskema]", '[udgivelse]\ntabeller = ["behov", "tid"]\n\n[spoergeskema]')


def test_a_release_has_the_tables_that_the_study_declares(make_study: MakeStudy) -> None:
    draft = release_draft(read_responses(make_study(rows=ELEVEN_ROWS, change={"study.toml": TABLES})))
    # How many answered and what was set aside stand on every page.
    assert list(draft.tables) == ["besvarelser", "regler", "behov", "tid"]


def test_without_a_declaration_everything_is_released(make_study: MakeStudy) -> None:
    draft = release_draft(read_responses(make_study(rows=ELEVEN_ROWS)))
    assert list(draft.tables)[2:] == [
        "behov", "retninger", "dimensioner", "samarbejde", "ved_ikke", "ord", "form", "tid",
    ]  # fmt: skip


def test_a_table_that_there_is_not_is_told_with_those_that_there_are(make_study: MakeStudy) -> None:
    study = make_study(rows=ELEVEN_ROWS, change={"study.toml": (TABLES[0], TABLES[1].replace('"tid"', '"tidd"'))})
    with pytest.raises(DataError, match=r"Her står »tidd«. Forventet: behov, retninger, .* eller tid. Ret navnet"):
        make_release(read_responses(study))


def test_a_dimension_is_hidden_exactly_when_one_of_its_items_is(decided: tuple[Draft, Release]) -> None:
    draft, release = decided
    needs, dimensions = release["behov"].frame, release["dimensioner"].frame
    hidden = {
        tuple(key) for key in needs.loc[needs["status"] == "skjult", ["municipality", "group", "item"]].to_numpy()
    }
    members = {one.cell: one.parts for one in draft.follows if one.only}
    assert len(members) == 7 * 17  # L and A have six dimensions of two items or more, P five
    for cell, parts in members.items():
        row = dimensions[
            (dimensions["municipality"] == cell.municipality)
            & (dimensions["group"] == cell.group)
            & (dimensions["item"] == cell.block)
        ]
        some = any((part.municipality, part.group, part.block) in hidden for part in parts)
        assert (row["status"] == "skjult").all() == some, cell


def test_the_rows_received_do_not_tell_how_few_of_a_group_have_answered(make_study: MakeStudy) -> None:
    # 33 rows, none set aside, 30 lokalråd: three employees, unless something of it is hidden.
    rows = [f"l{n};430;1;5;{1 + n % 4};4;{2 + n % 3};;;{1 + n % 5};;1;{n % 2};{1 + n % 2};tekst {n}" for n in range(30)]
    rows += [f"a{n};430;3;5;{1 + n};4;{2 + n};;;;{1 + n};1;0;1;mere {n}" for n in range(3)]
    _, release = make_release(read_responses(make_study(rows=rows)))
    assert release.passed
    totals = release["besvarelser"].shown
    told = totals[(totals["municipality"] == "alle") & (totals["measure"] == "Besvarelser")]["group"].tolist()
    assert "A" not in told
    assert told == [] or release["regler"].shown.empty


def test_a_gap_has_one_value_on_a_page_wherever_it_stands(whole: Release) -> None:
    keys = ["municipality", "group", "item", "measure"]
    gaps, pooled = (whole[name].shown.set_index(keys)["value"].dropna() for name in ("behov", "udjaevnet"))
    both = pooled.index.intersection(gaps.index)
    assert len(both) > 100
    assert [key for key in both if number(gaps[key], 1) != number(pooled[key], 1)] == []
    # Kerteminde's employees: eight pairs whose gaps add up to ten, 1,25 in the mean, and that is 1,3 in Danish.
    eights = [key for key in both if abs(gaps[key] - 1.25) < 1e-9]
    assert eights
    assert {number(pooled[key], 1) for key in eights} == {"1,3"}
