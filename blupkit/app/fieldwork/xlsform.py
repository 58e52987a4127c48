"""The questionnaire as XLSForm, the workbook that KoboToolbox and ODK make a form of: one form for all groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from blupkit.app.fieldwork.asking import Asked
from blupkit.core.errors import DataError, Fault
from blupkit.core.spreadsheet import excel_workbook

if TYPE_CHECKING:
    from blupkit.core.study import Study

_SURVEY: Final = ("type", "name", "label::Dansk (da)", "relevant", "required", "calculation")
_CHOICES: Final = ("list_name", "name", "label::Dansk (da)")
_SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
_MUNICIPALITIES, _GROUPS = "kommuner", "grupper"
#: What the name of a question may be there.
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
#: What the wording that a group sees is called, beside its question.
_WORDING: Final = "_ord"

Rows = list[Sequence[object]]


def xlsform(study: Study, asked: Mapping[str, list[Asked]]) -> bytes:
    """Write the questionnaire as XLSForm.

    Variables are named as the study's table names them, and the choices of a question with several answers so that the
    export's columns (`form/1`) are read as its own (`form_1`): what comes back is read with `format = "kobo"`.

    Parameters
    ----------
    study : Study
        Its municipalities and groups are asked for first, where there are several.
    asked : mapping of str to list of Asked
        What each group is asked.

    Returns
    -------
    bytes
        A workbook with the sheets `survey`, `choices` and `settings`. Who is not asked a question does not see it
        (`relevant`); who is asked it in other words sees those.

    Raises
    ------
    DataError
        The names of variables that a form cannot have, all of them.

    Examples
    --------
    >>> import io
    >>> from openpyxl import load_workbook
    >>> from blupkit.core import example_study
    >>> from blupkit.survey.reading.questionnaire_file import questionnaire_as_sent
    >>> from blupkit.app.fieldwork.asking import asked_of
    >>> study = example_study()
    >>> asked = {group: asked_of(questionnaire_as_sent(study), group) for group in study.group_keys}
    >>> book = load_workbook(io.BytesIO(xlsform(study, asked)))
    >>> book.sheetnames, [cell.value for cell in book["survey"][4]][:2]
    (['survey', 'choices', 'settings'], ['select_one kommuner', 'kommune'])
    """
    every = [(group, row) for group, rows in asked.items() for row in rows]
    every.sort(key=lambda one: one[1].place)  # of the same variable, the groups stay in the study's order
    _check_names(study, [row for _, row in every])
    lists: dict[str, Rows] = {}
    survey: Rows = [_SURVEY, ("start", "start"), ("end", "end"), *_about(study, lists)]
    boxes: set[str] = set()
    for _, rows in groupby(every, lambda one: one[1].place):
        survey += _rows(study, dict(rows), lists, boxes)
    title = study.heading or study.name
    settings: Rows = [_SETTINGS, (title, study.slug, study.data_date.strftime("%Y%m%d"), "Dansk (da)")]
    choices: Rows = [_CHOICES, *(row for rows in lists.values() for row in rows)]
    return excel_workbook({"survey": survey, "choices": choices, "settings": settings})


def _check_names(study: Study, asked: list[Asked]) -> None:
    names = dict.fromkeys(name for row in asked for name in (row.variable, row.item if row.is_box else row.variable))
    wrong = [name for name in names if not _NAME.fullmatch(name)]
    if wrong:
        file = study.survey_files.questionnaire or ""
        expected, action = "et navn af bogstaverne a-z, tal og _, der ikke begynder med et tal", "Ret navnet."
        raise DataError(Fault(file, name, expected, action, column="variabel") for name in wrong)


def _about(study: Study, lists: dict[str, Rows]) -> Iterator[Sequence[object]]:
    """Ask for the municipality and the group, where there are several."""
    files = study.survey_files
    if len(study.municipalities) > 1:
        name = files.municipality or "kommune"
        lists[_MUNICIPALITIES] = [(_MUNICIPALITIES, str(each.code), each.name) for each in study.municipalities]
        yield (f"select_one {_MUNICIPALITIES}", name, "Hvilken kommune svarer du for?", "", "yes")
    if len(study.groups) > 1:
        lists[_GROUPS] = [(_GROUPS, group.key, group.singular) for group in study.groups]
        yield (f"select_one {_GROUPS}", files.group or "gruppe", "Hvilken rolle svarer du i?", "", "yes")


def _rows(study: Study, asked: dict[str, Asked], lists: dict[str, Rows], boxes: set[str]) -> Iterator[Sequence[object]]:
    """Give the rows of one variable; that of a box is given with the first box of its question."""
    first = next(iter(asked.values()))
    relevant = _seen_by(study, list(asked))
    if first.is_box:
        code = first.variable.removeprefix(f"{first.item}_")
        lists.setdefault(first.item, []).append((first.item, code, first.point))
        if first.item not in boxes:
            boxes.add(first.item)
            yield (f"select_multiple {first.item}", first.item, first.question, relevant)
        return
    wordings = {group: _label(row) for group, row in asked.items()}
    label = next(iter(wordings.values()))
    if len(set(wordings.values())) > 1:
        label = f"${{{first.variable}{_WORDING}}}"
        yield ("calculate", f"{first.variable}{_WORDING}", "", "", "", _chosen(study, wordings))
    if first.is_written:
        yield ("text", first.variable, label, relevant)
        return
    lists.setdefault(first.scale, [(first.scale, choice.code, choice.text) for choice in first.choices])
    yield (f"select_one {first.scale}", first.variable, label, relevant)


def _label(row: Asked) -> str:
    return " - ".join(filter(None, (row.question, row.point)))


def _seen_by(study: Study, groups: list[str]) -> str:
    if len(study.groups) < 2 or len(groups) == len(study.groups):
        return ""
    return " or ".join(f"${{{study.survey_files.group or 'gruppe'}}} = '{group}'" for group in groups)


def _chosen(study: Study, wordings: dict[str, str]) -> str:
    """Choose the wording by the group; a quotation mark in it would end it."""
    *before, (_, last) = [(group, wording.replace("'", "’")) for group, wording in wordings.items()]
    chosen = f"'{last}'"
    for group, wording in reversed(before):
        chosen = f"if({_seen_by(study, [group])}, '{wording}', {chosen})"
    return chosen
