"""What git takes: notebooks without what they showed, and never a study or what is made of it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import NotebookNode, from_dict, validate, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[1]
SPOKEN = "Finn sagde, at kommunen aldrig svarer"
WIDGETS = "application/vnd.jupyter.widget-state+json"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    names = ["-c", "user.name=En", "-c", "user.email=en@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *names, *words], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the project's rules for git, in a folder whose name has a blank, as Windows' users have it."""
    folder = tmp_path / "mit projekt"
    (folder / "tools").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    for name in (".gitattributes", ".gitignore", "tools/clean_notebook.py"):
        shutil.copy(ROOT / name, folder / name)
    assert git(folder, "init").returncode == 0
    return folder


def install(folder: Path) -> None:
    subprocess.run([sys.executable, "tools/clean_notebook.py", "--install"], cwd=folder, check=True)


def saved() -> NotebookNode:
    """The coder's notebook as JupyterLab saves it after an hour's work."""
    shown = [
        new_output("stream", text=SPOKEN),
        new_output("display_data", {"text/html": SPOKEN, "image/png": "aGVq"}),
        new_output(
            "execute_result", {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}, execution_count=3
        ),
        new_output("error", ename="KeyError", evalue=SPOKEN, traceback=[SPOKEN]),
    ]
    code = new_code_cell("interviews.code(study, 'A', 'fg1')", execution_count=3, outputs=shown)
    code.metadata = from_dict({"tags": ["parameters"], "execution": {"iopub.execute_input": SPOKEN}, "ny": SPOKEN})
    text = new_markdown_cell("# Kod et interview æøå", metadata={"collapsed": SPOKEN})
    metadata = {
        "blupkit": {"sider": "ingen"},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "version": "3.11.7"},
        "widgets": {WIDGETS: {"state": {"a": {"state": {"turns": SPOKEN}}}, "version_major": 2, "version_minor": 0}},
        "papermill": {"parameters": {"study_folder": SPOKEN}},
    }
    return new_notebook(cells=[text, code], metadata=metadata)


def test_git_takes_a_notebook_without_what_it_showed_and_the_file_stays_as_it_was(repository: Path) -> None:
    install(repository)
    path = repository / "notebooks" / "06 kodning.ipynb"
    write(saved(), path)
    before = path.read_bytes()
    assert SPOKEN.encode() in before
    assert git(repository, "add", "-A").stderr == ""
    taken = git(repository, "show", ":notebooks/06 kodning.ipynb").stdout
    book = json.loads(taken)
    validate(from_dict(book))
    assert SPOKEN not in taken
    assert book["metadata"] == {
        "blupkit": {"sider": "ingen"},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    text, code = book["cells"]
    assert "".join(text["source"]) == "# Kod et interview æøå"
    assert (code["outputs"], code["execution_count"], code["metadata"]) == ([], None, {"tags": ["parameters"]})
    assert "".join(code["source"]) == "interviews.code(study, 'A', 'fg1')"
    assert path.read_bytes() == before


def test_a_run_alone_is_no_change_and_a_checkout_gives_what_was_taken(repository: Path) -> None:
    install(repository)
    book, path = saved(), repository / "notebooks" / "a.ipynb"
    write(book, path)
    git(repository, "add", "-A")
    assert git(repository, "commit", "-m", "En").returncode == 0
    book.cells[1].outputs = [new_output("stream", text=f"{SPOKEN} igen")]
    write(book, path)
    # Git sees another size, but no difference, and there is nothing to commit.
    assert git(repository, "diff").stdout == ""
    git(repository, "add", "-A")
    assert git(repository, "status", "--porcelain").stdout == ""
    book.cells[0].source = "# Noget andet"
    write(book, path)
    assert "Noget andet" in git(repository, "diff").stdout
    assert SPOKEN not in git(repository, "diff").stdout
    path.unlink()
    assert git(repository, "checkout", "--", ".").returncode == 0
    assert SPOKEN not in path.read_text("utf-8")
    assert "# Kod et interview" in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["{ i stykker", '{"worksheets": []}', '["Finn"]', '{"cells": ["Finn"]}', "\xff"])
def test_a_notebook_that_cannot_be_cleaned_is_not_taken(repository: Path, text: str) -> None:
    install(repository)
    (repository / "notebooks" / "a.ipynb").write_bytes(text.encode("latin-1"))
    added = git(repository, "add", "-A")
    assert added.returncode != 0
    assert "Git tager den ikke med" in added.stderr
    assert "Finn" not in added.stderr
    assert git(repository, "ls-files").stdout == ""


