"""What a reader of another program's project is told: how it was read, what became of it, what was not carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from blupkit.core import Fault
from blupkit.core.danish import count, first_upper, listing
from blupkit.interviews.exchange.offsets import Settled
from blupkit.interviews.exchange.qdc import Tree, many
from blupkit.interviews.exchange.safe_zip import Element, Project, children, descendants, guid
from blupkit.interviews.exchange.source_texts import Matched

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
class Source:
    """A text of the project: its name, its words, the interview that it is, and its element."""

    name: str
    text: str
    matched: Matched | None
    element: Element


@dataclass
class Tally:
    """What the notes count while the passages are placed."""

    divided: int = 0
    shortened: int = 0
    undecided: int = 0
    left: int = 0
    cases: int = 0
    used_notes: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def note_reading(project: Project, settled: Settled, total: int) -> list[str]:
    """Say which program it was, how it counts, and how many passages were placed."""
    origin = (project.root.get("origin") or "").strip()[:60]
    notes = [f"Projektet er skrevet af {origin}." if origin else "Projektet siger ikke, hvilket program der skrev det."]
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


def note_sources(sources: list[Source]) -> list[str]:
    """Say which texts are no interview, and which were found again in part."""
    notes = []
    for source in sources:
        if source.matched is None:
            notes.append(f"Teksten »{source.name}« er ikke et af interviewene; dens kodninger er udeladt.")
        elif not source.matched.exact:
            share = f"{100 * source.matched.share:.0f} %"
            notes.append(f"Teksten »{source.name}« er {source.matched.interview}: {share} af det sagte er fundet igen.")
    return notes


def note_rows(rows: list[dict[str, Any]], tally: Tally) -> list[str]:
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


def note_left(project: Project, tree: Tree, sources: Iterable[Source], tally: Tally) -> list[str]:
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
