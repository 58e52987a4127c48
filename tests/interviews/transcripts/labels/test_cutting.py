"""What no name parts is cut into turns by a rule, and told in numbers; no cue and no word is lost."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.interviews import check_interviews, read_turns


def cue(number: int, start: float, end: float, said: str, ident: str = "") -> str:
    times = " --> ".join(f"{int(t) // 3600:02}:{int(t) // 60 % 60:02}:{t % 60:06.3f}" for t in (start, end))
    return f"{ident or number}\n{times}\n{said}\n"


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n".join(cues)


def faults_of(study: Any, expected: str) -> list[list[Any]]:
    faults = check_interviews(study)
    return faults.loc[faults["expected"] == expected, ["found", "action"]].values.tolist()


def test_a_file_without_names_is_cut_at_sentences_and_pauses_and_told_in_numbers(make_transcript: Any) -> None:
    text = vtt(
        cue(1, 0, 3, "Vi søgte om penge"),
        cue(2, 3.2, 6, "til hallen."),
        cue(3, 6.2, 9, "Det tog lang tid"),
        cue(4, 10.0, 150, "og så"),
    )
    study = make_transcript("a.vtt", text)
    turns = read_turns(study)
    # 6,2 - 6 is no pause, but a sentence ended; 10,0 - 9 = 1,0 is one.
    assert turns["text"].tolist() == ["Vi søgte om penge til hallen.", "Det tog lang tid", "og så"]
    assert turns[["start", "end"]].values.tolist() == [[0, 6], [6.2, 9], [10, 150]]
    [[found, action]] = faults_of(study, "hvem der taler")
    assert found == "undertekster uden talere"
    # 4 + 2 + 4 + 2 words; 150 seconds are 2,5 minutes.
    assert action.startswith("Udskriften (12 ord, 2 minutter) er delt i 3 ture: en tur slutter, hvor programmet")


def test_without_sentences_and_pauses_a_turn_ends_with_the_cue_that_makes_it_150_words(make_transcript: Any) -> None:
    cues = [cue(n, n, n + 1, "ord " * 10) for n in range(40)]
    turns = read_turns(make_transcript("a.vtt", vtt(*cues)))
    assert turns["words"].tolist() == [150, 150, 100]


def test_one_account_is_cut_at_the_utterances_that_the_program_tells_apart(make_transcript: Any) -> None:
    call = "0b1c2d3e-1111-2222-3333-444455556666"
    text = vtt(
        cue(1, 0, 3, "<v Beboerhuset>Vi søgte.</v>", f"{call}/4-0"),
        cue(2, 3, 6, "<v Beboerhuset>Og fik nej.</v>", f"{call}/4-1"),
        cue(3, 6, 9, "<v Beboerhuset>Vi gav</v>", f"{call}/9-0"),
        cue(4, 15, 19, "<v Beboerhuset>afslag.</v>", f"{call}/9-1"),
    )
    study = make_transcript("a.vtt", text)
    assert read_turns(study)["text"].tolist() == ["Vi søgte. Og fik nej.", "Vi gav afslag."]
    [[found, action]] = faults_of(study, "én taler pr. person")
    assert found == "»Beboerhuset« har 2 af 2 ture (8 ord, under et minut)"
    assert action.endswith(
        "Indtil da slutter en tur, hvor programmet skiller ytringer, en sætning slutter, eller der er"
        " en pause på mindst 1 sekund."
    )


def test_a_room_among_others_is_cut_too_and_a_person_is_not(make_transcript: Any) -> None:
    call = "0b1c2d3e-1111-2222-3333-444455556666"
    said = [("Ida Holm", "Ja."), ("Ida Holm", "Og nej."), ("Mødelokale 2", "Vi."), ("Mødelokale 2", "Også os.")]
    cues = [cue(n, 9 * n, 9 * n + 2, f"<v {who}>{text}</v>", f"{call}/{n}-0") for n, (who, text) in enumerate(said)]
    turns = read_turns(make_transcript("a.vtt", vtt(*cues)))
    assert turns["text"].tolist() == ["Ja. Og nej.", "Vi.", "Også os."]


def test_a_turn_that_nobody_holds_alone_is_told(make_transcript: Any) -> None:
    study = make_transcript("a.txt", "Ida Holm: " + "ord " * 1500 + "\nBo Ravn Storm: Ja.\n")
    assert faults_of(study, "ture, som én person kan have sagt uafbrudt")[0][0] == "tur 1 er på 1.500 ord"


def test_words_above_the_first_name_are_nobodys_and_told(make_transcript: Any) -> None:
    text = vtt(cue(1, 0, 3, "Er vi i gang?"), cue(2, 3, 6, "Ida Holm: Ja."), cue(3, 6, 9, "Bo Ravn Storm: Nej."))
    study = make_transcript("a.vtt", text)
    assert read_turns(study)["speaker"].tolist() == ["", "Ida Holm", "Bo Ravn Storm"]
    assert faults_of(study, "en taler til hver tur")[0][0] == "1 af 3 ture uden taler (4 ord, under et minut)"


HEARD = [
    "Vi mangler penge til den nye hal ved skolen.",
    "Kommunen svarer aldrig på vores breve om stien.",
    "Det er de samme fire, der møder op hver gang.",
    "Så nu holder vi et møde om det på torsdag.",
]


@pytest.mark.parametrize(("echoed", "told"), [(4, 1), (3, 1), (0, 0)])
def test_what_two_devices_heard_is_told_with_its_share(echoed: int, told: int, make_transcript: Any) -> None:
    cues = []
    for n, text in enumerate(HEARD):
        again = text.replace("e", "i", 2) if n < echoed else "Noget helt andet siges der nu her hos os."
        cues += [
            cue(n, 20 * n, 20 * n + 5, f"<v Ida Holm>{text}</v>"),
            cue(n, 20 * n + 0.4, 20 * n + 6, f"<v Skærm>{again}</v>"),
        ]
    faults = faults_of(make_transcript("a.vtt", vtt(*cues)), "hvert ord én gang")
    assert len(faults) == told
    if echoed == 4:
        # 9 + 8 + 10 + 10 words, all of them twice.
        assert faults[0][0] == "37 af 37 ord (100\xa0pct.) fra »Skærm« siges samtidig af »Ida Holm«"


def test_talking_at_the_same_time_is_not_saying_the_same(make_transcript: Any) -> None:
    pairs = [("Ja, det er jo det, vi har sagt hele tiden.", "Nej, det er ikke rigtigt, for vi har jo svaret jer.")] * 6
    cues = []
    for n, (one, other) in enumerate(pairs):
        cues += [
            cue(n, 20 * n, 20 * n + 5, f"<v Ida Holm>{one}</v>"),
            cue(n, 20 * n + 1, 20 * n + 6, f"<v Bo>{other}</v>"),
        ]
    assert not faults_of(make_transcript("a.vtt", vtt(*cues)), "hvert ord én gang")


def test_what_two_devices_heard_is_told_of_a_document_too(make_transcript: Any) -> None:
    lines = []
    for n, text in enumerate(HEARD):
        lines += [f"Ida Holm   0:{n}:1.0 --> 0:{n}:6.0\n{text}", f"Skærm   0:{n}:1.5 --> 0:{n}:6.5\n{text}"]
    [[found, _]] = faults_of(make_transcript("a.txt", "\n".join(lines)), "hvert ord én gang")
    assert found == "37 af 37 ord (100\xa0pct.) fra »Skærm« siges samtidig af »Ida Holm«"
