"""Blocks as a Word file, `.docx`: the same blocks give the same bytes, and nothing of this machine is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from string import Template
from typing import Final
from xml.sax.saxutils import escape

from blupkit.core.files import legible, zipped
from blupkit.display.tokens import LIGHT
from blupkit.report.office.blocks import Block, Columns, Grid, Heading, Item, Laid, Paragraph, Words

_QUOTE: Final = {'"': "&quot;"}
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The parts beside the text, by the name of their kind.
_BESIDE: Final = ("styles", "numbering", "settings", "footer")
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>' for kind in _BESIDE)
    + f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>'
)
_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in _BESIDE)
    + "</Relationships>"
)
_SETTINGS: Final = (
    f'{_HEAD}<w:settings xmlns:w="{_MAIN}"><w:zoom w:percent="100"/><w:autoHyphenation/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
#: A4 with two centimetres around; in twentieths of a point, as all lengths here.
_WIDTH: Final = 9638
_PAGE: Final = (
    '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>{}<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    "{}</w:sectPr>"
)
_FIELD: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
#: Two tables without anything between them would be one, and a document cannot end with a table.
_APART: Final = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/></w:pPr></w:p>'
_BOLD: Final = "<w:b/><w:bCs/>"
_BULLETS: Final = "•–•–•–"
#: The list whose items are ticked, behind all that count; it is there only where something is.
_BOX: Final = "☐"
_BOXED: Final = 9999
_NUMBER: Final = re.compile(r"[-−]?\d[\d.,]*(?:-\d+)?(?: ?(?:pct\.|%))?\*?|[•–-]|")
#: A row that somebody writes in by hand is eight and a half millimetres high.
_HAND: Final = '<w:trHeight w:val="480"/>'
#: Between how many letters a column is taken to be wide.
_NARROWEST, _WIDEST = 6, 40
#: How much wider than its letters a word may be, in bold and in another typeface.
_ROOM: Final = 1.25
#: How many letters of a cell fit on a line.
_LINE: Final = 110
#: How large letters are in a document that is set closely: nine points for what is read, and eight for notes.
_SMALLER: Final = 0.88


def word_document(blocks: Sequence[Laid], *, title: str, publisher: str, day: date, close: bool = False) -> bytes:
    """Write blocks as a Word file: A4, in Danish, with built-in heading styles, real lists and repeated table heads.

    Parameters
    ----------
    blocks : sequence of Block or Columns
        In the order in which they are read.
    title : str
        What the document is called in its properties and at the foot of each sheet.
    publisher : str
        Who stands as its author.
    day : datetime.date
        When it says that it was made, so that the same blocks give the same bytes.
    close : bool
        Whether it is set closely, in smaller letters, so that more stands on a sheet.

    Returns
    -------
    bytes
        The file, `.docx`.

    Examples
    --------
    >>> import io
    >>> from docx import Document
    >>> from blupkit.report.office.blocks import Run
    >>> blocks = [Heading((Run("Behov"),), 1), Grid("Gab", (("", "Gab"), ("Søge fonde", "1,7")))]
    >>> document = Document(io.BytesIO(word_document(blocks, title="Behov", publisher="BLUP", day=date(2022, 5, 2))))
    >>> document.paragraphs[0].style.name, document.tables[0].cell(1, 1).text
    ('Heading 1', '1,7')
    """
    body = _body(blocks)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _properties(title, publisher, day),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _set_closely(_styles()) if close else _styles(),
        "word/numbering.xml": _numbering([block for block in blocks if isinstance(block, Item)]),
        "word/settings.xml": _SETTINGS,
        "word/footer.xml": (
            f'{_HEAD}<w:ftr xmlns:w="{_MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_text(title)}'
            f"<w:r><w:tab/></w:r>{_text('Side ')}{_FIELD.format('PAGE')}{_text(' af ')}{_FIELD.format('NUMPAGES')}"
            "</w:p></w:ftr>"
        ),
    }
    return zipped(parts)


@cache
def _styles() -> str:
    colours = {name: colour.removeprefix("#") for name, colour in LIGHT.items()}
    return Template((files("blupkit.report.office") / "parts" / "styles.xml").read_text("utf-8")).substitute(colours)


def _set_closely(styles: str) -> str:
    smaller = re.sub(r'(<w:szC?s? w:val=)"(\d+)"', lambda size: f'{size[1]}"{round(int(size[2]) * _SMALLER)}"', styles)
    return re.sub(r'(w:(?:before|after)=)"(\d+)"', lambda room: f'{room[1]}"{int(room[2]) // 2}"', smaller)


def _properties(title: str, publisher: str, day: date) -> str:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    who, called = _written(publisher), _written(title)
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{called}</dc:title><dc:creator>{who}</dc:creator><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision>{when}<dc:language>da-DK</dc:language></cp:coreProperties>"
    )


def _numbering(items: Sequence[Item]) -> str:
    """Define the lists: one for all bullets, one for each that counts, or it would go on counting, and one of boxes."""
    numbered = max((item.numbered for item in items), default=0)
    dotted = "".join(_level(depth, "bullet", sign) for depth, sign in enumerate(_BULLETS))
    counted = "".join(_level(depth, "decimal", f"%{depth + 1}.") for depth in range(len(_BULLETS)))
    levels = dict(enumerate([dotted] + [counted] * numbered))
    if any(item.boxed for item in items):
        levels[_BOXED - 1] = "".join(_level(depth, "bullet", _BOX) for depth in range(len(_BULLETS)))
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{ident}"><w:multiLevelType w:val="hybridMultilevel"/>{each}</w:abstractNum>'
        for ident, each in levels.items()
    )
    lists = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels)
    return f'{_HEAD}<w:numbering xmlns:w="{_MAIN}">{kinds}{lists}</w:numbering>'


def _level(depth: int, kind: str, sign: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{(depth + 1) * 340}" w:hanging="340"/></w:pPr></w:lvl>'
    )


def _body(blocks: Sequence[Laid]) -> str:
    """Write all blocks; what a document says of columns stands behind what stands in them."""
    written, columns, kind = [], "", ""
    for block, after in zip_longest(blocks, blocks[1:]):
        if not isinstance(block, Columns):
            written.append(_block(block, after))
            continue
        written.append(_APART.replace("</w:pPr>", f"{_PAGE.format(kind, columns)}</w:pPr>"))
        columns, kind = f'<w:cols w:num="{block.number}" w:space="425"/>', '<w:type w:val="continuous"/>'
    return "".join([*written, _PAGE.format(kind, columns)])


def _block(block: Block, after: Laid | None) -> str:
    if isinstance(block, Grid):
        return _table(block) + _APART
    words = _runs(block.words)
    if isinstance(block, Heading):
        return _paragraph(f"Heading{min(block.level, 4)}", words)
    if isinstance(block, Paragraph):
        return _paragraph(block.look, words)
    level = min(block.level, len(_BULLETS) - 1)
    number = _BOXED if block.boxed else block.numbered + 1
    # What is chosen among stands on one sheet.
    kept = "<w:keepNext/>" * (block.boxed and isinstance(after, Item) and after.boxed)
    place = f'{kept}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return _paragraph("ListNumber" if block.numbered else "ListBullet", words, place)


def _paragraph(style: str, words: str, more: str = "") -> str:
    named = "" if style == "Normal" else f'<w:pStyle w:val="{style}"/>'
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{words}</w:p>"


def _runs(words: Words) -> str:
    return "".join(_text(run.text, _BOLD * run.bold + "<w:i/><w:iCs/>" * run.italic) for run in words)


def _text(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_written(text)}</w:t></w:r>'


def _written(text: str) -> str:
    return escape(legible(text), _QUOTE)


def _table(grid: Grid) -> str:
    wide = max(map(len, grid.rows))
    rows = [[*row, *[""] * (wide - len(row))] for row in grid.rows]
    columns = list(zip(*rows, strict=True))
    # As wide as its longest cell, within bounds; where that is too much, columns give of what no single word needs.
    floors = [max((len(word) for word in " ".join(column).split()), default=0) * _ROOM + 2 for column in columns]
    wanted = [
        max(min(max(_NARROWEST, *map(len, column)), _WIDEST), floor)
        for column, floor in zip(columns, floors, strict=True)
    ]
    given = max(0.0, min(1.0, (_LINE - sum(floors)) / (sum(wanted) - sum(floors) or 1)))
    letters = [floor + (want - floor) * given for floor, want in zip(floors, wanted, strict=True)]
    widths = [round(_WIDTH * each / sum(letters)) for each in letters]
    # A column of numbers stands to the right, its head too.
    right = [place > 0 and all(map(_NUMBER.fullmatch, column[1:])) for place, column in enumerate(columns)]
    grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    height = _HAND * grid.filled_in
    written = "".join(_row(row, widths, right, height * (place > 0), place == 0) for place, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Numbers"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val="{_written(grid.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid_columns}</w:tblGrid>{written}</w:tbl>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], height: str, head: bool) -> str:
    side = '<w:jc w:val="right"/>'
    alone = len(cells) > 1 and not any(cells[1:])  # it names the lines under it, and stays with them
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph('Cell', _text(cell, _BOLD * alone) if cell else '', '<w:keepNext/>' * alone + side * number)}"
        "</w:tc>"
        for cell, width, number in zip(cells, widths, right, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' * head}</w:trPr>{written}</w:tr>"
