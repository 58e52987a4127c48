"""Five thousand secrets in packages that must all be found."""

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from lxml import html
from plants import (
    ANSWERS,
    CPR,
    DEMO,
    MACHINE,
    NAME,
    NUMBER,
    OTHERS,
    PHONE,
    QUOTE,
    SAID,
    STREET,
    WAYS,
    WRITTEN,
    Garden,
    cpr_numbers,
    otherwise,
    people,
    phone_numbers,
    spellings,
    streets,
)
from support import TOWNS

from blupkit import interviews, survey
from blupkit.app.packing import open_packages, public_texts
from blupkit.core import Study, read_study
from blupkit.core.danish import number
from blupkit.core.language import is_ordinary_word
from blupkit.core.outputs import Outputs
from blupkit.disclosure import hidden_numbers
from blupkit.interviews.coding.passage import Codable
from blupkit.report import Package, Scan, plan_packages, plan_pages
from blupkit.report.packages.scan import machine_search

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


@pytest.fixture(scope="module")
def opened(demo_pages: Path, study: Study) -> tuple[dict[str, Package], Scan]:
    outputs = Outputs(demo_pages)
    packages, scan, _ = open_packages(plan_pages(study, ROOT / "notebooks", outputs), study, outputs)
    return {package.name: package for package in packages}, scan


class Words(NamedTuple):
    """What was said and written, the quotes of it that are approved, and those of them for all readers."""

    said: list[str]
    written: list[str]
    quotes: list[str]
    for_all: list[str]


@pytest.fixture(scope="module")
def words(study: Study) -> Words:
    coded, answers = interviews.read_coded(study), survey.read_responses(study).answers
    written = interviews.answer_turns(answers)
    both = Codable(pd.concat([coded.turns, written], ignore_index=True), coded.codebook)
    guests = ~coded.turns["role"].isin(["moderator", "teknik"])
    return Words(
        coded.turns.loc[guests, "text"].tolist(),
        written["text"].tolist(),
        interviews.approved_quotes(study, both)["text"].tolist(),
        [one["text"] for one in interviews.quotes_for_all(study, answers)],
    )


