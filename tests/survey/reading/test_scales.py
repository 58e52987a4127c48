"""What the answers of a scale mean: digits, words, which way it runs, other languages, own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import messages

from blupkit.core import DataError, Study, read_study
from blupkit.survey import choice_shares, needs, read_responses

MakeStudy = Callable[..., Study]

HEAD = "id;kommune;gruppe;k1_v;k1_n;tid"
ASKED = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;k1_v;vigtighed;Hvor vigtigt?;møder;Møder;;fem;;
k1;k1_n;niveau;Hvor godt?;møder;Møder;;fem;;
tid;tid;enkelt;Hvornår?;;Tidspunkt;;tid;;
"""


@pytest.fixture
def scaled(make_study: MakeStudy) -> Callable[..., Study]:
    """Write a study of three questions with these scales; `cells` are its rows after id, municipality and group."""

    def make(cells: list[str], fem: str = "", tid: str = "", settings: str = "") -> Study:
        rows = [f"r{at};430;1;{each}" for at, each in enumerate(cells)]
        study = make_study(
            rows=rows, head=HEAD, change={"study.toml": ('gruppe = "gruppe"', f'gruppe = "gruppe"\n{settings}')}
        )
        fem = fem or "".join(f"fem;{code};Trin {code};svar\n" for code in range(1, 6))
        tid = tid or "tid;1;Morgen;svar\ntid;2;Aften;svar\n"
        (study.folder / "skalaer.csv").write_text(f"skala;kode;tekst;betydning\n{fem}{tid}", "utf-8")
        (study.folder / "spoergeskema.csv").write_text(ASKED, "utf-8")
        return read_study(study.folder)

    return make


Scaled = Callable[..., Study]


def values(study: Study, variable: str) -> list[float]:
    return read_responses(study).values([variable])[variable].tolist()


#: Codes 1 to 6 whose labels are 0 to 5: "3" is the code of 2 and the label of code 4.
SHIFTED = "".join(f"fem;{code};{code - 1};svar\n" for code in range(1, 7))


def test_digits_that_are_codes_and_labels_are_asked_about_where_the_file_cannot_tell(scaled: Scaled) -> None:
    with pytest.raises(DataError) as caught:
        read_responses(scaled(["3;2;1", "4;3;1"], SHIFTED))
    # The first of the digits that are both is 2, in the level of the first respondent.
    assert [(fault.found[:1], fault.row, fault.column) for fault in caught.value.faults] == [("2", 2, "k1_n")]
    assert 'svar_er = "koder" eller svar_er = "etiketter" under [spoergeskema]' in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "settings", "expected"),
    [
        # 0 is nobody's code, so all are labels: label 3 is code 4.
        (["3;0;1"], "", 4.0),
        # 6 is nobody's label, so all are codes.
        (["3;6;1"], "", 3.0),
        (["3;3;1"], 'svar_er = "etiketter"', 4.0),
        (["3;3;1"], 'svar_er = "koder"', 3.0),
    ],
)
def test_digits_are_read_as_what_only_they_can_be_or_as_the_study_says(
    scaled: Scaled, cells: list[str], settings: str, expected: float
) -> None:
    study = scaled(cells, SHIFTED, settings=settings)
    assert values(study, "k1_v") == [expected]
    assert any("er læst som" in message for message in messages(study)) == (not settings)


def test_a_format_that_always_writes_codes_is_not_asked_about(scaled: Scaled) -> None:
    study = scaled(["3;3;1"], SHIFTED)
    settings = (study.folder / "study.toml").read_text("utf-8")
    (study.folder / "study.toml").write_text(settings.replace('"tabel"', '"surveyxact"'), "utf-8")
    assert values(read_study(study.folder), "k1_v") == [3.0]


def test_digits_that_cannot_all_be_codes_and_not_all_labels_are_refused(scaled: Scaled) -> None:
    with pytest.raises(DataError, match="Både 0 og 6 står der"):
        read_responses(scaled(["3;0;1", "3;6;1"], SHIFTED))


@pytest.mark.parametrize("other", ["Delvis", " delvis", "DELVIS"])
def test_one_label_for_two_codes_is_refused_in_the_file_of_scales(scaled: Scaled, other: str) -> None:
    fem = f"fem;1;Delvis;svar\nfem;2;{other};svar\nfem;3;Fuldt;svar\n"
    with pytest.raises(DataError, match="en anden tekst end kode 1 på skalaen »fem« har"):
        read_responses(scaled(["1;2;1"], fem))


