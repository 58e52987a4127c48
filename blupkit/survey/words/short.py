"""The sentences of the short page: what is needed, how the two sides see each other, how they learn, what to talk of.

Each is made of what the release shows, and stands beside what it shows of all municipalities.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import ENOUGH_FOR_PERCENT, count, first_upper, listing, number, percent, share
from blupkit.disclosure import SafeTable, is_shown
from blupkit.survey.tables import SurveyRelease, mirror
from blupkit.survey.words.phrases import (
    ALIKE,
    ONLY_SHOWN,
    ended,
    few,
    named,
    not_shown,
    text_basis,
    to_be_better_at,
    wide_first,
)

#: How many questions to the table there are, at most.
QUESTIONS: Final = 3
#: How many needs of each group the page has: the questions are on those.
MOST: Final = 5


class _Seen(NamedTuple):
    """A statement on the cooperation as the two sides see it: the side that sees it in the better light first."""

    item: str
    label: str
    better: str
    worse: str
    high: float
    low: float

    @property
    def apart(self) -> float:
        return self.high - self.low


def text_short_needs(table: SafeTable, edition: Edition) -> str:
    """Say how the needs are to be read, and of whom none stand there.

    Parameters
    ----------
    table : SafeTable
        The gaps of what `needs` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One paragraph; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.disclosure import select
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_short_needs(select(release.needs, measure="Gab"), edition)[:69]
    'Tallet er forskellen på, hvor vigtigt noget er, og hvor godt de selv '
    """
    gaps = table.checked_for(edition).frame
    silent, content, some = [], [], False
    for _, part in gaps.groupby("group", sort=False):
        shown = part[is_shown(part)]
        some |= 0 < len(shown) < len(part)
        if shown.empty:
            silent.append(named(part, edition))
        elif not (shown["value"] > 0).any():
            content.append(named(part, edition))
    told = [not_shown("udviklingsbehov", silent)] if silent else []
    if content:
        told.append(f"Blandt {listing(wide_first(content))} er niveauet mindst lige så højt som vigtigheden.")
    if len(silent) + len(content) == gaps["group"].nunique():
        return " ".join(told)
    how = (
        "Tallet er forskellen på, hvor vigtigt noget er, og hvor godt de selv kan det. Jo større tal, jo større behov."
    )
    return " ".join([how, *told, *([ONLY_SHOWN] if some else [])])


def text_short_cooperation(release: SurveyRelease, edition: Edition) -> str:
    """Say where each side sees the cooperation in the better light, by the one largest difference each way.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages read.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence, and a bullet each way, in Markdown; a sentence where they see it alike; a polite one where nothing
        may be shown; "" where it was not asked.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> print(text_short_cooperation(*example_reader("alle")).splitlines()[-1])
    - »Tillid«: Kommunalt ansatte giver 3,9 og lokalrådsmedlemmer 2,8.
    """
    table = mirror(release.cooperation, edition.study).checked_for(edition)
    if table.frame.empty:
        return ""
    seen = _seen(table)
    if not seen:
        return not_shown("samarbejdet set fra begge sider")
    sides = {str(key): named(part, edition) for key, part in table.frame.groupby("group", sort=False)}
    lowest, highest = (number(float(table.frame[name].iloc[0]), 0) for name in ("lowest", "highest"))
    some = "" if len(seen) == table.frame["item"].nunique() else "Kun de udsagn, der kan vises, er med. "
    told = _widest_each_way(seen)
    if not told:
        return f"{some}{first_upper(listing(sides.values()))} ser nogenlunde ens på samarbejdet."
    asked = f"På en skala fra {lowest} til {highest} er forskellen størst her:"
    whole = {each.item: each for each in _seen(mirror(release.everywhere.cooperation, edition.study))}
    bullets = "\n".join(f"- {_seen_sentence(each, whole.get(each.item), sides, edition)}" for each in told)
    return f"{some}{asked}\n\n{bullets}{_few_answered(table, sides)}"


def _few_answered(table: SafeTable, sides: dict[str, str]) -> str:
    """Say which side's numbers rest on few answers, in a paragraph of its own; "" where none does."""
    parts = {sides[str(key)]: part for key, part in table.shown.groupby("group", sort=False)}
    told = [f"{first_upper(who)}: {text_basis(part)}" for who, part in parts.items() if few(part)]
    if len(told) == len(sides):
        told = [text_basis(table.shown)]
    return f"\n\n{' '.join(told)}" if told else ""


