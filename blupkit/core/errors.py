"""What is wrong, said so that a person can mend it: where, what stands there, what was expected, what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

SHOWN_AT_ONCE = 10
#: What stands in a list of faults that may be sent, where the words are somebody's own.
KEPT_BACK: Final = "noget, som kun vises i intern/"
#: What a fault repeats of them: a quotation, to its last mark; and what was perhaps meant.
_REPEATED: Final = re.compile(r"».*«", re.DOTALL)
_MEANT: Final = re.compile(r"^Mente du .*?\?\s*", re.DOTALL)
#: What the program itself quotes before any word of theirs: a command, a setting by name, a column that it misses.
_OURS: Final = re.compile(r"[^»«]*»(?:blupkit [^»«]*«|[^»«]*«(?= i study\.toml)|(?<=Tilføj kolonnen »)[^»«]*«)")


class Level(StrEnum):
    """How bad a fault is, as the consultant reads it.

    Examples
    --------
    >>> f"{Level.SERIOUS}, {Level.WARNING}"
    'fejl, advarsel'
    """

    SERIOUS = "fejl"
    WARNING = "advarsel"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one place.

    Parameters
    ----------
    file : str
        The file's name as the consultant knows it, relative to the study folder.
    found : str
        What stands there, in Danish.
    expected : str
        What was expected instead, in Danish.
    action : str
        What to do about it, in Danish.
    row : int, optional
        The row as a spreadsheet or an editor shows it: the first line of the file is 1.
    column : str, optional
        The column, variable or setting.
    respondent : str, optional
        The respondent's id in the export.
    level : Level
        A serious one stops the run; with a warning the rest is used and the report says what was set aside.
    quotes : bool
        Whether `found` is what stands in the file, and not the program's own words for it: what people said and
        answered must not be told to whoever gets the list of faults. `expected` and `action` may repeat it in »«.

    Examples
    --------
    >>> print(Fault("study.toml", "430x", "et helt tal", "Ret tallet.", column="kode"))
    study.toml, indstilling »kode«: Her står »430x«. Forventet: et helt tal. Ret tallet.
    """

    file: str
    found: str
    expected: str
    action: str
    row: int | None = None
    column: str = ""
    respondent: str = ""
    level: Level = Level.SERIOUS
    quotes: bool = True

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", række {self.row}"
        if self.respondent:
            place += f", besvarelse {self.respondent}"
        if self.column:
            kind = "indstilling" if self.file.endswith(".toml") else "kolonne"
            place += f", {'valgmulighed' if self.column.startswith('--') else kind} »{self.column}«"
        return f"{place}: Her står »{self.found}«. Forventet: {self.expected}. {self.action}"


