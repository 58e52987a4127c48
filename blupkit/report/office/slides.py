"""The slides that a page makes: one for each section, figure and table, each with a title of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple

from blupkit.core.danish import count, first_upper, listing
from blupkit.disclosure.safe_table import WHY_HIDDEN
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, words_of

#: How many letters of text, and how many lines of a table, can be read from the last row of a hall.
_LETTERS: Final = 420
_LINES: Final = 8
#: How many lines are named, and not counted, that may not be shown.
_NAMED: Final = 3
HIDDEN: Final = "•"
#: What counts those that answered: it is told beside what was answered, and not drawn as if it were that.
_COUNTED: Final = re.compile(r"besvarelser|ture i alt|n", re.IGNORECASE)
#: The distance between two marks, which are drawn themselves.
_DISTANCE: Final = re.compile(r"gab|forskel", re.IGNORECASE)
_NUMBER: Final = re.compile(r"([-−]?\d+(?:,\d+)?)(?: ?(?:pct\.|%))?\*?(?: \([^()]*\))?")
_PER_CENT: Final = re.compile(r"\d ?(?:pct\.|%)")
#: What a note says of marks that a chart here does not have.
_DRAWN: Final = re.compile(r"\bStreger(?:ne)?\b[^.]*pct\.[^.]*\.\s*|, tegnet fra [\d,]+ til [\d,]+")
_SECTION: Final = 2
#: Where a caption's first sentence ends.
_SENTENCE: Final = re.compile(r"(?<=\.) (?=[A-ZÆØÅ])")


@dataclass(frozen=True)
class Slide:
    """One slide.

    Parameters
    ----------
    title : str
        No other slide has it.
    words : tuple of Paragraph and Item
        What stands under it.
    grid : Grid, optional
        The table that it shows, or that its chart is drawn from.
    note : str
        What stands under that, in small letters.
    """

    title: str
    words: tuple[Paragraph | Item, ...] = ()
    grid: Grid | None = None
    note: str = ""


class Chart(NamedTuple):
    """What a chart draws, as it is printed.

    Parameters
    ----------
    names : tuple of str
        Of each series.
    rows : tuple of tuple of str and tuple of Decimal or None
        The name of each line, and its number in each series; None where it has none.
    missing : tuple of str
        Lines of which nothing may be shown: they are not there at all.
    unit : str
        What stands behind each number.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    missing: tuple[str, ...]
    unit: str = ""


@dataclass
class _Section:
    """A section of the page while it is read."""

    title: str
    words: list[Paragraph | Item] = field(default_factory=list)
    finding: str = ""
    slide: Slide | None = None
    begun: bool = False


def page_slides(blocks: Iterable[Block]) -> list[Slide]:
    """Make the slides of a page.

    Parameters
    ----------
    blocks : iterable of Block
        What `page_blocks` gave.

    Returns
    -------
    list of Slide
        The first has the page's title and what stands at its top. A section is a slide, and another for each of its
        figures and tables, with what was found as its title; more words than can be read go on to the next.

    Examples
    --------
    >>> from blupkit.report.office.blocks import Run
    >>> blocks = [Heading((Run("Behov"),), 1), Heading((Run("Svar"),), 2), Paragraph((Run("Tre fund."),)),
    ...     Grid("Gab", (("", "Gab"), ("Lytte", "1,7"))), Paragraph((Run("Kilde: skemaet."),), Look.NOTE)]
    >>> [(slide.title, len(slide.words), slide.note) for slide in page_slides(blocks)]
    [('Behov', 0, ''), ('Svar', 1, ''), ('Gab', 0, 'Kilde: skemaet.')]
    """
    found: list[Slide] = []
    section = _Section("")
    for block in blocks:
        if isinstance(block, Heading) and block.level <= _SECTION:
            # What stands over the page's title, as that its data are made up, belongs on its slide.
            above = [] if section.title else section.words
            found += _ended(section) if section.title else []
            section = _Section(words_of(block), above)
        else:
            found += _taken(section, block)
    found += _ended(section)
    return _apart(found)


def _taken(section: _Section, block: Block) -> Iterator[Slide]:
    if isinstance(block, Heading):
        if section.slide:
            yield section.slide
            section.slide = None
        section.finding = words_of(block)
    elif isinstance(block, Grid):
        # The first thing of a section that has no words bears its title; what a caption goes on with stands below.
        caption, *more = _SENTENCE.split(block.caption, maxsplit=1)
        bare = not (section.words or section.begun)
        named = section.finding or (section.title if bare else caption)
        note = "".join(more) if named == caption else ""
        yield from _text_slides(section)
        if section.slide:
            yield section.slide
        section.slide, section.begun = Slide(named or section.title, grid=block, note=note), True
        section.finding = ""
    elif isinstance(block, Paragraph) and block.look == Look.NOTE and section.slide:
        said = _DRAWN.sub("", words_of(block)).strip()
        section.slide = replace(section.slide, note=f"{section.slide.note} {said}".strip())
    elif not (isinstance(block, Paragraph) and block.look == Look.CAPTION):
        section.words.append(block)


