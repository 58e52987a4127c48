"""XLSForm, the workbook that Kobo and ODK make a form of: its questions and choices, and what it accepts silently."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import FileError, raise_serious, read_table
from blupkit.core.danish import listing
from blupkit.survey.reading.origin.outline import OTHER, Outline, seen_text

SURVEY, CHOICES = "survey", "choices"
#: Types that are no questions: what the device notes, what is computed, and pictures.
_NO_QUESTION: Final = frozenset(
    {
        "note",
        "start",
        "end",
        "today",
        "deviceid",
        "phonenumber",
        "username",
        "email",
        "simserial",
        "subscriberid",
        "calculate",
        "hidden",
        "audit",
        "image",
        "audio",
        "video",
        "file",
        "xml-external",
        "csv-external",
        "background-audio",
        "start-geopoint",
        "osm",
        "acknowledge",
        "trigger",
    }
)
_WRITTEN: Final = frozenset(
    {
        "text",
        "integer",
        "int",
        "decimal",
        "string",
        "date",
        "time",
        "datetime",
        "barcode",
        "range",
        "geopoint",
        "geotrace",
        "geoshape",
        "gps",
        "location",
    }
)
_KNOWN: Final = frozenset(
    {
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "relevant",
        "relevance",
        "required",
        "required_message",
        "constraint",
        "constraint_message",
        "default",
        "readonly",
        "read_only",
        "calculation",
        "appearance",
        "parameters",
        "choice_filter",
        "repeat_count",
        "count",
        "disabled",
        "trigger",
        "autoplay",
        "note",
        "body",
        "bind",
        "image",
        "audio",
        "video",
        "media",
        "caption",
        "list_name",
        "big-image",
        "save_to",
        "query",
        "order",
        "filter",
    }
)
_YES: Final = frozenset({"yes", "true", "true()", "1"})
_NO: Final = frozenset({"no", "false", "false()", "0", ""})
_SELECT: Final = re.compile(
    r"(?:add )?select[ _]?(one|1|multiple|all that apply)(?: question)?(?: using)?(?: from)?"
    r"\s+(\S+)(\s+or[ _]?(?:specify )?other)?",
    re.IGNORECASE,
)
#: What the device notes, as it may be written.
_DEVICE: Final = re.compile(
    r"(?:uri:)?(?:(?:device|subscriber) ?id|phone ?number|sim ?serial|username|email|(?:start|end)(?: ?time)?|today)"
)
#: Answers that come from a file beside the form, or in an order: read as they stand, or not at all.
_FROM_FILE: Final = re.compile(r"select[ _]?(?:one|multiple)[ _](?:from[ _]file|external)\b.*", re.IGNORECASE)
_UNREAD: Final = re.compile(r"(?:rank|include|begin[ _]loop|end[ _]loop|loop)\b.*", re.IGNORECASE)
_GROUP: Final = re.compile(r"(begin|end)[ _](group|repeat|score|rank|kobomatrix)", re.IGNORECASE)
_EQUALS: Final = re.compile(r"\$\{(\w+)\}\s*=\s*['\"]")


@dataclass
class _Group:
    """A group that the rows lie in: its name, its label, and what Kobo's matrix takes its choices from."""

    name: str
    label: str = ""
    choices: str = ""
    repeated: bool = False


@dataclass
class _Form:
    outline: Outline
    lists: dict[str, list[tuple[str, str]]]
    groups: list[_Group] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    several: set[str] = field(default_factory=set)


def read_xlsform(path: Path, name: str) -> Outline:
    """Read a form.

    Parameters
    ----------
    path : pathlib.Path
        A workbook with the sheets `survey` and, where there are choices, `choices`.
    name : str
        What to call it in messages.

    Returns
    -------
    Outline
        Danish texts where there are several languages. What a form accepts without a word is told: columns that it does
        not know, choices without a list, "ja" where it wants "yes".

    Raises
    ------
    FileError
        A sheet or a column is missing.
    DataError
        All that cannot be read: an unknown type, a list that is not there, a group that does not end.
    """
    survey = _sheet(path, name, SURVEY)
    outline = Outline(name)
    form = _Form(outline, _lists(path, name, outline, survey))
    label = _label(survey, outline, SURVEY)
    _check_columns(survey, outline)
    for row, line in survey.iterrows():
        _row(form, int(str(row)), line, label)
    if form.groups:
        outline.wrong(form.groups[-1].name, "en »end_group« for hver gruppe", "Ret arket survey.", column="type")
    if form.repeated:
        action = "Svarene står i deres eget ark og er ikke læst."
        outline.told(listing(form.repeated), "spørgsmål, som hver deltager svarer på én gang", action)
    if form.unread:
        action = "De er ikke læst. Er de vigtige, så skriv dem i spoergeskema.csv."
        outline.told(listing(form.unread), "spørgsmål af en slags, der kan læses (ikke rangordning)", action)
    raise_serious(outline.faults)
    return outline


