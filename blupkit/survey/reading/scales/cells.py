"""How a cell is read against its scale: as a code, as a label, as both written together, or in another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from blupkit.core.reading.workbook import ERRORS
from blupkit.survey.reading.column_names import NUMBER, plain
from blupkit.survey.reading.questionnaire import Meaning
from blupkit.survey.reading.scales.words import DONT_KNOW, NUMBERED, is_answer, same_step

#: What stands around a word and says nothing, and a code behind it: "»Enig«.", "Enig (4)", "Enig = 4".
_AROUND: Final = " .,;!»«“”„\"'"
_CODE_BEHIND: Final = re.compile(r"(?P<text>.*?[^\W\d])\s*[(\[=]\s*(?P<code>-?\d{1,2})\s*[)\]]?", re.DOTALL)
#: What says in words that a box was not ticked.
DECLINED: Final = re.compile(r"nej|nei|no|n|false|falsk|ikke valgt|not selected|unchecked|-+", re.IGNORECASE)


def as_number(cell: str) -> float | None:
    """Read a cell that is nothing but a number, with a decimal comma or point.

    Parameters
    ----------
    cell : str
        Without blanks around it.

    Examples
    --------
    >>> as_number("3,5"), as_number("3 til 5")
    (3.5, None)
    """
    return float(cell.replace(",", ".")) if NUMBER.fullmatch(cell) else None


def may_be_own_words(cell: str) -> bool:
    """Whether somebody may have written it for an answer that is not on the scale.

    Examples
    --------
    >>> may_be_own_words("Om natten"), may_be_own_words("Ikke relevant"), may_be_own_words("#DIV/0!")
    (True, False, False)
    """
    return is_answer(cell) and not is_error(cell)


def is_error(cell: str) -> bool:
    """Whether it is what Excel could not compute.

    Examples
    --------
    >>> is_error("#DIV/0!"), is_error("1")
    (True, False)
    """
    return cell in ERRORS


@dataclass(frozen=True, eq=False)
class ScaleReader:
    """One scale, by what may stand in a cell.

    Parameters
    ----------
    rows : pandas.DataFrame
        Its rows of `Questionnaire.scales`. `written` is the code as the export has it, where that is another than the
        one that is reckoned with; `spellings` a label's other versions; `catch_all` marks the answer that own words
        count as.
    labelled : bool
        Whether digits that are both a code and a label are labels.

    Examples
    --------
    >>> rows = pd.DataFrame({"code": [1.0, 2.0, 3.0], "text": ["0", "1", "2"], "meaning": "svar"})
    >>> ScaleReader(rows).read("2"), ScaleReader(rows, labelled=True).read("2"), ScaleReader(rows).torn
    (2.0, 3.0, {1.0, 2.0})
    """

    rows: pd.DataFrame
    labelled: bool = False

    @cached_property
    def codes(self) -> dict[float, float]:
        """The code in the export → the code that is reckoned with."""
        written = self.rows["written"] if "written" in self.rows else self.rows["code"]
        return {float(each): float(code) for each, code in zip(written, self.rows["code"], strict=True) if each == each}

    @cached_property
    def labels(self) -> dict[str, float]:
        """What a label looks like → its code; a word that two codes share is nobody's."""
        return {label: codes[0] for label, codes in self._owners.items() if self._is_one(codes)}

    @cached_property
    def shared(self) -> dict[str, list[float]]:
        """The words that belong to several codes → those codes."""
        return {label: codes for label, codes in self._owners.items() if not self._is_one(codes)}

    @cached_property
    def digits(self) -> dict[float, float]:
        """The number that a label consists of → its code."""
        numbers = {code: as_number(label) for label, code in self.labels.items()}
        return {number: code for code, number in numbers.items() if number is not None}

    @cached_property
    def torn(self) -> set[float]:
        """The numbers that say one thing as a code and another as a label."""
        return {number for number, code in self.digits.items() if self.codes.get(number, code) != code}

    @cached_property
    def _owners(self) -> dict[str, list[float]]:
        owners: dict[str, list[float]] = {}
        spellings = self.rows["spellings"] if "spellings" in self.rows else [()] * len(self.rows)
        bare: dict[str, list[float]] = {}
        # A scale may have words at its ends only: an empty cell is not the code without words.
        for code, text, others in zip(self.rows["code"], self.rows["text"], spellings, strict=True):
            spelt = [label.strip() for label in (text, *others) if label.strip()]
            for label in set(map(plain, spelt)):
                owners.setdefault(label, []).append(float(code))
            for label in {plain(numbered[2]) for numbered in map(NUMBERED.fullmatch, spelt) if numbered}:
                bare.setdefault(label, []).append(float(code))
        return {label: list(dict.fromkeys(codes)) for label, codes in (bare | owners).items()}

    def _is_one(self, codes: Iterable[float]) -> bool:
        """Whether nothing hangs on which of them is meant: one code, or all are the same kind of no answer."""
        meant = {self._meanings[code] for code in codes}
        return len(list(codes)) == 1 or (len(meant) == 1 and Meaning.ANSWER not in meant)

    @cached_property
    def _meanings(self) -> dict[float, str]:
        return dict(zip(self.rows["code"].astype(float), self.rows["meaning"], strict=True))

    @cached_property
    def catch_all(self) -> float | None:
        """The code of the answer that own words count as; None where the scale has none."""
        marked = self.rows[self.rows["catch_all"]] if "catch_all" in self.rows else self.rows.iloc[:0]
        return float(marked["code"].iloc[0]) if len(marked) else None

    def read(self, cell: str) -> float:
        """Give the code that a cell stands for, NaN where it is empty or the scale does not know it."""
        number = as_number(cell)
        if number is not None:
            return self._of_number(number)
        found = self.of_words(cell)
        if found is None and cell and plain(cell) not in self.shared:
            found = self.translated(cell)
            found = self.catch_all if found is None and may_be_own_words(cell) else found
        return float("nan") if found is None else found

    def is_unknown(self, cell: str) -> bool:
        """Whether a cell is neither a code of the scale nor one of its words."""
        number = as_number(cell)
        if number is not None:
            return number not in self.codes and number not in self.digits
        return plain(cell) not in self.labels and plain(cell) not in self.shared

    def _of_number(self, number: float) -> float:
        if self.labelled:
            return self.digits.get(number, float("nan"))
        # Where digits are codes and labels, one that is only a label is no code.
        return self.codes.get(number, float("nan") if self.torn else self.digits.get(number, float("nan")))

    def of_words(self, cell: str) -> float | None:
        """Look a word of the scale up, with or without its code beside it, or a sign around it."""
        found = self.labels.get(plain(cell))
        both = NUMBERED.fullmatch(cell) or _CODE_BEHIND.fullmatch(cell)
        if found is None and both:
            written, text = both.group("code", "text")
            code, label = self.codes.get(as_number(written) or 0.0), self.labels.get(plain(text))
            found = label if label is not None and label == code else None
        return self._bare.get(plain(cell).strip(_AROUND)) if found is None else found

    @cached_property
    def _bare(self) -> dict[str, float]:
        """What is left of a label without the signs around it → its code, where that is one label's."""
        bare = {label: label.strip(_AROUND) for label in self.labels}
        times = Counter(bare.values())
        return {bare[label]: code for label, code in self.labels.items() if bare[label] and times[bare[label]] == 1}

    def translated(self, cell: str) -> float | None:
        """Give the code of the label that says the same in another language, None where no single one does."""
        if DONT_KNOW.search(cell):
            unsure = [code for code, meaning in self._meanings.items() if meaning == Meaning.DONT_KNOW]
            return unsure[0] if unsure else None
        if not is_answer(cell):
            return None  # "Ikke relevant" is no degree of anything
        answers = self.rows.loc[self.rows["meaning"] == Meaning.ANSWER, ["text", "code"]]
        known: Mapping[str, float] = dict(answers.itertuples(index=False, name=None))
        label = same_step(cell, list(known))
        return None if label is None else float(known[label])
