"""Findings in Danish sentences. They are made of safe tables only, so a hidden number can never be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import (
    close_to,
    contrast,
    count,
    first_upper,
    listing,
    number,
    share,
    text_close,
)
from blupkit.disclosure import SafeTable, is_shown
from blupkit.disclosure.beside import Split
from blupkit.survey.measures.needs import GAP
from blupkit.survey.words.comparison import finding_mirror
from blupkit.survey.words.phrases import (
    caution,
    count_span,
    inside,
    largest,
    named,
    near_the_top,
    not_shown,
    points,
    text_ties,
    tied_first,
    to_be_better_at,
    wide_first,
)

TOP: Final = 3


def finding_needs(table: SafeTable, edition: Edition) -> str:
    """Say what the groups in the table most want to be better at: a heading.

    Only the top is called "især". Where other items' intervals reach up to the top's, the sentence says that they lie
    close; where the interval of the top itself reaches zero, it says that nothing stands out.

    Parameters
    ----------
    table : SafeTable
        What `needs` measured, usually for one group.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence a group, without full stop; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_needs(release.needs, edition).split(". ")[0]
    'Lokalrådsmedlemmer efterspørger især at blive bedre til at søge fonde, men et andet ønske ligger tæt på'
    """
    rows = table.checked_for(edition).frame
    rows = rows[rows["measure"] == GAP]
    sentences = [_need_heading(part, edition) for _, part in rows.groupby("group", sort=False)]
    return ". ".join(sentences) or not_shown("udviklingsbehov", measured=False).rstrip(".")


def _need_heading(part: pd.DataFrame, edition: Edition) -> str:
    who = named(part, edition)
    shown = part[is_shown(part)].sort_values(["value", "label"], ascending=[False, True])
    if shown.empty:
        return not_shown("udviklingsbehov", [who]).rstrip(".")
    top = shown.iloc[0]
    if top["value"] <= 0 or top["low"] <= 0:
        return f"Ingen udviklingsbehov skiller sig klart ud blandt {who}{caution(shown.head(1))}"
    first = tied_first(shown)
    near = near_the_top(shown) + 1 - len(first)
    close = text_close({who: near}, "et andet ønske", "flere ønsker")
    wish = _wish(first["label"].tolist())
    verb, rest = wish.split(" ", 1)
    whole = len(shown) == len(part)
    said = f"{first_upper(who)} {wish}" if whole else f"Blandt de kompetencer, der kan vises, {verb} {who} {rest}"
    return f"{said}{close}{caution(shown.head(1))}"


def _wish(labels: list[str]) -> str:
    """Say what is wished for most: one thing, or several between which nothing decides."""
    how = "især" if len(labels) == 1 else "lige meget"
    what = [to_be_better_at(label) for label in labels]
    if all(each.startswith("at ") for each in what):
        return f"efterspørger {how} at blive bedre til {listing(what)}"
    return f"peger {how} på {listing(what if len(what) == 1 else [f'»{label}«' for label in labels])}"


def finding_dimensions(table: SafeTable, edition: Edition) -> str:
    """Say in which dimension each group's need is largest: a heading.

    Parameters
    ----------
    table : SafeTable
        What `dimension_gaps` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence without full stop on the groups in which a dimension stands out from others, and one on those in
        which some others' intervals reach up to it; that none stands out where all of them do, or where its own reaches
        zero; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_dimensions(release.dimensions, edition)
    'Behovet er størst inden for projekter blandt lokalrådsmedlemmer'
    """
    rows = table.checked_for(edition).frame
    tops: dict[str, list[str]] = {}
    none: list[str] = []
    hidden: list[str] = []
    close: dict[str, int] = {}
    whole = True
    for _, part in rows.groupby("group", sort=False):
        shown = part[is_shown(part)].sort_values(["value", "label"], ascending=[False, True])
        first = tied_first(shown)
        near = near_the_top(shown) + 1 - len(first)
        whole &= shown.empty or len(shown) == len(part)
        if shown.empty:
            hidden.append(named(part, edition))
        elif shown.iloc[0]["low"] <= 0 or near == len(shown) - len(first) > 1:
            none.append(named(part, edition))
        else:
            alike = " (lige meget)" if len(first) > 1 else ""
            what = listing(inside(str(label)) for label in first["label"]) + alike + caution(first)
            tops.setdefault(what, []).append(named(part, edition))
            close[named(part, edition)] = near
    if not tops and not none:
        return not_shown("behovene i hvert område", hidden).rstrip(".")
    if not tops:
        which = "Intet område" if whole else "Intet af de områder, der kan vises,"
        return f"{which} skiller sig klart ud blandt {listing(wide_first(none))}"
    parts = [f"{what} blandt {listing(wide_first(who))}" for what, who in tops.items()]
    # With "og" inside the parts a comma tells where one ends.
    near_tops = text_close({who: close[who] for who in wide_first(close)}, "et andet område", "andre områder")
    start = "Behovet er" if whole else "Blandt de områder, der kan vises, er behovet"
    return f"{start} størst inden for {', og inden for '.join(parts)}{near_tops}"


class _Favourite(NamedTuple):
    """What a group chose most often, by how many, and how many other answers lie so close that chance may decide."""

    who: str
    what: str
    amount: str
    close: int


def _favourites(table: SafeTable, edition: Edition) -> tuple[list[_Favourite], list[str]]:
    """Give each group's favourite, and the groups of which nothing may be said."""
    rows = table.checked_for(edition).frame
    told, silent = [], []
    for _, part in rows.groupby("group", sort=False):
        name = named(part, edition)
        # Where some of the answers are hidden, the most frequent one may be among them: nothing is said of the top.
        if not is_shown(part).all() or not part["value"].max() > 0:
            silent.append(name)
            continue
        first = part["value"] == part["value"].max()
        top, rest = part[first], part[~first]
        n = int(top["n"].iloc[0])
        most, others = top["value"].iloc[0] * n / 100, rest["value"] * n / 100
        amount = f"({share(float(top['value'].iloc[0]), n)}{' hver' if len(top) > 1 else ''}){caution(top)}"
        close = close_to(most, others)
        told.append(_Favourite(name, listing(f"»{label}«" for label in top["label"]), amount, close))
    return told, silent


