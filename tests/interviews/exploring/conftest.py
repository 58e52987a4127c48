"""A study of two talks and a survey with one open question, small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from blupkit.core import Study

SURVEY = """
[spoergeskema]
format = "tabel"
data = "svar.csv"
spoergeskema = "spoergeskema.csv"
skalaer = "skalaer.csv"
besvarelse_id = "id"
kommune = "kommune"
gruppe = "gruppe"

[interview]
kodninger_aabne = "aabne.tsv"
"""
QUESTIONS = (
    "emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om\n"
    "k1;k1_v;vigtighed;Hvor vigtigt?;fonde;Søge fonde;L P A;fem;;\n"
    "k1;k1_n;niveau;Hvor god?;fonde;Søge fonde;L P A;fem;;\n"
    "ord;ord;aaben;Hvad mangler?;;Det, der mangler;L P A;;;\n"
)
SCALE = "skala;kode;tekst;betydning\n" + "".join(f"fem;{code};Trin {code};svar\n" for code in range(1, 6))
ANSWERS = (
    "id;kommune;gruppe;k1_v;k1_n;ord\n"
    "r1;Nordfyns;L;5;3;Puljerne er for små\n"
    "r2;Nordfyns;A;4;3;\n"
    "r3;Nordfyns;A;4;3;Én pulje, og en puljeansøgning\n"
)
CODED_ANSWERS = "spoergsmaal\tbesvarelse\tstart\tend\tcode\tquote\nord\tr1\t0\t19\t2.1\tPuljerne er for små\n"


@pytest.fixture
def explored(make_study: Any) -> Callable[..., Study]:
    """Write the study of the interviews' tests with a survey beside it; files can be replaced."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Study:
        toml = (make_study().folder / "study.toml").read_text("utf-8")
        survey, interview = SURVEY.split("[interview]\n")
        files = {
            "study.toml": toml.replace("[interview]\n", f"{survey}[interview]\n{interview}", 1),
            "svar.csv": ANSWERS,
            "spoergeskema.csv": QUESTIONS,
            "skalaer.csv": SCALE,
            "aabne.tsv": CODED_ANSWERS,
        }
        return make_study(files | (changes or {}))

    return make
