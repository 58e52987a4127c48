"""The study: one frozen `Study` that everything else is told by, and an `Edition` of it for each reader."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from blupkit.core.danish import count, listing, many
from blupkit.core.errors import BlupkitError, DataError, Fault, did_you_mean
from blupkit.core.sections import (
    ActivityFiles,
    Group,
    InterviewFiles,
    Keeping,
    Municipality,
    OwnTable,
    Role,
    Section,
    SurveyFiles,
    Thresholds,
)
from blupkit.core.slugs import claimed_twice, plain_name, slug

STUDY_FILE = "study.toml"
ALL = "alle"
#: What is said of invented data, wherever it is shown.
DEMO = "Syntetiske demodata"


class Contents(Section):
    """What a release contains; without the section everything."""

    tables: Annotated[tuple[str, ...] | None, Field(alias="tabeller")] = None
    municipalities: Annotated[tuple[str, ...] | None, Field(alias="kommuner")] = None
    total: Annotated[bool, Field(alias="samlet")] = True
    protects: Annotated[bool, Field(alias="beskyt")] = True
    late: Annotated[Literal["venter", "med"], Field(alias="nye_svar")] = "venter"
    own: Annotated[tuple[OwnTable, ...], Field(alias="egen")] = ()
    compares: Annotated[bool, Field(alias="sammenligning")] = False

    @property
    def counts_late(self) -> bool:
        """Whether new answers count at once, however few they are, and what they could be read off is hidden."""
        return self.late == "med"

    def holds_place(self, name: str) -> bool:
        """Whether a municipality, or "alle", gets a page of its own."""
        return self.total if name == ALL else self.municipalities is None or name in self.municipalities

    def protected(self, places: Collection[str]) -> list[str]:
        """Which municipalities have no page, and must not be what the total lacks beside the others' numbers either."""
        return [name for name in places if not self.holds_place(name)] if self.total and self.protects else []


