from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from support import suppress
from survey.survey_support import short

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, select, select_edition
from blupkit.survey import (
    finding_about,
    finding_dimensions,
    finding_mirror,
    finding_needs,
    note_mirror,
    short_answer,
    text_method,
    text_response,
)
from blupkit.survey.words.comparison import text_mirror
from blupkit.survey.words.findings import finding_choices, text_choices
from blupkit.survey.words.response import who_answered

SPACE = "\N{NO-BREAK SPACE}"


PLACES = ("faaborg-midtfyn", "naestved", "alle")


MakeStudy = Callable[..., Study]


@pytest.fixture
def edition(make_study: MakeStudy) -> Edition:
    return read_edition(make_study(), "faaborg-midtfyn")


def gaps(*lines: tuple[str, float, float, float], group: str = "L", n: int = 20, measure: str = "Gab") -> pd.DataFrame:
    """The same lines of label, value, low, high in all places, so that the table is whole."""
    rows = [
        [place, group, label, label, measure, value, low, high, n * (2 if place == "alle" else 1), -4, 4]
        for place in PLACES
        for label, value, low, high in lines
    ]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def safe(table: pd.DataFrame, edition: Edition) -> SafeTable:
    return select_edition(suppress(table, edition.study), edition)


def test_a_need_far_ahead_is_named_alone(edition: Edition) -> None:
    table = gaps(("Søge fonde og puljer", 1.8, 1.5, 2.1), ("Lede møder", 0.9, 0.6, 1.2))
    assert finding_needs(safe(table, edition), edition) == (
        "Blandt lokalrådsmedlemmer er behovet størst for at søge fonde og puljer"
    )


def test_needs_whose_intervals_overlap_are_told_with_care(edition: Edition) -> None:
    one = gaps(("Søge fonde", 1.8, 1.1, 2.1), ("Lede møder", 0.9, 0.6, 1.2))
    two = gaps(("Søge fonde", 1.8, 1.1, 2.1), ("Lede møder", 0.9, 0.6, 1.2), ("Melde tilbage", 0.9, 0.6, 1.2))
    for table in (one, two):
        assert finding_needs(safe(table, edition), edition) == (
            "Blandt lokalrådsmedlemmer er behovet stort for at søge fonde"
        )


def test_the_short_answer_counts_the_needs_that_may_be_as_large(edition: Edition) -> None:
    # The first begins at 1,1: the ends of the fourth and the fifth reach up to it, and that of the third does not.
    named = [("Søge fonde", 1.8, 1.1, 2.1), ("Lede møder", 1.7, 1.4, 2.0), ("Lytte", 1.0, 0.9, 1.05)]
    fourth, fifth = ("Skrive", 0.9, 0.6, 1.2), ("Bygge", 0.8, 0.5, 1.1)
    assert "er usikker" not in short_answer(edition, safe(gaps(*named), edition))
    one = short_answer(edition, safe(gaps(*named, fourth), edition))
    assert "Forskellen til ét andet behov er usikker." in one
    two = short_answer(edition, safe(gaps(*named, fourth, fifth), edition))
    assert "Forskellen til to andre behov er usikker." in two


def test_a_need_that_may_be_none_does_not_stand_out(edition: Edition) -> None:
    table = gaps(("Søge fonde", 0.3, -0.2, 0.8))
    assert finding_needs(safe(table, edition), edition) == (
        "Ingen udviklingsbehov skiller sig klart ud blandt lokalrådsmedlemmer"
    )


def test_a_label_that_is_no_infinitive_is_quoted(edition: Edition) -> None:
    assert (
        finding_needs(safe(gaps(("Q17", 1.8, 1.5, 2.1)), edition), edition)
        == "Blandt lokalrådsmedlemmer er behovet størst ved »Q17«"
    )


def test_few_answers_are_mentioned(edition: Edition) -> None:
    table = safe(gaps(("Søge fonde", 1.8, 1.5, 2.1), n=6), edition)
    assert finding_needs(table, edition) == "Blandt lokalrådsmedlemmer er behovet stort for at søge fonde"
    assert short_answer(edition, table).endswith("Kun 6 har svaret, så tallene er usikre.")


