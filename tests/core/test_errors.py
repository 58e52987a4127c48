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
