"""What of the survey nobody but the consultant may see: what people wrote, and what each of them answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from blupkit.core import Study
from blupkit.core.excerpts import Search, excerpt_search, plain
from blupkit.survey.reading.exports import Export, read_export
from blupkit.survey.reading.questionnaire import Questionnaire

#: As many answers in a row, of at least `VARIETY` kinds, are one respondent's own.
ANSWERS_IN_A_ROW: Final = 12
VARIETY: Final = 3
_SHORT: Final = 3
#: A cell whatever stands around it, and what programs add to a number or write where there is none.
_CELL: Final = re.compile(r"(?<!\w)\w{1,3}(?!\w)")
_ZEROS: Final = re.compile(r"(?<=\d)[.,]0+(?!\d)|\b(?:nan|none|null)\b|<na>", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[;,\t|\s]+")


def written_answers(export: Export, questionnaire: Questionnaire) -> list[str]:
    """Give what was written in the open questions, word for word, also by those whose answers do not count.

    Parameters
    ----------
    export : Export
        What `read_export` returned; not changed.
    questionnaire : Questionnaire
        Which questions were open.

    Returns
    -------
    list of str
        Each text once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.survey.reading.exports import read_export
    >>> from blupkit.survey.example import example_responses
    >>> written_answers(read_export(example_study()), example_responses().questionnaire)
    ['Flere møder med lokalrådene', 'Mere tid til møder']
    """
    asked = questionnaire.open_variables
    texts = (export.cells[name].categories for name in asked if name in export.cells)
    return list(dict.fromkeys(str(text).strip() for part in texts for text in part if str(text).strip()))


def question_texts(questionnaire: Questionnaire) -> list[str]:
    """Give the questionnaire's own words, which anybody may repeat.

    Parameters
    ----------
    questionnaire : Questionnaire
        What `read_questionnaire` returned; not changed.

    Returns
    -------
    list of str
        Questions, items, labels and answers to choose.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> question_texts(example_responses().questionnaire)[:2]
    ['Hvor vigtigt er det?', 'Hvor god er du til det?']
    """
    variables, scales = questionnaire.variables, questionnaire.scales
    texts = [*variables["question"], *variables["text"], *variables["label"], *scales["text"]]
    return [text for text in dict.fromkeys(map(str, texts)) if text]


def survey_searches(study: Study, questionnaire: Questionnaire, quotes: Iterable[str]) -> dict[str, Search]:
    """Prepare the searches for what people wrote and answered.

    Parameters
    ----------
    study : Study
        The study; its export is read.
    questionnaire : Questionnaire
        What `read_questionnaire` returned; not changed.
    quotes : iterable of str
        What has been approved, and may be repeated.

    Returns
    -------
    dict of str to callable
        What it is, in Danish → the search for it.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.survey.example import example_responses
    >>> searches = survey_searches(example_study(), example_responses().questionnaire, quotes=[])
    >>> [what for what, found in searches.items() if found("Hun skrev: flere møder med lokalrådene!")]
    ['noget, en deltager har skrevet']
    """
    export = read_export(study)
    allowed = [*quotes, *question_texts(questionnaire)]
    return {
        "noget, en deltager har skrevet": excerpt_search(written_answers(export, questionnaire), allowed),
        "en deltagers svar": answers_search(export),
    }


def answers_search(export: Export) -> Search:
    """Prepare a search for respondents' answers as they stand in the export, one after the other.

    Parameters
    ----------
    export : Export
        What `read_export` returned; not changed.

    Returns
    -------
    callable
        Tells of a text whether it holds twelve answers of one respondent as they stand in the export; whatever
        separates them. Of any 23 in a row it finds twelve. Answers that hardly vary are not told from others.

    Examples
    --------
    >>> import pandas as pd
    >>> row = [str(1 + (place * place) % 5) for place in range(24)]
    >>> export = Export(pd.DataFrame([row]).astype("category"), pd.DataFrame(), pd.DataFrame(), (), "svar.csv")
    >>> found = answers_search(export)
    >>> found("x;" + ";".join(row[5:])), found(", ".join(row)), found(" ".join(row[:5]))
    (True, True, False)
    """
    known: set[int] = set()
    begins: set[str] = set()
    for row in export.data.astype("str").drop_duplicates().itertuples(index=False, name=None):
        # As the file has them, and as they are where an empty cell cannot be seen.
        for cells in (row, tuple(cell for cell in row if cell)):
            for start in range(0, len(cells), ANSWERS_IN_A_ROW):
                if _is_telling(run := cells[start : start + ANSWERS_IN_A_ROW]):
                    known.add(hash(run))
                    begins.add(run[0])

    def found(text: str) -> bool:
        # Most words begin no row of answers, and most rows are nobody's: whether one tells is asked last.
        return any(
            hash(run := tuple(words[start : start + ANSWERS_IN_A_ROW])) in known and _is_telling(run)
            for words in _readings(text)
            if not begins.isdisjoint(words)
            for start in range(len(words) - ANSWERS_IN_A_ROW + 1)
            if words[start] in begins
        )

    return found


def _readings(text: str) -> tuple[list[str], ...]:
    """Take a text apart into cells: at blanks and separators, at semicolons, and as a program prints a row."""
    return (
        _BETWEEN.split(plain(text)),
        [cell.strip() for cell in text.replace("\n", ";").split(";")],
        _CELL.findall(_ZEROS.sub("", text)),
    )


def _is_telling(row: tuple[str, ...]) -> bool:
    return (
        len({cell for cell in row if cell}) >= VARIETY
        and len(row) == ANSWERS_IN_A_ROW
        and all(len(cell) <= _SHORT for cell in row)
    )
