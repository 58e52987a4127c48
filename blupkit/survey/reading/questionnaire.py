"""The questionnaire: what was asked, of whom, on which scale, what can become of an answer; looked up by words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study, one_of
from blupkit.core.danish import first_upper, listing, many
from blupkit.display import ResultTable

GROUP, MUNICIPALITY = "gruppe", "kommune"
NAME, TITLE, QUESTION, ASKED, ANSWERS = "Variabel", "Emne", "Spørgsmål", "Stillet til", "Svar"
_BETWEEN: Final = " · "


class Kind(StrEnum):
    """What a question asks for, in the word of the questionnaire's file."""

    IMPORTANCE = "vigtighed"
    LEVEL = "niveau"
    STATEMENT = "udsagn"
    SINGLE = "enkelt"
    MULTIPLE = "flere"
    OPEN = "aaben"

    @property
    def rating_of(self) -> str:
        """What is rated, as it stands before the name of a competence; "" where no competence is."""
        return {Kind.IMPORTANCE: "vigtigheden af", Kind.LEVEL: "niveauet for"}.get(self, "")


class Meaning(StrEnum):
    """What a code of a scale says, in the word of the file of scales."""

    ANSWER = "svar"
    DONT_KNOW = "ved_ikke"
    UNDISCLOSED = "uoplyst"


class State(StrEnum):
    """What became of one question for one respondent."""

    ANSWERED = "besvaret"
    DONT_KNOW = "ved_ikke"
    UNANSWERED = "ubesvaret"
    NOT_ASKED = "ikke_stillet"


#: What a rating of a competence is called before its name.
RATED: Final = {Kind.IMPORTANCE: "Vigtighed", Kind.LEVEL: "Nuværende niveau"}
#: What each kind of no answer is called beside the answers, in the order in which it is told.
MISSING: Final = {State.DONT_KNOW: "Ved ikke", State.UNANSWERED: "Ikke besvaret", State.NOT_ASKED: "Ikke stillet"}


