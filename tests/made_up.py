"""Small studies that differ in what sentences stumble on: how many groups and places, which words, which scale."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

LONG = "inddrage de borgere, som sjældent kommer til møderne, i arbejdet med planen for egnen og skolen"
NEEDS = ("søge fonde", "lede møder", "få flere med", "skrive referat")
#: What Markdown would make links, emphasis, tags, lists and headings of.
MARKS = ("læse http://by.dk/a_b", "*lede* _møder_", "1. skrive <b>referat</b>", "# søge [fonde](x)")
STATEMENTS = ("Tillid", "Tidlig inddragelse", "Aftaler bliver fulgt op")
CHOICES = ("Webinar", "Studietur", "Kursus over to dage")
GROUPS = {
    "L": ("lokalrådsmedlemmer", "Lokalrådsmedlem", "lokalrådene"),
    "A": ("kommunalt ansatte", "Kommunalt ansat", "forvaltningen"),
    "P": ("byrådspolitikere", "Byrådspolitiker", "politikerne"),
    "F": ("medlemmer af foreninger", "Medlem af en forening", "foreningerne"),
    "S": ("skoleledere", "Skoleleder", "skolerne"),
}


@dataclass(frozen=True)
class MadeUp:
    """What one study is like; the defaults are three groups in three municipalities with enough answers."""

    name: str
    groups: int = 3
    places: int = 3
    answers: int = 14
    pairs: bool = True
    steps: int = 5
    needs: tuple[str, ...] = NEEDS
    own_words: bool = False
    #: The last group is told of for all municipalities together only.
    together: bool = True


STUDIES = [
    MadeUp("plain"),
    MadeUp("no pairs", pairs=False),
    MadeUp("two groups", groups=2, together=False),
    MadeUp("five groups", groups=5),
    MadeUp("one municipality", places=1),
    MadeUp("98 municipalities", groups=2, places=98, answers=6, together=False),
    MadeUp("few answers everywhere", answers=6),
    MadeUp("everything hidden", answers=2),
    MadeUp("own words for bodies", own_words=True, places=4),
    MadeUp("scale 1-7", steps=7),
    MadeUp("labels that look like marks", needs=MARKS),
    MadeUp("very long labels", needs=(LONG, f"{LONG} – også om vinteren", "lede møder", "tage/give ansvar")),
]


def write_made_up(folder: Path, study: MadeUp) -> Path:
    """Write a study and give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = list(GROUPS)[: study.groups]
    chance = random.Random(study.name)
    columns = [f"k{n}_{end}" for n in range(len(study.needs)) for end in "vn"] if study.pairs else []
    asks = " ".join(keys)
    lines = ["emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om"]
    for n, need in enumerate(study.needs if study.pairs else ()):
        label = need[:1].upper() + need[1:]
        lines += [f"k{n};k{n}_v;vigtighed;Hvor vigtigt er det?;{need};{label};{asks};trin;D{n % 2 + 1};"]
        lines += [f"k{n};k{n}_n;niveau;Hvor godt gør du det?;{need};{label};{asks};trin;D{n % 2 + 1};"]
    for n, said in enumerate(STATEMENTS):
        lines += [
            f"s{n};s{n}_{own};udsagn;Hvor enig er du?;{said};{said};{_others(keys, own)};trin;;{own}" for own in "LA"
        ]
        columns += [f"s{n}_{own}" for own in "LA"]
    lines += [
        f"form;form_{n};flere;Hvordan vil du helst lære?;{said};{said};{asks};;;" for n, said in enumerate(CHOICES)
    ]
    columns += [f"form_{n}" for n in range(len(CHOICES))]
    lines += [
        f"tid;tid;enkelt;Hvor lang tid har du?;;Tid;{asks};tid;;",
        f"aab;aab;aaben;Hvad skal der til?;;Ord;{asks};;;",
    ]
    columns += ["tid", "aab"]
    names = [f"{'Ø' if n % 7 == 0 else 'N'}by{n}" for n in range(study.places)]
    rows, invited = ["id;kommune;gruppe;" + ";".join(columns)], ["kommune;gruppe;antal_inviteret"]
    for at, name in enumerate(names):
        for key in keys:
            size = study.answers + (at % 3 if study.answers > 4 else 0)
            invited += [f"{name};{key};{size + 9}"] if at else []
            answers = [[_answer(column, key, study, chance) for column in columns] for _ in range(size)]
            rows += [f"{len(rows) + n};{name};{key};{';'.join(each)}" for n, each in enumerate(answers)]
    scales = [f"trin;{n};Trin {n};svar" for n in range(1, study.steps + 1)] + ["trin;9;Ved ikke;ved_ikke"]
    scales += [f"tid;{n};{said};svar" for n, said in enumerate(("Op til 3 timer", "En hel dag"), 1)]
    files = {
        "study.toml": _settings(study, keys, names),
        "svar.csv": "\n".join(rows),
        "spoergeskema.csv": "\n".join(lines),
        "skalaer.csv": "\n".join(["skala;kode;tekst;betydning", *scales]),
        "udsendelse.csv": "\n".join(invited),
        "dimensioner.csv": "dimension;navn;kort\nD1;Roller;Roller og forventninger\nD2;Dialog;Dialog og konflikter",
    }
    for file, text in files.items():
        (folder / file).write_text(text + "\n", "utf-8")
    return folder


