"""The numbers that `make lint` prints, on a house of five modules whose arrows can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import structure
from structure import Arrow, measure, over, read_package

HOUSE = {
    "__init__.py": '"""The house."""\n',
    "room/__init__.py": "import lazy_loader\n__getattr__ = lazy_loader.attach_stub(__name__, __file__)\n",
    "room/__init__.pyi": "from .shelf import Book as Book\nfrom .wing import light as light\n",
    "room/shelf.py": '"""A shelf."""\n\nclass Book:\n    """A book."""\n',
    "room/wing/__init__.py": "from house.room.wing.lamp import light\n",
    "room/wing/lamp.py": (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    from house.room import Book\n"  # lamp -> shelf, through the stub
        "def light(book: 'Book') -> str:\n"
        '    """Light.\n\n    On two lines.\n    """\n'
        "    # a comment\n"
        "    text = '''one\n\n    three'''\n"
        "    return text\n"
    ),
    "yard/__init__.py": "",
    "yard/gate.py": (
        "from house import room\n"
        "import house.yard.bell\n"  # gate -> bell
        "def enter() -> None:\n"
        "    from house.room import light\n"  # gate -> lamp, through two faces
        "    light(room.Book())\n"  # gate -> shelf
        "    light(room.shelf.Book())\n"  # the same once more
    ),
    "yard/bell.py": "from . import gate as the_gate\n",  # bell -> gate: a circle
    "yard/tree.py": "import os.path\nfrom . import __doc__\n",  # none
}
ARROWS = {
    ("house.room.wing.lamp", "house.room.shelf"),
    ("house.yard.gate", "house.yard.bell"),
    ("house.yard.gate", "house.room.wing.lamp"),
    ("house.yard.gate", "house.room.shelf"),
    ("house.yard.bell", "house.yard.gate"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in HOUSE.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "house"


def test_an_arrow_goes_to_the_module_that_defines_the_name(house: Path) -> None:
    found = measure(read_package(house))
    assert found.modules == 5
    assert found.arrows == {Arrow(*pair) for pair in ARROWS}
    assert found.arrows_per_module == 5 / 5


def test_docstrings_comments_and_blank_lines_are_no_code(house: Path) -> None:
    found = measure(read_package(house))
    assert sorted((length, name.split(":")[-1]) for length, name in found.functions) == [(3, "enter"), (4, "light")]
    # room 2 + 2 (stub), shelf 1, wing 1, lamp 4 + 4, gate 6, bell 1, tree 2
    assert found.code == 23
    assert found.folders == {"room": 1, "room/wing": 1, "yard": 3}
    assert found.files["room/wing/lamp.py"] == 13


def test_a_circle_is_named(house: Path) -> None:
    assert set(measure(read_package(house)).circle) == {"house.yard.gate", "house.yard.bell"}
    (house / "yard" / "bell.py").write_text("", "utf-8")
    assert measure(read_package(house)).circle == []


def test_what_is_past_its_limit_is_named_and_strict_says_so_with_its_exit_code(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "yard" / "bell.py").write_text("", "utf-8")
    assert structure.main([str(house), "--strict"]) == 0
    assert capsys.readouterr().out == (
        "5 modules, 4 arrows: 0.80 a module; widest folder 3 modules, longest file 13 lines\n"
        "22 lines of code in 2 functions: median 3.5, p99 4, longest 4\n"
    )
    monkeypatch.setattr(structure, "ARROWS_PER_MODULE", 0.7)
    monkeypatch.setattr(structure, "FOLDER_MODULES", 2)
    monkeypatch.setattr(structure, "FILE_LINES", 12)
    assert over(measure(read_package(house))) == [
        "0.80 arrows a module, at most 0.7: house.yard.gate 3, house.room.wing.lamp 1",
        "yard/ has 3 modules, at most 2",
        "room/wing/lamp.py has 13 lines, at most 12",
    ]
    assert structure.main([str(house)]) == 0
    assert structure.main([str(house), "--strict"]) == 1


def test_the_library_has_no_circle() -> None:
    assert measure(read_package(Path(__file__).parents[1] / "blupkit")).circle == []
