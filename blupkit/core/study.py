"""The study: reads `study.toml` into one frozen `Study` that everything else is told by."""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from blupkit.core.danish import listing
from blupkit.core.errors import DataError, Fault, FileError, fault_table
from blupkit.core.files import read_text
from blupkit.core.slugs import slug

if TYPE_CHECKING:
    import pandas as pd

STUDY_FILE = "study.toml"
ALL = "alle"
LOWEST_MIN_N = 3


class Section(BaseModel):
    """A part of `study.toml`: Danish keys in the file, English names in the code, nothing unknown, nothing changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Thresholds(Section):
    """When a number may be shown, and when it is shown with a warning."""

    min_n: Annotated[int, Field(ge=LOWEST_MIN_N)] = 5
    caution_n: Annotated[int, Field(alias="varsomhed_n")] = 10
    dont_know: Annotated[float, Field(alias="ved_ikke_andel", ge=0, le=1)] = 0.15

    @model_validator(mode="after")
    def _caution_is_not_below(self) -> Self:
        if self.caution_n < self.min_n:
            raise ValueError("varsomhed_n må ikke være mindre end min_n")
        return self


class Group(Section):
    """One of the groups that were asked, for example the local council members."""

    key: Annotated[str, Field(alias="noegle", min_length=1)]
    name: Annotated[str, Field(alias="navn", min_length=1)]
    singular: Annotated[str, Field(alias="ental", min_length=1)]
    codes: Annotated[tuple[str, ...], Field(alias="koder")] = ()
    counterpart: Annotated[str, Field(alias="omtales_som")] = ""
    shown_locally: Annotated[bool, Field(alias="vises_lokalt")] = True


class Municipality(Section):
    """One municipality with its own words for its own bodies."""

    code: Annotated[int, Field(alias="kode")]
    name: Annotated[str, Field(alias="navn", min_length=1)]
    short: Annotated[str, Field(alias="kort_navn", min_length=1)]
    council: Annotated[str, Field(alias="politisk_organ")] = "byråd"
    council_definite: Annotated[str, Field(alias="politisk_organ_bestemt")] = "byrådet"
    local_body: Annotated[str, Field(alias="lokalt_organ")] = "lokalråd"
    group_names: Annotated[dict[str, str], Field(alias="gruppenavne")] = {}
    seats: Annotated[int | None, Field(alias="pladser", gt=0)] = None
    bodies: Annotated[int | None, Field(alias="antal_lokale_organer", gt=0)] = None
    source: Annotated[str, Field(alias="kilde")] = ""
    verified: Annotated[bool, Field(alias="verificeret")] = False
    spellings: Annotated[tuple[str, ...], Field(alias="stavemaader")] = ()

    @property
    def slug(self) -> str:
        """The municipality's name in folders, file names and parameters."""
        return slug(self.short)


class SurveyFiles(Section):
    """Where the survey lies and how its export is laid out."""

    format: Annotated[
        Literal["surveyxact", "tabel", "limesurvey", "kobo", "forms", "google", "enalyzer", "spss"],
        Field(alias="format"),
    ]
    data: Annotated[str, Field(alias="data")]
    labels: Annotated[str | None, Field(alias="etiketter")] = None
    structure: Annotated[str | None, Field(alias="struktur")] = None
    sheets: Annotated[dict[str, str], Field(alias="ark")] = {}
    questionnaire: Annotated[str | None, Field(alias="spoergeskema")] = None
    scales: Annotated[str | None, Field(alias="skalaer")] = None
    dimensions: Annotated[str | None, Field(alias="dimensioner")] = None
    invited: Annotated[str | None, Field(alias="udsendelse")] = None
    respondent: Annotated[str | None, Field(alias="besvarelse_id")] = None
    municipality: Annotated[str | None, Field(alias="kommune")] = None
    group: Annotated[str | None, Field(alias="gruppe")] = None
    keep_duplicates: Annotated[bool, Field(alias="behold_dubletter")] = False

    @property
    def answers(self) -> tuple[str, ...]:
        """The files that say who was asked and what they answered; pages that show a release do not open them."""
        return tuple(name for name in (self.data, self.labels, self.structure, self.invited) if name)


