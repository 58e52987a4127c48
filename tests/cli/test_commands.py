"""The command line as she meets it: Danish, one clear message with the place, status 1, nothing lost."""

import hashlib
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_study import write_small_study

from blupkit import cli
from blupkit.cli.commands import ask_about_suggestions
from blupkit.core import DataError, example_study
from blupkit.disclosure import read_release
from blupkit.report import Package
from blupkit.report.packages.package import Enclosure

DEMO = Path(__file__).parents[2] / "data" / "demo"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Call the command line in an empty folder; gives status, what it printed, and its complaints."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["blupkit", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the demo study that a test may spoil."""
    return Path(shutil.copytree(DEMO, tmp_path / "data" / "prøve", ignore=shutil.ignore_patterns("generator")))


def edit(path: Path, old: str, new: str, encoding: str = "cp1252") -> None:
    text = path.read_bytes().decode(encoding)
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode(encoding))


def test_help_is_danish(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert "Brug: blupkit [VALG] KOMMANDO" in out
    assert "Vis denne hjælp, og stop." in out
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in out


def test_help_takes_no_library_along() -> None:
    heavy = ("pandas", "matplotlib", "papermill", "pydantic")
    code = f"import sys, blupkit.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_only_the_server_needs_is_not_imported_by_the_command_that_decides(tmp_path: Path) -> None:
    """The quotes are chosen where NLTK lies, with SciPy's statistics and scikit-learn behind it."""
    heavy = ("nltk", "scipy.stats", "sklearn")
    study = tmp_path / "studie"
    shutil.copytree(example_study().folder, study)
    (study / "interview" / "citater.csv").write_text(
        "interview;tur;start;slut;kode;godkendt_af;note;deling\nfg1;4;0;32;2.1;AT;;kommune\n", "utf-8"
    )
    words = ["render", str(study), "-n", "01_datagrundlag", "--notebooks", str(NOTEBOOKS), "--output", str(tmp_path)]
    imported = f"[name for name in {heavy} if name in sys.modules]"
    code = (
        f"import sys\nsys.argv = {['blupkit', *words]}\nfrom blupkit.cli import main\ntry: main()\n"
        f"except SystemExit as ended: print('|', ended.code, *{imported})\n"
        "from blupkit.app import beside\n"
        "print('|', beside({}, eval, \"'blupkit.cli.commands' in __import__('sys').modules\"))\n"
        f"from blupkit import core, interviews, survey\nstudy = core.read_study({str(study)!r})\n"
        f"print('|', len(interviews.quotes_for_all(study, survey.read_responses(study).answers)), *{imported})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if line.startswith("|")] == [
        "| None",
        "| True",
        f"| 1 {' '.join(heavy)}",  # asked here, the same takes all of it along
    ]
    assert len(read_release(tmp_path / "studie" / "intern" / "udgivelse.json").quotes) == 1


@pytest.mark.parametrize("room", ["batch.index", "packages.package"])
def test_what_makes_no_page_of_a_notebook_takes_nothing_of_jupyter_along(room: str) -> None:
    code = f"import sys, blupkit.report.{room}; print('nbformat' in sys.modules, 'nbconvert' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["vis"], "Kommandoen findes ikke"),
        (["check", "--hurtigt"], "Der findes ingen valgmulighed --hurtigt."),
        (["new"], "MAPPE mangler."),
    ],
)
def test_a_command_that_is_not_understood_is_explained_in_danish(run: Run, words: list[str], said: str) -> None:
    status, out, err = run(*words)
    assert status == 2
    assert said in err
    assert "blupkit --help" in err
    assert "Error" not in out + err


def test_the_demo_study_has_warnings_but_no_faults(run: Run) -> None:
    status, out, _ = run("check", DEMO)
    assert status == 0
    assert "I alt 0 fejl" in out
    listed = Path("outputs/demo/fejl.csv").read_text("utf-8-sig").splitlines()
    assert listed[0] == "alvor;fil;række;besvarelse;kolonne;her står;forventet;gør dette"
    assert len(listed) > 5


