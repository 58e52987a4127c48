"""What a study keeps of raw data, by material: which files, on what basis, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from blupkit.core import STUDY_FILE, Fault, Level, Study
from blupkit.core.sections import Material

SURVEY, INTERVIEW, ACTIVITIES = "spoergeskema", "interview", "aktiviteter"
#: Material → what it is called, and what it tells of persons when the study's file does not say.
KNOWN: Final = {
    SURVEY: ("Spørgeskemaet", "Svar på spørgeskemaet, kommune og rolle, og det, deltagerne selv har skrevet"),
    INTERVIEW: ("Interviewene", "Deltagernes navne, roller og kommuner, det, de har sagt, og kodningen af det"),
    ACTIVITIES: (
        "Evalueringerne",
        "Svar på evalueringer af workshopper og læring, gruppe, og det, deltagerne har skrevet",
    ),
}
#: From when on a date of deletion is counted down to.
DAYS_OF_WARNING: Final = 30


class Holding(NamedTuple):
    """One material of the study.

    Parameters
    ----------
    name, title : str
        As `study.toml` names it, and as a page does.
    files : tuple of pathlib.Path
        What lies of it in the folder now.
    until : datetime.date, optional
        When it is to be deleted.
    setting : str
        Where in `study.toml` that stands.
    material : Material
        What the study's file says of it.
    """

    name: str
    title: str
    files: tuple[Path, ...]
    until: date | None
    setting: str
    material: Material

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been deleted by now."""
        return bool(self.files) and self.until is not None and self.until < today


def holdings(study: Study) -> list[Holding]:
    """List the materials of a study: the survey and the interviews, and whatever else its file names.

    Parameters
    ----------
    study : Study
        The study. Its `slettedato` holds for survey and interviews where they have no date of their own.

    Returns
    -------
    list of Holding
        Also those of which nothing lies in the folder any more.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [(each.name, len(each.files)) for each in holdings(example_study())]
    [('spoergeskema', 1), ('interview', 4)]
    """
    said = {material.name: material for material in study.keeping.materials}
    own = {name: files for name, files in _own_files(study).items() if files or name in said}
    found = []
    for name in dict.fromkeys([*own, *said]):
        material = said.get(name, Material(name=name))
        globbed = [path for pattern in material.files for path in study.folder.glob(pattern)]
        files = [path for path in (*map(study.path, own.get(name, ())), *sorted(globbed)) if path.is_file()]
        setting = f"opbevaring.materiale.{name}" if material.delete_by else "slettedato"
        until = material.delete_by or (study.delete_by if name in KNOWN else None)
        title = KNOWN[name][0] if name in KNOWN else name.capitalize()
        found.append(Holding(name, title, tuple(dict.fromkeys(files)), until, setting, material))
    return found


def _own_files(study: Study) -> dict[str, list[str]]:
    """Name the files with raw data of each material; what was asked, the codebook, and the plan are none."""
    files: dict[str, list[str]] = {SURVEY: [], INTERVIEW: []}
    if study.survey:
        files[SURVEY] = [study.survey.data]
    if interviews := study.interviews:
        files[SURVEY] += [interviews.answer_codings] if interviews.answer_codings else []
        lists = (interviews.participants, interviews.decisions, interviews.quotes, interviews.summaries)
        transcripts = [transcript.file for transcript in interviews.transcripts]
        files[INTERVIEW] = [*transcripts, *interviews.codings.values(), *(name for name in lists if name)]
    if study.activities:
        files[ACTIVITIES] = list(study.activities.answered(study.folder))
    return files


def date_faults(study: Study, today: date) -> Iterator[Fault]:
    """Count down to each date of deletion, and name what is past it.

    What is overdue is a fault, so that nobody takes it for a remark: `check` ends with it. It does not stop the pages;
    no page keeps the data a day longer.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date
        The day of the check.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"delete_by": date(2023, 1, 13)})
    >>> [fault.found for fault in date_faults(study, date(2023, 1, 1))]
    ['Spørgeskemaet slettes om 12 dage', 'Interviewene slettes om 12 dage']
    """
    for each in holdings(study):
        left = (each.until - today).days if each.until and each.files else DAYS_OF_WARNING + 1
        if left > DAYS_OF_WARNING:
            continue
        when = "i dag" if left == 0 else "om 1 dag" if left == 1 else f"om {left} dage"
        found = f"{each.title} slettes {when}"
        action, level = "Gør det færdigt, der bygger på dem.", Level.WARNING
        if each.is_overdue(today):
            found = f"{each.title} skulle være slettet den {each.until}"
            action, level = "Slet med »blupkit delete MAPPE --overdue«, eller ret datoen, hvis I må.", Level.SERIOUS
        yield Fault(STUDY_FILE, found, "data, der ikke er ældre end aftalt", action, column=each.setting, level=level)
