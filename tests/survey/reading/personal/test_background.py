from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from blupkit.core import Study
from blupkit.survey import check_responses, read_responses
from blupkit.survey.draft import release_draft
from blupkit.survey.reading.personal.background import background_questions
from blupkit.survey.reading.questionnaire import Questionnaire


def asked(name: str, question: str, *answers: str) -> Questionnaire:
    columns = ["item", "variable", "kind", "question", "text", "label", "groups", "scale", "dimension", "about"]
    variables = pd.DataFrame([[name, name, "enkelt", question, "", "", ("alle",), "s", "", ""]], columns=columns)
    texts = answers or ("Ja", "Nej")
    scales = pd.DataFrame({"scale": "s", "code": range(len(texts)), "text": texts, "meaning": "svar"})
    return Questionnaire(variables, scales, pd.DataFrame())


@pytest.mark.parametrize(
    "questionnaire",
    [
        asked("alder", "Skriv"),
        asked("q1", "Hvor gammel er du?"),
        asked("q1", "Kjønn"),
        asked("b_koen", "Du er …"),
        asked("postnr", "Hvor bor du?"),
        asked("q7", "Er du:", "Kvinde", "Mand", "Andet"),
        asked("q8", "Hvilken gruppe?", "18-29 år", "30-59 år", "60 år eller derover"),
        asked("q9", "What is your gender?"),
    ],
)
def test_age_sex_and_post_code_are_known_by_name_wording_or_answers(questionnaire: Questionnaire) -> None:
    assert background_questions(questionnaire) == questionnaire.choice_questions


@pytest.mark.parametrize(
    "questionnaire",
    [
        asked("q1", "Spiller alder en rolle i lokalrådet?"),
        asked("q2", "Hvor længe har du siddet i lokalrådet?", "0-2 år", "3-5 år", "6-10 år", "Over 10 år"),
        asked("manager", "Har du ansvar for personale?"),
        asked("q4", "Hvad er bedst?", "Dag", "Aften"),
    ],
)
def test_other_questions_are_no_background(questionnaire: Questionnaire) -> None:
    assert background_questions(questionnaire) == []


CHANGE = {"spoergeskema.csv": ("Hvornår?", "Hvor gammel er du?")}


def test_background_is_released_only_when_asked_for_and_check_says_so(
    make_study: Callable[..., Study],
) -> None:
    study = make_study(change=CHANGE)
    responses = read_responses(study)
    names = background_questions(responses.questionnaire)
    assert names
    assert not set(names) & set(release_draft(responses).tables)
    told = check_responses(study)
    assert told.loc[told["column"] == "udgivelse.tabeller", "found"].tolist() == names
