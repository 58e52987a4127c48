"""A study made from an export: in every system's shape the same survey comes out, checks, and can be read."""

import shutil
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from survey_exports import CHOICES, IMPORTANCE, LEVEL, PEOPLE, POINTS, SYSTEMS, Person, people

from blupkit.app.study_from_export import Told, say_made, write_study_from
from blupkit.core import Level, Study, read_study, read_table
from blupkit.core.sections import System
from blupkit.survey import check_responses, read_responses
from blupkit.survey.proposing.guesses import check_guesses


@pytest.fixture(scope="module", params=SYSTEMS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Study]:
    """A study in the shape of one system; a test that changes it takes a copy."""
    folder = tmp_path_factory.mktemp(request.param)
    told = write_study_from(folder / "ny", SYSTEMS[request.param](folder))
    return told, read_study(folder / "ny")


@pytest.fixture
def copy(made: tuple[Told, Study], tmp_path: Path) -> Study:
    return read_study(shutil.copytree(made[1].folder, tmp_path / "kopi"))


def test_check_accepts_it_and_every_column_and_row_is_accounted_for(made: tuple[Told, Study]) -> None:
    (told, study), proposal = made, made[0].made.proposal
    faults = check_responses(study)
    assert faults[faults["level"] == Level.SERIOUS].empty
    assert not faults["found"].str.contains("ingen kolonne").any()
    assert proposal.respondents == PEOPLE
    assert told.warnings == len(faults)
    responses = read_responses(study)
    assert len(responses.respondents) == PEOPLE
    kinds = [row.kind for row in proposal.rows]
    # Three points twice, three choices, one open question; who answered is not among them.
    placed = {row.heading for row in proposal.rows} | {proposal.places.heading, proposal.groups.heading}
    placed |= {proposal.respondent, *proposal.left, *proposal.personal} - {""}
    headings = {str(name).strip() for name in _headings(study.path(told.made.files.data))}
    assert {name.removesuffix(". Svar-id") for name in headings} == placed
    assert {kind: kinds.count(kind) for kind in kinds} == {"vigtighed": 3, "niveau": 3, "flere": 3, "aaben": 1}
    assert sorted(set(responses.variables)) == sorted({row.variable for row in proposal.rows})


def _headings(path: Path) -> list[str]:
    if path.suffix == ".sav":
        return list(pyreadstat.read_sav(str(path), metadataonly=True)[1].column_names)
    read = (
        pd.read_excel(path, engine="openpyxl")
        if path.suffix == ".xlsx"
        else pd.read_csv(path, sep=None, engine="python")
    )
    return [str(name).removeprefix("\ufeff") for name in read.columns]


def test_what_is_read_is_what_was_answered(made: tuple[Told, Study]) -> None:
    responses, proposal = read_responses(made[1]), made[0].made.proposal
    asked = {row.kind: [] for row in proposal.rows} | {kind: [] for kind in ("vigtighed", "niveau")}
    for row in proposal.rows:
        asked[row.kind].append(row.variable)
    for kind, end, scale in (("vigtighed", "v", IMPORTANCE), ("niveau", "n", LEVEL)):
        read = responses.values(asked[kind]).reset_index(drop=True)
        for variable, point in zip(asked[kind], POINTS, strict=True):
            wanted = [_code(person, f"{end} {point}", scale) for person in people()]
            assert read[variable].astype("float").fillna(0).tolist() == wanted
    ticks = {row.variable: row.point for row in proposal.rows if row.kind == "flere"}
    chosen = responses.values(list(ticks)).sum()
    for variable, point in ticks.items():
        choice = CHOICES[int(point) - 1] if point.isdigit() else point
        assert chosen[variable] == sum(choice in person["valg"] for person in people())


def _code(person: Person, key: str, scale: tuple[str, ...]) -> float:
    """1 to 4 from low to high; 0 for no answer and for "ved ikke"."""
    answer = person.get(key)
    return float(scale.index(str(answer)) + 1) if answer in scale else 0.0


def test_the_third_point_was_asked_of_the_employees_alone(made: tuple[Told, Study]) -> None:
    proposal = made[0].made.proposal
    keys = proposal.keys
    rated = [row.groups for row in proposal.rows if row.kind in {"vigtighed", "niveau"}]
    everybody, employees = set(keys.values()), {keys.get("Ansat", "A")}
    assert [set(groups) for groups in rated] == [everybody, everybody, employees] * 2
    assert all(set(row.groups) == everybody for row in proposal.rows if row.kind in {"flere", "aaben"})


def test_who_answered_is_found_with_counts(made: tuple[Told, Study]) -> None:
    told, study = made
    assert {place.short for place in study.municipalities} == {"Fladby", "Skovsø", "Ådum"}
    assert set(told.made.proposal.places.names.values()) == {16}
    assert {group.singular: told.made.proposal.groups.names[group.singular] for group in study.groups} == {
        "Frivillig": 24,
        "Ansat": 24,
    }
    assert len(read_table(study.path("udsendelse.xlsx"))) == 6


