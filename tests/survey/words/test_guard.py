"""No sentence is made of another municipality's numbers, however a table is handed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from blupkit.core import DisclosureError, Edition, Study, read_edition
from blupkit.survey import (
    SurveyRelease,
    facts,
    finding_about,
    finding_comparison,
    finding_dimensions,
    finding_mirror,
    finding_needs,
    mirror,
    short_answer,
    text_comparison,
    text_orders,
    text_places,
    text_pooling,
    text_quadrants,
    text_rates,
    text_response,
    text_sensitivity,
)
from blupkit.survey.words.findings import finding_choices, text_choices
from blupkit.survey.words.response import who_answered

SENTENCES: list[Callable[[SurveyRelease, Edition], object]] = [
    lambda release, edition: facts(release.response, edition),
    lambda release, edition: who_answered(release.response, edition),
    lambda release, edition: text_response(release.response, edition),
    lambda release, edition: text_rates(release.response, edition),
    lambda release, edition: finding_needs(release.needs, edition),
    lambda release, edition: finding_dimensions(release.dimensions, edition),
    lambda release, edition: finding_mirror(mirror(release.cooperation, edition.study), edition),
    lambda release, edition: finding_choices(release.questions.form, edition),
    lambda release, edition: finding_about("Former")(release.questions.form, edition),
    lambda release, edition: text_choices(release.questions.form, edition),
    lambda release, edition: finding_comparison(release.differences, edition),
    lambda release, edition: text_comparison(release.differences, edition),
    lambda release, edition: text_orders(release.places, edition),
    lambda release, edition: text_places(release.places, edition),
    lambda release, edition: text_quadrants(release.needs, edition),
    lambda release, edition: text_pooling(release.pooled, edition),
    lambda release, edition: short_answer(edition, release.needs),
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("place", ["slagelse", "alle"])
def test_a_sentence_refuses_the_release_of_all_readers(
    demo: Study, whole: SurveyRelease, sentence: Callable[[SurveyRelease, Edition], object], place: str
) -> None:
    with pytest.raises(DisclosureError, match="Her står »tal fra faaborg-midtfyn, kerteminde"):
        sentence(whole, read_edition(demo, place))


def test_weights_are_told_of_the_reader_s_own_needs_only(demo: Study, whole: SurveyRelease) -> None:
    with pytest.raises(DisclosureError):
        text_sensitivity(whole.weighted, whole.needs, read_edition(demo, "alle"))
