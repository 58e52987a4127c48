"""Secrets planted in every part of a Word file, of slides and of a calendar, split in every way that a writer may."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from html import escape

from blupkit.core.files import zipped
from blupkit.core.spreadsheet import excel_workbook
from blupkit.report.office.blocks import Grid, Heading, Item, Look, Paragraph, Run
from blupkit.report.office.word import word_document

Parts = dict[str, bytes]
Split = Callable[[str], str]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def word() -> Parts:
    """A whole document with nothing in it that must not be sent."""
    blocks = [
        Heading((Run("Behov"),), 1),
        Paragraph((Run("Kilde"),), Look.NOTE),
        Item((Run("Punkt"),)),
        Grid("Gab", (("", "Gab"), ("Emne", "•"))),
    ]
    return unzipped(word_document(blocks, title="Behov", publisher="Udgiver", day=date(2022, 5, 2)))


def slides() -> Parts:
    """Two slides, one with a chart; only what a reader of the file asks for."""
    sheet = excel_workbook({"Ark1": [["", "Gab"], ["Emne", 2]]})
    chart = (
        f"<c:chartSpace {C} {A}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Gab</a:t></a:r></a:p></c:rich></c:tx>"
        '</c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Gab</c:v></c:pt>'
        '</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Emne</c:v></c:pt></c:strCache>'
        '</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>2</c:v></c:pt></c:numCache></c:numRef>'
        "</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    slide = (
        f'<p:sld {P} {A}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="Titel 1"/></p:nvSpPr><p:txBody>'
        '<a:p><a:r><a:t>Behov</a:t></a:r></a:p></p:txBody></p:sp><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3"'
        ' name="Tabel" descr="Tabel"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>'
        "<a:p><a:r><a:t>Emne</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame></p:spTree></p:cSld></p:sld>"
    )
    texts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"/>',
        "docProps/core.xml": "<coreProperties><title>Behov</title></coreProperties>",
        "ppt/presentation.xml": f"<p:presentation {P}/>",
        "ppt/slides/slide1.xml": slide,
        "ppt/slides/slide2.xml": slide,
        "ppt/slides/_rels/slide2.xml.rels": f'<Relationships xmlns="{RELATIONS}"/>',
        "ppt/slideLayouts/slideLayout1.xml": f'<p:sldLayout {P} {A}><p:cSld name="Titel"/></p:sldLayout>',
        "ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {P} {A}/>",
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="image" Target="../media/image1.png"/>'
            "</Relationships>"
        ),
        "ppt/charts/chart1.xml": chart,
        "ppt/charts/_rels/chart1.xml.rels": f'<Relationships xmlns="{RELATIONS}"/>',
    }
    parts = {name: text.encode() for name, text in texts.items()}
    return {**parts, "ppt/embeddings/ark1.xlsx": sheet, "ppt/media/image1.png": png()}


def png(*told: bytes) -> bytes:
    """A picture of one point, that may tell something beside it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    drawn = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + drawn + b"".join(chunk(b"tEXt", each) for each in told) + chunk(b"IEND", b"")


def jpeg(told: bytes) -> bytes:
    """As much of a picture as tells something beside it: what a telephone writes (Exif)."""
    segment = b"Exif\0\0" + told
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xda\0\2\xff\xd9"


