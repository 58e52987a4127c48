"""Word files and slides that are sent: every part of them is read, and one that cannot be is refused by its place."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from blupkit.core.errors import FileError
from blupkit.core.files import zipped
from blupkit.core.reading.documents.package import Package, attribute, local, parse_xml
from blupkit.report.packages.markup import markup
from blupkit.report.packages.passage import BAR, WHOLE, Kind, Passage
from blupkit.report.packages.workbook import LARGEST, workbook

#: Parts as this program writes them → what they are called; a number stands for its own.
_PARTS: Final = {
    "[Content_Types].xml": "fortegnelsen over dele",
    "docProps/core.xml": "egenskaberne",
    "word/document.xml": "teksten",
    "word/styles.xml": "typografierne",
    "word/numbering.xml": "listerne",
    "word/settings.xml": "indstillingerne",
    "word/footer.xml": "sidefoden",
    "ppt/presentation.xml": "præsentationen",
    "ppt/presProps.xml": "indstillingerne",
    "ppt/tableStyles.xml": "tabellernes udseende",
    "ppt/slides/slide#.xml": "dias #",
    "ppt/slideLayouts/slideLayout#.xml": "layout #",
    "ppt/slideMasters/slideMaster#.xml": "master #",
    "ppt/theme/theme#.xml": "tema #",
    "ppt/charts/chart#.xml": "diagram #",
}
#: Parts that may hold something to read and must not be there → what they are.
_UNWANTED: Final = {
    "ppt/notesSlides/": "talernoter",
    "ppt/notesMasters/": "talernoter",
    "ppt/comments/": "kommentarer",
    "ppt/commentAuthors": "kommentarer",
    "ppt/authors": "kommentarer",
    "word/comments": "kommentarer",
    "word/people": "kommentarer",
    "docProps/thumbnail": "et lille billede af filen",
    "docProps/": "egenskaber, som programmet ikke skriver",
    "customXml/": "egenskaber, som programmet ikke skriver",
}
_UNREADABLE: Final = "en del, som programmet ikke skriver, og som ikke kan gennemses"
_NUMBER: Final = re.compile(r"(?<=[a-z])\d+(?=\.xml$)")
_RELATIONS: Final = re.compile(r"(.*?)_rels/([^/]*)\.rels")
_BOOK: Final = re.compile(r"ppt/embeddings/[\w.]+\.xlsx")
_PICTURE: Final = re.compile(r"ppt/media/\w+\.(?:png|jpe?g)")
#: Whose pictures are the template's own, such as a logo.
_TEMPLATE: Final = re.compile(r"ppt/(?:slideMasters|slideLayouts|theme)/")
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
#: What a PNG is drawn from; all else is told beside it.
_DRAWN: Final = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs".split())
#: Segments of a JPEG that hold words, or another picture.
_TELLING: Final = frozenset({0xFE, *range(0xE1, 0xF0)})
_TOLD: Final = "et billede med oplysninger om, hvor og hvordan det er lavet"


def office(content: bytes) -> Iterator[Passage]:
    """Read a Word file or slides.

    Parameters
    ----------
    content : bytes
        The file.

    Yields
    ------
    Passage
        What each part says, the names of the parts, and the file as a whole; and what must not be there: a part that
        this program does not write, a picture that is not the template's, anything beside the parts in the zip.

    Examples
    --------
    >>> [only] = office(b"MZ")
    >>> only.place, only.text
    ('filen', 'en beskadiget fil')
    """
    try:
        package = Package(content, "filen", "")
        parts = {name: package.raw(name) for name in package.listed}
        if sum(map(len, parts.values())) > LARGEST:
            yield Passage(Kind.FOREIGN, "filen", "en fil, der fylder for meget udpakket")
            return
    except FileError as error:
        yield Passage(Kind.FOREIGN, "filen", error.faults[0].found)
        return
    # What a zip can hold beside its parts: remarks, names twice, bytes before, between and after.
    if zipped(parts) != content:
        yield Passage(Kind.FOREIGN, "filen", "noget ved siden af filens dele")
    template = _pictures_of_template(parts)
    texts = []
    for number, (name, raw) in enumerate(parts.items(), start=1):
        place = _place(name, number)
        yield Passage(Kind.HIDDEN, f"{place}, dens navn", name)
        for passage in _part(name, raw, place, template):
            texts += [passage.text] * (passage.kind != Kind.FOREIGN)
            yield passage
    yield Passage(Kind.HIDDEN, WHOLE, BAR.join(texts))


def _place(name: str, number: int) -> str:
    """Tell which part it is; the name of one that is not ours may be the secret."""
    relations = _RELATIONS.fullmatch(name)
    if relations:
        of = f"{relations[1]}{relations[2]}"
        return f"henvisningerne i {_place(of, number) if of else 'filen'}"
    found = _NUMBER.search(name)
    general = _NUMBER.sub("#", name)
    if general in _PARTS:
        return _PARTS[general].replace("#", found[0] if found else "")
    return f"del {number}"


def _part(name: str, raw: bytes, place: str, template: frozenset[str]) -> Iterator[Passage]:
    ours = _NUMBER.sub("#", name) in _PARTS or _RELATIONS.fullmatch(name)
    if _BOOK.fullmatch(name):
        for passage in workbook(raw):
            where = place if passage.place == "filen" else f"{place}, {passage.place}"
            if passage.place != WHOLE:  # all is in the whole of the file around it
                yield replace(passage, place=where)
        return
    if raw.startswith((_PNG, _JPEG)):
        if name not in template or not _PICTURE.fullmatch(name):
            yield Passage(Kind.FOREIGN, place, "et billede, der ikke kan gennemses")
        yield from _picture(raw, place)
        return
    if not ours:
        unwanted = next((what for start, what in _UNWANTED.items() if name.startswith(start)), _UNREADABLE)
        yield Passage(Kind.FOREIGN, place, unwanted)
    try:
        root = parse_xml(raw, "filen", "", remarks=True)
    except FileError as error:
        yield Passage(Kind.FOREIGN, place, error.faults[0].found if ours else _UNREADABLE)
        yield from _letters_in(raw, place)
        return
    yield from markup(root, place)


def _pictures_of_template(parts: dict[str, bytes]) -> frozenset[str]:
    """Name the pictures that only the template's own parts show."""
    shown: dict[str, set[bool]] = {}
    for name, raw in parts.items():
        relations = _RELATIONS.fullmatch(name)
        if not relations:
            continue
        try:
            root = parse_xml(raw, "filen", "")
        except FileError:
            continue  # it is told of where it is read
        for each in root:
            if local(each) == "Relationship" and (target := attribute(each, "Target") or ""):
                picture = f"ppt/media/{target.rpartition('/')[2]}"
                shown.setdefault(picture, set()).add(bool(_TEMPLATE.match(name)))
    return frozenset(name for name, owners in shown.items() if owners == {True})


