"""Who answered, in Danish: how many of each group, and what share of those invited."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import count, first_upper, listing, many, number, percent
from blupkit.disclosure import SafeTable, is_shown
from blupkit.survey.measures.response import ANSWERS, INVITED, RATE
from blupkit.survey.tables import SurveyRelease


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
    rows = table.checked_for(edition).frame
    rows = rows[rows["measure"] == ANSWERS]
    sentences = []
    for place, part in rows.groupby("municipality", sort=False):
        shown = part[is_shown(part)]
        where = read_edition(edition.study, str(place)).place
        people = [
            many(int(value), edition.study.group(str(key)).singular.lower(), _plain_name(edition, str(key), str(place)))
            for key, value in zip(shown["group"], shown["value"], strict=True)
        ]
        if people:
            inside_place = f"I {where} har" if edition.study.municipalities else "I alt har"
            sentences.append(f"{inside_place} {listing(people)} svaret.")
        hidden = listing(_plain_name(edition, str(key), str(place)) for key in part.loc[~is_shown(part), "group"])
        if hidden:
            sentences.append(f"Hvor mange {hidden} der har svaret, vises ikke af hensyn til deltagernes fortrolighed.")
    return " ".join(sentences) or "Der er ingen besvarelser, der kan vises."


def text_so_far(table: SafeTable, edition: Edition) -> str:
    """Say how many have answered in one municipality while the survey runs: what its coordinator may know.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured, as it was decided.
    edition : Edition
        The municipality.

    Returns
    -------
    str
        A sentence on the groups that are shown there, and one on those that are not: it is the same whether few or many
        of them have answered.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> text_so_far(release.response, edition)
    'Indtil nu har 5 af 10 lokalrådsmedlemmer og 5 af 8 kommunalt ansatte svaret.'
    """
    told, untold = [], []
    for name, answered, invited in numbers_so_far(table, edition):
        if answered is None:
            untold.append(name)
        else:
            of = f" af {number(invited, 0)}" if invited is not None else ""
            told.append(f"{number(answered, 0)}{of} {name}")
    sentences = [f"Indtil nu har {listing(told)} svaret."] if told else []
    if untold:
        who = listing(untold)
        sentences.append(f"Hvor mange {who} der har svaret, vises ikke af hensyn til deltagernes fortrolighed.")
    return " ".join(sentences)


def numbers_so_far(table: SafeTable, edition: Edition) -> list[tuple[str, int | None, int | None]]:
    """Give how many of each group have answered in one municipality, and of how many who were invited.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured, as it was decided.
    edition : Edition
        The municipality.

    Returns
    -------
    list of tuple of str, int or None, int or None
        The group in the municipality's word; None where the number is not shown, or not known.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> numbers_so_far(release.response, edition)
    [('lokalrådsmedlemmer', 5, 10), ('kommunalt ansatte', 5, 8)]
    """
    rows = table.checked_for(edition).frame
    shown = rows[(rows["municipality"] == edition.key) & is_shown(rows)]
    numbers = {
        (str(group), str(measure)): int(value)
        for group, measure, value in zip(shown["group"], shown["measure"], shown["value"], strict=True)
        if pd.notna(value) and measure in (ANSWERS, INVITED)
    }
    return [
        (edition.group_name(key), numbers.get((key, ANSWERS)), numbers.get((key, INVITED)))
        for key in edition.study.group_keys
    ]


def _plain_name(edition: Edition, key: str, place: str) -> str:
    """Name the group without the place, which the sentence names."""
    return edition.group_name(key) if place == edition.key else edition.study.group(key).name


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
        Name and value, with the share of those invited where it is known; a group that may not be shown has
        "ikke vist".

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> [value.replace(chr(160), " ") for _, value in facts(release.response, edition)[:2]]
    ['maj 2022', '5 besvarelser, 50 pct. af 10 inviterede']
    """
    rows = table.checked_for(edition).frame
    found = [("Svarperiode", edition.study.period)]
    for (group, place), part in rows.groupby(["group", "municipality"], sort=False):
        mine = part[is_shown(part)].set_index("measure")
        found.append((first_upper(edition.group_in(str(group), str(place))), _fact(mine)))
    return found


def _fact(mine: pd.DataFrame) -> str:
    if ANSWERS not in mine.index:
        return "ikke vist"
    answered = many(int(mine["value"].to_dict()[ANSWERS]), "besvarelse", "besvarelser")
    rate = _whole_rate(mine)
    return answered if rate is None else f"{answered}, {percent(rate[0])} af {number(rate[1], 0)} inviterede"


def _whole_rate(mine: pd.DataFrame) -> tuple[float, float] | None:
    """Give a response rate that rests on all answers, and how many were invited; none where some are left out."""
    values = mine["value"].to_dict()
    known = [float(values.get(measure, float("nan"))) for measure in (RATE, INVITED)]
    if any(map(pd.isna, known)) or int(mine["left_out"].to_dict()[RATE]):
        return None
    return known[0], known[1]


def heading(needs: SafeTable, edition: Edition) -> str:
    """Give the page of answers the study's own heading, or one that fits what was asked.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured: without rows where the study did not ask for needs.
    edition : Edition
        The reader; its study has the heading (`overskrift`).

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> heading(release.needs, edition)
    'Hvad har I brug for?'
    """
    return edition.study.heading or ("Hvad har I brug for?" if len(needs.frame) else "Hvad har I svaret?")


