"""The index leads to every page, those that stopped included."""

from pathlib import Path

from bs4 import BeautifulSoup

from blupkit.core import Study
from blupkit.core.outputs import Outputs
from blupkit.report import Outcome, Page, write_index


def outcome_of(study: Study, folder: str, stem: str, title: str, problem: str = "") -> Outcome:
    return Outcome(Page(study, Path(f"{stem}.ipynb"), title, "alle", folder, {}, ()), Path("x"), 1.0, problem)


def test_the_index_leads_to_every_page_by_place_and_marks_those_that_stopped(study: Study, tmp_path: Path) -> None:
    for name in ("slagelse/01_behov.html", "faelles/01_behov.html", "intern/00_kontrol.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    outcomes = [
        outcome_of(study, "faelles", "01_behov", "Behov & ønsker", "gik galt"),
        outcome_of(study, "kerteminde", "01_behov", "Behov & ønsker", "gik galt"),
    ]
    path = write_index(study, outcomes, Outputs(tmp_path))
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    assert path == tmp_path / "index.html"
    assert [heading.get_text() for heading in soup.main.find_all("h2")] == [
        "Fælles for alle",
        "Kerteminde Kommune",
        "Slagelse Kommune",
        "Kun til konsulenten – må ikke deles",
    ]
    assert [(link["href"], link.get_text()) for link in soup.find_all("a")] == [
        ("faelles/01_behov.html", "Behov & ønsker"),
        ("slagelse/01_behov.html", "Behov & ønsker, Slagelse Kommune"),
        ("intern/00_kontrol.html", "Kontrol"),  # not run this time, so its name is made from the file's
    ]
    assert all((tmp_path / link["href"]).is_file() for link in soup.find_all("a"))
    lines = [item.get_text() for item in soup.find_all("li") if item.select_one(".failed")]
    stopped = "Behov & ønsker – den seneste kørsel gik i stå; se mappen fejl"
    assert lines == [
        stopped,
        stopped.replace(" –", ", Kerteminde Kommune –", 1),
    ]  # the old common page is still there; Kerteminde has none


def test_the_index_is_a_page_of_its_own_for_the_consultant(study: Study, tmp_path: Path) -> None:
    soup = BeautifulSoup(write_index(study, [], Outputs(tmp_path)).read_text("utf-8"), "html.parser")
    assert (soup.html["lang"], soup.body["data-audience"]) == ("da", "intern")
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["BLUP Akademiet – alle sider"]
    assert soup.title.get_text() == "BLUP Akademiet – alle sider"
    assert soup.select_one(".banner.demo") is not None
    real = study.model_copy(update={"synthetic": False})
    assert "demodata" not in write_index(real, [], Outputs(tmp_path)).read_text("utf-8")


def test_a_page_that_has_a_title_of_its_own_stands_under_it(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("slagelse/01_behov"), '<head><meta name="titel" content="Svar &amp; ønsker"></head>')
    for outcomes in ([], [outcome_of(study, "slagelse", "01_behov", "Behov")]):
        soup = BeautifulSoup(write_index(study, outcomes, outputs).read_text("utf-8"), "html.parser")
        assert [link.get_text() for link in soup.find_all("a")] == ["Svar & ønsker, Slagelse Kommune"]
