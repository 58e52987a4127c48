"""Danish text: sentences, words, their dictionary forms, and how much more often one text uses a word than another.

Nothing is downloaded, and nothing needs the network.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import simplemma

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

from blupkit.core.lexicon.agents import FORMS, LAST_FORMS, LONGEST
from blupkit.core.lexicon.names import is_only_name

#: A full stop after one of these does not end a sentence. NLTK's own Danish list needs a download.
_ABBREVIATIONS: Final = (
    "adr afd ang art bd bl.a ca d.d d.s.s d.v.s d.å dir div dr dvs ekskl evt f.eks f.s.v.a ff fhv fig fmd fr frk fx gl "
    "hhv hr ifm ift inkl jf jr kap kgl kl kr lok m.a.o m.fl m.h.t m.m m.v max mdr mfl mht mia min mio ml mr mrk mv nr "
    "o.a o.l o.s.v obs osv p.g.a p.t pct pga pkt red resp rev sek skt sml sr st stk t.eks t.o.m tel tlf udg vedr vha "
    "vol årg"
)
#: Punkt takes a letter with a full stop for an initial; in Danish "I", "i", "ø" and "å" are words, and "]s" a genitive.
_LETTER_ENDS: Final = re.compile(r"(?:(?<!\w)[Iiøå]|\]s)\.\s+(?=[^\w\s]*[A-ZÆØÅ])")
#: A word that the others never use is set to half an occurrence, so that the ratio is a number (Hardie).
NEVER: Final = 0.5
#: The chi-squared value of p = 0.01 with one degree of freedom, from which on G² tells a word: a line drawn for the
#: reader's sake, and no test.
LEAST_G2: Final = 6.63
#: Signs after which a capital letter says nothing, as where a sentence begins.
_SAYS_NOTHING: Final = re.compile(r"[”“\"»:…!?\u2600-\u27bf\U0001f300-\U0001faff]\s*|\)\s+|\s[–/]\s+")
#: As many letters stand at least before what ends a longer word.
LEAST_BEFORE: Final = 3
_STOP_WORDS: Final = (
    "jeg du han hun den det vi i de sig min din sin hans hendes dens dets vores jeres deres selv man en denne sådan"
    " samme hinanden som der hvem hvad hvilken hvis hvor hvordan hvornår hvorfor nogen ingen al alt anden hver begge"
    " enhver og eller men for så at om når da mens fordi end både enten hverken samt af ad på med til fra hos ved over"
    " under efter før inden uden mod mellem blandt gennem igennem omkring bag ud ind op ned hen hjem frem bort væk"
    " tilbage her nu ikke jo nok vel vist også kun bare blot dog altså meget mere megen lidt endnu allerede stadig"
    " altid aldrig lige helt ret ganske være have blive få skulle ville kunne måtte burde turde gøre ja nej"
)
#: Function words in the form that the dictionary gives them; NLTK's own list needs a download.
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")


@lru_cache(maxsize=1)
def _sentence_tokenizer() -> PunktSentenceTokenizer:
    # A command that decides on a survey has no use for it, and it imports all of SciPy's statistics and scikit-learn.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A piece that begins in lower case is no sentence of its own: after ”Hvad?” the sentence goes on with "sagde hun".

    Parameters
    ----------
    text : str
        Any text; empty gives none.

    Returns
    -------
    list of (int, int)
        Start and end of each sentence, counted in Unicode code points, end exclusive.

    Examples
    --------
    >>> text = "Vi mødes kl. 14 hos f.eks. Hanne. ”Hvad?” sagde hun. Nej."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Vi mødes kl. 14 hos f.eks. Hanne.', '”Hvad?” sagde hun.', 'Nej.']
    >>> [text[start:end] for text in ["Jo, nu gør I. Og jeg."] for start, end in sentences(text)]
    ['Jo, nu gør I.', 'Og jeg.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        first = next((letter for letter in text[start:end] if letter.isalpha()), "A")
        if spans and first.islower():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _sentence_tokenizer().span_tokenize(text):
        begin = start
        for match in _LETTER_ENDS.finditer(text, start, end):
            yield begin, len(text[: match.end()].rstrip())
            begin = match.end()
        yield begin, end


def sentence_starts(text: str, *, continued: bool = False) -> frozenset[int]:
    """Find where a capital letter says nothing: at the start of a sentence, after a quotation mark, a colon or "(…)".

    Parameters
    ----------
    text : str
        Any text.
    continued : bool
        The text begins in the middle of a sentence.

    Returns
    -------
    frozenset of int
        Positions of first letters.

    Examples
    --------
    >>> sorted(sentence_starts("Nej. Han sagde: ”Ja.”"))
    [0, 5, 17]
    """
    begins = [start for start, _ in sentences(text)]
    begins += [match.end() for match in _SAYS_NOTHING.finditer(text)]
    firsts = {_first_letter(text, begin) for begin in begins} & set(range(len(text)))
    return frozenset(firsts - {_first_letter(text, 0)} if continued else firsts)


def _first_letter(text: str, begin: int) -> int:
    return next((place for place in range(begin, len(text)) if text[place].isalnum()), len(text))


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Find the words and numbers of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int, str)
        Start, end (exclusive) and the token itself; punctuation is left out.

    Examples
    --------
    >>> [word for *_, word in tokens("Inger-Lise kom kl. 8.30, ik’?")]
    ['Inger-Lise', 'kom', 'kl', '8.30', 'ik']
    """
    return [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]


