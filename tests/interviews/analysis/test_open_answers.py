"""The survey's open answers, coded with the interviews' codebook: five people's answers, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from blupkit.core import BlupkitError, Study, read_edition, read_study
from blupkit.disclosure import Draft, suppress
from blupkit.interviews import (
    Coded,
    answer_turns,
    approved_quotes,
    check_interviews,
    finding_open_answers,
    open_answer_tables,
    read_codebook,
    read_coded_answers,
    read_turns,
    suggest_codes,
    text_open_answers,
)
from blupkit.interviews.analysis.open_answers import open_answer_counts
from blupkit.interviews.coding.passage import Codable
from blupkit.survey import read_responses

DEMO = Path(__file__).parents[3] / "data" / "demo"
HEAD = "spoergsmaal\tbesvarelse\tstart\tend\tcode\tquote\n"
CODED = (
    "ord\t7\t0\t16\t2.1\tPuljerne er små.\n"
    "ord\t7\t17\t36\t1.1\tIngen har mandatet.\n"
    "mere\t7\t0\t11\t2.1\tFlere fonde\n"
    "ord\t9\t0\t14\t1.1\tDet ved Bo alt\n"
)


def answers() -> pd.DataFrame:
    rows = [
        ("7", "L", "ord", "besvaret", "Puljerne er små. Ingen har mandatet."),
        ("8", "L", "ord", "besvaret", "Ved ikke"),
        ("9", "A", "ord", "besvaret", "Det ved Bo alt om."),
        ("10", "A", "ord", "ubesvaret", ""),
        ("7", "L", "mere", "besvaret", "Flere fonde"),
        ("10", "A", "mere", "besvaret", "Nej"),
        ("11", "L", "til_sidst", "besvaret", "Tak for denne gang"),
    ]
    frame = pd.DataFrame(rows, columns=["respondent", "group", "variable", "state", "text"])
    closed = frame.assign(variable="k1", kind="niveau")
    return pd.concat([frame.assign(kind="aaben"), closed], ignore_index=True)


def with_codings(make_study: Any, lines: str, **files: str) -> Study:
    """The small study of interviews, with a file of coded answers."""
    toml = (make_study().folder / "study.toml").read_text("utf-8")
    toml = toml.replace('citater = "citater.csv"\n', 'citater = "citater.csv"\nkodninger_aabne = "aabne.tsv"\n')
    return make_study({"study.toml": toml, "aabne.tsv": HEAD + lines} | files)


def test_an_answer_is_laid_out_as_a_turn() -> None:
    turns = answer_turns(answers())
    assert turns.columns.tolist() == ["interview", "turn", "speaker", "role", "group", "text"]
    assert turns[["interview", "turn"]].values.tolist() == [
        ["mere", "7"],
        ["mere", "10"],
        ["ord", "7"],
        ["ord", "8"],
        ["ord", "9"],
        ["til_sidst", "11"],
    ]


def test_codings_of_answers_are_read_with_their_theme(make_study: Any) -> None:
    study = with_codings(make_study, CODED)
    codings = read_coded_answers(study, answers()).codings
    assert codings.iloc[1].tolist() == [
        "",
        "ord",
        "7",
        17,
        36,
        "1.1",
        "1",
        "",
        "",
        "Ingen har mandatet.",
        "kodet",
        "",
        "",
    ]
    assert len(codings) == 4
    assert check_interviews(study, answers()).empty


def test_a_study_without_coded_answers_has_none(make_study: Any) -> None:
    study = make_study()
    coded = read_coded_answers(study, answers())
    assert coded.codings.empty
    assert open_answer_counts(coded).empty


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (
            "andet\t7\t0\t8\t2.1\tPuljerne",
            "spoergsmaal",
            "»andet«. Forventet: et af mere, ord, til_sidst. Ret spørgsmålets variabel.",
        ),
        (
            "ord\t11\t0\t8\t2.1\tPuljerne",
            "besvarelse",
            "»11«. Forventet: en besvarelse, hvor der er skrevet noget her. Ret besvarelsens id.",
        ),
        (
            "ord\t7\t8\t8\t2.1\t",
            "start",
            "»8 til 8«. Forventet: to hele tal, det mindste først. Ret pladsen i teksten.",
        ),
        ("ord\t7\t0\t8\t2.2\tPuljerne", "code", "»2.2«. Forventet: en kode fra kodebogen. Mente du »2.1«?"),
    ],
)
def test_a_coding_of_an_answer_that_cannot_be_used_stops_with_its_row(
    line: str, column: str, message: str, make_study: Any
) -> None:
    study = with_codings(make_study, line + "\n")
    with pytest.raises(BlupkitError) as caught:
        read_coded_answers(study, answers())
    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert message in str(fault)


def test_a_missing_column_of_coded_answers_is_told(make_study: Any) -> None:
    study = with_codings(make_study, "")
    (study.folder / "aabne.tsv").write_text(HEAD.replace("\tquote", ""), "utf-8")
    with pytest.raises(BlupkitError, match="Tilføj kolonnen »quote«"):
        read_coded_answers(study, answers())


def test_a_coding_of_an_answer_that_has_changed_is_set_aside_and_told(make_study: Any) -> None:
    study = with_codings(make_study, "ord\t7\t0\t6\t2.1\tPuljen\nord\t9\t0\t90\t2.1\tDet\n")
    assert read_coded_answers(study, answers()).codings.empty
    faults = check_interviews(study, answers())
    aside = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
    assert faults[["row", "column", "expected", "action", "level"]].values.tolist() == [
        [2, "quote", "de ord, der nu står i teksten: »Puljer«", aside, "advarsel"],
        [3, "end", "højst 18, for så lang er teksten", aside, "advarsel"],
    ]
    assert check_interviews(study).empty


def test_persons_are_counted_once_for_a_theme_among_those_whose_question_is_coded(make_study: Any) -> None:
    study = with_codings(make_study, CODED)
    coded = read_coded_answers(study, answers())
    before = coded.codings.copy(), coded.turns.copy()
    table = open_answer_counts(coded)
    # L: 7 and 8 (11 answered only a question that nobody has coded); A: 9 and 10. Theme 2: 7 in two questions.
    assert sorted(table[["group", "item", "measure", "value", "n", "highest"]].values.tolist()) == [
        ["A", "1", "Personer", 1.0, 2, 2.0],
        ["A", "2", "Personer", 0.0, 2, 2.0],
        ["L", "1", "Personer", 1.0, 2, 2.0],
        ["L", "2", "Personer", 1.0, 2, 2.0],
    ]
    assert set(table["municipality"]) == {"alle"}
    assert table["distribution"].all()
    pd.testing.assert_frame_equal(before[0], coded.codings)
    pd.testing.assert_frame_equal(coded.turns, before[1])


def test_one_question_can_be_counted_alone(make_study: Any) -> None:
    study = with_codings(make_study, CODED)
    coded = read_coded_answers(study, answers())
    table = open_answer_counts(coded, "mere")
    assert sorted(table[["group", "item", "value", "n"]].values.tolist()) == [
        ["A", "1", 0.0, 1],
        ["A", "2", 0.0, 1],
        ["L", "1", 0.0, 1],
        ["L", "2", 1.0, 1],
    ]
    with pytest.raises(BlupkitError, match=r"»andet«\. Forventet: mere, ord eller til_sidst"):
        open_answer_counts(coded, "andet")


def test_suggestions_are_found_in_answers_and_never_counted(make_study: Any) -> None:
    codable = Codable(answer_turns(answers()), read_codebook(make_study()))
    suggested = suggest_codes(codable)
    assert suggested[["interview", "turn", "code", "quote"]].values.tolist() == [
        ["mere", "7", "2.1", "Flere fonde"],
        ["ord", "7", "2.1", "Puljerne er små."],
        ["ord", "7", "1.1", "Ingen har mandatet."],
    ]
    assert open_answer_counts(Coded(codable.turns, codable.codebook, suggested)).empty


def test_an_answer_is_quoted_only_when_it_is_approved_and_settled(make_study: Any) -> None:
    quotes = (
        "interview;tur;start;slut;kode;godkendt_af;note\nord;7;0;16;2.1;AT;\nord;9;0;18;1.1;;\nmere;7;0;11;2.1;AT;\n"
    )
    study = with_codings(make_study, "", **{"citater.csv": quotes})
    both = Codable(pd.concat([read_turns(study), answer_turns(answers())]), read_codebook(study))
    assert approved_quotes(study, both)[["attribution", "text"]].values.tolist() == [
        ["Lokalrådsmedlem", "Puljerne er små."],
        ["Lokalrådsmedlem", "Flere fonde"],
    ]
    faults = check_interviews(study, answers())
    assert faults[["row", "column", "level"]].values.tolist() == [[3, "godkendt_af", "advarsel"]]


def test_a_name_in_an_answer_is_replaced_or_keeps_the_quote_back(make_study: Any) -> None:
    quotes = "interview;tur;start;slut;kode;godkendt_af;note\nord;9;0;18;1.1;AT;\nord;8;0;17;1.1;AT;\n"
    study = with_codings(make_study, "", **{"citater.csv": quotes})
    written = answers().replace({"Ved ikke": "Spørg i Odense nu"})
    both = Codable(pd.concat([read_turns(study), answer_turns(written)]), read_codebook(study))
    # Bo stands in the register; nobody has decided about Odense.
    assert approved_quotes(study, both)["text"].tolist() == ["Det ved [lokalrådsmedlem] alt om."]
    faults = check_interviews(study, written)
    assert faults[["row", "found", "level"]].values.tolist() == [[3, "Odense", "advarsel"]]


def test_the_most_written_of_theme_is_told_by_group_once_there_are_ten(make_study: Any) -> None:
    study = with_codings(make_study, "")
    people = [("L", n) for n in range(10)] + [("A", n + 10) for n in range(9)]
    wrote = pd.DataFrame(
        {
            "respondent": [str(n) for _, n in people],
            "group": [group for group, _ in people],
            "variable": "ord",
            "kind": "aaben",
            "state": "besvaret",
            "text": "Puljer",
        }
    )
    # Six members and five employees write of theme 2, and one member of theme 1.
    lines = [("2.1", n) for n in [*range(6), *range(10, 15)]] + [("1.1", 0)]
    coded = with_codings(make_study, "".join(f"ord\t{n}\t0\t6\t{code}\tPuljer\n" for code, n in lines))
    table = open_answer_counts(read_coded_answers(coded, wrote))
    safe = suppress(Draft({"temaer": table}), study)["temaer"]
    assert safe.shown[["group", "value", "n"]].values.tolist() == [["L", 1.0, 10], ["L", 6.0, 10]]
    edition = read_edition(study, "alle")
    assert text_open_answers(safe, edition) == "Lokalrådsmedlemmer skriver oftest om »Økonomi«: 6 af 10."
    assert finding_open_answers(safe, edition) == "Lokalrådsmedlemmer skriver oftest om »Økonomi«"
    near = replace(safe, frame=safe.frame.replace({"value": {1.0: 4.0}}))  # 6 and 4: 2 is less than the root of 10
    told = "Lokalrådsmedlemmer skriver oftest om »Økonomi«"
    assert finding_open_answers(near, edition) == told.replace("oftest", "ofte")
    assert text_open_answers(near, edition) == f"{told}: 6 af 10. De skriver om et andet tema næsten lige så ofte."
    nothing = suppress(Draft({"temaer": table[table["group"] == "A"]}), study)["temaer"]
    hidden = "Af hensyn til deltagernes fortrolighed viser vi ikke, hvad deltagerne skriver om."
    assert (finding_open_answers(nothing, edition), text_open_answers(nothing, edition)) == (hidden[:-1], hidden)
    empty = suppress(Draft({"temaer": table.head(0)}), study)["temaer"]
    assert text_open_answers(empty, edition) == "Ingen af svarene er mærket med temaer endnu."


def test_the_demos_coded_answers_stand_where_the_file_says() -> None:
    study = read_study(DEMO)
    answered = read_responses(study).answers
    coded = read_coded_answers(study, answered)
    turns, codings = coded.turns, coded.codings
    assert check_interviews(study, answered).empty
    texts = turns.set_index(["interview", "turn"])["text"]
    for line in codings.to_dict("records"):
        assert texts[(line["interview"], line["turn"])][line["start"] : line["end"]] == line["quote"]
    assert len(codings[["interview", "turn"]].drop_duplicates()) >= 150
    assert set(codings["interview"]) == set(turns["interview"])
    assert not codings.duplicated(["interview", "turn", "code"]).any()


def test_only_questions_that_have_been_coded_have_a_table(make_study: Any) -> None:
    tables = open_answer_tables(with_codings(make_study, "mere\t7\t0\t11\t2.1\tFlere fonde\n"), answers())
    assert list(tables) == ["temaer_mere"]
    # Seven writes of theme 2, and ten, an employee, of nothing that has a code.
    assert tables["temaer_mere"][["group", "item", "value", "n"]].values.tolist() == [
        ["L", "1", 0.0, 1], ["L", "2", 1.0, 1], ["A", "1", 0.0, 1], ["A", "2", 0.0, 1],
    ]  # fmt: skip
    assert open_answer_tables(make_study(), answers()) == {}
