"""Made-up studies in real folders: few questions, small groups, and all that makes confidentiality hard."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from blupkit.core import Study, read_study
from blupkit.core.slugs import slug

TOWNS = (
    "Nordby",
    "Sydby",
    "Østby",
    "Vestby",
    "Midtby",
    "Åby",
    "Engby",
    "Skovby",
    "Strandby",
    "Bakkeby",
    "Mosby",
    "Dalby",
)
GROUPS = (
    ("L", "lokalrådsmedlemmer", "lokalrådene"),
    ("A", "kommunalt ansatte", "forvaltningen"),
    ("P", "byrådspolitikere", "politikerne"),
    ("F", "foreningsfolk", "foreningerne"),
    ("E", "erhvervsdrivende", "erhvervslivet"),
)
ITEMS, FORMS, TIMES = ("Søge fonde", "Lede møder"), ("Webinar", "Studietur", "Kursus"), ("Dag", "Aften", "Lørdag")
#: Every question's variable; `{g}` is the rating group, for statements.
RATED = ("k1_v", "k1_n", "k2_v", "k2_n")
TICKS = ("form_1", "form_2", "form_3")
#: What own tables are split by; asked where a study has any.
AGES = ("Under 30", "30-44", "45-59", "60+")

Answers = dict[str, int | None]


@dataclass
class Person:
    """One respondent."""

    name: str
    town: int
    group: str
    answers: Answers


@dataclass
class MadeUp:
    """A study that can be written again, with other answers."""

    folder: Path
    towns: int
    groups: int
    min_n: int
    caution_n: int
    common: tuple[str, ...]
    people: list[Person]
    invited: dict[tuple[int, str], int | None] = field(default_factory=dict)
    made: int = 0
    #: Own tables: question, what it is split by, and for whom.
    own: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    #: Whether the ages are in the release themselves.
    ages: bool = False
    #: Whether new answers count at once, however few they are.
    counts_late: bool = False

    def write(self) -> Study:
        """Write the folder as it is now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        columns = [*RATED, *(f"s1_{key}" for key in self.keys), *TICKS, "tid", *(["alder"] if self.own else [])]
        lines = [";".join(["id", "kommune", "gruppe", *columns])]
        for person in self.people:
            given = [person.answers.get(column) for column in columns]
            cells = [person.name, str(101 + person.town), person.group, *("" if x is None else str(x) for x in given)]
            lines.append(";".join(cells))
        files = {"svar.csv": lines, "study.toml": self._settings(), "spoergeskema.csv": self._questions()}
        files["skalaer.csv"] = _scales()
        files["dimensioner.csv"] = ["dimension;navn;kort", "D1;Projekter og møder;Projekter"]
        files["udsendelse.csv"] = ["kommune;gruppe;antal_inviteret;kanal;dato;paamindelse"] + [
            f"{101 + town};{group};{'ukendt' if number is None else number};mail;1.2.2022;"
            for (town, group), number in self.invited.items()
        ]
        for name, text in files.items():
            (self.folder / name).write_text("\n".join(text) + "\n", "utf-8")
        return read_study(self.folder)

    @property
    def keys(self) -> list[str]:
        return [key for key, *_ in GROUPS[: self.groups]]

    def _settings(self) -> list[str]:
        lines = ['navn = "Prøven"', 'udgiver = "Udgiveren"', 'periode = "maj 2022"', "data_dato = 2022-05-02"]
        lines += ['metode = "Deltagerne er ikke tilfældigt udvalgt."', "syntetisk = true", "[taerskler]"]
        lines += [f"min_n = {self.min_n}", f"varsomhed_n = {self.caution_n}"]
        for key, name, called in GROUPS[: self.groups]:
            lines += ["[[gruppe]]", f'noegle = "{key}"', f'navn = "{name}"', f'ental = "Et af {name}"']
            lines += [f'koder = ["{key}"]', f'omtales_som = "{called}"']
            lines += ["vises_lokalt = false"] if key in self.common else []
        for place, name in enumerate(TOWNS[: self.towns]):
            lines += ["[[kommune]]", f"kode = {101 + place}", f'navn = "{name} Kommune"', f'kort_navn = "{name}"']
            lines += ["verificeret = true"]
        lines += ["[spoergeskema]", 'format = "tabel"', 'data = "svar.csv"', 'spoergeskema = "spoergeskema.csv"']
        lines += ['skalaer = "skalaer.csv"', 'dimensioner = "dimensioner.csv"', 'udsendelse = "udsendelse.csv"']
        lines += ['besvarelse_id = "id"', 'kommune = "kommune"', 'gruppe = "gruppe"', "behold_dubletter = true"]
        lines += ["[udgivelse]", f'nye_svar = "{"med" if self.counts_late else "venter"}"']
        return [*lines, *self._own_settings()]

    def _own_settings(self) -> list[str]:
        if not self.own:
            return []
        tables = ["behov", "retninger", "dimensioner", "samarbejde", "ved_ikke", "form", "tid"]
        lines = [f"tabeller = {[*tables, *(['alder'] if self.ages else [])]}"]
        for question, by, readers in self.own:
            lines += ["[[udgivelse.egen]]", f'navn = "{question} efter {by}"', f'spoergsmaal = "{question}"']
            lines += [f'fordelt_paa = "{by}"', f"for_hvem = {list(readers)}"]
        return lines

    def _questions(self) -> list[str]:
        every = " ".join(self.keys)
        lines = ["emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om"]
        for place, item in enumerate(ITEMS, 1):
            lines += [f"k{place};k{place}_v;vigtighed;Hvor vigtigt?;{item.lower()};{item};{every};fem;D1;"]
            lines += [f"k{place};k{place}_n;niveau;Hvor godt?;{item.lower()};{item};{every};fem;D1;"]
        for key in self.keys:
            about = next(other for other in [*self.keys[1:], self.keys[0]] if other != key)
            lines += [f"s1;s1_{key};udsagn;Hvor enig?;Vi har tillid;Tillid;{key};fem;;{about}"]
        lines += [f"form;form_{n};flere;Hvilke former?;{text};{text};{every};;;" for n, text in enumerate(FORMS, 1)]
        lines += [f"tid;tid;enkelt;Hvornår?;;Tidspunkt;{every};tid;;"]
        return [*lines, *([f"alder;alder;enkelt;Hvor gammel?;;Alder;{every};alder;;"] if self.own else [])]


