"""The answers that count: one row = one respondent × variable, laid out when asked, and by cell of the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.survey.reading.cell_values import Coded
from blupkit.survey.reading.questionnaire import Questionnaire, State


class Cell(NamedTuple):
    """One municipality (or all of them) × one group.

    Parameters
    ----------
    municipality, group : str
        Slug and key, or "alle".
    respondents : pandas.Index
        Who they are; maybe nobody.
    seed : str
        What chance is drawn from in this cell: the names of study, municipality and group, and the secret.
    """

    municipality: str
    group: str
    respondents: pd.Index
    seed: str

    @property
    def is_total(self) -> bool:
        """Whether it is all municipalities together."""
        return self.municipality == ALL


@dataclass(frozen=True, eq=False)
class Responses:
    """The answers that count, and what was set aside.

    Parameters
    ----------
    study : Study
        Whose answers they are.
    questionnaire : Questionnaire
        What was asked.
    coded : Coded
        Every cell of the export, kept as it was sent: one row a respondent. `answers` lays it out.
    respondents : pandas.DataFrame
        `respondent`, `row`, `municipality`, `group`, `completed`, `answered`, `straight_lined`.
    faults : pandas.DataFrame
        What `core.fault_table` makes of everything that was wrong but stopped nothing.
    set_aside : pandas.DataFrame
        `rule`, `n`, `note`: how much each rule set aside or noted.
    invited : pandas.DataFrame
        `municipality`, `group`, `invited` (missing where unknown), `known`.
    received : int
        Rows in the export.
    secret : str
        What chance is drawn from beside the names that everybody knows. Intervals drawn with a seed that an attacker
        can guess are a fingerprint of the answers; `make_release` gives one that never leaves the study.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> example_responses().values(["k1_v", "k1_n"]).iloc[0].tolist()
    [5.0, 3.0]
    """

    study: Study
    questionnaire: Questionnaire
    coded: Coded
    respondents: pd.DataFrame
    faults: pd.DataFrame
    set_aside: pd.DataFrame
    invited: pd.DataFrame
    received: int
    secret: str = ""

    @property
    def variables(self) -> list[str]:
        """The variables that the export has, in the questionnaire's order."""
        return list(self.coded.columns)

    def cells(self) -> Iterator[Cell]:
        """Go through every municipality × group and the totals, also those where nobody answered.

        `suppress` decides over the whole release, so a measure always has rows for all of it.
        """
        people = self.respondents.set_index("respondent")
        for municipality in self.study.readers:
            here = people if municipality == ALL else people[people["municipality"] == municipality]
            for group in self.study.group_keys:
                seed = "\n".join([self.secret, self.study.name, municipality, group])
                yield Cell(municipality, group, here.index[here["group"] == group], seed)

    def totals(self) -> Iterator[Cell]:
        """Go through the groups in all municipalities together."""
        return (cell for cell in self.cells() if cell.is_total)

    @property
    def answers(self) -> pd.DataFrame:
        """All answers, one row = one respondent × variable; see `answers_to`."""
        return self.answers_to(self.variables)

    def answers_to(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay the answers to some variables out, one row = one respondent × variable.

        Parameters
        ----------
        variables : iterable of str
            Which; one that the export does not have gives no rows.

        Returns
        -------
        pandas.DataFrame
            `respondent`, `municipality`, `group`, `variable`, `item`, `kind`, `value` (NaN unless answered with a
            code), `state` (a `State`) and `text`, by respondent.
        """
        names = [name for name in self.variables if name in set(variables)]
        asked = self.questionnaire.by_variable.loc[names]
        people = self.respondents.sort_values("respondent", kind="stable")
        rows = self.coded.rows.get_indexer(pd.Index(people["row"]))
        width, height = len(names), len(people)

        def cells(kind: str) -> np.ndarray:
            return self.coded.table(kind, names).to_numpy()[rows].ravel()

        return pd.DataFrame(
            {
                **{key: np.repeat(people[key].to_numpy(), width) for key in ("respondent", "municipality", "group")},
                "variable": np.tile(names, height),
                "item": np.tile(asked["item"].to_numpy(), height),
                "kind": np.tile(asked["kind"].to_numpy(), height),
                "value": cells("value").astype(float),
                "state": cells("state"),
                "text": cells("text"),
            }
        )

    def values(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay answers out as respondent × variable: NaN where there is no answer with a code, whatever the reason."""
        names = list(variables)
        known = self.coded.table("value", [name for name in names if name in self.coded.columns])
        people = self.respondents
        return known.loc[people["row"]].set_axis(people["respondent"]).reindex(columns=names).astype(float)

    def written(self) -> pd.DataFrame:
        """Give what was written in the open questions, as `answers_to` lays it out; unanswered ones are left out."""
        answers = self.answers_to(self.questionnaire.open_variables)
        return answers[answers["state"] == State.ANSWERED]
