from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from blupkit.core import DataError, FileError, Study
from blupkit.survey import read_responses
from blupkit.survey.reading.exports import LABEL_COLUMNS, STRUCTURE_COLUMNS, Export, read_export
from blupkit.survey.reading.questionnaire_file import read_questionnaire, structure_questionnaire

MakeStudy = Callable[..., Study]


def test_the_files_are_read_in_the_order_of_the_questionnaire(make_study: MakeStudy) -> None:
    study = make_study()
    questionnaire = read_questionnaire(study, read_export(study))
    assert questionnaire.variables["variable"].tolist()[:3] == ["k1_v", "k1_n", "k2_v"]
    assert questionnaire.variables["groups"].tolist()[4] == ("A",)
    assert questionnaire.ends_of("fem") == (1.0, 5.0)
    assert questionnaire.scales["code"].dtype == float


def test_the_capital_that_excel_gives_a_cell_is_no_other_word(make_study: MakeStudy) -> None:
    expected = read_responses(make_study())
    names = ("vigtighed", "niveau", "udsagn", "enkelt", "flere", "aaben", "fem", "svar")
    folder = expected.study.folder
    for file in ("spoergeskema.csv", "skalaer.csv"):
        text = (folder / file).read_text("utf-8")
        for name in names:
            head = f";{name}" if file == "spoergeskema.csv" or name == "svar" else f"\n{name}"
            text = text.replace(f"{head};", f"{head.replace(name, name.capitalize())};")
            text = text.replace(f";{name}\n", f";{name.capitalize()}\n")
        (folder / file).write_text(text.replace(";ved_ikke", ";Ved ikke").replace(";Aaben;", ";Åben;"), "utf-8")
    found = read_responses(expected.study)
    pd.testing.assert_frame_equal(found.answers, expected.answers)
    columns = ["item", "variable", "kind", "groups"]
    assert found.questionnaire.variables[columns].equals(expected.questionnaire.variables[columns])


def test_what_is_rated_only_once_of_a_pair_is_told(make_study: MakeStudy) -> None:
    """Until now a misspelt subject took a need off every page, unsaid."""
    study = make_study(change={"spoergeskema.csv": ("k1;k1_n;niveau;", "k11;k1_n;niveau;")})
    faults = [fault for fault in read_questionnaire(study, read_export(study)).faults if fault.column == "emne"]
    assert [(fault.row, fault.found, fault.level.value) for fault in faults] == [
        (2, "k1", "advarsel"),
        (3, "k11", "advarsel"),
    ]


def test_a_variable_may_be_worded_differently_for_two_groups(make_study: MakeStudy) -> None:
    two = (
        "k1;k1_v;vigtighed;Hvor vigtigt?;søge fonde;Søge fonde;L A;fem;D1;",
        "k1;k1_v;vigtighed;V?;søge;Søge;L;fem;D1;\nk1;k1_v;vigtighed;V?;hjælpe;Hjælpe;A;fem;D1;",
    )
    study = make_study(change={"spoergeskema.csv": two})
    asked = read_questionnaire(study, read_export(study)).asked
    assert asked.loc[asked["variable"] == "k1_v", ["group", "label"]].to_numpy().tolist() == [
        ["L", "Søge"],
        ["A", "Hjælpe"],
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "spoergeskema.csv",
            "k1_v;vigtighed",
            "k1_v;vigtig",
            "række 2, kolonne »type«: Her står »vigtig«. Forventet: vigtighed, niveau, udsagn, enkelt, flere"
            " eller aaben. Ret typen.",
        ),
        (
            "spoergeskema.csv",
            "A;fem;D2;",
            "A X;fem;D2;",
            "kolonne »grupper«: Her står »X«. Forventet: L eller A. Ret navnet.",
        ),
        ("spoergeskema.csv", "L;fem;;A", "L;fem;;Q", "kolonne »om«: Her står »Q«. Forventet: L eller A. Ret navnet."),
        (
            "spoergeskema.csv",
            "L;fem;;A",
            "L;seks;;A",
            "kolonne »skala«: Her står »seks«. Forventet: fem eller tid. Ret navnet.",
        ),
        (
            "spoergeskema.csv",
            "A;fem;D2;",
            "A;fem;D7;",
            "kolonne »dimension«: Her står »D7«. Forventet: D1 eller D2. Ret navnet.",
        ),
        (
            "spoergeskema.csv",
            "k2;k2_v;",
            "k2;k1_v;",
            "kolonne »variabel«: Her står »k1_v«. Forventet: hver variabel kun én gang for hver gruppe. Slet den"
            " ene række, eller del grupperne mellem dem.",
        ),
        (
            "spoergeskema.csv",
            "k2;k2_v;",
            ";k2_v;",
            "kolonne »emne«: Her står »ingenting«. Forventet: et navn. Udfyld cellen, eller slet rækken.",
        ),
        (
            "skalaer.csv",
            "fem;2;",
            "fem;to;",
            "række 3, kolonne »kode«: Her står »to«. Forventet: et tal. Skriv svarets kode, som den står i eksporten.",
        ),
        (
            "skalaer.csv",
            "fem;2;",
            "fem;1;",
            "kolonne »kode«: Her står »1«. Forventet: hver kode kun én gang i en skala. Fjern den ene række.",
        ),
        (
            "skalaer.csv",
            "ved_ikke",
            "vedikke",
            "kolonne »betydning«: Her står »vedikke«. Forventet: svar, ved_ikke eller uoplyst. Ret ordet.",
        ),
    ],
)
def test_each_fault_in_the_files_has_its_message(
    make_study: MakeStudy, file: str, old: str, new: str, message: str
) -> None:
    study = make_study(change={file: (old, new)})
    with pytest.raises(DataError) as caught:
        read_questionnaire(study, read_export(study))
    assert message in str(caught.value)