def test_two_codes_that_both_say_no_answer_may_share_their_label(scaled: Scaled) -> None:
    fem = "fem;1;Lidt;svar\nfem;2;Meget;svar\nfem;8;Ved ikke;ved_ikke\nfem;88;Ved ikke;ved_ikke\n"
    answers = read_responses(scaled(["88;Ved ikke;1"], fem)).answers
    assert answers["state"].tolist()[:2] == ["ved_ikke", "ved_ikke"]


def test_a_code_written_as_a_number_is_found_twice_in_whatever_way_it_is_written(scaled: Scaled) -> None:
    with pytest.raises(DataError, match="hver kode kun én gang i en skala"):
        read_responses(scaled(["1;2;1"], "fem;1;Lidt;svar\nfem;1,0;Meget;svar\n"))


#: Least to most, with the codes running the other way, as some systems number them.
FALLING = "fem;1;Meget vigtigt;svar\nfem;2;Vigtigt;svar\nfem;3;Mindre vigtigt;svar\nfem;4;Slet ikke vigtigt;svar\n"


def test_a_scale_that_runs_from_most_to_least_is_reckoned_by_its_words(scaled: Scaled) -> None:
    study = scaled(["1;4;1", "1;3;1", "2;4;1"], FALLING)
    # Turned, the codes are 5 - code: importance 4, 4, 3 and level 1, 2, 1; the gap is the mean of 3, 2 and 2.
    table = needs(read_responses(study), draws=20)
    gap = table[(table["measure"] == "Gab") & (table["municipality"] == "alle") & (table["group"] == "L")]
    assert gap["value"].tolist() == [pytest.approx(7 / 3)]
    assert "»Meget vigtigt« er mest, »Slet ikke vigtigt« er mindst" in messages(study)[0]


def test_a_turned_scale_reads_words_and_codes_alike_and_keeps_its_no_answers(scaled: Scaled) -> None:
    study = scaled(["1;Meget vigtigt;1", "9;slet ikke vigtigt;1"], FALLING + "fem;9;Ved ikke;ved_ikke\n")
    responses = read_responses(study)
    assert responses.values(["k1_n"])["k1_n"].tolist() == [4.0, 1.0]
    assert responses.answers.query("variable == 'k1_v'")["state"].tolist() == ["besvaret", "ved_ikke"]
    assert next(iter(responses.questionnaire.answer_names("fem").values())) == "Slet ikke vigtigt"


@pytest.mark.parametrize(("way", "expected"), [("stigende", 1.0), ("faldende", 4.0)])
def test_the_study_may_say_which_way_a_scale_runs(scaled: Scaled, way: str, expected: float) -> None:
    study = scaled(["1;4;1"], FALLING, settings=f'skala_retning = {{ fem = "{way}" }}')
    assert values(study, "k1_v") == [expected]
    assert not any("fra mest til mindst" in message for message in messages(study))


def test_a_setting_for_a_scale_that_there_is_not_is_refused(scaled: Scaled) -> None:
    with pytest.raises(DataError, match="skala_retning"):
        read_responses(scaled(["1;4;1"], settings='skala_retning = { seks = "faldende" }'))


@pytest.mark.parametrize(
    "fem",
    [
        "fem;1;Uenig;svar\nfem;2;Helt enig;svar\nfem;3;Helt uenig;svar\n",  # the words go up and down
        "fem;3;Blå;svar\nfem;2;Grøn;svar\nfem;1;Rød;svar\n",  # unknown words, listed against the codes
    ],
)
def test_codes_and_words_that_disagree_are_asked_about(scaled: Scaled, fem: str) -> None:
    with pytest.raises(DataError, match="skala_retning"):
        read_responses(scaled(["1;2;1"], fem))


def test_ved_ikke_as_an_answer_is_refused_where_means_are_reckoned(scaled: Scaled) -> None:
    fem = "fem;1;Lidt;svar\nfem;2;Meget;svar\nfem;3;Det ved jeg ikke;svar\n"
    with pytest.raises(DataError, match=r"Koden ville indgå i gennemsnittet. Skriv ved_ikke i stedet for svar"):
        read_responses(scaled(["1;2;1"], fem))
    tid = "tid;1;Morgen;svar\ntid;2;Don't know;svar\n"
    assert any("Svaret er talt med i procenterne" in message for message in messages(scaled(["1;2;1"], tid=tid)))


