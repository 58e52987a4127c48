"""The note beside an export: what the file cannot carry, with how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from blupkit.core import Study
from blupkit.core.files import write_whole
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.log import SUFFIX, Action, current, noted, read_log

#: What a log holds and no other program has a place for.
_IN_LOGS = (
    "Kodninger, der er sat til side eller ikke kan bruges, er ikke med: {}.",
    "Kodninger, der er flyttet, siden de blev sat, og ikke er bekræftet, er med uden det mærke: {}.",
    "Bemærkninger om koder og interview er ikke med: {}.",
    "Hvornår en kode er sat, rettet eller fjernet, er ikke med (hændelser i loggen: {}).",
)


def only_in_logs(study: Study, coded: Coded) -> list[str]:
    """Tell what of the coders' logs no export carries, in Danish sentences.

    Parameters
    ----------
    study : Study
        Whose logs they are.
    coded : Coded
        What is exported.

    Returns
    -------
    list of str
        Each with its number; nothing where there is none of it, or the codings lie in tables.
    """
    counts = [0, 0, 0, 0]
    for coder, name in study.interview_files.codings.items():
        there = {coding.id for coding in coded.coding_rows if coding.coder == coder}
        events, _ = read_log(study.path(name), name, coder, coded) if name.endswith(SUFFIX) else ([], [])
        now = [event for _, event in current(events).values()]
        if there.isdisjoint(event.id for event in now):
            continue  # what is exported was not read from this log
        counts[0] += sum(event.id not in there for event in now)
        counts[1] += sum(event.action is Action.MOVED and event.id in there for event in now)
        counts[2] += len(noted(events))
        counts[3] += len(events)
    return [sentence.format(number) for sentence, number in zip(_IN_LOGS, counts, strict=True) if number]


def in_words(coded: Coded) -> str:
    """Say what of the codings the file does carry, so that the receiver can count it."""
    codings = coded.coding_rows
    coders = ", ".join(dict.fromkeys(coding.coder for coding in codings if coding.coder)) or "ikke angivet"
    parts = {"memoer": "memo", "retninger": "direction", "parter": "about"}
    told = ", ".join(f"{name} {sum(bool(getattr(each, field)) for each in codings)}" for name, field in parts.items())
    return f"Filen rummer: kodninger {len(codings)}, {told}, kodere: {coders}."


def write_note(path: Path, told: Iterable[str]) -> list[str]:
    """Write what is told of an export in a text file beside it, and give it back.

    Parameters
    ----------
    path : pathlib.Path
        The export.
    told : iterable of str
        Danish sentences.

    Returns
    -------
    list of str
        The sentences.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "projekt.qdpx"
    >>> write_note(path, ["Tidskoder er ikke med."])
    ['Tidskoder er ikke med.']
    >>> print((path.parent / "projekt.qdpx.note.txt").read_text("utf-8"), end="")
    Om projekt.qdpx
    <BLANKLINE>
    * Tidskoder er ikke med.
    """
    said = list(told)
    lines = [f"Om {path.name}", "", *(f"* {sentence}" for sentence in said)]
    write_whole(path.with_name(f"{path.name}.note.txt"), "\n".join(lines) + "\n")
    return said
