"""What is made with a page and lies beside it: its notebook says which, and each is made of the page itself."""

from __future__ import annotations

from typing import Final

from blupkit.core.danish import listing
from blupkit.core.errors import DataError, Fault
from blupkit.core.study import Study

#: Ending → what such a file is to the page, in Danish.
BESIDE: Final = {".docx": "som Word-dokument"}


def files_beside(html: str, wanted: object, study: Study) -> dict[str, str | bytes]:
    """Make the files that a notebook wants beside its page.

    Nothing is in them that is not on the page: so what the page may show is all that they can.

    Parameters
    ----------
    html : str
        What `page_html` made.
    wanted : list of str
        What the notebook's metadata say under "filer": the endings, without their points.
    study : Study
        Its publisher stands as the author, and its data date as the time.

    Returns
    -------
    dict of str to str or bytes
        Ending → content.

    Raises
    ------
    DataError
        The notebook wants a kind of file that nobody makes.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> files_beside("<h1>Temaer</h1>", [], example_study())
    {}
    >>> files_beside("<h1>Temaer</h1>", ["doc"], example_study())
    Traceback (most recent call last):
    blupkit.core.errors.DataError: notesbogen, kolonne »blupkit.filer«: Her står »['doc']«. ... docx. ...
    """
    kinds = [ending.removeprefix(".") for ending in BESIDE]
    if not isinstance(wanted, list) or not set(map(str, wanted)) <= set(kinds):
        action = f'Skriv "filer": ["{kinds[0]}"] i notesbogens metadata, eller slet det.'
        raise DataError(Fault("notesbogen", str(wanted), listing(kinds, "eller"), action, column="blupkit.filer"))
    return {f".{kind}": _made(html, study) for kind in dict.fromkeys(wanted)}


def _made(html: str, study: Study) -> bytes:
    # Few pages have such a file.
    from blupkit.report.office.from_page import page_blocks, page_title
    from blupkit.report.office.word import word_document

    return word_document(page_blocks(html), title=page_title(html), publisher=study.organisation, day=study.data_date)
