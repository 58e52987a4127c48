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
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from blupkit.core import Study
from blupkit.core.danish import listing, many
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.exchange.note import in_words, only_in_logs, write_note
from blupkit.interviews.exchange.qdc import (
    ATTRIBUTES,
    ORIGIN,
    SPEAKERS,
    Node,
    add_codes,
    codebook_nodes,
    stable_guid,
)
from blupkit.interviews.exchange.safe_zip import document, first_free, under, unique_name, write_archive, xml_bytes
from blupkit.interviews.exchange.source_texts import Written, even_lines, written

PROJECT: Final = "urn:QDA-XML:project:1.0"
OUTSIDE: Final = "Uden for kodebogen"
_GUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VARIABLES: Final = {"role": "Rolle", "group": "Gruppe", "interview": "Interview"}
_SHOWN: Final = 10
#: What holds for every file of this kind.
ALWAYS: Final = (
    "Filen er ikke pseudonymiseret: det, der er sagt, står ordret, også navne og steder. Behandl den som udskrifterne.",
    "Talerne hedder rolle og nummer (for eksempel »Moderator 1«), ikke navn.",
    "Retning og part har ingen plads i standarden. De er med som koder under »Retning« og »Om part«.",
    "Tidskoder og kodebogens søgemønstre er ikke med.",
)


def write_qdpx(path: Path, study: Study, coded: Coded) -> list[str]:
    """Write interviews, codebook and codings as one project for other programs (REFI-QDA, QDPX).

    Speakers are named by role and number ("Lokalråd 1") and never by name; what was said is not changed.

    Parameters
    ----------
    path : pathlib.Path
        The file to write; its folder is made when missing.
    study : Study
        The study.
    coded : Coded
        What was said, the codes, and what every coder has coded; not changed.

    Returns
    -------
    list of str
        What could not be carried over, with how much of it there is, and what the receiver must know, as Danish
        sentences. They also lie in a file beside the project ("projekt.qdpx.note.txt").

    Examples
    --------
    Of the example's four codings one is spoilt, and told of:

    >>> import dataclasses, tempfile
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> codings = coded.codings.assign(quote=["Andre ord.", *coded.codings["quote"][1:]])
    >>> coded = dataclasses.replace(coded, codings=codings, by_all=None)
    >>> write_qdpx(Path(tempfile.mkdtemp()) / "a.qdpx", study, coded)[-1]
    '1 kodning er ikke med, fordi ordene ikke står på deres plads i udskriften: fg1, tur 2 (2.1).'
    """
    return _Writer(study, coded).write(path)


class _Placed(NamedTuple):
    """A coding with its GUID, its words, and where they begin in the interview's text."""

    guid: str
    interview: str
    start: int
    words: str
    coder: str
    memo: str
    #: Code, direction and party: what the passage refers to.
    said: dict[str, str]


