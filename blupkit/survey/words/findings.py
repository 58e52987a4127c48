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
    first_lower,
    first_upper,
    heading,
    listing,
    number,
    share,
    text_close,
)
from blupkit.disclosure import SafeTable, is_shown
from blupkit.disclosure.beside import Split
from blupkit.survey.measures.needs import GAP
from blupkit.survey.words.comparison import text_mirror
from blupkit.survey.words.phrases import (
    EXACT,
    ONLY_SHOWN,
    few,
    largest,
    named,
    near_the_top,
    not_shown,
    text_basis,
    text_ties,
    tied_first,
    to_be_better_at,
    wide_first,
)

TOP: Final = 3
#: What the numbers of the needs are, where the reader meets them first.
WHAT_GAPS: Final = " Tallet viser, hvor langt niveauet i gennemsnit ligger under vigtigheden."
#: More answers than these are not named where they are all chosen equally often.
_NAMED: Final = 3


def finding_needs(table: SafeTable, edition: Edition) -> str:
    """Say what the groups in the table most want to be better at: a heading.

    Only a need of which the numbers are sure is called "størst": nothing is hidden, few answers are behind none, and no
    other item's interval reaches up to it. Else it is "stort", which is true of it wherever it stands. Where the
    interval of the top itself reaches zero, the sentence says that nothing stands out.

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
    'Blandt lokalrådsmedlemmer er behovet stort for at søge fonde'
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
        return f"Ingen udviklingsbehov skiller sig klart ud blandt {who}"
    first = tied_first(shown)
    if len(first) > 1:
        return _alike_heading(first["label"].tolist(), who)
    sure = len(shown) == len(part) and not near_the_top(shown) and not few(first)
    how, what = ("størst" if sure else "stort"), _wished([str(top["label"])])
    return heading(
        f"Blandt {who} er behovet {how} {what}", f"{first_upper(how)} behov blandt {who}: {what.removeprefix('for ')}"
    )


def _wished(labels: list[str]) -> str:
    """Put what is needed behind "behovet er størst"; words that a participant may write herself are no part of it."""
    what = [to_be_better_at(label) for label in labels]
    return f"{'for' if all(each.startswith('at ') for each in what) else 'ved'} {listing(what)}"


def _alike_heading(labels: list[str], who: str) -> str:
    """Say that several needs are exactly as large, so that nothing decides between them."""
    some = f"{first_upper(count(len(labels)))} behov er lige store blandt {who}"
    return some if len(labels) > 2 else heading(f"Blandt {who} er behovet lige stort {_wished(labels)}", some)


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
        A sentence without full stop, of at most 16 words, on the groups in which a dimension stands out from others:
        "størst" where it is sure of all of them, else "stort". That none stands out where all others' intervals reach
        up to it, or where its own reaches zero; that there is no order where only one is shown; a polite one where
        nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_dimensions(release.dimensions, edition)
    'Der er kun ét område, så der er ingen rækkefølge'
    """
    rows = table.checked_for(edition).frame
    tops: dict[str, list[str]] = {}
    none: list[str] = []
    hidden: list[str] = []
    alone: list[bool] = []  # of each group with one dimension on the page: whether others are hidden
    sure = True
    for _, part in rows.groupby("group", sort=False):
        who = named(part, edition)
        shown = part[is_shown(part)].sort_values(["value", "label"], ascending=[False, True])
        first = tied_first(shown)
        near = near_the_top(shown) + 1 - len(first)
        if shown.empty:
            hidden.append(who)
        elif len(shown) == 1:
            alone.append(len(part) > 1)
        elif shown.iloc[0]["low"] <= 0 or near == len(shown) - len(first) > 1:
            none.append(who)
        else:
            tops.setdefault(listing(first_lower(str(label)) for label in first["label"]), []).append(who)
            sure &= len(shown) == len(part) and len(first) == 1 and near == 0 and not few(first)
    if tops:
        return _dimension_heading(tops, "størst" if sure else "stort")
    if none:
        return heading(
            f"Intet område skiller sig klart ud blandt {listing(wide_first(none))}", "Intet område skiller sig klart ud"
        )
    if alone:
        only = "Kun ét område kan vises" if any(alone) else "Der er kun ét område"
        return f"{only}, så der er ingen rækkefølge"
    what, asked = "behovene i hvert område", len(rows) > 0
    return heading(*(not_shown(what, who, measured=asked).rstrip(".") for who in (hidden, ())))


def _dimension_heading(tops: dict[str, list[str]], how: str) -> str:
    first, *others = (f"{listing(wide_first(who))} har {how} behov inden for {what}" for what, who in tops.items())
    if not others:
        return heading(first_upper(first), f"Behovet er {how} inden for {next(iter(tops))}")
    parts = [first, *(each.replace(f" har {how} behov", "", 1) for each in others)]
    return heading(first_upper(", ".join(parts)), "Grupperne har ikke størst behov inden for det samme")


