"""A study of eight municipalities, half of which have nothing to show of their own: two needs, an open answer."""

import random
from pathlib import Path

#: Municipality → how many of each group answered, and what they left: all, only "ved ikke", only words.
PLACES = {
    "Bakkeby": ((24, 23), "svar"),
    "Egeby": ((16, 17), "svar"),
    "Fjordby": ((18, 19), "svar"),
    "Ærøholm": ((12, 15), "svar"),
    "Tomstrup": ((0, 0), "svar"),
    "Fåby": ((2, 2), "svar"),
    "Tvivlsø": ((12, 12), "ved_ikke"),
    "Ordrup": ((12, 12), "ord"),
}
#: Those of which nothing but how many answered can be shown.
SILENT = ("tomstrup", "faaby", "tvivlsoe", "ordrup")
_SETTINGS = """navn = "Otte kommuner"
udgiver = "Udgiveren"
periode = "maj 2022"
data_dato = 2022-05-02
syntetisk = true
[taerskler]
min_n = {min_n}
[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"
{places}{more}
[spoergeskema]
format = "tabel"
data = "svar.csv"
spoergeskema = "spoergeskema.csv"
skalaer = "skalaer.csv"
udsendelse = "udsendelse.csv"
besvarelse_id = "id"
kommune = "kommune"
gruppe = "gruppe"
"""
_QUESTIONS = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;k1_v;vigtighed;Hvor vigtigt er det?;søge fonde;søge fonde;L A;fem;;
k1;k1_n;niveau;Hvor godt gør du det?;søge fonde;søge fonde;L A;fem;;
k2;k2_v;vigtighed;Hvor vigtigt er det?;lede møder;lede møder;L A;fem;;
k2;k2_n;niveau;Hvor godt gør du det?;lede møder;lede møder;L A;fem;;
aab;aab;aaben;Hvad skal der til?;;Hvad skal der til?;L A;;;
"""
_SCALES = "skala;kode;tekst;betydning\n" + "".join(
    f"fem;{code};{text};{meaning}\n"
    for code, text, meaning in [(n, f"Trin {n}", "svar") for n in range(1, 6)] + [(8, "Ved ikke", "ved_ikke")]
)


def write_small_study(
    folder: Path, *, min_n: int = 5, places: tuple[str, ...] = tuple(PLACES), more: str = "", seed: int = 1
) -> Path:
    """Write it, with some of the municipalities, and give its folder; Tomstrup has invited nobody."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    lines, invited = ["id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;aab"], ["kommune;gruppe;antal_inviteret"]
    for place in places:
        sizes, left = PLACES[place]
        for group, size in zip("LA", sizes, strict=True):
            invited += [f"{place};{group};{size + 5}"] if sizes != (0, 0) else []
            lines += [f"{len(lines) + at};{place};{group};{_answers(left, chance)}" for at in range(size)]
    toml = "".join(
        f'[[kommune]]\nkode = {900 + at}\nnavn = "{name} Kommune"\nkort_navn = "{name}"\nverificeret = true\n'
        for at, name in enumerate(places)
    )
    files = {
        "study.toml": _SETTINGS.format(min_n=min_n, places=toml, more=more),
        "svar.csv": "\n".join(lines) + "\n",
        "udsendelse.csv": "\n".join(invited) + "\n",
        "spoergeskema.csv": _QUESTIONS,
        "skalaer.csv": _SCALES,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def _answers(left: str, chance: random.Random) -> str:
    if left == "ved_ikke":
        return "8;8;8;8;"
    if left == "ord":
        return ";;;;Mere tid til at mødes"
    return ";".join(str(chance.choice(codes)) for codes in [(3, 4, 5), (1, 2, 3)] * 2) + ";"