@dataclass(frozen=True, eq=False, repr=False)
class Questionnaire:
    """What was asked, of whom, and on which scale.

    Parameters
    ----------
    variables : pandas.DataFrame
        One row a variable, or a variable × groups where the wording differs: `item`, `variable`, `kind`, `question`,
        `text`, `label`, `groups` (tuple of keys), `scale`, `dimension`, `about`. In the order of the questionnaire.
    scales : pandas.DataFrame
        `scale`, `code` (a number), `text`, `meaning` (a `Meaning`), in the order of the scale.
    dimensions : pandas.DataFrame
        `dimension`, `name`, `label`.
    faults : tuple of Fault
        What is worth knowing of its files though it stops nothing; all are "advarsel".
    """

    variables: pd.DataFrame
    scales: pd.DataFrame
    dimensions: pd.DataFrame
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        asked = many(len(self.by_variable), "variabel", "variable")
        scales = many(len(set(self.scales["scale"])), "skala", "skalaer")
        dimensions = many(len(self.dimensions), "område", "områder")
        return f"Spørgeskema: {asked}, {scales} og {dimensions}. Se spørgsmålene med responses.labels."

    @cached_property
    def asked(self) -> pd.DataFrame:
        """One row a variable × group that was asked it, with the group's own wording, under `group`."""
        return self.variables.explode("groups").rename(columns={"groups": "group"}).reset_index(drop=True)

    @cached_property
    def by_variable(self) -> pd.DataFrame:
        """One row a variable, in its first wording, by the variable's name."""
        return self.variables.drop_duplicates("variable").set_index("variable")

    @cached_property
    def _answers(self) -> dict[str, pd.DataFrame]:
        answers = self.scales[self.scales["meaning"] == Meaning.ANSWER]
        return {str(scale): rows for scale, rows in answers.groupby("scale", sort=False)}

    def of_kind(self, *kinds: Kind) -> pd.DataFrame:
        """The rows of `variables` that ask for these."""
        return self.variables[self.variables["kind"].isin(kinds)]

    def about(self, name: str) -> pd.DataFrame:
        """The rows of `variables` that belong to a question, by its id or by the name of a variable."""
        return self.variables[(self.variables["item"] == name) | (self.variables["variable"] == name)]

    def answers_of(self, scale: str) -> pd.DataFrame:
        """The rows of a scale that are answers, so neither "ved ikke" nor "ønsker ikke at oplyse"."""
        return self._answers.get(scale, self.scales.iloc[:0])

    def answer_names(self, scale: str) -> dict[float, str]:
        """The answers of a scale, code → text, in its order; a code without words, or with another's, says its number.

        Examples
        --------
        >>> scale = pd.DataFrame({"scale": "s", "code": [1.0, 2.0, 3.0], "text": ["Lav", "", "Høj"], "meaning": "svar"})
        >>> Questionnaire(pd.DataFrame(), scale, pd.DataFrame()).answer_names("s")
        {1.0: 'Lav', 2.0: '2', 3.0: 'Høj'}
        """
        return dict(self._answer_names.get(scale, {}))

    @cached_property
    def _answer_names(self) -> dict[str, dict[float, str]]:
        return {scale: self._named(rows) for scale, rows in self._answers.items()}

    @staticmethod
    def _named(rows: pd.DataFrame) -> dict[float, str]:
        texts, codes = rows["text"].astype(str), [f"{code:g}".replace(".", ",") for code in rows["code"]]
        again = texts.duplicated(keep=False) | texts.isin([MISSING[state] for state in MISSING])
        return {
            float(code): f"{text} ({spelt})" if text and same else text or spelt
            for code, text, spelt, same in zip(rows["code"], texts, codes, again, strict=True)
        }

    def ends_of(self, scale: str) -> tuple[float, float]:
        """The lowest and the highest code that is an answer."""
        codes = self.answers_of(scale)["code"]
        return float(codes.min()), float(codes.max())

    def pairs(self, group: str) -> pd.DataFrame:
        """The items of which a group was asked both importance and level.

        `item`, `label`, `dimension`, the variables `importance` and `level`, and their scales `scale_i` and `scale_c`.
        """
        pairs = self._pairs
        return pairs[pairs["group"] == group].drop(columns="group").reset_index(drop=True)

    @cached_property
    def _pairs(self) -> pd.DataFrame:
        asked = self.asked
        importance = asked[asked["kind"] == Kind.IMPORTANCE].rename(
            columns={"variable": "importance", "scale": "scale_i"}
        )
        level = asked[asked["kind"] == Kind.LEVEL].rename(columns={"variable": "level", "scale": "scale_c"})
        columns = ["group", "item", "label", "dimension", "importance", "scale_i"]
        return importance[columns].merge(level[["group", "item", "level", "scale_c"]], on=["group", "item"])

    @property
    def with_choices(self) -> pd.DataFrame:
        """The rows of `variables` whose answers are shared out: choices, and statements that are about no group."""
        lone = (self.variables["kind"] == Kind.STATEMENT) & (self.variables["about"] == "")
        return self.variables[lone | self.variables["kind"].isin([Kind.SINGLE, Kind.MULTIPLE])]

    def title_of(self, question: str) -> str:
        """What was asked under an id or a variable: the question, and its point where it has one, as sentences."""
        first = self.about(question).iloc[0]
        point = "" if first["kind"] == Kind.MULTIPLE else str(first["text"])
        parts = [part.strip() for part in (str(first["question"]), point) if part.strip()] or [str(first["label"])]
        return " ".join(part if part.endswith(("?", ".", "!", ":")) else f"{part}." for part in parts)

    @property
    def choice_questions(self) -> list[str]:
        """The questions with choices, in order: the id, or the variable where several single choices share one."""
        chosen = self.with_choices
        several = chosen[chosen["kind"] != Kind.MULTIPLE].groupby("item")["variable"].transform("nunique") > 1
        shared = several.reindex(chosen.index, fill_value=False)
        return list(dict.fromkeys(chosen["item"].where(~shared, chosen["variable"])))

    @property
    def rated_variables(self) -> list[str]:
        """The variables that rate an importance or a level, by name."""
        return sorted(set(self.of_kind(Kind.IMPORTANCE, Kind.LEVEL)["variable"]))

    @property
    def statements(self) -> pd.DataFrame:
        """As `asked`, the statements about another group, each under the label that stands first for its item."""
        asked = self.asked
        asked = asked[(asked["kind"] == Kind.STATEMENT) & (asked["about"] != "")]
        return asked.assign(label=asked["item"].map(asked.drop_duplicates("item").set_index("item")["label"]))

    @property
    def open_variables(self) -> list[str]:
        """The variables in which people wrote in their own words."""
        return self.of_kind(Kind.OPEN)["variable"].drop_duplicates().tolist()

    @property
    def reworded(self) -> frozenset[str]:
        """The items that are put differently to different groups, so that their answers are not quite comparable."""
        wordings = self.variables[["item", "variable", "question", "text"]].drop_duplicates()
        return frozenset(wordings.loc[wordings.duplicated(["item", "variable"]), "item"])


