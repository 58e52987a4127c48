"""Two versions of one coding, the same words with the same code, put together without losing what either says."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from blupkit.interviews.coding.passage import Passage

#: What a coding may say besides its words and its code, and what that is called.
SAID: Final = {"direction": "retning", "about": "om part", "memo": "memo"}


def additions(ours: Passage, theirs: Passage) -> tuple[dict[str, str], list[str]]:
    """Say what another version of a coding adds to ours, and of what the two say different things.

    Parameters
    ----------
    ours, theirs : Passage
        The same words with the same code.

    Returns
    -------
    dict of str to str
        Field → what ours is to say; a memo that goes on from ours is taken whole.
    list of str
        The fields of which both say something else.

    Examples
    --------
    >>> ours, theirs = Passage(memo="Tøver", direction="barriere"), Passage(memo="Tøver. Se tur 4", about="ansatte")
    >>> additions(ours, theirs)
    ({'about': 'ansatte', 'memo': 'Tøver. Se tur 4'}, [])
    >>> additions(ours, Passage(direction="fremmer"))
    ({}, ['direction'])
    """
    added, other = {}, []
    for each in SAID:
        old, new = getattr(ours, each), getattr(theirs, each)
        before, after = (" ".join(text.split()) for text in (old, new))
        if not after or after == before or (each == "memo" and after in before):
            continue
        if not before or (each == "memo" and before in after):
            added[each] = new
        else:
            other.append(each)
    return added, other


def together(ours: Passage, theirs: Passage) -> tuple[Passage, list[str]]:
    r"""Put two codings of one coder together: what only one says is kept, and both memos.

    Parameters
    ----------
    ours, theirs : Passage
        The same words with the same code.

    Returns
    -------
    Passage
        Ours with what theirs adds.
    list of str
        What the two say differently, in Danish; ours is kept.

    Examples
    --------
    >>> both, other = together(Passage(memo="Tøver", about="ansatte"), Passage(memo="Bred", about="lokalråd"))
    >>> both.memo, both.about, other
    ('Tøver\nBred', 'ansatte', ['om part'])
    """
    added, other = additions(ours, theirs)
    if "memo" in other:
        added["memo"] = f"{ours.memo}\n{theirs.memo}"
    return replace(ours, **added), [SAID[each] for each in other if each != "memo"]