class Study(Section):
    """Everything that is particular to one study; the library holds nothing of it.

    Read with `read_study`. The fields are those of `study.toml`, under English names.

    Examples
    --------
    >>> study = Study(folder=Path("s"), name="S", organisation="O", period="maj 2022", data_date=date(2022, 5, 2))
    >>> study.thresholds.min_n, study.path("svar.csv").as_posix()
    (5, 's/svar.csv')
    """

    folder: Path
    name: Annotated[str, Field(alias="navn", min_length=1)]
    organisation: Annotated[str, Field(alias="udgiver", min_length=1)]
    purpose: Annotated[str, Field(alias="formaal")] = ""
    heading: Annotated[str, Field(alias="overskrift")] = ""
    period: Annotated[str, Field(alias="periode", min_length=1)]
    data_date: Annotated[date, Field(alias="data_dato")]
    contact: Annotated[str, Field(alias="kontakt")] = ""
    public: Annotated[tuple[str, ...], Field(alias="offentligt")] = ()
    frame: Annotated[str, Field(alias="metode")] = ""
    synthetic: Annotated[bool, Field(alias="syntetisk")] = False
    delete_by: Annotated[date | None, Field(alias="slettedato")] = None
    decimals: Annotated[int, Field(alias="decimaler", ge=0, le=6)] = 1
    thresholds: Annotated[Thresholds, Field(alias="taerskler")] = Thresholds()
    groups: Annotated[tuple[Group, ...], Field(alias="gruppe")] = ()
    municipalities: Annotated[tuple[Municipality, ...], Field(alias="kommune")] = ()
    survey: Annotated[SurveyFiles | None, Field(alias="spoergeskema")] = None
    interviews: Annotated[InterviewFiles | None, Field(alias="interview")] = None
    activities: Annotated[ActivityFiles | None, Field(alias="aktiviteter")] = None
    roles: Annotated[tuple[Role, ...], Field(alias="rolle")] = ()
    release: Annotated[Contents, Field(alias="udgivelse")] = Contents()
    keeping: Annotated[Keeping, Field(alias="opbevaring")] = Keeping()

    @model_validator(mode="after")
    def _names_are_used_once(self) -> Self:
        for what, names in {
            "gruppe.noegle": [group.key for group in self.groups],
            "kommune.kode": [str(municipality.code) for municipality in self.municipalities],
            "kommune.kort_navn": [municipality.slug for municipality in self.municipalities],
            "interview.udskrift.id": [t.id for t in self.interviews.transcripts] if self.interviews else [],
            "rolle.noegle": [role.key for role in self.roles],
            "opbevaring.materiale.navn": [material.name for material in self.keeping.materials],
            "udgivelse.egen.navn": [own.name for own in self.release.own],
        }.items():
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(f"{what} er brugt to gange: {', '.join(repeated)}")
        for what, twice in {
            "gruppe.koder": claimed_twice({group.key: group.known_as for group in self.groups}),
            "kommune.stavemaader": claimed_twice({each.short: each.known_as for each in self.municipalities}),
        }.items():
            if twice:
                raise ValueError(f"{what}, der kun hører til én; nu hører {listing(twice)} til to")
        if any(municipality.slug in {ALL, "faelles", "intern"} for municipality in self.municipalities):
            raise ValueError("kommune.kort_navn må ikke være »alle«, »faelles« eller »intern«")
        unknown = set(self.release.municipalities or ()) - {municipality.slug for municipality in self.municipalities}
        if unknown:
            raise ValueError(f"udgivelse.kommuner nævner {listing(sorted(unknown))}, som ikke er en [[kommune]]")
        return self

    def __repr__(self) -> str:
        talks = len(self.interviews.transcripts) if self.interviews else 0
        parts = [
            many(len(self.groups), "gruppe", "grupper"),
            many(len(self.municipalities), "kommune", "kommuner"),
            "spørgeskema" if self.survey else "intet spørgeskema",
            f"{count(talks)} interview" if talks else "ingen interview",
        ]
        return f"Undersøgelsen »{self.name}« ({self.period}): {listing(parts)}. Prøv app.explore(study)."

    __str__ = __repr__

    def __dir__(self) -> list[str]:
        return [name for name in (*type(self).model_fields, *vars(Study)) if not name.startswith(("_", "model_"))]

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

    @property
    def group_keys(self) -> tuple[str, ...]:
        """Keys of the groups; a study without groups has one, "alle"."""
        return tuple(group.key for group in self.groups) or (ALL,)

    @property
    def places(self) -> tuple[str, ...]:
        """Slugs of the municipalities; a study without municipalities has one place, "alle"."""
        return tuple(municipality.slug for municipality in self.municipalities) or (ALL,)

    @property
    def readers(self) -> tuple[str, ...]:
        """Whose pages there are: each municipality's, and last "alle"."""
        return tuple(dict.fromkeys([*self.places, ALL]))

    @property
    def refusals(self) -> str:
        """What the total tells of municipalities that are counted in it and have no page: for the consultant.

        Examples
        --------
        >>> study = Study(folder=Path("s"), name="S", organisation="O", period="maj 2022", data_date=date(2022, 5, 2))
        >>> towns = (Municipality(code=1, name="Nordby", short="Nord"), Municipality(code=2, name="Sydby", short="Syd"))
        >>> study.model_copy(update={"municipalities": towns, "release": Contents(kommuner=("nord",))}).refusals[:73]
        'Sydby får ikke sin egen side, men er talt med i det samlede tal. Nogle af'
        """
        names = [one.name for one in self.municipalities if not self.release.holds_place(one.slug)]
        if not names or not self.release.total:
            return ""
        alone, who = len(names) == 1, listing(names)
        who += f" får ikke {'sin egen side' if alone else 'deres egne sider'}, men er talt med i det samlede tal."
        if not self.release.protects:
            what, whom = ("kommunens tal", "kommunen") if alone else ("deres tal lagt sammen", "kommunerne")
            return (
                f"{who} Det samlede tal minus de andres giver {what}. Aftal det med {whom}, eller fjern"
                " »beskyt = false« under [udgivelse]."
            )
        how = (
            "Nogle af de andre kommuners tal er derfor også skjult; ellers kunne dens tal regnes ud."
            if alone
            else "Tallene for hver af dem kan ikke regnes ud; lagt sammen kan de måske."
        )
        return (
            f"{who} {how} Hvor mange der har svaret, kan stadig regnes ud, når de ikke er for få. Skal der vises mere,"
            f" så aftal det, og skriv »beskyt = false« under [udgivelse]."
        )

    def place_names(self, everywhere: str) -> dict[str, str]:
        """Slug → official name, and what "alle" is called."""
        return {ALL: everywhere, **{municipality.slug: municipality.name for municipality in self.municipalities}}

    @property
    def survey_files(self) -> SurveyFiles:
        """The section `[spoergeskema]`.

        Raises
        ------
        DataError
            The study has no such section.
        """
        if self.survey is None:
            action = "Tilføj afsnittet, eller udelad de sider, der bygger på spørgeskemaet."
            raise DataError(Fault(STUDY_FILE, "intet spørgeskema", "et afsnit [spoergeskema]", action))
        return self.survey

    @property
    def interview_files(self) -> InterviewFiles:
        """The `[interview]` section, for what cannot do without it.

        Raises
        ------
        DataError
            The study has none.
        """
        if self.interviews is None:
            found, action = "intet afsnit [interview]", "Tilføj afsnittet, eller udelad siderne om interview."
            raise DataError(Fault(STUDY_FILE, found, "et afsnit [interview] med udskrifter", action))
        return self.interviews

    @property
    def public_files(self) -> frozenset[str]:
        """The files that hold what was asked and how, and no word of a participant; as `study.toml` names them."""
        survey, interviews = self.survey, self.interviews
        asked = (survey.questionnaire, survey.scales, survey.dimensions, survey.labels) if survey else ()
        who = (survey.structure, survey.invited) if survey else ()
        activities = self.activities.public if self.activities else ()
        names = {STUDY_FILE, *asked, *who, *activities, interviews.codebook if interviews else None}
        # A workbook may hold the labels beside the answers.
        return frozenset(name for name in names if name and not (survey and name == survey.data))

    @property
    def known_names(self) -> tuple[str, ...]:
        """What everybody can know: its own name, the publisher's, and those of municipalities and councils."""
        places = [name for m in self.municipalities for name in (m.short, m.name, m.local_body, m.council)]
        return (self.name, self.organisation, self.contact, *places)

    def source(self, said: str) -> str:
        """What stands after "Kilde:": a sentence, and whether what it speaks of is invented."""
        return said + (f" ({DEMO})" if self.synthetic else "")

    def path(self, name: str) -> Path:
        """Where a file of the study lies, from its name in `study.toml`."""
        return self.folder / name

    def activity_table(self, name: str) -> Path | None:
        """Where one of the tables about its activities lies; None without one or its rows: no pages about that."""
        from blupkit.core.tables import read_table  # few ask, and it is slow to import

        places = (self.path(f"{self.activities.folder}/{name}{end}") for end in (".csv", ".xlsx") if self.activities)
        place = next((place for place in places if place.is_file()), None)
        with suppress(BlupkitError):  # `check` tells what is wrong with it
            return place if place and len(read_table(place)) else None
        return place

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
        action = did_you_mean(name, allowed)
        raise DataError(Fault(STUDY_FILE, name, listing([*allowed, ALL], "eller"), action, column="municipality"))

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {known: municipality.slug for municipality in self.municipalities for known in municipality.known_as}

    def match_municipality(self, text: str) -> str | None:
        """The slug of the municipality that is meant, or None.

        Code, official name, short name and the study's own `stavemaader` are known, whatever the case, "Kommune",
        hyphens, and aa for å. Anything else is not guessed.
        """
        return self._spellings.get(plain_name(text))

    def suggest_municipality(self, text: str) -> str:
        """The municipality that a misspelt name comes closest to, or an empty string."""
        close = difflib.get_close_matches(plain_name(text), list(self._spellings), n=1, cutoff=0.7)
        slug_found = self._spellings[close[0]] if close else ""
        return next((m.name for m in self.municipalities if m.slug == slug_found), "")


