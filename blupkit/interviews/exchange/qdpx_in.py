"""Reading codings from another program (REFI-QDA, QDPX): every passage is placed by its words, or listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from itertools import count as counting
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd
from lxml import etree

from blupkit.core.danish import count, listing, many, percent
from blupkit.interviews.exchange.imported import LEFT_OUT, NO_GUESS, Imported, Reading, Told
from blupkit.interviews.exchange.offsets import Mark, Settled, settle
from blupkit.interviews.exchange.qdc import ATTRIBUTES, Kind, Meaning, read_tree, stable_guid
from blupkit.interviews.exchange.safe_zip import (
    Project,
    child_text,
    children,
    decode,
    descendants,
    first_free,
    guid,
    open_project,
    target,
)
from blupkit.interviews.exchange.source_texts import Matched, Part, locate, match, written

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
_ROWS: Final = (Told.LEFT, Told.DIVIDED, Told.SHORTENED, Told.UNDECIDED, Told.UNSIGNED)


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

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> path = Path(tempfile.mkdtemp()) / "a.qdpx"
    >>> _ = interviews.write_qdpx(path, study, coded)
    >>> interviews.read_qdpx(path, coded.turns).codings[["turn", "code", "direction", "quote"]].values.tolist()[2]
    [3, '1.1', 'barriere', 'Vi har intet mandat.']
    """
    project = open_project(path)
    reader = _Reader(path.name, turns, read_tree(project.root, path.name), project=project)
    selections = list(reader.selections())
    settled = settle([source.text for source in reader.sources], [selection.mark for selection in selections])
    reader.place_all(selections, settled)
    became = reader.told(Told.PLACED, *_ROWS)
    return reader.imported([*reader.how_read(settled, len(selections)), *became, *reader.what_is_left()])


@dataclass(frozen=True)
class _Source:
    """A text of the project: its name, its words, the interview that it is, and its element."""

    name: str
    text: str
    matched: Matched | None
    element: etree._Element

    @property
    def told(self) -> list[str]:
        """Say of a text that is no interview, or was found again in part, that it is so."""
        if self.matched is None:
            return [f"Teksten »{self.name}« er ikke et af interviewene; dens kodninger er udeladt."]
        again = f"{percent(100 * self.matched.share)} af det sagte er fundet igen."
        return [] if self.matched.exact else [f"Teksten »{self.name}« er {self.matched.interview}: {again}"]


class _Given(NamedTuple):
    """A coding of a selection: its GUID, what its code is, who coded."""

    ident: str
    meaning: Meaning
    coder: str


class _Selection(NamedTuple):
    """A selection and what is coded on it."""

    mark: Mark
    memo: str
    given: list[_Given]
    row: int | None

    def values(self, kind: Kind, coder: str) -> set[str]:
        """The directions or parties that a coder gave."""
        return {each.meaning.value for each in self.given if each.meaning.kind == kind and each.coder == coder}

    @property
    def codes(self) -> list[_Given]:
        """The codings with a code, and not with a direction, a party or a speaker."""
        return [each for each in self.given if each.meaning.kind == Kind.CODE]


