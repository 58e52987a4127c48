"""What is on the panel as a table of her own on the pages: its lines in study.toml, and whether it can be one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from typing import Final

from blupkit.app.exploring.choice import Choice, RefusedError, Tab
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.survey_tab import Look
from blupkit.app.own_tables import own_table_preview, own_table_verdict
from blupkit.core import ALL, STUDY_FILE, BlupkitError, DataError, Fault, Study, read_study
from blupkit.core.danish import first_lower
from blupkit.core.files import read_text, write_whole
from blupkit.core.sections import BY_GROUP, OwnTable
from blupkit.survey import Responses
from blupkit.survey.exploring.questions import find_question
from blupkit.survey.own import own_faults
from blupkit.survey.reading.questionnaire import GROUP, MUNICIPALITY, Kind

#: What is said once it is written.
DECLARED: Final = "»{name}« står nu nederst i study.toml. Lav siderne igen, så kommer den med."
_WHOLE: Final = "En tabel på siderne gælder alle, der har svaret: Fjern filter og gruppe først."
_PLACE: Final = "Hver kommune får sin egen side; vælg noget andet end kommune at fordele på."


def own_table(materials: Materials, choice: Choice) -> OwnTable:
    """Give what is chosen as a table of her own.

    Parameters
    ----------
    materials : Materials
        The study and its answers.
    choice : Choice
        A question in the survey's tab, and what it is split by; without that, by group.

    Returns
    -------
    OwnTable
        For the municipalities that are chosen, or for all.

    Raises
    ------
    RefusedError
        What is shown can be no table on a page; the message says what to change.
    DataError
        The questionnaire does not allow it, or the study declares it already.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> own = own_table(Materials(example_study()), Choice(question="form", places=("nordby",)))
    >>> own.name, own.readers
    ('Hvordan vil du helst lære?', ('nordby',))
    """
    if choice.tab != Tab.SURVEY or choice.look not in ("", Look.SHARES) or not choice.question:
        raise RefusedError("Vælg et spørgsmål i »Spørgeskema«, vist som antal og procent.")
    if choice.answer or choice.group:
        raise RefusedError(_WHOLE)
    if choice.by == MUNICIPALITY:
        raise RefusedError(_PLACE)
    return _own(materials, choice.question, choice.by, choice.places or (ALL,))


def add_own_table(study: Study, question: str, by: str = BY_GROUP, municipalities: Sequence[str] = (ALL,)) -> str:
    """Skriv din egen tabel i study.toml, så den kommer med, næste gang siderne laves.

    Nothing is shown by that: the next decision hides of it what may not be shown, or refuses it.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned; not changed, so read it again afterwards.
    question, by : str
        What the table is of, and what it is split by, by variable or subject; without the latter by group.
    municipalities : sequence of str
        The slugs of those whose own numbers are wanted; "alle" for all together.

    Returns
    -------
    str
        What is written, and what the rule on n allows of it, in Danish.

    Raises
    ------
    FileError, DataError
        There is no such question or municipality, with the nearest; the study has the table already; or its file cannot
        be written.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> add_own_table(example_study(), "form", "frm")
    Traceback (most recent call last):
    blupkit.core.errors.DataError: spørgeskemaet: Her står »frm«. Forventet: ... Mente du »form« ...
    """
    materials = Materials(study)
    names = [find_question(materials.responses, name).name for name in (question, by)]
    own = _own(materials, names[0], names[1], tuple(municipalities))
    said = first_look(materials, own)
    declare(materials, own)
    return f"{DECLARED.format(name=own.name)}\n{said}"


def _own(materials: Materials, question: str, by: str, readers: tuple[str, ...]) -> OwnTable:
    split_by = BY_GROUP if by in ("", GROUP) else by
    name, title = _asked(materials.responses, question)
    split = f" fordelt på {first_lower(materials.responses.labels.title_of(split_by))}" if split_by != BY_GROUP else ""
    own = OwnTable(name=f"{title}{split}", question=name, by=split_by, readers=readers)
    release = materials.study.release
    wanted = materials.study.model_copy(update={"release": release.model_copy(update={"own": (*release.own, own)})})
    faults = own_faults(wanted, materials.responses.questionnaire)
    if faults:
        raise DataError(faults[-1])
    return own


def _asked(responses: Responses, name: str) -> tuple[str, str]:
    """Give a question as study.toml names it, and its title: a rating or a statement goes by what is rated."""
    variables = responses.questionnaire.variables
    rated = variables[variables["kind"].isin([Kind.IMPORTANCE, Kind.LEVEL, Kind.STATEMENT])]
    own = rated[(rated["variable"] == name) | (rated["item"] == name)]
    if own.empty:
        return name, responses.labels.title_of(name)
    return str(own["item"].iloc[0]), str(own["label"].iloc[0])


def toml_lines(own: OwnTable) -> str:
    """Write a table of her own as it stands in study.toml.

    Examples
    --------
    >>> print(toml_lines(OwnTable(navn="Tid efter alder", spoergsmaal="tid", fordelt_paa="alder", for_hvem="slagelse")))
    [[udgivelse.egen]]
    navn = "Tid efter alder"
    spoergsmaal = "tid"
    fordelt_paa = "alder"
    for_hvem = ["slagelse"]
    """
    values = {"navn": own.name, "spoergsmaal": own.question, "fordelt_paa": own.by, "for_hvem": list(own.readers)}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[[udgivelse.egen]]", *lines])


def first_look(materials: Materials, own: OwnTable) -> str:
    """Say at once what the rule on n allows, a line for each group."""
    return own_table_preview(materials.study, own.question, own.by, own.readers, materials.responses)


def verdict(study: Study, own: OwnTable) -> str:
    """Say what the whole decision says of it, or why there is none; it takes some seconds."""
    try:
        return own_table_verdict(study, own)
    except BlupkitError as error:
        return f"Der kan ikke træffes nogen afgørelse nu. {error.faults[0]}"


def declare(materials: Materials, own: OwnTable) -> None:
    """Write a table of her own at the end of study.toml; the rest of the file stays as it is.

    Raises
    ------
    FileError, DataError
        The file cannot be read or written, or would no longer be a study.
    """
    path = materials.study.folder / STUDY_FILE
    text, raw = read_text(path), path.read_bytes()
    lines = f"\n\n{toml_lines(own)}\n"
    try:
        tomllib.loads(text.rstrip() + lines)
    except tomllib.TOMLDecodeError as error:
        action = "Sæt selv linjerne ind; »udgivelse« må ikke stå på én linje."
        raise DataError(
            Fault(STUDY_FILE, "»udgivelse = {…}«", "et afsnit [udgivelse]", action, quotes=False)
        ) from error
    end = "\r\n" if b"\r\n" in raw else "\n"
    write_whole(path, raw.rstrip() + lines.replace("\n", end).encode(_encoding(raw)))
    materials.study = read_study(materials.study.folder)


def _encoding(raw: bytes) -> str:
    """Say how the file is written, as `read_text` takes it."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
