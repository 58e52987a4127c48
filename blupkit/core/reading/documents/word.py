"""Word files (.docx, .docm) as their reader sees them: what was inserted is read, what was deleted or hidden is not."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from lxml import etree

from blupkit.core.files import refuse
from blupkit.core.reading.documents.flow import Aside, Document, Flow, Table
from blupkit.core.reading.documents.hidden import Hidden
from blupkit.core.reading.documents.package import Package, attribute, bare, first, local

AGAIN: Final = "Åbn filen i Word, og gem den igen som .docx."
#: What holds others and says nothing itself.
_AROUND_NAMES: Final = (
    "body sdtContent customXml smartTag ins moveTo hyperlink fldSimple dir bdo ruby rubyBase oMathPara"
)
_AROUND: Final = frozenset(_AROUND_NAMES.split())
_GONE: Final = frozenset({"del", "moveFrom"})
_SIGNS: Final = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "sym": "",
}  # fmt: skip
#: Signs of Word's picture fonts that people put between words.
_PICTURES: Final = {
    "wingdings": {
        0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6F: "☐", 0xA8: "☐", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "☐"},
}  # fmt: skip
_UNKNOWN_SIGN: Final = "□"
#: Ends of the types of relations to what stands beside the text.
_BESIDE: Final = {
    "comments": Aside.COMMENTS,
    "footnotes": Aside.NOTES,
    "endnotes": Aside.NOTES,
    "header": Aside.MARGINS,
    "footer": Aside.MARGINS,
}


def read_word(raw: bytes, name: str) -> Document:
    """Read what a Word file says.

    Read are tracked insertions and what was moved in, content controls, hyperlinks, smart tags, the results of fields,
    what is chosen in a form's lists and ticked in its boxes, tables and text boxes; a paragraph whose end was deleted
    goes on in the next. Not read are what was deleted or moved away, hidden text, comments, notes, headers and footers:
    they are given beside.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        It is damaged, or holds what cannot be read where it stands.
    """
    package = Package(raw, name, AGAIN)
    related = _related(package, "")
    main = next((target for kind, target in related if kind == "officeDocument"), "word/document.xml")
    root = package.part(main)
    # Qualtrics writes a body for each of its questions, the first of them empty; Word shows them all.
    bodies = [child for child in root if local(child) == "body"] if root is not None else []
    if not bodies:
        refuse(name, "en fil, der ikke kan åbnes som Word-dokument", "en gyldig .docx-fil", AGAIN, quotes=False)
    beside = _related(package, main)
    styles = next((target for kind, target in beside if kind == "styles"), "word/styles.xml")
    reader = _Reader(name, Hidden(package.part(styles)))
    blocks = reader.read(bodies)
    for kind, target in beside:
        part = package.part(target) if kind in _BESIDE else None
        if part is not None:
            reader.set_beside(part, _BESIDE[kind])
    return Document(tuple(blocks), dict(reader.asides))


def _related(package: Package, part: str) -> list[tuple[str, str]]:
    """Give what a part is related to: the end of the relation's type, and the member of the zip."""
    folder, base = posixpath.split(part)
    root = package.part(posixpath.join(folder, "_rels", f"{base}.rels"))
    found = []
    for each in root if root is not None else ():
        kind, target = (attribute(each, "Type") or "").rpartition("/")[2], attribute(each, "Target") or ""
        if attribute(each, "TargetMode") != "External":
            place = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((kind, place))
    return found


_Read = Callable[[etree._Element], None]


class _Readers(dict[object, _Read | None]):
    """What reads an element, by its tag; the names without namespace are looked up once for each tag."""

    def __init__(self, by_name: dict[str, _Read]) -> None:
        self._by_name = by_name

    def __missing__(self, tag: object) -> _Read | None:
        self[tag] = self._by_name.get(bare(tag)) if isinstance(tag, str) else None
        return self[tag]


