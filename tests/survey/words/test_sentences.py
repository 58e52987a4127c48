"""Every sentence that the demo and made-up studies can give, read as a proofreader reads."""

from __future__ import annotations

import doctest
from collections.abc import Callable, Iterator
from pathlib import Path

import made_up
import pytest
import readability
from made_up import MadeUp, write_made_up

from blupkit import survey
from blupkit.core import ALL, Edition, Study, read_edition, read_study
from blupkit.core.danish import HEADING_WORDS
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.beside import Split
from blupkit.survey import SurveyRelease
from blupkit.survey.measures.needs import GAP
from blupkit.survey.release import make_release, part_for
from blupkit.survey.tables import Questions
from blupkit.survey.words.comparison import text_mirror
from blupkit.survey.words.findings import finding_choices, text_choices

Say = Callable[[SurveyRelease, Edition], object]
#: What each function of the room says of one reader's release. A new one is added here, and read with the others.
SAID: dict[str, Say] = {
    "finding_about": lambda release, edition: _each(
        release, lambda table: survey.finding_about("Tid til læring")(table, edition)
    ),
    "finding_comparison": lambda release, edition: survey.finding_comparison(release.differences, edition),
    "finding_dimensions": lambda release, edition: survey.finding_dimensions(release.dimensions, edition),
    "finding_mirror": lambda release, edition: survey.finding_mirror(_mirror(release, edition), edition),
    "finding_needs": lambda release, edition: [
        survey.finding_needs(select(release.needs, group=group.key), edition) for group in edition.study.groups
    ],
    "note_mirror": lambda release, edition: survey.note_mirror(_mirror(release, edition), edition),
    "note_wordings": lambda release, edition: survey.note_wordings(release.needs),
    "text_common_only": survey.text_common_only,
    "text_compared": lambda release, edition: survey.text_compared(edition, release.needs, release.questions.form),
    "text_comparison": lambda release, edition: survey.text_comparison(release.differences, edition),
    "text_comparison_method": lambda release, edition: survey.text_comparison_method(release.differences, edition),
    "text_dont_know": lambda release, edition: survey.text_dont_know(release.dont_know, edition),
    "text_gaps": lambda release, edition: survey.text_gaps(release.needs, edition),
    "text_keyness": lambda release, edition: survey.text_keyness(),
    "text_keyword_rules": lambda release, edition: survey.text_keyword_rules(edition.study),
    "text_keywords": lambda release, edition: survey.text_keywords(release.words, edition),
    "text_late": lambda release, edition: survey.text_late(release),
    "text_method": lambda release, edition: survey.text_method(
        release.screening, edition, release.needs, release.places
    ),
    "text_mirror": lambda release, edition: text_mirror(_mirror(release, edition), edition),
    "text_notes": lambda release, edition: survey.text_notes(release),
    "text_orders": lambda release, edition: survey.text_orders(release.places, edition),
    "text_own": survey.text_own,
    "text_places": lambda release, edition: survey.text_places(release.places, edition),
    "text_pooling": lambda release, edition: survey.text_pooling(release.pooled, edition),
    "text_quadrants": lambda release, edition: survey.text_quadrants(release.needs, edition),
    "text_rates": lambda release, edition: survey.text_rates(release.response, edition),
    "text_release": lambda release, edition: survey.text_release(release),
    "text_reliability": lambda release, edition: survey.text_reliability(release.reliability, edition),
    "text_response": lambda release, edition: survey.text_response(release.response, edition),
    "text_scale": lambda release, edition: survey.text_scale(release.cooperation),
    "text_sensitivity": lambda release, edition: survey.text_sensitivity(release.weighted, release.needs, edition),
    "text_states": lambda release, edition: survey.text_states(edition),
    "text_terms": lambda release, edition: survey.text_terms(edition),
    "text_unproven": lambda release, edition: survey.text_unproven(release),
    "text_short_choices": lambda release, edition: survey.text_short_choices(
        release.questions.form, release.everywhere.questions.form, edition, "læringsønsker"
    ),
    "text_short_cooperation": lambda release, edition: survey.text_short_cooperation(release, edition),
    "text_short_brief": lambda release, edition: survey.text_short_brief(
        release, _gaps(release), _gaps(release.everywhere), release.questions.form, edition
    ),
    "text_short_needs": lambda release, edition: survey.text_short_needs(_gaps(release), edition),
    "text_short_questions": lambda release, edition: survey.text_short_questions(
        _gaps(release), _gaps(release.everywhere), _mirror(release, edition), release.questions.form, edition
    ),
    "text_short_trust": lambda release, edition: survey.text_short_trust(release, edition),
    "short_answer": lambda release, edition: survey.short_answer(
        edition, release.needs, _mirror(release, edition), release.questions.form, _others(release, edition)
    ),
    "the answers": lambda release, edition: _each(release, lambda table: text_choices(table, edition)),
    "finding the answers": lambda release, edition: _each(release, lambda table: finding_choices(table, edition)),
    "finding the own words": lambda release, edition: [split.finding for split in _others(release, edition)],
}


