"""The decision on what a study's pages show: made, read again, and given to one reader."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

import pandas as pd
from threadpoolctl import threadpool_limits

from blupkit.core import ALL, STUDY_FILE, DataError, Edition, Fault, Study, read_edition
from blupkit.core.files import write_whole
from blupkit.disclosure import (
    Draft,
    SafeTable,
    read_release,
    read_sent,
    release_for,
    select,
    select_edition,
    suppress,
    without_persons,
)
from blupkit.survey.draft import Declared, derived_tables, release_draft, settled_tables
from blupkit.survey.own_release import with_own_tables
from blupkit.survey.persons import KEY_LETTERS, marks_of, persons_by_cell
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import SurveyRelease, Table
from blupkit.survey.waiting import counted

#: The folder of the study in which a release that has been sent is kept.
SENT: Final = "sendt"
#: Where the key of the marks lies, beside the releases that hold them.
KEY_FILE: Final = f"{SENT}/noegle"
Tables = Mapping[str, pd.DataFrame]
Further = Callable[[Responses], Tables]


def make_release(
    responses: Responses, further: Further = lambda counted: {}, key: str = "", *, derived: bool = True
) -> tuple[Draft, SurveyRelease]:
    """Compute and decide a release from the survey, and from what has been sent before.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    further : callable
        Makes more tables of the answers that count (`waiting.counted`), decided together with the survey's; as in
        `disclosure.Draft`.
    key : str
        What `marks_key` gave, where this decision may come to be sent; or `kept_key`, to decide the same again. Chance
        is drawn with it: the same key gives the same intervals, and whoever does not have it cannot draw them.
    derived : bool
        Whether what follows from the decision (places, intervals) is worked out too: it takes most of the time.

    Returns
    -------
    tuple of Draft and SurveyRelease
        What it was decided on, true numbers and all; and the release, ready for pages.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> draft, release = make_release(example_responses())
    >>> release.passed, len(release.tables) > len(draft.tables)
    (True, True)
    """
    # A kernel computes with a thread a core: for matrices as small as these, they wait for each other half of the time.
    with threadpool_limits(limits=1, user_api="blas"):
        return _made(responses, further, key, derived=derived)


def _made(responses: Responses, further: Further, key: str, *, derived: bool) -> tuple[Draft, SurveyRelease]:
    study = responses.study
    # Without a key, as in a notebook before the first batch, the answers themselves are the secret.
    marks, sent = key or marks_key(study), [read_sent(path) for path in sent_releases(study)]
    responses, waiting = counted(replace(responses, secret=key or source_mark(study)), sent, marks)
    draft = release_draft(responses)
    tables = {**draft.tables, **further(responses)}
    draft = replace(draft, tables=tables, persons=persons_by_cell(tables, responses, marks))
    decided = draft.tables.keys()
    draft, release = with_own_tables(draft, suppress(draft, study, sent), responses, sent, marks)
    shown = {name: table for name, table in release.tables.items() if len(table.frame) or name in decided}
    if derived:
        shown = settled_tables(replace(release, tables=shown), study.thresholds.caution_n)
        shown |= derived_tables(shown, Declared.of(responses), study)
    notes = (waiting, *release.notes) if waiting else release.notes
    return draft, SurveyRelease(**vars(replace(release, tables=shown, source=source_mark(study), notes=notes)))


def whole_release(study: Study, file: str | Path) -> SurveyRelease:
    """Read what was decided for all pages together, when it still holds.

    Parameters
    ----------
    study : Study
        The study.
    file : str or pathlib.Path
        What `disclosure.write_release` wrote: of the whole release, or of one reader's part.

    Returns
    -------
    SurveyRelease
        The rows that the file has; without tables for a study that has no survey.

    Raises
    ------
    DataError
        The file was decided on other answers or other settings than those that lie in the study now.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import write_release
    >>> from blupkit.survey.example import example_whole
    >>> file = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> write_release(example_whole(), file)
    >>> sorted(set(whole_release(example_study(), file).needs.frame["municipality"]))
    ['alle', 'nordby', 'sydby']
    """
    if study.survey is None:
        return SurveyRelease(**vars(suppress(Draft({}), study)))
    release = read_release(Path(file))
    if release.source != source_mark(study):
        found, action = "en udgivelse af noget andet", "Lav siderne igen med »blupkit render«."
        raise DataError(Fault(Path(file).name, found, "de svar og det, der er sendt, som det ligger nu", action))
    return SurveyRelease(**vars(release))


def part_for(release: SurveyRelease, edition: Edition) -> SurveyRelease:
    """Choose what one reader's pages show; a municipality with nothing to show of its own gets the common results.

    Parameters
    ----------
    release : SurveyRelease
        The whole one; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    SurveyRelease
        As `disclosure.release_for` chooses. Where nothing but how many answered is shown of a municipality by itself,
        every table has the rows for all municipalities together, and the one of how many answered has both. Else
        `common` has what is shown of all municipalities together, to stand beside the municipality's own.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.survey.example import example_whole
    >>> part = part_for(example_whole(), read_edition(example_study(), "nordby"))
    >>> sorted(set(part.needs.frame["municipality"]))
    ['nordby']
    """
    own = release_for(release, edition)
    if edition.municipality is None:
        return own
    own_tables = _own_tables(release, own, edition)
    if own.tells_of(edition.key):
        beside = release.common or _of_all(release, own, edition)
        return replace(own, tables={**own.tables, **own_tables}, common=beside)
    common = release_for(release, read_edition(edition.study, ALL))
    tables = {**common.tables, **own_tables}
    if Table.RESPONSE in tables:
        both = pd.concat([select(own.response, municipality=edition.key).frame, common.response.frame])
        tables[Table.RESPONSE] = replace(common.response, frame=both)
    decisions = pd.concat([own.decisions, common.decisions]).drop_duplicates(ignore_index=True)
    return replace(common, tables=tables, decisions=decisions, evaluated=own.evaluated)


def _of_all(release: SurveyRelease, own: SurveyRelease, edition: Edition) -> dict[str, SafeTable]:
    """Choose what may stand beside a municipality's own numbers: those of all, of the same groups."""
    if len(edition.study.municipalities) == 1:  # the same numbers
        return {}
    split = {one.table for one in edition.study.release.own}
    wanted = {Table.NEEDS, Table.DIMENSIONS, Table.COOPERATION, *vars(own.questions)} - split
    everybody = read_edition(edition.study, ALL)
    found = {}
    for name in [name for name in own.tables if name in wanted]:
        everywhere = select_edition(release[name], everybody)
        here, shown = own[name].shown, everywhere.shown
        groups = set(here.loc[here["municipality"] == edition.key, "group"])
        # Nothing is said of how sure they are: that stands on the common page.
        rows = shown[shown["group"].isin(groups)].assign(low=float("nan"), high=float("nan"))
        found[name] = replace(everywhere, frame=rows.reset_index(drop=True))
    return found


