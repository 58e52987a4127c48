"""What was said, in Danish sentences: counts of groups, participants and turns, never per cent."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import Edition, Study
from blupkit.core.danish import NO_BREAK, count, first_upper, listing, number
from blupkit.core.near_ties import close_to, text_close
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import TURNS, participant_turns, text_turns
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.codings import CODED

_NOTHING: Final = "Ingen af kodebogens temaer er fundet i interviewene."


def _one(value: int) -> str:
    """Write a count before a neuter noun: "ét tema"."""
    return "ét" if value == 1 else count(value)


def _theme(name: str) -> str:
    return f"»{name}«"


def finding_themes(spread: pd.DataFrame) -> str:
    """Say which themes run through all groups, and which one most participants speak of: a heading.

    Parameters
    ----------
    spread : pandas.DataFrame
        What `spread` counted; not changed.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"theme_name": ["Roller", "Tillid"], "groups": [4, 2], "all_groups": 4,
    ...     "participants": [11, 5], "all_participants": 16})
    >>> finding_themes(table)
    'Ét af de to temaer går igen i alle fire grupper: »Roller«. Flest deltagere taler om »Roller« (11 af 16 deltagere).'
    """
    if spread.empty or not spread["participants"].sum():
        return _NOTHING
    everywhere = spread[spread["groups"] == spread["all_groups"]]
    top = spread[spread["participants"] == spread["participants"].max()]
    of = f"{top['participants'].iloc[0]} af {top['all_participants'].iloc[0]} deltagere"
    if len(top) == len(spread) > 1:
        most = f"Lige mange deltagere taler om hvert tema ({of})."
    elif len(top) > 2:  # a list of nearly all themes is no finding
        most = ""
    else:
        most = f"Flest deltagere taler om {listing(map(_theme, top['theme_name']))} ({of})."
    return f"{_through(everywhere, spread)} {most}".strip() if spread["all_groups"].iloc[0] > 1 or not most else most


def _through(everywhere: pd.DataFrame, spread: pd.DataFrame) -> str:
    groups = spread["all_groups"].iloc[0]
    where = "begge grupper" if groups == 2 else f"alle {count(groups)} grupper"
    names = listing(map(_theme, everywhere["theme_name"]))
    if everywhere.empty:
        return f"Ingen temaer går igen i {where}."
    if len(everywhere) == len(spread):
        whole = {1: "Temaet", 2: "Begge temaer"}.get(len(spread), f"Alle {count(len(spread))} temaer")
        return f"{whole} går igen i {where}."
    return f"{first_upper(_one(len(everywhere)))} af de {count(len(spread))} temaer går igen i {where}: {names}."


def finding_groups_differ(table: SafeTable, edition: Edition) -> str:
    """Say which theme each group speaks of in most turns.

    Parameters
    ----------
    table : SafeTable
        What `theme_counts` counted by group.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence, and one on the groups in which other themes lie close; turns are told as counts, since the groups'
        turns are no sample.
    """
    rows = table.frame[(table.frame["measure"] == TURNS) & table.frame["value"].notna()]
    told, close = [], {}
    for key, part in rows.groupby("group", sort=False):
        if part["value"].max() > 0:
            first = part["value"] == part["value"].max()
            top = part[first]
            close[edition.group_name(str(key))] = close_to(float(top["value"].iloc[0]), part.loc[~first, "value"])
            each = " hver" if len(top) > 1 else ""
            amount = f"({number(top['value'].iloc[0], 0)} af {text_turns(int(top['n'].iloc[0]))}{each})"
            told.append((edition.group_name(str(key)), listing(map(_theme, top["label"])), amount))
    if not told:
        return _NOTHING
    near = text_close(close, "et andet tema", "andre temaer")
    if len(told) > 1 and len({what for _, what, _ in told}) == 1:
        both = "både " if len(told) == 2 else ""
        who = listing(f"{name} {amount}" for name, _, amount in told)
        return first_upper(f"{both}{who} taler oftest om {told[0][1]}{near}.")
    (name, what, amount), *others = told
    more = [f"{other} om {other_what} {other_amount}" for other, other_what, other_amount in others]
    return f"{listing([f'{first_upper(name)} taler oftest om {what} {amount}', *more])}{near}."


def text_interviews(turns: pd.DataFrame, study: Study) -> str:
    """Say who took part, how much was said, and which groups of the study did not take part.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    study : Study
        The groups' names.

    Returns
    -------
    str
        Two to four sentences. The length is told where all transcripts have times.
    """
    spoken = participant_turns(turns)
    sentences = [_who_took_part(spoken, turns, study), _how_much(turns)]
    absent = [group.name for group in study.groups if group.key not in set(turns["group"])]
    if absent and len(absent) < len(study.groups):
        others = "deres" if len(absent) == 1 else "disse gruppers"
        where = f" {first_upper(others)} syn kendes kun fra spørgeskemaet." if study.survey else ""
        sentences.append(f"{first_upper(listing(absent))} har ikke deltaget i interviewene.{where}")
    return " ".join(sentences)


def _who_took_part(spoken: pd.DataFrame, turns: pd.DataFrame, study: Study) -> str:
    people = spoken[["interview", "speaker", "group"]].drop_duplicates(["interview", "speaker"])
    interviews = turns["interview"].nunique()
    if not study.groups or people["group"].iloc[0] not in {group.key for group in study.groups}:
        what = "én udskrift" if interviews == 1 else f"{count(interviews)} udskrifter"
        return f"Materialet er {what} med {_people(len(people), 'taler', 'talere')}."
    together = people.groupby("interview").size().max() > 1
    kind = ("fokusgruppe", "fokusgrupper") if together else ("interview", "interview")
    one = "én" if together else "ét"
    what = f"{one} {kind[0]}" if interviews == 1 else f"{count(interviews)} {kind[1]}"
    parts = [
        _people(int((people["group"] == group.key).sum()), group.singular.lower(), group.name)
        for group in study.groups
        if (people["group"] == group.key).any()
    ]
    return f"Der er gennemført {what} med i alt {_people(len(people), 'deltager', 'deltagere')}: {listing(parts)}."


def _people(value: int, singular: str, plural: str) -> str:
    return f"{count(value)} {singular if value == 1 else plural}"


def _how_much(turns: pd.DataFrame) -> str:
    ends = turns.assign(last=turns["end"].fillna(turns["start"])).groupby("interview")["last"].max()
    several = len(ends) > 1
    text = f"{'Udskrifterne' if several else 'Udskriften'} rummer {number(int(turns['words'].sum()), 0)} ord"
    if ends.isna().any() or ends.empty:
        return f"{text}."
    minutes = [max(1, round(seconds / 60)) for seconds in ends]
    span = f"{min(minutes)}" if min(minutes) == max(minutes) else f"mellem {min(minutes)} og {max(minutes)}"
    unit = f"{NO_BREAK}minut" if span == "1" else f"{NO_BREAK}minutter"
    lasted = "samtalerne varede hver" if several and min(minutes) == max(minutes) else "samtalen varede"
    lasted = "samtalerne varede" if several and min(minutes) != max(minutes) else lasted
    return f"{text}, og {lasted} {span}{unit}."


def text_method_interviews(study: Study, codings: pd.DataFrame, codebook: Codebook) -> str:
    """Say how the interviews were coded, and what was done to the quotes.

    Parameters
    ----------
    study : Study
        The study.
    codings : pandas.DataFrame
        What `main_codings` or `read_codings` returned; not changed.
    codebook : Codebook
        The codes.

    Returns
    -------
    str
        Danish prose in three or four sentences.
    """
    themes, codes = len(codebook.themes), len(codebook.codes)
    size = f"{_people(codes, 'kode', 'koder')} fordelt på {_one(themes)} {'tema' if themes == 1 else 'temaer'}"
    coded = codings[codings["source"] == CODED]
    counted = (
        "Der tælles ture, deltagere og grupper, og den, der leder samtalen, tæller ikke med."
        " Det er tal for, hvor udbredt et tema er i samtalerne, og de kan ikke generaliseres til andre."
    )
    quotes = (
        "Citaterne er pseudonymiseret: Navne, steder og andre kendetegn er erstattet af betegnelser i kantede"
        " parenteser, og hvert citat er læst og godkendt, før det vises."
    )
    return " ".join([f"Kodebogen har {size}.", *_who_coded(study, coded), counted, quotes])


def _who_coded(study: Study, coded: pd.DataFrame) -> list[str]:
    if coded.empty:
        return [
            "Interviewene er endnu ikke kodet: Tallene bygger på forslag, som et program har fundet med kodebogens"
            " søgemønstre. Et forslag bliver først til en kode, når en person har læst stedet og taget stilling."
        ]
    whole = len(study.interviews.transcripts) if study.interviews else 0
    sentences = []
    for coder, part in coded.groupby("coder", sort=False):
        done = part["interview"].nunique()
        which = "alle interview" if done == whole > 1 else f"{_one(done)} af {_one(whole)} interview"
        which = "interviewet" if whole == 1 else which
        passages = "ét sted" if len(part) == 1 else f"{number(len(part), 0)} steder"
        sentences.append(f"Den person, der har kodet (koder {coder}), har læst {which} og kodet {passages}.")
    return [*sentences, "Programmets forslag er ikke koder og indgår ikke i tallene."]
