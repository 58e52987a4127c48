"""The table of turns, which does not spill what was said when only its name is typed."""

from __future__ import annotations

from html import escape

import pandas as pd

from blupkit.core.danish import many


class Turns(pd.DataFrame):
    """An ordinary table for pandas, that shows in short what it is; `head` shows what was said, and by whom.

    Whatever pandas makes of it is an ordinary table again.

    Examples
    --------
    >>> turns = Turns({"interview": ["fg1", "fg1"], "speaker": ["Bo", "Ida"], "words": [2, 4]})
    >>> turns
    Ture: 2 ture i 1 interview, 6 ord. Prøv turns.head(), interviews.search(study, "…") eller interviews.context(…).
    >>> turns.head(1)["speaker"].tolist(), type(turns.head(1)).__name__
    (['Bo'], 'DataFrame')
    """

    def __repr__(self) -> str:
        talks = self["interview"].nunique() if "interview" in self else 0
        if "words" not in self:  # open answers, laid out like turns
            answers, asked = many(len(self), "svar", "svar"), many(talks, "spørgsmål", "spørgsmål")
            return f'Åbne svar: {answers} på {asked}. Prøv .head() eller interviews.search(study, "…").'
        said = f"{many(len(self), 'tur', 'ture')} i {many(talks, 'interview', 'interview')}"
        words = many(int(self["words"].sum()), "ord", "ord")
        more = 'turns.head(), interviews.search(study, "…") eller interviews.context(…)'
        return f"Ture: {said}, {words}. Prøv {more}."

    def _repr_html_(self) -> str:
        return f'<p lang="da">{escape(repr(self))}</p>'
