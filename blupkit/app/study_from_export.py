"""A study made from an export: what was read, proposed, written and then checked as any other study is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from blupkit.app.new_study import write_study
from blupkit.core.danish import listing, many
from blupkit.core.errors import DataError, Fault, Level
from blupkit.core.files import refuse
from blupkit.core.study_file import read_study
from blupkit.survey import check_responses
from blupkit.survey.proposing.making import Made, make_files


class Told(NamedTuple):
    """What is told of a made study: its files, what was proposed, and how many warnings `blupkit check` has."""

    written: list[Path]
    made: Made
    warnings: int


def write_study_from(folder: Path, export: Path | None, questionnaire: Path | None = None) -> Told:
    """Make a study from an export, so that `blupkit check` accepts it: nothing is left where that cannot be done.

    Parameters
    ----------
    folder : pathlib.Path
        As in `write_study`.
    export : pathlib.Path or None
        The file of answers; it is copied and not changed. A questionnaire without one is refused.
    questionnaire : pathlib.Path, optional
        An XLSForm, a LimeSurvey structure (.lss), SurveyXact's structure, an SPSS file, or a document.

    Returns
    -------
    Told
        What was made.

    Raises
    ------
    FileError, DataError
        A file cannot be read; or the study that came of it could not be.
    """
    if export is None:
        found, expected = "et spørgeskema uden svar", "også filen med svar"
        refuse("kommandolinjen", found, expected, "Skriv --from og filen med svar.", quotes=False)
    for path in (export, questionnaire):
        if path is not None and not path.is_file():
            refuse(str(path), "ingen fil", "en fil med dette navn", "Ret stien. Intet er lavet.", quotes=False)
    counted: list[tuple[Made, int]] = []

    def fill(place: Path) -> None:
        made = make_files(place, export, questionnaire, folder.name)
        counted.append((made, _checked(place, made)))

    written = write_study(folder, fill)
    return Told(written, *counted[0])


def _checked(place: Path, made: Made) -> int:
    """Check the finished study as it will be checked, and count what is told of it."""
    faults = check_responses(read_study(place.absolute()), made.export)
    serious = faults[faults["level"] == Level.SERIOUS]
    if len(serious):
        rows = serious.astype(object).where(serious.notna(), None).itertuples(index=False, name=None)
        raise DataError(Fault(*row) for row in rows)
    return len(faults)


def say_made(told: Told, folder: Path) -> Iterator[str]:
    """Say what became of every row and column, what was guessed, and what to do next.

    Parameters
    ----------
    told : Told
        What was made.
    folder : pathlib.Path
        Where it lies, as it was named.

    Yields
    ------
    str
        A line.
    """
    proposal, files = told.made.proposal, told.made.files
    yield f"Lavede undersøgelsen {folder} ud fra {files.data.split('/')[-1]} (læst som »{files.format}«):"
    yield f"  {many(proposal.respondents, 'besvarelse', 'besvarelser')}"
    kinds = Counter(row.kind for row in proposal.rows)
    each = listing(f"{count} {kind}" for kind, count in kinds.items())
    yield f"  {many(len(proposal.rows), 'række', 'rækker')} i spørgeskemaet: {each}"
    for one, several, names in (
        ("kolonne med personoplysninger er udeladt", "kolonner med personoplysninger er udeladt", proposal.personal),
        ("kolonne er systemets egen", "kolonner er systemets egne", proposal.left),
        (
            "kolonne er udfyldt flere gange af samme deltager og er ikke med",
            "kolonner er udfyldt flere gange af samme deltager og er ikke med",
            proposal.again,
        ),
    ):
        if names:
            yield f"  {many(len(names), one, several)}: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}"
    for what, listed in (("kommuner", proposal.places), ("grupper", proposal.groups)):
        counts = ", ".join(f"{name} ({count})" for name, count in list(listed.names.items())[:8])
        without = proposal.respondents - sum(listed.names.values())
        more = (" …" if len(listed.names) > 8 else "") + (f"; {without} uden" if without else "")
        yield (
            f"  {len(listed.names)} {what}: {counts}{more}" if listed.names else f"  Ingen kolonne med {what} er fundet"
        )
    asked = f", {proposal.doubts} af dem med to læsninger (»spørgsmål«)" if proposal.doubts else ""
    yield f"{proposal.blocks} gæt på rækker og skalaer venter på dit ja{asked}. Se dem med: blupkit check {folder}"
    yield f"Ret i {folder / 'spoergeskema' / 'spoergeskema.xlsx'}, skalaer.xlsx og study.toml."
