"""Every question of the demo and of surveys made by others can be asked about, drawn and saved."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from openpyxl import load_workbook

from blupkit.core import Study, read_study
from blupkit.survey import Responses, cross, profile, read_responses

ROOT = Path(__file__).resolve().parents[3]
REAL = ROOT.parent / "shared" / "real"
START = 'navn="Prøve"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n[spoergeskema]\n'
SURVEYXACT = 'format="surveyxact"\ndata="dataset.csv"\netiketter="labels.csv"\nstruktur="structure.csv"\n'
WORKBOOK = (
    'format="tabel"\ndata="questionnaire.xlsx"\nark={importance="_v",performance="_n"}\nbesvarelse_id="Respondent"\n'
)


def demo(_: Path) -> Study:
    return read_study(ROOT / "data" / "demo")


def surveyxact(folder: Path) -> Study:
    return _real(folder, "surveyxact", SURVEYXACT)


def importance_performance(folder: Path) -> Study:
    return _real(folder, "importance-performance", WORKBOOK)


def _real(folder: Path, name: str, settings: str) -> Study:
    if not REAL.is_dir():
        pytest.skip("the real files of others lie beside the repository, not in it")
    for file in (REAL / name).iterdir():
        shutil.copy(file, folder)
    (folder / "study.toml").write_text(START + settings, "utf-8")
    return read_study(folder)


@pytest.fixture(scope="module", params=[demo, surveyxact, importance_performance], ids=lambda make: make.__name__)
def responses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Responses:
    make: Callable[[Path], Study] = request.param
    return read_responses(make(tmp_path_factory.mktemp("studie")))


def askable(responses: Responses) -> list[str]:
    written = set(responses.questionnaire.open_variables)
    return [name for name in responses.labels.frame["Variabel"] if name not in written]


def test_every_question_adds_up_alone_and_by_group(responses: Responses) -> None:
    people = len(responses.respondents)
    for name in askable(responses):
        table = cross(responses, name, "gruppe")
        total = table.frame.iloc[-4:]["I alt, antal"]
        assert total.sum() == people, name
        assert profile(responses, name).frame["Har svaret"].iloc[-1] == total.iloc[0], name


def test_each_kind_is_drawn_and_saved_without_a_warning(responses: Responses, tmp_path: Path) -> None:
    variables = responses.questionnaire.variables
    kinds = variables[variables["variable"].isin(responses.variables) & (variables["kind"] != "aaben")]
    firsts = kinds.drop_duplicates("kind")
    for name in firsts["item"].where(firsts["kind"] == "flere", firsts["variable"]):
        table = profile(responses, name)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert table.plot()._repr_png_()  # type: ignore[attr-defined]
        path = table.to_excel(tmp_path / f"{name}.xlsx")
        rows = list(load_workbook(path)["tabel"].iter_rows(values_only=True))
        assert len(rows) == 1 + len(table.frame)
        assert "</table>" in table._repr_html_()
    assert plt.get_fignums() == []


def test_the_wide_table_has_every_respondent_and_variable(responses: Responses) -> None:
    wide = responses.wide()
    assert wide.shape == (len(responses.respondents), 2 + len(responses.variables))
    answered = responses.wide(states=True)[responses.variables] == "Besvaret"
    assert (answered == wide[responses.variables].notna()).all(axis=None)
