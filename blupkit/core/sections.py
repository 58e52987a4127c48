"""The sections of `study.toml`: Danish keys in the file, English names in the code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from blupkit.core.slugs import plain_name, slug

LOWEST_MIN_N = 3
#: What an own table is split by where it is split by the study's groups, as every other table is.
BY_GROUP = "gruppe"
#: What the name of every other own table begins with in a release.
OWN = "egen_"


class Section(BaseModel):
    """A part of `study.toml`: Danish keys in the file, English names in the code, nothing unknown, nothing changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Thresholds(Section):
    """When a number may be shown, and when it is shown with a warning."""

    min_n: Annotated[int, Field(ge=LOWEST_MIN_N)] = 5
    caution_n: Annotated[int, Field(alias="varsomhed_n")] = 10
    dont_know: Annotated[float, Field(alias="ved_ikke_andel", ge=0, le=1)] = 0.15
    set_aside: Annotated[float, Field(alias="sat_til_side_andel", ge=0, le=1)] = 0.2

    @model_validator(mode="after")
    def _caution_is_not_below(self) -> Self:
        if self.caution_n < self.min_n:
            raise ValueError("varsomhed_n må ikke være mindre end min_n")
        return self


class Group(Section):
    """One of the groups that were asked, for example the local council members.

    Examples
    --------
    >>> Group(key="L", name="lokalrådsmedlemmer", singular="Lokalrådsmedlem").shown_locally
    True
    """

    key: Annotated[str, Field(alias="noegle", min_length=1)]
    name: Annotated[str, Field(alias="navn", min_length=1)]
    singular: Annotated[str, Field(alias="ental", min_length=1)]
    codes: Annotated[tuple[str, ...], Field(alias="koder")] = ()
    counterpart: Annotated[str, Field(alias="omtales_som")] = ""
    shown_locally: Annotated[bool, Field(alias="vises_lokalt")] = True

    @property
    def known_as(self) -> frozenset[str]:
        """All that says in a cell that somebody belongs to it, in lower case."""
        return frozenset(text.strip().casefold() for text in (self.key, self.name, self.singular, *self.codes))

    @property
    def about(self) -> str:
        """What the others' ratings of the group are called, for example "Om forvaltningen"."""
        return f"Om {self.counterpart or self.name}"


class Municipality(Section):
    """One municipality with its own words for its own bodies.

    Examples
    --------
    >>> Municipality(code=101, name="Øvre Ådal Kommune", short="Øvre Ådal").slug
    'oevre-aadal'
    """

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

    @property
    def known_as(self) -> frozenset[str]:
        """All that says in a cell that somebody belongs to it, as `plain_name` writes it."""
        return frozenset(map(plain_name, (self.name, self.short, self.slug, str(self.code), *self.spellings)))


class System(StrEnum):
    """What an export of answers comes from, as `format` names it; `survey.reading.systems` knows their ways."""

    SURVEYXACT = "surveyxact"
    TABLE = "tabel"
    LIMESURVEY = "limesurvey"
    KOBO = "kobo"
    FORMS = "forms"
    GOOGLE = "google"
    ENALYZER = "enalyzer"
    SPSS = "spss"
    SURVEYMONKEY = "surveymonkey"
    QUALTRICS = "qualtrics"
    REDCAP = "redcap"
    MENTIMETER = "mentimeter"
    SLIDO = "slido"
    ALCHEMER = "alchemer"
    JOTFORM = "jotform"


class SurveyFiles(Section):
    """Where the survey lies and how its export is laid out; without a format it is recognised by the file itself."""

    format: Annotated[System | None, Field(alias="format")] = None
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
    cells_are: Annotated[Literal["koder", "etiketter"] | None, Field(alias="svar_er")] = None
    directions: Annotated[dict[str, Literal["stigende", "faldende"]], Field(alias="skala_retning")] = {}
    personal: Annotated[dict[str, Literal["ja", "nej"]], Field(alias="personoplysninger", repr=False)] = {}
    guesses: Annotated[tuple[str, ...], Field(alias="gaet")] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The files that say who was asked and what they answered; pages that show a release do not open them."""
        return tuple(name for name in (self.data, self.labels, self.structure, self.invited) if name)


class OwnTable(Section):
    """A table of the consultant's own on the pages: one question, split by what the same persons answered to another.

    Examples
    --------
    >>> own = OwnTable(navn="Tid efter alder", spoergsmaal="tid", fordelt_paa="alder", for_hvem="slagelse")
    >>> own.table, own.is_for("slagelse"), own.is_for("kerteminde"), own.is_for("alle")
    ('egen_tid_alder', True, False, True)
    >>> OwnTable(navn="Alder", spoergsmaal="alder").table
    'alder'
    """

    name: Annotated[str, Field(alias="navn", min_length=1)]
    question: Annotated[str, Field(alias="spoergsmaal", min_length=1)]
    by: Annotated[str, Field(alias="fordelt_paa", min_length=1)] = BY_GROUP
    readers: Annotated[tuple[str, ...], Field(alias="for_hvem", min_length=1)] = ("alle",)

    @field_validator("readers", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def by_group(self) -> bool:
        """Whether it is split by nothing but the groups."""
        return self.by == BY_GROUP

    @property
    def table(self) -> str:
        """Its name in the release: what it is of, so that the same numbers never stand under two names."""
        return self.question if self.by_group else f"{OWN}{self.question}_{self.by}"

    def is_for(self, place: str) -> bool:
        """Whether a municipality's pages show it; those for all municipalities together always do."""
        return place == "alle" or "alle" in self.readers or place in self.readers


