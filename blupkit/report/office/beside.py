"""What is made with a page and lies beside it: its notebook says which, and each is made of the page itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from blupkit.core.errors import DataError, Fault, one_of
from blupkit.core.slugs import slug
from blupkit.core.study import Study

#: Ending → what such a file is to the page, in Danish.
BESIDE: Final = {
    ".docx": "som Word-dokument",
    ".pptx": "som lysbilleder til PowerPoint",
    ".slides.html": "som lysbilleder i en browser",
    ".ics": "som kalender",
    ".xlsx": "som tabeller til Excel",
}
#: What a notebook calls them.
_KINDS: Final = {ending.split(".")[1]: ending for ending in BESIDE} | {"handout": ".docx"}
#: What a deck looks like, where the consultant has put it beside the study's activities.
TEMPLATE: Final = "skabelon.pptx"


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
        The notebook wants a kind of file that nobody makes, or the template of the slides cannot be used.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> files_beside("<h1>Temaer</h1>", [], example_study())
    {}
    >>> files_beside("<h1>Temaer</h1>", ["doc"], example_study())
    Traceback (most recent call last):
    blupkit.core.errors.DataError: notesbogen, kolonne »blupkit.filer«: Her står »['doc']«. Forventet: docx, ...
    """
    if not isinstance(wanted, list) or not set(map(str, wanted)) <= set(_KINDS):
        action = 'Skriv for eksempel "filer": ["docx"] i notesbogens metadata, eller slet det.'
        raise DataError(Fault("notesbogen", str(wanted), one_of(_KINDS), action, column="blupkit.filer"))
    files: dict[str, str | bytes] = {}
    for kind in dict.fromkeys(wanted):
        files |= _calendars(html, study) if kind == "ics" else {_KINDS[kind]: _made(kind, html, study)}
    return files


def beside_title(ending: str) -> str:
    """Say what a file beside a page is to the page, in Danish.

    Examples
    --------
    >>> beside_title(".docx"), beside_title(".konsulent.ics")
    ('som Word-dokument', 'som kalender (kun konsulent)')
    """
    if ending in BESIDE:
        return BESIDE[ending]
    name, _, kind = ending.removeprefix(".").rpartition(".")
    return f"{BESIDE[f'.{kind}']} (kun {name})"


def is_part(name: str) -> bool:
    """Tell whether a file beside a page holds a part of what another one there does.

    Examples
    --------
    >>> [is_part(name) for name in ("faelles/plan.ics", "faelles/plan.konsulent.ics", "faelles/dias.slides.html")]
    [False, True, False]
    """
    return not name.endswith(".html") and "." in name.rpartition("/")[2].rpartition(".")[0]


def _calendars(html: str, study: Study) -> dict[str, str]:
    # Few pages have such a file, and what writes it takes its time to import; so it is below.
    from blupkit.report.office.calendar import page_calendars
    from blupkit.report.office.from_page import page_title

    day = (study.activities and study.activities.as_of) or study.data_date
    return page_calendars(html, title=page_title(html), owner=slug(study.name), day=day)


def _made(kind: str, html: str, study: Study) -> str | bytes:
    from blupkit.report.office.from_page import page_blocks, page_title

    if kind == "slides":
        from blupkit.report.office.show import slide_show

        return slide_show(html)
    blocks, title = page_blocks(html), page_title(html)
    if kind == "xlsx":
        from blupkit.report.office.tables import tables_workbook

        return tables_workbook(blocks)
    if kind == "pptx":
        from blupkit.report.office.deck import deck
        from blupkit.report.office.slides import page_slides

        slides = page_slides(blocks)
        return deck(slides, title=title, publisher=study.organisation, day=study.data_date, template=_template(study))
    from blupkit.report.office.word import word_document

    if kind == "handout":
        from blupkit.report.office.handout import handout_blocks

        blocks_close = handout_blocks(blocks)
        return word_document(blocks_close, title=title, publisher=study.organisation, day=study.data_date, close=True)
    return word_document(blocks, title=title, publisher=study.organisation, day=study.data_date)


def template_faults(study: Study) -> list[Fault]:
    """Say what is wrong with the template that the consultant has put beside the study's activities.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of Fault
        None where there is no template, or it can be used.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> template_faults(example_study())
    []
    """
    template = _template(study)
    if template is None or study.activities is None:
        return []
    from blupkit.report.office.deck import check_template

    try:
        check_template(template)
    except DataError as error:
        return [replace(fault, file=f"{study.activities.folder}/{TEMPLATE}") for fault in error.faults]
    return []


def _template(study: Study) -> bytes | None:
    path = study.path(study.activities.folder) / TEMPLATE if study.activities else None
    return path.read_bytes() if path is not None and path.is_file() else None
