"""`study.toml` read into a `Study`, its faults with their line, and what in the settings needs a person's eye."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from blupkit.core.errors import DataError, Fault, FileError, Level, fault_table
from blupkit.core.files import read_text
from blupkit.core.study import STUDY_FILE, Study

if TYPE_CHECKING:
    import pandas as pd


def find_folder(folder: str | Path) -> Path:
    """Find a study folder from the working directory or one of the folders above it.

    A notebook is run from the project's top by papermill and from `notebooks/` by JupyterLab; the same parameter works
    in both.

    Parameters
    ----------
    folder : str or pathlib.Path
        Absolute, or relative to the working directory or a folder above it.

    Returns
    -------
    pathlib.Path
        The folder, absolute.

    Raises
    ------
    FileError
        There is no such folder, or it holds no `study.toml`.
    """
    folder = Path(folder)
    here = Path.cwd()
    for base in (here, *here.parents):
        if (base / folder / STUDY_FILE).is_file():
            return (base / folder).resolve()
    action = "Ret stien, eller lav en ny undersøgelse med »blupkit new«."
    raise FileError(Fault(str(folder), "ingen undersøgelse", f"en mappe med filen {STUDY_FILE}", action))


def check_study(study: Study) -> pd.DataFrame:
    """List what in the settings themselves needs a person's eye.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` returns: municipalities whose facts nobody has verified, and those without a page whose
        numbers the others give. Warnings only.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(check_study(example_study()))
    0
    """
    action = "Kontrollér kode, ord og antal, og skriv kilden; tallene kommer på siden."
    faults = [
        Fault(STUDY_FILE, each.name, "verificeret = true", action, column="kommune.verificeret", level=Level.WARNING)
        for each in study.municipalities
        if not each.verified
    ]
    if not study.release.protects and study.refusals:
        expected = "kommuner uden egen side, hvis tal ikke kan regnes ud"
        faults.append(
            Fault(
                STUDY_FILE, "beskyt = false", expected, study.refusals, column="udgivelse.beskyt", level=Level.WARNING
            )
        )
    return fault_table(faults)


def read_study(folder: str | Path) -> Study:
    """Read a study folder's `study.toml`.

    Parameters
    ----------
    folder : str or pathlib.Path
        The study folder; see `find_folder`.

    Returns
    -------
    Study
        Frozen; every path in it is relative to `folder`.

    Raises
    ------
    FileError
        The folder or the file is missing, or the file is not TOML; the message gives the line.
    DataError
        All settings that are missing, unknown or out of range, at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_study(example_study().folder).name
    'Eksemplet'
    """
    place = find_folder(folder)
    text = read_text(place / STUDY_FILE)
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(_toml_fault(error, text)) from error
    try:
        return Study.model_validate(settings | {"folder": place})
    except ValidationError as error:
        raise DataError([_setting_fault(detail, text) for detail in error.errors()]) from error


def example_study() -> Study:
    """Give the study of the examples: two municipalities, two groups, five answers in each, and one short interview.

    Returns
    -------
    Study
        Its files are a few lines each; open them to check a number by hand.

    Examples
    --------
    >>> study = example_study()
    >>> [municipality.name for municipality in study.municipalities], [group.key for group in study.groups]
    (['Nordby Kommune', 'Sydby Kommune'], ['L', 'A'])
    """
    return read_study(Path(str(files("blupkit.core") / "example")))


def _toml_fault(error: tomllib.TOMLDecodeError, text: str) -> Fault:
    place = re.search(r"line (\d+)", str(error))
    row = int(place.group(1)) if place else text.count("\n") + 1
    lines = text.split("\n")
    return Fault(
        STUDY_FILE,
        lines[row - 1].strip() if row <= len(lines) else "",
        'en linje som navn = "værdi" eller et afsnit som [spoergeskema]',
        "Ret linjen; se efter et glemt anførselstegn eller lighedstegn.",
        row=row,
    )


_EXPECTED = {
    "missing": "en værdi for denne indstilling",
    "extra_forbidden": "en indstilling, som blupkit kender",
    "int_type": "et helt tal",
    "int_parsing": "et helt tal",
    "int_from_float": "et helt tal",
    "float_type": "et tal",
    "bool_type": "true eller false",
    "bool_parsing": "true eller false",
    "string_type": "en tekst i anførselstegn",
    "string_too_short": "en tekst, der ikke er tom",
    "date_type": "en dato som 2022-05-02",
    "date_from_datetime_parsing": "en dato som 2022-05-02",
    "date_parsing": "en dato som 2022-05-02",
    "tuple_type": "en liste eller et afsnit i dobbelte kantede parenteser",
    "dict_type": "et afsnit med navn = værdi",
    "model_type": "et afsnit med navn = værdi",
    "model_attributes_type": "et afsnit med navn = værdi",
}


def _setting_fault(detail: ErrorDetails, text: str) -> Fault:
    path = [str(part + 1) if isinstance(part, int) else part for part in detail["loc"]]
    setting = ".".join(path)
    found = "ingenting" if detail["type"] == "missing" else _short(detail["input"]) if path else "hele filen"
    limits: dict[str, Any] = detail.get("ctx", {})
    expected = {
        "greater_than_equal": f"mindst {limits.get('ge')}",
        "greater_than": f"mere end {limits.get('gt')}",
        "less_than_equal": f"højst {limits.get('le')}",
        **dict.fromkeys(("literal_error", "enum"), str(limits.get("expected", "")).replace(" or ", " eller ")),
        "value_error": str(limits.get("error", "")),
    }.get(detail["type"]) or _EXPECTED.get(detail["type"], "en gyldig værdi")
    action = "Fjern den, eller ret stavningen." if detail["type"] == "extra_forbidden" else "Ret indstillingen."
    return Fault(STUDY_FILE, found, expected, action, row=_row_of(path[-1] if path else "", text), column=setting)


def _row_of(key: str, text: str) -> int | None:
    rows = [n for n, line in enumerate(text.split("\n"), start=1) if re.match(rf"\s*\[*{re.escape(key)}\b", line)]
    return rows[0] if len(rows) == 1 else None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