class _Favourite(NamedTuple):
    """What a group chose most often, by how many, and how many other answers lie so close that chance may decide."""

    who: str
    what: str
    amount: str
    close: int
    basis: str


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
        amount = f"{'hver ' if len(top) > 1 else ''}{share(float(top['value'].iloc[0]), n)}"
        what = listing(f"»{label}«" for label in top["label"])
        if len(top) > _NAMED:  # a list of nearly all answers is no finding
            what = f"{count(len(top))} af svarene lige meget"
        told.append(_Favourite(name, what, amount, close_to(most, others), text_basis(top) if few(top) else ""))
    return told, silent


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
        A sentence on each group that may be shown, or one where they all chose the same; one on those in which other
        answers lie close to the top, and one on those that may not be shown. Shares that rest on fewer than 30 are told
        as counts.
    """
    told, silent = _favourites(table, edition)
    sentences = [_same_sentence(told)] if len({one.what for one in told}) == 1 < len(told) else []
    if not sentences:
        said = [f"{first_upper(one.who)} peger oftest på {one.what}: {one.amount}" for one in told]
        sentences = [f"{one.rstrip('.')}." for one in said]
    close = {favourite.who: favourite.close for favourite in told}
    ordered = {who: close[who] for who in wide_first(close)}
    sentences.append(text_close(ordered, "vælger et andet svar", "vælger andre svar").strip())
    sentences += dict.fromkeys(one.basis for one in told)
    if silent or not told:
        sentences.append(not_shown("fordelingen af svarene", silent))
    return " ".join(filter(None, sentences))


def _same_sentence(told: Sequence[_Favourite]) -> str:
    names = listing(wide_first(f"{one.who} ({one.amount})" for one in told))
    return f"{first_upper(names)} peger {'begge' if len(told) == 2 else 'alle'} oftest på {told[0].what}."


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
        A sentence without full stop, of at most 16 words, on the groups of which all answers may be shown: what they
        point at "oftest", or "ofte" where other answers lie close; a polite one where none is.
    """
    return heading(*_choice_headings(table, edition))


def _choice_headings(table: SafeTable, edition: Edition) -> list[str]:
    """Give the heading in more and in fewer words."""
    told, silent = _favourites(table, edition)
    if not told:
        return [not_shown("fordelingen af svarene").rstrip(".")]
    tops: dict[str, list[str]] = {}
    for favourite in told:
        tops.setdefault(favourite.what, []).append(favourite.who)
    groups = {what: wide_first(who) for what, who in tops.items()}
    often = "ofte" if any(favourite.close for favourite in told) else "oftest"
    full = contrast(groups, f"peger {often} på", "peger på")
    if len(told) == 1:
        return [full]
    # What groups of which nothing is said point at, nobody knows: "both" and "all" would count them in.
    those = f"de {count(len(told))} viste grupper" if silent else f"{count(len(told))} grupper"
    both = those if silent else "begge grupper" if len(told) == 2 else f"alle {those}"
    brief = contrast(groups, f"peger {often} på", "peger på", brief=True)
    if len(groups) == 1:
        return [full, f"{first_upper(both)} peger {often} på {told[0].what}"]
    shared, who = max(groups.items(), key=lambda each: len(each[1]))
    some = f"{first_upper(count(len(who)))} af {those} peger {often} på {shared}"
    return [full, brief, *([some] if len(who) > 1 else []), "Grupperne peger ikke på det samme"]


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
    return lambda table, edition: heading(*(f"{what}: {way}" for way in _choice_headings(table, edition)))


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
    - **Udviklingsbehov:** Tallet viser, hvor langt niveauet i gennemsnit ligger under vigtigheden.
    """
    bullets = []
    if others is None or len(needs.frame):
        wishes = "".join(f"\n    - {sentence}" for sentence in _need_sentences(needs, edition))
        bullets.append(f"**Udviklingsbehov:**{WHAT_GAPS if len(needs.shown) else ''}{wishes}")
    if mirror is not None and len(mirror.frame):
        bullets.append(f"**Samarbejdet set fra begge sider:** {text_mirror(mirror, edition)}")
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
        name = first_upper(named(part, edition))
        only = "" if len(shown) == len(part) else f" {ONLY_SHOWN}"
        if shown.empty:
            silent.append(named(part, edition))
        elif top.empty:
            sentences.append(f"**{name}:** Niveauet er gennemgående mindst lige så højt som vigtigheden.{only}")
        else:
            told = _top_sentence(top, edition.study.decimals)
            sentences.append(f"**{name}:** {told}{_near_sentence(shown, len(top))} {text_basis(top)}{only}")
    if silent or not sentences:
        sentences.append(not_shown("udviklingsbehov", silent, measured=bool(silent)))
    return sentences


def _top_sentence(top: pd.DataFrame, decimals: int) -> str:
    """Name the largest needs; of many that share the last place only how many they are."""
    last = top["value"].astype(float) - float(top["value"].iloc[-1]) < EXACT
    alike = int(last.sum()) if len(top) > TOP + 1 else 0
    parts = [
        f"{to_be_better_at(str(label))} ({number(value, decimals)})"
        for label, value, same in zip(top["label"], top["value"], last, strict=True)
        if not (alike and same)
    ]
    if alike:
        others = "andre, der" if parts else "kompetencer, der"
        parts.append(f"{count(alike)} {others} er lige store, {number(float(top['value'].iloc[-1]), decimals)}")
    return f"{first_upper(listing(parts))} ligger øverst.{'' if alike else text_ties(top)}"


def _near_sentence(shown: pd.DataFrame, told: int) -> str:
    """Say how many of the needs that are not named reach up to the first."""
    near = near_the_top(pd.concat([shown.head(1), shown.iloc[told:]]))
    others = "ét andet behov" if near == 1 else f"{count(near)} andre behov"
    return f" Forskellen til {others} er usikker." if near else ""
