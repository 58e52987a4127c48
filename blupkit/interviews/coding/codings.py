"""What was coded: read from the coders' files and held against the transcripts. Nothing is moved by guess."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import STUDY_FILE, Fault, FileError, Level, Study, check_columns, read_text
from blupkit.core.errors import BlupkitError, did_you_mean
from blupkit.interviews.coding.log import SUFFIX, Action, current, read_log
from blupkit.interviews.coding.passage import PASSAGE_FIELDS, Codable, Coding, Passage, Source, Wrong, coding_frame
from blupkit.interviews.coding.placing.anew import set_aside

_PASSAGE: Final = {
    "start": "det første tegns plads i teksten, fra 0",
    "end": "pladsen efter det sidste tegn",
    "code": "koden fra kodebogen",
    "quote": "de kodede ord",
}
#: What makes a passage useless; the rest is told of as a warning.
_USELESS: Final = (Wrong.NO_TURN, Wrong.NO_SPAN, Wrong.NO_CODE, Wrong.NO_DIRECTION, Wrong.NO_PARTY)
_ANEW: Final = "Find pladsen igen med »blupkit place« eller i koderen, eller kod stedet igen."
_ASIDE: Final = "Kodningen er sat til side. Se efter i teksten, og kod stedet igen."
#: How a notebook lays the open answers out, to have them coded or placed.
ANSWERS: Final = "interviews.answer_turns(responses.answers)"
#: What a file of codings must have, with what each column holds; the first two name the place.
OF_TURNS: Final = (
    {"interview": "interviewets id", "turn": "turens nummer"}
    | _PASSAGE
    | {"retning": "retningen", "om_part": "hvem det handler om"}
)
OF_ANSWERS: Final = {"spoergsmaal": "spørgsmålets variabel", "besvarelse": "besvarelsens id"} | _PASSAGE


def load_codings(
    study: Study, codable: Codable, files: Mapping[str, str], layout: dict[str, str] = OF_TURNS
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the codings, with everything that is wrong.

    A log (.jsonl) is what `coder` writes and counts as it stands after its last event; any other file is a table with
    tabulators.

    Parameters
    ----------
    study : Study
        Whose files they are.
    codable : Codable
        What was said or written, and the codes that exist.
    files : mapping of str to str
        Coder → the file, within the study's folder; "" for a file that may be anybody's.
    layout : dict of str to str
        The columns of a table.

    Returns
    -------
    pandas.DataFrame
        The lines without faults; those with a warning only because the moderator spoke are kept.
    list of Fault
        All faults and warnings.
    """
    faults = shared_files(study, files)
    rows: list[Coding] = []
    for coder, name in files.items():
        lines, told = _lines_of(study, name, coder, codable, layout)
        faults += told
        for row, line in lines.items():
            wrong = codable.faults_of(line.passage)
            useless = [] if line.aside else [each for each in wrong if each in _USELESS]
            first = useless or wrong[:1]
            if line.aside and first in ([], [Wrong.NO_SPAN]):
                faults.append(_by_chance(name, row, line.passage))
                continue
            faults += [_fault(name, row, each, line, codable, layout) for each in first]
            if not line.aside and first in ([], [Wrong.HOST]):
                rows.append(codable.coding_of(line.passage, coder, Source.CODED, line.ident))
    return coding_frame(rows, codable.turn_type), faults


def shared_files(study: Study, files: Mapping[str, str]) -> list[Fault]:
    """Tell of coders who have one file, or the same codings: they would agree in everything, and one counts for two.

    Parameters
    ----------
    study : Study
        Whose files they are.
    files : mapping of str to str
        As in `load_codings`.

    Returns
    -------
    list of Fault
        One for each coder whose file is another's too; an "advarsel" where two files hold the same codings.
    """
    faults, owners, holders = [], dict[tuple[int, int] | str, str](), dict[bytes, str]()
    for coder, name in files.items():
        path = study.path(name)
        there = path.stat() if path.is_file() else None
        first = owners.setdefault((there.st_dev, there.st_ino) if there else str(path.resolve()), coder)
        if first != coder:
            action = f'Giv {coder} sin egen fil, fx {coder} = "interview/kodninger_{coder}{SUFFIX}".'
            expected = "en fil til hver koder: med den samme fil er de altid enige"
            faults.append(Fault(STUDY_FILE, f"{first} og {coder} = {name}", expected, action, column="kodninger"))
        elif there and (said := _said(path)):
            other = holders.setdefault(said, coder)
            if other != coder:
                found, expected = f"de samme kodninger som hos {other}", "det, koderen selv har kodet"
                action = "Er den ene en kopi, så ret kodninger i study.toml; ellers siger deres enighed ikke noget."
                faults.append(Fault(name, found, expected, action, level=Level.WARNING, quotes=False))
    return faults


