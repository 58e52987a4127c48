"""Writing codings in the exchange format (QDPX), so that NVivo, MAXQDA, ATLAS.ti and QualCoder read every passage.

How the choices of the format are made, and why:

* Texts are UTF-8 with line feeds and without byte order mark; places count Unicode characters, the end exclusive. That
  is the standard's letter, and the form in which other programs' importers place every passage.
* Every coding is a selection of its own, named by its words, so that a reader can check its place and a memo belongs to
  one coding. The memo is the selection's description, which other programs show as the coding's comment.
* Direction and party are codes of their own on the same selection: the standard has no attributes of codings, and as
  codes they can be searched for together with the themes.
* A speaker is a case, with role and group as variables. The speaker's turns are the case's selections and also carry a
  code with the case's GUID, since some programs read only the one and some only the other.
* All GUIDs and dates follow from the study and the codings: the same codings give the same file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
from lxml import etree

from blupkit.core import Study
from blupkit.core.danish import listing
from blupkit.core.files import legible
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.exchange.qdc import (
    ATTRIBUTES,
    ORIGIN,
    OUTSIDE,
    PROJECT,
    SPEAKERS,
    Node,
    add_codes,
    codebook_nodes,
    many,
    stable_guid,
    unique_name,
    xml_bytes,
)
from blupkit.interviews.exchange.safe_zip import Element
from blupkit.interviews.exchange.source_texts import Written, speaker_labels, written

_GUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VARIABLES: Final = {"role": "Rolle", "group": "Gruppe", "interview": "Interview"}
_SHOWN: Final = 10
#: What holds for every file of this kind.
ALWAYS: Final = (
    "Filen er ikke pseudonymiseret: det, der er sagt, står ordret, også navne og steder. Behandl den som udskrifterne.",
    "Talerne hedder rolle og nummer (for eksempel »Lokalråd 1«), ikke navn.",
    "Retning og part har ingen plads i standarden. De er med som koder under »Retning« og »Om part«.",
    "Tidskoder og kodebogens søgemønstre er ikke med.",
)


@dataclass(frozen=True)
class _Codes:
    """The tree of codes, and what refers to it: code → GUID, (kind, value) → GUID, (interview, label) → GUID."""

    nodes: list[Node]
    codes: dict[str, str]
    attributes: dict[tuple[str, str], str]
    speakers: dict[tuple[str, str], str]


def write_qdpx(path: Path, study: Study, turns: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook) -> list[str]:
    """Write interviews, codebook and codings as one project for other programs (REFI-QDA, QDPX).

    Speakers are named by role and number ("Lokalråd 1") and never by name; what was said is not changed.

    Parameters
    ----------
    path : pathlib.Path
        The file to write; its folder is made when missing.
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codings : pandas.DataFrame
        coder, interview, turn, start, end, code; id, direction, about, memo and quote where they are there. Not
        changed.
    codebook : Codebook
        The codes that exist.

    Returns
    -------
    list of str
        What could not be carried over, and what the receiver must know, as Danish sentences.
    """
    interviews = written(turns)
    rows, missing = _placed(codings, interviews)
    codes = _codes(rows, turns, codebook)
    stamp = f"{study.data_date.isoformat()}T00:00:00Z"
    root = etree.Element(
        f"{{{PROJECT}}}Project",
        {"name": legible(study.name), "origin": ORIGIN, "creationDateTime": stamp},
        nsmap={None: PROJECT},
    )
    users = {coder: stable_guid("coder", study.name, coder) for coder in _values(rows, "coder")}
    _add_users(root, users)
    if codes.nodes:
        add_codes(_under(_under(root, "CodeBook"), "Codes"), codes.nodes, PROJECT)
    _add_cases(root, turns, codes)
    sources = _under(root, "Sources") if interviews else root
    for interview in interviews:
        _add_source(sources, interview, study, rows, codes, users, stamp)
    _write_zip(path, root, {_source_guid(study, interview): interview.text for interview in interviews}, study)
    return [*ALWAYS, *_told(missing, rows, codebook)]


def _under(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    element = etree.SubElement(parent, f"{{{PROJECT}}}{tag}", attributes)
    element.text = text
    return element


def _values(rows: Iterable[dict[str, Any]], column: str) -> list[str]:
    return sorted({row[column] for row in rows if row[column]})


def _source_guid(study: Study, interview: Written) -> str:
    return stable_guid("interview", study.name, interview.interview)


def _placed(codings: pd.DataFrame, interviews: list[Written]) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the codings that have a place, each with it and with a GUID, and name those that have none."""
    places = {
        (interview.interview, turn): (interview, start, words)
        for interview in interviews
        for turn, start, words in zip(interview.turns, interview.starts, interview.words, strict=True)
    }
    rows: list[dict[str, Any]] = []
    missing: list[str] = []
    taken: set[str] = set()
    columns = ["id", "coder", "interview", "code", "direction", "about", "memo", "quote"]
    texts: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()}
        for row in codings.reindex(columns=columns).astype("object").fillna("").astype("str").to_dict("records")
    ]
    for row, place in zip(texts, codings[["turn", "start", "end"]].to_dict("records"), strict=True):
        found = places.get((str(row["interview"]), place["turn"]))
        words = found[2][place["start"] : place["end"]] if found else ""
        whole = found is not None and 0 <= place["start"] < place["end"] <= len(found[2])
        if found is None or not whole or (row["quote"] and row["quote"].replace("\r", "\n") != words):
            missing.append(f"{row['interview']}, tur {place['turn']} ({row['code']})")
            continue
        offset = found[1] + place["start"]
        ident = _coding_guid(row, place, taken)
        rows.append({**row, "guid": ident, "words": words, "from": offset, "to": offset + len(words)})
    return rows, missing


