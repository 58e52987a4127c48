"""The order of needs in Danish: what stands first by which measure, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import count_of, first_upper, listing, number
from blupkit.disclosure import SafeTable, Status, is_shown
from blupkit.survey.measures.adjusting import HIDDEN_PART, POOLED, UNKNOWN_INVITED
from blupkit.survey.measures.needs import GAP
from blupkit.survey.measures.priorities import FIRST, RANK, quadrants
from blupkit.survey.words.phrases import ONE_SHOWN, ONLY_SHOWN, largest

#: How many pooled needs are named, and how many of the largest are held against the weighted ones ("de fem største").
_NAMED: Final = 3
_COMPARED: Final = 5
_UNPOOLED: Final = "Kompetencer med »–« i tabellen er ikke med, fordi for få kommuners tal kan bruges."
_WHY_NO_WEIGHTS: Final = {
    UNKNOWN_INVITED: "fordi antallet af inviterede ikke er kendt i alle kommuner",
    HIDDEN_PART: "fordi tallene ikke kan vises i alle kommuner",
}


def text_orders(table: SafeTable, edition: Edition) -> str:
    """Say which need each of the three measures puts first, where they disagree, and how sure the first place is.

    Parameters
    ----------
    table : SafeTable
        What `need_ranks` ranked.
    edition : Edition
        The reader.

    Returns
    -------
    str
        Markdown: one bullet a group; empty where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> print(text_orders(release.places, edition).splitlines()[1])
    - **Kommunalt ansatte:** Kun én kompetence kan vises, så der er ingen rækkefølge.
    """
    rows = table.checked_for(edition).frame
    shown, seen = rows[is_shown(rows)], is_shown(rows).groupby([rows["group"], rows["measure"]]).mean()
    bullets = []
    for group in [one.key for one in edition.study.groups if one.key in set(shown["group"])]:
        part = shown[shown["group"] == group]
        tops: dict[tuple[str, ...], list[str]] = {}
        for measure, name in RANK.items():
            first = _share_first(part[part["measure"] == name])
            if len(first):
                tops.setdefault(tuple(first["label"].astype(str)), []).append({GAP: "gabet"}.get(measure, measure))
        who = first_upper(edition.group_in(group, str(part["municipality"].iloc[0])))
        some = seen[group].between(0, 1, inclusive="neither").any()  # an order that is not there at all is not told of
        said = [_tops_sentence(tops), _sure_sentence(part), ONLY_SHOWN if some else ""]
        bullets.append(f"- **{who}:** {' '.join(filter(None, said)) if part['highest'].max() > 1 else ONE_SHOWN}")
    return "\n".join(bullets)


def _share_first(places: pd.DataFrame) -> pd.DataFrame:
    """Keep what stands first, and all that is exactly as large; an earlier version's release does not say it."""
    shared = places["shared"] if "shared" in places else places["value"]
    return places[shared == 1]


def _tops_sentence(tops: dict[tuple[str, ...], list[str]]) -> str:
    """Say what each measure puts first: one competence, or several that share the place."""
    if len(tops) == 1:
        labels, measures = next(iter(tops.items()))
        alike = "lige " if len(labels) > 1 else ""
        if len(measures) == 1:
            return f"Efter {measures[0]} står {_quoted(labels)} {alike}øverst."
        both = "" if alike else "begge " if len(measures) == 2 else "alle "
        return f"{first_upper(listing(measures))} sætter {both}{_quoted(labels)} {alike}øverst."
    parts = [
        f"{listing(measures)} sætter {_quoted(labels)}{' lige' if len(labels) > 1 else ''}"
        for labels, measures in tops.items()
    ]
    return f"Målene er ikke enige. {first_upper(parts[0])} øverst, mens {', og '.join(parts[1:])}."


def _quoted(labels: Iterable[str]) -> str:
    return listing(f"»{label}«" for label in labels)


def _sure_sentence(part: pd.DataFrame) -> str:
    first = _share_first(part[part["measure"] == RANK[GAP]])
    if first.empty:
        return ""
    alike = len(first) > 1
    if first["low"].isna().any():
        which = "sikre førstepladserne" if alike else "sikker førstepladsen"
        return f"Svarene er for få til at sige, hvor {which} efter gabet er."
    places = _other_places(int(first["low"].min()), int(first["high"].max()))
    if alike:
        shared = f"{_quoted(first['label'])} deler førstepladsen efter gabet."
        return f"{shared} Havde andre svaret, kunne hver af dem være {places} i stedet." if places else shared
    label = f"»{first['label'].iloc[0]}«"
    if not places:
        return f"Havde andre svaret, ville {label} med stor sandsynlighed stadig stå øverst efter gabet."
    return f"Havde andre svaret, kunne {label} efter gabet være {places} i stedet."


