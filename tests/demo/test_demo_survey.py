"""The demo survey is what the plan says, the dirt included, and its generator makes the same bytes each time."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

DEMO = Path(__file__).parents[2] / "data" / "demo"
EXPORT = DEMO / "spoergeskema"
GROUPS = {"1": "L", "2": "P", "3": "A"}
# domain.md 5.2: usable answers, municipality × (L, P, A).
PLANNED = {
    "430": (46, 11, 19),
    "540": (58, 12, 22),
    "440": (21, 8, 9),
    "370": (37, 10, 17),
    "480": (28, 9, 11),
    "330": (33, 4, 14),
}
COMMON = {"k01", "k02", "k05", "k06", "k08", "k11", "k13", "k16", "k17", "k19", "k20", "k25", "k26"}
LARGEST_GAPS = {
    "L": {"k15", "k10", "k18", "k19", "k12"},
    "P": {"k19", "k04", "k13", "k11", "k24"},
    "A": {"k07", "k08", "k22", "k19", "k24"},
}


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DEMO / "generator" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path, encoding: str = "utf-8-sig", header: int | None = 0) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", encoding=encoding, dtype=str, keep_default_na=False, header=header)


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return read(EXPORT / "dataset.csv", "cp1252")


@pytest.fixture(scope="module")
def usable(answers: pd.DataFrame) -> pd.DataFrame:
    kept = answers.drop_duplicates()
    kept = kept[kept["kommune"] != ""]
    return kept.assign(gruppe=kept["gruppe"].map(GROUPS))


@pytest.fixture(scope="module")
def questionnaire() -> pd.DataFrame:
    return read(EXPORT / "spoergeskema.csv")


def ratings(usable: pd.DataFrame, group: str, variables: list[str]) -> pd.DataFrame:
    numbers: pd.DataFrame = usable.loc[usable["gruppe"] == group, variables].apply(pd.to_numeric)
    return numbers.where(numbers <= 5)


def items(questionnaire: pd.DataFrame, group: str, kind: str) -> pd.DataFrame:
    asked = questionnaire["grupper"].str.split().map(lambda keys: group in keys)
    return questionnaire[asked & (questionnaire["type"] == kind)]


def test_the_generator_makes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    load("make_survey").make_survey(tmp_path)
    for name in ("spoergeskema/dataset.csv", "spoergeskema/labels.csv", "spoergeskema/structure.csv", "udsendelse.csv"):
        assert (tmp_path / name).read_bytes() == (DEMO / name).read_bytes(), name


def test_the_usable_answers_fill_exactly_the_planned_cells(usable: pd.DataFrame) -> None:
    counts = pd.crosstab(usable["kommune"], usable["gruppe"])[["L", "P", "A"]]
    assert {code: tuple(row) for code, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)} == PLANNED
    assert len(usable) == 369


def test_the_invited_numbers_are_known_except_for_lokalraad_in_slagelse() -> None:
    sent = read(DEMO / "udsendelse.csv")
    unknown = sent[sent["antal_inviteret"] == "ukendt"]
    assert unknown[["kommune", "gruppe"]].to_numpy().tolist() == [["Slagelse Kommune", "L"]]
    known = sent[sent["antal_inviteret"] != "ukendt"].astype({"antal_inviteret": int})
    # 150 + 220 + 72 + 120 + 120 = 682; 25 + 31 + 25 + 31 + 25 + 31 = 168; 30 + 40 + 15 + 30 + 18 + 25 = 158
    assert known.groupby("gruppe")["antal_inviteret"].sum().to_dict() == {"A": 158, "L": 682, "P": 168}


def test_every_variable_of_the_questionnaire_is_in_the_export_and_the_other_way_round(
    answers: pd.DataFrame, questionnaire: pd.DataFrame
) -> None:
    own = {"kommune", "gruppe", *(f"stato_{number}" for number in range(1, 6))}
    assert set(answers.columns) == set(questionnaire["variabel"]) | own
    structure = read(EXPORT / "structure.csv", "cp1252")
    assert list(structure["variableName"]) == list(answers.columns)
    coded = questionnaire.loc[questionnaire["type"] != "aaben", "variabel"]
    assert set(read(EXPORT / "labels.csv", "cp1252", header=None)[0]) == set(coded) | own


def test_22_16_and_24_competences_are_asked_and_13_of_them_of_all_groups(questionnaire: pd.DataFrame) -> None:
    asked = {group: set(items(questionnaire, group, "niveau")["emne"]) for group in ("L", "P", "A")}
    assert {group: len(names) for group, names in asked.items()} == {"L": 22, "P": 16, "A": 24}
    assert asked["L"] & asked["P"] & asked["A"] == COMMON


def test_short_labels_fit_a_chart_axis_and_scales_exist(questionnaire: pd.DataFrame) -> None:
    assert questionnaire["kort"].str.len().between(3, 34).all()
    assert set(questionnaire["skala"]) - {""} == set(read(EXPORT / "skalaer.csv")["skala"])
    assert set(questionnaire["dimension"]) - {""} == set(read(EXPORT / "dimensioner.csv")["dimension"])


def test_no_variable_is_asked_of_a_group_in_two_wordings(questionnaire: pd.DataFrame) -> None:
    pairs = questionnaire.assign(group=questionnaire["grupper"].str.split()).explode("group")
    assert not pairs.duplicated(["variabel", "group"]).any()


@pytest.mark.parametrize("group", ["L", "P", "A"])
def test_the_five_largest_gaps_are_the_planned_ones_and_levels_lie_in_range(
    usable: pd.DataFrame, questionnaire: pd.DataFrame, group: str
) -> None:
    names = list(items(questionnaire, group, "niveau")["emne"])
    important = ratings(usable, group, [f"{name}_v" for name in names]).set_axis(names, axis=1)
    able = ratings(usable, group, [f"{name}_n" for name in names]).set_axis(names, axis=1)
    gaps = (important - able).mean().sort_values(ascending=False)
    assert set(gaps.index[:5]) == LARGEST_GAPS[group]
    assert important.mean().round(1).between(3.8, 4.7).all()
    assert able.mean().round(1).between(2.6, 4.1).all()
    assert 0.1 < important.mean(axis=1).corr(able.mean(axis=1)) < 0.6


def test_the_two_sides_see_the_cooperation_differently(usable: pd.DataFrame) -> None:
    def mean(group: str, rated: str) -> pd.Series:
        return ratings(usable, group, [f"s{number}_{rated}" for number in range(1, 8)]).mean()

    assert mean("A", "lok").mean() == pytest.approx(3.8, abs=0.1)
    assert mean("L", "for").mean() == pytest.approx(3.2, abs=0.1)
    assert set(mean("L", "pol").nsmallest(2).index) == {"s2_pol", "s6_pol"}


def test_lokalraad_and_employees_want_to_learn_at_different_times(usable: pd.DataFrame) -> None:
    given = usable[usable["tidspunkt"] != ""]
    favourite = given.groupby("gruppe")["tidspunkt"].agg(lambda codes: codes.mode()[0])
    assert favourite[["L", "A"]].tolist() == ["2", "1"]


def test_two_answers_came_twice_and_three_lack_the_municipality(answers: pd.DataFrame) -> None:
    assert answers.duplicated().sum() == 2
    assert (answers["kommune"] == "").sum() == 3
    assert len(answers) == 369 + 2 + 3


def test_ten_to_fifteen_per_cent_broke_off_before_the_cooperation(usable: pd.DataFrame) -> None:
    broken = usable[usable["stato_3"] == "1"]
    assert 0.10 <= len(broken) / len(usable) <= 0.15
    assert (broken.loc[:, "s1_for":"aab3"] == "").all(axis=None)
    assert (usable[["stato_3", "stato_4"]].astype(int).sum(axis=1) == 1).all()


def test_three_to_five_per_cent_gave_the_same_answer_all_the_way(usable: pd.DataFrame) -> None:
    rated = [name for name in usable.columns if name[1:3].isdigit() or name[:2] in {f"s{n}" for n in range(8)}]
    same = usable[usable["stato_4"] == "1"][rated].apply(lambda row: len(set(row) - {""}) == 1, axis=1)
    assert 0.03 <= same.sum() / len(usable) <= 0.05


def test_questions_are_skipped_more_often_towards_the_end(usable: pd.DataFrame) -> None:
    done = usable[usable["stato_4"] == "1"]
    early = (done[["anciennitet", "alder", "koen", "k01_v", "k01_n", "k02_v"]] == "").mean().mean()
    late = (done[["tid", "tidspunkt", "hvem_med"]] == "").mean().mean()
    assert early < 0.02 < late < 0.10


def test_lokalraad_often_cannot_judge_the_rules_and_politicians_nearly_always_can(
    usable: pd.DataFrame, questionnaire: pd.DataFrame
) -> None:
    def share(group: str, name: str) -> float:
        given = usable.loc[(usable["gruppe"] == group) & (usable[name] != ""), name]
        return float((given == "8").mean())

    assert share("L", "k12_n") > 0.15
    names = items(questionnaire, "L", "niveau")["variabel"]
    assert set(pd.Series({name: share("L", name) for name in names}).nlargest(2).index) == {"k12_n", "k16_n"}
    assert max(share("P", name) for name in items(questionnaire, "P", "niveau")["variabel"]) < 0.05


def test_one_code_is_off_the_scale(usable: pd.DataFrame, questionnaire: pd.DataFrame) -> None:
    scales = read(EXPORT / "skalaer.csv").groupby("skala")["kode"].agg(set)
    off = [
        (name, value)
        for name, scale in questionnaire.loc[questionnaire["skala"] != "", ["variabel", "skala"]]
        .drop_duplicates()
        .values
        for value in set(usable[name]) - {""} - scales[scale]
    ]
    assert off == [("k07_v", "6")]


def test_two_respondents_answered_what_their_group_was_not_asked(
    usable: pd.DataFrame, questionnaire: pd.DataFrame
) -> None:
    pairs = questionnaire.assign(group=questionnaire["grupper"].str.split()).explode("group")
    asked = pairs.groupby("variabel")["group"].agg(set)
    found = [
        (group, name)
        for name, groups in asked.items()
        for group in usable.loc[usable[name] != "", "gruppe"]
        if group not in groups
    ]
    assert sorted(found) == [("L", "k22_v"), ("P", "k03_n")]


@pytest.mark.parametrize(
    ("question", "most"), [("behov_lok", 2), ("behov_pol", 2), ("behov_ans", 2), ("barr", 3), ("sbarr", 3)]
)
def test_nobody_ticks_more_than_allowed(usable: pd.DataFrame, question: str, most: int) -> None:
    ticks = usable[[name for name in usable.columns if name.rsplit("_", 1)[0] == question]]
    assert (ticks == "1").sum(axis=1).max() == most
    assert ticks.isin(["", "0", "1"]).all(axis=None)


def test_the_favourite_form_is_one_of_those_ticked(usable: pd.DataFrame) -> None:
    chosen = usable[(usable["form_top"] != "") & (usable["form_1"] != "")]
    assert (chosen.apply(lambda row: row[f"form_{row['form_top']}"], axis=1) == "1").all()


def test_open_answers_are_dealt_out_once_within_their_group_and_question(usable: pd.DataFrame) -> None:
    texts = read(DEMO / "generator" / "aabne_svar.csv")
    for (group, question), part in texts.groupby(["gruppe", "spoergsmaal"]):
        given = usable.loc[(usable["gruppe"] == group) & (usable[str(question)] != ""), str(question)]
        assert sorted(given) == sorted(part["svar"])
    wrote = (usable[["aab1", "aab2", "aab3"]] != "").any(axis=1)
    assert 0.40 <= wrote.mean() <= 0.56


def test_the_export_is_cp1252_with_windows_line_ends(answers: pd.DataFrame) -> None:
    raw = (EXPORT / "dataset.csv").read_bytes()
    assert raw.count(b"\r\n") == len(answers) + 1
    assert "æ".encode("cp1252") in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
