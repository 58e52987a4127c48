"""What somebody has written in a table, as sections of a page or as a table on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from blupkit.core.danish import first_upper
from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits, Kind
from blupkit.report.figures.hyphenation import softened

if TYPE_CHECKING:
    import pandas as pd

#: The letters of a word that a cell has room for on a telephone.
_NARROW: Final = 12


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


def table_written(frame: pd.DataFrame, *, caption: str, source: str = "") -> Exhibit:
    """Set out what somebody has written for those who read the page: agreements, never answers.

    Parameters
    ----------
    frame : pandas.DataFrame
        Texts, the first column naming the row; not changed.
    caption : str
        The title, after the number.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        Numbered as a table; a page with `"filer": ["xlsx"]` has it as a workbook beside it.

    Examples
    --------
    >>> import pandas as pd
    >>> agreed = pd.DataFrame({"Aftale": ["Svar inden ti dage"], "Frist": ["1.9.2022"]})
    >>> exhibit = table_written(agreed, caption="Aftaler.")
    >>> exhibit, "<td>1.9.2022</td>" in exhibit.table
    (Tabel: Aftaler., True)
    """
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in frame.columns)
    rows = "".join(
        f'<tr><th scope="row">{_cell(first)}</th>{"".join(f"<td>{_cell(cell)}</td>" for cell in others)}</tr>'
        for first, *others in frame.itertuples(index=False)
    )
    table = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="words">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return Exhibit(Kind.TABLE, caption, table if rows else "<p>Ingen rækker.</p>", source=source)


def _cell(text: str) -> str:
    return escape(softened(first_upper(text), _NARROW))
