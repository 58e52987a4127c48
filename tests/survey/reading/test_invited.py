"""How many were invited."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from survey.survey_support import messages

from blupkit.core import Study
from blupkit.survey import check_responses, read_responses

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "430;L;20",
            "Nestved;L;20",
            "Nestved | Faaborg-Midtfyn Kommune eller Næstved Kommune | Mente du Næstved Kommune? Tilføj"
            " stavemåden under stavemaader i study.toml.",
        ),
        ("430;L;20", "430;Q;20", "Q | L eller A | Skriv gruppens nøgle. Rækken er ikke brugt."),
        (
            "430;L;20",
            "430;L;cirka 20",
            "cirka 20 | et helt tal eller »ukendt« | Ret tallet. Indtil da opgøres svarprocenten ikke.",
        ),
        (
            "430;L;20",
            "430;L;1",
            "1 inviterede i faaborg-midtfyn, gruppe L | mindst de 2, der har svaret | Kontrollér tallet hos"
            " koordinatoren. Svarprocenten opgøres ikke.",
        ),
        (
            "430;A;10;mail",
            "430;L;10;mail",
            "en række mere for faaborg-midtfyn, gruppe L | én række for hver kommune og gruppe | Tallene er lagt"
            " sammen. Saml dem i én række.",
        ),
    ],
)
def test_the_list_of_invited_is_checked(make_study: MakeStudy, old: str, new: str, message: str) -> None:
    study = make_study(change={"udsendelse.csv": (old, new)})
    found = check_responses(study)
    assert message in messages(study)
    assert (found["level"] == "advarsel").all()


def test_unknown_numbers_of_invited_stay_unknown(make_study: MakeStudy) -> None:
    invited = read_responses(make_study()).invited
    assert invited["invited"].tolist() == [20, 10, pd.NA, 8]
    assert invited["known"].tolist() == [True, True, False, True]
