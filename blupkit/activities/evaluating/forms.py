"""The forms that people handed in after workshops and learning: where, of which group, and what each number is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from blupkit.activities.evaluating.numbers import ANSWERED, EVERY_FORM, Number, questions, rated
from blupkit.activities.layout import CANCELLED, FORMS, HELD, meetings_of
from blupkit.activities.reading import FILE, ROW, read_activities
from blupkit.core.study import ALL, Study
from blupkit.disclosure.sent_before import NAMELESS


class Form(NamedTuple):
    """One form that somebody handed in: where, of which group, what it says, and its mark."""

    place: str
    group: str
    answers: Mapping[str, Any]
    mark: str


class Asked(NamedTuple):
    """What one form asks, who filled it in, and where they could have."""

    name: str
    places: tuple[str, ...]
    forms: list[Form]
    #: Question → its numbers; the first is the count of the forms.
    items: Mapping[str, list[Number]]
    came: Mapping[tuple[str, str], float]
    #: Whether all that will be held has been, so that each group's answers are told once.
    ended: bool


def asked_in(study: Study, key: str, labels: Mapping[str, str]) -> Iterator[Asked]:
    """Gather the forms of each kind that anybody has handed in.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/`.
    key : str
        Marks what stands on a form, so that a later release can tell which are new; sixteen letters.
    labels : mapping of str to str
        Competence → what it is called; its own name where it is not here.

    Yields
    ------
    Asked
        One for each kind.

    Raises
    ------
    DataError
        All serious faults of cells at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(asked_in(example_study(), "0" * 16, {}))
    []
    """
    found = read_activities(study)
    for file, form in FORMS.items():
        meetings, of_what, where = meetings_of(file)
        place = {row["id"]: row[where] for row in found[meetings]}
        rows = [row for row in found[file] if row["gruppe"] and place.get(row[of_what])]
        if not rows:
            continue
        texts = np.array(list(_numbered(f"{file}|{_content(row, of_what)}" for row in rows)), dtype=object)
        marks = [f"{NAMELESS}{mark:x}" for mark in pd.util.hash_array(texts, hash_key=key)]
        forms = [Form(place[row[of_what]], row["gruppe"], row, mark) for row, mark in zip(rows, marks, strict=True)]
        whole = study.places if where == "kommune" else tuple(dict.fromkeys(one.place for one in forms))
        states = [row["status"] for row in found[meetings] if row["status"] != CANCELLED]
        ended = all(state == HELD for state in states)
        items = {ANSWERED: [EVERY_FORM], **questions(found["skemaer"], form), **rated(rows, labels)}
        # The same people come to each session of a course, and are asked at the last.
        asked = None if where == "kommune" else {row[of_what] for row in rows}
        held = [row for row in found[meetings] if row["status"] == HELD and (asked is None or row["id"] in asked)]
        yield Asked(file, whole, forms, items, _came(held, where, study.group_keys), ended)


def _numbered(texts: Iterable[str]) -> Iterator[str]:
    """Tell two forms apart on which the same stands."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen[text] += 1
        yield f"{text}|{seen[text]}"


def _content(row: Mapping[str, Any], of_what: str) -> str:
    first = (row[of_what], row["gruppe"])
    said = (f"{name}={value}" for name, value in row.items() if name not in (ROW, FILE, of_what, "gruppe"))
    return "|".join([*map(str, first), *said])


def _came(held: Iterable[Mapping[str, Any]], where: str, groups: Iterable[str]) -> dict[tuple[str, str], float]:
    """Count who came to each place, of each group and together; NaN where somebody did not count."""
    came: dict[tuple[str, str], float] = {}
    for row in held:
        for group in groups:
            number = row[f"deltog_{group}"]
            counted = float(number) if isinstance(number, int) else np.nan
            for key in {(row[where], group), (row[where], ALL), (ALL, group), (ALL, ALL)}:
                came[key] = came.get(key, 0.0) + counted
    return came