def test_don_t_know_is_no_answer_and_scales_run_from_low_to_high(made: tuple[Told, Study]) -> None:
    told = made[0]
    if told.made.files.format == "tabel":
        return  # codes alone say neither
    scales = told.made.proposal.scales
    assert [text for _, text, meaning in scales["vigtighed"].rows if meaning == "svar"] == list(IMPORTANCE)
    assert [text for _, text, meaning in scales["vigtighed"].rows if meaning == "ved_ikke"] == ["Ved ikke"]
    assert [text for _, text, meaning in scales["niveau"].rows if meaning == "svar"] == list(LEVEL)


def test_every_guess_has_a_reason_and_one_yes_confirms_a_block(copy: Study) -> None:
    study = copy
    for name in ("spoergeskema", "skalaer"):
        table = read_table(study.path(f"spoergeskema/{name}.xlsx"))
        assert (table["gæt"] != "").all()
        assert (table["bekræftet"] == "").all()
    before = check_guesses(study)
    assert set(before["level"]) == {Level.WARNING}
    path = study.path("spoergeskema/spoergeskema.xlsx")
    table = read_table(path)
    pair = table.index[table["type"] == "vigtighed"][0]
    table.loc[pair, "bekræftet"] = "Ja"
    table.to_excel(path, index=False)
    after = check_guesses(study)
    assert len(after) == len(before) - 1
    assert not after["found"].str.contains("vigtighed og niveau").any()


def test_a_guess_of_the_settings_is_confirmed_by_taking_its_line_out(made: tuple[Told, Study]) -> None:
    study = made[1]
    assert any("kommuner: 3 fundet" in guess for guess in study.survey_files.guesses)
    files = study.survey_files.model_copy(update={"guesses": ()})
    told_of = check_guesses(study.model_copy(update={"survey": files}))["file"]
    assert not told_of.str.endswith("study.toml").any()


def test_one_edit_in_excel_mends_a_wrong_guess(copy: Study) -> None:
    """Also a text that the column was headed with may be put right: the column is found all the same."""
    path = copy.path("spoergeskema/spoergeskema.xlsx")
    table = read_table(path)
    open_row = table.index[table["type"] == "aaben"][0]
    table.loc[open_row, "punkt"] = "Et andet punkt"
    table.loc[open_row, "kort"] = "Kort"
    table.to_excel(path, index=False)
    variables = read_responses(copy).questionnaire.by_variable
    assert variables.loc[table.loc[open_row, "variabel"], "label"] == "Kort"


def test_the_raw_file_is_copied_and_left_alone(made: tuple[Told, Study]) -> None:
    told, study = made
    raw = study.path(told.made.files.data)
    assert raw.read_bytes() == (study.folder.parent / raw.name).read_bytes()
    assert raw in told.written


def test_two_sheets_with_the_same_headings_are_importance_and_level(tmp_path: Path) -> None:
    path = tmp_path / "to.xlsx"
    rows = [[n, 1 + n % 5, 1 + (n + 1) % 5, 1 + (n + 2) % 5] for n in range(30)]
    heads = ["Respondent", "P1", "P2", "P3"]
    with pd.ExcelWriter(path) as book:
        for sheet in ("importance", "performance"):
            pd.DataFrame(rows, columns=heads).to_excel(book, sheet_name=sheet, index=False)
    proposal = write_study_from(tmp_path / "ny", path).made.proposal
    assert [(row.variable, row.item, row.kind) for row in proposal.rows] == [
        (f"P{n}_{end}", f"P{n}", kind) for end, kind in (("v", "vigtighed"), ("n", "niveau")) for n in (1, 2, 3)
    ]
    assert len(read_responses(read_study(tmp_path / "ny")).questionnaire.pairs("alle")) == 3


def test_titles_and_a_told_separator_stand_above_what_is_recognised(tmp_path: Path) -> None:
    export = SYSTEMS["limesurvey"](tmp_path)
    text = export.read_text("utf-8-sig")
    separator = max(";,\t", key=text.split("\n", 1)[0].count)
    export.write_text(f"sep={separator}\nTirsdagens svar\n\n{text}", encoding="utf-8")
    told = write_study_from(tmp_path / "ny", export)
    assert told.made.files.format == System.LIMESURVEY
    assert (told.made.proposal.respondents, told.made.files.respondent) == (PEOPLE, "id")


def test_those_without_a_municipality_are_counted_and_told(tmp_path: Path) -> None:
    export = SYSTEMS["tabel"](tmp_path)
    heads, first, *rows = export.read_text("utf-8-sig").splitlines()
    separator = max(";,\t", key=heads.count)
    cells = first.split(separator)
    cells[[head.strip('"').casefold().startswith("kommune") for head in heads.split(separator)].index(True)] = ""
    export.write_text("\n".join([heads, separator.join(cells), *rows]) + "\n", encoding="utf-8")
    lines = list(say_made(write_study_from(tmp_path / "ny", export), tmp_path / "ny"))
    [places] = [line for line in lines if " kommuner: " in line]
    [groups] = [line for line in lines if " grupper: " in line]
    assert places.endswith("; 1 uden")
    assert not groups.endswith("uden")


