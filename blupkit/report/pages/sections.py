"""Sections of a page whose headings somebody has written in a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits


def sections(parts: Sequence[tuple[str, Sequence[str], Exhibit | Exhibits | None]]) -> Block:
    """Set sections under each other that somebody has written in a table.

    Parameters
    ----------
    parts : sequence of tuple of str, sequence of str, and exhibit
        Each heading, the points that are said under it, and what is shown; None where nothing is.

    Returns
    -------
    Block
        Shown as sections of the page.

    Examples
    --------
    >>> sections([("Tak & farvel", [], None)]).html
    '<div class="text"><h2>Tak &amp; farvel</h2></div>'
    >>> sections([("Tak", ["For i dag."], None)]).html
    '<div class="text"><h2>Tak</h2><p>For i dag.</p></div>'
    """
    return Block(
        "".join(
            f'<div class="text"><h2>{escape(title)}</h2>{_said(points)}</div>{shown._repr_html_() if shown else ""}'
            for title, points, shown in parts
        )
    )


def _said(points: Sequence[str]) -> str:
    if len(points) < 2:
        return "".join(f"<p>{escape(point)}</p>" for point in points)
    return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"
