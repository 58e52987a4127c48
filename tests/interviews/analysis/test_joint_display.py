"""The joint display: what the survey measured beside what was said, and what a person made of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from interviews.interview_support import with_files

from blupkit.core import BlupkitError, read_edition
from blupkit.disclosure import SafeTable
from blupkit.disclosure.safe_table import Status
from blupkit.interviews import (
    check_interviews,
    finding_joint,
    joint_display,
    read_coded,
    spread,
)

JOINT = "dimension;tema;vurdering;begrundelse\nD1;1;samstemmer;Begge peger på mandat.\nD2;2;;\n"


def gaps() -> SafeTable:
    rows = [
        ("alle", "L", "D1", "Roller", "Gab", 1.2, Status.SHOWN),
        ("alle", "A", "D1", "Roller", "Gab", 0.5, Status.SHOWN),
        ("nordfyns", "L", "D1", "Roller", "Gab", 2.0, Status.SHOWN),
        ("alle", "L", "D2", "Økonomi", "Gab", float("nan"), Status.HIDDEN),
    ]
    columns = ["municipality", "group", "item", "label", "measure", "value", "status"]
    table = pd.DataFrame(rows, columns=columns).assign(low=0.0, high=0.0, n=10, lowest=-4.0, highest=4.0)
    return SafeTable(table, 5)


def test_the_joint_display_shows_what_is_shown_for_all_and_what_a_person_judged(make_study: Any) -> None:
    study = with_files(make_study, sammenholdt=JOINT)
    coded = read_coded(study)
    edition = read_edition(study, "alle")
    display = joint_display(gaps(), spread(coded), edition)
    assert display["measured"].tolist() == [
        "Gab: lokalrådsmedlemmer 1,2 og kommunalt ansatte 0,5",
        "Ikke målt, eller må ikke vises",
    ]
    assert display["verdict"].tolist() == ["bekræfter hinanden", "ikke vurderet"]
    assert display["said"].tolist() == [
        "Nævnt af to af fire deltagere i en af to grupper",
        "Nævnt af to af fire deltagere i begge grupper",
    ]
    assert finding_joint(display) == "Spørgeskema og interview bekræfter hinanden i én af to sammenligninger"


def test_without_a_file_nothing_is_compared(make_study: Any) -> None:
    study = make_study()
    coded = read_coded(study)
    display = joint_display(gaps(), spread(coded), read_edition(study, "alle"))
    assert display.empty
    assert finding_joint(display) == ""


def test_all_faults_of_the_comparison_are_told_with_their_row(make_study: Any) -> None:
    study = with_files(make_study, sammenholdt=JOINT + "D9;7;enig;x\nD1;1;modsiger;\n")
    assert check_interviews(study)[["level", "row", "column"]].values.tolist() == [
        ["fejl", 4, "tema"],
        ["fejl", 4, "vurdering"],
        ["advarsel", 5, "begrundelse"],
    ]
    coded = read_coded(study)
    with pytest.raises(BlupkitError) as caught:
        joint_display(gaps(), spread(coded), read_edition(study, "alle"))
    assert ("dimension", "D9") in [(fault.column, fault.found) for fault in caught.value.faults]
