"""Codes in the exchange format: the study's codebook as a tree of codes, and another program's tree as a codebook."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
from lxml import etree

from blupkit.core import Fault, FileError, Level, read_table
from blupkit.core.files import legible
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.passage import Direction
from blupkit.interviews.exchange.safe_zip import (
    Element,
    child_text,
    children,
    descendants,
    guid,
    parse_xml,
    read_bytes,
    tag,
    target,
)

ORIGIN: Final = "blupkit"
PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
SPEAKERS: Final = "Talere"
OUTSIDE: Final = "Uden for kodebogen"
CODE_TABLE: Final = ["code", "theme", "theme_name", "name", "definition", "include", "exclude", "example"]
Kind = Literal["code", "direction", "about", "speaker"]
#: What a coding has beside its code; the standard has no place for it, so each value is a code of its own.
ATTRIBUTES: Final[dict[Kind, str]] = {"direction": "Retning", "about": "Om part"}

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "blupkit.refi-qda")
_PARTS: Final = {"include": "Medtages", "exclude": "Medtages ikke", "example": "Eksempel", "code": "Kode"}
_THEME: Final = "Tema"
_NUMBERED: Final = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(\S.*)", re.DOTALL)
_COLOURS: Final = ("#1B6CA8", "#B3541E", "#2E7D4F", "#7A4E9E", "#A8324A", "#5F6B73", "#8A6D00", "#00798C")


@dataclass(frozen=True)
class Node:
    """One code of a tree that is to be written.

    Parameters
    ----------
    guid, name : str
        Its identity and its name, which no other node has.
    description : str
        What belongs under it.
    codable : bool
        Whether passages may carry it.
    nodes : tuple of Node
        What lies under it.
    colour : str
        As "#RRGGBB", or "".
    """

    guid: str
    name: str
    description: str = ""
    codable: bool = True
    nodes: tuple[Node, ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a code of another program is here: a code, a coding's direction or party, or a speaker."""

    kind: Kind
    value: str


@dataclass(frozen=True)
class Tree:
    """Another program's codes.

    Parameters
    ----------
    meanings : dict of str to Meaning
        GUID → what it is.
    codes : pandas.DataFrame
        One row a code, with the columns of `CODE_TABLE`.
    deeper : int
        How many codes lay deeper than theme and code.
    faults : list of Fault
        Codes that cannot be used.
    """

    meanings: dict[str, Meaning]
    codes: pd.DataFrame
    deeper: int
    faults: list[Fault]


