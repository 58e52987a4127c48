"""The sentences of the short page, on tables that are written by hand: each expectation can be read off the rows."""

from __future__ import annotations

import pandas as pd
import pytest

from blupkit.core import Edition, Study, example_study, read_edition
from blupkit.disclosure import MeasureRow, SafeTable, Status, measure_table
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.survey import (
    SurveyRelease,
    text_short_choices,
    text_short_cooperation,
    text_short_needs,
    text_short_questions,
    text_short_trust,
)

STUDY = example_study()
#: Place, group, label, measure and value.
Row = tuple[str, str, str, str, float]
NONE = NO_TABLE
#: What each side of the example is rated as by the other.
ABOUT = {"L": STUDY.group("A").about, "A": STUDY.group("L").about}


def table(*rows: Row, n: int = 40, few: str = "", hidden: str = "") -> SafeTable:
    """Rows of place, group, label, measure and value; the groups that rest on few, and the labels that are hidden."""
    frame = measure_table(
        MeasureRow(p, g, label, label, m, value, n=n, lowest=1, highest=5) for p, g, label, m, value in rows
    )
    frame = frame.assign(status=Status.SHOWN, bound=float("nan"), n=frame["n"].astype("Int64"))
    frame.loc[frame["group"].isin(list(few)), "status"] = Status.FEW
    frame.loc[frame["label"] == hidden, ["status", "value"]] = [Status.HIDDEN, float("nan")]
    return SafeTable(frame, 5)


def released(
    reader: str, common: dict[str, SafeTable] | None = None, **tables: SafeTable
) -> tuple[SurveyRelease, Edition]:
    release = SurveyRelease(tables, pd.DataFrame({"reason": []}), 0, 0.0, passed=True, common=common or {})
    return release, read_edition(STUDY, reader)


def sides(place: str, label: str, first: float, second: float) -> list[Row]:
    return [(place, "L", label, ABOUT["L"], first), (place, "A", label, ABOUT["A"], second)]


def test_the_largest_difference_each_way_stands_beside_that_of_all() -> None:
    own = table(
        *sides("nordby", "Tillid", 3.0, 4.2), *sides("nordby", "Svar", 3.0, 3.9), *sides("nordby", "Tid", 4.0, 3.5)
    )
    # In all municipalities it is the other way round for »Tid«.
    whole = table(*sides("alle", "Tillid", 3.1, 3.8), *sides("alle", "Tid", 3.2, 3.6))
    said = text_short_cooperation(*released("nordby", {"samarbejde": whole}, samarbejde=own))
    assert said.splitlines() == [
        "På en skala fra 1 til 5 er forskellen størst her:",
        "",
        "- »Tillid«: Kommunalt ansatte giver 4,2 og lokalrådsmedlemmer 3,0. Begge: 3,8 mod 3,1.",
        "- »Tid«: Lokalrådsmedlemmer giver 4,0 og kommunalt ansatte 3,5. Begge: 3,2 mod 3,6.",
    ]


def test_sides_that_see_it_alike_are_said_to() -> None:
    own = table(*sides("nordby", "Tillid", 3.0, 3.2))
    said = text_short_cooperation(*released("nordby", samarbejde=own))
    assert said == "Lokalrådsmedlemmer og kommunalt ansatte ser nogenlunde ens på samarbejdet."


def test_hidden_statements_and_few_answers_are_told_of() -> None:
    own = table(*sides("nordby", "Tillid", 3.0, 4.0), *sides("nordby", "Svar", 1.0, 5.0), n=8, few="A", hidden="Svar")
    first, _, bullet, _, last = text_short_cooperation(*released("nordby", samarbejde=own)).splitlines()
    assert first == "Kun de udsagn, der kan vises, er med. På en skala fra 1 til 5 er forskellen størst her:"
    assert bullet.startswith("- »Tillid«")
    assert last == "Kommunalt ansatte: Kun 8 har svaret, så tallene er usikre."


def test_a_cooperation_that_was_not_asked_has_no_sentence_and_a_hidden_one_a_polite_one() -> None:
    assert text_short_cooperation(*released("nordby")) == ""
    own = table(*sides("nordby", "Tillid", 3.0, 4.0), hidden="Tillid")
    said = text_short_cooperation(*released("nordby", samarbejde=own))
    assert said == "Af hensyn til deltagernes fortrolighed viser vi ikke samarbejdet set fra begge sider."


def gaps(place: str, group: str, **values: float) -> list[Row]:
    return [(place, group, label.replace("_", " ").capitalize(), "Gab", value) for label, value in values.items()]


def test_needs_that_may_not_be_shown_are_told_of_and_nothing_is_said_of_an_order() -> None:
    own = table(*gaps("nordby", "L", lytte=1.0), *gaps("nordby", "A", søge_fonde=2.0), hidden="Søge fonde")
    said = text_short_needs(own, read_edition(STUDY, "nordby"))
    assert said.endswith(
        "Af hensyn til deltagernes fortrolighed viser vi ikke udviklingsbehov blandt kommunalt ansatte."
    )
    assert "Kun de kompetencer" not in said
    everything = table(*gaps("nordby", "L", lytte=1.0), hidden="Lytte")
    assert text_short_needs(everything, read_edition(STUDY, "nordby")) == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke udviklingsbehov blandt lokalrådsmedlemmer."
    )


