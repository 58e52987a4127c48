"""An SPSS file that does not hang together ends the program that reads it: it is refused before, or read apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from blupkit.core.reading.sav import is_sound, read_apart


def written(folder: Path, *, compress: bool = False) -> Path:
    table = pd.DataFrame({"by": [901.0, 902.0], "ord": ["Kort", "Ærligt " * 60], "tid": [1.0, 9.0], "note": ["", "x"]})
    path = folder / ("svar.zsav" if compress else "svar.sav")
    pyreadstat.write_sav(
        table,
        str(path),
        file_label="Prøven",
        note=["En linje", "og en til"],
        column_labels=["Kommune", "Hvad mangler?", "Hvornår?", ""],
        variable_value_labels={"tid": {1: "Dag", 9: "Ønsker ikke at oplyse"}, "by": {901: "Sandby"}},
        missing_ranges={"tid": [{"lo": 8, "hi": 9}], "by": [1, 2, 3]},
        row_compress=not compress,
        compress=compress,
    )
    return path


@pytest.mark.parametrize("compress", [False, True])
def test_a_whole_file_is_sound(tmp_path: Path, compress: bool) -> None:
    assert is_sound(written(tmp_path, compress=compress))


def test_no_part_of_a_dictionary_is_sound(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    end = whole.index((999).to_bytes(4, "little") + bytes(4)) + 8
    for length in range(0, end, 7):
        path.write_bytes(whole[:length])
        assert not is_sound(path)


def test_a_record_that_is_moved_by_a_byte_is_not_sound(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    for place in range(180, whole.index(b"TID"), 9):
        path.write_bytes(whole[:place] + b'"' + whole[place:])
        assert not is_sound(path)


def test_the_other_order_of_bytes_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "svar.sav"
    head = b"$FL2" + b" " * 60 + (2).to_bytes(4, "big") + bytes(108)
    variable = b"".join(number.to_bytes(4, "big") for number in (2, 0, 0, 0, 0, 0)) + b"Q1      "
    path.write_bytes(head + variable + (999).to_bytes(4, "big") + bytes(4))
    assert is_sound(path)


@pytest.mark.parametrize("compress", [False, True])
def test_more_cases_than_there_is_room_for_are_not_sound(tmp_path: Path, compress: bool) -> None:
    path = written(tmp_path, compress=compress)
    whole = path.read_bytes()
    # Two cases stand there, of 1 + 61 + 1 + 1 cells: far from ten thousand. Who did not count wrote -1.
    for cases, sound in ((10_000 * (1 + 1032 * compress), False), (-2, False), (-1, True), (2, True)):
        path.write_bytes(whole[:80] + cases.to_bytes(4, "little", signed=True) + whole[84:])
        assert is_sound(path) is sound


@pytest.mark.skipif(sys.platform == "win32", reason="a shell stands in for Python")
def test_what_ends_the_program_that_reads_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, shell = written(tmp_path), tmp_path / "python"
    shell.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    shell.chmod(0o755)
    assert read_apart(path) is not None
    monkeypatch.setattr(sys, "executable", str(shell))
    assert read_apart(path) is None


def test_a_fault_of_the_program_itself_is_not_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "pyreadstat.py").write_text("raise ImportError", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        read_apart(path)