def unzipped(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# How the words of a paragraph may be cut by whoever writes them: what stands here is the inside of a paragraph.


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def drawn(text: str, look: str = "") -> str:
    return f"<a:r><a:rPr{look}/><a:t>{escape(text)}</a:t></a:r>"


def halves(secret: str) -> tuple[str, str]:
    return secret[: len(secret) // 2], secret[len(secret) // 2 :]


def between(secret: str, middle: str) -> str:
    first, second = halves(secret)
    return run(first) + middle + run(second)


def around(secret: str, before: str, after: str) -> str:
    first, second = halves(secret)
    return run(first) + before + run(second) + after


WORD_SPLITS: dict[str, Split] = {
    "one run": run,
    "half bold": lambda secret: run(halves(secret)[0]) + run(halves(secret)[1], "<w:rPr><w:b/></w:rPr>"),
    "a run a letter": lambda secret: "".join(map(run, secret)),
    "spelling marks": lambda secret: between(secret, '<w:proofErr w:type="spellStart"/>'),
    "a bookmark": lambda secret: between(secret, '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'),
    "a soft hyphen": lambda secret: between(secret, "<w:r><w:softHyphen/></w:r>"),
    "hidden letters": lambda secret: between(secret, run("xq", "<w:rPr><w:vanish/></w:rPr>")),
    "deleted letters": lambda secret: between(secret, "<w:del><w:r><w:delText>xq</w:delText></w:r></w:del>"),
    "half inserted": lambda secret: around(secret, "<w:ins>", "</w:ins>"),
    "half a link": lambda secret: around(secret, "<w:hyperlink>", "</w:hyperlink>"),
    "half a control": lambda secret: around(secret, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "a field": lambda secret: between(secret, "<w:r><w:instrText>xq</w:instrText></w:r>"),
    "broken lines": lambda secret: "<w:r><w:br/></w:r>".join(map(run, secret.split(" "))),
}
SLIDE_SPLITS: dict[str, Split] = {
    "one run": drawn,
    "half bold": lambda secret: drawn(halves(secret)[0]) + drawn(halves(secret)[1], ' b="1"'),
    "a run a letter": lambda secret: "".join(map(drawn, secret)),
    "another language": lambda secret: drawn(halves(secret)[0]) + drawn(halves(secret)[1], ' lang="en-US"'),
    "half a field": lambda secret: drawn(halves(secret)[0]) + f"<a:fld><a:t>{escape(halves(secret)[1])}</a:t></a:fld>",
    "broken lines": lambda secret: "<a:br/>".join(map(drawn, secret.split(" "))),
}
#: Where words stand that are no paragraph of runs.
TEXT_SPLITS: dict[str, Split] = {
    "as it is": escape,
    "a soft hyphen": lambda secret: escape("\N{SOFT HYPHEN}".join(halves(secret))),
    "a zero-width space": lambda secret: escape("\N{ZERO WIDTH SPACE}".join(halves(secret))),
    "blanks that do not break": lambda secret: escape(secret.replace(" ", "\N{NO-BREAK SPACE}")),
    "signs by their number": lambda secret: "".join(f"&#{ord(letter)};" for letter in secret),
}
Plant = tuple[str, str, bytes]
BLANK = " "


def within(parts: Parts, name: str, old: str, new: str) -> bytes:
    text = parts[name].decode()
    assert old in text, (name, old)
    return zipped({**parts, name: text.replace(old, new, 1).encode()})


def beside(parts: Parts, name: str, text: str | bytes) -> bytes:
    return zipped({**parts, name: text if isinstance(text, bytes) else text.encode()})


#: Parts that a writer may add and this program does not.
def _added(words: str) -> dict[str, str]:
    paragraph = f"<w:p>{words}</w:p>"
    return {
        "word/header1.xml": f"<w:hdr {W}>{paragraph}</w:hdr>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2">{paragraph}</w:footnote></w:footnotes>',
        "word/endnotes.xml": f'<w:endnotes {W}><w:endnote w:id="2">{paragraph}</w:endnote></w:endnotes>',
        "word/comments.xml": f'<w:comments {W}><w:comment w:id="1">{paragraph}</w:comment></w:comments>',
        "word/glossary/document.xml": f"<w:glossaryDocument {W}>{paragraph}</w:glossaryDocument>",
    }


def word_plants(secret: str) -> Iterator[Plant]:
    """Plant a secret in a Word file in every way: gives what way it is, where it must be found, and the file."""
    parts = word()
    last = f"del {len(parts) + 1}"
    body, end = "word/document.xml", "<w:sectPr>"
    before = parts[body].decode().count("<w:p>")
    text, cell = f"teksten, afsnit {before + 1}", "teksten, tabel 1, række 2"
    box = "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"
    for split, cut in WORD_SPLITS.items():
        words = cut(secret)
        paragraph = f"<w:p>{words}</w:p>"
        yield f"a paragraph, {split}", text, within(parts, body, end, paragraph + end)
        table = within(parts, body, run("•"), words)
        yield f"a cell, {split}", cell, table
        boxed = within(parts, body, end, box.format(paragraph) + end)
        yield f"a text box, {split}", f"teksten, afsnit {before + 2}", boxed
        yield (
            f"the foot, {split}",
            "sidefoden, afsnit 1",
            within(parts, "word/footer.xml", "</w:p>", f"{run(BLANK)}{words}</w:p>"),
        )
        for name, added in _added(words).items():
            yield f"{name}, {split}", f"{last}, afsnit 1", beside(parts, name, added)
    hidden = run(secret, "<w:rPr><w:vanish/></w:rPr>")
    deleted = f"<w:del><w:r><w:delText>{escape(secret)}</w:delText></w:r></w:del>"
    for way, words in {
        "hidden": hidden,
        "deleted": deleted,
        "moved": f"<w:moveFrom>{run(secret)}</w:moveFrom>",
    }.items():
        yield way, text, within(parts, body, end, f"<w:p>{words}</w:p>{end}")
    for split, cut in TEXT_SPLITS.items():
        told = cut(secret)
        attribute = f'<w:p><w:r><w:drawing><docPr descr="{told}"/></w:drawing></w:r></w:p>'
        yield f"an alternative text, {split}", "teksten, en egenskab", within(parts, body, end, attribute + end)
        yield f"a table's name, {split}", "teksten, en egenskab", within(parts, body, '="Gab"', f'="{told}"')
        named = f'<w:p><w:bookmarkStart w:id="1" w:name="{told}"/></w:p>'
        yield f"a bookmark's name, {split}", "teksten, en egenskab", within(parts, body, end, named + end)
        alias = f'<w:sdt><w:sdtPr><w:alias w:val="{told}"/></w:sdtPr></w:sdt>'
        yield f"a control's name, {split}", "teksten, en egenskab", within(parts, body, end, alias + end)
        field = f"<w:p><w:r><w:instrText>{told}</w:instrText></w:r></w:p>"
        yield f"a field, {split}", text, within(parts, body, end, field + end)
        title = within(parts, "docProps/core.xml", "Behov</dc:title>", f"{told}</dc:title>")
        yield f"the title in the properties, {split}", "egenskaberne", title
        yield f"the author, {split}", "egenskaberne", within(parts, "docProps/core.xml", "Udgiver<", f"{told}<")
        style = within(parts, "word/styles.xml", '"List Bullet"', f'"{told}"')
        yield f"a style's name, {split}", "typografierne, en egenskab", style
        variable = f'<w:docVars><w:docVar w:name="a" w:val="{told}"/></w:docVars></w:settings>'
        settings = within(parts, "word/settings.xml", "</w:settings>", variable)
        yield f"a variable, {split}", "indstillingerne, en egenskab", settings
        sign = within(parts, "word/numbering.xml", 'w:lvlText w:val="•"', f'w:lvlText w:val="{told}"')
        yield f"the sign of a list, {split}", "listerne, en egenskab", sign
        custom = f"<Properties><property name='a'><lpwstr>{told}</lpwstr></property></Properties>"
        yield f"an own property, {split}", last, beside(parts, "docProps/custom.xml", custom)
        company = f"<Properties><Company>{told}</Company></Properties>"
        yield f"the company, {split}", last, beside(parts, "docProps/app.xml", company)
        yield f"XML of somebody's own, {split}", last, beside(parts, "customXml/item1.xml", f"<a><b>{told}</b></a>")
        yield f"words behind an element, {split}", "teksten", within(parts, body, end, told + end)
    yield "a remark", "teksten", within(parts, body, end, f"<!-- {secret} -->{end}")
    yield "a remark before all", "teksten", within(parts, body, "<w:document", f"<!-- {secret} --><w:document")
    yield "an instruction", "teksten", within(parts, body, end, f"<?a {secret}?>{end}")
    yield "the name of a part", f"{last}, dens navn", beside(parts, f"word/{secret}.xml", "<a/>")
    yield "a part that is no XML", last, beside(parts, "word/a.bin", b"\1\0" + secret.encode("utf-16-le") + b"\0")
    yield "a photograph's place", last, beside(parts, "word/media/a.jpg", jpeg(secret.encode()))


def slide_plants(secret: str) -> Iterator[Plant]:
    """The same in slides."""
    parts = slides()
    last = f"del {len(parts) + 1}"
    slide, title = "ppt/slides/slide2.xml", "<a:r><a:t>Behov</a:t></a:r>"
    for split, cut in SLIDE_SPLITS.items():
        words = cut(secret)
        yield f"a title, {split}", "dias 2, afsnit 1", within(parts, slide, title, words)
        cell = within(parts, slide, "<a:r><a:t>Emne</a:t></a:r>", words)
        yield f"a cell, {split}", "dias 2, tabel 1, række 1", cell
        chart = within(parts, "ppt/charts/chart1.xml", "<a:r><a:t>Gab</a:t></a:r>", words)
        yield f"a chart's title, {split}", "diagram 1, afsnit 1", chart
        placed = f"<p:sp><p:txBody><a:p>{words}</a:p></p:txBody></p:sp>"
        master = within(parts, "ppt/slideMasters/slideMaster1.xml", "/>", f">{placed}</p:sldMaster>")
        yield f"the master, {split}", "master 1, afsnit 1", master
        layout = within(parts, "ppt/slideLayouts/slideLayout1.xml", "</p:sldLayout>", f"{placed}</p:sldLayout>")
        yield f"a layout, {split}", "layout 1, afsnit 1", layout
        notes = f"<p:notes {P} {A}>{placed}</p:notes>"
        yield f"notes, {split}", f"{last}, afsnit 1", beside(parts, "ppt/notesSlides/notesSlide1.xml", notes)
        comment = f"<p:cmLst {P} {A}><p:cm><p:txBody><a:p>{words}</a:p></p:txBody></p:cm></p:cmLst>"
        yield f"a comment, {split}", f"{last}, afsnit 1", beside(parts, "ppt/comments/comment1.xml", comment)
        art = f"<a:dataModel {A}><a:p>{words}</a:p></a:dataModel>"
        yield f"SmartArt, {split}", f"{last}, afsnit 1", beside(parts, "ppt/diagrams/data1.xml", art)
    for split, cut in TEXT_SPLITS.items():
        told = cut(secret)
        for what, old in {"an alternative text": 'descr="Tabel"', "a shape's name": 'name="Titel 1"'}.items():
            planted = within(parts, slide, old, f'{old.partition("=")[0]}="{told}"')
            yield f"{what}, {split}", "dias 2, en egenskab", planted
        chart = "ppt/charts/chart1.xml"
        yield f"a category, {split}", "diagram 1, række 2", within(parts, chart, "<c:v>Emne<", f"<c:v>{told}<")
        yield f"a series, {split}", "diagram 1, række 1", within(parts, chart, "<c:v>Gab<", f"<c:v>{told}<")
        note = f"<p:cm {P}><p:text>{told}</p:text></p:cm>"
        yield f"an old comment, {split}", last, beside(parts, "ppt/comments/comment1.xml", note)
        author = f'<p:cmAuthorLst {P}><p:cmAuthor name="{told}"/></p:cmAuthorLst>'
        yield f"a comment's author, {split}", f"{last}, en egenskab", beside(parts, "ppt/commentAuthors.xml", author)
        core = within(parts, "docProps/core.xml", "Behov", told)
        yield f"the title in the properties, {split}", "egenskaberne", core
        link = f'<Relationship Id="r9" Type="hyperlink" TargetMode="External" Target="https://example.org/{told}"/>'
        relations = "ppt/slides/_rels/slide2.xml.rels"
        linked = beside(parts, relations, f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>')
        yield f"a link, {split}", "henvisningerne i dias 2, en egenskab", linked
    for sheets in ({"Ark1": [["", "Gab"], [secret, 2]]}, {"Ark1": [["", secret], ["Emne", 2]]}):
        book = beside(parts, "ppt/embeddings/ark1.xlsx", excel_workbook(sheets))
        row = 1 if sheets["Ark1"][0][1] == secret else 2
        yield (
            f"a chart's workbook, row {row}",
            f"del {list(parts).index('ppt/embeddings/ark1.xlsx') + 1}, ark 1, række {row}",
            book,
        )
    picture = f"del {list(parts).index('ppt/media/image1.png') + 1}"
    yield "the words of a logo", picture, beside(parts, "ppt/media/image1.png", png(b"Author\0" + secret.encode()))
    yield "behind a logo", picture, beside(parts, "ppt/media/image1.png", png() + secret.encode())
    shown = (
        slides()["ppt/slides/slide2.xml"].decode().replace("<p:sld ", '<p:sld show="0" ').replace(title, drawn(secret))
    )
    yield "a hidden slide", "dias 2, afsnit 1", beside(parts, slide, shown)


EVENT = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//blupkit//da", "BEGIN:VEVENT", "UID:1@blupkit",
    "DTSTAMP:20220502T000000Z", "DTSTART;VALUE=DATE:20220517", "SUMMARY:Workshop", "END:VEVENT", "END:VCALENDAR",
)  # fmt: skip


def folded(line: str, at: int) -> bytes:
    """Cut a line after so many bytes, wherever that is, and again after as many."""
    raw = line.encode()
    pieces = [raw[start : start + at] for start in range(0, len(raw), at)]
    return b"\r\n ".join(pieces)


CALENDAR_SPLITS: dict[str, Callable[[str], bytes]] = {
    "in one line": lambda line: line.encode(),
    "folded at 75 bytes": lambda line: folded(line, 75),
    "folded at every third byte": lambda line: folded(line, 3),
    "folded at every byte": lambda line: folded(line, 1),
    "folded by a tab, without a carriage return": lambda line: folded(line, 7).replace(b"\r\n ", b"\n\t"),
}
#: Lines that may hold words, and whether they are ours.
CALENDAR_LINES = {
    "SUMMARY:{}": True, "DESCRIPTION:Kære alle\\n{}": True, "LOCATION:{}": True, "CATEGORIES:a,{}": True,
    "UID:{}": True, "SUMMARY;X-NOTE=\"{}\":Møde": True, "ORGANIZER;CN=\"{}\":mailto:x": False,
    "ATTENDEE;CN={}:mailto:x": False, "COMMENT:{}": False, "CONTACT:{}": False, "URL:https://example.org/{}": False,
    "X-ALT-DESC;FMTTYPE=text/html:<p>Hej</p> <b>{}</b>": False, "ATTACH;FILENAME={}:x": False,
}  # fmt: skip


def calendar_plants(secret: str) -> Iterator[Plant]:
    """The same in a calendar."""
    escaped = secret.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    for line in CALENDAR_LINES:
        for split, cut in CALENDAR_SPLITS.items():
            lines = [cut(line.format(escaped)) if each.startswith("SUMMARY") else each.encode() for each in EVENT]
            yield f"{line}, {split}", f"linje {EVENT.index('SUMMARY:Workshop') + 1}", b"\r\n".join([*lines, b""])
