"""Taking one person out of a study: everything that will change or go, told before it is done, and then done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit import interviews, survey
from blupkit.app.life.changes import carry_out
from blupkit.app.life.leftovers import find_leftovers, texts_of
from blupkit.app.life.mails import MAILS, drafts
from blupkit.app.life.receipts import new_case, receipt
from blupkit.app.life.trial import check_faults, own_files, tried
from blupkit.app.life.unnoted import check_noted
from blupkit.app.sending import Handed, handed_over

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study
    from blupkit.core.outputs import Outputs


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Parameters
    ----------
    folder : pathlib.Path
        The study's.
    done : str
        What the receipt says was done.
    counts : mapping of str to int
        What goes, in Danish → how much of it; never what it says.
    files : mapping of pathlib.Path to bytes
        What files are to hold; the receipt and drafts of mails among them.
    gone : tuple of pathlib.Path
        What is taken away.
    doubtful : tuple of pathlib.Path
        What a person has to see to.
    closed : tuple of pathlib.Path
        What cannot be searched, so that a person has to see to it too.
    sent : tuple of Handed
        What cannot be called back.
    case : str
        The number of the receipt.
    """

    folder: Path
    done: str
    counts: Mapping[str, int]
    files: Mapping[Path, bytes]
    gone: tuple[Path, ...] = ()
    doubtful: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()
    sent: tuple[Handed, ...] = ()
    case: str = field(default_factory=new_case)


#: What is asked of whoever calls: where notebooks are kept, and how a study is checked.
Around = tuple[Path, ...]
Finds = Callable[[str], bool]
FaultsOf = Callable[["Study"], "pd.DataFrame"]
PARTICIPANT: Final = "En deltager i interviewene er taget ud af undersøgelsen."
RESPONDENT: Final = "En besvarelse af spørgeskemaet er taget ud af undersøgelsen."


def plan_participant(
    study: Study, outputs: Outputs, who: str, today: date, faults_of: FaultsOf, around: Around = ()
) -> Plan:
    """Plan how a participant is taken out of everything.

    Parameters
    ----------
    study : Study
        The study; nothing is changed yet.
    outputs : Outputs
        Its output, all of which goes: it is made anew from what is left.
    who : str
        As `interviews.find_person` takes it.
    today : datetime.date
        The day of the receipt.
    faults_of : callable
        Lists all faults of a study.
    around : tuple of pathlib.Path
        Folders where notebooks are kept.

    Returns
    -------
    Plan
        Tried on a copy: the study has no fault afterwards that it has not now, and every turn of the others is the
        same.

    Raises
    ------
    FileError, DataError
        It cannot be done without loss; nothing is changed.
    """
    removal = interviews.without_participant(study, who)
    with tried(study, removal.files) as trial:
        check_faults(study, trial, faults_of)
        interviews.check_others(study, trial)
    return _plan(study, outputs, removal, PARTICIPANT, today, around)


def plan_respondent(
    study: Study, outputs: Outputs, respondent: str, today: date, faults_of: FaultsOf, around: Around = ()
) -> Plan:
    """Plan how a respondent is taken out of everything.

    The numbers that were sent stay as they were sent, since whoever has the old package keeps it: the person's marks
    go, and that somebody left their cells stays.

    Parameters
    ----------
    study, outputs, today, faults_of, around
        As in `plan_participant`.
    respondent : str
        The id, as `check` tells it.

    Returns
    -------
    Plan
        Tried on a copy.

    Raises
    ------
    FileError, DataError
        There is no such respondent, or it cannot be done without loss; nothing is changed.
    """
    rows = survey.rows_of(study, respondent)
    removal = interviews.without_respondent(study, respondent, survey.read_responses(study).answers)
    marks = survey.sent_without(study, respondent)
    files = {**survey.data_without(study, rows), **removal.files}
    if not (files or marks):
        raise survey.unknown_respondent()
    with tried(study, files) as trial:
        check_faults(study, trial, faults_of)
    counts = {**rows.counted, "sendte udgivelser, hvor personens mærke står": len(marks)}
    copied = survey.row_search(study, rows)
    # Another sheet of the same workbook may hold a copy of them.
    kept = tuple(study.path(name) for name, raw in files.items() if any(map(copied, texts_of(raw) or ())))
    whole = replace(
        removal,
        files=files | marks,
        counts={**counts, **removal.counts},
        finds=lambda text: removal.finds(text) or copied(text),
    )
    return _plan(study, outputs, whole, RESPONDENT, today, around, kept)


def _plan(
    study: Study,
    outputs: Outputs,
    removal: interviews.Removal,
    done: str,
    today: date,
    around: Around,
    doubtful: tuple[Path, ...] = (),
) -> Plan:
    case = new_case()
    files = {study.path(name): content for name, content in removal.files.items()}
    files |= drafts(study, packages_in(outputs), removal.quotes, outputs.inventory.parent / MAILS, case)
    begun = Plan(study.folder, done, removal.counts, files, doubtful=doubtful, case=case)
    return plan_of(study, outputs, begun, today, around, removal.finds)


def plan_of(
    study: Study, outputs: Outputs, begun: Plan, today: date, around: Around, finds: Callable[[str], bool]
) -> Plan:
    """Add to what is to be done with the study's own files what lies around them.

    Parameters
    ----------
    study, outputs, today, around
        As in `plan_participant`.
    begun : Plan
        The study's own files.
    finds : callable
        Tells of a text whether it holds what goes.

    Returns
    -------
    Plan
        With what was made of the data, copies by other programs, and the receipt.

    Raises
    ------
    DataError
        There are packages of which nobody has noted whether they were sent.
    """
    check_noted(study, packages_in(outputs), outputs.basis)
    own = [*own_files(study), *survey.sent_releases(study), *begun.gone]
    left = find_leftovers(study.folder, own, around, finds)
    made = [path for path in sorted(outputs.folder.rglob("*")) if path.is_file() and not _stays(path)]
    files = {**begun.files, **left.notebooks, **dict([receipt(study, begun.done, begun.case, today)])}
    counts = {
        **begun.counts,
        "filer under outputs, som kan laves igen med »blupkit render«": len(made),
        "kopier, som andre programmer har lagt": len(left.gone),
        "gemte notesbøger, som tømmes for det, de viste": len(left.notebooks),
    }
    told = {what: number for what, number in counts.items() if number}
    gone = tuple(path for path in (*begun.gone, *made, *left.gone) if path not in files)
    return replace(
        begun,
        counts=told,
        files=files,
        gone=gone,
        doubtful=(*begun.doubtful, *left.doubtful),
        closed=tuple(left.closed),
        sent=tuple(handed_over(study)),
    )


def packages_in(outputs: Outputs) -> list[Path]:
    """List the packages that lie in the output.

    Parameters
    ----------
    outputs : Outputs
        The study's output.

    Examples
    --------
    >>> from blupkit.core.outputs import Outputs
    >>> packages_in(Outputs(Path("intet")))
    []
    """
    return sorted(outputs.package("x").parent.glob("*.zip"))


def _stays(path: Path) -> bool:
    """Whether it holds nothing of anybody: the lock that this command holds, what keeps git out, drafts of mails."""
    return path.suffix == ".lock" or path.name == ".gitignore" or path.parent.name == MAILS


def do(plan: Plan) -> None:
    """Do what was planned; interrupted, it is finished by `changes.finish`.

    Parameters
    ----------
    plan : Plan
        What was told and agreed to.
    """
    carry_out(plan.folder, plan.files, plan.gone)