def test_too_few_answers_give_a_polite_sentence(edition: Edition) -> None:
    table = safe(gaps(("Søge fonde", 1.8, 1.5, 2.1), n=2), edition)
    assert finding_needs(table, edition) == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke udviklingsbehov blandt lokalrådsmedlemmer"
    )
    assert finding_dimensions(table, edition) == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke behovene i hvert område blandt lokalrådsmedlemmer"
    )


def test_an_empty_table_gives_a_polite_sentence(edition: Edition) -> None:
    nothing = SafeTable(pd.DataFrame(columns=[*MEASURE_COLUMNS, "status"]), 5)
    assert finding_needs(nothing, edition) == "Udviklingsbehov er ikke en del af denne undersøgelse"
    assert short_answer(edition, nothing).endswith("- Udviklingsbehov er ikke en del af denne undersøgelse.")
    # What follows is asked of a table with groups; where all of them are hidden, none is left to name.
    hidden = "Af hensyn til deltagernes fortrolighed viser vi ikke"
    assert finding_dimensions(nothing, edition) == "Behovene i hvert område er ikke en del af denne undersøgelse"
    assert finding_mirror(nothing, edition) == f"{hidden} samarbejdet set fra begge sider"
    assert text_mirror(nothing, edition) == f"{hidden} samarbejdet set fra begge sider."
    assert text_choices(nothing, edition) == f"{hidden} fordelingen af svarene."
    assert who_answered(nothing, edition) == "Der er ingen besvarelser, der kan vises."


def test_where_some_needs_are_hidden_the_sentence_says_so(edition: Edition) -> None:
    table = gaps(("Søge fonde", 1.8, 1.5, 2.1), ("Lede møder", 0.9, 0.6, 1.2))
    table.loc[(table["label"] == "Lede møder") & (table["municipality"] != "alle"), "n"] = 3
    assert finding_needs(safe(table, edition), edition) == (
        "Blandt lokalrådsmedlemmer er behovet stort for at søge fonde"  # and not "størst": the hidden one may be larger
    )


def some_hidden(table: pd.DataFrame, *labels: str) -> pd.DataFrame:
    few = table["label"].isin(labels) & (table["municipality"] != "alle")
    return table.assign(n=table["n"].mask(few, 3))


def test_where_some_are_hidden_nothing_is_called_the_largest_of_all(edition: Edition) -> None:
    three = gaps(("Søge fonde", 1.8, 1.5, 2.1), ("Lede møder", 0.9, 0.6, 1.2), ("Lytte", 1.7, 1.4, 2.0))
    table = safe(some_hidden(three, "Lytte"), edition)
    assert short_answer(edition, table).endswith(
        "- **Lokalrådsmedlemmer:** At søge fonde (1,8) og at lede møder (0,9) ligger øverst. 20 har svaret på det. Kun"
        " de"
        " kompetencer, der kan vises, er med."
    )
    assert "Kun de kompetencer" not in short_answer(edition, safe(three, edition))
    able = safe(some_hidden(gaps(("Lede møder", -0.2, -0.6, 0.2), ("Lytte", 1.7, 1.4, 2.0)), "Lytte"), edition)
    assert short_answer(edition, able).endswith(
        "**Lokalrådsmedlemmer:** Niveauet er gennemgående mindst lige så højt som vigtigheden. Kun de kompetencer, der"
        " kan"
        " vises, er med."
    )


