"""Which rows of an export are respondents, and which of them came to the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Fault, FileError, Level
from blupkit.core.sections import System
from blupkit.survey.reading.origin.conventions import CONVENTIONS, code_of

#: Qualtrics' `Status` as a number: bits of preview, test and spam; and in words.
_NO_RESPONDENT: Final = 1 | 2 | 8
_NO_RESPONDENT_WORDS: Final = re.compile(r"preview|test|spam", re.IGNORECASE)
#: What says that somebody came to the end, in each system's own column.
_FINISHED: Final = {"1", "true", "sand", "ja", "yes"}
_COMPLETE: Final = {"2", "complete"}
REPEATED: Final = "redcap_repeat_instrument", "Repeat Instrument"
_EVENT: Final = "redcap_event_name", "Event Name"


class Rows(NamedTuple):
    """The respondents' rows of an export, whether each came to the end (None where the system says nothing), faults."""

    table: pd.DataFrame
    finished: pd.Series | None = None
    faults: tuple[Fault, ...] = ()


def respondents(table: pd.DataFrame, system: System, asked: Collection[str], name: str) -> Rows:
    """Keep the rows that are respondents; what is left out is counted and told.

    Parameters
    ----------
    table : pandas.DataFrame
        What `headings.read_headed` gives.
    system : System
        Where it comes from.
    asked : collection of str
        The headings that are questions of the study.
    name : str
        The file, for messages.

    Returns
    -------
    Rows
        Qualtrics: without previews, tests and spam. REDCap: one row a record; the rows of a repeated instrument are no
        respondents, and those of several events are laid together. Kobo: without its row of tags.

    Raises
    ------
    FileError
        REDCap: the study asks for what was answered several times, so that a record has more than one answer.

    Examples
    --------
    >>> table = pd.DataFrame({"ResponseId": ["R_1", "R_2"], "Status": ["0", "Survey Preview"], "Q1": ["1", "2"]})
    >>> found = respondents(table, System.QUALTRICS, {"Q1"}, "svar.csv")
    >>> found.table["Q1"].tolist(), len(found.faults)
    (['1'], 1)
    """
    if system == System.KOBO:
        return Rows(_without_tags(table))
    if system == System.SLIDO:
        return Rows(_without_kinds(table))
    if system == System.QUALTRICS:
        return _qualtrics(table, name)
    if system == System.REDCAP:
        return _redcap(table, asked, name)
    if system == System.LIMESURVEY:
        sent = _cells(table, "submitdate", "Date submitted")
        return Rows(table, None if sent is None else sent != "")
    if system == System.ALCHEMER:
        status = _cells(table, "Status")
        return Rows(table, None if status is None else status.str.casefold() == "complete")
    return Rows(table)


def rows_of_same(table: pd.DataFrame, system: System, rows: Collection[int], named: Mapping[str, str]) -> list[int]:
    """Add to the rows of a respondent those that the system wrote of the same one, and `respondents` left out.

    Parameters
    ----------
    table : pandas.DataFrame
        What `headings.read_headed` gives.
    system : System
        Where it comes from.
    rows : collection of int
        The respondent's own.
    named : mapping of str to str
        The column that the study names as id → theirs. A record may have no row of its own.

    Returns
    -------
    list of int
        REDCap: all rows of the record, each filling of a repeated instrument and each event. Else those given.

    Examples
    --------
    >>> table = pd.DataFrame({"record_id": ["7", "7", "8"], "redcap_repeat_instrument": ["", "besøg", ""]})
    >>> rows_of_same(table, System.REDCAP, [0], {})
    [0, 1]
    """
    if system != System.REDCAP:
        return sorted(rows)
    records = table[_record(table)].astype("str").str.strip()
    own = code_of(_record(table)).strip().casefold()
    named_so = {respondent for column, respondent in named.items() if column.strip().casefold() == own}
    theirs = (named_so | set(records[list(rows)])) - {""}
    return sorted({*rows, *map(int, records.index[records.isin(theirs)])})


def answered_again(table: pd.DataFrame, system: System) -> list[str]:
    """Name the columns in which a respondent has more than one answer, so that they are no questions of a study.

    Parameters
    ----------
    table : pandas.DataFrame
        What `headings.read_headed` gives.
    system : System
        Where it comes from.

    Returns
    -------
    list of str
        REDCap: what was filled in at a repeated instrument, or differently at two events. Else nothing.

    Examples
    --------
    >>> table = pd.DataFrame({"record_id": ["7", "7"], "redcap_repeat_instrument": ["", "besøg"], "note": ["", "x"]})
    >>> answered_again(table, System.REDCAP)
    ['note']
    """
    if system != System.REDCAP:
        return []
    repeated = _cells(table, *REPEATED)
    more = table.iloc[:0] if repeated is None else table[repeated != ""]
    once = table.drop(index=more.index)
    records = once[_record(once)].astype("str").str.strip()
    return [
        str(heading)
        for heading in table.columns.drop(_record(table))
        if not re.fullmatch(CONVENTIONS[system].own, code_of(str(heading)))
        and ((more[heading].astype("str").str.strip() != "").any() or len(_differing(once[heading], records)))
    ]


def _record(table: pd.DataFrame) -> str:
    """Name the column with the record's id: REDCap's first, unless another program has put its own before it."""
    named = (head for head in table.columns if str(head).strip().casefold() in {"record_id", "record id"})
    return str(next(named, table.columns[0]))


