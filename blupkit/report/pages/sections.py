"""What somebody has written in a table, as sections of a page or as a table on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

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


def list_joint(frame: pd.DataFrame, *, caption: str, finding: str, source: str) -> Exhibit:
    """Set out what was measured beside what was said: a card for each comparison, readable on a telephone.

    Parameters
    ----------
    frame : pandas.DataFrame
        `dimension`, `measured`, `theme`, `said`, `verdict`, `why`; not changed.
    caption : str
        What they are.
    finding : str
        The heading.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        Numbered as a table; a polite sentence where nothing is compared yet.

    Examples
    --------
    >>> import pandas as pd
    >>> said = {"dimension": "Dialog", "measured": "Gab 1,5", "theme": "Tillid", "said": "9 ture"}
    >>> frame = pd.DataFrame([{**said, "verdict": "enige", "why": "Begge er høje."}])
    >>> exhibit = list_joint(frame, caption="c", finding="De peger samme vej.", source="s")
    >>> exhibit.finding, "<h3>»Dialog« og »Tillid«: enige</h3>" in exhibit.table
    ('De peger samme vej', True)
    """
    columns = (frame[name] for name in ("dimension", "theme", "verdict", "measured", "said", "why"))
    cards = "".join(
        f"<section><h3>»{dimension}« og »{theme}«: {verdict}</h3><dl><dt>Spørgeskema</dt><dd>{measured}</dd>"
        f"<dt>Interview</dt><dd>{said}</dd></dl><p>{why}</p></section>"
        for dimension, theme, verdict, measured, said, why in zip(*(map(escape, part) for part in columns), strict=True)
    )
    body = cards or "<p>Spørgeskema og interview er endnu ikke holdt op mod hinanden.</p>"
    return Exhibit(Kind.TABLE, caption, f'<div class="joint">{body}</div>', source=source, finding=finding.rstrip("."))


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
    >>> exhibit, '<td data-head="Frist">1.9.2022</td>' in exhibit.table
    (Tabel: Aftaler., True)
    """
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in frame.columns)
    marks = [escape(head) for head in frame.columns[1:]]
    rows = "".join(
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f'<td data-head="{mark}">{_cell(cell)}</td>' for mark, cell in zip(marks, others, strict=True))
        + "</tr>"
        for first, *others in frame.itertuples(index=False)
    )
    table = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="words">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return Exhibit(Kind.TABLE, caption, table if rows else "<p>Ingen rækker.</p>", source=source)


def _cell(text: str) -> str:
    return escape(softened(text, _NARROW))