def _coding_guid(row: dict[Any, Any], place: dict[Any, Any], taken: set[str]) -> str:
    """Keep the coding's id where it is a GUID that nothing else has; else make one from what the coding says."""
    ident = str(row["id"])
    if not _GUID.fullmatch(ident) or ident.lower() in taken:
        parts = [str(value) for value in (*row.values(), *place.values())]
        number = 0
        while (ident := stable_guid("coding", str(number), *parts)) in taken:
            number += 1
    taken.add(ident.lower())
    return ident


def _codes(rows: list[dict[str, Any]], turns: pd.DataFrame, codebook: Codebook) -> _Codes:
    """Build the tree: the codebook, codes outside it, directions, parties and speakers."""
    taken: set[str] = set()
    nodes = codebook_nodes(codebook, taken)
    codes = {code: stable_guid("code", code) for code in codebook.codes["code"]}
    stray = [code for code in _values(rows, "code") if code not in codes]
    codes |= {code: stable_guid("code", code) for code in stray}
    below = [Node(codes[code], unique_name(code, taken), f"Kode: {legible(code)}") for code in stray]
    nodes += _branch(OUTSIDE, below, taken)
    attributes: dict[tuple[str, str], str] = {}
    for kind, head in ATTRIBUTES.items():
        used = {value: stable_guid(kind, value) for value in _values(rows, kind)}
        attributes |= {(kind, value): ident for value, ident in used.items()}
        nodes += _branch(
            head, [Node(ident, unique_name(f"{head}: {value}", taken)) for value, ident in used.items()], taken
        )
    speakers = {(interview, label): stable_guid("speaker", interview, label) for interview, label in _speakers(turns)}
    nodes += _branch(SPEAKERS, [Node(v, unique_name(f"{k[0]} {k[1]}", taken)) for k, v in speakers.items()], taken)
    return _Codes(nodes, codes, attributes, speakers)


def _branch(name: str, nodes: list[Node], taken: set[str]) -> list[Node]:
    branch = Node(stable_guid("branch", name), unique_name(name, taken), codable=False, nodes=tuple(nodes))
    return [branch] if nodes else []


