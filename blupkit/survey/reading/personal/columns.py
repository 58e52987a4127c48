"""Which columns of an export tell who somebody is, and what the study says of each."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault
from blupkit.survey.reading.personal.contents import LOOKED_AT, content_kind
from blupkit.survey.reading.personal.headings import Sign, heading_sign

#: What the study says of a column that looks like it.
YES, NO = "ja", "nej"
#: What a box holds that can be ticked.
_TICKS: Final = frozenset(
    {"0", "1", "ja", "nej", "nei", "yes", "no", "y", "n", "x", "true", "false", "sand", "falsk", "checked", "unchecked"}
)


class Personal(NamedTuple):
    """A column that tells who somebody is, or may do so.

    Parameters
    ----------
    column : str
        Its name.
    kind : str
        What its cells are, for example "telefonnumre"; "" where only its name says so.
    kept : bool
        Whether the study says that it is none.
    sure : bool
        Whether nobody needs to be asked.
    """

    column: str
    kind: str = ""
    kept: bool = False
    sure: bool = True


class _Content(NamedTuple):
    """What the cells of a column are, and whether they are the ticks of a box."""

    kind: str
    ticks: bool


def personal_columns(
    data: pd.DataFrame,
    texts: Mapping[str, Iterable[str]],
    closed: Collection[str],
    decided: Mapping[str, str],
    named: Collection[str | None],
) -> list[Personal]:
    """Find the columns that tell who somebody is: by name, by wording, and by what stands in them.

    Tick boxes and questions with answers to choose between hold no personal data, whatever they are called. What an
    open question is called decides where it says nothing else; where such a word stands among others, the study must.

    Parameters
    ----------
    data : pandas.DataFrame
        The export, one column a variable.
    texts : mapping of str to iterable of str
        Column → how it was asked, where that is known.
    closed : collection of str
        Columns with answers to choose between.
    decided : mapping of str to str
        `personoplysninger` of the study: column or question → "ja" or "nej".
    named : collection of str or None
        Columns that the study names. Municipality and group are never taken away; what it names as id is told.

    Returns
    -------
    list of Personal
        In the order of the columns; those that the study keeps are there only when their cells say otherwise.

    Raises
    ------
    DataError
        The study decides on a column that there is not.

    Examples
    --------
    >>> data = pd.DataFrame({"q1": ["20 30 40 50", ""], "telefon": ["1", "0"], "Navn": ["", "Xx"]}, dtype="category")
    >>> [(one.column, one.kind) for one in personal_columns(data, {}, {"telefon"}, {}, set())]
    [('q1', 'telefonnumre'), ('Navn', '')]
    """
    said = _decisions(data, texts, decided)
    # Most columns hold the same codes: what those are is looked up once.
    known: dict[tuple[str, ...], _Content] = {}
    found = []
    for column, cells in data.items():
        if column not in named:
            written = _different(cells)
            content = known[written] if written in known else known.setdefault(written, _content(written))
            name = str(column)
            found.append(_personal(name, content, texts.get(name, ()), name in closed, said.get(name)))
    return [one for one in found if one is not None]


def _different(cells: pd.Series) -> tuple[str, ...]:
    """Give what is different in a column, or a part of it: what a column holds shows in that."""
    each = (cells if isinstance(cells.dtype, pd.CategoricalDtype) else cells.astype("category")).cat.categories
    return tuple(str(cell) for cell in each[:: max(len(each) // LOOKED_AT, 1)].tolist())


def _content(written: Collection[str]) -> _Content:
    ticks = _is_ticks(written)
    return _Content("" if ticks else content_kind(written), ticks)


def _personal(
    column: str, content: _Content, texts: Iterable[str], is_closed: bool, said: str | None
) -> Personal | None:
    kind = content.kind
    if said == NO:
        return Personal(column, kind, kept=True) if kind else None
    is_open = not is_closed and not content.ticks
    sign = max([heading_sign(column), *map(heading_sign, texts)]) if is_open else Sign.NONE
    if said == YES or sign == Sign.SURELY:
        return Personal(column, "" if sign == Sign.SURELY else kind)
    return Personal(column, kind, sure=bool(kind)) if kind or sign else None


def _is_ticks(written: Collection[str]) -> bool:
    filled = {cell.strip().casefold() for cell in written} - {""}
    return bool(filled) and filled <= _TICKS


def _decisions(data: pd.DataFrame, texts: Mapping[str, Iterable[str]], decided: Mapping[str, str]) -> dict[str, str]:
    if not decided:
        return {}
    known = {_plain(text): str(column) for column in data.columns for text in texts.get(str(column), ())}
    known |= {_plain(str(column)): str(column) for column in data.columns}
    faults = []
    for name in decided:
        if _plain(name) not in known:
            near = difflib.get_close_matches(_plain(name), list(known), n=1)
            action = f"Mente du »{known[near[0]]}«?" if near else "Ret navnet, eller fjern linjen."
            expected = "en kolonne i filen med svar"
            faults.append(Fault(STUDY_FILE, name, expected, action, column="spoergeskema.personoplysninger"))
    if faults:
        raise DataError(faults)
    return {known[_plain(name)]: answer for name, answer in decided.items()}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def keep_line(column: str) -> str:
    """Write what keeps a column, as it stands in `study.toml`.

    Examples
    --------
    >>> print(keep_line("navn_paa_projekt"))
    personoplysninger = { "navn_paa_projekt" = "nej" }
    """
    escaped = column.replace("\\", "\\\\").replace('"', '\\"')
    return f'personoplysninger = {{ "{escaped}" = "{NO}" }}'
