"""The commands. What is heavy is imported inside them: the help page takes none of it along."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from getpass import getpass
from io import TextIOWrapper
from operator import call
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from blupkit import app, core, report
from blupkit.cli import data_life, fieldwork
from blupkit.cli.choices import Place, Running, ToPack, Wanted, grouped
from blupkit.cli.console import (
    DanishCommand,
    DanishGroup,
    Teller,
    complain,
    complain_of_all,
    make_console,
    print_faults,
    stop,
    usage,
)

if TYPE_CHECKING:
    from rich.console import Console

program = typer.Typer(
    cls=DanishGroup,
    help="Fra en undersøgelses mappe til sider, som partnerne kan læse.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="KOMMANDO …",
    options_metavar="[VALG]",
)
command = partial(program.command, cls=DanishCommand, options_metavar="[VALG]")
#: Where the passphrase is read from when nobody sits at the keyboard; never the command line, which others can see.
PASSPHRASE = "BLUPKIT_ADGANGSKODE"
#: How many threads one process computes with.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
#: The status of a command that Ctrl-C stopped, as shells have it.
INTERRUPTED = 130


@command()
def new(
    study: Annotated[Path, typer.Argument(metavar="MAPPE", help="Den nye mappe. Den må ikke findes i forvejen.")],
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FIL", help="Lav undersøgelsen ud fra denne fil med svar.")
    ] = None,
    questionnaire: Annotated[
        Path | None,
        typer.Option(
            "--questionnaire", metavar="FIL", help="Spørgeskemaet: XLSForm, .lss, structure.csv, .sav, .docx."
        ),
    ] = None,
) -> None:
    """Lav en ny undersøgelse: tom, eller ud fra en fil med svar."""
    from blupkit.app.new_study import write_study

    console = make_console()
    if source is not None or questionnaire is not None:
        from blupkit.app.study_from_export import say_made, write_study_from

        with console.status("Læser filen …"):
            told = write_study_from(study, source, questionnaire)
        for line in say_made(told, study):
            console.print(line)
        return
    written = write_study(study)
    console.print(f"Lavede undersøgelsen {study} med {len(written)} filer:")
    for path in written:
        console.print(f"  {path}")
    console.print(f"Begynd med {study / 'study.toml'}, og kør så: blupkit check {study}")


@command()
@grouped
def check(place: Place) -> None:
    """Find alle fejl i filerne på én gang, også som Excel-fil."""
    study, outputs = place.read(), place.outputs
    console = make_console()
    with console.status("Læser filerne …"):
        table = app.all_faults(study)
    outputs.make()
    outputs.write(outputs.checked, app.check_note(study, table))
    if table.empty:
        for path in (outputs.faults, outputs.fault_workbook, outputs.faults_in_words):
            path.unlink(missing_ok=True)
        app.refresh_index(study, outputs)
        console.print("Ingen fejl og ingen advarsler: Undersøgelsen er klar.")
        return
    told = core.without_words(table, study.public_files)
    core.write_faults(told, outputs.faults)
    core.write_faults(told, outputs.fault_workbook)
    core.write_faults(table, outputs.faults_in_words)
    app.refresh_index(study, outputs)
    print_faults(told, console)
    serious = int((table["level"] == core.Level.SERIOUS).sum())
    warnings = len(table) - serious
    counted = f"I alt {serious} fejl og {warnings} {'advarsel' if warnings == 1 else 'advarsler'}."
    console.print(f"{counted} Listen ligger i {outputs.fault_workbook} (og som {outputs.faults.name})")
    console.print(f"Ordene står i {outputs.faults_in_words}. Den er kun til dig, og den må ikke sendes.")
    if serious:
        raise typer.Exit(1)
    console.print("Ingen af dem hindrer, at siderne laves: blupkit render " + str(place.study))


@command()
@grouped
def render(wanted: Wanted, running: Running) -> None:
    """Lav siderne: kommunernes, de fælles og den interne."""
    from blupkit.report.batch.manifest import read_manifest

    outputs, run = wanted.outputs, wanted.mark(pdf=running.pdf)
    if not running.force and read_manifest(outputs).is_whole(run):
        make_console().print(f"Ingen ændringer: Siderne er, som de var. Åbn {outputs.index}")
        return
    from blupkit.report.batch.cluster import choose_runner

    study = wanted.read()
    app.check_ended(study)
    pages = wanted.pages(study, wanted.municipality)
    shared: dict[str, bytes] = {}  # what checking finds the pages need not read again
    runner = choose_runner(pages, running.engine, running.workers, running.scheduler, shared, command=__name__)
    outputs.make()  # where it cannot be, that is told before anything is run
    console = make_console()
    teller = Teller(console, len(pages))
    with outputs.hold(), teller.progress:  # `app` is slow to import, and meanwhile what runs the pages imports too
        for moved in report.set_aside(study, outputs, partial(report.is_planned, study, wanted.folder)):
            console.print(str(moved))
        # Where the pages are made on other machines, there is no server here that has imported what it needs.
        aside = call if running.scheduler else partial(app.beside, shared)
        shows = any(page.release_file for page in pages)

        def decide() -> dict[str, str]:
            checked = app.checked_survey(study)
            blocked = app.blocked_by_survey(study, wanted.study, checked) or (
                app.decide(study, outputs, console.print, checked.responses, aside) if shows else {}
            )
            return {**blocked, **app.blocked_by_activities(study, wanted.study, checked)}

        teller.begin()
        outcomes = report.render_pages(
            pages,
            outputs,
            check=partial(aside, app.blocked_without_survey, study, wanted.study),
            decide=decide,
            on_outcome=teller.tell,
            force=running.force,
            runner=runner,
            run=run,
        )
        index = app.write_index(study, outputs)
    failed = [outcome for outcome in outcomes if outcome.problem]
    evidence = [f"Notesbogen er gemt i {each.path}" if each.path.is_file() else "" for each in failed]
    complain_of_all((each.page.name, each.problem, where) for each, where in zip(failed, evidence, strict=True))
    if running.pdf:
        _print_all([outcome.path for outcome in outcomes if not outcome.problem], console)
    kept = sum(outcome.kept for outcome in outcomes)
    done = len(outcomes) - len(failed)
    same = f" ({kept} var {'uændret' if kept == 1 else 'uændrede'})" if kept else ""
    console.print(f"{done} af {len(outcomes)} sider er lavet{same}. Åbn {index}")
    if failed:
        raise typer.Exit(1)


@command()
@grouped
def package(
    wanted: ToPack,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=f"Lås pakkerne med en adgangskode (spørger, eller læser {PASSPHRASE}).")
    ] = False,
    accept_suggestions: Annotated[
        bool, typer.Option("--accept-suggestions", help="Pak også sider med temaer, som kun programmet har fundet.")
    ] = False,
) -> None:
    """Pak siderne til hver partner, når de er gennemset."""
    study, outputs = wanted.read(), wanted.outputs
    app.check_ended(study)
    pages = wanted.pages(study, None)
    for name in wanted.municipality or []:
        study.municipality(name)
    console = make_console()
    passphrase = _passphrase(study) if encrypt else ""
    with outputs.hold():
        for moved in report.set_aside(study, outputs, partial(report.is_planned, study, wanted.folder)):
            console.print(str(moved))
            app.refresh_index(study, outputs)
        with console.status("Samler pakkerne …"):
            packages, scan, late = app.open_packages(pages, study, outputs, wanted.municipality or [])
        ask_about_suggestions(packages, accepted=accept_suggestions)
        if note := app.unsent_note({one.name: one.mark for one in packages}, study, outputs):
            console.print(note)
        packed = []
        with console.status("Gennemser siderne for alt fortroligt …"):
            for one in app.write_packages(packages, scan, study, outputs, passphrase):
                packed.append(one)
                if not one.problem:
                    console.print(f"{one.path}  {one.files} filer")
        app.refresh_index(study, outputs)
    if late:
        console.print(late)
    refused = [one for one in packed if one.problem]
    old = "Den pakke, der ligger der, er fra en tidligere kørsel; send den ikke."
    for one in refused:
        complain(str(one.path), one.problem, old if one.path.is_file() else "")
    made = len(packed) - len(refused)
    locked = " De er låst og åbnes med 7-Zip; send adgangskoden ad en anden vej." if passphrase else ""
    after = f"{locked} Når de er sendt, så kør: blupkit sent {wanted.study}" if made else ""
    console.print(f"{made} af {len(packed)} pakker er lavet.{after}")
    if refused:
        raise typer.Exit(1)


@command()
@grouped
def sent(
    place: Place,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="MODTAGER", help="Hvem der fik hvad: »Kommune: modtager«. Kan gentages."),
    ] = None,
    earlier: Annotated[
        bool, typer.Option("--earlier", help="Notér pakker, der er erstattet af nyere, før de blev noteret.")
    ] = False,
) -> None:
    """Notér, hvad der er sendt, og til hvem, så nye sider intet røber."""
    study, outputs, console = place.read(), place.outputs, make_console()
    noted = app.note_sent(study, outputs, to or [], earlier=earlier)
    app.refresh_index(study, outputs)
    for release in noted.releases:
        console.print(f"Noteret i {release}. De næste sider holdes op mod det, der nu er sendt ud.")
    one = len(noted.packages) == 1
    what = "Pakken ({}) og dens kontrolsum" if one else "Pakkerne ({}) og deres kontrolsummer"
    console.print(f"{what.format(', '.join(noted.packages))} er skrevet i {noted.recipients}.")
    if noted.remade:
        console.print(
            "Siderne er lavet igen, efter at der blev pakket. Det er pakkerne, der er noteret, ikke de nye sider."
        )
    if not to:
        console.print('Skriv også, hvem der har fået dem, fx: --to "Kommunens navn: koordinatoren"')


for each in (data_life.place, data_life.where, data_life.withdraw, data_life.delete, fieldwork.udsend):
    command()(each)


def ask_about_suggestions(packages: list[report.Package], *, accepted: bool) -> None:
    """Ask whether pages may be sent whose themes no person has looked at; without somebody to ask, they may not."""
    titles = list(dict.fromkeys(file.title for one in packages for file in one.files if file.suggested))
    if not titles or accepted:
        return
    found = f"temaer, som kun programmet har fundet: {', '.join(titles)}"
    if sys.stdin.isatty():
        make_console().print(f"Her er {found}. Intet menneske har læst dem igennem.")
        with suppress(EOFError):
            if input("Skal de sendes alligevel? Skriv ja eller nej: ").strip().casefold() in {"j", "ja"}:
                return
    action = "Kod interviewene, eller kør igen med --accept-suggestions. Ingen pakker er lavet."
    raise core.DataError(core.Fault("pakkerne", found, "temaer, som en person har kodet", action))


def _passphrase(study: core.Study) -> str:
    given = os.environ.get(PASSPHRASE, "")
    if not given:
        if not sys.stdin.isatty():
            action = f"Kør kommandoen i en terminal, eller sæt {PASSPHRASE}."
            raise core.DataError(core.Fault("adgangskoden", "ingen, der kan svare", "en adgangskode", action))
        given = getpass("Adgangskode: ")
        if given != getpass("Den samme igen: "):
            raise core.DataError(
                core.Fault("adgangskoden", "to forskellige", "den samme to gange", "Kør kommandoen igen.")
            )
    report.check_passphrase(given, study.known_names)
    return given


def _print_all(pages: list[Path], console: Console) -> None:
    """Print the pages whose PDF is older than they are, and say so where there is no browser to do it."""
    from blupkit.report.pages.pdf import find_browser, print_pdf

    browser = find_browser()
    if browser is None:
        console.print("Der er ingen PDF: Det kræver, at Chromium, Chrome eller Edge er installeret.")
        return
    old = [page for page in pages if not _is_newer(page.with_suffix(".pdf"), page)]
    for page in old:
        print_pdf(page, browser)
    told = "1 side er" if len(old) == 1 else f"{len(old)} sider er"
    console.print(f"{told} også lavet som PDF, ved siden af siden selv.")


def _is_newer(path: Path, page: Path) -> bool:
    return path.is_file() and path.stat().st_mtime_ns >= page.stat().st_mtime_ns


def main() -> None:
    """Run the command line; a user's fault ends with its message and exit status 1, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):  # a console or a log in cp1252: a sign it lacks must not stop anything
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    gc.set_threshold(100_000, 50, 100)  # looking for garbage as often as Python does takes a sixth of a command's time
    for name in THREADS:  # read when NumPy is imported; its matrices here are small, and pages need the other cores
        os.environ.setdefault(name, "1")
    try:
        status = program(standalone_mode=False, prog_name="blupkit")
        if status == INTERRUPTED:  # typer has taken Ctrl-C, and says nothing
            raise KeyboardInterrupt
        sys.exit(status)
    except (KeyboardInterrupt, typer.Abort):  # the latter where a question met the end of the input
        stop("Afbrudt. De sider, der er lavet, ligger der stadig.", INTERRUPTED)
    except OSError as error:
        why = "Er disken fuld, må du skrive der, eller er filen åben i Excel?"
        stop(f"{error.filename or 'Filen'}: Her kan ikke skrives. {why} Ret det, og kør igen.", 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own complaint about how the command was written
            stop(usage(error), 2)
        if not isinstance(error, core.BlupkitError):
            raise
        stop(str(error), 1)
    finally:
        gc.freeze()  # Python looks for garbage before it ends, for half a second after a batch
