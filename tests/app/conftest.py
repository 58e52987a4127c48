from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from blupkit.core import Study, example_study, read_study
from blupkit.core.outputs import Outputs


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """The example study, with nothing sent."""
    folder = Path(shutil.copytree(example_study().folder, tmp_path / "prøve", ignore=shutil.ignore_patterns("sendt")))
    return read_study(folder)


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "ud")
