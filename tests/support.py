"""What several test files need."""

from pathlib import Path

import pandas as pd
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from blupkit.core import Study
from blupkit.disclosure import SafeTable
from blupkit.disclosure.primary import primary_reasons
from blupkit.disclosure.safe_table import safe_table

TOWNS = ["faaborg-midtfyn", "soenderborg", "kerteminde", "naestved", "nordfyns", "slagelse"]


def suppress(table: pd.DataFrame, study: Study) -> SafeTable:
    """Hide only what may not be shown by itself: made-up tables do not add up, so nothing can be worked out of them."""
    unsafe = (primary_reasons(table, study) != "").rename("unsafe")
    keys = [table["municipality"], table["group"], table.get("block", table["item"])]
    return safe_table(table, unsafe.groupby(keys).transform("any").astype(bool), study)


def unbroken(html: str) -> str:
    """Give a page's text as it is read: a soft hyphen only says where a long word may be broken."""
    return html.replace("\N{SOFT HYPHEN}", "")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#RRGGBB) as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


FRONT = (
    "from blupkit import core, report\n"
    "edition = core.read_edition(core.read_study(study_folder), 'alle')\n"
    "report.front(edition, title='Prøve', facts=[])"
)


def notebook(folder: Path, name: str, *cells: str, meta: dict[str, object] | None = None) -> Path:
    """Write a small notebook with a parameters cell and the front block."""
    folder.mkdir(exist_ok=True)
    settings = new_code_cell('study_folder = "data/demo"', metadata={"tags": ["parameters"]})
    book = new_notebook(
        cells=[settings, new_code_cell(FRONT), new_markdown_cell("## Et afsnit"), *map(new_code_cell, cells)],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "blupkit": meta if meta is not None else {"sider": "faelles", "bruger": []},
        },
    )
    write(book, folder / f"{name}.ipynb")
    return folder


#: The front of a notebook that `write_notebook` writes.
OPENING = (
    "from blupkit import core, report\n"
    "edition = core.read_edition(core.read_study(study_folder), municipality)\n"
    "report.front(edition, title='Prøve', facts=[])"
)


def write_notebook(
    folder: Path, name: str, *cells: str, pages: str = "faelles", uses: tuple[str, ...] = (), title: str = ""
) -> Path:
    """Write a small notebook with parameters, and give its folder."""
    folder.mkdir(exist_ok=True)
    settings = new_code_cell('study_folder = "x"\nmunicipality = "alle"\nantal = 3', metadata={"tags": ["parameters"]})
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "blupkit": {"sider": pages, "bruger": list(uses)} | ({"titel": title} if title else {}),
    }
    write(new_notebook(cells=[settings, *map(new_code_cell, cells)], metadata=metadata), folder / f"{name}.ipynb")
    return folder