def _speakers(turns: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for (interview, _), label in speaker_labels(turns).items():
        yield interview, label


def _add_users(root: Element, users: dict[str, str]) -> None:
    if users:
        element = _under(root, "Users")
        for coder, ident in users.items():
            _under(element, "User", guid=ident, name=legible(coder))


def _add_cases(root: Element, turns: pd.DataFrame, codes: _Codes) -> None:
    """Write each speaker as a case: role, group and interview, and the turns."""
    if not codes.speakers:
        return
    variables = {name: stable_guid("variable", name) for name in _VARIABLES}
    element = _under(root, "Variables")
    for name, ident in variables.items():
        _under(element, "Variable", guid=ident, name=_VARIABLES[name], typeOfVariable="Text")
    labels = speaker_labels(turns)
    element = _under(root, "Cases")
    for (interview, speaker), label in labels.items():
        said = turns[(turns["interview"] == interview) & (turns["speaker"] == speaker)]
        ident = codes.speakers[(interview, label)]
        case = _under(element, "Case", guid=ident, name=legible(f"{interview} {label}"))
        _under(case, "CodeRef", targetGUID=ident)
        values = said[list(variables)].iloc[0]
        for name, variable in variables.items():
            value = _under(case, "VariableValue")
            _under(value, "VariableRef", targetGUID=variable)
            _under(value, "TextValue", legible(str(values[name])))
        for turn in said.loc[said["text"] != "", "turn"]:
            _under(case, "SelectionRef", targetGUID=stable_guid("turn", interview, str(turn)))


def _add_source(
    parent: Element,
    interview: Written,
    study: Study,
    rows: list[dict[str, Any]],
    codes: _Codes,
    users: dict[str, str],
    stamp: str,
) -> None:
    """Write one interview: whose turn is where, and what is coded."""
    ident = _source_guid(study, interview)
    name = legible(f"{interview.interview} {study.interview_titles.get(interview.interview, '')}".strip())
    source = _under(
        parent, "TextSource", guid=ident, name=name, plainTextPath=f"internal://{ident}.txt", creationDateTime=stamp
    )
    for turn, start, words, label in zip(
        interview.turns, interview.starts, interview.words, interview.labels, strict=True
    ):
        if words:
            at = {"startPosition": str(start), "endPosition": str(start + len(words)), "creationDateTime": stamp}
            guid = stable_guid("turn", interview.interview, str(turn))
            selection = _under(source, "PlainTextSelection", guid=guid, name=legible(f"{label}, tur {turn}"), **at)
            coding = _under(selection, "Coding", guid=stable_guid("said", guid), creationDateTime=stamp)
            _under(coding, "CodeRef", targetGUID=codes.speakers[(interview.interview, label)])
    for row in rows:
        if row["interview"] == interview.interview:
            _add_coding(source, row, codes, users, stamp)


def _add_coding(source: Element, row: dict[str, Any], codes: _Codes, users: dict[str, str], stamp: str) -> None:
    by = {"creatingUser": users[row["coder"]]} if row["coder"] else {}
    by["creationDateTime"] = stamp
    selection = _under(
        source,
        "PlainTextSelection",
        guid=stable_guid("selection", row["guid"]),
        name=legible(row["words"]),
        startPosition=str(row["from"]),
        endPosition=str(row["to"]),
        **by,
    )
    if row["memo"]:
        _under(selection, "Description", legible(row["memo"]))
    refers = {row["guid"]: codes.codes[row["code"]]} if row["code"] else {}
    for kind in ATTRIBUTES:
        if row[kind]:
            refers[stable_guid(kind, row["guid"])] = codes.attributes[(kind, row[kind])]
    for ident, refer in refers.items():
        _under(_under(selection, "Coding", guid=ident, **by), "CodeRef", targetGUID=refer)


def _write_zip(path: Path, root: Element, texts: dict[str, str], study: Study) -> None:
    """Write the archive whole or not at all, compressed, with the study's date on every member."""
    members = {"project.qde": xml_bytes(root)} | {f"sources/{i}.txt": text.encode() for i, text in texts.items()}
    when = (max(study.data_date.year, 1980), study.data_date.month, study.data_date.day, 0, 0, 0)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, when)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)


def _told(missing: list[str], rows: list[dict[str, Any]], codebook: Codebook) -> list[str]:
    """Tell what this file lacks."""
    told = []
    if missing:
        more = [f"{len(missing) - _SHOWN} mere"] if len(missing) > _SHOWN else []
        which, number = listing([*missing[:_SHOWN], *more]), many(len(missing), "kodning er", "kodninger er")
        told.append(f"{number} ikke med, fordi ordene ikke står på deres plads i udskriften: {which}.")
    stray = [code for code in _values(rows, "code") if code not in set(codebook.codes["code"])]
    if stray:
        told.append(f"Koder, der ikke står i kodebogen, ligger under »{OUTSIDE}«: {listing(stray)}.")
    changed = sum(legible(row["memo"]) != row["memo"] or legible(row["words"]) != row["words"] for row in rows)
    if changed:
        told.append(
            f"I {many(changed, 'kodning', 'kodninger')} står der »�« i stedet for tegn, som XML ikke kan indeholde."
        )
    return told