def stable_guid(*parts: str) -> str:
    """Give the same GUID for the same thing, in every export.

    Examples
    --------
    >>> stable_guid("code", "1.1") == stable_guid("code", "1.1") != stable_guid("code1", ".1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def many(number: int, one: str, more: str) -> str:
    """Give a number with its noun.

    Examples
    --------
    >>> many(1, "kodning", "kodninger"), many(25, "kodning", "kodninger")
    ('1 kodning', '25 kodninger')
    """
    return f"{format(number, ',').replace(',', '.')} {one if number == 1 else more}"


def unique_name(name: str, taken: set[str]) -> str:
    """Give a name that no other code has, and remember it: programs merge codes of one name, also across branches.

    Examples
    --------
    >>> taken = set()
    >>> unique_name("Andet", taken), unique_name("andet", taken)
    ('Andet', 'andet (2)')
    """
    name = legible(" ".join(name.split())) or "(uden navn)"
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free.casefold())
    return free


def codebook_nodes(codebook: Codebook, taken: set[str]) -> list[Node]:
    """Lay a codebook out as a tree: themes, which cannot be coded with, and the codes under them.

    Parameters
    ----------
    codebook : Codebook
        The study's codes.
    taken : set of str
        Names in use; those given here are added.
    """
    nodes = []
    for number, theme in enumerate(codebook.themes.to_dict("records")):
        name = unique_name(f"{theme['theme']} {theme['theme_name']}", taken)
        rows = codebook.codes[codebook.codes["theme"] == theme["theme"]].to_dict("records")
        colour = _COLOURS[number % len(_COLOURS)]
        below = tuple(
            Node(
                stable_guid("code", row["code"]),
                unique_name(f"{row['code']} {row['name']}", taken),
                describe(row),
                colour=colour,
            )
            for row in rows
        )
        description = f"{_THEME}: {theme['theme']}"
        nodes.append(Node(stable_guid("theme", theme["theme"]), name, description, False, below, colour))
    return nodes


def describe(row: dict[Any, Any]) -> str:
    r"""Put what the codebook says of a code into one text, which every program shows.

    Examples
    --------
    >>> describe({"code": "1.1", "definition": "Aftaler", "include": "ved start", "exclude": "", "example": ""})
    'Aftaler\nMedtages: ved start\nKode: 1.1'
    """
    parts = [f"{head}: {row[key]}" for key, head in _PARTS.items() if row.get(key)]
    return legible("\n".join([row["definition"], *parts]))


def described(text: str) -> dict[str, str]:
    r"""Take a text that `describe` made apart again; any other text is a definition.

    Examples
    --------
    >>> described("Aftaler\nMedtages: ved start\nKode: 1.1")
    {'definition': 'Aftaler', 'code': '1.1', 'example': '', 'exclude': '', 'include': 'ved start'}
    """
    found = {}
    for key, head in reversed(_PARTS.items()):
        before, there, after = f"\n{text}".rpartition(f"\n{head}: ")
        found[key] = after if there else ""
        text = before.removeprefix("\n") if there else text
    return {"definition": text.strip("\n")} | found


def add_codes(parent: Element, nodes: Iterable[Node], namespace: str) -> None:
    """Write nodes under an element, in the order of the schema."""
    for node in nodes:
        attributes = {"guid": node.guid, "name": node.name, "isCodable": str(node.codable).lower()}
        if node.colour:
            attributes["color"] = node.colour
        element = etree.SubElement(parent, f"{{{namespace}}}Code", attributes)
        if node.description:
            etree.SubElement(element, f"{{{namespace}}}Description").text = node.description
        add_codes(element, node.nodes, namespace)


def write_qdc(path: Path, codebook: Codebook) -> None:
    """Write the codebook alone in the exchange format (QDC), which NVivo, MAXQDA, ATLAS.ti and others read.

    Parameters
    ----------
    path : pathlib.Path
        The file to write; its folder is made when missing.
    codebook : Codebook
        The study's codes.
    """
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", {"origin": ORIGIN}, nsmap={None: CODEBOOK})
    add_codes(etree.SubElement(root, f"{{{CODEBOOK}}}Codes"), codebook_nodes(codebook, set()), CODEBOOK)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xml_bytes(root))


def xml_bytes(root: Element) -> bytes:
    """Give a document as UTF-8 with its declaration, laid out in lines."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def read_qdc(path: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """Read another program's codebook: QDC, or Taguette's table of tags (CSV, XLSX).

    A QDC that does not follow the schema, as Taguette's does not, is read as far as it says anything.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    pandas.DataFrame
        code, theme, theme_name, name, definition, include, exclude, example: one row a code. A code without a number
        has its name as code.
    list of Fault
        An "advarsel" for each code that cannot be used.

    Raises
    ------
    FileError
        The file is no codebook.
    """
    if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}:
        return _read_tags(path), []
    root = parse_xml(read_bytes(path), path.name)
    if tag(root) not in {"CodeBook", "Project"} or not descendants(root, "Code"):
        found = f"et dokument af typen »{tag(root)[:40]}« med {len(descendants(root, 'Code'))} koder"
        action = "Eksportér kodebogen som REFI-QDA (.qdc) fra det andet program."
        raise FileError(Fault(path.name, found, "en kodebog (CodeBook) med koder", action))
    tree = read_tree(root, path.name)
    return tree.codes, tree.faults


def _read_tags(path: Path) -> pd.DataFrame:
    """Read Taguette's table of tags: path (or tag, name), description and perhaps parent."""
    table = read_table(path)
    heads = {str(head).lower(): head for head in table.columns}
    head = next((heads[name] for name in ("tag", "path", "name") if name in heads), None)
    if head is None:
        found, expected = ", ".join(map(str, table.columns)), "en kolonne »path« eller »tag« med kodens navn"
        action = "Eksportér kodebogen igen fra Taguette."
        raise FileError(Fault(path.name, found, expected, action, row=1))
    table = table[table[head].str.strip() != ""]
    blank = pd.Series("", index=table.index)
    about = table[heads["description"]] if "description" in heads else blank
    parents = table[heads["parent"]] if "parent" in heads else blank
    taken: set[str] = set()
    rows = [
        code_row(name.strip(), text, parent.strip(), "", taken)
        for name, text, parent in zip(table[head], about, parents, strict=True)
    ]
    return code_frame(rows)


