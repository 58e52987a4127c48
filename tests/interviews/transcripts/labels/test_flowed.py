"""Several speakers in one paragraph are parted by labels that are known, or the file is refused; no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from blupkit.core import BlupkitError
from blupkit.interviews import check_interviews, read_turns

KEYED = (
    "Bilag 2: Gruppen i Lyngrup. Facilitator (F): Åse. Deltager 1 (D1): lokalråd. Deltager 2 (D2): forvaltning"
    " F: Hvad mangler I? D1: Penge, og I: ja, jer. D2: Vi har en pulje: den til stier F: Og så? D1: Den er tom."
)


def turns_of(study: Any) -> list[tuple[str, str]]:
    turns = read_turns(study)
    return list(zip(turns["speaker"], turns["text"], strict=True))


def test_the_labels_that_the_head_explains_part_a_paragraph(make_transcript: Any) -> None:
    study = make_transcript("a.txt", KEYED)
    assert turns_of(study) == [
        ("F", "Hvad mangler I?"),
        ("D1", "Penge, og I: ja, jer."),
        ("D2", "Vi har en pulje: den til stier"),
        ("F", "Og så?"),
        ("D1", "Den er tom."),
    ]
    [told] = check_interviews(study).query("expected == 'hver tur på sin egen linje'")["found"]
    assert told == "5 ture inde i afsnit: »F« 2, »D1« 2 og »D2« 1"


def test_the_labels_that_study_and_register_name_part_a_paragraph(make_transcript: Any) -> None:
    text = "M: Hvad nu? L1: Vi venter. Ida Holm: På hvad? Bo: På svar. M: Godt."
    study = make_transcript("a.txt", text, speakers='L1 = "Bo Ravn Storm", M = "Moderator"')
    assert turns_of(study) == [
        ("Moderator", "Hvad nu?"),
        ("Bo Ravn Storm", "Vi venter."),
        ("Ida Holm", "På hvad?"),
        ("Bo Ravn Storm", "På svar."),
        ("Moderator", "Godt."),
    ]


def test_speakers_behind_a_sign_inside_paragraphs_are_parted(make_transcript: Any) -> None:
    study = make_transcript("a.txt", "@Ida Holm: Hvad nu? @Bo: Skriv til a@b.example\n@Ida Holm: Godt.\n")
    expected = [("Ida Holm", "Hvad nu?"), ("Bo Ravn Storm", "Skriv til a@b.example"), ("Ida Holm", "Godt.")]
    assert turns_of(study) == expected


def test_lines_that_are_broken_anywhere_are_one_paragraph(make_transcript: Any) -> None:
    text = "M: Hvad nu? L1: Vi\nventer på svar. Og\nhåber. M: Længe? L1:\nJa."
    study = make_transcript("a.txt", text, speakers='L1 = "Bo Ravn Storm", M = "Moderator"')
    assert [said for _, said in turns_of(study)] == ["Hvad nu?", "Vi venter på svar. Og håber.", "Længe?", "Ja."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("F: Hvad nu? L: Vi venter. F: Længe? L: Ja. F: Nå.", "»L:« 2 gange"),
        (
            "Bilag 1. Per Krog: Hvad nu? Åse Dam: Vi venter. Per Krog: Længe?",
            "»Per Krog:« 2 gange og »Åse Dam:« 1 gang",
        ),
    ],
)
def test_unknown_speakers_inside_paragraphs_are_refused_with_what_to_write(
    text: str, found: str, make_transcript: Any
) -> None:
    with pytest.raises(BlupkitError, match=re.escape(f"flere talere i samme afsnit: {found}")) as caught:
        read_turns(make_transcript("a.txt", text))
    assert "Skriv under udskriften i study.toml, hvem de er: »talere = { " in str(caught.value)


def test_in_a_file_with_turns_an_unknown_label_inside_one_is_listed(make_transcript: Any) -> None:
    lines = ["Ida Holm: Ja.", "Bo Ravn Storm: Nej. KL: det er dem. Så. L9: Og mig?"] + ["Ida Holm: Ja."] * 4
    faults = check_interviews(make_transcript("a.txt", "\n".join(lines)))
    assert faults[["row", "found"]].values.tolist() == [[2, "L9: (1 gang inde i en tur)"]]


def test_a_line_of_the_key_is_no_speech(make_transcript: Any) -> None:
    text = "Moderator (M): Jane\nIda Holm (A1): ansat i byen.\n\nM: Hvad nu?\nA1: Ja.\nM: Nå.\n"
    study = make_transcript("a.txt", text)
    assert turns_of(study) == [("M", "Hvad nu?"), ("A1", "Ja."), ("M", "Nå.")]
    # An entry that ends as a sentence does may have been said.
    assert "Ida Holm (A1): ansat i byen." in check_interviews(study)["found"].tolist()


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ("F: Hvad nu? D1: Vi venter. F: Længe? D1: Ja.", "\n\n"),
        ("F: Hvad nu?\nD1: Vi venter.\nF: Længe?\nD1: Ja.", "\n\n"),
        ("F: Hvad nu? D1: Vi venter. F: Længe? D1: Ja.", " "),
    ],
)
@pytest.mark.parametrize("heading", ["", "Deltagere: "])
def test_a_key_at_the_end_is_nobody_s_speech_and_told(
    said: str, apart: str, heading: str, make_transcript: Any
) -> None:
    key = f"{heading}Facilitator (F): Åse Krog Deltager (D1): Per"
    study = make_transcript("a.txt", f"{said}{apart}{key}\n")
    assert turns_of(study) == [("F", "Hvad nu?"), ("D1", "Vi venter."), ("F", "Længe?"), ("D1", "Ja.")]
    [told] = check_interviews(study).query("expected == 'det, der blev sagt'")["found"]
    assert told == f"{key[:60]}… ({len(key.split())} ord)"


def test_who_is_introduced_once_between_others_speaks(make_transcript: Any) -> None:
    text = "Ida Holm: Hvem er du?\nPer Krog (LP): Jeg er her.\nIda Holm: Og?\nLP: Det var det.\n"
    assert turns_of(make_transcript("a.txt", text)) == [
        ("Ida Holm", "Hvem er du?"),
        ("Per Krog (LP)", "Jeg er her."),
        ("Ida Holm", "Og?"),
        ("LP", "Det var det."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "F\tHvad nu?\nL1\tVi venter: længe.\nF\tNå.",
        "F. Hvad nu?\nL1. Vi venter: længe.\nF. Nå.",
        "F – Hvad nu?\nL1 – Vi venter: længe.\nF – Nå.",
        "F\nHvad nu?\n\nL1\nVi venter: længe.\n\nF\nNå.\n",
        "F: Hvad nu?\nL1: Vi venter: længe.\nF\tNå.",
        "[00:01] F\tHvad nu?\n[00:02] L1\tVi venter: længe.\n[00:03] F\tNå.",
    ],
)
def test_labels_that_end_otherwise_than_with_a_colon_are_labels(text: str, make_transcript: Any) -> None:
    assert turns_of(make_transcript("a.txt", text)) == [("F", "Hvad nu?"), ("L1", "Vi venter: længe."), ("F", "Nå.")]


@pytest.mark.parametrize(
    "line",
    [
        "A. Penge\nB. Tid",
        "Det er dyrt – meget dyrt\nDet er dyrt – meget",
        "Nemlig\nNemlig\nMm\nMm",
        "Navn\tAlder\nNavn\tBy",
    ],
)
def test_a_list_or_a_dash_makes_no_speakers(line: str, make_transcript: Any) -> None:
    text = f"Ida Holm: Vi talte om\n{line}\nBo Ravn Storm: Ja.\nIda Holm: Jo.\n"
    turns = read_turns(make_transcript("a.txt", text))
    assert turns["speaker"].tolist() == ["Ida Holm", "Bo Ravn Storm", "Ida Holm"]
    assert Counter(" ".join(turns["text"]).split()) == Counter(f"Vi talte om {line} Ja. Jo.".split())


@pytest.mark.parametrize("before", ["Så sagde jeg til", "Det er af", "Og så spurgte"])
def test_whom_somebody_speaks_of_in_a_turn_takes_no_words_from_it(make_transcript: Any, before: str) -> None:
    """Until now what was said to Bo was said by Bo."""
    said = f"{before} Bo Ravn Storm: Nej, det går ikke."
    study = make_transcript("a.txt", f"Bo Ravn Storm: Ja.\nIda Holm: {said}\nBo Ravn Storm: Nå.\n")
    assert read_turns(study)[["speaker", "text"]].values.tolist()[1:] == [["Ida Holm", said], ["Bo Ravn Storm", "Nå."]]
    assert check_interviews(study)[["row", "found"]].values.tolist() == [[2, "Bo Ravn Storm: (1 gang inde i en tur)"]]


@pytest.mark.parametrize("over", ["[{}]", "({})", "{{{}}}", "//{}//"])
def test_what_is_typed_in_brackets_of_another_speaker_is_a_turn_of_that_speaker(
    make_transcript: Any, over: str
) -> None:
    """Until now the words, and the label, were those of whoever spoke."""
    inside = over.format("Bo Ravn Storm: jo")
    study = make_transcript("a.txt", f"Bo Ravn Storm: Ja.\nIda Holm: Vi søgte {inside} en pulje (NB: i maj).\n")
    assert read_turns(study)[["speaker", "text"]].values.tolist() == [
        ["Bo Ravn Storm", "Ja."],
        ["Ida Holm", "Vi søgte en pulje (NB: i maj)."],
        ["Bo Ravn Storm", "jo"],
    ]


@pytest.mark.parametrize("line", ["Side 3 af 12", "page 3 of 12", "---", "* * *", "________"])
def test_where_a_page_ends_is_no_word(make_transcript: Any, line: str) -> None:
    study = make_transcript("a.txt", f"Bo Ravn Storm: Vi søgte\n{line}\nen pulje.\nIda Holm: Ja.\n")
    assert read_turns(study)["text"].tolist() == ["Vi søgte en pulje.", "Ja."]
