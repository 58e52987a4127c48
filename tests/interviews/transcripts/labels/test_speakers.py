"""Speakers are never joined to the one before, and what was not taken as a speaker is listed."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.interviews import check_interviews, read_turns

SHAPES = [
    "Storm, Per",
    "Per Storm | Lyngrup",
    "Per Storm / Lyngrup",
    "per.storm@lyngrup.example",
    "Per Storm (ekstern)",
    "[Gæst]",
    "+45 20 00 00 14",
    "iPhone 12",
    "Søren Storm",
    "Émile Storm",
    "Per Storm 😀",
    "Kvinde 2",
    "Louise",
]


def zoom(lines: list[tuple[str, str]]) -> str:
    cues = (
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900\n{who}: {said}" for n, (who, said) in enumerate(lines, start=1)
    )
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def typed(lines: list[tuple[str, str]]) -> str:
    return "\n".join(f"{who}: {said}" for who, said in lines)


@pytest.mark.parametrize("label", SHAPES)
@pytest.mark.parametrize(("name", "write"), [("a.vtt", zoom), ("a.txt", typed)])
def test_a_display_name_of_any_shape_is_a_speaker(name: str, write: Any, label: str, make_transcript: Any) -> None:
    lines = [("Bo Ravn Storm", "Ja."), (label, "Nej: slet ikke."), ("Ida Holm", "Jo."), (label, "Nå.")]
    turns = read_turns(make_transcript(name, write(lines)))
    expected = [(who.strip("[]"), said) for who, said in lines]
    assert list(zip(turns["speaker"], turns["text"], strict=True)) == expected


@pytest.mark.parametrize("role", ["LR", "A", "M"])
def test_roles_in_brackets_make_no_debate_and_the_register_has_the_last_word(role: str, make_transcript: Any) -> None:
    text = "".join(f"{who} ({role}):\n\nNoget andet\n\n" for who in ("Bo Ravn Storm", "Ida Holm", "Bo Ravn Storm"))
    turns = read_turns(make_transcript("a.txt", text))
    assert turns["role"].tolist() == ["lokalråd", "ansat", "lokalråd"]
    assert turns["text"].tolist() == ["Noget andet"] * 3


def test_what_was_not_taken_is_listed_with_its_count_and_line(make_transcript: Any) -> None:
    text = (
        "Bo Ravn Storm: Ja.\nTværkær: det gik.\nIda Holm: Jo.\nOg så: nej.\nDerfor: nu.\nOg så: igen.\n"
        "Her er noget langt, som ingen hedder, men: så.\n"
    )
    faults = check_interviews(make_transcript("a.txt", text))
    listed = faults[faults["expected"].str.startswith("en taler, eller")]
    assert listed[["row", "found"]].values.tolist() == [[2, "Tværkær: (1 gang)"], [4, "Og så: (2 gange)"]]


def test_where_labels_carry_times_a_word_is_none_but_is_listed(make_transcript: Any) -> None:
    text = "[00:01] Ida Holm: Ja.\n[00:02] Bo Ravn Storm: Nej.\nResultatet: nul.\nL3: Og jeg?\nResultatet: ét.\n"
    study = make_transcript("a.txt", text)
    assert read_turns(study)["speaker"].tolist() == ["Ida Holm", "Bo Ravn Storm", "L3"]
    assert "Resultatet: (2 gange)" in check_interviews(study)["found"].tolist()


def test_a_label_that_may_mean_two_is_asked_about_and_a_guess_is_told(make_transcript: Any) -> None:
    register = (
        "interview;navn;rolle;kommune;alder;aliasser\nfg1;Ida Holm;ansat;;;\nfg1;Ida Krog;ansat;;;\n"
        "fg1;Per Tøt;lokalråd;;;\n"
    )
    study = make_transcript("a.txt", "Ida: Ja.\nPT: Nej.\nIda: Jo.\nIda Krog: Nå.\nPT: Så.\n", register=register)
    turns, faults = read_turns(study), check_interviews(study)
    assert turns["speaker"].tolist() == ["Ida", "Per Tøt", "Ida", "Ida Krog", "Per Tøt"]
    assert turns["group"].tolist() == ["", "L", "", "A", "L"]
    asked = faults[faults["found"].isin(["Ida (2 ture)", "PT (2 ture)"])]
    assert asked[["row", "expected"]].values.tolist() == [
        [1, "én person; det kan være »Ida Holm« eller »Ida Krog«"],
        [2, "»Per Tøt«, som det er læst"],
    ]
    assert asked["action"].iloc[0] == 'Skriv under talere i study.toml, hvem det er: »"Ida" = "Ida Holm"«.'
    # Neither is told to be unknown.
    assert not faults["found"].str.contains("tur 1").any()


def test_what_several_say_at_once_is_nobodys_and_told(make_transcript: Any) -> None:
    text = "L1: Penge.\nL1+A1: Penge!\nAlle: (griner)\n[i munden på hinanden]: Mm.\nA1: Ja.\nL1/A1: Jo jo.\nM: Tak.\n"
    study = make_transcript("a.txt", text, speakers='L1 = "Bo Ravn Storm", A1 = "Ida Holm", M = "Moderator"')
    turns, faults = read_turns(study), check_interviews(study)
    assert turns["group"].tolist() == ["L", "", "", "", "A", "", ""]
    assert faults["found"].tolist() == [
        "L1+A1 (1 tur, 1 ord)",
        "Alle (1 tur, 1 ord)",
        "i munden på hinanden (1 tur, 1 ord)",
        "L1/A1 (1 tur, 2 ord)",
    ]


def test_several_may_be_letters_and_names_and_are_called_both_or_all(make_transcript: Any) -> None:
    text = "L1: Penge.\nBegge: Ja.\nL1 & Ida Holm: Jo.\nAlle sammen: Mm.\nI kor: Nej.\nIda Holm: Både tid: og ro.\n"
    study = make_transcript("a.txt", text, speakers='L1 = "Bo Ravn Storm"')
    assert read_turns(study)[["speaker", "text"]].values.tolist() == [
        ["Bo Ravn Storm", "Penge."],
        ["Begge", "Ja."],
        ["L1 & Ida Holm", "Jo."],
        ["Alle sammen", "Mm."],
        ["I kor", "Nej."],
        ["Ida Holm", "Både tid: og ro."],
    ]
    assert (check_interviews(study)["expected"] == "én taler ad gangen").sum() == 4


def test_a_post_behind_a_name_is_no_speech_and_what_may_be_one_is_told(make_transcript: Any) -> None:
    """Until now all of it was said by whoever spoke before, and where it stood once nobody was told."""
    text = (
        "Ida Holm: Ja.\nBo Ravn Storm, formand for rådet: Nej.\nIda Holm: Jo.\n"
        "Bo Ravn Storm, hvad siger du: er det nok?\n[Bo Ravn Storm] Det er det.\n[Larm udefra] Så.\n"
    )
    study = make_transcript("a.txt", text)
    turns, faults = read_turns(study), check_interviews(study)
    assert turns["speaker"].tolist() == ["Ida Holm", "Bo Ravn Storm", "Ida Holm"]
    assert turns["text"].tolist()[1] == "Nej."
    assert faults[["row", "found"]].values.tolist() == [
        [4, "Bo Ravn Storm, hvad siger du: (1 gang)"],
        [5, "[Bo Ravn Storm] (1 gang)"],
        [2, "Bo Ravn Storm, formand for rådet (1 tur)"],
    ]


def test_where_a_program_names_nearly_every_line_a_name_may_look_like_a_word(make_transcript: Any) -> None:
    lines = [("Ida Holm", "Ja."), ("kommunen", "Nej."), ("Beboerhuset i Lyngrup", "Jo."), ("Ida Holm", "Nå.")]
    assert read_turns(make_transcript("a.vtt", zoom(lines)))["speaker"].tolist() == [who for who, _ in lines]
    talk = zoom(lines).replace("Ida Holm: Nå.", "og så sagde kommunen: Nå.")
    assert len(read_turns(make_transcript("a.vtt", talk))) == 3


def test_speakers_behind_the_sign_of_atlas_ti_are_speakers(make_transcript: Any) -> None:
    study = make_transcript("a.txt", "@Ida Holm: Ja.\n@Per: Skriv til\n@bo: nu.\n@Ida Holm: Nej.\n@Per: Jo.\n")
    assert read_turns(study)[["speaker", "text"]].values.tolist() == [
        ["Ida Holm", "Ja."],
        ["Per", "Skriv til"],
        ["Bo Ravn Storm", "nu."],
        ["Ida Holm", "Nej."],
        ["Per", "Jo."],
    ]


def test_a_remark_that_begins_as_a_turn_is_told(make_transcript: Any) -> None:
    text = "Ida Holm: Ja.\n#Bo: Det var sagt.\n# Bo: lokalråd\n#NB: Lyden.\n#NB: Igen.\nIda Holm: Nå.\n#Bo: Jo.\n"
    study = make_transcript("a.txt", text)
    assert read_turns(study)["text"].tolist() == ["Ja.", "Nå."]
    told = check_interviews(study).query("expected == 'en bemærkning'")
    assert told[["row", "found"]].values.tolist() == [[2, "#Bo: (2 gange)"]]


LABELLED = "Ida Holm: Ja.\nBo Ravn Storm: Nej.\nIda Holm: Jo.\nBo Ravn Storm: Nå.\n{} Det skal vi.\nIda Holm: Tak.\n"


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("Formanden:", "Formanden:"),
        ("En i salen:", "En i salen:"),
        ("De andre:", "De andre:"),
        ("Bo Ravn Storm;", "Bo Ravn Storm;"),
        ("Bo Ravn Storm –", "Bo Ravn Storm –"),
        ("[L1]", "[L1]"),
        ("L1", "L1"),
        ("L1)", "L1)"),
    ],
)
def test_where_every_line_begins_with_a_speaker_any_other_beginning_is_told(
    make_transcript: Any, start: str, told: str
) -> None:
    """Until now its words were another's, unsaid: it stood there once, and is an everyday word or has no colon."""
    faults = check_interviews(make_transcript("a.txt", LABELLED.format(start)))
    assert faults[["row", "found"]].values.tolist() == [[5, f"{told} (1 gang)"]]


