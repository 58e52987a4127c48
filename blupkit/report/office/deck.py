"""Slides as an editable PowerPoint file: charts that can be changed, and hold nothing but what is printed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from blupkit.core.errors import DataError, Fault
from blupkit.core.files import legible, zipped
from blupkit.core.reading.documents.package import Package
from blupkit.core.spreadsheet import excel_workbook
from blupkit.display.tokens import GROUP_COLOURS
from blupkit.report.office.blocks import Grid, Item, Paragraph
from blupkit.report.office.slides import Chart, Slide, chart_note, chart_of, left_note

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as Drawn
    from pptx.slide import SlideLayout

DANISH: Final = "da-DK"
_ENGLISH: Final = re.compile(rb'(\blang=)"en-[A-Z]+"')
_OTHER_SCRIPTS: Final = re.compile(rb'<a:font script="[^"]*" typeface="[^"]*"/>')
#: 16:9, in the units of a slide: 914,400 to an inch.
_WIDTH, _HEIGHT = 12_192_000, 6_858_000
_MARGIN, _TOP, _FOOT = 0.05, 0.24, 0.11
#: The largest table that can be read from the last row; a longer one shows its first lines.
_ROWS: Final = 8
_TITLES: Final = frozenset({"TITLE", "CENTER_TITLE"})
#: What takes words, the best first.
_WORDED: Final = ("OBJECT", "BODY", "SUBTITLE")
_TITLED_TEXT: Final = ("TITLE", "OBJECT")
_LARGE, _SMALL, _CELL = 20, 11, 14
#: How many letters a slide has room for in large letters.
_FULL: Final = 520
#: How much of a table's width the names of its lines take.
_NAMES: Final = 0.4
#: How wide a letter and how high a line is, of its size, on average; and what a cell keeps free to both sides.
_LETTER, _LINE, _INSIDE = 0.55, 1.25, 182_880
_AGAIN: Final = "Gem skabelonen i PowerPoint som en almindelig præsentation (.pptx) med et layout, der har en titel."
#: Kinds of relations to what is the template's writer's, and no part of how slides look.
_KINDS: Final = """
    thumbnail extended-properties custom-properties customXml printerSettings notesMaster handoutMaster viewProps
    commentAuthors authors tags vbaProject slide
"""
_NOT_OURS: Final = frozenset(_KINDS.split())


def deck(slides: Sequence[Slide], *, title: str, publisher: str, day: date, template: bytes | None = None) -> bytes:
    """Write slides as a PowerPoint file: 16:9 or as the template is, in Danish, without notes and without pictures.

    Parameters
    ----------
    slides : sequence of Slide
        What `page_slides` made.
    title, publisher, day
        As in `word_document`.
    template : bytes, optional
        A `.pptx` with the looks of whoever shows them; its own slides, notes and properties are left out.

    Returns
    -------
    bytes
        The file; the same slides give the same bytes.

    Raises
    ------
    DataError
        The template cannot be read, or has no layout with a title.

    Examples
    --------
    >>> from pptx import Presentation
    >>> content = deck([Slide("Behov"), Slide("Svar")], title="Behov", publisher="BLUP", day=date(2022, 5, 2))
    >>> [slide.shapes.title.text for slide in Presentation(io.BytesIO(content)).slides]
    ['Behov', 'Svar']
    """
    show = _opened(template)
    front, plain, bare = _layouts(show)
    for number, slide in enumerate(slides):
        _Writer(show, slide, front if number == 0 else bare if slide.grid else plain).write()
    _tell(show, title, publisher, day)
    buffer = io.BytesIO()
    show.save(buffer)
    package = Package(buffer.getvalue(), "slides", "")
    return zipped({name: _settled(package.raw(name)) for name in package.listed})


def check_template(template: bytes) -> None:
    """Look whether a template can be used.

    Parameters
    ----------
    template : bytes
        The file.

    Raises
    ------
    DataError
        As in `deck`.

    Examples
    --------
    >>> check_template(b"Hej")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.DataError: skabelonen: Her står »en fil, der ikke kan åbnes som PowerPoint«. ...
    """
    _layouts(_opened(template))


def _settled(raw: bytes) -> bytes:
    """Say that charts and masters are Danish too; a theme names typefaces for scripts that no slide is written in."""
    return _OTHER_SCRIPTS.sub(b"", _ENGLISH.sub(rb'\1"da-DK"', raw))


def _opened(template: bytes | None) -> Presentation:
    import pptx  # it takes its time to import, and few pages have slides

    try:
        show: Presentation = pptx.Presentation(io.BytesIO(template) if template else None)
    except Exception as error:  # python-pptx raises what zipfile, lxml and its own package raise
        found, expected = "en fil, der ikke kan åbnes som PowerPoint", "en præsentation (.pptx)"
        raise DataError(Fault("skabelonen", found, expected, _AGAIN, quotes=False)) from error
    if template is None:
        _widen(show)
    for entry in list(show.slides._sldIdLst):
        show.slides._sldIdLst.remove(entry)
    for part in (show.part.package, show.part):
        for key, relation in list(part._rels.items()):
            if relation.reltype.rpartition("/")[2] in _NOT_OURS:
                part._rels.pop(key)
    for name in ("notesMasterIdLst", "handoutMasterIdLst", "custDataLst", "extLst"):
        for element in show.part._element.findall(f"{{*}}{name}"):
            element.getparent().remove(element)
    return show


def _widen(show: Presentation) -> None:
    """Make the library's own template, which is 4:3, 16:9."""
    share = _WIDTH / show.slide_width if show.slide_width else 1
    show.slide_width, show.slide_height = _WIDTH, _HEIGHT
    for owner in (show.slide_master, *show.slide_layouts):
        for element in owner._element.iter("{*}off", "{*}ext"):
            for name in ("x", "cx"):
                if element.get(name):
                    element.set(name, str(round(int(element.get(name)) * share)))


