"""Codebook, codings, counts, suggestions and quotes, each with small tables counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from blupkit.core import BlupkitError, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, spoken
from blupkit.interviews import (
    Codable,
    Codebook,
    Coded,
    approved_quotes,
    check_interviews,
    direction_counts,
    finding_groups_differ,
    finding_themes,
    read_codebook,
    read_coded,
    read_codings,
    read_turns,
    spread,
    suggest_codes,
    text_interviews,
    text_method_interviews,
    theme_counts,
)

HEAD = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"
BOOK = "kode;tema_nr;tema;navn;definition;medtages;medtages_ikke;eksempel;soegemoenster\n"
QUOTES = "interview;tur;start;slut;kode;godkendt_af;note\n"


def read_all(study: Any) -> Coded:
    turns, codebook = read_turns(study), read_codebook(study)
    return Coded(turns, codebook, read_codings(study, turns, codebook))


def test_the_small_study_has_no_faults(make_study: Any) -> None:
    assert check_interviews(make_study()).empty


def test_the_codebook_has_its_themes_and_patterns(make_study: Any) -> None:
    codebook = read_codebook(make_study())
    assert codebook.themes.values.tolist() == [["1", "Roller"], ["2", "Økonomi"]]
    assert codebook.codes["patterns"].tolist() == [("mandat*", "love noget"), ("pulje", "fond")]


def test_all_faults_of_the_codebook_are_told_with_their_row(make_study: Any) -> None:
    rows = "1.1;1;Roller;Mandat;Hvad;;;;mandat*\n1.1;1;Rolle;;;;;;\n2.1;;Økonomi;Puljer;Penge;;;;pul(je | fond, pulje\n"
    study = make_study({"kodebog.csv": BOOK + rows})
    with pytest.raises(BlupkitError) as caught:
        read_codebook(study)
    pattern = "ord adskilt af mellemrum, eventuelt med * først eller sidst i ordet, og | mellem mønstrene"
    assert [(f.row, f.column, f.found, f.expected, f.action) for f in caught.value.faults] == [
        (3, "navn", "en tom celle", "kodens navn", "Udfyld cellen."),
        (3, "definition", "en tom celle", "kodens definition", "Udfyld cellen."),
        (3, "kode", "1.1", "et nummer, der kun er brugt én gang", "Giv koden sit eget nummer."),
        (3, "tema", "Rolle", "»Roller« som i rækken med temaets første kode", "Ret temaets navn eller nummer."),
        (4, "tema_nr", "en tom celle", "temaets nummer", "Udfyld cellen."),
        (4, "soegemoenster", "pul(je", pattern, "Ret søgemønstret."),
        (4, "soegemoenster", "fond, pulje", pattern, "Ret søgemønstret."),
    ]
    assert len(check_interviews(study)) == 7


def test_an_empty_codebook_is_a_fault(make_study: Any) -> None:
    with pytest.raises(BlupkitError, match="Skriv koderne i filen"):
        read_codebook(make_study({"kodebog.csv": BOOK}))


def test_codings_are_read_with_theme_and_coder(make_study: Any) -> None:
    codings = read_all(make_study()).codings
    assert codings.iloc[0].tolist() == [
        *["A", "fg1", 2, 0, 20, "2.1", "2", "barriere", "ansatte", "Puljerne i Tværhave.", "kodet", "", ""]
    ]
    assert len(codings) == 4


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (
            "fg9\t2\t0\t8\t2.1\t\t\tPuljerne",
            "interview",
            "»fg9«. Forventet: et af fg1, fg2. Ret interviewets id.",
        ),
        ("fg1\t9\t0\t8\t2.1\t\t\tPuljerne", "turn", "Her står »9«. Forventet: et tal fra 1 til 3. Ret turens nummer."),
        (
            "fg1\t2\t8\t8\t2.1\t\t\t",
            "start",
            "»8 til 8«. Forventet: to hele tal, det mindste først.",
        ),
        (
            "fg1\t2\t0\t8\t2.2\t\t\tPuljerne",
            "code",
            "»2.2«. Forventet: en kode fra kodebogen. Mente du »2.1«?",
        ),
        ("fg1\t2\t0\t8\tX\t\t\tPuljerne", "code", "Ret koden, eller tilføj den i kodebogen."),
        (
            "fg1\t2\t0\t8\t2.1\tgod\t\tPuljerne",
            "retning",
            "Forventet: barriere, fremmer, forslag eller neutral.",
        ),
        ("fg1\t2\t0\t8\t2.1\t\tvi\tPuljerne", "om_part", "Forventet: lokalråd, ansatte, politikere eller samspil. Ret"),
    ],
)
def test_a_coding_that_cannot_be_used_stops_with_its_row(line: str, column: str, message: str, make_study: Any) -> None:
    study = make_study({"kodninger_A.tsv": HEAD + line + "\n"})
    with pytest.raises(BlupkitError) as caught:
        read_all(study)
    (fault,) = caught.value.faults
    assert (fault.row, fault.column) == (2, column)
    assert message in str(fault)


def test_a_line_with_a_tab_too_few_and_a_missing_column_are_told(make_study: Any) -> None:
    with pytest.raises(BlupkitError, match="8 celler, adskilt af tabulator"):
        read_all(make_study({"kodninger_A.tsv": HEAD + "fg1\t2\t0\t8\t2.1\t\tPuljerne\n"}))
    with pytest.raises(BlupkitError, match="Tilføj kolonnen »quote«"):
        read_all(make_study({"kodninger_A.tsv": HEAD.replace("\tquote", "")}))


def test_a_coding_that_no_longer_matches_is_set_aside_and_told(make_study: Any) -> None:
    moved = 'fg1\t2\t0\t8\t2.1\t\t\t"Puljen"\nfg1\t2\t0\t99\t2.1\t\t\tPuljerne\nfg1\t1\t0\t4\t1.1\t\t\tHvad\n'
    study = make_study({"kodninger_A.tsv": HEAD + moved})
    coded = read_all(study)
    assert coded.codings["quote"].tolist() == ["Hvad"]
    faults = check_interviews(study)
    assert faults["level"].tolist() == ["advarsel"] * 3
    assert [str(fault) for fault in faults["found"]] == ['"Puljen"', "99", "moderator (tur 1)"]
    assert faults["expected"].tolist() == [
        "de ord, der nu står i teksten: »Puljerne«",
        "højst 45, for så lang er teksten",
        "en tur fra en deltager",
    ]
    aside = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
    assert faults["action"].tolist() == [aside, aside, "Kodningen tæller ikke med. Slet den, eller ret turens nummer."]
    assert theme_counts(coded)["value"].sum() == 0


def test_themes_are_counted_in_turns_speakers_and_groups(make_study: Any) -> None:
    coded = read_all(make_study())
    before = coded.codings.copy(), coded.turns.copy()
    counts = theme_counts(coded)
    assert counts.columns.tolist() == MEASURE_COLUMNS
    # L and A have a turn in each group. Theme 1: one turn of L and one of A in fg1. Theme 2: a turn of L in both.
    assert counts[["group", "item", "measure", "value", "n", "lowest", "highest"]].values.tolist() == [
        ["L", "1", "Ture", 1.0, 2, 0.0, 2.0],
        ["L", "1", "Deltagere", 1.0, 2, 0.0, 2.0],
        ["L", "1", "Grupper", 1.0, 2, 0.0, 2.0],
        ["L", "2", "Ture", 2.0, 2, 0.0, 2.0],
        ["L", "2", "Deltagere", 2.0, 2, 0.0, 2.0],
        ["L", "2", "Grupper", 2.0, 2, 0.0, 2.0],
        ["A", "1", "Ture", 1.0, 2, 0.0, 2.0],
        ["A", "1", "Deltagere", 1.0, 2, 0.0, 2.0],
        ["A", "1", "Grupper", 1.0, 2, 0.0, 2.0],
        ["A", "2", "Ture", 0.0, 2, 0.0, 2.0],
        ["A", "2", "Deltagere", 0.0, 2, 0.0, 2.0],
        ["A", "2", "Grupper", 0.0, 2, 0.0, 2.0],
    ]
    pd.testing.assert_frame_equal(before[0], coded.codings)
    pd.testing.assert_frame_equal(before[1], coded.turns)


def test_counts_can_be_by_interview_or_role_and_by_code(make_study: Any) -> None:
    coded = read_all(make_study())
    by_interview = theme_counts(coded, by="interview", level="code")
    turns_only = by_interview[by_interview["measure"] == "Ture"]
    assert turns_only[["group", "item", "label", "value", "n"]].values.tolist() == [
        ["fg1", "1.1", "Mandat", 2.0, 2],
        ["fg1", "2.1", "Puljer", 1.0, 2],
        ["fg2", "1.1", "Mandat", 0.0, 2],
        ["fg2", "2.1", "Puljer", 1.0, 2],
    ]
    assert theme_counts(coded, by="role")["group"].unique().tolist() == ["lokalråd", "ansat"]
    assert set(theme_counts(coded)["municipality"]) == {"alle"}


def test_spread_says_in_how_many_groups_and_by_how_many(make_study: Any) -> None:
    coded = read_all(make_study())
    table = spread(coded)
    assert table["text"].tolist() == ["i 1 af 2 grupper, af 2 af 4 deltagere", "i 2 af 2 grupper, af 2 af 4 deltagere"]
    nothing = spread(replace(coded, codings=coded.codings.head(0)))
    assert nothing["text"].tolist() == ["ikke nævnt i nogen af de to grupper"] * 2
    assert finding_themes(nothing) == "Ingen af kodebogens temaer er fundet i interviewene."
    assert finding_themes(table) == (
        "Ét af de to temaer går igen i begge grupper: »Økonomi«. Lige mange deltagere taler om hvert tema"
        " (2 af 4 deltagere)."
    )


@pytest.mark.parametrize(
    ("groups", "participants", "expected"),
    [
        (
            [4, 4],
            [9, 7],
            "Begge temaer går igen i alle fire grupper.",
        ),
        (
            [3, 2],
            [9, 7],
            "Ingen temaer går igen i alle fire grupper.",
        ),
    ],
)
def test_the_finding_on_themes_is_a_danish_sentence(groups: list[int], participants: list[int], expected: str) -> None:
    table = pd.DataFrame({"theme_name": ["Roller", "Tillid"], "groups": groups, "participants": participants})
    most = "Flest deltagere taler om »Roller« (9 af 16 deltagere)."
    assert finding_themes(table.assign(all_groups=4, all_participants=16)) == f"{expected} {most}"


def test_an_interview_that_is_not_coded_yet_does_not_count_as_silent(make_study: Any) -> None:
    coded = read_all(make_study())
    first = replace(coded, codings=coded.codings[coded.codings["interview"] == "fg1"])
    assert spread(first)["text"].tolist() == [
        "i 1 af 1 gruppe, af 2 af 2 deltagere",
        "i 1 af 1 gruppe, af 1 af 2 deltagere",
    ]
    counts = theme_counts(first, by="interview")
    assert counts["group"].unique().tolist() == ["fg1"]
    suggested = suggest_codes(coded.only("fg1"))
    assert spread(replace(coded, codings=suggested))["all_groups"].tolist() == [2, 2]


def test_directions_are_counted_in_turns(make_study: Any) -> None:
    coded = read_all(make_study())
    table = direction_counts(coded)
    assert table[["group", "item", "value", "n"]].values.tolist() == [
        ["barriere", "1", 1.0, 2],
        ["barriere", "2", 1.0, 2],
        ["fremmer", "1", 0.0, 2],
        ["fremmer", "2", 1.0, 2],
        ["forslag", "1", 0.0, 2],
        ["forslag", "2", 0.0, 2],
        ["neutral", "1", 1.0, 2],
        ["neutral", "2", 0.0, 2],
    ]


def test_suggestions_come_from_the_patterns_and_leave_the_moderator_out(make_study: Any) -> None:
    study = make_study()
    turns = read_turns(study)
    found = suggest_codes(Codable(turns, read_codebook(study)))
    assert found[["interview", "turn", "code", "quote", "source", "coder"]].values.tolist() == [
        ["fg1", 2, "2.1", "Puljerne i Tværhave.", "forslag", ""],
        ["fg1", 2, "1.1", "Jeg kan ikke love noget.", "forslag", ""],
        ["fg1", 3, "1.1", "Det siger Bo altid, og vi har intet mandat.", "forslag", ""],
        ["fg2", 2, "2.1", "Vi søgte en pulje.", "forslag", ""],
    ]
    texts = turns.set_index(["interview", "turn"])["text"]
    assert all(texts[r.interview, r.turn][r.start : r.end] == r.quote for r in found.itertuples())


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("borger*", "Alle borgerne kom.", True),
        ("*inddragelse", "Det er Borgerinddragelse.", True),
        ("inddragelse", "Det er borgerinddragelse.", False),
        ("lokalråd", "Lokalrådene kom.", True),
        ("tage* alvorligt*", "De tager os alvorligt.", False),
        ("tage* alvorligt*", "At blive taget alvorligt.", True),
        ("samme bord", "Ved samme. Bord nej.", False),
    ],
)
def test_patterns_match_lemmas_wildcards_and_neighbours(pattern: str, text: str, hit: bool) -> None:
    turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "role": ["ansat"], "text": [text]})
    codes = Codebook(pd.DataFrame({"code": ["1"], "theme": ["1"], "patterns": [(pattern,)]}))
    assert (len(suggest_codes(Codable(turns, codes))) == 1) is hit


def test_the_main_coder_is_chosen_and_a_study_without_codings_gets_suggestions(make_study: Any) -> None:
    study = make_study()
    toml = (study.folder / "study.toml").read_text("utf-8")
    assert set(read_coded(study).codings["source"]) == {"kodet"}
    two = toml.replace('{ A = "kodninger_A.tsv" }', '{ A = "kodninger_A.tsv", B = "b.tsv" }\nhovedkoder = "B"')
    study = make_study({"study.toml": two, "b.tsv": HEAD + "fg1\t2\t0\t8\t2.1\t\t\tPuljerne\n"})
    assert read_coded(study).codings["coder"].tolist() == ["B"]
    assert len(read_coded(study).all_codings) == 5
    study = make_study({"study.toml": toml.replace('kodninger = { A = "kodninger_A.tsv" }\n', "")})
    assert set(read_coded(study).codings["source"]) == {"forslag"}


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


def test_without_a_register_no_quote_is_shown(make_study: Any) -> None:
    empty = "interview;navn;rolle;kommune;alder;aliasser\n"
    study = make_study({"deltagere.csv": empty, "kodninger_A.tsv": HEAD})
    toml = (study.folder / "study.toml").read_text("utf-8")
    study = make_study({"study.toml": toml.replace('deltagere = "deltagere.csv"\n', ""), "kodninger_A.tsv": HEAD})
    assert quoted(study).empty


def test_the_groups_most_frequent_themes_are_told_as_counts(make_study: Any) -> None:
    study = make_study()
    coded = read_all(study)
    edition = read_edition(study, "alle")
    table = spoken(theme_counts(coded), study)
    assert finding_groups_differ(table, edition) == (
        "Lokalrådsmedlemmer taler oftest om »Økonomi« (2 af 2 ture) og kommunalt ansatte om »Roller« (1 af 2 ture)."
        " Hos lokalrådsmedlemmer ligger et andet tema tæt på."
    )
    alike = spoken(theme_counts(replace(coded, codings=coded.codings[coded.codings["theme"] == "1"])), study)
    assert finding_groups_differ(alike, edition) == (
        "Både lokalrådsmedlemmer (1 af 1 tur) og kommunalt ansatte (1 af 1 tur) taler oftest om »Roller«."
    )
    nothing = spoken(theme_counts(replace(coded, codings=coded.codings.head(0))), study)
    assert finding_groups_differ(nothing, edition) == "Ingen af kodebogens temaer er fundet i interviewene."


def test_who_took_part_and_who_did_not_is_counted(make_study: Any) -> None:
    study = make_study()
    text = text_interviews(read_coded(study), study).replace("\N{NO-BREAK SPACE}", " ")
    assert text == (
        "Der er gennemført to fokusgrupper med i alt fire deltagere: to lokalrådsmedlemmer og to kommunalt ansatte."
        " Udskrifterne rummer 27 ord, og samtalerne varede mellem 1 og 2 minutter."
        " Byrådspolitikere har ikke deltaget i interviewene."
    )


def test_the_method_is_told_without_promising_too_much(make_study: Any) -> None:
    study = make_study()
    coded = read_all(study)
    text = text_method_interviews(study, coded)
    assert text.startswith(
        "Kodebogen har to koder fordelt på to temaer."
        " Den person, der har kodet (koder A), har læst alle interview og kodet 4 steder."
    )
    assert "Programmets forslag er ikke koder og indgår ikke i tallene." in text
    suggested = text_method_interviews(study, replace(coded, codings=suggest_codes(coded)))
    assert "Interviewene er endnu ikke kodet: Tallene bygger på forslag" in suggested
    for said in (text, suggested):
        assert "anonym" not in said.casefold()
        assert "pct." not in said
        assert "læst og godkendt" in said
        assert "pseudonymiseret" in said
