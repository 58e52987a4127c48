"""Who stood in a cell then and who stands in it now: opaque marks of persons and of what they answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from blupkit.core.study import ALL
from blupkit.disclosure.quantities import KEY, Cell, Persons, PersonsByCell, Published


def are_the_same_persons(now: PersonsByCell, then: PersonsByCell) -> bool:
    """Say whether a mark means the same person now as then: most of what those in both answered is as it was.

    Ids that a survey system gives anew, or another key, would otherwise look like everybody having left and come.
    """
    before = {
        (cell.table, cell.block, who): said for cell, found in then.items() for who, said in found.items() if said
    }
    both = [
        before[cell.table, cell.block, who] == said
        for cell, found in now.items()
        for who, said in found.items()
        if (cell.table, cell.block, who) in before
    ]
    return 2 * sum(both) > len(both)


def with_totals(persons: PersonsByCell, published: Published) -> list[Persons | None]:
    """Give the persons of every cell of a release, None where nobody kept them; a total has its parts' together."""
    parts: dict[Cell, dict[str, str]] = {}
    for cell, found in persons.items():
        for where in {cell, cell._replace(municipality=ALL)}:
            parts.setdefault(where, {}).update(found)
    return [parts.get(Cell(*key)) for key in published.cells[KEY].itertuples(index=False, name=None)]


def persons_between(then: Persons | None, now: Persons | None, *, differs: bool) -> int:
    """Count who came, who left and whose answer is another; what has changed without names is taken for one's doing."""
    if then is None or now is None:
        return int(differs)
    return len(then.keys() ^ now.keys()) + sum(then[who] != now[who] for who in then.keys() & now.keys())


def renamed(
    one: Published, published: Published, theirs: Sequence[Persons | None], mine: Sequence[Persons | None]
) -> npt.NDArray[np.str_]:
    """Give the names of an earlier release's quantities with what its municipalities and groups are called now.

    A name that is gone is taken for the new name that most of its persons stand under.
    """
    then, now = _persons_by_place(one, theirs), _persons_by_place(published, mine)
    called = {}
    for place in then.keys() - now.keys():
        fresh = {other: len(then[place] & found) for other, found in now.items() if other not in then}
        best = max(fresh, key=lambda other: fresh[other], default=None)
        if best and 2 * fresh[best] > len(then[place]):
            called[place] = best
    if not called:
        return one.name
    parts = [name.split("\n") for name in one.name]
    return np.asarray(
        ["\n".join([part[0], *called.get((part[1], part[2]), part[1:3]), *part[3:]]) for part in parts], dtype=str
    )


def _persons_by_place(published: Published, persons: Sequence[Persons | None]) -> dict[tuple[str, str], set[str]]:
    """Give everybody in a municipality's group."""
    found: dict[tuple[str, str], set[str]] = {}
    for place, group, who in zip(published.cells["municipality"], published.cells["group"], persons, strict=True):
        found.setdefault((place, group), set()).update(who or ())
    return found