def word_count(text: str) -> int:
    """Count what stands between spaces and holds a letter or a digit.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> word_count("Ja … – det er 3.")
    4
    """
    pieces = text.split()
    # The first letter nearly always tells.
    unclear = [piece for piece in pieces if not piece[0].isalnum()]
    return len(pieces) - sum(not any(map(str.isalnum, piece)) for piece in unclear)


@lru_cache(maxsize=50_000)
def lemma(token: str) -> str:
    """Give the dictionary form of a word, in lower case; a word that is not known stays as it is.

    The dictionary decides, but for the nouns of `lexicon.agents`.

    Parameters
    ----------
    token : str
        One word.

    Examples
    --------
    >>> lemma("lokalrådene"), lemma("Puljerne"), lemma("borger"), lemma("landsbyborger")
    ('lokalråd', 'pulje', 'borger', 'landsbyborger')
    """
    word = token.lower()
    return FORMS.get(word) or _compound(word) or _form(word).lower()


@lru_cache(maxsize=50_000)
def readings(token: str) -> frozenset[str]:
    """Give every word that a word may be a form of: its `lemma`, and the dictionary's where that is another.

    Two words are forms of one where they have a reading in common: "deltager" is of "deltagerne", and of "deltog".

    Parameters
    ----------
    token : str
        One word.

    Examples
    --------
    >>> sorted(readings("deltager")), sorted(readings("deltagerne")), sorted(readings("deltog"))
    (['deltage', 'deltager'], ['deltager'], ['deltage'])
    """
    return frozenset({lemma(token), _form(token.lower()).lower()})


def _compound(word: str) -> str:
    """Give the form of a longer word that the dictionary does not know, and that ends as an agent; "" of another."""
    for end in range(min(LONGEST, len(word) - LEAST_BEFORE), 0, -1):
        before, last = word[:-end], word[-end:]
        if last in LAST_FORMS and not simplemma.is_known(word, lang="da", low_memory=True):
            # "landsbybilleder" ends as "leder" does, and the dictionary tells that it is none.
            return before + LAST_FORMS[last] if _form(word) == before + _form(last) else ""
    return ""


def _form(word: str) -> str:
    # Read a part at a time, the dictionary is there in half the time and takes a tenth of the memory.
    return str(simplemma.lemmatize(word, lang="da", low_memory=True))


@lru_cache(maxsize=5_000)
def is_ordinary_word(token: str) -> bool:
    """Whether a word is a word of everyday Danish: "storm" is, "Mathiesen" is not.

    The dictionary decides, but for names: "søren" stands in it, and is a person all the same.

    Parameters
    ----------
    token : str
        One word.

    Examples
    --------
    >>> is_ordinary_word("Storm"), is_ordinary_word("Mathiesen"), is_ordinary_word("Søren")
    (True, False, False)
    """
    word = token.lower()
    if is_only_name(word):
        return False
    # The dictionary knows names too; it gives their form with a capital.
    return bool(simplemma.is_known(word, lang="da", low_memory=True)) and _form(word)[:1].islower()


def log_likelihood(here: int, there: int, words_here: int, words_there: int) -> float:
    """Give G² for a word's occurrences in two texts.

    Parameters
    ----------
    here, there : int
        Occurrences in each.
    words_here, words_there : int
        Words in each.

    Examples
    --------
    A word that is equally frequent in both has 0; one that only one of them uses has 2·a·ln(a/E1).

    >>> log_likelihood(5, 10, 100, 200), round(log_likelihood(4, 0, 100, 100), 4) == round(8 * math.log(2), 4)
    (0.0, True)
    """
    per_word = (here + there) / (words_here + words_there)
    return 2 * sum(
        found * math.log(found / (words * per_word))
        for found, words in ((here, words_here), (there, words_there))
        if found
    )


def log_ratio(here: int, there: int, words_here: int, words_there: int) -> float:
    """Give the binary logarithm of how many times as frequent a word is here.

    Parameters
    ----------
    here, there : int
        Occurrences in each; none in the others counts as a half.
    words_here, words_there : int
        Words in each.

    Examples
    --------
    >>> log_ratio(8, 2, 100, 100), log_ratio(4, 0, 100, 100)
    (2.0, 3.0)
    """
    return math.log2((here / words_here) / ((there or NEVER) / words_there)) if words_there else math.inf
