"""Whether two coders see the same: turn × code, with those who lead the talk left out, and the disagreements first."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.core.danish import count, first_upper, listing, number
from blupkit.disclosure.safe_table import MeasureRow, measure_table
from blupkit.interviews.analysis.alpha import alpha
from blupkit.interviews.coding.coded import Coded

ALPHA, BOTH, ONE = "Alfa", "Begge", "Kun én"
#: The row of all codes together.
OVERALL: Final = "i alt"
REFLEXIVE: Final = "refleksiv"
_UNIT: Final = ["interview", "turn", "code"]


def double_coded(coded: Coded) -> pd.DataFrame:
    """Lay out who gave which turn which code, in the interviews that more than one person has coded.

    Parameters
    ----------
    coded : Coded
        The interviews with the codings of all coders; suggestions do not count.

    Returns
    -------
    pandas.DataFrame
        Index interview, turn, code: every participant's turn of those interviews × every code; a column a coder, 1
        where the coder gave the turn the code and 0 where not. Missing data: NaN where the coder has not coded the
        interview.
    """
    codings = _of_several(coded)
    spoken = coded.participant_turns[["interview", "turn"]]
    spoken = spoken[spoken["interview"].isin(codings["interview"])]
    units = pd.MultiIndex.from_frame(spoken.merge(pd.Series(list(coded.codebook.theme_of), name="code"), how="cross"))
    talk = units.get_level_values("interview")
    table = pd.DataFrame(index=units)
    for name, own in codings.groupby("coder", sort=False):
        given = units.isin(pd.MultiIndex.from_frame(own[_UNIT]))
        table[name] = np.where(talk.isin(own["interview"]), given, np.nan)
    return table


def _of_several(coded: Coded) -> pd.DataFrame:
    """Give the codings of the interviews that more than one person has coded."""
    codings = coded.all_codings
    return codings[codings.groupby("interview")["coder"].transform("nunique") > 1]


def coder_agreement(coded: Coded) -> pd.DataFrame:
    """Measure for each code, and for all together, how well the coders agree.

    Parameters
    ----------
    coded : Coded
        As in `double_coded`.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`, municipality and group "alle", item = the code, or "i alt": "Alfa" (NaN where it is not
        defined), "Begge" (turns to which all who coded them gave it), "Kun én" (turns to which somebody did not); n =
        turns coded by more than one, for "i alt" turn × code. No rows where nobody has coded the same interview.

    Examples
    --------
    Of the three turns of the participants, B has coded those two that A coded first, and left a code out.

    >>> from dataclasses import replace
    >>> from blupkit import core, interviews
    >>> coded = interviews.read_coded(core.example_study())
    >>> other = coded.codings.iloc[[0, 2]].assign(coder="B")
    >>> coded = replace(coded, by_all=pd.concat([coded.codings, other]))
    >>> table = interviews.coder_agreement(coded)
    >>> table.loc[table["measure"] != "Alfa", ["label", "measure", "value", "n"]].values.tolist()[:2]
    [['Alle koder', 'Begge', 2.0, 6], ['Alle koder', 'Kun én', 2.0, 6]]
    """
    table = double_coded(coded)
    if table.empty:
        return measure_table([])
    names = coded.codebook.names
    parts = [(OVERALL, table), *((str(code), part) for code, part in table.groupby(level="code", sort=False))]
    rows = []
    for item, part in parts:
        some, every = part.max(axis=1) == 1, part.min(axis=1) == 1
        measured = {ALPHA: alpha(part), BOTH: every.sum(), ONE: (some & ~every).sum()}
        for measure, value in measured.items():
            low, high = (-1.0, 1.0) if measure == ALPHA else (0.0, float(max(len(part), 101)))
            row = MeasureRow(ALL, ALL, item, names.get(item, "Alle koder"), measure, float(value), n=len(part))
            rows.append(row._replace(lowest=low, highest=high))
    return measure_table(rows)


def shown_agreement(agreement: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Give the rows that a page may show: none in a study that takes the reflexive approach.

    Parameters
    ----------
    agreement : pandas.DataFrame
        What `coder_agreement` measured; not changed.
    study : Study
        Its `tilgang`.

    Examples
    --------
    >>> from blupkit import core
    >>> len(shown_agreement(pd.DataFrame({"item": ["1.1"]}), core.example_study()))
    1
    """
    return agreement.head(0) if is_reflexive(study) else agreement


def disagreements(coded: Coded) -> pd.DataFrame:
    """List the turns to which one coder gave a code and another did not, for the coders to talk about.

    Parameters
    ----------
    coded : Coded
        As in `double_coded`.

    Returns
    -------
    pandas.DataFrame
        code, name, interview, turn, given_by, not_by (coders), text; the codes with most disagreements first. For the
        consultant's eyes: it holds what was said.

    Examples
    --------
    Of the three turns of the participants, B has coded those two that A coded first, and left a code out.

    >>> from dataclasses import replace
    >>> from blupkit import core, interviews
    >>> coded = interviews.read_coded(core.example_study())
    >>> other = coded.codings.iloc[[0, 2]].assign(coder="B")
    >>> coded = replace(coded, by_all=pd.concat([coded.codings, other]))
    >>> interviews.disagreements(coded)[["code", "turn", "given_by", "not_by"]].values.tolist()
    [['1.1', 2, 'A', 'B'], ['2.1', 4, 'A', 'B']]
    """
    table = double_coded(coded)
    differ = table[(table.max(axis=1) == 1) & (table.min(axis=1) == 0)]
    names = coded.codebook.names
    often = Counter(differ.index.get_level_values("code"))
    rows = []
    for (interview, turn, code), given in zip(differ.index, differ.to_numpy(), strict=True):
        by = [", ".join(differ.columns[given == answer]) for answer in (1, 0)]
        rows.append((code, names[code], interview, turn, *by, coded.by_place[(interview, str(turn))].text))
    rows.sort(key=lambda row: (-often[row[0]], row))
    return pd.DataFrame(rows, columns=["code", "name", "interview", "turn", "given_by", "not_by", "text"])


def text_agreement(agreement: pd.DataFrame, coded: Coded, study: Study) -> str:
    """Say who coded the same, how well they agree, and what the number can be used for.

    Parameters
    ----------
    agreement : pandas.DataFrame
        What `coder_agreement` measured; not changed.
    coded : Coded
        The interviews with the codings of all coders.
    study : Study
        Its `tilgang`: with "refleksiv" no coefficient is told.

    Returns
    -------
    str
        Danish prose.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> text_agreement(coder_agreement(coded), coded, study)
    'Hvert interview er kodet af én person, så enighed mellem kodere kan ikke opgøres.'
    """
    if is_reflexive(study):
        return (
            "Undersøgelsen er tænkt som en refleksiv tematisk analyse. Her er den, der koder, en del af fortolkningen,"
            " og enighed mellem kodere er ikke et mål for kvalitet. Derfor er der ingen tal for enighed."
        )
    if agreement.empty:
        return "Hvert interview er kodet af én person, så enighed mellem kodere kan ikke opgøres."
    shared = _of_several(coded)
    interviews = shared["interview"].nunique()
    talks = "Ét" if interviews == 1 else first_upper(count(interviews))
    people = listing(shared.sort_values(["interview", "coder"])["coder"].unique())
    alphas = agreement[agreement["measure"] == ALPHA]
    overall, each = alphas[alphas["item"] == OVERALL].iloc[0], alphas[alphas["item"] != OVERALL]
    alpha_says = "ikke defineret" if np.isnan(overall["value"]) else number(overall["value"], 2)
    undefined = int(each["value"].isna().sum())
    codes, them = ("kode", "den") if undefined == 1 else ("koder", "dem")
    without = f" For {undefined} {codes} er alfa ikke defineret, fordi ingen har brugt {them}." if undefined else ""
    return (
        f"{talks} interview er kodet af flere personer hver for sig, {people}. De har taget stilling til"
        f" {number(each['n'].iloc[0], 0)} ture fra deltagerne og {len(each)} koder, i alt {number(overall['n'], 0)}"
        f" valg. Krippendorffs alfa over alle koder er **{alpha_says}**."
        f" Tallet er 1 ved fuld enighed og 0, hvor enigheden ikke er større, end et tilfælde giver.{without}"
        " Med så få interview er tallet et arbejdsredskab, ikke et bevis."
    )


def is_reflexive(study: Study) -> bool:
    """Tell whether the study takes the approach in which agreement between coders is no measure of quality."""
    return study.interviews is not None and study.interviews.approach == REFLEXIVE