class Transcript(Section):
    """One interview and the file with its transcript."""

    id: Annotated[str, Field(alias="id", min_length=1)]
    file: Annotated[str, Field(alias="fil", min_length=1)]
    title: Annotated[str, Field(alias="titel", min_length=1)]
    speakers: Annotated[dict[str, str], Field(alias="talere")] = {}


class InterviewFiles(Section):
    """Where the interviews, the register, the codebook and the codings lie."""

    transcripts: Annotated[tuple[Transcript, ...], Field(alias="udskrift")]
    codebook: Annotated[str, Field(alias="kodebog")]
    participants: Annotated[str | None, Field(alias="deltagere")] = None
    decisions: Annotated[str | None, Field(alias="afgoerelser")] = None
    codings: Annotated[dict[str, str], Field(alias="kodninger")] = {}
    main_coder: Annotated[str | None, Field(alias="hovedkoder")] = None
    answer_codings: Annotated[str | None, Field(alias="kodninger_aabne")] = None
    quotes: Annotated[str | None, Field(alias="citater")] = None
    roles: Annotated[dict[str, str], Field(alias="roller")] = {}
    summaries: Annotated[str | None, Field(alias="sammenfatninger")] = None
    joint: Annotated[str | None, Field(alias="sammenholdt")] = None
    approach: Annotated[Literal["kodebog", "refleksiv"], Field(alias="tilgang")] = "kodebog"
    period: Annotated[str, Field(alias="periode")] = ""


class Contents(Section):
    """What a release contains; without the section everything."""

    tables: Annotated[tuple[str, ...] | None, Field(alias="tabeller")] = None
    municipalities: Annotated[tuple[str, ...] | None, Field(alias="kommuner")] = None
    total: Annotated[bool, Field(alias="samlet")] = True

    def holds_place(self, name: str) -> bool:
        """Whether a municipality, or "alle", gets a page of its own."""
        return self.total if name == ALL else self.municipalities is None or name in self.municipalities


