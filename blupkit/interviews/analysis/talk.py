"""Where in the talk a theme lives, which themes are spoken of together, and who is heard."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.core.danish import count, first_upper, listing, percent
from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.interviews.analysis.counts import TURNS, coded_turns, direction_counts, participant_turns, text_turns
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.transcripts.register import read_register

#: Parts of a talk, and what each is called.
PARTS: Final = {"1": "Første fjerdedel", "2": "Anden fjerdedel", "3": "Tredje fjerdedel", "4": "Sidste fjerdedel"}
#: Direction of a coding → what it is called on a page.
DIRECTION_HEADS: Final = {
    "barriere": "Noget svært",
    "fremmer": "Noget, der hjælper",
    "forslag": "Forslag",
    "neutral": "Hverken eller",
}


def position_counts(codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count the turns with each theme in each quarter of the talk, over all interviews.

    A quarter is a quarter of all that was said, in words, so that it does not depend on whether a transcript has times.
    A turn belongs where its middle is; those who lead the talk take up room but do not count.

    Parameters
    ----------
    codings : pandas.DataFrame
        One coder's codings, or suggestions; not changed.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        Which themes there are.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = "1" to "4", item = the theme, measure "Ture"; n = the participants' turns there.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "role": "ansat", "group": "A", "words": [30, 10]})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"]}))
    >>> codings = pd.DataFrame({"interview": ["fg1"], "turn": [2], "theme": "1", "source": "kodet"})
    >>> position_counts(codings, turns, codes)[["group", "value", "n"]].values.tolist()
    [['1', 0.0, 0], ['2', 0.0, 1], ['3', 0.0, 0], ['4', 1.0, 1]]
    """
    whole = turns.groupby("interview")["words"].transform("sum").clip(lower=1)
    middle = (turns.groupby("interview")["words"].cumsum() - turns["words"] / 2) / whole
    quarter = (np.floor(middle * len(PARTS)).clip(0, len(PARTS) - 1) + 1).astype(int).astype(str)
    spoken = coded_turns(codings, turns).join(quarter.rename("part"))
    said = codings[["interview", "turn", "theme"]].drop_duplicates().merge(spoken, on=["interview", "turn"])
    found = said.groupby(["part", "theme"]).size().to_dict()
    size = spoken.groupby("part").size().to_dict()
    rows = [
        _count_row(part, str(theme), str(name), found.get((part, theme), 0), size.get(part, 0))
        for part in PARTS
        for theme, name in codebook.themes.itertuples(index=False, name=None)
    ]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def theme_pairs(codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count the turns in which two themes are spoken of together.

    Parameters
    ----------
    codings, turns, codebook
        As in `position_counts`.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = the number of one theme, item = the other one, measure "Ture"; n = the turns in which
        the theme of the column occurs. A pair stands once, with the theme that comes first in the codebook as the
        column; it has a row also when it never occurs. A theme with itself is all turns with it.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "role": "ansat", "group": "A"})
    >>> codes = Codebook(pd.DataFrame({"theme": ["1", "2"], "theme_name": ["Roller", "Tillid"]}))
    >>> codings = pd.DataFrame({"interview": "fg1", "turn": [1, 1, 2], "theme": ["1", "2", "1"], "source": "kodet"})
    >>> theme_pairs(codings, turns, codes)[["group", "item", "value", "n"]].values.tolist()
    [['1', '1', 2.0, 2], ['1', '2', 1.0, 2], ['2', '2', 1.0, 1]]
    """
    spoken = coded_turns(codings, turns)[["interview", "turn"]]
    said = codings[["interview", "turn", "theme"]].drop_duplicates().merge(spoken, on=["interview", "turn"])
    where = {theme: set(zip(part["interview"], part["turn"], strict=True)) for theme, part in said.groupby("theme")}
    heads = theme_heads(codebook)
    rows = [
        _count_row(first, second, heads[second], len(_both(where, first, second)), len(where.get(first, ())))
        for place, first in enumerate(heads)
        for second in list(heads)[place:]
    ]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def _both(where: dict[Any, set[Any]], first: str, second: str) -> set[Any]:
    return where.get(first, set()) & where.get(second, set())


def _count_row(group: str, item: str, label: str, value: int, n: int) -> tuple[object, ...]:
    return (ALL, group, item, label, TURNS, float(value), np.nan, np.nan, n, 0.0, float(max(n, 101)))


def finding_pairs(table: pd.DataFrame, codebook: Codebook, most: int = 2) -> str:
    """Say which two themes most often go together: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `theme_pairs` counted; not changed.
    codebook : Codebook
        The themes' names.
    most : int
        How many pairs may be named.

    Returns
    -------
    str
        One sentence.
    """
    names = dict(codebook.themes.itertuples(index=False, name=None))
    pairs = table[(table["value"] > 0) & (table["group"] != table["item"])]
    best = pairs.sort_values("value", ascending=False, kind="stable").head(most)
    if best.empty:
        return "Ingen temaer er nævnt i samme tur."
    told = [
        f"»{names[row['group']]}« og »{names[row['item']]}« ({text_turns(row['value'])})"
        for row in best.to_dict("records")
    ]
    return f"Oftest i samme tur: {'; dernæst '.join(told)}."


def theme_heads(codebook: Codebook) -> dict[str, str]:
    """Name the themes for a column's head: number and name.

    Parameters
    ----------
    codebook : Codebook
        The themes.

    Examples
    --------
    >>> theme_heads(Codebook(pd.DataFrame({"theme": ["2"], "theme_name": ["Tillid"]})))
    {'2': '2 Tillid'}
    """
    return {str(theme): f"{theme} {name}" for theme, name in codebook.themes.itertuples(index=False, name=None)}


def theme_numbers(codebook: Codebook) -> dict[str, str]:
    """Name the themes by number alone, for a column's head where their names stand in the rows."""
    return {str(theme): f"Tema {theme}" for theme in codebook.themes["theme"]}