def _scales() -> list[str]:
    words = ("Slet ikke", "Mindre", "Nogenlunde", "Vigtig", "Meget")
    lines = ["skala;kode;tekst;betydning", *(f"fem;{code};{word};svar" for code, word in enumerate(words, 1))]
    lines += ["fem;8;Ved ikke;ved_ikke", *(f"tid;{code};{word};svar" for code, word in enumerate(TIMES, 1))]
    return [*lines, *(f"alder;{code};{word};svar" for code, word in enumerate(AGES, 1))]


def make_up(folder: Path, seed: int, *, towns: tuple[int, int] = (2, 12)) -> MadeUp:
    """Make a study up; the same seed gives the same."""
    dice = random.Random(seed)
    min_n = dice.choice([3, 4, 5, 5, 5, 6, 8, 10])
    number = dice.randint(2, 5)
    study = MadeUp(
        folder, dice.randint(*towns), number, min_n, max(min_n, dice.choice([min_n, 10, 10, 12])),
        tuple(key for key, *_ in GROUPS[:number] if dice.random() < 0.15), [], counts_late=seed % 2 == 0,
    )  # fmt: skip
    open_to_end = dice.choice([0.0, 0.1, 0.3])
    for town in range(study.towns):
        for group in study.keys:
            alike = dice.random() < 0.25
            size = dice.choice([0, 1, min_n - 1, min_n, min_n + 1, dice.randint(0, 9), dice.randint(6, 20)])
            mood = dice.choice([1, 2, 3, 4, 5])
            first = _answer(dice, group, mood, 0.0)
            for _ in range(size):
                given = dict(first) if alike else _answer(dice, group, mood, open_to_end)
                study.people.append(Person(f"r{len(study.people):04}", town, group, given))
            study.invited[town, group] = dice.choice([None, size + dice.randint(0, 9), size + dice.randint(0, 30)])
    study.made = len(study.people)
    return study


