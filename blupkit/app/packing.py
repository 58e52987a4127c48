"""What goes into packages, and what must not: gathered from the rooms, which do not know each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from blupkit import interviews, report, survey
from blupkit.app.deciding import late_note
from blupkit.core import ALL, DisclosureError, Fault, FileError, Study, read_edition
from blupkit.core.excerpts import Search, excerpt_search
from blupkit.disclosure import Release, hidden_numbers, release_for

if TYPE_CHECKING:
    from blupkit.core.outputs import Outputs
    from blupkit.interviews import Codable
    from blupkit.survey import Responses, SurveyRelease

#: The table that says how many answered; its lines are named by groups.
PEOPLE: Final = "besvarelser"
RENDER_FIRST: Final = "Kør »blupkit render« først, og pak igen."
COLUMNS: Final = ["label", "value", "low", "high", "n", "highest"]


class Opened(NamedTuple):
    """The packages before they are searched.

    Parameters
    ----------
    packages : list of Package
        Not yet searched.
    scan : Scan
        The search that each must pass.
    late : str
        What the sender should know before sending; "" when nothing.
    """

    packages: list[report.Package]
    scan: report.Scan
    late: str


def open_packages(
    pages: Sequence[report.Page], study: Study, outputs: Outputs, municipalities: Sequence[str] = ()
) -> Opened:
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
    Opened
        The packages, the search, and what the sender should know.

    Raises
    ------
    FileError
        A page is missing, or is not what would be made now.
    DisclosureError
        The release did not pass its audit.
    """
    decided = outputs.existing(outputs.release, "det, der må vises", RENDER_FIRST) if study.survey else ""
    release = survey.whole_release(study, decided)
    wanted = [page for page in pages if page.is_shared and _is_wanted(page, municipalities)]
    _check_current(wanted, outputs)
    if not release.passed:
        action = "Send undersøgelsens mappe intern/ til den, der passer programmet."
        raise DisclosureError(Fault("udgivelsen", "et tal, der kan regnes ud", "ingen sådanne tal", action))
    shown = {place: release_for(release, read_edition(study, place)) for place in study.readers}
    responses = survey.read_responses(study) if study.survey else None
    titles = survey.table_titles(responses.questionnaire) if responses else {}
    secrets = _secrets(study, responses, release, shown, outputs)
    tables = {place: part.tables for place, part in shown.items()}
    packages = report.plan_packages(study, wanted, outputs, tables, titles, municipalities)
    return Opened(packages, report.Scan(secrets, study), late_note(release))


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


def write_packages(opened: Opened, study: Study, outputs: Outputs, passphrase: str = "") -> Iterator[Packed]:
    """Search each package, and write those in which nothing is found.

    Parameters
    ----------
    opened : Opened
        What `open_packages` returned.
    study, outputs
        As there.
    passphrase : str
        Locks them; see `report.write_package`.

    Yields
    ------
    Packed
        One for each, as it comes.
    """
    for package in opened.packages:
        path = outputs.package(package.name)
        try:
            report.check_package(package, opened.scan)
            report.write_package(package, study, outputs, passphrase)
            yield Packed(path, len(package.files))
        except DisclosureError as error:
            yield Packed(path, len(package.files), str(error))


def _is_wanted(page: report.Page, municipalities: Sequence[str]) -> bool:
    """Every package has the common pages; the project group's has all."""
    return not municipalities or ALL in municipalities or page.municipality in {ALL, *municipalities}


def _check_current(pages: Sequence[report.Page], outputs: Outputs) -> None:
    found, expected = "ingen side, eller en ældre", "siden, som den ville blive nu"
    faults = [
        Fault(f"{page.name}.html", found, expected, RENDER_FIRST) for page in report.changed_pages(pages, outputs)
    ]
    if faults:
        raise FileError(faults)


def _secrets(
    study: Study, responses: Responses | None, release: Release, shown: Mapping[str, SurveyRelease], outputs: Outputs
) -> report.Secrets:
    searches: dict[str, Search] = {
        "en sti eller et navn fra denne maskine": report.machine_search([study.folder, outputs.folder]),
        # Without interviews it still finds mail addresses.
        "et navn, et sted eller en adresse fra deltagerlisten": interviews.people_search(study),
    }
    quotes: list[str] = []
    numbers = [_numbers(release, study)]
    own = {place: _shown(part, study) for place, part in shown.items()}
    if study.interviews:
        coded = interviews.read_coded(study)
        spoken = interviews.spoken_numbers(coded)
        own[ALL] = pd.concat([own[ALL], spoken.reindex(columns=COLUMNS)], ignore_index=True)
        quotes = _quotes(study, coded, responses)
        searches["noget, der er sagt i et interview"] = excerpt_search(
            interviews.spoken_words(study, coded.turns), quotes
        )
    if responses:
        searches |= survey.survey_searches(study, responses.questionnaire, quotes)
        numbers.append(_hidden(hidden_numbers(outputs.basis), study))
    return report.Secrets(
        searches=searches,
        local={"et citat, der kun må stå på de fælles sider": excerpt_search(quotes)},
        numbers=pd.concat(numbers, ignore_index=True).reindex(columns=COLUMNS),
        shown=own,
        public=tuple(text for text in (study.contact, study.organisation, survey.METHOD) if text),
        groups=frozenset(name for group in study.groups for name in _group_names(study, group.key)),
    )


def _quotes(study: Study, coded: Codable, responses: Responses | None) -> list[str]:
    """Give the approved quotes of interviews and open answers: they may stand on the common pages."""
    if responses:
        turns = pd.concat([coded.turns, interviews.answer_turns(responses.answers)], ignore_index=True)
        coded = interviews.Codable(turns, coded.codebook)
    return list(interviews.approved_quotes(study, coded)["text"])


def _shown(part: SurveyRelease, study: Study) -> pd.DataFrame:
    derived = survey.derived_numbers(part, study)
    return pd.concat([_numbers(part, study), derived], ignore_index=True).reindex(columns=COLUMNS)


def _numbers(release: Release, study: Study) -> pd.DataFrame:
    """Give what a release shows, by the names that its lines have on pages."""
    frames = [table.shown.assign(table=name) for name, table in release.tables.items()]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["table", "group", *COLUMNS])
    # A group's line may hold any of its numbers: in a table with one item it is the group that names the line.
    return pd.concat([rows[rows["table"] != PEOPLE], *_by_group(rows, study)], ignore_index=True)


def _hidden(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    people = rows["table"] == PEOPLE
    return pd.concat([rows[~people], *_by_group(rows[people], study)], ignore_index=True)


def _by_group(rows: pd.DataFrame, study: Study) -> list[pd.DataFrame]:
    return [
        rows[rows["group"] == group.key].assign(label=name)
        for group in study.groups
        for name in _group_names(study, group.key)
    ]


def _group_names(study: Study, group: str) -> list[str]:
    """Give every name that a group has on a page: each municipality may have its own."""
    places = [*(municipality.slug for municipality in study.municipalities), ALL]
    return sorted({read_edition(study, place).group_name(group) for place in places})
