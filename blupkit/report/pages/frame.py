"""What every page says beside its results, and the frame of those that no notebook makes, such as the index."""

from __future__ import annotations

import platform
from html import escape
from importlib.metadata import version
from typing import Final

from blupkit import __version__
from blupkit.core.danish import count, long_date
from blupkit.core.study import DEMO, Study
from blupkit.report.figures.style import figure_style_alone, page_style

#: The checker that the tests run on every kind of page; a test holds this to what they run.
AXE: Final = "axe-core 4.12"
POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def look() -> dict[str, str]:
    """Give what every page's head has: its style, and what it may load, which is nothing."""
    return {"style": page_style(), "policy": POLICY}


def without_style(html: str) -> str:
    """Take out what a figure brings for where no page is around it: on a page it stands in the head."""
    return html.replace(figure_style_alone(), "")


def page_frame(title: str, study: Study, body: str, *, has_numbers: bool = True, style: str = "") -> str:
    """Set a page that no notebook makes, such as the index, in the same look.

    Parameters
    ----------
    title : str
        Its heading.
    study : Study
        The study.
    body : str
        Safe HTML.
    has_numbers : bool
        Whether it leads to results, so that it says how numbers are made and hidden.
    style : str
        CSS of its own, beside what every page has.

    Returns
    -------
    str
        One HTML document.
    """
    numbers = _folded("Om tallene", about_numbers(study)) if has_numbers else ""
    demo = f'<p class="banner demo"><b>{DEMO}</b> – alle tal og citater er opdigtede.</p>' if study.synthetic else ""
    return (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{page_style()}{style}</style></head>"
        f'<body class="index" data-audience="intern"><div class="page"><header class="front">{demo}'
        f"<h1>{escape(title)}</h1></header>"
        f'<main>{body}</main><footer class="about">{numbers}'
        f"{_folded('Om tilgængelighed', about_access(study))}</footer></div></body></html>\n"
    )


def _folded(heading: str, paragraphs: str) -> str:
    return f'<details class="fold"><summary><h2>{heading}</h2></summary>{paragraphs}</details>'


def about_numbers(study: Study) -> str:
    """Say what is left out of the numbers, what is hidden, and what made the page.

    Parameters
    ----------
    study : Study
        Its purpose, thresholds and data date.

    Returns
    -------
    str
        HTML paragraphs.
    """
    limits = study.thresholds
    purpose = f"<p>Formålet med undersøgelsen er {escape(study.purpose)}.</p>" if study.purpose else ""
    demo = f"<p><b>{DEMO}:</b> Alle svar, personer og citater er opdigtede.</p>" if study.synthetic else ""
    return (
        f"{demo}{purpose}"
        f"<p>{'Spørgeskemaets tal' if study.survey else 'Tallene'} er opgjort på data fra"
        f" {long_date(study.data_date)}. Udgivet af {escape(study.organisation)}."
        " »Ved ikke« og ubesvarede spørgsmål tæller ikke med i gennemsnit og andele."
        f" {few_rule(study)} Svarfordelinger vises kun for mindst {count(limits.caution_n)} besvarelser."
        f" Ligger et gennemsnit af færre end {count(limits.caution_n)} besvarelser tæt på en ende af skalaen, står der"
        " kun en grænse, for eksempel »4,5 eller højere« på en skala fra 1 til 5. Ellers kunne man se, hvad næsten"
        " alle har svaret. Et tal vises heller ikke, når det kunne røbe et skjult tal, eller når det sammen med"
        " tidligere sider kunne røbe nogle få nye svar. I stedet står •. En stjerne (*) betyder, at kun"
        f" {limits.min_n}-{limits.caution_n - 1} har svaret, så tallet er usikkert."
        " Alle tal er afrundet.</p>"
        f"<p>Lavet med blupkit {__version__}, Python {platform.python_version()}, pandas {version('pandas')} og NumPy"
        f" {version('numpy')}.</p>"
    )


def few_rule(study: Study) -> str:
    """Say when a group's numbers are kept back: by how many answered the question, not how many chose an answer."""
    return (
        f"Vi viser ikke tal for en gruppe, når færre end {count(study.thresholds.min_n)} i den har svaret på"
        " spørgsmålet."
    )


def about_access(study: Study) -> str:
    """Say which standard the page is made to follow, how that was tried, and what is known to be missing.

    Parameters
    ----------
    study : Study
        Its contact.

    Returns
    -------
    str
        An HTML paragraph for each.
    """
    contact = f" Skriv til {escape(study.contact)}, hvis noget ikke kan læses." if study.contact else ""
    return (
        "<p>Siden er lavet til at følge WCAG 2.1 og 2.2 på niveau AA: Den kan læses med skærmlæser og betjenes med"
        " tastatur, hver figur har en tekst og sine tal som tabel, og farver står aldrig alene.</p>"
        f"<p>Sider af denne slags bliver kontrolleret automatisk med {AXE} på lys og mørk skærm og på papir, på skærme"
        " fra 320 til 1.280 pixel, og desuden for overskrifter, figurernes tekst og kontrast, tabeller og tastatur.</p>"
        "<p>Kendte begrænsninger: Siden er ikke afprøvet af brugere med hjælpemidler. En bred tabel skal rulles"
        f" sidelæns på en telefon.{contact}</p>"
    )