def _sheet(path: Path, name: str, sheet: str) -> pd.DataFrame:
    table = read_table(path, name, sheet=sheet)
    table.columns = pd.Index([str(head).strip() for head in table.columns])
    small = {head: head.casefold() for head in table.columns if head.casefold() in {"type", "name", "list_name"}}
    table = table.rename(columns={**small, "list name": "list_name"})
    wanted = ("type", "name") if sheet == SURVEY else ("list_name", "name")
    missing = [column for column in wanted if column not in table]
    if missing:
        outline = Outline(name)
        found = ", ".join(map(str, table.columns))
        outline.wrong(found, f"kolonnen »{missing[0]}« i arket {sheet} (XLSForm)", "Ret arket, eller gem det igen.", 1)
        raise FileError(outline.faults)
    return table


def _lists(path: Path, name: str, outline: Outline, survey: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    if not any(_SELECT.match(" ".join(cell.split())) for cell in survey["type"]):
        return {}
    table = _sheet(path, name, CHOICES)
    label, lists = _label(table, outline, CHOICES), dict[str, list[tuple[str, str]]]()
    for row, line in table.iterrows():
        place, listed, code = int(str(row)), line["list_name"].strip(), line["name"].strip()
        if not listed and not code:
            continue
        if not listed or not code:
            missing = "list_name" if not listed else "name"
            action = "Udfyld cellen i arket choices; ellers er valget ikke med i skemaet."
            outline.wrong("ingenting", "en liste og et navn for hvert valg", action, place, missing)
            continue
        text = _text(line, label)
        if not text:
            outline.told("intet", "en tekst til hvert valg", "Valgets navn er brugt i stedet.", place, label or "label")
        before = dict(lists.get(listed, []))
        if before.get(code) == (text or code):
            continue  # a cascade lists a choice once for each of those that lead to it
        if code in before:
            action = "Giv valgene hver sit navn i arket choices."
            outline.wrong(code, f"hvert navn kun én gang i listen »{listed}«", action, place, "name")
        lists.setdefault(listed, []).append((code, text or code))
    filters = {
        column
        for cell in survey.get("choice_filter", pd.Series(dtype="str"))
        for column in re.findall(r"(?<![\w${])([a-z_]\w*)\s*=", cell)
    }
    for column in sorted(filters - set(map(str, table.columns))):
        action = "Ingen har set valgene. Ret choice_filter, eller tilføj kolonnen i arket choices."
        outline.told(f"choice_filter med »{column}«", "en kolonne med det navn i arket choices", action, None, column)
    return lists


def _label(table: pd.DataFrame, outline: Outline, sheet: str) -> str:
    """Choose the column of texts: Danish where there are several languages."""
    labels = [str(head) for head in table.columns if re.fullmatch(r"(?i)label(::.*)?", str(head))]
    danish = [head for head in labels if re.search(r"(?i)dansk|danish|\(da\)|::\s*da\b", head)]
    chosen = (danish or labels or [""])[0]
    lacking = [head for head in labels if chosen and ((table[head] == "") & (table[chosen] != "")).any()]
    if lacking:
        action = "I det sprog viser skemaet »-« i stedet for teksten."
        outline.told(f"tomme tekster i {listing(lacking)}", f"alle tekster på alle sprog i arket {sheet}", action)
    return chosen


def _text(line: pd.Series, label: str) -> str:
    others = [str(cell) for head, cell in line.items() if str(head).startswith("label") and cell]
    return seen_text((line[label] if label else "") or (others or [""])[0])


def _check_columns(survey: pd.DataFrame, outline: Outline) -> None:
    for head in map(str, survey.columns):
        plain = re.split(r"::|:", head)[0].strip().casefold().replace(" ", "_")
        if plain in _KNOWN or head.startswith(("$", "kobo--", "_", "instance")) or not plain:
            continue
        near = difflib.get_close_matches(plain, sorted(_KNOWN), n=1, cutoff=0.7)
        action = (f"Mente du »{near[0]}«? " if near else "") + "Skemaet bruger ikke kolonnen."
        outline.told(f"kolonnen »{head}«", "en kolonne, som XLSForm kender", action, 1, head)
    for column, allowed in (("required", _YES | _NO), ("disabled", _YES | _NO)):
        cells = survey[column].str.strip().str.casefold() if column in survey else pd.Series(dtype="str")
        for row, cell in cells[~cells.isin(allowed) & ~cells.str.contains("[$(]")].items():
            action = "Skemaet forstår kun yes og no; her er der ikke gjort noget."
            outline.told(f"»{cell}«", "yes eller no", action, int(str(row)), column)


def _row(form: _Form, row: int, line: pd.Series, label: str) -> None:
    kind, name = " ".join(line["type"].split()), line["name"].strip()
    if not kind or line.get("disabled", "").strip().casefold() in _YES:
        return
    group = _GROUP.fullmatch(kind)
    if group:
        _step(form, row, group[1].casefold(), group[2].casefold(), line, label)
        return
    if kind.casefold() in _NO_QUESTION or _DEVICE.fullmatch(kind.casefold()):
        return
    if _UNREAD.fullmatch(kind):
        form.unread.append(name or kind)
        return
    if any(each.repeated for each in form.groups):
        form.repeated.append(name)
        return
    _check_relevance(form, row, line)
    _question(form, row, kind, _own_name(form, row, name), _text(line, label) or name)


def _step(form: _Form, row: int, way: str, kind: str, line: pd.Series, label: str) -> None:
    if way == "begin":
        table = "table-list" in line.get("appearance", "") or kind in {"score", "kobomatrix"}
        choices = line.get("kobo--score-choices", "") if kind == "score" else ""
        stem = _text(line, label) if table else ""
        form.groups.append(_Group(line["name"].strip(), stem, choices.strip(), repeated=kind == "repeat"))
    elif form.groups:
        form.groups.pop()
    else:
        form.outline.wrong(line["type"], "en »begin_group« før den", "Ret arket survey.", row, "type")


def _own_name(form: _Form, row: int, name: str) -> str:
    """Give the name of a column; a name that is used in several groups takes its group with it."""
    known = form.outline.variables | form.several
    if name not in known:
        return name
    longer = "_".join([*(group.name for group in form.groups[-1:]), name])
    if longer in known or not form.groups:
        form.outline.wrong(name, "et navn til hvert spørgsmål i gruppen", "Giv spørgsmålet et andet navn.", row, "name")
    return longer


def _question(form: _Form, row: int, kind: str, name: str, text: str) -> None:
    outline = form.outline
    stem = next((group.label for group in reversed(form.groups) if group.label), "")
    whole = f"{stem} - {text}" if stem else text
    select = None if _FROM_FILE.fullmatch(kind) else _SELECT.fullmatch(kind)
    score = next((group.choices for group in reversed(form.groups) if group.choices), "")
    if select:
        several = select[1].casefold() in {"multiple", "all that apply"}
        choices = [*form.lists.get(select[2], []), *([("other", OTHER)] if select[3] else [])]
        if not form.lists.get(select[2]):
            expected = f"listen »{select[2]}« i arket choices"
            outline.wrong(kind, expected, "Tilføj valgene, eller ret navnet.", row, "type")
        elif several:
            form.several.add(name)
            _check_blanks(outline, choices, row)
            outline.several(name, text, choices, "/")
        else:
            outline.single(name, whole, choices)
        if select[3]:
            outline.written(f"{name}_other", f"{text} ({OTHER})")
    elif kind.casefold() == "score__row" and form.lists.get(score):
        outline.single(name, whole, form.lists[score])
    elif kind.casefold().split(" ")[0] in _WRITTEN or _FROM_FILE.fullmatch(kind):
        outline.written(name, whole)
    else:
        expected = "en type, som kan læses: text, integer, select_one liste …"
        outline.wrong(kind, expected, "Ret typen i arket survey.", row, "type")


def _check_blanks(outline: Outline, choices: Iterable[tuple[str, str]], row: int) -> None:
    for code, _ in choices:
        if " " in code:
            action = (
                "Flere valg står i én celle med mellemrum imellem, så navnet kan ikke findes. Giv valget et andet navn."
            )
            outline.wrong(code, "et navn uden mellemrum", action, row, "type")


def _check_relevance(form: _Form, row: int, line: pd.Series) -> None:
    condition = line.get("relevant", "") or line.get("relevance", "")
    for asked in _EQUALS.findall(condition):
        if asked in form.several and "selected(" not in condition:
            action = "Spørgsmålet er kun vist for dem, der valgte det ene svar og intet andet. Brug selected(…)."
            found = f"{asked} = … om et spørgsmål med flere svar"
            form.outline.told(found, "selected(${…}, …)", action, row, "relevant")