def test_the_steps_between_labelled_ends_are_answers(scaled: Scaled) -> None:
    fem = "fem;0;Slet ikke;svar\nfem;10;Helt;svar\nfem;99;Ved ikke;ved_ikke\n"
    study = scaled(["3;10;1", "7;0;1", "99;4;1", "11;4;1"], fem)
    responses = read_responses(study)
    assert responses.values(["k1_v"])["k1_v"].tolist()[:2] == [3.0, 7.0]
    assert len(responses.questionnaire.answers_of("fem")) == 11
    assert any(message.startswith("3, 4 og 7, som ingen tekst har") for message in messages(study))
    assert any(message.startswith("11 | en af koderne") for message in messages(study))


@pytest.mark.parametrize("cell", ["2 = Lidt", "2. Lidt", "(2) lidt", "2 - LIDT", "2: Lidt", "2 Lidt", "\u200bLidt"])
def test_code_and_label_together_are_an_answer(scaled: Scaled, cell: str) -> None:
    fem = "fem;1;Slet ikke;svar\nfem;2;Lidt;svar\nfem;3;Meget;svar\n"
    assert values(scaled([f"{cell};1;1"], fem), "k1_v") == [2.0]


def test_a_code_with_another_codes_label_is_no_answer(scaled: Scaled) -> None:
    fem = "fem;1;Slet ikke;svar\nfem;2;Lidt;svar\nfem;3;Meget;svar\n"
    assert any(message.startswith("2 = Meget |") for message in messages(scaled(["2 = Meget;1;1"], fem)))


@pytest.mark.parametrize(
    ("cell", "expected"), [("Not at all", 1.0), ("I noen grad", 3.0), ("To a great extent", 4.0), ("4", 4.0)]
)
def test_answers_in_two_languages_are_one_scale(scaled: Scaled, cell: str, expected: float) -> None:
    fem = "fem;1;Slet ikke;svar\nfem;2;I mindre grad;svar\nfem;3;I nogen grad;svar\nfem;4;I høj grad;svar\n"
    study = scaled([f"{cell};1;1"], fem)
    assert values(study, "k1_v") == [expected]
    assert any("er læst som »" in message for message in messages(study)) == (not cell.isdigit())


def test_other_versions_of_a_label_stand_after_a_stroke(scaled: Scaled) -> None:
    study = scaled(["1;1;Abend", "1;1;Aften"], tid="tid;1;Morgen;svar\ntid;2;Aften | Abend;svar\n")
    assert values(study, "tid") == [2.0, 2.0]
    assert read_responses(study).questionnaire.answer_names("tid") == {1.0: "Morgen", 2.0: "Aften"}


def test_own_words_in_a_question_with_one_answer_count_as_andet(scaled: Scaled) -> None:
    study = scaled(["1;1;Morgen", "1;1;Aften", "1;1;Aften", "1;1;Når børnene sover"])
    shares = choice_shares(read_responses(study), "tid")
    mine = shares[(shares["municipality"] == "alle") & (shares["group"] == "L")]
    # One of four, two of four, and one of four in their own words; without the last it would be 33.3 and 66.7.
    assert dict(zip(mine["label"], mine["value"], strict=True)) == {"Morgen": 25, "Aften": 50, "Andet (egne ord)": 25}
    assert any("1 besvarelse er talt som »Andet (egne ord)«" in message for message in messages(study))


def test_own_words_join_the_answer_that_is_there_for_them(scaled: Scaled) -> None:
    study = scaled(
        ["1;1;Midt om natten", "1;1;Andet"], tid="tid;1;Morgen;svar\ntid;2;Andet, skriv selv;svar\ntid;3;Andet;svar\n"
    )
    assert values(study, "tid") == [2.0, 3.0]


def test_averages_on_a_scale_of_whole_numbers_are_refused_by_question(scaled: Scaled) -> None:
    cells = [f"{'3,5' if at < 6 else '4'};{1 + at % 3};1" for at in range(12)]
    with pytest.raises(DataError) as caught:
        read_responses(scaled(cells))
    [fault] = caught.value.faults
    assert (fault.found, fault.row, fault.column) == ("3,5", 2, "k1_v")
    assert "6 svar er sat til side. Et tal mellem to koder er ofte et gennemsnit" in fault.action