def test_dimensions_that_are_hidden_are_not_said_to_be_smaller(edition: Edition) -> None:
    far = gaps(("Roller", 1.8, 1.5, 2.1), ("Dialog", 0.9, 0.6, 1.2), ("Kendskab", 0.8, 0.5, 1.1))
    assert finding_dimensions(safe(some_hidden(far, "Kendskab"), edition), edition) == (
        "Lokalrådsmedlemmer har stort behov inden for roller"  # and not "størst": the hidden one may be larger
    )
    some = gaps(("Dialog", 0.3, -0.2, 0.8), ("Roller", 0.2, -0.3, 0.7), ("Kendskab", 0.8, 0.5, 1.1))
    none = some_hidden(some, "Kendskab")
    said = "Intet område skiller sig klart ud blandt lokalrådsmedlemmer"
    assert finding_dimensions(safe(none, edition), edition) == said
    # Of a group that shows nothing, nothing is said.
    silent = pd.concat([none, gaps(("Dialog", 1.8, 1.5, 2.1), group="A", n=3)], ignore_index=True)
    assert finding_dimensions(safe(silent, edition), edition) == said


def test_a_group_that_is_not_shown_locally_is_told_of_for_all(make_study: MakeStudy) -> None:
    study = make_study(change={"study.toml": ('omtales_som = "forvaltningen"', "vises_lokalt = false")})
    edition = read_edition(study, "naestved")
    table = safe(gaps(("Søge fonde", 1.8, 1.5, 2.1), group="A"), edition)
    assert finding_needs(table, edition) == (
        "Blandt kommunalt ansatte i begge kommuner er behovet størst for at søge fonde"
    )


def test_the_largest_dimension_is_named_and_the_next_when_it_is_close(edition: Edition) -> None:
    far = gaps(("Roller og forventninger", 1.8, 1.5, 2.1), ("Dialog", 0.9, 0.6, 1.2))
    assert finding_dimensions(safe(far, edition), edition) == (
        "Lokalrådsmedlemmer har størst behov inden for roller og forventninger"
    )
    others = gaps(("Dialog", 1.2, 0.9, 1.5), ("Roller", 0.5, 0.2, 0.8), group="A")
    both = pd.concat([far, others], ignore_index=True)
    assert finding_dimensions(safe(both, edition), edition) == (
        "Lokalrådsmedlemmer har størst behov inden for roller og forventninger, kommunalt ansatte inden for dialog"
    )


def test_of_one_dimension_nothing_is_called_the_largest(edition: Edition) -> None:
    one, two = gaps(("Dialog", 1.2, 0.9, 1.5)), gaps(("Dialog", 1.2, 0.9, 1.5), ("Roller", 0.5, 0.2, 0.8))
    assert finding_dimensions(safe(one, edition), edition) == "Der er kun ét område, så der er ingen rækkefølge"
    assert finding_dimensions(safe(some_hidden(two, "Roller"), edition), edition) == (
        "Kun ét område kan vises, så der er ingen rækkefølge"
    )


def test_a_dimension_that_others_reach_up_to_is_said_to_have_them_near(edition: Edition) -> None:
    # Dialog's interval ends at 1,6, where that of the first begins at 1,5; that of the third ends at 1,2.
    lines = [("Roller og forventninger", 1.8, 1.5, 2.1), ("Dialog", 1.3, 1.0, 1.6), ("Forankring", 0.9, 0.6, 1.2)]
    near = gaps(*lines)
    told = "Lokalrådsmedlemmer har stort behov inden for roller og forventninger"
    assert finding_dimensions(safe(near, edition), edition) == told
    more = safe(gaps(*lines, ("Kendskab", 1.4, 1.1, 1.7)), edition)
    assert finding_dimensions(more, edition) == told
    every = safe(gaps(*lines[:2], ("Kendskab", 1.4, 1.1, 1.7)), edition)
    assert finding_dimensions(every, edition) == "Intet område skiller sig klart ud blandt lokalrådsmedlemmer"
    sure = gaps(("Dialog", 1.2, 0.9, 1.5), ("Roller og forventninger", 0.5, 0.2, 0.8), group="A")
    both = pd.concat([near, sure], ignore_index=True)
    assert finding_dimensions(safe(both, edition), edition) == f"{told}, kommunalt ansatte inden for dialog"


