"""Headings that are more than a name: two or three rows of them, or a name with the system's own signs on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import FileError, read_table
from blupkit.core.reading.heading import told_apart

#: What stands under a question that has one column only; SurveyMonkey writes it in the language of the account.
ONE_COLUMN: Final = frozenset(
    {"response", "open-ended response", "svar", "åbent svar", "ubegrænset svar", "åpent svar", "respons", "öppet svar"}
)
#: Qualtrics' third row.
IMPORT_ID: Final = re.compile(r'\s*\{"+ImportId"+:')
#: Two of Mentimeter's own columns, and what it writes after the title of a slide.
_VOTED: Final = frozenset({"session", "voter"})
_ANSWER: Final = re.compile(r":(?: answer)?$", re.IGNORECASE)
#: Older exports of Qualtrics call every column that is its own V1, V2 …
_NUMBERED: Final = re.compile(r"V\d+")
_RESPONSE: Final = re.compile(r"R_\w+")
_BREAK: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|h\d)\b[^<>]*>|&nbsp;", re.IGNORECASE)
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_headed(path: Path, name: str, known: Mapping[str, bool], sheets: Sequence[str] = ()) -> pd.DataFrame:
    r"""Read an export with as many rows of headings as it has.

    Parameters
    ----------
    path : pathlib.Path
        What `core.read_table` reads.
    name : str
        What to call it in messages.
    known : mapping of str to bool
        The headings that are expected, as `core.read_table` takes them.
    sheets : sequence of str
        What the sheets of a workbook are called: Mentimeter sums up in others what stands in one of them.

    Returns
    -------
    pandas.DataFrame
        As `core.read_table` gives it, one heading a column: SurveyMonkey's become "question [choice]", Qualtrics'
        "id. text", Mentimeter's the title of the slide without what it writes after it. The index is still the row that
        a spreadsheet shows.

    Raises
    ------
    FileError
        As `core.read_table`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("Respondent ID,Hvilke?,\n,Kursus,Webinar\n7,Kursus,\n", encoding="utf-8")
    >>> read_headed(path, "a.csv", {}).to_dict("list")
    {'Respondent ID': ['7'], 'Hvilke? [Kursus]': ['Kursus'], 'Hvilke? [Webinar]': ['']}
    """
    sheet = next((each for each in sheets if each.casefold() == "voters"), None)
    if sheet:
        known = {**known, **{f"{head}:": one for head, one in known.items()}, **dict.fromkeys(_VOTED, True)}
    try:
        table = read_table(path, name, sheet=sheet, complete=True, repeated=True, known=known)
    except FileError:
        # The first of two headings has no names over the further columns of a question.
        rows = read_table(path, name, header=False, known=known)
        if not _question_over_choices(rows):
            raise
        return _headed(rows.iloc[2:], _questions_and_choices(rows.iloc[0].tolist(), rows.iloc[1].tolist()))
    if {str(head).casefold() for head in table.columns} >= _VOTED:
        table.attrs.clear()  # its notes stand above every table: they are not told
        return table.set_axis(told_apart([_ANSWER.sub("", str(head)) for head in table.columns], ()), axis=1)
    beginning = _beginning(table, 3)
    if _is_qualtrics(list(table.columns), beginning):
        return _qualtrics(table, beginning)
    unnamed = not all(map(str.strip, table.columns))
    if _is_second_heading(beginning) or (unnamed and _question_over_choices(_with_heads(table))):
        heads = _questions_and_choices(list(table.columns), beginning.iloc[0].tolist())
        return _headed(table.iloc[1:], heads)
    return table


def _beginning(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """Give the first rows as text; of a category's column, pandas would write all its texts for three."""
    rows = [table[head].array[:count].tolist() for head in table.columns]
    return pd.DataFrame(dict(enumerate(rows)), dtype="str", index=table.index[:count]).set_axis(table.columns, axis=1)


