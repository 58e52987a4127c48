"""What the theme page says first: who talked, what about, and whether people or only patterns marked it."""

from __future__ import annotations

import pandas as pd

from blupkit.core import BlupkitError, Edition, Study
from blupkit.core.batch_memory import once
from blupkit.core.danish import number
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import participant_turns, spread
from blupkit.interviews.analysis.findings import finding_groups_differ, finding_themes, text_interviews
from blupkit.interviews.coding.codebook import read_codebook
from blupkit.interviews.coding.pattern_suggestions import SUGGESTED, main_codings
from blupkit.interviews.transcripts.reading import read_turns


def facts(turns: pd.DataFrame, edition: Edition) -> list[tuple[str, str]]:
    """Give the facts of the page's front block.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    list of tuple of str and str
        Name and value.
    """
    people, files = participant_turns(turns), edition.study.interviews
    return [
        ("Periode", (files.period if files else "") or edition.study.period),
        ("Interview", number(turns["interview"].nunique(), 0)),
        ("Deltagere", number(len(people[["interview", "speaker"]].drop_duplicates()), 0)),
        ("Ture fra deltagerne", number(len(people), 0)),
    ]


def short_answer(
    edition: Edition, turns: pd.DataFrame, codings: pd.DataFrame, reach: pd.DataFrame, themes: SafeTable
) -> str:
    """Give the page's short answer in Markdown.

    Parameters
    ----------
    edition : Edition
        The reader.
    turns, codings : pandas.DataFrame
        What `read_turns` and `main_codings` returned; not changed.
    reach : pandas.DataFrame
        What `spread` counted.
    themes : SafeTable
        What `theme_counts` counted by group.

    Returns
    -------
    str
        Three bullets; above them a warning where only search patterns have marked the passages.
    """
    bullets = [
        f"- **Hvem talte?** {text_interviews(turns, edition.study)}",
        f"- **Hvad talte de om?** {finding_themes(reach)}",
        f"- **Hvor var der forskel?** {finding_groups_differ(themes, edition)}",
    ]
    warning = text_suggested(codings)
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
    """
    return once("interviewene i kort form", study.folder, lambda: _in_short(study))


def _in_short(study: Study) -> str:
    if study.interviews is None or not study.interviews.codings:
        return "Der er ingen interview i undersøgelsen, eller de er endnu ikke kodet."
    try:
        turns, codebook = read_turns(study), read_codebook(study)
        codings = main_codings(study, turns, codebook)
    except BlupkitError:
        return "Interviewene er ikke med på denne side endnu."
    reach = spread(codings, turns, codebook)
    apart = "Interviewene er ikke knyttet til kommunerne her, for deltagerne skal ikke kunne genkendes."
    counted = "Herunder står, hvor mange der har været inde på hvert tema. Det er antal, ikke andele."
    head = [text_interviews(turns, study), text_suggested(codings), f"{finding_themes(reach)} {counted}"]
    return "\n\n".join([*filter(None, head), list_spread(reach), apart])


def text_suggested(codings: pd.DataFrame) -> str:
    """Say that what is shown is only suggested, where it is.

    Parameters
    ----------
    codings : pandas.DataFrame
        What `main_codings` returned; not changed.

    Returns
    -------
    str
        Markdown; empty where a person has coded.
    """
    if not (codings["source"] == SUGGESTED).any():
        return ""
    return (
        "**Forslag – ikke kodet af et menneske.** Interviewene er endnu ikke kodet. Tallene på denne side er steder,"
        " som kodebogens søgemønstre peger på. De kan være forkerte og skal læses igennem, før de bruges."
    )


def list_spread(reach: pd.DataFrame) -> str:
    """List the themes with how far each one reaches, in Markdown.

    Parameters
    ----------
    reach : pandas.DataFrame
        What `spread` counted; not changed.

    Returns
    -------
    str
        One line a theme, never per cent: four groups of four are no sample.

    Examples
    --------
    >>> list_spread(pd.DataFrame({"theme_name": ["Tillid"], "text": ["i 4 af 4 grupper, af 11 af 16 deltagere"]}))
    '- **Tillid** er nævnt i 4 af 4 grupper, af 11 af 16 deltagere.'
    """
    pairs = zip(reach["theme_name"], reach["text"], strict=True)
    return "\n".join(f"- **{name}** er nævnt {text}." for name, text in pairs)