def no_question(name: str, known: Iterable[str], kind: str = "et spørgsmål med svarmuligheder") -> DataError:
    """Say that there is no such question, and which there are.

    Parameters
    ----------
    name : str
        What was asked for.
    known : iterable of str
        What could have been.
    kind : str
        What is said where there is none of that kind at all.

    Examples
    --------
    >>> print(no_question("tidd", ["tid", "form", "tid"]))
    study.toml, indstilling »question«: Her står »tidd«. Forventet: tid eller form. Vælg et af spørgsmålene.
    """
    expected = one_of(dict.fromkeys(known)) or f"{kind}; det har undersøgelsen ikke"
    return DataError(Fault(STUDY_FILE, name, expected, "Vælg et af spørgsmålene.", column="question"))


@dataclass(frozen=True, eq=False, repr=False)
class Labels(ResultTable):
    """Alle spørgsmål i undersøgelsen; kald den med ord for at finde et.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> labels = example_responses().labels
    >>> labels.nearest("k1_w")
    'k1_v'
    """

    def __call__(self, words: str) -> ResultTable:
        """Find spørgsmål med disse ord, i enhver bøjning.

        Parameters
        ----------
        words : str
            One word or several; all of them must be there: in the variable's name, its subject, the question or the
            answers.

        Returns
        -------
        ResultTable
            The rows that fit, those with the words in name or subject first; where none fits, the one that is nearest.

        Raises
        ------
        DataError
            Nothing is near.
        """
        found, notes = self._found(words), self.notes
        if found.empty:
            name = self.nearest(words)
            if not name:
                raise no_variable(words, self)
            found, notes = self.frame[self.frame[NAME] == name], (f"Intet har ordet »{words}«; her er det nærmeste.",)
        title, call = f"Spørgsmål med »{words}«", f'responses.labels("{words}")'
        return ResultTable(title, found.reset_index(drop=True), notes, call=call, study=self.study)

    def nearest(self, words: str) -> str:
        """Give the variable that a misspelt name or subject comes closest to; "" where none is near."""
        known = {text.casefold(): name for name, title in self._names() for text in (title, name)}
        close = difflib.get_close_matches(words.casefold(), list(known), n=1)
        if close:
            return known[close[0]]
        found = self._found(words)
        return "" if found.empty else str(found[NAME].iloc[0])

    def named(self, words: str) -> str:
        """Give the variable that is meant by its name, or by a subject that only one has, whatever the case; or ""."""
        plain = words.strip().casefold()
        names = [name for name, _ in self._names() if name.casefold() == plain]
        titled = [name for name, title in self._names() if title.casefold() == plain]
        return names[0] if names else titled[0] if len(titled) == 1 else ""

    def title_of(self, name: str) -> str:
        """Give the subject of a variable of the table."""
        return dict(self._names())[name]

    def _names(self) -> list[tuple[str, str]]:
        return list(zip(self.frame[NAME], self.frame[TITLE], strict=True))

    def _found(self, words: str) -> pd.DataFrame:
        from blupkit.core.language import tokens  # as in `_has`

        wanted = [word.casefold() for *_, word in tokens(words)] or [words.casefold()]
        near, far = (
            [_has(text, wanted) for text in self._texts(heads)] for heads in ((NAME, TITLE), (QUESTION, ANSWERS))
        )
        rank = pd.Series([0 if one else 1 if other else 2 for one, other in zip(near, far, strict=True)])
        order = rank[rank < 2].sort_values(kind="stable").index
        return self.frame.iloc[order]

    def _texts(self, heads: Iterable[str]) -> list[str]:
        return [" ".join(row) for row in self.frame[list(heads)].itertuples(index=False, name=None)]


