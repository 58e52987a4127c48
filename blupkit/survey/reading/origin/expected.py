"""What the columns of an export are called: the headings that the study and its questionnaire know."""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Study, read_table
from blupkit.core.reading.heading import spelt
from blupkit.survey.reading.origin.outlined import read_outline

#: The columns of the questionnaire's file that say what a heading may look like, and the one that says it outright.
HEADING: Final = "kolonne"
WORDED: Final = {"emne": "item", "variabel": "variable", "type": "kind", "spoergsmaal": "question", "punkt": "text"}


class Asked(NamedTuple):
    """What the questionnaire's file calls its questions.

    Parameters
    ----------
    worded : pandas.DataFrame
        One row a variable × wording, as `systems.unpack` takes it.
    headings : dict of str to str
        The headings that it names outright (`kolonne`), so that its texts may be changed → variable.
    """

    worded: pd.DataFrame
    headings: dict[str, str]


def read_asked(study: Study) -> Asked:
    """Read what the questionnaire calls its questions.

    Only as far as a heading needs it: `read_questionnaire`, which needs the export first, says what is wrong with it.

    Parameters
    ----------
    study : Study
        Its questionnaire is a table of our own, or another program's.

    Returns
    -------
    Asked
        Without any row where the study has no such file.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_asked(example_study()).worded["variable"].tolist()[:2]
    ['k1_v', 'k1_n']
    """
    name = study.survey_files.questionnaire
    if name is None:
        return Asked(pd.DataFrame(columns=list(WORDED.values()), dtype="str"), {})
    if outline := read_outline(study.path(name), name):
        return Asked(outline.worded, {})
    table = read_table(study.path(name), name)
    worded = stripped(table.reindex(columns=list(WORDED), fill_value="").rename(columns=WORDED))
    return Asked(worded.assign(kind=worded["kind"].str.casefold()), _own_headings(table))


def expected_headings(study: Study, asked: Asked) -> dict[str, bool]:
    """Give the headings that the study knows, as `core.read_table` takes them.

    Parameters
    ----------
    study : Study
        The columns that it names.
    asked : Asked
        The variables and words of its questionnaire.

    Returns
    -------
    dict of str to bool
        Heading → whether it is the name of one column; the words of a question may stand over several.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> known = expected_headings(example_study(), read_asked(example_study()))
    >>> known["kommune"], known["k1_v"], known["at søge fonde"]
    (True, True, False)
    """
    worded = asked.worded
    words = [spelt(text) for column in ("item", "question", "text") for text in worded[column] if text]
    own = [spelt(heading) for heading in asked.headings]
    names = [spelt(name) for name in (*_named(study), *worded["variable"])]
    return {**dict.fromkeys([*words, *own], False), **dict.fromkeys(names, True)}


def called_as_expected(data: pd.DataFrame, study: Study, asked: Asked) -> pd.DataFrame:
    """Call a column what the questionnaire's file calls it, and take "Id" for the column that the study calls "ID".

    Parameters
    ----------
    data : pandas.DataFrame
        What `headings.read_headed` gives; not changed.
    study : Study
        The study.
    asked : Asked
        Its questions.

    Returns
    -------
    pandas.DataFrame
        The same, its columns called anew where the questionnaire names their heading outright (`kolonne`), or where
        one column only is spelt as one that the study names.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> list(called_as_expected(pd.DataFrame({"KOMMUNE": [], "andet": []}), study, read_asked(study)).columns)
    ['kommune', 'andet']
    """
    own = asked.headings
    data = data.rename(columns={name: own[str(name).strip()] for name in data if str(name).strip() in own})
    named = _named(study)
    names = {name: spelt(name) for name in (*named, *asked.worded["variable"]) if name not in data}
    spellings = [spelt(str(column)) for column in data.columns]
    found = {data.columns[spellings.index(word)]: name for name, word in names.items() if spellings.count(word) == 1}
    return data.rename(columns={column: name for column, name in found.items() if column not in named})


def _named(study: Study) -> list[str]:
    files = study.survey_files
    return [column for column in (files.respondent, files.municipality, files.group) if column]


def _own_headings(asked: pd.DataFrame) -> dict[str, str]:
    if not {HEADING, "variabel", "emne"} <= set(asked.columns):
        return {}
    asked = stripped(asked[asked[HEADING].str.strip() != ""])
    # The choices that a system joins in one cell are several variables of one column, which then bears their item.
    several = asked.groupby(HEADING)["variabel"].transform("nunique") > 1
    return dict(zip(asked[HEADING], asked["variabel"].mask(several, asked["emne"]), strict=True))


def stripped(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of text without blanks around its cells; what else came with it is left."""
    return pd.DataFrame({column: table[column].str.strip() for column in table.columns}, index=table.index)
