"""The decision on what is shown: made the same way for a batch and for whoever sits with a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from operator import call
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from blupkit import activities, interviews, survey
from blupkit.core import BlupkitError, DataError, FileError, read_edition
from blupkit.core.danish import many
from blupkit.core.outputs import Outputs
from blupkit.disclosure import read_evaluated, write_basis, write_release
from blupkit.report.batch.manifest import mark, program_mark

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Edition, Study
    from blupkit.disclosure import Draft, Release
    from blupkit.survey import Responses, SurveyRelease

NOT_SAFE: Final = (
    "Siderne er ikke lavet: Et skjult tal kunne regnes ud af de tal, der ellers ville stå der. Det bør ikke kunne ske;"
    " ring til den, der passer programmet. Send ingen filer: Mappen intern/ rummer de skjulte tal."
)
LATE_NOTE: Final = (
    "{places} er tal skjult, fordi kun få besvarelser er kommet til, rettet eller taget ud, siden siderne sidst blev"
    " sendt. Den interne side siger hvor. Vent med at sende, til det er flere."
)


def load_release(study: Study, edition: Edition | None, file: str | Path = "") -> SurveyRelease:
    """Give what a page shows of the survey: what was decided for all pages together, or decided now, the same way.

    Parameters
    ----------
    study : Study
        The study.
    edition : Edition, optional
        The reader; None for the consultant, who sees every decision.
    file : str or pathlib.Path
        What `blupkit render` decided; "" to decide now, as when a notebook is opened in JupyterLab.

    Returns
    -------
    SurveyRelease
        Ready for pages, its tables by name; without tables for a study that has no survey.

    Raises
    ------
    DataError
        The file was decided on other answers or other settings than those that lie in the study now.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> release = load_release(study, read_edition(study, "nordby"))
    >>> sorted(set(release["besvarelser"].frame["municipality"]))
    ['nordby']
    """
    now = study.survey is not None and not file
    release = _decided_now(study) if now else survey.whole_release(study, file)
    return survey.part_for(release, edition) if edition else release


def load_comparison(study: Study, file: str | Path = "") -> SurveyRelease:
    """Give what stands on anybody's pages of the survey, all municipalities side by side.

    Parameters
    ----------
    study : Study
        The study. Where it does not say `sammenligning = true`, the tables are for the consultant's eyes.
    file : str or pathlib.Path
        As in `load_release`.

    Returns
    -------
    SurveyRelease
        What is hidden on the municipalities' pages is hidden here too.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> needs = load_comparison(example_study()).needs
    >>> sorted(set(needs.frame["municipality"])), needs.internal
    (['alle', 'nordby', 'sydby'], True)
    """
    whole = load_release(study, None, file)
    release = whole if file else survey.part_for_everybody(whole, study, _parts(study, whole))
    agreed = study.release.compares
    tables = {n: replace(table, everybody=agreed, internal=not agreed) for n, table in release.tables.items()}
    return replace(release, tables=tables)


def _parts(study: Study, release: SurveyRelease) -> dict[str, SurveyRelease]:
    return {reader: survey.part_for(release, read_edition(study, reader)) for reader in study.readers}


#: What was decided last in this kernel, and of what: a notebook asks again for each municipality.
_LAST: list[tuple[Study, tuple[str, str], SurveyRelease]] = []


def _decided_now(study: Study) -> SurveyRelease:
    """Decide, unless the last decision in this process was on the same files; what it gives may be changed."""
    of = survey.source_mark(study), _key_at_hand(study)
    if not any(kept == study and made_of == of for kept, made_of, _ in _LAST):
        _LAST[:] = [(study, of, _of_batch(study) or _decide(study, of[1])[-1])]
    release = _LAST[0][2]
    tables = {name: replace(table, frame=table.frame.copy()) for name, table in release.tables.items()}
    return replace(release, tables=tables)


def _of_batch(study: Study) -> SurveyRelease | None:
    """Read what the last batch decided, where this program would decide the same now: the study is as its files say."""
    for outputs in _outputs_at_hand(study):
        with suppress(BlupkitError):  # none, of other files, or of another program: then it is decided
            release = survey.whole_release(study, outputs.release)
            if release.program == _program(study):
                return release
    return None


def _program(study: Study) -> str:
    """Mark what decides: the program, and what is declared, which a notebook may have changed beside the files."""
    return mark({"program": program_mark(), "study": study.model_dump(mode="json", exclude={"folder"})})


def _key_at_hand(study: Study) -> str:
    """Find the key that a batch drew with, so that a notebook shows the same intervals; "" before the first batch."""
    keys = (survey.kept_key(study, outputs.key) for outputs in _outputs_at_hand(study))
    return next(filter(None, keys), "")


def _outputs_at_hand(study: Study) -> Iterator[Outputs]:
    """Name where a batch may have left its output: in the folder that the kernel runs in, or in one above."""
    yield from (Outputs.of(study.folder, top / "outputs") for top in (Path.cwd(), *Path.cwd().parents))


def decided_with(study: Study) -> tuple[Draft, Release]:
    """Decide on the survey as it would be for a batch, and leave nothing.

    Parameters
    ----------
    study : Study
        As it is declared, or would be.

    Returns
    -------
    tuple of Draft and Release
        What it was decided on, and the release.
    """
    draft, _, release = _decide(study, survey.kept_key(study), derived=False)
    return draft, release


def decide(
    study: Study,
    outputs: Outputs,
    tell: Callable[[str], None],
    responses: Responses | None = None,
    aside: Callable[..., Any] = call,
) -> dict[str, str]:
    """Decide what the whole release shows, once for all its pages, and leave the decision beside them.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Where the decision is left.
    tell : callable
        Is told what a sender must know before sending.
    responses : survey.Responses, optional
        The answers, where `checked_survey` has read them already.
    aside : callable
        Asks a function with what it takes, as `beside` does where interviews and dictionaries are at hand.

    Returns
    -------
    dict of str to str
        What stops the pages, by material.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> decide(example_study(), outputs, print), outputs.part("nordby").is_file()
    ({}, True)
    """
    try:
        draft, evaluated, release = _decide(study, survey.marks_key(study, outputs.key), responses, aside)
    except BlupkitError as error:
        return {"spoergeskema": str(error)}
    release = replace(release, program=_program(study))
    write_release(release, outputs.release)
    parts = _parts(study, release)
    for reader, part in parts.items():
        write_release(part, outputs.part(reader))
    write_release(survey.part_for_everybody(release, study, parts), outputs.comparison)
    write_basis(draft, release, study, outputs.basis, evaluated)
    more = release.evaluated.notes if release.evaluated else ()
    for note in filter(None, (late_note(release), study.refusals, *release.notes, *more)):
        tell(note)
    return {} if release.passed else {"udgivelse": NOT_SAFE}


def _decide(
    study: Study,
    key: str = "",
    responses: Responses | None = None,
    aside: Callable[..., Any] = call,
    *,
    derived: bool = True,
) -> tuple[Draft, dict[str, Any], SurveyRelease]:
    """Decide on the survey's tables, and on the themes of its open answers: together they could give answers away.

    The evaluations of workshops and learning are other people's answers to other questions, decided by themselves.
    """
    responses = responses or survey.read_responses(study)

    def themes(counted: survey.Responses) -> dict[str, pd.DataFrame]:
        if study.interviews and study.interviews.answer_codings:
            with suppress(BlupkitError):  # the page that shows them tells what is wrong with the codings
                return interviews.open_answer_tables(study, counted.answers)
        return {}

    draft, release = survey.make_release(responses, themes, key, derived=derived)
    if derived and study.interviews:
        with suppress(BlupkitError):  # likewise
            # A quote is of an interview or an open answer; what is handed to another process is kept small.
            written = responses.answers[responses.answers["kind"] == "aaben"]
            release = replace(release, quotes=tuple(aside(interviews.quotes_for_all, study, written)))
    evaluated: dict[str, Any] = {}
    with suppress(DataError, FileError):  # the pages that show them tell what is wrong with the tables
        if study.activities and derived:
            evaluated, told = _evaluate(study, key, responses)
            if told.tables:
                release = replace(release, evaluated=told, passed=release.passed and told.passed)
    return draft, evaluated, release


def _evaluate(study: Study, key: str, responses: Responses) -> tuple[dict[str, Any], Release]:
    asked = responses.questionnaire.asked
    labels = dict(zip(asked["item"].astype(str), asked["label"].astype(str), strict=True))
    sent = [read_evaluated(path) for path in survey.sent_releases(study)]
    return activities.decide_evaluations(study, key or survey.marks_key(study), labels, sent)


def late_note(release: Release) -> str:
    """Say how much is hidden because few answers came, left or changed since the pages were last sent.

    Parameters
    ----------
    release : Release
        The whole decision.

    Returns
    -------
    str
        Two sentences for the sender; "" where nothing is hidden for that.
    """
    return LATE_NOTE.format(places=many(release.late, "sted", "steder")) if release.late else ""