def finding_directions(codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> str:
    """Say which theme is most often spoken of as hard, and which as a help: a heading.

    Parameters
    ----------
    codings, turns, codebook
        As in `position_counts`.

    Returns
    -------
    str
        One sentence.
    """
    table = direction_counts(codings, turns, codebook)
    told = []
    for direction, how in (("barriere", "noget svært"), ("fremmer", "noget, der hjælper")):
        here = table[table["group"] == direction]
        most = here["value"].max()
        if most > 0:
            themes = listing(f"»{name}«" for name in here.loc[here["value"] == most, "label"])
            told.append(f"om {themes} som {how} ({text_turns(most)}{'' if themes.count('»') == 1 else ' hver'})")
    if not told:
        return "Der er ikke sat retning på kodningerne."
    return f"Der tales oftest {listing(told)}."


def finding_positions(table: pd.DataFrame) -> str:
    """Say which theme each end of the talk is about: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `position_counts` counted; not changed.

    Returns
    -------
    str
        One sentence.
    """
    told = []
    for part, when in (("1", "først i samtalerne"), ("4", "til sidst")):
        here = table[table["group"] == part].sort_values("value", ascending=False, kind="stable")
        if len(here) and here["value"].iloc[0] > 0:
            told.append(f"{when} fylder »{here['label'].iloc[0]}« mest")
    return first_upper(", ".join(told)) + "." if told else "Ingen temaer er fundet i samtalerne."


def participants(turns: pd.DataFrame) -> pd.DataFrame:
    """Count how much each participant said, without telling who they are.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        interview, speaker, label ("Lokalråd 1": role, and a number within the interview in the order in which they
        first speak), turns, words, share (of what the participants of the interview said, 0-1).

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2, 3], "speaker": ["Bo", "Ida", "Bo"], "role": "ansat",
    ...     "group": "A", "words": [10, 20, 10]})
    >>> participants(turns)[["label", "turns", "words", "share"]].values.tolist()
    [['Ansat 1', 2, 20, 0.5], ['Ansat 2', 1, 20, 0.5]]
    """
    spoken = participant_turns(turns)
    people = spoken.groupby(["interview", "speaker"], sort=False).agg(
        role=("role", "first"), turns=("turn", "size"), words=("words", "sum")
    )
    people = people.reset_index()
    place = people.groupby(["interview", "role"]).cumcount() + 1
    people.insert(2, "label", people["role"].map(first_upper) + " " + place.astype(str))
    whole = people.groupby("interview")["words"].transform("sum").clip(lower=1)
    return people.drop(columns="role").assign(share=people["words"] / whole)


def text_silent(study: Study, turns: pd.DataFrame) -> str:
    """Name the participants of the register who never take the word, for the consultant.

    Parameters
    ----------
    study : Study
        Its register.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    str
        A sentence; "" where all are heard.
    """
    register = read_register(study)
    roles = set(study.interviews.roles) if study.interviews else set()
    invited = register[register["role"].isin(roles)]
    heard = set(zip(turns["interview"], turns["speaker"], strict=True))
    silent = [
        f"{line['name']} ({line['interview']})"
        for line in invited.to_dict("records")
        if (line["interview"], line["name"]) not in heard
    ]
    return f"I registret, men uden en eneste tur: {listing(silent)}." if silent else ""


def text_speaking(turns: pd.DataFrame) -> str:
    """Say how evenly the participants spoke, and how much those who led the talk did.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    str
        Two sentences; "" where nobody but those who lead the talk speaks.
    """
    people = participants(turns)
    words = int(turns["words"].sum())
    if people.empty or not words:
        return ""
    led = words - int(participant_turns(turns)["words"].sum())
    most, least = people["share"].max(), people["share"].min()
    talks = people["interview"].nunique()
    spans = (
        f"Den, der sagde mest, stod for {percent(100 * most)} af deltagernes ord i sit interview, og den, der"
        f" sagde mindst, for {percent(100 * least)}"
    )
    talk = "samtalen" if talks == 1 else f"de {count(talks)} samtaler"
    lead = f"De, der ledede {talk}, sagde {percent(100 * led / words)} af alle ord."
    return f"{spans} {lead}"
