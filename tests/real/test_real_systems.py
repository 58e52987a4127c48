"""Real exports of survey systems, read by us and by pandas, cell by cell.

The files are other people's and lie outside the repository. Put them in a folder with one subfolder a system
(`qualtrics`, `surveymonkey`, `redcap`, `limesurvey`, `kobo`; `.csv` and `.xlsx`), and say where:

    BLUPKIT_REAL_EXPORTS=/path/to/folder .venv/bin/python -m pytest -n 0 -s tests/real

Every respondent's cell that we keep must stand in the file where pandas finds it; every column is kept, dropped as
personal or the system's own, and every row is a respondent or told. What was compared is printed; no cell is.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from blupkit.core import read_study
from blupkit.core.sections import System
from blupkit.survey.reading.exports import read_export
from blupkit.survey.reading.origin.conventions import CONVENTIONS, code_of

FOLDER = Path(os.environ.get("BLUPKIT_REAL_EXPORTS", ""))
pytestmark = pytest.mark.skipif(
    "BLUPKIT_REAL_EXPORTS" not in os.environ, reason="BLUPKIT_REAL_EXPORTS does not say where real exports lie"
)
#: How many rows of headings each system writes.
HEADINGS = {"qualtrics": 3, "surveymonkey": 2}
TOML = 'navn="R"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n[spoergeskema]\ndata="{name}"\n'


def files() -> Iterator[Path]:
    for system in ("qualtrics", "surveymonkey", "redcap", "limesurvey", "kobo"):
        yield from sorted((FOLDER / system).glob("*.csv"))
        yield from sorted(path for path in (FOLDER / system).glob("*.xlsx") if path.name != "form.xlsx")


def by_pandas(path: Path) -> tuple[list[str], pd.DataFrame]:
    """Every cell as text, nothing guessed: the first row of headings, and the rows below all of them."""
    if path.suffix == ".csv":
        try:
            raw = pd.read_csv(path, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except UnicodeDecodeError:
            raw = pd.read_csv(path, header=None, dtype=str, keep_default_na=False, encoding="cp1252")
    else:
        raw = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="openpyxl")
    # Older exports of Qualtrics have two rows, of which the second says what V1 … V10 are.
    older = raw.iloc[0, 0] == "V1"
    headings = 2 if older else HEADINGS.get(path.parent.name, 1)
    data, heads = raw.iloc[headings:], raw.iloc[0]
    heads = heads.mask(heads.str.fullmatch(r"V\d+"), raw.iloc[1]) if older else heads
    return heads.tolist(), data.set_axis(range(headings + 1, headings + 1 + len(data)))


def said(text: str) -> str:
    """As we write a cell: composed, without blanks around it, whole numbers without decimals."""
    plain = unicodedata.normalize("NFC", str(text)).strip()
    return re.sub(r"^(-?\d+)\.0$", r"\1", plain)


@pytest.mark.parametrize("path", list(files()) if "BLUPKIT_REAL_EXPORTS" in os.environ else [], ids=lambda p: p.name)
def test_every_cell_is_where_pandas_finds_it(tmp_path: Path, path: Path) -> None:
    (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "study.toml").write_text(TOML.format(name=path.name), encoding="utf-8")
    export = read_export(read_study(tmp_path))
    heads, theirs = by_pandas(path)

    filled = theirs[(theirs.map(said) != "").any(axis=1)]
    told = sum(int(match[1]) for fault in export.faults if (match := re.match(r"(\d+) rækker? med", fault.found)))
    assert len(export.data) + told == len(filled)

    data = export.data.astype("str")
    places = match_columns(path, heads, list(data.columns))
    wrong = [
        (row, name)
        for name, place in places.items()
        for row in data.index
        if said(data.loc[row, name]) != said(theirs.loc[row, theirs.columns[place]])
        and not ("redcap" in path.parent.name and said(theirs.loc[row, theirs.columns[place]]) == "")
    ]
    assert wrong == []
    own = CONVENTIONS[System(path.parent.name)].own
    left = len(heads) - len(places) - len(export.dropped)
    unread = [head for head in heads if re.fullmatch(own, code_of(str(head).strip()))]
    print(
        f"\n{path.parent.name}/{path.name}: {len(data)} respondents + {told} told, {len(places)} columns compared,"
        f" {len(data) * len(places)} cells, {len(wrong)} different; {len(export.dropped)} columns personal,"
        f" {left} the system's own"
    )
    assert left <= len(unread) + summaries(path, heads)


def match_columns(path: Path, heads: list[str], names: list[str]) -> dict[str, int]:
    """Say which of the file's columns each of ours is: by its order among those with the same heading."""
    names = [name for name in names if name]
    if path.parent.name == "surveymonkey":
        upper = pd.Series([head or None for head in heads]).ffill().tolist()
        first = [plain(str(head)) for head in upper]
    else:
        first = [plain(str(head)) for head in heads]
    places: dict[str, int] = {}
    start = 0
    for name in names:
        wanted = [plain(text) for text in (code_of(name), name, name.split(" [")[0], re.sub(r"\d+$", "", name))]
        places[name] = place = next(at for at in range(start, len(first)) if first[at] in wanted)
        start = place + 1
    assert len(set(places.values())) == len(names)
    return places


def plain(text: str) -> str:
    """Without the markup that some systems leave in a heading."""
    return " ".join(re.sub(r"<[^<>]*>", " ", text).split())


def summaries(path: Path, heads: list[str]) -> int:
    """Kobo's columns that repeat the choices beside them; empty headings of all."""
    repeated = [head for head in heads if any(other.startswith(f"{head}/") for other in heads)]
    return (len(repeated) if path.parent.name == "kobo" else 0) + sum(not str(head).strip() for head in heads)