def test_no_dimension_stands_out_when_the_interval_reaches_zero(edition: Edition) -> None:
    table = safe(gaps(("Dialog", 0.2, -0.1, 0.4), ("Roller", 0.1, -0.2, 0.3)), edition)
    assert finding_dimensions(table, edition) == "Intet område skiller sig klart ud blandt lokalrådsmedlemmer"


def both_sides(*lines: tuple[str, float, float], n: int = 20) -> pd.DataFrame:
    first = gaps(*((label, one, one, one) for label, one, _ in lines), n=n, measure="Om forvaltningen")
    second = gaps(*((label, two, two, two) for label, _, two in lines), group="A", n=n, measure="Om lokalrådene")
    return pd.concat([first, second], ignore_index=True).assign(lowest=1, highest=5)


@pytest.mark.parametrize(
    ("lines", "heading", "sentence"),
    [
        (
            [("Tillid", 3.1, 3.8), ("Svar", 2.0, 3.0)],
            "Kommunalt ansatte ser lysere på samarbejdet end lokalrådsmedlemmer, mest om svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i begge udsagn. Om svar (3,0 mod"
            " 2,0) er"
            " forskellen størst.",
        ),
        (
            [("Tillid", 3.1, 3.2), ("Svar", 2.0, 3.0)],
            "Kommunalt ansatte ser lysere på samarbejdet end lokalrådsmedlemmer, mest om svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i ét af to udsagn. Om svar (3,0 mod"
            " 2,0)"
            " er forskellen størst.",
        ),
        (
            [("Tillid", 4.0, 3.5), ("Svar", 2.0, 3.0)],
            "Lokalrådsmedlemmer og kommunalt ansatte ser forskelligt på samarbejdet, mest om svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i ét af to udsagn. Om svar (3,0 mod"
            " 2,0)"
            " er forskellen størst. Kun om tillid er det omvendt.",
        ),
        (
            [("Tillid", 4.0, 3.0)],
            "Lokalrådsmedlemmer vurderer tillid højere end kommunalt ansatte",
            "Lokalrådsmedlemmer vurderer tillid højere end kommunalt ansatte: 4,0 mod 3,0.",
        ),
        (
            # Before rounding 0.87 and 0.93 apart, but a reader sees 0.9 in both.
            [("Tillid", 3.14, 4.01), ("Svar", 2.06, 2.99), ("Hjælp", 3.0, 3.4)],
            "Kommunalt ansatte ser lysere på samarbejdet end lokalrådsmedlemmer, mest om tillid og svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i alle tre udsagn. Om tillid (4,0 mod"
            " 3,1) og svar (3,0 mod 2,1) er forskellen størst.",
        ),
        (
            # The means are printed 1.0 apart in both, but the differences as 0.9 and 1.0.
            [("Tillid", 3.14, 4.05), ("Svar", 2.0, 2.97)],
            "Kommunalt ansatte ser lysere på samarbejdet end lokalrådsmedlemmer, mest om svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i begge udsagn. Om svar (3,0 mod"
            " 2,0) er"
            " forskellen størst.",
        ),
        (
            [("Tillid", 3.0, 4.0), ("Svar", 2.0, 3.0), ("Hjælp", 2.5, 3.5), ("Dialog", 1.5, 2.5)],
            "Kommunalt ansatte ser lysere på samarbejdet end lokalrådsmedlemmer, mest om tillid, svar og hjælp",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i alle fire udsagn. Blandt andet om"
            " tillid (4,0 mod 3,0), svar (3,0 mod 2,0) og hjælp (3,5 mod 2,5) er forskellen størst.",
        ),
        (
            [("Tillid", 3.1, 3.2), ("Svar", 3.0, 3.2)],
            "Lokalrådsmedlemmer og kommunalt ansatte ser nogenlunde ens på samarbejdet",
            "Lokalrådsmedlemmer og kommunalt ansatte ser nogenlunde ens på samarbejdet.",
        ),
        (
            [("Tillid", 3.1, 3.9), ("Svar", 3.0, 3.8), ("Hjælp", 3.5, 3.1), ("Vi mødes", 4.0, 3.3)],
            "Lokalrådsmedlemmer og kommunalt ansatte ser forskelligt på samarbejdet, mest om tillid og svar",
            "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i to af fire udsagn. Om tillid (3,9"
            " mod"
            " 3,1) og svar (3,8 mod 3,0) er forskellen størst. Om »Hjælp« og »Vi mødes« er det omvendt.",
        ),
    ],
)
def test_the_mirror_is_told_from_the_higher_side(
    edition: Edition, lines: list[tuple[str, float, float]], heading: str, sentence: str
) -> None:
    table = safe(both_sides(*lines), edition)
    assert (finding_mirror(table, edition), text_mirror(table, edition)) == (heading, sentence)


