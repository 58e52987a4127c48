"""Reading codings from another program (REFI-QDA, QDPX): every passage is placed by its words, or listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core import Fault, Level
from blupkit.interviews.exchange.import_notes import (
    Source,
    Tally,
    note_left,
    note_reading,
    note_rows,
    note_sources,
)
from blupkit.interviews.exchange.offsets import Mark, Settled, settle
from blupkit.interviews.exchange.qdc import ATTRIBUTES, Meaning, Tree, read_tree, stable_guid
from blupkit.interviews.exchange.safe_zip import (
    Element,
    Project,
    child_text,
    children,
    decode,
    descendants,
    guid,
    open_project,
    target,
)
from blupkit.interviews.exchange.source_texts import Part, locate, match, written

IMPORTED_COLUMNS: Final = [
    "id",
    "coder",
    "interview",
    "turn",
    "start",
    "end",
    "code",
    "theme",
    "direction",
    "about",
    "memo",
    "quote",
]


@dataclass(frozen=True)
class Imported:
    """What was read from another program.

    Parameters
    ----------
    codings : pandas.DataFrame
        id, coder, interview, turn, start, end (code points in the turn's text, end exclusive), code, theme, direction,
        about, memo, quote.
    codes : pandas.DataFrame
        code, theme, theme_name, name, definition, include, exclude, example.
    notes : list of str
        Danish sentences: how places were counted, what each text is, what was not carried over.
    faults : list of Fault
        Everything that could not be used, one a thing.
    """

    codings: pd.DataFrame
    codes: pd.DataFrame
    notes: list[str]
    faults: list[Fault]


@dataclass(frozen=True)
class _Selection:
    """A selection and what is coded on it: GUID of the coding, what the code is, who coded."""

    mark: Mark
    memo: str
    codings: list[tuple[str, Meaning, str]]
    row: int | None


def read_qdpx(path: Path, turns: pd.DataFrame) -> Imported:
    """Read what was coded in another program, and place it in the study's turns.

    The texts of the project are recognised by what was said in them. How the program counts characters is found from
    the words (see `offsets.settle`), since programs differ and few follow the standard. Nothing is placed by guess:
    what cannot be placed is in `faults`.

    Parameters
    ----------
    path : pathlib.Path
        The project (.qdpx).
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    Imported
        Codings, codes, notes and faults.

    Raises
    ------
    FileError
        The file is no project, or is made to do harm.
    """
    project = open_project(path)
    tree = read_tree(project.root, path.name)
    tally = Tally(faults=[*tree.faults])
    sources = list(_sources(project, turns, path.name, tally))
    users = {guid(user.get("guid")): user.get("name") or "" for user in descendants(project.root, "User")}
    selections = _selections(sources, project, tree, users, path.name, tally)
    settled = settle([source.text for source in sources], [selection.mark for selection in selections])
    rows = _rows(selections, settled, sources, path.name, tally)
    themes = dict(zip(tree.codes["code"], tree.codes["theme"], strict=True))
    said = {(turn["interview"], turn["turn"]): turn["text"] for turn in turns.to_dict("records")}
    for row in rows:
        row["theme"] = themes.get(row["code"], "")
        row["quote"] = said[(row["interview"], row["turn"])][row["start"] : row["end"]]
    notes = [
        *note_reading(project, settled, len(selections)),
        *note_sources(sources),
        *note_rows(rows, tally),
        *note_left(project, tree, sources, tally),
    ]
    return Imported(imported_frame(rows), tree.codes, notes, tally.faults)


def imported_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Build the table of codings that were read, with its types also where it is empty."""
    kinds = dict.fromkeys(IMPORTED_COLUMNS, "str") | {"turn": "int64", "start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=IMPORTED_COLUMNS).astype(kinds)


def _sources(project: Project, turns: pd.DataFrame, file: str, tally: Tally) -> Iterator[Source]:
    """Read the project's texts, and tell which interview each is."""
    interviews = written(turns)
    for element in descendants(project.root, "TextSource", "Representation"):
        name = element.get("name") or "uden navn"
        text = _text(element, project)
        if text is None:
            action = "Dens kodninger er udeladt. Eksportér projektet igen med teksterne."
            found = f"teksten »{name[:60]}« mangler eller kan ikke læses"
            tally.faults.append(_warning(file, found, "en tekst i UTF-8, UTF-16 eller Windows-1252", action, element))
            continue
        yield Source(name, text, match(text, name, interviews), element)


def _text(element: Element, project: Project) -> str | None:
    if children(element, "PlainTextContent"):
        return child_text(element, "PlainTextContent").removeprefix("\ufeff")
    file = (element.get("plainTextPath") or "").replace("\\", "/").rpartition("/")[2].lower()
    raw = project.members.get(file)
    return None if raw is None else decode(raw)


def _warning(file: str, found: str, expected: str, action: str, element: Element | None = None) -> Fault:
    row = None if element is None else element.sourceline
    return Fault(file, found, expected, action, row=row, level=Level.WARNING)


def _selections(
    sources: list[Source], project: Project, tree: Tree, users: dict[str, str], file: str, tally: Tally
) -> list[_Selection]:
    """Read all selections that carry a code, a direction or a party; a speaker's turns are known already."""
    written_notes = {guid(note.get("guid")): _text(note, project) or "" for note in descendants(project.root, "Note")}
    found: list[_Selection] = []
    taken: set[str] = set()
    for number, source in enumerate(sources):
        for element in children(source.element, "PlainTextSelection"):
            codings = list(_codings(element, tree, users, taken, file, tally))
            if all(meaning.kind == "speaker" for _, meaning, _ in codings):
                tally.cases += bool(codings)
                continue
            try:
                start, end = int(element.get("startPosition", "")), int(element.get("endPosition", ""))
            except ValueError:
                place = f"{element.get('startPosition')} til {element.get('endPosition')}"
                action = "Kodningen er udeladt."
                tally.faults.append(_warning(file, place[:60], "to hele tal", action, element))
                continue
            mark = Mark(number, start, end, element.get("name") or "")
            found.append(_Selection(mark, _memo(element, written_notes, tally), codings, element.sourceline))
    return found


def _codings(
    selection: Element, tree: Tree, users: dict[str, str], taken: set[str], file: str, tally: Tally
) -> Iterator[tuple[str, Meaning, str]]:
    for coding in children(selection, "Coding"):
        refers = [target(reference) for reference in children(coding, "CodeRef")]
        meaning = tree.meanings.get(refers[0]) if refers else None
        if meaning is None:
            found = f"en kodning af »{(selection.get('name') or '')[:40]}« med en kode, der ikke er i projektet"
            tally.faults.append(_warning(file, found, "en kode fra projektets kodebog", "Den er udeladt.", coding))
            continue
        user = coding.get("creatingUser") or selection.get("creatingUser") or selection.get("modifyingUser")
        ident = (coding.get("guid") or "").strip().strip("{}")
        number = 0
        while not ident or ident.lower() in taken:
            number += 1
            ident = stable_guid("coding", selection.get("guid") or "", refers[0], user or "", str(number))
        taken.add(ident.lower())
        yield ident, meaning, users.get(guid(user), "")


def _memo(element: Element, notes: dict[str, str], tally: Tally) -> str:
    """Put together what is remarked on a selection: its description, and the notes that it refers to."""
    refers = [target(reference) for reference in descendants(element, "NoteRef")]
    tally.used_notes |= {ident for ident in refers if notes.get(ident)}
    said = [child_text(element, "Description"), *(notes.get(ident, "") for ident in refers)]
    return "\n".join(dict.fromkeys(text for text in said if text.strip()))


def _rows(
    selections: list[_Selection], settled: Settled, sources: list[Source], file: str, tally: Tally
) -> list[dict[str, Any]]:
    """Place each selection, and make a coding of each code on it."""
    rows: list[dict[str, Any]] = []
    alone: dict[tuple[object, ...], set[str]] = {}
    for selection, span in zip(selections, settled.spans, strict=True):
        source = sources[selection.mark.source]
        parts = _parts(selection, span, source, file, tally)
        if not parts or source.matched is None:
            continue
        coded = [coding for coding in selection.codings if coding[1].kind == "code"]
        for _, meaning, coder in selection.codings if not coded else ():
            alone.setdefault((selection.mark.source, span, coder, meaning.kind), set()).add(meaning.value)
        for ident, meaning, coder in coded:
            values = {kind: _value(selection, kind, coder, tally) for kind in ATTRIBUTES}
            head = {
                "coder": coder,
                "interview": source.matched.interview,
                "code": meaning.value,
                "memo": selection.memo,
            }
            key = (selection.mark.source, span, coder)
            for number, part in enumerate(parts):
                own = ident if number == 0 else stable_guid("part", ident, str(part.turn))
                place = {"turn": part.turn, "start": part.start, "end": part.end}
                rows.append({"id": own, "key": key} | head | place | values)
    return [_completed(row, alone, tally) for row in rows]


def _completed(row: dict[str, Any], alone: dict[tuple[object, ...], set[str]], tally: Tally) -> dict[str, Any]:
    """Take a direction or party from a selection of its own, as programs make when they part the codes of a passage."""
    key = row.pop("key")
    for kind in ATTRIBUTES:
        values = alone.get((*key, kind), set())
        if not row[kind] and len(values) == 1:
            row[kind] = next(iter(values))
        tally.undecided += not row[kind] and len(values) > 1
    return row


def _value(selection: _Selection, kind: str, coder: str, tally: Tally) -> str:
    """Give the direction or party on a selection, when the coder gave but one."""
    values = {meaning.value for _, meaning, who in selection.codings if meaning.kind == kind and who == coder}
    tally.undecided += len(values) > 1
    return next(iter(values)) if len(values) == 1 else ""


def _parts(selection: _Selection, span: tuple[int, int] | str, source: Source, file: str, tally: Tally) -> list[Part]:
    """Find the turns that a passage lies in; tell where there are none, and where something falls outside."""
    what = f"»{selection.mark.name[:60]}« i »{source.name[:40]}« ({selection.mark.start}-{selection.mark.end})"
    if source.matched is None:
        why = "teksten er ikke et af interviewene"
    elif isinstance(span, str):
        why = span
    else:
        parts = locate(span, source.matched)
        if parts:
            tally.divided += len(parts) > 1
            _tell_lost(span, parts, source, what, file, tally)
            return parts
        why = "stedet ligger uden for det, der er sagt i udskriften"
    action = "Kodningen er udeladt. Kod stedet igen, hvis den skal med."
    fault = _warning(file, f"{what}: {why}", "et sted, der kan findes i udskriften", action)
    tally.faults.append(replace(fault, row=selection.row))
    tally.left += 1
    return []


def _tell_lost(span: tuple[int, int], parts: list[Part], source: Source, what: str, file: str, tally: Tally) -> None:
    """Tell when a passage holds words that are in no turn; a speaker's label before a turn is none of them."""
    if source.matched is None:
        return
    pieces = source.matched.places
    spoken = sum(
        not source.text[place].isspace() for part in parts for place in set(pieces[part.turn][part.start : part.end])
    )
    there = sum(not char.isspace() for char in source.text[slice(*span)])
    if spoken == there:
        return
    tally.shortened += 1
    if not source.matched.exact:
        action = "Se efter, at det, der er kodet, er det rigtige."
        found = f"{what}: {there - spoken} tegn af stedet er ikke i udskriften"
        tally.faults.append(_warning(file, found, "et sted, der kun er det, der er sagt", action))
