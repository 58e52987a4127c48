"""Codes in the exchange format: the study's codebook as a tree of codes, and another program's tree as a codebook."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

import pandas as pd
from lxml import etree

from blupkit.core import Fault, FileError, Level, read_table
from blupkit.core.files import write_whole
from blupkit.interviews.coding.codebook import Code, Codebook
from blupkit.interviews.coding.passage import Direction
from blupkit.interviews.exchange.described import THEME, describe, described, split_name
from blupkit.interviews.exchange.note import write_note
from blupkit.interviews.exchange.safe_zip import (
    child_text,
    descendants,
    document,
    guid,
    named,
    open_xml,
    target,
    under,
    unique_name,
    write_xml,
)


class Kind(StrEnum):
    """What a code of another program can be here."""

    CODE = "code"
    DIRECTION = "direction"
    ABOUT = "about"
    SPEAKER = "speaker"


ORIGIN: Final = "blupkit"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
SPEAKERS: Final = "Talere"
#: What a coding has beside its code; the standard has no place for it, so each value is a code of its own.
ATTRIBUTES: Final = {Kind.DIRECTION: "Retning", Kind.ABOUT: "Om part"}

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "blupkit.refi-qda")
#: Taguette takes no longer name of a tag.
_TAG: Final = 200
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


@dataclass
class Tree:
    """Another program's codes.

    Parameters
    ----------
    codes : list of Code
        In the order of the tree.
    meanings : dict of str to Meaning
        GUID → what it is.
    deeper : int
        How many codes lay deeper than theme and code.
    faults : list of Fault
        Codes that cannot be used.

    Examples
    --------
    >>> tree = Tree()
    >>> tree.add("2.1 Puljer"), tree.add("2.1", "Puljer", "2", "Økonomi"), tree.frame[["code", "name"]].values.tolist()
    ('2.1', '2.1', [['2.1', 'Puljer']])
    """

    codes: list[Code] = field(default_factory=list)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    deeper: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, code: str, name: str | None = None, theme: str = "", theme_name: str = "") -> str:
        """Keep a code, by the first that is said of it; without a name, the words may hold both."""
        code, name = split_name(code) if name is None else (code, name)
        if code not in {each.code for each in self.codes}:
            self.codes.append(Code(code, theme, theme_name, name, "", "", "", "", ()))
        return code

    @property
    def frame(self) -> pd.DataFrame:
        """One row a code, with the codebook's columns, also where there are none."""
        return pd.DataFrame(self.codes, columns=list(Code._fields)).drop(columns="patterns").astype("str")

    @property
    def codebook(self) -> Codebook:
        """The codes as a codebook."""
        return Codebook(self.frame)


def stable_guid(*parts: str) -> str:
    """Give the same GUID for the same thing, in every export.

    Examples
    --------
    >>> stable_guid("code", "1.1") == stable_guid("code", "1.1") != stable_guid("code1", ".1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


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
    for number, (theme, theme_name) in enumerate(codebook.theme_names.items()):
        name = unique_name(f"{theme} {theme_name}", taken)
        colour = _COLOURS[number % len(_COLOURS)]
        below = []
        for row in (row for row in codebook.rows if row.theme == theme):
            ident, title = stable_guid("code", row.code), unique_name(f"{row.code} {row.name}", taken)
            below.append(Node(ident, title, describe(row), colour=colour))
        nodes.append(Node(stable_guid("theme", theme), name, f"{THEME}: {theme}", False, tuple(below), colour))
    return nodes


def add_codes(parent: etree._Element, nodes: Iterable[Node]) -> None:
    """Write nodes under an element, in the order of the schema."""
    for node in nodes:
        colour = {"color": node.colour} if node.colour else {}
        codable = str(node.codable).lower()
        element = under(parent, "Code", guid=node.guid, name=node.name, isCodable=codable, **colour)
        if node.description:
            under(element, "Description", node.description)
        add_codes(element, node.nodes)


def write_qdc(path: Path, codebook: Codebook) -> list[str]:
    """Write the codebook alone: in the exchange format (QDC), or as the table of tags that Taguette takes in (CSV).

    Parameters
    ----------
    path : pathlib.Path
        The file to write: `.qdc` for NVivo, MAXQDA, ATLAS.ti and others, `.csv` for Taguette. Its folder is made when
        missing.
    codebook : Codebook
        The study's codes.

    Returns
    -------
    list of str
        What the file cannot carry, with how much there is of it, as Danish sentences; also in a file beside it.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit import core, interviews
    >>> path, codebook = Path(tempfile.mkdtemp()) / "kodebog.qdc", interviews.read_codebook(core.example_study())
    >>> write_qdc(path, codebook)
    ['Koder, hvis søgemønstre ikke er med: 2.']
    >>> path.read_text("utf-8").count("<Code "), 'name="1.1 Mandat"' in path.read_text("utf-8")
    (4, True)
    >>> _ = write_qdc(path.with_suffix(".csv"), codebook)
    >>> path.with_suffix(".csv").read_text("utf-8-sig").splitlines()[:2]
    ['path,description', '1.1 Mandat,"Hvad man kan love']
    """
    patterns = sum(bool(row.patterns) for row in codebook.rows)
    told = [f"Koder, hvis søgemønstre ikke er med: {patterns}."] if patterns else []
    if path.suffix.lower() == ".csv":
        return write_note(path, [*told, *_write_tags(path, codebook)])
    root = document(CODEBOOK, "CodeBook", origin=ORIGIN)
    add_codes(under(root, "Codes"), codebook_nodes(codebook, set()))
    write_xml(path, root)
    return write_note(path, told)


def _write_tags(path: Path, codebook: Codebook) -> list[str]:
    """Write Taguette's table; themes are no tags there, so each code says its own."""
    taken: set[str] = set()
    rows, cut = [["path", "description"]], 0
    for row in codebook.rows:
        name = f"{row.code} {row.name}".strip()
        cut += len(name) > _TAG
        theme = f"{THEME}: {row.theme} {row.theme_name}".strip()
        rows.append([unique_name(name[:_TAG], taken), f"{describe(row)}\n{theme}"])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    # With the mark, Taguette need not guess which letters they are.
    write_whole(path, text.getvalue().encode("utf-8-sig"))
    told = ["Taguette har ingen temaer: Koderne ligger ved siden af hinanden, og temaet står i beskrivelsen."]
    return [*told, *([f"Koder, hvis navn er kortet af til {_TAG} tegn: {cut}."] if cut else [])]


