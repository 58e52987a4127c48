"""What each question of an evaluation is measured by, and what an answer gives to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from blupkit.activities.answering.scales import DONT_KNOW, scale_of
from blupkit.activities.layout import BEFORE, NOW
from blupkit.core.danish import first_upper

#: The item that counts the forms.
ANSWERED: Final = "skemaer"
MEAN, SHARE, DONT_KNOW_SHARE, COUNT = "Gennemsnit", "Andel", "Ved ikke", "Har svaret"
EARLIER, TODAY, CHANGE = "Før", "Nu", "Ændring"
_NO_SCALE: Final = (float("nan"), float("nan"))


class Number(NamedTuple):
    """One number of an item: what it is called, and what each form gives to it; None where it gives nothing."""

    label: str
    measure: str
    of: Callable[[Mapping[str, Any]], float | None]
    ends: tuple[float, float]
    additive: bool = True
    shares_out: bool = False


#: How many handed a form in, whatever they answered. Its name stands in no other sentence: a number beside it is it.
EVERY_FORM: Final = Number("Afleverede skemaer", COUNT, lambda _: 1.0, _NO_SCALE, additive=False)


def questions(asked: Iterable[Mapping[str, Any]], form: str) -> dict[str, list[Number]]:
    """Give the numbers of each question of a form; what is written in words has none.

    Parameters
    ----------
    asked : iterable of mapping
        The rows of `skemaer.csv`.
    form : str
        Which form.

    Returns
    -------
    dict of str to list of Number
        Question → its numbers. Missing data: what was not answered, and 8 ("ved ikke"), gives nothing.

    Examples
    --------
    >>> row = {"skema": "laering", "spoergsmaal": "u1", "tekst": "var relevant?", "kort": "relevant", "svar": "1-5"}
    >>> number = questions([row], "laering")["u1"][0]
    >>> number.label, number.measure, number.of({"u1": 4}), number.of({"u1": 8})
    ('Relevant', 'Gennemsnit', 4.0, None)
    >>> [number.label for number in questions([row | {"svar": "ja, delvist, nej"}], "laering")["u1"]]
    ['Ja', 'Delvist', 'Nej']
    """
    items: dict[str, list[Number]] = {}
    for row in asked:
        name, how = row["spoergsmaal"], row["svar"]
        if row["skema"] != form or not name or not how or how.strip().casefold() == "tekst":
            continue
        if name.endswith((BEFORE, NOW)):  # what is said of a competence is told together
            continue
        label, scale = row["kort"] or row["tekst"] or name, scale_of(how)
        if scale is None:
            words = [part.strip() for part in how.split(",")]
            items[name] = [Number(word, SHARE, _hits(name, (word,)), (0.0, 100.0), shares_out=True) for word in words]
        elif scale.high < DONT_KNOW:
            ends = (scale.low, scale.high)
            items[name] = [Number(label, MEAN, _rating(name, ends), ends)]
        else:
            top = (scale.high - 1, scale.high)
            measure = f"Valgte {top[0]} eller {top[1]}"
            items[name] = [Number(label, measure, _hits(name, top), (0.0, 100.0), shares_out=True)]
    # As everything else in tables begins.
    return {name: [each._replace(label=first_upper(each.label)) for each in found] for name, found in items.items()}


def is_unsure(answer: object) -> bool:
    """Say whether somebody could not say.

    Examples
    --------
    >>> is_unsure(8), is_unsure(5)
    (True, False)
    """
    return answer == DONT_KNOW


def _rating(name: str, ends: tuple[int, int]) -> Callable[[Mapping[str, Any]], float | None]:
    def of(row: Mapping[str, Any]) -> float | None:
        given = row.get(name)
        return float(given) if given is not None and ends[0] <= given <= ends[1] else None

    return of


def _hits(name: str, wanted: Collection[Any]) -> Callable[[Mapping[str, Any]], float | None]:
    def of(row: Mapping[str, Any]) -> float | None:
        given = row.get(name)
        return None if given is None else 100.0 * (given in wanted)

    return of


def rated(rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> dict[str, list[Number]]:
    """Give the numbers of each competence that was rated before and now, by those who gave both.

    Parameters
    ----------
    rows : sequence of mapping
        What was answered.
    labels : mapping of str to str
        Competence → what it is called.

    Returns
    -------
    dict of str to list of Number
        Competence → what it was before, what it is now, and the change.

    Examples
    --------
    >>> row = {"k1_foer": 2, "k1_nu": 4}
    >>> [(number.measure, number.of(row)) for number in rated([row], {})["k1"]]
    [('Før', 2.0), ('Nu', 4.0), ('Ændring', 2.0)]
    """
    names = [str(name).removesuffix(BEFORE) for name in (rows[0] if rows else ()) if str(name).endswith(BEFORE)]
    items = {}
    for name in names:
        label = labels.get(name, name)
        items[name] = [
            Number(label, EARLIER, _of_pair(name, 1.0, 0.0), (1.0, 5.0)),
            Number(label, TODAY, _of_pair(name, 0.0, 1.0), (1.0, 5.0)),
            Number(label, CHANGE, _of_pair(name, -1.0, 1.0), (-4.0, 4.0), additive=False),
        ]
    return items


def _of_pair(name: str, of_before: float, of_now: float) -> Callable[[Mapping[str, Any]], float | None]:
    before, now = _rating(name + BEFORE, (1, 5)), _rating(name + NOW, (1, 5))

    def of(row: Mapping[str, Any]) -> float | None:
        was, is_now = before(row), now(row)
        return None if was is None or is_now is None else of_before * was + of_now * is_now

    return of
