"""The longer Danish texts of a page: who answered, and how the numbers were made. From safe tables only."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import count, first_upper, listing, number, percent
from blupkit.disclosure import SafeTable, select_edition
from blupkit.disclosure.safe_table import is_shown
from blupkit.survey.measures.bootstrap import DRAWS
from blupkit.survey.measures.choices import DONT_KNOW_SHARE
from blupkit.survey.measures.needs import IMPORTANCE
from blupkit.survey.measures.response import ANSWERS, INVITED, RATE
from blupkit.survey.reading.screening import RULES

#: At most so many questions are named where many could not answer.
DONT_KNOW_TOLD: Final = 3


def who_answered(table: SafeTable, edition: Edition) -> str:
    """Say how many of each group answered.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One to three sentences; a group with too few answers is told of without its number.
    """
    rows = select_edition(table, edition).frame
    rows = rows[rows["measure"] == ANSWERS]
    sentences = []
    for place, part in rows.groupby("municipality", sort=False):
        shown = part[is_shown(part)]
        where = read_edition(edition.study, str(place)).place
        people = [
            f"{number(float(value), 0)} {_plain_name(edition, str(key), str(place))}"
            for key, value in zip(shown["group"], shown["value"], strict=True)
        ]
        if people:
            inside_place = f"I {where} har" if edition.study.municipalities else "I alt har"
            sentences.append(f"{inside_place} {listing(people)} svaret.")
        sentences += _few_sentence(part[~is_shown(part)], edition, str(place))
    return " ".join(sentences) or "Der er ingen besvarelser, der kan vises."


def _plain_name(edition: Edition, key: str, place: str) -> str:
    """Name the group without the place, which the sentence names."""
    return edition.group_name(key) if place == edition.key else edition.study.group(key).name


def _few_sentence(hidden: pd.DataFrame, edition: Edition, place: str) -> list[str]:
    names = [_plain_name(edition, str(key), place) for key in hidden["group"]]
    if not names:
        return []
    return [f"Antallet af besvarelser fra {listing(names)} vises ikke af hensyn til deltagernes fortrolighed."]


def text_terms(edition: Edition) -> str:
    """Say what the council and the local bodies are called here, and which words stand for those of all municipalities.

    Parameters
    ----------
    edition : Edition
        The reader.

    Returns
    -------
    str
        Two sentences; empty on the page for all.
    """
    municipality = edition.municipality
    if municipality is None:
        return ""
    seats = f" med {municipality.seats} medlemmer" if municipality.seats else ""
    bodies = f"{count(municipality.bodies)} " if municipality.bodies else ""
    common = listing(f"»{group.name}«" for group in edition.study.groups)
    return (
        f"{municipality.name} ledes politisk af {municipality.council_definite}{seats} og har {bodies}"
        f"{municipality.local_body}. Når tallene er fra flere kommuner, står her {common} om dem alle."
    )


def facts(table: SafeTable, edition: Edition) -> list[tuple[str, str]]:
    """Give the facts of the page's front block: the period, and how many of each group answered.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured.
    edition : Edition
        The reader.

    Returns
    -------
    list of tuple of str and str
        Name and value; a group that may not be shown has "ikke vist".
    """
    rows = select_edition(table, edition).frame
    rows = rows[rows["measure"] == ANSWERS]
    shown = is_shown(rows)
    whose = zip(rows["group"], rows["municipality"], strict=True)
    names = [first_upper(edition.group_in(str(key), str(place))) for key, place in whose]
    people = [
        f"{number(float(value), 0)} besvarelser" if seen else "ikke vist"
        for value, seen in zip(rows["value"], shown, strict=True)
    ]
    return [("Svarperiode", edition.study.period), *zip(names, people, strict=True)]


def text_response(table: SafeTable, edition: Edition) -> str:
    """Say who answered, and the response rate where it is known.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph. An unknown rate is "ikke opgjort"; a rate of all municipalities says how many are not in it. On a
        municipality's page it says why some groups are told of for all municipalities together.
    """
    rows = select_edition(table, edition).frame
    shown = rows[is_shown(rows) | (rows["measure"] != ANSWERS)]
    visible = rows[(rows["measure"] == ANSWERS) & is_shown(rows)]
    sentences = [who_answered(table, edition)]
    for key, place in zip(visible["group"], visible["municipality"], strict=True):
        mine = shown[(shown["group"] == key) & (shown["municipality"] == place)].set_index("measure")
        name = edition.group_in(str(key), str(place))
        sentences.append(_rate_sentence(mine, name))
    if edition.municipality and edition.common_groups:
        together = listing(edition.study.group(key).name for key in edition.common_groups)
        sentences.append(
            f"Svar fra {together} vises kun for alle kommuner under ét, så den enkelte ikke kan genkendes."
        )
    return " ".join(sentences)


def note_rates(table: SafeTable, edition: Edition) -> str:
    """Say under the response rates when a rate leaves answers out, so that nobody divides the columns in vain.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` gave, suppressed.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence; empty where every rate rests on all answers. Of one municipality `text_response` says that the
        number is not known.
    """
    rows = select_edition(table, edition).frame
    of_all = (rows["measure"] == RATE) & (rows["municipality"] == ALL)
    out = rows.loc[of_all, "left_out"].fillna(0) > 0
    return "Svarprocenten er regnet af de kommuner, hvor antallet af inviterede er kendt." if out.any() else ""


def _rate_sentence(mine: pd.DataFrame, name: str) -> str:
    numbers = {str(measure): float(value) for measure, value in mine["value"].items()}
    rate, invited = numbers.get(RATE, float("nan")), numbers.get(INVITED, float("nan"))
    if pd.isna(rate) or pd.isna(invited):
        return f"Svarprocenten for {name} er ikke opgjort, fordi antallet af inviterede ikke er kendt."
    answered = round(rate * invited / 100)
    sentence = f"Svarprocenten for {name} er {percent(rate)} ({number(answered, 0)} af {number(invited, 0)})."
    left_out = int(mine["left_out"].to_dict()[RATE])
    if left_out:
        places = "én kommune" if left_out == 1 else f"{count(left_out)} kommuner"
        sentence += f" {first_upper(places)} indgår ikke i den, fordi antallet af inviterede ikke er kendt."
    return sentence


#: Said on a municipality's page, which tells of its own answers only.
ELSEWHERE: Final = (
    "Svarene er kontrolleret efter faste regler, før de er talt op. Hvor mange svar reglerne har ramt, hvor mange der"
    " har svaret »ved ikke«, hvor godt spørgsmålene hænger sammen, og hvad vægtning betyder, er gjort op for alle"
    " kommuner under ét og står på den fælles side."
)


def text_dont_know(table: SafeTable, edition: Edition) -> str:
    """Say which questions many could not answer; that is a finding in itself.

    Parameters
    ----------
    table : SafeTable
        What `dont_know_shares` measured for all municipalities together.
    edition : Edition
        The reader; its study says from which share it is told of (`ved_ikke_andel`).

    Returns
    -------
    str
        A sentence a group, with at most three questions each, or one that says that there are none; nothing on a
        municipality's page, which does not depend on the others' answers.
    """
    if edition.municipality:
        return ""
    limit = 100 * edition.study.thresholds.dont_know
    rows = table.frame[(table.frame["municipality"] == ALL) & is_shown(table.frame)]
    many = rows[rows["value"] > limit].sort_values(["value", "label"], ascending=[False, True], kind="stable")
    if many.empty:
        return f"Der er ingen spørgsmål, hvor mere end {percent(limit)} af en gruppe har svaret »ved ikke«."
    sentences = []
    for group in [one.key for one in edition.study.groups if one.key in set(many["group"])]:
        part = many[many["group"] == group]
        whats = [
            f"{_asked(str(label), str(measure))} ({percent(float(value))})"
            for label, measure, value in zip(part["label"], part["measure"], part["value"], strict=True)
        ]
        rest = len(whats) - DONT_KNOW_TOLD
        more = [] if rest <= 0 else [f"{count(rest)} {'andet' if rest == 1 else 'andre'} spørgsmål"]
        who = first_upper(edition.group_in(group, ALL))
        sentences.append(f"{who} svarer ofte »ved ikke« til {listing([*whats[:DONT_KNOW_TOLD], *more])}.")
    return " ".join(sentences)


def _asked(label: str, measure: str) -> str:
    what = measure.removeprefix(DONT_KNOW_SHARE).strip(" ()")
    before = {"vigtighed": "vigtigheden af ", "niveau": "niveauet for "}.get(what)
    return f"{before}»{label}«" if before else f"»{label}« {what}".rstrip()


def text_method(table: SafeTable, edition: Edition, needs: SafeTable | None = None, draws: int = DRAWS) -> str:
    """Say how the numbers were made, from what was in fact done.

    Parameters
    ----------
    table : SafeTable
        What `screening_counts` counted.
    edition : Edition
        The reader; its study has thresholds and the words on the sample.
    needs : SafeTable, optional
        What `needs` measured, to name the scale.
    draws : int
        The bootstrap draws that were used.

    Returns
    -------
    str
        Markdown: paragraphs and one list of the rules that hit something.
    """
    screening = ELSEWHERE if edition.municipality else _screening_text(table)
    parts = [edition.study.frame, screening, _scale_text(needs), _interval_text(draws), _limits(edition)]
    return "\n\n".join(part for part in parts if part)


def _screening_text(table: SafeTable) -> str:
    rows = table.shown[(table.shown["municipality"] == ALL) & table.shown["value"].notna()]
    if rows.empty:
        return "Hvor mange besvarelser der er sat til side, vises ikke af hensyn til deltagernes fortrolighed."
    received = int(rows["n"].iloc[0])
    hits = rows[rows["value"] > 0]
    opening = f"Filen fra spørgeskemaet har {number(received, 0)} rækker."
    if hits.empty:
        return f"{opening} Ingen af dem er sat til side."
    lines = [
        f"- {first_upper(RULES[str(item)][0])}: {number(float(value), 0)} {_counted(int(value), RULES[str(item)][1])}"
        for item, value in zip(hits["item"], hits["value"], strict=True)
    ]
    return "\n".join([f"{opening} Svarene er kontrolleret efter faste regler:", "", *lines])


def _counted(n: int, note: str) -> str:
    return note.replace("besvarelser", "besvarelse") if n == 1 else note


def _scale_text(needs: SafeTable | None) -> str:
    if needs is None:
        return ""
    rows = needs.frame[needs.frame["measure"] == IMPORTANCE]
    if rows.empty:
        return ""
    low, high = number(float(rows["lowest"].min()), 0), number(float(rows["highest"].max()), 0)
    return (
        f"Vigtighed og nuværende niveau er vurderet på en skala fra {low} til {high}. Udviklingsbehovet (gabet) er"
        " vigtighed minus niveau, regnet ud for hver deltager, der har vurderet begge dele, og derefter taget som"
        " gennemsnit. MWDS vægter gabet med kompetencens gennemsnitlige vigtighed. RDS er andelen, der vurderer"
        " niveauet højere end vigtigheden, minus andelen, der vurderer det lavere; et negativt tal er et behov."
        " »Ved ikke« og ubesvarede spørgsmål indgår ikke i gennemsnittene."
    )


def _interval_text(draws: int) -> str:
    return (
        f"Usikkerheden er vist som 95\N{NO-BREAK SPACE}pct.-intervaller. De er fundet ved {number(draws, 0)} gange at"
        " trække et nyt udvalg blandt dem, der har svaret (bootstrap), og viser, hvor meget tallene afhænger af, hvem"
        " der netop har svaret. »Ligger tæt på« betyder for kompetencer og områder, at deres intervaller når"
        " hinanden, og for svar, at nogle få andre besvarelser kunne have vendt rækkefølgen."
        " Også andre forskelle kan være tilfældige."
    )


def _limits(edition: Edition) -> str:
    limits = edition.study.thresholds
    return (
        f"Tal for en gruppe vises ikke, når færre end {count(limits.min_n)} i den har svaret på spørgsmålet. Tal, der"
        " kunne røbe et skjult tal, vises heller ikke. Tal, der bygger på færre end"
        f" {count(limits.caution_n)} besvarelser, læses med varsomhed."
    )
