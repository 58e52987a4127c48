"""What can be chosen on the command line, in groups that several commands share: a group is one parameter of a command.

Typer makes an option of each parameter of a function. `grouped` lets a parameter be a dataclass instead, whose fields
are the options; a new option is a new field.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial, wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

from blupkit import core, report
from blupkit.core.outputs import Outputs

DEMO = Path("data/demo")
StudyArgument = Annotated[Path, typer.Argument(metavar="MAPPE", help="Undersøgelsens mappe (den med study.toml).")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="MAPPE", help="Hvor resultatet lægges. [standard: outputs/]")
]
NotebooksOption = Annotated[Path | None, typer.Option("--notebooks", metavar="MAPPE", help="Mappen med notesbøger.")]
Names = list[str] | None
MUNICIPALITY = partial(typer.Option, "--municipality", "-m", metavar="NAVN")


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take its options in groups.

    Parameters
    ----------
    command : callable
        Each parameter whose annotation is a dataclass is a group: its fields are options, as typer reads them. Its
        other parameters are options of their own.

    Returns
    -------
    callable
        The same command with one parameter an option, in the same order, for typer.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Size:
    ...     width: int = 2
    ...     height: int = 3
    >>> @grouped
    ... def area(size: Size, name: str = "A") -> None:
    ...     print(name, size.width * size.height)
    >>> list(signature(area).parameters)
    ['width', 'height', 'name']
    >>> area(width=5, name="B", height=3)
    B 15
    """
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if isinstance(kind, type) and is_dataclass(kind)}

    @wraps(command)
    def run(**given: object) -> None:
        made = {name: kind(**{one.name: given.pop(one.name) for one in fields(kind)}) for name, kind in groups.items()}
        command(**made, **given)

    parameters: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        own = signature(groups[name]).parameters.values() if name in groups else [parameter]
        hints |= get_type_hints(groups[name], include_extras=True) if name in groups else {}
        parameters += [one.replace(annotation=hints[one.name], kind=Parameter.KEYWORD_ONLY) for one in own]
    run.__signature__ = signature(command).replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = hints
    return run


@dataclass(frozen=True)
class Place:
    """A study, and where its output lies."""

    study: StudyArgument = DEMO
    output: OutputOption = field(default=None, kw_only=True)  # the last option of a group that has more

    def read(self) -> "core.Study":
        """Read the study."""
        return core.read_study(self.study)

    @property
    def outputs(self) -> Outputs:
        """The study's output."""
        return Outputs.of(self.study, self.output)


@dataclass(frozen=True)
class Wanted(Place):
    """Which pages of which study, and where they lie."""

    municipality: Annotated[
        Names, MUNICIPALITY(help="Kun denne kommune (navnet på dens mappe); »alle« for fælles.")
    ] = None
    notebook: Annotated[Names, typer.Option("--notebook", "-n", metavar="NAVN", help="Kun denne notesbog.")] = None
    parameter: Annotated[
        Names, typer.Option("--parameter", "-p", metavar="NAVN=VÆRDI", help="Sæt en notesbogs parameter.")
    ] = None
    notebooks: NotebooksOption = None

    @property
    def folder(self) -> Path:
        """The folder of notebooks."""
        return self.notebooks or report.notebook_folder()

    def mark(self, *, pdf: bool) -> str:
        """Mark a run by everything it depends on."""
        from blupkit.report.batch.manifest import run_mark

        chosen = [sorted(names or []) for names in (self.municipality, self.notebook, self.parameter)]
        return run_mark(self.study, self.folder, [*chosen, ["pdf"] if pdf else []])

    def pages(self, study: "core.Study", municipalities: Names) -> "list[report.Page]":
        """Plan the pages; with no municipalities those of all."""
        return report.plan_pages(
            study,
            self.folder,
            self.outputs,
            municipalities=municipalities or [],
            chosen=self.notebook or [],
            parameters=self._parameters(),
        )

    def _parameters(self) -> dict[str, str]:
        pairs = self.parameter or []
        if wrong := [pair for pair in pairs if "=" not in pair]:
            where, action = "kommandolinjen", "Skriv fx --parameter antal=5."
            faults = (core.Fault(where, pair, "NAVN=VÆRDI", action, column="--parameter") for pair in wrong)
            raise core.DataError(faults)
        return dict(pair.split("=", 1) for pair in pairs)


@dataclass(frozen=True)
class ToPack(Wanted):
    """The same for packages, where "alle" is another reader."""

    municipality: Annotated[Names, MUNICIPALITY(help="Kun denne kommune; »alle« for projektgruppen.")] = None


@dataclass(frozen=True)
class Running:
    """How the pages are made."""

    force: Annotated[bool, typer.Option("--force", help="Lav også de sider igen, som intet er ændret for.")] = False
    workers: Annotated[
        int, typer.Option("--workers", "-w", metavar="ANTAL", min=1, help="Hvor mange sider der laves ad gangen.")
    ] = 2
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="MOTOR", help="»blupkit« eller »kernel« (Jupyters egen). [standard: blupkit]"),
    ] = ""
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Lav også hver side som PDF (kræver Chromium, Chrome eller Edge).")
    ] = False
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADRESSE", help="Lav siderne på flere maskiner, fx tcp://10.0.0.5:8786."),
    ] = None
