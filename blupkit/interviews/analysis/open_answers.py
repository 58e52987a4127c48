"""The survey's open answers, read with the interviews' codebook: an answer is treated as a turn."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Edition, Fault, Study, raise_serious
from blupkit.core.danish import contrast, first_upper, listing, number
from blupkit.core.near_ties import close_to, text_close
from blupkit.core.slugs import themes_table
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import SPEAKERS, coded_turns, theme_counts
from blupkit.interviews.coding.codebook import Codebook, read_codebook
from blupkit.interviews.coding.codings import CODED, OF_ANSWERS, coding_frame, load_coding_file
from blupkit.interviews.transcripts.reading import interview_files

PEOPLE: Final = "Personer"
#: The block of a group's themes, which are shown or hidden together.
THEMES: Final = "temaer"
NOTHING_CODED: Final = "Ingen af svarene er mærket med temaer endnu."
NOTHING_SHOWN: Final = "Af hensyn til deltagernes fortrolighed viser vi ikke, hvad deltagerne skriver om."


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
    return pd.DataFrame(
        {
            "interview": written["variable"],
            "turn": written["respondent"],
            "speaker": written["respondent"],
            "role": "",
            "group": written["group"],
            "text": written["text"],
        }
    ).astype("str")


def read_answer_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Read what a person has coded in the open answers.

    A coding whose words are no longer where they were is set aside, as in `read_codings`.

    Parameters
    ----------
    study : Study
        Its `kodninger_aabne` names the file: spoergsmaal, besvarelse, start, end, code, quote, separated by tabs.
        Without it nothing is coded.
    turns : pandas.DataFrame
        What `answer_turns` returned; not changed.
    codebook : Codebook
        The codes that exist.

    Returns
    -------
    pandas.DataFrame
        The columns of `read_codings`; `interview` is the question, `turn` the respondent's id.

    Raises
    ------
    FileError
        The file cannot be read, lacks a column, or a line has too few or too many cells.
    DataError
        All lines with an unknown question, respondent or code, or without whole numbers, at once.
    """
    codings, faults = load_answer_codings(study, turns, codebook)
    raise_serious(faults)
    return codings


