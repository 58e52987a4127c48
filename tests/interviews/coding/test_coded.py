"""Which codings results are made from."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import DataError, batch_memory
from blupkit.interviews import read_coded
from blupkit.interviews.coding import coded

HEAD = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"


def test_the_main_coder_is_chosen_and_a_study_without_codings_gets_suggestions(make_study: Any) -> None:
    study = make_study()
    toml = (study.folder / "study.toml").read_text("utf-8")
    assert set(read_coded(study).codings["source"]) == {"kodet"}
    two = toml.replace('{ A = "kodninger_A.tsv" }', '{ A = "kodninger_A.tsv", B = "b.tsv" }\nhovedkoder = "B"')
    study = make_study({"study.toml": two, "b.tsv": HEAD + "fg1\t2\t0\t8\t2.1\t\t\tPuljerne\n"})
    assert read_coded(study).codings["coder"].tolist() == ["B"]
    assert len(read_coded(study).all_codings) == 5
    study = make_study({"study.toml": toml.replace('kodninger = { A = "kodninger_A.tsv" }\n', "")})
    assert set(read_coded(study).codings["source"]) == {"forslag"}


def test_a_batch_reads_the_interviews_once_and_again_when_a_file_has_changed(
    make_study: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_study()
    read, asked = coded.load_turns, []
    monkeypatch.setattr(coded, "load_turns", lambda study: asked.append(study) or read(study))
    monkeypatch.setattr(batch_memory, "_BATCH", batch_memory._Batch())
    for _ in range(2):
        read_coded(study)
    assert len(asked) == 2  # whoever works in a notebook changes files and reads them again
    shared = batch_memory.begin_page({})
    first = read_coded(study)
    batch_memory.begin_page(shared)
    later = read_coded(study)
    assert len(asked) == 3
    assert first.codings.equals(later.codings)
    assert first.turns.equals(later.turns)
    (study.folder / "kodninger_A.tsv").write_text(HEAD + "fg1\t2\t0\t8\t9.9\t\t\tPuljerne\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"9\.9"):
        read_coded(study)
