"""Whose name stands in a package? Everybody in the register, in all the ways that Danes write a name."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from attack.seen import members
from bs4 import BeautifulSoup

_UNSEEN = re.compile(
    "[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}]"
)
_LETTER = "A-Za-zÆØÅæøåÉéÜüÖöÄä"
_SHORTER = {"Nørre": r"(?:Nørre|Nr\.|Ndr\.)", "Sønder": r"(?:Sønder|Sdr\.)", "Store": r"(?:Store|St\.)",
            "Lille": r"(?:Lille|Ll\.)", "Sankt": r"(?:Sankt|Skt\.|Sct\.)"}  # fmt: skip


class Named(NamedTuple):
    """Somebody from the register who stands in a file."""

    file: str
    name: str
    words: str


def names_in(package: Path, register: Path) -> list[Named]:
    """Look for everybody in the register in every text of a package, its files' names included."""
    # Where it stands nowhere, it stands at no word's beginning either: that is seen much sooner.
    looked_for = [
        (name, re.compile(pattern), re.compile(rf"(?<![{_LETTER}]){pattern}")) for name, pattern in patterns(register)
    ]
    found = []
    for file, text in texts(package):
        for name, anywhere, pattern in looked_for:
            hits = pattern.finditer(text) if anywhere.search(text) else ()
            found += [Named(file, name, text[max(hit.start() - 30, 0) : hit.end() + 30]) for hit in hits]
    return found


def texts(package: Path) -> Iterator[tuple[str, str]]:
    """Every text of a package as a reader can get at it: names of files, words, attributes, drawings."""
    for file, content in members(package).items():
        yield file, file
        text = content.decode("utf-8-sig", errors="replace")
        if file.endswith(".html"):
            soup = BeautifulSoup(text, "lxml")
            attributes = " \n ".join(
                value if len(value) < 2000 else "" for element in soup.find_all(True)
                for value in map(str, element.attrs.values())
            )  # fmt: skip
            text = " \n ".join([soup.get_text(" "), soup.get_text(""), attributes])
        yield file, unicodedata.normalize("NFC", _UNSEEN.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def patterns(register: Path) -> Iterator[tuple[str, str]]:
    """For each person and place what to look for where a word begins: whole names, initials, genitives, compounds."""
    rows = csv.DictReader(io.StringIO(register.read_text("utf-8-sig")), delimiter=";")
    for row in rows:
        name, parts = row["navn"], row["navn"].split()
        if row["rolle"] in ("moderator", "teknik"):
            continue
        if row["rolle"] == "sted":
            # Inside a compound too: "Tværhaveborger", "Tværhavevej".
            yield name, rf"{_spelt(parts)}[{_LETTER}’']*"
            continue
        if len(parts) > 1:
            last = re.escape(parts[-1])
            initials = r"\.?[ -]?".join(re.escape(part[0]) for part in re.split(r"[ -]", name)[:-1])
            yield name, rf"{_spelt(parts)}{_genitive()}"
            yield name, rf"{initials}\. ?{last}{_genitive()}"
            first = re.escape(parts[0])
            yield name, rf"{first}[ -]{last}{_genitive()}"


def _spelt(parts: list[str]) -> str:
    return r"[ \-_]?".join(_SHORTER.get(part, re.escape(part).replace(r"\-", r"[ \-]?")) for part in parts)


def _genitive() -> str:
    return rf"(?:['’]?s|['’]|z)?(?![{_LETTER}])"