@dataclass(frozen=True)
class _Writer:
    """A project that is to be written."""

    study: Study
    coded: Coded

    @cached_property
    def interviews(self) -> list[Written]:
        """Each interview as one text."""
        return written(self.coded.turns)

    @cached_property
    def placed(self) -> list[_Placed]:
        """The codings whose words stand where they say, each with a GUID of its own."""
        starts = {(one.interview, each.turn): each.start for one in self.interviews for each in one.paragraphs}
        taken: set[str] = set()
        placed: list[_Placed] = []
        for coding in self.coded.coding_rows:
            if self.coded.stands(coding.passage):
                said = {kind: getattr(coding, kind) for kind in ("code", *ATTRIBUTES)}
                place = (coding.memo, coding.quote, str(coding.turn), str(coding.start), str(coding.end))
                guid = _free_guid(coding.id, (coding.coder, coding.interview, *said.values(), *place), taken)
                start = starts[(coding.interview, int(coding.turn))] + coding.start
                words = even_lines(self.coded.words_of(coding.passage))
                placed.append(_Placed(guid, coding.interview, start, words, coding.coder, coding.memo, said))
        return placed

    @cached_property
    def stray(self) -> list[str]:
        """Codes that were used and do not stand in the codebook."""
        return [code for code in self.used("code") if code not in self.coded.codebook.theme_of]

    @cached_property
    def users(self) -> dict[str, str]:
        """Coder → GUID."""
        coders = sorted({each.coder for each in self.placed if each.coder})
        return {coder: stable_guid("coder", self.study.name, coder) for coder in coders}

    @property
    def stamp(self) -> str:
        """The study's date, which everything in the project has."""
        return f"{self.study.data_date.isoformat()}T00:00:00Z"

    def used(self, kind: str) -> list[str]:
        """The codes, directions or parties that were given, sorted."""
        return sorted({each.said[kind] for each in self.placed if each.said[kind]})

    def source_guid(self, interview: Written) -> str:
        """The GUID of an interview's text."""
        return stable_guid("interview", self.study.name, interview.interview)

    def write(self, path: Path) -> list[str]:
        """Write the project and tell what it lacks."""
        root = document(PROJECT, "Project", name=self.study.name, origin=ORIGIN, creationDateTime=self.stamp)
        self.add_users(root)
        nodes = self.nodes()
        if nodes:
            add_codes(under(under(root, "CodeBook"), "Codes"), nodes)
        self.add_cases(root)
        sources = under(root, "Sources") if self.interviews else root
        changed = sum(self.add_source(sources, interview) for interview in self.interviews)
        members = {"project.qde": xml_bytes(root)}
        members |= {f"sources/{self.source_guid(one)}.txt": one.text.encode() for one in self.interviews}
        write_archive(path, members, self.study.data_date)
        names, labels, attributes, rest = ALWAYS
        always = names, labels, f"{attributes} {in_words(self.coded)}", rest
        lost = [*self.at_one_place(), *only_in_logs(self.study, self.coded)]
        return write_note(path, [*always, *lost, *self.told(changed)])

    def at_one_place(self) -> list[str]:
        """Tell of places where two codes each have a direction: programs with a selection for each code mix them up."""
        told = []
        for kind, head in ATTRIBUTES.items():
            given: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
            for each in self.coded.coding_rows:
                given[each.coder, each.interview, each.turn, each.start, each.end] |= {getattr(each, kind)} - {""}
            several = sum(len(values) > 1 for values in given.values())
            if several:
                where = f"Steder, hvor to koder har hver sin {head.lower()}: {several}."
                told.append(f"{where} Efter en tur gennem QualCoder kan den ikke skelnes og kommer tom tilbage.")
        return told

    def nodes(self) -> list[Node]:
        """Build the tree: the codebook, codes outside it, directions, parties and speakers."""
        taken: set[str] = set()
        nodes = codebook_nodes(self.coded.codebook, taken)
        below = [Node(stable_guid("code", code), unique_name(code, taken), f"Kode: {code}") for code in self.stray]
        nodes += _branch(OUTSIDE, below, taken)
        for kind, head in ATTRIBUTES.items():
            named = [(value, unique_name(f"{head}: {value}", taken)) for value in self.used(kind)]
            nodes += _branch(head, [Node(stable_guid(kind, value), name) for value, name in named], taken)
        speakers = dict.fromkeys((interview, label) for (interview, _), label in self.coded.labels.items())
        below = [Node(stable_guid("speaker", *who), unique_name(" ".join(who), taken)) for who in speakers]
        return [*nodes, *_branch(SPEAKERS, below, taken)]

    def add_users(self, root: etree._Element) -> None:
        """Write who has coded."""
        if self.users:
            element = under(root, "Users")
            for coder, ident in self.users.items():
                under(element, "User", guid=ident, name=coder)

    def add_cases(self, root: etree._Element) -> None:
        """Write each speaker as a case: role, group and interview, and the turns."""
        if not self.coded.labels:
            return
        variables = {name: stable_guid("variable", name) for name in _VARIABLES}
        element = under(root, "Variables")
        for name, ident in variables.items():
            under(element, "Variable", guid=ident, name=_VARIABLES[name], typeOfVariable="Text")
        element = under(root, "Cases")
        turns = self.coded.turns
        for (interview, speaker), label in self.coded.labels.items():
            said = turns[(turns["interview"] == interview) & (turns["speaker"] == speaker)]
            ident = stable_guid("speaker", interview, label)
            case = under(element, "Case", guid=ident, name=f"{interview} {label}")
            under(case, "CodeRef", targetGUID=ident)
            for name, variable in variables.items():
                value = under(case, "VariableValue")
                under(value, "VariableRef", targetGUID=variable)
                under(value, "TextValue", str(said[name].iloc[0]))
            for turn in said.loc[said["text"] != "", "turn"]:
                under(case, "SelectionRef", targetGUID=stable_guid("turn", interview, str(turn)))

    def add_source(self, parent: etree._Element, interview: Written) -> int:
        """Write one interview: whose turn is where, what is coded; tell how many codings XML cannot hold as said."""
        ident, where = self.source_guid(interview), interview.interview
        name = f"{where} {self.study.interview_titles.get(where, '')}".strip()
        file, stamp = f"internal://{ident}.txt", {"creationDateTime": self.stamp}
        source = under(parent, "TextSource", guid=ident, name=name, plainTextPath=file, **stamp)
        for turn, start, label, words in interview.paragraphs:
            if words:
                at = {"startPosition": str(start), "endPosition": str(start + len(words))} | stamp
                guid = stable_guid("turn", where, str(turn))
                selection = under(source, "PlainTextSelection", guid=guid, name=f"{label}, tur {turn}", **at)
                coding = under(selection, "Coding", guid=stable_guid("said", guid), **stamp)
                under(coding, "CodeRef", targetGUID=stable_guid("speaker", where, label))
        return sum(self.add_coding(source, each) for each in self.placed if each.interview == where)

    def add_coding(self, source: etree._Element, placed: _Placed) -> bool:
        """Write one coding; tell whether it holds signs that XML cannot."""
        by = {"creatingUser": self.users[placed.coder]} if placed.coder else {}
        by["creationDateTime"] = self.stamp
        at = {"startPosition": str(placed.start), "endPosition": str(placed.start + len(placed.words))}
        guid = stable_guid("selection", placed.guid)
        selection = under(source, "PlainTextSelection", guid=guid, name=placed.words, **at, **by)
        memo = under(selection, "Description", placed.memo).text if placed.memo else ""
        for kind, value in placed.said.items():
            if value:
                ident = placed.guid if kind == "code" else stable_guid(kind, placed.guid)
                coding = under(selection, "Coding", guid=ident, **by)
                under(coding, "CodeRef", targetGUID=stable_guid(kind, value))
        return bool(memo != placed.memo or selection.get("name") != placed.words)

    def told(self, changed: int) -> list[str]:
        """Tell what this file lacks."""
        told = []
        lost = [coding for coding in self.coded.coding_rows if not self.coded.stands(coding.passage)]
        missing = [f"{coding.interview}, tur {coding.turn} ({coding.code})" for coding in lost]
        if missing:
            more = [f"{len(missing) - _SHOWN} mere"] if len(missing) > _SHOWN else []
            which, number = listing([*missing[:_SHOWN], *more]), many(len(missing), "kodning er", "kodninger er")
            told.append(f"{number} ikke med, fordi ordene ikke står på deres plads i udskriften: {which}.")
        if self.stray:
            told.append(f"Koder, der ikke står i kodebogen, ligger under »{OUTSIDE}«: {listing(self.stray)}.")
        if changed:
            where = many(changed, "kodning", "kodninger")
            told.append(f"I {where} står der »�« i stedet for tegn, som XML ikke kan indeholde.")
        return told


def _free_guid(ident: str, said: tuple[str, ...], taken: set[str]) -> str:
    """Keep the coding's id where it is a GUID that nothing else has; else make one from what the coding says."""
    made = (stable_guid("coding", str(number), ident, *said) for number in count())
    return first_free(chain(filter(_GUID.fullmatch, [ident]), made), taken)


def _branch(name: str, nodes: Iterable[Node], taken: set[str]) -> list[Node]:
    below = tuple(nodes)
    return [Node(stable_guid("branch", name), unique_name(name, taken), codable=False, nodes=below)] if below else []