def test_an_empty_notebook_is_one(repository: Path) -> None:
    install(repository)
    (repository / "notebooks" / "a.ipynb").touch()
    assert git(repository, "add", "-A").returncode == 0


def test_make_sets_the_filter_up_wherever_there_is_a_repository(repository: Path, tmp_path: Path) -> None:
    for _ in range(2):
        install(repository)
    command = git(repository, "config", "filter.blupkit-notesbog.clean").stdout.strip()
    assert command == f"{Path(sys.executable).as_posix()} tools/clean_notebook.py"
    alone = tmp_path / "hentet uden git"
    shutil.copytree(repository / "tools", alone / "tools")
    install(alone)
    assert not (alone / ".git").exists()
    rules = (ROOT / "Makefile").read_text("utf-8")
    for rule in ("render: filter", "test: filter", "lab: filter"):
        assert f"\n{rule}" in rules
    assert "clean_notebook.py --install" in rules


def test_a_path_of_windows_is_written_so_that_git_s_shell_can_run_it(tmp_path: Path) -> None:
    script = (ROOT / "tools" / "clean_notebook.py").read_text("utf-8")
    script = script.replace("PurePath(sys.executable)", "PureWindowsPath(r'D:\\Åses filer\\.venv\\python.exe')")
    script = script.replace("import Path, PurePath", "import Path, PureWindowsPath")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "clean_notebook.py").write_text(script, "utf-8")
    git(tmp_path, "init")
    install(tmp_path)
    command = git(tmp_path, "config", "filter.blupkit-notesbog.clean").stdout.strip()
    assert command == "'D:/Åses filer/.venv/python.exe' tools/clean_notebook.py"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_project_s_notebooks_are_stored_as_the_filter_gives_them(path: Path) -> None:
    filtered = subprocess.run(
        [sys.executable, "tools/clean_notebook.py"], cwd=ROOT, input=path.read_bytes(), capture_output=True, check=True
    )
    assert filtered.stdout == path.read_bytes()


def test_git_offers_no_study_wherever_it_lies_in_the_project_and_nothing_made_of_it(repository: Path) -> None:
    git(repository, "add", "-A")
    assert git(repository, "commit", "-m", "En").returncode == 0
    blupkit = [str(Path(sys.executable).parent / "blupkit")]
    for place in ("data/min", "min undersøgelse", "notebooks/forsøg", "et/andet/sted"):
        for words in (["new", place], ["check", place, "--output", f"{place} ud"]):
            subprocess.run([*blupkit, *words], cwd=repository, capture_output=True, check=False)
        study = repository / place
        assert (study / "study.toml").is_file()
        (study / "interview" / "fg1.vtt").write_text(SPOKEN, "utf-8")
        (study / "svar.csv").write_text(SPOKEN, "utf-8")
        assert any((repository / f"{place} ud").rglob("fejl.csv"))
    assert git(repository, "status", "--porcelain", "-uall").stdout == ""
    assert git(repository, "add", "-A").returncode == 0
    assert git(repository, "status", "--porcelain", "-uall").stdout == ""


def test_one_whose_own_rules_are_gone_is_kept_out_by_the_project_s_except_for_what_is_loose(repository: Path) -> None:
    made = repository / "andre" / "studie"
    for name in ("study.toml", "interview/fg1.vtt", "spoergeskema/svar.csv", "sendt/1.json", "ud/intern/noegle"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(SPOKEN, "utf-8")
    assert "andre" not in git(repository, "status", "--porcelain", "-uall").stdout


def test_the_demo_and_the_files_of_the_library_are_offered_as_before(repository: Path) -> None:
    offered = [
        "data/demo/interview/fg1.vtt",
        "data/demo/spoergeskema/ny.csv",
        "data/demo/study.toml",
        "blupkit/core/example/interview/ny.csv",
        "blupkit/core/example/study.toml",
        "blupkit/app/new_study_files/spoergeskema/ny.csv",
        "tests/old_study/study/interview/ny.csv",
        "blupkit/interviews/ny.py",
    ]
    for name in offered:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("x", "utf-8")
    found = git(repository, "status", "--porcelain", "-uall").stdout
    assert [name for name in offered if name not in found] == []
