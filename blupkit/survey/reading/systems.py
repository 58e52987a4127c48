"""What each survey system writes beside the answers, and how its table becomes one column a variable."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Fault, FileError, Level, cell_faults, one_of
from blupkit.core.sections import System
from blupkit.survey.reading.column_names import (
    OTHER,
    else_column,
    is_blank,
    loosely,
    name_columns,
    plain,
    unlisted_boxes,
    words_alone,
)
from blupkit.survey.reading.origin.cells import filled_in, recoded
from blupkit.survey.reading.origin.conventions import CONVENTIONS, Convention, code_of, recognise, words_of
from blupkit.survey.reading.origin.rows import Rows, respondents
from blupkit.survey.reading.questionnaire import Kind

#: What a ticked box is called, and one that is not, where a system does not write 1 and 0.
_TICKS: Final = ("checked", "selected", "valgt", "markeret", "afkrydset", "nævnt", "quoted", "mentioned")
_YES: Final = ("y", "yes", "j", "ja", "x", "true", "sand", "on", "krydset af", *"✓✔√☑☒●•+*")
_NO: Final = ("n", "no", "nej", "nei", "false", "falsk", "off", "unchecked", "-", "–", "☐", "○")
TICKED: Final = frozenset([*_TICKS, *_YES])
NOT_TICKED: Final = frozenset([*_NO, *(f"{no} {word}" for no in ("not", "ikke") for word in _TICKS)])
#: What LimeSurvey writes for a box that somebody was never shown.
NOT_SHOWN: Final = frozenset({"n/a"})
#: What may stand between the choices in one cell, where the system has no sign of its own for it.
LINE_BREAK: Final = "\n"
SEPARATORS: Final = (";", ", ", ",", LINE_BREAK, "|", " / ", ";#", "/", " + ", " & ", " og ", "•", " - ", " – ", " ")
#: So many who answered, and no choice that is known among theirs, were asked something else.
_FEW: Final = 5
#: The system whose columns of choices hold nothing but ticks.
ONLY_TICKS: Final = System.SURVEYMONKEY
#: What Qualtrics writes after the text of a question with several answers.
_SELECTED: Final = re.compile(r" - (selected choice|valgte svar)$")
MONTH_FIRST: Final = re.compile(r"(\d{2})-(\d{2})-(\d{4})")


def unpack(
    table: pd.DataFrame, system: System, worded: pd.DataFrame, named: Collection[str], name: str
) -> tuple[pd.DataFrame, pd.Series | None, tuple[Fault, ...]]:
    """Turn what a survey system exports into one column a variable.

    Missing data: an empty cell stays empty. A multiple choice where nothing is ticked stays without an answer.

    Parameters
    ----------
    table : pandas.DataFrame
        The file as `core.read_table` reads it.
    system : System
        One with a convention of its own, a key of `CONVENTIONS`.
    worded : pandas.DataFrame
        What the questionnaire calls its questions: `item`, `variable`, `kind`, `question`, `text`.
    named : collection of str
        Columns that the study names: respondent id, municipality, group. They are kept whatever they are called.
    name : str
        The file, for messages.

    Returns
    -------
    tuple of pandas.DataFrame, pandas.Series or None, and tuple of Fault
        One column a variable, and for a multiple choice one 0/1 column a choice; the system's own columns and, in Kobo,
        the row of tags are gone. Whether the respondent came to the end; None when the system does not say. And what
        was not understood: "fejl" where no choice in a column is known, else "advarsel".

    Raises
    ------
    FileError
        The column that the system always writes is not there.

    Examples
    --------
    >>> table = pd.DataFrame({"ID": ["1", "2"], "Hvilke?": ["Webinar;", ""]}, index=[2, 3])
    >>> worded = pd.DataFrame(
    ...     [["form", "form_1", "flere", "Hvilke?", "Webinar"], ["form", "form_2", "flere", "Hvilke?", "Studietur"]],
    ...     columns=["item", "variable", "kind", "question", "text"],
    ... )
    >>> unpack(table, System.FORMS, worded, {"ID"}, "svar.xlsx")[0].to_dict("list")
    {'ID': ['1', '2'], 'form_1': ['1', ''], 'form_2': ['0', '']}
    """
    convention = CONVENTIONS[system]
    codes = {str(heading): code_of(str(heading)) for heading in table.columns}
    if recognise(codes.values()) != system:
        _check_system(codes, convention, name)
    names = name_columns(list(codes), worded, named)
    joined = _joined(list(codes), names, worded)
    table, finished, told = respondents(table, system, {*names, *joined}, name)
    faults = list(told)
    # What no question knows, and the system writes itself.
    unasked = [heading for heading in codes if heading not in names and heading not in joined]
    own = [heading for heading in unasked if re.fullmatch(convention.own, codes[heading])]
    if system == System.KOBO:
        own += [heading for heading in codes if heading not in names and _is_summary(heading, codes)]
    data = table.drop(columns=own).rename(columns=names)
    items = dict(zip(worded["variable"], worded["item"], strict=True))
    for heading, choices in joined.items():
        if heading not in data:
            continue
        cells = data[heading].astype("str").map(lambda cell: "" if is_blank(cell) else cell)
        separator = convention.separator or _separator_of(cells.unique().tolist(), choices)
        chosen = cells.map(lambda cell, known=choices, mark=separator: chosen_texts(cell, known, mark))
        faults += _unknown_choices(chosen, choices, name)
        data = _split_choices(data, chosen, choices, items[next(iter(choices.values()))])
    data = _with_unlisted(_number_ticks(data, worded, system), table, names, worded)
    if system == System.ENALYZER:
        data = _iso_dates(data, name, faults)
    return data, finished, tuple(faults)


def without_own(table: pd.DataFrame, kept: Collection[str], name: str) -> Rows:
    """Take the columns and rows that a survey system adds out of a file that it wrote in another program's format.

    Parameters
    ----------
    table : pandas.DataFrame
        What `spss.read_sav` read.
    kept : collection of str
        Columns that the study names or asks for.
    name : str
        The file, for messages.

    Returns
    -------
    Rows
        Unchanged where no system is recognised.

    Examples
    --------
    >>> table = pd.DataFrame({"id": ["1"], "submitdate": ["2022-04-01"], "lastpage": ["4"], "tid": ["2"]})
    >>> found = without_own(table, {"id", "tid"}, "svar.sav")
    >>> list(found.table.columns), found.finished.tolist()
    (['id', 'tid'], [True])
    """
    system = recognise(str(column) for column in table.columns)
    if system not in CONVENTIONS:
        return Rows(table)
    found = respondents(table, system, kept, name)
    own = re.compile(CONVENTIONS[system].own)
    gone = [column for column in table.columns if column not in kept and own.fullmatch(str(column))]
    return found._replace(table=found.table.drop(columns=gone))


def _check_system(codes: dict[str, str], convention: Convention, name: str) -> None:
    if convention.needed and not set(convention.needed) & set(codes.values()):
        headings = list(codes)
        found = ", ".join(headings[:5]) + (" …" if len(headings) > 5 else "")
        needed = one_of([f"»{column}«" for column in convention.needed])
        expected = f"kolonnen {needed}, som {convention.title} altid skriver"
        action = "Ret format under [spoergeskema] i study.toml, eller hent eksporten igen med alle kolonner og koder."
        raise FileError(Fault(name, found, expected, action, row=1))


def _is_summary(heading: str, headings: Collection[str]) -> bool:
    """Kobo's column that repeats, joined by spaces, the choices that have a column each."""
    return any(other.startswith(f"{heading}/") for other in headings)


