"""The questions of a survey as they can be chosen: by what they ask, in the questionnaire's order."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.app.exploring.choice import Option
from blupkit.core import Study
from blupkit.survey import Responses
from blupkit.survey.reading.questionnaire import Kind, Questionnaire

#: What a section of the list is called, in the order of the list.
_SECTIONS: Final = {
    Kind.SINGLE: "Spørgsmål med ét svar",
    Kind.MULTIPLE: "Spørgsmål med flere svar",
    Kind.STATEMENT: "Udsagn om samarbejdet",
    Kind.IMPORTANCE: "Kompetencer: vigtighed",
    Kind.LEVEL: "Kompetencer: nuværende niveau",
}
#: A longer question is cut in the list.
_LONGEST: Final = 70


def question_options(responses: Responses) -> list[Option]:
    """Give the questions that can be counted, under what they ask for.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> [option.value for option in question_options(example_responses())]
    ['form', 's1_for', 's1_lok', 'k1_v', 'k2_v', 'k1_n', 'k2_n']
    """
    asked, study = responses.questionnaire.by_variable, responses.study
    exported = asked[asked.index.isin(responses.variables)]
    options = []
    for kind, section in _SECTIONS.items():
        rows = exported[exported["kind"] == kind]
        if kind is Kind.MULTIPLE:
            rows = rows.drop_duplicates("item").assign(label=rows["question"]).set_index("item")
        options += [
            Option(str(name), _label(row, kind, study), section)
            for name, row in zip(rows.index, rows.to_dict("records"), strict=True)
        ]
    return options


def _label(row: dict[object, object], kind: Kind, study: Study) -> str:
    label = str(row["label"] or row["question"])
    if kind is Kind.STATEMENT and row["about"]:
        label = f"{label} (om {study.group(str(row['about'])).name})"
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 2].rstrip()} …"


def answers_of(questionnaire: Questionnaire, name: str) -> list[str]:
    """Give the answers that a question offers, in the order of its scale."""
    rows: pd.DataFrame = questionnaire.about(name)
    first = rows.iloc[0]
    if first["kind"] == Kind.MULTIPLE:
        return list(dict.fromkeys(rows["label"]))
    return [str(text) for text in questionnaire.scales.loc[questionnaire.scales["scale"] == first["scale"], "text"]]
