"""The decision on what pages show: made, read again, and given to one reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from survey.survey_support import ELEVEN_ROWS
from threadpoolctl import threadpool_info, threadpool_limits

from blupkit.core import DataError, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, release_for, write_release
from blupkit.survey import (
    SurveyRelease,
    keep_sent,
    make_release,
    part_for,
    read_responses,
    text_common_only,
    whole_release,
)

MakeStudy = Callable[..., Study]
COLUMNS = [*MEASURE_COLUMNS, "status"]


def test_a_municipality_that_is_not_released_is_not_shown_and_protects_nobody(make_study: MakeStudy) -> None:
    said_no = '[udgivelse]\nkommuner = ["naestved"]\nbeskyt = false\n\n[spoergeskema]'
    _, release = make_release(
        read_responses(make_study(rows=ELEVEN_ROWS, change={"study.toml": ("[spoergeskema]", said_no)}))
    )
    shown = release["behov"].shown
    assert set(shown["municipality"]) == {"naestved", "alle"}
    left_out = release.decisions[release.decisions["municipality"] == "faaborg-midtfyn"]
    assert "ikke_med" in set(left_out["reason"])
    assert release.passed


def test_a_decision_is_computed_with_one_thread_and_leaves_the_others_as_they_were(make_study: MakeStudy) -> None:
    def threads() -> set[int]:
        return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}

    meanwhile: set[int] = set()

    def look(_: object) -> dict[str, pd.DataFrame]:
        meanwhile.update(threads())
        return {}

    with threadpool_limits(limits=2, user_api="blas"):
        make_release(read_responses(make_study(rows=ELEVEN_ROWS)), look, derived=False)
        assert (meanwhile, threads()) == ({1}, {2})


def test_one_that_said_no_is_protected_by_the_only_other_one_which_gets_the_common_results(
    make_study: MakeStudy,
) -> None:
    change = {"study.toml": ("[spoergeskema]", '[udgivelse]\nkommuner = ["naestved"]\n\n[spoergeskema]')}
    study = make_study(rows=ELEVEN_ROWS, change=change)
    _, release = make_release(read_responses(study))
    assert set(release["behov"].shown["municipality"]) == {"alle"}
    asked = release.decisions[(release.decisions["table"] == "behov") & (release.decisions["reason"] != "få")]
    reasons = asked.groupby("municipality")["reason"].agg(set)
    assert reasons.to_dict() == {"faaborg-midtfyn": {"sagde_nej"}, "naestved": {"udregnes"}}
    edition = read_edition(study, "naestved")
    part = part_for(release, edition)
    pd.testing.assert_frame_equal(part.needs.frame, part_for(release, read_edition(study, "alle")).needs.frame)
    # How many answered is no secret: that is still the municipality's own, beside the number for all.
    assert part.response.shown["municipality"].drop_duplicates().tolist() == ["naestved", "alle"]
    said = text_common_only(part, edition)
    assert said.startswith("**Ingen tal for Næstved Kommune alene:** Det kan skyldes, at ingen eller kun få har svaret")
    assert said.endswith(" I stedet viser siden resultaterne for begge kommuner under ét, hvor alle svar er talt med.")


def test_a_municipality_s_part_has_what_is_shown_of_all_beside_its_own_and_nobody_else_s(make_study: MakeStudy) -> None:
    study = make_study(rows=ELEVEN_ROWS)
    _, release = make_release(read_responses(study))
    edition = read_edition(study, "naestved")
    part, whole = part_for(release, edition), release.needs.shown
    assert set(part.needs.frame["municipality"]) == {"naestved"}
    beside = part.everywhere.needs.frame
    same = whole[(whole["municipality"] == "alle") & whole["group"].isin(part.needs.shown["group"])]
    columns = ["municipality", "group", "item", "measure", "value", "n"]
    pd.testing.assert_frame_equal(beside[columns], same[columns].reset_index(drop=True))
    assert part_for(part, edition).everywhere.needs.frame.equals(beside)  # as a notebook chooses it from the file
    assert not part_for(release, read_edition(study, "alle")).everywhere.tables


def test_nothing_stands_beside_a_municipality_s_numbers_where_the_total_is_not_released(make_study: MakeStudy) -> None:
    change = {"study.toml": ("[spoergeskema]", "[udgivelse]\nsamlet = false\n\n[spoergeskema]")}
    study = make_study(rows=ELEVEN_ROWS, change=change)
    part = part_for(make_release(read_responses(study))[1], read_edition(study, "naestved"))
    assert len(part.needs.shown)
    assert part.everywhere.needs.frame.empty


def test_a_page_without_any_numbers_does_not_promise_the_common_ones(make_study: MakeStudy) -> None:
    change = {"study.toml": ("[spoergeskema]", "[udgivelse]\nsamlet = false\n\n[spoergeskema]")}
    study = make_study(rows=[row for row in ELEVEN_ROWS if ";430;" in row], change=change)
    edition = read_edition(study, "naestved")
    _, release = make_release(read_responses(study))
    said = text_common_only(part_for(release, edition), edition)
    assert said.endswith("Det siger intet om, hvordan det går i kommunen.")


def test_one_that_has_a_number_of_its_own_keeps_to_its_own(make_study: MakeStudy) -> None:
    study = make_study(rows=ELEVEN_ROWS)
    edition = read_edition(study, "naestved")
    _, release = make_release(read_responses(study))
    part = part_for(release, edition)
    assert set(part.needs.frame["municipality"]) == {"naestved"}
    assert text_common_only(part, edition) == ""


def test_an_unknown_municipality_in_the_declaration_is_told(make_study: MakeStudy) -> None:
    change = {"study.toml": ("[spoergeskema]", '[udgivelse]\nkommuner = ["nastved"]\n\n[spoergeskema]')}
    with pytest.raises(DataError, match="nastved, som ikke er en"):
        make_study(rows=ELEVEN_ROWS, change=change)


def test_no_shared_page_needs_the_answers_themselves(demo: Study, whole: SurveyRelease, tmp_path: Path) -> None:
    write_release(whole, tmp_path / "udgivelse.json")
    again = whole_release(demo, tmp_path / "udgivelse.json")
    pd.testing.assert_frame_equal(again["behov"].frame, whole["behov"].frame)


def test_a_decision_on_other_answers_is_refused(make_study: MakeStudy, tmp_path: Path) -> None:
    study = make_study(rows=ELEVEN_ROWS)
    write_release(make_release(read_responses(study))[1], tmp_path / "udgivelse.json")
    with (study.folder / "svar.csv").open("a", encoding="utf-8") as file:
        file.write("sen;430;1;5;1;4;4;;;3;;1;0;1;\n")
    with pytest.raises(DataError, match="en udgivelse af noget andet"):
        whole_release(study, tmp_path / "udgivelse.json")


@pytest.mark.parametrize("place", ["slagelse", "kerteminde", "alle"])
def test_a_reader_gets_its_own_rows_however_the_release_comes(
    demo: Study, whole: SurveyRelease, tmp_path: Path, place: str
) -> None:
    edition = read_edition(demo, place)
    write_release(whole, tmp_path / "hele.json")
    write_release(release_for(whole, edition), tmp_path / "egen.json")
    one, other = (release_for(whole_release(demo, tmp_path / file), edition) for file in ("hele.json", "egen.json"))
    assert isinstance(one, SurveyRelease)
    assert list(one.tables) == list(whole.tables)
    for name, table in one.tables.items():
        assert set(table.frame["municipality"]) <= {place, "alle"}
        mine, theirs = (one.frame[COLUMNS].reset_index(drop=True) for one in (table, other[name]))
        pd.testing.assert_frame_equal(mine, theirs, check_dtype=False)  # a file has no type for a column without rows
        assert table.checked_for(edition) is table
    assert one.decisions.equals(other.decisions)


def test_a_study_without_a_survey_has_a_release_without_tables(make_study: MakeStudy) -> None:
    study = make_study().model_copy(update={"survey": None})
    release = whole_release(study, "")
    assert dict(release.tables) == {}
    assert release.needs.frame.empty


def test_what_was_sent_is_not_written_over_where_one_was_taken_away(make_study: MakeStudy) -> None:
    study = make_study()
    first, second = keep_sent(study, '{"a": 1}'), keep_sent(study, '{"a": 2}')
    first.unlink()
    third = keep_sent(study, '{"a": 3}')
    assert second.read_text("utf-8") == '{"a": 2}'
    assert third != second
    assert third.read_text("utf-8") == '{"a": 3}'
