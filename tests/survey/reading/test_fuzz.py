"""Damaged exports of every kind: a named fault or a whole reading, never a traceback, and nobody lost on the way.

`make soak` tries a thousand of each. More, in parts: `BLUPKIT_OEDELAGTE=20000`
and `--hypothesis-seed=1` try so many over all kinds; every seed tries others.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from blupkit.core import Study, read_study
from blupkit.survey import check_responses, read_responses

TOML: Final = """
navn = "Prøven"
udgiver = "Udgiver"
periode = "maj 2027"
data_dato = 2027-05-02
[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
koder = ["1"]
[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"
koder = ["3"]
[[kommune]]
kode = 901
navn = "Sandby Kommune"
kort_navn = "Sandby"
[[kommune]]
kode = 902
navn = "Ærøsund Kommune"
kort_navn = "Ærøsund"
[spoergeskema]
spoergeskema = "spoergeskema.csv"
skalaer = "skalaer.csv"
besvarelse_id = "{id}"
kommune = "kommune"
gruppe = "gruppe"
format = "{format}"
data = "{data}"
"""
QUESTIONS: Final = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;k1_v;vigtighed;Hvor vigtigt?;søge puljer;;L A;fem;;
k1;k1_n;niveau;Hvor godt?;søge puljer;;L A;fem;;
form;form_1;flere;Hvilke former?;Aftenkursus;;L A;;;
form;form_2;flere;Hvilke former?;Bustur;;L A;;;
tid;tid;enkelt;Hvornår?;;;L A;tid;;
ord;ord;aaben;Hvad mangler?;;;L A;;;
"""
SCALES: Final = """skala;kode;tekst;betydning
fem;1;Slet ikke;svar
fem;2;Lidt;svar
fem;3;Noget;svar
fem;4;Meget;svar
fem;5;Helt;svar
fem;8;Ved ikke;ved_ikke
tid;1;Dag;svar
tid;2;Aften;svar
"""
HEADS: Final = ["id", "kommune", "gruppe", "k1_v", "k1_n", "form_1", "form_2", "tid", "ord"]
SAID: Final = ["Tid", "", 'Et "ja"; tak', "To\nlinjer, altså", "Ærlig snak på Ærø 🙂", "Lys"]
PEOPLE: Final = [
    [
        *(f"r{n:03}x", str(901 + n % 2), str(1 + n % 4 // 2 * 2), str(1 + n % 5), str(1 + n * 3 % 5)),
        *(str(n % 2), str(n // 2 % 2), str(1 + n % 2), SAID[n % len(SAID)]),
    ]
    for n in range(24)
]
#: A respondent's id at the beginning of a line, as no answer has it; and in a workbook.
STARTS: Final = re.compile(r'^"?(r\d{3}x)(?=[";,\t])', re.MULTILINE)
CELLS: Final = re.compile(r'<c r="A\d+"[^>]*><is><t>(r\d{3}x)</t>')
SHEET: Final = "xl/worksheets/sheet1.xml"


def text(separator: str, encoding: str, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n", title: str = "") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end).writerows([HEADS, *PEOPLE])  # type: ignore[arg-type]
    return (title + out.getvalue()).encode(encoding, errors="ignore")


def system(separator: str, before: list[str], rest: Callable[[int], list[str]], quoting: int = csv.QUOTE_ALL) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerow([before[0], *HEADS[1:], *before[1:]])
    writer.writerows([*row, *rest(number)] for number, row in enumerate(PEOPLE))
    return out.getvalue().encode()


def workbook(path: Path, heads: list[str]) -> bytes:
    book = Workbook()
    book.active.append(heads)
    for row in PEOPLE:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(path)
    return path.read_bytes()


def spss(path: Path) -> bytes:
    table = pd.DataFrame(PEOPLE, columns=HEADS)
    numbers = {name: pd.to_numeric(table[name]) for name in HEADS[1:-1]}
    pyreadstat.write_sav(table.assign(**numbers), str(path), variable_value_labels={"tid": {1: "Dag", 2: "Aften"}})
    return path.read_bytes()


#: What is damaged → the format, the file with the answers, and the column of the ids.
KINDS: Final = {
    "semikolon": ("tabel", "svar.csv", "id"),
    "komma": ("tabel", "svar.csv", "id"),
    "tabulator": ("tabel", "svar.csv", "id"),
    "titel": ("tabel", "svar.csv", "id"),
    "surveyxact": ("surveyxact", "svar.csv", "id"),
    "limesurvey": ("limesurvey", "svar.csv", "id"),
    "kobo": ("kobo", "svar.csv", "_id"),
    "google": ("google", "svar.csv", "id"),
    "enalyzer": ("enalyzer", "svar.csv", "id"),
    "projektmappe": ("tabel", "svar.xlsx", "id"),
    "ark": ("tabel", "svar.xlsx", "id"),
    "forms": ("forms", "svar.xlsx", "ID"),
    "spss": ("spss", "svar.sav", "id"),
    "spoergeskema": ("tabel", "spoergeskema.csv", "id"),
    "skalaer": ("tabel", "skalaer.csv", "id"),
}


def content(kind: str, path: Path) -> bytes:
    """Give the undamaged file."""
    made: dict[str, Callable[[], bytes]] = {
        "semikolon": lambda: text(";", "cp1252"),
        "komma": lambda: text(",", "utf-8-sig", csv.QUOTE_ALL, "\r\n"),
        "tabulator": lambda: text("\t", "utf-16"),
        "titel": lambda: text(";", "utf-8", title="sep=;\nRapport fra Prøven\n\n"),
        "surveyxact": lambda: text(";", "cp1252"),
        "limesurvey": lambda: system(
            ",", ["id", "submitdate", "lastpage"], lambda n: ["2027-05-01" if n % 5 else "", "4"]
        ),
        "kobo": lambda: system(";", ["_id", "_uuid", "_index"], lambda n: [f"u{n}", str(n)]),
        "google": lambda: system(",", ["id", "Tidsstempel"], lambda n: ["01/05/2027 9.30.00"], csv.QUOTE_MINIMAL),
        "enalyzer": lambda: text(",", "utf-8"),
        "projektmappe": lambda: workbook(path, HEADS),
        "ark": lambda: workbook(path, HEADS),
        "forms": lambda: workbook(path, ["ID", *HEADS[1:]]),
        "spss": lambda: spss(path),
        "spoergeskema": QUESTIONS.encode,
        "skalaer": SCALES.encode,
    }
    return made[kind]()


PIECES: Final = [
    '"',
    '""',
    ";",
    ",",
    "\t",
    "\n",
    "\r",
    "#",
    "#N/A",
    "sep=,\n",
    "<v>",
    ' t="e"',
    "<f>1+1</f>",
    "<!--",
    "_x000D_",
]
#: What happens to a file: where (as a share of it), how much, and what.
MUTATION: Final = st.tuples(
    st.floats(0, 1),
    st.integers(0, 60),
    st.sampled_from(["cut off", "remove", "repeat", "swap case"])
    | st.binary(min_size=1, max_size=8)
    | st.sampled_from([piece.encode() for piece in [*PIECES, "\u200b", "\u00a0", "\N{GRINNING FACE}"]])
    | st.sampled_from([b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe"]),
)
TRIED: Final = int(os.environ.get("BLUPKIT_OEDELAGTE", "0")) // len(KINDS)


def mutated(raw: bytes, mutations: list[tuple[float, int, Any]]) -> bytes:
    for share, size, what in mutations:
        place = int(share * len(raw))
        piece, after = raw[place : place + size], raw[place + size :]
        if what == "cut off":
            raw = raw[:place]
        elif isinstance(what, bytes):
            raw = raw[:place] + what + raw[place + size % 3 :]
        else:
            raw = raw[:place] + {"remove": b"", "repeat": piece * 2, "swap case": piece.swapcase()}[what] + after
    return raw


def in_sheet(raw: bytes, mutations: list[tuple[float, int, Any]]) -> bytes:
    """Damage the sheet inside a workbook, whose zip stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            inner = old.read(name)
            new.writestr(name, mutated(inner, mutations) if name == SHEET else inner)
    return out.getvalue()


def people_in(raw: bytes, kind: str) -> set[str]:
    """Count a second way: who has a row of their own in the file, by their ids alone."""
    if kind == "ark":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            return set(CELLS.findall(book.read(SHEET).decode("utf-8", "replace")))
    encodings = ["utf-16"] if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8", "latin-1"]
    for encoding in encodings:
        try:
            return set(STARTS.findall(raw.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return set()


class Target:
    """A study, the file of it that is damaged, and what that holds undamaged; told of in a word."""

    def __init__(self, study: Study, path: Path, whole: bytes) -> None:
        self.study, self.path, self.whole = study, path, whole


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Target]:
    """Give a study for each kind."""
    found = {}
    for kind, (form, file, ident) in KINDS.items():
        folder = tmp_path_factory.mktemp(kind)
        data = file if file.startswith("svar") else "svar.csv"
        (folder / "study.toml").write_text(TOML.format(id=ident, format=form, data=data), encoding="utf-8")
        (folder / "spoergeskema.csv").write_text(QUESTIONS, encoding="utf-8")
        (folder / "skalaer.csv").write_text(SCALES, encoding="utf-8")
        (folder / "svar.csv").write_bytes(text(";", "utf-8"))
        whole = content(kind, folder / file)
        (folder / file).write_bytes(whole)
        found[kind] = Target(read_study(folder), folder / file, whole)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_undamaged_file_is_read_whole(kind: str, studies: dict[str, Target]) -> None:
    responses = read_responses(studies[kind].study)
    assert (responses.received, len(responses.respondents)) == (24, 24)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=TRIED or settings().max_examples)
@given(mutations=st.lists(MUTATION, min_size=1, max_size=4))
def test_a_damaged_file_is_told_of_or_read_whole(
    kind: str, mutations: list[tuple[float, int, Any]], studies: dict[str, Target]
) -> None:
    study, path, whole = studies[kind].study, studies[kind].path, studies[kind].whole
    damaged = in_sheet(whole, mutations) if kind in {"ark", "forms"} else mutated(whole, mutations)
    path.write_bytes(damaged)
    try:
        faults = check_responses(study)
        assert all(map(len, faults["expected"]))
        assert all(len(told) > 3 for told in faults["action"])
        if (faults["level"] == "fejl").any():
            return
        responses = read_responses(study)
    finally:
        path.write_bytes(whole)
    aside = responses.set_aside[responses.set_aside["note"] == "besvarelser sat til side"]["n"].sum()
    assert responses.received == len(responses.respondents) + aside
    assert responses.received >= len(people_in(damaged, kind))
