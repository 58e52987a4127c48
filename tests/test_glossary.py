"""The words of docs/terminology.md that a partner never meets are on no page of the demo."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import readability
from bs4 import BeautifulSoup

GLOSSARY = Path(__file__).parents[1] / "docs" / "terminology.md"
#: Where those read who want to reckon again; "Metode og forbehold" is theirs too.
RECKONED = "Metode og forbehold"


def never() -> dict[str, bool]:
    """Each word, and whether those who reckon may meet it."""
    table = GLOSSARY.read_text("utf-8").split("## Words that a partner never meets")[1]
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in table.splitlines() if line.startswith("| ")]
    return {word: allowed == "yes" for words, _, allowed in rows[1:] for word in words.split(", ")}


@cache
def for_partners(path: Path, *, reckoned: bool) -> str:
    """Give what stands on a page, with or without what those read who want to reckon again."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    main = page.select_one("main")
    assert main is not None
    for part in main.select("style, script" if reckoned else "style, script, details.fold"):
        part.decompose()
    if not reckoned:
        for block in main.select(".text"):
            if (head := block.select_one("h2")) and RECKONED in head.get_text():
                for after in list(block.find_next_siblings()):
                    if after.select_one("h2"):
                        break
                    after.decompose()
    return " ".join(main.get_text(" ").split())


def test_the_glossary_names_the_words() -> None:
    assert {"skalapoint", "MWDS", "udjævnet"} <= set(never())
    assert [never()[word] for word in ("skalapoint", "MWDS")] == [False, True]


def lix(page: Path) -> float:
    blocks, _, names = readability.prose(page.read_text("utf-8"))
    sentences = (each for block in blocks for each in readability.sentences(readability.without(block, names)))
    return readability.reading(sentences).lix


def test_no_page_is_hard_to_read_and_the_short_one_is_easy(demo_pages: Path) -> None:
    # Before every sentence was written anew the pages had 28 to 36; below 35 a text is easy for most, below 25 for all.
    pages = [page for page in demo_pages.rglob("*.html") if page.parent.name not in {"intern", demo_pages.name}]
    hard = {f"{page.parent.name}/{page.name}": round(lix(page)) for page in pages}
    assert {name: found for name, found in hard.items() if found > (32 if "08_kort" in name else 36)} == {}


@pytest.mark.parametrize("word", never())
def test_a_partner_never_meets_the_word(demo_pages: Path, word: str) -> None:
    pages = [page for page in demo_pages.rglob("*.html") if page.parent.name not in {"intern", demo_pages.name}]
    assert len(pages) > 8
    wanted = re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)
    texts = {page: for_partners(page, reckoned=not never()[word]) for page in pages}
    met = {
        f"{page.parent.name}/{page.name}": found[0] for page, text in texts.items() if (found := wanted.search(text))
    }
    assert met == {}
