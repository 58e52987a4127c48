from __future__ import annotations

import pandas as pd
import pytest

from blupkit.core import FileError
from blupkit.core.sections import System
from blupkit.survey.reading.origin.rows import respondents


def text(columns: dict[str, list[str]]) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=range(2, rows + 2), dtype="str")


@pytest.mark.parametrize(
    ("status", "kept"),
    [("0", True), ("1", False), ("8", False), ("9", False), ("4", True), ("16", True), ("17", False), ("12", False)],
)
def test_qualtrics_status_is_a_number_of_bits(status: str, *, kept: bool) -> None:
    # 1 preview, 2 test, 4 imported, 8 spam, 16 offline; together they are added: 9 is a preview and spam.
    found = respondents(text({"ResponseId": ["R_1"], "Status": [status]}), System.QUALTRICS, set(), "q.csv")
    assert (len(found.table) == 1) is kept
    assert [fault.row for fault in found.faults] == ([] if kept else [2])


def test_what_is_left_out_is_counted_with_its_rows() -> None:
    statuses = ["IP Address", "Survey Test", "Spam", "IP Address"]
    table = text({"ResponseId": list("abcd"), "Status": statuses, "Finished": ["1", "1", "1", "0"]})
    found = respondents(table, System.QUALTRICS, set(), "q.csv")
    assert found.table.index.tolist() == [2, 5]
    assert found.finished is not None
    assert found.finished.tolist() == [True, False]
    assert [fault.found for fault in found.faults] == ["2 rækker med prøver eller spam (3, 4)"]


def repeated() -> pd.DataFrame:
    return text(
        {
            "record_id": ["1", "1", "1", "2"],
            "redcap_repeat_instrument": ["", "besog", "besog", ""],
            "q1": ["5", "", "", "4"],
            "form_complete": ["2", "", "", "0"],
            "dato": ["", "x", "y", ""],
            "besog_complete": ["", "2", "2", ""],
        }
    )


def test_rows_of_a_repeated_instrument_are_no_respondents() -> None:
    found = respondents(repeated(), System.REDCAP, {"q1"}, "r.csv")
    assert found.table["q1"].tolist() == ["5", "4"]
    assert found.finished is not None
    assert found.finished.tolist() == [True, False]
    assert [(fault.row, fault.level) for fault in found.faults] == [(3, "advarsel")]


def test_a_question_that_was_answered_several_times_is_refused_with_its_place() -> None:
    with pytest.raises(FileError, match=r"r.csv, række 3, kolonne »dato«: Her står »2 svar i »besog«, som er udfyldt"):
        respondents(repeated(), System.REDCAP, {"q1", "dato"}, "r.csv")


def events(second: str) -> pd.DataFrame:
    return text(
        {
            "study_id": ["1", "1", "2"],
            "redcap_event_name": ["start_arm_1", "slut_arm_1", "start_arm_1"],
            "q1": ["5", second, "4"],
            "q2": ["", "3", ""],
        }
    )


@pytest.mark.parametrize("second", ["", "5"])
def test_events_of_a_record_are_laid_together(second: str) -> None:
    found = respondents(events(second), System.REDCAP, {"q1", "q2"}, "r.csv")
    assert found.table[["study_id", "q1", "q2"]].to_numpy().tolist() == [["1", "5", "3"], ["2", "4", ""]]
    assert found.table.index.tolist() == [2, 4]
    assert len(found.faults) == 1


def test_different_answers_at_two_events_are_refused() -> None:
    with pytest.raises(FileError, match=r"række 2, kolonne »q1«: Her står »forskellige svar fra samme deltager"):
        respondents(events("1"), System.REDCAP, {"q1", "q2"}, "r.csv")
