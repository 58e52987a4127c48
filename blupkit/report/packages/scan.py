"""The last look before anything is sent: whether a file holds what its reader must not see."""

from __future__ import annotations

import getpass
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.danish import MONTHS
from blupkit.core.excerpts import Search, plain
from blupkit.core.language import is_ordinary_word
from blupkit.core.slugs import slug
from blupkit.core.study import ALL, Study
from blupkit.report.packages.lines import Lines, table_of
from blupkit.report.packages.numbers_of import PRECISE, PRINTED, Known, known_numbers, numbers_in
from blupkit.report.packages.passage import WHOLE, Kind, Passage
from blupkit.report.packages.readable import passages

#: Where a file is not for the readers of one municipality, but for those of all.
EVERYBODY: Final = "projektgruppe"
HIDDEN: Final = "et tal, som denne læser ikke må se"
OTHERS: Final = "et tal for en anden kommune"
_PATH: Final = re.compile(
    r"(?<![\w./<])/(?:home|root|Users|tmp|var|usr|opt|mnt|media|Volumes|work|srv|etc|private|workspace)/\w"
    r"|\b[A-Za-z]:[\\/]+\w|\\\\[\w.$-]+\\+\w|\bfile:/|~[\\/]\w|%\w+%[\\/]|\blocalhost:\d"
)
#: Names that any machine has: they tell nothing, and are words besides.
_ANYBODY: Final = frozenset({"root", "user", "bruger", "admin", "runner", "jovyan", "localhost", "ubuntu", "build"})
#: Days and times of day, and what figures are numbered as, which are no results: "21.9.2022", "den 21. september",
#: "9.-16. december", "2022-09-21T16:30", "kl. 16.30-20.00", "Figur 1.".
_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_DAY: Final = re.compile(
    rf"(?<![\w.,])(?:\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d|(?:\d{{1,2}}\.-)?\d{{1,2}}\. ?{_MONTH}|(?:Figur|Tabel) \d+\."
    r"|(?:19|20)\d\d-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?"
    r"|kl\. ?\d{1,2}\.\d\d(?:-\d{1,2}\.\d\d)?|(?:19|20)\d\d)(?![\w,]|\.\d)"
)
#: How long something lasts and how many there is room for, which are no results of those it is for.
_LASTS: Final = re.compile(r"(?<![\w.,-])(?:\d{1,3}½?\s(?:timer?|minutter)|plads til \d{1,3}(?![\d.,]\d))\b")
_SHORTEST_NAME: Final = 3


@dataclass(frozen=True, eq=False)
class Secrets:
    """What must not be found in what is sent.

    Parameters
    ----------
    searches : mapping of str to callable
        What it is, in Danish → the search for it.
    local : mapping of str to callable
        What must not be found on one municipality's own pages either, such as a quote.
    numbers : pandas.DataFrame
        `label`, `value`, `low`, `high`, `n`, `highest`: all numbers, those that are hidden too.
    shown : mapping of str to pandas.DataFrame
        A municipality's slug or "alle" → the same columns, for what its pages may show.
    public : tuple of str
        What may stand anywhere: publisher, contact, the name of a test that is a surname too.
    groups : frozenset of str
        Names of lines that are groups of people: in a drawing they stand in its legend, and no result follows them.
    measures : frozenset of str
        What numbers are called: "Andel, 45-59 år" in a cell by itself, or "45-59 år" in a legend, holds no result.

    Examples
    --------
    >>> nothing = pd.DataFrame(columns=["label", "value", "low", "high", "n", "highest"])
    >>> secrets = Secrets({"et navn": lambda text: "Birthe" in text}, {}, nothing, {ALL: nothing})
    >>> [what for what, search in secrets.searches.items() if search("Tak til Birthe")]
    ['et navn']
    """

    searches: Mapping[str, Search]
    local: Mapping[str, Search]
    numbers: pd.DataFrame
    shown: Mapping[str, pd.DataFrame]
    public: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()


class Leak(NamedTuple):
    """One thing that must not be sent.

    Parameters
    ----------
    place : str
        Where it is in the file, never with its words.
    what : str
        What it is.
    """

    place: str
    what: str


