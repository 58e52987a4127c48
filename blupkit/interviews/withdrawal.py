"""Taking a participant, or a respondent, out of everything that the interviews' room keeps."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study, read_text
from blupkit.core.excerpts import Search, excerpt_search
from blupkit.core.reading.changed import ChangeCells, changed_by_column, changed_rows
from blupkit.interviews.analysis.spoken import quotes_in
from blupkit.interviews.coding.coded import answer_turns
from blupkit.interviews.coding.erasing import Erasing, Place, codings_without
from blupkit.interviews.privacy.pseudonyms import Names, names_of
from blupkit.interviews.transcripts.labels.lines import remarks_in
from blupkit.interviews.transcripts.person import Person, find_person
from blupkit.interviews.transcripts.reading import read_turns, said_in
from blupkit.interviews.transcripts.rewriting import transcript_of, without_words


@dataclass(frozen=True)
class Removal:
    """What is to go of somebody.

    Parameters
    ----------
    files : mapping of str to bytes
        Name in the study's folder → what the file is to hold.
    counts : mapping of str to int
        What goes, in Danish → how much of it; never what it says.
    finds : callable
        Tells of a text whether it holds their words or their name, to search what else lies there.
    quotes : tuple of str
        Their approved quotes, as pages showed them.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    finds: Search = field(default=lambda text: False)
    quotes: tuple[str, ...] = ()


def without_participant(study: Study, who: str) -> Removal:
    """Prepare the files of the interviews without somebody: their words, their name, and what was made of them.

    Their turns stay, without words and under another name, so that every other turn keeps its number and the codings
    in it their places. Where others say their name, a line as long stands instead.

    Parameters
    ----------
    study : Study
        The study; not changed.
    who : str
        As `find_person` takes it.

    Returns
    -------
    Removal
        The files that change.

    Raises
    ------
    FileError, DataError
        There is nobody of that name, or a file cannot be read, or cannot be written without them.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> removal = without_participant(example_study(), "Bo Storm")
    >>> sorted(name.split("/")[-1] for name in removal.files)
    ['citater.csv', 'deltagere.csv', 'fg1.txt', 'kodninger_A.tsv', 'study.toml']
    >>> removal.counts["ture i udskrifterne"]
    2
    """
    return _Withdrawal(study, find_person(study, who)).removal()


