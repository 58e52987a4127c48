"""Made-up evaluations: a study of workshops and learning alone, with forms that a test says or chance fills in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from blupkit.core import Study, read_study

GROUPS = ("L", "P", "A")
KEY = "0" * 16
#: Place and group → the forms that were handed in there: question → answer.
Forms = Mapping[tuple[str, str], Sequence[Mapping[str, object]]]
QUESTIONS = (
    ("workshop", "w1", "formålet var klart", "1-5"),
    ("workshop", "w10", "vil anbefale", "0-10"),
    ("workshop", "wa1", "", "tekst"),
    ("laering", "u1", "relevant", "1-5"),
)


def write_evaluated(
    folder: Path,
    workshops: Forms,
    sessions: Forms | None = None,
    *,
    came: Mapping[tuple[str, str], int] | None = None,
    planned: Sequence[str] = (),
    places: Sequence[str] = (),
) -> Study:
    """Write a study; who came is who handed a form in, where `came` says nothing else.

    A workshop is named as its municipality, a session as its activity. Those `planned` have not been held.
    """
    sessions, came = sessions or {}, came or {}
    towns = list(dict.fromkeys([*places, *(place for place, _ in workshops), *planned]))
    aktiviteter = folder / "aktiviteter"
    aktiviteter.mkdir(parents=True, exist_ok=True)
    settings = ['navn = "Prøve"', 'udgiver = "Udgiver"', 'periode = "maj 2027"', "data_dato = 2027-05-02"]
    settings += [
        f'[[gruppe]]\nnoegle = "{key}"\nnavn = "gruppe {key}"\nental = "{key}"\nkoder = ["{key}"]' for key in GROUPS
    ]
    settings += [
        f'[[kommune]]\nkode = {n}\nnavn = "{town} Kommune"\nkort_navn = "{town}"' for n, town in enumerate(towns)
    ]
    (folder / "study.toml").write_text("\n".join([*settings, "[aktiviteter]", ""]), "utf-8")

    def there(of: Forms, place: str) -> str:
        return ";".join(str(came.get((place, group), len(of.get((place, group), ())))) for group in GROUPS)

    def write(name: str, head: str, lines: Sequence[str]) -> None:
        (aktiviteter / f"{name}.csv").write_text("\n".join([head, *lines, ""]), "utf-8")

    counts = ";".join(f"deltog_{group}" for group in GROUPS)
    write("skemaer", "skema;spoergsmaal;tekst;kort;svar", [f"{f};{q};{k or q};{k};{s}" for f, q, k, s in QUESTIONS])
    write(
        "workshops",
        f"id;kommune;dato;start;slut;moedetype;{counts};status",
        [
            f"{town};{town};19.5.2027;16.30;20.00;dialog;{there(workshops, town)};"
            + ("planlagt" if town in planned else "afholdt")
            for town in towns
        ],
    )
    activities = list(dict.fromkeys(activity for activity, _ in sessions))
    write(
        "katalog",
        "id;titel;format;maalgruppe;timer;kompetencer",
        [f"{activity};Titel;webinar;L, P, A;2;k1" for activity in activities],
    )
    write(
        "afholdelser",
        f"id;aktivitet;dato;start;slut;kommuner;{counts};status",
        [f"{a};{a};20.10.2027;16.30;20.00;alle;{there(sessions, a)};afholdt" for a in activities],
    )
    for name, of_what, columns, of in (
        ("evaluering_workshop", "workshop", ("w1", "w10", "wa1"), workshops),
        ("evaluering_laering", "afholdelse", ("u1", "k1_foer", "k1_nu"), sessions),
    ):
        rows = [
            ";".join([place, group, *(str(form.get(column, "")) for column in columns)])
            for (place, group), forms in of.items()
            for form in forms
        ]
        if rows:
            write(name, ";".join([of_what, "gruppe", *columns]), rows)
    return read_study(folder)


def forms(question: str, *answers: object) -> list[dict[str, object]]:
    """Forms on which one question was answered."""
    return [{question: answer} for answer in answers]


def made_up(seed: int) -> tuple[Forms, Forms]:
    """Let chance fill forms in: small groups, groups that did not come, sessions for one group, answers at the ends."""
    dice = random.Random(seed)
    towns = [f"by{n}" for n in range(dice.randint(2, 6))]
    sizes = dice.choice([(0, 1, 2, 3, 5, 9), (1, 2, 3, 4), (0, 0, 4, 12), (2, 6, 14)])

    def fill(place: str, columns: Sequence[str]) -> dict[tuple[str, str], list[dict[str, object]]]:
        mood = dice.randint(1, 5)
        return {
            (place, group): [{name: _answer(dice, name, mood) for name in columns} for _ in range(dice.choice(sizes))]
            for group in GROUPS
        }

    workshops = {key: some for town in towns for key, some in fill(town, ("w1", "w10")).items()}
    sessions = {}
    for activity in (f"a{n}" for n in range(dice.randint(0, 4))):
        whom = dice.choice([("P",), ("L",), ("L", "A"), GROUPS])
        sessions |= {key: some for key, some in fill(activity, ("u1", "k1_foer", "k1_nu")).items() if key[1] in whom}
    return workshops, sessions


def go_on(workshops: Forms, seed: int) -> dict[tuple[str, str], list[dict[str, object]]]:
    """Let time pass: forms come late, some are corrected, one is taken back."""
    dice = random.Random(seed)
    later = {key: [dict(form) for form in some] for key, some in workshops.items()}
    for some in later.values():
        what = dice.choice(["nothing", "nothing", "nothing", "late", "corrected", "back"])
        if what == "late" and some:
            some += [{name: _answer(dice, name, 3) for name in ("w1", "w10")} for _ in range(dice.randint(1, 7))]
        if what == "corrected":
            for form in some[: dice.randint(1, 3)]:
                form["w1"] = _answer(dice, "w1", dice.randint(1, 5))
        if what == "back" and len(some) > 1:
            some.pop()
    return later


def _answer(dice: random.Random, name: str, mood: int) -> object:
    if dice.random() < 0.05:
        return ""
    if name == "w10":
        return dice.randint(4, 10)
    if name in ("w1", "u1") and dice.random() < 0.04:
        return 8
    return min(5, max(1, mood + dice.choice([-2, -1, 0, 0, 0, 1, 2])))
