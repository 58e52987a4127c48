from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blupkit.core import Study, read_study
from blupkit.disclosure import Draft
from blupkit.survey import SurveyRelease, make_release, read_responses

TOML = """
navn = "Prøven"
udgiver = "Udgiver"
periode = "maj 2022"
data_dato = 2022-05-02
metode = "Deltagerne er ikke tilfældigt udvalgt."

[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
koder = ["L", "1"]
omtales_som = "lokalrådene"

[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"
koder = ["A", "3"]
omtales_som = "forvaltningen"

[[kommune]]
kode = 430
navn = "Faaborg-Midtfyn Kommune"
kort_navn = "Faaborg-Midtfyn"
stavemaader = ["FMK"]

[[kommune]]
kode = 370
navn = "Næstved Kommune"
kort_navn = "Næstved"

[spoergeskema]
format = "tabel"
data = "svar.csv"
spoergeskema = "spoergeskema.csv"
skalaer = "skalaer.csv"
dimensioner = "dimensioner.csv"
udsendelse = "udsendelse.csv"
besvarelse_id = "id"
kommune = "kommune"
gruppe = "gruppe"
"""
QUESTIONS = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;k1_v;vigtighed;Hvor vigtigt?;søge fonde;Søge fonde;L A;fem;D1;
k1;k1_n;niveau;Hvor godt?;søge fonde;Søge fonde;L A;fem;D1;
k2;k2_v;vigtighed;Hvor vigtigt?;lede møder;Lede møder;L A;fem;D1;
k2;k2_n;niveau;Hvor godt?;lede møder;Lede møder;L A;fem;D1;
k3;k3_v;vigtighed;Hvor vigtigt?;melde tilbage;Melde tilbage;A;fem;D2;
k3;k3_n;niveau;Hvor godt?;melde tilbage;Melde tilbage;A;fem;D2;
s1;s1_for;udsagn;Hvor enig?;Vi har tillid;Tillid;L;fem;;A
s1;s1_lok;udsagn;Hvor enig?;Vi har tillid;Tillid;A;fem;;L
form;form_1;flere;Hvilke former?;Webinar;Webinar;L A;;;
form;form_2;flere;Hvilke former?;Studietur;Studietur;L A;;;
tid;tid;enkelt;Hvornår?;;Tidspunkt;L A;tid;;
ord;ord;aaben;Andet?;;Andet;L A;;;
"""
SCALES = """skala;kode;tekst;betydning
fem;1;Slet ikke;svar
fem;2;Mindre;svar
fem;3;Nogenlunde;svar
fem;4;Vigtig;svar
fem;5;Meget;svar
fem;8;Ved ikke;ved_ikke
tid;1;Dag;svar
tid;2;Aften;svar
tid;9;Ønsker ikke at oplyse;uoplyst
"""
DIMENSIONS = "dimension;navn;kort\nD1;Projekter og møder;Projekter\nD2;Opfølgning;Opfølgning\n"
INVITED = """kommune;gruppe;antal_inviteret;kanal;dato;paamindelse
430;L;20;mail;1.2.2022;
430;A;10;mail;1.2.2022;
Næstved;L;ukendt;opslag;1.2.2022;
Næstved;A;8;mail;1.2.2022;
"""
HEAD = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord"
ROWS = (
    "a;430;1;5;2;4;4;;;3;;1;0;1;Mere tid",
    "b;430;1;4;3;8;3;;;2;;1;1;2;",
    "c;430;3;5;4;4;3;5;2;;4;0;1;1;",
    "d;Næstved;L;5;4;3;;;;;;;;;",
    "e;Næstved;A;3;3;5;4;4;1;;5;0;0;9;",
)

MakeStudy = Callable[..., Study]


@pytest.fixture(scope="session")
def demo() -> Study:
    return read_study(Path(__file__).parents[2] / "data" / "demo")


@pytest.fixture(scope="session")
def decided(demo: Study) -> tuple[Draft, SurveyRelease]:
    return make_release(read_responses(demo))


@pytest.fixture(scope="session")
def whole(decided: tuple[Draft, SurveyRelease]) -> SurveyRelease:
    return decided[1]


@pytest.fixture
def make_study(tmp_path: Path) -> MakeStudy:
    """Write a small study; `change` is file → (old text, new text)."""

    def make(
        rows: tuple[str, ...] | list[str] = ROWS, head: str = HEAD, change: dict[str, tuple[str, str]] | None = None
    ) -> Study:
        files = {
            "study.toml": TOML,
            "svar.csv": "\n".join([head, *rows]) + "\n",
            "spoergeskema.csv": QUESTIONS,
            "skalaer.csv": SCALES,
            "dimensioner.csv": DIMENSIONS,
            "udsendelse.csv": INVITED,
        }
        for name, (old, new) in (change or {}).items():
            assert old in files[name], f"{old} is not in {name}"
            files[name] = files[name].replace(old, new)
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read_study(tmp_path)

    return make
