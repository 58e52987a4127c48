"""A page set as slides: in its order, under its own style and policy, with a name for each slide."""

from __future__ import annotations

from lxml.html import document_fromstring

from blupkit.report.figures.style import slides_style
from blupkit.report.office.show import slide_show

PAGE = """<!DOCTYPE html><html lang="da"><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>T</title><style>p{}</style></head><body data-audience="deling"><a class="skip" href="#indhold">Gå</a>
<div class="page"><header class="front"><h1>Behov</h1></header><nav>Indhold</nav><main id="indhold">
<div class="text"><h2 id="a">Svar</h2><p>Tre fund</p></div><figure class="exhibit"><p>F1</p></figure><p>efter</p>
<div class="text"><h2 id="b">Figur</h2></div><figure class="exhibit"><p>F2</p></figure></main>
<footer class="about"><section><h2 id="om-tallene">Om tallene</h2><p>n</p></section><section><h2>Web</h2></section>
</footer></div></body></html>"""


def test_a_slide_is_a_heading_with_its_words_or_its_figure() -> None:
    slides = document_fromstring(slide_show(PAGE).encode()).findall(".//main/section")
    words = [" ".join(text.strip() for text in slide.itertext() if text.strip()) for slide in slides]
    assert words == ["Behov", "Svar Tre fund", "F1", "efter", "Figur F2", "Om tallene n"]
    assert [slide.get("aria-label") for slide in slides][:3] == [
        "Dias 1 af 6: Behov", "Dias 2 af 6: Svar", "Dias 3 af 6",
    ]  # fmt: skip


def test_it_keeps_the_page_s_policy_and_audience_and_runs_nothing() -> None:
    show = document_fromstring(slide_show(PAGE).encode())
    assert show.find(".//style").text == slides_style()
    assert show.find(".//meta").get("content") == "default-src 'none'"
    assert show.find("body").get("data-audience") == "deling"
    assert not show.findall(".//script")
    assert show.find(".//nav") is None


def test_what_the_page_folds_away_at_its_foot_is_the_last_slide() -> None:
    folded = '<details class="fold"><summary><h2 id="om-tallene">Om tallene</h2></summary><p>n</p></details>'
    page = PAGE.replace('<section><h2 id="om-tallene">Om tallene</h2><p>n</p></section>', folded)
    assert folded in page
    last = document_fromstring(slide_show(page).encode()).findall(".//main/section")[-1]
    assert [each.tag for each in last] == ["h2", "p"]