def _seen(table: SafeTable) -> list[_Seen]:
    """Give the statements of which both sides may be shown, in the order of the questionnaire."""
    sides: dict[str, list[tuple[float, str, str]]] = {}
    for item, *side in table.shown[["item", "value", "group", "label"]].itertuples(index=False):
        sides.setdefault(item, []).append(tuple(side))
    both_of = {item: sorted(each, key=lambda side: -side[0]) for item, each in sides.items() if len(each) > 1}
    return [
        _Seen(item, label, better, worse, float(high), float(low))
        for item, ((high, better, label), *_, (low, worse, _)) in both_of.items()
    ]


def _widest_each_way(seen: list[_Seen]) -> list[_Seen]:
    """Keep, for each side, the statement in which it is furthest above the other; the wider of the two first."""
    widest: dict[str, _Seen] = {}
    for each in sorted(seen, key=lambda each: -each.apart):
        if each.apart >= ALIKE:
            widest.setdefault(each.better, each)
    return list(widest.values())


def _seen_sentence(each: _Seen, whole: _Seen | None, sides: dict[str, str], edition: Edition) -> str:
    high, low, *of_all = (
        number(value, edition.study.decimals)
        for value in (each.high, each.low, *(_ends(whole, each.better) if whole else ()))
    )
    said = f"»{each.label}«: {first_upper(sides[each.better])} giver {high} og {sides[each.worse]} {low}."
    return f"{said} {first_upper(edition.everyone)}: {' mod '.join(of_all)}." if of_all else said


def _ends(seen: _Seen, first: str) -> tuple[float, float]:
    """Give what both sides say, one of them first."""
    return (seen.high, seen.low) if seen.better == first else (seen.low, seen.high)


def text_short_choices(table: SafeTable, beside: SafeTable, edition: Edition, what: str) -> str:
    """Say what each group chose most often, and how many of all did.

    Parameters
    ----------
    table : SafeTable
        What `choice_shares` measured for one question.
    beside : SafeTable
        What is shown of all municipalities together, to stand beside it.
    edition : Edition
        The reader.
    what : str
        What is not shown, where it is not.

    Returns
    -------
    str
        A bullet a group, in Markdown; polite where nothing may be shown. Where any answer of a group is hidden, the
        most frequent one may be among them, and nothing is said of the group.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> told = text_short_choices(release.questions.form, release.everywhere.questions.form, edition, "ønskerne")
    >>> told.splitlines()[0].replace(chr(160), " ")
    '- Kommunalt ansatte: »Studietur«, 9 af 10 eller 90 pct.'
    """
    rows = table.checked_for(edition).frame
    told, silent = [], []
    for _, part in rows.groupby("group", sort=False):
        top = _favourites(part)
        if top.empty:
            silent.append(named(part, edition))
            continue
        labels = listing(f"»{label}«" for label in top["label"])
        each = " hver" if len(top) > 1 else ""
        line = f"{first_upper(named(part, edition))}: {labels}, {_share(top.iloc[0])}{each}"
        told.append(f"- {ended(line)}{_share_of_all(top, beside, edition)}")
    if not told:
        return not_shown(what, silent)
    told += [f"- {first_upper(who)}: vises ikke af hensyn til fortroligheden." for who in silent]
    return "\n".join(told)


def _favourites(part: pd.DataFrame) -> pd.DataFrame:
    """Keep what a group chose most often, and whatever was chosen as often; nothing where an answer is hidden."""
    whole = bool(is_shown(part).all()) and part["value"].max() > 0
    return part[part["value"] == part["value"].max()] if whole else part.head(0)


