"""The command line: `blupkit new · check · render`. It speaks Danish and imports nothing heavy for its help."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from blupkit.core import Study
    from blupkit.report import Outcome
    from blupkit.report.render import Runner
    from blupkit.report.worker import Engine

#: What typer says in English in its help; its plain form needs a third of the time of the one in colours.
DANISH = {
    "Usage:": "Brug:",
    "Options:": "Valgmuligheder:",
    "Arguments:": "Argumenter:",
    "Commands:": "Kommandoer:",
    "[default:": "[standard:",
    "; x>=1]": "; mindst 1]",
    " <path>": "",
    "[required]": "[skal angives]",
    "Show this message and exit.": "Vis denne hjælp, og stop.",
}
DEMO = Path("data/demo")
OUTPUTS = Path("outputs")
#: The decision that the notebooks read, and what it was made from; both lie with what must not be shared.
RELEASE, BASIS = Path("intern") / "udgivelse.json", Path("intern") / "udgivelse_grundlag.json"
#: What of it each reader's pages read.
PARTS = Path("intern") / "udgivelse"
NOT_SAFE = (
    "Siderne er ikke lavet: Et skjult tal kunne regnes ud af de tal, der ellers ville stå der. Det bør ikke kunne ske;"
    " send undersøgelsens mappe intern/ til den, der passer programmet."
)
LATE_NOTE = (
    "{number} steder er tal skjult, fordi der kun er kommet få nye besvarelser, siden siderne sidst blev sendt. Den"
    " interne side siger hvor. Vent med at sende, til der er kommet flere."
)
SHOWN_KINDS = 12
SHOWN_OF_A_KIND = 2


class _DanishCommand(TyperCommand):
    """A command whose help is Danish throughout."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's context is private
        return _in_danish(super().get_help(ctx))