def _close_answers(told: Sequence[_Favourite]) -> str:
    close = {favourite.who: favourite.close for favourite in told}
    return text_close({who: close[who] for who in wide_first(close)}, "et andet svar", "andre svar")


def text_choices(table: SafeTable, edition: Edition) -> str:
    """Say what each group chose most often.

    Parameters
    ----------
    table : SafeTable
        What `choice_shares` measured for one question.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence on all groups that may be shown, with those in which other answers lie close to the top, and one on
        those that may not. Shares that rest on fewer than 30 are told as counts.
    """
    told, silent = _favourites(table, edition)
    sentences = [f"{_choice_sentence(told)}{_close_answers(told)}."] if told else []
    if silent or not told:
        sentences.append(not_shown("fordelingen af svarene", silent))
    return " ".join(sentences)


def _choice_sentence(told: Sequence[_Favourite]) -> str:
    first, *others = told
    if others and all(other.what == first.what for other in others):
        names = listing(wide_first(f"{one.who} {one.amount}" for one in told))
        return f"{first_upper(names)} peger {'begge' if len(told) == 2 else 'alle'} oftest på {first.what}"
    more = [f"{other.who} på {other.what} {other.amount}" for other in others]
    return listing([f"{first_upper(first.who)} peger oftest på {first.what} {first.amount}", *more])


def finding_choices(table: SafeTable, edition: Edition) -> str:
    """Say in a heading what each group chose most often; `text_choices` says how many did.

    Parameters
    ----------
    table : SafeTable
        What `choice_shares` measured for one question.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence without full stop on the groups of which all answers may be shown, and one on those in which other
        answers lie close to the top; a polite one where none is.
    """
    told, _ = _favourites(table, edition)
    if not told:
        return not_shown("fordelingen af svarene").rstrip(".")
    tops: dict[str, list[str]] = {}
    for favourite in told:
        tops.setdefault(favourite.what, []).append(favourite.who)
    groups = {what: wide_first(who) for what, who in tops.items()}
    return contrast(groups, "peger oftest på", "peger på") + _close_answers(told)


