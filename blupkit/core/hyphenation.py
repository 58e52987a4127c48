"""Where a long Danish word may be broken over two lines: only where the cut is sure, and elsewhere not at all.

The facts are those of Retskrivningsordbogen § 15-17: a compound is cut between its parts, a joining s belongs to the
part before it, a suffix that begins with a consonant may be cut off, and each line has a vowel.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
#: A line of fewer letters looks like a mistake.
_FEWEST: Final = 3
#: A part of so many letters fits a telephone's narrowest column.
_LONG: Final = 10
_WORD: Final = re.compile(r"[^\W\d_]+")
_VOWEL: Final = re.compile("[aeiouyæøåé]")

#: Stems that are easily told within a longer word, which may be cut before each of them and where they have a hyphen.
#: Left out is what hides in other words: "plan" in "esplanade", "borger" in "silkeborgensere".
_STEMS: Final = (
    "afstemning ansvar befolkning behandling beslutning bestyrelse besvarelse borger-dialog borger-møde borger- "
    "service dialog-møde digital distrikt erfaring fokus-gruppe foranstaltning forbedring formand formænd forsamling "
    "forvaltning forventning frivillig fælles-skab gennem-snit hjemme-side håndtering højskole ind-dragels ind- "
    "flydels indsats institution interview kendskab kommu-n kompe-tence kompetence-behov konference konflikt "
    "konsulent kontakt-person koordinator kursus kvalitet land-distrikt landsby-laug landsby-plan landsby-råd "
    "lokalråd medarbejder medborger medlem mål-sætning netværk netværks-møde område opfølgning opmærksom organi-s "
    "partner planlægning politiker procent program projekt rekrut-ter repræsen-t sam-arbejd samfund sammen-hæng sam- "
    "skabels sekretær spørge-skema spørgs-mål strategi tids-punkt tilbage-melding til-gængelig uddannelse udfordring "
    "udvalg ud-vikling under-søgelse virksom-hed vur-der workshop"
)
#: Each stem, and how many letters stand before each of its cuts.
_INNER: Final = {
    stem.replace("-", ""): [len(stem[: cut.start()].replace("-", "")) for cut in re.finditer("-", stem)]
    for stem in _STEMS.split()
}
_STEM: Final = re.compile("|".join(sorted(_INNER, key=len, reverse=True)))
#: What takes a joining s in a compound, and beginnings that show that the s is not one: "folkedom-stol", "arbejd-som".
_JOINED: Final = r"[aeiouyæøå]\w*?(?:ing|else|hed|skab|dom|[ts]ion|itet|råd)|arbejd|udvalg|samfund|distrikt|forbund"
_OWN_S: Final = "elskab|ystem|tof|tyrk|uppe|kuesp|øst|ølv|tå|ted|tol|pill|kal(?:$|l)|om(?!r)"
_ENDING: Final = "(?:e[nr]|et|ens|ets|ers|erne|ernes|s)?$"
#: A word may be cut at the end of each match: after a joining s, ...
_BETWEEN: Final = re.compile(rf"(?:{_JOINED})s(?!{_OWN_S})(?=\w{{3}})")
_WITHIN: Final = (
    # ... before a suffix that begins with a consonant, ...
    re.compile(rf"(?=(?:hed|skab){_ENDING})"),
    re.compile(rf"[bdfghjklmnprstv](?=ning{_ENDING})"),
    # ... and before the only consonant between two vowels, in endings with which no other word begins.
    re.compile(rf"[aeiouyæøå](?=[ts]ion|ring{_ENDING})"),
    re.compile(rf"i(?=tet{_ENDING})"),
    re.compile(r"\w\wi(?=[a-z]er(?:e|ing))"),
)


@lru_cache(maxsize=4096)
def pieces(word: str) -> tuple[str, ...]:
    """Cut a word wherever it may surely be cut: between the parts of a compound, and within a part only if it is long.

    Parameters
    ----------
    word : str
        One word, letters only.

    Returns
    -------
    tuple of str
        Put together they are the word; one piece where no cut is sure.

    Examples
    --------
    >>> pieces("Forvaltningsmedarbejdere"), pieces("rådsformænd"), pieces("esplanaden")
    (('Forvaltnings', 'medarbejdere'), ('råds', 'formænd'), ('esplanaden',))
    >>> pieces("kommunikation"), pieces("byrådspolitikere")
    (('kommu', 'nikation'), ('byråds', 'politikere'))
    """
    small = word.lower()
    stems = list(_STEM.finditer(small))
    between = {stem.start() for stem in stems} | {match.end() for match in _BETWEEN.finditer(small)}
    within = {stem.start() + place for stem in stems for place in _INNER[stem[0]]}
    within |= {match.end() for rule in _WITHIN for match in rule.finditer(small)}
    cuts = _with_cuts(small, _with_cuts(small, [0, len(word)], between, 0), within, _LONG)
    return tuple(word[start:end] for start, end in pairwise(cuts))


def _with_cuts(word: str, cuts: list[int], more: set[int], longer: int) -> list[int]:
    """Add the cuts that fall in a piece of more than so many letters and leave a line on either side of them."""
    for cut in sorted(more.difference(cuts)):
        place = bisect(cuts, cut)
        start, end = cuts[place - 1], cuts[place]
        lines = (word[start:cut], word[cut:end])
        if end - start > longer and all(len(line) >= _FEWEST and _VOWEL.search(line) for line in lines):
            cuts.insert(place, cut)
    return cuts


def softened(text: str, letters: int) -> str:
    """Say where the long words of a text may be broken, for the browsers that do not know Danish.

    Parameters
    ----------
    text : str
        Any text.
    letters : int
        Words of at most so many letters are left alone.

    Returns
    -------
    str
        With soft hyphens, which are seen only where a line ends at one.

    Examples
    --------
    >>> softened("Kommunalt ansatte og lokalrådsmedlemmer", 12).replace(SOFT_HYPHEN, "|")
    'Kommunalt ansatte og lokalråds|medlemmer'
    """
    return _WORD.sub(lambda word: SOFT_HYPHEN.join(pieces(word[0])) if len(word[0]) > letters else word[0], text)


def lines_of(word: str, letters: int) -> list[str]:
    """Cut a word for a narrow column, in as few pieces as the sure cuts allow; a piece may still be too long.

    Parameters
    ----------
    word : str
        One word.
    letters : int
        How many letters a line holds, with its hyphen.

    Examples
    --------
    >>> lines_of("Lokalrådsmedlemmer", 12), lines_of("ansatte", 12), lines_of("Kulturhus", 6)
    (['Lokalråds', 'medlemmer'], ['ansatte'], ['Kulturhus'])
    """
    if len(word) <= letters:
        return [word]
    lines = [""]
    for piece in pieces(word):
        if lines[-1] and len(lines[-1] + piece) >= letters:
            lines.append("")
        lines[-1] += piece
    return lines
