"""What the register names is replaced by a word for the role."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.privacy.people import REGISTER, UNDECIDED

from blupkit.interviews import pseudonymise
from blupkit.interviews.privacy.pseudonyms import names_of

ENTRIES = [
    text for name, aliases in zip(REGISTER["name"], REGISTER["aliases"], strict=True) for text in (name, *aliases)
]
pieces = st.sampled_from([*ENTRIES, "og", "holm", "skolen", ",", ".", "”", "(", "…", "kom.", "I går", "14", "–"])


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


MORE = pd.concat(
    [
        REGISTER,
        pd.DataFrame(
            [
                ("fg1", "Hans Peter Møller", "ansat", (), "[medarbejder]"),
                ("fg1", "Ida Storm", "ansat", (), "[medarbejder]"),
                ("fg1", "Jens Holm", "lokalråd", ("HC",), "[lokalrådsmedlem]"),
                ("fg1", "Anne-Marie Bach", "lokalråd", (), "[lokalrådsmedlem]"),
                ("fg1", "Max Vang", "ansat", (), "[medarbejder]"),
                ("fg1", "Nr. Lyngholt", "sted", (), "[sted]"),
                ("fg1", "Lund", "sted", (), "[sted]"),
                ("fg1", "Store Strand", "sted", (), "[sted]"),
                ("fg1", "Ravnsø Mark", "sted", (), "[sted]"),
            ],
            columns=REGISTER.columns,
        ),
    ],
    ignore_index=True,
)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("H.P. Møller/H. P. Møller/HP Møller/H P Møller/H.Møller/H. Møller/Hans P. Møller/H. Peter Møller", "X"),
        ("H.P. MØLLER/Hans Møller/HANS PETER MØLLER/Hans-Peter Møller", "X"),
        ("H.P. Møllers/H.P. Møller’s/Max’s/Max's/Maxs/Maxes/MAX's/Max´s", "Xs"),
        ("Anne-Marie/Anne Marie/Annemarie/AnneMarie/ANNE-MARIE/A.-M. Bach/A.M. Bach/AM Bach/HC/H.C.", "Y"),
        ("Jenss/Jens's/Jens’s/Jenses/Annemaries/Anne Marie's", "Ys"),
        (
            "Nr. Lyngholt/Nr Lyngholt/Nr.Lyngholt/nr. lyngholt/Nørre Lyngholt/Ndr. Lyngholt/N. Lyngholt",
            "Z",
        ),
        (
            "NØRRE LYNGHOLT/Nørrelyngholt/Lyngholt/lyngholt/tværhave/St. Strand/Store Strand/Ø. Pilshave",
            "Z",
        ),
        ("Ravnsø Mark/ravnsø mark/RAVNSØ MARK/ravnsømark", "Z"),
        (
            "Tværhaveborger/tværhaveborger/Tvaerhaveborger/Lyngholtborger/Nørrelyngholtborger/Ravnsø Markborger",
            "Z-borger",
        ),
        ("Nytværhave/Nytværhaves", "Ny-Z"),
    ],
)
def test_a_name_is_known_in_every_spelling(texts: str, expected: str) -> None:
    words = {"X": "[medarbejder]", "Y": "[lokalrådsmedlem]", "Z": "[sted]"}
    said = expected.replace(expected.strip("sborgey-N"), words[expected.strip("sborgey-N")])
    for text in texts.split("/"):
        ending = "s" if text == "Nytværhaves" else ""
        assert pseudonymise(f"Det var {text} ja.", MORE) == f"Det var {said}{ending} ja."


@pytest.mark.parametrize(
    "text",
    [
        "I går kom I storm og regn.",
        "Lundborger og lundvej, en lund ved en strand.",
        "Store strande og lille lund.",
        "Annemarken, maksimum og hanse.",
    ],
)
def test_words_that_hold_a_name_are_left_alone(text: str) -> None:
    assert pseudonymise(text, MORE) == text


def test_a_full_stop_after_a_name_stays() -> None:
    assert pseudonymise("Det sagde HC. Og H.C. med.", MORE) == "Det sagde [lokalrådsmedlem]. Og [lokalrådsmedlem] med."


def test_a_surname_that_is_a_word_is_replaced_where_the_text_goes_on_from_before() -> None:
    assert pseudonymise("Storm kom også.", REGISTER, continued=True) == "[navn udeladt] kom også."


def test_the_interview_decides_between_two_rows_with_one_name() -> None:
    rows = [
        ("fg1", "Per Bak", "ansat", (), "[medarbejder]"),
        ("fg2", "Per Juul", "lokalråd", (), "[lokalrådsmedlem]"),
    ]
    two = pd.DataFrame(rows, columns=REGISTER.columns)
    assert pseudonymise("Så sagde Per.", two, interview="fg1") == "Så sagde [medarbejder]."
    assert pseudonymise("Så sagde Per.", two, interview="fg2") == "Så sagde [lokalrådsmedlem]."


def test_a_changed_register_counts_at_once() -> None:
    person = {
        "interview": "fg1",
        "name": "Bo Ravn Storm",
        "role": "ansat",
        "aliases": (),
        "replacement": "[medarbejder]",
    }
    register = pd.DataFrame([person])
    assert pseudonymise("Bo kom.", register) == "[medarbejder] kom."
    assert pseudonymise("Bo kom.", register.assign(replacement="[lokalrådsmedlem]")) == "[lokalrådsmedlem] kom."
    assert pseudonymise("Bo kom.", register.assign(name="Ib Ravn")) == "Bo kom."


def test_what_the_consultant_has_decided_to_replace_is_replaced() -> None:
    decisions = pd.DataFrame(
        [("Brugsen", "erstat", "[butik]", ""), ("Aarhus", "behold", "", "")], columns=UNDECIDED.columns
    )
    assert pseudonymise("Fra Aarhus til Brugsens dør", REGISTER, decisions) == "Fra Aarhus til [butik]s dør"


def test_without_a_register_only_mail_addresses_go() -> None:
    assert pseudonymise("Bo: bo@bo.dk", REGISTER.head(0)) == "Bo: [mailadresse]"


@given(st.lists(pieces, min_size=1, max_size=12), st.sampled_from([" ", "  ", " ”", "/"]))
def test_no_entry_of_the_register_is_left(parts: list[str], between: str) -> None:
    safe = pseudonymise(between.join(parts), REGISTER)
    for entry in ENTRIES:
        assert not re.search(rf"(?<![\w-]){re.escape(entry)}(?![\w-])", safe), (entry, safe)


@given(st.text(alphabet="abc æøåKLS.,-’ 0124@[]", max_size=60))
def test_any_text_can_be_pseudonymised_twice_with_the_same_result(text: str) -> None:
    once = pseudonymise(text, REGISTER)
    assert pseudonymise(once, REGISTER) == once


@pytest.mark.parametrize(
    "name",
    [
        "Kirs\N{SOFT HYPHEN}ten",
        "Kirsten\N{NO-BREAK SPACE}Lauritsen",
        "Tv\N{ZERO WIDTH SPACE}ærhave",
        "Mathia\N{WORD JOINER}s",
    ],
)
def test_a_name_with_signs_that_nobody_sees_is_replaced(name: str) -> None:
    assert pseudonymise(f"Vi mødte {name} her.", REGISTER) in {
        f"Vi mødte {word} her." for word in ("[lokalrådsmedlem]", "[sted]", "[medarbejder]")
    }
    assert names_of(REGISTER).found_in(f"Vi mødte {name} her.")
    assert names_of(REGISTER).blanked_in(f"Vi mødte {name} her.").startswith("Vi mødte ___")


def test_a_name_in_letters_of_two_parts_is_replaced() -> None:
    place = unicodedata.normalize("NFD", "Tværhave og Øster Pilshave")
    assert pseudonymise(f"ved {place}", REGISTER) == "ved [sted] og [sted]"