def _layouts(show: Presentation) -> tuple[SlideLayout, SlideLayout, SlideLayout]:
    """Choose layouts for the front, for words and for a title alone, by what they have: names are in any language."""
    titled = [(layout, kinds) for layout in show.slide_layouts if _TITLES & set(kinds := _kinds(layout))]
    if not titled:
        found = "en skabelon, hvor intet layout har en titel"
        raise DataError(Fault("skabelonen", found, "et layout med en titel", _AGAIN, quotes=False))
    front = next((layout for layout, kinds in titled if "SUBTITLE" in kinds), titled[0][0])
    # One place for words, that takes a list rather than a line under a heading.
    worded = [(layout, kinds) for layout, kinds in titled if len(kinds) == len(_TITLED_TEXT) and kinds[1] in _WORDED]
    plain = min(worded, key=lambda pair: _WORDED.index(pair[1][1]), default=(front,))[0]
    bare = min(titled, key=lambda pair: len(pair[1]))[0]
    return front, plain, bare


def _kinds(layout: SlideLayout) -> list[str]:
    """Name what a layout has places for; the foot's are of no matter here."""
    kinds = [place.placeholder_format.type.name for place in layout.placeholders if place.placeholder_format.type]
    return [kind for kind in kinds if kind not in ("DATE", "FOOTER", "SLIDE_NUMBER")]


def _tell(show: Presentation, title: str, publisher: str, day: date) -> None:
    told = show.core_properties
    told.title, told.author, told.last_modified_by, told.language = title, publisher, publisher, DANISH
    told.created = told.modified = told.last_printed = datetime.combine(day, time())
    told.subject = told.keywords = told.comments = told.category = ""
    told.revision = 1
    for slide in show.slides:
        for element in slide._element.iter("{*}rPr", "{*}endParaRPr"):
            element.set("lang", DANISH)