class Edition(Section):
    """The study as one reader gets it: one municipality's page, or the page for all of them.

    Words that differ between municipalities are asked for here, so that no notebook needs to know them.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [read_edition(example_study(), place).place for place in ("nordby", "alle")]
    ['Nordby Kommune', 'begge kommuner']
    """

    study: Study
    municipality: Municipality | None

    @property
    def key(self) -> str:
        """The value of the `municipality` column: a slug or "alle"."""
        return self.municipality.slug if self.municipality else ALL

    @property
    def place(self) -> str:
        """The municipality's official name, or "alle seks kommuner"."""
        if self.municipality:
            return self.municipality.name
        everywhere = self.study.municipalities
        if len(everywhere) == 1:
            return everywhere[0].name
        if len(everywhere) == 2:
            return "begge kommuner"
        return f"alle {count(len(everywhere))} kommuner" if everywhere else "alle"

    @property
    def everyone(self) -> str:
        """All municipalities, as they are called beside a number: "alle seks"."""
        return read_edition(self.study, ALL).place.removesuffix(" kommuner")

    @property
    def common_groups(self) -> tuple[str, ...]:
        """Keys of the groups that a municipality's page shows for all municipalities together only."""
        return tuple(group.key for group in self.study.groups if self.municipality and not group.shown_locally)

    def group_name(self, key: str) -> str:
        """The group's name, plural, in the municipality's own word."""
        local = self.municipality.group_names.get(key) if self.municipality else None
        return local or self.study.group(key).name

    def group_in(self, key: str, municipality: str) -> str:
        """The group's name, with the place when the numbers are not the reader's own municipality's."""
        if municipality == self.key:
            return self.group_name(key)
        return f"{self.study.group(key).name} i {read_edition(self.study, municipality).place}"

    @property
    def source(self) -> str:
        """The line under each figure of the survey: what the numbers come from, and whether they are invented."""
        return self._source("Spørgeskemaundersøgelse", self.study.period)

    @property
    def interview_source(self) -> str:
        """The same line for what was said in the interviews."""
        files = self.study.interviews
        return self._source("Interview", files.period if files and files.period else self.study.period)

    def _source(self, kind: str, period: str) -> str:
        return self.study.source(f"{kind}, {self.study.name}, {period}.")


def read_edition(study: Study, municipality: str) -> Edition:
    """Choose which reader a page is made for.

    Parameters
    ----------
    study : Study
        What `read_study` returned.
    municipality : str
        A municipality's slug, for example "slagelse", or "alle".

    Returns
    -------
    Edition
        The study with that municipality's words.

    Raises
    ------
    DataError
        The study has no such municipality.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_edition(example_study(), "sydby").source
    'Spørgeskemaundersøgelse, Eksemplet, maj 2022. (Syntetiske demodata)'
    """
    return Edition(study=study, municipality=study.municipality(municipality))