class BlupkitError(Exception):
    """The base of everything that blupkit tells a user: one or more faults.

    Parameters
    ----------
    faults : Fault or iterable of Fault
        What is wrong; the message shows the first ten.

    Examples
    --------
    >>> error = BlupkitError([Fault("a.csv", "6", "1-5", "Ret koden.", row=row) for row in range(2, 14)])
    >>> len(error.faults), str(error).splitlines()[-1]
    (12, '… og 2 mere.')
    """

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        lines = [str(fault) for fault in self.faults[:SHOWN_AT_ONCE]]
        more = len(self.faults) - SHOWN_AT_ONCE
        if more > 0:
            lines.append(f"… og {more} mere.")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[BlupkitError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class FileError(BlupkitError):
    """A file cannot be read as what it should be.

    Examples
    --------
    >>> raise FileError(Fault("svar.xlsx", "ingen fil", "en fil", "Læg filen i mappen."))
    Traceback (most recent call last):
    blupkit.core.errors.FileError: svar.xlsx: Her står »ingen fil«. Forventet: en fil. Læg filen i mappen.
    """


class DataError(BlupkitError):
    """A file was read, but its content cannot be used.

    Examples
    --------
    >>> raise DataError(Fault("svar.csv", "6", "1-5", "Ret koden.", row=3, column="k1"))
    Traceback (most recent call last):
    blupkit.core.errors.DataError: svar.csv, række 3, kolonne »k1«: Her står »6«. Forventet: 1-5. Ret koden.
    """


class DisclosureError(BlupkitError):
    """Going on would give away who answered what.

    Examples
    --------
    >>> raise DisclosureError(Fault("en side", "et skjult tal", "intet skjult tal", "Send den ikke."))
    Traceback (most recent call last):
    blupkit.core.errors.DisclosureError: en side: Her står »et skjult tal«. Forventet: intet skjult tal. Send den ikke.
    """


def one_of(allowed: Iterable[str]) -> str:
    """Say what was expected where it had to be one of a few words.

    Parameters
    ----------
    allowed : iterable of str
        In the order they are to be named.

    Returns
    -------
    str
        "" where there is none.

    Examples
    --------
    >>> one_of(["svar", "ved_ikke", "uoplyst"])
    'svar, ved_ikke eller uoplyst'
    """
    from blupkit.core.danish import listing  # it takes its time to import, and most commands end well

    return listing(allowed, "eller")


def did_you_mean(
    name: str, known: Iterable[str] | Mapping[str, str], otherwise: str = "Vælg en af dem.", cutoff: float = 0.6
) -> str:
    """Say which of the known names was probably meant.

    Parameters
    ----------
    name : str
        What stands there.
    known : iterable of str, or mapping of str to str
        What there is, or each way to spell it → what to call it; whatever the case.
    otherwise : str
        What to say where none is close.
    cutoff : float
        How alike two names must be, from 0 to 1 (`difflib.get_close_matches`).

    Returns
    -------
    str
        One Danish sentence.

    Examples
    --------
    >>> did_you_mean("Aldr", ["alder", "tid"]), did_you_mean("xyz", ["alder"])
    ('Mente du »alder«?', 'Vælg en af dem.')
    >>> did_you_mean("ikke opfyldt", ["aftalt", "opfyldt"])
    'Vælg en af dem.'
    """
    called = known if isinstance(known, Mapping) else {one: one for one in known}
    # "ikke opfyldt" resembles what it denies.
    denied = name.casefold().startswith("ikke ")
    told = {spelt.casefold(): one for spelt, one in called.items() if spelt.casefold().startswith("ikke ") == denied}
    close = difflib.get_close_matches(name.casefold(), told, n=1, cutoff=cutoff)
    return f"Mente du »{told[close[0]]}«?" if close else otherwise


def cell_faults(
    file: str, cells: pd.Series, expected: str, action: str, column: str, level: Level = Level.SERIOUS
) -> list[Fault]:
    """Give a fault for each of some cells of a column.

    Parameters
    ----------
    file, expected, action, column : str
        As in `Fault`.
    cells : pandas.Series
        What stands in them, by row; an empty cell is told as "ingenting".
    level : Level
        As in `Fault`.

    Examples
    --------
    >>> import pandas as pd
    >>> [fault] = cell_faults("skala.csv", pd.Series(["x"], index=[7]), "et tal", "Ret koden.", "kode")
    >>> print(fault)
    skala.csv, række 7, kolonne »kode«: Her står »x«. Forventet: et tal. Ret koden.
    """
    return [
        Fault(
            file, str(cell) or "ingenting", expected, action, int(str(row)), column, level=level, quotes=bool(str(cell))
        )
        for row, cell in cells.items()
    ]


def raise_serious(faults: Iterable[Fault]) -> None:
    """Stop where something is so wrong that the rest cannot be used; warnings pass.

    Parameters
    ----------
    faults : iterable of Fault
        What was found while reading.

    Raises
    ------
    DataError
        All serious ones at once.

    Examples
    --------
    >>> raise_serious([Fault("a.csv", "6", "1-5", "Ret koden.", level=Level.WARNING)])
    >>> raise_serious([Fault("a.csv", "6", "1-5", "Ret koden.")])
    Traceback (most recent call last):
    blupkit.core.errors.DataError: a.csv: Her står »6«. Forventet: 1-5. Ret koden.
    """
    serious = [fault for fault in faults if fault.level == Level.SERIOUS]
    if serious:
        raise DataError(serious)


def fault_table(faults: Iterable[Fault]) -> pd.DataFrame:
    """Put faults into a table, one row a fault, in the order given.

    Parameters
    ----------
    faults : iterable of Fault
        May be empty.

    Returns
    -------
    pandas.DataFrame
        The columns of `Fault`; `row` is a nullable integer.

    Examples
    --------
    >>> fault_table([Fault("a.csv", "6", "1-5", "Ret koden.", row=3)])[["file", "row", "found"]]
        file  row found
    0  a.csv    3     6
    """
    import pandas as pd  # slow to import, and a study is read before anything needs it

    table = pd.DataFrame(
        [asdict(fault) | {"level": str(fault.level)} for fault in faults],
        columns=[field.name for field in fields(Fault)],
    )
    return table.astype({"row": "Int64"})


def without_words(table: pd.DataFrame, public: Collection[str]) -> pd.DataFrame:
    """Give a fault table that may be sent on: place, kind and action, and nothing that anybody said or answered.

    An action keeps the command and the setting that mend it, as long as they stand before what it repeats.

    Parameters
    ----------
    table : pandas.DataFrame
        What `fault_table` returned; not changed.
    public : collection of str
        The files that hold no word of a participant: what stands there is told.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns.

    Examples
    --------
    >>> said = Fault("interview/fg1.vtt", "Så sagde jeg op", "de ord, der nu står: »Jeg sagde op«", "Ret den.", row=3)
    >>> table = without_words(fault_table([said, Fault("study.toml", "fem", "et tal", "Ret tallet.")]), {"study.toml"})
    >>> table[["found", "expected"]].to_numpy().tolist()
    [['noget, som kun vises i intern/', 'de ord, der nu står: »…«'], ['fem', 'et tal']]
    """
    private = table["quotes"].astype(bool) & ~table["file"].isin(list(public))
    return table.assign(
        found=table["found"].mask(private, KEPT_BACK),
        expected=table["expected"].mask(private, table["expected"].str.replace(_REPEATED, "»…«", regex=True)),
        action=table["action"].mask(private, table["action"].map(_own_words)),
    )


def _own_words(action: str) -> str:
    says, start = _MEANT.sub("", action), 0
    while ours := _OURS.match(says, start):
        start = ours.end()
    return says[:start] + _REPEATED.sub("»…«", says[start:]) or "Ret det."
