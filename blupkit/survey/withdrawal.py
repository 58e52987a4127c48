"""Taking a respondent out of the survey's own file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from blupkit.core import STUDY_FILE, DataError, Fault, Study
from blupkit.core.reading.changed import changed_rows
from blupkit.core.reading.workbook import WORKBOOKS
from blupkit.survey.reading.exports import data_sheets, read_export
from blupkit.survey.reading.placing import place_respondents
from blupkit.survey.reading.spss import without_cases

#: As many answers in a row, so many of them different, are one person's.
RUN: Final = 10
DIFFERENT: Final = 3


def rows_of(study: Study, respondent: str) -> list[int]:
    """Find the rows of a respondent in the export, those that rules set aside among them.

    Parameters
    ----------
    study : Study
        The study. Without `besvarelse_id` the id is the row's number.
    respondent : str
        The id, as `check` tells it.

    Returns
    -------
    list of int
        The rows as a spreadsheet numbers them; none where there is no such id.

    Raises
    ------
    FileError, DataError
        The export cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> rows_of(example_study(), "3"), rows_of(example_study(), "99")
    ([4], [])
    """
    people, _ = place_respondents(study, read_export(study))
    return [int(str(row)) for row in people.index[people["respondent"] == respondent]]


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


def row_search(study: Study, rows: Collection[int]) -> Callable[[str], bool]:
    """Prepare a search for other copies of some rows of the export.

    Parameters
    ----------
    study : Study
        The study.
    rows : collection of int
        What `rows_of` found.

    Returns
    -------
    callable
        Tells of a text whether so many cells of a row stand in it side by side, with three of them different.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> found = row_search(example_study(), [2])
    >>> found("1;Nordby;L;5;3;4;3;3;;1;0;Mere tid til møder"), found("1;Nordby;L;5;3")
    (True, False)
    """
    data = read_export(study).data
    stretches = {
        separator.join(cells[start : start + RUN])
        for row in rows
        for cells in data.loc[[row]].astype(str).to_numpy().tolist()
        for start in range(max(len(cells) - RUN, 0) + 1)
        for separator in ";\t,"
        if len(set(cells[start : start + RUN])) >= DIFFERENT
    }
    return lambda text: any(stretch in text for stretch in stretches)


def data_without(study: Study, rows: Collection[int]) -> dict[str, bytes]:
    r"""Give the export without what stands in some rows.

    The rows stay, and are empty: every other respondent keeps the row's number, which is the id where the study has no
    other, and what hangs on it. A text file keeps every other byte. Only in an SPSS file, where an empty case would be
    somebody who did not answer, the case goes.

    Parameters
    ----------
    study : Study
        The study; not changed.
    rows : collection of int
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
    >>> lines = data_without(study, [4])["spoergeskema/svar.csv"].decode().split("\n")
    >>> set(lines[3]), len(lines[2]) > len(lines[3])
    ({';'}, True)
    """
    name = study.survey_files.data
    path = study.path(name)
    if not rows:
        return {}
    if path.suffix.lower() in {".sav", ".zsav"}:
        _check_ids(study)
        return {name: without_cases(path, name, rows)}
    sheets = data_sheets(study) if path.suffix.lower() in WORKBOOKS else ()
    return {name: changed_rows(path, name, lambda row, cells: [""] * len(cells) if row in rows else cells, sheets)}


def _check_ids(study: Study) -> None:
    if study.survey_files.respondent is None:
        action = "Skriv den først; ellers får de andre besvarelser nye numre, når én er væk."
        found, expected = "ingen besvarelse_id", "kolonnen med besvarelsernes id"
        raise DataError(Fault(STUDY_FILE, found, expected, action, column="spoergeskema.besvarelse_id"))
