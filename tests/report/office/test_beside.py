"""What lies beside a page is made, kept, renewed and taken away with it."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from support import OPENING, blupkit, write_notebook

from blupkit.core import Study, example_study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import Outcome, Page, plan_packages, plan_pages, render_pages, set_aside
from blupkit.report.batch.engine import Engine
from blupkit.report.batch.pool import Way, run_pages
from blupkit.report.office.beside import files_beside, template_faults
from blupkit.report.packages.passage import Kind
from blupkit.report.packages.readable import passages

ROOT = Path(__file__).parents[3]


def notebooks(folder: Path, *files: str) -> Path:
    """One notebook, that wants files beside its page; its cells are the same each time, with their marks."""
    path = folder / "nb" / "a.ipynb"
    if not path.is_file():
        write_notebook(folder / "nb", "a", OPENING)
    book = json.loads(path.read_text("utf-8"))
    book["metadata"]["blupkit"]["filer"] = list(files)
    path.write_text(json.dumps(book), encoding="utf-8")
    return path.parent


def render(study: Study, folder: Path, *files: str) -> Outcome:
    pages = plan_pages(study, notebooks(folder, *files))
    [outcome] = render_pages(pages, Outputs(folder / "ud"))
    return outcome


def lying(folder: Path) -> set[str]:
    return {path.name for path in (folder / "ud" / "faelles").glob("*")}


def test_a_word_file_says_what_the_page_says_and_is_kept_with_it(study: Study, tmp_path: Path) -> None:
    assert render(study, tmp_path, "docx").problem == ""
    assert lying(tmp_path) == {"a.html", "a.docx"}
    document = Document(str(tmp_path / "ud" / "faelles" / "a.docx"))
    assert document.core_properties.author == study.organisation
    assert [shown.text for shown in document.paragraphs if shown.style and shown.style.name == "Heading 1"] == ["Prøve"]
    assert render(study, tmp_path, "docx").kept


def test_both_engines_make_the_same_file(study: Study, tmp_path: Path) -> None:
    pages = plan_pages(study, notebooks(tmp_path, "docx"))
    made = [[run.files[".docx"] for run in run_pages(pages, Way(engine))] for engine in Engine]
    assert made[0] == made[1]


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_one_that_is_gone_or_changed_by_hand_is_made_again_with_its_page(study: Study, tmp_path: Path, change) -> None:  # noqa: ANN001
    render(study, tmp_path, "docx")
    path = tmp_path / "ud" / "faelles" / "a.docx"
    before = path.read_bytes()
    change(path)
    assert not render(study, tmp_path, "docx").kept
    assert path.read_bytes() == before


def test_one_that_the_notebook_wants_no_more_does_not_stay(study: Study, tmp_path: Path) -> None:
    render(study, tmp_path, "docx")
    render(study, tmp_path)
    assert lying(tmp_path) == {"a.html"}


def test_whoever_needs_no_slides_imports_nothing_that_writes_them(tmp_path: Path) -> None:
    """Neither a command that makes no page, nor a page with a Word file, slides in a browser and a calendar."""
    page = "<html><head><title>T</title><style></style></head><body><header></header><main></main></body></html>"
    made = f"files_beside({page!r}, ['docx', 'slides', 'ics'], example_study())"
    commands = (["--help"], ["new", str(tmp_path / "ny")], ["check", "data/demo", "--output", str(tmp_path / "ud")])
    codes = (
        *(
            f"import sys\nsys.argv = {['blupkit', *command]}\nfrom blupkit.cli import main\ntry: main()\n"
            "except SystemExit: pass"
            for command in commands
        ),
        "import sys\nfrom blupkit.core import example_study\n"
        f"from blupkit.report.office.beside import files_beside\n{made}",
    )
    for code in codes:
        told = f"{code}\nprint('|', *{{'docx', 'pptx', 'xlsxwriter', 'PIL', 'icalendar'}} & set(sys.modules))"
        run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
        assert run.stdout.splitlines()[-1] == "|"


def test_a_kind_that_nobody_makes_stops_the_page_in_danish(study: Study, tmp_path: Path) -> None:
    assert (
        "Her står »['doc']«. Forventet: docx, pptx, slides, ics, xlsx eller handout."
        in render(study, tmp_path, "doc").problem
    )
    assert lying(tmp_path) == set()


def test_it_is_moved_aside_with_its_page(study: Study, tmp_path: Path) -> None:
    render(study, tmp_path, "docx")
    [moved] = set_aside(study, Outputs(tmp_path / "ud"), lambda name, notebook: False)
    assert {path.name for path in moved.folder.rglob("*.*")} == {"a.html", "a.docx"}


def test_a_package_has_what_was_made_with_the_page_and_not_what_else_lies_there(study: Study, tmp_path: Path) -> None:
    render(study, tmp_path, "docx")
    shutil.copy(tmp_path / "ud" / "faelles" / "a.docx", tmp_path / "ud" / "faelles" / "b.docx")
    pages: list[Page] = plan_pages(study, notebooks(tmp_path, "docx"))
    [package] = plan_packages(study, pages, Outputs(tmp_path / "ud"), {}, {})
    files = {file.name: file for file in package.files}
    assert set(files) == {"foelgebrev.txt", "faelles/a.html", "faelles/a.docx", "indhold.csv"}
    assert files["faelles/a.docx"].title == f"{files['faelles/a.html'].title} som Word-dokument"
    assert Document(io.BytesIO(files["faelles/a.docx"].content)).core_properties.language == "da-DK"


def test_a_template_without_a_title_is_a_fault_with_its_place_before_any_page_is_made(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("generator"))
    study = read_study(tmp_path / "demo")
    place = study.path("aktiviteter") / "skabelon.pptx"
    for layouts in (11, 0):
        show = Presentation()
        for layout in list(show.slide_layouts)[layouts:]:
            for title in [each for each in layout.placeholders if each.placeholder_format.idx == 0]:
                title.element.getparent().remove(title.element)
        show.save(str(place))
        found = [[fault.file, fault.found, fault.expected] for fault in template_faults(study)]
        assert found == (
            []
            if layouts
            else [
                ["aktiviteter/skabelon.pptx", "en skabelon, hvor intet layout har en titel", "et layout med en titel"]
            ]
        )
    told = blupkit("check", str(tmp_path / "demo"), "--output", str(tmp_path / "ud"))
    assert told.returncode == 1
    assert "aktiviteter/skabelon.pptx: Her står »en skabelon, hvor intet layout har en titel«." in told.stdout
    place.write_bytes(b"ingen praesentation")
    assert [fault.found for fault in template_faults(study)] == ["en fil, der ikke kan åbnes som PowerPoint"]


def test_the_tables_of_a_page_come_in_a_workbook_with_its_numbers_as_numbers() -> None:
    rows = "<tr><th>Part</th><th>Kom</th></tr><tr><th>Ansatte</th><td>1.204</td></tr><tr><th>Ja</th><td>−0,50</td></tr>"
    page = "<title>A</title><body>" + f"<figure><table><caption>Hvem kom?</caption>{rows}</table></figure>" * 2
    [(ending, content)] = files_beside(page, ["xlsx"], example_study()).items()
    book = load_workbook(io.BytesIO(content))
    assert (ending, book.sheetnames) == (".xlsx", ["Indhold", "Hvem kom_", "Hvem kom__2"])
    assert [[cell.value for cell in row] for row in book["Indhold"]][1:] == [
        ["Hvem kom_", "Hvem kom?"],
        ["Hvem kom__2", "Hvem kom?"],
    ]
    assert [[cell.value for cell in row] for row in book["Hvem kom__2"]][1:] == [["Ansatte", 1204], ["Ja", -0.5]]
    assert [passage.kind for passage in passages("a.xlsx", content)][-1] == Kind.HIDDEN
