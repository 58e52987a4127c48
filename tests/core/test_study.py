"""study.toml: what is right comes in whole, what is wrong is said in Danish with its place."""

import subprocess
import sys
from pathlib import Path

import pytest

from blupkit import core
from blupkit.core.sections import Municipality
from blupkit.core.study import Contents
from blupkit.core.study_file import find_folder

DEMO = Path(__file__).parents[2] / "data" / "demo"

SMALL = """
navn = "Prøve"
udgiver = "Os"
periode = "maj 2026"
data_dato = 2026-05-31

[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"

[[kommune]]
kode = 430
navn = "Faaborg-Midtfyn Kommune"
kort_navn = "Faaborg-Midtfyn"
stavemaader = ["FMK"]

[[kommune]]
kode = 330
navn = "Slagelse Kommune"
kort_navn = "Slagelse"
"""


def make(tmp_path: Path, text: str = SMALL) -> Path:
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    return tmp_path


def faults_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(core.BlupkitError) as caught:
        core.read_study(make(tmp_path, text))
    return [str(fault) for fault in caught.value.faults]


def test_the_demo_study_knows_its_six_municipalities_and_their_words() -> None:
    study = core.read_study(DEMO)
    assert [m.slug for m in study.municipalities] == [
        "faaborg-midtfyn",
        "soenderborg",
        "kerteminde",
        "naestved",
        "nordfyns",
        "slagelse",
    ]
    assert core.read_edition(study, "soenderborg").group_name("L") == "medlemmer af landsbylaug"
    assert study.municipalities[0].council_definite == "kommunalbestyrelsen"
    assert core.read_edition(study, "slagelse").group_name("P") == "byrådspolitikere"
    assert core.read_edition(study, "slagelse").common_groups == ("P",)
    assert core.read_edition(study, "alle").common_groups == ()
    assert core.read_edition(study, "alle").place == "alle seks kommuner"
    assert core.read_edition(study, "slagelse").everyone == "alle seks"
    assert sum(m.seats or 0 for m in study.municipalities) == 168  # 25 + 31 + 25 + 31 + 25 + 31


@pytest.mark.parametrize(
    "spelling",
    [
        "430",
        "Faaborg-Midtfyn",
        "Fåborg Midtfyn",
        "faaborg-midtfyn kommune",
        "FAABORG MIDTFYN",
        "FMK",
        "Faaborg-Midtfyns Kommune",
    ],
)
def test_a_municipality_is_known_by_code_name_and_the_usual_spellings(tmp_path: Path, spelling: str) -> None:
    study = core.read_study(make(tmp_path))
    expected = None if spelling == "Faaborg-Midtfyns Kommune" else "faaborg-midtfyn"
    assert study.match_municipality(spelling) == expected


def test_a_misspelt_municipality_is_not_guessed_but_suggested(tmp_path: Path) -> None:
    study = core.read_study(make(tmp_path))
    assert study.match_municipality("Slagelsse") is None
    assert study.suggest_municipality("Slagelsse") == "Slagelse Kommune"
    assert study.suggest_municipality("Odense") == ""


def test_an_unknown_municipality_lists_those_that_exist(tmp_path: Path) -> None:
    study = core.read_study(make(tmp_path))
    with pytest.raises(core.DataError, match="Forventet: faaborg-midtfyn, slagelse eller alle") as caught:
        core.read_edition(study, "slagelsee")
    assert "Mente du »slagelse«?" in str(caught.value)


def test_all_faults_in_the_settings_are_told_at_once_with_their_rows(tmp_path: Path) -> None:
    text = SMALL.replace("2026-05-31", '"i maj"').replace("kode = 430", 'kode = "fire"').replace('udgiver = "Os"', "")
    assert faults_of(tmp_path, text + "\nukendt = 1\n") == [
        "study.toml, indstilling »udgiver«: Her står »ingenting«. Forventet: en værdi for denne indstilling. "
        "Ret indstillingen.",
        "study.toml, række 5, indstilling »data_dato«: Her står »i maj«. Forventet: en dato som 2022-05-02. "
        "Ret indstillingen.",
        "study.toml, indstilling »kommune.1.kode«: Her står »fire«. Forventet: et helt tal. Ret indstillingen.",
        "study.toml, række 23, indstilling »kommune.2.ukendt«: Her står »1«. "
        "Forventet: en indstilling, som blupkit kender. Fjern den, eller ret stavningen.",
    ]


