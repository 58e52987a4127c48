"""A study without activities is what it was: turning them on, with nothing in them, changes no page of the survey's."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from small_study import write_small_study
from support import blupkit

NOTEBOOKS = ("01_datagrundlag", "08_kort_fortalt")
TURNED_ON = '[aktiviteter]\n[[rolle]]\nnoegle = "konsulent"\nnavn = "konsulent"\n'


def pages(folder: Path, *, more: str = "") -> tuple[dict[str, str], dict[str, object]]:
    """Render some pages of a small study: the digest of each, and what was decided for all."""
    study = write_small_study(folder / "lille", places=("Bakkeby", "Fåby"), more=more)
    (study / "sendt").mkdir()
    (study / "sendt" / "noegle").write_text("0" * 16, "utf-8")  # chance is drawn with it
    if more:
        (study / "aktiviteter").mkdir()
    chosen = [word for name in NOTEBOOKS for word in ("--notebook", name)]
    done = blupkit("render", study, "-o", folder / "ud", *chosen)
    assert done.returncode == 0, done.stdout + done.stderr
    output = folder / "ud" / "lille"
    made = {
        path.relative_to(output).as_posix(): sha256(path.read_bytes()).hexdigest()
        for name in NOTEBOOKS
        for path in sorted(output.rglob(f"{name}*"))
    }
    return made, json.loads((output / "intern" / "udgivelse.json").read_text("utf-8"))


def test_empty_rooms_change_no_page_and_no_decision(tmp_path: Path) -> None:
    without, decided = pages(tmp_path / "uden")
    empty, same = pages(tmp_path / "med", more=TURNED_ON)
    assert len(without) > 5
    assert empty == without
    assert same.keys() == decided.keys()
    assert [same[name] for name in ("tables", "decisions", "audit")] == [
        decided[name] for name in ("tables", "decisions", "audit")
    ]
