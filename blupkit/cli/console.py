"""How the command line speaks: in Danish, to a terminal and to a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Final, NoReturn

from typer.core import TyperCommand, TyperGroup

from blupkit import core

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from rich.console import Console

    from blupkit.report import Outcome

#: How many kinds of faults are told of, and how many of each.
SHOWN_KINDS: Final = 12
SHOWN_OF_A_KIND: Final = 2

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
    # And what stands in brackets is a setting, or part of a path: rich would take it for a style, and leave it out.
    return Console(stderr=stderr, soft_wrap=True, highlight=False, markup=False)


def complain(heading: str, message: str, last: str = "") -> None:
    """Say what was not made, and why; the rest goes on."""
    error = make_console(stderr=True)
    error.print(f"\n{heading} blev ikke lavet:", style="bold red")
    for text in filter(None, (message, last)):
        error.print(text)


def complain_of_all(failed: Iterable[tuple[str, str, str]]) -> None:
    """Say of each page why it was not made; what stopped many is said once."""
    from blupkit.core.danish import many  # it takes its time to import, and most commands end well

    alike: dict[tuple[str, str], list[str]] = {}
    for name, message, last in failed:
        alike.setdefault((message, last), []).append(name)
    for (message, last), names in alike.items():
        more = len(names) - 1
        others = f" og {many(more, 'side', 'sider')} til" if more else ""
        complain(f"{names[0]}{others}", message, last)


def stop(message: str, status: int) -> NoReturn:
    """Say why the program ends, and end it."""
    make_console(stderr=True).print(message)
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


class Teller:
    """Tell of each page as it comes, with the time that is left: in a terminal under the lines, in a log in them.

    Parameters
    ----------
    console : rich.console.Console
        What is printed to.
    total : int
        How many pages there are.
    """

    def __init__(self, console: Console, total: int) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self.progress.add_task("Kontrollerer filerne", total=total)
        self._total, self._last = total, 0.0
        self._between: list[float] = []

    def begin(self) -> None:
        """Tell that the files are checked: the clock that says what is left starts here."""
        self.progress.update(self._task, description="Laver siderne")
        self._last = time.monotonic()

    def tell(self, outcome: Outcome) -> None:
        """Tell of a page."""
        self.progress.advance(self._task)
        done = int(self.progress.tasks[0].completed)
        if not outcome.kept:
            now = time.monotonic()
            self._between.append(now - self._last)
            self._last = now
        mark = "[red]stoppet[/]" if outcome.problem else "uændret" if outcome.kept else "[green]færdig[/]"
        seconds = f"  ({outcome.seconds:.1f} s)".replace(".", ",") if not outcome.kept else ""
        # Once all wait until it is decided what may be shown: that wait is no page's, and comes once.
        longest, others = max(self._between, default=0.0), len(self._between) - 1
        left = (sum(self._between) - longest) / max(others, 1) * (self._total - done)
        rest = f"  ca. {left:.0f} s tilbage" if others > 1 and done < self._total else ""
        line = f"{done}/{self._total}  {mark}  {outcome.page.name}{seconds}{rest}"
        self.progress.console.print(line, markup=True)


def print_faults(table: pd.DataFrame, console: Console) -> None:
    """Print the faults, two of each kind: a rare one must not drown among many alike."""
    from blupkit.app.checking import say_faults

    for level, heading in ((core.Level.SERIOUS, "Fejl, der skal rettes"), (core.Level.WARNING, "Advarsler")):
        part = table[table["level"] == level]
        if part.empty:
            continue
        console.print(f"\n{heading} ({len(part)})", style="bold")
        kinds = [kind for _, kind in part.groupby(["file", "expected", "action"], sort=False)]
        for kind in kinds[:SHOWN_KINDS]:
            console.print(say_faults(kind.head(SHOWN_OF_A_KIND)))
            more = len(kind) - SHOWN_OF_A_KIND
            if more > 0:
                console.print(f"  … og {more} mere af samme slags")
        if len(kinds) > SHOWN_KINDS:
            console.print("… og flere slags, som står i listen")
    console.print()
