"""The interviews as they are coded: what was said, the codebook and the codings, read once and passed on together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Level, Study, raise_serious
from blupkit.core.batch_memory import once
from blupkit.core.danish import many
from blupkit.core.errors import BlupkitError
from blupkit.interviews.coding.codebook import Codebook, read_codebook
from blupkit.interviews.coding.codings import OF_ANSWERS, OF_TURNS, load_codings, read_tab_separated, shared_files
from blupkit.interviews.coding.passage import Codable, Coding, Passage, Source, coding_frame
from blupkit.interviews.coding.pattern_suggestions import suggest_codes
from blupkit.interviews.transcripts.reading import load_turns, read_turns
from blupkit.interviews.transcripts.turn_table import Turns


@dataclass(frozen=True, repr=False)
class Coded(Codable):
    """What was said, and what one coder has coded in it.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` or `answer_turns` returned.
    codebook : Codebook
        The codes.
    codings : pandas.DataFrame
        What results are made from: `CODING_COLUMNS`, of one coder, so that no passage counts twice.
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

    def __repr__(self) -> str:
        given = f"Kodet: {many(len(self.codings), 'kodning', 'kodninger')}"
        if self.is_suggested:
            given = f"Ikke kodet: {many(len(self.codings), 'forslag', 'forslag')} fra søgemønstre"
        turns, themes = many(len(self.turns), "tur", "ture"), many(len(self.themes), "tema", "temaer")
        return f'{given} i {turns}, {themes}. Prøv interviews.passages(study, "…").'

    def __dir__(self) -> list[str]:
        return [
            "by_hand",
            "codebook",
            "codings",
            "is_suggested",
            "labels",
            "only",
            "participants",
            "said",
            "themes",
            "turns",
        ]

    @property
    def all_codings(self) -> pd.DataFrame:
        """What every coder has coded; suggestions are not among them."""
        codings = self.codings if self.by_all is None else self.by_all
        return codings[codings["source"] == Source.CODED]

    @property
    def coding_rows(self) -> list[Coding]:
        """What every coder has coded, row by row; what the table does not say is empty."""
        cells = self.all_codings.reindex(columns=list(Coding._fields)).astype("object").fillna("")
        return [Coding._make(row) for row in cells.itertuples(index=False, name=None)]

    @property
    def by_hand(self) -> pd.DataFrame:
        """The codings without suggestions."""
        return self.codings[self.codings["source"] == Source.CODED]

    @property
    def given(self) -> pd.DataFrame:
        """Coded turns × the codebook's codes: whether the turn was given the code by hand."""
        by_hand = self.by_hand
        given = pd.crosstab([by_hand["interview"], by_hand["turn"]], by_hand["code"]) > 0
        return given.reindex(columns=list(self.codebook.theme_of), fill_value=False)

    @property
    def is_suggested(self) -> bool:
        """Whether any of it is only what patterns point to."""
        return len(self.by_hand) < len(self.codings)

    @property
    def themes(self) -> dict[str, str]:
        """Theme → its name, in the codebook's order."""
        return self.codebook.theme_names

    @cached_property
    def spoken(self) -> pd.DataFrame:
        """The participants' turns of the interviews that have been coded: in the others, nothing could be found.

        Suggestions are looked for in every interview, and where nothing is coded at all, every interview counts too.
        """
        searched = self.codings.empty or self.is_suggested
        spoken = self.participant_turns
        return spoken if searched else spoken[spoken["interview"].isin(self.codings["interview"])]

    def said(self, level: Literal["theme", "code"] = "theme") -> pd.DataFrame:
        """One row for each theme, or code, of each of those turns, with who said it."""
        given = self.codings[["interview", "turn", level]].drop_duplicates()
        return given.merge(self.spoken, on=["interview", "turn"])

    def only(self, interview: str, column: str = "interview") -> Coded:
        """Choose one interview, or the answers to one question.

        Parameters
        ----------
        interview : str
            Its id; for open answers the question's variable.
        column : str
            What it is called in the message.

        Returns
        -------
        Coded
            With its turns and its codings alone.

        Raises
        ------
        DataError
            There is no such interview; the message lists those that there are.
        """
        if interview not in self.turns["interview"].tolist():
            expected = self.interviews or "et åbent spørgsmål, som nogen har svaret på"
            raise DataError(Fault(STUDY_FILE, interview, expected, "Vælg et af dem.", column=column))
        turns, codings = (table[table["interview"] == interview] for table in (self.turns, self.codings))
        return replace(self, turns=turns, codings=codings)


def read_coded(study: Study) -> Coded:
    """Read the interviews with what results are made from: one coder's codings, or else suggestions.

    A coding whose words are no longer where they were, because the transcript has been edited since, is set aside and
    listed by `check_interviews` until somebody has looked at it.

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
    DataError
        All that is seriously wrong with the transcripts, the codebook and the coders' files, at once.

    Examples
    --------
    >>> from blupkit import core
    >>> read_coded(core.example_study()).codings[["turn", "code", "quote"]].values.tolist()[2]
    [3, '1.1', 'Vi har intet mandat.']
    """
    coded, faults = load_coded(study)
    raise_serious(faults)
    if coded is None:
        raise DataError(faults)
    return coded


def read_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Read what all coders have coded in turns that have been read already; `read_coded` reads everything.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        `CODING_COLUMNS`: start and end are code points in the turn's text, end exclusive; source is "kodet"; id is that
        of the coding in the log, "" where a table is read.

    Raises
    ------
    DataError
        All lines that cannot be used, at once.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> read_codings(study, interviews.read_turns(study), read_codebook(study))["code"].tolist()
    ['2.1', '1.1', '1.1', '2.1']
    """
    codings, faults = load_codings(study, Codable(turns, codebook), study.interview_files.codings)
    raise_serious(faults)
    return codings


def load_coded(study: Study) -> tuple[Coded | None, list[Fault]]:
    """Read what can be read of the interviews and their codings, with everything that is wrong.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Coded, optional
        As `read_coded`, without the lines that cannot be used; None where transcripts or codebook are seriously wrong.
    list of Fault
        All faults and warnings.
    """
    # A batch reads them once: to check them, and for each page and the quotes of all.
    return once(f"interviewene {study.model_dump_json()}", study.folder, lambda: _load(study))


def _load(study: Study) -> tuple[Coded | None, list[Fault]]:
    turns, faults = load_turns(study)
    try:
        codebook = read_codebook(study)
    except BlupkitError as error:
        return None, [*faults, *error.faults]
    if any(fault.level is Level.SERIOUS for fault in faults):
        return None, faults
    files, codable = study.interview_files, Codable(turns, codebook)
    if not files.codings:
        return Coded(turns, codebook, suggest_codes(codable), coding_frame([])), faults
    codings, wrong = load_codings(study, codable, files.codings)
    if files.answer_codings:
        faults += shared_files(study, files.codings | {"kodninger_aabne": files.answer_codings})
    coder = files.main_coder or next(iter(files.codings))
    own = codings[codings["coder"] == coder].reset_index(drop=True)
    return Coded(turns, codebook, own, codings), [*faults, *wrong]


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
    codings, faults = load_codings(study, codable, {coder: file}, layout)
    return Coded(turns, codable.codebook, codings), faults


def passages_of_table(study: Study, file: str, *, of_answers: bool) -> list[Passage]:
    """Give the passages of a coder's table as they stand in it, those too that are set aside.

    Parameters
    ----------
    study : Study
        The study.
    file : str
        The table, within the study's folder.
    of_answers : bool
        Whether open answers are coded in it.
    """
    return [line.passage for line in read_tab_separated(study, file, OF_ANSWERS if of_answers else OF_TURNS).values()]


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
    return Turns(table.astype("str"))


def read_coded_answers(study: Study, answers: pd.DataFrame) -> Coded:
    """Read the survey's open answers with what a person has coded in them.

    A coding whose words are no longer where they were is set aside, as in `read_coded`.

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

    Examples
    --------
    >>> from blupkit import core, survey
    >>> study = core.example_study()
    >>> len(read_coded_answers(study, survey.read_responses(study).answers).codings)
    0
    """
    coded, faults = load_coded_answers(study, read_codebook(study), answers)
    raise_serious(faults)
    return coded


def load_coded_answers(study: Study, codebook: Codebook, answers: pd.DataFrame) -> tuple[Coded, list[Fault]]:
    """Read what can be read of the codings of open answers, with everything that is wrong.

    Parameters
    ----------
    study, answers
        As in `read_coded_answers`.
    codebook : Codebook
        The codes.
    """
    name, codable = study.interview_files.answer_codings, Codable(answer_turns(answers), codebook)
    codings, faults = load_codings(study, codable, {"": name} if name else {}, OF_ANSWERS)
    return Coded(codable.turns, codebook, codings), faults
