"""Which words each group uses more than the others in the open answers, and where they stand."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from blupkit.core import ALL
from blupkit.core.language import (
    LEAST_G2,
    STOP_WORDS,
    is_ordinary_word,
    lemma,
    log_likelihood,
    log_ratio,
    readings,
    tokens,
)
from blupkit.core.lexicon.names import NAME_WORDS, is_only_name
from blupkit.disclosure import MeasureRow, may_tell, measure_table
from blupkit.survey.reading.people.named import named_people
from blupkit.survey.reading.questionnaire import no_question
from blupkit.survey.reading.responses import Responses

PEOPLE: Final = "Personer"
#: What stands before a word inside a sentence. Where one begins, nobody can tell a name from a word.
_INSIDE: Final = re.compile(r"[\w,;][ \t]*$")
#: Names that are everyday words, with a capital.
_CAPITALS: Final = frozenset(form for name in NAME_WORDS for form in (name.capitalize(), name.upper()))
#: The block of a group's words, which are shown or hidden together.
WORDS: Final = "ord"
KEYWORD_COLUMNS: Final = ["group", "lemma", "word", "here", "there", "respondents", "writers", "g2", "log_ratio"]
CONTEXT_COLUMNS: Final = ["variable", "group", "before", "word", "after"]


def keywords(responses: Responses, question: str | None = None, top: int = 15) -> pd.DataFrame:
    """Find the words that a group uses more than the other groups together.

    Words are counted in their dictionary form. With a and b occurrences in the group and in the others, out of c and d
    words in all, keyness is the log-likelihood G² = 2·(a·ln(a/E1) + b·ln(b/E2)), with E1 = c·(a+b)/(c+d) and
    E2 = d·(a+b)/(c+d) (Dunning 1993; Rayson & Garside 2000), which is dependable also for rare words, where chi-squared
    is not. G² grows with the amount of text; the effect size Log Ratio = log2((a/c)/(b/d)) (Hardie 2014) does not: each
    point is a doubling. Both take words to be drawn one by one, which they are not: they put the words in order and
    test nothing.

    Left out are function words, words that fewer than `min_n` different respondents of the group use, so that no word
    gives anybody away, and what is no ordinary Danish word in the dictionary: numbers, and rare compounds too. So are
    names in any case ("søren", "Mads"), whoever stands in the list of those who take part or are mentioned, and a name
    that is an everyday word ("bo", "liv") where anybody writes it with a capital inside a sentence; otherwise only its
    occurrences in lower case count.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    question : str, optional
        The variable of one open question; all of them together without it.
    top : int
        How many words a group has at most.

    Returns
    -------
    pandas.DataFrame
        `group`, `lemma`, `word` (the form most often written by the group), `here`, `there` (occurrences in the group
        and in the others), `respondents` (of the group, who use it), `writers` (of the group, who wrote anything),
        `g2` (at least 6.63), `log_ratio` (above 0), the highest G² first. All municipalities together, always.
        Missing data: unanswered counts nowhere; a group that wrote nothing has no row.

    Raises
    ------
    DataError
        There is no such open question.

    Examples
    --------
    By hand: 10 of 1000 words against 2 of 1000 give E1 = E2 = 6 and 2·(10·ln(10/6) + 2·ln(2/6)) = 5.8221.

    >>> round(log_likelihood(10, 2, 1000, 1000), 4), round(log_ratio(10, 2, 1000, 1000), 4)
    (5.8221, 2.3219)
    """
    words = _words(responses, question)
    everywhere = words.groupby("lemma").size()
    rows = []
    for group in responses.study.group_keys:
        part = words[words["group"] == group]
        writers = part["respondent"].nunique()
        used = part.groupby("lemma").agg(here=("word", "size"), respondents=("respondent", "nunique"))
        used = used[may_tell(used["respondents"], used["respondents"], responses.study, alone=True)]
        for name, here, people in used.itertuples(name=None):
            if not name or name in STOP_WORDS or not is_ordinary_word(name):
                continue
            counts = here, int(everywhere[name]) - here, len(part), len(words) - len(part)
            strength = log_likelihood(*counts), log_ratio(*counts)
            rows.append((group, name, "", *counts[:2], people, writers, *strength))
    table = pd.DataFrame(rows, columns=KEYWORD_COLUMNS)
    table = table[(table["g2"] >= LEAST_G2) & (table["log_ratio"] > 0)]
    table = table.sort_values(["g2", "lemma"], ascending=[False, True])
    table = table.sort_values("group", key=lambda keys: keys.map(responses.study.group_keys.index), kind="stable")
    table = table.groupby("group", sort=False).head(top).reset_index(drop=True)
    chosen = zip(table["group"], table["lemma"], strict=True)
    table["word"] = [_form(words, group, name) for group, name in chosen]
    return table


def _form(words: pd.DataFrame, group: str, name: str) -> str:
    """Give the form of a word that a group wrote most often."""
    return str(words.loc[(words["group"] == group) & (words["lemma"] == name), "word"].mode().iloc[0])


def keyword_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Lay keywords out for a page: how many different persons of the group use each.

    Parameters
    ----------
    table : pandas.DataFrame
        What `keywords` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` with the measure "Personer", for "alle" only, in the order of `keywords`: item = the
        dictionary form, label = the form most often written, n and highest = those of the group who wrote anything.
        `distribution` is True, so that nothing is shown of fewer than `varsomhed_n`; `block` makes a group's words one;
        `additive` is False.

    Examples
    --------
    >>> table = pd.DataFrame([["L", "pulje", "puljer", 9, 1, 7, 40, 8.2, 2.1]], columns=KEYWORD_COLUMNS)
    >>> keyword_counts(table)[["municipality", "group", "item", "label", "value", "n"]].values.tolist()
    [['alle', 'L', 'pulje', 'puljer', 7.0, 40]]
    """
    columns = (table[name] for name in ("group", "lemma", "word", "respondents", "writers"))
    rows = [
        MeasureRow(ALL, group, name, word, PEOPLE, float(people), n=n, lowest=0.0, highest=float(n))
        for group, name, word, people, n in zip(*columns, strict=True)
    ]
    return measure_table(rows).assign(block=WORDS, additive=False, distribution=True)