def _joined(headings: list[str], names: dict[str, str], worded: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Find the columns that hold the joined choices of a question: heading → the text of a choice → its variable.

    A choice may stand there as its code, the end of its variable's name. Where each choice has a column of its own, the
    column of the question only repeats them.
    """
    spelt: dict[str, str] = {}
    for heading in headings:
        for spelling in [heading, heading.rsplit("/", 1)[-1], code_of(heading), *words_of(heading)]:
            spelt.setdefault(_SELECTED.sub("", plain(spelling)), heading)
    for heading in (each for each in headings if each not in names):
        for spelling in loosely(heading):
            spelt.setdefault(spelling, heading)
    joined = {}
    for name, part in worded[worded["kind"] == Kind.MULTIPLE].groupby("item", sort=False):
        item = str(name)
        spellings = [*part["question"].map(plain), plain(item), *part["question"].map(words_alone)]
        heading = next((spelt[spelling] for spelling in spellings if spelling in spelt), "")
        variables = set(part["variable"])
        if heading and names.get(heading) not in variables and not variables <= set(names.values()):
            codes = {plain(variable[len(item) :].lstrip("_/")): variable for variable in part["variable"]}
            texts = dict(zip(part["text"].map(plain), part["variable"], strict=True))
            codes = {code: each for code, each in codes.items() if code and each.startswith(item)}
            joined[heading] = {plain(each): each for each in part["variable"]} | codes | texts
    return joined


def _separator_of(cells: Collection[str], choices: Collection[str]) -> str:
    """Tell what stands between the choices: that which leaves the fewest cells with something unknown in them."""
    filled = [cell for cell in cells if cell.strip()]

    def unknown(separator: str) -> int:
        return sum(
            any(plain(part) not in choices for part in chosen_texts(cell, choices, separator)) for cell in filled
        )

    return min(SEPARATORS, key=unknown)


def _split_choices(data: pd.DataFrame, chosen: pd.Series, choices: dict[str, str], item: str) -> pd.DataFrame:
    """Give each choice of a joined cell a column of its own, at the place of the question; and one for all others."""
    place = list(data.columns).index(str(chosen.name))
    plainly = [set(map(plain, texts)) for texts in chosen]
    spellings: dict[str, set[str]] = {}
    for text, variable in choices.items():
        spellings.setdefault(variable, set()).add(text)
    columns = {
        variable: [str(int(not known.isdisjoint(texts))) if texts else "" for texts in plainly]
        for variable, known in spellings.items()
    }
    kept = data.drop(columns=[chosen.name, *(name for name in columns if name in data)])
    unlisted = [str(int(bool(texts - set(choices)))) for texts in plainly]
    own_words = next((variable for text, variable in choices.items() if OTHER.match(text)), "")
    if own_words:
        both = zip(columns[own_words], unlisted, strict=True)
        columns[own_words] = ["1" if other == "1" else listed for listed, other in both]
    elif "1" in unlisted:
        columns[else_column(item)] = unlisted
    each = pd.DataFrame(columns, index=data.index, dtype="str")
    return pd.concat([kept.iloc[:, :place], each, kept.iloc[:, place:]], axis=1)


def chosen_texts(cell: str, known: Collection[str], separator: str) -> list[str]:
    """Take a cell of joined choices apart, the longest known choice first: its text may hold the separator itself.

    Parameters
    ----------
    cell : str
        What stands in the cell, with or without a separator at its end.
    known : collection of str
        The choices of the questionnaire as `plain` writes them.
    separator : str
        What the system puts between two choices.

    Returns
    -------
    list of str
        The choices as they stand; what is not known reaches to the next separator.

    Examples
    --------
    >>> chosen_texts("Kort kursus, aften, Webinar, Podcast", ["kort kursus, aften", "webinar"], ", ")
    ['Kort kursus, aften', 'Webinar', 'Podcast']
    """
    if separator == LINE_BREAK:
        separator, cell = ";", cell.replace("\r", "").replace("\n", ";")
    rest, parts = " ".join(cell.split()), []
    by_length = sorted(known, key=len, reverse=True)
    while rest:
        ends = (choice for choice in by_length if _starts_with(rest, choice, separator))
        part = rest[: len(next(ends, rest.split(separator)[0]))]
        parts.append(part.strip())
        rest = rest[len(part) :].removeprefix(separator).lstrip()
    return [part for part in parts if part]


def _starts_with(cell: str, choice: str, separator: str) -> bool:
    return plain(cell[: len(choice)]) == choice and f"{cell}{separator}".startswith(separator, len(choice))


def _unknown_choices(chosen: pd.Series, choices: Collection[str], name: str) -> list[Fault]:
    expected = "et af de valg, der står i spørgeskemaet"
    how = (
        "De er talt som svaret Andet."
        if any(map(OTHER.match, choices))
        else "De er talt med blandt dem, der har svaret."
    )
    action = f"{how} Tilføj valget i spørgeskemaet, hvis det er et af dem."
    each = chosen.explode().dropna()
    unknown = each[~each.map(plain).isin(choices)]
    if (people := int((chosen.map(len) > 0).sum())) >= _FEW and len(unknown) == len(each):
        found, known = f"{people} svar, og ingen af dem er et valg i spørgeskemaet", one_of(list(choices)[-3:])
        action = "Se efter, om valgene er delt med et andet tegn end ; , | eller linjeskift, eller hedder noget andet."
        return [Fault(name, found, f"valg som {known}", action, column=str(chosen.name), quotes=False)]
    first = unknown[~unknown.duplicated()]
    counts = unknown.value_counts()
    return [
        replace(fault, action=f"{'1 besvarelse' if counts[text] == 1 else f'{counts[text]} besvarelser'}. {action}")
        for text, fault in zip(
            first, cell_faults(name, first, expected, action, str(chosen.name), Level.WARNING), strict=True
        )
    ]


def _number_ticks(data: pd.DataFrame, worded: pd.DataFrame, system: System) -> pd.DataFrame:
    """Write "Y", "Ja" or the choice's own text as 1 and "N" as 0.

    LimeSurvey leaves a box without tick empty: with a tick elsewhere in the question it is 0, else nobody can say.
    SurveyMonkey may write the number of the choice for a tick: whatever alone fills a column then is one.
    """
    choices = worded[(worded["kind"] == Kind.MULTIPLE) & worded["variable"].isin(data.columns)]
    numbered: dict[str, pd.Series] = {}
    for _, part in choices.groupby("item", sort=False):
        names = zip(part["variable"], part["text"], strict=True)
        boxes = {variable: _numbered(data[variable], text, alone=system == ONLY_TICKS) for variable, text in names}
        if all(set(box.cat.categories) <= {"0", "1"} for box in boxes.values()):
            numbered |= boxes
            continue
        ticked = np.logical_or.reduce([(box == "1").to_numpy() for box in boxes.values()])
        numbered |= {name: filled_in(box, ticked, "0") for name, box in boxes.items()}
    return data.assign(**numbered)


def _with_unlisted(
    data: pd.DataFrame, table: pd.DataFrame, names: dict[str, str], worded: pd.DataFrame
) -> pd.DataFrame:
    """Say in a column of its own who ticked, or wrote in, a box that the questionnaire does not list."""
    choices = worded[worded["kind"] == Kind.MULTIPLE]
    items = dict(zip(choices["variable"], choices["item"], strict=True))
    for item, headings in unlisted_boxes(names, list(table.columns), items).items():
        filled = pd.DataFrame({name: ~table[name].map(plain).isin(NOT_TICKED | {"", "0"}) for name in headings})
        if filled.to_numpy().any():
            data = data.assign(**{else_column(item): filled.any(axis=1).astype(int).astype("str")})
    return data


def _numbered(cells: pd.Series, text: str, *, alone: bool) -> pd.Series:
    """Number the cells of a choice; those that repeat are looked at once."""
    ticks = TICKED | ({plain(text)} - {""})
    if alone:
        filled = {plain(str(cell)) for cell in cells.unique().tolist()} - {""}
        ticks |= filled if len(filled) == 1 else set()
    ticks -= NOT_TICKED

    def number(cell: str) -> str:
        written = plain(cell)
        if written in NOT_SHOWN:
            return ""
        return "1" if written in ticks else "0" if written in NOT_TICKED else cell.strip()

    return recoded(cells, number)


def _iso_dates(data: pd.DataFrame, name: str, faults: list[Fault]) -> pd.DataFrame:
    """Write a column of dates with the month first as year-month-day, which nobody can read the wrong way round."""
    dates = {}
    for column in data.columns:
        cells = data[column].str.strip()
        filled = cells[cells != ""]
        if filled.empty or not filled.str.fullmatch(MONTH_FIRST.pattern).all():
            continue
        wrong = filled[filled.str[:2].astype(int) > 12]
        expected, action = "en dato med måneden først, som Enalyzer skriver den", "Kolonnen er læst som tekst."
        faults += cell_faults(name, wrong, expected, action, column, Level.WARNING)
        if wrong.empty:
            dates[column] = cells.str.replace(MONTH_FIRST, r"\3-\1-\2", regex=True)
    return data.assign(**dates)
