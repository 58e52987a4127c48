"""Whether each group may be told of beside each place: a rule over counts, so that it tells of no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

#: A group's margin spans so many places at least, and there are so many groups: else it is what is told already.
_SEVERAL: Final = 2


def may_split(counts: Mapping[tuple[str, str], int], groups: Sequence[str], min_n: int) -> bool:
    """Say whether an item may be told of by group.

    * Each group that answered has given `min_n` answers in all: with one group hidden, the total minus the others would
      be that group. So it is all of them or none.
    * It has done so in several places: a group in one place is what is never told.
    * Where a group was alone, everybody there is that group. Its margin minus those places is what it answered
      elsewhere, which must be nobody or `min_n` answers.

    Parameters
    ----------
    counts : mapping of (str, str) to int
        Place and group → how many answers.
    groups : sequence of str
        The study's groups.
    min_n : int
        The study's threshold.

    Examples
    --------
    Nine politicians were alone in one session, and four were among others in another: their margin would tell of four.

    >>> counts = {("H8", "P"): 9, ("H6", "P"): 4, ("H6", "L"): 12, ("H1", "L"): 17}
    >>> may_split(counts, ("L", "P", "A"), 5), may_split(counts | {("H6", "P"): 5}, ("L", "P", "A"), 5)
    (False, True)
    """
    there = {key for key, count in counts.items() if count}
    came = [group for group in groups if any(group == who for _, who in there)]
    who = {place: {group for where, group in there if where == place} for place, _ in there}
    return len(came) >= _SEVERAL and all(
        len(mine) >= _SEVERAL and sum(mine.values()) >= min_n and not 0 < _among_others(mine, who) < min_n
        for group in came
        for mine in [{place: counts[place, group] for place in who if group in who[place]}]
    )


def _among_others(mine: Mapping[str, int], who: Mapping[str, set[str]]) -> int:
    """Count a group's answers from the places in which others answered too."""
    return sum(count for place, count in mine.items() if len(who[place]) >= _SEVERAL)