def test_the_mirror_counts_the_statements_that_can_be_shown(edition: Edition) -> None:
    table = some_hidden(both_sides(("Tillid", 3.1, 3.8), ("Svar", 2.0, 3.0), ("Hjælp", 3.0, 3.1)), "Tillid")
    only = "Kun de udsagn, der kan vises for begge, er med."
    assert text_mirror(safe(table, edition), edition) == (
        "Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer i ét af to udsagn. Om svar (3,0 mod 2,0)"
        " er"
        f" forskellen størst. {only}"
    )
    alike = some_hidden(both_sides(("Tillid", 3.1, 3.8), ("Hjælp", 3.0, 3.1)), "Tillid")
    assert text_mirror(safe(alike, edition), edition) == (
        f"Lokalrådsmedlemmer og kommunalt ansatte ser nogenlunde ens på samarbejdet. {only}"
    )


def test_the_mirror_says_that_few_answered(edition: Edition) -> None:
    assert text_mirror(safe(both_sides(("Tillid", 3.1, 3.8), n=8), edition), edition).endswith(
        ": 3,8 mod 3,1. Kun 8 har svaret, så tallene er usikre."
    )


def test_the_mirror_is_silent_when_one_side_is_hidden(edition: Edition) -> None:
    table = both_sides(("Tillid", 3.1, 3.8))
    table.loc[table["group"] == "A", "n"] = 3
    assert finding_mirror(safe(table, edition), edition) == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke samarbejdet set fra begge sider"
    )


def shares(group: str, n: int, **values: float) -> pd.DataFrame:
    table = gaps(
        *((label, value, float("nan"), float("nan")) for label, value in values.items()),
        group=group,
        n=n,
        measure="Andel",
    )
    return table.assign(lowest=0, highest=100)


def test_choices_are_told_as_per_cent_or_as_counts(edition: Edition) -> None:
    table = pd.concat([shares("L", 40, Webinar=62.5, Studietur=30), shares("A", 12, Webinar=25, Studietur=58.3)])
    assert text_choices(safe(table, edition), edition) == (
        f"Lokalrådsmedlemmer peger oftest på »Webinar«: 63{SPACE}pct. Kommunalt ansatte peger oftest på »Studietur«: 7"
        " af"
        " 12."
    )


def test_choices_that_all_agree_on_are_told_once(edition: Edition) -> None:
    table = pd.concat([shares("L", 40, Webinar=62.5, Studietur=30), shares("A", 12, Webinar=50, Studietur=25)])
    assert text_choices(safe(table, edition), edition) == (
        f"Lokalrådsmedlemmer (63{SPACE}pct.) og kommunalt ansatte (6 af 12) peger begge oftest på »Webinar«."
    )


@pytest.mark.parametrize(
    ("first", "second", "often", "close"),
    [
        (45, 20, "oftest", ""),  # 18 and 8 of 40: the difference, 10, is more than the root of 26, 5,1
        (
            45,
            35,
            "ofte",
            " De vælger et andet svar næsten lige så ofte.",
        ),  # 18 and 14: 4 is less than the root of 32, 5,7
        (12.5, 0, "oftest", ""),  # 5 and 0: 5 is more than the root of 5, 2,2
    ],
)
def test_a_top_that_chance_may_have_made_is_said_to_have_others_near(
    edition: Edition, first: float, second: float, often: str, close: str
) -> None:
    table = safe(shares("L", 40, Webinar=first, Studietur=second), edition)
    assert finding_choices(table, edition) == f"Lokalrådsmedlemmer peger {often} på »Webinar«"
    assert text_choices(table, edition).endswith(f"pct.{close}")