def _ended(section: _Section) -> Iterator[Slide]:
    if section.slide:
        yield section.slide
    yield from _text_slides(section, even_empty=not section.begun)


def _text_slides(section: _Section, *, even_empty: bool = False) -> Iterator[Slide]:
    """Give the words as slides, as many to each as can be read."""
    words, section.words = section.words, []
    part: list[Paragraph | Item] = []
    section.begun = section.begun or bool(words)
    for block in words:
        if part and not _goes_on(part[-1], block) and sum(map(len, map(words_of, [*part, block]))) > _LETTERS:
            yield Slide(section.title, tuple(part))
            part = []
        part.append(block)
    if part or even_empty:
        yield Slide(section.title, tuple(part))


def _goes_on(before: Paragraph | Item, block: Paragraph | Item) -> bool:
    """Tell whether a block is who said what stands before it."""
    quoted = isinstance(before, Paragraph) and before.look == Look.QUOTE
    return quoted and not words_of(block).startswith("»")


def _apart(slides: Sequence[Slide]) -> list[Slide]:
    """Give each slide a title of its own: a list of titles is what a screen reader finds its way by."""
    met: dict[str, int] = {}
    named = []
    front = [block for block in slides[0].words if isinstance(block, Paragraph) and block.look != Look.BODY]
    for slide in [replace(slides[0], words=tuple(front)), *slides[1:]]:
        met[slide.title] = number = met.get(slide.title, 0) + 1
        named.append(slide if number == 1 else replace(slide, title=f"{slide.title} ({number})"))
    return named


def chart_of(grid: Grid) -> Chart | None:
    """Give what can be drawn of a table: its first lines, without those of which nothing may be shown.

    Parameters
    ----------
    grid : Grid
        As the page prints it.

    Returns
    -------
    Chart or None
        None where there are no numbers to draw.

    Examples
    --------
    >>> chart_of(Grid("", (("", "Gab", "Besvarelser"), ("Lytte", "1,7*", "7"), ("Skrive", "•", "•"))))
    Chart(names=('Gab',), rows=(('Lytte', (Decimal('1.7'),)),), missing=('Skrive',), unit='')
    """
    heads, *lines = grid.rows
    columns = [
        place
        for place, head in enumerate(heads)
        if place and not _COUNTED.fullmatch(head) and any(_number(line, place) is not None for line in lines)
    ]
    if len(columns) > _SECTION:
        columns = [place for place in columns if not _DISTANCE.match(heads[place])]
    rows = [(line[0], tuple(_number(line, place) for place in columns)) for line in lines]
    shown = [row for row in rows if any(number is not None for number in row[1])]
    missing = tuple(line[0] for line in lines if HIDDEN in line and not any(_number(line, place) for place in columns))
    unit = " pct." if any(_PER_CENT.search(line[place]) for line in lines for place in columns) else ""
    return Chart(tuple(heads[place] for place in columns), tuple(shown[:_LINES]), missing, unit) if shown else None


def chart_note(grid: Grid, chart: Chart) -> str:
    """Say what of a table its chart leaves out.

    Examples
    --------
    >>> grid = Grid("", (("", "Gab"), ("Lytte", "1,7"), ("Skrive", "•")))
    >>> chart_note(grid, chart_of(grid))
    'Skrive er ikke vist ...'
    """
    left = len(grid.rows) - 1 - len(chart.rows) - len(chart.missing)
    many = len(chart.missing)
    named = listing(chart.missing) if many <= _NAMED else f"{first_upper(count(many))} af linjerne"
    hidden = f"{named} er ikke vist {WHY_HIDDEN}." if many else ""
    return " ".join(filter(None, [hidden, left_note(left)]))


def left_note(lines: int) -> str:
    """Say how many lines of a table a slide has no room for.

    Examples
    --------
    >>> left_note(3), left_note(1), left_note(0)
    ('De øvrige 3 linjer står på siden.', 'Den sidste linje står på siden.', '')
    """
    if lines <= 1:
        return "Den sidste linje står på siden." if lines == 1 else ""
    return f"De øvrige {lines} linjer står på siden."


def _number(line: Sequence[str], place: int) -> Decimal | None:
    found = _NUMBER.fullmatch(line[place]) if place < len(line) else None
    return Decimal(found[1].replace("−", "-").replace(",", ".")) if found else None