def names(rng: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        name = rng.choice(people())
        if any(letter.isdigit() for letter in name):
            bare = name.replace(" ", "")
            ways = [
                name,
                bare,
                "+45 " + name,
                "+45" + bare,
                "0045" + bare,
                *(name.replace(" ", dash) for dash in "-–_"),
            ]
            yield NAME, rng.choice([*ways, f"({bare[:2]}) {bare[2:]}"])
        elif "@" in name:
            yield NAME, rng.choice([name, name.upper(), f"mailto:{name}"])
        else:
            yield NAME, rng.choice(spellings(name, ordinary=is_ordinary_word(name)))


def stretches(rng: random.Random, what: str, texts: list[str], allowed: str) -> Iterator[tuple[str, str]]:
    """Seven words in a row of what somebody said or wrote, that are in no approved quote."""
    long = [words for text in texts if len(words := text.split()) >= 7]
    while True:
        words = rng.choice(long)
        start = rng.randrange(len(words) - 6)
        stretch = words[start : start + 7]
        bare = [re.sub(r"\W", "", word).casefold() for word in stretch]
        if (
            all(re.fullmatch(r"\W*\w+\W*", word) for word in stretch)
            and " ".join(bare[:6]) not in allowed
            and " ".join(bare[1:]) not in allowed
        ):
            yield what, rng.choice([" ".join(stretch), " ".join(bare), "\N{NO-BREAK SPACE}".join(stretch)])


def rows_of_answers(rng: random.Random) -> Iterator[tuple[str, str]]:
    """What one respondent answered to the competences, as it stands in the export."""
    lines = (DEMO / "spoergeskema" / "dataset.csv").read_text("cp1252").splitlines()
    heads = lines[0].split(";")
    first, last = heads.index("k01_v"), heads.index("k26_n")
    while True:
        cells = rng.choice(lines[1:]).split(";")[first : last + 1]
        if sum(bool(cell) for cell in cells) > 40 and len(set(cells)) > 4:
            given = list(filter(None, cells))
            floats = [f"{cell}.0" for cell in given]
            ways = [
                ";".join(cells),
                *(between.join(given) for between in (" ", ", ", "/", " - ")),
                "(" + ") (".join(given),
            ]
            ways += [", ".join(floats), " ".join(cell or "NaN" for cell in cells), str(given)]
            yield ANSWERS, rng.choice(ways)


def machines(rng: random.Random) -> Iterator[tuple[str, str]]:
    ways = ["/home/{}/blup/data", "/Users/{}/Desktop/data", "C:\\Users\\{}\\data", "file:///C:/{}/data"]
    ways += ["\\\\server\\{}\\data", "/tmp/{}/x", str(Path.cwd()) + "/{}"]
    ways += [
        "C:/Users/{}/data",
        "C:\\\\Users\\\\{}",
        "\\\\srv-01.kommune.dk\\{}",
        "/Volumes/{}/x",
        "~/{}",
        "%USERPROFILE%\\{}",
    ]
    while True:
        yield MACHINE, rng.choice(ways).format(rng.choice(["abc", "konsulent", "x1", "blup"]))


def places(rng: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        place = rng.choice(
            [
                "Slagelse",
                "Slagelse Kommune",
                "Næstved",
                "Sønderborg",
                "FMK",
                "Nordfyns Kommune",
                "Fåborg-Midtfyn",
                "Faaborg Midtfyn",
                "Faaborg\u2011Midtfyn",
                "Fa\u030aborg-Midtfyn",
                "slagelse_behov",
            ]
        )
        yield OTHERS, f"{place}: {rng.choice(['3,4', '12 besvarelser', '45 pct.', 'n = 7', '1,25'])}"


def personal(rng: random.Random) -> list[Iterator[tuple[str, str]]]:
    """What points to a person without standing in the register as it is written."""
    telling = {name for name in people() if not is_ordinary_word(name)}
    return [otherwise(rng, telling=telling), cpr_numbers(rng), phone_numbers(rng), streets(rng)]


def plain_words(texts: list[str]) -> str:
    return " ".join(re.sub(r"\W", "", word).casefold() for text in texts for word in text.split())


@pytest.mark.parametrize("seed", range(4))
def test_every_planted_secret_is_found(opened: tuple[dict[str, Package], Scan], words: Words, seed: int) -> None:
    packages, scan = opened
    rng = random.Random(seed)
    allowed = plain_words(words.quotes)
    kinds = [
        names(rng),
        stretches(rng, SAID, words.said, allowed),
        stretches(rng, WRITTEN, words.written, allowed),
        rows_of_answers(rng),
        machines(rng),
        places(rng),
        stretches(rng, QUOTE, [text for text in words.quotes if text not in words.for_all], plain_words(words.for_all)),
        *personal(rng),
    ]
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    bare = Garden(html.document_fromstring(page.content.decode()), rng)
    assert scan.leaks(page.name, bare.content, page.reader) == []
    planted: Counter[str] = Counter()
    while planted.total() < 1100:
        garden = Garden(html.document_fromstring(page.content.decode()), rng)
        for _ in range(40):
            for kind in kinds:
                what, secret = next(kind)
                way = garden.plant(what, secret)
                planted[way] += bool(way)
        found = {(leak.place, leak.what) for leak in scan.leaks(page.name, garden.content, page.reader)}
        assert [(spot, plant[-160:]) for spot, plant in garden.expected.items() if spot not in found] == []
        assert not any(secret in leak for leak in map(str, found) for secret in people() if len(secret) > 4)
    assert all(planted[way] > 20 for way in WAYS), planted


def told_numbers(rows: pd.DataFrame) -> set[tuple[str, str]]:
    """Every line's numbers as a page prints them, with a comma and one digit or as whole numbers."""
    told = set()
    for name in ("value", "low", "high", "n"):
        for label, value in rows[["label", name]].dropna().itertuples(index=False):
            told |= {(label.casefold(), number(abs(float(value)), digits)) for digits in (0, 1)}
    shares = rows[(rows["highest"] == 100) & rows["value"].notna()]
    counts = (shares["value"] * shares["n"].astype(float) / 100).round().astype(int).astype(str)
    return told | set(zip(shares["label"].str.casefold(), counts, strict=True))


def test_every_planted_number_is_found(opened: tuple[dict[str, Package], Scan], demo_pages: Path, study: Study) -> None:
    packages, scan = opened
    rng = random.Random(1)
    outputs = Outputs(demo_pages)
    release, own = (survey.whole_release(study, file) for file in (outputs.release, outputs.part("kerteminde")))
    evaluated = own.evaluated.tables if own.evaluated else {}
    shown = pd.concat([table.shown for table in (*own.tables.values(), *own.common.values(), *evaluated.values())])
    others = pd.concat([table.shown for name, table in release.tables.items() if name != "besvarelser"])
    others = others[~others["municipality"].isin(["kerteminde", "alle"])]
    hidden = hidden_numbers(Outputs(demo_pages).basis)
    hidden = hidden[hidden["municipality"].isin(["kerteminde"]) & (hidden["table"] != "besvarelser")]
    derived = survey.derived_numbers(own, study)
    may = told_numbers(pd.concat([shown, derived]).reindex(columns=shown.columns))
    anywhere = {text for label, text in may if label == ""}
    mine = pd.concat([shown, derived]).melt(value_vars=["value", "low", "high", "n"], value_name="number")
    mine = mine["number"].astype(float).abs().dropna().to_numpy()
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    planted = 0
    for rows in (others, hidden) * 12:
        garden = Garden(html.document_fromstring(page.content.decode()), rng)
        values = {
            label: [value for value in part["value"].dropna().abs() if abs(mine - value).min() > 1e-4]
            for label, part in rows.groupby("label")
        }
        for place, row in garden.rows():
            label, cells = row[0].text_content().replace("\N{SOFT HYPHEN}", ""), row[1:]
            wrong = [
                text
                for value in values.get(label, [])
                if (label.casefold(), text := number(value, 1)) not in may and text not in anywhere
            ]
            if wrong and cells and (place, NUMBER) not in garden.expected and rng.random() < 0.7:
                rng.choice(cells).text = rng.choice(wrong) + rng.choice(["", "*", " (1,0-2,0)"])
                garden.expected[place, NUMBER] = row.text_content()
        for place, element in garden.spots:
            label = rng.choice([name for name in values if " " in name and values[name]])
            value = rng.choice(values[label])
            if element.tag in {"p", "li"} and not element.getchildren() and (place, NUMBER) not in garden.expected:
                text = number(value, 1)
                if (label.casefold(), text) in may or text in anywhere:
                    continue
                who = rng.choice(["Gabet", "Blandt kommunalt ansatte er gabet", "Hos byrådspolitikere"])
                element.text += f". {who} er {text} for at {label[0].lower()}{label[1:]}."
                garden.expected[place, NUMBER] = element.text
            elif (
                element.tag == "td"
                and len(repr(value)) > 9
                and (place + ", en attribut", NUMBER) not in garden.expected
            ):
                element.set("data-value", rng.choice([repr(value), f"{value:.6f}", f"{value:.4f}".replace(".", ",")]))
                garden.expected[place + ", en attribut", NUMBER] = element.get("data-value")
        planted += len(garden.expected)
        found = {(leak.place, leak.what) for leak in scan.leaks(page.name, garden.content, page.reader)}
        assert [(spot, plant[-160:]) for spot, plant in garden.expected.items() if spot not in found] == []
    assert planted > 1000


def test_a_hidden_number_in_a_drawing_is_found(opened: tuple[dict[str, Package], Scan]) -> None:
    packages, scan = opened
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    garden = Garden(html.document_fromstring(page.content.decode()), random.Random(3))
    drawn = [(place, image) for place, image in garden.spots if image.tag == "svg"]
    changed = {place for place, image in drawn if garden.redraw(image, r">0,[78]</text>", ">3,7</text>")}
    assert len(changed) >= 2
    found = {leak.place for leak in scan.leaks(page.name, garden.content, page.reader) if leak.what == NUMBER}
    assert found == {f"{place}, i tegningen" for place in changed}


@pytest.mark.parametrize("seed", range(3))
def test_secrets_in_tables_letters_and_the_names_of_files_are_found(
    opened: tuple[dict[str, Package], Scan], seed: int
) -> None:
    packages, scan = opened
    rng = random.Random(seed)
    files = {file.name: file for file in packages["naestved"].files}
    kinds = [names(rng), machines(rng), rows_of_answers(rng), *personal(rng)]
    for name in ("foelgebrev.txt", "indhold.csv", "naestved/tabeller/behov.csv", "faelles/tabeller/form.csv"):
        lines = files[name].content.decode("utf-8-sig").split("\r\n")
        for _ in range(10):
            what, secret = next(rng.choice(kinds))
            place = rng.randrange(1, len(lines) - 1)
            planted = [*lines[:place], f"Kolonnen siger {secret} her", *lines[place + 1 :]]
            leaks = scan.leaks(name, "\r\n".join(planted).encode("utf-8-sig"), "naestved")
            assert what in {leak.what for leak in leaks}, (name, place, secret)
    for _ in range(150):
        what, secret = next(kinds[0])
        # Initials and surnames that are words are found in sentences only.
        if "@" in secret or len(secret) < 4 or is_ordinary_word(secret.strip("s’").casefold()):
            continue
        name = f"naestved/{rng.choice(['', 'side-'])}{secret.replace(' ', '_')}.txt"
        # A phone number of the register is also one of anybody's.
        assert {leak.what for leak in scan.leaks(name, b"Hej", "naestved")} - {PHONE} == {what}, secret
    for _ in range(150):
        what, secret = next(rng.choice(kinds[3:]))
        if re.match(r"\w\. ", secret) and is_ordinary_word(secret.split()[-1]):
            continue  # as above
        name = f"naestved/{rng.choice(['', 'side-'])}{secret.replace(' ', '_')}.txt"
        assert what in {leak.what for leak in scan.leaks(name, b"Hej", "naestved")}, secret


@pytest.mark.parametrize(
    ("piece", "what"),
    [
        ("<!-- lavet af mig -->", "en kommentar"),
        ("<pre>tabel = 3</pre>", "kode"),
        ("<p>In [4]: se her</p>", "notesbogens egne oplysninger eller kode"),
        ('<p data-x="papermill">Hej</p>', "notesbogens egne oplysninger eller kode"),
        ("<p>Fra 02_behovsanalyse.ipynb</p>", "notesbogens egne oplysninger eller kode"),
        ("<script>1</script>", "noget, der kan hente eller køre andet"),
        ('<p onclick="x()">Hej</p>', "noget, der kan hente eller køre andet"),
        ("<style>p{}</style>", "en stil, der ikke er sidernes"),
        ('<a href="https://example.org/x">Hej</a>', "en henvisning ud af pakken"),
        ('<a href="file:///C:/x">Hej</a>', "en henvisning ud af pakken"),
        ('<a href=" https://example.org">Hej</a>', "en henvisning ud af pakken"),
        ('<a href="javascript:x()">Hej</a>', "en henvisning ud af pakken"),
        ('<a href="../intern/01_datagrundlag.html">Hej</a>', "en henvisning ud af pakken"),
        ('<a href="fg1.docx">Hej</a>', "en henvisning ud af pakken"),
        ('<p style="background:url(https://example.org/a)">Hej</p>', "en henvisning ud af pakken"),
        ('<p data-kilde="http://localhost:8888/lab">Hej</p>', "en henvisning ud af pakken"),
        ('<meta http-equiv="refresh" content="0;url=https://example.org">', "noget, der kan hente eller køre andet"),
        ('<table background="kort.png"><tr><td>a</td></tr></table>', "noget, der kan hente eller køre andet"),
        ("<p>Out[3]: 4</p>", "notesbogens egne oplysninger eller kode"),
        ("<p>KeyError: 'k01_v'</p>", "notesbogens egne oplysninger eller kode"),
        ("<p>import pandas as pd</p>", "notesbogens egne oplysninger eller kode"),
        ('<img alt="" src="kort.png">', "en henvisning ud af pakken"),
        ('<img alt="" src="data:image/png;base64,iVBORw0KGgo=">', "et billede, der ikke kan gennemses"),
        ('<img alt="" src="data:image/svg+xml,%3Csvg%3E">', "et billede, der ikke kan gennemses"),
        (
            '<img alt="" src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cdesc%3Ex%3C/desc%3E%3C/svg%3E">',
            "et billede, der ikke kan gennemses",
        ),
        ('<svg><image x="1"></image></svg>', "noget, der ikke er tegnet af programmet"),
        ("<svg><foreignObject><p>x</p></foreignObject></svg>", "noget, der ikke er tegnet af programmet"),
        ("<svg><style>text{}</style></svg>", "noget, der ikke er tegnet af programmet"),
        ("<svg><script>1</script></svg>", "noget, der ikke er tegnet af programmet"),
        ("<svg><text>1<!-- x --></text></svg>", "en kommentar"),
        ('<svg><use href="https://example.org/a.svg#b"></use></svg>', "en henvisning ud af pakken"),
        ('<svg onload="x()"></svg>', "noget, der kan hente eller køre andet"),
        ('<svg><path d="M1 2" style="marker:url(https://example.org/a)"></path></svg>', "en henvisning ud af pakken"),
        ("<table data-internal><tr><td>1</td></tr></table>", "en tabel, der kun er til konsulenten"),
    ],
)
def test_what_must_not_be_on_a_page_at_all_is_refused(
    opened: tuple[dict[str, Package], Scan], piece: str, what: str
) -> None:
    packages, scan = opened
    page = next(file for file in packages["slagelse"].files if file.name == "faelles/aabne_svar.html")
    content = page.content.decode().replace("</main>", f"{piece}</main>")
    assert what in {leak.what for leak in scan.leaks(page.name, content.encode(), page.reader)}


HARMLESS = """
    2026-11-29 / 29.11.2026 / 2. maj 2022 / 2019-2022 / 2021 2022 / 45 pct. / n = 1234 / 3,25 (2,75-3,75) / 1.000-2.999
    indbyggere / 1000-2999 indbyggere / 12.345.678 / kl. 10-12 14-16 / 12.5 40.25 / plads 3 / alle 6 kommuner
    arbejdsplads 12 / Strandvej 12 pct. / i 2022 Kerteminde / 1234 Borgere / a0102031234f12345678e / 320103-1234
    0,12345678 / I alt er der svar / en mølle og en strand / bøn og hjemve / landsbyborger / Kerteminde
"""


def test_what_only_looks_like_a_person_is_not_refused(opened: tuple[dict[str, Package], Scan]) -> None:
    packages, scan = opened
    people_of = {NAME, CPR, PHONE, STREET}
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    texts = [text.strip() for line in HARMLESS.strip().splitlines() for text in line.split(" / ")]
    garden, put = Garden(html.document_fromstring(page.content.decode()), random.Random(1)), {}
    for (place, element), text in zip(garden.spots, texts * 1000, strict=False):
        if element.tag in {"p", "td", "th", "li"} and not element.getchildren():
            element.text = f"{element.text or ''} {text}"
        elif element.tag == "svg":
            garden.draw(element, text, attribute=len(put) % 2 == 0)
        elif element.tag in {"div", "section", "figure"}:
            element.set("title", text)
        put.setdefault(place.removesuffix(", en attribut"), []).append(text)
    found = [leak for leak in scan.leaks(page.name, garden.content, page.reader) if leak.what in people_of]
    assert [(leak, put.get(leak.place)) for leak in found] == []
    for name, between in (("foelgebrev.txt", "\r\n"), ("kerteminde/tabeller/tid.csv", ";1\r\n")):
        leaks = scan.leaks(name, between.join(texts).encode("utf-8-sig"), "kerteminde")
        assert [leak for leak in leaks if leak.what in people_of] == []


def test_numbers_in_cells_beside_each_other_are_no_phone_number(opened: tuple[dict[str, Package], Scan]) -> None:
    cells = ("12", "34", "56", "78")
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    drawn = "".join(f'<text x="{cell}" y="9">{cell}</text>' for cell in cells)
    svg = f'<svg viewBox="{" ".join(cells)}">{drawn}</svg>'
    pages = (svg, svg.replace(">34<", ">20 00 00 14<"))
    in_table, in_drawing = (
        [f"<table><tr>{words}</tr></table>" for words in (row, row.replace("34", "20 00 00 14"))],
        [f"<figure>{page}</figure>" for page in pages],
    )
    for name, (harmless, phone) in {
        "a.html": in_table,
        "b.html": in_drawing,
        "a.csv": [";".join(cells), ";".join((*cells, "20 00 00 14"))],
    }.items():
        assert opened[1].leaks(name, harmless.encode(), "kerteminde") == [], name
        assert PHONE in {leak.what for leak in opened[1].leaks(name, phone.encode(), "kerteminde")}, name


def test_what_the_study_declares_public_may_stand_anywhere(
    opened: tuple[dict[str, Package], Scan], study: Study
) -> None:
    said = "Ring til sekretariatet på 65 00 00 21, Tranebærvej 3."
    scan = opened[1]
    assert {PHONE, STREET} == {leak.what for leak in scan.leaks("a.txt", said.encode(), "kerteminde")}
    for public in (["65 00 00 21", "Tranebærvej 3"], ["65 00 00 21,  Tranebærvej\n3"]):
        open_scan = Scan(replace(scan.secrets, public=(*scan.secrets.public, *public)), study)
        assert open_scan.leaks("a.txt", said.encode(), "kerteminde") == []
        assert open_scan.leaks("a.txt", b"Ring 65 00 00 22", "kerteminde")
    # A part of a word is not declared by a word.
    assert Scan(replace(scan.secrets, public=("Bir",)), study).leaks("a.txt", b"Birthe", "kerteminde")


def test_every_text_of_study_toml_is_searched_but_what_it_declares_public(
    opened: tuple[dict[str, Package], Scan], demo_pages: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(DEMO, tmp_path / "demo"))
    toml = (folder / "study.toml").read_text("utf-8")
    parts = {
        "navn": "BLUP ved Louise Hauge Iversen",
        "periode": "foråret 2022, 010203-1234",
        "udgiver": "Landsbyhøjskolen, Tranebærvej 3, 5000 Odense",
        "kontakt": "Landsbyhøjskolen, 65 00 00 21",
    }
    for key, text in parts.items():
        toml = re.sub(rf'(?m)^{key} = ".*"', f'{key} = "{text}"', toml, count=1)
    for declared, refused in (("[]", {NAME, CPR}), ('["Louise Hauge Iversen", "010203-1234"]', set())):
        written = toml.replace("syntetisk = true", f"syntetisk = true\noffentligt = {declared}")
        (folder / "study.toml").write_text(written, "utf-8")
        study = read_study(folder)
        [group] = plan_packages(study, [], Outputs(demo_pages), {}, {})
        letter = next(file for file in group.files if file.name == "foelgebrev.txt")
        assert all(text in letter.content.decode() for text in parts.values())
        scan = Scan(replace(opened[1].secrets, public=public_texts(study)), study)
        assert {leak.what for leak in scan.leaks(letter.name, letter.content, letter.reader)} == refused
        # The method stands on pages; whatever a page says is searched alike.
        method = study.frame + " Skriv til Birthe, 65 00 00 22, Tranebærvej 4 eller 010203-1235."
        found = {leak.what for leak in scan.leaks("side.html", f"<p>{method}</p>".encode(), "alle")}
        assert found == {NAME, CPR, PHONE, STREET}


BARE = [
    {"Ingen": "0"},
    {"Ingen": "20"},
    {"Op til 3 timer": "1-3", "4-8 timer": "4-8"},
    {"Ingen": "09:30", "Mere end 16 timer": "2.5"},
    {"Ingen": "0", "Op til 3 timer": "1-3", "4-8 timer": "4-8", "9-16 timer": "9-16", "Mere end 16 timer": "17"},
    {"Webinar": "50 pct.", "Studietur": "12"},
]


@pytest.mark.parametrize("labels", BARE, ids=lambda labels: ", ".join(labels.values()))
def test_a_label_that_is_a_number_refuses_nothing_and_hides_nothing(
    opened: tuple[dict[str, Package], Scan], study: Study, labels: dict[str, str]
) -> None:
    packages, scan = opened

    def named(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(label=rows["label"].replace(labels))

    shown = {place: named(rows) for place, rows in scan.secrets.shown.items()}
    # Names and words are searched for in the same files by the other tests.
    numbers = replace(scan.secrets, searches={}, local={}, numbers=named(scan.secrets.numbers), shown=shown)
    renamed = Scan(numbers, study)
    files = [file for file in packages["kerteminde"].files if file.name.endswith((".html", ".csv"))]
    written = {file.name: relabelled(file.name, file.content, labels) for file in files}
    for file in files:
        assert renamed.leaks(file.name, written[file.name], file.reader) == [], file.name

    every, own = numbers.numbers, shown["kerteminde"]
    name, table = "kerteminde/behovsanalyse.html", "kerteminde/tabeller/tid.csv"
    rows = {
        row[0].text_content(): place
        for place, row in Garden(html.document_fromstring(written[name]), random.Random(1)).rows()
    }
    for label in labels.values():
        may = {text for _, text in told_numbers(own[own["label"].isin([label, ""])])}
        wrong = next(
            text
            for value in every.loc[every["label"] == label, "value"].dropna().abs()
            if (text := number(value, 0)) not in may
        )
        planted = re.sub(rf"(<th[^>]*>{label}</th><td[^>]*>)", rf"\g<1>{wrong} – ", written[name].decode())
        found = renamed.leaks(name, planted.encode(), "kerteminde")
        assert {leak.what for leak in found} == {NUMBER}, (label, wrong)
        assert rows[label] in {leak.place for leak in found}
        planted = written[table].decode().replace(f";{label};Andel;", f";{label};Andel;{wrong};")
        if planted != written[table].decode():
            assert NUMBER in {leak.what for leak in renamed.leaks(table, planted.encode(), "kerteminde")}, label
        said = f"<p>Hos lokalråd er »{label}« valgt af {wrong} pct. af dem.</p>".encode()
        assert NUMBER in {leak.what for leak in renamed.leaks("a.html", said, "kerteminde")}, (label, wrong)


def test_a_wrong_number_beside_a_label_that_is_a_number_is_found_in_a_drawing(
    opened: tuple[dict[str, Package], Scan], study: Study
) -> None:
    packages, scan = opened
    labels = {"Webinar": "20", "Studietur": "1-3"}

    def named(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(label=rows["label"].replace(labels))

    shown = {place: named(rows) for place, rows in scan.secrets.shown.items()}
    numbers = replace(scan.secrets, searches={}, local={}, numbers=named(scan.secrets.numbers), shown=shown)
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    garden = Garden(html.document_fromstring(relabelled(page.name, page.content, labels).decode()), random.Random(1))
    drawn = [(place, image) for place, image in garden.spots if image.tag == "svg"]
    own = {text for _, text in told_numbers(shown["kerteminde"][shown["kerteminde"]["label"].isin(["20", ""])])}
    others = numbers.numbers.loc[numbers.numbers["label"] == "20", "value"].dropna()
    wrong = next(text for value in others if (text := number(value, 0)) not in own)
    changed = {
        place for place, image in drawn if garden.redraw(image, r"(>20</text>.*?<text[^>]*>)\d+(?=<)", rf"\g<1>{wrong}")
    }
    assert changed
    found = {leak.place for leak in Scan(numbers, study).leaks(page.name, garden.content, page.reader)}
    assert found == {f"{place}, i tegningen" for place in changed}


def relabelled(name: str, content: bytes, labels: dict[str, str]) -> bytes:
    """Write a file as it would be if the labels were others: cells, words of drawings and what stands in quotes."""
    if name.endswith(".csv"):
        text = content.decode("utf-8-sig")
        for old, new in labels.items():
            text = text.replace(f";{old};", f";{new};")
        return text.encode("utf-8-sig")
    garden = Garden(html.document_fromstring(content.decode().replace("\N{SOFT HYPHEN}", "")), random.Random(1))
    for _, element in garden.spots:
        for old, new in labels.items():
            if element.tag in {"th", "span"} and element.text == old:
                element.text = new
            quoted = {text: (getattr(element, text) or "").replace(f"»{old}«", f"»{new}«") for text in ("text", "tail")}
            for text, said in quoted.items():
                setattr(element, text, said)
            if element.tag == "text" and element.text == old:
                element.text = new
    return garden.content


@pytest.mark.parametrize(
    ("piece", "what"),
    [
        ('<a href="tel:+45{phone}">Ring</a>', NAME),
        ("<p>Ring 0045{phone}.</p>", NAME),
        ('<a href="mailto:jens.hansen%40kommune.dk">Skriv</a>', NAME),
        ('<a href="Referat%20af%20Birthe.html">Referat</a>', NAME),
        ("<p>Se filen LouiseIversen nu.</p>", NAME),
        ("<p>Birt\N{LEFT-TO-RIGHT MARK}he sagde det.</p>", NAME),
        ("<table><tr><th>Søge fonde og puljer*</th><td>{other}</td></tr></table>", NUMBER),
        ("<table><tr><th>1. Søge fonde og puljer</th><td>{other}<br>n = 7</td></tr></table>", NUMBER),
        ("<table><tr><th>Søge fonde<br>og puljer</th><td>{other3}</td></tr></table>", NUMBER),
        ("<table><tr><th>Søge fonde og puljer</th><td>{point3}</td></tr></table>", NUMBER),
        ("<p>(offentlige)/private partnerskaber og/eller midler</p>", ""),
    ],
)
def test_what_a_careless_hand_puts_on_a_page_is_found(
    opened: tuple[dict[str, Package], Scan], demo_pages: Path, study: Study, piece: str, what: str
) -> None:
    packages, scan = opened
    release = survey.whole_release(study, Outputs(demo_pages).release)
    rows = pd.concat([table.shown for table in release.tables.values()])
    rows = rows[(rows["label"] == "Søge fonde og puljer") & (rows["municipality"] == "naestved")]
    part = survey.whole_release(study, Outputs(demo_pages).part("kerteminde"))
    told = (table.shown for table in (*part.tables.values(), *part.common.values()))
    own = pd.concat([*told, survey.derived_numbers(part, study)])
    may = told_numbers(own.reindex(columns=rows.columns))
    known = {text for label, text in may if label in {"", "søge fonde og puljer"}}
    other = next(value for value in rows["value"].abs() if number(value, 1) not in known and f"{value:.3f}"[-1] != "0")
    phone = next(
        re.sub(r"\D", "", alias)
        for aliases in interviews.read_register(study)["aliases"]
        for alias in aliases
        if sum(map(str.isdigit, alias)) >= 8
    )
    words = {"phone": phone, "other": number(other, 1), "other3": number(other, 3), "point3": f"{other:.3f}"}
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    content = page.content.decode().replace("</main>", piece.format(**words) + "</main>")
    found = {leak.what for leak in scan.leaks(page.name, content.encode(), page.reader)}
    assert (what in found) if what else not found


def test_exactly_the_quotes_that_are_shared_may_stand_on_a_municipality_s_page(
    opened: tuple[dict[str, Package], Scan], words: Words
) -> None:
    (packages, scan), for_all = opened, words.for_all
    assert len(for_all) == 3  # one of each group
    page = next(file for file in packages["kerteminde"].files if file.name == "kerteminde/behovsanalyse.html")
    # Each in a section of its own, behind the page's own: one look at the page tells of all.
    sections = page.content.decode().partition("</main>")[0].count("<h2")
    quotes, added, expected = words.quotes, "", {}
    for number_of_section, text in enumerate(quotes, sections + 1):
        added += f"<h2>Citat</h2><blockquote><p>»{text}«</p></blockquote>"
        expected |= {} if text in for_all else {f"afsnit {number_of_section} på siden": text}
    content = page.content.decode().replace("</main>", f"{added}</main>")
    leaks = scan.leaks(page.name, content.encode(), page.reader)
    assert {leak.what for leak in leaks} == {QUOTE}
    assert {leak.place for leak in leaks} == expected.keys()
    assert len(expected) == len(quotes) - len(for_all) > 10


def test_a_study_without_interviews_is_searched_for_addresses_too(
    opened: tuple[dict[str, Package], Scan], study: Study
) -> None:
    bare = study.model_copy(update={"interviews": None})
    assert interviews.people_search(bare)("Skriv til jens.hansen@kommune.dk")
    assert not interviews.people_search(bare)("Skriv til Birthe")


def test_a_file_that_cannot_be_looked_through_is_refused(opened: tuple[dict[str, Package], Scan]) -> None:
    for name, content in (("a.HTML", b"<p>Hej</p>"), ("a.docx", b"Hej"), ("a.txt", "Hej".encode("utf-16-le"))):
        assert opened[1].leaks(name, content, "kerteminde"), name


def test_an_internal_page_is_refused_whatever_folder_it_lies_in(
    opened: tuple[dict[str, Package], Scan], demo_pages: Path
) -> None:
    page = (demo_pages / "intern" / "01_datagrundlag.html").read_bytes()
    leaks = opened[1].leaks("kerteminde/side.html", page, "kerteminde")
    assert "en side, der kun er til konsulenten" in {leak.what for leak in leaks}


def test_a_page_of_one_municipality_is_refused_in_another_ones_package(
    opened: tuple[dict[str, Package], Scan], demo_pages: Path
) -> None:
    for town, other in zip(TOWNS, TOWNS[1:] + TOWNS[:1], strict=True):
        page = (demo_pages / town / "02_behovsanalyse.html").read_bytes()
        assert {OTHERS, NUMBER} <= {leak.what for leak in opened[1].leaks("side.html", page, other)}


def test_user_and_host_are_found_unless_anybody_may_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "lkjensen")
    monkeypatch.setattr("socket.gethostname", lambda: "PC-4711")
    found = machine_search([Path("data/demo")])
    assert found("Gemt af LKJensen")
    assert found("på pc-4711.")
    assert found("lkjensen_data")
    assert not found("og lkjensens")
    monkeypatch.setattr("getpass.getuser", lambda: "bruger")
    monkeypatch.setattr("socket.gethostname", lambda: "kontor")
    assert not machine_search([])("En bruger på et kontor")
