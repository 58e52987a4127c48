"""Importance and level: two grids that ask about the same points."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from blupkit.survey.proposing.guessing.blocks import GRID, Block
from blupkit.survey.reading.column_names import plain

_IMPORTANCE: Final = re.compile(
    r"vigtig|viktig|importan|betydning|betydelse|væsentlig|vesentlig|prioriter|forvent|expect|relevan|^(v|imp|vig|i)$",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(
    r"niveau|nivå|level|perform|kompeten|færdighed|ferdighet|skill|(hvor|how) (god|godt|well|bra|sikker)|behersk|mestr"
    r"|tilfreds|satisf|nuværende|current|erfaring|experience|oplev|kunnen|ability|^(n|niv|lev|perf|p|c)$",
    re.IGNORECASE,
)
#: So many of the points of the smaller grid must be in the other.
_SHARED: Final = 0.6
_TWO: Final = 2


class Pair(NamedTuple):
    """Two grids, and where they agree: point → its column in each."""

    importance: Block
    level: Block
    reason: str


def find_pairs(blocks: list[Block]) -> list[Pair]:
    """Find the grids that ask how important the same points are, and how well they are done.

    Parameters
    ----------
    blocks : list of Block
        A grid that looks like half a pair, but has two readings, gets a doubt and stays as it is.

    Returns
    -------
    list of Pair
        A grid is in one of them at most.
    """
    grids = [block for block in blocks if block.kind == GRID]
    pairs, used = [], set[int]()
    for number, first in enumerate(grids):
        for other in grids[number + 1 :]:
            if id(first) in used or id(other) in used or not _share(first, other):
                continue
            pair = _pair(first, other, alone=sum(bool(_share(first, one)) for one in grids) == _TWO)
            if pair:
                pairs.append(pair)
                used |= {id(first), id(other)}
    return pairs


def _share(first: Block, other: Block) -> int:
    one, two = ({plain(point) for point in block.points} for block in (first, other))
    both = len(one & two)
    return both if both >= max(2, _SHARED * min(len(one), len(two))) else 0


def _pair(first: Block, other: Block, *, alone: bool) -> Pair | None:
    """Say which is which; by the words of the question first, and those of the scale else."""
    if _ranks(first) and _ranks(other):
        importance, level = (first, other) if _weight(first) >= _weight(other) else (other, first)
    elif _ranks(first) != _ranks(other):
        importance, level = (first, other) if _ranks(first) else (other, first)
    else:
        both = [bool(_LEVEL.search(block.question)) for block in (first, other)]
        if (
            all(both)
            or not alone
            or first.scale is None
            or not first.scale.is_rating
            or first.scale.family == "enighed"
        ):
            return None
        first.doubt = first.doubt or (
            f"deler sine punkter med »{other.question[:60]}«: er det ene vigtighed og det andet niveau?"
        )
        return None
    doubt = _doubt(importance, level)
    if doubt:
        importance.doubt = importance.doubt or doubt
        return None
    shared = _share(first, other)
    where = f"i »{importance.question[:60]}« og »{level.question[:60]}«"
    where = where if importance.question else "efter svarenes ord; skriv spørgsmålene, de står ikke i filen"
    reason = f"vigtighed og niveau: {shared} punkter går igen {where}"
    return Pair(importance, level, reason)


def _ranks(block: Block) -> bool:
    return _weight(block) > 0


def _weight(block: Block) -> int:
    by_scale = bool(block.scale and block.scale.family == "vigtighed")
    return 2 * bool(_IMPORTANCE.search(block.question)) + by_scale - 2 * bool(_LEVEL.search(block.question))


def _doubt(importance: Block, level: Block) -> str:
    """Say why two grids cannot be subtracted; "" where they can."""
    one, two = importance.scale, level.scale
    if one is None or two is None or not one.is_rating or not two.is_rating:
        return "vigtighed og niveau, men svarenes rækkefølge er usikker: ret skalaen, og skriv typen"
    if one.size != two.size:
        sizes = f"{one.size} og {two.size}"
        return f"vigtighed og niveau, men skalaerne har {sizes} svar: tilføj det, som ingen har valgt"
    return ""
