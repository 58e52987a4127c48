"""Which cells of a notebook a page is made of: what speaks of something that the study does not have is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode  # slow to import, and whoever asks for a title needs none

#: A cell with this before the name of a material is there with it only, and one with the other where it is missing.
WITH, WITHOUT = "kun-", "uden-"
_MISSING: Final = re.compile(r'data-without="([^"]*)"')
_TITLE: Final = re.compile('<meta name="titel" content="([^"]*)">')
_SECTION: Final = re.compile(r"\s*##? ")
#: What an exhibit is where nothing was asked.
_NOT_ASKED: Final = '<p class="none">'
_NOTHING: Final = re.compile(rf"({_NOT_ASKED}[^<]*</p>\s*)*")


def cells_with_material(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Leave out what has nothing to tell, so that a page does not say of ten sections that they are not there.

    Parameters
    ----------
    cells : sequence of nbformat.NotebookNode
        Executed; not changed.

    Returns
    -------
    list of nbformat.NotebookNode
        Without the cells tagged `kun-x` where `report.leave_out` found no x, those tagged `uden-x` where it did, and
        each section that says of something that it was not asked, and shows nothing else. What is hidden is no reason:
        which sections a page has must not tell how many answered.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
    >>> empty = new_output("display_data", {"text/html": '<p class="none">Det er ikke en del af undersøgelsen.</p>'})
    >>> cells = [new_markdown_cell("## A"), new_code_cell("f()", outputs=[empty]), new_markdown_cell("## B")]
    >>> [cell.source for cell in cells_with_material(cells)]
    ['## B']
    """
    missing = missing_in(cells)
    unwanted = {f"{WITH}{name}" for name in missing}
    kept = [
        cell
        for cell in cells
        if not any(_MISSING.search(html) for html in _shown(cell, "text/html"))
        and not any(tag in unwanted or _is_there(tag, missing) for tag in cell.metadata.get("tags", []))
    ]
    return [cell for section in _sections(kept) if _tells(section) for cell in section]


def missing_in(cells: Iterable[NotebookNode]) -> set[str]:
    """Name the materials that `report.leave_out` found the study not to have.

    Parameters
    ----------
    cells : iterable of nbformat.NotebookNode
        Executed.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_output
    >>> shown = new_output("display_data", {"text/html": '<i data-without="behov interview"></i>'})
    >>> sorted(missing_in([new_code_cell("f()", outputs=[shown])]))
    ['behov', 'interview']
    """
    marks = [_MISSING.findall(html) for cell in cells for html in _shown(cell, "text/html")]
    return {name for found in marks for names in found for name in names.split()}


def title_without(purpose: Mapping[str, Any], missing: Iterable[str]) -> str:
    """Give what a notebook calls its page where the study does not have a material; "" where it says nothing of it.

    Parameters
    ----------
    purpose : mapping
        The notebook's metadata `blupkit`.
    missing : iterable of str
        What `missing_in` found.

    Examples
    --------
    >>> title_without({"titel": "Behov", "titel-uden-behov": "Svarene"}, {"behov"})
    'Svarene'
    """
    return next((str(purpose[key]) for name in sorted(missing) if (key := f"titel-{WITHOUT}{name}") in purpose), "")


def title_in(html: str) -> str:
    """Read which other title a finished page has; "" where it has its notebook's.

    Parameters
    ----------
    html : str
        The page, or its beginning.

    Examples
    --------
    >>> title_in('<head><meta name="titel" content="Ris &amp; ros">')
    'Ris & ros'
    """
    found = _TITLE.search(html)
    return unescape(found[1]) if found else ""


def _is_there(tag: str, missing: Iterable[str]) -> bool:
    """Whether a tag is for a material that is not missing, in a cell that stands in for it."""
    return tag.startswith(WITHOUT) and tag.removeprefix(WITHOUT) not in missing


def _sections(cells: Iterable[NotebookNode]) -> list[list[NotebookNode]]:
    sections: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and _SECTION.match(cell.source):
            sections.append([])
        sections[-1].append(cell)
    return sections


def _tells(section: Sequence[NotebookNode]) -> bool:
    """Whether a section shows anything, or was never to show more than its words."""
    heads = section and section[0].cell_type == "markdown"
    outputs = [output for cell in section for output in cell.get("outputs", [])]
    not_asked = any(_NOT_ASKED in html for cell in section for html in _shown(cell, "text/html"))
    return not heads or not not_asked or not all(map(_is_nothing, outputs))


def _is_nothing(output: Mapping[str, Any]) -> bool:
    data = output.get("data")
    if not data:
        return False  # a stream, or an error
    html, markdown = data.get("text/html"), data.get("text/markdown")
    if html is not None:
        return bool(_NOTHING.fullmatch(html.strip()))
    return markdown is not None and not markdown.strip()


def _shown(cell: NotebookNode, kind: str) -> list[str]:
    return [output.get("data", {}).get(kind, "") for output in cell.get("outputs", [])]
