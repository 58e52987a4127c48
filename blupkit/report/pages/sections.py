"""Sections of a page whose headings somebody has written in a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits


def sections(parts: Sequence[tuple[str, Exhibit | Exhibits | None]]) -> Block:
    """Set sections under each other whose headings somebody has written in a table.

    Parameters
    ----------
    parts : sequence of tuple of str and exhibit
        Each heading, and what stands under it; None where it stands alone.

    Returns
    -------
    Block
        Shown as sections of the page.

    Examples
    --------
    >>> sections([("Tak & farvel", None)]).html
    '<div class="text"><h2>Tak &amp; farvel</h2></div>'
    """
    return Block(
        "".join(
            f'<div class="text"><h2>{escape(title)}</h2></div>{shown._repr_html_() if shown else ""}'
            for title, shown in parts
        )
    )
