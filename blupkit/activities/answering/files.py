"""The files with the answers to a form: our own table, or exports of a survey system, one for all or one a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from blupkit.activities.answering.exported import reads_form
from blupkit.activities.answering.scales import scale_of
from blupkit.activities.cells import Column, Kind
from blupkit.activities.layout import CANCELLED, FORMS, answers_shape, meetings_of, parties_of
from blupkit.core.errors import BlupkitError, Fault, Level, did_you_mean, one_of
from blupkit.core.study import STUDY_FILE, Study
from blupkit.core.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

GROUP: Final = "gruppe"
ENDINGS: Final = (".csv", ".xlsx")
#: What SurveyXact's other files are called behind the name of the first.
_BESIDE: Final = ("_labels", "_structure")
Rows = Sequence[Mapping[str, Any]]


class Answered(NamedTuple):
    """A file with answers: what it is called, its cells and columns, what is to be told, and which meeting it is of."""

    title: str
    table: pd.DataFrame | None
    shape: list[Column]
    faults: list[Fault]
    meeting: str | None = None


def answer_files(folder: Path, file: str) -> list[Path]:
    """Find the files with the answers to a form.

    Parameters
    ----------
    folder : pathlib.Path
        The folder with tables about activities.
    file : str
        One of `FORMS`.

    Returns
    -------
    list of pathlib.Path
        `file.csv`, `file.xlsx`, and those with more behind the name: `file_W1.xlsx`. Without SurveyXact's files beside.

    Examples
    --------
    >>> answer_files(Path("nowhere"), "opfoelgning")
    []
    """
    found = sorted(path for path in folder.glob(f"{file}*") if path.suffix.lower() in ENDINGS)
    whole = {path.with_suffix("").name for path in found}
    beside = {name + end for name in whole for end in _BESIDE}
    return [
        path for path in found if (path.stem == file or path.stem.startswith(f"{file}_")) and path.stem not in beside
    ]


def read_answers(study: Study, path: Path, file: str, asked: Rows, held: Rows) -> Answered:
    """Read one file with answers, whatever wrote it.

    Parameters
    ----------
    study : Study
        The study.
    path : pathlib.Path
        One of `answer_files`.
    file : str
        The form.
    asked : sequence of mapping
        The rows of `skemaer.csv` about it.
    held : sequence of mapping
        The rows of `workshops.csv` or `afholdelser.csv`.

    Returns
    -------
    Answered
        Our own table as it stands. In an export the columns are called as in our own, whoever it is from.
    """
    title = path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else str(path)
    try:
        if not asked:
            action = f"Tilføj spørgsmålene i skemaer.csv med skema = {FORMS[file]}."
            raise BlupkitError(Fault(title, "svar på et ukendt skema", "spørgsmål i skemaer.csv", action))
        meeting = _meeting_of(path, file, title, _place(study, file, held))
        return _own(study, path, file, title, asked, meeting) or _sent(study, file, title, asked, held, meeting)
    except BlupkitError as error:
        return Answered(title, None, [], list(error.faults))


def _place(study: Study, file: str, held: Rows) -> Kind:
    """Make the kind of a cell that says which meeting it was: its id, or the municipality that has one only."""
    _, _, where = meetings_of(file)
    there: dict[str, list[str]] = {}
    for row in held:
        if row["id"] and row["status"] != CANCELLED:
            for called in dict.fromkeys((row["id"].casefold(), str(row[where]))):
                there.setdefault(called, []).append(row["id"])
    ids = [row["id"] for row in held if row["id"]]
    local = where == "kommune"

    def read(cell: str) -> str:
        found = there.get(cell.casefold()) or there.get(study.match_municipality(cell) or "" if local else "", [])
        if len(found) != 1:
            raise ValueError(cell)
        return found[0]

    def action(cell: str) -> str:
        several = there.get(study.match_municipality(cell) or "", []) if local else []
        known = [*ids, *(study.place_names("").values() if local else ())]
        return f"Der er flere i kommunen: Skriv {one_of(several)}." if several else did_you_mean(cell, known)

    return Kind(f"{one_of(dict.fromkeys(ids)) or 'et id, der findes'}" + " eller en kommune" * local, read, action)


def _group(study: Study) -> Kind:
    """Make the kind of a cell that says who somebody is, by any word that the study has for its groups."""
    known = {
        word.casefold(): group
        for group in study.groups
        for word in (
            *(
                *group.known_as,
                group.counterpart,
                *(party for party, key in parties_of(study).items() if key == group.key),
            ),
            *(place.group_names.get(group.key, "") for place in study.municipalities),
        )
        if word
    }

    def read(cell: str) -> str:
        if cell.casefold() not in known:
            raise ValueError(cell)
        return known[cell.casefold()].key

    otherwise = f"Ret cellen, eller skriv svaret under koder ved gruppen i {STUDY_FILE}."
    expected = one_of(f"{group.name} ({group.key})" for group in study.groups)
    spelt = {word: group.name for word, group in known.items()}
    return Kind(expected, read, lambda cell: did_you_mean(cell, spelt, otherwise))


def _fits(kind: Kind) -> Callable[[str], bool]:
    """Say of a cell whether it tells a column apart: a bare number is an answer, whatever else has that number."""

    def fits(cell: str) -> bool:
        try:
            return bool(kind.read(cell)) and not cell.isdecimal()
        except ValueError:
            return False

    return fits


def _meeting_of(path: Path, file: str, title: str, place: Kind) -> str | None:
    """Give the meeting that a file is named for; None where it is named for the form alone."""
    said = path.stem.removeprefix(file).removeprefix("_")
    try:
        return str(place.read(said)) if said else None
    except ValueError as error:
        raise BlupkitError(Fault(title, said, f"{place.expected} efter »{file}_«", place.action(said))) from error


def _own(study: Study, path: Path, file: str, title: str, asked: Rows, meeting: str | None) -> Answered | None:
    """Read our own table: it has the group's column, and the meeting's or a question's by name."""
    try:
        table = read_table(path, title)
    except BlupkitError:
        return None
    heads = [str(head) for head in table.columns]
    shape = answers_shape(study, file, asked, heads)
    of_what, *questions = (column.name for column in shape if column.name != GROUP)
    if GROUP not in heads or not (of_what in heads or (meeting and set(questions) & set(heads))):
        return None
    return Answered(title, table if of_what in heads else table.assign(**{of_what: meeting}), shape, [], meeting)


