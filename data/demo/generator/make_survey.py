"""Make the demo study's survey: the three files of a SurveyXact export, and the list of who was asked.

Everything is invented. The questionnaire is read from the study's own tables, the numbers to aim at from `plan.toml`
and the open answers from `aabne_svar.csv`; the rest is drawn with a fixed seed, so that the files come out the same
each time. Run it from anywhere: `python data/demo/generator/make_survey.py [FOLDER]` writes into FOLDER, by default the
demo study itself.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
STUDY = HERE.parent
GROUP_CODES = {"L": "1", "P": "2", "A": "3"}
GROUP_NAMES = {
    "L": "Medlem af lokalråd eller lignende",
    "P": "Medlem af byråd/kommunalbestyrelse",
    "A": "Ansat i kommunen",
}
STATUS = ("Ny", "Distribueret", "Nogle svar", "Gennemført", "Frafaldet")
ISLANDS = {"430": 0.06, "330": 0.12}  # only these two have inhabited small islands
DONT_KNOW = "8"

Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    """Read a semicolon-separated table as a list of rows, everything as text."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


class Plan:
    """The plan, the questionnaire and the stream of random numbers that every draw comes from."""

    def __init__(self) -> None:
        self.numbers: dict[str, Any] = tomllib.loads((HERE / "plan.toml").read_text("utf-8"))
        self.spread: dict[str, float] = self.numbers["spread"]
        self.rng = np.random.default_rng(self.numbers["seed"])
        self.rows = read_rows(STUDY / "spoergeskema" / "spoergeskema.csv")
        self.scales: dict[str, list[dict[str, str]]] = {}
        for answer in read_rows(STUDY / "spoergeskema" / "skalaer.csv"):
            self.scales.setdefault(answer["skala"], []).append(answer)
        self.variables = list(dict.fromkeys(row["variabel"] for row in self.rows))
        self.municipalities = {
            str(place["kode"]): place["navn"]
            for place in tomllib.loads((STUDY / "study.toml").read_text("utf-8"))["kommune"]
        }
        self.latent = {group: latent_means(self, group) for group in GROUP_CODES}

    def asked(self, group: str) -> Rows:
        """Rows of the questionnaire that a group is shown, in order."""
        return [row for row in self.rows if group in row["grupper"].split()]

    def chance(self, share: float) -> bool:
        """Draw whether something with this share happens."""
        return bool(self.rng.random() < share)

    def pick(self, shares: Sequence[float]) -> int:
        """Draw a position with these shares."""
        return int(np.searchsorted(np.cumsum(shares) / sum(shares), self.rng.random(), side="right"))


def latent_means(plan: Plan, group: str) -> dict[str, float]:
    """For each rated variable the mean of the latent normal variable whose rounded values have the planned mean."""
    numbers, spread = plan.numbers, plan.spread
    importance = _size(spread["importance"], spread["person_importance"], spread["municipality_importance"])
    level = _size(*(spread[name] for name in ("level", "person_level", "dimension_level", "municipality_level")))
    cooperation = _size(*(spread[name] for name in ("cooperation", "person_cooperation", "municipality_cooperation")))
    means = {}
    for item, (important, able) in numbers["competences"][group].items():
        means[f"{item}_v"] = _latent_mean(important, importance)
        means[f"{item}_n"] = _latent_mean(able, level)
    for rated, targets in numbers["cooperation"][group].items():
        means |= {f"s{number}_{rated}": _latent_mean(target, cooperation) for number, target in enumerate(targets)}
    return means


def _size(*deviations: float) -> float:
    return float(np.sqrt(sum(deviation**2 for deviation in deviations)))


def _latent_mean(target: float, deviation: float) -> float:
    low, high = 0.0, 7.0
    for _ in range(60):
        middle = (low + high) / 2
        curve = NormalDist(middle, deviation)
        if 5 - sum(curve.cdf(edge) for edge in (1.5, 2.5, 3.5, 4.5)) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def place_effects(plan: Plan) -> dict[tuple[str, str, str], float]:
    """How each municipality differs from the rest, per group and rated variable; the differences cancel out."""
    effects = {}
    kinds = {
        "vigtighed": "municipality_importance",
        "niveau": "municipality_level",
        "udsagn": "municipality_cooperation",
    }
    for group in GROUP_CODES:
        weights = np.array(list(plan.numbers["answers"][group].values()), dtype=float)
        for row in plan.asked(group):
            if row["type"] in kinds:
                drawn = plan.rng.normal(0, plan.spread[kinds[row["type"]]], len(weights))
                drawn -= (drawn * weights).sum() / weights.sum()
                for code, effect in zip(plan.municipalities, drawn, strict=True):
                    effects[code, group, row["variabel"]] = float(effect)
    return effects


