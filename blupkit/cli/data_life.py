"""The commands for the life of the data: transcripts that were edited, what lies where, who is taken out, deleting."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from blupkit import app, core, interviews, report
from blupkit.cli.choices import Place, grouped
from blupkit.cli.console import make_console

Yes = Annotated[bool, typer.Option("--yes", help="Spørg ikke, men gør det (til scripts).")]
#: What blupkit cannot see to.
ELSEWHERE = (
    "Husk det, blupkit ikke kan nå: spørgeskemasystemet (ellers kommer besvarelsen igen med næste fil), optagelser,"
    " mails, sikkerhedskopier og papirkurven."
)


@grouped
def place(
    place: Place,
    coder: Annotated[str, typer.Option("--coder", metavar="KODER", help="Kun denne koders fil. [standard: alle]")] = "",
) -> None:
    """Find pladsen igen til kodninger, der er sat til side, fordi udskriften er ændret."""
    study, outputs, console = place.read(), place.outputs, make_console()
    with console.status("Leder efter kodningernes ord …"):
        table = app.place_everywhere(study, coder)
    for note in table.notes:
        console.print(note, markup=False)
    if len(table.frame):
        outputs.make()
        table.to_excel(outputs.explored(table.title))
        console.print(f"Se dem efter i koderen (notesbogen 06_kodning), og kør så: blupkit check {place.study}")


@grouped
def where(place: Place) -> None:
    """Skriv en fortegnelse over, hvad der ligger hvor og hvor længe."""
    study = place.read()
    page = app.write_inventory(study, place.outputs, date.today(), interviews.consents_told(study))
    make_console().print(f"Fortegnelsen ligger i {page}. Den er kun til jer og jeres databeskyttelsesrådgiver.")


@grouped
def withdraw(
    place: Place,
    participant: Annotated[
        str,
        typer.Option(
            "--participant",
            metavar="NAVN",
            help="Deltageren: navnet eller »fg1: Taler 1«.",
        ),
    ] = "",
    respondent: Annotated[
        str, typer.Option("--respondent", metavar="ID", help="Besvarelsen af spørgeskemaet: dens id.")
    ] = "",
    yes: Yes = False,
) -> None:
    """Tag en deltager eller en besvarelse ud af alt, med kvittering."""
    study, outputs = place.read(), place.outputs
    if _finished(study.folder):
        return
    if bool(participant) == bool(respondent):
        found, expected = "ingen eller begge", "enten --participant NAVN eller --respondent ID"
        raise core.DataError(core.Fault("kommandolinjen", found, expected, "Skriv én af dem."))
    plan, today = app.plan_participant if participant else app.plan_respondent, date.today()
    with outputs.hold():
        planned = plan(
            study, outputs, participant or respondent, today, partial(app.all_faults, today=today), _around()
        )
        _carry_out(planned, yes)
        app.refresh_index(study, outputs)


@grouped
def delete(
    place: Place,
    overdue: Annotated[bool, typer.Option("--overdue", help="Slet det, hvis slettedato er passeret.")] = False,
    yes: Yes = False,
) -> None:
    """Slet de materialer, hvis slettedato er passeret, med kvittering."""
    study, outputs = place.read(), place.outputs
    if _finished(study.folder):
        return
    if not overdue:
        action = "Skriv --overdue, og se efter, hvad der står, før du siger ja."
        raise core.DataError(core.Fault("kommandolinjen", "intet valg", "--overdue", action))
    today = date.today()
    with outputs.hold():
        planned = app.plan_overdue(study, outputs, today, partial(app.all_faults, today=today), _around())
        if planned is None:
            make_console().print("Der er intet, hvis slettedato er passeret.")
            return
        _carry_out(planned, yes)
        app.refresh_index(study, outputs)


def _around() -> tuple[Path, ...]:
    return (report.notebook_folder(), Path.cwd())


def _finished(folder: Path) -> bool:
    """Finish what was interrupted, and say so: what is asked for now may be the same."""
    begun = app.finish(folder)
    if begun:
        make_console().print("Den seneste udtagning eller sletning blev afbrudt. Den er nu gjort færdig.")
    return begun


def _carry_out(plan: app.Plan, yes: bool) -> None:
    console = make_console()
    console.print("Det går ud:")
    for what, number in plan.counts.items():
        console.print(f"  {what}: {number}")
    console.print("I disse filer:")
    names = {_shown(path, plan.folder) for path in (*plan.files, *plan.gone) if path.is_file()}
    for name in sorted(names, key=lambda name: (Path(name).is_absolute(), name)):  # the study's own first
        console.print(f"  {name}")
    for name in (_shown(path, plan.folder) for path in plan.doubtful):
        console.print(f"Se selv efter i {name}: Der står noget, som skal ud, i en fil, blupkit ikke kender.")
    for name in (_shown(path, plan.folder) for path in plan.closed):
        console.print(f"Se selv efter i {name}: Filen kan ikke gennemsøges (låst, for stor eller ikke tekst).")
    for one in plan.sent:
        who = one.who or "nogen, der ikke er noteret"
        console.print(f"Kan ikke kaldes tilbage: {one.package}, sendt {one.day} til {who}")
    if not yes and not _agreed():
        console.print("Intet er ændret.")
        raise typer.Exit(1)
    app.do(plan)
    console.print(f"{plan.done} Sagsnummer {plan.case}; kvitteringen ligger i mappen kvitteringer/.")
    if drafted := [path for path in plan.files if path.parent.name == "mails"]:
        console.print(f"Udkast til mails ({len(drafted)}) ligger i {drafted[0].parent}.")
    console.print(ELSEWHERE)
    console.print(f"Lav siderne igen, når du skal bruge dem: blupkit render {plan.folder}")


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        action = "Kør kommandoen i en terminal, eller skriv --yes."
        raise core.DataError(core.Fault("svaret", "ingen, der kan svare", "ja eller nej", action))
    with suppress(EOFError):
        return input("Det kan ikke gøres om. Skriv ja for at gøre det: ").strip().casefold() == "ja"
    return False
