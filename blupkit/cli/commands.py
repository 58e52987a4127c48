"""The commands. What is heavy is imported inside them: the help page takes none of it along."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from functools import partial
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from blupkit.app.checking import all_faults, blocked_materials, print_faults
from blupkit.app.deciding import BASIS, PARTS, decide
from blupkit.cli.console import DanishCommand, DanishGroup, make_console, progress_bar, stop, teller, usage

if TYPE_CHECKING:
    from rich.console import Console

    from blupkit.core import Study
    from blupkit.report import Outcome
    from blupkit.report.batch.render import Runner
    from blupkit.report.batch.worker import Engine

DEMO = Path("data/demo")
OUTPUTS = Path("outputs")
app = typer.Typer(
    cls=DanishGroup,
    help="Fra en undersøgelses mappe til sider, som partnerne kan læse.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="KOMMANDO …",
    options_metavar="[VALG]",
)

StudyArgument = Annotated[Path, typer.Argument(metavar="MAPPE", help="Undersøgelsens mappe (den med study.toml).")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="MAPPE", help="Hvor resultatet lægges. [standard: outputs/]")
]
NotebooksOption = Annotated[Path | None, typer.Option("--notebooks", metavar="MAPPE", help="Mappen med notesbøger.")]
NotebookOption = Annotated[
    list[str] | None, typer.Option("--notebook", "-n", metavar="NAVN", help="Kun denne notesbog.")
]
ParameterOption = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="NAVN=VÆRDI", help="Sæt en notesbogs parameter.")
]
#: Where the passphrase is read from when nobody sits at the keyboard; never the command line, which others can see.
PASSPHRASE = "BLUPKIT_ADGANGSKODE"
SHORTEST_PASSPHRASE = 12


@app.command(cls=DanishCommand, options_metavar="[VALG]")
def new(
    study: Annotated[Path, typer.Argument(metavar="MAPPE", help="Den nye mappe. Den må ikke findes i forvejen.")],
) -> None:
    """Lav en ny, tom undersøgelse, hvis filer forklarer sig selv."""
    from blupkit.core.skeleton import write_study

    written = write_study(study)
    console = make_console()
    console.print(f"Lavede undersøgelsen [bold]{study}[/] med {len(written)} filer:", highlight=False)
    for path in written:
        console.print(f"  {path}", highlight=False)
    console.print(f"Begynd med {study / 'study.toml'}, og kør så: blupkit check {study}", highlight=False)


@app.command(cls=DanishCommand, options_metavar="[VALG]")
def check(study: StudyArgument = DEMO, output: OutputOption = None) -> None:
    """Find alle fejl i filerne på én gang, også som CSV-fil."""
    from blupkit.core import Level, read_study, write_faults

    chosen = read_study(study)
    console = make_console()
    with console.status("Læser filerne …"):
        table = all_faults(chosen)
    path = _output_folder(output, chosen) / "fejl.csv"
    if table.empty:
        path.unlink(missing_ok=True)
        console.print("Ingen fejl og ingen advarsler: Undersøgelsen er klar.")
        return
    write_faults(table, path)
    print_faults(table, console)
    serious = int((table["level"] == Level.SERIOUS).sum())
    console.print(f"I alt {serious} fejl og {len(table) - serious} advarsler. Listen ligger i {path}", highlight=False)
    if serious:
        raise typer.Exit(1)
    console.print("Ingen af dem hindrer, at siderne laves: blupkit render " + str(study), highlight=False)


@app.command(cls=DanishCommand, options_metavar="[VALG]")
def render(
    study: StudyArgument = DEMO,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", "-m", metavar="NAVN", help="Kun denne kommune, fx slagelse; »alle« for fælles."),
    ] = None,
    notebook: NotebookOption = None,
    parameter: ParameterOption = None,
    notebooks: NotebooksOption = None,
    output: OutputOption = None,
    force: Annotated[bool, typer.Option("--force", help="Lav også de sider igen, som intet er ændret for.")] = False,
    workers: Annotated[
        int, typer.Option("--workers", "-w", metavar="ANTAL", min=1, help="Hvor mange sider der laves ad gangen.")
    ] = 2,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="MOTOR", help="»blupkit« eller »kernel« (Jupyters egen). [standard: blupkit]"),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Lav også hver side som PDF (kræver Chromium, Chrome eller Edge).")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADRESSE", help="Lav siderne på flere maskiner, fx tcp://10.0.0.5:8786."),
    ] = None,
) -> None:
    """Lav siderne: kommunernes, de fælles og den interne."""
    folder = notebooks or _notebook_folder()
    target = (output or OUTPUTS) / _slug(study)
    options = [sorted(municipality or []), sorted(notebook or []), sorted(parameter or []), ["pdf"] if pdf else []]
    run = _run(study, folder, options)
    if run and not force and _is_same_run(run, target):
        make_console().print(f"Ingen ændringer: Siderne er, som de var. Åbn {target / 'index.html'}", highlight=False)
        return
    from blupkit.core import read_study
    from blupkit.report import hold, plan_pages, prepare, render_pages, write_index

    chosen = read_study(study)
    pages = plan_pages(
        chosen,
        folder,
        municipalities=municipality or [],
        chosen=notebook or [],
        parameters=_parameters(parameter or []),
        release=(target / PARTS).resolve(),
    )
    way = _engine(engine)
    if not scheduler:
        prepare(pages, way)  # it imports while the files are checked
    _output_folder(output, chosen)
    console = make_console()
    with hold(target), progress_bar(console) as progress:
        task = progress.add_task("Kontrollerer filerne", total=len(pages))
        blocked = blocked_materials(chosen, study)
        shows = any("release_file" in page.parameters for page in pages) and "spoergeskema" not in blocked
        progress.update(task, description="Laver siderne")
        outcomes = render_pages(
            chosen,
            pages,
            target,
            blocked=blocked,
            decide=partial(decide, chosen, target, partial(console.print, highlight=False)) if shows else dict,
            on_outcome=teller(progress, task, len(pages)),
            force=force,
            runner=_runner(chosen, workers, way, scheduler),
            run=run,
        )
        index = write_index(chosen, outcomes, target)
    failed = [outcome for outcome in outcomes if outcome.problem]
    for outcome in failed:
        _complain(outcome)
    if pdf:
        _print_all([outcome.path for outcome in outcomes if not outcome.problem], console)
    kept = sum(outcome.kept for outcome in outcomes)
    done = len(outcomes) - len(failed)
    same = f" ({kept} var {'uændret' if kept == 1 else 'uændrede'})" if kept else ""
    console.print(f"{done} af {len(outcomes)} sider er lavet{same}. Åbn {index}", highlight=False)
    if failed:
        raise typer.Exit(1)


@app.command(cls=DanishCommand, options_metavar="[VALG]")
def package(
    study: StudyArgument = DEMO,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", "-m", metavar="NAVN", help="Kun denne kommune; »alle« for projektgruppen."),
    ] = None,
    notebook: NotebookOption = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=f"Lås pakkerne med en adgangskode (spørger, eller læser {PASSPHRASE}).")
    ] = False,
    parameter: ParameterOption = None,
    notebooks: NotebooksOption = None,
    output: OutputOption = None,
) -> None:
    """Pak siderne til hver partner, når de er gennemset."""
    from blupkit.app.packing import open_packages
    from blupkit.core import DisclosureError, read_study
    from blupkit.report import PACKAGES, check_package, hold, plan_pages, write_package

    chosen = read_study(study)
    target = (output or OUTPUTS) / chosen.slug
    pages = plan_pages(
        chosen,
        notebooks or _notebook_folder(),
        chosen=notebook or [],
        parameters=_parameters(parameter or []),
        release=(target / PARTS).resolve(),
    )
    for name in municipality or []:
        chosen.municipality(name)
    console = make_console()
    passphrase = _passphrase() if encrypt else ""
    refused = []
    with hold(target), console.status("Gennemser siderne for alt fortroligt …"):
        packages, scan, late = open_packages(chosen, pages, target, municipality or [])
        for one in packages:
            path = target / PACKAGES / f"{one.name}.zip"
            try:
                check_package(one, scan)
            except DisclosureError as error:
                refused.append((path, error))
                continue
            write_package(one, chosen, path, passphrase)
            console.print(f"{path}  {len(one.files)} filer", highlight=False)
    if late:
        console.print(late, highlight=False)
    for path, complaint in refused:
        _refuse(path, complaint)
    made = len(packages) - len(refused)
    locked = " De er låst og åbnes med 7-Zip; send adgangskoden ad en anden vej." if passphrase else ""
    after = f"{locked} Når de er sendt, så kør: blupkit sent {study}" if made else ""
    console.print(f"{made} af {len(packages)} pakker er lavet.{after}", highlight=False)
    if refused:
        raise typer.Exit(1)


@app.command(cls=DanishCommand, options_metavar="[VALG]")
def sent(study: StudyArgument = DEMO, output: OutputOption = None) -> None:
    """Notér, at siderne er sendt, så senere sider intet røber."""
    from blupkit.core import Fault, FileError, read_study
    from blupkit.core.files import write_whole
    from blupkit.survey import SENT, sent_releases

    chosen = read_study(study)
    basis = (output or OUTPUTS) / chosen.slug / BASIS
    if not basis.is_file():
        action = "Lav siderne først med »blupkit render«."
        raise FileError(Fault(str(basis), "ingen fil", "det, siderne er lavet af", action))
    text = basis.read_text("utf-8")
    kept = sent_releases(chosen)
    same = [path for path in kept if path.read_text("utf-8") == text]
    # Several may be sent on one day, and each of them is out of the house: none takes another's place.
    target = same[0] if same else chosen.path(SENT) / f"{date.today().isoformat()}_{len(kept) + 1:03}.json"
    write_whole(target, text)
    make_console().print(f"Noteret i {target}. De næste sider holdes op mod det, der nu er sendt ud.", highlight=False)


def _passphrase() -> str:
    from blupkit.core import DataError, Fault

    given = os.environ.get(PASSPHRASE, "")
    if not given:
        if not sys.stdin.isatty():
            action = f"Kør kommandoen i en terminal, eller sæt {PASSPHRASE}."
            raise DataError(Fault("adgangskoden", "ingen, der kan svare", "en adgangskode", action))
        given = getpass("Adgangskode: ")
        if given != getpass("Den samme igen: "):
            raise DataError(Fault("adgangskoden", "to forskellige", "den samme to gange", "Kør kommandoen igen."))
    if len(given) < SHORTEST_PASSPHRASE:
        found, expected = f"{len(given)} tegn", f"mindst {SHORTEST_PASSPHRASE} tegn"
        raise DataError(Fault("adgangskoden", found, expected, "Vælg en længere, for eksempel fire ord."))
    return given


def _refuse(path: Path, error: Exception) -> None:
    complaint = make_console(stderr=True)
    complaint.print(f"\n{path} blev ikke lavet:", style="bold red", highlight=False)
    complaint.print(str(error), highlight=False, markup=False)
    if path.is_file():
        complaint.print("Den pakke, der ligger der, er fra en tidligere kørsel; send den ikke.", highlight=False)


def _slug(study: Path) -> str:
    from blupkit.core.slugs import slug

    return slug(study.resolve().name)


def _notebook_folder() -> Path:
    from blupkit.report.batch.fingerprint import notebook_folder

    return notebook_folder()


def _run(study: Path, notebooks: Path, options: list[list[str]]) -> str:
    """Mark a run by everything it depends on; "" where that cannot be read, which is then told when it is used."""
    from blupkit.report.batch.fingerprint import run_mark

    try:
        return run_mark(study, notebooks, {"options": options}) if study.is_dir() and notebooks.is_dir() else ""
    except OSError:
        return ""


def _is_same_run(run: str, target: Path) -> bool:
    from blupkit.report.batch.manifest import is_same_run, read_manifest

    return is_same_run(read_manifest(target), run, target)


def _engine(name: str | None) -> Engine:
    from blupkit.core import DataError, Fault
    from blupkit.report.batch.pool import DEFAULT_ENGINE, ENGINES

    if name is not None and name not in ENGINES:
        raise DataError(Fault("kommandolinjen", name, "blupkit eller kernel", "Vælg en af dem.", column="--engine"))
    return next((engine for engine in ENGINES if engine == name), DEFAULT_ENGINE)


def _runner(study: Study, workers: int, engine: Engine, scheduler: str | None) -> Runner:
    from blupkit.report.batch.pool import run_pages

    if scheduler is None:
        return partial(run_pages, study=study, workers=workers, engine=engine)
    from blupkit.report.batch.cluster import run_on_machines

    return partial(run_on_machines, study=study, scheduler=scheduler, engine=engine)


def _print_all(pages: list[Path], console: Console) -> None:
    """Print the pages whose PDF is older than they are, and say so where there is no browser to do it."""
    from blupkit.report.pages.pdf import find_browser, print_pdf

    browser = find_browser()
    if browser is None:
        console.print("Der er ingen PDF: Det kræver, at Chromium, Chrome eller Edge er installeret.", highlight=False)
        return
    old = [page for page in pages if not _is_newer(page.with_suffix(".pdf"), page)]
    for page in old:
        print_pdf(page, browser)
    told = "1 side er" if len(old) == 1 else f"{len(old)} sider er"
    console.print(f"{told} også lavet som PDF, ved siden af siden selv.", highlight=False)


def _is_newer(path: Path, page: Path) -> bool:
    return path.is_file() and path.stat().st_mtime_ns >= page.stat().st_mtime_ns


def _complain(outcome: Outcome) -> None:
    error = make_console(stderr=True)
    error.print(f"\n{outcome.page.name} blev ikke lavet:", style="bold red", highlight=False)
    error.print(outcome.problem, highlight=False, markup=False)
    if outcome.path.is_file():
        error.print(f"Notesbogen er gemt i {outcome.path}", highlight=False, markup=False)


def _parameters(pairs: list[str]) -> dict[str, str]:
    from blupkit.core import DataError, Fault

    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        action = "Skriv fx --parameter antal=5."
        raise DataError([Fault("kommandolinjen", pair, "NAVN=VÆRDI", action, column="--parameter") for pair in wrong])
    return dict(pair.split("=", 1) for pair in pairs)


def _output_folder(output: Path | None, study: Study) -> Path:
    folder = (output or OUTPUTS) / study.slug
    folder.mkdir(
        parents=True, exist_ok=True
    )  # before anything is run: a place that cannot be written to is told at once
    return folder


def main() -> None:
    """Run the command line; a user's fault ends with its message and exit status 1, never with a traceback."""
    gc.set_threshold(100_000, 50, 100)  # looking for garbage as often as Python does takes a sixth of a command's time
    try:
        sys.exit(app(standalone_mode=False, prog_name="blupkit"))
    except KeyboardInterrupt:
        stop("Afbrudt. De sider, der er lavet, ligger der stadig.", 130)
    except OSError as error:
        why = "Er disken fuld, må du skrive der, eller er filen åben i Excel?"
        stop(f"{error.filename or 'Filen'}: Her kan ikke skrives. {why} Ret det, og kør igen.", 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own complaint about how the command was written
            stop(usage(error), 2)
        from blupkit.core import BlupkitError  # slow to import, and most commands end well

        if not isinstance(error, BlupkitError):
            raise
        stop(str(error), 1)
