"""The letters of the survey: to those who are asked, and to the coordinator who sends them on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from blupkit.app.fieldwork.sheet import Blocks, Gaps, front, section, steps, text
from blupkit.core.danish import count, first_upper, listing, long_date

if TYPE_CHECKING:
    from blupkit.activities.sending import Sending
    from blupkit.core.study import Edition, Study


def title_of(study: Study) -> str:
    """Give what the survey is called to those who are asked.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> title_of(example_study())
    'Spørgeskema: Eksemplet'
    """
    return study.heading or f"Spørgeskema: {study.name}"


def invitation(edition: Edition, sending: Sending, gaps: Gaps) -> Blocks:
    """Write the invitation to one group in one municipality.

    Parameters
    ----------
    edition : Edition
        The municipality's words.
    sending : Sending
        What the study says of the group there.
    gaps : Gaps
        Gets what is missing.

    Returns
    -------
    list of Block
        The letter.

    Examples
    --------
    >>> from blupkit.activities.sending import read_sendings
    >>> from blupkit.app.fieldwork.sheet import Gaps
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.report.office.blocks import words_of
    >>> study, gaps = example_study(), Gaps()
    >>> letter = invitation(read_edition(study, "nordby"), read_sendings(study).rows["nordby", "L"], gaps)
    >>> words_of(letter[2]), gaps.lines()[-1][:30]
    ('Til lokalrådsmedlemmer i Nordby Kommune', 'hvem der sender: spoergeskema/')
    """
    study = edition.study
    purpose = gaps.fill(study.purpose, "hvad svarene skal bruges til", "study.toml, formaal")
    return [
        *front(study, title_of(study), _to(edition, sending)),
        *text(
            f"{study.organisation} gennemfører undersøgelsen »{study.name}«. Formålet er {purpose}.",
            f"Svar senest {_deadline(sending, gaps)} her: {_link(sending, gaps)}",
            _minutes(sending),
        ),
        *section("Frivilligt og fortroligt", *promises(edition, sending.group)),
        *text("Hvordan vi behandler dine oplysninger, står i det vedlagte »Sådan behandler vi dine oplysninger«."),
        *section("Har du spørgsmål?", f"Skriv til {_contact(study, sending, gaps)}."),
        *_signed(sending, gaps),
    ]


def reminder(edition: Edition, sending: Sending, gaps: Gaps) -> Blocks:
    """Write the reminder to one group in one municipality; it goes to all of the group, and says so.

    Parameters
    ----------
    edition, sending, gaps
        As for `invitation`.
    """
    study = edition.study
    when = f"{first_upper(long_date(sending.sent))} blev du inviteret" if sending.sent else "Du er inviteret"
    return [
        *front(study, reminder_title(study), _to(edition, sending)),
        *text(
            f"{when} til at svare på et spørgeskema fra {study.organisation}.",
            "Har du allerede svaret, så tak for det. Du skal ikke gøre mere. Påmindelsen går til hele gruppen.",
            f"Ellers kan du nå det endnu. Svar senest {_deadline(sending, gaps)} her: {_link(sending, gaps)}",
            _minutes(sending),
            "Det er frivilligt at svare, og svarene behandles fortroligt.",
            f"Har du spørgsmål, så skriv til {_contact(study, sending, gaps)}.",
        ),
        *_signed(sending, gaps),
    ]


def reminder_title(study: Study) -> str:
    """Give what the reminder is called.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> reminder_title(example_study())
    'Påmindelse: Spørgeskema: Eksemplet'
    """
    return f"Påmindelse: {title_of(study)}"


def introduction(edition: Edition, sending: Sending, gaps: Gaps, *, opens: bool) -> Blocks:
    """Write what stands before the questions on paper.

    Parameters
    ----------
    edition, sending, gaps
        As for `invitation`.
    opens : bool
        Whether there are questions to answer in one's own words.
    """
    study = edition.study
    names = "Skriv ikke navne på personer, når du svarer med dine egne ord." if opens else ""
    return [
        *front(study, title_of(study), f"Spørgeskema til {_who(edition, sending.group)}"),
        *text(
            f"Undersøgelsen »{study.name}« gennemføres af {study.organisation}.",
            f"Fristen er {_deadline(sending, gaps)}. {_minutes(sending)}".strip(),
            " ".join([*promises(edition, sending.group), names]).strip(),
            own_words(edition),
            f"Aflever skemaet i en lukket kuvert. Har du spørgsmål, så skriv til {_contact(study, sending, gaps)}.",
        ),
    ]


def coordinator(edition: Edition, sendings: Sequence[Sending], gaps: Gaps) -> Blocks:
    """Write to the coordinator what is to be sent to whom, and when.

    Parameters
    ----------
    edition : Edition
        The municipality's words.
    sendings : sequence of Sending
        One for each group.
    gaps : Gaps
        Gets what is missing.
    """
    study = edition.study
    return [
        *front(study, coordinator_title(study), f"Til koordinatoren i {edition.place}"),
        *text("Tak, fordi du hjælper med at sende spørgeskemaet ud. Alt, hvad du skal bruge, er vedhæftet."),
        *section("Sådan gør du"),
        *steps(
            "Sæt teksten til hver gruppe ind i en mail, og send den på den dag, der står nedenfor.",
            "Vedhæft »databeskyttelse.docx« hver gang.",
            "Send påmindelsen til hele gruppen på dens dag, uanset hvor mange der har svaret.",
            "Vil nogen svare på papir, så print spørgeskemaet til deres gruppe. Svarene sendes til os i lukket kuvert.",
            "Skriv til os, hvor mange du har sendt det til i hver gruppe, og hvordan. Skriv kun antal, ikke navne.",
        ),
        *section("Grupperne", *(_told(edition, sending, gaps) for sending in sendings)),
        *text(
            f"Skriv til {gaps.fill(study.contact, 'hvem man kan skrive til', 'study.toml, kontakt')}, hvis noget"
            " driller.",
            "Venlig hilsen",
            study.organisation,
        ),
    ]


def coordinator_title(study: Study) -> str:
    """Give what the mail to the coordinator is called.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> coordinator_title(example_study())
    'Hjælp til at sende spørgeskemaet ud: Eksemplet'
    """
    return f"Hjælp til at sende spørgeskemaet ud: {study.name}"


def promises(edition: Edition, group: str) -> list[str]:
    """Say what those who answer are promised, as the study's rules keep it.

    Parameters
    ----------
    edition : Edition
        The municipality's words.
    group : str
        The group's key.

    Returns
    -------
    list of str
        That it is voluntary, and what is shown of it.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> promises(read_edition(example_study(), "nordby"), "L")[1]
    'Svarene behandles fortroligt. Resultaterne vises kun for grupper, hvor mindst fem har svaret.'
    """
    study = edition.study
    least = count(study.thresholds.min_n)
    together = f" Svar fra {study.group(group).name} vises kun for alle kommuner under ét."
    return [
        "Det er frivilligt at svare, og du kan springe spørgsmål over.",
        f"Svarene behandles fortroligt. Resultaterne vises kun for grupper, hvor mindst {least} har svaret."
        + together * (group in edition.common_groups),
    ]


def own_words(edition: Edition) -> str:
    """Say what the groups are called here, where the questionnaire has the same words for all municipalities.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> own_words(read_edition(example_study(), "nordby"))
    ''
    """
    known = {group.name: edition.group_name(group.key) for group in edition.study.groups}
    other = [f"»{common}« er her {local}" for common, local in known.items() if local != common]
    return f"Skemaet har de samme ord i alle kommuner: {listing(other)}." if other else ""


def _told(edition: Edition, sending: Sending, gaps: Gaps) -> str:
    group = sending.group
    sent = _day(sending.sent, gaps, "hvornår det sendes", sending.where, "dato")
    minded = f", og »paamindelse_{group}.txt« {long_date(sending.reminder)}" if sending.reminder else ""
    how = f" Vi har noteret: {sending.channel}." if sending.channel else ""
    return (
        f"{first_upper(edition.group_name(group))}: Send »invitation_{group}.txt« {sent}{minded}."
        f" Fristen er {_deadline(sending, gaps)}.{how}"
    )


def _to(edition: Edition, sending: Sending) -> str:
    return f"Til {_who(edition, sending.group)}"


def _who(edition: Edition, group: str) -> str:
    return f"{edition.group_name(group)} i {edition.place}" if edition.municipality else edition.group_name(group)


def _minutes(sending: Sending) -> str:
    return f"Det tager omkring {sending.minutes} minutter at svare." if sending.minutes else ""


def _day(day: date | None, gaps: Gaps, what: str, where: str, column: str) -> str:
    return gaps.fill(long_date(day) if day else "", what, f"{where}, kolonne {column}")


def _deadline(sending: Sending, gaps: Gaps) -> str:
    return _day(sending.deadline, gaps, "fristen", sending.where, "frist")


def _link(sending: Sending, gaps: Gaps) -> str:
    return gaps.fill(sending.link, "linket til skemaet", f"{sending.where}, kolonne link")


def _contact(study: Study, sending: Sending, gaps: Gaps) -> str:
    return gaps.fill(sending.contact or study.contact, "hvem man kan skrive til", "study.toml, kontakt")


def _signed(sending: Sending, gaps: Gaps) -> Blocks:
    who = gaps.fill(sending.sender, "hvem der sender", f"{sending.where}, kolonne afsender")
    return text("Venlig hilsen", who)
