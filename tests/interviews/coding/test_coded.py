"""Which codings results are made from."""

from __future__ import annotations

from typing import Any

from blupkit.interviews import (
    read_coded,
)

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
