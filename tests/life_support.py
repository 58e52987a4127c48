"""A small study of one's own for the life of the data: the example, copied where it may be changed."""

import shutil
from pathlib import Path

from blupkit.core import Study, example_study, read_study


def make_study(folder: Path, more: str = "") -> Study:
    """Copy the example into a folder, with more settings at the end of its study.toml."""
    target = folder / "undersoegelse"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(example_study().folder, target, ignore=shutil.ignore_patterns("sendt"))
    toml = target / "study.toml"
    toml.write_text(toml.read_text("utf-8") + more, encoding="utf-8")
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return read_study(target)
