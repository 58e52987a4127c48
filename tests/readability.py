"""How hard Danish or English prose is to read, in numbers, and what is wrong with a sentence whoever reads it.

    python tests/readability.py PAGE.html …

prints a line a page: words before the first number, words a sentence, words a heading, and LIX, which is the words a
sentence and the words of more than six letters per hundred (Björnsson 1968). The labels of rows and the names of groups
are left out, since nobody who writes sentences chooses them. A file that is no HTML is read as text, without headings.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from bs4 import BeautifulSoup, Tag

#: At most so many words of a sentence are read in one breath.
SENTENCE_WORDS: Final = 28
LONG_LETTERS: Final = 6
#: What ends with a point and no sentence.
_ABBREVIATIONS: Final = re.compile(
    r"\b(pct|nr|fx|bl\.a|m\.fl|kl|ca|dvs|Anm|p\.t|e\.g|i\.e)\.(?=[\s,:;]*[^\sA-ZÆØÅ»*]|\s*$)"
)
_POINT: Final = "\N{ONE DOT LEADER}"
_END: Final = re.compile(r"(?<=[.!?:])[\s*]+(?=[\"»(*]?[A-ZÆØÅ0-9])|\n+")
_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’/-]*\w)?")
_LABEL: Final = re.compile("»[^«]*«")
#: Said twice on purpose, and right.
_TWICE: Final = {"der der", "det det", "hvad hvad"}
#: Where a page's prose stands; the rest is numbers, notes and drawings.
_PROSE: Final = "p, li, h1, h2, h3"
_NO_PROSE: Final = "table, svg, figure dl, nav, .note, .source, figcaption, summary, style, script, .banner"


class Reading(NamedTuple):
    """How a text reads: words, words a sentence, LIX."""

    words: int
    words_a_sentence: float
    lix: float


def sentences(text: str) -> list[str]:
    """Part a text of Markdown, or of lines, into sentences.

    Examples
    --------
    >>> sentences("I alt 63 pct. vil på kursus. **Kort:** De fleste vil.")
    ['I alt 63 pct. vil på kursus.', 'Kort:', 'De fleste vil.']
    """
    plain = re.sub(r"^\s*[-#]+ ", "", text.replace("\N{NO-BREAK SPACE}", " "), flags=re.MULTILINE).replace("**", "")
    kept = _ABBREVIATIONS.sub(lambda found: f"{found[1]}{_POINT}", plain)
    return [part.replace(_POINT, ".").strip() for part in _END.split(kept) if part.strip()]


def words_of(text: str) -> list[str]:
    """List the words; a number is none.

    Examples
    --------
    >>> words_of("De 21 lokalråd (3,9 mod 3,0) er Øst-Vest.")
    ['De', 'lokalråd', 'mod', 'er', 'Øst-Vest']
    """
    return _WORD.findall(text)


def reading(parts: Iterable[str]) -> Reading:
    """Measure sentences; what `without` put in place of labels and names counts as nothing.

    Examples
    --------
    >>> reading(["Vi mødes her.", "Lokalrådsmedlemmer mødes."])  # one of five words is long: 2,5 + 20
    Reading(words=5, words_a_sentence=2.5, lix=22.5)
    """
    each = [found for part in parts if (found := [word for word in words_of(part) if word != "X"])]
    words = [word for found in each for word in found]
    if not words:
        return Reading(0, 0.0, 0.0)
    length = len(words) / len(each)
    return Reading(len(words), length, length + 100 * sum(len(word) > LONG_LETTERS for word in words) / len(words))


def without(text: str, names: Iterable[str]) -> str:
    """Put one short word in place of each label and name: whoever writes the sentences does not choose those.

    Examples
    --------
    >>> without("Kommunalt ansatte peger på »Netværk på tværs«, og at lede møder er svært.", ["ansatte", "Lede møder"])
    'Kommunalt X peger på X, og at X er svært.'
    """
    plain = _LABEL.sub("X", text)
    for name in sorted(set(filter(None, names)), key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "X", plain, flags=re.IGNORECASE)
    return plain


def faults(text: str, names: Iterable[str] = ()) -> list[str]:
    """Say what is wrong with the sentences of a text; a name or a label counts as one word.

    Examples
    --------
    >>> faults("Behovet er er stort (få besvarelser). Nordby har har et råd.")
    ['er er: Behovet er er stort (få besvarelser).', 'ends in a bracket: Behovet er er stort (få besvarelser).', \
'har har: Nordby har har et råd.']
    """
    found = []
    for sentence in sentences(text):
        plain = without(sentence, names)
        words = [word.casefold() for word in words_of(plain) if word != "X"]
        doubled = {f"{one} {other}" for one, other in pairwise(words) if one == other} - _TWICE
        doubled = {pair for pair in doubled if re.search(rf"(?<!\w){pair}(?!\w)", plain, flags=re.IGNORECASE)}
        checks = {
            **dict.fromkeys(sorted(doubled), True),
            "ends in a bracket": bool(re.search(r"\)[.:]?$", sentence)),
            f"more than {SENTENCE_WORDS} words": len(words_of(plain)) > SENTENCE_WORDS,
            "two marks": bool(re.search(r"\.\.|,,|[.,;] ?[,;]|,\.|  |: ?[.;,]|\(\)|»«", sentence)),
            "begins small": sentence[:1].islower(),
            "nothing where something should stand": bool(re.search(r"\b(nan|None|NaT)\b|\[\]|\{", sentence)),
            "one of several": bool(re.search(r"(?<![\d.,])1 \w+(er|te)\b(?<!deltager)(?<!svar)", sentence)),
        }
        found += [f"{what}: {sentence}" for what, wrong in checks.items() if wrong]
    return found


def prose(html: str) -> tuple[list[str], list[str], list[str]]:
    """Give a page's prose in blocks, its headings, and the labels and names that stand in its tables and its front."""
    page = BeautifulSoup(html, "html.parser")
    names = [cell.get_text(" ", strip=True) for cell in page.select("th, dt")]
    for part in page.select(_NO_PROSE):
        part.decompose()
    main = page.select_one("main") or page.body or page
    blocks = [
        block
        for block in main.select(_PROSE)
        if not any(isinstance(up, Tag) and up.name == "li" for up in block.parents)
    ]
    text = {id(block): " ".join(block.get_text(" ", strip=True).split()) for block in blocks}
    headings = [text[id(block)] for block in blocks if block.name in {"h1", "h2", "h3"}]
    return [text[id(block)] for block in blocks], headings, names


def before_the_first_number(parts: Iterable[str]) -> int:
    """Count the words before the first sentence that tells a number; a year and a date are none.

    Examples
    --------
    >>> before_the_first_number(["Svar fra maj 2022.", "Kort sagt:", "Gabet er 1,7."])
    5
    """
    before = 0
    for part in parts:
        if re.search(r"\d", re.sub(r"\b(19|20)\d\d\b|\b\d+\. [a-zæøå]{3,}", "", part)):
            break
        before += len(words_of(part))
    return before


def main() -> None:
    """Print a line a page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("pages", nargs="+", type=Path)
    for path in parser.parse_args().pages:
        text = path.read_text("utf-8")
        blocks, headings, names = prose(text) if path.suffix == ".html" else (text.splitlines(), [], [])
        parts = [sentence for block in blocks for sentence in sentences(without(block, names))]
        found = reading(parts)
        print(
            f"{path.parent.name}/{path.name}: {found.words} words, {before_the_first_number(parts)} before the first"
            f" number, {found.words_a_sentence:.1f} a sentence, {reading(headings).words_a_sentence:.1f} a heading,"
            f" LIX {found.lix:.0f}"
        )


if __name__ == "__main__":
    main()
