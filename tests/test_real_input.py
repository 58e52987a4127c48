"""Real input, made by others, through the same commands to a finished page."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support import blupkit

from blupkit import core, interviews
from blupkit.survey.reading.exports import read_export

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real input (../shared/real) is not here")

HEAD = """
navn = "Virkelig fil"
udgiver = "Prøve"
periode = "2023"
data_dato = 2023-01-26
decimaler = 4
"""


def study_in(folder: Path, text: str, files: list[Path]) -> Path:
    folder.mkdir()
    (folder / "study.toml").write_text(HEAD + text, encoding="utf-8")
    for source in files:
        (folder / source.name).symlink_to(source)
    return folder


def render(study: Path, notebook: str, place: str = "faelles") -> BeautifulSoup:
    output = study.parent / "outputs"
    done = blupkit("render", study, "-n", notebook, "-o", output)
    assert done.returncode == 0, done.stdout + done.stderr
    page = output / study.name / place / f"{notebook}.html"
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def test_the_surveyxact_export_is_read_whole_and_a_page_of_its_answers_renders(tmp_path: Path) -> None:
    text = (
        '[spoergeskema]\nformat = "surveyxact"\ndata = "dataset.csv"\netiketter = "labels.csv"\n'
        'struktur = "structure.csv"\n'
    )
    folder = study_in(tmp_path / "skole", text, sorted((REAL / "surveyxact").glob("*.csv")))
    study = core.read_study(folder)
    export = read_export(study)
    assert export.data.shape == (999, 242)
    soup = render(folder, "01_datagrundlag", "intern")
    words = soup.find("body").get_text(" ")
    assert "999" in words
    assert "Hvilke(t) valgfag hadde du på ungdomsskolen?" in words
    assert "Språkfag, samfunnsfag og økonomi" in words


def test_the_importance_performance_workbook_gives_its_numbers_on_a_page(tmp_path: Path) -> None:
    text = (
        '[spoergeskema]\nformat = "tabel"\ndata = "questionnaire.xlsx"\nbehold_dubletter = true\n'
        'ark = { importance = "_v", performance = "_n" }\n'
    )
    folder = study_in(tmp_path / "ipa", text, [REAL / "importance-performance" / "questionnaire.xlsx"])
    soup = render(folder, "02_behovsanalyse")
    shown: dict[str, dict[str, str]] = {}
    for table in soup.find_all("table"):
        heads, *rows = [
            [c.get_text(" ", strip=True) for c in row.find_all(["th", "td"])] for row in table.find_all("tr")
        ]
        for item, *cells in rows:
            shown.setdefault(item, {}).update(zip(heads[1:], cells, strict=True))
    # gap, MWDS, RDS (in whole per cent) of the project's table of independently computed numbers
    for item, expected in {
        "Q17": ["1,0667", "4,8711", "−53"],
        "Q9": ["1,0000", "4,6333", "−63"],
        "Q12": ["0,6333", "2,8078", "−50"],
        "Q7": ["−1,0667", "−3,2000", "57"],
        "Q6": ["0,0000", "0,0000", "0"],
    }.items():
        assert [shown[item][measure] for measure in ("Gab", "MWDS", "RDS")] == expected, item


def test_the_debate_is_read_into_turns_and_its_theme_page_marks_suggestions(tmp_path: Path) -> None:
    text = (
        '[interview]\nkodebog = "kodebog.csv"\n[[interview.udskrift]]\nid = "debat"\n'
        'fil = "2023-01-26.txt"\ntitel = "Debat"\n'
    )
    files = [REAL / "folketinget" / "2023-01-26.txt", ROOT / "data/demo/interview/kodebog.csv"]
    folder = study_in(tmp_path / "debat", text, files)
    turns = interviews.read_turns(core.read_study(folder))
    assert {"DF", "S", "V"} <= set(turns["role"])
    assert "Morten Messerschmidt" in set(turns["speaker"])
    soup = render(folder, "03_tematisk_kodning")
    words = soup.find("body").get_text(" ")
    assert "Forslag" in words
    assert "ikke kodet" in words.casefold()
    assert not soup.find_all("blockquote")  # nothing is quoted without a register to pseudonymise by
    assert "Syntetiske demodata" not in words
