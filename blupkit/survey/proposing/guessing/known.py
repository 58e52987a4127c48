"""What is known of the questions beside the answers: the export's own labels, or a questionnaire in another file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from blupkit.survey.reading.column_names import plain
from blupkit.survey.reading.origin.conventions import CODE_AND_TEXT

OF_EXPORT: Final = "filens egne etiketter"
#: In SPSS, Stata and SurveyXact a text is "question - point".
_BETWEEN: Final = " - "


@dataclass
class Known:
    """What is known of the columns, each by `key_of` its heading.

    Parameters
    ----------
    texts : dict of str to str
        The question, with its point after " - " where it has one.
    choices : dict of str to list of tuple of str
        What stands in the file for each choice, and its words, in the order of the questionnaire.
    ticks : set of str
        Columns of one choice each.
    written : set of str
        Columns in which people wrote.
    lists : list of list of str
        Words of choices in their order, where it is not known which question they belong to.
    missing : set of tuple of str
        Heading and code, where the export declares a code to be no answer.
    source : str
        Where it comes from, for the reason of a guess.
    """

    texts: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    lists: list[list[str]] = field(default_factory=list)
    missing: set[tuple[str, str]] = field(default_factory=set)
    source: str = ""

    def add(self, heading: str, text: str, point: str = "") -> str:
        """Say what a column asks, and give its key."""
        key = key_of(heading)
        self.texts[key] = _BETWEEN.join(filter(None, (clean(text), clean(point))))
        return key

    def text_of(self, heading: str) -> str:
        """The question's text; "" where it is not known."""
        return next((self.texts[key] for key in keys_of(heading) if key in self.texts), "")

    def choices_of(self, heading: str) -> list[tuple[str, str]]:
        """The choices of a column; none where they are not known."""
        return next((self.choices[key] for key in keys_of(heading) if key in self.choices), [])

    def is_tick(self, heading: str) -> bool:
        """Whether the column is one choice of several."""
        return any(key in self.ticks for key in keys_of(heading))

    def is_written(self, heading: str) -> bool:
        """Whether people wrote in their own words."""
        return any(key in self.written for key in keys_of(heading))

    def list_with(self, words: frozenset[str]) -> list[str]:
        """The shortest list of a document that has all these words; empty where there is none."""
        most = 2 * len(words) + 2  # a longer list has other questions' answers in it
        fitting = [each for each in self.lists if words <= {plain(text) for text in each} and len(each) <= most]
        return min(fitting, key=len, default=[])


def key_of(heading: str) -> str:
    """Write a name so that `Q1[SQ1]`, `Q1_SQ1` and `Q1/SQ1` are one.

    Examples
    --------
    >>> key_of("Q1[SQ1]"), key_of("group/Q1/SQ1")
    ('q1_sq1', 'group_q1_sq1')
    """
    return re.sub(r"[\W_]+", "_", heading).strip("_").casefold()


def keys_of(heading: str) -> list[str]:
    """Give the names that a heading may go by: whole, its code, and without the groups that it lies in."""
    code = CODE_AND_TEXT.fullmatch(heading)
    name = code[1] if code else heading
    parts = name.split("/")
    return [key_of("/".join(parts[start:])) for start in range(len(parts))]


def clean(text: str) -> str:
    """Give a text of a questionnaire without its markup.

    Examples
    --------
    >>> clean("<p>Hvor <b>vigtigt</b>?</p>")
    'Hvor vigtigt?'
    """
    import html

    return " ".join(html.unescape(re.sub(r"<[^<>]{1,200}>", " ", text)).split()).replace(" ?", "?").strip("* ")


def known_of_export(labels: pd.DataFrame, structure: pd.DataFrame, missing: frozenset[tuple[str, str]]) -> Known:
    """Take what an export says of its own columns: SurveyXact's labels and structure, or those of SPSS.

    Parameters
    ----------
    labels, structure, missing
        As `Export` has them.

    Returns
    -------
    Known
        Empty where the export says nothing.
    """
    known = Known(missing=set(missing), source=OF_EXPORT)
    for variable, value, label in labels.itertuples(index=False, name=None):
        known.choices.setdefault(key_of(str(variable)), []).append((str(value), str(label)))
    if structure.empty:
        return known
    names = ["variableName", "questionType", "subType", "questionText", "choiceText"]
    for variable, kind, sub_type, text, choice in structure[names].itertuples(index=False, name=None):
        several = sub_type == "Multiple" and kind != "Open"
        key = known.add(variable, text, choice if several else "")
        if several:
            known.ticks.add(key)
        elif kind == "Open":
            known.written.add(key)
    return known