@dataclass
class _Reader(Reading):
    """A project while it is read."""

    project: Project = field(kw_only=True)
    used_notes: set[str] = field(default_factory=set, kw_only=True)
    taken: set[str] = field(default_factory=set, kw_only=True)

    @cached_property
    def users(self) -> dict[str, str]:
        """GUID → name."""
        return {guid(user.get("guid")): user.get("name") or "" for user in descendants(self.project.root, "User")}

    @cached_property
    def notes(self) -> dict[str, str]:
        """GUID → what the note says."""
        found = descendants(self.project.root, "Note")
        return {guid(note.get("guid")): self._text(note) or "" for note in found}

    @cached_property
    def sources(self) -> list[_Source]:
        """The project's texts, and which interview each is."""
        interviews = written(self.turns)
        found: list[_Source] = []
        for element in descendants(self.project.root, "TextSource", "Representation"):
            name, text = element.get("name") or "uden navn", self._text(element)
            if text is None:
                says = f"teksten »{name[:60]}« mangler eller kan ikke læses"
                action = "Dens kodninger er udeladt. Eksportér projektet igen med teksterne."
                self.set_aside(says, "en tekst i UTF-8, UTF-16 eller Windows-1252", action, element.sourceline)
            else:
                found.append(_Source(name, text, match(text, name, interviews), element))
        return found

    def _text(self, element: etree._Element) -> str | None:
        if children(element, "PlainTextContent"):
            return child_text(element, "PlainTextContent").removeprefix("\ufeff")
        file = (element.get("plainTextPath") or "").replace("\\", "/").rpartition("/")[2].lower()
        raw = self.project.members.get(file)
        return None if raw is None else decode(raw)

    def selections(self) -> Iterator[_Selection]:
        """Read all selections that carry a code, a direction or a party; a speaker's turns are known already."""
        for number, source in enumerate(self.sources):
            for element in children(source.element, "PlainTextSelection"):
                given = list(self._given(element))
                if all(each.meaning.kind == Kind.SPEAKER for each in given):
                    self.times[Told.SPEAKERS] += bool(given)
                    continue
                try:
                    start, end = int(element.get("startPosition", "")), int(element.get("endPosition", ""))
                except ValueError:
                    place = f"{element.get('startPosition')} til {element.get('endPosition')}"
                    self.set_aside(place[:60], "to hele tal", LEFT_OUT, element.sourceline)
                    continue
                mark = Mark(number, start, end, element.get("name") or "")
                yield _Selection(mark, self._memo(element), given, element.sourceline)

    def _given(self, selection: etree._Element) -> Iterator[_Given]:
        for coding in children(selection, "Coding"):
            refers = [target(reference) for reference in children(coding, "CodeRef")]
            meaning = self.tree.meanings.get(refers[0]) if refers else None
            if meaning is None:
                words = (selection.get("name") or "")[:40]
                found = f"en kodning af »{words}« med en kode, der ikke er i projektet"
                self.set_aside(found, "en kode fra projektets kodebog", "Den er udeladt.", coding.sourceline)
                continue
            user = coding.get("creatingUser") or selection.get("creatingUser") or selection.get("modifyingUser")
            own = (coding.get("guid") or "").strip().strip("{}")
            said = (selection.get("guid") or "", refers[0], user or "")
            made = (stable_guid("coding", *said, str(number)) for number in counting(1))
            ident = first_free(chain(filter(None, [own]), made), self.taken)
            yield _Given(ident, meaning, self.users.get(guid(user), ""))

    def _memo(self, element: etree._Element) -> str:
        """Put together what is remarked on a selection: its description, and the notes that it refers to."""
        refers = [target(reference) for reference in descendants(element, "NoteRef")]
        self.used_notes |= {ident for ident in refers if self.notes.get(ident)}
        said = [child_text(element, "Description"), *(self.notes.get(ident, "") for ident in refers)]
        return "\n".join(dict.fromkeys(text for text in said if text.strip()))

    def place_all(self, selections: list[_Selection], settled: Settled) -> None:
        """Place each selection, and make a coding of each code on it.

        Where a coding has no direction or party, it takes that of a selection of its own in the same place, as programs
        make when they part the codes of a passage.
        """
        apart: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
        found: list[tuple[_Selection, tuple[int, int] | str, list[Part]]] = []
        for selection, span in zip(selections, settled.spans, strict=True):
            parts = self._parts(selection, span)
            if parts:
                found.append((selection, span, parts))
                for each in () if selection.codes else selection.given:
                    apart[(selection.mark.source, span, each.coder, each.meaning.kind)].add(each.meaning.value)
        for selection, span, parts in found:
            matched = self.sources[selection.mark.source].matched
            said = {"interview": matched.interview if matched else "", "memo": selection.memo}
            for ident, meaning, coder in selection.codes:
                for kind in ATTRIBUTES:
                    there = apart[(selection.mark.source, span, coder, kind)]
                    said[kind.value] = self._decided(selection.values(kind, coder), there)
                self.place(parts, coder, ident, code=meaning.value, **said)
                self.times[Told.UNSIGNED] += 0 if coder else len(parts)

    def _decided(self, own: set[str], apart: set[str]) -> str:
        """Give the direction or party of a coding, when the coder gave but one."""
        for values in (own, apart):
            if len(values) == 1:
                return next(iter(values))
        self.times[Told.UNDECIDED] += bool(own or apart)
        return ""

    def _parts(self, selection: _Selection, span: tuple[int, int] | str) -> list[Part]:
        """Find the turns that a passage lies in; tell where there are none, and where something falls outside."""
        mark, source = selection.mark, self.sources[selection.mark.source]
        what = f"»{mark.name[:60]}« i »{source.name[:40]}« ({mark.start}-{mark.end})"
        if source.matched is None:
            why = "teksten er ikke et af interviewene"
        elif isinstance(span, str):
            why = span
        else:
            parts = locate(span, source.matched)
            if parts:
                self.times[Told.DIVIDED] += len(parts) > 1
                self._tell_lost(source.text[slice(*span)], parts, source, what)
                return parts
            why = "stedet ligger uden for det, der er sagt i udskriften"
        self.set_aside(f"{what}: {why}", "et sted, der kan findes i udskriften", NO_GUESS, selection.row)
        self.times[Told.LEFT] += 1
        return []

    def _tell_lost(self, words: str, parts: list[Part], source: _Source, what: str) -> None:
        """Tell when a passage holds words that are in no turn; a speaker's label before a turn is none of them."""
        pieces = source.matched.pieces if source.matched else {}
        places = [place for part in parts for place in set(pieces[part.turn][part.start : part.end])]
        lost = sum(not char.isspace() for char in words) - sum(not source.text[place].isspace() for place in places)
        self.times[Told.SHORTENED] += bool(lost)
        if lost and source.matched and not source.matched.exact:
            action = "Se efter, at det, der er kodet, er det rigtige."
            found = f"{what}: {lost} tegn af stedet er ikke i udskriften"
            self.set_aside(found, "et sted, der kun er det, der er sagt", action)

    def how_read(self, settled: Settled, total: int) -> list[str]:
        """Say which program it was, how it counts, and which of its texts are no interview."""
        origin = (self.project.root.get("origin") or "").strip()[:60]
        told = [
            f"Projektet er skrevet af {origin}." if origin else "Projektet siger ikke, hvilket program der skrev det."
        ]
        about_texts = [sentence for source in self.sources for sentence in source.told]
        if not total:
            return [*told, "Projektet har ingen kodede steder i tekst.", *about_texts]
        told.append(f"Pladserne er læst som {settled.convention}.")
        told.append(
            f"Af {many(total, 'kodet sted', 'kodede steder')} er {count(settled.quoted)} ordret det, der er citeret, "
            f"og {count(settled.at_words)} begynder og slutter ved et ord."
        )
        if settled.rivals:
            rivals = many(settled.rivals, "anden måde at tælle på passer", "andre måder at tælle på passer")
            told.append(f"{rivals} lige så godt; kun steder, hvor det ingen forskel gør, er placeret.")
        return [*told, *about_texts]

    def what_is_left(self) -> list[str]:
        """Say what the project holds that was not carried over."""
        root, elements = self.project.root, [source.element for source in self.sources]
        bare = [one for each in elements for one in children(each, "PlainTextSelection") if not children(one, "Coding")]
        whole = sum(len(children(each, "Coding")) for each in elements)
        alone = {guid(note.get("guid")) for note in descendants(root, "Note")} - self.used_notes
        found = [(len(descendants(root, name)), nouns) for name, nouns in _LEFT.items()]
        found += [
            (whole, ("kodning af en hel tekst", "kodninger af hele tekster")),
            (len(bare), ("sted med bemærkning, men uden kode", "steder med bemærkning, men uden kode")),
            (len(alone), ("note, som ikke hører til en kodning", "noter, som ikke hører til en kodning")),
        ]
        left = [many(times, *nouns) for times, nouns in found if times]
        if any(one.get("creationDateTime") for one in descendants(root, "Coding")):
            left.append("hvornår der er kodet")
        self.times[Told.DEEPER] = self.tree.deeper
        told = self.told(Told.PLACED, Told.SPEAKERS, Told.DEEPER)[1:]
        return [*([f"Ikke med: {listing(left)}."] if left else []), *told]