def _sent(study: Study, file: str, title: str, asked: Rows, held: Rows, meeting: str | None) -> Answered:
    """Read an export, and find out what it does not say."""
    group, place, (_, of_what, _) = _group(study), _place(study, file, held), meetings_of(file)
    questions = {row["spoergsmaal"]: (row["tekst"] or row["spoergsmaal"], _words(row["svar"])) for row in asked}
    sought = {GROUP: _fits(group), of_what: _fits(place)}
    table, faults = reads_form()(study, title, questions, sought)
    shape = answers_shape(study, file, asked, map(str, table.columns))
    shape[0], shape[1] = shape[0]._replace(kind=place), shape[1]._replace(kind=group)
    if meeting and of_what not in table:
        table = table.assign(**{of_what: meeting})
    if len(study.groups) == 1 and GROUP not in table:
        table = table.assign(**{GROUP: study.groups[0].key})
    names = [column.name for column in shape]
    faults += _missing(title, shape, table, f"{file}_{held[0]['id'] if held else 'W1'}")
    faults += _unasked(title, [str(head) for head in table.columns if head not in names], questions)
    there = {GROUP, of_what} <= set(table.columns)
    return Answered(title, table[[name for name in names if name in table]] if there else None, shape, faults, meeting)


def _words(how: str) -> Mapping[int, str] | None:
    """Give the words of each code; none where one chooses words, None where one writes."""
    scale = scale_of(how)
    return scale.codes if scale else None if how.strip().casefold() == "tekst" else {}


def _missing(title: str, shape: list[Column], table: pd.DataFrame, example: str) -> Iterator[Fault]:
    of_what, group, *questions = shape
    if of_what.name not in table:
        expected = f"en kolonne, der besvares med {of_what.kind.expected}"
        action = f"Er alle svar fra samme {of_what.name}, så giv filen et navn som {example}. Ellers tilføj kolonnen."
        yield Fault(title, f"ingen kolonne med {of_what.name}", expected, action, 1, of_what.name, quotes=False)
    if group.name not in table:
        expected = f"et spørgsmål, der besvares med {group.kind.expected}"
        action = "Hent eksporten med det spørgsmål, eller tilføj kolonnen »gruppe« i filen."
        yield Fault(title, "ingen kolonne med gruppe", expected, action, 1, group.name, quotes=False)
    if lost := [column.name for column in questions if column.name not in table]:
        action = "De står uden svar. Ret ordlyden i skemaer.csv, hvis de er stillet."
        found = f"ingen kolonne med svar på {one_of(lost).replace(' eller ', ' og ')}"
        yield Fault(title, found, "alle spørgsmål fra skemaer.csv", action, 1, level=Level.WARNING, quotes=False)


def _unasked(title: str, heads: Iterable[str], questions: Mapping[str, tuple[str, Any]]) -> Iterator[Fault]:
    """Tell of columns that nobody knows. Where a file has no headings, their names are somebody's answers."""
    known = {wording: wording for wording, _ in questions.values()}
    for head in heads:
        action = did_you_mean(head, known, "Kolonnen er ikke læst. Skriv spørgsmålet i skemaer.csv, hvis det skal med.")
        yield Fault(title, head, "et spørgsmål fra skemaer.csv", action, 1, level=Level.WARNING)
