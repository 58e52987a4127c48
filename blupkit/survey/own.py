"""The consultant's own tables: what each is of, and into which parts it splits those who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import ALL, STUDY_FILE, Fault, Study, one_of, raise_serious
from blupkit.core.danish import first_upper, listing
from blupkit.core.errors import did_you_mean
from blupkit.core.sections import BY_GROUP, OwnTable, Thresholds
from blupkit.survey.measures.choices import choice_shares
from blupkit.survey.reading.questionnaire import Kind, Questionnaire
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import Table

#: The code of those who have not answered what a table is split by.
UNKNOWN: Final = "uoplyst"
_BESIDE: Final = "udgivelse.egen"


class Part(NamedTuple):
    """Those of a group who gave one of some answers to what a table is split by."""

    codes: tuple[str, ...]
    label: str


def own_faults(study: Study, questionnaire: Questionnaire) -> list[Fault]:
    """List what is wrong with the own tables that a study declares.

    Parameters
    ----------
    study : Study
        The study.
    questionnaire : Questionnaire
        What was asked.

    Returns
    -------
    list of Fault
        An unknown question or municipality, each with the nearest that there is; one that a table cannot be split by;
        the same table twice, also the other way round.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> own = OwnTable(navn="x", spoergsmaal="frm", fordelt_paa="gruppe")
    >>> contents = responses.study.release.model_copy(update={"own": (own,)})
    >>> study = responses.study.model_copy(update={"release": contents})
    >>> [fault.action for fault in own_faults(study, responses.questionnaire)]
    ['Mente du »form«?']
    """
    asked, single = _questions(questionnaire), _single(questionnaire)
    faults, seen = [], set[tuple[str, str]]()
    for own in study.release.own:
        if own.question not in asked:
            faults.append(_unknown(own.question, asked, "spoergsmaal"))
        if own.by not in single:
            faults.append(_unknown(own.by, single, "fordelt_paa"))
        known = [*study.places, ALL]
        faults += [_unknown(name, known, "for_hvem") for name in own.readers if name not in known]
        if own.question == own.by or {(own.question, own.by), (own.by, own.question)} & seen:
            found = f"{own.question} fordelt på {own.by}"
            expected, action = "to forskellige spørgsmål, som ikke står sammen i en anden egen tabel", "Fjern den ene."
            faults.append(Fault(STUDY_FILE, found, expected, action, column=_BESIDE))
        seen.add((own.question, own.by))
        if own.by_group and own.question in asked and own.question not in questionnaire.choice_questions:
            expected = "et spørgsmål med svarmuligheder, når der deles op på grupper"
            action = "Vurderingerne står på siderne for hver gruppe i forvejen. Vælg en anden fordeling."
            faults.append(Fault(STUDY_FILE, own.question, expected, action, column=f"{_BESIDE}.spoergsmaal"))
    return faults


def _unknown(name: str, known: Sequence[str], setting: str) -> Fault:
    return Fault(STUDY_FILE, name, one_of(known), did_you_mean(name, known), column=f"{_BESIDE}.{setting}")


def _questions(questionnaire: Questionnaire) -> list[str]:
    """Name what an own table can be of: choices, pairs of ratings, and statements about another group."""
    pairs = questionnaire.of_kind(Kind.IMPORTANCE)["item"]
    both = pairs[pairs.isin(questionnaire.of_kind(Kind.LEVEL)["item"])]
    return list(dict.fromkeys([*questionnaire.choice_questions, *both, *questionnaire.statements["item"]]))


def _single(questionnaire: Questionnaire) -> list[str]:
    """Name what a table can be split by: each person gave one answer, so that the parts add up to the whole."""
    variables = questionnaire.of_kind(Kind.SINGLE)
    chosen = {*variables["item"], *variables["variable"]}
    return [BY_GROUP, *(name for name in questionnaire.choice_questions if name in chosen)]


def whole_name(question: str, questionnaire: Questionnaire) -> str:
    """Name the table of the release that has everybody's answers to a question."""
    if question in questionnaire.choice_questions:
        return question
    return Table.COOPERATION.value if question in set(questionnaire.statements["item"]) else Table.NEEDS.value


