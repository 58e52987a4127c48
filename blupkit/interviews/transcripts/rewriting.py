"""A transcript written anew from its turns: whatever shape it had, it is read back as the same turns."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.documents.source import read_source
from blupkit.interviews.transcripts.formats.table import format_of
from blupkit.interviews.transcripts.turn import Said

#: What stands for words that were taken out: it holds none, and a turn with it is still a turn.
NO_WORDS: Final = "[…]"


def without_words(said: list[Said], gone: Sequence[bool], label: str, mended: Callable[[str], str]) -> list[Said]:
    """Give turns of which some hold no words any more.

    Parameters
    ----------
    said : list of Said
        Not changed.
    gone : sequence of bool
        Which.
    label : str
        What stands in the place of whoever said them.
    mended : callable
        What is done to the others' words.

    Examples
    --------
    >>> turns = without_words([Said("Bo", "Ja."), Said("Ida", "Tak, Bo.")], [True, False], "Udgået 1", str.upper)
    >>> [(turn.label, turn.text) for turn in turns]
    [('Udgået 1', '[…]'), ('Ida', 'TAK, BO.')]
    """
    return [
        replace(turn, label=label, text=NO_WORDS) if goes else replace(turn, text=mended(turn.text))
        for turn, goes in zip(said, gone, strict=True)
    ]


def transcript_of(said: list[Said], path: Path, name: str, remarks: Iterable[str] = ()) -> bytes:
    r"""Write turns in the shape that a transcript has.

    What is no part of a turn does not come along: comments, tracked changes and properties of a Word file, notes in a
    WebVTT file. So nothing can be left in it that is not seen.

    Parameters
    ----------
    said : list of Said
        What is to be read from it.
    path : pathlib.Path
        The file as it is; not changed.
    name : str
        What to call it in messages.
    remarks : iterable of str
        Lines to stand at the top of one that was typed.

    Returns
    -------
    bytes
        What the file is to hold.

    Raises
    ------
    FileError
        It is of a kind that is not written, as the printed record of a debate in public.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "fg1.txt"
    >>> _ = path.write_text("L1: Ja.")
    >>> transcript_of([Said("L1", "Nej.", 5.0), Said("M", "Tak.")], path, "fg1.txt").decode()
    '[00:00:05.000] L1: Nej.\n**M:** Tak.\n'
    """
    source = read_source(path, name)
    shape = format_of(source.text, path.suffix.lower())
    if shape.write is None:
        action = "Ret filen i hånden, eller slet den, og prøv igen."
        refuse(name, shape.title, "en udskrift, der kan skrives igen uden tab", action, quotes=False)
    written = shape.write(said)
    if source.paragraphs is None:
        top = "".join(f"{line}\n" for line in remarks) if shape.typed else ""
        return (top + written).encode()
    document = _DOCUMENTS.get(path.suffix.lower())
    if document is None:
        action = "Gem filen som .docx, ret navnet i study.toml, og prøv igen."
        refuse(name, f"et dokument med endelsen {path.suffix}", "en fil, der kan skrives igen", action, quotes=False)
    return document(written.removesuffix("\n").split("\n"))


def _word_file(paragraphs: list[str]) -> bytes:
    from docx import Document  # slow to import, and most studies have no Word file

    document = Document()
    document.core_properties.author = ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _open_document(paragraphs: list[str]) -> bytes:
    kind, names = "application/vnd.oasis.opendocument.text", "urn:oasis:names:tc:opendocument:xmlns"
    # Blanks that follow each other, and one that begins a paragraph, would be left out.
    spaced = (escape(line).replace("  ", " <text:s/>") for line in paragraphs)
    text = "".join(f"<text:p>{line}</text:p>" for line in spaced)
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0"'
        f' office:version="1.3"><office:body><office:text>{text}</office:text></office:body></office:document-content>'
    )
    entries = "".join(
        f'<m:file-entry m:full-path="{place}" m:media-type="{what}"/>'
        for place, what in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{names}:manifest:1.0" m:version="1.3">{entries}</m:manifest>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)  # first, and not compressed, so that a program knows it by that
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _rich_text(paragraphs: list[str]) -> bytes:
    def written(sign: str) -> str:
        if sign in "\\{}":
            return f"\\{sign}"
        units = sign.encode("utf-16-le")
        numbers = (int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2))
        return sign if sign.isascii() else "".join(f"\\u{number}?" for number in numbers)

    lines = "".join("".join(map(written, line)) + "\\par\n" for line in paragraphs)
    return f"{{\\rtf1\\ansi\\uc1 {lines}}}".encode("ascii")


_DOCUMENTS: Final = {".docx": _word_file, ".odt": _open_document, ".rtf": _rich_text}