def test_groups_with_other_answers_near_are_named(edition: Edition) -> None:
    clear, near = shares("L", 40, Webinar=45, Studietur=20), shares("A", 40, Webinar=45, Studietur=35)
    one = safe(pd.concat([clear, near]), edition)
    assert finding_choices(one, edition) == "Lokalrådsmedlemmer og kommunalt ansatte peger ofte på »Webinar«"
    assert text_choices(one, edition).endswith(" Kommunalt ansatte vælger et andet svar næsten lige så ofte.")
    both = safe(pd.concat([shares("L", 40, Webinar=45, Studietur=35), near]), edition)
    assert text_choices(both, edition).endswith(" Begge grupper vælger et andet svar næsten lige så ofte.")
    third = safe(shares("L", 40, Webinar=45, Studietur=35, Kursus=40), edition)
    assert text_choices(third, edition).endswith(" De vælger andre svar næsten lige så ofte.")


def test_a_heading_that_would_be_long_says_how_many_groups_agree(edition: Edition) -> None:
    long, other = "Et kursus over to dage med andre fra egnen", "Et møde om aftenen på det gamle rådhus"
    same = pd.concat([shares(group, 40, **{long: 60, other: 20}) for group in "LA"])
    assert finding_choices(safe(same, edition), edition) == (
        f"Lokalrådsmedlemmer og kommunalt ansatte peger oftest på »{long}«"  # 16 words
    )
    assert finding_about("Hvad vil I helst")(safe(same, edition), edition) == (
        f"Hvad vil I helst: Begge grupper peger oftest på »{long}«"
    )
    apart = pd.concat([shares("L", 40, **{long: 60, other: 20}), shares("A", 40, **{long: 20, other: 60})])
    assert finding_choices(safe(apart, edition), edition) == "Grupperne peger ikke på det samme"


def test_answers_that_are_nearly_all_chosen_equally_often_are_counted(edition: Edition) -> None:
    table = safe(shares("L", 40, A=45, B=45, C=45, D=45, E=5), edition)
    assert text_choices(table, edition) == (
        f"Lokalrådsmedlemmer peger oftest på fire af svarene lige meget: hver 45{SPACE}pct."
    )


def test_a_group_of_all_municipalities_is_named_before_those_of_one(edition: Edition) -> None:
    # "... and politicians in all six municipalities" would seem to hold for those before them as well.
    groups = [group.model_copy(update={"shown_locally": group.key == "L"}) for group in edition.study.groups]
    reader = read_edition(edition.study.model_copy(update={"groups": tuple(groups)}), "faaborg-midtfyn")
    table = safe(pd.concat([shares(group, 40, Webinar=45, Studietur=20) for group in "LA"]), reader)
    assert finding_choices(table, reader) == (
        "Kommunalt ansatte i begge kommuner og lokalrådsmedlemmer peger oftest på »Webinar«"
    )


def test_a_heading_can_say_first_what_was_asked_about(edition: Edition) -> None:
    table = safe(shares("L", 40, Webinar=45, Studietur=20), edition)
    assert finding_about("De ansattes behov")(table, edition) == (
        "De ansattes behov: Lokalrådsmedlemmer peger oftest på »Webinar«"
    )


def test_the_note_under_the_cooperation_says_what_is_alike(edition: Edition) -> None:
    table = safe(both_sides(("Tillid", 3.1, 3.8)), edition)
    assert note_mirror(table, edition) == "Forskelle under 0,3 regnes for ens; der er regnet før afrunding."