def _share(row: pd.Series) -> str:
    """Write a share of few as a count and as per cent, so that it stands beside that of all."""
    n, value = int(row["n"]), float(row["value"])
    return percent(value) if n >= ENOUGH_FOR_PERCENT else f"{share(value, n)} eller {percent(value)}"


def _share_of_all(top: pd.DataFrame, beside: SafeTable, edition: Edition) -> str:
    """Say how many of all chose the same, where that is shown and not what stands there already."""
    rows = beside.checked_for(edition).shown
    if rows.empty or top["municipality"].iloc[0] != edition.key:
        return ""
    same = rows[(rows["group"] == top["group"].iloc[0]) & rows["label"].isin(top["label"])].set_index("label")
    if len(same) < len(top):
        return ""
    of_all = listing(percent(float(same.loc[label, "value"])) for label in top["label"])
    return f" {ended(f'{first_upper(edition.everyone)}: {of_all}')}"


def text_short_questions(
    gaps: SafeTable, beside: SafeTable, cooperation: SafeTable, choices: SafeTable, edition: Edition
) -> str:
    """Put questions to the table, drawn from what is found by rules that docs/vejledning.md tells.

    Parameters
    ----------
    gaps, beside : SafeTable
        The gaps of what `needs` measured, and those of all municipalities together, to stand beside them.
    cooperation : SafeTable
        What `mirror` set side by side.
    choices : SafeTable
        What `choice_shares` measured for the question on how they want to learn.
    edition : Edition
        The reader.

    Returns
    -------
    str
        At most three, as a numbered list in Markdown: on the largest difference in how the cooperation is seen, on the
        largest need, on the need that lies furthest above that of all, on how they learn; "" where none can be drawn.

    Examples
    --------
    >>> from blupkit.survey import mirror
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> sides, none = mirror(release.cooperation, edition.study), release.optional("none")
    >>> print(text_short_questions(none, none, sides, none, edition))
    1. Hvorfor ser I så forskelligt på »Tillid«?
    """
    found = islice(_questions(gaps, beside, cooperation, choices, edition), QUESTIONS)
    return "\n".join(f"{place}. {question}" for place, question in enumerate(found, start=1))


def _questions(
    gaps: SafeTable, beside: SafeTable, cooperation: SafeTable, choices: SafeTable, edition: Edition
) -> Iterator[str]:
    for seen in _widest_each_way(_seen(cooperation.checked_for(edition)))[:1]:
        yield f"Hvorfor ser I så forskelligt på »{seen.label}«?"
    needs = _needs(gaps, beside, edition)
    most = needs.head(1)
    for _, row in most.iterrows():
        yield f"Hvad kan hjælpe {_who(row, edition)} med {to_be_better_at(str(row['label']))}?"
    further = needs.drop(most.index).groupby("group", sort=False).head(MOST)
    further = further[further["further"] >= ALIKE].sort_values("further", ascending=False, kind="stable")
    for _, row in further.head(1).iterrows():
        label, where = row["label"], read_edition(edition.study, ALL).place
        yield f"»{label}« fylder mere for {_who(row, edition)} her end i {where}. Hvorfor?"
    yield from _learning_question(choices, edition)


def _who(row: pd.Series, edition: Edition) -> str:
    return edition.group_in(str(row["group"]), str(row["municipality"]))


def _needs(gaps: SafeTable, beside: SafeTable, edition: Edition) -> pd.DataFrame:
    """Give the needs of the reader's own groups that may be shown, the largest first, with how far above all's."""
    rows = gaps.checked_for(edition).shown
    rows = rows[rows["value"] > 0]
    own = rows["municipality"] == edition.key
    rows = rows[own] if own.any() else rows
    keys = ["group", "item"]
    of_all = beside.checked_for(edition).shown[[*keys, "value"]].rename(columns={"value": "everywhere"})
    needs = rows.merge(of_all, on=keys, how="left")
    needs["further"] = needs["value"].astype(float) - needs["everywhere"].astype(float)
    return needs.sort_values(["value", "label"], ascending=[False, True], ignore_index=True)