def load_answer_codings(study: Study, turns: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the codings of open answers, with everything that is wrong.

    Parameters
    ----------
    study, turns, codebook
        As in `read_answer_codings`.

    Returns
    -------
    pandas.DataFrame
        The lines without faults.
    list of Fault
        All faults and warnings.
    """
    name = interview_files(study).answer_codings
    if name is None:
        return coding_frame([], "str"), []
    rows, faults = load_coding_file(study, name, turns, codebook, OF_ANSWERS)
    return coding_frame([row | {"coder": ""} for row in rows], "str"), faults


def open_answer_counts(
    codings: pd.DataFrame,
    turns: pd.DataFrame,
    codebook: Codebook,
    question: str | None = None,
) -> pd.DataFrame:
    """Count the persons of each group who touch on each theme in what they write themselves.

    A person counts once for a theme, however many answers or passages it is in. A question in which nothing is coded
    has not been read by a coder, and those who answered nothing else count nowhere. Suggestions are never counted.

    Parameters
    ----------
    codings : pandas.DataFrame
        What `read_answer_codings` returned; not changed.
    turns : pandas.DataFrame
        What `answer_turns` returned; not changed.
    codebook : Codebook
        Which themes there are.
    question : str, optional
        The variable of one question, where another asks for a theme itself; all of them together without it.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS` with the measure "Personer": municipality "alle", item = number of the theme; n and highest =
        those of the group who wrote anything in the coded questions. `distribution` is True, so that nothing is shown
        of fewer than `varsomhed_n`; `block` makes a group's themes one; `additive` is False. No row where nothing is
        coded.

    Raises
    ------
    DataError
        Nobody has answered such a question.

    Examples
    --------
    Ida writes of theme 1 in both questions, and counts once; Bo writes of something else.

    >>> turns = pd.DataFrame({"interview": ["q1", "q2", "q1"], "turn": ["ida", "ida", "bo"],
    ...     "speaker": ["ida", "ida", "bo"], "role": "", "group": "L"})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"], "name": ["Mandat"]}))
    >>> codings = pd.DataFrame({"interview": ["q1", "q2"], "turn": "ida", "theme": "1", "source": "kodet"})
    >>> open_answer_counts(codings, turns, codes)[["group", "item", "measure", "value", "n"]].values.tolist()
    [['L', '1', 'Personer', 1.0, 2]]
    """
    written = _of_question(turns, question)
    coded = codings[(codings["source"] == CODED) & codings["interview"].isin(written["interview"])]
    read = coded_turns(coded, written) if len(coded) else written.head(0)
    # Under one name for all questions a "speaker" is a person, not a person in each question.
    counts = theme_counts(coded.assign(interview=""), read.assign(interview=""), codebook)
    people = counts[counts["measure"] == SPEAKERS].reset_index(drop=True)
    return people.assign(measure=PEOPLE, block=THEMES, additive=False, distribution=True)


def open_answer_tables(study: Study, answers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count the persons who touch on each theme, question by question, for the release that pages show.

    They are decided on together with the survey's tables, and held against what was sent before: when few more have
    written than last time, the difference would tell what they wrote of.

    Parameters
    ----------
    study : Study
        Its codebook and the codings of open answers.
    answers : pandas.DataFrame
        As for `answer_turns`; not changed.

    Returns
    -------
    dict of str to pandas.DataFrame
        `core.names.themes_table` of the question → what `open_answer_counts` gives of it. A question in which nothing
        is coded has no table.

    Raises
    ------
    FileError, DataError
        The codebook or the codings cannot be read.
    """
    turns, codebook = answer_turns(answers), read_codebook(study)
    codings = read_answer_codings(study, turns, codebook)
    coded = set(codings["interview"])
    questions = [question for question in dict.fromkeys(turns["interview"]) if question in coded]
    return {themes_table(question): open_answer_counts(codings, turns, codebook, question) for question in questions}


def _of_question(turns: pd.DataFrame, question: str | None) -> pd.DataFrame:
    known = list(dict.fromkeys(turns["interview"]))
    if question is not None and question not in known:
        expected = listing(known, "eller") or "et åbent spørgsmål, som nogen har svaret på"
        raise DataError(Fault(STUDY_FILE, question, expected, "Vælg et af spørgsmålene.", column="question"))
    return turns if question is None else turns[turns["interview"] == question]


def finding_open_answers(table: SafeTable, edition: Edition) -> str:
    """Say which theme most persons of each group write of: a heading.

    Parameters
    ----------
    table : SafeTable
        What `open_answer_counts` counted.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence without full stop, and one on the groups in which other themes lie close; groups that write of the
        same are named together.
    """
    tops: dict[str, list[str]] = {}
    for group, most in _most_written(table, edition):
        tops.setdefault(listing(f"»{name}«" for name in most["label"]), []).append(edition.group_name(group))
    if not tops:
        return _nothing(table).rstrip(".")
    return contrast(tops, "skriver oftest om", "skriver mest om") + _close_themes(table, edition)


def text_open_answers(table: SafeTable, edition: Edition) -> str:
    """Say the same with the numbers.

    Parameters
    ----------
    table : SafeTable
        What `open_answer_counts` counted.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence a group; counts and never per cent, since only some write anything.
    """
    told = []
    for group, most in _most_written(table, edition):
        who, of = first_upper(edition.group_name(group)), number(most["n"].iloc[0], 0)
        themes = listing(f"»{name}«" for name in most["label"])
        each = " hver" if len(most) > 1 else ""
        told.append(f"{who} skriver oftest om {themes} ({number(most['value'].iloc[0], 0)} af {of}{each}).")
    if not told:
        return _nothing(table)
    return f"{' '.join(told).rstrip('.')}{_close_themes(table, edition)}."


def _nothing(table: SafeTable) -> str:
    return NOTHING_SHOWN if table.hidden else NOTHING_CODED


def _close_themes(table: SafeTable, edition: Edition) -> str:
    close = {}
    for group, most in _most_written(table, edition):
        rest = table.shown[(table.shown["group"] == group) & ~table.shown["item"].isin(most["item"])]
        close[edition.group_name(group)] = close_to(float(most["value"].iloc[0]), rest["value"])
    return text_close(close, "et andet tema", "andre temaer")


def _most_written(table: SafeTable, edition: Edition) -> list[tuple[str, pd.DataFrame]]:
    parts = dict(list(table.shown[table.shown["value"] > 0].groupby("group")))
    known = [group.key for group in edition.study.groups if group.key in parts]
    return [(key, parts[key][parts[key]["value"] == parts[key]["value"].max()]) for key in known]
