from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from blupkit.core import Study, read_study

TOML = """
navn = "Prøven"
udgiver = "Udgiver"
periode = "maj 2022"
data_dato = 2022-05-02

[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"

[[gruppe]]
noegle = "P"
navn = "byrådspolitikere"
ental = "Byrådspolitiker"

[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"

[[kommune]]
kode = 480
navn = "Nordfyns Kommune"
kort_navn = "Nordfyns"

[interview]
kodebog = "kodebog.csv"
deltagere = "deltagere.csv"
afgoerelser = "afgoerelser.csv"
kodninger = { A = "kodninger_A.tsv" }
citater = "citater.csv"
roller = { "lokalråd" = "L", "ansat" = "A" }
parter = ["lokalråd", "ansatte", "politikere", "samspil"]

[[interview.udskrift]]
id = "fg1"
fil = "fg1.txt"
titel = "Gruppe 1"
talere = { L1 = "Bo Ravn Storm", A1 = "Ida Holm", M = "Moderator" }

[[interview.udskrift]]
id = "fg2"
fil = "fg2.txt"
titel = "Gruppe 2"
talere = { L1 = "Per Mathiesen", A1 = "Lise Kjeldsen", M = "Moderator" }
"""
REGISTER = """interview;navn;rolle;kommune;alder;aliasser
fg1;Moderator;moderator;;;Jane
fg1;Bo Ravn Storm;lokalråd;Nordfyns Kommune;60;"Bo;Bos;20 00 00 14"
fg1;Ida Holm;ansat;Nordfyns Kommune;40;Ida
fg1;Inger-Lise Bach;omtalt;;;Inger-Lise
fg1;Tværhave;sted;;;tvaerhave
fg2;Moderator;moderator;;;Jane
fg2;Per Mathiesen;lokalråd;;;Per
fg2;Lise Kjeldsen;ansat;;;Lise
"""
CODEBOOK = """kode;tema_nr;tema;navn;definition;medtages;medtages_ikke;eksempel;soegemoenster
1.1;1;Roller;Mandat;Hvad man kan love;;;;mandat* | love noget
2.1;2;Økonomi;Puljer;Penge til projekter;;;;pulje | fond
"""
FG1 = """# Legende: L1: lokalråd
[00:00:01] M: Hvad er svært?
[00:00:05] L1: Puljerne i Tværhave. Jeg kan ikke love noget.
[00:00:20] A1: Det siger Bo altid, og vi har intet mandat.
"""
FG2 = "[00:00:01] M: Og her?\n[00:01:05] L1: Vi søgte en pulje.\n[00:02:00] A1: Ja.\n"
CODINGS = (
    "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\n"
    "fg1\t2\t0\t20\t2.1\tbarriere\tansatte\tPuljerne i Tværhave.\n"
    "fg1\t2\t21\t45\t1.1\tneutral\t\tJeg kan ikke love noget.\n"
    "fg1\t3\t23\t42\t1.1\tbarriere\tansatte\tvi har intet mandat\n"
    "fg2\t2\t0\t18\t2.1\tfremmer\tlokalråd\tVi søgte en pulje.\n"
)
DECISIONS = "kandidat;afgoerelse;erstatning;note\n"
QUOTES = "interview;tur;start;slut;kode;godkendt_af;note\nfg1;2;0;20;2.1;AT;\n"
FILES = {
    "study.toml": TOML,
    "deltagere.csv": REGISTER,
    "kodebog.csv": CODEBOOK,
    "fg1.txt": FG1,
    "fg2.txt": FG2,
    "kodninger_A.tsv": CODINGS,
    "afgoerelser.csv": DECISIONS,
    "citater.csv": QUOTES,
}
DEMO = Path(__file__).parents[3] / "shared" / "demo"
MakeStudy = Callable[..., Study]


@pytest.fixture
def make_study(tmp_path: Path) -> MakeStudy:
    """Write a small study; each file can be replaced by text or bytes, and None leaves it out."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Study:
        for name, content in {**FILES, **(changes or {})}.items():
            if isinstance(content, str):
                (tmp_path / name).write_bytes(content.encode("utf-8"))
            elif content is not None:
                (tmp_path / name).write_bytes(content)
        return read_study(tmp_path)

    return make


@pytest.fixture
def make_transcript(make_study: MakeStudy) -> Callable[..., Study]:
    """Write a study with one transcript in a file of the name given."""

    def make(name: str, content: str | bytes, speakers: str = "", register: str = REGISTER) -> Study:
        head = TOML.split("[[interview.udskrift]]")[0].replace('kodninger = { A = "kodninger_A.tsv" }\n', "")
        part = f'[[interview.udskrift]]\nid = "fg1"\nfil = "{name}"\ntitel = "Gruppe 1"\ntalere = {{ {speakers} }}\n'
        only = "\n".join(line for line in register.split("\n") if not line.startswith("fg2"))
        quotes = QUOTES.split("\n")[0] + "\n"
        changes = {"study.toml": head + part, name: content, "deltagere.csv": only, "citater.csv": quotes}
        return make_study(changes)

    return make


@pytest.fixture
def focus_group() -> Callable[[str], list[dict[str, str]]]:
    """One of the invented focus groups, or a skip where they are not there."""

    def read(name: str) -> list[dict[str, str]]:
        path = DEMO / f"{name}.tsv"
        if not path.is_file():
            pytest.skip("the focus groups' own tables (../shared/demo) are not here")
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    return read


@pytest.fixture
def register_of() -> Callable[[str], str]:
    """The register of one focus group, written as the study's own file."""

    def write(name: str) -> str:
        with (DEMO / f"{name}_participants.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))[1:]
        lines = [f'fg1;{row[0]};{row[1]};{row[2]};{row[3]};"{row[4]}"' for row in rows]
        return "\n".join(["interview;navn;rolle;kommune;alder;aliasser", *lines]) + "\n"

    return write