class _Withdrawal:
    """What is known of somebody, and the files without them, one after another."""

    def __init__(self, study: Study, person: Person) -> None:
        self._study, self._person, self._files = study, person, study.interview_files
        self._turns = read_turns(study)
        own = person.register.copy()
        own["aliases"] = [tuple(alias for alias in row if alias not in person.shared) for row in own["aliases"]]
        whole = pd.DataFrame({"interview": [""], "name": [person.name], "role": ["sted"], "aliases": [()]})
        #: In their own interviews every part of the name is theirs; elsewhere only the whole of it is.
        self._names = names_of(pd.concat([own, whole], ignore_index=True)) if len(own) else names_of(whole)
        self._whole = names_of(whole)
        self._own = set(person.register["interview"]) | set(person.turns["interview"])
        self._excerpt = excerpt_search(person.turns["text"])
        self._counts: dict[str, int] = {}
        self._changed: dict[str, bytes] = {}
        self._texts: dict[Place, tuple[str, str]] = {}

    def removal(self) -> Removal:
        for transcript in self._files.transcripts:
            self._transcript(transcript.id)
        self._register()
        self._coders()
        self._lists()
        self._settings()
        changed = {name: raw for name, raw in self._changed.items() if raw != self._study.path(name).read_bytes()}
        quotes = quotes_in(self._study, self._person.turns)
        return Removal(changed, {what: n for what, n in self._counts.items() if n}, self.finds, tuple(quotes))

    def finds(self, text: str) -> bool:
        return self._person.name.casefold() in text.casefold() or self._excerpt(text)

    def _names_in(self, interview: str) -> Names:
        return self._names if interview in self._own else self._whole

    def _transcript(self, ident: str) -> None:
        transcript = next(each for each in self._files.transcripts if each.id == ident)
        path, said = self._study.path(transcript.file), said_in(self._study, transcript)
        theirs = (self._turns.loc[self._turns["interview"] == ident, "speaker"] == self._person.name).tolist()
        names = self._names_in(ident)
        fresh = without_words(said, theirs, self._person.label, names.blanked_in)
        for number, (old, new) in enumerate(zip(said, fresh, strict=True), start=1):
            self._texts[ident, str(number)] = (old.text, new.text)
        spoken_of = sum(old.text != new.text for old, new in zip(said, fresh, strict=True)) - sum(theirs)
        self._count("ture i udskrifterne", sum(theirs))
        self._count("andres ture, hvor navnet står", spoken_of)
        remarks = self._remarks(transcript.file, names)
        if fresh != said or remarks[0] != remarks[1]:
            self._changed[transcript.file] = transcript_of(fresh, path, transcript.file, remarks[1])

    def _remarks(self, file: str, names: Names) -> tuple[list[str], list[str]]:
        path = self._study.path(file)
        if path.suffix.lower() != ".txt":
            return [], []
        lines = remarks_in(read_text(path, file))
        return lines, [names.blanked_in(line) for line in lines]

    def _register(self) -> None:
        rows = {int(str(row)) for row in self._person.register.index}
        self._count("rækker i listen over deltagere", len(rows))
        if rows and self._files.participants:
            name = self._files.participants
            self._changed[name] = changed_rows(
                self._study.path(name), name, lambda row, cells: None if row in rows else cells
            )

    def _coders(self) -> None:
        erasing = Erasing(self._person.places.__contains__, self._mended_quote)
        for name in {*self._files.codings.values(), self._files.answer_codings or ""} - {""}:
            path = self._study.path(name)
            if path.is_file():
                self._changed[name], gone = codings_without(path.read_bytes(), name, erasing)
                self._count("linjer i kodernes filer", gone)

    def _mended_quote(self, place: Place, start: str, text: str) -> str:
        old, new = self._texts.get(place, ("", ""))
        at = int(start) if start.isdecimal() else -1
        if at >= 0 and old[at : at + len(text)] == text:
            return new[at : at + len(text)]
        return "" if self._excerpt(text) else self._names_in(place[0]).blanked_in(text)

    def _lists(self) -> None:
        pairs: list[tuple[str | None, str, ChangeCells]] = [
            (self._files.quotes, "citater", self._quote),
            (self._files.summaries, "sammenfatninger", self._summary),
            (self._files.decisions, "afgørelser om navne", self._decision),
            (self._files.joint, "", self._blanked),
            (self._files.codebook, "", self._blanked),
        ]
        for name, what, change in pairs:
            if name and self._study.path(name).is_file():
                self._changed[name], gone = changed_by_column(self._study.path(name), name, change)
                self._count(what, gone)

    def _quote(self, row: dict[str, str]) -> dict[str, str] | None:
        return None if (row.get("interview", ""), row.get("tur", "")) in self._person.places else self._blanked(row)

    def _summary(self, row: dict[str, str]) -> dict[str, str] | None:
        place = row.get("interview", "").strip(), row.get("deltager", "").strip()
        label = self._person.labels.get(place, place[1])
        return self._blanked(row | {"deltager": label}) if label else None

    def _decision(self, row: dict[str, str]) -> dict[str, str] | None:
        candidate = row.get("kandidat", "")
        return None if self._names.blanked_in(candidate) != candidate else self._blanked(row)

    def _blanked(self, row: dict[str, str]) -> dict[str, str]:
        """Take the name out of what was written, and a cell that repeats their words."""
        return {head: "" if self._excerpt(cell) else self._names.blanked_in(cell) for head, cell in row.items()}

    def _settings(self) -> None:
        """Take the name out of `talere` in study.toml, and nothing else."""
        path = self._study.path(STUDY_FILE)
        text, name = path.read_bytes().decode("utf-8-sig"), re.escape(self._person.name)
        entry = rf"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)\s*=\s*(?:"{name}"|'{name}')"""
        changed = self._whole.blanked_in(re.sub(rf",\s*{entry}|{entry}\s*,?\s*", "", text))
        if changed == text:
            return
        with suppress(tomllib.TOMLDecodeError):
            if _voices(changed) == [_without(voices, self._person.name) for voices in _voices(text)]:
                self._changed[STUDY_FILE] = changed.encode()
                return
        action = "Slet linjen med navnet i filen, og prøv igen."
        raise DataError(Fault(STUDY_FILE, "navnet i en form, der ikke kan slettes", "et navn under talere", action))

    def _count(self, what: str, number: int) -> None:
        if what:
            self._counts[what] = self._counts.get(what, 0) + number


