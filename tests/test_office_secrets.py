"""A secret in a Word file, in slides or in a calendar is found where it stands, however it stands there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice

import pandas as pd
import pytest
from office_plants import Plant, calendar_plants, jpeg, png, slide_plants, slides, word, word_plants
from plants import CPR, DEMO, NAME, NUMBER, OTHERS, PHONE, SAID, cpr_numbers, people, phone_numbers

from blupkit import interviews, survey
from blupkit.core import ALL, Study, read_study
from blupkit.core.files import zipped
from blupkit.core.language import is_ordinary_word
from blupkit.core.spreadsheet import excel_workbook
from blupkit.report import Scan, Secrets

COLUMNS = ["label", "value", "low", "high", "n", "highest"]
PLANTS: dict[str, Callable[[str], Iterator[Plant]]] = {
    "a.docx": word_plants,
    "a.pptx": slide_plants,
    "a.ics": calendar_plants,
}


@pytest.fixture(scope="module")
def scan() -> Scan:
    """The demo's people and talks; of the numbers 3,1 and 0,9 its readers may see the first."""
    study: Study = read_study(DEMO)
    responses = survey.read_responses(study)
    spoken = interviews.spoken_secrets(study, responses.answers)
    searches = spoken.searches | survey.survey_searches(study, responses.questionnaire, spoken.quotes)
    rows = [("Søge fonde", 3.1, None, None, 7, 4.0), ("Søge fonde", 0.9, None, None, 5, 4.0)]
    every = pd.DataFrame(rows, columns=COLUMNS)
    return Scan(Secrets(searches, {}, every, {ALL: every[:1]}), study)


def secrets(rng: random.Random) -> Iterator[tuple[str, str]]:
    """People of the register, numbers of nobody, and seven words in a row of what a participant said."""
    study = read_study(DEMO)
    coded = interviews.read_coded(study)
    turns = coded.turns[~coded.turns["role"].isin(["moderator", "teknik"])]["text"]
    quotes = {word.casefold() for text in interviews.approved_quotes(study, coded)["text"] for word in text.split()}
    said = [words for text in turns if len(words := text.split()) > 8 and not quotes & {words[2].casefold()}]
    names = [name for name in people() if len(name) > 4 and not is_ordinary_word(name)]
    cpr, phones = cpr_numbers(rng), phone_numbers(rng)
    while True:
        yield NAME, rng.choice(names)
        yield next(cpr)
        yield next(phones)
        yield SAID, " ".join(rng.choice(said)[:8])


@pytest.mark.parametrize("name", PLANTS)
def test_every_secret_is_found_in_its_place(scan: Scan, name: str) -> None:
    """Each way with two secrets, which are all others than its neighbours'."""
    chosen = list(islice(secrets(random.Random(name)), 16))
    planted = [list(PLANTS[name](secret)) for _, secret in chosen]
    ways, missed = Counter[str](), []
    for place_in_list in range(len(planted[0])):
        for number in (place_in_list % 16, (place_in_list + 7) % 16):
            (what, secret), (way, place, content) = chosen[number], planted[number][place_in_list]
            leaks = scan.leaks(name, content, ALL)
            ways[way] += 1
            if (place, what) not in leaks:
                missed.append((way, place, what, secret, leaks))
            assert not any(secret in str(leak) for leak in leaks)
    assert missed == []
    assert set(ways.values()) == {2}
    # Over 700 in the three files.
    assert ways.total() >= {"a.docx": 390, "a.pptx": 180, "a.ics": 130}[name]
    assert {what for what, _ in chosen} == {NAME, CPR, PHONE, SAID}


@pytest.mark.parametrize(("name", "parts"), [("a.docx", word()), ("a.pptx", slides())])
def test_a_file_without_secrets_may_be_sent(scan: Scan, name: str, parts: dict[str, bytes]) -> None:
    assert scan.leaks(name, zipped(parts), ALL) == []


def changed(parts: dict[str, bytes], name: str, old: str, new: str) -> bytes:
    assert old in parts[name].decode()
    return zipped({**parts, name: parts[name].decode().replace(old, new, 1).encode()})


def test_a_hidden_number_in_a_table_a_chart_and_its_workbook_is_found(scan: Scan) -> None:
    named = word()["word/document.xml"].decode().replace("Emne", "Søge fonde")
    for number, leak in (("•", []), ("3,1", []), ("0,9", [("teksten, tabel 1, række 2", NUMBER)])):
        written = {**word(), "word/document.xml": named.replace("•", number).encode()}
        assert scan.leaks("a.docx", zipped(written), ALL) == leak
    chart = slides()["ppt/charts/chart1.xml"].decode().replace("Emne", "Søge fonde")
    for number, leak in (("3.1", []), ("0.9", [("diagram 1, række 2", NUMBER)]), ("0.9000", [("diagram 1", NUMBER)])):
        drawn = {**slides(), "ppt/charts/chart1.xml": chart.replace("<c:v>2<", f"<c:v>{number}<").encode()}
        assert set(leak) <= set(scan.leaks("a.pptx", zipped(drawn), ALL)), number
        assert bool(leak) == bool(scan.leaks("a.pptx", zipped(drawn), ALL))
    for number, wrong in ((Decimal("3.1"), False), (Decimal("0.9"), True)):
        book = excel_workbook({"Ark1": [["", "Gab"], ["Søge fonde", number]]})
        leaks = scan.leaks("a.pptx", zipped({**slides(), "ppt/embeddings/ark1.xlsx": book}), ALL)
        assert [leak.what for leak in leaks] == [NUMBER] * wrong


