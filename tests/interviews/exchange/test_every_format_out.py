"""Codings in a transcript of any format go to another program and come back; names in it are replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from interviews.exchange.exchange_support import PLACE, coded_of
from interviews.transcripts.formats.format_support import TALK, WRITERS

from blupkit.interviews import read_qdpx, read_register, read_turns, write_qdpx
from blupkit.interviews.privacy.pseudonyms import pseudonymise


@pytest.mark.parametrize("name", WRITERS)
def test_a_coding_in_it_comes_back_on_its_words(name: str, make_transcript: Any, tmp_path: Path) -> None:
    study = make_transcript(name, WRITERS[name](TALK))
    turns = read_turns(study)
    text = turns["text"].tolist()[2]
    start = text.index("🙂")
    row = ["x", "A", "fg1", 3, start, start + 8, "2.1", "", "", "", text[start : start + 8]]
    codings = pd.DataFrame([row], columns=["id", *PLACE])
    write_qdpx(tmp_path / "a.qdpx", study, coded_of(turns, codings))
    read = read_qdpx(tmp_path / "a.qdpx", turns)
    assert read.codings[PLACE].values.tolist() == codings[PLACE].values.tolist()
    assert read.faults == []
    # "Bo ringede" is said by another than Bo.
    hidden = [pseudonymise(said, read_register(study), interview="fg1") for said in turns["text"]]
    assert hidden[2].startswith("Nej & jo <3, for [lokalrådsmedlem] ringede")