def _has(text: str, wanted: list[str]) -> bool:
    """Whether every word is there: as it stands, inside a longer word, or in another inflection."""
    from blupkit.core.language import readings, tokens  # its dictionary takes its time, and pages look nothing up

    plain = text.casefold()
    forms = frozenset().union(*(readings(word) for *_, word in tokens(plain)))
    return all(word in plain or readings(word) & forms for word in wanted)


def no_variable(words: str, labels: Labels) -> DataError:
    """Say that there is no such question, and which is nearest."""
    name = labels.nearest(words)
    meant = f"Mente du »{name}« ({labels.title_of(name)})? " if name else ""
    expected, action = "et af undersøgelsens spørgsmål", f"{meant}Se dem alle med responses.labels."
    return DataError(Fault("spørgeskemaet", words, expected, action, quotes=False))


def make_labels(questionnaire: Questionnaire, study: Study, variables: Iterable[str]) -> Labels:
    """List the questions that can be explored: a multiple choice once, under its own name.

    Parameters
    ----------
    questionnaire : Questionnaire
        What was asked.
    study : Study
        Its groups.
    variables : iterable of str
        Those that the export has.

    Returns
    -------
    Labels
        `Variabel`, `Emne`, `Spørgsmål`, `Stillet til`, `Svar`; group and municipality first.
    """
    known, everybody = set(variables), [study.group(key).name for key in study.group_keys]
    towns = [name for key, name in study.place_names("").items() if key in study.places]
    rows = [
        [GROUP, "Gruppe", "Hvilken gruppe hører deltageren til?", "alle", _BETWEEN.join(everybody)],
        [MUNICIPALITY, "Kommune", "Hvilken kommune hører deltageren til?", "alle", _BETWEEN.join(towns)],
    ]
    asked = questionnaire.variables[questionnaire.variables["variable"].isin(known)]
    for (kind, name), part in asked.groupby([asked["kind"], _own_name(asked)], sort=False):
        first = part.iloc[0]
        keys = [key for key in study.group_keys if any(key in groups for groups in part["groups"])]
        answers = (
            part["label"].drop_duplicates()
            if kind == Kind.MULTIPLE
            else questionnaire.answer_names(first["scale"]).values()
        )
        question = " ".join(
            dict.fromkeys(text for text in (first["question"], first["text"]) if text and kind != Kind.MULTIPLE)
        )
        who = "alle" if len(keys) == len(study.group_keys) else listing(study.group(key).name for key in keys)
        rows.append([str(name), _title(first, study), question or first["question"], who, _BETWEEN.join(answers)])
    frame = pd.DataFrame(rows, columns=[NAME, TITLE, QUESTION, ASKED, ANSWERS], dtype="str")
    note = 'Brug navnet i første kolonne: survey.profile(responses, "navn"). Find et med responses.labels("ord").'
    return Labels("Spørgsmål i undersøgelsen", frame, (note,), call="responses.labels", study=study.folder)


def _own_name(asked: pd.DataFrame) -> pd.Series:
    return asked["variable"].mask(asked["kind"] == Kind.MULTIPLE, asked["item"])


def _title(row: pd.Series, study: Study) -> str:
    kind = Kind(row["kind"])
    if kind.rating_of:
        return f"{RATED[kind]}: {row['label']}"
    if kind == Kind.MULTIPLE:
        # What follows the question says how many may be chosen.
        asked, mark, _ = str(row["question"]).partition("?")
        return asked + mark
    about = f" ({study.group(row['about']).about.lower()})" if kind == Kind.STATEMENT and row["about"] else ""
    return first_upper(f"{row['label'] or row['question']}{about}")
