"""The passages of a theme in full, with who said them and what was said around them; and two themes together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import listing, many
from blupkit.display import ResultTable
from blupkit.interviews.coding.passage import DIRECTION_HEADS, Source
from blupkit.interviews.exploring.asked import (
    find,
    find_code,
    find_direction,
    find_group,
    find_interview,
    find_theme,
    line,
    wrong,
)
from blupkit.interviews.exploring.coded_material import CodedMaterial, read_coded_material
from blupkit.interviews.exploring.material import ANSWER, INTERVIEW, Material, read_material

#: Turns before and after a place.
AROUND: Final = 3
_NO_DIRECTION: Final = "uden retning"
_DIRECTIONS: Final = [*DIRECTION_HEADS.values(), _NO_DIRECTION]


def passages(
    study: Study,
    theme: str = "",
    *,
    code: str = "",
    group: str = "",
    direction: str = "",
    with_theme: str = "",
    interview: str = "",
) -> ResultTable:
    """Læs alle passager om et tema i fuld længde, med hvem der siger dem, og hvad der blev sagt lige før og efter.

    Parameters
    ----------
    study : Study
        The study.
    theme, code : str
        Number or name; all themes and codes without them.
    group, direction, interview : str
        Only this group (key or name), direction ("barriere" or "Noget svært"), interview or open question.
    with_theme : str
        Only in turns, or open answers, in which this theme is spoken of too, as `theme_pairs` counts them.

    Returns
    -------
    ResultTable
        One row a passage: theme and code, source, title, turn, time or respondent, who (a label, never a name), group,
        municipality, direction, whether a person coded it or a pattern points to it, the passage, the whole turn, the
        turns before and after, and where any has it: whom it is about, the memo, the coder, and whether it was moved
        when the transcript was edited and nobody has confirmed it. Missing: a passage without a direction has "uden
        retning".

    Raises
    ------
    FileError, DataError
        There is no such theme, code, group, direction or interview, with the nearest one; or nothing can be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = passages(example_study(), "Økonomi", direction="fremmer")
    >>> table.frame[["Kode", "Hvem", "Passage", "Før"]].values.tolist()
    [['2.1 Puljer', 'Lokalråd 1', 'Men en pulje hjalp os sidste år.', 'Ansat 1: Vi har intet mandat.']]
    """
    read = read_coded_material(study)
    codebook = read.coded.codebook
    wanted = {
        "theme": find_theme(codebook, theme),
        "code": find_code(codebook, code),
        "direction": find_direction(direction),
        "group": find_group(study, group),
        "interview": find_interview(read.material, interview),
    }
    other = find_theme(codebook, with_theme, "with_theme")
    chosen = read.codings.assign(group=read.material.places["group"].iloc[read.codings["row"]].to_numpy())
    for column, value in wanted.items():
        chosen = chosen[chosen[column] == value] if value else chosen
    if other:
        chosen = chosen[chosen["row"].isin(read.codings.loc[read.codings["theme"] == other, "row"])]
    title = _title(study, read, wanted, other)
    frame = _frame(read, chosen)
    asked = {"theme": theme, "code": code, "group": group, "direction": direction, "with_theme": with_theme}
    marks = frame.groupby("Gruppe", observed=True).size().rename_axis("label").reset_index(name="value")
    said = (_counts(chosen, read), read.by_whom, *read.unread)
    call = line("passages", **asked, interview=interview)
    return read.material.result(title, frame, said, call, marks.assign(series=""), "Antal passager")


def together(study: Study, theme: str, other: str, *, neighbours: bool = False) -> ResultTable:
    """Læs de steder, hvor to temaer er fremme sammen.

    Parameters
    ----------
    study : Study
        The study.
    theme, other : str
        Number or name of each.
    neighbours : bool
        Also where one theme is spoken of in a turn, and the other in the participants' turn right before or after it.

    Returns
    -------
    ResultTable
        One row a turn or an open answer in which both are spoken of, as `theme_pairs` counts them (and with
        `neighbours` those in which one of them is, beside a turn with the other), with what is coded with each and the
        whole turn. The notes say how many there are of each kind.

    Raises
    ------
    FileError, DataError
        As `passages`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = together(example_study(), "Roller", "Økonomi")
    >>> table.frame[["Tur", "1 Roller", "2 Økonomi"]].values.tolist()
    [[2.0, 'Jeg kan ikke love noget.', 'Puljerne er svære at søge.']]
    """
    read = read_coded_material(study)
    codebook, places = read.coded.codebook, read.material.places
    keys = find_theme(codebook, theme), find_theme(codebook, other, "other")
    if not all(keys) or keys[0] == keys[1]:
        found = "det samme tema to gange" if all(keys) else "kun ét tema"
        raise wrong("other", found, "to forskellige temaer", "Vælg to.")
    first, second = (set(read.codings.loc[read.codings["theme"] == key, "row"]) for key in keys)
    both, near = first & second, _beside(first, second, read.material) if neighbours else set()
    rows = sorted(both | near)
    names = [f"{key} {codebook.theme_names[key]}" for key in keys]
    how = pd.CategoricalDtype(["samme tur", "naboture"], ordered=True)
    said: dict[str, list[str] | pd.Series] = {}
    for key, name in zip(keys, names, strict=True):
        own = read.codings[read.codings["theme"] == key].groupby("row")["quote"].agg(" […] ".join)
        said[name] = [str(own.get(row, "")) for row in rows]
    said["Hele turen"] = places["text"].iloc[rows].tolist()
    said["Hvordan"] = pd.Series(["samme tur" if row in both else "naboture" for row in rows], dtype=how)
    frame = read.material.places_of(rows, said)
    turns, answers = ((places["source"].iloc[sorted(both)] == source).sum() for source in (INTERVIEW, ANSWER))
    notes = [f"Begge temaer i {many(int(turns), 'tur', 'ture')} og {many(int(answers), 'åbent svar', 'åbne svar')}."]
    beside = near if neighbours else _beside(first, second, read.material)
    more, tail = many(len(beside - both), "tur", "ture"), "" if neighbours else " De vises med neighbours=True."
    notes.append(f"I {more} til er kun det ene tema fremme, og det andet er det i turen ved siden af.{tail}")
    title = " og ".join(f"»{codebook.theme_names[key]}«" for key in keys) + " sammen"
    call = line("together", theme, other, neighbours=neighbours)
    return read.material.result(title, frame, (*notes, read.by_whom, *read.unread), call)


def context(study: Study, interview: str, turn: int, *, around: int = AROUND) -> ResultTable:
    """Læs, hvad der blev sagt lige før og lige efter et sted i et interview.

    Parameters
    ----------
    study : Study
        The study.
    interview : str
        Its id or its title.
    turn : int
        The number of the turn.
    around : int
        How many turns before and after.

    Returns
    -------
    ResultTable
        One row a turn, in the order in which they were said, those of whoever leads the talk too. "Afstand" is how many
        turns after the place it is; 0 is the place itself.

    Raises
    ------
    DataError
        There is no such interview or turn.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> context(example_study(), "Gruppe 1", 3, around=1).frame[["Afstand", "Hvem", "Hele turen"]].values.tolist()[1]
    [0, 'Ansat 1', 'Vi har intet mandat.']
    """
    material = read_material(study)
    places = material.places
    said = places[places["source"] == INTERVIEW].drop_duplicates("interview")
    titles = zip(said["interview"], said["title"], strict=True)
    ident = find("interview", interview, {key: [title, key] for key, title in titles})
    row = material.row_of.get((ident, str(turn)))
    if row is None:
        last = int((places["interview"] == ident).sum())
        raise wrong("turn", str(turn), f"en tur fra 1 til {last}", "Ret nummeret.")
    near = places.iloc[max(0, row - around) : row + around + 1]
    near = near[near["interview"] == ident]
    frame = material.places_of(near.index, {"Hele turen": near["text"].tolist()})
    frame.insert(0, "Afstand", (near["number"] - turn).astype(int).to_numpy())
    title = f"{near['title'].iloc[0]}, omkring tur {turn}"
    return material.result(
        title, frame, (), line("context", interview, turn, around=around if around != AROUND else "")
    )


def _frame(read: CodedMaterial, codings: pd.DataFrame) -> pd.DataFrame:
    places, codebook = read.material.places, read.coded.codebook
    chosen = codings.reset_index(drop=True)
    rows, themes = chosen["row"].tolist(), list(dict.fromkeys(codebook.theme_names.values()))
    orders = {"Tema": themes, "Retning": _DIRECTIONS}
    said: dict[str, list[str] | pd.Series] = {
        "Passage": chosen["quote"],
        "Retning": chosen["direction"].map(DIRECTION_HEADS).fillna(_NO_DIRECTION),
        "Tema": chosen["theme"].map(codebook.theme_names),
        "Kode": [f"{code} {codebook.names[code]}" for code in chosen["code"]],
        "Hele turen": places["text"].iloc[rows].tolist(),
        "Før": _said(read.material, rows, -1),
        "Efter": _said(read.material, rows, 1),
        "Kodet eller foreslået": chosen["source"].map({Source.CODED: "kodning", Source.SUGGESTED: "forslag"}),
    }
    more = {
        "Om": chosen["about"],
        "Memo": chosen["memo"],
        "Koder": chosen["coder"],
        "Plads": chosen["id"].isin(read.moved).map({True: "flyttet, ikke bekræftet", False: ""}),
    }
    said |= {head: cells for head, cells in more.items() if (cells != "").any()}
    frame = read.material.places_of(rows, said)
    return frame.astype({head: pd.CategoricalDtype(order, ordered=True) for head, order in orders.items()})


def _said(material: Material, rows: list[int], step: int) -> list[str]:
    """Write the turns beside some, with who said them; an answer, and the first and the last turn, have none."""
    places = material.places
    said = [f"{label}: {text}" for label, text in zip(places["label"], places["text"], strict=True)]
    talks = places["interview"].where(places["source"] == INTERVIEW, "").tolist()
    beside = [row + step for row in rows]
    inside = [
        0 <= there < len(said) and talks[there] == talks[row] != "" for row, there in zip(rows, beside, strict=True)
    ]
    return [said[there] if near else "" for there, near in zip(beside, inside, strict=True)]


def _beside(first: set[int], second: set[int], material: Material) -> set[int]:
    """Give the turns with one theme next to which a participant speaks of the other."""
    places = material.places
    guests = places[(places["source"] == INTERVIEW) & ~places["host"]]
    numbers, talks = guests.index.tolist(), guests["interview"].tolist()
    found: set[int] = set()
    for place in range(len(numbers) - 1):
        one, next_one = numbers[place], numbers[place + 1]
        apart = (one in first and next_one in second) or (one in second and next_one in first)
        if talks[place] == talks[place + 1] and apart:
            found |= {one, next_one}
    return found


def _title(study: Study, read: CodedMaterial, wanted: dict[str, str], other: str) -> str:
    codebook = read.coded.codebook
    name = codebook.names.get(wanted["code"]) or codebook.theme_names.get(wanted["theme"])
    what = f"»{name}«" if name else "alle temaer"
    titles = dict(zip(read.material.places["interview"], read.material.places["title"], strict=True))
    where = [
        study.group(wanted["group"]).name if wanted["group"] else "",
        DIRECTION_HEADS.get(wanted["direction"], "").lower(),
        f"sammen med »{codebook.theme_names[other]}«" if other else "",
        titles.get(wanted["interview"], ""),
    ]
    return f"Passager om {what}" + "".join(f", {each}" for each in where if each)


def _counts(chosen: pd.DataFrame, read: CodedMaterial) -> str:
    places = read.material.places.iloc[chosen["row"].drop_duplicates()]
    said, written = places[places["source"] == INTERVIEW], places[places["source"] == ANSWER]
    talks, people = said["interview"].nunique(), len(said[["interview", "speaker"]].drop_duplicates())
    parts = [
        f"{many(len(said), 'tur', 'ture')} i {many(talks, 'interview', 'interview')}"
        f" ({many(people, 'deltager', 'deltagere')})",
        f"{many(len(written), 'åbent svar', 'åbne svar')}"
        f" ({many(written['respondent'].nunique(), 'person', 'personer')})",
    ]
    kept = [part for part, rows in zip(parts, (said, written), strict=True) if len(rows)]
    where = f" i {listing(kept)}" if kept else ""
    directions = Counter(chosen["direction"].map(DIRECTION_HEADS).fillna(_NO_DIRECTION).str.lower())
    how = f" Retning: {_each(directions, _DIRECTIONS)}." if len(chosen) else ""
    return f"{many(len(chosen), 'passage', 'passager')}{where}.{how}"


def _each(counts: Counter[str], order: Iterable[str]) -> str:
    return listing(f"»{name.lower()}« {counts[name.lower()]}" for name in order if counts[name.lower()])
