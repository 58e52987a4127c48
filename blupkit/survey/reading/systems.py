"""What each survey system writes beside the answers, and how its table becomes one column a variable."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, cell_faults
from blupkit.core.danish import listing
from blupkit.core.sections import System
from blupkit.survey.reading.column_names import CODE_AND_TEXT, OTHER, else_column, name_columns, plain, unlisted_boxes
from blupkit.survey.reading.questionnaire import Kind

#: What a ticked box is called, and one that is not, where a system does not write 1 and 0.
TICKED: Final = frozenset({"y", "yes", "ja", "x", "true", "sand"})
NOT_TICKED: Final = frozenset({"n", "no", "nej", "false", "falsk"})
TAG: Final = "#"
MONTH_FIRST: Final = re.compile(r"(\d{2})-(\d{2})-(\d{4})")


@dataclass(frozen=True)
class Convention:
    """What one survey system writes beside the answers.

    Parameters
    ----------
    title : str
        The system's name.
    needed : tuple of str
        Columns that it always writes; one of them must be there, or the file comes from elsewhere.
    own : str
        A pattern for its own columns, which are no questions.
    separator : str
        What stands between the choices that it joins in one cell; "" when each has its own column.
    """

    title: str
    needed: tuple[str, ...]
    own: str
    separator: str = ""


#: LimeSurvey and Kobo name their own columns alike in every language. Forms and Google write them in the language of
#: the account: Danish and English are known here. In Enalyzer the study chooses all headings.
CONVENTIONS: Final = {
    System.LIMESURVEY: Convention(
        "LimeSurvey",
        ("submitdate",),
        r"id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|interviewtime|(group|question)Time\d*|\w+Time",
    ),
    System.KOBO: Convention(
        "KoboToolbox",
        ("_id", "_uuid"),
        r"start|end|today|_(id|uuid|submission_time|validation_status|notes|status|tags|index|attachments|_?version_?_)"
        r"|_xform_id_string|_parent_\w+|(meta|formhub)/\w+",
    ),
    System.FORMS: Convention(
        "Microsoft Forms",
        ("ID",),
        r"(?i)id|start time|completion time|last modified time|language|sprog"
        r"|starttidspunkt|(fuldførelses|afslutnings)tidspunkt|tidspunkt for (seneste|sidste) ændring",
        ";",
    ),
    System.GOOGLE: Convention("Google Forms", ("Tidsstempel", "Timestamp"), "Tidsstempel|Timestamp", ", "),
    System.ENALYZER: Convention("Enalyzer", (), r"(?!)"),
}


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
        was not understood; all are "advarsel".

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
    codes = {heading: _code(heading) for heading in table.columns}
    _check_system(codes, convention, name)
    finished = _finished(table, codes) if system == System.LIMESURVEY else None
    names = name_columns(list(codes), worded, named)
    own = [heading for heading in codes if heading not in names and re.fullmatch(convention.own, codes[heading])]
    if system == System.KOBO:
        table = _without_tags(table)
        own += [heading for heading in codes if heading not in names and _is_summary(heading, codes)]
    data = table.drop(columns=own).rename(columns=names)
    faults: list[Fault] = []
    items = dict(zip(worded["variable"], worded["item"], strict=True))
    if convention.separator:
        for heading, choices in _joined(data, worded).items():
            chosen = data[heading].map(lambda cell, known=choices: chosen_texts(cell, known, convention.separator))
            faults += _unknown_choices(chosen, choices, name)
            data = _split_choices(data, chosen, choices, items[next(iter(choices.values()))])
    data = _with_unlisted(_number_ticks(data, worded), table, names, worded)
    if system == System.ENALYZER:
        data = _iso_dates(data, name, faults)
    return data, finished, tuple(faults)


def _code(heading: str) -> str:
    """The code of LimeSurvey's "code. text", or the heading itself."""
    match = CODE_AND_TEXT.fullmatch(heading)
    return match[1] if match else heading


def _check_system(codes: dict[str, str], convention: Convention, name: str) -> None:
    if convention.needed and not set(convention.needed) & set(codes.values()):
        headings = list(codes)
        found = ", ".join(headings[:5]) + (" …" if len(headings) > 5 else "")
        needed = listing([f"»{column}«" for column in convention.needed], "eller")
        expected = f"kolonnen {needed}, som {convention.title} altid skriver"
        action = "Ret format under [spoergeskema] i study.toml, eller hent eksporten igen med alle kolonner og koder."
        raise FileError(Fault(name, found, expected, action, row=1))


