"""The framework matrix, with the summaries that a person writes."""

from __future__ import annotations

from typing import Any

import pytest
from interviews.interview_support import with_files

from blupkit.core import BlupkitError
from blupkit.interviews import (
    check_interviews,
    framework_matrix,
    read_coded,
)

SUMMARIES = "interview;deltager;tema;sammenfatning\nfg1;Lokalråd 1;2;Puljerne er svære\n"


def test_the_matrix_has_the_summary_with_the_turns_it_stands_on(make_study: Any) -> None:
    study = with_files(make_study, sammenfatninger=SUMMARIES)
    matrix = framework_matrix(study, read_coded(study))
    assert matrix.values.tolist() == [
        ["fg1", "Lokalråd 1", "tur 2", "Puljerne er svære (tur 2)"],
        ["fg1", "Ansat 1", "tur 3", ""],
        ["fg2", "Lokalråd 1", "", "tur 2"],
        ["fg2", "Ansat 1", "", ""],
    ]


def test_all_faults_of_the_summaries_are_told_with_their_row(make_study: Any) -> None:
    wrong = SUMMARIES + "fg9;Lokalråd 1;2;x\nfg1;Lokalråd 7;9;x\nfg1;Lokalråd 1;2;igen\n"
    study = with_files(make_study, sammenfatninger=wrong)
    faults = check_interviews(study)
    assert faults[["row", "column", "found"]].values.tolist() == [
        [3, "interview", "fg9"],
        [4, "deltager", "Lokalråd 7"],
        [4, "tema", "9"],
        [5, "deltager", "fg1, Lokalråd 1, 2"],
    ]
    with pytest.raises(BlupkitError, match="én sammenfatning for hver deltager"):
        framework_matrix(study, read_coded(study))
