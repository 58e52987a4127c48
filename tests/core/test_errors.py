"""Faults: one sentence each, ten at once."""

import pickle

import pytest

from blupkit import core


def make(number: int) -> core.Fault:
    return core.Fault("a.csv", str(number), "1-5", "Ret koden.", row=number, column="k01_v", respondent=f"r{number}")


def test_a_fault_says_where_what_expected_and_what_to_do() -> None:
    assert str(make(7)) == ("a.csv, række 7, besvarelse r7, kolonne »k01_v«: Her står »7«. Forventet: 1-5. Ret koden.")


@pytest.mark.parametrize(("faults", "tail"), [(10, "Ret koden."), (11, "… og 1 mere."), (13, "… og 3 mere.")])
def test_ten_faults_are_shown_and_the_rest_counted(faults: int, tail: str) -> None:
    message = str(core.DataError([make(number) for number in range(faults)]))
    assert message.endswith(tail)
    assert message.count("Forventet") == 10


def test_an_error_crosses_a_process_whole() -> None:
    assert pickle.loads(pickle.dumps(core.DataError(make(3)))).faults == (make(3),)


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (
            "Find pladsen igen med »blupkit place« eller i koderen.",
            "Find pladsen igen med »blupkit place« eller i koderen.",
        ),
        (
            "Skriv det under »talere« i study.toml. Ellers intet.",
            "Skriv det under »talere« i study.toml. Ellers intet.",
        ),
        ("Mente du »Bo sagde op«? Ret »talere« i study.toml: »Bo«.", "Ret »talere« i study.toml: »…«."),
        ("Kør »blupkit check« igen, når »Bo« er »Bodil«.", "Kør »blupkit check« igen, når »…«."),
        ("Tilføj kolonnen »gruppe«.", "Tilføj kolonnen »gruppe«."),
        ("Tilføj kolonnen »gruppe« ved »Bo sagde op«.", "Tilføj kolonnen »gruppe« ved »…«."),
        ("Slet kolonnen »Bo sagde op«.", "Slet kolonnen »…«."),
        ("Ret »Bo sagde op« og kør »blupkit check«.", "Ret »…«."),
        ("Ret »Bo »talere« i study.toml sagde op«.", "Ret »…«."),
    ],
)
def test_a_list_that_may_be_sent_keeps_the_command_and_the_setting_and_no_word_of_anybody(
    action: str, told: str
) -> None:
    table = core.fault_table([core.Fault("fg1.txt", "Bo sagde op", "en taler", action, row=3)])
    assert core.without_words(table, set())["action"].tolist() == [told]
