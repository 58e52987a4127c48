"""What goes on the pages: all measures of the survey, decided on together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from blupkit.core import ALL, DataError, Fault, Study
from blupkit.core.danish import listing, number, rounded
from blupkit.core.files import write_whole
from blupkit.core.slugs import themes_table
from blupkit.core.study import STUDY_FILE
from blupkit.disclosure import Cell, Draft, Follows, Release, SafeTable, Sum, read_release, read_sent, suppress
from blupkit.disclosure.quantities import LATE, NOT_RELEASED
from blupkit.disclosure.release import FOLLOWS, WORKED_OUT
from blupkit.disclosure.safe_table import AT_THE_END, NOT_LOCALLY, SPREAD_OVER_FEW, TOO_FEW
from blupkit.survey.measures.choices import choice_questions, choice_shares, dont_know_shares
from blupkit.survey.measures.comparison import compare_groups, two_wordings
from blupkit.survey.measures.cooperation import cooperation
from blupkit.survey.measures.keyness import keyword_counts, keywords
from blupkit.survey.measures.needs import dimension_gaps, gap_directions, needs
from blupkit.survey.measures.pooling import pooled_needs
from blupkit.survey.measures.ranks import need_ranks
from blupkit.survey.measures.reliability import reliability
from blupkit.survey.measures.response import PEOPLE, RATES, SET_ASIDE, response_rates, screening_counts
from blupkit.survey.measures.weighting import weighted_places
from blupkit.survey.reading.exports import survey_files
from blupkit.survey.reading.questionnaire import Questionnaire, group_keys
from blupkit.survey.reading.responses import Responses, read_responses

#: What is computed from the decision; it is in a release with the needs.
DIFFERENCES, RELIABILITY, PLACES, POOLED, WEIGHTED = "forskelle", "sammenhaeng", "pladser", "udjaevnet", "vaegtet"
#: The folder of the study in which a release that has been sent is kept.
SENT = "sendt"
RESPONSE, SCREENING, NEEDS, DIRECTIONS, DIMENSIONS, COOPERATION, DONT_KNOW, WORDS = (
    "besvarelser",
    "regler",
    "behov",
    "retninger",
    "dimensioner",
    "samarbejde",
    "ved_ikke",
    "ord",
)


#: What each table is, for those who get it as a spreadsheet; a question asked with choices has its own words.
_TITLES: Final = {
    RESPONSE: "Besvarelser og svarprocent",
    SCREENING: "Besvarelser, der er sat til side",
    NEEDS: "Vigtighed, nuværende niveau og gab for hver kompetence",
    DIRECTIONS: "Andel med niveau under, lig med og over vigtighed",
    DIMENSIONS: "Gennemsnitligt gab i hvert område",
    COOPERATION: "Vurdering af samarbejdet",
    DONT_KNOW: "Andel, der har svaret »ved ikke«",
    WORDS: "Ord, som en gruppe bruger mere end de andre",
    DIFFERENCES: "Forskelle mellem grupperne",
    RELIABILITY: "Hvor godt spørgsmålene i hvert område hænger sammen",
    PLACES: "Hver kompetences plads i rækkefølgen",
    POOLED: "Udjævnet gab for hver kompetence",
    WEIGHTED: "Hver kompetences plads, når alle kommuner tæller lige meget",
}


def table_titles(questionnaire: Questionnaire) -> dict[str, str]:
    """Say in Danish what each table of a release is.

    Parameters
    ----------
    questionnaire : Questionnaire
        What `read_questionnaire` returned; not changed.

    Returns
    -------
    dict of str to str
        Table → title; for a question with choices its own words.
    """
    variables = questionnaire.variables
    asked = {
        name: str(rows["question"].iloc[0])
        for name in choice_questions(questionnaire)
        if len(rows := variables[(variables["item"] == name) | (variables["variable"] == name)])
    }
    written = variables[variables["kind"] == "aaben"].drop_duplicates("variable")
    themes = {
        themes_table(name): f"Temaer i svarene på »{question}«: antal personer"
        for name, question in zip(written["variable"], written["question"], strict=True)
    }
    return asked | themes | _TITLES


def release_draft(responses: Responses) -> Draft:
    """Compute every table that the study declares, for all municipalities and in total, before anything is hidden.

    The response rates and what the rules set aside are always there. Shares of "ved ikke" are given for all
    municipalities together only: beside the numbers of answers to each item they would tell too much.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    Draft
        The tables by name, and how they hang together.

    Raises
    ------
    DataError
        The study declares a table that there is not.
    """
    makers = {
        NEEDS: needs,
        DIRECTIONS: gap_directions,
        DIMENSIONS: dimension_gaps,
        COOPERATION: cooperation,
        DONT_KNOW: _dont_know_in_all,
        WORDS: _words,
    }
    questions = choice_questions(responses.questionnaire)
    wanted = _wanted(responses.study, [*makers, *questions])
    tables = {RESPONSE: response_rates(responses), SCREENING: screening_counts(responses)}
    tables |= {name: make(responses) for name, make in makers.items() if name in wanted}
    tables |= {name: choice_shares(responses, name) for name in questions if name in wanted}
    reworded = two_wordings(responses.questionnaire)
    tables |= {
        name: tables[name].assign(reworded=tables[name]["item"].isin(reworded))
        for name in (NEEDS, COOPERATION)
        if name in tables
    }
    return Draft(tables, RESPONSE, _sums(responses), _follows(tables, responses))


def _dont_know_in_all(responses: Responses) -> pd.DataFrame:
    table = dont_know_shares(responses)
    return table[table["municipality"] == ALL].reset_index(drop=True)


def _words(responses: Responses) -> pd.DataFrame:
    return keyword_counts(keywords(responses))


def _wanted(study: Study, known: list[str]) -> list[str]:
    wanted = known if study.release.tables is None else list(study.release.tables)
    faults = [
        Fault(STUDY_FILE, name, listing(known, "eller"), "Ret navnet, eller fjern det.", column="udgivelse.tabeller")
        for name in wanted
        if name not in known
    ]
    if faults:
        raise DataError(faults)
    return wanted


def _sums(responses: Responses) -> list[Sum]:
    """Count what can be added up besides the totals: the answers behind the total's rate, and those the rules leave."""
    people, invited = responses.respondents, responses.invited
    sums = []
    for group in group_keys(responses.study):
        known = invited.loc[(invited["group"] == group) & invited["known"], "municipality"].tolist()
        counted = int((people["group"].eq(group) & people["municipality"].isin(known)).sum())
        parts = tuple(Cell(RESPONSE, place, group, PEOPLE) for place in known)
        if counted:
            sums.append(Sum(Cell(RESPONSE, ALL, group, RATES), counted, parts))
    totals = tuple(Cell(RESPONSE, ALL, group, PEOPLE) for group in group_keys(responses.study))
    return [*sums, Sum(Cell(SCREENING, ALL, ALL, SET_ASIDE), len(people), totals)]


