"""What lies where, who may look, until when, and what was sent to whom: as a record of processing asks for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit.app.life.guarding import open_to_others, synchroniser
from blupkit.app.life.materials import KNOWN, Holding, holdings
from blupkit.core.danish import long_date, many

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

NOTHING: Final = "Der ligger ingen filer."


class Line(NamedTuple):
    """One field of the record: what it is, what stands there ("" where nobody has said), and where it is said."""

    field: str
    says: str
    setting: str = ""


class Part(NamedTuple):
    """A part of the record with its heading."""

    heading: str
    lines: list[Line]


def processing(study: Study) -> Part:
    """Give the fields of the whole processing, as article 30 of the GDPR asks for them.

    Parameters
    ----------
    study : Study
        Its section `[opbevaring]` says what its files cannot.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [line.field for line in processing(example_study()).lines if not line.says][:2]
    ['Dataansvarlig', 'Kontakt']
    """
    kept, key = study.keeping, "[opbevaring]"
    lines = [
        Line("Dataansvarlig", kept.controller, f"dataansvarlig under {key}"),
        Line("Kontakt", study.contact, "kontakt"),
        Line("Databeskyttelses\u00adrådgiver", kept.adviser, f"databeskyttelsesraadgiver under {key}"),
        Line("Formål", study.purpose, "formaal"),
        Line("Hvem oplysningerne er om", kept.persons, f"personer under {key}"),
        Line("Hvem de videregives til", "; ".join(kept.recipients), f"modtagere under {key}"),
        Line("Databehandlere", "; ".join(kept.processors), f"databehandlere under {key}"),
        Line("Overførsel til lande uden for EU/EØS", kept.transfers, f"overfoersler under {key}"),
        Line("Sikkerhed i øvrigt", kept.security, f"sikkerhed under {key}"),
    ]
    return Part("Behandlingen", lines)


def material_parts(study: Study, today: date, consents: str = "") -> list[Part]:
    """Give a part for each material: what it tells, on what basis, until when, and where it lies.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date
        The day of the record.
    consents : str
        How many participants' consent is in the register; "" where nobody has counted.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [part.heading for part in material_parts(example_study(), date(2026, 1, 1))]
    ['Spørgeskemaet', 'Interviewene']
    """
    return [Part(each.title, _lines_of(each, study, today, consents)) for each in holdings(study)]


def _lines_of(each: Holding, study: Study, today: date, consents: str) -> list[Line]:
    said, key = each.material, f'under [[opbevaring.materiale]] med navn = "{each.name}"'
    covers = f"omfatter {', '.join(said.covers)}" if said.covers else ""
    consent = "; ".join(filter(None, [said.consent, covers, consents if each.name == "interview" else ""]))
    return [
        Line("Oplysninger", said.holds or KNOWN.get(each.name, ("", ""))[1], f"oplysninger {key}"),
        Line("Retsgrundlag", said.basis, f"grundlag {key}"),
        Line("Samtykke", consent, f"samtykke {key}"),
        Line("Slettes", _deadline(each, today), f"slettes {key}"),
        Line("Hvor", _where(each.files, study.folder), f"filer {key}"),
        Line("Hvem kan læse dem", who_may_read(list(each.files)) if each.files else NOTHING),
    ]


def _deadline(each: Holding, today: date) -> str:
    if each.until is None:
        return ""
    left = (each.until - today).days
    if not each.files:
        return f"Skulle slettes {long_date(each.until)}. Der ligger ingen filer."
    if left < 0:
        return f"Skulle være slettet {long_date(each.until)}, for {many(-left, 'dag', 'dage')} siden."
    return f"{long_date(each.until).capitalize()}, om {many(left, 'dag', 'dage')}."


def _where(files: Sequence[Path], folder: Path) -> str:
    names = [path.relative_to(folder).as_posix() for path in files if path.is_relative_to(folder)]
    return "; ".join(names) if names else NOTHING


def who_may_read(files: list[Path]) -> str:
    """Say who may read some files, as the system's rights have it.

    Parameters
    ----------
    files : list of pathlib.Path
        Files that are there.

    Examples
    --------
    >>> who_may_read([]) in ("Kun den, der ejer dem.", NO_RIGHTS)
    True
    """
    if os.name != "posix":
        return NO_RIGHTS
    seen = len(open_to_others(files))
    return f"{seen} af {len(files)} kan læses af andre brugere af maskinen." if seen else "Kun den, der ejer dem."


#: What is said where files have no rights of the Unix kind.
NO_RIGHTS: Final = (
    "Windows har ikke den slags rettigheder, som blupkit sætter på filer. Det er mappens egne rettigheder, der gælder."
)


def made_parts(study: Study, outputs: Outputs) -> Part:
    """Say what blupkit has made of the data, and where it lies.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Its output.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> made_parts(example_study(), Outputs(Path("intet"))).lines[1].says
    'Der ligger ingen filer.'
    """
    program = synchroniser(study.folder.resolve())
    copied = f" {program} kopierer den til andre maskiner." if program else ""
    inner = [outputs.manifest.parent, outputs.failed("x").parent]
    folders = {
        "Arbejdsfiler og interne sider, kun til konsulenten": inner,
        "Sider uden oplysninger om enkeltpersoner": [outputs.folder],
        "Pakker til partnerne": [outputs.package("x").parent],
        "Det, der er sendt, som tal og uden navne": [study.path("sendt")],
        "Kvitteringer for sletning": [study.path("kvitteringer")],
    }
    lines = [Line(name, "; ".join(filter(None, map(_counted, places))) or NOTHING) for name, places in folders.items()]
    where = Line("Undersøgelsens mappe", f"{study.folder.resolve()}.{copied}")
    return Part("Det, blupkit har lavet af dem", [where, *lines])


def _counted(folder: Path) -> str:
    """Say how many files a folder holds, those of its own folders apart where they are told of by themselves."""
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    inner = {"intern", "fejl", "pakker"} - {folder.name}
    files = [path for path in files if not inner & set(path.relative_to(folder).parts[:-1])]
    return f"{folder.resolve()}: {many(len(files), 'fil', 'filer')}. {who_may_read(files)}" if files else ""