def of_table(folder: Path, *, between: str = "; ", blank: str = "") -> Path:
    """A table that anybody may have written: several choices in one cell, and a word for nothing."""
    heads = ["Nr", "Kommune", "Rolle"]
    heads += [f"{asked} – {point}" for asked in ("Hvor vigtigt?", "Hvor godt?") for point in POINTS]
    rows = [
        [person["id"], person["kommune"], person["gruppe"]]
        + [person.get(f"{end} {point}") or blank for end in "vn" for point in POINTS]
        + [between.join(person["valg"]), person["ord"]]
        for person in people()
    ]
    table = pd.DataFrame(rows, columns=[*heads, "Hvad vil du?", "Hvad mangler der?"])
    table.to_csv(folder / "svar.csv", sep="\t", index=False)
    return folder / "svar.csv"


@pytest.mark.parametrize("between", [";", "; ", " | ", "\n", ";#", ", "])
def test_choices_in_one_cell_of_a_table_are_parted_where_no_choice_is_written_with_the_sign(
    tmp_path: Path, between: str
) -> None:
    """Until now each set of choices was an answer of its own, and with bars nothing was made."""
    made = write_study_from(tmp_path / "ny", of_table(tmp_path, between=between)).made
    assert [row.kind for row in made.proposal.rows].count("flere") == len(CHOICES)
    responses = read_responses(read_study(tmp_path / "ny"))
    ticked = responses.answers.query("text == 'Valgt'")
    assert len(ticked) == sum(len(person["valg"]) for person in people())


@pytest.mark.parametrize(
    ("choices", "kinds", "doubt"),
    [
        # Each is also somebody's only choice.
        (["Avis", "Plakat", "Opslag"], ["flere"] * 3, "et komma kan også stå inde i et valg"),
        (["Kaffe, mælk", "Kaffe, sort", "Te"], ["flere"] * 3, "et komma kan også stå inde i et valg"),
        # Nobody chose "Café" alone: whether "Nord" is a choice or the rest of one, no cell tells.
        (["Café, Nord", "Café, Syd", "Torv"], ["enkelt"], "flere valg med komma imellem"),
    ],
)
def test_a_comma_parts_choices_where_each_was_chosen_alone_and_is_asked_about_always(
    tmp_path: Path, choices: list[str], kinds: list[str], doubt: str
) -> None:
    first, second, third = choices
    cells = [first, second, third, ", ".join(choices), f"{first}, {third}", f"{second}, {third}"] * 5
    table = pd.DataFrame({"Nr": range(1, 31), "Kommune": ["Sandby", "Holm"] * 15, "Hvad ønsker du?": cells})
    table.to_csv(tmp_path / "svar.csv", sep=";", index=False)
    rows = write_study_from(tmp_path / "ny", tmp_path / "svar.csv").made.proposal.rows
    assert [row.kind for row in rows] == kinds
    assert doubt in rows[0].doubt
    assert kinds == ["enkelt"] or {row.point for row in rows} == set(choices)


@pytest.mark.parametrize("blank", ["NA", "-", "(tom)", "Ikke besvaret", "NULL"])
def test_a_word_for_nothing_is_no_answer_of_a_scale_and_nobody_s_uncertainty(tmp_path: Path, blank: str) -> None:
    """R's NA was read as "ved ikke", of everybody who was not asked."""
    told = write_study_from(tmp_path / "ny", of_table(tmp_path, blank=blank))
    (tmp_path / "x").mkdir()
    write_study_from(tmp_path / "x" / "ny", of_table(tmp_path / "x"))
    found, expected = (read_responses(read_study(folder / "ny")) for folder in (tmp_path, tmp_path / "x"))
    pd.testing.assert_frame_equal(found.answers, expected.answers)
    assert len(told.made.proposal.rows) == 10
    # The third point was asked of half of them, twice.
    assert found.faults["found"].tolist() == [f"»{blank}« i {PEOPLE} celler"]


def test_a_code_of_many_figures_keeps_them_all(tmp_path: Path) -> None:
    """Until now 12345678 became the code 12345700, and every answer stood off its own scale."""
    path = of_table(tmp_path)
    table = pd.read_csv(path, sep="\t").assign(Afdeling=[12345678 + number % 2 for number in range(PEOPLE)])
    table.to_csv(path, sep="\t", index=False)
    write_study_from(tmp_path / "ny", path)
    responses = read_responses(read_study(tmp_path / "ny"))
    assert responses.set_aside.loc["kode", "n"] == 0
    assert set(responses.questionnaire.scales["code"]) >= {12345678.0, 12345679.0}