def finding_about(what: str) -> Callable[[SafeTable, Edition], str]:
    """Let `finding_choices` begin with what the question was about, where the answers do not say it.

    Parameters
    ----------
    what : str
        For example "Lokalrådenes behov".

    Returns
    -------
    callable
        Takes what `finding_choices` takes, and gives its sentence after the words and a colon.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_about("Former")(release.questions.form, edition)
    'Former: Kommunalt ansatte peger oftest på »Studietur«'
    """
    return lambda table, edition: f"{what}: {finding_choices(table, edition)}"


def short_answer(
    edition: Edition,
    needs: SafeTable,
    mirror: SafeTable | None = None,
    formats: SafeTable | None = None,
    others: Sequence[Split] | None = None,
) -> str:
    """Give the page's short answer: a few bullets in Markdown, the needs with one below for each group.

    Parameters
    ----------
    edition : Edition
        The reader.
    needs : SafeTable
        What `needs` measured.
    mirror, formats : SafeTable, optional
        What `mirror`, and `choice_shares` for the learning formats, measured.
    others : sequence of Split, optional
        What `other_splits` set out: the first three are told of. Where it is given, needs that were not measured are
        not spoken of.

    Returns
    -------
    str
        Markdown. A group that may not be shown is told of politely, without a number.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> print(short_answer(edition, release.needs).splitlines()[0])
    - **Udviklingsbehov:**
    """
    bullets = []
    if others is None or len(needs.frame):
        wishes = "".join(f"\n    - {sentence}" for sentence in _need_sentences(needs, edition))
        bullets.append(f"**Udviklingsbehov:**{wishes}")
    if mirror is not None and len(mirror.frame):
        bullets.append(f"**Samarbejdet set fra begge sider:** {finding_mirror(mirror, edition)}")
    if formats is not None and len(formats.frame):
        bullets.append(f"**Foretrukne læringsformer:** {text_choices(formats, edition)}")
    bullets += [
        f"**{split.table.frame['question'].iloc[0]}** {text_choices(split.table, edition)}"
        for split in (others or [])[:TOP]
        if "question" in split.table.frame
    ]
    return "\n".join(f"- {bullet}" for bullet in bullets)


def _need_sentences(table: SafeTable, edition: Edition) -> list[str]:
    rows = table.checked_for(edition).frame
    rows = rows[rows["measure"] == GAP]
    sentences, silent = [], []
    for _, part in rows.groupby("group", sort=False):
        shown = part[is_shown(part)].sort_values(["value", "label"], ascending=[False, True])
        top = largest(shown[shown["value"] > 0], TOP)
        name = named(part, edition)
        if shown.empty:
            silent.append(name)
        elif top.empty:
            which = "" if is_shown(part).all() else ", i de kompetencer, der kan vises,"
            sentences.append(f"Blandt {name} er niveauet{which} gennemgående mindst lige så højt som vigtigheden.")
        else:
            sentences.append(_top_sentence(top, name, edition.study.decimals, whole=bool(is_shown(part).all())))
    if silent or not sentences:
        sentences.append(not_shown("udviklingsbehov", silent, measured=bool(silent)))
    return sentences


def _top_sentence(top: pd.DataFrame, name: str, decimals: int, *, whole: bool) -> str:
    first, *others = top["value"].tolist()
    amounts = [points(first, decimals), *(number(value, decimals) for value in others)]
    parts = [f"{to_be_better_at(str(label))} ({said})" for label, said in zip(top["label"], amounts, strict=True)]
    how_many = "det største" if len(top) == 1 else f"de {count(len(top))} største"
    start = f"{first_upper(how_many)} udviklingsbehov blandt {name} er"
    if not whole:
        start = f"Blandt de kompetencer, der kan vises, er {how_many} udviklingsbehov hos {name}"
    return f"{start} {listing(parts)}.{text_ties(top)} Tallene bygger på {count_span(top['n'])}{caution(top)}."
