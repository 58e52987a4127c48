"""Quotes: approved, pseudonymised or withheld with the reason; chosen, and set in their context."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from blupkit.interviews import (
    answer_turns,
    approved_quotes,
    check_interviews,
    choose_quotes,
    consents_told,
    quotes_for_all,
    quotes_in_context,
    read_codebook,
    read_turns,
)
from blupkit.interviews.analysis.quotes import shared_quotes
from blupkit.interviews.coding.passage import Codable

HEAD = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"


QUOTES = "interview;tur;start;slut;kode;godkendt_af;note\n"


def quoted(study: Any) -> pd.DataFrame:
    return approved_quotes(study, Codable(read_turns(study), read_codebook(study)))


def test_a_quote_is_pseudonymised_and_told_with_the_role_only(make_study: Any) -> None:
    fg2 = "[00:00:01] M: Og her?\n[00:01:05] L1: Vi bor i Nordfyns Kommune.\n[00:02:00] A1: Ja.\n"
    rows = "fg2;2;0;26;2.1;AT;\nfg1;3;0;18;1.1;AT;\nfg1;2;0;20;2.1;AT;\n"
    study = make_study({"citater.csv": QUOTES + rows, "fg2.txt": fg2, "kodninger_A.tsv": HEAD})
    quotes = quoted(study)
    assert quotes.values.tolist() == [
        ["1", "Roller", "1.1", "Mandat", "A", "Kommunalt ansat", "Det siger [lokalrådsmedlem] altid"],
        ["2", "Økonomi", "2.1", "Puljer", "L", "Lokalrådsmedlem", "Vi bor i [kommune]."],
        ["2", "Økonomi", "2.1", "Puljer", "L", "Lokalrådsmedlem", "Puljerne i [sted]."],
    ]
    assert quotes.columns.tolist() == ["theme", "theme_name", "code", "code_name", "group", "attribution", "text"]
    assert check_interviews(study).empty


#: Two of local councils and one of an employee, all approved; the second of them in the file is shared first.
SHARING = """interview;tur;start;slut;kode;godkendt_af;note;deling
fg1;2;0;20;2.1;AT;;
fg2;2;0;26;2.1;AT;;kommune
fg1;2;21;45;2.1;AT;;kommune
fg1;3;0;18;1.1;;;kommune
"""


def test_one_quote_of_each_group_that_is_approved_and_shared_may_stand_on_every_page(make_study: Any) -> None:
    fg2 = "[00:00:01] M: Og her?\n[00:01:05] L1: Vi bor i Nordfyns Kommune.\n[00:02:00] A1: Ja.\n"
    study = make_study({"citater.csv": SHARING, "fg2.txt": fg2, "kodninger_A.tsv": HEAD})
    codable = Codable(read_turns(study), read_codebook(study))
    # The employee's is not approved, and is told of; of the local councils' two it is the first in the file.
    assert shared_quotes(study, codable)[["group", "text"]].values.tolist() == [["L", "Vi bor i [kommune]."]]
    assert check_interviews(study)["column"].tolist() == ["godkendt_af"]
    told = quotes_for_all(study, pd.DataFrame(columns=["respondent", "group", "variable", "kind", "state", "text"]))
    assert [(one["attribution"], one["text"]) for one in told] == [("Lokalrådsmedlem", "Vi bor i [kommune].")]


def test_another_word_than_the_one_that_shares_a_quote_is_told_of_and_shares_nothing(make_study: Any) -> None:
    study = make_study({"citater.csv": SHARING.replace(";AT;;kommune", ";AT;;ja"), "kodninger_A.tsv": HEAD})
    codable = Codable(read_turns(study), read_codebook(study))
    assert shared_quotes(study, codable).empty
    faults = check_interviews(study)
    wrong = faults[faults["column"] == "deling"]
    assert wrong[["row", "found"]].values.tolist() == [[3, "ja"], [4, "ja"]]
    assert wrong["expected"].unique().tolist() == ["»kommune« eller en tom celle"]


@pytest.mark.parametrize(
    ("row", "found", "expected"),
    [
        ("fg1;9;0;4;1.1;AT;", "fg1 tur 9", "et interview og en tur, der findes"),
        ("fg1;2;0;20;9.9;AT;", "9.9", "en kode fra kodebogen"),
        ("fg1;1;0;4;1.1;AT;", "moderator", "en tur fra en deltager i en af undersøgelsens grupper"),
        ("fg1;2;0;20;2.1;;", "en tom celle", "navnet på den, der har godkendt citatet"),
        ("fg1;2;0;99;2.1;AT;", "0 til 99", "to hele tal fra 0 til 45, det mindste først"),
        ("fg1;2;0;14;2.1;AT;", "Puljerne i Tvæ", "et citat, der begynder og slutter med hele ord"),
        ("fg1;3;20;49;1.1;AT;", "Odense", "ord, der er afgjort"),
    ],
)
def test_a_quote_is_withheld_with_the_reason(row: str, found: str, expected: str, make_study: Any) -> None:
    fg1 = (
        "[00:00:01] M: Hvad er svært?\n[00:00:05] L1: Puljerne i Tværhave. Jeg kan ikke love noget.\n"
        "[00:00:20] A1: Det siger Bo altid, og vi er fra det store Odense.\n"
    )
    study = make_study({"citater.csv": QUOTES + row + "\n", "fg1.txt": fg1, "kodninger_A.tsv": HEAD})
    assert quoted(study).empty
    faults = check_interviews(study)
    assert faults[["row", "found", "expected", "level"]].values.tolist() == [[2, found, expected, "advarsel"]]
    assert faults["action"].iloc[0].startswith("Citatet vises ikke.")


def test_a_settled_candidate_lets_the_quote_through(make_study: Any) -> None:
    fg1 = "[00:00:01] A1: Vi er fra Odense og Fyn.\n[00:00:02] L1: Ja.\n"
    decided = "kandidat;afgoerelse;erstatning;note\nOdense;erstat;[by];\nFyn;behold;;\n"
    files = {"citater.csv": QUOTES + "fg1;1;0;24;1.1;AT;\n", "fg1.txt": fg1, "kodninger_A.tsv": HEAD}
    assert quoted(make_study(files)).empty
    assert quoted(make_study({**files, "afgoerelser.csv": decided}))["text"].tolist() == ["Vi er fra [by] og Fyn."]


def test_a_function_is_settled_once_wherever_it_stands(make_study: Any) -> None:
    fg1 = "[00:00:01] A1: Skolelederen sagde ja.\n[00:00:02] L1: Så sagde skolelederens kone ja.\n"
    files = {
        "citater.csv": QUOTES + "fg1;1;0;22;1.1;AT;\nfg1;2;0;31;1.1;AT;\n",
        "fg1.txt": fg1,
        "kodninger_A.tsv": HEAD,
    }
    study = make_study(files)
    assert quoted(study).empty
    faults = check_interviews(study)
    assert faults["found"].tolist() == ["skolelederen (funktion)"] * 2
    assert faults["action"].str.startswith("Citatet vises ikke.").all()
    decided = "kandidat;afgoerelse;erstatning;note\nskolelederen;erstat;[leder];\n"
    study = make_study({**files, "afgoerelser.csv": decided})
    assert quoted(study)["text"].tolist() == ["[leder] sagde ja.", "Så sagde [leder]s kone ja."]
    assert check_interviews(study).empty


def test_a_pronoun_is_asked_about_and_the_quote_is_shown_meanwhile(make_study: Any) -> None:
    fg1 = "[00:00:01] A1: Det var hun ked af.\n[00:00:02] L1: Ja.\n"
    files = {"citater.csv": QUOTES + "fg1;1;0;19;1.1;AT;\n", "fg1.txt": fg1, "kodninger_A.tsv": HEAD}
    study = make_study(files)
    assert quoted(study)["text"].tolist() == ["Det var hun ked af."]
    [fault] = check_interviews(study).to_dict("records")
    assert (fault["row"], fault["found"], fault["level"]) == (2, "var hun ked (køn)", "advarsel")
    assert fault["action"].startswith("Citatet vises. Kan nogen kendes på det, så skriv erstat i afgoerelser.csv;")
    decided = "kandidat;afgoerelse;erstatning;note\nvar hun ked;erstat;var [en] ked;\n"
    study = make_study({**files, "afgoerelser.csv": decided})
    assert quoted(study)["text"].tolist() == ["Det var [en] ked af."]
    assert check_interviews(study).empty


def test_without_a_register_no_quote_is_shown(make_study: Any) -> None:
    empty = "interview;navn;rolle;kommune;alder;aliasser\n"
    study = make_study({"deltagere.csv": empty, "kodninger_A.tsv": HEAD})
    toml = (study.folder / "study.toml").read_text("utf-8")
    study = make_study({"study.toml": toml.replace('deltagere = "deltagere.csv"\n', ""), "kodninger_A.tsv": HEAD})
    assert quoted(study).empty


def test_quotes_stand_between_what_was_said_before_and_after(make_study: Any) -> None:
    study = make_study()
    assert quotes_in_context(study, read_turns(study)).values.tolist() == [
        [
            *["2.1", "fg1", "2", "AT", "Hvad er svært?", "Puljerne i Tværhave. Jeg kan ikke love noget."],
            "Det siger Bo altid, og vi har intet mandat.",
        ]
    ]


def test_both_sides_are_quoted_before_any_side_twice() -> None:
    quotes = pd.DataFrame({"theme": "1", "group": list("LLLLA"), "code": list("aabbc"), "text": list("vwxyz")})
    assert choose_quotes(quotes, 2)["text"].tolist() == ["v", "z"]
    assert choose_quotes(quotes, 3)["text"].tolist() == ["v", "x", "z"]
    assert choose_quotes(quotes)["text"].tolist() == list("vwxyz")
    assert choose_quotes(quotes.head(0)).empty


CONSENTS = """interview;navn;rolle;kommune;alder;aliasser;samtykke;omfatter
fg1;Moderator;moderator;;;Jane;;
fg1;Bo Ravn Storm;lokalråd;Nordfyns Kommune;60;"Bo;Bos";{};{}
fg1;Ida Holm;ansat;Nordfyns Kommune;40;Ida;2022-05-01;interview; citater
fg1;Tværhave;sted;;;;;
fg2;Per Mathiesen;lokalråd;;;Per;2022-05-01;citater
fg2;Lise Kjeldsen;ansat;;;Lise;2022-05-01;citater
"""


@pytest.mark.parametrize(
    ("day", "covers", "shown", "told"),
    [
        ("2022-05-01", "interview, citater", 0, [("omfatter", "interview, citater")]),
        ("2022-05-01", '"interview; citater"', 1, []),
        ("2022-05-01", "", 0, [("omfatter", "en tom celle")]),
        ("", "citater", 0, [("samtykke", "en tom celle")]),
        ("i maj", "citater", 0, [("samtykke", "i maj")]),
    ],
)
def test_nobody_is_quoted_without_a_consent_that_covers_quotes(
    day: str, covers: str, shown: int, told: list[tuple[str, str]], make_study: Any
) -> None:
    register = CONSENTS.format(day, covers).replace("interview; citater\n", '"interview; citater"\n')
    study = make_study({"deltagere.csv": register})
    assert len(quoted(study)) == shown
    faults = check_interviews(study)
    mine = faults[faults["file"] == "deltagere.csv"]
    assert list(mine[["column", "found"]].itertuples(index=False, name=None)) == told
    assert mine["row"].tolist() == [3] * len(told)
    assert set(faults["level"]) <= {"advarsel"}
    withheld = faults[faults["file"] == "citater.csv"]
    assert withheld["found"].tolist() == ["en deltager uden samtykke til citater"] * (1 - shown)
    assert consents_told(study).startswith("3 af 4" if told and told[0][0] == "samtykke" else "4 af 4")


def test_a_register_of_an_earlier_version_asks_nobody_for_a_consent(make_study: Any) -> None:
    study = make_study()
    assert len(quoted(study)) == 1
    assert check_interviews(study).empty
    assert consents_told(study) == ""


def test_no_open_answer_is_quoted_where_the_consent_does_not_cover_it(make_study: Any) -> None:
    answer = {"respondent": "7", "group": "L", "variable": "ord", "kind": "aaben", "state": "besvaret"}
    answers = pd.DataFrame([{**answer, "text": "Mere tid."}])
    for covers, shown in (('["statistik", "citater"]', 1), ('["statistik"]', 0), ("[]", 0)):
        part = f'[[opbevaring.materiale]]\nnavn = "spoergeskema"\nomfatter = {covers}\n'
        toml = make_study().path("study.toml").read_text("utf-8").split("[[opbevaring")[0] + part
        study = make_study({"citater.csv": QUOTES + "ord;7;0;9;1.1;AT;\n", "study.toml": toml})
        quotes = approved_quotes(study, Codable(answer_turns(answers), read_codebook(study)))
        assert len(quotes) == shown
