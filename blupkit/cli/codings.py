"""The command for codings: those that were set aside when a transcript was edited are given their places anew."""

from __future__ import annotations

from typing import Annotated

import typer

from blupkit import interviews, survey
from blupkit.cli.choices import Place, grouped
from blupkit.cli.console import make_console


@grouped
def place(
    place: Place,
    coder: Annotated[str, typer.Option("--coder", metavar="KODER", help="Kun denne koders fil. [standard: alle]")] = "",
) -> None:
    """Find pladsen igen til kodninger, der er sat til side, fordi udskriften er ændret."""
    study, outputs, console = place.read(), place.outputs, make_console()
    with console.status("Leder efter kodningernes ord …"):
        tables = [interviews.place_anew(study, coder or None)]
        if (study.interview_files.answer_codings or "").endswith(".jsonl") and study.survey is not None and not coder:
            answers = survey.read_responses(study).answers
            tables.append(interviews.place_anew(study, turns=interviews.answer_turns(answers)))
    for table in tables:
        for note in table.notes:
            console.print(note, markup=False)
        if len(table.frame):
            outputs.make()
            table.to_excel(outputs.explored(table.title))
    if any(len(table.frame) for table in tables):
        console.print(f"Se dem efter i koderen (notesbogen 06_kodning), og kør så: blupkit check {place.study}")
