"""Rows that repeat another: the same id, or the same answers to everything; which of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import Fault
from blupkit.survey.reading.cell_values import Coded
from blupkit.survey.reading.exports import Export

#: What a row's number may come to.
_ROOM: Final = 2**40
#: Fewer answers than this may agree by chance, so neither duplicates nor straight-lining are looked for.
ENOUGH_TO_COMPARE: Final = 10
_EXPECTED: Final = "én række for hver besvarelse"
_SAME_ANSWERS: Final = (
    "Den seneste er sat til side. Er de fra to personer, så skriv behold_dubletter = true i study.toml."
)
_NEITHER: Final = (
    "Ingen af dem er talt med, for filen siger ikke, hvilken der gælder. Slet den, der ikke gælder, i"
    " spørgeskemasystemet, og hent filen igen; er de fra to personer, så giv dem hver sit id."
)


class Doubles(NamedTuple):
    """What is set aside because another row says who it is.

    Parameters
    ----------
    aside : pandas.Series
        True for a row that is set aside.
    unsure : int
        How many of them are set aside because nobody can know which one counts.
    faults : list of Fault
        An "advarsel" for each.
    """

    aside: pd.Series
    unsure: int
    faults: list[Fault]


def find_duplicates(export: Export, coded: Coded, people: pd.DataFrame, *, by_content: bool) -> Doubles:
    """Find the rows that repeat another: the same id, or the same answers to everything.

    Of two with the same id the completed one counts; of two completed ones the one that arrived last; of two broken off
    the one with more answers. Where that does not decide, neither counts. Two people may give the same answers to a
    short questionnaire: with `behold_dubletter` in the study only rows with the same id are to be found.

    Parameters
    ----------
    export : Export
        The cells, and when each row arrived.
    coded : Coded
        The answers; rows with fewer than ten are not compared by them.
    people : pandas.DataFrame
        The rows to compare: `respondent`, `municipality`, `group`, `completed`, `answered`.
    by_content : bool
        Whether equal answers are looked for.

    Returns
    -------
    Doubles
        By the rows of `people`.
    """
    told: dict[int, Fault] = {}
    unsure = 0
    ids = people["respondent"]
    twice = people.iloc[:0] if len(set(ids.tolist())) == len(ids) else people[ids.duplicated(keep=False)]
    for respondent, same in twice.groupby("respondent", sort=False):
        kept, why = _which_counts(export, coded, same)
        unsure += len(same) if kept is None else 0
        for row in same.index.drop([] if kept is None else [kept]):
            other = next(each for each in same.index if each != row) if kept is None else kept
            found = f"det samme besvarelses-id som i række {other}"
            told[row] = export.warning(found, _EXPECTED, why, int(str(row)), respondent=str(respondent), quotes=False)
    left = people.drop(index=list(told))
    if by_content:
        for row, first in _same_content(export, coded, left).items():
            found, respondent = f"de samme svar som i række {first}", left["respondent"][row]
            told[row] = export.warning(
                found, _EXPECTED, _SAME_ANSWERS, int(str(row)), respondent=respondent, quotes=False
            )
    aside = pd.Series(people.index.isin(list(told)), index=people.index, dtype=bool)
    return Doubles(aside, unsure, [told[row] for row in people.index[aside]])


def _which_counts(export: Export, coded: Coded, same: pd.DataFrame) -> tuple[object | None, str]:
    """Choose among the rows of one id, None where nobody can know; and say what happened to the others."""
    cells = export.data.loc[same.index, list(coded.columns)].astype("str")
    if len(cells.drop_duplicates()) == 1:
        return same.index[0], "De er ens. Den ene er sat til side."
    whole = same[same["completed"]]
    if len(whole) == 1:
        return whole.index[0], "Den, der er gjort færdig, tæller. Den afbrudte er sat til side."
    if whole.empty:
        most = same[same["answered"] == same["answered"].max()]
        if len(most) == 1:
            return most.index[0], "Den med flest svar tæller. Den anden er sat til side."
    rivals = whole if len(whole) else most
    if export.arrived is not None:
        moments = export.arrived.reindex(rivals.index)
        last = moments.index[moments == moments.max()]
        if len(last) == 1 and moments.notna().all():
            return last[0], "Den seneste tæller. Den ældre er sat til side."
    return None, _NEITHER


def _same_content(export: Export, coded: Coded, people: pd.DataFrame) -> dict[int, int]:
    """Find the rows that say the same as an earlier one to everything → that one."""
    place = coded.rows.get_indexer(people.index)
    enough = coded.given[place] >= ENOUGH_TO_COMPARE
    towns, groups = (pd.factorize(people[column])[0] for column in ("municipality", "group"))
    content = _alike(export, coded.columns, place[enough], (towns * len(people) + groups)[enough])
    again = content.index[content.duplicated()]
    firsts = {number: int(str(row)) for row, number in reversed(list(content.items()))}
    return {int(str(row)): firsts[content[row]] for row in again}


def _alike(
    export: Export, variables: Iterable[str], place: npt.NDArray[np.intp], number: npt.NDArray[np.intp]
) -> pd.Series:
    """Number the rows that say the same as another one, each number for the same cells; blanks around them count not.

    `place` says which rows to look at, `number` how they are told apart to begin with. A row that is unlike all others
    in the columns so far is looked at no longer, so few are looked at for long.
    """
    number, among = pd.factorize(number)[0], len(number)
    for name in variables:
        cells = export.cells[name]
        texts = pd.factorize(np.array([text.strip() for text in cells.categories.tolist()], dtype=object))[0]
        # Columns are joined as long as a number has room for all that may stand in them.
        if among * len(texts) > _ROOM:
            place, number = _twins(place, number)
            if not len(place):
                break
            number, among = pd.factorize(number)[0], len(number)
        number = number * len(texts) + texts[cells.codes[place]]
        among *= len(texts)
    place, number = _twins(place, number)
    return pd.Series(number, index=export.data.index[place])


def _twins(
    place: npt.NDArray[np.intp], number: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Keep the rows whose number another row has too."""
    same = pd.factorize(number)[0]
    twin = np.bincount(same)[same] > 1
    return place[twin], number[twin]
