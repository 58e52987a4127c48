"""A page on two sheets, to hand out: what is said in two columns, and the first lines of each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from blupkit.report.office.blocks import Block, Columns, Grid, Heading, Item, Laid, Look, Paragraph, Run, words_of

#: How many lines of a table are shown at most; fewer where there is no room.
_ROWS: Final = 5
#: What two sheets have room for, in lines of text; how many letters such a line has, one of notes, and a cell.
_ROOM, _LETTERS, _SMALL, _CELL = 122, 100, 115, 30
#: How many lines a heading, a line of a table and any other block take with the space around them; and that of a table.
_HEADING, _ROW, _LINE, _TABLE = 2.0, 1.1, 1.15, 0.6


def handout_blocks(blocks: Sequence[Block]) -> list[Laid]:
    """Shorten a page to two sheets.

    Parameters
    ----------
    blocks : sequence of Block
        What `page_blocks` made.

    Returns
    -------
    list of Block or Columns
        All that is said, and sections without a table in two columns; the first lines of each table, five or as many
        fewer as it takes, with a remark on how many there are. Of a section with points of its own the table is left
        out, and it is said that it stands on the page.

    Examples
    --------
    >>> table = Grid("", (("", "Gab"), *((f"k{number}", "1,0") for number in range(9))))
    >>> said = handout_blocks([Heading((Run("Behov"),), 2), table])
    >>> len(said[1].rows), words_of(said[2])
    (6, 'De første 5 af 9 linjer; resten står på siden.')
    """
    shortened: list[Laid] = []
    for rows in range(_ROWS, 0, -1):
        shortened = [each for section in _sections(blocks) for each in _shortened(section, rows)]
        if _lines(shortened) <= _ROOM:
            break
    return shortened


def _sections(blocks: Sequence[Block]) -> Iterator[list[Laid]]:
    """Give what stands before the first section, and each section; sections without a table stand in two columns."""
    starts = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level > 1]
    wide = True
    for first, last in zip([0, *starts], [*starts, len(blocks)], strict=True):
        own: list[Laid] = [*_own_words(blocks[first:last])]
        if last == len(blocks):  # the foot of a page, which says how the numbers were made
            own = [replace(block, look=Look.NOTE) if isinstance(block, Paragraph) else block for block in own]
        if not own:
            continue
        wanted = first == 0 or any(isinstance(block, Grid) for block in own)
        yield own if wanted == wide else [Columns(1 if wanted else 2), *own]
        wide = wanted


def _own_words(section: Sequence[Block]) -> Iterator[Block]:
    """Leave a section's tables out where points say what they show, and say that they are on the page."""
    said = any(isinstance(block, Item) for block in section) and any(isinstance(block, Grid) for block in section)
    for block in section:
        if not said or not (isinstance(block, Grid) or getattr(block, "look", None) in (Look.NOTE, Look.CAPTION)):
            yield block
    if said:
        yield Paragraph((Run("Resten står på siden."),), Look.NOTE)


def _shortened(section: Sequence[Laid], rows: int) -> Iterator[Laid]:
    for block in section:
        if isinstance(block, Grid) and len(block.rows) > rows + 1:
            yield replace(block, rows=block.rows[: rows + 1])
            first = "Den første" if rows == 1 else f"De første {rows}"
            yield Paragraph((Run(f"{first} af {len(block.rows) - 1} linjer; resten står på siden."),), Look.NOTE)
        else:
            yield block


def _lines(blocks: Sequence[Laid]) -> float:
    """Reckon how many lines of a sheet's width it takes."""
    lines, columns = 0.0, 1
    for block in blocks:
        if isinstance(block, Columns):
            columns = block.number
        elif isinstance(block, Grid):
            lines += _TABLE + _ROW * sum(ceil(max(map(len, row), default=1) / _CELL) for row in block.rows)
        else:
            small = isinstance(block, Paragraph) and block.look in (Look.NOTE, Look.CAPTION)
            each, letters = _HEADING if isinstance(block, Heading) else _LINE, _SMALL if small else _LETTERS
            lines += each * ceil(len(words_of(block)) * columns / letters) / columns
    return lines
