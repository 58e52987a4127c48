"""What the consultant asks for by name: a group, a theme, an interview; the nearest is told where there is none."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from blupkit.core import DataError, Fault, Study, one_of
from blupkit.core.errors import did_you_mean
from blupkit.core.language import tokens
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.passage import DIRECTION_HEADS
from blupkit.interviews.exploring.material import Material

#: How much alike a misspelt name and the one that is meant have to be.
_ALIKE = 0.5


def line(function: str, *asked: object, **chosen: object) -> str:
    """Write the line of Python that asks the same again; what was left out is left out.

    Parameters
    ----------
    function : str
        Of the room `interviews`.
    *asked, **chosen : object
        Words, numbers or lists of them.

    Examples
    --------
    >>> print(line("search", "ansøgning", group="L", interview=""))
    interviews.search(study, "ansøgning", group="L")
    """
    words = [_written(each) for each in asked]
    words += [f"{name}={_written(each)}" for name, each in chosen.items() if each is not False and each not in ("", [])]
    return f"interviews.{function}({', '.join(['study', *words])})"


def _written(value: object) -> str:
    return repr(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def wrong(what: str, found: str, expected: str, action: str) -> DataError:
    """Give the error that tells what is wrong with what was asked for.

    Parameters
    ----------
    what : str
        What is asked for, as the function's argument is called.
    found, expected, action : str
        As in `Fault`.
    """
    return DataError(Fault(what, found, expected, action))


def words_of(words: str | Sequence[str]) -> list[str]:
    """Give the words that are searched for; a * at an end stays, all other signs between them are gone.

    Parameters
    ----------
    words : str or sequence of str
        A word or a phrase; a sequence is one phrase, as NLTK has it.

    Raises
    ------
    DataError
        There is no word in it.

    Examples
    --------
    >>> words_of("Søge *midler* (1.000 kr.)?")
    ['Søge', '*midler*', '1.000', 'kr']
    """
    found, asked = [], words if isinstance(words, str) else " ".join(words)
    for piece in asked.split():
        own = [word for *_, word in tokens(piece)]
        if own:
            own[0] = "*" * piece.startswith("*") + own[0]
            own[-1] += "*" * piece.endswith("*")
            found += own
    if not found:
        expected, action = "et ord eller en vending", "Skriv mindst ét ord."
        raise wrong("words", asked.strip() or "ingenting", expected, action)
    return found


def find(what: str, wanted: str, names: Mapping[str, Collection[str]]) -> str:
    """Find what is meant by a name, whatever its case.

    Parameters
    ----------
    what : str
        What is asked for, as the function's argument is called.
    wanted : str
        Its name; "" means nothing in particular.
    names : mapping of str to collection of str
        What there is, and the names that each goes by; the first is the one that is told.

    Returns
    -------
    str
        The key; "" where nothing is asked for.

    Raises
    ------
    DataError
        There is nothing of that name; the message gives the nearest.

    Examples
    --------
    >>> find("group", "Kommunalt ansatte", {"L": ["L"], "A": ["A", "kommunalt ansatte"]})
    'A'
    >>> find("theme", "Økonomy", {"1": ["Roller", "1"], "2": ["Økonomi", "2"]})
    Traceback (most recent call last):
    blupkit.core.errors.DataError: theme: Her står »Økonomy«. Forventet: Roller eller Økonomi. Mente du »Økonomi«?
    """
    known = {name.casefold(): key for key, own in names.items() for name in own if name}
    key = known.get(str(wanted).strip().casefold(), "")
    if key or not str(wanted).strip():
        return key
    told = {key: next(iter(own)) for key, own in names.items()}
    called = {name: told[key] for name, key in known.items()}
    action = did_you_mean(str(wanted), called, cutoff=_ALIKE)
    raise wrong(what, str(wanted), one_of(told.values()) or "ingenting: der er ingen", action)


def find_group(study: Study, group: str) -> str:
    """Find a group by its key or one of its names; see `find`."""
    names = {
        key: [study.group(key).name, key, study.group(key).singular, study.group(key).counterpart]
        for key in study.group_keys
    }
    return find("group", group, names)


def find_theme(codebook: Codebook, theme: str, what: str = "theme") -> str:
    """Find a theme by its number or its name; see `find`."""
    return find(what, theme, {number: [name, number] for number, name in codebook.theme_names.items()})


def find_code(codebook: Codebook, code: str) -> str:
    """Find a code by its number or its name; see `find`."""
    return find("code", code, {number: [f"{number} {name}", number, name] for number, name in codebook.names.items()})


def find_direction(direction: str) -> str:
    """Find a direction by the coders' word or by what it is called on a page; see `find`."""
    return find("direction", direction, {str(key): [str(key), head] for key, head in DIRECTION_HEADS.items()})


def find_interview(material: Material, interview: str) -> str:
    """Find an interview, or an open question, by its id or its title; see `find`."""
    here = material.places.drop_duplicates("interview")
    titles = zip(here["interview"], here["title"], strict=True)
    return find("interview", interview, {ident: [title, ident] for ident, title in titles})
