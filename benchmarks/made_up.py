"""Made-up studies of any size, for measuring."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from blupkit.core import MEASURE_COLUMNS, Draft, Study, read_study

GROUPS = {"L": ("lokalrådsmedlemmer", 37), "P": ("byrådspolitikere", 9), "A": ("kommunalt ansatte", 15)}
SCALE = "skala;kode;tekst;betydning\n" + "".join(
    f"fem;{code};Trin {code};{'ved_ikke' if code == 8 else 'svar'}\n" for code in (1, 2, 3, 4, 5, 8)
)


def write_study(folder: Path, rows: int, items: int, towns: int = 6) -> Study:
    """Write a study of so many respondents, each with importance and level of so many items: 2 x items columns."""
    random = np.random.default_rng(0)
    names = [f"k{item:02d}_{end}" for item in range(items) for end in "vn"]
    codes = random.choice(
        ["1", "2", "3", "4", "5", "8", ""], size=(rows, len(names)), p=[0.1, 0.15, 0.25, 0.25, 0.15, 0.05, 0.05]
    )
    data = pd.DataFrame(codes, columns=names)
    data.insert(0, "id", np.arange(rows))
    data.insert(1, "kommune", random.integers(1, towns + 1, rows))
    data.insert(2, "gruppe", random.choice(list(GROUPS), size=rows, p=[0.6, 0.15, 0.25]))
    data.to_csv(folder / "svar.csv", sep=";", index=False)
    lines = [
        f"k{item:02d};k{item:02d}_{end};{kind};Hvor?;emne {item};Emne {item};L P A;fem;;"
        for item in range(items)
        for end, kind in (("v", "vigtighed"), ("n", "niveau"))
    ]
    head = "emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om"
    (folder / "spoergeskema.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    (folder / "skalaer.csv").write_text(SCALE, encoding="utf-8")
    (folder / "study.toml").write_text(_settings(towns), encoding="utf-8")
    return read_study(folder)


def _settings(towns: int) -> str:
    groups = "".join(
        f'[[gruppe]]\nnoegle = "{key}"\nnavn = "{name}"\nental = "{name}"\nvises_lokalt = {str(key != "P").lower()}\n'
        for key, (name, _) in GROUPS.items()
    )
    places = "".join(
        f'[[kommune]]\nkode = {town}\nnavn = "By {town} Kommune"\nkort_navn = "By {town}"\n'
        for town in range(1, towns + 1)
    )
    return (
        'navn = "Måling"\nudgiver = "Ingen"\nperiode = "maj 2026"\ndata_dato = 2026-05-31\n'
        + groups
        + places
        + '[spoergeskema]\nformat = "tabel"\ndata = "svar.csv"\nspoergeskema = "spoergeskema.csv"\n'
        'skalaer = "skalaer.csv"\nbesvarelse_id = "id"\nkommune = "kommune"\ngruppe = "gruppe"\n'
    )


def make_draft(towns: int, items: int = 26) -> Draft:
    """Make the tables of a release: so many municipalities, three groups, two means an item, some answers missing."""
    random = np.random.default_rng(0)
    rows: list[tuple[object, ...]] = []
    for group, (_, people) in GROUPS.items():
        answers = {
            f"by-{town}": random.integers(1, 6, size=(random.poisson(people), 2, items)) for town in range(1, towns + 1)
        }
        answers["alle"] = np.concatenate(list(answers.values()))
        for place, part in answers.items():
            rows.append((place, group, "svar", "Svar", "Besvarelser", len(part), len(part), 0, np.inf))
            for item in range(items):
                # Which answers are missing depends on what is answered, so that the total is the sum of its parts.
                given = part[(part[:, 0, item] * 7 + part[:, 1, (item + 1) % items] * 3) % 11 > 0]
                for side, measure in enumerate(("Vigtighed", "Nuværende niveau")):
                    mean = given[:, side, item].mean() if len(given) else np.nan
                    rows.append((place, group, f"k{item}", f"Emne {item}", measure, mean, len(given), 1, 5))
    columns = ["municipality", "group", "item", "label", "measure", "value", "n", "lowest", "highest"]
    table = pd.DataFrame(rows, columns=columns).assign(low=np.nan, high=np.nan)[MEASURE_COLUMNS]
    table = table.astype({"lowest": float, "highest": float})
    people_rows = table["item"] == "svar"
    tables = {"svar": table[people_rows].assign(additive=False), "behov": table[~people_rows]}
    return Draft({name: part.reset_index(drop=True) for name, part in tables.items()}, "svar")