def answer_rated(plan: Plan, group: str, code: str, effects: dict[tuple[str, str, str], float]) -> dict[str, str]:
    """Draw one person's ratings of the competences and of the cooperation."""
    spread, rng = plan.spread, plan.rng
    first, second, warmth = rng.normal(size=3)
    shared = spread["shared"]
    person = {
        "vigtighed": first * spread["person_importance"],
        "niveau": (shared * first + np.sqrt(1 - shared**2) * second) * spread["person_level"],
        "udsagn": warmth * spread["person_cooperation"],
    }
    noise = {"vigtighed": "importance", "niveau": "level", "udsagn": "cooperation"}
    dimensions = {f"D{number}": rng.normal(0, spread["dimension_level"]) for number in range(1, 7)}
    dont_know: dict[str, float] = plan.numbers["dont_know"][group]
    answers = {}
    for row in plan.asked(group):
        kind, variable = row["type"], row["variabel"]
        if kind not in noise:
            continue
        value = plan.latent[group][variable] + effects[code, group, variable] + person[kind]
        value += rng.normal(0, spread[noise[kind]]) + (dimensions[row["dimension"]] if kind == "niveau" else 0)
        whole = "k" if kind != "udsagn" else "s_" + variable.rsplit("_", 1)[1]
        unsure = plan.chance(dont_know.get(variable, dont_know[whole]))
        answers[variable] = DONT_KNOW if unsure else str(int(min(5, max(1, np.floor(value + 0.5)))))
    return answers


def answer_single(plan: Plan, group: str, code: str, row: dict[str, str], answers: dict[str, str]) -> str:
    """Draw the answer to a question with one answer."""
    codes = [answer["kode"] for answer in plan.scales[row["skala"]]]
    variable = row["variabel"]
    if variable == "form_top":
        ticked = [number for number in range(1, 10) if answers.get(f"form_{number}") == "1"]
        weights = [plan.numbers["multiple"]["form"][group][number - 1] for number in ticked]
        return str(ticked[plan.pick(weights)]) if ticked else ""
    if variable == "omraadetype" and plan.chance(ISLANDS.get(code, 0)):
        return codes[-1]
    return codes[plan.pick(plan.numbers["single"][group][variable])]


def answer_multiple(plan: Plan, group: str, item: str) -> dict[str, str]:
    """Draw the ticks of one question with several answers."""
    settings = plan.numbers["multiple"][item]
    shares = list(settings[group])
    ticks: set[int] = set()
    if settings["most"]:
        for _ in range(plan.pick(settings["chosen"])):
            ticks.add(plan.pick(shares) + 1)
            shares = [0 if number in ticks else share for number, share in enumerate(shares, start=1)]
            if ticks & set(settings["alone"]):
                break
    else:
        ticks = {number for number, share in enumerate(shares, start=1) if plan.chance(share)}
    alone = ticks & set(settings["alone"])
    # A choice that stands alone counts only when it came first; otherwise the other ticks win.
    ticks = ticks if not alone or len(ticks) == 1 else ticks - alone
    return {f"{item}_{number}": str(int(number in ticks)) for number in range(1, len(shares) + 1)}


def make_respondent(plan: Plan, group: str, code: str, effects: dict[tuple[str, str, str], float]) -> dict[str, str]:
    """Draw one complete answer, without open text."""
    rated = answer_rated(plan, group, code, effects)
    answers = {"kommune": code, "gruppe": GROUP_CODES[group]}
    for row in plan.asked(group):
        variable, kind = row["variabel"], row["type"]
        if variable in answers or kind == "aaben":
            continue
        if kind == "flere":
            answers |= answer_multiple(plan, group, row["emne"])
        elif kind == "enkelt":
            answers[variable] = answer_single(plan, group, code, row, answers)
        else:
            answers[variable] = rated[variable]
    return answers


