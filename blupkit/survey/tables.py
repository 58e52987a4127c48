"""What goes on the pages of one reader: the tables of a release by name, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pandas as pd

from blupkit.core import Study
from blupkit.core.slugs import themes_table
from blupkit.disclosure import Release, SafeTable, select
from blupkit.disclosure.quantities import Reason
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.survey.measures.priorities import quadrants
from blupkit.survey.reading.questionnaire import Kind, Questionnaire
from blupkit.survey.reading.responses import Responses


class Table(StrEnum):
    """The tables that a survey may have, and what each is for those who get it as a spreadsheet."""

    what: str

    def __new__(cls, name: str, what: str = "") -> Table:
        """Keep the words beside the name."""
        table = str.__new__(cls, name)
        table._value_, table.what = name, what
        return table

    RESPONSE = "besvarelser", "Besvarelser og svarprocent"
    SCREENING = "regler", "Besvarelser, der er sat til side"
    NEEDS = "behov", "Vigtighed, nuværende niveau og gab for hver kompetence"
    DIRECTIONS = "retninger", "Andel med niveau under, lig med og over vigtighed"
    DIMENSIONS = "dimensioner", "Gennemsnitligt gab i hvert område"
    COOPERATION = "samarbejde", "Vurdering af samarbejdet"
    DONT_KNOW = "ved_ikke", "Andel, der har svaret »ved ikke«"
    WORDS = "ord", "Ord, som en gruppe bruger mere end de andre"
    DIFFERENCES = "forskelle", "Forskelle mellem grupperne"
    RELIABILITY = "sammenhaeng", "Hvor godt spørgsmålene i hvert område hænger sammen"
    PLACES = "pladser", "Hver kompetences plads i rækkefølgen"
    POOLED = "udjaevnet", "Udjævnet gab for hver kompetence"
    WEIGHTED = "vaegtet", "Hver kompetences plads, når alle kommuner tæller lige meget"


class _Shown:
    """A table as an attribute of the release; an empty one where the study does not have it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.__doc__ = table.what

    def __get__(self, release: Release, owner: type) -> SafeTable:
        return release.optional(self.table)


class Questions:
    """The tables of a study's own questions, each an attribute; an empty one where the study did not ask.

    Parameters
    ----------
    tables : mapping of str to SafeTable
        By the question's name in the questionnaire.

    Examples
    --------
    >>> questions = Questions({"tid": SafeTable(pd.DataFrame({"value": [60.0]}), 5)})
    >>> questions.tid.frame["value"].tolist(), len(questions.form.frame)
    ([60.0], 0)
    """

    def __init__(self, tables: Mapping[str, SafeTable]) -> None:
        vars(self).update(tables)

    def all_of(self, *names: str) -> Questions:
        """Give these where every one of them was asked, else none: words that speak of them together hold then only.

        Examples
        --------
        >>> asked = Questions({"tid": SafeTable(pd.DataFrame({"value": [60.0]}), 5)})
        >>> asked.all_of("tid"), asked.all_of("tid", "form")
        (Tabeller, en for hvert spørgsmål: tid., Tabeller, en for hvert spørgsmål: ingen.)
        """
        there = vars(self)
        return Questions({name: there[name] for name in names} if set(names) <= set(there) else {})

    def __dir__(self) -> list[str]:
        return sorted(vars(self))  # what is really there is what JupyterLab completes

    def __repr__(self) -> str:
        return f"Tabeller, en for hvert spørgsmål: {', '.join(sorted(vars(self))) or 'ingen'}."

    def __getattr__(self, question: str) -> SafeTable:
        if question.startswith("_"):
            raise AttributeError(question)
        return NO_TABLE


