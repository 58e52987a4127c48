"""Drafts of mails to those who were sent a package with a quote of somebody who has been taken out since."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.app.life.leftovers import texts_of
from blupkit.app.sending import Handed, handed_over, mark_of
from blupkit.core.danish import long_date
from blupkit.core.excerpts import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blupkit.core import Study

#: The folder of drafts, in the internal folder of the output.
MAILS: Final = "mails"
DRAFT: Final = """Til: {recipient}
Emne: Slet den pakke, du fik {day}

Kære {recipient}

Du fik {day} pakken »{package}« om undersøgelsen »{study}«. {why}

Vil du slette pakken og de filer, du har gemt fra den, også kopier og udskrifter? Har du sendt den videre, så bed
modtagerne om det samme. Skriv gerne tilbage, når det er gjort. Vi sender en ny pakke, som kan bruges i stedet.

Vores sagsnummer er {case}.

Venlig hilsen
{contact}
"""
HELD: Final = "En af deltagerne er taget ud af undersøgelsen, og pakken rummer et citat fra deltageren."
MAY_HOLD: Final = "En af deltagerne er taget ud af undersøgelsen, og pakken kan rumme et citat fra deltageren."


def drafts(study: Study, packages: Sequence[Path], quotes: Sequence[str], folder: Path, case: str) -> dict[Path, bytes]:
    """Draft a mail to each recipient whose package held one of some quotes.

    Parameters
    ----------
    study : Study
        The study, with the list of who was sent what.
    packages : sequence of pathlib.Path
        Those that still lie there, to be looked into. Of one that does not, or is locked, nobody can say.
    quotes : sequence of str
        The person's quotes as pages showed them.
    folder : pathlib.Path
        Where the drafts go.
    case : str
        The receipt's number.

    Returns
    -------
    dict of pathlib.Path to bytes
        Where each goes, and what it says: neither the person nor the words of a quote.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> drafts(example_study(), [], ["Ja."], Path("mails"), "8F3A-21C7")
    {}
    """
    there = {mark_of(path): path for path in packages}
    wanted = [plain(quote) for quote in quotes]
    written = {}
    for number, one in enumerate(handed_over(study) if wanted else [], start=1):
        why = _why(there.get(one.sha256), wanted)
        if why:
            written[folder / f"{case}_{number:02}.txt"] = _draft(one, why, study, case).encode()
    return written


def _why(package: Path | None, quotes: Sequence[str]) -> str:
    texts = [plain(text) for text in texts_of(package.read_bytes()) or ()] if package else []
    if not any("<html" in text for text in texts):
        return MAY_HOLD
    return HELD if any(quote in text for quote in quotes for text in texts) else ""


def _spoken(day: str) -> str:
    """Say a day as a mail does; one that somebody has written by hand stays as it is."""
    with suppress(ValueError):
        return long_date(date.fromisoformat(day))
    return day


def _draft(one: Handed, why: str, study: Study, case: str) -> str:
    recipient = one.who or one.package
    contact = study.contact or study.organisation
    return DRAFT.format(
        recipient=recipient,
        day=_spoken(one.day),
        package=one.package,
        study=study.name,
        why=why,
        case=case,
        contact=contact,
    )