def answered(responses: Responses, question: str) -> pd.DataFrame:
    """Say who is counted in each number of a question: one column for each that has an n of its own.

    Parameters
    ----------
    responses : Responses
        Not changed.
    question : str
        One of those that own tables can be of.

    Returns
    -------
    pandas.DataFrame
        Respondent × number, true or false.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> answered(example_responses(), "k1").sum().tolist()
    [20]
    """
    questionnaire = responses.questionnaire
    variables = questionnaire.about(question)
    name = whole_name(question, questionnaire)
    if name == question:
        if (variables["kind"] != Kind.MULTIPLE).any():
            return responses.values(variables["variable"].unique()[:1]).notna()
        table = choice_shares(responses, question)
        ticks = responses.values(table["item"].unique())
        unknown = variables[~variables["variable"].isin(table["item"])]["variable"].unique()
        known = ~(responses.values(unknown) == 1).any(axis=1)
        return (ticks.notna().any(axis=1) & known).to_frame()
    if name == Table.COOPERATION:
        return responses.values(variables["variable"].unique()).notna()
    rated = variables[variables["kind"].isin([Kind.IMPORTANCE, Kind.LEVEL])]["variable"].unique()
    return responses.values(rated).notna().all(axis=1).to_frame()


def split_codes(responses: Responses, by: str) -> pd.Series:
    """Give each respondent's answer to what a table is split by, `UNKNOWN` where there is none.

    Parameters
    ----------
    responses : Responses
        Not changed.
    by : str
        A question with one answer.

    Returns
    -------
    pandas.Series
        The code as text, by respondent.
    """
    variable = responses.questionnaire.about(by)["variable"].iloc[0]
    codes = responses.values([variable])[variable]
    texts = [UNKNOWN if pd.isna(code) else f"{code:g}" for code in codes]
    return pd.Series(texts, codes.index, dtype="str")


def answers_to(responses: Responses, by: str) -> dict[str, str]:
    """Give the answers to what a table is split by, in the order of their scale, and last that there is none."""
    scale = responses.questionnaire.about(by)["scale"].iloc[0]
    answers = responses.questionnaire.answers_of(scale)
    texts = {f"{code:g}": str(text) for code, text in zip(answers["code"], answers["text"], strict=True)}
    return {**texts, UNKNOWN: "ikke oplyst"}


def split_counts(responses: Responses, question: str, by: str) -> pd.DataFrame:
    """Count who answered a question in each part, municipality and group.

    Parameters
    ----------
    responses : Responses
        Not changed.
    question, by : str
        What a table is of, and split by.

    Returns
    -------
    pandas.DataFrame
        `group`, `municipality` ("alle" too), `code` and `n`: the fewest behind any number of the question, not counting
        numbers that nobody in the group is in.
    """
    counted, codes = answered(responses, question), split_codes(responses, by)
    people = responses.respondents.set_index("respondent")[["municipality", "group"]]
    long = counted.join(people).assign(code=codes)
    everywhere = pd.concat([long, long.assign(municipality=ALL)])
    keys = ["group", "municipality", "code"]
    levels = [responses.study.group_keys, responses.study.readers, list(answers_to(responses, by))]
    n = everywhere.groupby(keys)[list(counted.columns)].sum().reindex(pd.MultiIndex.from_product(levels, names=keys))
    n = n.fillna(0).astype(int)
    asked = n.groupby("group").transform("sum") > 0
    return n.where(asked).min(axis=1).fillna(0).astype(int).rename("n").reset_index()


def joined(counts: Sequence[int], limits: Thresholds) -> list[tuple[int, ...]]:
    """Join parts that are too small with the next one, from the end of the scale, where those without an answer stand.

    Which parts are joined is open. As in `disclosure.pattern` the partners are fixed: a reader who sees that parts were
    joined learns that the last of them was too small, and not how small, since it could be anything below the limit.
    What is left over in front joins the part behind it. That part was large enough by itself, which tells more; so the
    two must be more together.

    Parameters
    ----------
    counts : sequence of int
        How many are in each, in the order of the scale.
    limits : Thresholds
        Fewer than `varsomhed_n`, but not nobody, are too few. Where `min_n` lies close to it, some more are asked for.

    Returns
    -------
    list of tuple of int
        The places of those that are told together; all in one where they cannot be told apart.

    Examples
    --------
    >>> joined([12, 20, 15, 3], Thresholds()), joined([12, 30, 0, 15], Thresholds()), joined([3, 9, 9], Thresholds())
    ([(0,), (1,), (2, 3)], [(0,), (1,), (2,), (3,)], [(0, 1, 2)])
    """
    least = max(limits.caution_n, limits.min_n + 2)
    parts: list[tuple[int, ...]] = []
    few: tuple[int, ...] = ()
    for place in reversed(range(len(counts))):
        few = (place, *few)
        if not 0 < sum(counts[one] for one in few) < least:
            parts.insert(0, few)
            few = ()
    if few:
        parts[:1] = [few + (parts[0] if parts else ())]
        if sum(counts[one] for one in parts[0]) < least + limits.min_n + 1:
            return [tuple(range(len(counts)))]
    return parts


