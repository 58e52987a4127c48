"""The interviews as they are coded: what was said, the codebook and the codings, read once and passed on together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self

import pandas as pd

from blupkit.core import Fault, Study, raise_serious
from blupkit.core.errors import BlupkitError
from blupkit.interviews.coding.codebook import read_codebook
from blupkit.interviews.coding.codings import OF_ANSWERS, OF_TURNS, load_answer_codings, load_coding_file, load_codings
from blupkit.interviews.coding.passage import Codable, Source, coding_frame
from blupkit.interviews.coding.pattern_suggestions import suggest_codes
from blupkit.interviews.transcripts.people import coded_turns, participant_turns, participants
from blupkit.interviews.transcripts.reading import load_turns, read_turns


@dataclass(frozen=True)
class Coded(Codable):
    """What was said, and what one coder has coded in it.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` or `answer_turns` returned.
    codebook : Codebook
        The codes.
    codings : pandas.DataFrame
        What results are made from: the columns of `read_codings`, of one coder, so that no passage counts twice.
    by_all : pandas.DataFrame, optional
        The same of every coder, where their agreement is to be measured.

    Examples
    --------
    >>> from blupkit import core
    >>> coded = read_coded(core.example_study())
    >>> coded.themes, coded.participants["label"].tolist()
    ({'1': 'Roller', '2': 'Økonomi'}, ['Lokalråd 1', 'Ansat 1'])
    >>> coded.said()[["turn", "theme", "group"]].values.tolist()
    [[2, '2', 'L'], [2, '1', 'L'], [3, '1', 'A'], [4, '2', 'L']]
    """

    codings: pd.DataFrame
    by_all: pd.DataFrame | None = None

    @property
    def all_codings(self) -> pd.DataFrame:
        """What every coder has coded; suggestions are not among them."""
        codings = self.codings if self.by_all is None else self.by_all
        return codings[codings["source"] == Source.CODED]

    @property
    def by_hand(self) -> pd.DataFrame:
        """The codings without suggestions."""
        return self.codings[self.codings["source"] == Source.CODED]

    @property
    def is_suggested(self) -> bool:
        """Whether any of it is only what patterns point to."""
        return len(self.by_hand) < len(self.codings)

    @property
    def themes(self) -> dict[str, str]:
        """Theme → its name, in the codebook's order."""
        return self.codebook.theme_names

    @property
    def participant_turns(self) -> pd.DataFrame:
        """The turns that can be coded; see `people.participant_turns`."""
        return participant_turns(self.turns)

    @cached_property
    def participants(self) -> pd.DataFrame:
        """How much each participant said; see `people.participants`."""
        return participants(self.turns)

    @cached_property
    def spoken(self) -> pd.DataFrame:
        """The participants' turns of the interviews that have been coded: in the others, nothing could be found.

        Suggestions are looked for in every interview, and where nothing is coded at all, every interview counts too.
        """
        searched = self.codings.empty or self.is_suggested
        return coded_turns(self.turns, None if searched else self.codings["interview"])

    def said(self, level: Literal["theme", "code"] = "theme") -> pd.DataFrame:
        """One row for each theme, or code, of each of those turns, with who said it."""
        given = self.codings[["interview", "turn", level]].drop_duplicates()
        return given.merge(self.spoken, on=["interview", "turn"])

    def only(self, interview: str, column: str = "interview") -> Self:
        """Choose one interview, or the answers to one question, with its codings; see `Codable.only`."""
        here = super().only(interview, column)
        return replace(here, codings=self.codings[self.codings["interview"] == interview])


def read_coded(study: Study) -> Coded:
    """Read the interviews with what results are made from: one coder's codings, or else suggestions.

    Parameters
    ----------
    study : Study
        `hovedkoder` names the coder; without it the first coder in study.toml is chosen.

    Returns
    -------
    Coded
        In a study without codings, `codings` is what `suggest_codes` found, with the source "forslag".

    Raises
    ------
    FileError, DataError
        As in `read_turns`, `read_codebook` and `read_codings`.
    """
    files = study.interview_files
    codable = Codable(read_turns(study), read_codebook(study))
    if not files.codings:
        return Coded(codable.turns, codable.codebook, suggest_codes(codable), coding_frame([]))
    codings, faults = load_codings(study, codable)
    raise_serious(faults)
    coder = files.main_coder or next(iter(files.codings))
    own = codings[codings["coder"] == coder].reset_index(drop=True)
    return Coded(codable.turns, codable.codebook, own, codings)


def load_coded_by(
    study: Study, coder: str, file: str, answers: pd.DataFrame | None = None
) -> tuple[Coded, list[Fault]]:
    """Read what one coder has coded in one file, with everything that is wrong in it.

    Parameters
    ----------
    study : Study
        The study.
    coder : str
        Whose codings they are.
    file : str
        The log or the table, within the study's folder.
    answers : pandas.DataFrame, optional
        What `answer_turns` returned, where open answers are coded; the interviews without it.

    Raises
    ------
    FileError, DataError
        Transcripts or codebook cannot be read.
    """
    layout, turns = (OF_TURNS, read_turns(study)) if answers is None else (OF_ANSWERS, answers)
    codable = Codable(turns, read_codebook(study))
    rows, faults = load_coding_file(study, file, codable, layout, coder)
    return Coded(turns, codable.codebook, coding_frame(rows, codable.turn_type)), faults


def load_codable(study: Study) -> tuple[Codable | None, list[Fault]]:
    """Read what can be coded; nothing where transcripts or codebook are seriously wrong, with all that is."""
    turns, faults = load_turns(study)
    try:
        codable = Codable(turns, read_codebook(study))
        raise_serious(faults)
    except BlupkitError as error:
        return None, [*faults, *error.faults]
    return codable, faults


def answer_turns(answers: pd.DataFrame) -> pd.DataFrame:
    """Lay open answers out like turns, so that what reads turns reads them too.

    Parameters
    ----------
    answers : pandas.DataFrame
        `respondent`, `group`, `variable`, `kind`, `state`, `text` (the survey's checked answers); not changed.

    Returns
    -------
    pandas.DataFrame
        interview (the question's variable), turn and speaker (the respondent's id), role (""), group, text: one row an
        answer, question by question. Missing data: unanswered and not asked have no row.

    Examples
    --------
    >>> answers = pd.DataFrame({"respondent": ["7", "8"], "group": "L", "variable": "ord", "kind": "aaben",
    ...     "state": ["besvaret", "ubesvaret"], "text": ["Mere tid", ""]})
    >>> answer_turns(answers).values.tolist()
    [['ord', '7', '7', '', 'L', 'Mere tid']]
    """
    written = answers[(answers["kind"] == "aaben") & (answers["state"] == "besvaret")]
    written = written.sort_values("variable", kind="stable", ignore_index=True)
    turns = {"interview": "variable", "turn": "respondent", "speaker": "respondent", "group": "group", "text": "text"}
    table = pd.DataFrame({column: written[source] for column, source in turns.items()})
    table.insert(3, "role", "")
    return table.astype("str")


def read_coded_answers(study: Study, answers: pd.DataFrame) -> Coded:
    """Read the survey's open answers with what a person has coded in them.

    A coding whose words are no longer where they were is set aside, as in `read_codings`.

    Parameters
    ----------
    study : Study
        Its `kodninger_aabne` names the file: spoergsmaal, besvarelse, start, end, code, quote, separated by tabs.
        Without it nothing is coded.
    answers : pandas.DataFrame
        As for `answer_turns`; not changed.

    Returns
    -------
    Coded
        In its codings `interview` is the question, and `turn` the respondent's id.

    Raises
    ------
    FileError
        The file cannot be read, lacks a column, or a line has too few or too many cells.
    DataError
        All lines with an unknown question, respondent or code, or without whole numbers, at once.
    """
    codable = Codable(answer_turns(answers), read_codebook(study))
    codings, faults = load_answer_codings(study, codable)
    raise_serious(faults)
    return Coded(codable.turns, codable.codebook, codings)
