"""What is hidden, in Danish: how it was decided, and what has been hidden since the pages were last sent."""

from __future__ import annotations

from blupkit.core.danish import number
from blupkit.core.study import ALL, Edition
from blupkit.disclosure import Release, SafeTable
from blupkit.disclosure.quantities import Reason


def text_release(release: Release) -> str:
    """Say that it was checked that nothing shown gives the hidden numbers away.

    Parameters
    ----------
    release : Release
        What was decided.

    Returns
    -------
    str
        One paragraph.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_release(example_reader()[0])[:68]
    'Tal, der kunne røbe, hvad nogen har svaret, er skjult. Vi har kontro'
    """
    if release.decisions.empty and not release.targets:
        return "Ingen tal er skjult på siderne."
    if not release.targets:
        return "Tal, som for få svar ligger bag, er skjult. Ingen af dem kan regnes ud af de tal, der står her."
    return (
        "Tal, der kunne røbe, hvad nogen har svaret, er skjult. Vi har kontrolleret, at skjulte tal ikke kan regnes ud"
        " af de viste så præcist, at det røber, hvad en enkelt har svaret. Kontrollen gælder alle sider på én gang. Man"
        " kan dog se det, når ingen eller alle i en gruppe har valgt et svar."
    )


def text_unproven(release: Release) -> str:
    """Say to the consultant of how many hidden numbers it is not proven that hiding them tells nothing.

    Parameters
    ----------
    release : Release
        The whole decision.

    Returns
    -------
    str
        One paragraph; "" where there are none.

    Examples
    --------
    >>> from blupkit.survey.example import example_whole
    >>> text_unproven(example_whole())
    ''
    """
    if not release.unproven:
        return ""
    return (
        f"Hvilke tal der er skjult sammen, følger af, hvor mange der er inviteret, og ikke af svarene. For"
        f" {number(release.unproven, 0)} af de skjulte tal har det ikke været nok. Dér er der skjult mere for at"
        " holde et tal hemmeligt. Det er ikke bevist, at valget af, hvad der er skjult, i sig selv intet røber. Ingen"
        " tal kan regnes ud."
    )


def text_notes(release: Release) -> str:
    """Say to the consultant which new answers wait, and which of her own tables cannot be shown and why.

    Parameters
    ----------
    release : Release
        The whole decision.

    Returns
    -------
    str
        A bullet each, in Markdown; "" where there is nothing to say.

    Examples
    --------
    >>> from blupkit.survey.example import example_whole
    >>> text_notes(example_whole())
    ''
    """
    return "\n".join(f"- {note}" for note in release.notes)


def text_late(release: Release) -> str:
    """Say on a page that numbers which the last one showed are hidden now, because few new answers have come.

    Parameters
    ----------
    release : Release
        What one reader's pages read.

    Returns
    -------
    str
        One paragraph; "" where it is not so.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_late(example_reader()[0])  # nothing has been sent before
    ''
    """
    if not (release.decisions["reason"] == Reason.LATE).any():
        return ""
    return (
        "**Færre tal end sidst:** Kun få besvarelser i nogle af grupperne er nye, rettet eller taget ud, siden siderne"
        " sidst blev sendt. Forskellen mellem de gamle og de nye tal kunne røbe, hvad de få har svaret. Derfor er nogle"
        " af de tal, der blev vist sidst, skjult denne gang."
    )


def text_compared(edition: Edition, *tables: SafeTable) -> str:
    """Say how the municipalities stand side by side, or that nothing of them may be shown so.

    Parameters
    ----------
    edition : Edition
        The page for all.
    *tables : SafeTable
        What is set side by side, with rows of every municipality.

    Returns
    -------
    str
        One paragraph.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.survey.example import example_whole
    >>> edition = read_edition(example_study(), "alle")
    >>> text_compared(edition, example_whole().needs)[:59]
    'Kommunerne står altid i samme rækkefølge, hvad tallene end '
    >>> text_compared(edition)
    'Ingen kommuner har tal, der kan vises ved siden af hinanden.'
    """
    if not any((table.shown["municipality"] != ALL).any() for table in tables if len(table.frame)):
        return "Ingen kommuner har tal, der kan vises ved siden af hinanden."
    line = f" Stregen er tallet for {edition.place} under ét." if any(len(table.total) for table in tables) else ""
    return (
        f"Kommunerne står altid i samme rækkefølge, hvad tallene end er.{line} Små forskelle mellem kommunerne kan være"
        " tilfældige, især hvor få har svaret."
    )