def _headed(table: pd.DataFrame, heads: Sequence[str]) -> pd.DataFrame:
    """Put new heads on; what stood in the rows of headings is in no column any more."""
    bare = table.set_axis(told_apart(heads, ()), axis=1)
    columns = {head: bare[head].astype("str").astype("category") for head in bare.columns}
    headed = pd.DataFrame(columns, index=bare.index)
    headed.attrs.update(table.attrs)
    return headed


def _with_heads(table: pd.DataFrame) -> pd.DataFrame:
    """Give the heading and the first rows as if nobody had told them apart."""
    rows = _beginning(table, 2)
    return pd.DataFrame([list(table.columns), *rows.to_numpy().tolist()], dtype="str")


def _question_over_choices(rows: pd.DataFrame) -> bool:
    """Tell two rows of headings: where the upper one has no name the lower one has, and no respondent's id is there."""
    if len(rows) < 3:
        return False
    upper, lower = rows.iloc[0].str.strip().tolist(), rows.iloc[1].str.strip().tolist()
    named = [below for above, below in zip(upper, lower, strict=True) if not above]
    return bool(upper[0] and named) and not lower[0] and all(named)


def _is_second_heading(beginning: pd.DataFrame) -> bool:
    if beginning.empty:
        return False
    first = beginning.iloc[0].str.strip().str.casefold().tolist()
    return not first[0] and sum(cell in ONE_COLUMN for cell in first) > 0


def _questions_and_choices(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    heads, question = [], ""
    spans: Counter[int] = Counter()
    places: list[int] = []
    for cell in upper:
        # Whoever saved the table again may have filled in the question above each of its choices.
        begins = bool(cell.strip()) and not re.fullmatch(rf"{re.escape(question)}\d{{0,3}}", cell)
        question = cell if begins else question
        places.append(len(spans) if begins or not places else places[-1])
        spans[places[-1]] += 1
    for at, (place, above, below) in enumerate(zip(places, upper, lower, strict=True)):
        question = question if at and place == places[at - 1] else _plain(above)
        choice = _plain(below)
        alone = not choice or choice.casefold() in ONE_COLUMN or spans[place] == 1
        heads.append(question if alone else f"{question} [{choice}]")
    return heads


def _plain(text: str) -> str:
    """Give a heading without the markup that SurveyMonkey and Qualtrics leave in it."""
    return " ".join(_MARKUP.sub("", _BREAK.sub(" ", text)).split())


def _is_qualtrics(columns: Sequence[str], beginning: pd.DataFrame) -> bool:
    if beginning.empty:
        return False
    if any(IMPORT_ID.match(cell) for row in beginning.iloc[:2].to_numpy().tolist() for cell in row):
        return True
    first = dict(zip(columns, beginning.iloc[0], strict=True))
    if "V1" in first:
        return first["V1"].strip() in {"ResponseID", "ResponseId"}
    answer = first.get("ResponseId", "")
    return bool(answer) and "DistributionChannel" in first and not _RESPONSE.fullmatch(answer)


def _qualtrics(table: pd.DataFrame, beginning: pd.DataFrame) -> pd.DataFrame:
    """Join the row of ids, which is the heading, with that of texts; that of import ids may be there, or alone."""
    rows = beginning.to_numpy().tolist()
    imported = [any(IMPORT_ID.match(cell) for cell in row) for row in rows[:2]]
    texts = [""] * len(table.columns) if imported[0] else rows[0]
    heads = [_qualtrics_head(str(code), _plain(text)) for code, text in zip(table.columns, texts, strict=True)]
    return _headed(table.iloc[2 if imported[1:] == [True] and not imported[0] else 1 :], heads)


def _qualtrics_head(code: str, text: str) -> str:
    if _NUMBERED.fullmatch(code):
        return text or code
    return f"{code}. {text}" if text and text != code and re.fullmatch(r"\w+", code) else code