class _Writer:
    """One slide while it is written."""

    def __init__(self, show: Presentation, slide: Slide, layout: SlideLayout) -> None:
        self.slide = slide
        self.drawn: Drawn = show.slides.add_slide(layout)
        self.width, self.height = int(show.slide_width or _WIDTH), int(show.slide_height or _HEIGHT)

    def write(self) -> None:
        title = self.drawn.shapes.title
        title.text_frame.text = legible(self.slide.title)
        title.text_frame.word_wrap = True
        size = 32 if len(self.slide.title) < 70 else 26
        for run in title.text_frame.paragraphs[0].runs:
            run.font.size = _points(size)
        places = [place for place in self.drawn.placeholders if place.element is not title.element]
        body = next((p for p in places if p.placeholder_format.type.name in _WORDED), None)
        if self.slide.words:
            self._words(body)
        for place in places:  # an empty place says "Klik for at tilføje" to whoever edits, and nothing to a reader
            if place is not body or not self.slide.words:
                place.element.getparent().remove(place.element)
        grid = self.slide.grid
        note = self.slide.note
        if grid is not None:
            chart = chart_of(grid) if grid.drawn else None
            if chart is None:
                note = f"{self._table(grid)} {note}".strip()
            else:
                self._chart(grid, chart)
                note = f"{chart_note(grid, chart)} {note}".strip()
        if note:
            self._note(note)
        self._name()

    def _words(self, body: Any) -> None:  # noqa: ANN401  a placeholder or a box, which share no type
        shape = body or self.drawn.shapes.add_textbox(*self._room(_FOOT))
        frame = shape.text_frame
        frame.word_wrap = True
        letters = sum(len(run.text) for block in self.slide.words for run in block.words)
        for number, block in enumerate(self.slide.words):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.level = min(block.level, 4) if isinstance(block, Item) else 0
            for run in block.words:
                written = paragraph.add_run()
                written.text = legible(run.text)
                written.font.bold, written.font.italic = run.bold or None, run.italic or None
                written.font.size = _points(_LARGE if letters <= _FULL else _CELL)
            if isinstance(block, Paragraph):
                _without_bullet(paragraph)

    def _room(self, foot: float) -> tuple[int, int, int, int]:
        left, top = round(self.width * _MARGIN), round(self.height * _TOP)
        return left, top, self.width - 2 * left, round(self.height * (1 - _TOP - foot))

    def _chart(self, grid: Grid, chart: Chart) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

        digits = max(-int(n.as_tuple().exponent) for _, row in chart.rows for n in row if n is not None)
        form = "0" + ("." + "0" * digits) * bool(digits)
        data = CategoryChartData(number_format=form)
        data.categories = [legible(name) for name, _ in chart.rows]
        for place, name in enumerate(chart.names):
            numbers = [row[place] for _, row in chart.rows]
            # A whole number stays one: "18.0" would be more exact than "18", which is what was printed.
            drawn_as = float if digits else int
            data.add_series(legible(name), [None if number is None else drawn_as(number) for number in numbers])
        frame = self.drawn.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *self._room(_FOOT + 0.02), data)
        drawn = frame.chart
        # The library's own workbook has what the numbers were before they were printed, a date and a name.
        rows: list[list[object]] = [["", *chart.names]]
        rows += [[name, *values] for name, values in chart.rows]
        drawn.part.chart_workbook.update_from_xlsx_blob(excel_workbook({"Sheet1": rows}))
        drawn.has_title = False
        drawn.has_legend = len(chart.names) > 1
        if drawn.has_legend:
            drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.font.size = _points(_CELL)
        drawn.category_axis.reverse_order = True
        drawn.category_axis.format.line.width = 0
        drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
        drawn.value_axis.minimum_scale = (
            0 if all(n >= 0 for _, row in chart.rows for n in row if n is not None) else None
        )
        [plot] = drawn.plots
        plot.gap_width, plot.has_data_labels = 60, True
        shown = f'{form}"{chart.unit}"' if chart.unit else form
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shown, False
        plot.data_labels.show_value, plot.data_labels.font.size = True, _points(_CELL)
        for series, colour in zip(plot.series, GROUP_COLOURS, strict=False):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _colour(colour)
        lines = "; ".join(f"{name}: {', '.join(_said(n) + chart.unit for n in row)}" for name, row in chart.rows)
        _describe(frame, f"Søjlediagram. {grid.caption} {', '.join(chart.names)}. {lines}.")

    def _table(self, grid: Grid) -> str:
        """Write the first lines of a table; gives what is to be said of the others."""
        left, top, width, height = self._room(_FOOT)
        wide = max(map(len, grid.rows))
        shares = [_NAMES, *[(1 - _NAMES) / (wide - 1)] * (wide - 1)] if wide > 1 else [1.0]
        rows = _fitting(grid.rows, [round(width * share) for share in shares], height)
        frame = self.drawn.shapes.add_table(len(rows), wide, left, top, width, _points(_CELL * 2) * len(rows))
        for place, row in enumerate(rows):
            for column in range(wide):
                cell = frame.table.cell(place, column)
                cell.text_frame.text = legible(row[column]) if column < len(row) else ""
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.size = _points(_CELL)
        for column, share in zip(frame.table.columns, shares, strict=True):
            column.width = round(width * share)
        more = left_note(len(grid.rows) - len(rows))
        _describe(frame, f"Tabel. {grid.caption} {more}".strip())
        return more

    def _note(self, text: str) -> None:
        left, _, width, _ = self._room(_FOOT)
        top = round(self.height * (1 - _FOOT))
        box = self.drawn.shapes.add_textbox(left, top, width, round(self.height * (_FOOT - 0.02)))
        box.text_frame.word_wrap = True
        box.text_frame.text = legible(text)
        for run in box.text_frame.paragraphs[0].runs:
            run.font.size = _points(_SMALL)

    def _name(self) -> None:
        """Name each shape in Danish: a reader's list of what is on the slide is made of the names."""
        for number, shape in enumerate(self.drawn.shapes, start=1):
            shape.name = "Titel" if shape is self.drawn.shapes.title else f"Indhold {number}"


def _fitting(rows: Sequence[Sequence[str]], widths: Sequence[int], height: int) -> Sequence[Sequence[str]]:
    """Give the first rows, as many as there is room for: long words take several lines, and push the rest down."""
    from pptx.util import Pt

    letter, line, left = Pt(_CELL * _LETTER), Pt(_CELL * _LINE), height
    for place, row in enumerate(rows[: _ROWS + 1]):
        lines = max(-(-len(cell) * letter // (wide - _INSIDE)) for cell, wide in zip(row, widths, strict=False))
        left -= max(1, lines) * line + _INSIDE // 2
        if left < 0 and place > 1:
            return rows[:place]
    return rows[: _ROWS + 1]


def _points(size: float) -> Any:  # noqa: ANN401  the library has no types
    from pptx.util import Pt

    return Pt(size)


def _colour(written: str) -> Any:  # noqa: ANN401
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(written.removeprefix("#"))


def _without_bullet(paragraph: Any) -> None:  # noqa: ANN401
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.insert(0, properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buNone", {}))


def _describe(frame: Any, words: str) -> None:  # noqa: ANN401
    """Give a chart or a table its alternative text, which the library has no name for."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", legible(words))


def _said(number: Any) -> str:  # noqa: ANN401
    return "–" if number is None else str(number).replace(".", ",")
