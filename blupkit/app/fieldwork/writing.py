"""All that goes out, read, checked and written: whole, and never over what a person has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blupkit.activities.checks import read_talks
from blupkit.activities.sending import read_sendings
from blupkit.app.fieldwork.asking import asked_of
from blupkit.app.fieldwork.documents import COMMON, survey_documents, talk_documents
from blupkit.app.fieldwork.replacing import replace_written
from blupkit.app.fieldwork.sheet import WORD, Gaps, Outgoing, as_mail
from blupkit.app.fieldwork.xlsform import xlsform
from blupkit.app.year.meetings import workshop_documents
from blupkit.app.year.status import status_files
from blupkit.core.errors import BlupkitError, DataError, Fault
from blupkit.core.study import STUDY_FILE
from blupkit.report.office.word import word_document
from blupkit.survey.reading.questionnaire_file import questionnaire_as_sent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from blupkit.core.outputs import Outputs
    from blupkit.core.study import Study


class SentOut(NamedTuple):
    """What was written.

    Parameters
    ----------
    files : list of pathlib.Path
        What was written, also what was the same already.
    kept : list of pathlib.Path
        What was not, because somebody has changed it since.
    gaps : list of str
        What is missing in them, and where to say it.
    notes : list of str
        Which documents were not made, and why.
    """

    files: list[Path]
    kept: list[Path]
    gaps: list[str]
    notes: list[str]


def send_out(study: Study, outputs: Outputs) -> SentOut:
    """Write what goes out before there are answers, each file whole.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Its output, held by this process.

    Returns
    -------
    SentOut
        The same study gives the same bytes. A file that a person has changed since it was written stays as it is.

    Raises
    ------
    DataError
        All that is wrong in the tables that the documents are made of, at once; then nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> made = send_out(example_study(), Outputs(Path(tempfile.mkdtemp())))
    >>> len(made.files), made.kept
    (27, [])
    """
    if not study.survey and not study.interviews:
        action = "Skriv afsnittet [spoergeskema] eller [interview]."
        raise DataError(Fault(STUDY_FILE, "hverken spørgeskema eller interview", "noget at sende ud", action))
    talks, sendings, questionnaire = read_talks(study), read_sendings(study), questionnaire_as_sent(study)
    if faults := [*sendings.found.faults, *talks.faults]:
        raise DataError(dict.fromkeys(faults))
    gaps, contents = Gaps(), dict[str, bytes]()
    asked = {group: asked_of(questionnaire, group) for group in study.group_keys} if questionnaire else {}
    documents = [*talk_documents(study, talks.tables, gaps)]
    if study.survey:
        documents += survey_documents(study, sendings.rows, asked, gaps)
    documents += workshop_documents(study, gaps)
    if questionnaire:
        contents[f"{COMMON}/spoergeskema_xlsform.xlsx"] = xlsform(study, asked)
    for document in documents:
        contents |= {f"{document.name}{ending}": _written(document, ending, study) for ending in document.endings}
    notes = [*_missing(study, talks.tables)]
    try:
        for place in study.places if study.survey else ():
            contents |= status_files(study, place, outputs.part(place))
    except BlupkitError:
        notes.append("Svarstatus er ikke skrevet, for der er nye svar. Lav siderne først: blupkit render.")
    made, kept = replace_written(contents, outputs)
    return SentOut(made, kept, gaps.lines(), notes)


def _missing(study: Study, there: Collection[str]) -> Iterator[str]:
    """Say which documents there are not, and why."""
    if study.survey and questionnaire_as_sent(study) is None:
        yield "Spørgsmålene står ikke i en tabel i undersøgelsen. Derfor er skemaet ikke skrevet, kun brevene."
    folder = study.activities.folder if study.activities else "aktiviteter"
    also = "" if study.activities else f", og slå [aktiviteter] til i {STUDY_FILE}"
    what = {"samtaleguide": "samtaleguide", "fokusgrupper": "invitation til fokusgrupper"}
    for name, title in what.items():
        if study.interviews and name not in there:
            yield f"Der er ingen {title}: Skriv {folder}/{name}.csv{also}."


def _written(document: Outgoing, ending: str, study: Study) -> bytes:
    if ending != WORD:
        # Notepad and mail programs on Windows know letters and lines by these.
        return as_mail(document.title, document.blocks).replace("\n", "\r\n").encode("utf-8-sig")
    return word_document(
        document.blocks, title=document.title, publisher=study.organisation, day=study.data_date, close=document.close
    )
