"""RTF documents as their reader sees them: f4, TextEdit and an older Word write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from blupkit.core.files import refuse
from blupkit.core.reading.documents.flow import Aside, Document, Flow
from blupkit.core.reading.documents.rtf_words import CHARSETS, SEEN, SIGNS, SYMBOLS, TOKEN, UNSEEN, codec_of

AGAIN: Final = "Åbn filen i Word eller LibreOffice, og gem den som Word-dokument (.docx)."
_BESIDE: Final = {
    "annotation": Aside.COMMENTS, "footnote": Aside.NOTES, "header": Aside.MARGINS, "footer": Aside.MARGINS,
    "headerl": Aside.MARGINS, "headerr": Aside.MARGINS, "headerf": Aside.MARGINS, "footerl": Aside.MARGINS,
    "footerr": Aside.MARGINS, "footerf": Aside.MARGINS,
}  # fmt: skip
#: Kinds of a form's fields, and what stands for the choice that the form began with.
_BOX, _LIST, _NOT_CHOSEN = 1, 2, 25


@dataclass(frozen=True)
class _Group:
    """What holds inside a pair of braces."""

    seen: bool = True
    hidden: bool = False
    deleted: bool = False
    #: How many letters stand after a letter in Unicode for programs that do not know it.
    after: int = 1
    font: int = 0
    in_fonts: bool = False
    in_table: bool = False


def read_rtf(raw: bytes, name: str) -> Document:
    r"""Read what an RTF document says.

    Read are the results of fields, what a form's lists and boxes show, tables, and text boxes. Not read are deleted and
    hidden text, comments, notes, headers and footers: they are given beside.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        Its braces do not match: it was cut off.

    Examples
    --------
    >>> read_rtf(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 L1: \'c5h, nej.\par A1: Jo.\par}", "a.rtf").blocks
    ('L1: Åh, nej.', 'A1: Jo.')
    """
    reader = _Reader(name)
    text = raw.decode("latin-1")
    place = 0
    while place < len(text) and (reader.groups or not place):
        token = TOKEN.match(text, place)
        if token is None:
            break
        place = token.end() + reader.take(token)
    if reader.groups:
        refuse(name, "et RTF-dokument, der er klippet over", "et helt dokument", AGAIN, quotes=False)
    return reader.document()


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self.groups: list[tuple[_Group, Flow, Aside | str]] = []
        self._now = _Group()
        self._flow = Flow()
        #: What the group that began last turned out to be: "" for nothing of its own.
        self._kind: Aside | str = ""
        self._fonts: dict[int, str] = {}
        self._usual = "cp1252"
        self._bytes = bytearray()
        self._skip = 0
        self._high = ""
        self._ignorable = False
        self._form: dict[str, int] = {}
        self._entries: list[str] = []
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    def document(self) -> Document:
        self._end_table()
        return Document(tuple(self._flow.whole()), dict(self._flow.asides))

    def take(self, token: re.Match[str]) -> int:
        """Read one token, and give how many letters after it are none."""
        kind = token.lastgroup
        if kind == "number":
            kind = "word"
        if kind in ("hex", "text"):
            self._letters(bytes([int(token["hex"], 16)]) if kind == "hex" else token["text"].encode("latin-1"))
            return 0
        if kind == "line":
            return 0
        self._decode()
        if kind == "brace":
            self._skip = 0
            self._open() if token["brace"] == "{" else self._close()
        elif kind == "symbol":
            self._symbol(token["symbol"])
        elif kind == "word":
            number = int(token["number"]) if token["number"] else None
            if token["word"] == "bin":
                return number or 0
            self._word(token["word"], number)
        return 0

    def _letters(self, raw: bytes) -> None:
        skipped = min(self._skip, len(raw))
        self._skip -= skipped
        self._bytes += raw[skipped:]

    def _decode(self) -> None:
        """Write the bytes that were read: several may make one letter."""
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._write(raw.decode(self._fonts.get(self._now.font, self._usual), "replace"))

    def _write(self, text: str) -> None:
        now = self._now
        if not now.seen or now.in_fonts:
            return
        if now.hidden or now.deleted:
            told = self._flow.asides[Aside.DELETED if now.deleted else Aside.HIDDEN]
            if text.strip():
                told.append(text.strip())
        else:
            self._flow.write(text)

    def _open(self) -> None:
        self.groups.append((self._now, self._flow, self._kind))
        self._kind = ""

    def _close(self) -> None:
        if not self.groups:
            return
        kind, inner = self._kind, self._flow
        self._now, self._flow, self._kind = self.groups.pop()
        if isinstance(kind, Aside):
            text = inner.text().strip()
            if text:
                self._flow.asides[kind].append(text)
        elif kind == "ffl":
            self._entries.append(inner.text())
        elif kind:
            self._flow.beside(inner.whole())

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._ignorable = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif self._skip:
            self._skip -= 1
        else:
            self._write(SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: int | None) -> None:
        ignorable, self._ignorable = self._ignorable, False
        if self._takes_form(word, number):
            return
        if word in UNSEEN or (ignorable and word not in SEEN):
            self._now = replace(self._now, seen=False)
        elif word in _BESIDE or word == "shptxt":
            self._kind, self._flow = _BESIDE.get(word, word), self._flow.inner()
        elif word == "fonttbl":
            self._now = replace(self._now, in_fonts=True)
        elif word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word in ("cell", "row"):
            self._end_cell() if word == "cell" else self._end_row()
        else:
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """Change what holds from here on."""
        on, now = number != 0, self._now
        match word:
            case "v":
                self._now = replace(now, hidden=on)
            case "deleted":
                self._now = replace(now, deleted=on)
            case "plain":
                self._now = replace(now, hidden=False, deleted=False)
            case "uc":
                self._now = replace(now, after=number or 0)
            case "f" if number is not None:
                self._now = replace(now, font=number)
            case "fcharset" if now.in_fonts and number in CHARSETS:
                self._fonts[now.font] = CHARSETS[number]
            case "ansicpg" if number:
                self._usual = codec_of(number)
            case "mac":
                self._usual = "mac_roman"
            case "intbl" | "pard":
                self._now = replace(now, in_table=word == "intbl")

    def _takes_form(self, word: str, number: int | None) -> bool:
        """Read a word that is about a form's field, or tell that it is none."""
        match word:
            case "formfield":
                self._form, self._entries = {}, []
                self._now = replace(self._now, seen=False)
            case "fftype" | "ffres" | "ffdefres":
                self._form[word] = number or 0
            case "ffl":
                self._kind, self._flow, self._now = word, self._flow.inner(), replace(self._now, seen=True)
            case "fldrslt":
                self._begin_result()
            case _:
                return False
        return True

    def _begin_result(self) -> None:
        """Write what a form's list or box shows, and no result: Word draws the two from what is said of the field."""
        form, entries = self._form, self._entries
        self._form, self._entries = {}, []
        number = form.get("ffres", _NOT_CHOSEN)
        if number == _NOT_CHOSEN:
            number = form.get("ffdefres", 0)
        if form.get("fftype") == _BOX:
            self._write("☒" if number else "☐")
        elif form.get("fftype") == _LIST:
            self._write(entries[number] if 0 <= number < len(entries) else "")
        else:
            return
        self._now = replace(self._now, seen=False)

    def _unicode(self, unit: int) -> None:
        self._skip = self._now.after
        if 0xD800 <= unit < 0xDC00:
            self._high = chr(unit)
            return
        letter, self._high = self._high + chr(unit), ""
        self._write(letter.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))

    def _end_paragraph(self) -> None:
        if not self._now.seen or self._now.in_fonts:
            return
        if self._now.in_table:
            self._cell += _lines(self._flow)
            return
        self._end_table()
        self._flow.end()

    def _end_cell(self) -> None:
        if self._now.seen:
            self._cells.append("\n".join([*self._cell, *_lines(self._flow)]).strip())
            self._cell = []

    def _end_row(self) -> None:
        if self._now.seen and self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def _end_table(self) -> None:
        if self._rows or self._cells:
            self._end_row()
            rows, self._rows = self._rows, []
            pieces = self._flow.taken()
            self._flow.set_table(rows)
            if pieces:
                self._flow.write(pieces)


def _lines(flow: Flow) -> list[str]:
    return flow.taken().split("\n")