def test_another_municipality_s_number_is_found_in_a_slide(scan: Scan) -> None:
    said = changed(slides(), "ppt/slides/slide1.xml", "<a:t>Behov</a:t>", "<a:t>Slagelse: 3,4</a:t>")
    assert ("dias 1, afsnit 1", OTHERS) in scan.leaks("a.pptx", said, ALL)


FOREIGN = {
    "a picture": ("word/media/a.png", png(), "et billede, der ikke kan gennemses"),
    "a photograph": ("word/media/a.jpg", jpeg(b"GPS"), "et billede med oplysninger om, hvor og hvordan det er lavet"),
    "a macro": (
        "word/vbaProject.bin",
        b"\xd0\xcf\x11\xe0",
        "en del, som programmet ikke skriver, og som ikke kan gennemses",
    ),
    "comments": ("word/comments.xml", b"<comments/>", "kommentarer"),
    "a thumbnail": ("docProps/thumbnail.jpeg", jpeg(b"")[:4], "et billede, der ikke kan gennemses"),
    "own properties": ("docProps/custom.xml", b"<a/>", "egenskaber, som programmet ikke skriver"),
    "an entity": ("word/settings.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "en dokumenttype (DOCTYPE)"),
    "broken XML": ("word/settings.xml", b"<a><b></a>", "XML, der ikke kan læses"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_part_that_must_not_be_there_is_refused_by_its_place(scan: Scan, kind: str) -> None:
    name, raw, what = FOREIGN[kind]
    parts = word()
    place = "indstillingerne" if name in parts else f"del {len(parts) + 1}"
    assert (place, what) in scan.leaks("a.docx", zipped({**parts, name: raw}), ALL)


@pytest.mark.parametrize(
    ("piece", "what"),
    [
        ("<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>", "en sporet ændring"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>", "skjult tekst"),
        ("<w:p><w:r><w:object/></w:r></w:p>", "noget, der kan hente eller køre andet"),
        ("<w:p><w:r><w:instrText>INCLUDETEXT x</w:instrText></w:r></w:p>", "noget, der kan hente eller køre andet"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>', "et tegn, der ikke kan gennemses"),
        ("<!-- a -->", "en kommentar"),
    ],
)
def test_what_must_not_stand_in_a_word_file_is_refused(scan: Scan, piece: str, what: str) -> None:
    content = changed(word(), "word/document.xml", "<w:sectPr>", f"{piece}<w:sectPr>")
    assert ("teksten", what) in scan.leaks("a.docx", content, ALL)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("<p:sld ", '<p:sld show="0" ', "et skjult dias"),
        ('name="Tabel"', 'name="Tabel" hidden="1"', "skjult tekst"),
    ],
)
def test_what_must_not_stand_on_a_slide_is_refused(scan: Scan, old: str, new: str, what: str) -> None:
    assert ("dias 1", what) in scan.leaks("a.pptx", changed(slides(), "ppt/slides/slide1.xml", old, new), ALL)


def test_a_picture_may_be_the_template_s_and_no_slide_s(scan: Scan) -> None:
    parts = slides()
    own = parts["ppt/slideMasters/_rels/slideMaster1.xml.rels"]
    leaks = scan.leaks("a.pptx", zipped({**parts, "ppt/slides/_rels/slide2.xml.rels": own}), ALL)
    place = f"del {list(parts).index('ppt/media/image1.png') + 1}"
    assert leaks == [(place, "et billede, der ikke kan gennemses")]


def test_what_lies_in_the_zip_beside_the_parts_is_refused(scan: Scan) -> None:
    whole = zipped(word())
    for content in (whole + b"Birthe", b"Birthe" + whole):
        assert ("filen", "noget ved siden af filens dele") in scan.leaks("a.docx", content, ALL)


def test_a_zip_that_unpacks_into_too_much_is_refused(scan: Scan) -> None:
    content = zipped({**word(), "word/settings.xml": b"<a>" + b" " * 70_000_000 + b"</a>"})
    [leak] = scan.leaks("a.docx", content, ALL)
    assert (leak.place, "mere end 64 MB" in leak.what) == ("filen", True)


@pytest.mark.parametrize("line", ["ATTACH:https://example.org/a", "BEGIN:VALARM", "X-A:b", "ORGANIZER:mailto:a"])
def test_a_line_of_a_calendar_that_is_not_ours_is_refused(scan: Scan, line: str) -> None:
    content = f"BEGIN:VCALENDAR\r\n{line}\r\nEND:VCALENDAR\r\n".encode()
    assert ("linje 2", "en linje, som programmet ikke skriver") in scan.leaks("a.ics", content, ALL)
