"""Taking a respondent out of the survey's own file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from blupkit.core import STUDY_FILE, DataError, Fault, Study
from blupkit.core.reading.changed import ChangeRow, changed_rows
from blupkit.core.reading.workbook import WORKBOOKS, Book
from blupkit.core.sections import System
from blupkit.survey.reading.exports import SPSS, data_sheets, raw_table, read_export
from blupkit.survey.reading.origin.repeats import rows_in_repeats
from blupkit.survey.reading.origin.rows import rows_of_same
from blupkit.survey.reading.placing import place_respondents
from blupkit.survey.reading.spss import without_cases

#: As many answers in a row, so many of them different, are one person's.
RUN: Final = 10
DIFFERENT: Final = 3
#: A number as long as this is given to one answer only.
_LONG: Final = 16


class Rows(NamedTuple):
    """Where a respondent stands in the export.

    Parameters
    ----------
    own : list of int
        The rows with their answers, as a spreadsheet numbers them.
    repeated : mapping of str to list of int
        The sheets of Kobo's repeated groups → their rows there.
    """

    own: list[int]
    repeated: Mapping[str, list[int]] = {}

    @property
    def counted(self) -> dict[str, int]:
        """Say how many there are, in Danish."""
        again = sum(map(len, self.repeated.values()))
        return {
            "rækker i filen med svar": len(self.own),
            "rækker i andre ark, hvor personen har svaret flere gange": again,
        }


def rows_of(study: Study, respondent: str) -> Rows:
    """Find the rows of a respondent in the export, those that are set aside or no respondents among them.

    Parameters
    ----------
    study : Study
        The study. Without `besvarelse_id` the id is the row's number.
    respondent : str
        The id, as `check` tells it.

    Returns
    -------
    Rows
        None where there is no such id.

    Raises
    ------
    FileError, DataError
        The export cannot be read, or a sheet of it does not say to whom its rows belong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> rows_of(example_study(), "3").own, rows_of(example_study(), "99").own
    ([4], [])
    """
    people, _ = place_respondents(study, read_export(study))
    named = [int(str(row)) for row in people.index[people["respondent"] == respondent]]
    files, table = raw_table(study)
    system = files.format or System.TABLE
    rows = rows_of_same(table, system, named, {files.respondent or "": respondent})
    path, name = study.path(files.data), files.data
    if system != System.KOBO or path.suffix.lower() not in WORKBOOKS:
        return Rows(rows)
    answers = data_sheets(study)
    sheets = [answers[0], *(sheet for sheet in Book(path, name).sheets if sheet not in answers)]
    return Rows(rows, rows_in_repeats(path, name, sheets, table, rows))


def unknown_respondent() -> DataError:
    """Say that there is no such respondent, without saying whom was asked for.

    Examples
    --------
    >>> raise unknown_respondent()
    Traceback (most recent call last):
    blupkit.core.errors.DataError: --respondent: Her står »en, der ikke findes«. Forventet: et besvarelses-id, ...
    """
    expected = "et besvarelses-id, som »blupkit check« skriver det"
    return DataError(Fault("--respondent", "en, der ikke findes", expected, "Se efter, og prøv igen."))


def row_search(study: Study, rows: Rows) -> Callable[[str], bool]:
    """Prepare a search for other copies of some rows of the export.

    Parameters
    ----------
    study : Study
        The study.
    rows : Rows
        What `rows_of` found.

    Returns
    -------
    callable
        Tells of a text whether so many cells of a row stand in it side by side, with three of them different and as
        in no other row; or the long number that Kobo gives an answer, and writes in every file of it.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> found = row_search(example_study(), Rows([2]))
    >>> found("1;Nordby;L;5;3;4;3;3;;1;0;Mere tid til møder"), found("1;Nordby;L;5;3")
    (True, False)
    >>> found("1|Nordby|L|5|3|4|3|3||1|0|Mere tid til møder")
    True
    """
    table = raw_table(study)[1].astype(str)
    mine = table.index.isin(rows.own)
    others = "\n".join(map(";".join, table[~mine].to_numpy().tolist()))
    stretches = {
        separator.join(cells[start : start + RUN])
        for cells in table[mine].to_numpy().tolist()
        for start in range(max(len(cells) - RUN, 0) + 1)
        for separator in ";\t,|"
        if len(set(cells[start : start + RUN])) >= DIFFERENT and ";".join(cells[start : start + RUN]) not in others
    }
    stretches |= {number for number in table[mine].get("_uuid", ()) if len(number) >= _LONG}
    return lambda text: any(stretch in text for stretch in stretches)


def data_without(study: Study, rows: Rows) -> dict[str, bytes]:
    r"""Give the export without what stands in some rows.

    The rows stay, and are empty: every other respondent keeps the row's number, which is the id where the study has no
    other, and what hangs on it. A text file keeps every other byte. Only in an SPSS file, where an empty case would be
    somebody who did not answer, the case goes.

    Parameters
    ----------
    study : Study
        The study; not changed.
    rows : Rows
        What `rows_of` found.

    Returns
    -------
    dict of str to bytes
        The file's name in the study's folder → what it is to hold; nothing where there are no rows.

    Raises
    ------
    FileError
        The file cannot be read, or not be written again without loss; then nothing is to be changed.
    DataError
        An SPSS file is the study's, and its respondents have no other id than their case's number.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> lines = data_without(study, Rows([4]))["spoergeskema/svar.csv"].decode().split("\n")
    >>> set(lines[3]), len(lines[2]) > len(lines[3])
    ({';'}, True)
    """
    name = study.survey_files.data
    path = study.path(name)
    if not rows.own:
        return {}
    if path.suffix.lower() in SPSS:
        _check_ids(study)
        return {name: without_cases(path, name, rows.own)}
    emptied = _emptied(rows.own)
    sheets = dict.fromkeys(data_sheets(study), emptied) if path.suffix.lower() in WORKBOOKS else {}
    sheets |= {sheet: _emptied(there) for sheet, there in rows.repeated.items()}
    return {name: changed_rows(path, name, emptied, sheets)}


def _emptied(rows: Collection[int]) -> ChangeRow:
    return lambda row, cells: [""] * len(cells) if row in rows else cells


def _check_ids(study: Study) -> None:
    if study.survey_files.respondent is None:
        action = "Skriv den først; ellers får de andre besvarelser nye numre, når én er væk."
        found, expected = "ingen besvarelse_id", "kolonnen med besvarelsernes id"
        raise DataError(Fault(STUDY_FILE, found, expected, action, column="spoergeskema.besvarelse_id"))
