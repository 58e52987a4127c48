"""What may be shown of the evaluations: decided of each kind by itself, and told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from blupkit.activities.evaluating.forms import Asked, asked_in
from blupkit.activities.evaluating.measures import draft_of, settled
from blupkit.core.study import ALL, Study
from blupkit.disclosure import Release, Told, basis_part, suppress

_WAITING: Final = (
    "Skemaer i {name}, der ikke er talt med endnu: {new}. Siderne er sendt før, og så få kunne læses af forskellen"
    " mellem de gamle og de nye sider. De bliver talt med, når der er kommet {enough} nye fra samme sted."
)
_FROZEN: Final = (
    "Tallene fra {name} står, som de blev sendt. Siden da er skemaer kommet til, rettet eller taget ud, og forskellen"
    " mellem de gamle og de nye sider kunne røbe, hvad der stod på dem."
)
#: What is said of each cell that is hidden.
_DECIDED: Final = ["table", "municipality", "group", "block", "reason"]


def decide_evaluations(
    study: Study, key: str, labels: Mapping[str, str], earlier: Sequence[Mapping[str, Told]] = ()
) -> tuple[dict[str, Any], Release]:
    """Decide what may be shown of the evaluations, by themselves: they are other people's answers than the survey's.

    What has been told of a kind of evaluation stays as it was told when forms have been corrected or taken out since:
    the difference could tell what they said. Forms that come late wait until `min_n` have come to their place.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/`.
    key : str
        Marks what stands on a form, so that a later release can tell which are new; sixteen letters.
    labels : mapping of str to str
        Competence → what it is called; its own name where it is not here.
    earlier : sequence of mapping
        What `disclosure.read_evaluated` gave of each release that has been sent, the oldest first.

    Returns
    -------
    tuple of dict and Release
        What it was decided on, as `disclosure.write_basis` takes it, and the tables: "evaluering_workshop" and
        "opfoelgning" by municipality, "evaluering_laering" with a column `activity`, all its rows for all
        municipalities. Where an item's groups may not be told apart, each of them is there as hidden. `notes` is what
        the sender must know.

    Raises
    ------
    DataError
        All serious faults of cells at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> decide_evaluations(example_study(), "0" * 16, {})[1].passed
    True
    """
    parts: dict[str, Any] = {}
    whole = Release({}, pd.DataFrame(columns=_DECIDED, dtype="str"), 0, float("inf"), passed=True)
    for every in asked_in(study, key, labels):
        before = [told[every.name] for told in earlier if every.name in told]
        one, notes = _counted(every, before, study.thresholds.min_n)
        release = None
        if one is not None:
            part, release = _decide(one, study, before)
            parts[one.name] = part
        if before and (release is None or not release.passed):
            last = before[-1]
            parts[every.name], notes = last.part, (_FROZEN.format(name=every.name),)
            hidden = pd.DataFrame(last.part["hidden"], columns=_DECIDED[:-1], dtype="str")
            release = replace(whole, tables=last.tables, decisions=hidden.assign(reason="tidligere"))
        if release is not None:
            whole = _joined(whole, release, notes)
    return parts, whole


def _decide(one: Asked, study: Study, before: Sequence[Told]) -> tuple[dict[str, Any], Release]:
    told = any(
        {"alle"} != set(table.frame["group"]) and (table.shown["group"] != ALL).any()
        for last in before
        for table in last.tables.values()
    )
    draft, silent = draft_of(one, study, groups_may=one.ended or told)
    release = suppress(draft, study, [last.sent for last in before])
    tables = {name: settled(table, name, draft, silent, release.few_changed) for name, table in release.tables.items()}
    decisions = pd.concat([release.decisions, silent], ignore_index=True)
    release = replace(release, tables=tables, decisions=decisions)
    return basis_part(draft, release, study), release


def _counted(one: Asked, before: Sequence[Told], min_n: int) -> tuple[Asked | None, tuple[str, ...]]:
    """Leave out the forms that have to wait; None where some that were counted are not as they were."""
    last = before[-1].sent.persons if before else {}
    every = ALL, next(iter(one.items))  # whoever handed a form in
    known = {cell.municipality: set(found) for cell, found in last.items() if cell[2:] == every}
    waits: set[str] = set()
    for place, then in known.items():
        now = {form.mark for form in one.forms if form.place == place}
        if not then <= now:
            return None, ()
        waits |= now - then if len(now - then) < min_n else set()
    if not waits:
        return one, ()
    note = _WAITING.format(new=len(waits), name=one.name, enough=min_n)
    return one._replace(forms=[form for form in one.forms if form.mark not in waits]), (note,)


def _joined(whole: Release, one: Release, notes: tuple[str, ...]) -> Release:
    return replace(
        whole,
        tables={**whole.tables, **one.tables},
        decisions=pd.concat([whole.decisions, one.decisions], ignore_index=True),
        targets=whole.targets + one.targets,
        narrowest=min(whole.narrowest, one.narrowest),
        passed=whole.passed and one.passed,
        unproven=whole.unproven + one.unproven,
        notes=(*whole.notes, *notes),
    )
