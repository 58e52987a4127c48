"""What goes into packages, and what must not: gathered from the rooms, which do not know each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from blupkit import interviews, report, survey
from blupkit.app.deciding import late_note
from blupkit.core import ALL, DisclosureError, Fault, FileError, Study, read_edition
from blupkit.disclosure import Release, hidden_numbers

if TYPE_CHECKING:
    from blupkit.core.outputs import Outputs
    from blupkit.survey import Responses, SurveyRelease

#: The table that says how many answered; its lines are named by groups.
PEOPLE: Final = "besvarelser"
RENDER_FIRST: Final = "Kør »blupkit render« først, og pak igen."
COLUMNS: Final = ["label", "value", "low", "high", "n", "highest", "bound"]


def open_packages(
    pages: Sequence[report.Page], study: Study, outputs: Outputs, municipalities: Sequence[str] = ()
) -> tuple[list[report.Package], report.Scan, str]:
    """Put the packages together, and prepare the search that each must pass.

    Parameters
    ----------
    pages : sequence of Page
        All the study's pages.
    study : Study
        The study.
    outputs : Outputs
        The study's output.
    municipalities : sequence of str
        Whose packages; all of them when empty.

    Returns
    -------
    tuple of list of Package, Scan and str
        The packages, not yet searched; the search; and what the sender should know before sending, "" when nothing.

    Raises
    ------
    FileError
        A page is missing, or is not what would be made now.
    DisclosureError
        The release did not pass its audit.

    Examples
    --------
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> open_packages([], example_study(), Outputs(Path("intet")))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.FileError: intet/intern/udgivelse.json: Her står »ingen fil«. Forventet: det, der må vises. ...
    """
    decided = outputs.existing(outputs.release, "det, der må vises", RENDER_FIRST) if study.survey else ""
    release = survey.whole_release(study, decided)
    # Every package has the common pages; the project group's has all.
    everywhere = not municipalities or ALL in municipalities
    places = {ALL, *municipalities}
    wanted = [page for page in pages if page.is_shared and (everywhere or page.municipality in places)]
    if changed := report.changed_pages(wanted, outputs):
        found, expected = "ingen side, eller en ældre", "siden, som den ville blive nu"
        raise FileError(Fault(f"{page.name}.html", found, expected, RENDER_FIRST) for page in changed)
    if not release.passed:
        action = "Ring til den, der passer programmet. Send ingen filer: Mappen intern/ rummer de skjulte tal."
        raise DisclosureError(Fault("udgivelsen", "et tal, der kan regnes ud", "ingen sådanne tal", action))
    shown = {place: survey.part_for(release, read_edition(study, place)) for place in study.readers}
    responses = survey.read_responses(study) if study.survey else None
    titles = survey.table_titles(responses.questionnaire, study) if responses else {}
    secrets = _secrets(study, responses, release, shown, outputs)
    tables = {place: part.tables for place, part in shown.items()}
    packages = report.plan_packages(study, wanted, outputs, tables, titles, municipalities)
    return packages, report.Scan(secrets, study), late_note(release)


class Packed(NamedTuple):
    """How it went with one package.

    Parameters
    ----------
    path : pathlib.Path
        Where it lies, or would.
    files : int
        How many files it holds.
    problem : str
        What was found that must not be sent; "" when it was written.
    """

    path: Path
    files: int
    problem: str = ""


def write_packages(
    packages: Iterable[report.Package], scan: report.Scan, study: Study, outputs: Outputs, passphrase: str = ""
) -> Iterator[Packed]:
    """Search each package, and write those in which nothing is found.

    Parameters
    ----------
    packages, scan
        What `open_packages` returned.
    study, outputs
        As there.
    passphrase : str
        Locks them; see `report.write_package`.

    Yields
    ------
    Packed
        One for each, as it comes.

    Examples
    --------
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> nothing = pd.DataFrame(columns=COLUMNS)
    >>> scan = report.Scan(report.Secrets({}, {}, nothing, {}), example_study())
    >>> list(write_packages([], scan, example_study(), Outputs(Path("intet"))))
    []
    """
    for package in packages:
        path = outputs.package(package.name)
        try:
            report.check_package(package, scan)
            report.write_package(package, study, outputs, passphrase)
            decided = study.survey is not None
            report.note_packed(package.name, package.mark, outputs, decided=decided, pages=package.pages)
            yield Packed(path, len(package.files))
        except DisclosureError as error:
            yield Packed(path, len(package.files), str(error))


def _secrets(
    study: Study, responses: Responses | None, release: Release, shown: Mapping[str, SurveyRelease], outputs: Outputs
) -> report.Secrets:
    spoken = interviews.spoken_secrets(study, responses.answers if responses else None)
    searches = {
        "en sti eller et navn fra denne maskine": report.machine_search([study.folder, outputs.folder]),
        **spoken.searches,
    }
    groups = _group_names(study)
    numbers = [_numbers(release, groups)]
    own = {
        place: _columns(_numbers(part, groups), survey.derived_numbers(part, study)) for place, part in shown.items()
    }
    own[ALL] = _columns(own[ALL], spoken.numbers)
    if responses:
        searches |= survey.survey_searches(study, responses.questionnaire, spoken.quotes)
        hidden = hidden_numbers(outputs.basis)
        numbers.append(_by_label(hidden, hidden[hidden["table"] == PEOPLE], groups))
    return report.Secrets(
        searches=searches,
        local=spoken.local,
        numbers=_columns(*numbers),
        shown=own,
        public=public_texts(study),
        groups=frozenset(groups["label"]),
        measures=_measures(release),
    )


def _measures(release: Release) -> frozenset[str]:
    """Give what numbers are called in tables, and in the legends of drawings: there only what they are split by."""
    called = {str(name) for _, table in _shown_in(release) for name in table.frame["measure"].unique()}
    return frozenset(called | {part for name in called if (part := name.partition(", ")[2])})


def public_texts(study: Study) -> tuple[str, ...]:
    """Give what may stand in any package, whatever it looks like.

    Parameters
    ----------
    study : Study
        Its publisher, its contact, and what it declares public itself.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> public_texts(example_study().model_copy(update={"public": ("Torvet 5",)}))[1:]
    ('Torvet 5', 'Kruskal-Wallis, Dunn og Holm')
    """
    return tuple(filter(None, (study.contact, study.organisation, *study.public, survey.METHOD)))


def _numbers(release: Release, groups: pd.DataFrame) -> pd.DataFrame:
    """Give what a release shows, numbers and bounds, by the names that its lines have on pages."""
    told = ((name, part) for name, table in _shown_in(release) for part in (table.shown, table.coarse))
    frames = [part.assign(table=name) for name, part in told]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["table", "group", *COLUMNS])
    # A group's line may hold any of its numbers: in a table with one item it is the group that names the line.
    return _by_label(rows, rows, groups)


def _shown_in(release: Release) -> list[tuple[str, Any]]:
    """Give every table that pages show rows of."""
    evaluated = release.evaluated.tables if release.evaluated else {}
    return [*release.tables.items(), *release.common.items(), *evaluated.items()]


def _by_label(rows: pd.DataFrame, of_groups: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Give rows by the names of their lines, and some of them by each name of their group as well."""
    named = of_groups.drop(columns="label").merge(groups, on="group")
    return pd.concat([rows[rows["table"] != PEOPLE], named], ignore_index=True)


def _group_names(study: Study) -> pd.DataFrame:
    """Give every name (`label`) that each group has on a page: each municipality may have its own."""
    editions = [read_edition(study, place) for place in study.readers]
    names = {(group.key, edition.group_name(group.key)) for group in study.groups for edition in editions}
    return pd.DataFrame(sorted(names), columns=["group", "label"])


def _columns(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True).reindex(columns=COLUMNS)