def test_a_line_that_is_no_toml_is_shown_with_its_number(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, SMALL.replace('navn = "Prøve"', 'navn = "Prøve'))
    assert faults == [
        'study.toml, række 2: Her står »navn = "Prøve«. Forventet: en linje som navn = "værdi" eller et afsnit som '
        "[spoergeskema]. Ret linjen; se efter et glemt anførselstegn eller lighedstegn."
    ]


@pytest.mark.parametrize(
    ("setting", "said"),
    [("min_n = 2", "Forventet: mindst 3"), ("min_n = 20", "varsomhed_n må ikke være mindre end min_n")],
)
def test_the_limit_cannot_be_lowered_below_three_or_above_the_caution(tmp_path: Path, setting: str, said: str) -> None:
    text = SMALL.replace("[[gruppe]]", f"[taerskler]\n{setting}\n\n[[gruppe]]", 1)
    assert said in faults_of(tmp_path, text)[0]


def test_two_municipalities_cannot_share_a_code(tmp_path: Path) -> None:
    assert "kommune.kode er brugt to gange: 430" in faults_of(tmp_path, SMALL.replace("330", "430"))[0]


def test_a_municipality_cannot_take_the_name_of_the_common_folder(tmp_path: Path) -> None:
    assert "må ikke være »alle«" in faults_of(tmp_path, SMALL.replace('"Slagelse"', '"Fælles"'))[0]


def test_a_missing_folder_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(core.FileError, match="blupkit new"):
        core.read_study(tmp_path / "findes-ikke")


def test_a_study_is_found_from_a_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "s").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    make(tmp_path / "data" / "s")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert find_folder("data/s") == (tmp_path / "data" / "s").resolve()


def test_every_source_line_of_an_invented_study_says_so(tmp_path: Path) -> None:
    real = core.read_edition(core.read_study(make(tmp_path)), "slagelse")
    assert real.source == "Spørgeskemaundersøgelse, Prøve, maj 2026."
    invented = core.read_edition(
        core.read_study(make(tmp_path, SMALL.replace("udgiver", "syntetisk = true\nudgiver"))), "slagelse"
    )
    assert invented.source == "Spørgeskemaundersøgelse, Prøve, maj 2026. (Syntetiske demodata)"


def test_unverified_facts_are_told(tmp_path: Path) -> None:
    study = core.read_study(make(tmp_path, SMALL.replace("kode = 330", "kode = 330\nverificeret = true")))
    told = core.check_study(study)
    assert told["found"].tolist() == ["Faaborg-Midtfyn Kommune"]
    assert set(told["level"]) == {"advarsel"}


def test_a_study_is_read_before_anything_heavy_is_imported() -> None:
    code = f"import sys; from blupkit.core import read_study; read_study({str(DEMO)!r}); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def refusing(*shown: str, **more: bool) -> core.Study:
    towns = [
        Municipality(kode=n, navn=f"{name} Kommune", kort_navn=name) for n, name in enumerate(("Nord", "Syd", "Øst"))
    ]
    return core.example_study().model_copy(
        update={"municipalities": tuple(towns), "release": Contents(kommuner=shown, **more)}
    )


@pytest.mark.parametrize(
    ("study", "said"),
    [
        (refusing("nord", "syd", "oest"), ""),
        (refusing("nord", "syd", samlet=False), ""),
        (
            refusing("nord", "syd"),
            "Øst Kommune får ikke sin egen side, men er talt med i det samlede tal. Nogle af de andre kommuners tal er"
            " derfor også skjult; ellers kunne dens tal regnes ud. Hvor mange der har svaret, kan stadig regnes ud, når"
            " de ikke er for få. Skal der vises mere, så aftal det, og skriv »beskyt = false« under [udgivelse].",
        ),
        (
            refusing("nord", "syd", beskyt=False),
            "Øst Kommune får ikke sin egen side, men er talt med i det samlede tal. Det samlede tal minus de andres"
            " giver kommunens tal. Aftal det med kommunen, eller fjern »beskyt = false« under [udgivelse].",
        ),
        (
            refusing("nord", beskyt=False),
            "Syd Kommune og Øst Kommune får ikke deres egne sider, men er talt med i det samlede tal. Det samlede tal"
            " minus de andres giver deres tal lagt sammen. Aftal det med kommunerne, eller fjern »beskyt = false« under"
            " [udgivelse].",
        ),
    ],
    ids=["nobody", "no total", "one, protected", "one, told", "two, told"],
)
def test_it_is_said_what_the_total_tells_of_those_without_a_page(study: core.Study, said: str) -> None:
    assert study.refusals == said
    warned = core.check_study(study)
    told = warned[warned["column"] == "udgivelse.beskyt"]
    assert told["action"].tolist() == ([said] if "minus" in said else [])
    assert set(told["level"]) <= {"advarsel"}
