"""What several test files of the interviews need."""

from __future__ import annotations

from typing import Any

import pandas as pd

from blupkit.core import Study
from blupkit.interviews import Codebook, Coded, read_codebook, read_codings, read_turns

CODES = Codebook(
    pd.DataFrame(
        {"code": ["1.1", "2.1"], "name": ["Mandat", "Puljer"], "theme": ["1", "2"], "theme_name": ["Roller", "Økonomi"]}
    )
)


TURNS = pd.DataFrame(
    {
        "interview": "fg1",
        "turn": [1, 2, 3, 4],
        "speaker": ["M", "Bo", "Ida", "Bo"],
        "role": ["moderator", "ansat", "lokalråd", "ansat"],
        "group": ["", "A", "L", "A"],
        "words": [10, 10, 10, 10],
        "text": "Ja.",
    }
)


def coded_by(*rows: tuple[int, str], direction: str = "") -> Coded:
    """The turns above, coded by hand: which turn has which code."""
    table = pd.DataFrame(rows, columns=["turn", "code"]).assign(interview="fg1", source="kodet", direction=direction)
    return Coded(TURNS, CODES, table.assign(theme=table["code"].str[0]))


def read_all(study: Study) -> Coded:
    """What was coded by hand, without suggestions."""
    turns, codebook = read_turns(study), read_codebook(study)
    return Coded(turns, codebook, read_codings(study, turns, codebook))


def coded_in(study: Study) -> list[list[Any]]:
    table = read_all(study).codings
    return table[["turn", "code", "direction", "memo", "quote"]].values.tolist()


def with_log(study: Study, **settings: Any) -> Study:
    assert study.interviews is not None
    changed = {"codings": {"A": "A.jsonl"}} | settings
    return study.model_copy(update={"interviews": study.interviews.model_copy(update=changed)})


def with_files(make_study: Any, **files: str) -> Study:
    study: Study = make_study({f"{name}.csv": content for name, content in files.items()})
    assert study.interviews is not None
    names = {"sammenfatninger": "summaries", "sammenholdt": "joint"}
    settings = {names[name]: f"{name}.csv" for name in files}
    return study.model_copy(update={"interviews": study.interviews.model_copy(update=settings)})
