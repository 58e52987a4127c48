"""Who talked and how it was coded, in Danish sentences: the front of the theme page, and its method."""

from __future__ import annotations

import pandas as pd

from blupkit.core import BlupkitError, Edition, Study
from blupkit.core.batch_memory import once
from blupkit.core.danish import NO_BREAK, count, first_upper, listing, many, number, percent
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import spread
from blupkit.interviews.analysis.findings import count_neuter, text_groups_differ, text_themes
from blupkit.interviews.coding.coded import Coded, read_coded
from blupkit.interviews.coding.codings import edited_under
from blupkit.interviews.transcripts.register import read_register


def facts(coded: Coded, edition: Edition) -> list[tuple[str, str]]:
    """Give the facts of the page's front block.

    Parameters
    ----------
    coded : Coded
        The interviews.
    edition : Edition
        The reader.

    Returns
    -------
    list of tuple of str and str
        Name and value.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> facts(interviews.read_coded(study), core.read_edition(study, "alle"))[1:]
    [('Interview', '1'), ('Deltagere', '2'), ('Ture fra deltagerne', '3')]
    """
    people, files = coded.participant_turns, edition.study.interviews
    return [
        ("Periode", (files.period if files else "") or edition.study.period),
        ("Interview", number(coded.turns["interview"].nunique(), 0)),
        ("Deltagere", number(len(people[["interview", "speaker"]].drop_duplicates()), 0)),
        ("Ture fra deltagerne", number(len(people), 0)),
    ]


def short_answer(edition: Edition, coded: Coded, reach: pd.DataFrame, themes: SafeTable) -> str:
    """Give the page's short answer in Markdown.

    Parameters
    ----------
    edition : Edition
        The reader.
    coded : Coded
        The interviews.
    reach : pandas.DataFrame
        What `spread` counted.
    themes : SafeTable
        What `theme_counts` counted by group.

    Returns
    -------
    str
        Three bullets; above them a warning where only search patterns have marked the passages.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> themes = SafeTable(interviews.theme_counts(coded).assign(status="vist"), 5)
    >>> print(short_answer(core.read_edition(study, "alle"), coded, spread(coded), themes).splitlines()[1])
    - **Hvad talte de om?** Flest deltagere, to af to, taler om »Roller«.
    """
    bullets = [
        f"- **Hvem talte?** {text_interviews(coded, edition.study)}",
        f"- **Hvad talte de om?** {text_themes(reach)}",
        f"- **Hvor var der forskel?** {text_groups_differ(themes, edition)}",
    ]
    warning = text_suggested(coded)
    return "\n".join([*([warning, ""] if warning else []), *bullets])


def text_in_short(study: Study) -> str:
    """Say on a page about something else what the interviews were about: the themes, and who did not take part.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    str
        Markdown, the same for every municipality: what was said is never tied to one. Polite where there are no
        interviews, nobody has coded them yet, or they cannot be read: a damaged transcript must not keep the survey's
        pages back, and is told of by `check_interviews` and by the interviews' own page.

    Examples
    --------
    >>> from blupkit import core
    >>> [line for line in text_in_short(core.example_study()).splitlines() if line.startswith("-")]
    ['- **»Roller« og »Økonomi«:** nævnt.']
    """
    return once("interviewene i kort form", study.folder, lambda: _in_short(study))


def _in_short(study: Study) -> str:
    if study.interviews is None or not study.interviews.codings:
        return "Der er ingen interview i undersøgelsen, eller de er endnu ikke kodet."
    try:
        coded = read_coded(study)
    except BlupkitError:
        return "Interviewene er ikke med på denne side endnu."
    reach = spread(coded, study)
    apart = "Interviewene er ikke knyttet til kommunerne her, for deltagerne skal ikke kunne genkendes."
    counted = "Herunder står, hvor mange der har været inde på hvert tema. Det er antal, ikke andele."
    head = [text_interviews(coded, study), text_suggested(coded), f"{text_themes(reach)} {counted}"]
    return "\n\n".join([*filter(None, head), list_spread(reach), apart])


def text_suggested(coded: Coded) -> str:
    """Say that what is shown is only suggested, where it is.

    Parameters
    ----------
    coded : Coded
        The interviews.

    Returns
    -------
    str
        Markdown; empty where a person has coded.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> text_suggested(coded)
    ''
    >>> text_suggested(replace(coded, codings=interviews.suggest_codes(coded)))[:44]
    '**Forslag – ikke kodet af et menneske.** Int'
    """
    if not coded.is_suggested:
        return ""
    return (
        "**Forslag – ikke kodet af et menneske.** Interviewene er endnu ikke kodet. Tallene på denne side er steder,"
        " som kodebogens søgemønstre peger på. De kan være forkerte og skal læses igennem, før de bruges."
    )


