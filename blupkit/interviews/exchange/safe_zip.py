"""Opening what another program sent: a zip and the XML in it, read in memory and never unpacked, bounded in size."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from lxml import etree

from blupkit.core import Fault, FileError
from blupkit.core.files import BYTE_ORDER_MARKS

#: Bytes that one text and one project file may take when unpacked, and members that an archive may have.
LARGEST: Final = 64 * 1024 * 1024
MOST: Final = 20_000
_AGAIN: Final = "Eksportér projektet igen fra det program, det kommer fra."

#: An element of a document; lxml has no types.
Element = Any


@dataclass(frozen=True)
class Project:
    """A project file of another program.

    Parameters
    ----------
    root : Element
        The root of its XML.
    members : dict of str to bytes
        The texts beside it: the file's name in small letters → its content.
    """

    root: Element
    members: dict[str, bytes]


def read_bytes(path: Path) -> bytes:
    """Read a file that must be there and must not be too large.

    Raises
    ------
    FileError
        It cannot be read, is empty or is larger than 2 GB.
    """
    try:
        if path.stat().st_size > 32 * LARGEST:
            expected, action = "et projekt på højst 2 GB", "Eksportér projektet uden lyd og video."
            raise FileError(Fault(path.name, "en meget stor fil", expected, action))
        raw = path.read_bytes()
    except OSError as error:
        found = "ingen fil" if isinstance(error, FileNotFoundError) else "en fil, der ikke kan åbnes"
        raise FileError(Fault(path.name, found, "en fil med dette navn", "Ret filens navn, og kør igen.")) from error
    if not raw.strip():
        raise FileError(Fault(path.name, "en tom fil", "en fil med indhold", _AGAIN))
    return raw


def open_project(path: Path) -> Project:
    """Read the project and the texts of a QDPX file; nothing is unpacked to the disk.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Project
        The XML's root, whatever the file in the zip is called, and every text beside it.

    Raises
    ------
    FileError
        The file is no zip, holds no project, names a place outside itself, is too large when unpacked, or its XML is
        broken or defines entities.
    """
    raw, name = read_bytes(path), path.name
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
            _check_members(infos, name)
            inner = _project_name([info.filename for info in infos], name)
            xml = _read_member(archive, inner, name)
            members = {
                _base(info.filename): _read_member(archive, info.filename, name)
                for info in infos
                if info.filename.lower().endswith(".txt")
            }
    except FileError:
        raise
    except Exception as error:  # zipfile and its decompressors raise a dozen kinds for a damaged archive
        expected = "en projektfil (.qdpx), som er en zip-fil"
        raise FileError(Fault(name, "en fil, der ikke kan pakkes ud", expected, _AGAIN)) from error
    return Project(parse_xml(xml, f"{name} ({inner})"), members)


def _base(member: str) -> str:
    return PurePosixPath(member.replace("\\", "/")).name.lower()


def _is_litter(member: str) -> bool:
    """Tell what macOS puts beside the files when somebody zips a folder anew."""
    return member.startswith("__MACOSX/") and ".." not in member


def _check_members(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive that is made to do harm; what is never read (sound, pictures) may be large."""
    outside = [info.filename for info in infos if _is_outside(info.filename)]
    if outside:
        expected, action = "kun filer inde i projektet", "Brug ikke filen. Spørg afsenderen, hvor den kommer fra."
        raise FileError(Fault(name, outside[0][:60], expected, action))
    read = sum(info.file_size for info in infos if info.filename.lower().endswith((".qde", ".txt")))
    if len(infos) > MOST or read > 4 * LARGEST:
        found = f"{len(infos)} filer, der fylder {read // 1_000_000} MB udpakket"
        action = "Brug ikke filen, før afsenderen har forklaret dens størrelse."
        raise FileError(Fault(name, found, "et projekt af almindelig størrelse", action))


def _is_outside(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def _project_name(members: list[str], name: str) -> str:
    inner = [member for member in members if member.lower().endswith(".qde")]
    inner = [member for member in inner if _base(member) == "project.qde"] or inner
    if len(inner) != 1:
        found = "flere projekter i zip-filen" if inner else "en zip-fil uden projekt"
        raise FileError(Fault(name, found, "en zip-fil med præcis én .qde-fil", _AGAIN))
    return inner[0]


def _read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Read a member, however large its head says it is."""
    with archive.open(member) as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        found, expected = f"{member} fylder mere end 64 MB udpakket", "en tekst af almindelig størrelse"
        action = "Brug ikke filen, før afsenderen har forklaret dens størrelse."
        raise FileError(Fault(name, found[:80], expected, action))
    return raw


def parse_xml(raw: bytes, name: str) -> Element:
    """Parse XML from a stranger: no entities, no network, no more depth than libxml2 allows.

    Parameters
    ----------
    raw : bytes
        The document.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        The XML is broken, or has a document type, which no such file needs and which attacks are made with.

    Examples
    --------
    >>> parse_xml(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "x.qde")
    Traceback (most recent call last):
    blupkit.core.errors.FileError: x.qde: Her står »en dokumenttype (DOCTYPE)«. ...
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        row = getattr(error, "lineno", None) or None
        raise FileError(Fault(name, "XML, der ikke kan læses", "en hel og gyldig XML-fil", _AGAIN, row=row)) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        action = "Brug ikke filen. Spørg afsenderen, hvor den kommer fra."
        raise FileError(Fault(name, "en dokumenttype (DOCTYPE)", "XML uden definitioner af entiteter", action))
    return root


def tag(element: Element) -> str:
    """Give an element's name without its namespace, which differs between versions of the standard."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """Give an element's children of one name."""
    return list(element.iterchildren(f"{{*}}{name}"))


def descendants(element: Element, *names: str) -> list[Element]:
    """Give all elements of some names within an element, in the file's order."""
    return list(element.iter(*(f"{{*}}{name}" for name in names)))


def child_text(element: Element, name: str) -> str:
    """Give the text of the first child of a name; "" where there is none."""
    return next(("".join(child.itertext()) for child in children(element, name)), "")


def guid(value: str | None) -> str:
    """Give a GUID as it is compared: without braces, in small letters.

    Examples
    --------
    >>> guid("{5C94BC9E-DB8C-4F1D-9CD6-E900C7440860}")
    '5c94bc9e-db8c-4f1d-9cd6-e900c7440860'
    """
    return (value or "").strip().strip("{}").lower()


def target(element: Element) -> str:
    """Give the GUID that a reference points at."""
    return guid(element.get("targetGUID"))


def decode(raw: bytes) -> str | None:
    r"""Read a text in whichever of the usual encodings it is, with line feeds and without byte order mark.

    Unlike `core.read_text` this changes no character, since places are counted in it.

    Examples
    --------
    >>> decode("Næstved\r\n".encode("cp1252"))
    'Næstved\n'
    """
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if raw.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return None
