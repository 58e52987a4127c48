"""A suspicious neighbour: all finished pages side by side, and arithmetic on the numbers that they show.

The demo shows politicians for all municipalities together only. Here its copy shows them locally, which is the harder
case: Slagelse has four, and six pages and a total are there to subtract.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag
from support import TOWNS, blupkit, unbroken

ROOT = Path(__file__).parents[1]
TOTAL = "faelles"
HIDDEN = "•"
POLITICIANS = re.compile(r"byrådspolitikere|kommunalbestyrelsesmedlemmer", re.IGNORECASE)
WIDTH = 5  # min_n: nothing hidden may be known more narrowly


class Number(NamedTuple):
    """What a page shows of one thing: how many answers, and a sum that lies between low and high; None when hidden."""

    n: int | None
    low: float = 0.0
    high: float = 0.0


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    study = tmp_path_factory.mktemp("studies") / "lokalt"
    shutil.copytree(ROOT / "data" / "demo", study)
    settings = (study / "study.toml").read_text("utf-8")
    assert "vises_lokalt = false" in settings
    (study / "study.toml").write_text(settings.replace("vises_lokalt = false", "vises_lokalt = true"), "utf-8")
    output = tmp_path_factory.mktemp("outputs")
    done = blupkit("render", study, "-n", "02_behovsanalyse", "-o", output)
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        place: BeautifulSoup((output / "lokalt" / place / "02_behovsanalyse.html").read_text("utf-8"), "html.parser")
        for place in [*TOWNS, TOTAL]
    }


def rows_of(figure: Tag) -> list[list[str]]:
    return [
        [unbroken(cell.get_text(" ", strip=True)) for cell in row.select("th, td")] for row in figure.select("table tr")
    ]


def decimal(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".").replace("−", "-").rstrip("*"))


def politicians(soup: BeautifulSoup) -> dict[tuple[str, str], Number]:
    """Everything that a page's tables say of its politicians: (what, about what) → count and sum."""
    found: dict[tuple[str, str], Number] = {}
    for figure in soup.select("figure.exhibit"):
        caption = re.sub(r"^\w+ \d+\. ", "", figure.select_one("figcaption").get_text(" ", strip=True))
        head, *rows = rows_of(figure) or [[]]
        if POLITICIANS.search(caption):
            for label, *cells in rows:
                for measure, cell in zip(head[1:-1], cells[:-1], strict=True):
                    found[measure, label] = mean_of(cell, cells[-1])
        columns = [place for place, name in enumerate(head) if POLITICIANS.match(name)]
        answers = rows[-1] if rows and rows[-1][0] == "Besvarelser" else [""] * len(head)
        for label, *cells in rows:
            for place in columns:
                found[caption.split(".")[0], label] = share_or_mean(cells[place - 1], answers[place])
    for name, said in zip(soup.select(".facts dt"), soup.select(".facts dd"), strict=True):
        if POLITICIANS.match(unbroken(name.get_text(strip=True))):
            count = re.match(r"([\d.]+)\s+besvarelser", said.get_text(" ", strip=True))
            found["besvarelser", ""] = Number(int(decimal(count[1])) if count else None)
    return found


def mean_of(cell: str, n: str) -> Number:
    if HIDDEN in (cell, n) or cell.rstrip("*") == "–":
        return Number(None)
    count = int(decimal(n))
    value = decimal(cell.split(" ")[0])
    half = 0.05 if "," in cell else 0.5  # what rounding can have taken away
    return Number(count, count * (value - half), count * (value + half))


def share_or_mean(cell: str, answers: str) -> Number:
    """A share says how many that is, "14 pct. (6)", and the last row of how many; or both: "14 pct. (6 af 43)"."""
    hits = re.search(r"\((\d+)(?: af (\d+))?\)", cell)
    if hits and (of := hits[2] or answers):
        return Number(int(of), int(hits[1]), int(hits[1]))
    n = re.search(r"n = (\d+)", cell)
    return mean_of(cell.split()[0], n[1]) if n else Number(None)


def attack(numbers: dict[str, Number], scale: tuple[float, float]) -> tuple[int, float] | None:
    """How wide Slagelse's hidden count and sum are left by subtraction; None where the total is hidden too."""
    total = numbers[TOTAL]
    hidden = [place for place in TOWNS if numbers[place].n is None]
    if total.n is None or "slagelse" not in hidden:
        return None
    shown = [numbers[place] for place in TOWNS if numbers[place].n is not None]
    left = total.n - sum(number.n or 0 for number in shown)
    low = total.low - sum(number.high for number in shown)
    high = total.high - sum(number.low for number in shown)
    if len(hidden) == 1:
        return 0, high - low
    sums = []
    for n in range(left + 1):  # so many of those that are left may be Slagelse's
        least = max(n * scale[0], low - (left - n) * scale[1])
        most = min(n * scale[1], high - (left - n) * scale[0])
        sums += [least, most] if least <= most else []
    return left, max(sums) - min(sums)


SCALES = {"Nuværende niveau": (1.0, 5.0), "Vigtighed": (1.0, 5.0), "Gab": (-4.0, 4.0), "RDS": (-100.0, 100.0)}
#: What is no mean of answers cannot be added up over municipalities.
NO_MEANS = ("MWDS", "Plads", "Udjævnet")
SCALES |= dict.fromkeys(["Niveau under vigtighed", "Niveau lig vigtighed", "Niveau over vigtighed"], (0.0, 100.0))


def test_slagelses_politicians_cannot_be_worked_out_of_the_pages(pages: dict[str, BeautifulSoup]) -> None:
    said = {place: politicians(soup) for place, soup in pages.items()}
    nothing = Number(None)
    everything = set().union(*(set(numbers) for numbers in said.values()))
    tried = []
    for what, label in sorted(everything):
        numbers = {place: said[place].get((what, label), nothing) for place in [*TOWNS, TOTAL]}
        assert numbers["slagelse"].n is None, f"{what}, {label} is shown"
        if what.startswith(NO_MEANS):
            continue
        scale = SCALES["Gab"] if "gab" in what.casefold() else SCALES.get(what)
        width = attack(numbers, scale or (0.0, 1.0))
        if width is not None:
            tried.append((what, label))
            count, total = width
            assert count >= WIDTH, f"{what}, {label}: so many answers are {count} at most"
            if scale:
                assert total >= WIDTH, f"{what}, {label}: the sum is known within {total}"
    # The response table, three measures of sixteen items, and more: the neighbour has tried hard.
    assert len(tried) > 40
    assert {"besvarelser", "Tid til læring det næste halve år"} <= {what for what, _ in tried}


def test_the_neighbour_can_subtract() -> None:
    """With everything but Slagelse's own page unhidden the same arithmetic finds the four: it would see a leak."""
    numbers = {place: Number(n) for place, n in zip(TOWNS, [11, 12, 8, 10, 9, None], strict=True)}
    assert attack(numbers | {TOTAL: Number(54)}, (0.0, 1.0)) == (0, 0.0)


def test_no_hidden_count_is_in_any_pages_source(pages: dict[str, BeautifulSoup]) -> None:
    """Not in an alt text, a tooltip or a hidden attribute either: 4 of 31 are the answers from Slagelse's council."""
    text = str(pages["slagelse"])
    for told in ("12,9", "4 af 31", "4 byråds"):
        assert told not in text
