from __future__ import annotations

from collections.abc import Callable

from support import suppress

from blupkit.core import Study
from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.survey import choice_shares, cooperation, dimension_gaps, needs, read_responses, response_rates
from blupkit.survey.measures.choices import dont_know_shares
from blupkit.survey.measures.needs import gap_directions

MakeStudy = Callable[..., Study]


def test_every_measure_covers_the_whole_release_and_can_be_suppressed(make_study: MakeStudy) -> None:
    study = make_study()
    responses = read_responses(study)
    for table in (
        needs(responses, draws=20),
        dimension_gaps(responses, draws=20),
        cooperation(responses, draws=20),
        choice_shares(responses, "form"),
        choice_shares(responses, "tid"),
        dont_know_shares(responses),
        gap_directions(responses, draws=20),
        response_rates(responses),
    ):
        assert list(table.columns[: len(MEASURE_COLUMNS)]) == MEASURE_COLUMNS
        assert set(table["municipality"]) == {"faaborg-midtfyn", "naestved", "alle"}
        assert len(suppress(table, study).frame) == len(table)
