"""The zip and the XML of the exchange format; what others sent is read in memory, bounded and never unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from blupkit.core import FileError
from blupkit.core.files import decoded, legible, read_bytes, refuse, write_whole
from blupkit.core.reading.documents.package import LARGEST, TOO_LARGE, UNSAFE, parse_xml, unpacked

#: Members that an archive may have.
MOST: Final = 20_000
_AGAIN: Final = "Eksportér projektet igen fra det program, det kommer fra."


@dataclass(frozen=True)
class Project:
    """A project file of another program.

    Parameters
    ----------
    root : lxml element
        The root of its XML.
    members : dict of str to bytes
        The texts beside it: the file's name in small letters → its content.
    """

    root: etree._Element
    members: dict[str, bytes]


def _read_bounded(path: Path) -> bytes:
    """Read a file that must be there and must not be too large.

    Raises
    ------
    FileError
        It cannot be read, is empty or is larger than 2 GB.
    """
    if path.is_file() and path.stat().st_size > 32 * LARGEST:
        expected, action = "et projekt på højst 2 GB", "Eksportér projektet uden lyd og video."
        refuse(path.name, "en meget stor fil", expected, action)
    return read_bytes(path, path.name, "Ret filens navn, og kør igen.", _AGAIN)


def open_xml(path: Path) -> etree._Element:
    """Read an XML file that others made, and give its root.

    Raises
    ------
    FileError
        It cannot be read, is too large, or its XML is broken or defines entities.
    """
    return parse_xml(_read_bounded(path), path.name, _AGAIN)


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
    raw, name = _read_bounded(path), path.name
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
            _check_members(infos, name)
            inner = _project_name([info.filename for info in infos], name)
            xml = unpacked(archive, inner, name)
            members = {
                _base(info.filename): unpacked(archive, info.filename, name)
                for info in infos
                if info.filename.lower().endswith(".txt")
            }
    except FileError:
        raise
    except Exception:  # zipfile and its decompressors raise a dozen kinds for a damaged archive
        refuse(name, "en fil, der ikke kan pakkes ud", "en projektfil (.qdpx), som er en zip-fil", _AGAIN)
    return Project(parse_xml(xml, f"{name} ({inner})", _AGAIN), members)


def _base(member: str) -> str:
    return PurePosixPath(member.replace("\\", "/")).name.lower()


def _is_litter(member: str) -> bool:
    """Tell what macOS puts beside the files when somebody zips a folder anew."""
    return member.startswith("__MACOSX/") and ".." not in member


def _check_members(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive that is made to do harm; what is never read (sound, pictures) may be large."""
    outside = [info.filename for info in infos if _is_outside(info.filename)]
    if outside:
        refuse(name, outside[0][:60], "kun filer inde i projektet", UNSAFE)
    read = sum(info.file_size for info in infos if info.filename.lower().endswith((".qde", ".txt")))
    if len(infos) > MOST or read > 4 * LARGEST:
        found = f"{len(infos)} filer, der fylder {read // 1_000_000} MB udpakket"
        refuse(name, found, "et projekt af almindelig størrelse", TOO_LARGE)


def _is_outside(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def _project_name(members: list[str], name: str) -> str:
    inner = [member for member in members if member.lower().endswith(".qde")]
    inner = [member for member in inner if _base(member) == "project.qde"] or inner
    if len(inner) != 1:
        found = "flere projekter i zip-filen" if inner else "en zip-fil uden projekt"
        refuse(name, found, "en zip-fil med præcis én .qde-fil", _AGAIN)
    return inner[0]


def named(element: etree._Element) -> str:
    """Give an element's name as people see it; "" where it has none."""
    return (element.get("name") or "").strip()


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Give an element's children of one name."""
    return list(element.iterchildren(f"{{*}}{name}"))


def descendants(element: etree._Element, *names: str) -> list[etree._Element]:
    """Give all elements of some names within an element, in the file's order."""
    return list(element.iter(*(f"{{*}}{name}" for name in names)))


def child_text(element: etree._Element, name: str) -> str:
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


def target(element: etree._Element) -> str:
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
    text = decoded(raw)
    return None if text is None else text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def first_free(choices: Iterable[str], taken: set[str]) -> str:
    """Give the first name or GUID that nothing else has, whatever its case, and remember it.

    Examples
    --------
    >>> first_free(["A", "B"], {"a"})
    'B'
    """
    free = next(choice for choice in choices if choice.casefold() not in taken)
    taken.add(free.casefold())
    return free


def unique_name(name: str, taken: set[str]) -> str:
    """Give a name that no other code has, and remember it: programs merge codes of one name, also across branches.

    Examples
    --------
    >>> taken = set()
    >>> unique_name("Andet", taken), unique_name("andet", taken)
    ('Andet', 'andet (2)')
    """
    name = legible(" ".join(name.split())) or "(uden navn)"
    return first_free(chain([name], (f"{name} ({number})" for number in count(2))), taken)


def document(namespace: str, name: str, /, **attributes: str) -> etree._Element:
    r"""Begin a document; what XML cannot hold is shown as lost, here and in `under`.

    Examples
    --------
    >>> root = document("urn:x", "CodeBook", origin="a\x0bb")
    >>> _ = under(root, "Codes")
    >>> print(xml_bytes(root).decode())
    <?xml version='1.0' encoding='UTF-8'?>
    <CodeBook xmlns="urn:x" origin="a�b">
      <Codes/>
    </CodeBook>
    """
    root = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})
    root.attrib.update({key: legible(value) for key, value in attributes.items()})
    return root


def under(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """Add an element of the same namespace under another."""
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.attrib.update({key: legible(value) for key, value in attributes.items()})
    element.text = None if text is None else legible(text)
    return element


def xml_bytes(root: etree._Element) -> bytes:
    """Give a document as UTF-8 with its declaration, laid out in lines."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def write_xml(path: Path, root: etree._Element) -> None:
    """Write a document whole or not at all; its folder is made when missing."""
    write_whole(path, xml_bytes(root))


def write_archive(path: Path, members: Mapping[str, bytes], day: date) -> None:
    """Write an archive whole or not at all, compressed, with one date on every member.

    Parameters
    ----------
    path : pathlib.Path
        The file; its folder is made when missing.
    members : mapping of str to bytes
        What lies in it.
    day : datetime.date
        The date; a zip knows none before 1980.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    write_whole(path, buffer.getvalue())