def test_many_cells_of_one_spelling_are_told_in_one_line(scaled: Scaled) -> None:
    cells = [f"{'7' if at < 6 else '4'};2;1" for at in range(40)]
    found = [message for message in messages(scaled(cells)) if message.startswith("7 |")]
    assert len(found) == 1
    assert "6 svar er sat til side" in found[0]


def test_a_rating_that_nobody_answered_is_told(scaled: Scaled) -> None:
    assert any(
        message.startswith("en kolonne uden et eneste svar")
        for message in messages(scaled([f"4;;{1 + at % 2}" for at in range(10)]))
    )


WORDS = "fem;1;Slet ikke;svar\nfem;2;Lidt;svar\nfem;3;Helt sikkert;svar\n"


@pytest.mark.parametrize(
    "written", ["{}.", "»{}«", "“{}”", "{} ({code})", "{} [{code}]", "{} = {code}", "{code} = {}", "({code}) {}"]
)
def test_a_word_is_read_with_its_code_beside_it_or_a_sign_around_it(scaled: Scaled, written: str) -> None:
    cells = [written.format(word, code=code) for code, word in ((1, "Slet ikke"), (2, "Lidt"), (3, "Helt sikkert"))]
    study = scaled([f"{cell};1;1" for cell in cells], WORDS)
    assert values(study, "k1_v") == [1.0, 2.0, 3.0]
    assert messages(study) == []


def test_a_word_with_the_code_of_another_is_read_as_the_word_and_told(scaled: Scaled) -> None:
    study = scaled(["Lidt (3);1;1", "Lidt;1;1"], WORDS)
    assert values(study, "k1_v") == [2.0, 2.0]
    assert messages(study)[0].startswith("Lidt (3) | skalaens egne ord | 1 svar er læst som »Lidt«.")


@pytest.mark.parametrize(
    "cell", ["Ikke relevant", "Irrelevant", "Ikke aktuelt", "Kan ikke vurdere", "Ønsker ikke at svare"]
)
def test_what_is_no_answer_is_no_step_of_the_scale_and_no_own_words(scaled: Scaled, cell: str) -> None:
    """Until now "Ikke relevant" was the lowest step, as "ikke" is, and "Andet" in a question with one answer."""
    study = scaled([f"{cell};1;{cell}", "Lidt;1;1", "Lidt;1;2", "Lidt;2;1", "Lidt;1;1"], WORDS)
    responses = read_responses(study)
    assert responses.answers_to(["k1_v", "tid"])["state"].tolist() == ["ubesvaret"] * 2 + ["besvaret"] * 8
    found = responses.faults.query("found == @cell")[["row", "column"]].values.tolist()
    assert found == [[2, "k1_v"], [2, "tid"]]


@pytest.mark.parametrize(
    "sign", ["NA", "n/a", "NULL", "nan", "-", "–", ".", "(tom)", "Ikke besvaret", "Ubesvaret", "-99"]
)
def test_what_a_program_writes_for_nothing_is_no_answer_and_told_once(scaled: Scaled, sign: str) -> None:
    """R writes NA, others a dash: until now "Andet" in a question with one answer, and told cell by cell elsewhere."""
    study = scaled([f"{sign};{sign};{sign}"] * 3 + ["Lidt;Lidt;1"] * 2, WORDS)
    responses = read_responses(study)
    assert responses.received == 5
    assert responses.respondents["respondent"].tolist() == ["r3", "r4"]
    assert messages(study)[0] == (
        f"»{sign}« i 9 celler | en tom celle, hvor intet er svaret | Cellerne er læst som tomme."
        " Er det et svar på en skala, så skriv det i skalaer.csv."
    )


def test_a_sign_for_nothing_that_is_a_word_of_the_scale_is_that_word(scaled: Scaled) -> None:
    study = scaled(["-;1;1", "Lidt;1;1"], WORDS + "fem;9;-;ved_ikke\n")
    answers = read_responses(study).answers_to(["k1_v"])
    assert answers[["state", "text"]].values.tolist() == [["ved_ikke", "-"], ["besvaret", "Lidt"]]
    assert messages(study) == []