def words_in_context(responses: Responses, word: str, width: int = 40) -> pd.DataFrame:
    """Show every place where a word stands in the open answers, in any of its forms, for the consultant's eyes only.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    word : str
        In any form: "puljerne" finds "pulje" too.
    width : int
        Characters on each side.

    Returns
    -------
    pandas.DataFrame
        `variable`, `group`, `before`, `word`, `after`, by what follows the word. It is what people wrote and may name
        anybody. Empty where nobody uses the word.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> words_in_context(example_responses(), "møde")[["word", "after"]].to_numpy().tolist()
    [['møder', ''], ['møder', 'med lokalrådene']]
    """
    wanted = readings(word.strip())
    rows = [
        (variable, group, _flat(text[max(0, start - width) : start]), found, _flat(text[end:][:width]))
        for _, group, variable, text in _written(responses).itertuples(index=False, name=None)
        for start, end, found in tokens(text)
        if readings(found) & wanted
    ]
    table = pd.DataFrame(rows, columns=CONTEXT_COLUMNS)
    return table.sort_values(["after", "before"], key=lambda side: side.str.casefold(), ignore_index=True)


def _written(responses: Responses, question: str | None = None) -> pd.DataFrame:
    written, known = responses.written(), responses.questionnaire.open_variables
    known = [name for name in known if name in responses.variables]
    if question is not None and question not in known:
        raise no_question(question, known, "et åbent spørgsmål")
    chosen = written["variable"].isin(known if question is None else [question])
    return written.loc[chosen, ["respondent", "group", "variable", "text"]]


def _words(responses: Responses, question: str | None) -> pd.DataFrame:
    """One row a word, whoever wrote it; numbers are no words, and a name has no dictionary form."""
    listed = named_people(responses.study)
    people, rows = set(NAME_WORDS if listed is None else listed), []
    for respondent, group, _, text in _written(responses, question).itertuples(index=False, name=None):
        for start, _, word in tokens(text):
            if not word[0].isdigit():
                rows.append((respondent, group, word))
            if word in _CAPITALS and _INSIDE.search(text, max(0, start - 3), start):
                people.add(word.lower())
    table = pd.DataFrame(rows, columns=["respondent", "group", "word"])
    heads = {word: _head(word, people) for word in table["word"].unique()}
    return table.assign(lemma=table["word"].map(heads), word=table["word"].str.lower())


def _head(word: str, people: set[str]) -> str:
    """Give the dictionary form; "" for a name."""
    alone = {word.lower(), word.lower().removesuffix("s")}
    if word in _CAPITALS or alone & people or any(map(is_only_name, alone)):
        return ""
    head = lemma(word)
    return "" if head in people else head


def _flat(text: str) -> str:
    """Put on one line what was written on several."""
    return " ".join(text.split())
