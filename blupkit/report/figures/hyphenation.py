"""Where a long Danish word may be broken over two lines: only where the cut is sure, and elsewhere not at all.

The facts are those of Retskrivningsordbogen § 15-17: a compound is cut between its parts, a joining s belongs to the
part before it, a suffix that begins with a consonant may be cut off, and each line has a vowel.
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect
from functools import lru_cache
from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
#: The mean width of a letter in the figures' typeface, in parts of its size.
LETTER: Final = 0.58
#: A word this much longer than the line it is to stand on is cut; the letters of others are narrower than reckoned.
_MUCH_LONGER: Final = 1.2
#: A word of no more letters than this is never cut.
_ORDINARY: Final = 20
#: A line of fewer letters looks like a mistake.
_FEWEST: Final = 3
_TOKEN: Final = re.compile(r"\S+")
#: A hyphen would become a part of an address or a mail address: it is another one then.
ADDRESS: Final = re.compile(r"\S*(?:\w://|www\.|\w@)\S+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_VOWEL: Final = re.compile("[aeiouyæøåé]")

#: Stems that are easily told within a longer word, which may be cut before each of them and where they have a hyphen.
#: Left out is what hides in other words: "plan" in "esplanade", "borger" in "silkeborgensere".
_STEMS: Final = (
    "af-stemning ansvar be-folkning behand-ling be-slut-ning be-styrelse be-svarelse borger-dialog borger-møde "
    "borger-service dialog-møde digital distrikt erfaring fokus-gruppe foranstaltning forbedring formand formænd "
    "forsamling forvalt-ning forvent-ning frivillig fælles-skab gennem-snit hjemme-side hånd-tering højskole "
    "højskole-døgn ind-dragels ind-flydels indsats institution interview kendskab kommu-n kompe-tence "
    "konference konflikt konsulent kontakt-person koordi-nator kursus kvalitet land-distrikt "
    "landsby-laug landsby-plan landsby-råd lokal-råd medarbej-der medborger medlem medlem-m mål-sætning netværk "
    "netværks-møde om-råde opfølg-ning op-mærksom organi-s partner planlæg-ning politiker procent program projekt "
    "rekrut-ter repræsen-t sam-arbejd samfund sammen-hæng sam-skabels sekretær spørge-skema spørgs-mål "
    "strategi søge-mønst tids-punkt tilbage-melding til-gængelig ud-dannelse ud-fordring ud-valg ud-vikling "
    "under-søgelse virksom-hed vur-der workshop"
)
#: Each stem, and how many letters stand before each of its cuts.
_INNER: Final = {
    stem.replace("-", ""): [len(stem[: cut.start()].replace("-", "")) for cut in re.finditer("-", stem)]
    for stem in _STEMS.split()
}
_STEM: Final = re.compile("|".join([*sorted(_INNER, key=len, reverse=True), "behov(?!ed)"]))
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
def pieces(word: str, letters: int) -> tuple[str, ...]:
    """Cut a word where that is sure: between the parts of a compound, and within a part only if it is too long.

    Parameters
    ----------
    word : str
        One word, letters only.
    letters : int
        A part of at most so many letters stays whole.

    Returns
    -------
    tuple of str
        Put together they are the word; one piece where no cut is sure.

    Examples
    --------
    >>> pieces("Forvaltningsmedarbejdere", 12), pieces("rådsformænd", 12), pieces("esplanaden", 8)
    (('Forvaltnings', 'medarbejdere'), ('råds', 'formænd'), ('esplanaden',))
    >>> pieces("kommunalt", 9), pieces("kommunalt", 8)
    (('kommunalt',), ('kommu', 'nalt'))
    """
    small = word.lower()
    stems = list(_STEM.finditer(small))
    between = {stem.start() for stem in stems} | {match.end() for match in _BETWEEN.finditer(small)}
    within = {stem.start() + place for stem in stems for place in _INNER.get(stem[0], ())}
    within |= {match.end() for rule in _WITHIN for match in rule.finditer(small)}
    cuts = _with_cuts(small, _with_cuts(small, [0, len(word)], between, 0), within, letters)
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
        What stands between two blanks is left alone if it has at most so many, and an address always.

    Returns
    -------
    str
        With soft hyphens, which are seen only where a line ends at one.

    Examples
    --------
    >>> softened("Kommunalt ansatte og lokalrådsmedlemmer", 12).replace(SOFT_HYPHEN, "|")
    'Kommunalt ansatte og lokalråds|medlemmer'
    """

    def soften(token: re.Match[str]) -> str:
        over = len(token[0]) - letters
        return _WORD.sub(lambda word: SOFT_HYPHEN.join(pieces(word[0], len(word[0]) - over)), token[0])

    def plain(token: str) -> bool:
        return len(token) <= letters or ADDRESS.match(token) is not None

    return _TOKEN.sub(lambda token: token[0] if plain(token[0]) else soften(token), text)


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
    for piece in pieces(word, letters - 1):
        if lines[-1] and len(lines[-1] + piece) >= letters:
            lines.append("")
        lines[-1] += piece
    return lines


def wrap(text: str, pixels: float, size: int) -> list[str]:
    """Break a text into lines that fit a width; a word is cut only where it is much longer than a line.

    Parameters
    ----------
    text : str
        One paragraph.
    pixels : float
        The width in CSS pixels.
    size : int
        The size of the letters.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> wrap("Søge fonde og puljer", 90, 14)
    ['Søge fonde', 'og puljer']
    >>> wrap("www.eksempel.dk/ansoegning/2027", 90, 14)
    ['www.eksempe', 'l.dk/ansoeg', 'ning/2027']
    """
    room = max(8, int(pixels / (size * LETTER)))
    words = [part for word in text.split() for part in _cut(word, room)]
    return textwrap.wrap(" ".join(words), room, break_long_words=False) or [""]


def _cut(word: str, room: int) -> list[str]:
    """Cut what no line holds, an address or a very long compound: where Danish allows it, or else where a line ends."""
    if len(word) <= max(_ORDINARY, _MUCH_LONGER * room):
        return [word]
    *first, last = lines_of(word, room - 1) if word.isalpha() else [word]
    parts = [*(f"{part}-" for part in first), last]
    # A word that Danish has no sure cut for gets its hyphen too; an address would become another by it.
    hyphen = "-" if word.isalpha() else ""
    return [line for part in parts for line in _sliced(part, room, hyphen)]


def _sliced(part: str, room: int, hyphen: str) -> list[str]:
    if len(part) <= room:
        return [part]
    return [part[: room - len(hyphen)] + hyphen, *_sliced(part[room - len(hyphen) :], room, hyphen)]