def _each(release: SurveyRelease, say: Callable[[SafeTable], str]) -> list[str]:
    return [say(table) for table in (release.questions.form, release.questions.tid)]


def _gaps(release: SurveyRelease) -> SafeTable:
    return select(release.needs, measure=GAP)


def _mirror(release: SurveyRelease, edition: Edition) -> SafeTable:
    return survey.mirror(release.cooperation, edition.study)


def _others(release: SurveyRelease, edition: Edition) -> list[Split]:
    return survey.other_splits(release, edition, Questions({}))


def names_in(release: SurveyRelease, edition: Edition) -> set[str]:
    """Labels and names: nobody who writes sentences chooses them."""
    labels = {
        str(label) for table in release.tables.values() if "label" in table.frame for label in table.frame["label"]
    }
    groups = {edition.group_name(group.key) for group in edition.study.groups}
    groups |= {group.name for group in edition.study.groups} | {group.about for group in edition.study.groups}
    places = {edition.place, read_edition(edition.study, ALL).place} | {
        each.local_body for each in edition.study.municipalities
    }
    return {*labels, *groups, *places, edition.study.frame}


def read_aloud(release: SurveyRelease, edition: Edition) -> Iterator[str]:
    """Give what is wrong with what one reader is told."""
    names = names_in(release, edition)
    for name, say in SAID.items():
        told = say(release, edition)
        for text in told if isinstance(told, list) else [told]:
            for fault in readability.faults(str(text), names):
                yield f"{edition.key} {name}: {fault}"
            if "finding" in name and len(readability.without(str(text), names).split()) > HEADING_WORDS:
                yield f"{edition.key} {name}: more than {HEADING_WORDS} words: {text}"
            for line in str(text).splitlines():
                said = [each for each in readability.sentences(line) if len(each.split()) > 3]
                if len(said) > len(set(said)):
                    yield f"{edition.key} {name}: said twice: {line}"


@pytest.mark.parametrize("study", made_up.STUDIES, ids=lambda study: study.name)
def test_every_sentence_of_a_made_up_study_reads_well(study: MadeUp, tmp_path: Path) -> None:
    made = read_study(write_made_up(tmp_path / "undersøgelse", study))
    _, release = make_release(survey.read_responses(made))
    readers = [ALL, *(place.slug for place in made.municipalities[:3])]
    editions = [read_edition(made, place) for place in readers]
    assert [fault for edition in editions for fault in read_aloud(part_for(release, edition), edition)] == []


def test_every_sentence_of_the_demo_reads_well_and_its_headings_are_short(demo: Study, whole: SurveyRelease) -> None:
    long = []
    for place in [ALL, *(place.slug for place in demo.municipalities)]:
        edition = read_edition(demo, place)
        release = part_for(whole, edition)
        assert list(read_aloud(release, edition)) == []
        headings = []
        for name in ("finding_needs", "finding_about", "finding_dimensions", "finding_comparison", "finding_mirror"):
            told = SAID[name](release, edition)
            headings += told if isinstance(told, list) else [told]
        # Here the labels count as words too: the demo's are as short as the guide asks for.
        long += [said for said in headings if len(str(said).split()) > HEADING_WORDS]
    assert long == []


def test_no_sentence_of_the_room_is_left_unread() -> None:
    says = {name for name in dir(survey) if name.startswith(("text_", "finding_", "note_"))}
    assert says - set(SAID) == set()


def test_the_measuring_is_what_its_examples_say() -> None:
    assert doctest.testmod(readability).failed == 0
    assert doctest.testmod(readability).attempted > 5