def _picture(raw: bytes, place: str) -> Iterator[Passage]:
    """Read what a picture tells beside what it shows; that itself cannot be read."""
    try:
        told = list(_png(raw) if raw.startswith(_PNG) else _jpeg(raw))
    except (struct.error, IndexError):
        yield Passage(Kind.FOREIGN, place, "et billede, der er beskadiget")
        return
    if told:
        yield Passage(Kind.FOREIGN, place, _TOLD)
    for words in told:
        yield from _letters_in(words, place)


def _png(raw: bytes) -> Iterator[bytes]:
    position = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", raw, position)
        if kind not in _DRAWN:
            yield raw[position + 8 : position + 8 + length]
        position += 12 + length
    if raw[position:]:
        yield raw[position:]


def _jpeg(raw: bytes) -> Iterator[bytes]:
    position = 2
    while raw[position] == 0xFF and raw[position + 1] != 0xDA:
        [length] = struct.unpack_from(">H", raw, position + 2)
        if raw[position + 1] in _TELLING:
            yield raw[position + 4 : position + 2 + length]
        position += 2 + length
    end = raw.rindex(b"\xff\xd9") if b"\xff\xd9" in raw else len(raw) - 2
    if raw[end + 2 :]:
        yield raw[end + 2 :]


def _letters_in(raw: bytes, place: str) -> Iterator[Passage]:
    """Read what may be text in something that is none, in the encodings that programs write."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        yield Passage(
            Kind.HIDDEN, place, " ".join(re.findall(r"[^\W_][\w\s@.,:;+()'’-]+", raw.decode(encoding, "ignore")))
        )
