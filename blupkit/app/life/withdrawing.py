"""Taking one person out of a study: everything that will change or go, told before it is done, and then done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit import interviews, survey
from blupkit.app.life.changes import carry_out, finish
from blupkit.app.life.leftovers import find_leftovers
from blupkit.app.life.mails import MAILS, drafts
from blupkit.app.life.receipts import new_case, receipt
from blupkit.app.life.recipients import Sending, sendings, unsent
from blupkit.app.life.trial import check_faults, own_files, tried
from blupkit.core import DataError, Fault

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study
    from blupkit.core.excerpts import Search
    from blupkit.core.outputs import Outputs


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Parameters
    ----------
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
    sent : tuple of Sending
        What cannot be called back.
    case : str
        The number of the receipt.
    """

    done: str
    counts: Mapping[str, int]
    files: Mapping[Path, bytes]
    gone: tuple[Path, ...] = ()
    doubtful: tuple[Path, ...] = ()
    sent: tuple[Sending, ...] = ()
    case: str = ""


#: What is asked of whoever calls: where notebooks are kept, and how a study is checked.
Around = tuple[Path, ...]
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
    person = interviews.find_person(study, who)
    removal = interviews.without_person(study, person)
    with tried(study, removal.files) as trial:
        check_faults(study, trial, faults_of)
        _check_turns(study, trial, person.name)
    quotes = interviews.quotes_of(study, person)
    return _plan(study, outputs, removal, quotes, PARTICIPANT, today, around)


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
    words = survey.written_by(study, rows)
    removal = interviews.without_respondent(study, respondent, words)
    marks = survey.sent_without(study, respondent)
    files = {**survey.data_without(study, rows), **removal.files}
    if not (files or marks):
        expected = "et besvarelses-id, som »blupkit check« skriver det"
        raise DataError(Fault("--respondent", "en, der ikke findes", expected, "Se efter, og prøv igen."))
    with tried(study, files) as trial:
        check_faults(study, trial, faults_of)
        if survey.rows_of(trial, respondent):
            action = "Slet besvarelsen i filen, og prøv igen: så bliver resten taget ud."
            raise DataError(Fault(study.survey_files.data, "en besvarelse, der blev stående", "en tom række", action))
    counts = {"rækker i filen med svar": len(rows), "sendte udgivelser, hvor personens mærke står": len(marks)}
    whole = interviews.Removal(files | marks, {**counts, **removal.counts}, removal.finds)
    quotes = interviews.quotes_by(study, survey.read_responses(study).answers, respondent)
    return _plan(study, outputs, whole, quotes, RESPONDENT, today, around)


def _check_turns(study: Study, trial: Study, name: str) -> None:
    """Stop where a transcript that was written anew is not read as the same turns."""
    before, after = interviews.read_turns(study), interviews.read_turns(trial)
    others = before["speaker"] != name
    columns = ["interview", "turn", "start", "end"]
    same = before[columns].equals(after[columns]) and (before["speaker"] == after["speaker"])[others].all()
    if not same or not (before["text"].str.len() == after["text"].str.len())[others].all():
        found, action = "en udskrift, der ikke kan skrives om uden tab", "Intet er ændret. Tag personen ud i hånden."
        raise DataError(Fault("interview", found, "de andres ture, som de var", action))


def _plan(
    study: Study,
    outputs: Outputs,
    removal: interviews.Removal,
    quotes: list[str],
    done: str,
    today: date,
    around: Around,
) -> Plan:
    case = new_case()
    files = {study.path(name): content for name, content in removal.files.items()}
    files |= drafts(study, outputs, quotes, case)
    return plan_of(study, outputs, Plan(done, removal.counts, files, case=case), today, around, removal.finds)


def plan_of(study: Study, outputs: Outputs, begun: Plan, today: date, around: Around, finds: Search) -> Plan:
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
    if names := unsent(study, outputs):
        action = "Er de sendt, så kør »blupkit sent« først. Er de ikke, så slet dem, og prøv igen."
        raise DataError(Fault(", ".join(names), "pakker, der ikke er noteret som sendt", "at det er kendt", action))
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
    return Plan(begun.done, told, files, gone, tuple(left.doubtful), tuple(sendings(study)), begun.case)


def _stays(path: Path) -> bool:
    """Whether it holds nothing of anybody: the lock that this command holds, drafts of mails, notes of other cases."""
    return path.suffix == ".lock" or path.parent.name == MAILS


def do(plan: Plan, study: Study) -> None:
    """Do what was planned; interrupted, it is finished by `finish_begun`.

    Parameters
    ----------
    plan : Plan
        What was told and agreed to.
    study : Study
        The study.
    """
    carry_out(study.folder, plan.files, plan.gone)


def finish_begun(study: Study) -> bool:
    """Finish what was interrupted, before anything else is planned.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    bool
        Whether there was something.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> finish_begun(example_study())
    False
    """
    return finish(study.folder)
