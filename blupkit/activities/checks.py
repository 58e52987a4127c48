"""Everything that is wrong with the activities, in one table: in cells, between columns, and between files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from blupkit.activities.days import closed_on
from blupkit.activities.evaluating.checks import answered_once, rated_before_and_now
from blupkit.activities.layout import (
    ASK,
    BEFORE,
    CANCELLED,
    FORMS,
    FULFILLED,
    HELD,
    NOW,
    REFERENCES,
    TALK_FILES,
)
from blupkit.activities.naming import in_register, named_persons
from blupkit.activities.reading import Activities, Row, load_activities
from blupkit.activities.sending import read_sendings
from blupkit.activities.workshops.brief import clock, lasts, meets, programme_rows
from blupkit.core.errors import BlupkitError, Fault, Level, did_you_mean, fault_table, one_of
from blupkit.core.study import ALL, Study

if TYPE_CHECKING:
    import pandas as pd

#: A competence → the groups that were asked of it.
Asked = Mapping[str, Collection[str]]
#: What the survey's reading checks of `udsendelse.csv` itself.
_WHOM: Final = ("kommune", "gruppe", "antal_inviteret")
#: What a slide may show that is no table of the release.
OWN_WORDS, QUOTES = "egen", "citater"
#: With more words of her own than these, the handout of the conference is longer than its two sheets.
MOST_WORDS: Final = 400


def check_activities(
    study: Study,
    asked: Asked | None = None,
    tables: Collection[str] | None = None,
    named: Callable[[str], bool] | None = None,
) -> pd.DataFrame:
    """List everything that is wrong with the files of `aktiviteter/`, and with the days in `udsendelse.csv`.

    Parameters
    ----------
    study : Study
        The study.
    asked : mapping of str to collection of str, optional
        The competences of its survey, and the groups that were asked of each; without them that is not checked.
    tables : collection of str, optional
        The tables that its release may hold; without them the sources of the slides are not checked.
    named : callable, optional
        Tells of a text whether it points to anybody in the register of the interviews; without it that is not asked.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` returns; empty when all is well, or the study has no activities. Never raises.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> check_activities(example_study()).empty
    True
    """
    found = load_activities(study)
    checks = (
        *(_ids, _references, _meetings, _programmes, named_persons, _talks, _choices),
        *(_agreements, answered_once, rated_before_and_now, _order, _held_on, _handout),
    )
    faults = [*found.faults, *(fault for check in checks for fault in check(found))]
    faults += _sending(study)
    faults += _competences(found, asked) if asked is not None else []
    faults += _sources(found, tables) if tables is not None else []
    faults += in_register(found, named) if named is not None else []
    return fault_table(dict.fromkeys(faults))


def read_talks(study: Study) -> Activities:
    """Read the tables of the focus groups, with all that is wrong in them.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Activities
        With `fokusgrupper` and `samtaleguide`, and their faults only.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_talks(example_study()).tables
    {}
    """
    found = load_activities(study)
    own = {name: rows for name, rows in found.tables.items() if name in TALK_FILES}
    names = {found.names.get(name) for name in TALK_FILES}
    talks = Activities(study, own, found.names, [fault for fault in found.faults if fault.file in names])
    talks.faults += _talks(talks)
    return talks


def _talks(found: Activities) -> Iterator[Fault]:
    """A guide asks something, and a focus group ends after it starts and after its last day to answer."""
    guide = found["samtaleguide"]
    if "samtaleguide" in found.tables and not any(row["art"] == ASK for row in guide):
        what = "ingen spørgsmål" if guide else "ingen rækker"
        action = "Skriv samtalens dele, eller slet filen."
        yield Fault(found.names["samtaleguide"], what, "mindst ét spørgsmål", action)
    for row in found["fokusgrupper"]:
        yield from _ends_after(found, "fokusgrupper", row, "start", "slut")
        yield from _ends_after(found, "fokusgrupper", row, "frist", "dato")


def _sending(study: Study) -> Iterator[Fault]:
    """Warn of days that are none, or in the wrong order; whom it goes to, the survey's reading has checked."""
    with suppress(BlupkitError):  # it also tells of a file that cannot be read
        faults = read_sendings(study).found.faults
        yield from (replace(each, level=Level.WARNING) for each in faults if each.column not in _WHOM)


def _ids(found: Activities) -> Iterator[Fault]:
    """No id is used twice, no question of a form, and no competence's choice."""
    keys: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("workshops", "aftaler", "katalog", "afholdelser", "plan", "fokusgrupper"), ("id",)
    )
    keys |= {"skemaer": ("skema", "spoergsmaal"), "valg": ("kommune", "gruppe", "aktivitet"), "konference": ("nr",)}
    keys |= {"interesse": ("aktivitet",)}
    for file, columns in keys.items():
        seen: dict[tuple[Any, ...], int] = {}
        for row in found[file]:
            key = tuple(row[column] for column in columns)
            if None in key:
                continue
            first = seen.setdefault(key, row["række"])
            if first != row["række"]:
                told = ", ".join(map(str, key))
                expected, action = f"noget andet end i række {first}", "Giv rækken sit eget, eller slet den."
                yield found.fault(file, row, columns[-1], told, expected, action)


def _references(found: Activities) -> Iterator[Fault]:
    for file, rows in found.tables.items():
        for row in rows:
            for column, target in REFERENCES.items():
                if (file, column) != ("plan", "aktivitet"):
                    yield from _reference(found, file, row, column, found.ids(target))
            yield from _reference(found, file, row, "afholdes", [*found.ids("workshops"), *found.ids("afholdelser")])


def _reference(found: Activities, file: str, row: Row, column: str, known: list[str]) -> Iterator[Fault]:
    named = row.get(column) or ()
    allowed = [*known, ALL] if (file, column) == ("drejebog", "workshop") else known
    for one in (named,) if isinstance(named, str) else named:
        if one not in allowed:
            expected = one_of(dict.fromkeys(allowed)) or "et id, der findes"  # an id may stand twice
            yield found.fault(file, row, column, one, expected, did_you_mean(one, allowed, "Ret id'et."))


def _meetings(found: Activities) -> Iterator[Fault]:
    """Nothing ends before it starts, and nobody came who was not known to come."""
    for file, known_as in (("workshops", "inviteret"), ("afholdelser", "tilmeldt")):
        for row in found[file]:
            yield from _ends_after(found, file, row, "start", "slut")
            counts = {group: (row[f"{known_as}_{group}"], row[f"deltog_{group}"]) for group in found.study.group_keys}
            for group, (known, came) in counts.items():
                column = f"deltog_{group}"
                if isinstance(known, int) and isinstance(came, int) and came > known:
                    fault = found.fault(file, row, column, came, f"højst de {known}, der er {known_as}", "Se efter.")
                    yield replace(fault, level=Level.WARNING)
                if came is None and row["status"] == HELD:
                    action = "Skriv et antal, 0 eller ukendt."
                    yield found.fault(
                        file, row, column, "ingenting", f"hvor mange der deltog, når den er {HELD}", action
                    )
    for file, first, last in (("plan", "start", "slut"), ("lukkedage", "fra", "til")):
        for row in found[file]:
            yield from _ends_after(found, file, row, first, last)


def _programmes(found: Activities) -> Iterator[Fault]:
    """No two lines of a programme are at the same time, and all are while the workshop is held."""
    for workshop in found["workshops"]:
        hours = [workshop["start"], workshop["slut"]]
        if workshop["status"] == CANCELLED or None in hours or hours[1] < hours[0]:
            continue
        rows = programme_rows(found, workshop["id"])
        for before, row in pairwise(rows):
            if meets(before, row):
                expected = f"{clock(lasts(before)[1])} eller senere, når række {before['række']} er slut"
                action = "Ret klokkeslættet, eller gør rækken før kortere."
                yield found.fault("drejebog", row, "kl", clock(lasts(row)[0]), expected, action)
        first, last = (hour.hour * 60 + hour.minute for hour in hours)
        for row in rows:
            start, end = lasts(row)
            if start < first or end > last:
                expected = f"en tid mellem {_said(hours[0])} og {_said(hours[1])}, hvor {workshop['id']} holdes"
                action = f"Ret tiden, eller giv {workshop['id']} sine egne rækker."
                fault = found.fault("drejebog", row, "kl", f"{clock(start)}-{clock(end)}", expected, action)
                yield replace(fault, level=Level.WARNING)


def _ends_after(found: Activities, file: str, row: Row, first: str, last: str) -> Iterator[Fault]:
    if row[first] and row[last] and row[last] < row[first]:
        said = _said(row[first])
        yield found.fault(file, row, last, _said(row[last]), f"{said} eller senere", f"Ret {first} eller {last}.")


def _said(value: Any) -> str:  # noqa: ANN401  a day or a time, as it was typed
    return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else f"{value:%H.%M}"


def _agreements(found: Activities) -> Iterator[Fault]:
    for row in found["aftaler"]:
        if row["status"] == FULFILLED and row["status_dato"] is None:
            action = "Skriv, hvornår det er oplyst."
            yield found.fault("aftaler", row, "status_dato", "ingenting", f"en dato, når den er {FULFILLED}", action)


def _choices(found: Activities) -> Iterator[Fault]:
    """An activity is chosen for a group that it is for."""
    whom = {row["id"]: row["maalgruppe"] for row in found["katalog"]}
    for row in found["valg"]:
        groups = whom.get(row["aktivitet"])
        if groups and row["gruppe"] and row["gruppe"] not in groups:
            expected, action = f"{one_of(groups)}, som {row['aktivitet']} er for", "Ret gruppen, eller ret målgruppen."
            yield found.fault("valg", row, "gruppe", row["gruppe"], expected, action)


def _order(found: Activities) -> Iterator[Fault]:
    """Nothing waits for itself, and a line says the day that its workshop or session says."""
    after = {row["id"]: set(row["efter"]) for row in found["plan"] if row["id"]}
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        circle = error.args[1]
        row = next(row for row in found["plan"] if row["id"] in circle)
        told = " → ".join(map(str, reversed(circle)))
        yield found.fault("plan", row, "efter", told, "en rækkefølge uden ring", "Fjern et af id'erne.")
    held = {row["id"]: row["dato"] for file in ("workshops", "afholdelser") for row in found[file]}
    for row in found["plan"]:
        day = held.get(row["afholdes"])
        for column in ("start", "slut"):
            if day and row[column] and row[column] != day:
                action = "Ret den ene, eller lad cellen stå tom: Så gælder datoen dér."
                yield found.fault(
                    "plan", row, column, _said(row[column]), f"{_said(day)} som {row['afholdes']}", action
                )
            if not row["afholdes"] and row[column] is None:
                action = "Skriv datoen, eller id'et for workshoppen eller gangen i »afholdes«."
                yield from _once(found, row, column, action)


def _once(found: Activities, row: Row, column: str, action: str) -> Iterator[Fault]:
    """Tell of a missing day, where nothing is told of it yet."""
    told = {(fault.file, fault.row, fault.column) for fault in found.faults}
    if (found.names["plan"], row["række"], column) not in told:
        yield found.fault("plan", row, column, "ingenting", "en dato", action)


def _held_on(found: Activities) -> Iterator[Fault]:
    """Warn of what is held on a day when people are off."""
    for file in ("workshops", "afholdelser"):
        for row in found[file]:
            if row["dato"] is None or row["status"] == CANCELLED:
                continue
            for why in closed_on(row["dato"], *found.who_comes(file, row), found["lukkedage"]):
                expected, action = "en dag, hvor folk kan komme", "Se efter, om datoen er rigtig."
                fault = found.fault(file, row, "dato", f"{_said(row['dato'])}: {why}", expected, action)
                yield replace(fault, level=Level.WARNING)


def _handout(found: Activities) -> Iterator[Fault]:
    """Warn where the consultant's own words are more than two sheets have room for."""
    words = 0
    for row in sorted(found["konference"], key=lambda row: row["nr"] or 0):
        before, words = words, words + len(f"{row['overskrift'] or ''} {row['tekst'] or ''}".split())
        if before <= MOST_WORDS < words:
            expected = f"højst {MOST_WORDS} ord i overskrifter og tekster"
            action = "Skriv det kortere, ellers fylder støttearket mere end to sider."
            fault = found.fault("konference", row, "tekst", f"ord nr. {MOST_WORDS + 1}", expected, action)
            yield replace(fault, level=Level.WARNING, quotes=False)


def _competences(found: Activities, asked: Asked) -> Iterator[Fault]:
    """Each activity strengthens what its target group was asked about."""
    for row in found["katalog"]:
        for one in row["kompetencer"]:
            if one not in asked:
                action = did_you_mean(one, [*asked], "Ret navnet.")
                yield found.fault("katalog", row, "kompetencer", one, "en kompetence fra spørgeskemaet", action)
            elif row["maalgruppe"] and not set(row["maalgruppe"]) & set(asked[one]):
                expected = f"noget, som gruppe {one_of(row['maalgruppe'])} er spurgt om"
                action = "Tag den ud, eller ret målgruppen."
                yield found.fault("katalog", row, "kompetencer", one, expected, action)
    heads = dict.fromkeys(name for row in found["evaluering_laering"] for name in row if name.endswith((BEFORE, NOW)))
    for head in heads:
        one = head.removesuffix(BEFORE).removesuffix(NOW)
        if one not in asked:
            title, action = found.names["evaluering_laering"], did_you_mean(one, [*asked], "Ret navnet.")
            yield Fault(title, head, "en kompetence fra spørgeskemaet", action, 1, head)


def _sources(found: Activities, tables: Collection[str]) -> Iterator[Fault]:
    """Each slide shows a table of the release, approved quotes, or the consultant's own words."""
    groups = found.study.group_keys
    # What a slide shows → the table that it is made of; without rows there the consultant's words are all there is.
    made_of = {str(form): file for file, form in FORMS.items()} | {"katalog": "katalog", "interesse": "interesse"}
    together = made_of.keys() - {"workshop"}
    for row in found["konference"]:
        table, _, view = (row["kilde"] or OWN_WORDS).partition(":")
        empty = table == OWN_WORDS or (table in made_of and not found[made_of[table]])
        if empty and row["art"] != "titel" and not row["tekst"]:
            action = "Skriv, hvad der skal stå; en lodret streg (|) skiller punkter. Ellers står overskriften alene."
            fault = found.fault("konference", row, "tekst", "ingenting", "en tekst", action)
            yield replace(fault, level=Level.WARNING)
        allowed = [OWN_WORDS, QUOTES, *tables, *made_of]
        if table not in allowed:
            expected = "egen, citater, eller en tabel i udgivelsen, fx behov:faelles"
            action = did_you_mean(table, allowed, "Ret kilden.")
            yield found.fault("konference", row, "kilde", row["kilde"], expected, action)
        elif view and view not in (views := ["faelles", *([] if table in together else groups)]):
            expected = f"{table}:{one_of(views)}"
            yield found.fault("konference", row, "kilde", row["kilde"], expected, did_you_mean(view, views))
