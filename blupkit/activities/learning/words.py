"""What is said of learning, in Danish: what is suggested and why, what is missing, how to join, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blupkit.activities.learning.offers import CLEARLY, MOST, RANDOM, Answer, Catalogue, Offer, hours_in_words
from blupkit.core.danish import count, first_upper, listing, many, number, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NO_CATALOGUE: Final = "Der er endnu ingen aktiviteter i kataloget."
NOT_SHOWN: Final = "**Kan ikke beregnes:** Af hensyn til deltagernes fortrolighed viser vi ikke deres behov her."
#: What a number of a match does not say.
CAVEATS: Final = (
    "Det er et skøn, hvilke kompetencer en aktivitet styrker. Det skøn afgør mest.",
    "Gabene er de svarendes egen vurdering af, hvad der er vigtigt, og hvad de kan.",
    "Rækkefølgen er usikker: Kompetencer, hvis pladser overlapper, står lige.",
    "Et gab kan kræve, at man arbejder på en anden måde, og ikke et kursus.",
    "Tallene siger ikke, om en aktivitet virker.",
    "Grupperne er regnet hver for sig og kan ikke lægges sammen.",
)


def learning_facts(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Give what stands at the top of the page.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> learning_facts(example_catalogue())
    [('I kataloget', '2 aktiviteter'), ('Datoer', '1 gang')]
    """
    facts = [("I kataloget", many(len(catalogue.rows), "aktivitet", "aktiviteter"))]
    if catalogue.sessions:
        facts.append(("Datoer", many(len(catalogue.sessions), "gang", "gange")))
    return facts


def text_match(catalogue: Catalogue) -> str:
    """Say how an activity is held against the needs of a group, and which are suggested.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> text_match(example_catalogue()).split(". ")[0]
    'Hver aktivitet styrker nogle af de kompetencer, I har svaret på'
    """
    if not catalogue.rows:
        return NO_CATALOGUE
    return (
        "Hver aktivitet styrker nogle af de kompetencer, I har svaret på. **Gabet** er, hvor langt der i gennemsnit er"
        " fra det, I kan, til det, der er vigtigt. **Træf** går fra 0 til 100: Så mange procent af alle lige så store"
        f" udvalg af kompetencer har et mindre gab. {RANDOM} svarer til et tilfældigt valg.\n\n"
        f"Hver gruppe får op til {count(MOST)} forslag: dem med det højeste træf, når det er mindst {CLEARLY}."
        " Hvad vi selv har taget med eller taget fra, står med begrundelse."
    )


