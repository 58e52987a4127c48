"""What each survey system writes beside the answers, and how its exports are recognised by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from blupkit.core.sections import System

#: LimeSurvey's "code. text", and Qualtrics' two headings joined; the code may have its sub-question in brackets.
CODE_AND_TEXT: Final = re.compile(r"(\w+(?:\[[^\]]*\])*)\.\s+(.+)", re.DOTALL)

#: A number that a question was given ("1) …", "2.1 …", "Spørgsmål 3: …"), and the star of one that must be answered.
_ASKED: Final = re.compile(
    r"(?:(?:spørgsmål|spm\.?|question|q)?\s*(?:\d{1,3}(?:\.\d{1,3})+[.):]?|\d{1,3}\s*[.):–-])\s+)?(\S.*?)\s*\*?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Convention:
    """What one survey system writes beside the answers.

    Parameters
    ----------
    title : str
        The system's name.
    needed : tuple of str
        Columns that it always writes; one of them must be there, or the file comes from elsewhere.
    own : str
        A pattern for its own columns, which are no questions.
    separator : str
        What stands between the choices that it joins in one cell; "" when each has its own column, or when the cells
        themselves must show it.
    sign : tuple of str
        Patterns for headings that, all of them together, no other system writes.
    """

    title: str
    needed: tuple[str, ...]
    own: str
    separator: str = ""
    sign: tuple[str, ...] = ()


#: LimeSurvey, Kobo, Qualtrics and REDCap name their own columns alike in every language. Forms and Google write them in
#: the language of the account: Danish and English are known here. In Enalyzer the study chooses all headings, so it
#: cannot be recognised. The order is that in which they are tried.
CONVENTIONS: Final = {
    System.KOBO: Convention(
        "KoboToolbox",
        ("_id", "_uuid"),
        r"start|end|today|_(id|uuid|submission_time|validation_status|notes|status|tags|index|attachments|_?version_?_)"
        r"|_xform_id_string|_parent_\w+|(meta|formhub)/\w+",
        sign=(r"_id|_index", r"_uuid"),
    ),
    System.LIMESURVEY: Convention(
        "LimeSurvey",
        ("submitdate",),
        r"id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|interviewtime|(group|question)Time\d*|\w+Time"
        r"|(?i:response id|date submitted|last page|start language|date started|date last action|total time"
        r"|seed|\{.*\})",
        sign=(r"submitdate|date submitted", r"lastpage|startlanguage|last page|start language"),
    ),
    System.QUALTRICS: Convention(
        "Qualtrics",
        ("ResponseId", "ResponseID", "_recordId"),
        r"(?i)startdate|enddate|status|progress|duration \(in seconds\)|finished|recordeddate|responseid|_recordid"
        r"|responseset|externaldatareference|distributionchannel|userlanguage|locationaccuracy"
        r"|q_(?:recaptchascore|relevantidduplicate\w*|relevantidfraudscore|relevantidlaststartdate|duplicate\w*"
        r"|totalduration|ballotboxstuffing|datapolicyviolations|straightlining\w*|unansweredpercentage\w*)",
        sign=(r"responseid|_recordid", r"status|finished|recordeddate|distributionchannel"),
    ),
    System.REDCAP: Convention(
        "REDCap",
        (),
        r"record_id|redcap_(?!survey_identifier)\w+|\w+_(?:complete|timestamp)"
        r"|(?i:record id|event name|repeat instrument|repeat instance|data access group|survey timestamp)\d*"
        r"|Complete\?\d*",
        sign=(r"redcap_\w+|record_id|record id", r"redcap_\w+|\w+_complete|complete\?\d*"),
    ),
    System.MENTIMETER: Convention(
        "Mentimeter",
        ("Voter",),
        r"(?i)date( \(utc\))?|session|voter|.*: (name|emoji|score)",
        sign=(r"voter", r"session", r"date( \(utc\))?"),
    ),
    System.SLIDO: Convention(
        "Slido",
        ("Participant ID", "User ID"),
        r"(?i)(participant|user) (id|company)|total correct answers",
        "; ",
        sign=(r"(participant|user) id", r"(participant|user) name", r"(participant|user) company"),
    ),
    System.SURVEYMONKEY: Convention(
        "SurveyMonkey",
        ("Respondent ID", "RespondentID", "respondent_id"),
        r"(?i)(respondent|collector)[ _]?id|(start|end)[ _]?date|date[ _](created|modified)|custom[ _]?(data)?[ _]?\d*",
        sign=(r"respondent[ _]?id", r"collector[ _]?id|start ?date|date[ _]created"),
    ),
    System.ALCHEMER: Convention(
        "Alchemer",
        ("Response ID",),
        r"(?i)response id|time started|date submitted|status|language|legacy comments|comments|tags|link name"
        r"|url variable: \w+",
        sign=(r"response id", r"time started", r"date submitted"),
    ),
    System.JOTFORM: Convention(
        "Jotform",
        ("Submission Date", "Submission ID"),
        r"(?i)submission (date|id)|last update date",
        sign=(r"submission date", r"submission (id|ip)"),
    ),
    System.FORMS: Convention(
        "Microsoft Forms",
        ("ID",),
        r"(?i)id|start time|completion time|last modified time|language|sprog"
        r"|starttidspunkt|(fuldførelses|afslutnings)tidspunkt|tidspunkt for (seneste|sidste) ændring",
        ";",
        sign=(r"id", r"start time|starttidspunkt", r"completion time|(fuldførelses|afslutnings)tidspunkt"),
    ),
    System.GOOGLE: Convention(
        "Google Forms", ("Tidsstempel", "Timestamp"), "Tidsstempel|Timestamp", ", ", sign=("tidsstempel|timestamp",)
    ),
    System.ENALYZER: Convention("Enalyzer", (), r"(?!)"),
    System.TABLE: Convention("tabellen", (), r"(?!)"),
}
#: SurveyXact's own columns for how far an answer came.
STATUS: Final = re.compile(r"stato_\d+")


def code_of(heading: str) -> str:
    """Give the code of LimeSurvey's "code. text", or the heading itself.

    Examples
    --------
    >>> code_of("k1[v]. Hvor vigtigt? [Søge fonde]"), code_of("Hvor vigtigt?")
    ('k1[v]', 'Hvor vigtigt?')
    """
    match = CODE_AND_TEXT.fullmatch(heading)
    return match[1] if match else heading


def words_of(heading: str) -> list[str]:
    """Give what the words of a question may be in a heading: all of it, or without a code, a number or a star.

    Examples
    --------
    >>> words_of("k1. Hvor vigtigt?"), words_of("2) Hvor vigtigt? *"), words_of("Hvor vigtigt?")
    (['k1. Hvor vigtigt?', 'Hvor vigtigt?'], ['2) Hvor vigtigt? *', 'Hvor vigtigt?'], ['Hvor vigtigt?'])
    """
    code, asked = CODE_AND_TEXT.fullmatch(heading), _ASKED.fullmatch(heading.strip())
    return list(dict.fromkeys([heading, *([code[2]] if code else []), *([asked[1]] if asked else [])]))


def recognise(headings: Iterable[str]) -> System:
    """Tell which system an export comes from.

    Parameters
    ----------
    headings : iterable of str
        Its columns.

    Returns
    -------
    System
        The one whose own headings are there; `System.TABLE` where none is recognised.

    Examples
    --------
    >>> recognise(["ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Hvilke?"])
    <System.FORMS: 'forms'>
    >>> recognise(["id", "kommune", "q1"])
    <System.TABLE: 'tabel'>
    """
    codes = [code_of(heading).strip() for heading in headings]
    if any(STATUS.fullmatch(code) for code in codes):
        return System.SURVEYXACT
    for system, convention in CONVENTIONS.items():
        # Google writes its one column of its own before all others; elsewhere a "timestamp" says nothing.
        looked_at = codes[:1] if system == System.GOOGLE else codes
        signs = convention.sign
        if signs and all(any(re.fullmatch(sign, code, re.IGNORECASE) for code in looked_at) for sign in signs):
            return system
    return System.TABLE
