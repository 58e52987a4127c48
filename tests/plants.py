"""Secrets planted in a page, each in a place of its own, so that a search can be asked for every one of them."""

import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from lxml import etree, html

DEMO = Path(__file__).parents[1] / "data" / "demo"
WORDS = {"text": {"p", "li", "h2", "h3", "caption", "figcaption", "dd", "summary"}, "cell": {"td", "th"}}
WAYS = ["text", "attribute", "drawing", "drawing attribute", "drawing told", "cell", "inline"]
#: As what a plant must be found.
NAME = "et navn, et sted eller en adresse fra deltagerlisten"
SAID, WRITTEN, ANSWERS = "noget, der er sagt i et interview", "noget, en deltager har skrevet", "en deltagers svar"
MACHINE, QUOTE = "en sti eller et navn fra denne maskine", "et citat, der kun må stå på de fælles sider"
CPR, PHONE = "noget, der ligner et CPR-nummer", "noget, der ligner et telefonnummer"
STREET = "noget, der ligner en adresse"
NUMBER, OTHERS = "et tal, som denne læser ikke må se", "et tal for en anden kommune"


@dataclass
class Garden:
    """A page that plants are put into; `expected` says where and as what each must be found."""

    tree: html.HtmlElement
    rng: random.Random
    expected: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return b"<!DOCTYPE html>\n" + html.tostring(self.tree, encoding="utf-8")

    @cached_property
    def spots(self) -> list[tuple[str, html.HtmlElement]]:
        """Every element of the page, with the place that a message must name; counted without the library."""
        found, section, table, image, row = [], 0, 0, 0, 0
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            section += element.tag == "h2"
            inside = next((above for above in element.iterancestors("svg")), None) is not None
            image += element.tag == "svg" and "narrow" not in element.get("class", "")
            if element.tag == "table":
                table, row = table + 1, 0
            row += element.tag == "tr"
            if element.tag in {"tr", "td", "th"}:
                place = f"tabel {table} på siden, række {row}"
            elif element.tag in {"table", "caption"}:
                place = f"tabel {table} på siden"
            elif element.tag == "svg" or inside:
                place = f"billede {image} på siden" + ", i tegningen" * inside
            else:
                place = f"afsnit {section} på siden" if section else "sidens top"
            found.append((place, element))
        return found

    @cached_property
    def _beds(self) -> dict[str, list[tuple[str, html.HtmlElement]]]:
        """For each way the spots whose element takes it."""
        bare = {"html", "head", "meta", "style", "title"}
        takes = {
            **{way: tags.__contains__ for way, tags in WORDS.items()},
            **dict.fromkeys(("drawing", "drawing attribute", "drawing told"), "svg".__eq__),
            "inline": "p".__eq__,
            "attribute": lambda tag: tag not in bare,
        }
        return {way: [spot for spot in self.spots if takes[way](spot[1].tag)] for way in WAYS}

    def plant(self, what: str, secret: str) -> str:
        """Put a secret somewhere where none of its kind has been put; gives which way it was done, "" where none is."""
        ways = self.rng.sample(WAYS, len(WAYS))
        for way in ways:
            # One after the other as they are drawn, until one takes it: most do at once.
            left = list(self._beds[way])
            while left:
                at = self.rng.randrange(len(left))
                left[at], left[-1] = left[-1], left[at]
                if self._put(way, *left.pop(), what, secret):
                    return way
        return ""

    def _put(self, way: str, place: str, element: html.HtmlElement, what: str, secret: str) -> bool:
        said = f" og så sagde {secret} det"
        place += ", i tegningen" * way.startswith("drawing") + ", en attribut" * way.endswith("attribute")
        if (place, what) in self.expected:
            return False
        if way in {"text", "inline"} and (element.getchildren() or "sagde" in element.text_content()):
            return False  # another plant would cut this one in two
        if way in WORDS:
            element.text = (element.text or "") + said
        elif way == "inline" and len(secret) > 3:
            # Half of it in bold: a reader sees one word.
            half = len(secret) // 2
            bold = etree.SubElement(element, "b")
            element.text = (element.text or "") + " og så sagde " + secret[:half]
            bold.text, bold.tail = secret[half:], " det"
        elif way == "attribute":
            name = self.rng.choice(["alt", "aria-label", "title", "data-note", "id", "class"])
            element.set(name, (element.get(name) or "") + said)
        elif way == "drawing told":
            element.find("desc").text += said
        elif way.startswith("drawing"):
            self.draw(element, said, attribute=way != "drawing")
        else:
            return False
        self.expected[place, what] = f"{way}: {secret}"
        return True

    def draw(self, image: html.HtmlElement, words: str, *, attribute: bool) -> None:
        """Write words into a drawing, where they are seen or in an attribute."""
        text = etree.SubElement(image, "text", x="4", y="4")
        if attribute:
            text.set("font-family", words)
        else:
            text.text = words

    def redraw(self, image: html.HtmlElement, old: str, new: str) -> bool:
        """Change what a drawing says; tells whether it said so."""
        tail, image.tail = image.tail, None
        before = html.tostring(image, encoding="unicode")
        after = re.sub(old, new, before)
        changed = html.fragment_fromstring(after)
        changed.tail = tail
        image.getparent().replace(image, changed)
        return before != after

    def rows(self) -> Iterator[tuple[str, html.HtmlElement]]:
        return ((place, element) for place, element in self.spots if element.tag == "tr")


