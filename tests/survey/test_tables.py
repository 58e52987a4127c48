"""The tables of a release by name, and what is hidden in them."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from blupkit.core import Study
from blupkit.disclosure import SafeTable
from blupkit.survey import SurveyRelease, decision_overview, read_responses, table_titles, text_release
from blupkit.survey.tables import Table


def test_the_consultant_reads_what_is_hidden_and_why(demo: Study, whole: SurveyRelease) -> None:
    table = decision_overview(whole, read_responses(demo))
    assert table["Antal"].sum() == len(whole.decisions)
    assert not table.isna().any(axis=None)
    assert "Hvem vil du helst lære sammen med?" in set(table["Tabel"])
    assert {"Færre end 5 besvarelser", "Gruppen vises kun for alle kommuner under ét"} <= set(table["Hvorfor"])
    assert "når ingen eller alle i en gruppe har valgt et svar." in text_release(whole)


def test_the_tables_are_completed_as_attributes_in_jupyterlab(whole: SurveyRelease) -> None:
    shell = InteractiveShell.instance()
    shell.user_ns["release"] = whole
    try:
        with provisionalcompleter():
            offered, asked, coded = (
                {one.text for one in shell.Completer.completions(text, len(text))}
                for text in ("release.", "release.questions.", "release.themes.")
            )
    finally:
        InteractiveShell.clear_instance()
    assert {"needs", "directions", "response", "places", "questions", "themes"} <= offered
    assert {"form", "tid", "barr"} <= asked
    assert "behov" not in asked  # it has a name of its own
    assert coded == set()  # themes come from the interviews' room


def test_every_table_has_an_attribute_and_a_title(demo: Study, whole: SurveyRelease) -> None:
    titles = table_titles(read_responses(demo).questionnaire)
    shown = [name for name in vars(SurveyRelease) if isinstance(getattr(whole, name, None), SafeTable)]
    assert len(shown) == len(Table)
    assert all(titles[table] for table in Table)
    assert whole.needs is whole["behov"]


def test_a_question_that_the_study_did_not_ask_has_an_empty_table(whole: SurveyRelease) -> None:
    assert whole.questions.findes_ikke.frame.empty
    with pytest.raises(AttributeError):
        _ = whole.questions._repr_html_
