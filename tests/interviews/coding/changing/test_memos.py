"""What coders remark on codes, interviews and passages: written in their logs, listed with who and when."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import BlupkitError, Study
from blupkit.interviews import Passage, check_interviews, memos, read_coded, without_participant, write_memo
from blupkit.interviews.coding.changing import memos as writing
from blupkit.interviews.coding.log import Action, append_events, new_event


@pytest.fixture
def study(make_study: Any) -> Study:
    study: Study = make_study({"citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n"})
    assert study.interviews is not None
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl", "B": "B.jsonl"}})
    study = study.model_copy(update={"interviews": files})
    passage = Passage("fg1", 2, 0, 20, "2.1", memo="Hører til 1.1?", quote="Puljerne i Tværhave.")
    append_events(study.path("A.jsonl"), [new_event("A", Action.CODED, passage)])
    return study


def test_memos_on_codes_and_interviews_are_no_codings_and_are_listed_with_those_on_passages(study: Study) -> None:
    assert write_memo(study, "Bred kode", code="Puljer") == "Bemærkningen om kode 2.1 er skrevet i A.jsonl."
    write_memo(study, "Del den op", code="2.1")
    write_memo(study, "Meget stille i starten", interview="fg2", coder="B")
    write_memo(study, "Uenig", code="2.1 Puljer", coder="B")
    table = memos(study).frame
    assert table[["Om", "Interview", "Hvem", "Kode", "Memo", "Koder"]].values.tolist() == [
        ["Sted", "fg1", "Lokalråd 1", "2.1 Puljer", "Hører til 1.1?", "A"],
        ["Kode", "", "", "2.1 Puljer", "Del den op", "A"],
        ["Kode", "", "", "2.1 Puljer", "Uenig", "B"],
        ["Interview", "fg2", "", "", "Meget stille i starten", "B"],
    ]
    assert (table["Skrevet"].str.len() == len("30.11.2026 10.05")).all()
    assert memos(study).notes == ("Bemærkninger: 1 om sted, 2 om kode, 1 om interview.",)
    assert len(read_coded(study).all_codings) == 1
    assert check_interviews(study).empty


def test_memos_of_a_table_are_those_of_the_table_that_was_read(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    assert study.interviews is not None
    heads = "interview\tturn\tstart\tend\tcode\tquote\tmemo\tretning\tom_part"
    table = f"{heads}\nfg1\t2\t0\t20\t2.1\tPuljerne i Tværhave.\tFra tabellen\t\t\n"
    study.path("C.tsv").write_text(table, encoding="utf-8")
    files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl", "C": "C.tsv", "D": "D.tsv"}})
    study.path("D.tsv").write_text(table.replace("2.1", "1.1"), encoding="utf-8")
    read = []
    monkeypatch.setattr(writing, "read_coded", lambda study: read.append(study) or read_coded(study))
    found = memos(study.model_copy(update={"interviews": files})).frame
    assert found.loc[found["Koder"] != "A", ["Memo", "Koder", "Skrevet"]].values.tolist() == [
        ["Fra tabellen", "C", ""],
        ["Fra tabellen", "D", ""],
    ]
    assert len(read) == 1


def test_an_empty_memo_takes_the_one_before_away(study: Study) -> None:
    write_memo(study, "Bred kode", code="2.1")
    assert write_memo(study, "  ", code="2.1").endswith("er fjernet i A.jsonl.")
    assert memos(study).frame["Om"].tolist() == ["Sted"]


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({}, "hverken kode eller interview"),
        ({"code": "2.1", "interview": "fg1"}, "både kode og interview"),
        ({"code": "Pulje"}, "Mente du »Puljer«"),
        ({"interview": "fg3"}, "et af fg1, fg2"),
        ({"code": "2.1", "coder": "C"}, "en fil til koderen C"),
    ],
)
def test_what_it_is_about_must_be_there(about: dict[str, str], says: str, study: Study) -> None:
    before = study.path("A.jsonl").read_bytes()
    with pytest.raises(BlupkitError, match=says):
        write_memo(study, "x", **about)
    assert study.path("A.jsonl").read_bytes() == before


def test_somebody_who_is_taken_out_is_taken_out_of_memos_too(study: Study) -> None:
    write_memo(study, "Ida Holm siger det hele", interview="fg1")
    write_memo(study, "Ida Holm tøver", code="1.1")
    files = without_participant(study, "Ida Holm").files
    assert "Ida" not in files["A.jsonl"].decode()
    assert "siger det hele" in files["A.jsonl"].decode()
