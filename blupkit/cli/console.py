"""How the command line speaks: in Danish, to a terminal and to a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from blupkit.report import Outcome

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


class DanishCommand(TyperCommand):
    """A command whose help is Danish throughout."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's context is private
        """Give typer's help with its own words in Danish."""
        return _in_danish(super().get_help(ctx))


class DanishGroup(TyperGroup):
    """The program's own help page, likewise."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's context is private
        """Give typer's help with its own words in Danish."""
        return _in_danish(super().get_help(ctx))


def _in_danish(text: str) -> str:
    for english, danish in DANISH.items():
        text = text.replace(english, danish)
    return text


def make_console(stderr: bool = False) -> Console:
    """Give what the program prints to."""
    from rich.console import Console

    # In a file or a log nothing wraps at 80 columns: a path that is broken over two lines cannot be clicked or copied.
    return Console(stderr=stderr, soft_wrap=True)


def progress_bar(console: Console) -> Progress:
    """Give the bar under the lines; a log has none."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def stop(message: str, status: int) -> NoReturn:
    """Say why the program ends, and end it."""
    make_console(stderr=True).print(message, highlight=False, markup=False)
    sys.exit(status)


def usage(error: Exception) -> str:
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


def teller(progress: Progress, task: TaskID, total: int) -> Callable[[Outcome], None]:
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