def test_lines_that_were_broken_anywhere_begin_with_no_speaker(make_transcript: Any) -> None:
    text = "Ida Holm: Vi har to ting\nat sige\nEt: det går\ngodt.\nBo Ravn Storm: Vi har L1\nog\nto: nej.\n"
    study = make_transcript("a.txt", text)
    assert read_turns(study)["text"].tolist() == ["Vi har to ting at sige Et: det går godt.", "Vi har L1 og to: nej."]
    assert check_interviews(study).empty


@pytest.mark.parametrize("label", ["Deltagerne", "Hele gruppen", "Alle (griner)", "Flere i salen", "Publikum"])
def test_what_a_whole_group_says_is_a_turn_of_nobody_alone(make_transcript: Any, label: str) -> None:
    study = make_transcript("a.txt", LABELLED.format(f"{label}:"))
    turns = read_turns(study)
    assert turns[["speaker", "group", "text"]].values.tolist()[4] == [label, "", "Det skal vi."]
    [told] = check_interviews(study).to_dict("records")
    assert (told["row"], told["expected"]) == (5, "én taler ad gangen")


@pytest.mark.parametrize("label", ["?", "??", "(?)", "Mand", "Referent"])
def test_somebody_whom_the_typist_did_not_know_is_a_speaker(make_transcript: Any, label: str) -> None:
    turns = read_turns(make_transcript("a.txt", LABELLED.format(f"{label}:")))
    assert turns[["speaker", "text"]].values.tolist()[4] == [label, "Det skal vi."]


