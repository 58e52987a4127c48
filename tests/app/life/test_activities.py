"""Evaluations are a material of their own: the record has them, and they go when their date is past."""

from __future__ import annotations

from pathlib import Path

import pytest
from life_support import TODAY, make_study
from support import on_days

from blupkit.app import all_faults, do, plan_overdue
from blupkit.app.life.materials import holdings
from blupkit.core import read_study
from blupkit.core.outputs import Outputs

ACTIVITIES = """
[aktiviteter]
[[rolle]]
noegle = "facilitator"
navn = "facilitator"
[[opbevaring.materiale]]
navn = "aktiviteter"
slettes = 2026-11-01
"""
TABLES = {
    "workshops": (
        "id;kommune;dato;start;slut;moedetype;deltog_L;deltog_A;status\nW1;Nordby;19.5.2026;16.30;20.00;dialog;9;6;afholdt"
    ),
    "skemaer": "skema;spoergsmaal;tekst;svar\nworkshop;w1;var formålet klart?;1-5",
    "evaluering_workshop": "workshop;gruppe;w1\nW1;L;4",
}


def test_what_was_evaluated_is_in_the_record_and_goes_alone_when_its_date_is_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_days(monkeypatch, TODAY)
    study = make_study(tmp_path, ACTIVITIES)
    for name, text in TABLES.items():
        path = study.path(f"aktiviteter/{name}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    kept = {each.name: [path.name for path in each.files] for each in holdings(study)}
    assert kept["aktiviteter"] == ["evaluering_workshop.csv"]
    plan = plan_overdue(study, Outputs(tmp_path / "ud"), TODAY, all_faults)
    assert plan is not None
    do(plan)
    left = read_study(study.folder)
    assert left.activities is not None
    assert sorted(path.stem for path in study.path("aktiviteter").iterdir()) == ["skemaer", "workshops"]
    assert "fejl" not in set(all_faults(left)["level"])