def text_rates(table: SafeTable, edition: Edition) -> str:
    """Say of response rates what the front of the page has no room for, and which groups are told of together.

    Parameters
    ----------
    table : SafeTable
        What `response_rates` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence for each group whose rate is not known or leaves answers out; and on a municipality's page why some
        groups are told of for all municipalities together. "" where there is nothing to say.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_rates(release.response, edition)  # the front has both rates
    ''
    """
    rows = table.checked_for(edition).frame
    rates = []
    for (group, place), part in rows.groupby(["group", "municipality"], sort=False):
        mine = part[is_shown(part)].set_index("measure")
        if ANSWERS in mine.index and _whole_rate(mine) is None:
            rates.append(_rate_sentence(mine, edition.group_in(str(group), str(place))))
    return " ".join([*_each_once(rates), *_told_together(edition)])


def _told_together(edition: Edition) -> list[str]:
    if not (edition.municipality and edition.common_groups):
        return []
    together = listing(edition.study.group(key).name for key in edition.common_groups)
    return [f"Svar fra {together} vises kun for alle kommuner under ét, så den enkelte ikke kan genkendes."]


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

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_response(release.response, edition)[:74]
    'I begge kommuner har 10 lokalrådsmedlemmer og 10 kommunalt ansatte svaret.'
    """
    rows = table.checked_for(edition).frame
    visible = rows[(rows["measure"] == ANSWERS) & is_shown(rows)]
    rates = []
    for key, place in zip(visible["group"], visible["municipality"], strict=True):
        mine = rows[(rows["group"] == key) & (rows["municipality"] == place)].set_index("measure")
        rates.append(_rate_sentence(mine, edition.group_in(str(key), str(place))))
    return " ".join([who_answered(table, edition), *_each_once(rates), *_told_together(edition)])


def _each_once(rates: Sequence[tuple[str, str]]) -> list[str]:
    """Say of each group's rate what is left out of it, or once of them all where it is the same."""
    left_out = {each for _, each in rates}
    if len(rates) > 1 and len(left_out) == 1:
        return [*(rate for rate, _ in rates), *filter(None, left_out)]
    return [sentence for rate in rates for sentence in rate if sentence]


def _rate_sentence(mine: pd.DataFrame, name: str) -> tuple[str, str]:
    """Say of one group how large a share answered, and which municipalities are not counted in it."""
    numbers = {str(measure): float(value) for measure, value in mine["value"].items()}
    rate, invited = numbers.get(RATE, float("nan")), numbers.get(INVITED, float("nan"))
    if pd.isna(rate) or pd.isna(invited):
        return f"Svarprocenten for {name} er ikke opgjort, fordi antallet af inviterede ikke er kendt.", ""
    answered = round(rate * invited / 100)
    sentence = (
        f"Blandt {name} har {number(answered, 0)} af {number(invited, 0)} inviterede svaret, altså {percent(rate)}"
    )
    left_out = int(mine["left_out"].to_dict()[RATE])
    places = "én kommune" if left_out == 1 else f"{count(left_out)} kommuner"
    unknown = f"{first_upper(places)} er ikke talt med her, fordi antallet af inviterede ikke er kendt."
    return sentence, unknown if left_out else ""


def text_common_only(release: SurveyRelease, edition: Edition) -> str:
    """Say kindly on a municipality's page that it has no numbers of its own, and what it shows instead.

    It does not say whether nobody, few, or enough people answered: that would tell of numbers that are hidden.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages read, as `part_for` chose it.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One paragraph; "" on a page that shows numbers of its own, and on the common one.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_common_only(*example_reader())  # Nordby has numbers of its own
    ''
    """
    if edition.municipality is None or release.tells_of(edition.key):
        return ""
    here, everywhere = edition.place, read_edition(edition.study, ALL).place
    why = (
        f"**Ingen tal for {here} alene:** Det kan skyldes, at ingen eller kun få har svaret, eller at tallene kunne"
        " røbe, hvad nogen har svaret. Af hensyn til deltagernes fortrolighed siger siden ikke, hvad der er grunden."
        " Det siger intet om, hvordan det går i kommunen."
    )
    instead = f" I stedet viser siden resultaterne for {everywhere} under ét, hvor alle svar er talt med."
    return why + (instead if release.tells_of(ALL) else "")


def text_terms(edition: Edition) -> str:
    """Say what the council and the local bodies are called here, and which words stand for those of all municipalities.

    The study does not know whether a local body is "en" or "et", nor its plural: the sentence needs neither.

    Parameters
    ----------
    edition : Edition
        The reader.

    Returns
    -------
    str
        Three sentences; empty on the page for all.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> text_terms(edition)[:76]
    'Nordby Kommune ledes politisk af byrådet. De lokale organer kaldes lokalråd.'
    """
    municipality = edition.municipality
    if municipality is None:
        return ""
    seats = f" med {municipality.seats} medlemmer" if municipality.seats else ""
    bodies = {0: "De lokale organer", 1: "Det lokale organ"}.get(
        municipality.bodies or 0, f"De {count(municipality.bodies or 0)} lokale organer"
    )
    common = listing(f"»{group.name}«" for group in edition.study.groups)
    return (
        f"{municipality.name} ledes politisk af {municipality.council_definite}{seats}. {bodies} kaldes"
        f" {municipality.local_body}. Hvor tallene er fra flere kommuner, bruger siden de fælles ord {common}."
    )