def _differing(cells: pd.Series, records: pd.Series) -> pd.Index:
    """Give the records that have different answers in their rows."""
    texts = cells.astype("str").str.strip()
    texts = texts[texts != ""]
    counts = texts.groupby(records.reindex(texts.index)).nunique()
    return counts.index[counts > 1]


def _cells(table: pd.DataFrame, *codes: str) -> pd.Series | None:
    """Give the cells of the first column with one of these codes, whatever the case."""
    wanted = {code.casefold() for code in codes}
    heading = next((head for head in table.columns if code_of(head).strip().casefold() in wanted), None)
    return None if heading is None else table[heading].astype("str").str.strip()


def _without_tags(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out Kobo's second heading, a row of HXL tags such as "#adm1+name"."""
    first = [cell for cell in table.iloc[0] if cell] if len(table) else []
    return table.iloc[1:] if first and all(cell.startswith("#") for cell in first) else table


def _without_kinds(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out Slido's second heading, which says what kind of poll each column is and is nobody's."""
    who = _cells(table, "Participant ID", "User ID")
    return table.iloc[1:] if who is not None and len(who) and not who.iloc[0] else table


def _qualtrics(table: pd.DataFrame, name: str) -> Rows:
    faults: list[Fault] = []
    status = _cells(table, "Status")
    if status is not None:
        out = status.map(_is_no_respondent).astype(bool)
        faults += _left_out(name, table.index[out], "prøver eller spam", "kun deltagernes egne besvarelser", "Status")
        table = table[~out]
    finished = _cells(table, "Finished")
    return Rows(table, None if finished is None else finished.str.casefold().isin(_FINISHED), tuple(faults))


def _is_no_respondent(status: str) -> bool:
    if status.isdigit():
        return bool(int(status) & _NO_RESPONDENT)
    return bool(_NO_RESPONDENT_WORDS.search(status))


def _left_out(name: str, rows: Iterable[object], what: str, expected: str, column: str) -> list[Fault]:
    numbers = [int(str(row)) for row in rows]
    if not numbers:
        return []
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    found = f"{len(numbers)} {'række' if len(numbers) == 1 else 'rækker'} med {what} ({shown})"
    action = "De er ikke talt med."
    return [Fault(name, found, expected, action, numbers[0], column, level=Level.WARNING, quotes=False)]


def _redcap(table: pd.DataFrame, asked: Collection[str], name: str) -> Rows:
    faults: list[Fault] = []
    repeated = _cells(table, *REPEATED)
    if repeated is not None and (repeated != "").any():
        more = table[repeated != ""]
        _check_not_asked(more, repeated[repeated != ""], asked, name)
        what = f"det, der er udfyldt flere gange ({', '.join(sorted(set(repeated) - {''})[:3])})"
        faults += _left_out(name, more.index, what, "én række for hver deltager", REPEATED[0])
        table = table[repeated == ""]
    table = _one_row_a_record(table, asked, name, faults)
    return Rows(table, _completed(table, asked), tuple(faults))


def _check_not_asked(rows: pd.DataFrame, repeated: pd.Series, asked: Collection[str], name: str) -> None:
    faults = []
    for heading in [head for head in rows.columns if head in asked and head != _record(rows)]:
        filled = rows[heading].astype("str").str.strip() != ""
        if filled.any():
            row = rows.index[filled][0]
            found = f"{int(filled.sum())} svar i »{repeated[row]}«, som er udfyldt flere gange"
            action = (
                "Tag spørgsmålet ud af spørgeskemaet, eller hent skemaet for sig i REDCap (Data Exports, kun dette"
                " instrument), og lav en undersøgelse af det."
            )
            faults.append(Fault(name, found, "ét svar fra hver deltager", action, int(row), heading, quotes=False))
    if faults:
        raise FileError(faults)


def _one_row_a_record(table: pd.DataFrame, asked: Collection[str], name: str, faults: list[Fault]) -> pd.DataFrame:
    """Lay the events of a record together, where each question was answered in one of them only."""
    event = _cells(table, *_EVENT)
    records = table[_record(table)].astype("str").str.strip()
    if event is None or not records.duplicated().any():
        return table
    text = table.astype("str")
    wrong = []
    for heading in [head for head in table.columns[1:] if head in asked]:
        differ = _differing(text[heading], records)
        if len(differ):
            row = int(text.index[(text[heading].str.strip() != "") & (records == differ[0])][0])
            found = f"forskellige svar fra samme deltager ved flere hændelser ({', '.join(event.unique()[:3])})"
            action = "Hent eksporten for én hændelse (event) i REDCap, eller lav en undersøgelse for hver."
            wrong.append(Fault(name, found, "ét svar fra hver deltager", action, row, heading, quotes=False))
    if wrong:
        raise FileError(wrong)
    first = ~records.duplicated()
    laid = text.mask(text == "").groupby(records, sort=False).first().fillna("")
    laid = laid.reindex(records[first]).set_axis(table.index[first])
    again = table.index[~first]
    faults += _left_out(name, again, "flere hændelser for samme deltager", "én række for hver deltager", _EVENT[0])
    return laid.assign(**{_record(table): text.loc[first, _record(table)]})[list(table.columns)]


def _completed(table: pd.DataFrame, asked: Collection[str]) -> pd.Series | None:
    """Say who completed every instrument that holds a question of the study; each ends with its own column."""
    done, holds = None, False
    for heading in table.columns:
        if not re.fullmatch(r"\w+_complete|Complete\?\d*", heading):
            holds |= heading in asked
            continue
        if holds:
            complete = table[heading].astype("str").str.strip().str.casefold().isin(_COMPLETE)
            done = complete if done is None else done & complete
        holds = False
    return done
