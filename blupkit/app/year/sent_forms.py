"""Forms of another room, such as evaluations, read from the export of a survey system as the survey's own is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, Study
from blupkit.core.sections import SurveyFiles, System
from blupkit.survey.reading.exports import Export, raw_table, read_export
from blupkit.survey.reading.origin.expected import WORDED, Asked
from blupkit.survey.reading.personal.leaving import NOBODY, OPEN
from blupkit.survey.reading.scales.cells import ScaleReader
from blupkit.survey.reading.scales.words import meanings, number_of

#: What a system writes between the words over several questions and those of each.
_BETWEEN: Final = re.compile(r"\s*(?:\[|: | - | – | >> |…\s|\.\.\.\s|/)\s*")
#: What may stand around a question without being a part of it.
_AROUND: Final = " .:;*?!]…"
#: What SurveyXact's other two files are called beside the first, as settings name them.
BESIDE: Final = {"etiketter": "_labels", "struktur": "_structure"}
_NAMED: Final = 10
Questions = Mapping[str, tuple[str, Mapping[int, str] | None]]


def read_form(
    study: Study, file: str, asked: Questions, sought: Mapping[str, Callable[[str], bool]]
) -> tuple[pd.DataFrame, list[Fault]]:
    r"""Read who answered what on a form that a survey system exported.

    Parameters
    ----------
    study : Study
        The study.
    file : str
        The export, from the study's folder on: `.csv` or `.xlsx`. Beside SurveyXact's `x.csv` lie `x_labels.csv` and
        `x_structure.csv`.
    asked : mapping of str to tuple
        Column → how it is asked, and the words of each code of its scale ("" where a code has none); none at all where
        one chooses words, None where one writes.
    sought : mapping of str to callable
        Column → whether a cell's words may stand in it. It is found by what stands in it, whatever it is called.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        Text by the row that a spreadsheet shows: the columns that were found, a code where a cell has its words, and
        columns of which nothing is known by their headings. Missing data: an empty cell is "". Rows that answer nothing
        and columns that tell who somebody is are left out and told; all faults are "advarsel".

    Raises
    ------
    FileError
        The file cannot be read, holds no answers or none of the questions, or two columns may be the same one.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_text("ID,Start time,Completion time,Hvem er du?,Klart?\n1,,,Ansat,Meget\n")
    >>> study = example_study().model_copy(update={"folder": folder})
    >>> asked = {"w1": ("klart?", {1: "lidt", 2: "meget", 8: "ved ikke"})}
    >>> table, faults = read_form(study, "a.csv", asked, {"gruppe": lambda words: words == "Ansat"})
    >>> table.to_dict("records"), faults
    ([{'gruppe': 'Ansat', 'w1': '2'}], [])
    """
    files, told = _files(study, file), _asked(asked)
    files, raw = _raw(study.model_copy(update={"survey": files}), told)
    named = _named({str(head): str(head) for head in raw.columns}, asked, file)
    found = _found(raw.drop(columns=list(named)), sought, file)
    _check_sessions(files, raw, file, known=len(found) == len(sought))
    # They are kept, whatever they are called.
    group, place = [*found, None, None][:2]
    files = files.model_copy(update={"group": group, "municipality": place})
    export = read_export(study.model_copy(update={"survey": files}), told._replace(headings=named))
    data = _labelled(export).rename(columns=_named(_texts(export), asked, file))
    questions = [column for column in asked if column in data]
    if not questions:
        action = "Skriv spørgsmålenes ord i skemaer.csv under tekst, som de står i systemet."
        raise FileError(Fault(file, ", ".join(map(str, data.columns)), "spørgsmålene fra skemaer.csv", action, 1))
    data = data.rename(columns=_found(data.drop(columns=questions), sought, file))
    for column in data.columns.intersection([*asked, *sought]):
        words = asked[column][1] if column in asked else {}
        if words is not None:
            data[column] = data[column].astype("str").map(_reader(words))
    table, left_out = _answered(data.astype("str"), questions, file)
    return table, [*map(_plainly, export.faults), *left_out]


def _raw(study: Study, told: Asked) -> tuple[SurveyFiles, pd.DataFrame]:
    """Read the table as it was sent; no setting says here which of several sheets is meant."""
    try:
        return raw_table(study, told)
    except FileError as error:
        only = "Slet de ark i filen, som systemet ikke selv har lavet."
        raise FileError(
            replace(fault, action=only if "study.toml" in fault.action else fault.action) for fault in error.faults
        ) from error


def _files(study: Study, file: str) -> SurveyFiles:
    path = Path(file)
    beside = {key: str(path.with_name(path.stem + end + path.suffix)) for key, end in BESIDE.items()}
    return SurveyFiles(data=file, **{key: name for key, name in beside.items() if study.path(name).is_file()})


def _asked(asked: Questions) -> Asked:
    rows = [(name, name, "" if words is not None else OPEN, asks, "") for name, (asks, words) in asked.items()]
    return Asked(pd.DataFrame(rows, columns=list(WORDED.values()), dtype="str"), {})


def _texts(export: Export) -> dict[str, str]:
    """Give what each column is called, where the export says it elsewhere than in its heading."""
    said = dict(zip(export.structure["variableName"], export.structure["questionText"], strict=True))
    return {str(head): said.get(str(head), str(head)) for head in export.data.columns}


def _named(texts: Mapping[str, str], asked: Questions, file: str) -> dict[str, str]:
    """Find the column of each question: heading → question."""
    wanted = {_bare(wording): column for column, (wording, _) in asked.items()} | {
        _bare(column): column for column in asked
    }
    named: dict[str, str] = {}
    for head, text in texts.items():
        spellings = (_bare(part) for part in (head, text, *_endings(text)))
        column = next((wanted[spelling] for spelling in spellings if spelling in wanted), None)
        if column in named.values():
            both = f"{next(other for other, known in named.items() if known == column)} og {head}"
            action = "Slet den, der ikke er besvaret på skemaet."
            raise FileError(Fault(file, both, f"én kolonne med svar på {column}", action, 1))
        if column:
            named[head] = column
    return named


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold().strip(_AROUND)


def _endings(text: str) -> Iterator[str]:
    """Give what stands after each sign that a system sets between the words over several questions and each of them."""
    yield from (text[sign.end() :] for sign in _BETWEEN.finditer(text))


def _found(data: pd.DataFrame, sought: Mapping[str, Callable[[str], bool]], file: str) -> dict[str, str]:
    """Find columns by what stands in them: heading → what it is."""
    found: dict[str, str] = {}
    for column, fits in sought.items():
        heads = [str(head) for head in data.columns if _bare(str(head)) == column]
        heads = heads or [str(head) for head in data.columns if _holds(data[head], fits)]
        if len(heads) > 1:
            action = f"Kald den rigtige »{column}« i filen."
            raise FileError(Fault(file, " og ".join(heads), f"én kolonne, der siger {column}", action, 1))
        found |= dict.fromkeys(heads, column)
    return found


def _holds(cells: pd.Series, fits: Callable[[str], bool]) -> bool:
    """Whether at least half of what is filled in is what may stand there: the rest is misspelt, and told by its row."""
    filled = [cell for cell in map(_closed, cells.astype("str")) if cell]
    return bool(filled) and 2 * sum(map(fits, filled)) >= len(filled)


def _closed(cell: str) -> str:
    """Give a choice without what Forms writes after each."""
    return cell.strip().rstrip(";").rstrip()


def _labelled(export: Export) -> pd.DataFrame:
    """Write the words of each code that the export has words for."""
    labels = {
        str(variable): dict(zip(part["value"], part["label"], strict=True))
        for variable, part in export.labels.groupby("variable", sort=False)
    }
    there = {name: words for name, words in labels.items() if name in export.data}
    return export.data.assign(
        **{name: export.data[name].astype("str").map(_worded(words)) for name, words in there.items()}
    )


def _worded(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda cell: words.get(cell.strip(), cell)


def _reader(words: Mapping[int, str]) -> Callable[[str], str]:
    """Give what reads a cell as the code of its words; what nobody knows stays as it stands."""
    texts = list(words.values())
    scale = ScaleReader(pd.DataFrame({"code": [*map(float, words)], "text": texts, "meaning": meanings(texts)}))

    def read(cell: str) -> str:
        bare = _closed(cell)
        code = scale.read(bare) if words else float("nan")
        number = number_of(bare) if code != code else int(code)
        return str(number) if number in words else bare

    return read


def _check_sessions(files: SurveyFiles, raw: pd.DataFrame, file: str, *, known: bool) -> None:
    """Refuse several times that a presentation was held, where nobody says which of them each answer is from."""
    if files.format != System.MENTIMETER or known:
        return
    sessions = sorted({str(cell).strip() for head in raw if _bare(str(head)) == "session" for cell in raw[head]} - {""})
    if len(sessions) > 1:
        found, action = f"svar fra session {' og '.join(sessions)}", "Gem en fil for hver, med dens egne rækker."
        raise FileError(Fault(file, found, "svar fra én gang, præsentationen er vist", action, quotes=False))


def _answered(data: pd.DataFrame, questions: list[str], file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Leave out rows that answer none of the questions, and tell which."""
    filled = (data[questions].apply(lambda cells: cells.str.strip()) != "").any(axis=1)
    if not filled.any():
        action = "Hent filen igen, eller slet den, hvis ingen har svaret."
        raise FileError(Fault(file, "ingen svar", "mindst ét udfyldt skema", action, quotes=False))
    rows = [str(row) for row in data.index[~filled]]
    if not rows:
        return data, []
    which = ", ".join(rows[:_NAMED]) + " …" * (len(rows) > _NAMED)
    found = f"{len(rows)} {'række' if len(rows) == 1 else 'rækker'} uden svar på spørgsmålene ({which})"
    action = f"De er ikke talt med. Skemaer, der er læst: {int(filled.sum())}."
    fault = Fault(file, found, "svar på mindst ét spørgsmål", action, int(rows[0]), level=Level.WARNING, quotes=False)
    return data[filled], [fault]


def _plainly(fault: Fault) -> Fault:
    """Say of a column that tells who somebody is what can be done here: it is left out, whatever the study says."""
    if fault.expected != NOBODY:
        return fault
    return replace(fault, action="Kolonnerne er udeladt ved indlæsningen. Slet dem også i filen.")
