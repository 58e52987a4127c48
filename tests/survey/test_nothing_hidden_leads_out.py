"""Two studies that differ only in what is hidden must give the same release: what follows from it gives nothing away.

The attacker is blind: every number of every table is held against the same study with other answers behind what is
hidden or rests on few. Where all numbers are the same, no arithmetic on them can tell the two apart.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from blupkit.core import Study
from blupkit.disclosure import Draft, Release, write_basis
from blupkit.survey import keep_sent, make_release, read_responses

MakeStudy = Callable[..., Study]

KEY = "0123456789abcdef"
TOWNS = ("430", "Næstved", "Tredje", "Fjerde")
#: Pairs of importance and level for k1 and k2: one person a row.
People = list[tuple[int, ...]]


def towns(count: int, min_n: int = 5) -> dict[str, tuple[str, str]]:
    """Change the study to so many municipalities, where it is known how many were invited in each."""
    more = "".join(
        f'[[kommune]]\nkode = {900 + n}\nnavn = "{name} Kommune"\nkort_navn = "{name}"\n\n'
        for n, name in enumerate(TOWNS[2:count])
    )
    limits = f"[taerskler]\nmin_n = {min_n}\nvarsomhed_n = 10\n\n"
    invited = "".join(f"{name};L;{70 + 40 * n};mail;1.2.2022;\n" for n, name in enumerate(TOWNS[2:count]))
    return {
        "study.toml": ("[spoergeskema]", f"{limits}{more}[spoergeskema]"),
        "udsendelse.csv": ("Næstved;L;ukendt;opslag;1.2.2022;\n", f"Næstved;L;40;opslag;1.2.2022;\n{invited}"),
    }


def released(make_study: MakeStudy, answers: list[People], min_n: int = 5) -> Release:
    rows = [
        f"{town}{n:02};{town};1;{a};{b};{c};{d};;;;;;;;"
        for town, people in zip(TOWNS, answers, strict=False)
        for n, (a, b, c, d) in enumerate(people)
    ]
    return make_release(read_responses(make_study(rows=rows, change=towns(len(answers), min_n))), key=KEY)[1]


def numbers(release: Release) -> dict[str, pd.DataFrame]:
    """Give all that pages are made of, rounded so that the order of a sum does not show in the last digit.

    The shares of a group tell all of how they are spread, so their intervals tell nothing more; chance is drawn for all
    items of a cell at once, and falls otherwise when another person gave an answer. Nobody outside can draw it again.
    """
    kept = {name: table.frame.copy() for name, table in release.tables.items()}
    kept["retninger"] = kept["retninger"].drop(columns=["low", "high"])
    return {name: frame.round(9) for name, frame in kept.items()}


def assert_the_same(one: Release, other: Release, *, totals: bool = True) -> None:
    """Without `totals`: of each municipality, but for where places end, which rests on a correlation in all of them."""
    first, second = numbers(one), numbers(other)
    if not totals:
        for each in (first, second):
            each |= {name: frame[frame["municipality"] != "alle"] for name, frame in each.items()}
            each["pladser"] = each["pladser"].drop(columns=["low", "high", "correlation"])
    assert first.keys() == second.keys()
    for name in first:
        pd.testing.assert_frame_equal(first[name], second[name], obj=name)
    assert one.decisions.equals(other.decisions)


def people(seed: int, count: int) -> People:
    random = np.random.default_rng(seed)
    return [tuple(int(answer) for answer in row) for row in random.integers(2, 5, (count, 4))]


def directions(some: People) -> list[int]:
    gaps = [np.sign([row[side] - row[side + 1] for row in some]) for side in (0, 2)]
    return [int((gap == sign).sum()) for gap in gaps for sign in (-1, 0, 1)]


def spreads(some: People) -> list[float]:
    table = np.array(some)
    return [float(np.var(column)) for column in (*table.T, table[:, 0] - table[:, 1], table[:, 2] - table[:, 3])]


def others_like(some: People, seed: int = 1) -> People:
    """Other answers with the same four means and as many below, at and above: all that is told of them in any total."""
    random = np.random.default_rng(seed)
    for _ in range(100_000):
        table = np.array(some)
        for _ in range(random.integers(2, 7)):
            (up, down), column = random.choice(len(table), 2, replace=False), random.integers(4)
            if table[up, column] < 5 and table[down, column] > 1:
                table[up, column] += 1
                table[down, column] -= 1
        other: People = [tuple(int(answer) for answer in row) for row in table]
        apart = ~np.isclose(spreads(other), spreads(some))
        if directions(other) == directions(some) and apart.sum() > 1:
            return other
    raise AssertionError("no other answers have these means")


@pytest.mark.parametrize(("few", "min_n"), [(3, 3), (4, 3), (5, 5), (9, 5)])
def test_a_cell_of_few_shows_its_means_and_nothing_of_how_its_answers_are_spread(
    make_study: MakeStudy, few: int, min_n: int
) -> None:
    # Four, so that two towns' directions are not hidden with those of the few, and their spread may be used.
    small, rest = people(few, few), [people(1, 20), people(2, 25), people(7, 22)]
    one, two = (released(make_study, [some, *rest], min_n) for some in (small, others_like(small)))
    cell = one["behov"].frame.query("municipality == 'faaborg-midtfyn' and group == 'L' and measure == 'Gab'")
    assert cell["status"].tolist() == ["få", "få"]  # it is shown, with an interval
    assert cell["low"].notna().all()
    # In all four together twenty and more, whose spread may be used, hold the few.
    assert_the_same(one, two, totals=False)


def test_what_is_hidden_does_not_stand_in_the_order_of_the_weighted_needs(make_study: MakeStudy) -> None:
    # Four are too few, and six go with them; people change places between the two, so that every total is the same.
    four, six, large = people(3, 4), people(4, 6), [people(5, 20), people(6, 20)]
    one = released(make_study, [four, six, *large])
    two = released(make_study, [six[:4], [*four, *six[4:]], *large])
    assert (one["behov"].frame.query("municipality == 'faaborg-midtfyn'")["status"] == "skjult").all()
    assert_the_same(one, two)
    assert one["vaegtet"].frame["value"].isna().all()
    assert set(one["vaegtet"].frame["lacks"]) == {"skjult"}


def test_the_key_draws_the_intervals_and_the_same_key_draws_the_same(make_study: MakeStudy) -> None:
    study = make_study(
        rows=[f"r{n:02};430;1;{1 + n % 5};{1 + n * n % 5};4;{1 + n % 3};;;;;;;;" for n in range(41)]
    )  # fmt: skip
    responses = read_responses(study)
    one, same, other = (make_release(responses, key=key)[1] for key in (KEY, KEY, "f" * 16))
    assert_the_same(one, same)
    ends = ["low", "high"]
    assert not one["behov"].frame[ends].equals(other["behov"].frame[ends])
    assert one["behov"].frame["value"].equals(other["behov"].frame["value"])
    # The places rest on what is shown, so they do not change.
    assert one["pladser"].frame.equals(other["pladser"].frame)
    # Without a key, the answers themselves are the secret: the same notebook shows the same twice.
    assert_the_same(*(make_release(responses)[1] for _ in range(2)))


def test_a_cell_that_six_have_joined_since_it_was_sent_shows_no_new_spread_of_its_own(
    make_study: MakeStudy, tmp_path: Path
) -> None:
    def decide(first: People) -> tuple[Study, Draft, Release]:
        rows = [
            f"{town}{n:02};{town};1;{a};{b};{c};{d};;;;;;;;"
            for town, some in zip(TOWNS, (first, people(12, 20), people(13, 20)), strict=False)
            for n, (a, b, c, d) in enumerate(some)
        ]
        change = towns(3)
        before, after = change["study.toml"]
        at_once = after.replace("[spoergeskema]", '[udgivelse]\nnye_svar = "med"\n\n[spoergeskema]')
        responses = read_responses(make_study(rows=rows, change=change | {"study.toml": (before, at_once)}))
        return responses.study, *make_release(responses, key=KEY)

    twenty = people(11, 20)
    study, draft, release = decide(twenty)
    assert release["behov"].frame.query("group == 'L'")["own"].all()
    write_basis(draft, release, study, tmp_path / "grundlag.json")
    keep_sent(study, (tmp_path / "grundlag.json").read_text("utf-8"), KEY)
    _, _, later = decide([*twenty, (2, 4, 3, 3), (4, 2, 2, 4), (3, 3, 4, 2), (2, 3, 3, 4), (4, 4, 4, 2), (3, 2, 2, 3)])
    table = later["behov"].frame.query("group == 'L'").groupby("municipality")
    assert table["value"].count().to_dict() == {"alle": 8, "faaborg-midtfyn": 8, "naestved": 8, "tredje": 8}
    assert table["own"].any().to_dict() == {"alle": False, "faaborg-midtfyn": False, "naestved": True, "tredje": True}
    assert table["low"].count().sum() == 32  # the others' spread serves