def _other_places(low: int, high: int) -> str:
    """Write the places that the first could have had instead; "" where there are none."""
    if high < 2:
        return ""
    low = max(low, 2)
    return f"nr. {low}" if low == high else f"nr. {low} eller {high}" if high == low + 1 else f"nr. {low}-{high}"


def text_places(table: SafeTable, edition: Edition) -> str:
    """Say how a place is to be read in a table: with the others it could have been, or alone, and then why.

    Parameters
    ----------
    table : SafeTable
        What `need_ranks` ranked.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph that tells of no way of writing that the table does not have; empty where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_places(release.places, edition)  # all answer alike, so that no draw orders them anew
    'Et nummer uden parentes blev det samme, næsten hver gang gennemsnittene blev trukket på ny.'
    """
    shown = table.checked_for(edition).shown
    rows = shown[shown["highest"] > 1]
    alone, ends = rows["low"].isna(), rows["low"] < rows["high"]
    sure = ~alone & ~ends
    unsure = [
        edition.group_in(str(group), str(part["municipality"].iloc[0]))
        for group, part in rows[alone].groupby("group", sort=False)
    ]
    too_few = (
        f"Blandt {listing(unsure)} er svarene {'dog ' if sure.any() else ''}for få til at sige, hvor sikkert et nummer"
        " uden parentes er."
    )
    told = {
        "»1 (1-4)« betyder, at kompetencen står som nummer 1, men også kunne være mellem nummer 1 og nummer 4.": ends,
        "Et nummer uden parentes blev det samme, næsten hver gang gennemsnittene blev trukket på ny.": sure,
        too_few: alone,
        "Læg derfor mere vægt på, hvad der ligger i toppen, end på den nøjagtige plads.": alone | ends,
    }
    return " ".join(said for said, holds in told.items() if holds.any())


def text_quadrants(needs: SafeTable, edition: Edition) -> str:
    """Name what each group finds more important than the rest and itself less able at than at the rest.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, as the release shows it.
    edition : Edition
        The reader.

    Returns
    -------
    str
        Markdown: one bullet a group, with the cross-hair; empty where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> print(text_quadrants(release.needs, edition).splitlines()[0])
    - **Lokalrådsmedlemmer:** »Søge fonde«. Grænserne er en vigtighed over 4,2 og et niveau under 2,7.
    """
    frame = needs.checked_for(edition).frame
    table, whole = quadrants(needs), is_shown(frame).groupby(frame["group"]).all()
    bullets = []
    for key in [group.key for group in edition.study.groups if group.key in set(table["group"])]:
        part = table[table["group"] == key]
        first = part[part["quadrant"] == FIRST].sort_values("importance", ascending=False, kind="stable")
        who = first_upper(edition.group_in(key, str(part["municipality"].iloc[0])))
        cuts = [number(float(part[f"cut_{side}"].iloc[0]), edition.study.decimals) for side in ("importance", "level")]
        what = listing(f"»{label}«" for label in first["label"]) or "Ingen kompetencer"
        only = "" if whole[key] else f" {ONLY_SHOWN}"
        bounds = f"Grænserne er en vigtighed over {cuts[0]} og et niveau under {cuts[1]}."
        said = f"{what}. {bounds}{only}" if len(part) > 1 else ONE_SHOWN
        bullets.append(f"- **{who}:** {said}")
    return "\n".join(bullets)