def _others(keys: list[str], own: str) -> str:
    return " ".join(key for key in keys if key != own)


def _answer(column: str, key: str, study: MadeUp, chance: random.Random) -> str:
    if column.startswith("form"):
        return str(int(chance.random() < (0.7 if column.endswith("0") == (key == "L") else 0.4)))
    if column == "tid":
        return str(chance.choice((1, 1, 2)))
    if column == "aab":
        return "Mere tid til at mødes"
    if column.startswith("s"):
        if column.endswith(key):
            return ""
        return str(chance.choice((3, 4, 5) if key == "A" and not column.startswith("s2") else (1, 2, 3)))
    low = 2 if column.endswith("n") else 4
    return str(min(study.steps, low + chance.choice((0, 1)) + (key == "P") - (column == "k0_n")))


def _settings(study: MadeUp, keys: list[str], names: list[str]) -> str:
    groups = "".join(
        f'[[gruppe]]\nnoegle = "{key}"\nnavn = "{plural}"\nental = "{one}"\nomtales_som = "{called}"\n'
        + ("vises_lokalt = false\n" if study.together and key == keys[-1] else "")
        for key, (plural, one, called) in GROUPS.items()
        if key in keys
    )
    words = [
        'politisk_organ = "kommunalbestyrelse"\npolitisk_organ_bestemt = "kommunalbestyrelsen"\n'
        'lokalt_organ = "lokaludvalg"\ngruppenavne = { L = "medlemmer af landsbyråd og lokaludvalg" }\n',
        'lokalt_organ = "borgerforening"\npladser = 25\nantal_lokale_organer = 1\n',
        'lokalt_organ = "landsbylaug"\nantal_lokale_organer = 12\n',
    ]
    places = "".join(
        f'[[kommune]]\nkode = {900 + at}\nnavn = "{name} Kommune"\nkort_navn = "{name}"\nverificeret = true\n'
        + (words[at % 3] if study.own_words else "")
        for at, name in enumerate(names)
    )
    return (
        'navn = "Prøven"\nudgiver = "Udgiveren"\nperiode = "maj 2022"\ndata_dato = 2022-05-02\nsyntetisk = true\n'
        'metode = "Deltagerne er ikke tilfældigt udvalgt."\n'
        f"{groups}{places}[spoergeskema]\n"
        'format = "tabel"\ndata = "svar.csv"\nspoergeskema = "spoergeskema.csv"\nskalaer = "skalaer.csv"\n'
        'dimensioner = "dimensioner.csv"\nudsendelse = "udsendelse.csv"\nbesvarelse_id = "id"\nkommune = "kommune"\n'
        'gruppe = "gruppe"\n'
    )
