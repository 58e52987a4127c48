"""A receipt for what was taken out or deleted: the day, a number that stands for nobody, and nothing else."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from blupkit.core import Study

#: Where receipts lie, in the study's folder.
RECEIPTS: Final = "kvitteringer"
#: What the receipt cannot promise.
BEYOND: Final = (
    "Kvitteringen gælder filerne i undersøgelsens mappe og det, blupkit har lavet af dem. Den gælder ikke"
    " spørgeskemasystemet, optagelser, mails, sikkerhedskopier, papirkurve eller pakker, der er sendt."
)


def new_case() -> str:
    """Give a case's number: drawn at random, so that it points to nobody.

    Examples
    --------
    >>> len(new_case()), new_case() == new_case()
    (9, False)
    """
    drawn = secrets.token_hex(4).upper()
    return f"{drawn[:4]}-{drawn[4:]}"


def receipt(study: Study, done: str, case: str, today: date) -> tuple[Path, bytes]:
    """Write out a receipt.

    Parameters
    ----------
    study : Study
        The study.
    done : str
        What was done, in Danish; it names nobody.
    case : str
        What `new_case` gave.
    today : datetime.date
        The day.

    Returns
    -------
    tuple of pathlib.Path and bytes
        Where it goes, and what it says.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> path, text = receipt(example_study(), "En deltager er taget ud.", "8F3A-21C7", date(2026, 11, 29))
    >>> path.name, text.decode().splitlines()[0]
    ('2026-11-29_8F3A-21C7.txt', 'Kvittering, sag 8F3A-21C7')
    """
    lines = [f"Kvittering, sag {case}", f"{today.isoformat()}, undersøgelsen »{study.name}«", "", done, "", BEYOND, ""]
    return study.path(f"{RECEIPTS}/{today.isoformat()}_{case}.txt"), "\n".join(lines).encode()
