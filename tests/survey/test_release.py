"""What goes on the pages: which tables, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import DataError, Study, read_edition, read_study
from blupkit.core.danish import number
from blupkit.disclosure import Draft, Release, SafeTable, release_for, write_release
from blupkit.survey import (
    common_items,
    decision_overview,
    load_release,
    make_release,
    read_responses,
    release_draft,
    text_dont_know,
    text_keywords,
    text_method,
    text_release,
    text_reliability,
    text_sensitivity,
)

MakeStudy = Callable[..., Study]
TABLES = ("[spoergeskema]", '[udgivelse]\ntabeller = ["behov", "tid"]\n\n[spoergeskema]')
#: importance and level of k1 and k2 for eleven in each group and municipality, and an answer to "tid".
ROWS = [
    f"{place}{group}{n};{place};{group};5;{1 + n % 4};4;{2 + n % 3};;;{1 + n % 5};{1 + n % 5};1;{n % 2};{1 + n % 2};"
    for place in ("430", "370")
    for group in (1, 3)
    for n in range(11)
]


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(Path(__file__).parents[2] / "data" / "demo")


@pytest.fixture(scope="module")
def decided(demo: Study) -> tuple[Draft, Release]:
    return make_release(read_responses(demo))


@pytest.fixture(scope="module")
def whole(decided: tuple[Draft, Release]) -> Release:
    return decided[1]


def test_a_release_has_the_tables_that_the_study_declares(make_study: MakeStudy) -> None:
    draft = release_draft(read_responses(make_study(rows=ROWS, change={"study.toml": TABLES})))
    # How many answered and what was set aside stand on every page.
    assert list(draft.tables) == ["besvarelser", "regler", "behov", "tid"]


def test_without_a_declaration_everything_is_released(make_study: MakeStudy) -> None:
    draft = release_draft(read_responses(make_study(rows=ROWS)))
    assert list(draft.tables)[2:] == [
        "behov", "retninger", "dimensioner", "samarbejde", "ved_ikke", "ord", "form", "tid",
    ]  # fmt: skip


def test_a_table_that_there_is_not_is_told_with_those_that_there_are(make_study: MakeStudy) -> None:
    study = make_study(rows=ROWS, change={"study.toml": (TABLES[0], TABLES[1].replace('"tid"', '"tidd"'))})
    with pytest.raises(DataError, match=r"Her står »tidd«. Forventet: behov, retninger, .* eller tid. Ret navnet"):
        make_release(read_responses(study))


def test_a_municipality_that_is_not_released_is_not_shown_and_protects_nobody(make_study: MakeStudy) -> None:
    change = {"study.toml": ("[spoergeskema]", '[udgivelse]\nkommuner = ["naestved"]\n\n[spoergeskema]')}
    _, release = make_release(read_responses(make_study(rows=ROWS, change=change)))
    shown = release["behov"].shown
    assert set(shown["municipality"]) == {"naestved", "alle"}
    left_out = release.decisions[release.decisions["municipality"] == "faaborg-midtfyn"]
    assert "ikke_med" in set(left_out["reason"])
    assert release.passed


def test_an_unknown_municipality_in_the_declaration_is_told(make_study: MakeStudy) -> None:
    change = {"study.toml": ("[spoergeskema]", '[udgivelse]\nkommuner = ["nastved"]\n\n[spoergeskema]')}
    with pytest.raises(DataError, match="nastved, som ikke er en"):
        make_study(rows=ROWS, change=change)


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


def test_no_shared_page_needs_the_answers_themselves(demo: Study, whole: Release, tmp_path: Path) -> None:
    write_release(whole, tmp_path / "udgivelse.json")
    again = load_release(demo, tmp_path / "udgivelse.json")
    pd.testing.assert_frame_equal(again["behov"].frame, whole["behov"].frame)


def test_a_decision_on_other_answers_is_refused(make_study: MakeStudy, tmp_path: Path) -> None:
    study = make_study(rows=ROWS)
    write_release(make_release(read_responses(study))[1], tmp_path / "udgivelse.json")
    with (study.folder / "svar.csv").open("a", encoding="utf-8") as file:
        file.write("sen;430;1;5;1;4;4;;;3;;1;0;1;\n")
    with pytest.raises(DataError, match="en udgivelse af andre svar"):
        load_release(study, tmp_path / "udgivelse.json")


def test_the_consultant_reads_what_is_hidden_and_why(demo: Study, whole: Release) -> None:
    table = decision_overview(whole, read_responses(demo))
    assert table["Antal"].sum() == len(whole.decisions)
    assert not table.isna().any(axis=None)
    assert "Hvem vil du helst lære sammen med?" in set(table["Tabel"])
    assert {"Færre end 5 besvarelser", "Gruppen vises kun for alle kommuner under ét"} <= set(table["Hvorfor"])
    assert "når ingen eller alle i en gruppe har valgt et svar." in text_release(whole)


def shares(*rows: tuple[str, str, str, float]) -> SafeTable:
    frame = pd.DataFrame(rows, columns=["group", "label", "measure", "value"])
    return SafeTable(frame.assign(municipality="alle", status="vist"), 5)


def test_a_municipality_s_page_leaves_what_is_told_of_all_to_the_common_page(demo: Study, whole: Release) -> None:
    for place in ("slagelse", "kerteminde"):
        edition = read_edition(demo, place)
        part = release_for(whole, edition)
        rows = pd.concat([table.frame for table in part.tables.values()])
        assert set(rows.loc[rows["group"] != "P", "municipality"]) == {place}
        assert set(rows.loc[rows["group"] == "P", "municipality"]) == {"alle"}  # the study shows them for all only
        assert set(part.decisions["municipality"]) <= {place, "alle"}
        said = [text_dont_know(whole["ved_ikke"], edition), text_reliability(whole["sammenhaeng"], edition),
                text_sensitivity(whole["vaegtet"], whole["behov"], edition)]  # fmt: skip
        assert said == ["", "", ""]
        method = text_method(whole["regler"], edition, whole["behov"])
        assert method == text_method(part["regler"], edition, part["behov"])
        assert "står på den fælles side" in method
        assert "fælles behovsanalyse" in text_keywords(whole["ord"], edition)
    assert release_for(whole, read_edition(demo, "alle"))["behov"].frame["municipality"].unique().tolist() == ["alle"]


def test_questions_that_many_cannot_answer_are_told_with_the_largest_share_first(demo: Study) -> None:
    table = shares(
        ("A", "Tillid", "Ved ikke (om lokalrådene)", 15.0),
        ("L", "Søge fonde", "Ved ikke (niveau)", 16.4),
        ("L", "Lede møder", "Ved ikke (vigtighed)", 20.2),
        ("P", "Tillid", "Ved ikke (om lokalrådene)", 31.0),
    )
    said = text_dont_know(table, read_edition(demo, "alle")).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "Lokalrådsmedlemmer svarer ofte »ved ikke« til vigtigheden af »Lede møder« (20 pct.) og"
        " niveauet for »Søge fonde« (16 pct.). Byrådspolitikere svarer ofte »ved ikke« til"
        " »Tillid« om lokalrådene (31 pct.)."
    )


def test_it_says_so_when_there_is_no_question_that_many_cannot_answer(demo: Study) -> None:
    said = text_dont_know(shares(("L", "Tillid", "Ved ikke", 3.0)), read_edition(demo, "alle"))
    assert said.startswith("Der er ingen spørgsmål, hvor mere end 15")


def test_only_items_that_every_group_was_asked_are_laid_beside_each_other(demo: Study, whole: Release) -> None:
    items = set(common_items(whole["behov"], demo).frame["item"])
    # domain.md 2.2: thirteen of the twenty-six competences are asked of all three groups.
    assert items == {f"k{n:02d}" for n in (1, 2, 5, 6, 8, 11, 13, 16, 17, 19, 20, 25, 26)}


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