def list_spread(reach: pd.DataFrame) -> str:
    """List the themes with how far each one reaches, in Markdown; those that reach as far stand in one line.

    Parameters
    ----------
    reach : pandas.DataFrame
        What `spread` counted; not changed.

    Returns
    -------
    str
        The widest first, never per cent: four groups of four are no sample.

    Examples
    --------
    >>> text = ["11 af 16 deltagere i alle fire grupper", "alle 16 deltagere", "alle 16 deltagere"]
    >>> reach = pd.DataFrame({"theme_name": ["Tillid", "Roller", "Tid"], "groups": 4, "participants": [11, 16, 16]})
    >>> print(list_spread(reach.assign(text=text)))
    - **»Roller« og »Tid«:** alle 16 deltagere.
    - **»Tillid«:** 11 af 16 deltagere i alle fire grupper.
    """
    widest = reach.sort_values(["groups", "participants"], ascending=False, kind="stable", na_position="last")
    lines = []
    for text, part in widest.groupby("text", sort=False):
        names = listing(f"»{name}«" for name in part["theme_name"])  # a theme's own name may be a list
        lines.append(f"- **{names}:** {text}.")
    return "\n".join(lines)


def text_interviews(coded: Coded, study: Study) -> str:
    """Say who took part, how much was said, and which groups of the study did not take part.

    Parameters
    ----------
    coded : Coded
        The interviews.
    study : Study
        The groups' names.

    Returns
    -------
    str
        Two to four sentences. The length is told where all transcripts have times.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> text_interviews(coded, study).endswith("Udskriften rummer 24 ord, og samtalen varede 1\N{NO-BREAK SPACE}minut.")
    True
    """
    sentences = [_who_took_part(coded, study), _how_much(coded.turns)]
    absent = [group.name for group in study.groups if group.key not in set(coded.turns["group"])]
    if absent and len(absent) < len(study.groups):
        others = "deres" if len(absent) == 1 else "disse gruppers"
        where = f" {first_upper(others)} syn kendes kun fra spørgeskemaet." if study.survey else ""
        sentences.append(f"{first_upper(listing(absent))} har ikke deltaget i interviewene.{where}")
    return " ".join(sentences)


def _who_took_part(coded: Coded, study: Study) -> str:
    people = coded.participant_turns[["interview", "speaker", "group"]].drop_duplicates(["interview", "speaker"])
    interviews = coded.turns["interview"].nunique()
    if not study.groups or people["group"].iloc[0] not in {group.key for group in study.groups}:
        what = "én udskrift" if interviews == 1 else f"{count(interviews)} udskrifter"
        return f"Materialet er {what} med {_people(len(people), 'taler', 'talere')}."
    together = people.groupby("interview").size().max() > 1
    one, several = ("én fokusgruppe", "fokusgrupper") if together else ("ét interview", "interview")
    what = one if interviews == 1 else f"{count(interviews)} {several}"
    sizes = {group: int((people["group"] == group.key).sum()) for group in study.groups}
    # The study does not know whether one of them is "en" or "et", so that one is a digit, and the others beside it too.
    written = many if 1 in sizes.values() else _people
    parts = [written(size, group.singular.lower(), group.name) for group, size in sizes.items() if size]
    return f"Der er gennemført {what} med i alt {_people(len(people), 'deltager', 'deltagere')}: {listing(parts)}."


def _people(value: int, singular: str, plural: str) -> str:
    return f"{count(value)} {singular if value == 1 else plural}"


def _how_much(turns: pd.DataFrame) -> str:
    ends = turns.assign(last=turns["end"].fillna(turns["start"])).groupby("interview")["last"].max()
    several = len(ends) > 1
    text = f"{'Udskrifterne' if several else 'Udskriften'} rummer {number(int(turns['words'].sum()), 0)} ord"
    if ends.isna().any() or ends.empty:
        return f"{text}."
    minutes = [max(1, round(seconds / 60)) for seconds in ends]
    least, most = min(minutes), max(minutes)
    span = f"{'hver ' if several else ''}{most}" if least == most else f"mellem {least} og {most}"
    unit = "minut" if most == 1 else "minutter"
    return f"{text}, og {'samtalerne' if several else 'samtalen'} varede {span}{NO_BREAK}{unit}."


