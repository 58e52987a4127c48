"""Documents put together by hand, part by part, as word processors write them."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODT = "application/vnd.oasis.opendocument.text"


def in_zip(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def p(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{before}<w:t xml:space="preserve">{text}</w:t></w:r>'


def w(name: str, content: str = "") -> str:
    """Write an element of Word's."""
    return f"<w:{name}>{content}</w:{name}>"


def word_file(body: str, namespace: str = WORD, main: str = "word/document.xml", **beside: str) -> bytes:
    """Write a Word file from the XML of its body; beside it may stand styles, comments, footnotes, header1 …"""
    kinds = {name: name.rstrip("0123456789") for name in beside}
    rows = "".join(f'<Relationship Id="r{n}" Type="{RELATED}/{kinds[n]}" Target="{n}.xml"/>' for n in beside)
    names = f'xmlns:w="{namespace}" xmlns:mc="{ALTERNATIVES}"'
    roots = {"header": "hdr", "footer": "ftr"}
    folder, _, base = main.rpartition("/")
    parts = {
        f"{folder}/{name}.xml": f"<w:{(tag := roots.get(kinds[name], kinds[name]))} {names}>{content}</w:{tag}>"
        for name, content in beside.items()
    }
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    types = f'<Types><Override ContentType="{kind}"/></Types>'
    return in_zip(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATED}/officeDocument"'
            f' Target="{main}"/></Relationships>',
            main: f"<w:document {names}><w:body>{body}</w:body></w:document>",
            f"{folder}/_rels/{base}.rels": f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>',
            **parts,
        }
    )


def odt_file(text: str, styles: str = "", masters: str = "", manifest: str = "") -> bytes:
    """Write an OpenDocument text from the XML of its text and of its automatic styles."""
    names = " ".join(f'xmlns:{short}="{OPEN}:{long}:1.0"' for short, long in _ODT_NAMES.items())
    return in_zip(
        {
            "mimetype": ODT,
            "content.xml": f"<office:document-content {names}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:master-styles>{masters}</office:master-styles>"
            "</office:document-styles>",
            "META-INF/manifest.xml": f"<m:manifest xmlns:m='{OPEN}:manifest:1.0'>{manifest}</m:manifest>",
        }
    )


_ODT_NAMES = {
    "office": "office",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "style": "style",
}