def parts_of(
    responses: Responses, own: OwnTable, before: Mapping[str, list[tuple[str, ...]]] | None = None
) -> dict[str, list[Part]]:
    """Say into which parts an own table splits each group.

    Parameters
    ----------
    responses : Responses
        Not changed.
    own : OwnTable
        The table.
    before : mapping of str to list of tuple of str, optional
        Group → the codes of each part as they have been sent: they stay, since the difference between two ways to split
        the same persons would be a third table.

    Returns
    -------
    dict of str to list of Part
        Group → its parts, those in which nobody is left out; none for a group that cannot be split.
    """
    counts, texts = split_counts(responses, own.question, own.by), answers_to(responses, own.by)
    found = {}
    for group in responses.study.group_keys:
        here = counts[(counts["group"] == group) & (counts["municipality"] == ALL)].set_index("code")["n"]
        codes = list(here.index)
        sent = (before or {}).get(group, [])
        # Nobody gave the answers that were in no part then; whoever does now is a part of their own.
        rest = tuple(code for code in codes if sent and not any(code in one for one in sent))
        places = [] if sent else joined(here.tolist(), responses.study.thresholds)
        split = [*sent, rest] if sent else [tuple(codes[at] for at in one) for one in places]
        parts = [Part(one, first_upper(listing((texts[code] for code in one), "eller"))) for one in split]
        told = [part for part in parts if part.codes in sent or here[list(part.codes)].sum()]
        if len(told) > 1:
            found[group] = told
    return found


def allowed_places(responses: Responses, own: OwnTable) -> dict[str, tuple[list[str], dict[str, bool]]]:
    """Say by the rule on n alone where an own table could be shown, for each group.

    Parameters
    ----------
    responses : Responses
        Not changed.
    own : OwnTable
        The table.

    Returns
    -------
    dict of str to tuple of list of str and dict of str to bool
        Group → the names of its parts; and by the table's readers whether enough answered there. A group that cannot be
        split is left out.
    """
    limits, study = responses.study.thresholds, responses.study
    places = [place for place in study.readers if own.is_for(place)]
    if own.by_group:
        counted = answered(responses, own.question).max(axis=1)
        people = responses.respondents.set_index("respondent")[["municipality", "group"]]
        rows = people[counted.reindex(people.index, fill_value=False)]
        n = pd.concat([rows, rows.assign(municipality=ALL)]).groupby(["group", "municipality"]).size()
        return {
            group: (
                [],
                {
                    place: n.get((group, place), 0) >= limits.caution_n
                    for place in places
                    if _local(study, group, place)
                },
            )
            for group in study.group_keys
        }
    counts = split_counts(responses, own.question, own.by).set_index(["group", "municipality", "code"])["n"].to_dict()
    found = {}
    for group, parts in parts_of(responses, own).items():
        sums = {place: [sum(counts[group, place, code] for code in part.codes) for part in parts] for place in places}
        enough = {
            place: all(n >= limits.caution_n or n == 0 for n in some) and any(some) for place, some in sums.items()
        }
        found[group] = ([part.label for part in parts], {p: ok for p, ok in enough.items() if _local(study, group, p)})
    return found


def _local(study: Study, group: str, place: str) -> bool:
    return place == ALL or study.group(group).shown_locally


def check_own(responses: Responses) -> None:
    """Stop where a study declares an own table of something that there is not.

    Parameters
    ----------
    responses : Responses
        With the study and what was asked.

    Raises
    ------
    DataError
        All that is wrong, as `own_faults` lists it.
    """
    raise_serious(own_faults(responses.study, responses.questionnaire))


def with_study(responses: Responses, study: Study) -> Responses:
    """Give the same answers for a study that declares other tables.

    Parameters
    ----------
    responses : Responses
        Not changed.
    study : Study
        The study with other settings of its release; what its files hold must be the same.
    """
    return replace(responses, study=study)