def text_speaking(coded: Coded) -> str:
    """Say how evenly the participants spoke, and how much those who led the talk did.

    Parameters
    ----------
    coded : Coded
        The interviews.

    Returns
    -------
    str
        Two sentences; "" where nobody but those who lead the talk speaks.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> coded = interviews.read_coded(core.example_study())
    >>> print(text_speaking(coded).replace("\N{NO-BREAK SPACE}", " ").split(". De,")[1])
     der ledede samtalen, sagde 13 pct. af alle ord.
    """
    people = coded.participants
    words = int(coded.turns["words"].sum())
    if people.empty or not words:
        return ""
    led = words - int(coded.participant_turns["words"].sum())
    most, least = people["share"].max(), people["share"].min()
    talks = people["interview"].nunique()
    spans = (
        f"Den, der sagde mest, stod for {percent(100 * most)} af deltagernes ord i sit interview, og den, der"
        f" sagde mindst, for {percent(100 * least)}"
    )
    talk = "samtalen" if talks == 1 else f"de {count(talks)} samtaler"
    lead = f"De, der ledede {talk}, sagde {percent(100 * led / words)} af alle ord."
    return f"{spans} {lead}"


def text_silent(study: Study, coded: Coded) -> str:
    """Name the participants of the register who never take the word, for the consultant.

    Parameters
    ----------
    study : Study
        Its register.
    coded : Coded
        The interviews.

    Returns
    -------
    str
        A list in Markdown; "" where all are heard.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> text_silent(study, replace(coded, turns=coded.turns[coded.turns["role"] != "ansat"])).splitlines()
    ['Disse deltagere står i registret, men har ingen ture:', '', '- Ida Holm i fg1']
    """
    roles = list(study.interviews.roles) if study.interviews else []
    register = read_register(study)
    invited = register.loc[register["role"].isin(roles), ["interview", "name"]].itertuples(index=False, name=None)
    heard = set(zip(coded.turns["interview"], coded.turns["speaker"], strict=True))
    silent = [f"{name} i {interview}" for interview, name in invited if (interview, name) not in heard]
    return "\n- ".join(["Disse deltagere står i registret, men har ingen ture:\n", *silent]) if silent else ""


def text_method_interviews(study: Study, coded: Coded) -> str:
    """Say how the interviews were coded, and what was done to the quotes.

    Parameters
    ----------
    study : Study
        The study.
    coded : Coded
        The interviews.

    Returns
    -------
    str
        Danish prose in three or four sentences.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> text_method_interviews(study, coded).split(". ")[0]
    'Kodebogen har to koder i to temaer'
    """
    themes, codes, limits = len(coded.themes), len(coded.codebook.rows), study.thresholds
    size = f"{_people(codes, 'kode', 'koder')} i {count_neuter(themes)} {'tema' if themes == 1 else 'temaer'}"
    counted = (
        "Der tælles ture, deltagere og grupper, og den, der leder samtalen, tæller ikke med."
        " Det er tal for, hvor udbredt et tema er i samtalerne, og de kan ikke generaliseres til andre. Når færre end"
        f" {count(limits.caution_n)} deltog, står et tal kun, hvis mindst {count(limits.min_n)} deltagere eller ture"
        " står bag det. Ellers står •, så ingen af dem, der var med, kan genkendes."
    )
    quotes = "Citaterne er pseudonymiseret, og hvert af dem er læst og godkendt, før det vises."
    return " ".join(
        [f"Kodebogen har {size}.", *_who_coded(study, coded.by_hand), *_edited(study, coded), counted, quotes]
    )


def _edited(study: Study, coded: Coded) -> list[str]:
    """Say how many codings a person has not seen where they stand now, and how many do not count."""
    files = study.interviews
    coder = (files.main_coder or next(iter(files.codings), "")) if files else ""
    found = edited_under(study, coded, coder)
    told = {
        "er fulgt med ordene, da udskriften blev rettet, og tæller med, men er ikke set efter endnu.": len(found.moved),
        "tæller ikke med, fordi udskriften er rettet, efter at der blev kodet.": found.aside,
    }
    places = {rest: f"{count_neuter(number)} {'sted' if number == 1 else 'steder'}" for rest, number in told.items()}
    return [f"{places[rest].capitalize()} {rest}" for rest, number in told.items() if number]


def _who_coded(study: Study, codings: pd.DataFrame) -> list[str]:
    if codings.empty:
        return [
            "Interviewene er endnu ikke kodet: Tallene bygger på forslag, som et program har fundet med kodebogens"
            " søgemønstre. Et forslag bliver først til en kode, når en person har læst stedet og taget stilling."
        ]
    whole = len(study.interviews.transcripts) if study.interviews else 0
    sentences = []
    for coder, part in codings.groupby("coder", sort=False):
        done = part["interview"].nunique()
        which = "alle interview" if done == whole > 1 else f"{count_neuter(done)} af {count_neuter(whole)} interview"
        which = "interviewet" if whole == 1 else which
        passages = "ét sted" if len(part) == 1 else f"{number(len(part), 0)} steder"
        sentences.append(f"Én person (koder {coder}) har kodet {passages} i {which}.")
    return [*sentences, "Programmets forslag er ikke koder og indgår ikke i tallene."]
