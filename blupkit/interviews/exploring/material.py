"""What there is to search: every turn of every interview and every open answer, read once, as one table of places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.core.danish import listing, many
from blupkit.core.errors import BlupkitError
from blupkit.core.language import word_count
from blupkit.display import Drawing, ResultTable, Shape
from blupkit.interviews.exploring.answers import open_answers
from blupkit.interviews.exploring.index import Index
from blupkit.interviews.transcripts.people import HOSTS, speaker_labels
from blupkit.interviews.transcripts.reading import load_turns
from blupkit.interviews.transcripts.register import read_register

INTERVIEW, ANSWER = "Interview", "Åbent svar"
NO_GROUP: Final = "uden gruppe"
#: What every table says of a place, under its Danish head; one that is empty all the way down is left out.
_HEADS: Final = {
    "title": "Sted",
    "number": "Tur",
    "label": "Hvem",
    "time": "Tid",
    "respondent": "Besvarelse",
    "group_name": "Gruppe",
    "municipality": "Kommune",
    "source": "Kilde",
}
_ALWAYS: Final = ("Sted", "Hvem", "Gruppe", "Kilde")
#: After these of them stands what was said: a table is read from the left.
_FIRST: Final = ("Sted", "Tur", "Hvem")
_KINDS: Final = {
    "source": "str",
    "interview": "str",
    "title": "str",
    "turn": "str",
    "number": "float64",
    "time": "str",
    "respondent": "str",
    "speaker": "str",
    "label": "str",
    "role": "str",
    "group": "str",
    "municipality": "str",
    "text": "str",
    "words": "int64",
    "host": "bool",
}


@dataclass(frozen=True, eq=False)
class Material:
    """All that was said and written in a study.

    Parameters
    ----------
    study : Study
        Whose it is.
    places : pandas.DataFrame
        One row a turn or an open answer, interviews first: source ("Interview", "Åbent svar"), interview (its id, or
        the question's variable), title, turn (number, or the respondent's id, as text), number (the turn as a number,
        NaN for an answer), time ("0:31:05", "" where the file has none), respondent ("" for a turn), speaker, label
        ("Lokalråd 1", "Lokalrådsmedlem"), role, group (key), group_name (in the study's order), municipality ("" where
        nobody has said), text, words, host (whether whoever leads the talk said it).
    answers : pandas.DataFrame
        The open answers as the survey gives them.
    unread : tuple of str
        What could not be read, in Danish sentences.
    """

    study: Study
    places: pd.DataFrame
    answers: pd.DataFrame
    unread: tuple[str, ...]

    @cached_property
    def index(self) -> Index:
        """Every word of it, and where it stands."""
        return Index.of(self.places["text"])

    @cached_property
    def row_of(self) -> dict[tuple[str, str], int]:
        """Interview and turn, as text → row of `places`."""
        keys = zip(self.places["interview"], self.places["turn"], strict=True)
        return {key: row for row, key in enumerate(keys)}

    @property
    def called(self) -> str:
        """What it is, in Danish: "interview og åbne svar", or one of them."""
        names = {INTERVIEW: "interview", ANSWER: "åbne svar"}
        return listing(names[source] for source in self.places["source"].unique()) or "ingenting"

    @cached_property
    def searched(self) -> str:
        """What there is, in one Danish sentence: all that was read is counted in."""
        parts = []
        for source, one, more in ((INTERVIEW, "tur", "ture"), (ANSWER, "åbent svar", "åbne svar")):
            here = self.places[self.places["source"] == source]
            words = many(int(here["words"].sum()), "ord", "ord")
            talks = f" i {many(here['interview'].nunique(), 'interview', 'interview')}" if source == INTERVIEW else ""
            if len(here):
                parts.append(f"{many(len(here), one, more)} ({words}){talks}")
        return f"Set igennem: {listing(parts) or 'ingenting'}."

    def places_of(
        self, rows: list[int] | np.ndarray | pd.Index, said: Mapping[str, Sequence[str] | pd.Series]
    ) -> pd.DataFrame:
        """Say of some places where they are and whose, and what is to be read there.

        Parameters
        ----------
        rows : list of int
            Rows of `places`, in the order in which they are to stand; one may stand more than once.
        said : mapping of str to sequence
            Head → a cell for each of them.

        Returns
        -------
        pandas.DataFrame
            Sted (the interview's title, or the question), Tur (a number; missing for an answer), Hvem, what is said,
            Tid, Besvarelse (the respondent's id), Gruppe (in the study's order), Kommune, Kilde; where there are rows,
            those of them in which anything stands.
        """
        table = self.places.iloc[rows][list(_HEADS)].rename(columns=_HEADS).reset_index(drop=True)
        stands = [head for head in table if (table[head].notna() & (table[head].astype("str") != "")).any()]
        kept = [head for head in table if table.empty or head in _ALWAYS or head in stands]
        first, rest = ([head for head in kept if (head in _FIRST) == begins] for begins in (True, False))
        return table.assign(**dict(said))[[*first, *said, *rest]]

    def result(
        self,
        title: str,
        frame: pd.DataFrame,
        notes: Iterable[str],
        call: str,
        marks: pd.DataFrame | None = None,
        axis: str = "",
        shape: Shape = Shape.BARS,
    ) -> ResultTable:
        """Make the table that a question is answered with; its notes end with what could not be read.

        Parameters
        ----------
        title, frame, notes, call
            As in `ResultTable`; empty notes are left out.
        marks : pandas.DataFrame, optional
            What is drawn, as in `Drawing`; without marks there is no figure.
        axis : str
            What their values are.
        shape : Shape
            How they are drawn.
        """
        drawing = None if marks is None or marks.empty else Drawing(marks, axis)
        said = tuple(filter(None, [*notes, *self.unread]))
        return ResultTable(title, frame, said, shape if drawing else Shape.NONE, call, drawing, self.study.folder)


_read: dict[str, Material] = {}


def read_material(study: Study) -> Material:
    """Read what there is to search, or give what was read last if not a byte of it has changed since.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Material
        Kept in memory, the last one only, never on disk. What cannot be read is told in `unread`, and the rest used.

    Raises
    ------
    DataError
        The study has neither a survey nor interviews.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> material = read_material(example_study())
    >>> material.searched
    'Set igennem: 4 ture (24 ord) i 1 interview og 2 åbne svar (8 ord).'
    >>> read_material(example_study()) is material
    True
    """
    if study.survey is None and study.interviews is None:
        _ = study.interview_files
    mark = mark_of(study, said_files(study))
    if mark not in _read:
        _read.clear()
        unread: list[str] = []
        turns, answers = _turns(study, unread), _answers(study, unread)
        _read[mark] = Material(study, _places(study, turns, answers), answers, tuple(unread))
    return _read[mark]


def said_files(study: Study) -> tuple[str, ...]:
    """Name the files in which it stands what was said and written, by whom, and what was asked."""
    survey, interviews = study.survey, study.interviews
    asked = (*survey.answers, survey.questionnaire, survey.scales, survey.dimensions) if survey else ()
    said = (*(each.file for each in interviews.transcripts), interviews.participants) if interviews else ()
    return tuple(name for name in (*asked, *said) if name)


def mark_of(study: Study, names: tuple[str, ...]) -> str:
    """Tell one state of a study from another: by its settings, and by every byte of some of its files."""
    whole = hashlib.sha256(study.model_dump_json().encode())  # what it shows of itself is too little to tell it by
    for name in names:
        path = study.path(name)
        content = path.read_bytes() if path.is_file() else b""
        whole.update(f"{name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def _turns(study: Study, unread: list[str]) -> pd.DataFrame:
    if study.interviews is None:
        return pd.DataFrame()
    # `blupkit check` tells all faults; here it matters which files are not among those that were read.
    turns, _ = load_turns(study)
    read = set(turns["interview"])
    lost = [each.file for each in study.interviews.transcripts if each.id not in read]
    if lost:
        unread.append(f"Kunne ikke læses, og er ikke med her: {listing(lost)}. Se hvorfor med »blupkit check«.")
    return turns


def _answers(study: Study, unread: list[str]) -> pd.DataFrame:
    if study.survey is None:
        return pd.DataFrame()
    try:
        return open_answers(study).sort_values("variable", kind="stable", ignore_index=True)
    except BlupkitError as error:
        wrong = many(len(error.faults), "fejl", "fejl")
        unread.append(
            f"De åbne svar er ikke med: Spørgeskemaet kan ikke læses ({wrong}). Se hvorfor med »blupkit check«."
        )
        return pd.DataFrame()


def _places(study: Study, turns: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    parts = [_turn_places(study, turns)] if len(turns) else []
    parts += [_answer_places(study, answers)] if len(answers) else []
    places = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_KINDS))
    places = places.astype(_KINDS)
    names = {key: study.group(key).name for key in study.group_keys}
    group = places["group"].map(names).fillna(NO_GROUP)
    # Set after the two are put together: of two unequal lists of categories pandas makes text.
    used = [*names.values(), *([NO_GROUP] if (group == NO_GROUP).any() else [])]
    return places.assign(group_name=pd.Categorical(group, used, ordered=True))


def _turn_places(study: Study, turns: pd.DataFrame) -> pd.DataFrame:
    keys = list(zip(turns["interview"], turns["speaker"], strict=True))
    labels, towns = speaker_labels(turns), _towns(study)
    return turns.assign(
        source=INTERVIEW,
        title=turns["interview"].map(study.interview_titles),
        number=turns["turn"],
        time=[_clock(start) for start in turns["start"]],
        group=turns["group"] if study.groups else turns["role"].isin(HOSTS).map({True: "", False: ALL}),
        respondent="",
        label=[labels[key] for key in keys],
        municipality=[towns.get(key, "") for key in keys],
        host=turns["role"].isin(HOSTS),
    )[list(_KINDS)]


def _answer_places(study: Study, answers: pd.DataFrame) -> pd.DataFrame:
    singular = {key: study.group(key).singular for key in study.group_keys}
    places = {each.slug: each.name for each in study.municipalities}
    ids = answers["respondent"].astype("str")
    return answers.assign(
        source=ANSWER,
        interview=answers["variable"],
        title=answers["question"],
        turn=ids,
        number=float("nan"),
        time="",
        respondent=ids,
        speaker=ids,
        label=answers["group"].map(singular).fillna("Besvarelse"),
        role="",
        municipality=answers["municipality"].map(places).fillna(""),
        words=answers["text"].map(word_count),
        host=False,
    )[list(_KINDS)]


def _towns(study: Study) -> dict[tuple[str, str], str]:
    """Say where each participant is from, as far as the register says it."""
    people = read_register(study)
    official = {each.slug: each.name for each in study.municipalities}
    towns = [official.get(study.match_municipality(town) or "", town) for town in people["municipality"]]
    return dict(zip(zip(people["interview"], people["name"], strict=True), towns, strict=True))


def _clock(seconds: float) -> str:
    if pd.isna(seconds):
        return ""
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}"