def list_offers(catalogue: Catalogue) -> str:
    """List what is suggested to each group and why, what was taken out, and what cannot be computed.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    str
        Markdown: a heading a group, and a bullet an activity. Politicians, and others that are not shown locally, are
        told of for all municipalities.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> print(list_offers(example_catalogue()).replace(chr(160), " "))
    ### Lokalrådsmedlemmer
    <BLANKLINE>
    * **Fonde for begyndere.** Webinar, 1½ time. Træf er 92, og gabet er 1,5 i gennemsnit af to kompetencer. Den \
form vil 9 af 24 gerne have.
    * **Kan ikke beregnes:** »Klart sprog«. For få af de kompetencer, den styrker, kan vises.
    """
    parts = []
    for group in catalogue.offers:
        lines = [f"* {_suggestion(offer, catalogue)}" for offer in catalogue.suggested(group)]
        unknown = catalogue.unknown(group)
        if not lines and len(unknown) < len(catalogue.offers[group]):
            lines.append("* Ingen aktivitet i kataloget passer klart bedre end et tilfældigt valg.")
        lines += [f"* **Ikke med:** »{offer.row['titel']}«. {_ended(offer.why)}" for offer in catalogue.refused(group)]
        if catalogue.silent(group):
            lines.append(f"* {NOT_SHOWN}")
        elif unknown:
            which = "den" if len(unknown) == 1 else "de"
            lines.append(
                f"* **Kan ikke beregnes:** {_titles(unknown)}. For få af de kompetencer, {which} styrker, kan vises."
            )
        parts.append(f"### {first_upper(_who(group, catalogue))}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _suggestion(offer: Offer, catalogue: Catalogue) -> str:
    match, row = offer.match, offer.row
    said = [f"**{row['titel']}.** {first_upper(row['format'])}, {hours_in_words(row['timer'])}."]
    if offer.choice:
        said.append(f"Den har vi selv taget med: {_ended(offer.why)}")
    if match.known:
        gap = number(match.gap, catalogue.edition.study.decimals)
        items = count(len(match.items))
        said.append(f"Træf er {number(match.hit, 0)}, og gabet er {gap} i gennemsnit af {items} kompetencer.")
        if offer.choice and match.hit <= RANDOM:
            said.append("Den rammer altså ikke deres største behov bedre end et tilfældigt valg.")
        if match.possible is not None and match.sure is not None:
            said.append(_among_the_first(match.sure, match.possible))
    told = [
        before + _share(answer) + after
        for before, answer, after in (
            ("den form vil ", offer.wanted, " gerne have"),
            ("tidspunktet passer for ", offer.suited, ""),
        )
        if answer is not None and answer["shown"]
    ]
    said += [_ended(first_upper(", og ".join(told)))] if told else []
    return " ".join(said)


def _among_the_first(sure: int, possible: int) -> str:
    """Say how many competences are among the five largest needs, which is not sure where intervals overlap."""
    if not possible:
        return "Ingen af dem er blandt de fem største behov."
    most = _few(possible)
    if sure == possible:
        return f"{first_upper(most)} af dem er blandt de fem største behov."
    if not sure:
        return f"Højst {most} af dem er blandt de fem største behov."
    return f"Mindst {_few(sure)} og højst {most} af dem er blandt de fem største behov."


def _few(value: int) -> str:
    return "én" if value == 1 else count(value)


def _share(answer: Answer) -> str:
    return share(float(answer["value"]), int(answer["n"]))


def _who(group: str, catalogue: Catalogue) -> str:
    return catalogue.edition.group_in(group, catalogue.place(group))


def _titles(offers: Iterable[Offer]) -> str:
    return listing(f"»{offer.row['titel']}«" for offer in offers)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def note_match() -> str:
    """Say what the columns of the table of matches are.

    Examples
    --------
    >>> note_match().split(": ")[0]
    'Gab'
    """
    return (
        "Gab: gennemsnittet af aktivitetens kompetencer. Dækning: dens del af alle gab, der kan vises. Sikre og mulige:"
        " hvor mange af dens kompetencer der sikkert og måske er blandt de fem største behov. Kompetencer: hvor mange"
        " tallene bygger på. –: kan ikke beregnes, eller der er ikke spurgt."
    )


def list_missing(catalogue: Catalogue) -> str:
    """List what each group asked for, and strengthens, that the catalogue has nothing for.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    str
        Markdown, a bullet a group; only what is shown is told.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> print(list_missing(example_catalogue()).replace(chr(160), " "))
    * **Lokalrådsmedlemmer:** Nogle ønsker »Studietur« (12 af 24), men den form er ikke i kataloget til dem. Ingen \
aktivitet til dem styrker »Lede møder« (gab 0,5), som er blandt deres største behov.
    """
    lines = []
    for group in catalogue.offers:
        forms = catalogue.not_offered(group, "form_kode")[:MOST]
        times = catalogue.not_offered(group, "tidspunkt")
        gaps = catalogue.not_covered(group)
        said = []
        if forms:
            which = "den form" if len(forms) == 1 else "de former"
            said.append(f"Nogle ønsker {_answers(forms)}, men {which} er ikke i kataloget til dem.")
        if times:
            said.append(f"For nogle passer {_answers(times)} bedst, men da er der ingen aktiviteter til dem.")
        if gaps:
            digits = catalogue.edition.study.decimals
            labels = listing(f"»{label}« (gab {number(gap, digits)})" for label, gap in gaps)
            said.append(f"Ingen aktivitet til dem styrker {labels}, som er blandt deres største behov.")
        said = said or ["Kataloget har noget til de ønsker og de største behov, der kan vises."]
        lines.append(f"* **{first_upper(_who(group, catalogue))}:** {' '.join(said)}")
    return "\n".join(lines) or NO_CATALOGUE


def _answers(rows: Sequence[Answer]) -> str:
    return listing(f"»{row['label']}« ({_share(row)})" for row in rows)


def list_catalogue(catalogue: Catalogue) -> str:
    """List every activity: what it is, for whom, how long, and when.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    str
        Markdown, in the order of the catalogue.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> print(list_catalogue(example_catalogue()).splitlines()[0])
    * **Fonde for begyndere.** Webinar, 1½ time, for lokalrådsmedlemmer. Hverdage efter kl. 17, plads til 60.
    """
    lines = []
    for row in catalogue.rows:
        whom = listing(catalogue.edition.group_name(group) for group in row["maalgruppe"])
        when = [row["tidspunkt"], f"plads til {number(row['plads_til'], 0)}" if row["plads_til"] else ""]
        told = ", ".join(filter(None, when))
        rest = f" {_ended(first_upper(told))}" if told else ""
        lines.append(
            f"* **{row['titel']}.** {first_upper(row['format'])}, {hours_in_words(row['timer'])}, for {whom}.{rest}"
        )
    return "\n".join(lines) or NO_CATALOGUE


def text_joining(catalogue: Catalogue) -> str:
    """Say how to sign up, as the catalogue says it; of whom to ask where it does not.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> print(text_joining(example_catalogue()))
    * **Fonde for begyndere:** Skriv til koordinatoren.
    * **Klart sprog:** Spørg Udgiveren, hvordan I kommer med.
    """
    contact = catalogue.edition.study.contact or catalogue.edition.study.organisation
    asked = f"Spørg {contact}, hvordan I kommer med."
    ways: dict[str, list[str]] = {}
    for row in catalogue.rows:
        ways.setdefault(_ended(row["tilmelding"] or asked), []).append(str(row["titel"]))
    if len(ways) == 1:
        return next(iter(ways))
    return "\n".join(f"* **{listing(titles)}:** {way}" for way, titles in ways.items()) or NO_CATALOGUE


def text_interest(catalogue: Catalogue) -> str:
    """Say what the numbers of those who would come are.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> text_interest(example_catalogue()).split(". ")[0]
    'Tabellen viser, hvor mange der har meldt interesse for de næste forløb'
    """
    few = catalogue.edition.study.thresholds.min_n
    return (
        "Tabellen viser, hvor mange der har meldt interesse for de næste forløb. Tallene er fra alle grupper og"
        f" kommuner under ét. Færre end {count(few)} vises ikke."
    )


def list_learning_caveats() -> str:
    """List what the numbers of a match do not say.

    Examples
    --------
    >>> list_learning_caveats().splitlines()[-2]
    '* Tallene siger ikke, om en aktivitet virker.'
    """
    return "\n".join(f"* {caveat}" for caveat in CAVEATS)