@pytest.mark.parametrize("line", ["{}) {}", "({}) {}", "<{}> {}", "{}; {}", "{} | {}", "{}> {}", "{}:: {}"])
def test_labels_with_another_sign_than_a_colon_are_read_where_the_file_keeps_to_it(
    make_transcript: Any, line: str
) -> None:
    turns = [("Ida Holm", "Ja."), ("Bo Ravn Storm", "Nej."), ("Ida Holm", "Jo; nå.")]
    study = make_transcript("a.txt", "\n".join(line.format(*turn) for turn in turns))
    assert read_turns(study)[["speaker", "text"]].values.tolist() == [list(turn) for turn in turns]


def test_a_star_before_a_label_is_no_word_and_the_letter_i_may_be_a_first_name(make_transcript: Any) -> None:
    study = make_transcript("a.txt", "* Bo Ravn Storm: Hvad gør I?\n* I. Holm: Vi skriver.\n* Bo Ravn Storm: Tak.\n")
    assert read_turns(study)[["speaker", "text"]].values.tolist() == [
        ["Bo Ravn Storm", "Hvad gør I?"],
        ["Ida Holm", "Vi skriver."],
        ["Bo Ravn Storm", "Tak."],
    ]


def test_in_subtitles_of_youtube_too_what_stands_before_a_colon_is_told(make_transcript: Any) -> None:
    lines = [
        ("Ida Holm", "Ja."),
        ("Bo Ravn Storm", "Nej."),
        ("Ida Holm", "Jo."),
        ("Formanden", "Nå."),
        ("Ida Holm", "Tak."),
    ]
    cues = (f"0:00:0{n}.100,0:00:0{n}.900\n{who}: {words}\n" for n, (who, words) in enumerate(lines))
    assert read_turns(make_transcript("a.sbv", "\n".join(cues)))["speaker"].tolist() == [who for who, _ in lines]
