"""What `make release` finds, in a copy of the project that is made ready and then spoilt one thing at a time."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import release
from release import main, wheel_problems

ROOT = Path(__file__).parents[1]
#: All but what takes long: lint, and the wheel, which pip builds with what it fetches.
QUICK = ["tree", "version", "changelog", "decisions", "conda", "locks", "licence"]


def git(folder: Path, *command: str) -> str:
    who = ["-c", "user.name=Prøve", "-c", "user.email=proeve@example.org", "-c", "filter.blupkit-notesbog.clean=cat"]
    return subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it would be released: 9.8.7, dated, committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("udgave") / "blupkit"
    git(ROOT, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
    change(folder, "blupkit/__init__.py", r'__version__ = "[^"]*"', '__version__ = "9.8.7"')
    text = re.sub(r"(?m)^## .*$\n?", "", (folder / "CHANGELOG.md").read_text("utf-8"))
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## 9.8.7 — 2022-05-02\n\n{text}", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Ready")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text, times = re.subn(old, new, path.read_text("utf-8"), count=1)
    assert times == 1
    path.write_text(text, "utf-8")


def test_what_is_ready_is_told_thing_by_thing(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(QUICK, ready) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in said[:-1]] == ["yes  "] * len(QUICK)
    assert said[-1] == "9.8.7 can be released."


#: What is spoilt → the thing that is looked at, and what is said of it.
SPOILT: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a new file": (
        lambda folder: (folder / "noter.txt").write_text("Husk", "utf-8") and None,
        "tree", "1 files are changed or new, the first is noter.txt",
    ),
    "an unreleased part": (
        lambda folder: change(folder, "CHANGELOG.md", "# Changelog\n", "# Changelog\n\n## Unreleased\n"),
        "changelog", 'CHANGELOG.md has "## Unreleased"',
    ),
    "no date": (
        lambda folder: change(folder, "CHANGELOG.md", "## 9.8.7 — 2022-05-02", "## 9.8.7"),
        "changelog", 'CHANGELOG.md has "## 9.8.7"',
    ),
    "a day that is none": (
        lambda folder: change(folder, "CHANGELOG.md", "2022-05-02", "2022-05-32"),
        "changelog", "says 2022-05-32 of 9.8.7, and there is no such day",
    ),
    "a day to come": (
        lambda folder: change(folder, "CHANGELOG.md", "2022-05-02", "2999-01-01"),
        "changelog", "says that 9.8.7 came out on 2999-01-01, which is to come",
    ),
    "another version": (
        lambda folder: change(folder, "blupkit/__init__.py", "9.8.7", "9.8.8"),
        "changelog", "the newest heading of CHANGELOG.md is not 9.8.8",
    ),
    "a version of two numbers": (
        lambda folder: change(folder, "blupkit/__init__.py", "9.8.7", "9.8"),
        "version", 'the version is "9.8": write three numbers',
    ),
    "a decision that is gone": (
        lambda folder: next((folder / "docs/decisions").glob("0002-*")).unlink(),
        "decisions", "decision 0002 is not there, 0003-",
    ),
    "a package that conda does not get": (
        lambda folder: change(folder, "environment.yml", r"  - lxml\S*\n", ""),
        "conda", "environment.yml and pyproject.toml differ by lxml>=6.0",
    ),
    "a package that is not pinned": (
        lambda folder: change(folder, "requirements.lock", r"(?m)^lxml==", "lxmlx=="),
        "locks", "requirements.lock does not pin lxml: run make lock.",
    ),
    "no licence": (lambda folder: (folder / "LICENSE").unlink(), "licence", "LICENSE is not there"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_missing_is_told_with_what_to_do(ready: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil, name, said = SPOILT[what]
    try:
        spoil(ready)
        assert main([name], ready) == 1
        told = capsys.readouterr().out.splitlines()
        assert told[0].startswith(f"no   {name}: ")
        assert said in "\n".join(told)
        assert told[-1].endswith(" can be released.")
    finally:
        git(ready, "checkout", "--quiet", ".")
        git(ready, "clean", "--quiet", "--force")


def test_a_version_that_is_tagged_elsewhere_was_released_before(
    ready: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(ready, "tag", "v9.8.7")
    assert main(["version"], ready) == 0  # the commit that is to be released may carry it already
    git(ready, "commit", "--quiet", "--allow-empty", "--message", "Later")
    assert main(["version"], ready) == 1
    assert "v9.8.7 is tagged on another commit" in capsys.readouterr().out
    git(ready, "tag", "--delete", "v9.8.7")


def wheel(folder: Path, project: Path, without: str = "", more: str = "") -> Path:
    """A wheel as hatchling makes it of what is in git, but for what it is to lack."""
    path = folder / "blupkit-9.8.7-py3-none-any.whl"
    about = "blupkit-9.8.7.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for name in git(project, "ls-files", "blupkit").splitlines():
            if name != without:
                archive.write(project / name, name)
        if more:
            archive.writestr(more, "")
        if without != "LICENSE":
            archive.write(project / "LICENSE", f"{about}/licenses/LICENSE")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.4\nName: blupkit\nVersion: 9.8.7\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        names = [*archive.namelist(), f"{about}/RECORD"]
        archive.writestr(f"{about}/RECORD", "".join(f"{name},,\n" for name in names))
    return path


def test_a_whole_wheel_starts_by_itself_and_without_office_libraries(ready: Path, tmp_path: Path) -> None:
    assert list(wheel_problems(ready, wheel(tmp_path, ready))) == []


@pytest.mark.parametrize(
    ("without", "more", "said"),
    [
        (
            "blupkit/report/office/parts/styles.xml",
            "",
            "are not in the wheel, the first is blupkit/report/office/parts",
        ),
        ("LICENSE", "", "the wheel has no licence in it"),
        ("", "blupkit/core/noter.txt", "are not in git, the first is blupkit/core/noter.txt"),
        ("blupkit/cli/console.py", "", "the wheel does not start: ModuleNotFoundError"),
    ],
)
def test_a_wheel_that_lacks_something_is_told(ready: Path, tmp_path: Path, without: str, more: str, said: str) -> None:
    assert any(said in problem for problem in wheel_problems(ready, wheel(tmp_path, ready, without, more)))


def test_what_help_imports_of_office_is_told(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "OFFICE", ("typer", "pptx"))  # typer is what reads the options
    assert list(wheel_problems(ready, wheel(tmp_path, ready))) == [
        "blupkit --help imports typer: import it where it is used."
    ]