def skip_questions(plan: Plan, answers: dict[str, str]) -> None:
    """Leave questions unanswered, the more the further on."""
    first, last = plan.numbers["dirt"]["skipped_first"], plan.numbers["dirt"]["skipped_last"]
    questions = {row["variabel"]: row["emne"] if row["type"] == "flere" else row["variabel"] for row in plan.rows}
    order = list(dict.fromkeys(questions.values()))
    skipped = {
        question
        for position, question in enumerate(order)
        if plan.chance(first + (last - first) * position / len(order))
    }
    for variable, question in questions.items():
        if question in skipped:
            answers.pop(variable, None)


def break_off(plan: Plan, answers: dict[str, str]) -> None:
    """Drop everything after a point between the second competence and the questions about the cooperation."""
    start, end = plan.variables.index("k02_v"), plan.variables.index("s1_for")
    for variable in plan.variables[int(plan.rng.integers(start, end)) :]:
        answers.pop(variable, None)
    answers["stato_3"], answers["stato_4"] = "1", "0"


def straight_line(plan: Plan, answers: dict[str, str]) -> None:
    """Give the same answer to every rated question."""
    value = ("3", "4", "4", "5")[int(plan.rng.integers(4))]
    group = next(key for key, code in GROUP_CODES.items() if code == answers["gruppe"])
    for row in plan.asked(group):
        if row["type"] in {"vigtighed", "niveau", "udsagn"}:
            answers[row["variabel"]] = value


def add_dirt(plan: Plan, people: Rows) -> None:
    """Make the answers as unclean as real ones, in place; each kind of dirt falls on other respondents."""
    dirt = plan.numbers["dirt"]
    order = [people[number] for number in plan.rng.permutation(len(people))]
    broken = []
    for group, wanted in dirt["break_off"].items():
        broken += [person for person in order if person["gruppe"] == GROUP_CODES[group]][:wanted]
    whole = [person for person in order if not any(person is other for other in broken)]
    straight, rest = whole[: dirt["straight_lining"]], whole[dirt["straight_lining"] :]
    for person in people:
        person |= dict.fromkeys((f"stato_{number}" for number in range(1, 6)), "0") | {"stato_4": "1"}
        skip_questions(plan, person)
    for person in broken:
        break_off(plan, person)
    for person in straight:
        straight_line(plan, person)
    for group, variable, value in [*dirt["wrong_group"], dirt["off_scale"]]:
        person = next(person for person in rest if person["gruppe"] == GROUP_CODES[group])
        person[variable] = value
        rest = [other for other in rest if other is not person]
    deal_open_answers(plan, rest)


def deal_open_answers(plan: Plan, people: Rows) -> None:
    """Deal the hand-written texts out, each once, to about half of those who went through the whole questionnaire."""
    texts = read_rows(HERE / "aabne_svar.csv")
    questions = list(dict.fromkeys(text["spoergsmaal"] for text in texts))
    for group, code in GROUP_CODES.items():
        mine = {q: [t["svar"] for t in texts if t["gruppe"] == group and t["spoergsmaal"] == q] for q in questions}
        people_here = [person for person in people if person["gruppe"] == code]
        writers = people_here[: round(1.12 * max(len(answers) for answers in mine.values()))]
        for question, answers in mine.items():
            chosen = plan.rng.permutation(len(writers))[: len(answers)]
            for number, text in zip(chosen, answers, strict=True):
                writers[number][question] = text


def make_answers(plan: Plan) -> pd.DataFrame:
    """Draw the whole export: one row a submission, one column a variable, everything as text."""
    effects = place_effects(plan)
    people = [
        make_respondent(plan, group, code, effects)
        for group, counts in plan.numbers["answers"].items()
        for code, count in counts.items()
        for _ in range(count)
    ]
    add_dirt(plan, people)
    for group in plan.numbers["dirt"]["without_municipality"]:
        code = list(plan.municipalities)[int(plan.rng.integers(len(plan.municipalities)))]
        lost = make_respondent(plan, group, code, effects)
        lost |= dict.fromkeys((f"stato_{number}" for number in range(1, 6)), "0") | {"stato_4": "1", "kommune": ""}
        people.append(lost)
    rows = [people[number] for number in plan.rng.permutation(len(people))]
    complete = [n for n, row in enumerate(rows) if row["stato_4"] == "1" and row["kommune"] and "aab1" in row]
    twice = sorted(plan.rng.permutation(complete)[: plan.numbers["dirt"]["duplicates"]], reverse=True)
    for number in twice:
        rows.insert(number + 2, dict(rows[number]))
    columns = ["kommune", "gruppe", *plan.variables, *(f"stato_{number}" for number in range(1, 6))]
    return pd.DataFrame(rows, columns=columns).fillna("")