def _is_summary(heading: str, headings: Collection[str]) -> bool:
    """Kobo's column that repeats, joined by spaces, the choices that have a column each."""
    return any(other.startswith(f"{heading}/") for other in headings)


def _without_tags(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out Kobo's second heading, a row of HXL tags such as "#adm1+name"."""
    first = [cell for cell in table.iloc[0] if cell] if len(table) else []
    tagged = bool(first) and all(cell.startswith(TAG) for cell in first)
    return table.iloc[1:] if tagged else table


def _finished(table: pd.DataFrame, codes: dict[str, str]) -> pd.Series:
    """LimeSurvey writes `submitdate` when the last page is sent, and leaves it empty until then."""
    column = next(heading for heading, code in codes.items() if code == "submitdate")
    return table[column].str.strip() != ""


def _joined(data: pd.DataFrame, worded: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Find the columns that hold the joined choices of a question: heading → the text of a choice → its variable."""
    headings = {plain(str(heading)): str(heading) for heading in data.columns}
    joined = {}
    for item, part in worded[worded["kind"] == Kind.MULTIPLE].groupby("item", sort=False):
        names = [*part["question"].map(plain), plain(str(item))]
        heading = next((headings[name] for name in names if name in headings), None)
        if heading is not None and heading not in set(part["variable"]):
            joined[heading] = dict(zip(part["text"].map(plain), part["variable"], strict=True))
    return joined


def _split_choices(data: pd.DataFrame, chosen: pd.Series, choices: dict[str, str], item: str) -> pd.DataFrame:
    """Give each choice of a joined cell a column of its own, at the place of the question; and one for all others."""
    place = list(data.columns).index(str(chosen.name))
    plainly = [set(map(plain, texts)) for texts in chosen]
    columns = {
        variable: [str(int(text in texts)) if texts else "" for texts in plainly] for text, variable in choices.items()
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
    rest, parts = " ".join(cell.split()), []
    by_length = sorted(known, key=len, reverse=True)
    while rest:
        ends = (choice for choice in by_length if _starts_with(rest, choice, separator))
        part = rest[: len(next(ends, rest.split(separator)[0]))]
        parts.append(part)
        rest = rest[len(part) :].removeprefix(separator).lstrip()
    return [part for part in parts if part]


def _starts_with(cell: str, choice: str, separator: str) -> bool:
    return plain(cell[: len(choice)]) == choice and f"{cell}{separator}".startswith(separator, len(choice))


def _unknown_choices(chosen: pd.Series, choices: Collection[str], name: str) -> list[Fault]:
    expected = "et af de valg, der står i spørgeskemaet"
    how = "De er talt som »Andet«." if any(map(OTHER.match, choices)) else "De er talt med blandt dem, der har svaret."
    action = f"{how} Tilføj valget i spørgeskemaet, hvis det er et af dem."
    each = chosen.explode().dropna()
    unknown = each[~each.map(plain).isin(choices)]
    first = unknown[~unknown.duplicated()]
    counts = unknown.value_counts()
    return [
        replace(fault, action=f"{'1 besvarelse' if counts[text] == 1 else f'{counts[text]} besvarelser'}. {action}")
        for text, fault in zip(
            first, cell_faults(name, first, expected, action, str(chosen.name), Level.WARNING), strict=True
        )
    ]


def _number_ticks(data: pd.DataFrame, worded: pd.DataFrame) -> pd.DataFrame:
    """Write "Y", "Ja" or the choice's own text as 1 and "N" as 0.

    LimeSurvey leaves a box without tick empty: with a tick elsewhere in the question it is 0, else nobody can say.
    """
    choices = worded[(worded["kind"] == Kind.MULTIPLE) & worded["variable"].isin(data.columns)]
    numbered: dict[str, pd.Series] = {}
    for _, part in choices.groupby("item", sort=False):
        names = zip(part["variable"], part["text"], strict=True)
        boxes = pd.DataFrame({variable: _numbered(data[variable], text) for variable, text in names})
        ticked = (boxes == "1").any(axis=1)
        numbered |= {str(name): box.mask(ticked & (box == ""), "0") for name, box in boxes.items()}
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


def _numbered(cells: pd.Series, text: str) -> pd.Series:
    words = cells.map(plain)
    return cells.mask(words.isin(TICKED | {plain(text)} - {""}), "1").mask(words.isin(NOT_TICKED), "0").str.strip()


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
