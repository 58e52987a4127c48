"""Everything that is wrong with a study's files, found at once and told by kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from blupkit.core import Study

SHOWN_KINDS = 12
SHOWN_OF_A_KIND = 2


def all_faults(study: Study) -> pd.DataFrame:
    """List everything that is wrong with a study, the serious faults first."""
    import pandas as pd

    from blupkit.core import Level, check_study

    tables = [check_study(study, date.today()), *_faults_of(study).values()]
    return pd.concat(tables, ignore_index=True).sort_values(
        "level", key=lambda level: level != Level.SERIOUS, kind="stable"
    )


def _faults_of(study: Study) -> dict[str, pd.DataFrame]:
    """List the faults of each material that the study has."""
    from blupkit import interviews, survey

    faults = {}
    if study.survey:
        faults["spoergeskema"] = survey.check_responses(study)
    if study.interviews:
        faults["interview"] = interviews.check_interviews(study, _answers(study))
    return faults


def blocked_materials(study: Study, folder: Path) -> dict[str, str]:
    """Which materials cannot be used at all, and why: asked once, so that a fault is said once."""
    from blupkit.core import Level

    blocked = {}
    for material, faults in _faults_of(study).items():
        serious = faults[faults["level"] == Level.SERIOUS]
        if len(serious):
            blocked[material] = _say_faults(serious) + f"\nSe hele listen med: blupkit check {folder}"
    return blocked


def _answers(study: Study) -> pd.DataFrame | None:
    """Give the survey's answers, for what was coded in them; nothing where they cannot be read."""
    from blupkit.core import BlupkitError
    from blupkit.survey import read_responses

    try:
        coded = study.survey and study.interviews and study.interviews.answer_codings
        return read_responses(study).answers if coded else None
    except BlupkitError:
        return None


def _say_faults(table: pd.DataFrame) -> str:
    from blupkit.core import DataError, Fault

    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return str(DataError([Fault(**{str(key): value for key, value in row.items()}) for row in rows]))


def print_faults(table: pd.DataFrame, console: Console) -> None:
    """Print the faults, two of each kind: a rare one must not drown among many alike."""
    from blupkit.core import Level

    for level, heading in ((Level.SERIOUS, "Fejl, der skal rettes"), (Level.WARNING, "Advarsler")):
        part = table[table["level"] == level]
        if part.empty:
            continue
        console.print(f"\n[bold]{heading}[/] ({len(part)})", highlight=False)
        kinds = [kind for _, kind in part.groupby(["file", "expected", "action"], sort=False)]
        for kind in kinds[:SHOWN_KINDS]:
            console.print(_say_faults(kind.head(SHOWN_OF_A_KIND)), highlight=False, markup=False)
            more = len(kind) - SHOWN_OF_A_KIND
            if more > 0:
                console.print(f"  … og {more} mere af samme slags", highlight=False)
        if len(kinds) > SHOWN_KINDS:
            console.print("… og flere slags, som står i listen", highlight=False)
    console.print()
