"""Packages: what a partner gets, and what is refused."""

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
import pytest
import pyzipper
from lxml import html
from openpyxl import load_workbook
from plants import NAME, people
from support import TOWNS, blupkit

from blupkit import survey
from blupkit.core import ALL, DisclosureError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.disclosure import Draft, MeasureRow, SafeTable, measure_table, suppress
from blupkit.report import Package, Page, plan_packages, write_package
from blupkit.report.packages.package import Enclosure
from blupkit.survey.reading.exports import read_export
from blupkit.survey.secrets import written_answers

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "data" / "demo"


def in_its_own_process(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "blupkit"), *map(str, words)]
    return subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def output(demo_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study's pages and the packages made of them."""
    return Path(shutil.copytree(demo_packages, tmp_path_factory.mktemp("outputs") / "demo"))


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a file without a byte order mark for Windows-1252"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_municipality_gets_its_own_pages_and_the_common_ones_and_nothing_else(output: Path) -> None:
    for town in TOWNS:
        files = members(output / "pakker" / f"{town}.zip")
        assert {name.split("/")[0] for name in files} == {town, "faelles", "foelgebrev.txt", "indhold.csv"}
        # Whole as they were made, but that they lead to each other by the names that they have here.
        for own, other in (("02_behovsanalyse", "08_kort_fortalt"), ("08_kort_fortalt", "02_behovsanalyse")):
            made = (output / town / f"{own}.html").read_bytes()
            links = (f'href="{other}.html"'.encode(), f'href="{other[3:]}.html"'.encode())
            assert files[f"{town}/{own[3:]}.html"] == made.replace(*links) != made
        for name in ("09_workshopbrief.html", "09_workshopbrief.docx", "19_aftaler.html", "19_aftaler.xlsx"):
            assert files[f"{town}/{name[3:]}"] == (output / town / name).read_bytes()
        assert files[f"{town}/kort_fortalt.docx"] == (output / town / "08_kort_fortalt.docx").read_bytes()
        pages = {name for name in files if name.endswith(".html") and name.startswith("faelles")}
        assert pages == {
            f"faelles/{name}.html"
            for name in (
                "behovsanalyse",
                "tematisk_kodning",
                "aabne_svar",
                "kort_fortalt",
                "laering",
                "konference",
                "konference.slides",
                "workshopper",
                "projektplan",
            )
        }
        for ending in ("docx", "pptx", "slides.html"):
            made = (output / "faelles" / f"13_konference.{ending}").read_bytes()
            assert files[f"faelles/konference.{ending}"] == made
        assert files["faelles/projektplan.ics"] == (output / "faelles" / "14_projektplan.ics").read_bytes()
        # The municipality's own calendar, and those of the roles and of single sessions, which the letter leaves out.
        assert files[f"{town}/laering.ics"] == (output / town / "12_laering.ics").read_bytes()
        parts = {name for name in files if re.fullmatch(r"faelles/(?:projektplan|laering)\.\w+\.ics", name)}
        assert len(parts) == 6 + 12
        letter = files["foelgebrev.txt"].decode("utf-8-sig")
        assert f"{town}/laering.ics" in letter
        assert not any(name in letter for name in parts)


def test_the_project_group_gets_every_shared_page_and_no_internal_one(output: Path) -> None:
    files = members(output / "pakker" / "projektgruppe.zip")
    pages = [name for name in files if name.endswith(".html")]
    assert len(pages) == 5 * len(TOWNS) + 9
    assert not any("intern" in name for name in files)
    assert b"Den rummer alle kommuners sider" in files["foelgebrev.txt"]


def test_the_list_of_contents_has_the_checksum_of_every_file(output: Path) -> None:
    files = members(output / "pakker" / "slagelse.zip")
    heads, *rows = table(files.pop("indhold.csv"))
    assert heads == ["Fil", "Hvad den er", "Kontrolsum (SHA-256)"]
    assert {name: checksum for name, _, checksum in rows} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    titles = {name: title for name, title, _ in rows}
    assert titles["slagelse/behovsanalyse.html"] == "Behovsanalyse for Slagelse Kommune"
    assert titles["slagelse/tabeller/tid.csv"].endswith("?")


def test_a_table_opens_in_danish_excel_with_the_numbers_of_the_page(output: Path) -> None:
    files = members(output / "pakker" / "kerteminde.zip")
    heads, *rows = table(files["kerteminde/tabeller/behov.csv"])
    assert heads[:5] == ["Kommune", "Gruppe", "Emne", "Mål", "Værdi"]
    page = html.fromstring(files["kerteminde/behovsanalyse.html"].decode())
    line = next(row for row in page.iter("tr") if row.text_content().startswith("Søge fonde og puljer"))
    level, level_of_all, importance, importance_of_all, gap, gap_of_all, n = [cell.text_content() for cell in line][1:]
    whose = ["Kerteminde Kommune", "Medlemmer af landsbyråd og lokaludvalg", "Søge fonde og puljer"]
    own = [row for row in rows if row[:3] == whose]
    assert {row[3]: row[4] for row in own if row[3] != "MWDS"} == {
        "Nuværende niveau": level,
        "Vigtighed": importance,
        "Gab": gap,
    }
    assert {row[7] for row in own} == {n}
    common = table(files["faelles/tabeller/behov.csv"])
    of_all = {row[3]: row[4] for row in common if row[1:3] == ["Lokalrådsmedlemmer", whose[2]] and row[3] != "MWDS"}
    assert of_all == {"Nuværende niveau": level_of_all, "Vigtighed": importance_of_all, "Gab": gap_of_all}
    hidden = [row for row in table(files["kerteminde/tabeller/form.csv"]) if row[8].startswith("vises ikke")]
    assert hidden
    assert all(row[4:8] == ["", "", "", ""] for row in hidden)


def opened(workbook: bytes) -> bytes:
    """All that is in a workbook, which is a zip itself."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if not name.endswith((".png", ".jpeg"))]
    return b"\n".join(opened(part) if part.startswith(b"PK") else part for part in parts)


def cells(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """Cells of a workbook as a CSV file writes them."""
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [[re.sub(r"^(-?\d+)\.0$", r"\1", cell) for cell in row] for row in shown]


def test_the_workbook_holds_the_numbers_of_the_tables_and_nothing_more_exact(output: Path) -> None:
    files = members(output / "pakker" / "kerteminde.zip")
    for folder in ("kerteminde", "faelles"):
        book = load_workbook(io.BytesIO(files[f"{folder}/tabeller.xlsx"]))
        tables = {name: content for name, content in files.items() if name.startswith(f"{folder}/tabeller/")}
        assert book.sheetnames == ["Indhold", *(Path(name).stem for name in tables)]
        for name, content in tables.items():
            heads, *rows = table(content)
            sheet = book[Path(name).stem]
            assert [cell.value for cell in sheet[1]] == heads
            read = cells(sheet.iter_rows(min_row=2, max_col=len(heads), values_only=True))
            assert read == [[re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", cell) for cell in row] for row in rows]
            assert {cell.data_type for row in sheet.iter_rows(max_col=4) for cell in row if cell.value} == {"s"}


def test_labels_that_look_like_dates_and_numbers_stay_what_they_say_in_excel(study: Study, tmp_path: Path) -> None:
    rows = [
        MeasureRow(ALL, ALL, "tid", label, "Andel", 12.5, n=40, lowest=0, highest=100)
        for label in ("1-3", "4-8", "09:30", "0012", "1e5", "3/4")
    ]
    measures = measure_table(rows).assign(status="vist")
    page = Page(study, tmp_path / "02_b.ipynb", "Behovsanalyse", ALL, "faelles", {}, ())
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page(page.name), "<h1>Behovsanalyse</h1>")
    long = "samarbejde_med_alle_andre_i_hele_kommunen"
    tables = {ALL: dict.fromkeys(("tid", "Tid", "indhold", long, f"{long}_2"), SafeTable(measures, 5))}
    [package] = plan_packages(study, [page], outputs, tables, {"tid": "Hvor meget tid?"}, [ALL])
    [book] = [load_workbook(io.BytesIO(file.content)) for file in package.files if file.name.endswith(".xlsx")]
    assert [(cell.value, cell.data_type) for cell in book["tid"]["C"][1:]] == [(row.label, "s") for row in rows]
    listed = [[cell.value for cell in row] for row in book["Indhold"].iter_rows(min_row=2)]
    assert listed[:2] == [["tid", "Hvor meget tid?"], ["Tid_2", "Tid"]]
    assert book.sheetnames == ["Indhold", *(name for name, _ in listed)]
    assert [name for name, _ in listed[2:]] == ["indhold_2", long[:31], f"{long[:29]}_2"]


def test_a_page_without_needs_is_called_so_in_a_package_too(study: Study, tmp_path: Path) -> None:
    page = Page(study, tmp_path / "02_b.ipynb", "Behovsanalyse", "slagelse", "slagelse", {}, ())
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page(page.name), '<meta name="titel" content="Åbne ønsker">')
    [package] = plan_packages(study, [page], outputs, {}, {}, ["slagelse"])
    assert [(file.name, file.title) for file in package.files if file.name.endswith(".html")] == [
        ("slagelse/aabne-oensker.html", "Åbne ønsker for Slagelse Kommune")
    ]


def test_themes_that_only_the_program_has_found_are_asked_about_and_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))
    settings = folder / "study.toml"
    head, _, survey_and_rest = settings.read_text("utf-8").partition("[udgivelse]")
    interviews = survey_and_rest.partition("[interview]")[2]  # nothing of the survey is decided for these pages
    kept = [
        line
        for line in f"{head}[interview]{interviews}".splitlines()
        if not line.startswith(("kodninger", "hovedkoder", "citater", "sammen"))
    ]
    settings.write_text("\n".join(kept), "utf-8")
    words = (folder, "--output", tmp_path / "ud", "-n", "03_tematisk_kodning")
    assert blupkit("render", *words).returncode == 0
    refused = blupkit("package", *words, "-m", "alle")
    assert refused.returncode == 1
    assert "temaer, som kun programmet har fundet: Tematisk kodning for alle seks kommuner" in refused.stderr
    assert "--accept-suggestions" in refused.stderr
    assert not (tmp_path / "ud" / "demo" / "pakker").exists()
    done = blupkit("package", *words, "-m", "alle", "--accept-suggestions")
    assert done.returncode == 0, done.stderr
    letter = members(tmp_path / "ud" / "demo" / "pakker" / "projektgruppe.zip")["foelgebrev.txt"].decode("utf-8-sig")
    assert "OBS: Temaerne på »Tematisk kodning for alle seks kommuner« er forslag, som et program har fundet." in letter


def test_the_letter_is_ready_for_the_mail(output: Path) -> None:
    letter = members(output / "pakker" / "naestved.zip")["foelgebrev.txt"]
    assert letter.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in letter
    text = letter.decode("utf-8-sig")
    assert text.startswith("Emne: Resultater fra BLUP Akademiet til Næstved Kommune")
    assert "OBS: Alle tal, svar og citater er opdigtede" in text
    assert (
        "De bygger på spørgeskemaer fra januar-april 2022 (opgjort den 2. maj 2022) og fokusgrupper fra maj-juni 2022."
    ) in text
    assert "naestved/behovsanalyse.html: Behovsanalyse for Næstved Kommune" in text
    assert "forslag, som et program har fundet" not in text  # people have coded the interviews
    assert "Sådan er fortroligheden prøvet: Før siderne blev pakket, har et program forsøgt at regne" in text


def test_the_same_pages_give_the_same_bytes_whoever_packs_them_and_when(output: Path) -> None:
    path = output / "pakker" / "kerteminde.zip"
    before = path.read_bytes()
    path.unlink()
    other = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "USER": "nogen", "LOGNAME": "nogen"}
    done = in_its_own_process("package", "data/demo", "--output", output.parent, "-m", "kerteminde", **other)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before


def test_a_package_tells_nothing_of_who_packed_it(output: Path) -> None:
    for path in (output / "pakker").glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.comment == b""
            for entry in archive.infolist():
                assert (entry.extra, entry.comment, entry.create_system, entry.external_attr) == (
                    b"",
                    b"",
                    0,
                    0o644 << 16,
                )
                assert entry.date_time == (2022, 5, 2, 0, 0, 0)


def test_a_suspicious_neighbour_finds_nobody_and_no_other_municipality(output: Path, study: Study) -> None:
    full = [name.casefold() for name in people() if len(name.split()) > 2]
    assert len(full) > 20
    for town in TOWNS:
        files = members(output / "pakker" / f"{town}.zip")
        read = {
            name: opened(content) if name.endswith((".xlsx", ".docx", ".pptx")) else content
            for name, content in files.items()
        }
        texts = {name: f"{name}\n{content.decode('utf-8')}".casefold() for name, content in read.items()}
        text = "\n".join(texts.values())
        assert not [name for name in full if name in text]
        assert "@" not in re.sub(r"@(media|page)|@bottom-right \{", "", text)
        others = [m.short for m in study.municipalities if m.slug != town]
        # The project's plan says where each workshop is held, and holds no result.
        results = "\n".join(each for name, each in texts.items() if "projektplan." not in name)
        assert not [name for name in others if re.search(rf"\b{re.escape(name.casefold())}\b", results)]


def test_a_locked_package_opens_with_its_passphrase_only(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(output, tmp_path / "demo")
    words = ("package", "data/demo", "--output", tmp_path, "-m", "kerteminde", "--encrypt")
    monkeypatch.setenv("BLUPKIT_ADGANGSKODE", "kort")
    assert "Forventet: mindst 12 tegn" in blupkit(*words).stderr
    monkeypatch.delenv("BLUPKIT_ADGANGSKODE")
    assert "Kør kommandoen i en terminal, eller sæt BLUPKIT_ADGANGSKODE." in in_its_own_process(*words).stderr
    monkeypatch.setenv("BLUPKIT_ADGANGSKODE", "fire ord på række")
    done = blupkit(*words)
    assert done.returncode == 0, done.stderr
    assert "1 af 1 pakker er lavet. De er låst" in done.stdout
    assert "fire ord" not in done.stdout + done.stderr
    path = tmp_path / "demo" / "pakker" / "kerteminde.zip"
    with pytest.raises(RuntimeError, match="encrypted"):
        members(path)
    plain = members(output / "pakker" / "kerteminde.zip")
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword("fire ord på række".encode())
        assert {name: archive.read(name) for name in archive.namelist()} == plain
        archive.setpassword(b"noget helt andet")
        with pytest.raises(RuntimeError, match="password"):
            archive.read("foelgebrev.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudoterminals on Windows")
def test_a_passphrase_is_asked_for_twice_in_the_terminal(output: Path) -> None:
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).parent / "blupkit"), "package", "--encrypt", "-o", str(output.parent)]
    environment = {name: value for name, value in os.environ.items() if name != "BLUPKIT_ADGANGSKODE"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as asked:
        os.close(theirs)
        said = b""
        for prompt, answer in ((b"Adgangskode: ", b"fire ord i en lang\n"), (b"igen: ", b"fire ord i en anden\n")):
            while prompt not in said:
                said += os.read(ours, 1024)
            os.write(ours, answer)
        while b"to forskellige" not in said:
            said += os.read(ours, 1024)
        assert asked.wait(60) == 1
    os.close(ours)
    assert b"fire ord" not in said


def test_a_page_that_is_not_the_newest_is_not_packed(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "demo")
    before = {path.name: path.read_bytes() for path in (tmp_path / "demo" / "pakker").glob("*.zip")}
    page = tmp_path / "demo" / "kerteminde" / "02_behovsanalyse.html"
    page.write_text(page.read_text("utf-8").replace("4,7", "4,8", 1), "utf-8")
    (tmp_path / "demo" / "faelles" / "04_aabne_svar.html").unlink()
    done = blupkit("package", "data/demo", "--output", tmp_path)
    assert done.returncode == 1
    for name in ("kerteminde/02_behovsanalyse.html", "faelles/04_aabne_svar.html"):
        assert f"{name}: Her står »ingen side, eller en ældre«" in done.stderr
    assert "Kør »blupkit render« først" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "demo" / "pakker").glob("*.zip")} == before


def test_a_study_without_pages_says_what_to_do_first(tmp_path: Path) -> None:
    done = blupkit("package", "data/demo", "--output", tmp_path)
    assert done.returncode == 1
    assert "Kør »blupkit render« først, og pak igen." in done.stderr


def test_a_name_on_one_page_stops_the_packages_with_that_page_and_no_other(output: Path, tmp_path: Path) -> None:
    secret = "Louise Hauge Iversen"
    shutil.copytree(output, tmp_path / "demo", ignore=shutil.ignore_patterns("pakker"))
    books = Path(shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks"))
    line = f"report.text('Tak til {secret}.' if edition.key == 'slagelse' else '')"
    book = nbformat.read(books / "02_behovsanalyse.ipynb", 4)
    book.cells.append(nbformat.v4.new_code_cell(line))
    nbformat.write(book, books / "02_behovsanalyse.ipynb")
    # The other notebooks' pages are as they were; each reader gets a page of this one.
    words = ("data/demo", "--output", tmp_path, "--notebooks", books, "-n", "02_behovsanalyse")
    assert blupkit("render", *words).returncode == 0
    done = blupkit("package", *words, "-m", "alle", "-m", "slagelse", "-m", "nordfyns", "-m", "kerteminde")
    assert done.returncode == 1
    assert "2 af 4 pakker er lavet." in done.stdout
    assert "slagelse.zip, slagelse/behovsanalyse.html, afsnit" in done.stderr
    assert "projektgruppe.zip, slagelse/behovsanalyse.html, afsnit" in done.stderr
    assert NAME in done.stderr
    for word in (*secret.split(), "Traceback"):
        assert word not in done.stdout + done.stderr
    made = {path.stem for path in (tmp_path / "demo" / "pakker").glob("*")}
    assert made == {"nordfyns", "kerteminde"}


def test_one_notebook_s_pages_can_be_packed_alone(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "demo")
    (tmp_path / "demo" / "faelles" / "03_tematisk_kodning.html").unlink()  # what is not packed need not be there
    done = blupkit("package", "data/demo", "--output", tmp_path, "-n", "02_behovsanalyse", "-m", "nordfyns")
    assert done.returncode == 0, done.stderr
    assert "1 af 1 pakker er lavet." in done.stdout
    files = members(tmp_path / "demo" / "pakker" / "nordfyns.zip")
    pages = {name for name in files if name.endswith(".html")}
    assert pages == {"nordfyns/behovsanalyse.html", "faelles/behovsanalyse.html"}
    assert b"kort_fortalt" not in files["nordfyns/behovsanalyse.html"]  # it leads to nothing that is not there


def test_what_somebody_wrote_is_searched_for_also_where_the_answers_do_not_count(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEMO, tmp_path / "demo"))
    path = folder / "spoergeskema" / "dataset.csv"
    heads = path.read_text("cp1252").splitlines()[0].split(";")
    said = "Bussen holder op med at køre klokken seks hver dag"
    cells = {"gruppe": "1", "aab1": said}  # no municipality: the answers are set aside
    with path.open("a", encoding="cp1252") as file:
        file.write(";".join(cells.get(head, "") for head in heads) + "\r\n")
    study = read_study(folder)
    responses = survey.read_responses(study)
    assert said not in set(survey.open_answers(responses)["text"])
    assert said in written_answers(read_export(study), responses.questionnaire)


def test_a_study_without_needs_has_no_numbers_that_its_pages_work_out(study: Study) -> None:
    nothing = survey.SurveyRelease(**vars(suppress(Draft({}), study)))
    assert survey.derived_numbers(nothing, study).empty


def test_what_is_packed_is_what_was_searched(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Package("prøve", (Enclosure("brev.txt", b"Hej", "alle", "Brev"),))
    assert members(write_package(package, study, Outputs(tmp_path / "a"))) == {"brev.txt": b"Hej"}
    monkeypatch.setattr(pyzipper.AESZipFile, "comment", b"lavet af nogen", raising=False)
    with pytest.raises(DisclosureError, match="andet end det, der er gennemset"):
        write_package(package, study, Outputs(tmp_path / "b"))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