def _voices(toml: str) -> list[dict[str, str]]:
    """Give what study.toml says under `talere` of each transcript."""
    return [part.get("talere", {}) for part in tomllib.loads(toml).get("interview", {}).get("udskrift", [])]


def _without(voices: dict[str, str], name: str) -> dict[str, str]:
    return {key: each for key, each in voices.items() if each != name}


def without_respondent(study: Study, respondent: str, answers: pd.DataFrame) -> Removal:
    """Prepare the interviews' files without what a respondent wrote: codings and quotes of their open answers.

    Parameters
    ----------
    study : Study
        The study; not changed.
    respondent : str
        The id: codings of open answers hang on it.
    answers : pandas.DataFrame
        As for `answer_turns`; not changed.

    Returns
    -------
    Removal
        The files that change; none for a study without interviews.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit import survey
    >>> study = example_study()
    >>> without_respondent(study, "3", survey.read_responses(study).answers).files
    {}
    """
    files = study.interviews
    turns = answer_turns(answers[answers["respondent"] == respondent])
    finds = excerpt_search(turns["text"])
    if files is None:
        return Removal(finds=finds)
    spoken = set(study.interview_titles)
    changed: dict[str, bytes] = {}
    counts: dict[str, int] = {}

    def of_others(row: dict[str, str]) -> dict[str, str] | None:
        theirs = row.get("interview") not in spoken and row.get("tur") == respondent
        return None if theirs else row

    if (name := files.quotes) and study.path(name).is_file():
        changed[name], counts["citater"] = changed_by_column(study.path(name), name, of_others)
    if (name := files.answer_codings) and study.path(name).is_file():
        erasing = Erasing(lambda place: place[1] == respondent, lambda place, start, text: text)
        raw, counts["linjer i kodernes filer"] = codings_without(study.path(name).read_bytes(), name, erasing)
        changed[name] = raw
    changed = {name: raw for name, raw in changed.items() if raw != study.path(name).read_bytes()}
    quotes = tuple(quotes_in(study, turns)) if len(turns) else ()
    return Removal(changed, {what: n for what, n in counts.items() if n}, finds, quotes)


def check_others(study: Study, trial: Study, label: str = "Udgået") -> None:
    """Stop where transcripts that were written anew are not read as the same turns.

    Parameters
    ----------
    study, trial : Study
        As it is, and as it would be.
    label : str
        How those are called whose words may differ.

    Raises
    ------
    DataError
        A turn of somebody else has moved, or is longer or shorter than it was.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> check_others(example_study(), example_study())
    """
    before, after = read_turns(study), read_turns(trial)
    columns = ["interview", "turn", "start", "end"]
    others = ~after["speaker"].str.startswith(label)
    same = before[columns].equals(after[columns]) and (before["speaker"] == after["speaker"])[others].all()
    if not same or not (before["text"].str.len() == after["text"].str.len())[others].all():
        found, action = "en udskrift, der ikke kan skrives om uden tab", "Intet er ændret. Tag personen ud i hånden."
        raise DataError(Fault("interview", found, "de andres ture, som de var", action))