def read_qdc(path: Path) -> tuple[pd.DataFrame, list[Fault]]:
    r"""Read another program's codebook: QDC, or Taguette's table of tags (CSV, XLSX).

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

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "tags.csv"
    >>> _ = path.write_text("tag,description\n2.1 Puljer,Penge til projekter\n", "utf-8")
    >>> codes, faults = read_qdc(path)
    >>> codes[["code", "name", "definition"]].values.tolist(), faults
    ([['2.1', 'Puljer', 'Penge til projekter']], [])
    """
    if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}:
        return Tree(_read_tags(path)).frame, []
    root = open_xml(path)
    # Without the namespace, which differs between versions of the standard.
    kind = str(etree.QName(root).localname)
    if kind not in {"CodeBook", "Project"} or not descendants(root, "Code"):
        found = f"et dokument af typen »{kind[:40]}« med {len(descendants(root, 'Code'))} koder"
        action = "Eksportér kodebogen som REFI-QDA (.qdc) fra det andet program."
        raise FileError(Fault(path.name, found, "en kodebog (CodeBook) med koder", action))
    tree = read_tree(root, path.name)
    return tree.frame, tree.faults


def _read_tags(path: Path) -> list[Code]:
    """Read Taguette's table of tags: path (or tag, name), description and perhaps parent."""
    table = read_table(path)
    heads = {str(head).lower(): head for head in table.columns}
    head = next((heads[name] for name in ("tag", "path", "name") if name in heads), None)
    if head is None:
        found, expected = ", ".join(map(str, table.columns)), "en kolonne »path« eller »tag« med kodens navn"
        action = "Eksportér kodebogen igen fra Taguette."
        raise FileError(Fault(path.name, found, expected, action, row=1))
    columns = [head, heads.get("description", "description"), heads.get("parent", "parent")]
    cells = table.reindex(columns=columns, fill_value="").itertuples(index=False, name=None)
    taken: set[str] = set()
    codes = []
    for name, text, parent in cells:
        before, there, theme = text.rpartition(f"\n{THEME}: ")
        said, above = (before, theme) if there and not parent.strip() else (text, parent.strip())
        codes += [read_code(name.strip(), said, above, "", taken)] if name.strip() else []
    return codes


def read_code(name: str, description: str, theme: str, theme_text: str, taken: set[str]) -> Code:
    """Tell code from name: by what this suite wrote, else by a number before the name, else the name is the code."""
    said = described(description)
    code, name = split_name(name, said.code)
    known = theme_text.removeprefix(f"{THEME}: ")
    number, theme_name = split_name(theme, known if known != theme_text else "")
    if code in taken:
        code = unique_name(f"{theme_name} / {code}" if theme_name else code, taken)
    taken |= {code, code.casefold()}
    return said._replace(code=code, theme=number, theme_name=theme_name, name=name)


def read_tree(root: etree._Element, file: str) -> Tree:
    """Read the codes of a project or a codebook, and tell what each is here.

    Parameters
    ----------
    root : lxml element
        The document.
    file : str
        What to call it in messages.
    """
    cases = {guid(case.get("guid")) for case in descendants(root, "Case")}
    used = {target(reference) for reference in descendants(root, "CodeRef")}
    tree = Tree()
    taken: set[str] = set()
    for element in descendants(root, "Code"):
        # Those above, the topmost first.
        above = list(element.iterancestors("{*}Code"))[::-1]
        name, ident = named(element), guid(element.get("guid"))
        if not name or not ident:
            found = f"koden »{name[:40]}« uden guid" if name else "en kode uden navn"
            expected, row = "en kode med navn og guid", element.sourceline
            action = "Koden er udeladt. Ret den i det andet program, og eksportér igen."
            tree.faults.append(Fault(file, found, expected, action, row=row, level=Level.WARNING))
            continue
        other = _other_meaning(ident, name, above, cases)
        if other is None and (element.get("isCodable") not in {"false", "0"} or ident in used):
            theme, about = (named(above[0]), child_text(above[0], "Description")) if above else ("", "")
            code = read_code(name, child_text(element, "Description"), theme, about, taken)
            tree.codes.append(code)
            other = Meaning(Kind.CODE, code.code)
            tree.deeper += len(above) > 1
        if other is not None:
            tree.meanings[ident] = other
    return tree


def _other_meaning(ident: str, name: str, above: list[etree._Element], cases: set[str]) -> Meaning | None:
    """Tell what is no code: a direction or a party as this suite writes them, or a speaker, who has a case's GUID."""
    branches = {named(element) for element in above}
    for kind, head in ATTRIBUTES.items():
        value = name.removeprefix(f"{head}: ")
        # The parties are the study's own words, so that any will do.
        if value != name and (kind == Kind.ABOUT or value in tuple(Direction) or head in branches):
            return Meaning(kind, value)
    if ident in cases or SPEAKERS in branches:
        return Meaning(Kind.SPEAKER, name)
    return None
