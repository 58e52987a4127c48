"""What the consultant asks of the year in one line: who came, what was agreed, what was learned, what comes next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import pandas as pd

from blupkit.activities.layout import AGREEMENT_STATES, FULFILLED, HELD, TOGETHER, UNSURE, parties_of
from blupkit.activities.plan import LATE, read_plan, when
from blupkit.activities.reading import Activities, Row, read_activities, reckoned_on
from blupkit.activities.workshops.agreements import is_overdue
from blupkit.core.danish import first_upper, listing, many, percent, short_date
from blupkit.core.study import Study
from blupkit.display import Drawing, ResultTable, Shape

PLACE, GROUP, STATE, PARTY = "Kommune", "Gruppe", "Status", "Ansvarlig part"
CAME, SHARE = "Deltog", "Deltog, pct."
AGREEMENTS, MET, UNKNOWN, OVERDUE = "Aftaler", "Opfyldt", "Ukendt", "Over fristen"
_PERSONS: Final = "En, der kom flere gange, er talt med hver gang: Tallene er deltagelser og ikke personer."
_OVERDUE: Final = (
    "Over fristen er aftaler, hvis frist er gået, og som hverken er opfyldt eller opgivet; også dem, hvor ingen har"
    " fortalt, hvordan det går."
)


class _Kind(NamedTuple):
    """One kind of meeting: its file, the column of those expected, and what is said of it."""

    file: str
    column: str
    expected: str
    held: tuple[str, str]
    none: str


_WORKSHOPS: Final = _Kind(
    "workshops",
    "inviteret",
    "Inviteret",
    ("workshop er holdt og talt med", "workshopper er holdt og talt med"),
    "Der er ingen workshopper.",
)
_SESSIONS: Final = _Kind(
    "afholdelser",
    "tilmeldt",
    "Tilmeldt",
    ("gang er holdt og talt med", "gange er holdt og talt med"),
    "Der er ingen læringsforløb.",
)


class _Cell(NamedTuple):
    """One group at one meeting."""

    name: str
    where: str
    expected: int | str | None
    came: int | str | None

    @property
    def known(self) -> bool:
        """Whether both numbers are."""
        return isinstance(self.expected, int) and isinstance(self.came, int)


def who_came(study: Study, *, by: Literal["kommune", "gruppe"] = "kommune", municipality: str = "") -> ResultTable:
    """Se, hvor mange der kom til workshopperne, af dem, der var inviteret.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/workshops.csv`.
    by : {"kommune", "gruppe"}
        One row a workshop, or a group.
    municipality : str
        The name of one; "" is all.

    Returns
    -------
    ResultTable
        Persons, and per cent (0-100) of the invited. Missing: a row in which a number is unknown or not typed has no
        sum and no share, and a note gives those of whom both are known. Only those that are held are in it; a note
        counts the others.

    Raises
    ------
    DataError
        A table is wrong, or there is no such municipality or way to count.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> who_came(example_study()).notes
    ('Der er ingen workshopper.',)
    """
    found = read_activities(study)
    place = found.meant("workshops", "kommune", municipality)
    rows = [row for row in found["workshops"] if place in ("", row["kommune"])]
    call = _call("who_came", by=by if by != "kommune" else "", municipality=municipality)
    head = found.one_of("by", by, {"kommune": PLACE, "gruppe": GROUP})
    return _attendance(found, _WORKSHOPS, rows, head, "Hvem kom til workshopperne", call)


def who_learned(study: Study, *, by: Literal["gang", "aktivitet", "gruppe"] = "gang") -> ResultTable:
    """Se, hvor mange der kom til læringsforløbene, af dem, der var tilmeldt.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/afholdelser.csv`, with titles from `katalog.csv`.
    by : {"gang", "aktivitet", "gruppe"}
        One row a session, an activity, or a group.

    Returns
    -------
    ResultTable
        Attendances, not persons: who came twice counts twice. Missing as in `who_came`.

    Raises
    ------
    DataError
        As in `who_came`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> who_learned(example_study()).notes
    ('Der er ingen læringsforløb.',)
    """
    found = read_activities(study)
    titles = {"gang": "Gang", "aktivitet": "Aktivitet", "gruppe": GROUP}
    call = _call("who_learned", by=by if by != "gang" else "")
    head = found.one_of("by", by, titles)
    return _attendance(found, _SESSIONS, found["afholdelser"], head, "Hvem kom til læring", call)


def count_agreements(
    study: Study, *, by: Literal["status", "part", "kommune"] = "status", municipality: str = "", today: str = ""
) -> ResultTable:
    """Tæl aftalerne efter status, ansvarlig part eller kommune, og hvor mange der er over fristen.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/aftaler.csv`.
    by : {"status", "part", "kommune"}
        What the rows are.
    municipality : str
        The name of one; "" is all.
    today : str
        As in `read_plan`.

    Returns
    -------
    ResultTable
        Every agreement, also those that no page shows. Overdue is one whose day has passed without it being fulfilled
        or given up; of an unknown one it is not known, and it is counted as overdue. Nothing is missing.

    Raises
    ------
    DataError
        As in `who_came`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> count_agreements(example_study()).frame["Aftaler"].tolist()
    [0, 0, 0, 0, 0, 0]
    """
    found = read_activities(study)
    head = found.one_of("by", by, {"status": STATE, "part": PARTY, "kommune": PLACE})
    frame, notes = _agreements(found, municipality, today)
    ones = frame.assign(**{AGREEMENTS: 1})
    ones[MET], ones[UNKNOWN] = frame[STATE] == FULFILLED, frame[STATE] == UNSURE
    heads = [AGREEMENTS, *([] if head == STATE else [MET, UNKNOWN]), OVERDUE]
    sums = ones.groupby(head, observed=False)[heads].sum().astype(int).reset_index()
    met, every = int(ones[MET].sum()), len(ones)
    of_all = [f"{met} af {many(every, 'aftale', 'aftaler')} er opfyldt."] if every else ["Der er ingen aftaler."]
    marks = pd.DataFrame({"label": sums[head], "series": "", "value": sums[AGREEMENTS].astype(float)})
    call = _call("count_agreements", by=by if by != "status" else "", municipality=municipality, today=today)
    return _result(study, f"Aftaler efter {head.lower()}", sums, [*of_all, *notes], call, marks if every else None)


def find_agreements(
    study: Study,
    *,
    status: str = "",
    party: str = "",
    municipality: str = "",
    overdue: bool = False,
    today: str = "",
) -> ResultTable:
    """Se aftalerne, som de er skrevet, med frist og status.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/aftaler.csv`.
    status, party, municipality : str
        Only those of this status, of this responsible party, of this municipality; "" is all.
    overdue : bool
        Only those whose day has passed without them being fulfilled or given up.
    today : str
        As in `read_plan`.

    Returns
    -------
    ResultTable
        By deadline. Missing: an empty cell where nothing is typed.

    Raises
    ------
    DataError
        A table is wrong, or there is no such status, party or municipality; the nearest is named.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> find_agreements(example_study(), overdue=True).frame.empty
    True
    """
    found = read_activities(study)
    frame, notes = _agreements(found, municipality, today)
    for head, column, asked in ((STATE, "status", status), (PARTY, "ansvarlig_part", party)):
        frame = frame[frame[head] == found.meant("aftaler", column, asked)] if asked else frame
    frame = frame[frame[OVERDUE] > 0] if overdue else frame
    call = _call("find_agreements", status=status, party=party, municipality=municipality, overdue=overdue, today=today)
    shown = frame.drop(columns=OVERDUE).reset_index(drop=True)
    title = "Aftaler over fristen" if overdue else "Aftaler"
    return _result(study, title, shown, [f"{many(len(shown), 'aftale', 'aftaler')} er vist her.", *notes], call)


def find_planned(
    study: Study, which: Literal["alle", "næste", "forsinket"] = "næste", *, today: str = ""
) -> ResultTable:
    """Se planens linjer: dem, der er i gang eller begynder inden for fire uger, dem, der er forsinkede, eller alle.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/plan.csv`.
    which : {"næste", "forsinket", "alle"}
        Which lines.
    today : str
        As in `read_plan`.

    Returns
    -------
    ResultTable
        By day; with what stands in a line's way. Missing: an empty cell where there is nothing to say.

    Raises
    ------
    DataError
        A table is wrong, or the day is none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> find_planned(example_study(), "alle").frame.columns[:3].tolist()
    ['Aktivitet', 'Fase', 'Hvornår']
    """
    plan = read_plan(study, today)
    titles = {"næste": "Planen: de næste fire uger", "forsinket": "Planen: forsinket", "alle": "Hele planen"}
    title = read_activities(study).one_of("which", which, titles)
    lines = {"næste": plan.next, "forsinket": plan.standing(LATE), "alle": list(plan.lines)}[which]
    rows = [
        (line.title, line.phase, when(line.start, line.end), line.role, ", ".join(line.helpers), line.standing,
         "; ".join(line.remarks))
        for line in lines
    ]  # fmt: skip
    heads = ["Aktivitet", "Fase", "Hvornår", "Ansvarlig", "Medvirker", STATE, "I vejen"]
    notes = [f"{many(len(lines), 'linje', 'linjer')} af {len(plan.lines)} i planen, {_as_of(plan.today)}."]
    call = _call("find_planned", *([which] if which != "næste" else []), today=today)
    return _result(study, title, pd.DataFrame(rows, columns=heads, dtype=object), notes, call)


def agreement_words(study: Study) -> tuple[list[str], list[str]]:
    """Give the parties that an agreement may rest with, and how far it may be.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> agreement_words(example_study())[0]
    ['lokalrådene', 'forvaltningen', 'fælles']
    """
    return [*parties_of(study), TOGETHER], [*AGREEMENT_STATES]


def _attendance(found: Activities, kind: _Kind, rows: list[Row], head: str, title: str, call: str) -> ResultTable:
    """Count who was expected and who came, for each row of the table; a sum with a gap in it is none."""
    if not rows:
        frame = pd.DataFrame(columns=[head, kind.expected, CAME, SHARE])
        return _result(found.study, title, frame, [kind.none], call)
    held = sorted((row for row in rows if row["status"] == HELD), key=lambda row: (row["dato"], row["start"]))
    states = [row["status"] for row in rows if row["status"] != HELD]
    others = listing(f"{states.count(state)} er {state}" for state in dict.fromkeys(states))
    cells = [cell for row in held for cell in _cells(found, kind, row, head)]
    order = list(dict.fromkeys(cell.name for cell in cells))
    parts = {name: [cell for cell in cells if cell.name == name] for name in order}
    frame = pd.DataFrame(
        {
            head: pd.Categorical(order, order, ordered=True),
            kind.expected: [_sum(cell.expected for cell in own) for own in parts.values()],
            CAME: [_sum(cell.came for cell in own) for own in parts.values()],
        }
    )
    frame[SHARE] = 100 * frame[CAME] / frame[kind.expected].where(frame[kind.expected] > 0)
    notes = [
        f"{many(len(held), *kind.held)}{f'; {others}' if others else ''}.",
        *(_known_part(name, own, kind) for name, own in parts.items() if not all(cell.known for cell in own)),
        *([_PERSONS] if kind is _SESSIONS else []),
    ]
    marks = frame.melt(head, [kind.expected, CAME], "series").rename(columns={head: "label"})
    return _result(found.study, title, frame, notes, call, marks if held else None)


def _cells(found: Activities, kind: _Kind, row: Row, head: str) -> Iterable[_Cell]:
    """Give each group at a meeting, under the name of the row of the table that it belongs to."""
    titles = {one["id"]: one["titel"] for one in found["katalog"]}
    town = found.study.municipality(row["kommune"]) if kind is _WORKSHOPS else None
    what = town.short if town else str(titles.get(row["aktivitet"], row["aktivitet"]))
    own = {PLACE: what, "Aktivitet": what, "Gang": f"{short_date(row['dato'])}: {what}"}
    for group in found.study.group_keys:
        name = found.study.group(group).name
        where = name if head in own else what
        numbers = row[f"{kind.column}_{group}"], row[f"deltog_{group}"]
        yield _Cell(own.get(head, first_upper(name)), where, *numbers)


def _sum(numbers: Iterable[int | str | None]) -> float:
    """Add numbers; where one is not known, neither is the sum."""
    given = list(numbers)
    known = [one for one in given if isinstance(one, int)]
    return float(sum(known)) if len(known) == len(given) else float("nan")


def _known_part(name: str, cells: Sequence[_Cell], kind: _Kind) -> str:
    """Say of which part both numbers are known, and of which not."""
    known, unknown = [cell for cell in cells if cell.known], [cell for cell in cells if not cell.known]
    came, expected = _sum(cell.came for cell in known), _sum(cell.expected for cell in known)
    what = kind.expected.lower() + ("" if all(isinstance(cell.came, int) for cell in unknown) else " eller kom")
    others = f" Af de øvrige kom {came:.0f} af {expected:.0f} ({percent(100 * came / expected)})." if expected else ""
    return (
        f"{name}: Det er ikke oplyst for {listing(cell.where for cell in unknown)}, hvor mange der var {what}.{others}"
    )


def _agreements(found: Activities, municipality: str, today: str) -> tuple[pd.DataFrame, list[str]]:
    """Give the agreements by deadline, a row each, and what is said of all of them."""
    study, day = found.study, reckoned_on(found.study, today)
    place = found.meant("workshops", "kommune", municipality)
    places = {row["id"]: row["kommune"] for row in found["workshops"]}
    towns = {one.slug: one.short for one in study.municipalities}
    rows = sorted(
        (row for row in found["aftaler"] if place in ("", places.get(row["workshop"]))), key=lambda row: row["frist"]
    )
    named = [towns.get(places.get(row["workshop"], ""), "") for row in rows]
    days, unknown = [short_date(row["frist"]) for row in rows], [""] if "" in named else []
    parties, states = agreement_words(study)
    frame = pd.DataFrame(
        {
            "Aftale": [row["aftale"] for row in rows],
            PLACE: pd.Categorical(named, [*towns.values(), *unknown]),
            PARTY: pd.Categorical([row["ansvarlig_part"] for row in rows], parties),
            "Frist": pd.Categorical(days, list(dict.fromkeys(days)), ordered=True),
            STATE: pd.Categorical([row["status"] for row in rows], states),
            "Oplyst": [short_date(row["status_dato"]) if row["status_dato"] else "" for row in rows],
            OVERDUE: [int(is_overdue(row, day)) for row in rows],
        }
    )
    return frame, [f"{first_upper(_as_of(day))}.", _OVERDUE]


def _as_of(day: date) -> str:
    return f"gjort op {short_date(day)}"


def _call(function: str, *asked: str, **chosen: str | bool) -> str:
    """Write the line that asks the same again; what was left out is left out."""
    words = [json.dumps(one, ensure_ascii=False) for one in asked]
    words += [
        f"{name}={one if one is True else json.dumps(one, ensure_ascii=False)}" for name, one in chosen.items() if one
    ]
    return f"activities.{function}({', '.join(['study', *words])})"


def _result(
    study: Study, title: str, frame: pd.DataFrame, notes: Sequence[str], call: str, marks: pd.DataFrame | None = None
) -> ResultTable:
    shape, drawing = (Shape.NONE, None) if marks is None else (Shape.BARS, Drawing(marks, "Antal"))
    return ResultTable(title, frame, tuple(notes), shape, call, drawing, study.folder)