@dataclass(frozen=True, eq=False, repr=False)
class SurveyRelease(Release):
    """A release of a survey, with its tables as attributes: `release.needs`, `release.questions.tid`.

    Where the study does not have a table, its attribute is an empty one, and the page says that it was not asked.

    Examples
    --------
    >>> release = SurveyRelease({"behov": SafeTable(pd.DataFrame({"value": [1.5]}), 5)}, pd.DataFrame(), 0, 0.0, True)
    >>> release.needs.frame["value"].tolist(), release.places.frame["value"].tolist()
    ([1.5], [])
    """

    #: Of the questions with answers to choose among, and of the themes in the answers to open ones.
    questions: Questions = field(init=False, repr=False)
    themes: Questions = field(init=False, repr=False)

    response = _Shown(Table.RESPONSE)
    screening = _Shown(Table.SCREENING)
    needs = _Shown(Table.NEEDS)
    directions = _Shown(Table.DIRECTIONS)
    dimensions = _Shown(Table.DIMENSIONS)
    cooperation = _Shown(Table.COOPERATION)
    dont_know = _Shown(Table.DONT_KNOW)
    words = _Shown(Table.WORDS)
    differences = _Shown(Table.DIFFERENCES)
    reliability = _Shown(Table.RELIABILITY)
    places = _Shown(Table.PLACES)
    pooled = _Shown(Table.POOLED)
    weighted = _Shown(Table.WEIGHTED)

    def __post_init__(self) -> None:
        start = themes_table("")
        themes = {name.removeprefix(start): table for name, table in self.tables.items() if name.startswith(start)}
        known = {*Table, *map(themes_table, themes)}
        asked = {name: table for name, table in self.tables.items() if name not in known}
        object.__setattr__(self, "questions", Questions(asked))
        object.__setattr__(self, "themes", Questions(themes))

    def __dir__(self) -> list[str]:
        there = [
            name
            for name, shown in vars(SurveyRelease).items()
            if isinstance(shown, _Shown) and shown.table in self.tables
        ]
        return [*there, "questions", "themes", "everywhere", "tables", "decisions", "passed", "late"]

    @property
    def everywhere(self) -> SurveyRelease:
        """What is shown of all municipalities together, to stand beside one municipality's own; else without tables."""
        return replace(self, tables=self.common, common={})

    def tells_of(self, place: str) -> bool:
        """Whether a number for a municipality (or "alle") by itself is shown, beside how many answered."""
        told = (table.shown["municipality"] for name, table in self.tables.items() if name != Table.RESPONSE)
        return any((places == place).any() for places in told)


def question_of(table: str) -> str:
    """Name the open question that a table of themes is about; any other table's name as it is.

    Examples
    --------
    >>> question_of("temaer_aab1"), question_of("behov")
    ('aab1', 'behov')
    """
    return table.removeprefix(themes_table(""))


def mirror(table: SafeTable, study: Study, first: str = "", second: str = "") -> SafeTable:
    """Set two groups' ratings of each other side by side.

    Parameters
    ----------
    table : SafeTable
        What `cooperation` measured; not changed.
    study : Study
        Its groups.
    first, second : str
        Keys of the two groups; when omitted, the first and the last that municipalities' pages show answers of.

    Returns
    -------
    SafeTable
        Two rows a statement that both were asked: what the first group says of the second, and the second of the first.
        Nothing is pooled; each has its own n. Empty when the questionnaire has no such statements.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> mirror(release.cooperation, edition.study).frame[["group", "value"]].to_numpy().tolist()
    [['L', 3.0], ['A', 4.0]]
    """
    frame = table.frame
    sides = [group.key for group in study.groups if group.shown_locally]
    one, other = first or next(iter(sides), ""), second or next(iter(sides[1:][::-1]), "")
    if not {one, other} <= {group.key for group in study.groups}:
        return replace(table, frame=frame.iloc[0:0])
    one_way = (frame["group"] == one) & (frame["measure"] == study.group(other).about)
    other_way = (frame["group"] == other) & (frame["measure"] == study.group(one).about)
    both = set(frame.loc[one_way, "item"]) & set(frame.loc[other_way, "item"])
    rows = frame[(one_way | other_way) & frame["item"].isin(both)]
    return replace(table, frame=rows.reset_index(drop=True))


def every_measure(release: SurveyRelease) -> SafeTable:
    """Put what is measured of each competence side by side, for those who want to reckon for themselves.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages show; not changed.

    Returns
    -------
    SafeTable
        The rows of the needs, of the directions, of the pooled gaps and of the places, as each of them shows them.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> sorted(set(every_measure(example_reader()[0]).frame["measure"]))[:4]
    ['Gab', 'MWDS', 'Niveau lig vigtighed', 'Niveau over vigtighed']
    """
    tables = (release.needs, release.directions, release.pooled, release.places)
    frames = [table.frame for table in tables if len(table.frame)]
    return replace(release.needs, frame=pd.concat(frames)) if frames else release.needs


def common_items(table: SafeTable, study: Study) -> SafeTable:
    """Keep the items that every group was asked: only they can be laid beside each other.

    Parameters
    ----------
    table : SafeTable
        What `needs` measured; not changed.
    study : Study
        Its groups.

    Returns
    -------
    SafeTable
        Their rows; none where the groups have no item in common.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> set(common_items(release.needs, edition.study).frame["item"]) == {"k1", "k2"}
    True
    """
    asked = table.frame.groupby("item")["group"].nunique()
    return select(table, item=set(asked.index[asked == len(study.groups)]))


