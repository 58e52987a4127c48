"""Own tables: into which parts they split, and what an attacker learns of the parts that were joined."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import read_study
from blupkit.core.sections import OwnTable, Thresholds
from blupkit.disclosure import Draft, Release, Status, suppress
from blupkit.survey import Responses, read_responses
from blupkit.survey.draft import release_draft
from blupkit.survey.own import joined, own_faults, parts_of, split_counts
from blupkit.survey.own_release import with_own_tables
from blupkit.survey.own_tables import further
from blupkit.survey.persons import persons_by_cell

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.mark.parametrize(("min_n", "caution_n", "parts"), [(3, 5, 3), (3, 5, 4), (5, 5, 3), (5, 10, 3), (4, 4, 3)])
def test_which_parts_were_joined_leaves_a_small_one_as_wide_as_any_hidden_count(
    min_n: int, caution_n: int, parts: int
) -> None:
    """Every set of counts is tried: those that show the same parts and sums are what a reader cannot tell apart."""
    limits = Thresholds(min_n=min_n, caution_n=caution_n)
    alike = defaultdict(list)
    most = 2 * caution_n + 4 if parts < 4 else 9
    for counts in product(range(most + 1), repeat=parts):
        told = joined(counts, limits)
        if len(told) > 1:
            alike[tuple((one, sum(counts[place] for place in one)) for one in told)].append(counts)
    tried = 0
    for shown, possible in alike.items():
        if any(total > most for _, total in shown):
            continue  # larger counts than were tried could give the same
        for place in (place for one, total in shown if len(one) > 1 for place in one if total):
            values = [counts[place] for counts in possible]
            if 0 < min(values) < min_n or any(0 < value < min_n for value in values):
                tried += 1
                assert max(values) - min(values) >= min_n, (shown, place, sorted(set(values)))
    assert tried > 20


def _declaring(responses: Responses, *own: OwnTable) -> Responses:
    release = responses.study.release.model_copy(update={"own": own})
    return replace(responses, study=responses.study.model_copy(update={"release": release}))


@pytest.fixture(scope="module")
def responses() -> Responses:
    return read_responses(read_study(DEMO))


@pytest.fixture(scope="module")
def standard(responses: Responses) -> tuple[Draft, Release]:
    draft = release_draft(responses)
    draft = replace(draft, persons=persons_by_cell(draft.tables, responses))
    return draft, suppress(draft, responses.study)


AGES = OwnTable(navn="Tid efter alder", spoergsmaal="tid", fordelt_paa="alder")
FORMATS = OwnTable(navn="Tid efter form", spoergsmaal="tid", fordelt_paa="form_top")
RATED = OwnTable(navn="Lytte efter køn", spoergsmaal="k01", fordelt_paa="koen", for_hvem=("slagelse", "naestved"))


@pytest.fixture(scope="module")
def decided(responses: Responses, standard: tuple[Draft, Release]) -> tuple[Draft, Release]:
    return with_own_tables(*standard, _declaring(responses, AGES, FORMATS, RATED), [], "0" * 16)


def test_nothing_of_the_standard_tables_changes(
    standard: tuple[Draft, Release], decided: tuple[Draft, Release]
) -> None:
    before, after = standard[1], decided[1]
    for name, table in before.tables.items():
        pd.testing.assert_frame_equal(after[name].frame, table.frame)
    ours = {*before.tables}
    kept = after.decisions[after.decisions["table"].isin(ours)].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, before.decisions.reset_index(drop=True))
    assert after.passed
    assert after.targets > before.targets


def test_the_parts_of_a_table_add_up_to_the_whole_by_hand(responses: Responses, decided: tuple[Draft, Release]) -> None:
    """Counted from the answers themselves: those of each age among the members who said how much time they have."""
    frame = decided[1]["egen_tid_alder"].frame
    values = responses.values(["tid", "alder"]).dropna(subset="tid")
    people = responses.respondents.set_index("respondent")
    own = values[people.loc[values.index, "group"] == "L"]
    rows = frame[(frame["municipality"] == "alle") & (frame["group"] == "L")]
    assert rows.drop_duplicates("split")["n"].sum() == len(own)
    middle = own[own["alder"] == 3]
    told = rows[rows["split"] == "45-59 år"]
    codes = responses.questionnaire.answers_of("tid")
    for code, text in zip(codes["code"], codes["text"], strict=True):
        [share] = told.loc[told["of"] == text, "value"]
        assert share == pytest.approx(100 * (middle["tid"] == code).mean())


def test_every_part_that_is_shown_rests_on_as_many_as_a_distribution_needs(decided: tuple[Draft, Release]) -> None:
    shown = [decided[1][own.table].frame for own in (AGES, RATED)]
    for frame in shown:
        told = frame[frame["status"] != Status.HIDDEN]
        assert len(told)
        assert ((told["n"] >= 10) | (told["n"] == 0)).all()


def test_only_the_municipalities_it_is_for_are_in_it(decided: tuple[Draft, Release]) -> None:
    assert set(decided[1][RATED.table].frame["municipality"]) <= {"slagelse", "naestved", "alle"}


def test_a_table_that_would_need_a_standard_number_to_go_is_refused_and_the_number_named(
    decided: tuple[Draft, Release],
) -> None:
    """How many chose each format is shown locally, so the few of each format who said their time could be counted."""
    draft, release = decided
    [note] = release.notes
    assert note.startswith("Den egne tabel »Tid efter form« er ikke med: Den ville kræve, at et tal på siderne blev")
    assert "»Hvilken læringsform ville give dig mest?«" in note
    assert FORMATS.table not in release.tables
    assert FORMATS.table not in draft.tables


def test_a_table_that_would_give_a_hidden_number_away_is_hidden(
    responses: Responses, standard: tuple[Draft, Release]
) -> None:
    """Without the ties the small parts in Slagelse are shown or can be worked out; with them they are not."""
    own = OwnTable(navn="Former efter alder", spoergsmaal="form", fordelt_paa="alder", for_hvem="slagelse")
    _, release = with_own_tables(*standard, _declaring(responses, own), [], "0" * 16)
    frame = release[own.table].frame
    assert (frame.loc[frame["municipality"] == "slagelse", "status"] == Status.HIDDEN).all()
    assert frame.loc[frame["municipality"] == "slagelse", ["value", "n"]].isna().all(axis=None)
    assert len(release[own.table].total)


@pytest.mark.parametrize(
    ("own", "setting", "action"),
    [
        ({"spoergsmaal": "tidd", "fordelt_paa": "alder"}, "spoergsmaal", "Mente du »tid«?"),
        ({"spoergsmaal": "tid", "fordelt_paa": "aldr"}, "fordelt_paa", "Mente du »alder«?"),
        ({"spoergsmaal": "tid", "fordelt_paa": "form"}, "fordelt_paa", "Mente du »form_top«?"),
        ({"spoergsmaal": "tid", "fordelt_paa": "alder", "for_hvem": "Slagels"}, "for_hvem", "Mente du »slagelse«?"),
        ({"spoergsmaal": "tid", "fordelt_paa": "tid"}, "", "Fjern den ene."),
        ({"spoergsmaal": "k01", "fordelt_paa": "gruppe"}, "spoergsmaal", "Vurderingerne står"),
    ],
)
def test_a_wrong_declaration_is_told_with_its_place_and_the_nearest(
    responses: Responses, own: dict[str, str], setting: str, action: str
) -> None:
    asked = _declaring(responses, OwnTable(navn="x", **own))
    [fault] = own_faults(asked.study, asked.questionnaire)
    assert fault.column == f"udgivelse.egen.{setting}".rstrip(".")
    assert fault.action.startswith(action)


def test_the_same_table_the_other_way_round_is_refused(responses: Responses) -> None:
    asked = _declaring(responses, AGES, OwnTable(navn="Vendt", spoergsmaal="alder", fordelt_paa="tid"))
    [fault] = own_faults(asked.study, asked.questionnaire)
    assert fault.found == "alder fordelt på tid"


def test_the_counts_that_parts_are_made_of_are_the_ns_of_the_table(responses: Responses) -> None:
    """What the preview counts is what the table rests on, for each kind of question."""
    for question in ("tid", "form", "k01"):
        own = OwnTable(navn="x", spoergsmaal=question, fordelt_paa="koen")
        counts = split_counts(responses, question, "koen")
        rows = further(responses, own, {}).tables[own.table]
        for (group, codes), part in rows[rows["municipality"] == "alle"].groupby(["group", "codes"]):
            here = counts[(counts["group"] == group) & (counts["municipality"] == "alle")]
            assert set(part["n"]) == {here.loc[here["code"].isin(codes.split(",")), "n"].sum()}


def test_parts_stay_as_they_were_sent_and_new_answers_are_a_part_of_their_own(responses: Responses) -> None:
    """Nobody had left the age out when the table was sent; whoever has now must not be missing from the sum."""
    sent = {"L": [("1", "2", "3"), ("4", "5")]}
    asked = _declaring(responses, AGES)
    parts = parts_of(asked, AGES, sent)["L"]
    assert [part.codes for part in parts] == [("1", "2", "3"), ("4", "5"), ("uoplyst",)]
    rows = further(asked, AGES, {}, sent).tables[AGES.table].query("municipality == 'alle' and group == 'L'")
    answered = responses.values(["tid"])["tid"].notna()
    people = responses.respondents.set_index("respondent")["group"]
    assert rows.drop_duplicates("codes")["n"].sum() == (answered & (people.loc[answered.index] == "L")).sum()
