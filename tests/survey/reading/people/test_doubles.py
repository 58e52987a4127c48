"""Two rows with one id: which of them counts."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from survey.survey_support import count_of, messages

from blupkit.core import Study
from blupkit.survey import read_responses
from blupkit.survey.reading.people.arrival import arrived

MakeStudy = Callable[..., Study]

HEAD = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;dato"
OTHERS = [f"x{at};430;1;5;{at};4;4;;;3;;1;0;1;;2027-01-01" for at in range(1, 6)]
WHOLE, BROKEN, SHORT = "430;1;5;2;4;4;;;3;;1;0;1;", "430;1;5;2;;;;;;;;;;", "430;1;5;;;;;;;;;;;"
CHANGED = "430;1;1;2;4;4;;;3;;1;0;2;"


@pytest.mark.parametrize(
    ("first", "second", "kept", "why"),
    [
        (f"a;{BROKEN};2027-03-02", f"a;{WHOLE};2027-03-01", [3], "Den, der er gjort færdig, tæller."),
        (f"a;{WHOLE};2027-03-01", f"a;{BROKEN};2027-03-02", [2], "Den, der er gjort færdig, tæller."),
        (f"a;{WHOLE};2027-03-01", f"a;{CHANGED};2027-03-02", [3], "Den seneste tæller."),
        (f"a;{CHANGED};1.4.2027 10:02", f"a;{WHOLE};1.4.2027 9:58", [2], "Den seneste tæller."),
        (f"a;{SHORT};2027-03-02", f"a;{BROKEN};2027-03-01", [3], "Den med flest svar tæller."),
        (f"a;{WHOLE};2027-03-01", f"a;{WHOLE};2027-03-01", [2], "De er ens."),
        (f"a;{WHOLE};2027-03-01", f"a;{CHANGED};2027-03-01", [], "Ingen af dem er talt med"),
        (f"a;{WHOLE};", f"a;{CHANGED};2027-03-01", [], "Ingen af dem er talt med"),
        # Nobody can say whether these are in March or April.
        (f"a;{WHOLE};03/04/2027", f"a;{CHANGED};04/03/2027", [], "Ingen af dem er talt med"),
    ],
)
def test_of_two_with_one_id_the_right_one_counts_or_neither(
    make_study: MakeStudy, first: str, second: str, kept: list[int], why: str
) -> None:
    dates = "01/02/2027" if "/" in first else "2027-01-01"
    study = make_study(rows=[first, second, *(row.replace("2027-01-01", dates) for row in OTHERS)], head=HEAD)
    responses = read_responses(study)
    rows = responses.respondents["row"].tolist()
    assert [row for row in rows if row < 4] == kept
    assert len(rows) + count_of(responses, "Dobbelte besvarelser") == 7
    told = [message for message in messages(study) if "det samme besvarelses-id" in message]
    assert len(told) == 2 - len(kept)
    assert all(why in message for message in told)


def test_without_any_date_nobody_knows_which_of_two_completed_answers_counts(make_study: MakeStudy) -> None:
    rows = [f"a;{WHOLE}", f"a;{CHANGED}", *(row.rsplit(";", 1)[0] for row in OTHERS)]
    responses = read_responses(make_study(rows=rows, head=HEAD.removesuffix(";dato")))
    assert "a" not in set(responses.respondents["respondent"])


def test_an_id_that_all_share_stops_the_run(make_study: MakeStudy) -> None:
    rows = [f"a;430;1;{1 + at};{1 + at};4;4;;;3;;1;0;1;" for at in range(5)]
    found = messages(make_study(rows=rows, head=HEAD.removesuffix(";dato")))
    assert found[0].startswith("5 af 5 besvarelser, som er sat til side")


@pytest.mark.parametrize(
    ("heading", "cells", "later"),
    [
        ("submitdate", ["2027-02-01 10:00:00", "2027-02-01 09:00:00"], 0),
        ("Completion time", ["12/31/26 1:05:00 PM", "12/31/26 11:05:00 AM"], 0),
        ("Tidsstempel", ["31-12-2026 13.05.00", "01-01-2027 00.05.00"], 1),
        ("_submission_time", ["2027-02-01T10:00:00", "2027-02-01T10:00:01"], 1),
        ("EndDate", ["46000.25", "45999.75"], 0),
    ],
)
def test_the_systems_own_times_say_which_came_last(heading: str, cells: list[str], later: int) -> None:
    moments = arrived(pd.DataFrame({heading: cells}))
    assert moments is not None
    assert moments.idxmax() == later
    assert moments.is_unique