class _Reader:
    def __init__(self, name: str, hidden: Hidden) -> None:
        self._name, self._hidden = name, hidden
        self._flow = Flow()
        self._style = ""
        #: For each field that has begun, whether its result has: what stands before is an instruction. None for a
        #: form's list or box, which shows what its instruction holds, and no result.
        self._fields: list[bool | None] = []
        self._readers = _Readers(
            {
            **dict.fromkeys(_AROUND, self._each),
            "del": partial(self._aside, Aside.DELETED),
            "p": self._paragraph,
            "tbl": self._table,
            "sdt": self._control,
            "r": self._run,
            "t": self._text,
            "fldChar": self._field,
            "oMath": self._formula,
            "AlternateContent": self._alternative,
            "pict": self._boxes, "drawing": self._boxes, "object": self._boxes,
            "altChunk": self._foreign, "subDoc": self._foreign,
            }
        )  # fmt: skip

    @property
    def asides(self) -> dict[Aside, list[str]]:
        return self._flow.asides

    def read(self, bodies: list[etree._Element]) -> list[str | Table]:
        for body in bodies:
            self._each(body)
        self._check_fields()
        return self._flow.whole()

    def _check_fields(self) -> None:
        """Refuse a field that begins and never ends: whatever follows would be taken for its instruction."""
        if not all(self._fields):
            found, action = "et felt, der ikke slutter", "Marker hele teksten i Word, tryk Ctrl+Skift+F9, og gem."
            refuse(self._name, found, "felter, der er hele", action, len(self._flow.blocks) or None, quotes=False)

    def set_beside(self, part: etree._Element, aside: Aside) -> None:
        for each in [part] if local(part) in ("hdr", "ftr") else part:
            if attribute(each, "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            text = self._within(each).text().strip()
            if text:
                self.asides[aside].append(text)

    def _each(self, parent: etree._Element) -> None:
        for child in parent:
            read = self._readers[child.tag]
            if read:
                read(child)

    def _within(self, element: etree._Element) -> Flow:
        """Read what stands within an element by itself."""
        around, style, fields = self._flow, self._style, self._fields
        self._flow, self._style, self._fields = around.inner(), "", []
        self._each(element)
        self._check_fields()
        inner = self._flow
        inner.whole()
        self._flow, self._style, self._fields = around, style, fields
        return inner

    def _aside(self, aside: Aside, element: etree._Element) -> None:
        words = "".join(each.text or "" for each in element.iter() if local(each) in ("t", "delText"))
        if words.strip():
            self.asides[aside].append(words.strip())

    def _paragraph(self, element: etree._Element) -> None:
        properties = first(element, "pPr")
        style, mark = first(properties, "pStyle"), first(properties, "rPr")
        self._style = "" if style is None else attribute(style, "val") or ""
        self._each(element)
        goes_on = mark is not None and (
            any(local(each) in _GONE for each in mark) or (first(mark, "vanish") is not None and self._hides(mark))
        )
        if not goes_on:
            self._flow.end()

    def _hides(self, properties: etree._Element | None) -> bool:
        return self._hidden.hides(properties, self._style)

    def _run(self, element: etree._Element) -> None:
        properties = first(element, "rPr")
        if self._hides(properties):
            self._aside(Aside.HIDDEN, element)
            # A field is one thing, though its ends are hidden.
            for mark in element:
                if local(mark) == "fldChar":
                    self._field(mark, hidden=True)
            return
        for child in element:
            kind = local(child)
            sign = _SIGNS.get(kind)
            if sign is None:
                read = self._readers[child.tag]
                if read:
                    read(child)
            elif all(self._fields):
                self._flow.write(sign if kind != "sym" else _symbol(child))

    def _text(self, element: etree._Element) -> None:
        if all(self._fields):
            self._flow.write((element.text or "").replace("\n", " ").replace("\r", " "))

    def _formula(self, element: etree._Element) -> None:
        if all(self._fields):
            self._flow.write(" ".join(each.text or "" for each in element.iter() if local(each) == "t"))

    def _field(self, mark: etree._Element, *, hidden: bool = False) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            chosen = _chosen(first(mark, "ffData"))
            if chosen and all(self._fields) and not hidden:
                self._flow.write(chosen)
            self._fields.append(False if chosen is None else None)
        elif kind == "separate" and self._fields:
            self._fields[-1] = None if self._fields[-1] is None else True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _control(self, element: etree._Element) -> None:
        content = first(element, "sdtContent")
        unfilled = first(element, "sdtPr", "showingPlcHdr")
        if content is None:
            return
        if _is_on(unfilled):
            self._aside(Aside.PLACEHOLDERS, content)
        else:
            self._each(content)

    def _alternative(self, element: etree._Element) -> None:
        self._each(_told(element))

    def _boxes(self, element: etree._Element) -> None:
        for box in _outermost(element, frozenset({"txbxContent", "AlternateContent"})):
            if local(box) == "AlternateContent":
                self._boxes(_told(box))
            else:
                self._flow.beside(self._within(box).blocks)

    def _table(self, element: etree._Element) -> None:
        rows = []
        for row in _outermost(element, frozenset({"tr"})):
            if _is_gone(first(row, "trPr"), _GONE):
                self._aside(Aside.DELETED, row)
                continue
            cells = _outermost(row, frozenset({"tc"}))
            kept = [cell for cell in cells if not _is_gone(first(cell, "tcPr"), frozenset({"cellDel"}))]
            rows.append([self._within(cell).text() for cell in kept])
        self._flow.set_table(rows)

    def _foreign(self, _: etree._Element) -> None:
        found = "et andet dokument, som er indlejret og ikke kan læses herfra"
        action = "Åbn filen i Word, og gem den igen som .docx; så bliver det en del af teksten."
        refuse(self._name, found, "ét dokument", action, len(self._flow.blocks) + 1, quotes=False)


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def _chosen(form: etree._Element | None) -> str | None:
    """Give what a list or a box of an older form shows; None for any other field."""
    box, listed = first(form, "checkBox"), first(form, "ddList")
    if box is not None:
        checked = first(box, "checked")
        return "☒" if _is_on(first(box, "default") if checked is None else checked) else "☐"
    if listed is None:
        return None
    entries = [attribute(each, "val") or "" for each in listed if local(each) == "listEntry"]
    result = next((found for name in ("result", "default") if (found := first(listed, name)) is not None), None)
    number = "0" if result is None else attribute(result, "val") or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


def _told(alternatives: etree._Element) -> etree._Element:
    """Give the first way that says something: the others say the same for older programs."""
    ways = [way for way in alternatives if local(way) in ("Choice", "Fallback")]
    saying = (way for way in ways if any(local(each) == "t" for each in way.iter()))
    return next(saying, etree.Element("nothing"))


def _outermost(element: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    """Give the elements of some names that stand in no other of them, whatever stands around."""
    for child in element:
        if local(child) in names:
            yield child
        else:
            yield from _outermost(child, names)


def _is_gone(properties: etree._Element | None, names: frozenset[str]) -> bool:
    return properties is not None and any(local(each) in names for each in properties)


def _symbol(element: etree._Element) -> str:
    code, font = attribute(element, "char") or "", (attribute(element, "font") or "").casefold()
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN_SIGN
    if 0xE000 <= number <= 0xF8FF or font.startswith(("wingdings", "webdings", "symbol")):
        return _PICTURES.get(font, {}).get(number & 0xFF, _UNKNOWN_SIGN)
    return chr(number) if number <= 0x10FFFF else _UNKNOWN_SIGN