class Scan:
    """A search that is prepared once and used on every file.

    Parameters
    ----------
    secrets : Secrets
        What is searched for.
    study : Study
        Its municipalities' names.

    Examples
    --------
    Of the gaps 3,1 and 0,9 this reader may see the first.

    >>> columns = ["label", "value", "low", "high", "n", "highest"]
    >>> rows = [("søge fonde", 3.1, None, None, 7, 4.0), ("søge fonde", 0.9, None, None, 5, 4.0)]
    >>> every = pd.DataFrame(rows, columns=columns)
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> scan = Scan(Secrets({}, {}, every, {ALL: every[:1]}), study)
    >>> scan.leaks("tabel.csv", "Søge fonde;3,1".encode(), ALL)
    []
    >>> scan.leaks("tabel.csv", "Søge fonde;0,9".encode(), ALL)
    [Leak(place='række 1', what='et tal, som denne læser ikke må se')]
    """

    def __init__(self, secrets: Secrets, study: Study) -> None:
        self.secrets = secrets
        self._all = known_numbers(secrets.numbers)
        groups, measures = ({name.casefold() for name in some} for some in (secrets.groups, secrets.measures))
        self._lines = Lines(self._all.by_label, groups, measures)
        public = sorted({plain(text) for text in secrets.public} - {""}, key=len, reverse=True)
        self._public = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, public)) or '(?!)'})(?![^\W_])")
        # Packages are much alike: the same words stand on many pages, and in the files beside them.
        self._found = lru_cache(maxsize=200_000)(self._find)
        self._told = lru_cache(maxsize=200_000)(self._tell)
        self._known = cache(self._known_to)
        self._others = cache(partial(_names, study))
        self._searched = cache(self._search)  # the common pages are in every package

    def leaks(self, name: str, content: bytes, reader: str) -> list[Leak]:
        """Search a file.

        Parameters
        ----------
        name : str
            Its name in the package; it is searched too.
        content : bytes
            What is in it.
        reader : str
            Whose numbers may stand there: a municipality's slug, "alle", or `EVERYBODY`.

        Returns
        -------
        list of Leak
            Each place once; empty when nothing was found.
        """
        return self._searched(name, content, reader)

    def _search(self, name: str, content: bytes, reader: str) -> list[Leak]:
        found = [Passage(Kind.HIDDEN, "filens navn", name), *passages(name, content)]
        columns = self._lines.columns(found)
        leaks = list(dict.fromkeys(leak for passage in found for leak in self._in(passage, columns, reader)))
        placed = {leak.what for leak in leaks if leak.place != WHOLE}
        return [leak for leak in leaks if leak.place != WHOLE or leak.what not in placed]

    def _in(self, passage: Passage, columns: dict[str, str], reader: str) -> Iterator[Leak]:
        if passage.kind == Kind.FOREIGN:
            yield Leak(passage.place, passage.text)
            return
        text = self._public.sub(" ", plain(passage.text))
        own = reader not in {ALL, EVERYBODY}
        yield from (Leak(passage.place, what) for what in self._found(text, own))
        if passage.place != WHOLE and any(map(str.isdecimal, text)):
            column, elsewhere = columns.get(table_of(passage), ""), replace(passage, place="")
            yield from (Leak(passage.place, what) for what in self._told(elsewhere, column, text, reader))

    def _find(self, text: str, own: bool) -> tuple[str, ...]:
        searches = {**self.secrets.searches, **self.secrets.local} if own else self.secrets.searches
        return tuple(what for what, search in searches.items() if search(text))

    def _tell(self, passage: Passage, column: str, text: str, reader: str) -> tuple[str, ...]:
        return tuple(self._numbers(passage, column, text, reader))

    def _numbers(self, passage: Passage, column: str, text: str, reader: str) -> Iterator[str]:
        numbers = list(numbers_in(text))
        if not numbers:
            return
        own = self._known(reader)
        if any(
            number.decimals >= PRECISE and self._all.holds_precisely(number) and not own.holds_precisely(number)
            for number in numbers
        ):
            yield HIDDEN
        if self._is_of_others(passage.kind, text, reader):
            yield OTHERS
        exact = passage.kind in {Kind.ROW, Kind.FIGURE}
        for labels, part in self._lines.of(passage, column):
            printed = [
                number
                for number in numbers_in(_LASTS.sub(" ", _DAY.sub(" ", part)))
                if number.decimals in PRINTED and (exact or number.counted)
            ]
            if any(self._all.tells(labels, number) and not own.holds(labels, number) for number in printed):
                yield HIDDEN

    def _known_to(self, reader: str) -> Known:
        tables = self.secrets.shown
        return known_numbers(pd.concat(tables.values()) if reader == EVERYBODY else tables.get(reader, tables[ALL]))

    def _is_of_others(self, kind: Kind, text: str, reader: str) -> bool:
        """Tell whether a number stands beside the name of a municipality whose numbers these are not."""
        names = self._others(reader)
        if kind == Kind.HIDDEN:  # the name of a file has no capitals
            text = text.upper()
        return names(text) and any(numbers_in(_DAY.sub(" ", text)))


def _names(study: Study, reader: str) -> Search:
    others = [each for each in study.municipalities if reader not in {each.slug, EVERYBODY}]
    names = {name for each in others for name in (each.name, each.short, each.slug, *each.spellings)}
    names = {name for name in names if len(name) >= _SHORTEST_NAME}
    words = {name for name in names if is_ordinary_word(name)}
    # Written as in the name of a file, so that blanks, dashes and "å" for "aa" make no difference.
    telling = "|".join(sorted(map(slug, names - words))) or "(?!)"
    written = re.compile(rf"-(?:{telling})(?:-?s)?-")
    # "Vejen" is a municipality, and "vejen" is the road.
    capitals = "|".join(sorted({form for name in words for form in (name.capitalize(), name.upper())})) or "(?!)"
    named = re.compile(rf"(?<![^\W_])(?:{capitals})['’]?[sS]?(?![^\W_])")
    return lambda text: bool(written.search(f"-{slug(text)}-") or named.search(text))


def machine_search(folders: Iterable[Path]) -> Search:
    """Prepare a search for what tells of the machine: paths, and the names of its user and of itself.

    Parameters
    ----------
    folders : iterable of pathlib.Path
        Folders whose paths must not be told, such as the study's.

    Returns
    -------
    callable
        Tells of a text whether it holds any.

    Examples
    --------
    >>> found = machine_search([Path("/srv/data/proeve")])
    >>> found("Lavet af /srv/data/proeve/study.toml"), found("Se C:/Data/abc"), found("en/anden sti")
    (True, True, False)
    """
    paths = {str(folder.resolve()) for folder in [*folders, Path.home(), Path.cwd()]}
    paths = {path for path in paths if len(Path(path).parts) > 1}
    names = {socket.gethostname().casefold()}
    with suppress(KeyError, OSError):  # a container's user may have no name
        names.add(getpass.getuser().casefold())
    telling = [name for name in names - _ANYBODY if len(name) >= _SHORTEST_NAME and not is_ordinary_word(name)]
    pattern = re.compile("|".join([*map(re.escape, sorted(paths, key=len, reverse=True)), _PATH.pattern]))
    words = "|".join(map(re.escape, telling))
    named = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE) if words else None
    return lambda text: bool(pattern.search(text) or (named and named.search(text)))
