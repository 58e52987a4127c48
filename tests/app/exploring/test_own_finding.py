"""A table of her own from the panel to study.toml, and what cannot be one."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from blupkit.app.exploring.choice import Choice, RefusedError
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.own_finding import add_own_table, declare, own_table
from blupkit.core import BlupkitError, DataError, read_study

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture
def materials(tmp_path: Path) -> Materials:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("generator"))
    return Materials(read_study(folder))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_written_is_read_again_and_the_rest_stays_as_it_was(
    materials: Materials, line_end: str, encoding: str
) -> None:
    path = materials.study.folder / "study.toml"
    text = path.read_text("utf-8").replace("\n", line_end)
    path.write_bytes(text.replace("–", "-").replace("→", "-").encode(encoding))
    before = path.read_bytes()
    own = own_table(materials, Choice(question="tid", by="alder", places=("slagelse", "naestved")))
    declare(materials, own)
    after = path.read_bytes()
    assert after.startswith(before.rstrip())
    assert after.count(b"\r\n") == (after.count(b"\n") if line_end == "\r\n" else 0)
    assert tomllib.loads(after.decode(encoding))["udgivelse"]["egen"] == [
        {
            "navn": "Tid til læring fordelt på alder",
            "spoergsmaal": "tid",
            "fordelt_paa": "alder",
            "for_hvem": ["slagelse", "naestved"],
        }
    ]
    assert read_study(materials.study.folder).release.own == (own,)


@pytest.mark.parametrize(("chosen", "named"), [("k15_v", "k15"), ("k15", "k15"), ("s1_for", "s1"), ("barr", "barr")])
def test_a_rating_goes_by_what_is_rated(materials: Materials, chosen: str, named: str) -> None:
    own = own_table(materials, Choice(question=chosen, by="alder"))
    assert own.question == named
    assert own.name.endswith(" fordelt på alder")


def test_the_same_table_is_not_declared_twice(materials: Materials) -> None:
    choice = Choice(question="tid", by="alder")
    declare(materials, own_table(materials, choice))
    declare(materials, own_table(materials, Choice(question="barr", by="alder")))
    for again in (choice, Choice(question="alder", by="tid")):
        with pytest.raises(DataError, match="anden egen tabel"):
            own_table(materials, again)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Vælg et spørgsmål"),
        ({"question": "tid", "look": "niveau"}, "vist som antal og procent"),
        ({"question": "tid", "group": "L"}, "Fjern filter og gruppe"),
        ({"question": "tid", "filter": "koen", "answer": "Kvinde"}, "Fjern filter og gruppe"),
        ({"question": "tid", "by": "kommune"}, "vælg noget andet end kommune"),
        ({"question": "tid", "by": "tid"}, "to forskellige spørgsmål"),
        ({"question": "k01_v"}, "Vælg en anden fordeling"),
        ({"question": "k01"}, "Vælg en anden fordeling"),
        ({"tab": "ord"}, "Vælg et spørgsmål"),
    ],
)
def test_what_can_be_no_table_on_a_page_is_told(materials: Materials, chosen: dict[str, Any], said: str) -> None:
    with pytest.raises((RefusedError, BlupkitError), match=said):
        own_table(materials, Choice(**chosen))


def test_a_file_in_which_the_lines_cannot_stand_is_left_alone(materials: Materials) -> None:
    path = materials.study.folder / "study.toml"
    lines = [line for line in path.read_text("utf-8").splitlines() if line != "[udgivelse]"]
    path.write_text("\n".join(["udgivelse = { }", *lines]), "utf-8")
    before = path.read_bytes()
    with pytest.raises(DataError, match="Sæt selv linjerne ind"):
        declare(materials, own_table(materials, Choice(question="tid", by="alder")))
    assert path.read_bytes() == before


def test_one_line_declares_a_table_and_says_what_may_be_shown(materials: Materials) -> None:
    study = materials.study
    said = add_own_table(study, "Tid til læring", "alder", ["kerteminde"])
    assert said.splitlines()[0] == (
        "»Tid til læring fordelt på alder« står nu nederst i study.toml. Lav siderne igen, så kommer den med."
    )
    assert "for få i Kerteminde" in said
    [own] = read_study(study.folder).release.own
    assert (own.question, own.by, own.readers) == ("tid", "alder", ("kerteminde",))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("tid", "aldr"), "Mente du »alder«"),
        (("tidd",), "Mente du »tid«"),
        (("tid", "alder", ["slagelsse"]), "»slagelse«"),
    ],
)
def test_a_line_with_a_slip_declares_nothing(materials: Materials, asked: tuple[Any, ...], said: str) -> None:
    before = (materials.study.folder / "study.toml").read_bytes()
    with pytest.raises(BlupkitError, match=said):
        add_own_table(materials.study, *asked)
    assert (materials.study.folder / "study.toml").read_bytes() == before
