from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support import suppress

from blupkit.core import Study, read_study
from blupkit.survey import Responses, choice_shares, needs, read_responses
from blupkit.survey.measures.needs import gap_directions
from blupkit.survey.measures.response import answer_distribution, missing_states
from blupkit.survey.reading.exports import read_export

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real files of others lie beside the repository, not in it"
)

START = 'navn="Prøve"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n[spoergeskema]\n'


@pytest.fixture
def surveyxact(tmp_path: Path) -> Study:
    for file in (REAL / "surveyxact").glob("*.csv"):
        shutil.copy(file, tmp_path)
    (tmp_path / "study.toml").write_text(
        START + 'format="surveyxact"\ndata="dataset.csv"\netiketter="labels.csv"\nstruktur="structure.csv"\n',
        encoding="utf-8",
    )
    return read_study(tmp_path)


@pytest.fixture
def importance_performance(tmp_path: Path) -> Study:
    shutil.copy(REAL / "importance-performance" / "questionnaire.xlsx", tmp_path)
    (tmp_path / "study.toml").write_text(
        START + 'format="tabel"\ndata="questionnaire.xlsx"\nark={importance="_v",performance="_n"}\n'
        'besvarelse_id="Respondent"\n',
        encoding="utf-8",
    )
    return read_study(tmp_path)


def test_a_real_export_is_read_whole(surveyxact: Study) -> None:
    export = read_export(surveyxact)
    assert export.data.shape == (999, 242)
    assert export.dropped == ()


def test_a_real_questionnaire_is_derived_with_its_letters_intact(surveyxact: Study) -> None:
    responses = read_responses(surveyxact)
    variables = responses.questionnaire.variables.set_index("variable")
    assert len(variables) == 237  # 242 less the five status columns
    assert variables.loc["i_02", "text"] == "Venner og /eller kjæreste"
    assert variables.loc["b_6_1", "text"] == "Hvor ble du født?"
    assert variables["kind"].value_counts().to_dict() == {"enkelt": 202, "flere": 29, "aaben": 6}
    assert len(responses.respondents) == 999
    assert int(responses.respondents["completed"].sum()) <= 340  # as many as the export says went to the end
    dont_know = responses.questionnaire.scales.query("meaning == 'ved_ikke'")["text"].unique().tolist()
    assert dont_know == ["Vet ikke", "Ikke relevant/ vet ikke"]


def test_internal_pages_can_be_made_of_a_real_export(surveyxact: Study) -> None:
    responses = read_responses(surveyxact)
    table = answer_distribution(responses)
    row = table[(table["variable"] == "b_1_1") & (table["answer"] == "54")].iloc[0]
    assert row["n"] == 183  # counted in the file itself: cut -d';' -f231 … | sort | uniq -c
    single = table[(table["variable"] == "s_2") & table["share"].notna()]
    assert single["share"].sum() == pytest.approx(100)
    assert missing_states(responses).groupby("variable")["n"].sum().eq(999).all()
    assert suppress(choice_shares(responses, "s_2"), surveyxact).shown["n"].tolist() == [424] * 6


def test_a_real_duplicate_is_found_in_a_published_data_set(importance_performance: Study) -> None:
    responses = read_responses(importance_performance)
    assert len(responses.respondents) == 29
    assert "de samme svar som i række 6" in responses.faults["found"].tolist()


@pytest.fixture
def published(importance_performance: Study) -> Responses:
    """All 30 respondents, since the published numbers count the one who is there twice."""
    responses = read_responses(importance_performance)
    person = responses.respondents[responses.respondents["respondent"] == "5"].assign(respondent="6")
    return replace(responses, respondents=pd.concat([responses.respondents, person], ignore_index=True))


@pytest.fixture
def wide(published: Responses) -> pd.DataFrame:
    table = pd.concat([needs(published, draws=100), gap_directions(published, draws=100)])
    return table.pivot_table(index="item", columns="measure", values="value")


@pytest.mark.parametrize(
    ("item", "importance", "level", "gap", "mwds", "rds"),
    [
        ("Q17", 4.5667, 3.5000, 1.0667, 4.8711, -53.333),  # 137/30 x 32/30 = 4.8711
        ("Q9", 4.6333, 3.6333, 1.0000, 4.6333, -63.333),  # 139/30 x 1 = 4.6333; 10 % - 73.333 %
        ("Q12", 4.4333, 3.8000, 0.6333, 2.8078, -50.0),  # 133/30 x 19/30 = 2.8078
        ("Q7", 3.0000, 4.0667, -1.0667, -3.2000, 56.667),  # 3 x (-32/30) = -3.2
    ],
)
def test_published_numbers_are_hit(
    wide: pd.DataFrame, item: str, importance: float, level: float, gap: float, mwds: float, rds: float
) -> None:
    found = wide.loc[item, ["Vigtighed", "Nuværende niveau", "Gab", "MWDS", "RDS"]].tolist()
    assert found == pytest.approx([importance, level, gap, mwds, rds], abs=6e-4)


def test_an_item_without_a_gap_is_zero_by_all_measures(wide: pd.DataFrame) -> None:
    assert wide.loc["Q6", ["Gab", "MWDS", "RDS"]].tolist() == [0, 0, 0]


def test_grand_means_are_hit(wide: pd.DataFrame) -> None:
    assert wide["Vigtighed"].mean() == pytest.approx(4.301389, abs=1e-6)
    assert wide["Nuværende niveau"].mean() == pytest.approx(4.051389, abs=1e-6)


def test_mwds_and_rds_rank_nearly_but_not_quite_alike(wide: pd.DataFrame, published: Responses) -> None:
    # Spearman = Pearson of the mean ranks, scipy-free. RDS in whole respondents keeps its ties: -0.9395.
    # The -0.9382 of the literature's usual recipe comes from 100 * mean(C > I) - 100 * mean(C < I), whose last bit
    # parts two items at -23.333 that are in truth equal; both are computed here.
    ranks = wide[["MWDS", "RDS"]].round(9).rank()
    assert np.corrcoef(ranks["MWDS"], ranks["RDS"])[0, 1] == pytest.approx(-0.9395, abs=5e-5)
    importance, level = (published.values([f"{item}{end}" for item in wide.index]) for end in ("_v", "_n"))
    level = level.set_axis(importance.columns, axis=1)
    recipe = 100 * (level > importance).mean() - 100 * (level < importance).mean()
    assert wide["MWDS"].rank().corr(recipe.set_axis(wide.index).rank()) == pytest.approx(-0.9382, abs=5e-5)
    assert wide["MWDS"].idxmax() == "Q17"
    assert wide["RDS"].idxmin() == "Q9"


def test_intervals_hold_the_value(published: Responses) -> None:
    table = needs(published, draws=500)
    assert (table["low"].le(table["value"] + 1e-9) & table["high"].ge(table["value"] - 1e-9)).all()
    assert table["n"].unique().tolist() == [30]
