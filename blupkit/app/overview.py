"""What the index tells of each municipality: read from what lies there, so that it is right after each command."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import pandas as pd

from blupkit import report
from blupkit.activities.plan import LATE, Line, Plan, read_plan
from blupkit.app.sending import GROUP, Handed, handed_over
from blupkit.core import ALL
from blupkit.core.danish import listing, many, moment, number, rounded, short_date
from blupkit.core.outputs import Folder
from blupkit.disclosure import read_release, told_numbers
from blupkit.disclosure.quantities import Reason
from blupkit.report.batch.index import Standing, Told

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

#: Why something is hidden, in a word; what was never to be in the release is not counted.
_WHY: Final = {
    Reason.TOO_FEW: "få svar",
    Reason.SPREAD_OVER_FEW: "få svar",
    Reason.AT_THE_END: "få svar",
    Reason.LATE: "få nye svar",
    Reason.WORKED_OUT: "til beskyttelse",
    Reason.FOLLOWS: "til beskyttelse",
    Reason.SAID_NO: "til beskyttelse",
    Reason.NOT_LOCALLY: "kun samlet",
}
ABOUT_HIDDEN: Final = (
    "»Skjult« tæller ét spørgsmål for én gruppe som ét. »Få svar« er færre, end grænserne i study.toml tillader."
    " »Til beskyttelse« er skjult, for at et andet skjult tal ikke kan regnes ud. »Kun samlet« er grupper, der kun"
    " vises for alle kommuner under ét."
)
UNREADABLE: Final = Told("kan ikke læses", urges=True)
NOT_CHECKED: Final = Told("Det er ikke noteret, hvornår filerne er kontrolleret: Kør »blupkit check«.", urges=True)
#: So many lines of the plan are told; the plan's page has them all.
_AHEAD: Final = 6
Given = TypeVar("Given")
#: What makes a number the same one in two releases.
_ONE: Final = ["table", "municipality", "group", "block", "item", "label", "measure"]
#: What pandas says of a number that is in one of them, or in both → what has become of it.
_HOW: Final = {"both": "ændrede", "right_only": "nye", "left_only": "væk"}


def write_index(study: Study, outputs: Outputs) -> Path:
    """Write the index of a study's pages, with how far each municipality has come.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Its output. What is missing or damaged there, or in the study's folder `sendt/`, is told as such and stops
        nothing.

    Returns
    -------
    pathlib.Path
        The index.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> index = write_index(example_study(), Outputs(Path(tempfile.mkdtemp())))
    >>> ">Nordby</th>" in index.read_text("utf-8")
    True
    """
    places = [*(municipality.slug for municipality in study.municipalities), Folder.COMMON]
    found = {
        name: _read(ask, study, outputs, dict.fromkeys(places, UNREADABLE))
        for name, ask in {
            "changed": _changed,
            "hidden": _hidden,
            "package": _packages,
            "sent": _recipients,
            "checked": _checked,
        }.items()
    }
    standings = {
        place: Standing(**{name: told[place] for name, told in found.items() if place in told}) for place in places
    }
    checked = _read(_check, study, outputs, Told("Kontrollen kan ikke læses: Kør »blupkit check«.", urges=True))
    ahead = _read(_ahead, study, outputs, [Told("Planen kan ikke læses: Kør »blupkit check«.", urges=True)])
    note = ABOUT_HIDDEN if found["hidden"] else ""
    return report.write_index(study, outputs, standings, [checked], note, ahead)


def refresh_index(study: Study, outputs: Outputs) -> None:
    """Write the index anew where there is one: a command has changed what it tells.

    Parameters
    ----------
    study, outputs
        As in `write_index`.
    """
    if outputs.index.is_file():
        write_index(study, outputs)


def _read(ask: Callable[[Study, Outputs], Given], study: Study, outputs: Outputs, otherwise: Given) -> Given:
    try:
        return ask(study, outputs)
    except Exception:  # whatever is wrong with a file that only the index asks of: the pages are made all the same
        return otherwise


def _hidden(study: Study, outputs: Outputs) -> dict[str, Told]:
    """Count what is hidden of each municipality, by why."""
    if study.survey is None or not outputs.release.is_file():
        return {}
    decisions = read_release(outputs.release).decisions
    told = {}
    for slug in study.readers:
        reasons = decisions.loc[decisions["municipality"] == slug, "reason"]
        why = Counter(_WHY[Reason(reason)] for reason in reasons if Reason(reason) in _WHY)
        parts = [f"{number(why[name], 0)} {name}" for name in dict.fromkeys(_WHY.values()) if why[name]]
        total = sum(why.values())
        told[Folder.COMMON if slug == ALL else slug] = Told(
            f"{number(total, 0)}: {', '.join(parts)}" if len(parts) > 1 else "".join(parts) or "0"
        )
    return told


def _packages(study: Study, outputs: Outputs) -> dict[str, Told]:
    """Say of each package whether it lies there, and holds the pages as they are now."""
    packed, told = report.read_packed(outputs), {}
    for place, name in _names(study).items():
        path = outputs.package(name)
        if not path.is_file():
            told[place] = Told("ikke lavet")
        elif not packed.lies(name, outputs):
            told[place] = Told("ændret: pak igen", urges=True, file=path)
        elif not packed.now[name].fits(_pages(_folders(place, study), outputs)):
            told[place] = Told("for gammel: pak igen", urges=True, file=path)
        else:
            told[place] = Told(f"lavet {_day(packed.now[name].day)}", file=path)
    return told


def _recipients(study: Study, outputs: Outputs) -> dict[str, Told]:
    """Say who got which package last, and whether it is the one that lies there."""
    now, told = report.read_packed(outputs).now, {}
    last = _last_sent(study)
    for place, name in _names(study).items():
        if name not in last:
            told[place] = Told("ikke noteret" if name in now else "")
            continue
        *_, one = last[name]
        who = listing(dict.fromkeys(each.who for each in last[name] if each.who)) or "ukendt"
        newer = name in now and now[name].sha256 != one.sha256
        told[place] = Told(f"{who}, {_day(one.day)}{'; ny pakke ikke noteret' if newer else ''}", urges=newer)
    return told


def _changed(study: Study, outputs: Outputs) -> dict[str, Told]:
    """Say what is not as it was when it was last sent: pages, and numbers that are shown."""
    packed, last, told = report.read_packed(outputs), _last_sent(study), {}
    releases = {rows[-1].release for rows in last.values()} - {""}
    numbers = {name: _differences(study.path("sendt") / name, outputs.basis, study.decimals) for name in releases}
    for place, name in _names(study).items():
        if name not in last:
            continue
        one = last[name][-1]
        made = [each for each in (packed.now.get(name), packed.before.get(name)) if each and each.sha256 == one.sha256]
        lying = _pages([place], outputs)
        new = made[0].others(lying) if made else 0
        pages = f"{new} af {many(len(lying), 'side', 'sider')} ændret" if new else ""
        shown = numbers.get(one.release, {}).get(ALL if place == Folder.COMMON else place, "")
        told[place] = Told("; ".join(filter(None, [pages, shown])) or "intet")
    return told


def _differences(before: Path, now: Path, decimals: int) -> dict[str, str]:
    """Say, by municipality, how many numbers are other ones than they were, are new, or are shown no more."""
    both = told_numbers(before).merge(told_numbers(now), "outer", _ONE, suffixes=("_was", ""), indicator="how")
    same = [
        (rounded(was, decimals), n_was) == (rounded(value, decimals), n)
        for was, value, n_was, n in both[["value_was", "value", "n_was", "n"]].fillna(-1).to_numpy(dtype=float)
    ]
    how = both["how"].astype("str").map(_HOW).mask(pd.Series(same, both.index), "")
    found = {}
    for place, each in how.groupby(both["municipality"]):
        counts = Counter(each)
        parts = [f"{number(counts[words], 0)} {words}" for words in _HOW.values() if counts[words]]
        found[str(place)] = f"tal: {', '.join(parts)}" if parts else ""
    return found


def _last_sent(study: Study) -> dict[str, list[Handed]]:
    """Give the lines about the package that was sent last, by its name."""
    rows: dict[str, list[Handed]] = {}
    for one in handed_over(study):
        rows.setdefault(one.package, []).append(one)
    return {name: [one for one in each if one.sha256 == each[-1].sha256] for name, each in rows.items()}


def _pages(folders: Sequence[str], outputs: Outputs) -> list[Path]:
    return [outputs.page(f"{folder}/{stem}") for folder in folders for stem in outputs.pages_in(folder)]


def _checked(study: Study, outputs: Outputs) -> dict[str, Told]:
    """Say how much of what the last check found is about each municipality."""
    return {slug: Told(_counted(*found)) for slug, found in _last_check(outputs)[1].items() if slug in study.places}


def _check(study: Study, outputs: Outputs) -> Told:
    """Say when the files were checked, and what was found."""
    del study  # it is asked as the others are
    if not outputs.checked.is_file():
        return NOT_CHECKED
    when, found = _last_check(outputs)
    serious, warnings = (sum(each) for each in zip((0, 0), *found.values(), strict=True))
    said = _counted(serious, warnings) or "ingen fejl og ingen advarsler"
    file = outputs.fault_workbook if found and outputs.fault_workbook.is_file() else None
    return Told(f"Filerne er kontrolleret {moment(when)}: {said}.", urges=serious > 0, file=file)


def _ahead(study: Study, outputs: Outputs) -> list[Told]:
    """Say what is late, and what goes on in the four weeks after the day that the plan was made up."""
    del outputs  # it is asked as the others are
    plan = read_plan(study)
    if not plan.lines:
        return []
    late = [line for line in plan.next if line.standing == LATE]
    lines = [*late, *(line for line in plan.next if line not in late)]
    said = [Told(f"{_due(line, plan)}: {line.title}", urges=line in late) for line in lines[:_AHEAD]]
    more = [Told(f"og {len(lines) - _AHEAD} mere")] if len(lines) > _AHEAD else []
    head = Told(f"Planen, gjort op {_day(plan.today.isoformat())}, og fire uger frem")
    return [head, *(said or [Told("intet åbent")]), *more]


def _due(line: Line, plan: Plan) -> str:
    """Say when: of what is late since when, of what goes on until when."""
    start, end = (f"{day.day}.{day.month}." for day in (line.start, line.end))
    if line.standing == LATE:
        return f"forsinket siden {end if line.end < plan.today else start}"
    return f"til {end}" if line.start < plan.today and line.end > line.start else start


def _last_check(outputs: Outputs) -> tuple[datetime, dict[str, list[int]]]:
    if not outputs.checked.is_file():
        return datetime.min, {}
    note = json.loads(outputs.checked.read_text("utf-8"))
    return datetime.fromisoformat(note["naar"]), note["fundet"]


def _counted(serious: int, warnings: int) -> str:
    """Say how many faults there are, "" where there are none."""
    parts = [many(serious, "fejl", "fejl")] if serious else []
    return listing([*parts, *([many(warnings, "advarsel", "advarsler")] if warnings else [])])


def _names(study: Study) -> dict[str, str]:
    """Name the package of each row of the index."""
    return {**{municipality.slug: municipality.slug for municipality in study.municipalities}, Folder.COMMON: GROUP}


def _folders(place: str, study: Study) -> list[str]:
    """Name the folders whose pages are in a row's package."""
    own = [m.slug for m in study.municipalities] if place == Folder.COMMON else [place]
    return [*own, Folder.COMMON]


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))