def test_a_tie_names_both_choices(edition: Edition) -> None:
    assert text_choices(safe(shares("L", 12, Webinar=50, Studietur=50), edition), edition) == (
        "Lokalrådsmedlemmer peger oftest på »Webinar« og »Studietur«: hver 6 af 12."
    )


def test_a_group_with_hidden_choices_has_no_top(edition: Edition) -> None:
    table = shares("L", 8, Webinar=100, Studietur=50)
    assert text_choices(safe(table, edition), edition) == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke fordelingen af svarene blandt lokalrådsmedlemmer."
    )


def test_the_short_answer_holds_needs_sides_and_formats(make_study: MakeStudy) -> None:
    # Nearly all of these answers repeat each other, so only those that differ count; see the number in the first line.
    edition, tables = short(make_study, 3, 4)
    tables.pop("screening")
    tables.pop("rates")
    text = short_answer(edition, **tables)
    assert [line.split("**")[1] for line in text.split("\n") if line.startswith("- ")] == [
        "Udviklingsbehov:", "Samarbejdet set fra begge sider:", "Foretrukne læringsformer:",
    ]  # fmt: skip
    assert "skalapoint" not in text
    assert "Af hensyn til deltagernes fortrolighed viser vi ikke" in text


def test_the_short_answer_names_at_most_three_needs_with_their_numbers(edition: Edition) -> None:
    table = gaps(
        ("Søge fonde", 1.84, 1, 2), ("Lede møder", 1.2, 1, 2), ("Melde tilbage", 0.5, 0, 1), ("Bygge", 0.4, 0, 1)
    )
    text = short_answer(edition, safe(table, edition))
    assert text == (
        "- **Udviklingsbehov:** Tallet viser, hvor langt niveauet i gennemsnit ligger under vigtigheden.\n"
        "    - **Lokalrådsmedlemmer:** At søge fonde (1,8), at lede møder (1,2) og at melde tilbage (0,5) ligger"
        " øverst."
        " Forskellen til ét andet behov er usikker. 20 har svaret på det."
    )


def test_a_group_without_any_gap_is_told_of_plainly(edition: Edition) -> None:
    text = short_answer(edition, safe(gaps(("Søge fonde", -0.5, -1, 0)), edition))
    assert text.endswith("**Lokalrådsmedlemmer:** Niveauet er gennemgående mindst lige så højt som vigtigheden.")


def rates(edition: Edition, answered: int, invited: float, rate: float, left_out: int = 0) -> SafeTable:
    rows = [
        [place, "L", "svar", "Besvarelser", measure, value, None, None, answered, 0, float("inf")]
        for place in PLACES
        for measure, value in (("Besvarelser", answered), ("Inviteret", invited), ("Svarprocent", rate))
    ]
    table = pd.DataFrame(rows, columns=MEASURE_COLUMNS).astype({"low": float, "high": float, "value": float})
    return suppress(table.assign(known=True, left_out=left_out), edition.study)


def test_a_hidden_number_is_in_no_sentence(make_study: MakeStudy) -> None:
    edition, tables = short(make_study, 3, 4)
    screening = tables.pop("screening")
    hidden = {name: table.frame[table.frame["status"] == "skjult"] for name, table in tables.items()}
    assert not hidden["needs"].empty
    text = text_response(tables.pop("rates"), edition) + short_answer(edition, **tables)
    assert not re.search(r"Faaborg-Midtfyn Kommune har \d", text)
    assert not re.search(r"\d,\d", text)
    for name in ("needs", "mirror", "formats"):
        assert hidden[name][["value", "low", "high", "n"]].isna().all(axis=None)
    assert "N =" not in text + text_method(screening, edition)


def test_a_chosen_group_gives_the_same_sentence(edition: Edition) -> None:
    table = safe(
        pd.concat([gaps(("Søge fonde", 1.8, 1.5, 2.1)), gaps(("Lede møder", 1.8, 1.5, 2.1), group="A")]), edition
    )
    assert finding_needs(select(table, group="A"), edition).startswith("Blandt kommunalt ansatte er behovet")
