"""How long pages take, against what a user would do by hand and against the analysis alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from made_up import write_study

from blupkit.core.outputs import Folder, Outputs
from blupkit.report.batch.manifest import read_manifest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
DEMO = ROOT / "data" / "demo"
NOTEBOOKS = ROOT / "notebooks"
#: The notebooks of workshops, learning, the conference and the plan, by their numbers.
YEAR = ("09", "10", "11", "12", "13", "14", "15", "17", "18", "19")
SHARED = ["02_behovsanalyse", "03_tematisk_kodning", "04_aabne_svar"]

#: The same cells as plain functions in two processes: the analysis, and nothing around it.
PLAIN = """
import ast, json, sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

def analyse(job):
    notebook, parameters = job
    names = {}
    for cell in json.loads(Path(notebook).read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        code = ast.parse("".join(cell["source"]))
        shown = code.body.pop() if code.body and isinstance(code.body[-1], ast.Expr) else None
        exec(compile(code, "cell", "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
        if shown is not None:
            value = eval(compile(ast.Expression(shown.value), "cell", "eval"), names)
            for form in ("_repr_html_", "_repr_markdown_"):
                if hasattr(value, form):
                    getattr(value, form)()

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(analyse, json.loads(sys.stdin.read())))
"""

OURS = """
import sys, pickle
from blupkit.report import prepare
from blupkit.report.batch.pool import run_pages

if __name__ == "__main__":
    from pathlib import Path
    pages = pickle.load(sys.stdin.buffer)
    prepare(pages)
    made = [run.files[".html"] for run in run_pages(pages)]
    assert len(made) == len(pages) and all(made), "a page failed"
"""


def took(command: Sequence[str], stdin: bytes | None = None) -> float:
    """Give the seconds of a whole process, its imports included; a failure stops the measuring."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, input=stdin, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def render(study: Path, output: Path, *more: str) -> float:
    """Give the seconds of `blupkit render`."""
    return took([str(BIN / "blupkit"), "render", str(study), "-o", str(output), *more])


def chosen() -> list[str]:
    """Name the notebooks of shared pages."""
    return [word for name in SHARED for word in ("-n", name)]


def against_a_shell_loop(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare all shared pages with `papermill` and `jupyter nbconvert` in a loop, and with nothing changed."""
    ours = render(DEMO, folder / "ours", *chosen())
    again = min(render(DEMO, folder / "ours", *chosen()) for _ in range(3))
    # The loop gets the decision on what is shown ready made: without it, it would be slower still.
    outputs = Outputs(folder / "ours" / "demo")
    loop = 0.0
    for page in sorted(outputs.folder.glob("*/*.html")):
        place = "alle" if page.parent.name == Folder.COMMON else page.parent.name
        loop += by_hand(page.stem, place, outputs.part(place), folder)
    return [
        ("six municipalities, all shared pages, against papermill + nbconvert in a loop", ours / loop, 0.12),
        ("the same again, nothing changed", again / ours, 0.03),
    ]


def by_hand(notebook: str, place: str, release: Path, folder: Path) -> float:
    """Give the seconds of one page made as a user would."""
    source, done = NOTEBOOKS / f"{notebook}.ipynb", folder / "done.ipynb"
    known = {"municipality": place, "release_file": str(release)}
    text = source.read_text("utf-8")
    parameters = [word for name, value in known.items() if f"{name} = " in text for word in ("-p", name, value)]
    return took([str(BIN / "papermill"), str(source), str(done), "-p", "study_folder", str(DEMO), *parameters]) + took(
        [str(BIN / "jupyter"), "nbconvert", "--to", "html", str(done)]
    )


def the_year(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare the pages of workshops, learning, conference and plan, and their files, with all others of one render."""
    ratios = []
    for again in ("a", "b", "c"):
        render(DEMO, folder / again)
        spent = {True: 0.0, False: 0.0}
        for name, page in read_manifest(Outputs(folder / again / "demo")).pages.items():
            # A page's seconds are those of its notebook, of the page, and of what lies beside it.
            spent[name.rpartition("/")[2][:2] in YEAR] += page.seconds
        ratios.append(spent[True] / spent[False])
    return [("the pages and files of the year, against all other pages of the same render", median(ratios), 0.50)]


def against_the_analysis(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare 30 pages with the same analysis as plain functions in two processes, cold start included."""
    import pickle

    from blupkit.core import read_study
    from blupkit.report import plan_pages

    render(DEMO, folder / "first", *chosen())
    books = folder / "books"
    books.mkdir()
    for letter in "abcde":
        shutil.copy(NOTEBOOKS / "02_behovsanalyse.ipynb", books / f"{letter}.ipynb")
    study = read_study(DEMO)
    places = [municipality.slug for municipality in study.municipalities]
    pages = plan_pages(study, books, Outputs(folder / "first" / "demo"), municipalities=places)
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
    (folder / "ours.py").write_text(OURS, encoding="utf-8")
    jobs = json.dumps([[str(page.notebook), dict(page.parameters)] for page in pages]).encode()
    # The fastest of each, side by side: whatever else the machine does only adds, and a lucky pair would be no measure.
    plain, ours = [], []
    for _ in range(4):
        plain.append(took([sys.executable, str(folder / "plain.py")], jobs))
        ours.append(took([sys.executable, str(folder / "ours.py")], pickle.dumps(pages)))
    ratio = min(ours) / min(plain)
    return [(f"{len(pages)} pages, against the same analysis as plain functions in two processes", ratio, 1.10)]


def one_municipality(folder: Path) -> list[tuple[str, float, float | None]]:
    """Change one answer in one municipality, and count the pages of others that are made again."""
    study = folder / "demo"
    shutil.copytree(DEMO, study, ignore=shutil.ignore_patterns("generator"))
    render(study, folder / "out")
    before = {page: page.stat().st_mtime_ns for page in (folder / "out").rglob("*.html")}
    change_an_answer(study)
    render(study, folder / "out")
    made = {page.parent.name for page, when in before.items() if page.stat().st_mtime_ns != when}
    others = made - {"slagelse", "faelles", "intern", "demo"}
    assert "slagelse" in made, "the change did not reach the page"
    return [("pages of other municipalities made again when one municipality's data change", float(len(others)), 0.0)]


def change_an_answer(study: Path) -> None:
    """Let one employee of Slagelse (330) rate one level otherwise."""
    path = study / "spoergeskema" / "dataset.csv"
    head, *rows = [line.split(";") for line in path.read_text("cp1252").splitlines()]
    level = head.index("k02_n")
    row = next(row for row in rows if row[:2] == ["330", "3"] and row[level] in {"2", "3", "4"})
    row[level] = str(int(row[level]) + 1)
    path.write_text("\n".join(";".join(row) for row in [head, *rows]) + "\n", "cp1252")


def many_municipalities(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare a page of 98 municipalities with a page of 6."""
    each = {}
    for towns in (6, 98):
        place = folder / str(towns)
        place.mkdir()
        write_study(place, 30 * towns, 4, towns)
        each[towns] = render(place, place / "out", "-n", "02_behovsanalyse") / (towns + 1)
    return [("a page of 98 municipalities, against a page of 6", each[98] / each[6], 1.0)]


def many_pages(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare the memory of a batch of six times as many pages of the same study."""
    books = folder / "books"
    books.mkdir()
    memory = []
    for letters in ("a", "abcdef"):
        for letter in letters:
            shutil.copy(NOTEBOOKS / "02_behovsanalyse.ipynb", books / f"{letter}.ipynb")
        output = folder / letters
        command = [str(BIN / "blupkit"), "render", str(DEMO), "--notebooks", str(books), "-o", str(output)]
        memory.append(peak(command))
    return [("the most memory of a batch of six times as many pages", memory[1] / memory[0], 1.1)]


def peak(command: Sequence[str]) -> int:
    """Give the largest resident memory of a process and those it waits for, in KB."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(re.findall(r"\d+", done.stdout)[-1])


def help_page(_: Path) -> list[tuple[str, float, float | None]]:
    """Compare `blupkit --help` with importing typer."""
    pairs = [(took([str(BIN / "blupkit"), "--help"]), took([sys.executable, "-c", "import typer"])) for _ in range(9)]
    shown, bare = (min(times) for times in zip(*pairs, strict=True))
    return [("blupkit --help, against importing typer", shown / bare, 1.5)]


os.environ.setdefault("PYTHONWARNINGS", "ignore")
ALL = (
    help_page,
    the_year,
    against_a_shell_loop,
    against_the_analysis,
    one_municipality,
    many_municipalities,
    many_pages,
)