def add_own(study: MadeUp, seed: int) -> None:
    """Give a study own tables, and enough answers in some places for parts of a group to be shown there."""
    dice = random.Random(10_000 + seed)
    slugs = [slug(name) for name in TOWNS[: study.towns]]
    for town in range(study.towns):
        for group in study.keys:
            if dice.random() < 0.6:
                for _ in range(dice.randint(5, 60)):
                    given = _answer(dice, group, dice.randint(1, 5), 0.05)
                    study.people.append(Person(f"r{study.made:04}", town, group, given))
                    study.made += 1
    spread = dice.choice([(1, 1, 1, 1), (1, 8, 8, 1), (1, 20, 1, 20)])
    for person in study.people:
        person.answers["alder"] = None if dice.random() < 0.06 else dice.choices([1, 2, 3, 4], spread)[0]
    readers = dice.choice([("alle",), tuple(dice.sample(slugs, dice.randint(1, len(slugs))))])
    asked = dice.sample([("tid", "alder"), ("form", "alder"), ("k1", "alder"), ("s1", "alder"), ("form", "tid")], 2)
    study.own = tuple((question, by, readers) for question, by in asked)
    study.ages = dice.random() < 0.4


def _answer(dice: random.Random, group: str, mood: int, missing: float) -> Answers:
    def rating() -> int | None:
        if dice.random() < missing:
            return dice.choice([None, 8])
        return min(5, max(1, mood + dice.choice([-2, -1, 0, 0, 0, 1, 2])))

    given: Answers = {name: rating() for name in (*RATED, f"s1_{group}")}
    ticked = [int(dice.random() < 0.5) for _ in TICKS]
    given |= dict(zip(TICKS, ticked, strict=True))
    given["tid"] = None if dice.random() < missing else dice.choice([1, 2, 2, 3])
    return given


def go_on(study: MadeUp, seed: int) -> None:
    """Let time pass: some come, some take their answers back, some answers are corrected."""
    _go_on(study, seed)
    dice = random.Random(20_000 + seed)
    for person in study.people if study.own else ():
        if "alder" not in person.answers or dice.random() < 0.01:
            person.answers["alder"] = dice.choice([None, 1, 2, 3, 4])


def _go_on(study: MadeUp, seed: int) -> None:
    dice = random.Random(seed)
    many = dice.random() < 0.4
    for town in range(study.towns):
        for group in study.keys:
            what = dice.choice(["nothing", "nothing", "come", "alike", "swap", "leave", "correct"])
            own = [person for person in study.people if (person.town, person.group) == (town, group)]
            some = dice.randint(study.min_n, 2 * study.min_n) if many else dice.randint(1, study.min_n)
            if what in ("leave", "swap"):
                gone = own[:some] if what == "leave" else own[:1]
                study.people = [person for person in study.people if person not in gone]
            if what == "correct":
                for person in own[:some]:
                    person.answers = _answer(dice, group, dice.randint(1, 5), 0.0)
            if what in ("come", "alike", "swap"):
                mood = dice.randint(1, 5)
                same = _answer(dice, group, mood, 0.0)
                for _ in range(1 if what == "swap" else some):
                    given = dict(same) if what == "alike" else _answer(dice, group, mood, 0.1)
                    study.people.append(Person(f"r{study.made:04}", town, group, given))
                    study.made += 1
            if (number := study.invited[town, group]) is not None:
                study.invited[town, group] = number + len(own) + some
