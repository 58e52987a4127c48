"""OpenDocument texts (.odt, .fodt) as their reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from lxml import etree

from blupkit.core.files import refuse
from blupkit.core.reading.documents.flow import Aside, Document, Flow, Table
from blupkit.core.reading.documents.package import Package, attribute, first, local, parse_xml

AGAIN: Final = "Åbn filen i LibreOffice, og gem den igen, helst som Word-dokument (.docx)."
#: What says nothing that is seen in its place: deleted text, forms, and what is read aloud instead of a picture.
_UNSEEN_NAMES: Final = "tracked-changes forms ruby-text title desc note-citation covered-table-cell script binary-data"
_UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
#: Shapes that hold text.
_BOXES_NAMES: Final = (
    "text-box custom-shape rect ellipse circle line polyline polygon regular-polygon path connector caption measure"
)
_BOXES: Final = frozenset(_BOXES_NAMES.split())
_FAMILIES: Final = {"p": "paragraph", "h": "paragraph", "span": "text", "a": "text"}
_MOST: Final = 1_000


def read_odt(raw: bytes, name: str) -> Document:
    """Read what an OpenDocument text says.

    Read are spans, lists, sections, the results of fields, tables and text boxes, and what was inserted with tracked
    changes. Not read are what was deleted, hidden text, comments, notes, headers and footers: they are given beside.

    Parameters
    ----------
    raw : bytes
        The file, a zip or one XML file.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        It is damaged, has a password, or holds no text.
    """
    roots = _roots(raw, name)
    text = first(roots[0], "body", "text")
    if text is None:
        refuse(name, "en fil, der ikke kan åbnes som OpenDocument-tekst", "en gyldig .odt-fil", AGAIN, quotes=False)
    reader = _Reader(_hidden_styles(roots))
    blocks = reader.read(text)
    for master in (each for root in roots for each in root.iter() if local(each) == "master-page"):
        for margin in master:
            if local(margin).startswith(("header", "footer")):
                reader.set_beside(Aside.MARGINS, margin)
    changes = first(text, "tracked-changes")
    for deleted in changes.iter("{*}deletion") if changes is not None else ():
        reader.set_beside(Aside.DELETED, deleted)
    return Document(tuple(blocks), dict(reader.asides))


def _roots(raw: bytes, name: str) -> list[etree._Element]:
    """Give the parts with text and with styles."""
    if not raw.startswith(b"PK"):
        return [parse_xml(raw, name, AGAIN)]
    package = Package(raw, name, AGAIN)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        action = "Åbn filen i LibreOffice, vælg Filer → Gem som, og fjern hakket ved »Gem med adgangskode«."
        refuse(name, "et dokument med adgangskode", "et dokument uden", action, quotes=False)
    content = package.part("content.xml")
    if content is None:
        refuse(name, "en fil, der ikke kan åbnes som OpenDocument-tekst", "en gyldig .odt-fil", AGAIN, quotes=False)
    styles = package.part("styles.xml")
    return [content] if styles is None else [content, styles]


def _hidden_styles(roots: list[etree._Element]) -> frozenset[tuple[str, str]]:
    """Give family and name of the styles that hide: by themselves, or by a style that they are based on."""
    own: dict[tuple[str, str], bool] = {}
    based: dict[tuple[str, str], str] = {}
    for style in (each for root in roots for each in root.iter("{*}style")):
        ident = attribute(style, "family") or "", attribute(style, "name") or ""
        properties = first(style, "text-properties")
        shown = None if properties is None else attribute(properties, "display")
        if shown is not None:
            own[ident] = shown == "none"
        based[ident] = attribute(style, "parent-style-name") or ""

    def hides(ident: tuple[str, str]) -> bool:
        seen = set()
        while ident not in own and ident in based and ident not in seen:
            seen.add(ident)
            ident = (ident[0], based[ident])
        return own.get(ident, False)

    return frozenset(filter(hides, based))


class _Reader:
    def __init__(self, hidden: frozenset[tuple[str, str]]) -> None:
        self._hidden = hidden
        self._flow = Flow()
        #: Whether it is in a paragraph: text elsewhere is how the file is laid out.
        self._inside = False
        self._readers: dict[str, Callable[[etree._Element], None]] = {
            **dict.fromkeys(_UNSEEN, lambda _: None),
            **dict.fromkeys(_BOXES, self._box),
            "p": self._paragraph,
            "h": self._paragraph,
            "table": self._table,
            "s": self._spaces,
            "tab": lambda _: self._flow.write("\t"),
            "line-break": lambda _: self._flow.write("\n"),
            "note-body": partial(self.set_beside, Aside.NOTES),
            "annotation": partial(self.set_beside, Aside.COMMENTS),
            "placeholder": partial(self.set_beside, Aside.PLACEHOLDERS, inside=True),
            "content-control": self._control,
            "fieldmark": self._form,
        }

    @property
    def asides(self) -> dict[Aside, list[str]]:
        return self._flow.asides

    def read(self, body: etree._Element) -> list[str | Table]:
        self._each(body)
        return self._flow.whole()

    def set_beside(self, aside: Aside, element: etree._Element, *, inside: bool = False) -> None:
        text = self._within(element, inside=inside).text().strip()
        if text:
            self.asides[aside].append(text)

    def _each(self, parent: etree._Element) -> None:
        self._write(parent.text)
        for child in parent:
            if self._hides(child):
                self.set_beside(Aside.HIDDEN, child, inside=self._inside or local(child) in _FAMILIES)
            else:
                self._readers.get(local(child), self._each)(child)
            self._write(child.tail)

    def _hides(self, element: etree._Element) -> bool:
        kind = local(element)
        if kind == "p" and any(attribute(each, "is-hidden") == "true" for each in element.iter("{*}hidden-paragraph")):
            return True
        if attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true":
            return True
        return kind in _FAMILIES and (_FAMILIES[kind], attribute(element, "style-name")) in self._hidden

    def _write(self, text: str | None) -> None:
        if text and self._inside:
            self._flow.write(" ".join(f"x{text}x".split())[1:-1])

    def _within(self, element: etree._Element, *, inside: bool = False) -> Flow:
        around, around_inside = self._flow, self._inside
        self._flow, self._inside = around.inner(), inside
        self._each(element)
        inner = self._flow
        inner.whole()
        self._flow, self._inside = around, around_inside
        return inner

    def _paragraph(self, element: etree._Element) -> None:
        around, self._inside = self._inside, True
        self._each(element)
        self._inside = around
        self._flow.end()

    def _spaces(self, element: etree._Element) -> None:
        count = attribute(element, "c") or "1"
        self._flow.write(" " * min(int(count) if count.isdecimal() else 1, _MOST))

    def _control(self, element: etree._Element) -> None:
        if attribute(element, "showing-place-holder") == "true":
            self.set_beside(Aside.PLACEHOLDERS, element, inside=True)
        else:
            self._each(element)

    def _form(self, element: etree._Element) -> None:
        """Write what a list or a box of an older Word form shows: LibreOffice keeps it beside the text."""
        given = [
            (attribute(each, "name"), attribute(each, "value") or "") for each in element if local(each) == "param"
        ]
        chosen = dict(given)
        kind = (attribute(element, "type") or "").rpartition(".")[2]
        if kind == "FORMCHECKBOX":
            self._flow.write("☒" if chosen.get("Checkbox_Checked") == "true" else "☐")
        elif kind == "FORMDROPDOWN":
            entries = [value for name, value in given if name == "Dropdown_ListEntry"]
            number = chosen.get("Dropdown_Selected") or "0"
            self._flow.write(entries[int(number)] if number.isdecimal() and int(number) < len(entries) else "")

    def _box(self, element: etree._Element) -> None:
        blocks = self._within(element).blocks
        if self._inside:
            self._flow.beside(blocks)
        else:  # it belongs to the page, and to no paragraph
            self._flow.blocks += blocks

    def _table(self, element: etree._Element) -> None:
        cells = [[cell for cell in row if local(cell) == "table-cell"] for row in _rows(element)]
        self._flow.set_table([[self._within(cell).text() for cell in row] for row in cells])


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        kind = local(child)
        if kind == "table-row":
            yield child
        elif kind in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)