def test_a_group_that_is_content_is_said_to_be() -> None:
    own = table(*gaps("nordby", "L", lytte=1.0), *gaps("nordby", "A", lytte=-0.5))
    said = text_short_needs(own, read_edition(STUDY, "nordby"))
    assert said.endswith("Blandt kommunalt ansatte er niveauet mindst lige så højt som vigtigheden.")


def shares(place: str, group: str, **values: float) -> list[Row]:
    return [(place, group, label.capitalize(), "Andel", value) for label, value in values.items()]


@pytest.mark.parametrize(
    ("rows", "n", "said"),
    [
        (shares("nordby", "L", kursus=60, studietur=20), 40, "»Kursus«, 60 pct. Begge: 55 pct."),
        # 60 per cent of 20 are 12.
        (shares("nordby", "L", kursus=60, studietur=20), 20, "»Kursus«, 12 af 20 eller 60 pct. Begge: 55 pct."),
        (
            shares("nordby", "L", kursus=60, studietur=60),
            40,
            "»Kursus« og »Studietur«, 60 pct. hver. Begge: 55 pct. og 30 pct.",
        ),
    ],
)
def test_what_most_chose_stands_beside_how_many_of_all_did(rows: list[Row], n: int, said: str) -> None:
    whole = table(*shares("alle", "L", kursus=55, studietur=30))
    told = text_short_choices(table(*rows, n=n), whole, read_edition(STUDY, "nordby"), "ønsker")
    assert told.replace(chr(160), " ") == f"- Lokalrådsmedlemmer: {said}"


def test_nothing_is_said_of_the_most_frequent_answer_where_one_is_hidden() -> None:
    own = table(*shares("nordby", "L", kursus=60, studietur=20), *shares("nordby", "A", kursus=60), hidden="Studietur")
    told = text_short_choices(own, NONE, read_edition(STUDY, "nordby"), "ønsker").replace(chr(160), " ").splitlines()
    assert told == [
        "- Kommunalt ansatte: »Kursus«, 60 pct.", "- Lokalrådsmedlemmer: vises ikke af hensyn til fortroligheden.",
    ]  # fmt: skip
    silent = table(*shares("nordby", "L", kursus=60), hidden="Kursus")
    assert text_short_choices(silent, NONE, read_edition(STUDY, "nordby"), "læringsønsker") == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke læringsønsker blandt lokalrådsmedlemmer."
    )


def test_the_questions_follow_the_findings_in_their_order() -> None:
    seen = table(*sides("nordby", "Tillid", 3.0, 4.2))
    own = table(*gaps("nordby", "L", lytte=2.0, søge_fonde=1.5), *gaps("nordby", "A", lede_møder=1.0))
    # Of the needs that are not the largest, »Søge fonde« lies 0.2 above that of all and »Lede møder« 0.5.
    whole = table(*gaps("alle", "L", lytte=0.1, søge_fonde=1.3), *gaps("alle", "A", lede_møder=0.5))
    form = table(*shares("nordby", "L", kursus=60), *shares("nordby", "A", kursus=60))
    edition = read_edition(STUDY, "nordby")
    every = [
        "Hvorfor ser I så forskelligt på »Tillid«?",
        "Hvad kan hjælpe lokalrådsmedlemmer med at lytte?",
        "»Lede møder« fylder mere for kommunalt ansatte her end i begge kommuner. Hvorfor?",
        "Lokalrådsmedlemmer og kommunalt ansatte vil helst lære ved »Kursus«. Hvem inviterer, og hvornår?",
    ]
    assert text_short_questions(own, whole, seen, form, edition).splitlines() == [
        f"{n}. {q}" for n, q in enumerate(every[:3], 1)
    ]
    # Where nobody sees the cooperation differently, and there is nothing to compare with, the others take their place.
    assert text_short_questions(own, NONE, NONE, form, edition).splitlines() == [f"1. {every[1]}", f"2. {every[3]}"]
    assert text_short_questions(NONE, NONE, NONE, NONE, edition) == ""


def test_groups_that_want_to_learn_in_different_ways_are_asked_what_they_can_do_together() -> None:
    form = table(*shares("nordby", "L", kursus=60, studietur=10), *shares("nordby", "A", kursus=20, studietur=70))
    assert text_short_questions(NONE, NONE, NONE, form, read_edition(STUDY, "nordby")) == (
        "1. Lokalrådsmedlemmer peger på »Kursus«, kommunalt ansatte på »Studietur«. Hvad kan I lære sammen?"
    )


def test_numbers_are_said_to_be_hidden_only_where_some_are() -> None:
    own = table(*gaps("nordby", "L", lytte=1.0, søge_fonde=2.0))
    assert "skjult" not in text_short_trust(*released("nordby", behov=own))
    own = table(*gaps("nordby", "L", lytte=1.0, søge_fonde=2.0), hidden="Lytte")
    assert text_short_trust(*released("nordby", behov=own)).endswith("Nogle tal er skjult, så ingen kan kendes.")


def test_the_only_municipality_of_a_study_stands_beside_nobody() -> None:
    alone = STUDY.model_copy(update={"municipalities": STUDY.municipalities[:1]})
    edition = read_edition(alone, "nordby")
    assert isinstance(alone, Study)
    assert edition.everyone == "Nordby Kommune"
    told = text_short_choices(table(*shares("nordby", "L", kursus=60)), NONE, edition, "ønsker")
    assert told.replace(chr(160), " ") == "- Lokalrådsmedlemmer: »Kursus«, 60 pct."
