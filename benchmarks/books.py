"""How long a large workbook takes to read, and how much memory, against pandas with the same library underneath."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Final

from timing import seconds

from blupkit.core import FileError, read_table
from blupkit.core.spreadsheet import letters

ROWS: Final = 20_000
COLUMNS: Final = 200
#: How many cells Excel could not compute, and in which column what it computed stands.
ERRORS: Final = 500
COMPUTED: Final = 7
WORDS: Final = ("vi", "har", "puljer", "som", "borgerne", "ikke", "kender", "og", "mangler", "tid", "til", "dem")
MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    f' ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="Svar" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2"'
    f' Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def write_book(path: Path, *, bare: int = 0) -> None:
    """Write a workbook as Excel does: shared texts, codes, open answers, errors, formulas (so many without result)."""
    chance = random.Random(0)
    texts: dict[str, int] = {}
    names = [letters(column) for column in range(1, COLUMNS + 1)]
    wrong = {(chance.randrange(2, ROWS + 2), chance.randrange(10, COLUMNS)) for _ in range(ERRORS)}

    def cell(row: int, column: int) -> str:
        where = f"{names[column]}{row}"
        if row == 1 or column in {1, 2, 3}:
            text = f"k{column}" if row == 1 else " ".join(chance.choices(WORDS, k=1 if column < 3 else 12))
            return f'<c r="{where}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
        if (row, column) in wrong:
            return f'<c r="{where}" t="e"><v>#N/A</v></c>'
        if column == COMPUTED:
            result = "" if row <= bare + 1 else "<v>3</v>"
            return f'<c r="{where}"><f>MIN(5,1+2)</f>{result}</c>'
        return f'<c r="{where}"><v>{row if column == 0 else chance.randint(1, 5)}</v></c>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            for row in range(1, ROWS + 2):
                line = "".join(cell(row, column) for column in range(COLUMNS))
                sheet.write(f'<row r="{row}">{line}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{text}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst {MAIN} count="1" uniqueCount="{len(texts)}">{items}</sst>')


# The kernel's own mark of the most memory; unlike `ru_maxrss` it does not start at what the parent process had.
PEAK = """
import re, sys
from pathlib import Path
import pandas as pd, python_calamine
from blupkit.core import read_table
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
table = HOW
print((most() - before) * 1024)
"""
OURS: Final = "read_table(Path(sys.argv[1]), repeated=True, known={})"
THEIRS: Final = 'pd.read_excel(sys.argv[1], engine="calamine")'


def peak(path: Path, how: str) -> int:
    """Give the most memory, in bytes, that reading takes in a process of its own (Linux)."""
    code = [sys.executable, "-c", PEAK.replace("HOW", how), str(path)]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    return int(done.stdout)


def refused_for_formulas(path: Path) -> None:
    """Read a workbook that must not be read."""
    try:
        read_table(path, repeated=True, known={})
    except FileError as error:
        if "formler uden resultat" in str(error):
            return
    raise AssertionError("formulas without a result were taken for empty")


def large_workbook(folder: Path) -> list[tuple[str, float, float | None]]:
    """Compare reading a workbook, its errors found, with pandas; and finding formulas without result with it too."""
    import pandas as pd

    book, bare = folder / "svar.xlsx", folder / "uberegnet.xlsx"
    write_book(book)
    write_book(bare, bare=ROWS)
    ours, theirs, refused = [], [], []
    for _ in range(3):  # in turn: whatever else the machine does falls on all alike
        start = time.perf_counter()
        table = read_table(book, repeated=True, known={})
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        pd.read_excel(book, engine="calamine")
        theirs.append(time.perf_counter() - start)
        refused.append(seconds(lambda: refused_for_formulas(bare), runs=1))
    found = sum(int((cells == "#N/A").sum()) for _, cells in table.items())
    assert len(table) == ROWS, "not all rows are read"
    assert ERRORS * 0.99 < found <= ERRORS, f"{found} errors"
    against = f"a workbook of {ROWS:,} x {COLUMNS}, against pandas.read_excel(engine='calamine')"
    return [
        (f"reading {against}", min(ours) / min(theirs), 1.3),
        ("refusing the same with formulas without result, against the same", min(refused) / min(theirs), 1.3),
        ("the most memory of reading it, against the same", peak(book, OURS) / peak(book, THEIRS), 2.0),
    ]


ALL: Final = (large_workbook,)