class _DanishGroup(TyperGroup):
    """The program's own help page, likewise."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's context is private
        return _in_danish(super().get_help(ctx))


def _in_danish(text: str) -> str:
    for english, danish in DANISH.items():
        text = text.replace(english, danish)
    return text


app = typer.Typer(
    cls=_DanishGroup,
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


@app.command(cls=_DanishCommand, options_metavar="[VALG]")
def new(
    study: Annotated[Path, typer.Argument(metavar="MAPPE", help="Den nye mappe. Den må ikke findes i forvejen.")],
) -> None:
    """Lav en ny, tom undersøgelse, hvis filer forklarer sig selv."""
    from blupkit.core.skeleton import write_study

    written = write_study(study)
    console = _console()
    console.print(f"Lavede undersøgelsen [bold]{study}[/] med {len(written)} filer:", highlight=False)
    for path in written:
        console.print(f"  {path}", highlight=False)
    console.print(f"Begynd med {study / 'study.toml'}, og kør så: blupkit check {study}", highlight=False)


@app.command(cls=_DanishCommand, options_metavar="[VALG]")
def check(study: StudyArgument = DEMO, output: OutputOption = None) -> None:
    """Find alle fejl i filerne på én gang, også som CSV-fil."""
    from blupkit.core import read_study, write_faults

    chosen = read_study(study)
    console = _console()
    with console.status("Læser filerne …"):
        table = _all_faults(chosen)
    path = _output_folder(output, chosen) / "fejl.csv"
    if table.empty:
        path.unlink(missing_ok=True)
        console.print("Ingen fejl og ingen advarsler: Undersøgelsen er klar.")
        return
    write_faults(table, path)
    _print_faults(table, console)
    serious = int((table["level"] == "fejl").sum())
    console.print(f"I alt {serious} fejl og {len(table) - serious} advarsler. Listen ligger i {path}", highlight=False)
    if serious:
        raise typer.Exit(1)
    console.print("Ingen af dem hindrer, at siderne laves: blupkit render " + str(study), highlight=False)


@app.command(cls=_DanishCommand, options_metavar="[VALG]")
def render(
    study: StudyArgument = DEMO,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", "-m", metavar="NAVN", help="Kun denne kommune, fx slagelse; »alle« for fælles."),
    ] = None,
    notebook: Annotated[
        list[str] | None, typer.Option("--notebook", "-n", metavar="NAVN", help="Kun denne notesbog.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", metavar="NAVN=VÆRDI", help="Sæt en notesbogs parameter.")
    ] = None,
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks", metavar="MAPPE", help="Mappen med notesbøger.")
    ] = None,
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
    """Lav siderne til hver kommune, de fælles, den interne og en indgangsside."""
    folder = notebooks or _notebook_folder()
    target = (output or OUTPUTS) / _slug(study)
    options = [sorted(municipality or []), sorted(notebook or []), sorted(parameter or []), ["pdf"] if pdf else []]
    run = _run(study, folder, options)
    if run and not force and _is_same_run(run, target):
        _console().print(f"Ingen ændringer: Siderne er, som de var. Åbn {target / 'index.html'}", highlight=False)
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
    console = _console()
    with hold(target), _progress(console) as progress:
        task = progress.add_task("Kontrollerer filerne", total=len(pages))
        blocked = _blocked(chosen, study)
        shows = any("release_file" in page.parameters for page in pages) and "spoergeskema" not in blocked
        progress.update(task, description="Laver siderne")
        outcomes = render_pages(
            chosen,
            pages,
            target,
            blocked=blocked,
            decide=partial(_decide, chosen, target) if shows else dict,
            on_outcome=_teller(progress, task, len(pages)),
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
    same = f" ({kept} var uændrede)" if kept else ""
    console.print(f"{done} af {len(outcomes)} sider er lavet{same}. Åbn {index}", highlight=False)
    if failed:
        raise typer.Exit(1)


@app.command(cls=_DanishCommand, options_metavar="[VALG]")
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
    _console().print(f"Noteret i {target}. De næste sider holdes op mod det, der nu er sendt ud.", highlight=False)


def _slug(study: Path) -> str:
    from blupkit.core.names import slug

    return slug(study.resolve().name)


def _notebook_folder() -> Path:
    from blupkit.report.fingerprint import notebook_folder

    return notebook_folder()


def _run(study: Path, notebooks: Path, options: list[list[str]]) -> str:
    """Mark a run by everything it depends on; "" where that cannot be read, which is then told when it is used."""
    from blupkit.report.fingerprint import run_mark

    try:
        return run_mark(study, notebooks, {"options": options}) if study.is_dir() and notebooks.is_dir() else ""
    except OSError:
        return ""


def _is_same_run(run: str, target: Path) -> bool:
    from blupkit.report.manifest import is_same_run, read_manifest

    return is_same_run(read_manifest(target), run, target)


def _engine(name: str | None) -> Engine:
    from blupkit.core import DataError, Fault
    from blupkit.report.pool import DEFAULT_ENGINE, ENGINES

    if name is not None and name not in ENGINES:
        raise DataError(Fault("kommandolinjen", name, "blupkit eller kernel", "Vælg en af dem.", column="--engine"))
    return next((engine for engine in ENGINES if engine == name), DEFAULT_ENGINE)


def _runner(study: Study, workers: int, engine: Engine, scheduler: str | None) -> Runner:
    from blupkit.report.pool import run_pages

    if scheduler is None:
        return partial(run_pages, study=study, workers=workers, engine=engine)
    from blupkit.report.cluster import run_on_machines

    return partial(run_on_machines, study=study, scheduler=scheduler, engine=engine)


def _print_all(pages: list[Path], console: Console) -> None:
    """Print the pages whose PDF is older than they are, and say so where there is no browser to do it."""
    from blupkit.report.pdf import find_browser, print_pdf

    browser = find_browser()
    if browser is None:
        console.print("Der er ingen PDF: Det kræver, at Chromium, Chrome eller Edge er installeret.", highlight=False)
        return
    old = [page for page in pages if not _is_newer(page.with_suffix(".pdf"), page)]
    for page in old:
        print_pdf(page, browser)
    console.print(f"{len(old)} sider er også lavet som PDF; de ligger ved siden af siderne.", highlight=False)


def _is_newer(path: Path, page: Path) -> bool:
    return path.is_file() and path.stat().st_mtime_ns >= page.stat().st_mtime_ns


def _teller(progress: Progress, task: TaskID, total: int) -> Callable[[Outcome], None]:
    """Tell of each page as it comes, with the time that is left: in a terminal under the lines, in a log in them."""
    start, made = time.monotonic(), 0

    def tell(outcome: Outcome) -> None:
        nonlocal made
        progress.advance(task)
        done = int(progress.tasks[0].completed)
        made += not outcome.kept
        mark = "[red]stoppet[/]" if outcome.problem else "uændret" if outcome.kept else "[green]færdig[/]"
        seconds = f"  ({outcome.seconds:.1f} s)".replace(".", ",") if not outcome.kept else ""
        left = (time.monotonic() - start) / max(made, 1) * (total - done)
        rest = f"  ca. {left:.0f} s tilbage" if made and done < total else ""
        progress.console.print(f"{done}/{total}  {mark}  {outcome.page.name}{seconds}{rest}", highlight=False)

    return tell


def _decide(study: Study, target: Path) -> dict[str, str]:
    """Decide what the whole release shows, once for all its pages, and leave the decision beside them."""
    from blupkit.core import ALL, BlupkitError, read_edition, release_for, write_basis, write_release
    from blupkit.core.published import LATE
    from blupkit.survey import make_release

    try:
        draft, release = make_release(study)
    except BlupkitError as error:
        return {"spoergeskema": str(error)}
    write_release(release, target / RELEASE)
    for place in [*(municipality.slug for municipality in study.municipalities), ALL]:
        write_release(release_for(release, read_edition(study, place)), target / PARTS / f"{place}.json")
    write_basis(draft, release, study, target / BASIS)
    late = int((release.decisions["reason"] == LATE).sum())
    if late:
        _console().print(LATE_NOTE.format(number=late), highlight=False)
    return {} if release.passed else {"udgivelse": NOT_SAFE}


def _complain(outcome: Outcome) -> None:
    error = _console(stderr=True)
    error.print(f"\n{outcome.page.name} blev ikke lavet:", style="bold red", highlight=False)
    error.print(outcome.problem, highlight=False, markup=False)
    if outcome.path.is_file():
        error.print(f"Notesbogen er gemt i {outcome.path}", highlight=False, markup=False)


def _all_faults(study: Study) -> pd.DataFrame:
    import pandas as pd

    from blupkit.core import check_study

    tables = [check_study(study, date.today()), *_faults_of(study).values()]
    return pd.concat(tables, ignore_index=True).sort_values("level", key=lambda level: level != "fejl", kind="stable")


def _faults_of(study: Study) -> dict[str, pd.DataFrame]:
    """List the faults of each material that the study has."""
    from blupkit import interviews, survey

    faults = {}
    if study.survey:
        faults["spoergeskema"] = survey.check_responses(study)
    if study.interviews:
        faults["interview"] = interviews.check_interviews(study, _answers(study))
    return faults


def _blocked(study: Study, folder: Path) -> dict[str, str]:
    """Which materials cannot be used at all, and why: asked once, so that a fault is said once."""
    blocked = {}
    for material, faults in _faults_of(study).items():
        serious = faults[faults["level"] == "fejl"]
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


def _print_faults(table: pd.DataFrame, console: Console) -> None:
    """Print the faults, two of each kind: a rare one must not drown among many alike."""
    for level, heading in (("fejl", "Fejl, der skal rettes"), ("advarsel", "Advarsler")):
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


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    # In a file or a log nothing wraps at 80 columns: a path that is broken over two lines cannot be clicked or copied.
    return Console(stderr=stderr, soft_wrap=True)


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def _stop(message: str, status: int) -> NoReturn:
    _console(stderr=True).print(message, highlight=False, markup=False)
    sys.exit(status)


def _usage(error: Exception) -> str:
    """What is wrong with the command itself, in Danish: typer's own messages are English."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
    what = {
        "NoSuchOption": f"Der findes ingen valgmulighed {name}.",
        "MissingParameter": f"{name} mangler.",
        "BadOptionUsage": f"{name} mangler en værdi.",
        "BadParameter": f"Værdien af {name} kan ikke bruges.",
    }.get(type(error).__name__, "Kommandoen findes ikke, eller den har for mange ord.")
    return f"{what} Skriv »blupkit --help« for at se, hvad der kan vælges."


def main() -> None:
    """Run the command line; a user's fault ends with its message and exit status 1, never with a traceback."""
    try:
        sys.exit(app(standalone_mode=False))
    except KeyboardInterrupt:
        _stop("Afbrudt. De sider, der er lavet, ligger der stadig.", 130)
    except OSError as error:
        why = "Er disken fuld, må du skrive der, eller er filen åben i Excel?"
        _stop(f"{error.filename or 'Filen'}: Her kan ikke skrives. {why} Ret det, og kør igen.", 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own complaint about how the command was written
            _stop(_usage(error), 2)
        from blupkit.core import BlupkitError  # not before: it takes pandas along

        if not isinstance(error, BlupkitError):
            raise
        _stop(str(error), 1)
