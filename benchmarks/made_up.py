"""Made-up studies of any size, for measuring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Study, read_study
from blupkit.disclosure import MEASURE_COLUMNS, Draft

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


def write_words(path: Path, rows: int, columns: int) -> None:
    """Write an export in words: two grids that share their points, ticks, open answers, an id, and who answered."""
    random = np.random.default_rng(0)
    ticks, written = 12, 5
    points = (columns - ticks - written - 3) // 2
    table: dict[str, object] = {"id": np.arange(rows)}
    table["kommune"] = random.choice([f"Sted {town}" for town in range(6)], rows)
    table["gruppe"] = random.choice(["Frivillig", "Ansat"], rows)
    importance = ["Slet ikke vigtigt", "Mindre vigtigt", "Vigtigt", "Meget vigtigt", "Ved ikke"]
    level = ["Meget lavt", "Lavt", "Højt", "Meget højt", "Ved ikke"]
    for asked, scale in (("Hvor vigtigt er det?", importance), ("Hvad er dit niveau?", level)):
        table |= {f"{asked} [punkt {point}]": random.choice(scale, rows) for point in range(points)}
    table |= {f"Hvad vil du? [valg {choice}]": random.integers(0, 2, rows) for choice in range(ticks)}
    table |= {f"Skriv frit {n}": [f"noget om {row} og {n} andre" for row in range(rows)] for n in range(written)}
    pd.DataFrame(table).to_csv(path, sep=";", index=False)


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


WORDS = ["vi", "har", "puljer", "som", "borgerne", "ikke", "kender", "og", "lokalrådet", "mangler", "tid", "til", "at"]
CODEBOOK = "kode;tema_nr;tema;navn;definition\n" + "".join(
    f"{theme}.{code};{theme};Tema {theme};Kode {theme}{code};Noget\n" for theme in range(1, 7) for code in range(1, 5)
)


def _clock(turn: int) -> str:
    return f"{turn // 60:02d}:{turn % 60:02d}"


#: A vocabulary in which a word that is searched for is as rare as it is in a talk: one in a thousand.
RARE: Final = ("ansøgning", "ansøgningen", "ansøgninger", "ansøgningerne")
_LETTERS: Final = "bdefghjklmnoprstuv"
LARGE: Final = [*(f"{word}{one}{two}" for word in WORDS for one in _LETTERS for two in _LETTERS), *RARE]


def write_interviews(
    folder: Path, talks: int, turns: int = 250, words: int = 40, vocabulary: Sequence[str] = WORDS
) -> Study:
    """Write so many transcripts of so many turns (by default 10,000 words each), every tenth turn coded by two."""
    random, known = np.random.default_rng(0), np.array(vocabulary)
    register = ["interview;navn;rolle;kommune;alder;aliasser"]
    lines: dict[str, list[str]] = {"A": [], "B": []}
    for talk in range(talks):
        said = [" ".join(random.choice(known, words)).capitalize() + "." for _ in range(turns)]
        speakers = [f"Taler {talk} {'ABCD'[turn % 4]}" for turn in range(turns)]
        cues = [
            f"{_clock(turn)}:00.000 --> {_clock(turn)}:50.000\n<v {who}>{text}</v>\n"
            for turn, (who, text) in enumerate(zip(speakers, said, strict=True))
        ]
        (folder / f"t{talk}.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
        register += [f"t{talk};{who};lokalråd;;;" for who in sorted(set(speakers))]
        for coder, step in (("A", 10), ("B", 9)):
            lines[coder] += [
                f"t{talk}\t{turn + 1}\t0\t{len(said[turn])}\t{1 + turn % 6}.{1 + turn % 4}\t\t\t{said[turn]}"
                for turn in range(0, turns, step)
            ]
    head = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote"
    for coder, rows in lines.items():
        (folder / f"{coder}.tsv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (folder / "deltagere.csv").write_text("\n".join(register) + "\n", encoding="utf-8")
    (folder / "kodebog.csv").write_text(CODEBOOK, encoding="utf-8")
    parts = [
        f'[[interview.udskrift]]\nid = "t{talk}"\nfil = "t{talk}.vtt"\ntitel = "{talk}"\n' for talk in range(talks)
    ]
    (folder / "study.toml").write_text(
        'navn = "Måling"\nudgiver = "Ingen"\nperiode = "maj 2026"\ndata_dato = 2026-05-31\n'
        '[[gruppe]]\nnoegle = "L"\nnavn = "lokalrådsmedlemmer"\nental = "Lokalrådsmedlem"\n'
        '[interview]\nkodebog = "kodebog.csv"\ndeltagere = "deltagere.csv"\nroller = { "lokalråd" = "L" }\n'
        'kodninger = { A = "A.tsv", B = "B.tsv" }\n' + "".join(parts),
        encoding="utf-8",
    )
    return read_study(folder)