def _learning_question(choices: SafeTable, edition: Edition) -> Iterator[str]:
    rows = choices.checked_for(edition).frame
    tops = {named(part, edition): _favourites(part) for _, part in rows.groupby("group", sort=False)}
    wishes = {who: str(top["label"].iloc[0]) for who, top in tops.items() if len(top) == 1}
    who = wide_first(wishes)
    if len(set(wishes.values())) == 1 and len(who) > 1:
        yield f"{first_upper(listing(who))} vil helst lære ved »{wishes[who[0]]}«. Hvem inviterer, og hvornår?"
    elif len(who) > 1:
        first, *_, last = who
        yield f"{first_upper(first)} peger på »{wishes[first]}«, {last} på »{wishes[last]}«. Hvad kan I lære sammen?"


def text_short_brief(
    release: SurveyRelease, gaps: SafeTable, beside: SafeTable, choices: SafeTable, edition: Edition
) -> str:
    """Say what is found in a municipality, one number each: its largest need, the cooperation, how they want to learn.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages read.
    gaps, beside, choices : SafeTable
        As `text_short_questions` takes them.
    edition : Edition
        The reader.

    Returns
    -------
    str
        At most three bullets in Markdown, under a heading that counts them; "" where nothing may be told.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> print(text_short_brief(release, *[release.optional("none")] * 3, edition).splitlines()[-1])
    - **Samarbejde:** »Tillid«: Kommunalt ansatte giver 3,9 og lokalrådsmedlemmer 2,8.
    """
    table, whole = (mirror(each.cooperation, edition.study) for each in (release, release.everywhere))
    sides = {str(key): named(part, edition) for key, part in table.frame.groupby("group", sort=False)}
    everywhere = {each.item: each for each in _seen(whole)}
    found = [_need_found(row, edition) for _, row in _needs(gaps, beside, edition).head(1).iterrows()]
    found += [
        f"**Samarbejde:** {_seen_sentence(seen, everywhere.get(seen.item), sides, edition)}"
        for seen in _widest_each_way(_seen(table.checked_for(edition)))[:1]
    ]
    told = text_short_choices(choices, release.everywhere.questions.form, edition, "læringsønsker").splitlines()
    found += [f"**Læring:** {line.removeprefix('- ')}" for line in told[:1] if line.startswith("- ")]
    how_many = "Ét" if len(found) == 1 else first_upper(count(len(found)))
    where = "jeres kommune" if edition.municipality else edition.place
    return "\n".join([f"## {how_many} fund fra {where}", "", *(f"- {each}" for each in found)]) if found else ""


def _need_found(row: pd.Series, edition: Edition) -> str:
    what, decimals = to_be_better_at(str(row["label"])), edition.study.decimals
    everywhere = row["everywhere"]
    of_all = f" {first_upper(edition.everyone)}: {number(everywhere, decimals)}." if pd.notna(everywhere) else ""
    how = f"{'for' if what.startswith('at ') else 'ved'} {what}"
    return f"**Behov:** Blandt {_who(row, edition)} er behovet stort {how}: {number(row['value'], decimals)}.{of_all}"


def text_short_trust(release: SurveyRelease, edition: Edition) -> str:
    """Say in a line what the numbers can bear.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages read.
    edition : Edition
        The reader.

    Returns
    -------
    str
        Two or three sentences.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_short_trust(*example_reader("alle")).split(". ")[0]
    'Tallene viser, hvad de, der har svaret, mener'
    """
    hidden = any(table.hidden or len(table.coarse) for table in release.tables.values())
    kept_back = " Nogle tal er skjult, så ingen kan kendes." if hidden else ""
    return f"Tallene viser, hvad de, der har svaret, mener. Små forskelle kan være tilfældige.{kept_back}"