def _said(path: Path) -> bytes:
    """Give what stands in a file below its headings; of an empty one nothing."""
    raw = path.read_bytes()
    return raw if path.suffix == SUFFIX else raw.partition(b"\n")[2].strip()


class Line(NamedTuple):
    """One coding of a file: its passage, its id, and whether it is set aside, or was moved and is not confirmed."""

    passage: Passage
    ident: str = ""
    aside: bool = False
    moved: bool = False


#: Row in the file → what stands there.
Lines = dict[int, Line]


def _lines_of(
    study: Study, name: str, coder: str, codable: Codable, layout: dict[str, str]
) -> tuple[Lines, list[Fault]]:
    """Read one file; of a log, what it adds up to, each coding at the line of its last event."""
    try:
        if not name.endswith(SUFFIX):
            table = read_tab_separated(study, name, layout)
            return {row: line._replace(passage=codable.as_read(line.passage)) for row, line in table.items()}, []
        events, faults = read_log(study.path(name), name, coder, codable)
    except BlupkitError as error:
        return {}, list(error.faults)
    aside = set_aside(codable, events)
    here = dict(current(events).values())
    lines = {
        row: Line(event.passage, event.id, event.id in aside, event.action is Action.MOVED and event.id not in aside)
        for row, event in sorted(here.items())
    }
    return lines, [*faults, *_counted(name, coder, len(aside), sum(line.moved for line in lines.values()))]


class Edited(NamedTuple):
    """How many codings of a file are set aside because the transcript was edited, and the ids of those moved by it."""

    aside: int = 0
    moved: frozenset[str] = frozenset()


def edited_under(study: Study, codable: Codable, coder: str) -> Edited:
    """Say which of a coder's codings the transcripts were edited under.

    Parameters
    ----------
    study : Study
        Whose codings they are.
    codable : Codable
        The turns as they are now.
    coder : str
        Whose; nothing for somebody without a file.
    """
    name = study.interviews.codings.get(coder, "") if study.interviews else ""
    lines = _lines_of(study, name, coder, codable, OF_TURNS)[0].values() if name else ()
    moved = frozenset(line.ident for line in lines if line.moved)
    return Edited(sum(line.aside or not codable.stands(line.passage) for line in lines), moved)


def _counted(name: str, coder: str, aside: int, moved: int) -> list[Fault]:
    """Tell how many codings of a log are set aside, where it is more than one, and how many were moved."""
    told = []
    if aside > 1:
        found = f"{aside} kodninger, der er sat til side, fordi udskriften er ændret"
        told.append((found, "kodninger, der står på deres ord", f"De tæller ikke med. {_ANEW}"))
    if moved:
        found = f"{moved} af kodningerne er flyttet med deres ord"
        action = f"Se dem efter i koderen, eller bekræft dem alle med {confirming(coder)}."
        told.append((found, "kodninger, som koderen har set på deres nye plads", f"De tæller med. {action}"))
    return [Fault(name, *says, level=Level.WARNING, quotes=False) for says in told]


def confirming(coder: str) -> str:
    """Give the call that confirms all that was moved in a coder's log.

    Parameters
    ----------
    coder : str
        Whose it is; "" for the log of the open answers.

    Examples
    --------
    >>> confirming("A")
    'interviews.confirm_moved(study, "A")'
    """
    whose = f'"{coder}"' if coder else f"turns={ANSWERS}"
    return f"interviews.confirm_moved(study, {whose})"


def _fault(name: str, row: int, wrong: Wrong, line: Line, codable: Codable, layout: dict[str, str]) -> Fault:
    column, found, expected, action = _in_words(wrong, line.passage, codable, layout)
    level = Level.SERIOUS if wrong in _USELESS and not line.aside else Level.WARNING
    if line.aside:
        action = f"Kodningen er sat til side. {_ANEW}"
    return Fault(name, found or "en tom celle", expected, action, row, column, level=level, quotes=bool(found))