class Study(Section):
    """Everything that is particular to one study; the library holds nothing of it.

    Read with `read_study`. The fields are those of `study.toml`, under English names.
    """

    folder: Path
    name: Annotated[str, Field(alias="navn", min_length=1)]
    organisation: Annotated[str, Field(alias="udgiver", min_length=1)]
    purpose: Annotated[str, Field(alias="formaal")] = ""
    period: Annotated[str, Field(alias="periode", min_length=1)]
    data_date: Annotated[date, Field(alias="data_dato")]
    contact: Annotated[str, Field(alias="kontakt")] = ""
    frame: Annotated[str, Field(alias="metode")] = ""
    synthetic: Annotated[bool, Field(alias="syntetisk")] = False
    delete_by: Annotated[date | None, Field(alias="slettedato")] = None
    decimals: Annotated[int, Field(alias="decimaler", ge=0, le=6)] = 1
    thresholds: Annotated[Thresholds, Field(alias="taerskler")] = Thresholds()
    groups: Annotated[tuple[Group, ...], Field(alias="gruppe")] = ()
    municipalities: Annotated[tuple[Municipality, ...], Field(alias="kommune")] = ()
    survey: Annotated[SurveyFiles | None, Field(alias="spoergeskema")] = None
    interviews: Annotated[InterviewFiles | None, Field(alias="interview")] = None
    release: Annotated[Contents, Field(alias="udgivelse")] = Contents()

    @model_validator(mode="after")
    def _names_are_used_once(self) -> Self:
        for what, names in {
            "gruppe.noegle": [group.key for group in self.groups],
            "kommune.kode": [str(municipality.code) for municipality in self.municipalities],
            "kommune.kort_navn": [municipality.slug for municipality in self.municipalities],
            "interview.udskrift.id": [t.id for t in self.interviews.transcripts] if self.interviews else [],
        }.items():
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(f"{what} er brugt to gange: {', '.join(repeated)}")
        if any(municipality.slug in {ALL, "faelles", "intern"} for municipality in self.municipalities):
            raise ValueError("kommune.kort_navn må ikke være »alle«, »faelles« eller »intern«")
        unknown = set(self.release.municipalities or ()) - {municipality.slug for municipality in self.municipalities}
        if unknown:
            raise ValueError(f"udgivelse.kommuner nævner {listing(sorted(unknown))}, som ikke er en [[kommune]]")
        return self

    @property
    def slug(self) -> str:
        """The study's name in the output folder: the name of its own folder."""
        return slug(self.folder.name)

    @property
    def interview_titles(self) -> dict[str, str]:
        """Interview id → what it is called on a page."""
        return (
            {transcript.id: transcript.title for transcript in self.interviews.transcripts} if self.interviews else {}
        )

    def path(self, name: str) -> Path:
        """Where a file of the study lies, from its name in `study.toml`."""
        return self.folder / name

    def group(self, key: str) -> Group:
        """The group with this key; "alle" is everybody, in a study without groups."""
        everybody = Group(key=ALL, name="deltagere", singular="Deltager")
        return {group.key: group for group in (everybody, *self.groups)}[key]

    def municipality(self, name: str) -> Municipality | None:
        """The municipality with this slug, or None for "alle".

        Raises
        ------
        DataError
            The study has no such municipality; the message lists those that it has.
        """
        if name == ALL:
            return None
        for municipality in self.municipalities:
            if municipality.slug == name:
                return municipality
        allowed = [municipality.slug for municipality in self.municipalities]
        close = difflib.get_close_matches(name, allowed, n=1)
        action = f"Mente du »{close[0]}«?" if close else "Vælg en af dem."
        raise DataError(Fault(STUDY_FILE, name, listing([*allowed, ALL], "eller"), action, column="municipality"))

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {
            _plain_name(spelling): municipality.slug
            for municipality in self.municipalities
            for spelling in (
                municipality.name,
                municipality.short,
                municipality.slug,
                str(municipality.code),
                *municipality.spellings,
            )
        }

    def match_municipality(self, text: str) -> str | None:
        """The slug of the municipality that is meant, or None.

        Code, official name, short name and the study's own `stavemaader` are known, whatever the case, "Kommune",
        hyphens, and aa for å. Anything else is not guessed.
        """
        return self._spellings.get(_plain_name(text))

    def suggest_municipality(self, text: str) -> str:
        """The municipality that a misspelt name comes closest to, or an empty string."""
        close = difflib.get_close_matches(_plain_name(text), list(self._spellings), n=1, cutoff=0.7)
        slug_found = self._spellings[close[0]] if close else ""
        return next((m.name for m in self.municipalities if m.slug == slug_found), "")


def _plain_name(text: str) -> str:
    plain = text.casefold().replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    plain = re.sub(r"\bkommunes?\b", "", plain)
    return re.sub(r"[\W_]+", "", plain)


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


def check_study(study: Study, today: date) -> pd.DataFrame:
    """List what in the settings themselves needs a person's eye.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date
        The day of the check.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` returns: a date of deletion that has passed, and municipalities whose facts nobody has
        verified. Warnings only.
    """
    faults = [
        Fault(
            STUDY_FILE, municipality.name, "verificeret = true", action, column="kommune.verificeret", level="advarsel"
        )
        for municipality in study.municipalities
        if not municipality.verified
        for action in ["Kontrollér kode, ord og antal, og skriv kilden; tallene kommer på siden."]
    ]
    if study.delete_by and study.delete_by < today:
        found, action = study.delete_by.isoformat(), "Slet de rå svar og udskrifterne, eller ret datoen."
        faults.append(
            Fault(STUDY_FILE, found, "en dato, der ikke er passeret", action, column="slettedato", level="advarsel")
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
    found = "ingenting" if detail["type"] == "missing" else _short(detail["input"])
    limits: dict[str, Any] = detail.get("ctx", {})
    expected = {
        "greater_than_equal": f"mindst {limits.get('ge')}",
        "greater_than": f"mere end {limits.get('gt')}",
        "less_than_equal": f"højst {limits.get('le')}",
        "literal_error": str(limits.get("expected", "")).replace(" or ", " eller "),
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
