"""What cannot be right in what was handed in: more forms than people came, and half a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from blupkit.activities.layout import BEFORE, FORMS, NOW, meetings_of
from blupkit.activities.reading import Activities
from blupkit.core.errors import Fault


def answered_once(found: Activities) -> Iterator[Fault]:
    """No more have evaluated than took part, and nobody has evaluated what was not held."""
    for file in FORMS:
        held, of_what, _ = meetings_of(file)
        came = {row["id"]: row for row in found[held]}
        counted = Counter((row[of_what], row["gruppe"]) for row in found[file] if row["gruppe"])
        for row in found[file]:
            key, meeting = (row[of_what], row["gruppe"]), came.get(row[of_what])
            known = meeting.get(f"deltog_{row['gruppe']}") if meeting else None
            if isinstance(known, int) and (given := counted.pop(key, 0)) > known:
                expected = f"højst de {known}, der deltog i {key[0]}"
                action = f"Se efter i {found.names[held]}, og slet dubletter."
                yield found.fault(file, row, "gruppe", f"skemaer fra gruppe {key[1]}: {given}", expected, action)


def rated_before_and_now(found: Activities) -> Iterator[Fault]:
    """A competence is rated twice on one form, or the two say nothing of a change."""
    for row in found["evaluering_laering"]:
        for column in [name for name in row if str(name).endswith(BEFORE)]:
            other = column.removesuffix(BEFORE) + NOW
            if other not in row:
                expected, action = f"også kolonnen »{other}«", "Tilføj kolonnen; de to vurderinger hører sammen."
                yield found.fault("evaluering_laering", row | {"række": 1}, column, column, expected, action)