def code_frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Build the table of codes, with its types also where it is empty."""
    return pd.DataFrame(rows, columns=CODE_TABLE).astype("str")


def code_row(name: str, description: str, theme: str, theme_text: str, taken: set[str]) -> dict[str, str]:
    """Tell code from name: by what this suite wrote, else by a number before the name, else the name is the code."""
    said = described(description)
    code, name = split_name(name, said.pop("code"))
    number, theme_name = split_name(
        theme, theme_text.removeprefix(f"{_THEME}: ") if theme_text.startswith(f"{_THEME}: ") else ""
    )
    if code in taken:
        code = unique_name(f"{theme_name} / {code}" if theme_name else code, taken)
    taken |= {code, code.casefold()}
    return {"code": code, "theme": number, "theme_name": theme_name, "name": name} | said


def split_name(name: str, known: str = "") -> tuple[str, str]:
    """Tell a code from its name.

    Parameters
    ----------
    name : str
        As another program has it.
    known : str
        The code, where it is known.

    Examples
    --------
    >>> split_name("1.1 Mandat"), split_name("Tillid")
    (('1.1', 'Mandat'), ('Tillid', 'Tillid'))
    """
    if known and name.startswith(f"{known} "):
        return known, name.removeprefix(f"{known} ")
    if known:
        return known, name
    numbered = _NUMBERED.fullmatch(name)
    return (numbered[1], numbered[2]) if numbered else (name, name)


def read_tree(root: Element, file: str) -> Tree:
    """Read the codes of a project or a codebook, and tell what each is here.

    Parameters
    ----------
    root : Element
        The document.
    file : str
        What to call it in messages.
    """
    cases = {guid(case.get("guid")) for case in descendants(root, "Case")}
    used = {target(reference) for reference in descendants(root, "CodeRef")}
    meanings: dict[str, Meaning] = {}
    rows: list[dict[str, str]] = []
    faults: list[Fault] = []
    taken: set[str] = set()
    deeper = 0
    for element, above in _walk(root):
        name, ident = (element.get("name") or "").strip(), guid(element.get("guid"))
        if not name or not ident:
            faults.append(_nameless(file, name, element.sourceline))
            continue
        other = _other_meaning(ident, name, above, cases)
        if other is None and (element.get("isCodable") not in {"false", "0"} or ident in used):
            theme = above[0] if above else None
            about = child_text(theme, "Description") if theme is not None else ""
            theme_name = (theme.get("name") or "").strip() if theme is not None else ""
            rows.append(code_row(name, child_text(element, "Description"), theme_name, about, taken))
            other = Meaning("code", rows[-1]["code"])
            deeper += len(above) > 1
        if other is not None:
            meanings[ident] = other
    return Tree(meanings, code_frame(rows), deeper, faults)


def _walk(root: Element) -> list[tuple[Element, list[Element]]]:
    """Give every code with those above it, the topmost first."""
    found: list[tuple[Element, list[Element]]] = []
    waiting: list[tuple[Element, list[Element]]] = [
        (code, []) for codes in descendants(root, "Codes") for code in children(codes, "Code")
    ][::-1]
    while waiting:
        element, above = waiting.pop()
        found.append((element, above))
        waiting += [(below, [*above, element]) for below in children(element, "Code")][::-1]
    return found


def _other_meaning(ident: str, name: str, above: list[Element], cases: set[str]) -> Meaning | None:
    """Tell what is no code: a direction or a party as this suite writes them, or a speaker, who has a case's GUID."""
    branches = {(element.get("name") or "").strip() for element in above}
    for kind, head in ATTRIBUTES.items():
        value = name.removeprefix(f"{head}: ")
        # The parties are the study's own words, so that any will do.
        if value != name and (kind == "about" or value in tuple(Direction) or head in branches):
            return Meaning(kind, value)
    if ident in cases or SPEAKERS in branches:
        return Meaning("speaker", name)
    return None


def _nameless(file: str, name: str, row: int | None) -> Fault:
    found = f"koden »{name[:40]}« uden guid" if name else "en kode uden navn"
    action = "Koden er udeladt. Ret den i det andet program, og eksportér igen."
    return Fault(file, found, "en kode med navn og guid", action, row=row, level=Level.WARNING)
