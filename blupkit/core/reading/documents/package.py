"""The zip and the XML that a document or a project is made of: read in memory, bounded, never unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import Final, NoReturn

from lxml import etree

from blupkit.core.errors import FileError
from blupkit.core.files import refuse

#: Bytes that one part of a document may take when unpacked: the text of a thousand hours.
LARGEST: Final = 64 * 1024 * 1024
UNSAFE: Final = "Brug ikke filen. Spørg afsenderen, hvor den kommer fra."
TOO_LARGE: Final = "Brug ikke filen, før afsenderen har forklaret dens størrelse."


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace, of which there are several for the same thing; "" for a remark."""
    return bare(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=2_000)
def bare(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """Give an attribute by its name without a namespace; None where it is not there."""
    return next((str(value) for key, value in element.attrib.items() if bare(key) == name), None)


def first(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Give the first child of a name, of its first child of the next name, and so on; None where there is none."""
    for name in names:
        for child in element if element is not None else ():
            if local(child) == name:
                element = child
                break
        else:
            return None
    return element


def parse_xml(raw: bytes, name: str, again: str, *, remarks: bool = False) -> etree._Element:
    """Parse XML from a stranger: no entities, no network, no more depth than libxml2 allows.

    Parameters
    ----------
    raw : bytes
        The document.
    name : str
        What to call it in messages.
    again : str
        How to get a whole one.
    remarks : bool
        Whether comments and instructions to programs are kept.

    Raises
    ------
    FileError
        The XML is broken, or has a document type, which no such file needs and which attacks are made with.

    Examples
    --------
    >>> parse_xml(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "x.docx", "Gem filen igen.")
    Traceback (most recent call last):
    blupkit.core.errors.FileError: x.docx: Her står »en dokumenttype (DOCTYPE)«. ...
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        row = getattr(error, "lineno", None) or None
        refuse(name, "XML, der ikke kan læses", "en hel og gyldig XML-fil", again, row=row)
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        refuse(name, "en dokumenttype (DOCTYPE)", "XML uden definitioner af entiteter", UNSAFE)
    return root


def unpacked(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Read a member of a zip, however large its head says it is.

    Parameters
    ----------
    archive : zipfile.ZipFile
        Open for reading; it raises a dozen kinds of errors where it is damaged.
    member : str
        Which.
    name : str
        What to call the zip in messages.

    Raises
    ------
    FileError
        It takes more than `LARGEST` bytes.
    """
    with archive.open(member) as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        found = f"{member[:50]} fylder mere end 64 MB udpakket"
        refuse(name, found, "en tekst af almindelig størrelse", TOO_LARGE)
    return raw


class Package:
    """The parts of a document in a zip.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        What to call it in messages.
    again : str
        How to get a whole one.
    """

    def __init__(self, raw: bytes, name: str, again: str) -> None:
        self._name, self._again = name, again
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
            #: As they follow each other, each as often as it is there.
            self.listed = tuple(self._archive.namelist())
            self.members = frozenset(self.listed)
        except Exception:  # zipfile raises a dozen kinds for a damaged archive
            self._damaged()

    def _damaged(self) -> NoReturn:
        refuse(self._name, "en beskadiget fil", "en hel fil", self._again, quotes=False)

    def part(self, member: str) -> etree._Element | None:
        """Give the root of one part; None where it is not there."""
        if member not in self.members:
            return None
        return parse_xml(self.raw(member), f"{self._name} ({member})", self._again)

    def raw(self, member: str) -> bytes:
        """Give the bytes of one part."""
        try:
            return unpacked(self._archive, member, self._name)
        except FileError:
            raise
        except Exception:  # a wrong checksum, an unknown compression, a password
            self._damaged()
