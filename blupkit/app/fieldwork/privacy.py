"""What those who take part are told of their data (GDPR, article 13); what the study does not say, it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit.app.fieldwork.sheet import Blocks, Gaps, front, section
from blupkit.app.life.materials import INTERVIEW, SURVEY, holdings
from blupkit.core.danish import count, first_lower, first_upper, listing, long_date

if TYPE_CHECKING:
    from blupkit.core.study import Edition

TITLE: Final = "Sådan behandler vi dine oplysninger"
#: The material with recordings, in the word that a new study's file suggests.
RECORDINGS: Final = "optagelser"


class _Voice(NamedTuple):
    """What is said of one material in words of its own."""

    where: str
    holds: str
    shown: str


_SPOKEN: Final = {
    SURVEY: _Voice(
        "spørgeskemaet",
        "De svar, du giver, din kommune og din rolle, og det, du selv skriver",
        "Svarene behandles fortroligt. Resultaterne vises kun for grupper, hvor mindst {least} har svaret.",
    ),
    INTERVIEW: _Voice(
        "fokusgruppen",
        "Dit navn, din rolle og din kommune, optagelsen og udskriften af det, der bliver sagt",
        "Det, du siger, behandles fortroligt. Navne erstattes, før noget bliver citeret. De andre deltagere ved,"
        " at du er med.",
    ),
}


def told_of_data(edition: Edition, material: str, contact: str, gaps: Gaps) -> Blocks:
    """Write what participants are told of their data.

    Parameters
    ----------
    edition : Edition
        The municipality's words; those of all for what is the same everywhere.
    material : str
        "spoergeskema" or "interview".
    contact : str
        Whom they can write to; the study's own contact where it is "".
    gaps : Gaps
        Gets what is missing: nothing of what the law asks for is made up here.

    Returns
    -------
    list of Block
        Who is responsible, what for and on what basis, who gets it, how long it is kept, and the rights.

    Examples
    --------
    >>> from blupkit.app.fieldwork.sheet import Gaps
    >>> from blupkit.core import example_study, read_edition
    >>> gaps = Gaps()
    >>> blocks = told_of_data(read_edition(example_study(), "nordby"), "spoergeskema", "", gaps)
    >>> [line.partition(":")[0] for line in gaps.lines()][:2]
    ['hvem man kan skrive til', 'hvem der er dataansvarlig']
    """
    study, keeping, voice = edition.study, edition.study.keeping, _SPOKEN[material]
    said = {each.name: each for each in holdings(study)}[material]
    table = f"study.toml, [[opbevaring.materiale]] {material}"
    whom = gaps.fill(contact or study.contact, "hvem man kan skrive til", "study.toml, kontakt")
    controller = _asked(gaps, keeping.controller, "hvem der er dataansvarlig", "dataansvarlig")
    adviser = _asked(gaps, keeping.adviser, "databeskyttelsesrådgiverens navn og mail", "databeskyttelsesraadgiver")
    recipients = _asked(gaps, listing(keeping.recipients), "hvem der får oplysningerne", "modtagere")
    helpers = _asked(gaps, listing(keeping.processors), "hvem der behandler dem for jer", "databehandlere")
    abroad = _asked(gaps, keeping.transfers, "om de sendes ud af EU/EØS", "overfoersler")
    basis = gaps.fill(said.material.basis, "retsgrundlaget", f"{table}, grundlag")
    purpose = gaps.fill(study.purpose, "hvad oplysningerne skal bruges til", "study.toml, formaal")
    until = gaps.fill(long_date(said.until) if said.until else "", "slettedatoen", f"{table}, slettes")
    holds = said.material.holds or voice.holds
    return [
        *front(study, TITLE, f"Til dig, der deltager i {voice.where} i »{study.name}«"),
        *section("Hvem har ansvaret?", f"Dataansvarlig: {controller}.", f"Databeskyttelsesrådgiver: {adviser}."),
        *section("Hvad bruger vi dem til?", f"Formålet er {purpose}.", f"Retsgrundlaget er {first_lower(basis)}."),
        *section(
            "Hvilke oplysninger er det?",
            f"{first_upper(holds.rstrip('.'))}.",
            voice.shown.format(least=count(study.thresholds.min_n)),
        ),
        *section(
            "Hvem får dem?",
            f"Modtagere: {recipients}.",
            f"Databehandlere: {helpers}.",
            f"Overførsel til lande uden for EU/EØS: {abroad}.",
        ),
        *section("Hvor længe gemmer vi dem?", f"Oplysningerne slettes senest {until}."),
        *section(
            "Skal jeg deltage?",
            "Nej. Det er frivilligt, og det har ingen følger at lade være.",
            "Har du givet samtykke, kan du når som helst trække det tilbage. Det ændrer ikke ved, at vi måtte bruge"
            " oplysningerne indtil da.",
        ),
        *section(
            "Hvilke rettigheder har jeg?",
            "Du kan bede om at se oplysningerne om dig, få dem rettet, slettet, begrænset eller udleveret, og du kan"
            " gøre indsigelse. Er dit svar givet uden navn, kan vi kun finde det, hvis du kan sige, hvilket det er.",
            f"Skriv til {whom}.",
            "Du kan klage til Datatilsynet: www.datatilsynet.dk.",
        ),
    ]


def recordings_until(edition: Edition, gaps: Gaps) -> str:
    """Say until when recordings are kept, and transcripts.

    Parameters
    ----------
    edition : Edition
        Whose study.
    gaps : Gaps
        Gets what is missing.
    """
    known = {each.name: each.until for each in holdings(edition.study)}
    first, then = (
        gaps.fill(long_date(day) if day else "", what, f"study.toml, [[opbevaring.materiale]] {name}, slettes")
        for name, day, what in (
            (RECORDINGS, known.get(RECORDINGS), "hvornår optagelsen slettes"),
            (INTERVIEW, known.get(INTERVIEW), "hvornår udskriften slettes"),
        )
    )
    return f"Optagelsen slettes senest {first}, og udskriften senest {then}."


def _asked(gaps: Gaps, said: str, what: str, setting: str) -> str:
    return gaps.fill(said.rstrip("."), what, f"study.toml, [opbevaring] {setting}")
