"""Typing the name of a table of turns, a codebook or what is coded shows what it is, and nobody's name or words."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from blupkit.core import Study
from blupkit.interviews import answer_turns, read_codebook, read_coded, read_turns
from blupkit.interviews.coding.coded import load_coded
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.transcripts.turn_table import Turns

MakeStudy = Callable[..., Study]
#: Names of the register, and words of the transcripts, the codings and the codebook.
PLANTED = ["Bo", "Ravn", "Ida", "Mathiesen", "Kjeldsen", "Puljerne", "Tværhave", "mandat", "Vi søgte", "love noget"]


def shown(thing: object) -> str:
    """Everything that JupyterLab, and a console, may show of it."""
    data, _ = DisplayFormatter().format(thing)
    return "\n".join([*map(str, data.values()), repr(thing), str(thing), f"{thing}"])


@pytest.mark.parametrize("what", ["turns", "coded", "coded.turns", "codable", "codebook", "answers"])
def test_the_name_alone_shows_no_name_and_no_word(what: str, make_study: MakeStudy) -> None:
    study = make_study()
    coded = read_coded(study)
    answers = pd.DataFrame(
        {"respondent": ["7"], "group": "L", "variable": "ord", "kind": "aaben", "state": "besvaret", "text": "Bo Ravn"}
    )
    thing = {
        "turns": read_turns(study),
        "coded": coded,
        "coded.turns": coded.turns,
        "codable": Codable(read_turns(study), read_codebook(study)),
        "codebook": read_codebook(study),
        "answers": answer_turns(answers),
    }[what]
    text = shown(thing)
    assert not [word for word in PLANTED if word in text]
    assert len(text) < 1200
    assert "Prøv" in text


def test_what_is_shown_says_how_many_there_are(make_study: MakeStudy) -> None:
    study = make_study()
    assert repr(read_turns(study)).startswith("Ture: 6 ture i 2 interview, 27 ord. Prøv turns.head()")
    assert repr(read_coded(study)).startswith("Kodet: 4 kodninger i 6 ture, 2 temaer. ")
    assert repr(read_codebook(study)).startswith("Kodebog: 2 temaer og 2 koder. ")
    toml = (study.folder / "study.toml").read_text("utf-8").replace('kodninger = { A = "kodninger_A.tsv" }\n', "")
    suggested, _ = load_coded(make_study({"study.toml": toml}))
    assert repr(suggested).startswith("Ikke kodet: 4 forslag fra søgemønstre i 6 ture")


def test_what_pandas_makes_of_turns_is_an_ordinary_table(make_study: MakeStudy) -> None:
    turns = read_turns(make_study())
    assert type(turns) is Turns
    for made in (
        turns.head(),
        turns[turns["group"] == "L"],
        turns.copy(),
        turns.assign(n=1),
        pd.concat([turns, turns]),
    ):
        assert type(made) is pd.DataFrame
    assert "Bo Ravn Storm" in turns.head().to_string()
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(turns)), turns)
    assert repr(Turns()) == 'Åbne svar: 0 svar på 0 spørgsmål. Prøv .head() eller interviews.search(study, "…").'


def test_completion_shows_what_may_be_asked(make_study: MakeStudy) -> None:
    coded: Any = read_coded(make_study())
    for thing in (coded, coded.codebook):
        assert all(hasattr(thing, name) for name in dir(thing))
        assert not [name for name in dir(thing) if name.startswith("_")]
