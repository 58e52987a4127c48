"""Names of files and folders. It imports next to nothing: the command line asks for a folder before anything else."""

from __future__ import annotations

import re


def slug(name: str) -> str:
    """Turn a name into a file name that every system takes.

    Parameters
    ----------
    name : str
        For example the name of a municipality.

    Examples
    --------
    >>> slug("Faaborg-Midtfyn"), slug("Sønderborg Kommune"), slug("Næstved")
    ('faaborg-midtfyn', 'soenderborg-kommune', 'naestved')
    """
    plain = name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


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