class Transcript(Section):
    """One interview and the file with its transcript."""

    id: Annotated[str, Field(alias="id", min_length=1)]
    file: Annotated[str, Field(alias="fil", min_length=1)]
    title: Annotated[str, Field(alias="titel", min_length=1)]
    speakers: Annotated[dict[str, str], Field(alias="talere", repr=False)] = {}


class InterviewFiles(Section):
    """Where the interviews, the register, the codebook and the codings lie."""

    transcripts: Annotated[tuple[Transcript, ...], Field(alias="udskrift")]
    codebook: Annotated[str, Field(alias="kodebog")]
    participants: Annotated[str | None, Field(alias="deltagere")] = None
    decisions: Annotated[str | None, Field(alias="afgoerelser")] = None
    codings: Annotated[dict[str, str], Field(alias="kodninger", repr=False)] = {}
    main_coder: Annotated[str | None, Field(alias="hovedkoder")] = None
    answer_codings: Annotated[str | None, Field(alias="kodninger_aabne")] = None
    quotes: Annotated[str | None, Field(alias="citater")] = None
    roles: Annotated[dict[str, str], Field(alias="roller")] = {}
    role_words: Annotated[dict[str, str], Field(alias="rolleord")] = {}
    summaries: Annotated[str | None, Field(alias="sammenfatninger")] = None
    joint: Annotated[str | None, Field(alias="sammenholdt")] = None
    approach: Annotated[Literal["kodebog", "refleksiv"], Field(alias="tilgang")] = "kodebog"
    parties: Annotated[tuple[str, ...], Field(alias="parter")] = ()
    period: Annotated[str, Field(alias="periode")] = ""


class Role(Section):
    """Who does something in the plan: a role, never a name."""

    key: Annotated[str, Field(alias="noegle", min_length=1)]
    name: Annotated[str, Field(alias="navn", min_length=1)]


#: The tables with forms that people handed in.
_FORMS: Final = ("evaluering_workshop", "opfoelgning", "evaluering_laering")


class ActivityFiles(Section):
    """Where the tables about workshops, learning programmes, the conference and the plan lie.

    Examples
    --------
    >>> ActivityFiles().folder, "aktiviteter/katalog.csv" in ActivityFiles().public
    ('aktiviteter', True)
    """

    folder: Annotated[str, Field(alias="mappe", min_length=1)] = "aktiviteter"
    as_of: Annotated[date | None, Field(alias="opgjort")] = None
    parties: Annotated[dict[str, str], Field(alias="parter")] = {}

    @property
    def public(self) -> tuple[str, ...]:
        """The tables that hold no word of a participant, and where nobody has room to name a person."""
        names = (
            "workshops",
            "drejebog",
            "katalog",
            "afholdelser",
            "interesse",
            "konference",
            "lukkedage",
            "skemaer",
            "samtaleguide",
        )
        return self._tables(*names)

    def answered(self, folder: Path) -> tuple[str, ...]:
        """The files with the forms that people handed in, in the study's folder as it is now.

        Exports have the name of a form with more behind it, one for each meeting.
        """
        there = (folder / self.folder).glob("*.*")
        return tuple(f"{self.folder}/{path.name}" for path in sorted(there) if path.name.startswith(_FORMS))

    def evaluated(self, folder: Path) -> tuple[str, ...]:
        """The tables of which it depends what may be shown of the evaluations, in the study's folder as it is now."""
        known = self._tables("workshops", "afholdelser", "skemaer", *_FORMS)
        return (*known, *(name for name in self.answered(folder) if name not in known))

    def _tables(self, *names: str) -> tuple[str, ...]:
        return tuple(f"{self.folder}/{name}{ending}" for name in names for ending in (".csv", ".xlsx"))


class Material(Section):
    """Data of one kind, and for how long it may be kept.

    Examples
    --------
    >>> Material(name="optagelser", files=("optagelser/*.mp4",)).delete_by is None
    True
    """

    name: Annotated[str, Field(alias="navn", min_length=1)]
    delete_by: Annotated[date | None, Field(alias="slettes")] = None
    basis: Annotated[str, Field(alias="grundlag")] = ""
    holds: Annotated[str, Field(alias="oplysninger")] = ""
    consent: Annotated[str, Field(alias="samtykke")] = ""
    covers: Annotated[tuple[str, ...] | None, Field(alias="omfatter")] = None
    files: Annotated[tuple[str, ...], Field(alias="filer")] = ()


class Keeping(Section):
    """What a record of processing asks for and the files themselves do not say: all of it may be left out.

    Examples
    --------
    >>> Keeping().controller, Keeping().may_quote("spoergeskema")
    ('', True)
    >>> Keeping(materials=(Material(name="spoergeskema", covers=("statistik",)),)).may_quote("spoergeskema")
    False
    """

    controller: Annotated[str, Field(alias="dataansvarlig")] = ""
    adviser: Annotated[str, Field(alias="databeskyttelsesraadgiver")] = ""
    persons: Annotated[str, Field(alias="personer")] = ""
    processors: Annotated[tuple[str, ...], Field(alias="databehandlere")] = ()
    recipients: Annotated[tuple[str, ...], Field(alias="modtagere")] = ()
    transfers: Annotated[str, Field(alias="overfoersler")] = ""
    security: Annotated[str, Field(alias="sikkerhed")] = ""
    materials: Annotated[tuple[Material, ...], Field(alias="materiale")] = ()

    def may_quote(self, name: str) -> bool:
        """Whether the consent to a material covers quotes; where nobody has said what it covers, that is not asked."""
        said = [material.covers for material in self.materials if material.name == name and material.covers is not None]
        return all(any(each.startswith("citat") for each in covers) for covers in said)
