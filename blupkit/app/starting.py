"""The start page: how far a study has come, and its commands as buttons."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from blupkit.core import BlupkitError, Level, Study
from blupkit.core.danish import listing, long_date, many
from blupkit.core.outputs import Outputs
from blupkit.core.spreadsheet import FAULT_HEADS
from blupkit.display import ResultTable, Shape
from blupkit.interviews import read_coded
from blupkit.report import notebook_folder, plan_pages
from blupkit.report.batch.manifest import MADE, read_manifest
from blupkit.survey import sent_releases

if TYPE_CHECKING:
    from ipywidgets import VBox
#: What a kernel sets, so that programs print in colours.
_COLOURS: Final = ("FORCE_COLOR", "CLICOLOR_FORCE")


class Command(NamedTuple):
    """A command of the command line that has a button."""

    words: str
    button: str
    hint: str


COMMANDS: Final = (
    Command("check", "1. Kontrollér filerne", "Find alle fejl i undersøgelsens filer på én gang"),
    Command("render", "2. Lav siderne", "Lav kommunernes sider, de fælles og den interne"),
    Command("package", "3. Pak", "Læg siderne i en zip-fil til hver partner, når de er gennemset"),
)
#: The button that leads to the pages; it is no command.
OPEN: Final = Command("", "4. Se siderne", "Åbn oversigten over alle sider")


def status(study: Study) -> ResultTable:
    """Vis, hvor langt undersøgelsen er, og hvad der så skal gøres.

    Nothing is run or changed for it: it tells what lies in the study's folder and in its output, and when that was
    made. Whether the pages still fit the files is what `blupkit render` finds out.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    ResultTable
        A row a step: what there is now, and what to do next. It has no figure.

    Examples
    --------
    >>> from blupkit import core
    >>> status(core.example_study()).frame["Trin"].tolist()
    ['Spørgeskema', 'Interview', 'Fejl i filerne', 'Sider', 'Pakker', 'Sendt']
    """
    outputs = Outputs.at_hand(study.folder)
    rows = [
        ("Spørgeskema", *_survey(study)),
        ("Interview", *_interviews(study)),
        ("Fejl i filerne", *_faults(outputs)),
        ("Sider", *_pages(study, outputs)),
        ("Pakker", *_packages(outputs)),
        ("Sendt", *_sent(study, outputs)),
    ]
    places = [municipality.short for municipality in study.municipalities]
    who = [group.name for group in study.groups]
    about = [f"Undersøgelsen ligger i {_named(study.folder, outputs)}. Perioden er {study.period}."]
    if places and who:
        about.append(f"Den spørger {listing(who)} i {listing(places)}.")
    return ResultTable(
        title=f"Hvor langt er »{study.name}«?",
        frame=pd.DataFrame(rows, columns=["Trin", "Nu", "Det næste"]),
        notes=tuple(about),
        shape=Shape.NONE,
        call="app.status(study)",
        study=study.folder,
    )


def _survey(study: Study) -> tuple[str, str]:
    if study.survey is None:
        return "ikke med i undersøgelsen", ""
    if not study.path(study.survey.data).is_file():
        return f"filen {study.survey.data} er der ikke", "Læg filen med svar i mappen."
    return f"svarene ligger i {study.survey.data}", ""


def _interviews(study: Study) -> tuple[str, str]:
    if study.interviews is None:
        return "ikke med i undersøgelsen", ""
    all_ids = [transcript.id for transcript in study.interviews.transcripts]
    told = f"{len(all_ids)} interview"
    try:
        coded = set(read_coded(study).all_codings["interview"])
    except BlupkitError:
        return f"{told}; de kan ikke læses", "Kontrollér filerne."
    left = [name for name in all_ids if name not in coded]
    if not left:
        return f"{told}, kodet", ""
    return f"{told}, {len(all_ids) - len(left)} af dem kodet", f"Kod {listing(left)} i 06_kodning."


def _faults(outputs: Outputs) -> tuple[str, str]:
    if not outputs.faults.is_file():
        return "ingen liste: ikke kontrolleret, eller ingen fejl", "Kontrollér filerne, hvis de er ændret."
    levels = pd.read_csv(outputs.faults, sep=";", encoding="utf-8-sig", dtype=str)[FAULT_HEADS["level"]]
    serious = int((levels == Level.SERIOUS).sum())
    told = f"{serious} fejl og {many(len(levels) - serious, 'advarsel', 'advarsler')}, fundet {_day(outputs.faults)}"
    return told, f"Ret dem efter listen {outputs.fault_workbook.name}, og kontrollér igen." if serious else ""


def _pages(study: Study, outputs: Outputs) -> tuple[str, str]:
    planned = [page.name for page in plan_pages(study, notebook_folder())]
    entries = read_manifest(outputs).pages
    made = [
        outputs.page(name)
        for name in planned
        if name in entries and entries[name].outcome == MADE and outputs.page(name).is_file()
    ]
    if not made:
        return f"ingen af {len(planned)}", "Lav siderne."
    missing = len(planned) - len(made)
    next_step = f"{many(missing, 'side mangler', 'sider mangler')}: Lav siderne." if missing else ""
    return f"{len(made)} af {len(planned)}, de nyeste fra {_day(max(made, key=_changed))}", next_step


def _packages(outputs: Outputs) -> tuple[str, str]:
    names = outputs.packages
    if not names:
        return "ingen", "Læs siderne igennem, og pak dem."
    newest = max(map(outputs.package, names), key=_changed)
    return f"{many(len(names), 'pakke', 'pakker')}, de nyeste fra {_day(newest)}", ""


def _sent(study: Study, outputs: Outputs) -> tuple[str, str]:
    times = sent_releases(study)
    if not times:
        command = f"blupkit sent {_named(study.folder, outputs)}"
        return "intet noteret", f"Skriv »{command} --to …« i en terminal, når pakkerne er sendt."
    return f"noteret {many(len(times), 'gang', 'gange')}, sidst {_day(times[-1])}", ""


def _top(outputs: Outputs) -> Path:
    """Give the folder that `outputs/` lies in: the commands are run there, as from a terminal."""
    return outputs.folder.resolve().parents[1]


def _named(folder: Path, outputs: Outputs) -> str:
    """Name a folder as one would write it there."""
    top = _top(outputs)
    return (folder.relative_to(top) if folder.is_relative_to(top) else folder).as_posix()


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _day(path: Path) -> str:
    return long_date(date.fromtimestamp(_changed(path)))


def buttons(study: Study) -> VBox:
    """Vis knapper, der kontrollerer filerne, laver siderne, pakker dem og viser dem.

    A button runs the command of the command line of the same name, and shows what it says while it runs.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    ipywidgets.VBox
        Shows itself as a cell's last value. One command runs at a time; "Interrupt" in JupyterLab stops it, as Ctrl-C
        does in a terminal.
    """
    import ipywidgets  # slow to import, and the command line has no use for it

    said = ipywidgets.Output()
    row = [
        ipywidgets.Button(description=one.button, tooltip=one.hint, layout=ipywidgets.Layout(width="auto"))
        for one in (*COMMANDS, OPEN)
    ]

    def run(words: str) -> None:
        for button in row:
            button.disabled = True
        said.outputs = ()
        try:
            for line in run_command(words, study.folder) if words else open_index(study):
                said.append_stdout(line)
        finally:
            for button in row:
                button.disabled = False

    for button, command in zip(row, (*COMMANDS, OPEN), strict=True):
        button.on_click(lambda _, words=command.words: run(words))
    return ipywidgets.VBox([ipywidgets.HBox(row), said])


def open_index(study: Study) -> Iterator[str]:
    """Open the page that leads to all others, as a double click on the file does.

    JupyterLab would show it too, but follows no link from it: it shuts a study's pages off from itself.

    Parameters
    ----------
    study : Study
        The study.

    Yields
    ------
    str
        What became of it.
    """
    index = Outputs.at_hand(study.folder).index.resolve()
    if not index.is_file():
        yield "Der er ingen sider endnu: Lav dem først.\n"
    elif webbrowser.open(index.as_uri()):
        yield f"Åbnede {index}\n"
    else:
        yield f"Der er ingen browser at åbne den med her. Åbn selv filen {index}\n"


def run_command(words: str, folder: Path) -> Iterator[str]:
    """Run a command of the command line on a study, and give what it says, line by line.

    Parameters
    ----------
    words : str
        The command.
    folder : pathlib.Path
        The study's folder.

    Yields
    ------
    str
        A line; the first is the command itself as one would write it, and the last how it ended.
    """
    outputs = Outputs.at_hand(folder)
    shown = _named(folder, outputs)
    yield f"blupkit {words} {shown}\n\n"
    # A kernel says that it is a terminal with colours, which what is shown here is not.
    plain = {name: value for name, value in os.environ.items() if name not in _COLOURS}
    # The commands ask nothing where nobody can answer: they say which option to give instead.
    with subprocess.Popen(
        [sys.executable, "-m", "blupkit", words, shown],
        cwd=_top(outputs),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=plain | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
    ) as running:
        yield from running.stdout or ()
    yield (
        "\nFærdig.\n"
        if running.returncode == 0
        else "\nDet blev ikke gjort færdigt: Se ovenfor, hvad der skal rettes.\n"
    )
