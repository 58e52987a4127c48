"""Which words of a Word file are hidden: by themselves, by their style, or by a style that it is based on."""

from __future__ import annotations

from typing import Final

from lxml import etree

from blupkit.core.reading.documents.package import attribute, first, local

_OFF: Final = frozenset({"0", "false", "off", "none"})


class Hidden:
    """What the styles of a Word file hide.

    Parameters
    ----------
    styles : lxml element, optional
        The root of the part with the styles.

    Examples
    --------
    >>> style = '<style styleId="A"><rPr><vanish/></rPr></style><style styleId="B"><basedOn val="A"/></style>'
    >>> styles = etree.fromstring(f"<styles>{style}</styles>")
    >>> Hidden(styles).by_style("B"), Hidden(styles).by_style("C")
    (True, False)
    """

    def __init__(self, styles: etree._Element | None) -> None:
        self._own: dict[str, bool | None] = {}
        self._based: dict[str, str] = {}
        self._usual = ""
        self._everywhere = bool(_says(first(styles, "docDefaults", "rPrDefault", "rPr")))
        for style in styles if styles is not None else ():
            ident = attribute(style, "styleId") if local(style) == "style" else None
            if ident is None:
                continue
            based = first(style, "basedOn")
            self._own[ident] = _says(first(style, "rPr"))
            self._based[ident] = "" if based is None else attribute(based, "val") or ""
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._usual = ident
        self.any = self._everywhere or any(self._own.values())

    def by_style(self, ident: str) -> bool:
        """Whether a style hides, the nearest one that says so deciding."""
        seen: set[str] = set()
        while ident and ident not in seen:
            own = self._own.get(ident)
            if own is not None:
                return own
            seen.add(ident)
            ident = self._based.get(ident, "")
        return False

    def hides(self, properties: etree._Element | None, paragraph: str) -> bool:
        """Whether a run with these properties in a paragraph of this style ("" for the usual one) is hidden."""
        said = _says(properties)
        if said is not None or not self.any:
            return bool(said)
        style = first(properties, "rStyle")
        own = self.by_style(attribute(style, "val") or "") if style is not None else False
        # A property that a paragraph's style and a run's style both switch on is switched off again.
        return self._everywhere or own != self.by_style(paragraph or self._usual)


def _says(properties: etree._Element | None) -> bool | None:
    hides = first(properties, "vanish")
    return None if hides is None else attribute(hides, "val") not in _OFF
