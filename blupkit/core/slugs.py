"""Names of files and folders. It imports next to nothing: the command line asks for a folder before anything else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from hashlib import blake2s


def slug(name: str) -> str:
    """Turn a name into a file name that every system takes.

    Parameters
    ----------
    name : str
        For example the name of a municipality. One without any of the letters a to z gets a number that is its own.

    Examples
    --------
    >>> slug("Faaborg-Midtfyn"), slug("Sønderborg Kommune"), slug("Næstved")
    ('faaborg-midtfyn', 'soenderborg-kommune', 'naestved')
    >>> slug("Κάτω"), slug("…")
    ('navn-4977c910', '')
    """
    plain = name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    ascii_only = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if ascii_only or not any(letter.isalnum() for letter in plain):
        return ascii_only
    return f"navn-{blake2s(plain.encode(), digest_size=4).hexdigest()}"


def plain_name(text: str) -> str:
    """Write a municipality's name so that case, "Kommune", hyphens, and aa for å do not matter.

    Parameters
    ----------
    text : str
        As somebody wrote it.

    Examples
    --------
    >>> plain_name("Faaborg-Midtfyn Kommune") == plain_name("fåborg midtfyn")
    True
    """
    plain = text.casefold().replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    plain = re.sub(r"\bkommunes?\b", "", plain)
    return re.sub(r"[\W_]+", "", plain)


def claimed_twice(owners: Mapping[str, Set[str]]) -> list[str]:
    """Find what belongs to two owners, so that nobody can say whose it is.

    Parameters
    ----------
    owners : mapping of str to set of str
        Who → what is theirs.

    Returns
    -------
    list of str
        Each said with its owners.

    Examples
    --------
    >>> claimed_twice({"lærere": {"l", "1"}, "ledere": {"d", "1"}})
    ['»1« (lærere, ledere)']
    """
    every = sorted({each for theirs in owners.values() for each in theirs if each})
    whose = {each: [owner for owner, theirs in owners.items() if each in theirs] for each in every}
    return [f"»{each}« ({', '.join(found)})" for each, found in whose.items() if len(found) > 1]


def themes_table(question: str) -> str:
    """Name the table of a release that says how many write of each theme in their answers to an open question.

    Parameters
    ----------
    question : str
        The question's variable.

    Examples
    --------
    >>> themes_table("aab1")
    'temaer_aab1'
    """
    return f"temaer_{question}"
