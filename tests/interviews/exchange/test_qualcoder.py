"""Codings through QualCoder and back, by the rules that its importer and its exporter were seen to follow.

A text is read as UTF-8 with every line end as one; a passage's words are what stands
between its places; each coding of a selection becomes a row of its own, and of two rows with the same code, coder and
places the first is kept; a selection's description is the memo of each; a code is known by its GUID and named by its
name. What it writes: new GUIDs, a selection for each row, named by its words, a text with byte order mark whose places
are those of the text without it, the line ends perhaps as two.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interviews.exchange.exchange_support import CODEBOOK, PLACE, coded_of, turns_of
from lxml import etree

from blupkit.core import Study, read_study
from blupkit.interviews import read_qdpx, write_qdpx

NS = "{urn:QDA-XML:project:1.0}"
SAID = [
    "Goddag. Hvad er svært 🙂 herude?",
    "Bussen kører for sjældent.\nOg så er der »cykelstien«, den er hullet & våd.",
    "Det koster 3 mio. at lave <den>, og vi har ikke 👩‍👧 pengene.",
    "  Nej.  Men vi kan mødes.",
]
TURNS = turns_of(*SAID)


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(Path(__file__).parents[3] / "data" / "demo")


def through_qualcoder(raw: bytes, *, two: bool) -> bytes:
    """Give the project that QualCoder writes of one that it has read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(files["project.qde"])
    assert root.get("origin")
    out: dict[str, bytes] = {}
    for source in root.iter(f"{NS}TextSource"):
        name = source.get("plainTextPath").removeprefix("internal://")
        text = io.TextIOWrapper(io.BytesIO(files[f"sources/{name}"]), encoding="utf-8").read()
        rows: dict[tuple[str, str, int, int], str] = {}
        for selection in list(source.iter(f"{NS}PlainTextSelection")):
            at = int(selection.get("startPosition")), int(selection.get("endPosition"))
            memo = selection.findtext(f"{NS}Description") or ""
            for coding in selection.iter(f"{NS}Coding"):
                code = coding.find(f"{NS}CodeRef").get("targetGUID")
                rows.setdefault((code, selection.get("creatingUser") or "", *at), memo)
            source.remove(selection)
        for (code, user, start, end), memo in rows.items():
            by = {"creatingUser": user} if user else {}
            at = {"startPosition": str(start), "endPosition": str(end)}
            named = {"guid": str(uuid.uuid4()), "name": text[start:end]}
            selection = etree.SubElement(source, f"{NS}PlainTextSelection", **named, **at, **by)
            if memo:
                etree.SubElement(selection, f"{NS}Description").text = memo
            coding = etree.SubElement(selection, f"{NS}Coding", guid=str(uuid.uuid4()), **by)
            etree.SubElement(coding, f"{NS}CodeRef", targetGUID=code)
        # Its own file names, and the line ends that are chosen when it writes.
        source.set("plainTextPath", f"internal://{uuid.uuid4()}.txt")
        fresh = source.get("plainTextPath").removeprefix("internal://")
        out[f"sources/{fresh}"] = b"\xef\xbb\xbf" + (text.replace("\n", "\r\n") if two else text).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("project.qde", etree.tostring(root))
        for name, content in out.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def row(turn: int, words: str, code: str, coder: str = "A", **said: str) -> dict[str, Any]:
    start = SAID[turn - 1].index(words)
    place = {"coder": coder, "interview": "fg1", "turn": turn, "start": start, "end": start + len(words), "code": code}
    return dict.fromkeys(PLACE, "") | place | {"quote": words} | said


def there_and_back(folder: Path, demo: Study, rows: list[dict[str, Any]], *, two: bool) -> Any:
    write_qdpx(folder / "ud.qdpx", demo, coded_of(TURNS, pd.DataFrame(rows)))
    (folder / "hjem.qdpx").write_bytes(through_qualcoder((folder / "ud.qdpx").read_bytes(), two=two))
    return read_qdpx(folder / "hjem.qdpx", TURNS)


ROWS = [
    row(2, "Bussen kører for sjældent.\n", "1.1", direction="barriere", memo="Æ & <b>\nto linjer 🙂"),
    row(2, "Bussen kører for sjældent.\n", "2.1", direction="barriere", about="ansatte"),
    row(2, "»cykelstien«", "1.1", coder="B", about="lokalråd"),
    row(2, "»cykelstien«", "1.1", about="ansatte"),
    row(3, "<den>, og vi har ikke 👩‍👧", "A", direction="forslag"),
    row(4, "  Nej.  ", "1.2"),
]


@pytest.mark.parametrize("two", [False, True])
def test_all_codings_come_back_with_coder_memo_and_place(two: bool, tmp_path: Path, demo: Study) -> None:
    back = there_and_back(tmp_path, demo, ROWS, two=two)
    assert back.faults == []
    columns = ["coder", "turn", "start", "end", "code", "quote"]
    assert sorted(back.codings[columns].values.tolist()) == sorted(
        [one["coder"], one["turn"], one["start"], one["end"], one["code"], one["quote"]] for one in ROWS
    )
    said = back.codings.set_index(["turn", "code"])["direction"]
    assert list(said[[(2, "2.1"), (3, "A")]]) == ["barriere", "forslag"]
    assert "Æ & <b>\nto linjer 🙂" in back.codings["memo"].tolist()


def test_two_directions_in_one_place_are_told_of_before_and_after(tmp_path: Path, demo: Study) -> None:
    rows = [row(2, "hullet", "1.1", direction="barriere"), row(2, "hullet", "2.1", direction="forslag")]
    told = write_qdpx(tmp_path / "ud.qdpx", demo, coded_of(TURNS, pd.DataFrame(rows)))
    assert any(sentence.startswith("Steder, hvor to koder har hver sin retning: 1.") for sentence in told)
    back = there_and_back(tmp_path, demo, rows, two=False)
    assert back.codings["direction"].tolist() == ["", ""]
    assert "2 gange er retning eller part ikke entydig og derfor tom." in back.notes


@given(data=st.data(), two=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_coded_comes_back_where_it_was(
    data: st.DataObject, two: bool, demo: Study, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = []
    for _ in range(data.draw(st.integers(1, 6))):
        turn = data.draw(st.integers(1, len(SAID)))
        start = data.draw(st.integers(0, len(SAID[turn - 1]) - 1))
        end = data.draw(st.integers(start + 1, len(SAID[turn - 1])))
        place = {"interview": "fg1", "turn": turn, "start": start, "end": end, "quote": SAID[turn - 1][start:end]}
        who = {
            "code": data.draw(st.sampled_from(CODEBOOK.codes["code"].tolist())),
            "coder": data.draw(st.sampled_from("AB")),
        }
        rows.append(dict.fromkeys(PLACE, "") | place | who)
    back = there_and_back(tmp_path_factory.mktemp("q"), demo, rows, two=two)
    columns = ["coder", "turn", "start", "end", "code", "quote"]
    meant = {tuple(one[column] for column in columns) for one in rows}
    assert {tuple(line) for line in back.codings[columns].values.tolist()} == meant
    assert back.faults == []
