"""Which pages are as they would be made now, and when a whole run would change nothing."""

from pathlib import Path

import pytest

from blupkit.core.outputs import Outputs
from blupkit.report.batch.manifest import Manifest, file_marks, read_manifest, run_mark


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """One page that lies there, made from "a"."""
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("faelles/x"), "side")
    return Manifest(outputs).with_page("faelles/x", "a", 1.234)


def test_a_page_is_kept_while_its_inputs_and_itself_are_the_same(manifest: Manifest) -> None:
    assert manifest.keeps("faelles/x", "a")
    assert not manifest.keeps("faelles/x", "b")
    assert not manifest.keeps("faelles/y", "a")
    manifest.outputs.write(manifest.outputs.page("faelles/x"), "en anden")
    assert not manifest.keeps("faelles/x", "a")


def test_a_page_that_stopped_is_not_kept_though_an_older_one_lies_there(manifest: Manifest) -> None:
    assert not manifest.with_page("faelles/x", "a", 0.0, stopped=True).keeps("faelles/x", "a")


def test_a_run_is_whole_until_a_page_is_made_or_the_index_is_gone(manifest: Manifest) -> None:
    manifest.outputs.write(manifest.outputs.index, "")
    run = manifest.with_run("r", ["faelles/x"])
    assert run.is_whole("r")
    assert not run.is_whole("s")
    assert not run.is_whole("")
    assert not run.with_page("faelles/x", "a", 0.0).is_whole("r")
    manifest.outputs.index.unlink()
    assert not run.is_whole("r")


def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    run = manifest.with_run("r", ["faelles/x"])
    run.write()
    assert read_manifest(manifest.outputs) == run
    assert read_manifest(run.outputs).pages["faelles/x"].seconds == 1.23


def test_what_editors_leave_in_a_folder_is_no_input(tmp_path: Path) -> None:
    for name in ("a.csv", "~$a.xlsx", ".~lock.a", ".ipynb_checkpoints/a.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert list(file_marks(tmp_path)) == ["a.csv"]


def test_a_study_that_is_not_there_has_no_mark(tmp_path: Path) -> None:
    assert run_mark(tmp_path / "findes-ikke", tmp_path, []) == ""
    assert run_mark(tmp_path, tmp_path, [["a"]]) != run_mark(tmp_path, tmp_path, [["b"]])
