"""What goes out for the workshops of the demo: each municipality's own, and nothing that is for the facilitator."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import readability

from blupkit.app.fieldwork.sheet import Gaps, Outgoing
from blupkit.app.year.meetings import FORM_TITLE, workshop_documents
from blupkit.core import Study, read_study
from blupkit.core.tables import read_table
from blupkit.report.office.blocks import Grid, words_of

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


@pytest.fixture(scope="module")
def sent(demo: Study) -> dict[str, Outgoing]:
    return {each.name: each for each in workshop_documents(demo, Gaps())}


def said(document: Outgoing) -> str:
    return "\n".join(map(words_of, document.blocks))


def test_each_municipality_gets_an_invitation_and_a_form(demo: Study, sent: dict[str, Outgoing]) -> None:
    assert list(sent) == [f"{place}/workshop_{what}" for place in demo.places for what in ("invitation", "evaluering")]
    assert sent["slagelse/workshop_invitation"].endings == (".docx", ".txt")
    assert sent["slagelse/workshop_evaluering"].close


def test_no_document_has_what_is_for_the_facilitator_or_another_municipality(
    demo: Study, sent: dict[str, Outgoing]
) -> None:
    rows = read_table(DEMO / "aktiviteter" / "brief.csv", "brief.csv")
    internal = rows.loc[rows["version"] == "intern", "tekst"].tolist()
    assert len(internal) == 8
    for name, document in sent.items():
        text = said(document)
        others = [place.short for place in demo.municipalities if not name.startswith(f"{place.slug}/")]
        assert [word for word in [*internal, *others, "Rollebyt"] if word in text] == []


def test_the_invitation_has_the_day_the_promise_and_the_programme(sent: dict[str, Outgoing]) -> None:
    lines = said(sent["kerteminde/workshop_invitation"]).splitlines()
    assert (
        "Til medlemmer af landsbyråd og lokaludvalg, byrådspolitikere og kommunalt ansatte i Kerteminde Kommune"
        in lines
    )
    assert "Onsdag den 24. august 2022 kl. 16.30-20.00. Sted: idrætshal." in lines
    assert "Mødet er en dialog. I taler sammen og lytter til hinanden, og beslutninger træffes bagefter." in lines
    assert [line for line in lines if line.startswith("Kl. 18.20")] == [
        "Kl. 18.20-19.00: Det fortæller facilitator undervejs"
    ]


def test_what_is_missing_is_a_place_to_fill_in(demo: Study, tmp_path: Path) -> None:
    folder = tmp_path / "aktiviteter"
    folder.mkdir()
    text = (DEMO / "aktiviteter" / "workshops.csv").read_text("utf-8-sig").replace("kulturhus", "")
    (folder / "workshops.csv").write_text(text, "utf-8")
    gaps = Gaps()
    made = {each.name: each for each in workshop_documents(demo.model_copy(update={"folder": tmp_path}), gaps)}
    assert len(made) == 6  # without skemaer.csv there is no form
    assert "Sted: [UDFYLD: hvor workshoppen er]." in said(made["slagelse/workshop_invitation"])
    assert gaps.places == {
        "hvad workshoppen skal føre til": ["brief.csv, afsnit formaal"],
        "hvor workshoppen er": ["workshops.csv, kolonne sted"],
    }


def test_the_form_asks_what_skemaer_csv_asks_in_its_order(sent: dict[str, Outgoing]) -> None:
    asked = read_table(DEMO / "aktiviteter" / "skemaer.csv", "skemaer.csv")
    asked = asked[asked["skema"] == "workshop"]
    degrees, likely, own = [block for block in sent["naestved/workshop_evaluering"].blocks if isinstance(block, Grid)]
    assert degrees.rows[0] == ("I hvilken grad …", "1", "2", "3", "4", "5", "8")
    assert [len(grid.rows) - 1 for grid in (degrees, likely, own)] == [9, 1, 3]  # w1-w9, w10, wa1-wa3
    assert [row[0] for grid in (degrees, likely, own) for row in grid.rows[1:]] == asked["tekst"].tolist()
    assert likely.rows[0][1:] == tuple(map(str, range(11)))
    text = said(sent["naestved/workshop_evaluering"])
    assert text.count("☐") == 9 * 6 + 11 + 3  # each answer, and the three groups
    assert "1 er slet ikke, 2 er i mindre grad, 3 er i nogen grad, 4 er i høj grad, 5 er i meget høj grad" in text
    assert FORM_TITLE in text


def test_every_sentence_reads_well(sent: dict[str, Outgoing]) -> None:
    plain = [words_of(block) for each in sent.values() for block in each.blocks if not isinstance(block, Grid)]
    assert [fault for text in plain for fault in readability.faults(text)] == []


def test_a_study_s_own_words_for_a_scale_stand_on_the_form_as_they_are_read(demo: Study, tmp_path: Path) -> None:
    shutil.copytree(DEMO, tmp_path / "demo")
    asked = tmp_path / "demo" / "aktiviteter" / "skemaer.csv"
    words = "helt uenig, uenig, hverken eller, enig, helt enig"
    asked.write_text(
        asked.read_text("utf-8").replace("formålet var klart;1-5", f"formålet var klart;1-5: {words}"), "utf-8"
    )
    document = {each.name: each for each in workshop_documents(read_study(tmp_path / "demo"), Gaps())}
    form = document["slagelse/workshop_evaluering"]
    assert "1 er helt uenig, 2 er uenig, 3 er hverken eller, 4 er enig, 5 er helt enig, og 8 er ved ikke." in said(form)
    first, second, _ = (block for block in form.blocks if isinstance(block, Grid) and len(block.rows[0]) > 2)
    assert [first.rows[0][0], second.rows[0][0]] == ["Spørgsmål", "I hvilken grad …"]