def text_pooling(table: SafeTable, edition: Edition) -> str:
    """Say what pooling does, whether municipalities differ at all, and which needs are largest after it.

    Parameters
    ----------
    table : SafeTable
        What `pooled_needs` computed.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph; on the page for all, and where nothing could be pooled, an empty one.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> text_pooling(release.pooled, edition)  # with two municipalities nothing is pooled
    ''
    """
    frame = table.checked_for(edition).frame
    pooled = frame[(frame["municipality"] == edition.key) & (frame["measure"] == POOLED)]
    rows = pooled[is_shown(pooled)]
    if rows.empty:
        return ""
    sentences = [
        "Når en kommune har få besvarelser, kan et tilfældigt udsving sætte en kompetence øverst. Derfor er gabet også"
        " regnet ud, så det trækkes mod gennemsnittet for alle kommuner, mere jo færre besvarelser der er. Det kaldes"
        " det udjævnede gab."
    ]
    for group in [one.key for one in edition.study.groups if one.key in set(rows["group"])]:
        part = rows[rows["group"] == group]
        top = largest(part.sort_values("value", ascending=False, kind="stable"), _NAMED)
        needs = [
            f"»{label}« ({number(value, edition.study.decimals)})"
            for label, value in zip(top["label"], top["value"], strict=True)
        ]
        sentences.append(f"Blandt {edition.group_name(group)} ligger {listing(needs)} så øverst.")
        lacking = pooled[(pooled["group"] == group) & ~is_shown(pooled)]["status"].isin([Status.HIDDEN, Status.COARSE])
        sentences += [said for said, needed in ((ONLY_SHOWN, lacking.any()), (_UNPOOLED, not lacking.all())) if needed]
    alike = [
        f"{count_of(int((part['between'] == 0).sum()), len(part))} blandt {edition.group_name(str(group))}"
        for group, part in rows.groupby("group", sort=False)
        if (part["between"] == 0).any()
    ]
    if alike:
        sentences.append(
            f"I nogle kompetencer er der ingen tegn på, at kommunerne er forskellige. Det gælder"
            f" {listing(alike)}. Her er det"
            " udjævnede gab det samme som for alle."
        )
    return " ".join(sentences)


def text_sensitivity(weighted: SafeTable, needs: SafeTable, edition: Edition) -> str:
    """Say whether weights would change the five largest needs of each group, and for whom it cannot be told.

    Only needs that are shown are weighed against each other, so that the sentence names no hidden one.

    Parameters
    ----------
    weighted : SafeTable
        What `weighted_places` ranked.
    needs : SafeTable
        What may be shown of `needs`.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One or two sentences on all municipalities together; nothing on a municipality's page.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_sensitivity(release.weighted, release.needs, edition)[65:116]
    'er de fem største udviklingsbehov de samme blandt l'
    """
    if edition.municipality:
        return ""
    shown = needs.checked_for(edition).shown
    shown = shown[shown["measure"] == GAP]
    same, changed, part_hidden = [], [], False
    unknown: dict[str, list[str]] = {UNKNOWN_INVITED: [], HIDDEN_PART: []}
    for key, part in shown.groupby("group", sort=False):
        name = edition.study.group(str(key)).name
        places = weighted.frame[["group", "item", "value", "lacks"]]
        every = part.merge(places, on=["group", "item"], suffixes=("", "_weighted"))
        both = every.dropna(subset="value_weighted")
        change = _change(both)
        part_hidden |= 0 < len(both) < len(every)
        if both.empty:
            unknown[HIDDEN_PART if (every["lacks"] == HIDDEN_PART).any() else UNKNOWN_INVITED].append(name)
        elif change:
            changed.append(f"Blandt {name} kommer {change}.")
        else:
            same.append(name)
    sentences = []
    if same or changed:
        kept = f"er de fem største udviklingsbehov de samme blandt {listing(same)}"
        outcome = kept if same else "ændres de fem største udviklingsbehov"
        sentences.append(f"Hvis hver kommune vægtes efter, hvor mange der er inviteret dér, {outcome}.")
        sentences += changed
    if part_hidden:
        sentences.append("Kompetencer, som ikke kan vises i alle kommuner, er ikke med i den sammenligning.")
    sentences += [
        f"For {listing(names)} kan det ikke beregnes, {_WHY_NO_WEIGHTS[why]}."
        for why, names in unknown.items()
        if names
    ]
    return " ".join(sentences)


def _change(both: pd.DataFrame) -> str:
    """Say which needs come in among the five, and which go out; "" where they are the same."""
    plain, weighted = (_first(both, column, ascending=column != "value") for column in ("value", "value_weighted"))
    new, old = (
        listing(f"»{label}«" for label in some if label not in others)
        for some, others in ((weighted, plain), (plain, weighted))
    )
    if not new:
        return ""
    return f"{new} ind i stedet for {old}" if old else f"{new} ind, lige med en af dem"


def _first(both: pd.DataFrame, column: str, *, ascending: bool) -> list[str]:
    """The five that stand first, and whatever shares the last of their places."""
    ordered = both.sort_values([column, "label"], ascending=[ascending, True])
    signed = ordered.assign(value=-ordered[column] if ascending else ordered[column])
    return [str(label) for label in largest(signed, _COMPARED)["label"]]