def _own_tables(release: SurveyRelease, own: SurveyRelease, edition: Edition) -> dict[str, SafeTable]:
    """Choose the rows of own tables: where a group's are not shown for the municipality, those for all of them."""
    found = {}
    for one in edition.study.release.own:
        if one.by_group or one.table not in release.tables:
            continue
        whole = release[one.table].frame if one.is_for(edition.key) else release[one.table].frame.iloc[:0]
        local = own[one.table].shown
        shown = set(local.loc[local["municipality"] == edition.key, "group"])
        places = whole["group"].map(lambda group, shown=shown: edition.key if group in shown else ALL)
        found[one.table] = replace(release[one.table], frame=whole[whole["municipality"] == places])
    return found


def marks_key(study: Study, made: Path | None = None) -> str:
    """Give the key of the marks of persons: without it nobody can try out whose they are.

    Parameters
    ----------
    study : Study
        The study; the key lies with the releases that have been sent.
    made : pathlib.Path, optional
        Where a key lies until then; it is made when there is none.

    Returns
    -------
    str
        Sixteen letters.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(marks_key(example_study()))
    16
    """
    if kept := kept_key(study, made):
        return kept
    key = secrets.token_hex(KEY_LETTERS // 2)
    if made:
        write_whole(made, key)
    return key


def kept_key(study: Study, made: Path | None = None) -> str:
    """Give the key of the marks where there is one, and make none.

    Parameters
    ----------
    study, made
        As in `marks_key`.

    Returns
    -------
    str
        Sixteen letters, or none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(kept_key(example_study()))
    16
    """
    for path in (study.path(KEY_FILE), made):
        if path and path.is_file():
            return path.read_text("utf-8")[:KEY_LETTERS].ljust(KEY_LETTERS, "0")
    return ""


def sent_releases(study: Study) -> list[Path]:
    """Find the releases that have been sent, oldest first.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of pathlib.Path
        The files in its folder `sendt/`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> sent_releases(example_study())
    []
    """
    return sorted(study.path(SENT).glob("*.json"))


def keep_sent(study: Study, basis: str, key: str = "", today: str = "") -> Path:
    """Keep with the study what a release was made of that has now been sent.

    Parameters
    ----------
    study : Study
        The study.
    basis : str
        What `disclosure.write_basis` wrote.
    key, today : str
        The key of the marks in it, and the day that it was sent, as ISO 8601; the day that it is when omitted.

    Returns
    -------
    pathlib.Path
        Where it lies; the one that lies there already, when the same was sent before.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"folder": Path(tempfile.mkdtemp())})
    >>> keep_sent(study, "{}") == keep_sent(study, "{}"), len(sent_releases(study))
    (True, 1)
    """
    kept = sent_releases(study)
    same = [path for path in kept if path.read_text("utf-8") == basis]
    # Several may be sent on one day, and each of them is out of the house: none takes another's place.
    day = today or date.today().isoformat()
    fresh = (study.path(SENT) / f"{day}_{number:03}.json" for number in count(len(kept) + 1))
    target = same[0] if same else next(path for path in fresh if path not in kept)
    write_whole(target, basis)
    if key and not study.path(KEY_FILE).is_file():
        write_whole(study.path(KEY_FILE), key)
    return target


def mark_of(study: Study, respondent: str) -> str:
    """Give the mark of a respondent in the releases that have been sent.

    Parameters
    ----------
    study : Study
        The study, with its key.
    respondent : str
        Their id.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> mark_of(example_study(), "1") != mark_of(example_study(), "2")
    True
    """
    return marks_of([respondent], marks_key(study))[0]


def sent_without(study: Study, respondent: str | None = None) -> dict[str, bytes]:
    """Take a respondent's marks out of the releases that have been sent; the numbers stay as they were sent.

    Parameters
    ----------
    study : Study
        The study.
    respondent : str, optional
        Their id; without it everybody's marks go, and the cells stand as they were sent from then on.

    Returns
    -------
    dict of str to bytes
        Name in the study's folder → what it is to hold, for the releases in which anything changes.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> sent_without(example_study(), "1")
    {}
    """
    marks = None if respondent is None else {mark_of(study, respondent)}
    found = {}
    for path in sent_releases(study):
        text = path.read_text("utf-8")
        changed = without_persons(text, marks)
        if json.loads(changed) != json.loads(text):
            found[f"{SENT}/{path.name}"] = changed.encode()
    return found


def source_mark(study: Study) -> str:
    """Mark the files that a release is made from: another mark, another release.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    str
        A digest of the settings, the survey's files, the codings of its open answers, the list of those who must not
        be named, what a quote is cut from, what was said in evaluations, and the releases that have been sent.
    """
    files = study.survey_files
    questions = files.questionnaire, files.scales, files.dimensions
    names = [files.data, files.labels, files.structure, *questions, files.invited]
    if spoken := study.interviews:
        names += [spoken.codebook, spoken.answer_codings, spoken.participants, spoken.quotes, spoken.decisions]
        names += [transcript.file for transcript in spoken.transcripts] if spoken.quotes else []
    names += study.activities.evaluated(study.folder) if study.activities else ()
    paths = [study.path(STUDY_FILE), *(study.path(name) for name in names if name), *sent_releases(study)]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()