def table_titles(questionnaire: Questionnaire, study: Study | None = None) -> dict[str, str]:
    """Say in Danish what each table of a release is.

    Parameters
    ----------
    questionnaire : Questionnaire
        What `read_questionnaire` returned; not changed.
    study : Study, optional
        Whose own tables are then named as they are there.

    Returns
    -------
    dict of str to str
        Table → title; for a question with choices its own words.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> table_titles(example_responses().questionnaire)["form"]
    'Hvordan vil du helst lære?'
    """
    asked = {name: str(questionnaire.about(name)["question"].iloc[0]) for name in questionnaire.choice_questions}
    written = questionnaire.of_kind(Kind.OPEN).drop_duplicates("variable")
    themes = {
        themes_table(name): f"Temaer i svarene på »{question}«: antal personer"
        for name, question in zip(written["variable"], written["question"], strict=True)
    }
    own = {one.table: one.name for one in study.release.own if not one.by_group} if study else {}
    return asked | themes | own | {str(table): table.what for table in Table}


def decision_overview(release: Release, responses: Responses) -> pd.DataFrame:
    """Count what is hidden on the pages, and why, for the consultant's eyes.

    Parameters
    ----------
    release : Release
        What was decided.
    responses : Responses
        What the tables were made of: its questionnaire and its study have the names.

    Returns
    -------
    pandas.DataFrame
        `Tabel`, `Kommune`, `Gruppe`, `Hvorfor` and `Antal`: one row for each that has something hidden.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader, example_responses
    >>> decision_overview(example_reader("alle")[0], example_responses())["Hvorfor"].iloc[0]
    'Et skjult tal kunne ellers regnes ud'
    """
    keys = ["table", "municipality", "group", "reason"]
    counts = release.decisions.groupby(keys, sort=False).size().rename("Antal").reset_index()
    study, titles = responses.study, table_titles(responses.questionnaire, responses.study)
    limits = study.thresholds
    why = {
        Reason.TOO_FEW: f"Færre end {limits.min_n} besvarelser",
        Reason.SPREAD_OVER_FEW: f"En fordeling på færre end {limits.caution_n} besvarelser",
        Reason.AT_THE_END: f"Færre end {limits.caution_n}, og gennemsnittet ligger tæt på en ende af skalaen",
        Reason.NOT_LOCALLY: "Gruppen vises kun for alle kommuner under ét",
        Reason.NOT_RELEASED: "Er ikke med i udgivelsen",
        Reason.SAID_NO: "Kommunen får ikke sin egen side og skal ikke kunne regnes ud",
        Reason.LATE: "Få besvarelser er kommet til, rettet eller taget ud, siden siderne sidst blev sendt",
        Reason.WORKED_OUT: "Et skjult tal kunne ellers regnes ud",
        Reason.FOLLOWS: "Bygger på noget, der er skjult",
    }
    return pd.DataFrame(
        {
            "Tabel": [titles.get(name, name) for name in counts["table"]],
            "Kommune": counts["municipality"].map(study.place_names("Alle")),
            "Gruppe": [study.group(key).name for key in counts["group"]],
            "Hvorfor": counts["reason"].map(why),
            "Antal": counts["Antal"],
        }
    )


def derived_numbers(release: SurveyRelease, study: Study) -> pd.DataFrame:
    """Give the numbers that pages work out from what they show, and that are in no table of the release.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages show.
    study : Study
        Its groups.

    Returns
    -------
    pandas.DataFrame
        `label` and `value`: how far the two sides lie apart in each statement on the cooperation, and which share of
        those who wrote anything wrote of a theme. With an empty label: where each group's quadrants are cut, and how
        much its gaps go together.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> derived_numbers(release, edition.study).to_numpy().tolist()[0]  # 4.0 against 3.0
    ['Tillid', 1.0]
    """
    sides = mirror(release.cooperation, study).shown.groupby("label")["value"]
    apart = (sides.max() - sides.min()).rename("value").reset_index()
    written = [table.shown for name, table in release.tables.items() if name.startswith(themes_table(""))]
    shares = [
        pd.DataFrame({"label": one["label"], "value": 100 * one["value"] / one["n"].astype(float)}) for one in written
    ]
    apart = pd.concat([apart, *shares], ignore_index=True)
    if release.needs.shown.empty:
        return apart
    cuts = quadrants(release.needs)[["cut_importance", "cut_level"]].to_numpy().ravel()
    places = release.places.frame
    together = places["correlation"].dropna().unique().tolist() if "correlation" in places else []
    return pd.concat([apart, pd.DataFrame({"label": "", "value": [*cuts, *together]})], ignore_index=True)
