"""Agreement: Krippendorff's own examples, and small tables counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from blupkit.core import Study
from blupkit.interviews import Codebook, Coded, coder_agreement, disagreements, shown_agreement, text_agreement
from blupkit.interviews.analysis.agreement import double_coded
from blupkit.interviews.analysis.alpha import alpha

CODES = Codebook(
    pd.DataFrame({"code": ["1.1", "1.2"], "name": ["Mandat", "Roller"], "theme": "1", "theme_name": "Roller"})
)
TURNS = pd.DataFrame(
    {
        "interview": ["fg1"] * 4 + ["fg2"],
        "turn": [1, 2, 3, 4, 1],
        "speaker": ["M", "Bo", "Ida", "Bo", "Per"],
        "role": ["moderator", "ansat", "ansat", "ansat", "ansat"],
        "group": ["", "A", "A", "A", "A"],
        "text": ["Nå?", "Ja.", "Nej.", "Måske.", "Det ved jeg ikke."],
    }
)


def coded(*rows: tuple[str, str, int, str]) -> Coded:
    codings = pd.DataFrame(rows, columns=["coder", "interview", "turn", "code"]).assign(source="kodet")
    return Coded(TURNS, CODES, codings)


BOTH = coded(("A", "fg1", 2, "1.1"), ("B", "fg1", 2, "1.1"), ("A", "fg1", 3, "1.1"), ("A", "fg2", 1, "1.1"))


def test_four_coders_and_twelve_units_are_as_krippendorff_has_them() -> None:
    # Krippendorff (2011), data with four observers: nominal alpha = .743
    rows = {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    assert alpha(pd.DataFrame(rows)) == pytest.approx(0.743, abs=0.0005)


def test_two_coders_and_many_labels_are_as_krippendorff_has_them() -> None:
    # Krippendorff (2011), nominal data with two observers: alpha = .692
    labels = {"A": list("aabbdcccedda"), "B": list("babbbccceddd")}
    assert alpha(pd.DataFrame(labels)) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    "labels", [{"A": [0, 0], "B": [0, 0]}, {"A": [1, 0]}, {"A": [1, None], "B": [None, 1]}, {"A": [], "B": []}]
)
def test_where_nothing_varies_or_nobody_shares_a_unit_alpha_is_not_defined(labels: dict[str, list[Any]]) -> None:
    assert np.isnan(alpha(pd.DataFrame(labels)))


def test_the_unit_is_turn_by_code_without_the_moderator_and_only_where_several_coded() -> None:
    table = double_coded(BOTH)
    assert set(table.index.get_level_values("interview")) == {"fg1"}
    assert set(table.index.get_level_values("turn")) == {2, 3, 4}
    assert len(table) == 3 * 2
    assert table.loc[("fg1", 3, "1.1")].to_dict() == {"A": 1.0, "B": 0.0}


def test_agreement_is_counted_by_code_and_in_total() -> None:
    before = BOTH.codings.copy()
    table = coder_agreement(BOTH).set_index(["item", "measure"])
    assert table.loc[("1.1", "Begge"), ["value", "n"]].tolist() == [1.0, 3]
    assert table.loc[("1.1", "Kun én"), "value"] == 1.0
    assert np.isnan(table.loc[("1.2", "Alfa"), "value"])
    # By hand for 1.1: A 1, 1, 0 and B 1, 0, 0. Do = 1/3; De = 2 · 3 · 3 / (6 · 5) = 0.6; 1 - Do / De = 4/9
    assert table.loc[("1.1", "Alfa"), "value"] == pytest.approx(4 / 9)
    assert table.loc[("i alt", "Alfa"), "n"] == 6
    assert BOTH.codings.equals(before)


def test_disagreements_name_who_gave_the_code_and_who_did_not() -> None:
    assert disagreements(BOTH).values.tolist() == [["1.1", "Mandat", "fg1", 3, "A", "B", "Nej."]]


def test_one_coder_alone_gives_no_number(make_study: Any) -> None:
    alone = Coded(TURNS, CODES, BOTH.codings[BOTH.codings["coder"] == "A"])
    table = coder_agreement(alone)
    assert table.empty
    assert "kan ikke opgøres" in text_agreement(table, alone, make_study())


def test_a_reflexive_study_has_no_coefficient(make_study: Any) -> None:
    study: Study = make_study()
    assert study.interviews is not None
    reflexive = study.model_copy(update={"interviews": study.interviews.model_copy(update={"approach": "refleksiv"})})
    table = coder_agreement(BOTH)
    assert shown_agreement(table, reflexive).empty
    assert not any(sign.isdigit() for sign in text_agreement(table, BOTH, reflexive))
    assert "**0,44**" not in text_agreement(table, BOTH, reflexive)
    said = text_agreement(table, BOTH, study)
    assert "interview er kodet af flere personer hver for sig, A og B. De har taget stilling til 3 ture" in said
    assert " 3 ture fra deltagerne og 2 koder" in said