def test_a_new_study_is_made_and_checked(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("new", "data/min")
    assert status == 0
    assert "study.toml" in out
    status, out, _ = run("check", "data/min")
    assert status == 1
    assert "spoergeskema/dataset.csv: Her står »ingen fil«" in out
    assert run("new", "data/min")[0] == 1


def test_what_stands_in_brackets_is_printed_too(run: Run, tmp_path: Path) -> None:
    """The printer would take it for a style, and leave it out: a path, a section of study.toml."""
    place = tmp_path / "min [bold] mappe"
    assert f"Lavede undersøgelsen {place} med" in run("new", place)[1]
    assert f"Listen ligger i {tmp_path / 'ud [red]'}" in run("check", place, "--output", tmp_path / "ud [red]")[1]


def spoil_unreadable(study: Path) -> str:
    (study / "spoergeskema" / "dataset.csv").write_bytes(b"\x00\x01\x02" * 50)
    return "dataset.csv: Her står »tegn, der ikke er tekst«"


def spoil_empty(study: Path) -> str:
    (study / "spoergeskema" / "dataset.csv").write_bytes(b"")
    return "dataset.csv: Her står »en tom fil«"


def spoil_truncated(study: Path) -> str:
    path = study / "spoergeskema" / "dataset.csv"
    path.write_bytes(path.read_bytes()[:50_000])
    return "dataset.csv, række"


def spoil_encoding(study: Path) -> str:
    path = study / "spoergeskema" / "labels.csv"
    path.write_bytes(path.read_bytes().decode("cp1252").encode().decode("cp1252", "ignore").encode())
    return "forkert tegnkodning"


def spoil_column(study: Path) -> str:
    edit(study / "spoergeskema" / "dataset.csv", ";k15_v;", ";k15_x;")
    return "k15_v"


def spoil_settings(study: Path) -> str:
    edit(study / "study.toml", "min_n = 5", "min_n = fem", "utf-8")
    return "study.toml, række"


def spoil_transcript(study: Path) -> str:
    path = study / "interview" / "fg1.vtt"
    path.write_bytes(path.read_bytes()[:20_000])
    return "fg1.vtt"


@pytest.mark.parametrize(
    "spoil",
    [spoil_unreadable, spoil_empty, spoil_truncated, spoil_encoding, spoil_column, spoil_settings, spoil_transcript],
    ids=lambda spoil: spoil.__name__.removeprefix("spoil_"),
)
def test_bad_input_gets_one_message_with_its_place_and_loses_nothing(
    run: Run, study: Path, spoil: Callable[[Path], str]
) -> None:
    said = spoil(study)
    page = Path(
        "outputs/proeve/faelles/03_tematisk_kodning.html"
        if "fg1" in said
        else "outputs/proeve/slagelse/02_behovsanalyse.html"
    )
    page.parent.mkdir(parents=True)
    page.write_text("en side, der var der i forvejen", encoding="utf-8")
    chosen = ("-n", "03_tematisk_kodning") if "fg1" in said else ("-n", "02_behovsanalyse", "-m", "slagelse")
    status, out, err = run("render", study, "--notebooks", NOTEBOOKS, *chosen)
    assert status == 1
    assert said in err
    assert "Traceback" not in out + err
    assert page.read_text("utf-8") == "en side, der var der i forvejen"
    assert not list(Path("outputs").rglob("*.part"))
    status, out, err = run("check", study)
    assert status == 1
    assert said in out + err


def test_a_missing_folder_of_interviews_is_told_file_by_file(run: Run, study: Path) -> None:
    shutil.rmtree(study / "interview")
    status, out, _ = run("check", study)
    assert status == 1
    for name in ("deltagere.csv", "kodebog.csv", "fg1.vtt", "fg2.vtt", "fg3.docx", "fg4.txt"):
        assert f"interview/{name}: Her står »ingen fil«" in out


def test_one_rare_fault_does_not_drown_among_many_alike(run: Run, study: Path) -> None:
    edit(study / "udsendelse.csv", ";150;", ";ca. 30;", "utf-8-sig")
    _, out, _ = run("check", study)
    assert "ca. 30" in out
    assert "… og 13 mere af samme slags" in out  # 15 respondents gave the same answer throughout


def test_an_unknown_municipality_lists_those_that_exist(run: Run) -> None:
    status, _, err = run("render", DEMO, "-m", "slagelsee", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert "Her står »slagelsee«. Forventet: faaborg-midtfyn" in err
    assert "Mente du »slagelse«?" in err


def test_an_unknown_notebook_lists_those_that_exist(run: Run) -> None:
    status, _, err = run("render", DEMO, "-n", "09_findes_ikke", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert "03_tematisk_kodning, 04_aabne_svar, 05_kodearbejde" in err
    assert "06_kodning" not in err  # one works in it; it has no page


def test_an_unknown_parameter_lists_those_that_exist(run: Run) -> None:
    status, _, err = run("render", DEMO, "-p", "kommune=slagelse", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert (
        "kolonne »parameter«: Her står »kommune«. Forventet: municipality, release_file, study_folder eller today"
        in err
    )
    status, _, err = run("render", DEMO, "-p", "kommune", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert "Forventet: NAVN=VÆRDI" in err


def test_a_folder_without_notebooks_is_told(run: Run, tmp_path: Path) -> None:
    status, _, err = run("render", DEMO, "--notebooks", tmp_path)
    assert status == 1
    assert "ingen notesbøger" in err


def test_a_folder_without_a_study_is_told(run: Run) -> None:
    status, _, err = run("render", "findes-ikke")
    assert status == 1
    assert "blupkit new" in err


@pytest.mark.parametrize("words", [("check", DEMO), ("render", DEMO, "--notebooks", NOTEBOOKS)])
def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_run(
    run: Run, tmp_path: Path, words: tuple[object, ...]
) -> None:
    (tmp_path / "fil").write_text("optaget", encoding="utf-8")
    status, out, err = run(*words, "--output", tmp_path / "fil")
    assert status == 1
    assert "fil/demo: Her kan ikke skrives." in err
    assert "Traceback" not in out + err


def test_what_was_sent_is_kept_with_the_study(run: Run, tmp_path: Path) -> None:
    study = write_small_study(tmp_path / "data" / "prøve", places=("Bakkeby", "Egeby", "Fjordby"))
    wanted = ("-n", "02_behovsanalyse", "--notebooks", NOTEBOOKS)
    render = ("render", study, *wanted, "-m", "bakkeby", "-m", "alle")
    assert run(*render)[0] == 0
    status, _, err = run("sent", study)
    assert status == 1  # the pages lie there, but nothing has been packed that could have been sent
    assert "ingen pakke" in err
    assert "Lav pakkerne med »blupkit package«" in err
    assert not (study / "sendt").exists()
    out = run("package", study, *wanted, "-m", "bakkeby")[1]
    assert "1 af 1 pakker er lavet." in out
    assert "ikke er noteret" not in out
    basis = Path("outputs") / "proeve" / "intern" / "udgivelse_grundlag.json"
    text = basis.read_text("utf-8")
    # Answers come, and pages are made of them: what was sent is still what is in the package.
    edit(study / "svar.csv", ";Bakkeby;L;", ";Bakkeby;A;", "utf-8")
    assert run(*render)[0] == 0
    assert basis.read_text("utf-8") != text
    status, out, _ = run("sent", study, "--to", "Bakkeby: koordinatoren")
    assert status == 0
    [kept] = (study / "sendt").glob("*.json")
    assert f"Noteret i {kept}" in out
    assert "Siderne er lavet igen, efter at der blev pakket." in out
    assert "Pakken (bakkeby) og dens kontrolsum er skrevet i" in out
    assert kept.read_text("utf-8") == text
    zipped = (Path("outputs") / "proeve" / "pakker" / "bakkeby.zip").read_bytes()
    heads, row = (study / "sendt" / "modtagere.csv").read_text("utf-8-sig").splitlines()
    assert heads == "dato;pakke;sha256;modtager;udgivelse"
    assert row.split(";")[1:] == ["bakkeby", hashlib.sha256(zipped).hexdigest(), "koordinatoren", kept.name]
    run("sent", study)
    assert list((study / "sendt").glob("*.json")) == [kept]  # the same release is noted once
    status, _, err = run("sent", study, "--to", "Vestby: koordinatoren")
    assert status == 1
    assert "valgmulighed »--to«: Her står »Vestby«. Forventet: Bakkeby, Egeby" in err


@pytest.mark.parametrize("key", [EOFError, KeyboardInterrupt])
def test_ctrl_c_and_ctrl_d_at_a_question_end_it_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, key: type[BaseException]
) -> None:
    def pressed(_: str) -> str:
        raise key

    monkeypatch.setattr(cli.commands, "getpass", pressed)
    monkeypatch.setattr(sys, "stdin", Terminal())
    status, out, err = run("package", DEMO, "--encrypt", "--notebooks", NOTEBOOKS)
    assert (status, out) == (130, "")
    assert err.strip().splitlines() == ["Afbrudt. De sider, der er lavet, ligger der stadig."]


class Terminal(io.StringIO):
    """A keyboard with somebody at it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("said", "packed"), [("ja\n", True), (" J\n", True), ("nej\n", False), ("\n", False), ("", False)]
)
def test_themes_that_nobody_has_read_are_packed_when_somebody_says_yes(
    monkeypatch: pytest.MonkeyPatch, said: str, packed: bool
) -> None:
    page = Enclosure("faelles/temaer.html", b"", "alle", "Temaer for alle", suggested=True)
    packages = [Package("projektgruppe", (page, page))]
    monkeypatch.setattr(sys, "stdin", Terminal(said))
    if packed:
        ask_about_suggestions(packages, accepted=False)
    else:
        with pytest.raises(DataError, match="har fundet: Temaer for alle«"):
            ask_about_suggestions(packages, accepted=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO("ja\n"))  # no terminal: nobody can have answered
    with pytest.raises(DataError, match="--accept-suggestions"):
        ask_about_suggestions(packages, accepted=False)
    ask_about_suggestions(packages, accepted=True)
    ask_about_suggestions([Package("nordby", (replace(page, suggested=False),))], accepted=False)


def test_a_damaged_release_that_was_sent_stops_the_pages_with_its_name(run: Run, study: Path) -> None:
    (study / "sendt").mkdir()
    (study / "sendt" / "2026-05-01.json").write_text('{"rows": [', encoding="utf-8")
    status, _, err = run("render", study, "-n", "02_behovsanalyse", "-m", "slagelse", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert "2026-05-01.json: Her står »en fil, der ikke kan læses«. Forventet: en sendt udgivelse." in err
    assert "Traceback" not in err


def test_a_few_late_answers_are_told_of_when_the_pages_are_made(run: Run, study: Path, demo_packages: Path) -> None:
    shutil.copytree(demo_packages, Path("outputs") / "proeve")
    assert run("sent", study)[0] == 0
    settings = study / "study.toml"
    at_once = settings.read_text("utf-8").replace("[udgivelse]", '[udgivelse]\nnye_svar = "med"')
    settings.write_text(at_once, "utf-8")
    wanted = ("-n", "02_behovsanalyse", "-m", "slagelse", "--notebooks", NOTEBOOKS)
    data = study / "spoergeskema" / "dataset.csv"
    lines = data.read_bytes().split(b"\r\n" if b"\r\n" in data.read_bytes() else b"\n")
    # The last row comes again with another answer in it: one new answer, where the first pages are out already.
    again = next(line for line in reversed(lines) if line.strip())
    head = lines[0].decode("cp1252").split(";")
    cells = again.decode("cp1252").split(";")
    place = head.index("k01_v")
    cells[place] = "4" if cells[place] != "4" else "5"
    cells[head.index("aab1")] = "Flere puljer"
    data.write_bytes(b"\n".join([*(line for line in lines if line.strip()), ";".join(cells).encode("cp1252"), b""]))
    status, out, err = run("render", study, *wanted)
    assert status == 0, err
    assert "kun få besvarelser er kommet til, rettet eller taget ud, siden siderne sidst blev sendt" in out
    page = Path("outputs") / "proeve" / "slagelse" / "02_behovsanalyse.html"
    text = re.sub(r"<[^>]*>", "", page.read_text("utf-8"))
    assert "Færre tal end sidst: Kun få besvarelser i nogle af grupperne er nye, rettet eller taget ud" in text
    assert "for få besvarelser fra" not in text  # there are many; it is the new ones that are few
    # What people wrote of is held against what was sent as well, though it stands on another page.
    decided = read_release(Path("outputs") / "proeve" / "intern" / "udgivelse.json")
    late = decided.decisions[decided.decisions["reason"] == "tidligere"]
    [group] = late.loc[late["table"] == "temaer_aab1", "group"].unique()
    themes = decided["temaer_aab1"].frame
    assert themes.loc[themes["group"] == group, "value"].isna().all()


def test_what_stops_many_pages_is_said_once_with_how_many_they_are(run: Run, study: Path) -> None:
    """Before the first answers are fetched, each page that needs them is stopped by the same."""
    (study / "spoergeskema" / "dataset.csv").unlink()
    status, out, err = run("render", study, "-n", "02_behovsanalyse", "--notebooks", NOTEBOOKS)
    assert status == 1
    assert err.count("blev ikke lavet:") == err.count("Her står »ingen fil«") == 1
    assert "faaborg-midtfyn/02_behovsanalyse og 6 sider til blev ikke lavet:" in err
    assert "0 af 7 sider er lavet" in out