def spellings(name: str, *, ordinary: bool) -> list[str]:
    """Ways in which a name gets into a page: genitive, capitals, blanks that do not break, hyphens nobody sees."""
    ways = [name, f"{name}s", f"{name}’s", name.upper()]
    if not ordinary:
        ways += [name[:1] + "\N{SOFT HYPHEN}" + name[1:], name[:3] + "\N{ZERO WIDTH SPACE}" + name[3:]]
    if not ordinary and len(name) > 2:  # initials are told from "kl." and "dr." by their capitals
        ways.append(name.lower())
    if " " in name:
        ways += [name.replace(" ", "\N{NO-BREAK SPACE}"), name.replace(" ", "_"), name.lower().replace(" ", "-")]
    return ways


@cache
def people() -> list[str]:
    """Every name, part of a name, place, phone number and address in the register, read without the library."""
    text = (DEMO / "interview" / "deltagere.csv").read_text("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    found = []
    for row in rows:
        name = row["navn"]
        if row["rolle"] == "sted":
            found.append(name)
        elif name != "Moderator" and all(word[0].isupper() for word in name.split()):
            found += [name, *name.split()]
        found += [alias for alias in row["aliasser"].split(";") if alias and alias[:-1] not in found]
    return list(dict.fromkeys(found))


def cpr_numbers(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Numbers of nobody, with a day and a month that are in the calendar."""
    while True:
        date = f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(0, 99):02}"
        apart = " ".join((date[:2], date[2:4], date[4:]))
        last = f"{rng.randint(0, 9999):04}"
        yield CPR, rng.choice([f"{date}-{last}", f"{date} {last}", date + last, f"{date}–{last}", f"{apart} {last}"])


def phone_numbers(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Numbers in nobody's register, as people write them."""
    while True:
        bare = f"{rng.randint(21000000, 99999999)}"
        pairs = [bare[place : place + 2] for place in (0, 2, 4, 6)]
        ways = [bare, *(between.join(pairs) for between in " .-–\N{NO-BREAK SPACE}_"), f"{bare[:4]} {bare[4:]}"]
        ways += [
            f"+45 {' '.join(pairs)}",
            f"+45{bare}",
            f"0045{bare}",
            f"(+45) {bare}",
            f"{bare[:3]} {bare[3:5]} {bare[5:]}",
        ]
        yield PHONE, rng.choice([*ways, f"({pairs[0]}) {' '.join(pairs[1:])}"])


def streets(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Addresses that are nobody's."""
    while True:
        end = rng.choice(["vej", "vejen", "gade", "stræde", "torv", "plads", "allé", "alle", "vænget"])
        name, house = rng.choice(["Tranebær", "Bispe", "Kongshøj", "Lærke"]) + end, rng.randint(1, 199)
        ways = [
            f"{name} {house}",
            f"{name} {house}B",
            f"{name.upper()} {house}",
            f"{name} {house}, 2. tv.",
            f"Nørre Allé {house}",
        ]
        yield (
            STREET,
            rng.choice(
                [*ways, f"{name} nr. {house}", f"{rng.choice(['5000 Odense', '7323 Give', '4200 Slagelse'])} C"]
            ),
        )


def otherwise(rng: random.Random, *, telling: set[str]) -> Iterator[tuple[str, str]]:
    """The register's people and places by initials, without hyphens, in genitives, abbreviations and compounds.

    `telling` are the places that are no ordinary words: only they can be told from the rest of a word.
    """
    rows = csv.DictReader(io.StringIO((DEMO / "interview" / "deltagere.csv").read_text("utf-8-sig")), delimiter=";")
    ways: list[str] = []
    for row in rows:
        words = row["navn"].split()
        if row["rolle"] == "sted":
            place = row["navn"]
            short = {"Nørre": ("Nr.", "Ndr.", "nr."), "Øster": ("Ø.", "Østre"), "Kirke": ("Kr.",)}.get(words[0], ())
            ways += [f"{before}{between}{words[-1]}" for before in short for between in (" ", "")]
            if place in telling:
                ways += [f"{place}borger", f"{place.lower()}skolen", f"Ny{place.lower()}", f"{place}er-vejen"]
        elif len(words) > 1 and all(word[0].isupper() for word in words):
            first, *middle, last = words
            letters = [word[0] for name in (first, *middle) for word in name.split("-")]
            ways += [f"{between.join(letters)}. {last}" for between in (".", ". ")]
            ways += [f"{''.join(letters)} {last}"] if len(letters) > 1 else []
            ways += [f"{first} {middle[0][0]}. {last}"] if middle else []
        for first in words[:1]:
            ways += [first.replace("-", " "), first.replace("-", "").capitalize()] if "-" in first else []
            ways += [f"{first}’s", f"{first}es", f"{first}´s"] if first[-1] in "sxz" else []
    while True:
        yield NAME, rng.choice(ways)