def _by_chance(name: str, row: int, passage: Passage) -> Fault:
    found, expected = str(passage.quote)[:60], "de ord, der er kodet, og ikke de samme ord et andet sted i samtalen"
    action = f"Kodningerne omkring den er flyttet, så den er sat til side. {_ANEW}"
    return Fault(name, found, expected, action, row, "quote", level=Level.WARNING)


def read_tab_separated(study: Study, name: str, layout: dict[str, str]) -> Lines:
    """Read a table of codings, those too whose words stand elsewhere now; it is as it stands in the file.

    Quotation marks in it are what somebody said, so that `core.read_table` is no use.

    Parameters
    ----------
    study : Study
        Whose file it is.
    name : str
        The table, within the study's folder.
    layout : dict of str to str
        Its columns, as in `load_codings`.

    Raises
    ------
    FileError
        The table cannot be read.
    """
    lines = read_text(study.path(name), name).split("\n")
    heads = lines[0].split("\t")
    cells = {row: line.split("\t") for row, line in enumerate(lines[1:], start=2) if line.strip()}
    check_columns(pd.DataFrame([], columns=heads, dtype="str"), layout, name)
    expected = f"{len(heads)} celler, adskilt af tabulator"
    action = "Ret linjen; der mangler en tabulator, eller der er en for meget."
    uneven = [
        Fault(name, f"{len(line)} celler", expected, action, row=row, quotes=False)
        for row, line in cells.items()
        if len(line) != len(heads)
    ]
    if uneven:
        raise FileError(uneven)
    return {row: Line(_passage(dict(zip(heads, line, strict=True)), layout)) for row, line in cells.items()}


def _passage(cells: Mapping[str, str], layout: dict[str, str]) -> Passage:
    interview, turn, *_ = layout
    heads = {"interview": interview, "turn": turn, "direction": "retning", "about": "om_part"}
    return Passage(**{field: cells.get(heads.get(field, field), "") for field in PASSAGE_FIELDS})


#: Column, what stands there, what was expected, what to do.
_Says = tuple[str, str, str, str]


def _in_words(wrong: Wrong, passage: Passage, codable: Codable, layout: dict[str, str]) -> _Says:
    turn = codable.turn_of(passage)
    if turn is None and wrong is Wrong.NO_TURN:
        return _unknown_place(passage, codable, layout)
    if wrong is Wrong.NO_CODE:
        return _unknown_code(passage.code, list(codable.codebook.theme_of))
    if wrong in (Wrong.NO_DIRECTION, Wrong.NO_PARTY):
        column, found = ("retning", passage.direction) if wrong is Wrong.NO_DIRECTION else ("om_part", passage.about)
        return (column, found, codable.choices(wrong), "Ret ordet, eller lad cellen være tom.")
    if turn is None or wrong is Wrong.NO_SPAN:
        found = f"{passage.start} til {passage.end}"
        return ("start", found, "to hele tal, det mindste først", "Ret pladsen i teksten.")
    if wrong is Wrong.TOO_LONG:
        return ("end", str(passage.end), f"højst {len(turn.text)}, for så lang er teksten", _ASIDE)
    if wrong is Wrong.OTHER_WORDS:
        there = codable.words_of(passage)[:60]
        return ("quote", str(passage.quote)[:60], f"de ord, der nu står i teksten: »{there}«", _ASIDE)
    action = "Kodningen tæller ikke med. Slet den, eller ret turens nummer."
    return ("turn", f"{turn.role} (tur {turn.turn})", "en tur fra en deltager", action)


def _unknown_code(code: str, known: list[str]) -> _Says:
    action = did_you_mean(code, known, "Ret koden, eller tilføj den i kodebogen.")
    return ("code", code, "en kode fra kodebogen", action)


def _unknown_place(passage: Passage, codable: Codable, layout: dict[str, str]) -> _Says:
    said = [turn.turn for turn in codable.by_place.values() if turn.interview == passage.interview]
    interview, turn, *_ = layout
    column = turn if said else interview
    action = f"Ret {layout[column]}."
    if not said:
        known = dict.fromkeys(interview for interview, _ in codable.by_place)
        return (column, passage.interview, f"et af {', '.join(known)}", action)
    numbers = [turn for turn in said if isinstance(turn, int)]
    expected = f"et tal fra 1 til {max(numbers)}" if numbers else "en besvarelse, hvor der er skrevet noget her"
    return (column, str(passage.turn), expected, action)
