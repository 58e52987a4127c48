"""How pages and figures use the tokens: as CSS."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from blupkit.display.tokens import DARK, FONTS, LIGHT, PRINT, SIZES


def css_tokens() -> str:
    """Give the tokens as CSS custom properties, for light and dark screens and for paper.

    Examples
    --------
    >>> print(css_tokens()[:18])
    :root {--ink: #1B2
    """
    light = _properties({**LIGHT, **SIZES, "fonts": FONTS})
    dark, paper = _properties(DARK), _properties(PRINT)
    return (
        f":root {{{light} color-scheme: light dark; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}\n"
        f"@media print {{ :root {{{paper}}} }}"
    )


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


@cache
def figure_style() -> str:
    """Give the style of the drawings: what each mark looks like stands once a page, and not in every mark."""
    return (files("blupkit.report.figures") / "figures.css").read_text("utf-8")


@cache
def figure_style_alone() -> str:
    """Give it as an element with a light screen's colours, for where no page is around a figure, as in JupyterLab.

    The page's exporter takes it out again.
    """
    return f"<style>.chart {{{_properties({**LIGHT, 'fonts': FONTS})}}}\n{figure_style()}</style>"


@cache
def page_style() -> str:
    """Give the style of every page: the tokens, and what is built on them."""
    return f"{css_tokens()}\n{figure_style()}{_sheet('page.css')}"


@cache
def slides_style() -> str:
    """Give the style of a page that is set as slides."""
    return f"{page_style()}\n{_sheet('slides.css')}"


def _sheet(name: str) -> str:
    return (files("blupkit.report.pages") / "templates" / name).read_text("utf-8")
