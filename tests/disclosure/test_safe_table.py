"""What may be shown by itself, in one table; a whole release is tested in `test_release`."""

import pandas as pd
import pytest

from blupkit import core, disclosure

STUDY = """
navn = "Prøve"
udgiver = "Os"
periode = "maj 2026"
data_dato = 2026-05-31
[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
[[gruppe]]
noegle = "P"
navn = "byrådspolitikere"
ental = "Byrådspolitiker"
vises_lokalt = false
"""
NAMES = ["A", "B", "C"]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> core.Study:
    folder = tmp_path_factory.mktemp("study")
    towns = "".join(f'[[kommune]]\nkode = {n}\nnavn = "{x} Kommune"\nkort_navn = "{x}"\n' for n, x in enumerate(NAMES))
    (folder / "study.toml").write_text(STUDY + towns, encoding="utf-8")
    return core.read_study(folder)


def table(counts: dict[str, int], value: float = 3.0, group: str = "L", measure: str = "Niveau") -> pd.DataFrame:
    rows = [
        (name, group, "k01", "Lytte", measure, value, value - 0.5, value + 0.5, n, 1.0, 5.0)
        for name, n in counts.items()
    ]
    return pd.DataFrame(rows, columns=disclosure.MEASURE_COLUMNS)


def suppress(table: pd.DataFrame, study: core.Study, **invited: int) -> disclosure.SafeTable:
    sizes = {(place, "L"): many for place, many in invited.items()}
    return disclosure.suppress(disclosure.Draft({"t": table}, sizes=sizes), study)["t"]


def statuses(safe: disclosure.SafeTable) -> list[str]:
    return safe.frame["status"].tolist()


def test_fewer_than_five_are_hidden_and_fewer_than_ten_are_shown_with_care(study: core.Study) -> None:
    safe = suppress(table({"a": 4, "b": 3, "c": 9, "alle": 16}), study)
    assert statuses(safe) == ["skjult", "skjult", "få", "vist"]
    assert safe.frame.loc[:1, ["value", "low", "high", "n"]].isna().all(axis=None)
    assert "Ikke vist af hensyn til deltagernes fortrolighed" in safe.note
    assert "Kun få har svaret, så tallet er usikkert" in safe.note


def test_a_single_hidden_cell_takes_the_one_with_it_that_is_next_in_size(study: core.Study) -> None:
    counts = table({"a": 4, "b": 30, "c": 12, "alle": 46})
    assert statuses(suppress(counts, study, a=40, b=90, c=50)) == ["skjult", "vist", "skjult", "vist"]
    # What is declared decides, not what was answered: that would tell of it.
    assert statuses(suppress(counts, study, a=40, b=50, c=90)) == ["skjult", "skjult", "vist", "vist"]


def test_an_empty_cell_needs_no_company(study: core.Study) -> None:
    safe = suppress(table({"a": 0, "b": 30, "c": 12, "alle": 42}), study)
    assert statuses(safe) == ["skjult", "vist", "vist", "vist"]


@pytest.mark.parametrize("value", [1.0, 5.0])
def test_a_mean_at_the_end_of_its_scale_gives_everybody_away_below_ten(study: core.Study, value: float) -> None:
    few = suppress(table({"a": 9, "b": 9, "c": 9, "alle": 27}, value), study)
    assert statuses(few) == ["groft", "groft", "groft", "vist"]
    enough = suppress(table({"a": 10, "b": 10, "c": 10, "alle": 30}, value), study)
    assert statuses(enough) == ["vist"] * 4


def test_answers_shared_out_over_choices_are_shown_from_ten(study: core.Study) -> None:
    counts = {"a": 9, "b": 9, "c": 30, "alle": 48}
    assert statuses(suppress(table(counts).assign(distribution=True), study)) == [
        "skjult",
        "skjult",
        "vist",
        "vist",
    ]


def test_measures_of_one_cell_share_its_fate(study: core.Study) -> None:
    counts = {"a": 9, "b": 20, "c": 20, "alle": 49}
    both = pd.concat([table(counts, 5.0, measure="Vigtighed"), table(counts, 3.0)], ignore_index=True)
    safe = suppress(both, study)
    level = disclosure.select(safe, measure="Niveau", municipality="a")
    assert statuses(level) == ["skjult"]  # of importance 5 a bound is told, and importance = level + gap


def test_a_group_that_is_not_shown_locally_is_shown_for_all_only(study: core.Study) -> None:
    safe = suppress(table({"a": 40, "b": 40, "c": 40, "alle": 120}, group="P"), study)
    assert statuses(safe) == ["skjult", "skjult", "skjult", "vist"]


def test_the_input_is_untouched(study: core.Study) -> None:
    before = table({"a": 4, "b": 30, "c": 12, "alle": 46})
    copy = before.copy()
    suppress(before, study)
    pd.testing.assert_frame_equal(before, copy)


def test_a_part_of_the_release_is_refused(study: core.Study) -> None:
    with pytest.raises(core.DisclosureError, match="tabellen »t« uden alle, b, c"):
        suppress(table({"a": 40}), study)


def test_spoken_counts_are_never_broken_down_by_municipality(study: core.Study) -> None:
    with pytest.raises(core.DisclosureError, match="interview fordelt på kommuner"):
        disclosure.spoken(table({"a": 4}), study)
    assert statuses(disclosure.spoken(table({"alle": 4}), study)) == ["vist"]


def test_an_internal_table_says_that_it_is(study: core.Study) -> None:
    safe = disclosure.internal(table({"a": 2}), study)
    assert safe.internal
    assert safe.frame["value"].tolist() == [3.0]


def test_select_takes_one_value_or_several(study: core.Study) -> None:
    safe = suppress(table({"a": 40, "b": 41, "c": 42, "alle": 123}), study)
    assert disclosure.select(safe, municipality=["a", "alle"], group="L").frame["n"].tolist() == [40, 123]


@pytest.mark.parametrize(("chosen", "of", "status"), [(0, 10, "vist"), (1, 10, "vist"), (4, 9, "skjult")])
def test_few_persons_behind_a_choice_or_a_theme_are_told_as_part_of_a_distribution_over_ten(
    study: core.Study, chosen: int, of: int, status: str
) -> None:
    counts = dict.fromkeys("abc", of) | {"alle": 3 * of}
    shares = table(counts, 100 * chosen / of, measure="Andel").assign(lowest=0.0, highest=100.0, distribution=True)
    assert statuses(suppress(shares, study))[0] == status
    themes = table({"alle": of}, float(chosen), measure="Personer").assign(
        lowest=0.0, highest=float(of), distribution=True, additive=False
    )
    assert statuses(suppress(themes, study)) == [status]
    assert disclosure.may_tell(pd.Series([chosen]), pd.Series([of]), study).tolist() == [status == "vist"]