def _follows(tables: dict[str, pd.DataFrame], responses: Responses) -> list[Follows]:
    """Say what can be worked out from the needs: the dimensions are their means, the directions their signs."""
    names = {
        name: table[["municipality", "group", "item"]].drop_duplicates().itertuples(index=False, name=None)
        for name, table in tables.items()
    }
    variables = responses.questionnaire.asked
    members = variables[variables["kind"] == "vigtighed"].groupby(["group", "dimension"])["item"].unique().to_dict()
    return [
        *(
            Follows(
                Cell(DIMENSIONS, place, group, dimension),
                tuple(Cell(NEEDS, place, group, item) for item in members[group, dimension]),
                only=True,
            )
            for place, group, dimension in names.get(DIMENSIONS, ())
            if NEEDS in tables
        ),
        *(
            Follows(Cell(name, place, group, item), (Cell(NEEDS, place, group, item),), alike=name == DIRECTIONS)
            for name in (DIRECTIONS, DONT_KNOW)
            for place, group, item in names.get(name, ())
        ),
    ]


def make_release(
    responses: Responses, further: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> tuple[Draft, Release]:
    """Compute and decide a release from the survey, and from what has been sent before.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    further : mapping of str to pandas.DataFrame
        Tables that others have made of the answers, decided together with the survey's; as in `core.Draft`.

    Returns
    -------
    tuple of Draft and Release
        What it was decided on, true numbers and all; and the release, ready for pages.
    """
    study, draft = responses.study, release_draft(responses)
    draft = replace(draft, tables={**draft.tables, **further})
    release = suppress(draft, study, [read_sent(path) for path in sent_releases(study)])
    tables = {**release.tables, **_derived(responses, release)}
    return draft, replace(release, tables=tables, source=source_mark(study))


def _derived(responses: Responses, release: Release) -> dict[str, SafeTable]:
    """Compute what rests on cells that are shown, and on nothing else, so that it tells nothing more."""
    if NEEDS not in release.tables:
        return {}
    needs = release[NEEDS]
    return {
        DIFFERENCES: compare_groups(responses, needs),
        RELIABILITY: reliability(responses, needs),
        PLACES: need_ranks(responses, needs, release.optional(DIRECTIONS)),
        POOLED: _as_printed(pooled_needs(responses, needs), responses.study.decimals),
        WEIGHTED: weighted_places(responses, needs),
    }


def _as_printed(table: SafeTable, decimals: int) -> SafeTable:
    """Round to what is printed: a pooled number rests on every municipality, and should not change unseen with each."""
    # As pages print, half away from zero: pandas makes 1,25 to 1,2, and the same gap would have two values on a page.
    printed = {
        name: table.frame[name].map(lambda value: rounded(value, decimals), na_action="ignore")
        for name in ("value", "low", "high")
    }
    return replace(table, frame=table.frame.assign(**printed))


def load_release(
    study: Study, file: str | Path = "", further: Mapping[str, pd.DataFrame] = MappingProxyType({})
) -> Release:
    """Give the release that a page shows: the one that was decided for all pages together, or one made on the spot.

    Parameters
    ----------
    study : Study
        The study.
    file : str or pathlib.Path
        What `blupkit render` decided; "" to decide now, as when a notebook is opened in JupyterLab.
    further : mapping of str to pandas.DataFrame
        As in `make_release`, when it is decided now.

    Returns
    -------
    Release
        Ready for pages; without tables for a study that has no survey.

    Raises
    ------
    DataError
        The file was decided on other answers or other settings than those that lie in the study now.
    """
    if study.survey is None:
        return suppress(Draft({}), study)
    if not file:
        return make_release(read_responses(study), further)[1]
    release = read_release(Path(file))
    if release.source != source_mark(study):
        found, action = "en udgivelse af andre svar", "Lav siderne igen med »blupkit render«."
        raise DataError(Fault(Path(file).name, found, "de svar, der ligger i mappen nu", action))
    return release


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
    """
    keys = ["table", "municipality", "group", "reason"]
    counts = release.decisions.groupby(keys, sort=False).size().rename("Antal").reset_index()
    study, titles = responses.study, table_titles(responses.questionnaire)
    limits = study.thresholds
    why = {
        TOO_FEW: f"Færre end {limits.min_n} besvarelser",
        SPREAD_OVER_FEW: f"En fordeling på færre end {limits.caution_n} besvarelser",
        AT_THE_END: f"Færre end {limits.caution_n}, og alle har svaret det samme",
        NOT_LOCALLY: "Gruppen vises kun for alle kommuner under ét",
        NOT_RELEASED: "Er ikke med i udgivelsen",
        LATE: f"Færre end {limits.min_n} nye besvarelser, siden siderne sidst blev sendt",
        WORKED_OUT: "Et skjult tal kunne ellers regnes ud",
        FOLLOWS: "Bygger på noget, der er skjult",
    }
    names = {ALL: "Alle", **{municipality.slug: municipality.name for municipality in study.municipalities}}
    return pd.DataFrame(
        {
            "Tabel": [titles.get(name, name) for name in counts["table"]],
            "Kommune": counts["municipality"].map(names),
            "Gruppe": [study.group(key).name for key in counts["group"]],
            "Hvorfor": counts["reason"].map(why),
            "Antal": counts["Antal"],
        }
    )


def text_release(release: Release) -> str:
    """Say that the hidden numbers were tried: nothing shown gives them away.

    Parameters
    ----------
    release : Release
        What was decided.

    Returns
    -------
    str
        One paragraph.
    """
    if not release.targets:
        return "Ingen tal er skjult på siderne."
    return (
        "Tal, der kunne røbe, hvad nogen har svaret, er skjult. Hvad der er skjult, er afgjort på én gang for alle"
        f" sider under ét. Derefter er det prøvet {number(release.targets, 0)} gange, om et skjult tal kan regnes ud"
        " ved at lægge de viste tal sammen og trække dem fra hinanden. Det kan det ikke så præcist, at det viser,"
        " hvad en enkelt har svaret. Det kan dog ses, når ingen eller alle i en gruppe har valgt et svar."
    )


def text_late(release: Release) -> str:
    """Say on a page that numbers which the last one showed are hidden now, because few new answers have come.

    Parameters
    ----------
    release : Release
        What one reader's pages read.

    Returns
    -------
    str
        One paragraph; "" where it is not so.
    """
    if not release.late:
        return ""
    return (
        "**Færre tal end sidst:** Siden siderne sidst blev sendt, er der i nogle af grupperne kun kommet få nye"
        " besvarelser. Forskellen mellem de gamle og de nye tal kunne røbe, hvad de få har svaret. Derfor er nogle af"
        " de tal, der blev vist sidst, skjult denne gang."
    )


def sent_releases(study: Study) -> list[Path]:
    """Find the releases that have been sent, oldest first.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of pathlib.Path
        The files in its folder `sendt/`.
    """
    return sorted(study.path(SENT).glob("*.json"))


def keep_sent(study: Study, basis: str) -> Path:
    """Keep with the study what a release was made of that has now been sent.

    Parameters
    ----------
    study : Study
        The study.
    basis : str
        What `disclosure.write_basis` wrote.

    Returns
    -------
    pathlib.Path
        Where it lies; the one that lies there already, when the same was sent before.
    """
    kept = sent_releases(study)
    same = [path for path in kept if path.read_text("utf-8") == basis]
    # Several may be sent on one day, and each of them is out of the house: none takes another's place.
    target = same[0] if same else study.path(SENT) / f"{date.today().isoformat()}_{len(kept) + 1:03}.json"
    write_whole(target, basis)
    return target


def source_mark(study: Study) -> str:
    """Mark the files that a release is made from: another mark, another release.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    str
        A digest of the settings, the survey's files, the codings of its open answers and the releases that have been
        sent.
    """
    files = survey_files(study)
    names = [
        files.data,
        files.labels,
        files.structure,
        files.questionnaire,
        files.scales,
        files.dimensions,
        files.invited,
    ]
    if study.interviews:
        names += [study.interviews.codebook, study.interviews.answer_codings]
    paths = [study.path(STUDY_FILE), *(study.path(name) for name in names if name), *sent_releases(study)]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()
