"""What the register names is replaced; what else may point to a person is listed."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.core import BlupkitError
from blupkit.interviews import candidates, check_interviews, pseudonymise, read_decisions, read_register

REGISTER = pd.DataFrame(
    [
        ("fg1", "Lise Frandsen", "moderator", ("Lise",)),
        ("fg1", "Teknisk vært", "teknik", ("Oliver",)),
        (
            "fg1",
            "Kirsten Damgaard Lauritsen",
            "lokalråd",
            ("Kirsten", "Kirstens", "Tværhave", "lr.tvaerhave@example.dk"),
        ),
        ("fg2", "Hans Christian Clausen", "lokalråd", ("Hans Christian", "HC")),
        ("fg2", "Mathias Holm Jørgensen", "ansat", ("Mathias",)),
        ("fg1", "Inger-Lise Bach", "omtalt", ("Inger-Lise",)),
        ("fg1", "Poul Erik Storm", "omtalt", ("Poul Erik", "20 00 00 14")),
        ("fg2", "Jørn Mathiesen", "omtalt", ("Jørn",)),
        ("fg2", "Egon Frost", "omtalt", ()),
        ("fg3", "Niels Ole Thomsen", "lokalråd", ("Niels Ole", "Niels Oles")),
        ("fg3", "Kaj Rytter", "omtalt", ("Kaj", "kaj")),
        ("fg1", "Tværhave", "sted", ("tvaerhave",)),
        ("fg2", "Øster Pilshave", "sted", ("Pilshave",)),
    ],
    columns=["interview", "name", "role", "aliases"],
)
UNDECIDED = pd.DataFrame(columns=["candidate", "decision", "replacement", "note"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg hedder Kirsten Damgaard Lauritsen.", "Jeg hedder [lokalrådsmedlem]."),
        ("Det var Kirstens hus.", "Det var [lokalrådsmedlem]s hus."),
        ("KIRSTEN, du er på mute", "[lokalrådsmedlem], du er på mute"),
        ("Kirsten Lauritsen og fru Damgaard", "[lokalrådsmedlem] og fru [lokalrådsmedlem]"),
        ("Inger-Lise og Lise kom.", "[navn udeladt] og [moderator] kom."),
        ("Lise-Lotte og Anne-Lise er andre.", "Lise-Lotte og Anne-Lise er andre."),
        ("Mathiesen ringede til Mathias.", "[navn udeladt] ringede til [medarbejder]."),
        ("Jeg ringede til Storm i går.", "Jeg ringede til [navn udeladt] i går."),
        ("Storm og frost hører vinteren til.", "Storm og frost hører vinteren til."),
        ("Poul Erik Storm kom. Erik også.", "[navn udeladt] kom. [navn udeladt] også."),
        ("Det er en holm i Holms navn.", "Det er en holm i [medarbejder]s navn."),
        ("HC’s og HC's idé", "[lokalrådsmedlem]s og [lokalrådsmedlem]s idé"),
        ("Mathias' bil og 'Mathias'", "[medarbejder]s bil og '[medarbejder]'"),
        ("Niels Oles båd", "[lokalrådsmedlem]s båd"),
        ("ham der kaj", "ham der [navn udeladt]"),
        ("Tværhaves skole og Tværhave-udvalget", "[sted]s skole og [sted]-udvalget"),
        ("ved Øster Pilshave, nej Pilshave", "ved [sted], nej [sted]"),
        ("skriv til lr.tvaerhave@example.dk.", "skriv til [mailadresse]."),
        ("en@anden.dk", "[mailadresse]"),
        (
            "ring 20000014, +20 00 00 14 eller 20-00-00-14",
            "ring [telefonnummer], [telefonnummer] eller [telefonnummer]",
        ),
        ("ring 120000014", "ring 120000014"),
        ("Oliver er teknisk vært i Teknisk Forvaltning", "[vært] er teknisk vært i Teknisk Forvaltning"),
    ],
)
def test_names_places_phones_and_mails_are_replaced_by_the_role(text: str, expected: str) -> None:
    assert pseudonymise(text, REGISTER) == expected


def test_a_surname_that_is_a_word_is_replaced_where_the_text_goes_on_from_before() -> None:
    assert pseudonymise("Storm kom også.", REGISTER, continued=True) == "[navn udeladt] kom også."


def test_the_interview_decides_between_two_rows_with_one_name() -> None:
    two = pd.DataFrame([("fg1", "Per Bak", "ansat", ()), ("fg2", "Per Juul", "lokalråd", ())], columns=REGISTER.columns)
    assert pseudonymise("Så sagde Per.", two, interview="fg1") == "Så sagde [medarbejder]."
    assert pseudonymise("Så sagde Per.", two, interview="fg2") == "Så sagde [lokalrådsmedlem]."


def test_a_changed_register_counts_at_once() -> None:
    register = pd.DataFrame({"interview": ["fg1"], "name": ["Bo Ravn Storm"], "role": ["ansat"], "aliases": [()]})
    assert pseudonymise("Bo kom.", register) == "[medarbejder] kom."
    assert pseudonymise("Bo kom.", register.assign(role="lokalråd")) == "[lokalrådsmedlem] kom."
    assert pseudonymise("Bo kom.", register.assign(name="Ib Ravn")) == "Bo kom."


def test_what_the_consultant_has_decided_to_replace_is_replaced() -> None:
    decisions = pd.DataFrame(
        [("Brugsen", "erstat", "[butik]", ""), ("Aarhus", "behold", "", "")], columns=UNDECIDED.columns
    )
    assert pseudonymise("Fra Aarhus til Brugsens dør", REGISTER, decisions) == "Fra Aarhus til [butik]s dør"


def test_without_a_register_only_mail_addresses_go() -> None:
    assert pseudonymise("Bo: bo@bo.dk", REGISTER.head(0)) == "Bo: [mailadresse]"


ENTRIES = [
    text for name, aliases in zip(REGISTER["name"], REGISTER["aliases"], strict=True) for text in (name, *aliases)
]
pieces = st.sampled_from([*ENTRIES, "og", "holm", "skolen", ",", ".", "”", "(", "…", "kom.", "I går", "14", "–"])


@given(st.lists(pieces, min_size=1, max_size=12), st.sampled_from([" ", "  ", " ”", "/"]))
def test_no_entry_of_the_register_is_left(parts: list[str], between: str) -> None:
    safe = pseudonymise(between.join(parts), REGISTER)
    for entry in ENTRIES:
        assert not re.search(rf"(?<![\w-]){re.escape(entry)}(?![\w-])", safe), (entry, safe)


@given(st.text(alphabet="abc æøåKLS.,-’ 0124@[]", max_size=60))
def test_any_text_can_be_pseudonymised_twice_with_the_same_result(text: str) -> None:
    once = pseudonymise(text, REGISTER)
    assert pseudonymise(once, REGISTER) == once


def found(text: str, **keywords: Any) -> list[tuple[str, str]]:
    table = candidates(pd.Series([text]), REGISTER, UNDECIDED, **keywords)
    return sorted(zip(table["candidate"], table["kind"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi tog til Odense. Der er I.", [("Odense", "navn?")]),
        ("I Nordfyns Kommune: Der var Kirsten.", [("Nordfyns Kommune", "navn?")]),
        ("Storm kom.", [("Storm", "navn?")]),
        ("Komme ud, sagde de, FINDE UD AF DET.", []),
        ("Ring 20 00 00 37 eller 20000037.", [("20 00 00 37", "otte cifre"), ("20000037", "otte cifre")]),
        ("010203-1234 og 0102031234", [("010203-1234", "CPR-lignende nummer"), ("0102031234", "CPR-lignende nummer")]),
        ("Siden 1981 har 2024 kostet 40000.", [("40000", "tal")]),
        ("Se www.tvaerhave.dk/nyt.", [("www.[sted].dk/nyt", "netadresse")]),
        ("Det er enig i. Og jeg gør I. Men nej 😊 Ansatte skal.", []),
    ],
)
def test_what_may_point_to_a_person_is_listed(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_first_word_counts_where_the_text_goes_on_from_before() -> None:
    assert found("Odense er stor.") == []
    assert found("Odense er stor.", continued=True) == [("Odense", "navn?")]


def test_candidates_are_counted_with_context_and_decision() -> None:
    decisions = pd.DataFrame([("Odense", "behold", "", "")], columns=UNDECIDED.columns)
    texts = pd.Series(["fra Odense", "til Odense og Fyn"])
    table = candidates(texts, REGISTER, decisions)
    assert table.values.tolist() == [
        ["Odense", "navn?", 2, "fra Odense", "behold"],
        ["Fyn", "navn?", 1, "til Odense og Fyn", ""],
    ]
    assert texts.tolist() == ["fra Odense", "til Odense og Fyn"]


def test_the_register_is_read_with_its_aliases(make_study: Any) -> None:
    register = read_register(make_study())
    assert register.loc[3].tolist() == [
        "fg1",
        "Bo Ravn Storm",
        "lokalråd",
        "Nordfyns Kommune",
        "60",
        ("Bo", "Bos", "20 00 00 14"),
    ]


def test_a_study_without_register_or_decisions_has_empty_tables(make_study: Any) -> None:
    toml = (make_study().folder / "study.toml").read_text("utf-8")
    toml = toml.replace('deltagere = "deltagere.csv"\n', "").replace('afgoerelser = "afgoerelser.csv"\n', "")
    study = make_study({"study.toml": toml})
    assert read_register(study).empty
    assert read_decisions(study).empty
    assert candidates(pd.Series(["Se Odense"]), read_register(study), read_decisions(study))["candidate"].tolist() == [
        "Odense"
    ]


def test_all_faults_of_the_register_are_told_at_once(make_study: Any) -> None:
    rows = "interview;navn;rolle;kommune;alder;aliasser\nfg9;Bo;lokalråd;;;\nfg1;;borger;;;\n"
    with pytest.raises(BlupkitError) as caught:
        read_register(make_study({"deltagere.csv": rows}))
    assert [str(fault) for fault in caught.value.faults] == [
        "deltagere.csv, række 2, kolonne »interview«: Her står »fg9«. Forventet: et af fg1, fg2. Ret interviewets id.",
        "deltagere.csv, række 3, kolonne »navn«: Her står »en tom celle«. Forventet: et navn eller et sted."
        " Skriv navnet.",
        "deltagere.csv, række 3, kolonne »rolle«: Her står »borger«. Forventet: en af lokalråd, ansat,"
        " moderator, teknik, omtalt, sted. Ret rollen, eller tilføj den under »roller« i study.toml.",
    ]


def test_all_faults_of_the_decisions_are_told_at_once(make_study: Any) -> None:
    rows = "kandidat;afgoerelse;erstatning;note\nFyn;slet;;\nFyn;behold;;\n;behold;;\n"
    study = make_study({"afgoerelser.csv": rows})
    with pytest.raises(BlupkitError):
        read_decisions(study)
    faults = check_interviews(study)
    assert faults[["row", "found", "expected", "action"]].values.tolist() == [
        [2, "slet", "behold eller erstat", "Ret afgørelsen."],
        [3, "Fyn", "hvert ord én gang", "Behold én af rækkerne."],
        [4, "en tom celle", "et ord", "Skriv ordet, eller slet rækken."],
    ]
