"""How many studies are attacked: `make test` takes a sample, `make soak` what docs/disclosure.md reports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

#: Studies and chains of three releases, on a release's tables and through finished zips: (make test, make soak).
COUNTS = {"tables": (22, 900), "table_chain": (0, 270), "zips": (3, 100), "zip_chain": (0, 30), "reader": (0, 7)}
COUNTS |= {"own": (6, 300), "own_chain": (1, 60), "own_zip": (1, 20)}
COUNTS |= {"evaluations": (60, 1000), "evaluation_chain": (12, 300)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that asks for it its seeds; `BLUPKIT_ANGREB=tables=5,zips=0` sets other counts."""
    soak = metafunc.config.getoption("--hypothesis-profile", None) == "soak"
    asked = dict(part.split("=") for part in os.environ.get("BLUPKIT_ANGREB", "").split(",") if part)
    for name, counts in COUNTS.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, range(int(asked.get(name, counts[soak]))))


@pytest.fixture(scope="session")
def demo_zips(demo_packages: Path) -> list[Path]:
    """The demo's packages: six municipalities' and the project group's."""
    return sorted((demo_packages / "pakker").glob("*.zip"))
