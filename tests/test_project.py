"""The project keeps its own promises: packages in step, notebooks clean, nothing of one machine in the files."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from support import LONGEST

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
GIVEN = {"jupyterlab", "pandas", "seaborn", "nltk", "papermill"}


def test_the_files_that_are_begun_first_are_there() -> None:
    assert len(set(LONGEST)) == len(LONGEST)
    assert [name for name in LONGEST if not (ROOT / name).is_file()] == []


def named_by_make(kind: str) -> tuple[list[Path], list[Path]]:
    """Give what a list of the Makefile names, and what it leaves out."""
    [line] = re.findall(rf"(?m)^{kind} := (.*)$", (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " "))
    out = re.findall(r"--ignore (\S+)", line)
    return [ROOT / name for name in re.sub(r"--ignore \S+", "", line).split()], [ROOT / name for name in out]


@pytest.mark.parametrize("kind", ["SOAK", "COVERED", "QUICK"])
def test_the_tests_that_make_names_are_there(kind: str) -> None:
    named, out = named_by_make(kind)
    assert named
    assert [path for path in (*named, *out) if not path.exists()] == []


def test_no_quick_test_asks_for_a_browser_or_the_demo_s_pages() -> None:
    named, out = named_by_make("QUICK")
    files = {file for path in named for file in ([path] if path.is_file() else path.rglob("test_*.py"))}
    quick = [file for file in sorted(files) if not any(file.is_relative_to(path) for path in out)]
    assert len(quick) > 100
    assert [
        file for file in quick if re.search(r"\b(demo_pages|demo_packages|chromium)\b", file.read_text("utf-8"))
    ] == []


def requirement_names(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", text, flags=re.MULTILINE))


def test_conda_and_pip_install_the_same_packages_in_the_same_versions() -> None:
    lines = re.findall(r"^ +- (\S.*)$", (ROOT / "environment.yml").read_text("utf-8"), flags=re.MULTILINE)
    listed = {line for line in lines if line not in {"conda-forge", "pip", "pip:", "--editable ."}}
    assert listed == {f"python{PROJECT['requires-python']}", *PROJECT["dependencies"]}


def test_the_lock_pins_every_package_with_a_hash_and_names_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        names = {re.split(r"[<>=]", line)[0] for line in PROJECT["dependencies"]}
        assert names | GIVEN <= requirement_names(text)
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(requirement_names(text))


def test_no_package_under_the_gpl_is_needed_to_run() -> None:
    locked = requirement_names((ROOT / "requirements.lock").read_text("utf-8"))
    assert not locked & {"pingouin", "krippendorff", "rpy2", "pytauargus"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_clean_and_its_cells_are_thin(path: Path) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
    for cell in code:
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= 12, source
        assert not re.search(r"^\s*(def|for|while|class) |import \*|open\(|Path\(", source, flags=re.MULTILINE), source


def test_the_notebooks_are_those_that_the_readme_tells_of() -> None:
    pages = ["01_datagrundlag", "02_behovsanalyse", "03_tematisk_kodning", "04_aabne_svar", "05_kodearbejde"]
    later = ["08_kort_fortalt", "09_workshopbrief", "10_drejebog", "11_workshopper", "12_laering", "13_konference"]
    last = ["14_projektplan", "15_opfoelgning", "16_projektgruppen", "17_talernoter", "18_indsamling", "19_aftaler"]
    names = ["00_start", *pages, "06_kodning", "07_udforsk", *later, *last]
    assert [path.stem for path in NOTEBOOKS] == names


def test_the_drawing_names_every_folder_of_the_library_and_no_other() -> None:
    drawing = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("```")[1]
    library = ROOT / "blupkit"
    folders = {path.parent for path in library.rglob("*.py")} - {library}
    assert sorted(re.findall(r"(\w+)/", drawing)) == sorted(folder.name for folder in folders)


def test_the_architecture_is_read_on_two_screens() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 110


def test_each_decision_has_its_reasons_and_an_example_and_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    files = sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")
    assert re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8")) == files
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    for name in files:
        assert re.findall(r"^#+ (\S+)", (folder / name).read_text("utf-8"), flags=re.MULTILINE)[1:] == [
            "Why",
            "Example",
        ]


def test_what_the_documents_point_at_is_there() -> None:
    gone = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]:
        text = path.read_text("utf-8")
        links = [path.parent / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)]
        named = re.findall(r"`((?:blupkit|tests|docs|tools|notebooks|benchmarks)/[\w./-]+)`", text)
        gone += [
            f"{path.name}: {place}"
            for place in [*links, *(ROOT / name for name in named if "NAME" not in name)]
            if not place.exists()
        ]
    assert not gone


def test_no_tracked_file_carries_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![\w.~/-])/(home|root|work|Users|opt)/\w")
    found = []
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".ipynb", ".yml", ".csv", ".j2", ".css"} and path.is_file():
            found += [name] if pattern.search(path.read_text("utf-8", errors="replace")) else []
    assert not found
