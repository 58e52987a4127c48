"""Every word of some texts and where it stands, with NLTK's concordance index, in every form of a Danish word."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from nltk.text import ConcordanceIndex

from blupkit.core.language import is_ordinary_word, lemma, readings, tokens

#: A word that is this much like another may be meant.
_ALIKE: Final = 0.7
#: A shorter word is a part of too many others by chance.
LEAST_LETTERS: Final = 4


@dataclass(frozen=True, eq=False)
class Index:
    """The words of some texts.

    Parameters
    ----------
    words : sequence of str
        Every word and number, in lower case, text by text.
    text, start, end : numpy.ndarray
        Of each word: which text it stands in, and its code points there, end exclusive.

    Examples
    --------
    >>> index = Index.of(["Vi søgte puljen.", "Puljerne er små, og puljemidler færre."])
    >>> index.forms("pulje")
    ['puljen', 'puljerne']
    >>> index.places(["pulje"]).tolist(), index.places(["søge", "pulje"]).tolist(), index.places(["pulje*"]).tolist()
    ([2, 3], [1], [2, 3, 7])
    """

    words: Sequence[str]
    text: np.ndarray
    start: np.ndarray
    end: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Index:
        """Find the words of some texts.

        Parameters
        ----------
        texts : iterable of str
            In the order by which they are told from each other; an empty one has no word.
        """
        words: list[str] = []
        spans: list[tuple[int, int, int]] = []
        known: dict[str, str] = {}
        for number, text in enumerate(texts):
            for start, end, word in tokens(text):
                lower = word.lower()
                words.append(known.setdefault(lower, lower))  # one string for all of its occurrences
                spans.append((number, start, end))
        table = np.array(spans, dtype=np.int32).reshape(-1, 3)
        return cls(words, *np.ascontiguousarray(table.T))

    @cached_property
    def concordance(self) -> Any:  # noqa: ANN401 (NLTK has no types)
        """NLTK's index from each form to its places; all is in lower case, since NLTK does not join capitals."""
        return ConcordanceIndex(self.words)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Form → how often it occurs, in the order in which it first does."""
        counts: dict[str, int] = defaultdict(int)
        for word in self.words:
            counts[word] += 1
        return dict(counts)

    @cached_property
    def heads(self) -> list[str]:
        """The dictionary forms of the words."""
        return list(dict.fromkeys(map(lemma, self.vocabulary)))

    @cached_property
    def usual(self) -> list[str]:
        """The form in which each of `heads` occurs most: "godt" tells more than the dictionary's "godte"."""
        most: dict[str, str] = {}
        for form in sorted(self.vocabulary, key=lambda form: -self.vocabulary[form]):
            most.setdefault(lemma(form), form)
        return [most[head] for head in self.heads]

    @cached_property
    def head(self) -> np.ndarray:
        """Which of `heads` each word is a form of."""
        numbers = {name: number for number, name in enumerate(self.heads)}
        of_form = {form: numbers[lemma(form)] for form in self.vocabulary}
        return np.fromiter(map(of_form.__getitem__, self.words), dtype=np.int32, count=len(self.words))

    @cached_property
    def _forms_of(self) -> dict[str, list[str]]:
        forms: dict[str, list[str]] = defaultdict(list)
        for form in self.vocabulary:
            for head in {form, *readings(form)}:
                forms[head].append(form)
        return dict(forms)

    def forms(self, word: str) -> list[str]:
        """Give the forms of a word that occur, by how often they do.

        A word's dictionary form decides, and the word itself where it is the dictionary form of another: "borger" is a
        citizen, and a form of a verb. With * first or last it stands for any rest, as in the codebook's patterns;
        nothing else in it is a sign.

        Parameters
        ----------
        word : str
            In any form and case.
        """
        word = word.lower()
        core = word.strip("*")
        if core != word:
            ends = {"front": word.startswith("*"), "back": word.endswith("*")}
            found = [form for form in self.vocabulary if _matches(form, core, **ends)]
        else:
            noun, adjective = _noun(word), _adjective_forms(word)
            own = [form for head in (word, lemma(word), noun) for form in self._forms_of.get(head, ())]
            more = [form for form in (*adjective, f"{noun}et" if noun else "") if form in self.vocabulary]
            found = list(dict.fromkeys([*own, *more]))
        return sorted(found, key=lambda form: -self.vocabulary[form])

    def compounds(self, word: str) -> list[str]:
        """Give the words that occur and begin with a word, or end with a form of it, without being one.

        Parameters
        ----------
        word : str
            Of at least four letters, and without *; any other has none.
        """
        word = word.lower()
        if "*" in word or len(word) < LEAST_LETTERS:
            return []
        own = set(self.forms(word))
        heads = tuple(head for head in {word, lemma(word)} if len(head) >= LEAST_LETTERS)
        ends = (*heads, *(form for form in own if len(form) >= LEAST_LETTERS))
        found = [
            form
            for form in self.vocabulary
            if form not in own and (form.startswith(heads) or form.endswith(ends) or lemma(form).endswith(heads))
        ]
        return sorted(found, key=lambda form: -self.vocabulary[form])

    def alike(self, word: str, most: int = 3) -> list[str]:
        """Give the words that occur and are written most like a word that does not."""
        word = word.lower().strip("*")
        near = [form for form in self.vocabulary if abs(len(form) - len(word)) <= max(2, len(word) // 3)]
        return difflib.get_close_matches(word, near, n=most, cutoff=_ALIKE)

    def places(self, words: Sequence[str]) -> np.ndarray:
        """Say where some words stand next to each other, in any of their forms, within one text.

        Parameters
        ----------
        words : sequence of str
            One or more; each as in `forms`.

        Returns
        -------
        numpy.ndarray
            The number of the first word of each place, in order; empty where there is none.
        """
        first, *rest = [self.forms(word) for word in words]
        offsets = [self.concordance.offsets(form) for form in first]
        found = np.sort(np.array([place for each in offsets for place in each], dtype=np.int64))
        for step, forms in enumerate(rest, start=1):
            found = found[found + step < len(self.words)]
            found = found[self.text[found] == self.text[found + step]]
            wanted = set(forms)
            found = found[[self.words[place + step] in wanted for place in found.tolist()]]
        return found


def _matches(form: str, core: str, *, front: bool, back: bool) -> bool:
    if front and back:
        return core in form
    return form.endswith(core) if front else form.startswith(core)


def _noun(word: str) -> str:
    """Give the noun whose form in -et the dictionary has under a verb: "svar", of "svar" and of "svaret"; else ""."""
    for base in (word, word.removesuffix("et")):
        if is_ordinary_word(base) and lemma(base) == base and lemma(base + "et") == base + "e":
            return base
    return ""


def _adjective_forms(word: str) -> list[str]:
    """Give the forms of an adjective, whose forms in -t and -e the dictionary often gives as words of their own.

    Where the dictionary has one of the forms under another word, as "sagt" under "sige", it is no adjective; nor where
    the form in -e is a verb, as "svare" is beside "svar".
    """
    for base in (word, word[:-1] if word.endswith(("t", "e")) else ""):
        heads = {base: {base}, base + "t": {base, base + "t", base + "te"}, base + "e": {base, base + "e"}}
        past = any(lemma(base + end) == base + "e" for end in ("ede", "te"))
        if base and not past and all(is_ordinary_word(form) and lemma(form) in own for form, own in heads.items()):
            return list(heads)
    return []
