"""Codings read from a table and held against the transcripts, each fault with its row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from interviews.conftest import CODINGS
from interviews.interview_support import read_all

from blupkit.core import BlupkitError, read_study
from blupkit.interviews import (
    check_interviews,
    read_coded,
    theme_counts,
)

HEAD = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"


def test_codings_are_read_with_theme_and_coder(make_study: Any) -> None:
    codings = read_all(make_study()).codings
    assert codings.iloc[0].tolist() == [
        *["A", "fg1", 2, 0, 20, "2.1", "2", "barriere", "ansatte", "Puljerne i Tværhave.", "kodet", "", ""]
    ]
    assert len(codings) == 4


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (
            "fg9\t2\t0\t8\t2.1\t\t\tPuljerne",
            "interview",
            "»fg9«. Forventet: et af fg1, fg2. Ret interviewets id.",
        ),
        ("fg1\t9\t0\t8\t2.1\t\t\tPuljerne", "turn", "Her står »9«. Forventet: et tal fra 1 til 3. Ret turens nummer."),
        (
            "fg1\t2\t8\t8\t2.1\t\t\t",
            "start",
            "»8 til 8«. Forventet: to hele tal, det mindste først.",
        ),
        (
            "fg1\t2\t0\t8\t2.2\t\t\tPuljerne",
            "code",
            "»2.2«. Forventet: en kode fra kodebogen. Mente du »2.1«?",
        ),
        ("fg1\t2\t0\t8\tX\t\t\tPuljerne", "code", "Ret koden, eller tilføj den i kodebogen."),
        (
            "fg1\t2\t0\t8\t2.1\tgod\t\tPuljerne",
            "retning",
            "Forventet: barriere, fremmer, forslag eller neutral.",
        ),
        ("fg1\t2\t0\t8\t2.1\t\tvi\tPuljerne", "om_part", "Forventet: lokalråd, ansatte, politikere eller samspil. Ret"),
    ],
)
def test_a_coding_that_cannot_be_used_stops_with_its_row(line: str, column: str, message: str, make_study: Any) -> None:
    study = make_study({"kodninger_A.tsv": HEAD + line + "\n"})
    with pytest.raises(BlupkitError) as caught:
        read_all(study)
    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert message in str(fault)


@pytest.mark.parametrize("other", ["kodninger_A.tsv", "./kodninger_A.tsv", "link.tsv"])
def test_two_coders_with_one_file_are_a_fault(other: str, make_study: Any) -> None:
    study = make_study()
    study.path("link.tsv").symlink_to(study.path("kodninger_A.tsv"))
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "kodninger_A.tsv", "B": other}})
    study = study.model_copy(update={"interviews": files})
    [fault] = check_interviews(study).to_dict("records")
    assert [fault[key] for key in ("level", "file", "column", "found")] == [
        *["fejl", "study.toml", "kodninger", f"A og B = {other}"]
    ]
    with pytest.raises(BlupkitError, match="en fil til hver koder"):
        read_coded(study)


def test_a_copy_of_another_coders_codings_is_told_and_two_empty_files_are_none(make_study: Any) -> None:
    study = make_study({"kodninger_B.tsv": CODINGS, "kodninger_C.tsv": HEAD, "kodninger_D.tsv": HEAD})
    assert study.interviews is not None
    logs = {name: f"kodninger_{name}.tsv" for name in "ABCD"}
    files = study.interviews.model_copy(update={"codings": logs})
    [fault] = check_interviews(study.model_copy(update={"interviews": files})).to_dict("records")
    assert (fault["level"], fault["file"], fault["found"]) == (
        *("advarsel", "kodninger_B.tsv"),
        "de samme kodninger som hos A",
    )


def test_a_line_with_a_tab_too_few_and_a_missing_column_are_told(make_study: Any) -> None:
    with pytest.raises(BlupkitError, match="8 celler, adskilt af tabulator"):
        read_all(make_study({"kodninger_A.tsv": HEAD + "fg1\t2\t0\t8\t2.1\t\tPuljerne\n"}))
    with pytest.raises(BlupkitError, match="Tilføj kolonnen »quote«"):
        read_all(make_study({"kodninger_A.tsv": HEAD.replace("\tquote", "")}))


def test_a_coding_that_no_longer_matches_is_set_aside_and_told(make_study: Any) -> None:
    moved = 'fg1\t2\t0\t8\t2.1\t\t\t"Puljen"\nfg1\t2\t0\t99\t2.1\t\t\tPuljerne\nfg1\t1\t0\t4\t1.1\t\t\tHvad\n'
    study = make_study({"kodninger_A.tsv": HEAD + moved})
    coded = read_all(study)
    assert coded.codings["quote"].tolist() == ["Hvad"]
    faults = check_interviews(study)
    assert faults["level"].tolist() == ["advarsel"] * 3
    assert [str(fault) for fault in faults["found"]] == ['"Puljen"', "99", "moderator (tur 1)"]
    assert faults["expected"].tolist() == [
        "de ord, der nu står i teksten: »Puljerne«",
        "højst 45, for så lang er teksten",
        "en tur fra en deltager",
    ]
    aside = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
    assert faults["action"].tolist() == [aside, aside, "Kodningen tæller ikke med. Slet den, eller ret turens nummer."]
    assert theme_counts(coded)["value"].sum() == 0


@pytest.mark.parametrize("file", ["kodninger_A.tsv", "kodninger_A.jsonl"])
def test_codings_of_a_transcript_with_unseen_signs_are_found_where_an_earlier_version_set_them(
    file: str, make_study: Any
) -> None:
    old = "Pul\N{SOFT HYPHEN}jerne i Tvær\N{ZERO WIDTH SPACE}have. Jeg kan ikke love noget."
    words = "Jeg kan ikke love noget."
    start = old.index(words)
    cells = {"interview": "fg1", "turn": 2, "start": start, "end": start + len(words), "code": "1.1"}
    row = cells | {"retning": "neutral", "om_part": "", "quote": words}
    event = cells | {"time": "", "id": "x", "coder": "A", "action": "kodet", "direction": "neutral", "quote": words}
    table = "\t".join(row) + "\n" + "\t".join(map(str, row.values())) + "\n"
    study = make_study({file: table if file.endswith("tsv") else json.dumps(event) + "\n"})
    for name, before, after in (
        ("fg1.txt", "Puljerne i Tværhave. Jeg kan ikke love noget.", old),
        ("study.toml", "kodninger_A.tsv", file),
    ):
        path = study.folder / name
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    study = read_study(study.folder)
    codings = read_coded(study).codings
    assert codings[["quote", "start"]].values.tolist() == [[words, start - 2]]
    assert check_interviews(study).query("file == @file").empty