def test_a_variable_keeps_kind_scale_and_item_in_all_its_rows(make_study: MakeStudy) -> None:
    two = (
        "k1;k1_v;vigtighed;Hvor vigtigt?;søge fonde;Søge fonde;L A;fem;D1;",
        "k1;k1_v;vigtighed;;a;a;L;fem;D1;\nk9;k1_v;enkelt;;b;b;A;tid;D1;",
    )
    study = make_study(change={"spoergeskema.csv": two})
    with pytest.raises(DataError) as caught:
        read_questionnaire(study, read_export(study))
    assert [fault.column for fault in caught.value.faults] == ["type", "skala", "emne"]


def test_all_faults_come_at_once(make_study: MakeStudy) -> None:
    study = make_study(change={"spoergeskema.csv": ("fem;D1", "syv;D9")})
    with pytest.raises(DataError) as caught:
        read_questionnaire(study, read_export(study))
    assert len(caught.value.faults) == 8


def test_a_missing_column_is_named(make_study: MakeStudy) -> None:
    study = make_study(change={"dimensioner.csv": ("navn", "titel")})
    with pytest.raises(FileError, match=r"også en kolonne med dimensionens navn. Tilføj kolonnen »navn«"):
        read_questionnaire(study, read_export(study))


def test_a_table_without_any_questionnaire_says_what_is_needed(make_study: MakeStudy) -> None:
    study = make_study(change={"study.toml": ('spoergeskema = "spoergeskema.csv"\n', "")})
    with pytest.raises(DataError, match=r"Her står »intet spørgeskema, som kolonnerne kan læses efter«"):
        read_questionnaire(study, read_export(study))


def structure(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Rows of variable, question name, sub-type and text; a choice's own text follows a bar."""
    lines = []
    for variable, question, kind, text in rows:
        stem, _, choice = text.partition("|")
        lines.append([question, variable, "Open" if kind == "String" else "Closed", kind, stem, "", choice])
    return pd.DataFrame(lines, columns=list(STRUCTURE_COLUMNS))


def test_a_questionnaire_is_derived_from_structure_and_labels() -> None:
    labels = [[v, str(c), t] for v in ("g1", "g2") for c, t in ((1, "Enig"), (2, "Uenig"), (9, "Ved ikke"))]
    export = Export(
        pd.DataFrame(
            {"m1": ["1"], "m2": ["0"], "g1": ["1"], "g2": ["2"], "o": ["ja"], "tal": ["54"], "stato_1": ["1"]}
        ),
        pd.DataFrame([*labels, ["e", "1", "Ønsker ikke at svare"]], columns=LABEL_COLUMNS),
        structure(
            ("m1", "m", "Multiple", "Hvilke?|Cykel"),
            ("m2", "m", "Multiple", "Hvilke?|Bus"),
            ("g1", "g1", "Single", "Hvor enig - helt ærligt - er du? - Vi lytter - også"),
            ("g2", "g2", "Single", "Hvor enig - helt ærligt - er du? - Vi handler"),
            ("e", "e", "Single", "Alene - uden fæller"),
            ("o", "o", "String", "Andet?"),
            ("tal", "tal", "Single", "Skole"),
            ("stato_1", "stato", "Multiple", "Status|Ny"),
        ),
        (),
        "d.csv",
    )
    derived = structure_questionnaire(export, ("alle",), set())
    variables, scales, dimensions = derived.variables, derived.scales, derived.dimensions
    assert variables[["item", "variable", "kind", "question", "label", "scale"]].to_numpy().tolist() == [
        ["m", "m1", "flere", "Hvilke?", "Cykel", ""],
        ["m", "m2", "flere", "Hvilke?", "Bus", ""],
        ["g1", "g1", "enkelt", "Hvor enig - helt ærligt - er du?", "Vi lytter - også", "g1"],
        ["g2", "g2", "enkelt", "Hvor enig - helt ærligt - er du?", "Vi handler", "g1"],
        ["e", "e", "enkelt", "Alene - uden fæller", "Alene - uden fæller", "e"],
        ["o", "o", "aaben", "Andet?", "Andet?", ""],
        ["tal", "tal", "enkelt", "Skole", "Skole", "tal"],
    ]
    assert scales.to_numpy().tolist() == [
        ["g1", 1.0, "Enig", "svar"],
        ["g1", 2.0, "Uenig", "svar"],
        ["g1", 9.0, "Ved ikke", "ved_ikke"],
        ["e", 1.0, "Ønsker ikke at svare", "uoplyst"],
        ["tal", 54.0, "54", "svar"],
    ]
    assert dimensions.empty
