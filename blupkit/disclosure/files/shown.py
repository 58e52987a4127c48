"""What is shown of a release, where the notebooks read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core.files import write_whole
from blupkit.disclosure.files.plain import plain_tables, read_with, safe_tables
from blupkit.disclosure.quantities import KEY
from blupkit.disclosure.release import Release

#: What holds the evaluations, which are decided by themselves, in both files.
EVALUATED: Final = "evaluated"


def write_release(release: Release, path: Path) -> None:
    """Write a release where the notebooks read it: what is shown, and nothing that is hidden.

    Parameters
    ----------
    release : Release
        What `suppress` decided.
    path : pathlib.Path
        The file, JSON.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_release(release, path)
    >>> '"value"' in path.read_text("utf-8"), read_release(path)["niveau"].frame["n"].tolist()
    (True, [<NA>, <NA>, 9])
    """
    write_whole(path, json.dumps(_shown(release), ensure_ascii=False))


def _shown(release: Release) -> dict[str, Any]:
    content = {
        "source": release.source,
        "audit": {name: getattr(release, name) for name in ("targets", "narrowest", "passed", "unproven")},
        "decisions": release.decisions.to_dict("records"),
        **{name: value for name in ("notes", "program", "quotes") if (value := getattr(release, name))},
        "tables": plain_tables(release.tables),
        "common": plain_tables(release.common),
    }
    return content | ({EVALUATED: _shown(release.evaluated)} if release.evaluated else {})


def read_release(path: Path) -> Release:
    """Read what `write_release` wrote.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Release
        The tables with the types they had.

    Raises
    ------
    FileError
        There is no such file, or it is no release.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_release(release, path)
    >>> read_release(path).passed
    True
    """
    return read_with(path, _release, "en udgivelse fra blupkit", "Lav siderne igen med »blupkit render«.")


def _release(content: Mapping[str, Any]) -> Release:
    decisions = pd.DataFrame(content["decisions"], columns=[*KEY, "reason"], dtype="str")
    # One that an earlier version wrote has no numbers of all beside those of a municipality, and no quotes.
    told = {"notes": tuple(content.get("notes", ())), "program": content.get("program", "")}
    told |= {"common": safe_tables(content.get("common", {})), "quotes": tuple(content.get("quotes", ()))}
    told |= {EVALUATED: _release(content[EVALUATED])} if EVALUATED in content else {}
    return Release(safe_tables(content["tables"]), decisions, **content["audit"], source=content["source"], **told)