def make_labels(plan: Plan) -> list[tuple[str, str, str]]:
    """List the labels of all coded values, as the export's second file has them."""
    labels = [("kommune", code, name) for code, name in plan.municipalities.items()]
    labels += [("gruppe", GROUP_CODES[group], name) for group, name in GROUP_NAMES.items()]
    ticks = (("0", "Ikke valgt"), ("1", "Valgt"))
    for variable, row in {row["variabel"]: row for row in plan.rows}.items():
        if row["type"] == "flere":
            labels += [(variable, value, label) for value, label in ticks]
        elif row["type"] != "aaben":
            labels += [(variable, answer["kode"], answer["tekst"]) for answer in plan.scales[row["skala"]]]
    return labels + [(f"stato_{n}", value, label) for n in range(1, len(STATUS) + 1) for value, label in ticks]


def make_structure(plan: Plan) -> list[tuple[str, ...]]:
    """List the questions, as the export's third file has them; a grid's text is "stem - item"."""
    lines: list[tuple[str, ...]] = [
        ("questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"),
        ("kommune", "kommune", "Closed", "Single", "Hvilken kommune svarer du for?", "", ""),
        ("gruppe", "gruppe", "Closed", "Single", "Hvilken rolle svarer du i?", "", ""),
    ]
    for variable in plan.variables:
        versions = [row for row in plan.rows if row["variabel"] == variable]
        row, point = versions[0], " / ".join(version["punkt"] for version in versions)
        if row["type"] == "flere":
            number = variable.rsplit("_", 1)[1]
            # The real export pads some of its labels with a space.
            lines.append((row["emne"], variable, "Closed", "Multiple", row["spoergsmaal"], number, point + " "))
        elif row["type"] == "aaben":
            lines.append((variable, variable, "Open", "String", row["spoergsmaal"], "", ""))
        else:
            text = f"{row['spoergsmaal']} - {point}" if point else row["spoergsmaal"]
            lines.append((row["emne"], variable, "Closed", "Single", text, "", ""))
    status = [(f"stato_{n}", name) for n, name in enumerate(STATUS, start=1)]
    return lines + [("stato", key, "Closed", "Multiple", "Status", key[-1], name) for key, name in status]


def make_sent(plan: Plan) -> list[tuple[str, ...]]:
    """List whom the coordinators sent the questionnaire to, from whom, and until when they may answer."""
    letter = plan.numbers["letter"]
    heads = ("antal_inviteret", "kanal", "dato", "paamindelse")
    lines: list[tuple[str, ...]] = [("kommune", "gruppe", *heads, "frist", "afsender", "link", "minutter")]
    for sent in plan.numbers["sent"]:
        name = plan.municipalities[str(sent["municipality"])]
        for group in GROUP_CODES:
            link = letter["link"].format(municipality=sent["municipality"], group=group)
            told = (sent["deadline"], letter["sender"].format(municipality=name), link, str(letter["minutes"][group]))
            lines.append((name, group, *map(str, sent[group]), *told))
    return lines


def write_rows(path: Path, rows: Iterable[Sequence[str]], encoding: str, line_end: str) -> None:
    """Write a semicolon-separated table with quotes only where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator=line_end).writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def make_survey(folder: Path = STUDY) -> None:
    """Write the export and the list of who was asked into a folder."""
    plan = Plan()
    answers = make_answers(plan)
    export = folder / "spoergeskema"
    write_rows(export / "dataset.csv", [list(answers.columns), *answers.to_numpy().tolist()], "cp1252", "\r\n")
    write_rows(export / "labels.csv", make_labels(plan), "cp1252", "\r\n")
    write_rows(export / "structure.csv", make_structure(plan), "cp1252", "\r\n")
    write_rows(folder / "udsendelse.csv", make_sent(plan), "utf-8-sig", "\n")


if __name__ == "__main__":
    make_survey(Path(sys.argv[1]) if len(sys.argv) > 1 else STUDY)
