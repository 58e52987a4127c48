"""Reading codings from another program (REFI-QDA, QDPX): every passage is placed by its words, or listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core import Fault
from blupkit.core.danish import count, first_upper, listing
from blupkit.interviews.archive import (
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
from blupkit.interviews.offsets import Mark, Settled, settle
from blupkit.interviews.refi_codes import ATTRIBUTES, Meaning, Tree, many, read_tree, stable_guid
from blupkit.interviews.source_texts import Matched, Part, locate, match, written

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
#: What a project may hold that a coding of turns has no place for.
_LEFT: Final = {
    "PictureSource": ("billede", "billeder"),
    "PDFSource": ("PDF-fil (dens tekst er læst, hvor den er med)", "PDF-filer (deres tekst er læst, hvor den er med)"),
    "AudioSource": ("lydfil", "lydfiler"),
    "VideoSource": ("video", "videoer"),
    "Link": ("forbindelse (link)", "forbindelser (links)"),
    "Set": ("samling (set)", "samlinger (sets)"),
    "Graph": ("diagram", "diagrammer"),
}


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
class _Source:
    name: str
    text: str
    matched: Matched | None
    element: Element


@dataclass(frozen=True)
class _Selection:
    """A selection and what is coded on it: GUID of the coding, what the code is, who coded."""

    mark: Mark
    memo: str
    codings: list[tuple[str, Meaning, str]]
    row: int | None


@dataclass
class _Tally:
    """What the notes count while the passages are placed."""

    divided: int = 0
    shortened: int = 0
    undecided: int = 0
    left: int = 0
    cases: int = 0
    used_notes: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


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
    tally = _Tally(faults=[*tree.faults])
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
        *_note_reading(project, settled, selections),
        *_note_sources(sources),
        *_note_rows(rows, tally),
        *_note_left(project, tree, sources, tally),
    ]
    return Imported(imported_frame(rows), tree.codes, notes, tally.faults)


def imported_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Build the table of codings that were read, with its types also where it is empty."""
    kinds = dict.fromkeys(IMPORTED_COLUMNS, "str") | {"turn": "int64", "start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=IMPORTED_COLUMNS).astype(kinds)


def _sources(project: Project, turns: pd.DataFrame, file: str, tally: _Tally) -> Iterator[_Source]:
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
        yield _Source(name, text, match(text, name, interviews), element)


def _text(element: Element, project: Project) -> str | None:
    if children(element, "PlainTextContent"):
        return child_text(element, "PlainTextContent").removeprefix("\ufeff")
    file = (element.get("plainTextPath") or "").replace("\\", "/").rpartition("/")[2].lower()
    raw = project.members.get(file)
    return None if raw is None else decode(raw)


def _warning(file: str, found: str, expected: str, action: str, element: Element | None = None) -> Fault:
    row = None if element is None else element.sourceline
    return Fault(file, found, expected, action, row=row, level="advarsel")


def _selections(
    sources: list[_Source], project: Project, tree: Tree, users: dict[str, str], file: str, tally: _Tally
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
    selection: Element, tree: Tree, users: dict[str, str], taken: set[str], file: str, tally: _Tally
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


def _memo(element: Element, notes: dict[str, str], tally: _Tally) -> str:
    """Put together what is remarked on a selection: its description, and the notes that it refers to."""
    refers = [target(reference) for reference in descendants(element, "NoteRef")]
    tally.used_notes |= {ident for ident in refers if notes.get(ident)}
    said = [child_text(element, "Description"), *(notes.get(ident, "") for ident in refers)]
    return "\n".join(dict.fromkeys(text for text in said if text.strip()))


def _rows(
    selections: list[_Selection], settled: Settled, sources: list[_Source], file: str, tally: _Tally
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


def _completed(row: dict[str, Any], alone: dict[tuple[object, ...], set[str]], tally: _Tally) -> dict[str, Any]:
    """Take a direction or party from a selection of its own, as programs make when they part the codes of a passage."""
    key = row.pop("key")
    for kind in ATTRIBUTES:
        values = alone.get((*key, kind), set())
        if not row[kind] and len(values) == 1:
            row[kind] = next(iter(values))
        tally.undecided += not row[kind] and len(values) > 1
    return row


def _value(selection: _Selection, kind: str, coder: str, tally: _Tally) -> str:
    """Give the direction or party on a selection, when the coder gave but one."""
    values = {meaning.value for _, meaning, who in selection.codings if meaning.kind == kind and who == coder}
    tally.undecided += len(values) > 1
    return next(iter(values)) if len(values) == 1 else ""


def _parts(selection: _Selection, span: tuple[int, int] | str, source: _Source, file: str, tally: _Tally) -> list[Part]:
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


def _tell_lost(span: tuple[int, int], parts: list[Part], source: _Source, what: str, file: str, tally: _Tally) -> None:
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


def _note_reading(project: Project, settled: Settled, selections: list[_Selection]) -> list[str]:
    """Say which program it was, how it counts, and how many passages were placed."""
    origin = (project.root.get("origin") or "").strip()[:60]
    notes = [f"Projektet er skrevet af {origin}." if origin else "Projektet siger ikke, hvilket program der skrev det."]
    total = len(selections)
    if not total:
        return [*notes, "Projektet har ingen kodede steder i tekst."]
    notes.append(f"Pladserne er læst som {settled.convention}.")
    notes.append(
        f"Af {many(total, 'kodet sted', 'kodede steder')} er {count(settled.quoted)} ordret det, der er citeret, "
        f"og {count(settled.at_words)} begynder og slutter ved et ord."
    )
    if settled.rivals:
        rivals = many(settled.rivals, "anden måde at tælle på passer", "andre måder at tælle på passer")
        notes.append(f"{first_upper(rivals)} lige så godt; kun steder, hvor det ingen forskel gør, er placeret.")
    return notes


def _note_sources(sources: list[_Source]) -> list[str]:
    notes = []
    for source in sources:
        if source.matched is None:
            notes.append(f"Teksten »{source.name}« er ikke et af interviewene; dens kodninger er udeladt.")
        elif not source.matched.exact:
            share = f"{100 * source.matched.share:.0f} %"
            notes.append(f"Teksten »{source.name}« er {source.matched.interview}: {share} af det sagte er fundet igen.")
    return notes


def _note_rows(rows: list[dict[str, Any]], tally: _Tally) -> list[str]:
    """Say what became of the codings."""
    unsigned = sum(not row["coder"] for row in rows)
    said = [f"{many(len(rows), 'kodning', 'kodninger')} er placeret."]
    if tally.left:
        said.append(f"{many(tally.left, 'sted', 'steder')} er udeladt og står i listen over fejl.")
    if tally.divided:
        said.append(f"{many(tally.divided, 'sted', 'steder')} går over flere ture og er delt i en kodning pr. tur.")
    if tally.shortened:
        said.append(
            f"{many(tally.shortened, 'sted', 'steder')} er kortet af til det, der er sagt (uden talerens navn)."
        )
    if tally.undecided:
        said.append(f"{many(tally.undecided, 'gang', 'gange')} er retning eller part ikke entydig og derfor tom.")
    if unsigned:
        said.append(f"{many(unsigned, 'kodning', 'kodninger')} siger ikke, hvem der har kodet.")
    return [first_upper(sentence) for sentence in said]


def _note_left(project: Project, tree: Tree, sources: Iterable[_Source], tally: _Tally) -> list[str]:
    """Say what the project holds that was not carried over."""
    found = Counter(str(name) for name in _LEFT for _ in descendants(project.root, name))
    left = [many(times, *_LEFT[name]) for name, times in found.items()]
    elements = [source.element for source in sources]
    whole = sum(len(children(element, "Coding")) for element in elements)
    bare = sum(not children(one, "Coding") for element in elements for one in children(element, "PlainTextSelection"))
    left += [many(whole, "kodning af en hel tekst", "kodninger af hele tekster")] if whole else []
    left += [many(bare, "sted med bemærkning, men uden kode", "steder med bemærkning, men uden kode")] if bare else []
    alone = len({guid(note.get("guid")) for note in descendants(project.root, "Note")} - tally.used_notes)
    left += (
        [many(alone, "note, som ikke hører til en kodning", "noter, som ikke hører til en kodning")] if alone else []
    )
    left += (
        ["hvornår der er kodet"]
        if any(one.get("creationDateTime") for one in descendants(project.root, "Coding"))
        else []
    )
    notes = [f"Ikke med: {listing(left)}."] if left else []
    if tally.cases:
        cases = many(tally.cases, "sted siger", "steder siger")
        notes.append(f"{first_upper(cases)} kun, hvem der taler; det står i udskrifterne.")
    if tree.deeper:
        deep = many(tree.deeper, "kode lå", "koder lå")
        notes.append(f"{first_upper(deep)} dybere end tema og kode og er lagt direkte under det øverste.")
    return notes
