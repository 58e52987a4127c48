"""What of the interviews a search of what is sent needs to know, together: names, words, quotes and counts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from blupkit.core import Study
from blupkit.core.excerpts import Search, excerpt_search
from blupkit.interviews.analysis.counts import spoken_numbers
from blupkit.interviews.analysis.quotes import SHARED, approved_quotes, choose_quotes, read_quotes, shared_quotes
from blupkit.interviews.coding.coded import answer_turns, read_coded
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.privacy.personal import personal_searches
from blupkit.interviews.privacy.secrets import people_search, spoken_words


class SpokenSecrets(NamedTuple):
    """What the interviews hold that must not be sent, and what of them may.

    Parameters
    ----------
    searches : dict of str to callable
        What it is, in Danish → the search for it.
    local : dict of str to callable
        The same of what may stand on the common pages only.
    quotes : list of str
        The approved quotes, of open answers too: they may stand on the common pages, and those that `quotes_for_all`
        gives on every page.
    numbers : pandas.DataFrame
        What `spoken_numbers` gives; nobody's secret.
    """

    searches: dict[str, Search]
    local: dict[str, Search]
    quotes: list[str]
    numbers: pd.DataFrame


def spoken_secrets(study: Study, answers: pd.DataFrame | None = None) -> SpokenSecrets:
    """Prepare the searches for who took part, for what points to anybody, and for what was said and may not be shown.

    Parameters
    ----------
    study : Study
        The study; without interviews, addresses and numbers that point to a person are still found.
    answers : pandas.DataFrame, optional
        As for `answer_turns`, where quotes may be of open answers too; not changed.

    Returns
    -------
    SpokenSecrets
        Without quotes and numbers for a study that has no interviews.

    Raises
    ------
    FileError, DataError
        The interviews, their codings or the quotes cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> secrets = spoken_secrets(example_study())
    >>> [what for what, found in secrets.searches.items() if found("Tak til Bo Storm.")]
    ['et navn, et sted eller en adresse fra deltagerlisten']
    >>> secrets.quotes
    ['Men en pulje hjalp os sidste år.']
    """
    searches = {"et navn, et sted eller en adresse fra deltagerlisten": people_search(study), **personal_searches()}
    if not study.interviews:
        return SpokenSecrets(searches, {}, [], pd.DataFrame())
    coded = read_coded(study)
    turns = coded.turns if answers is None else pd.concat([coded.turns, answer_turns(answers)], ignore_index=True)
    both = Codable(turns, coded.codebook)
    quotes, for_all = (list(found["text"]) for found in (approved_quotes(study, both), shared_quotes(study, both)))
    searches["noget, der er sagt i et interview"] = excerpt_search(spoken_words(study, coded.turns), quotes)
    local = {"et citat, der kun må stå på de fælles sider": excerpt_search(quotes, for_all)}
    return SpokenSecrets(searches, local, quotes, spoken_numbers(coded))


def quotes_for_all(study: Study, answers: pd.DataFrame) -> list[dict[str, str]]:
    """Give the quotes that may stand on every page, for the release.

    Parameters
    ----------
    study : Study
        The study.
    answers : pandas.DataFrame
        As for `answer_turns`: a quote may be of an open answer; not changed.

    Returns
    -------
    list of dict
        What `shared_quotes` gives, a row each. Nothing is read but the list of quotes where none may be shared.

    Raises
    ------
    FileError, DataError
        The interviews or the quotes cannot be read.

    Examples
    --------
    >>> from blupkit import core, survey
    >>> study = core.example_study()
    >>> quotes_for_all(study, survey.read_responses(study).answers)
    []
    """
    if study.interviews is None or SHARED not in set(read_quotes(study)["sharing"]):
        return []
    coded = read_coded(study)
    turns = pd.concat([coded.turns, answer_turns(answers)], ignore_index=True)
    quotes = shared_quotes(study, Codable(turns, coded.codebook))
    return [dict(zip(quotes.columns, row, strict=True)) for row in quotes.itertuples(index=False)]


def quotes_aloud(study: Study, at_most: int) -> pd.DataFrame:
    """Give the first approved quote of each theme, as many as are read aloud.

    Parameters
    ----------
    study : Study
        The study.
    at_most : int
        How many.

    Returns
    -------
    pandas.DataFrame
        As `approved_quotes`, chosen as `choose_quotes` does.

    Raises
    ------
    FileError, DataError
        The interviews or the quotes cannot be read.

    Examples
    --------
    >>> from blupkit import core
    >>> quotes_aloud(core.example_study(), 3)["text"].tolist()
    ['Men en pulje hjalp os sidste år.']
    """
    chosen = choose_quotes(approved_quotes(study, read_coded(study)))
    return chosen.groupby("theme_name", sort=False).head(1).head(at_most)


def quotes_in(study: Study, turns: pd.DataFrame) -> list[str]:
    """Give the approved quotes from some turns, or open answers, as pages show them.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        Rows of what `read_turns` or `answer_turns` returned; not changed.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> quotes_in(study, interviews.read_turns(study).tail(1))
    ['Men en pulje hjalp os sidste år.']
    """
    return list(approved_quotes(study, Codable(turns, read_coded(study).codebook))["text"])
