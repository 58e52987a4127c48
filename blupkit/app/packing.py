"""What goes into packages, and what must not: gathered from the rooms, which do not know each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from blupkit import interviews, survey
from blupkit.app.deciding import BASIS, RELEASE, late_note
from blupkit.core import ALL, DisclosureError, Fault, FileError, Study, read_edition
from blupkit.core.excerpts import Search, excerpt_search
from blupkit.disclosure import Release, SafeTable, hidden_numbers, release_for
from blupkit.report import Package, Page, Scan, Secrets, changed_pages, machine_search, plan_packages
from blupkit.report.batch.plan import INTERNAL

if TYPE_CHECKING:
    from blupkit.survey import Responses, SurveyRelease

#: The table that says how many answered; its lines are named by groups.
PEOPLE: Final = "besvarelser"
RENDER_FIRST: Final = "Kør »blupkit render« først, og pak igen."
COLUMNS: Final = ["label", "value", "low", "high", "n", "highest"]


def open_packages(
    study: Study, pages: Sequence[Page], output: Path, municipalities: Sequence[str]
) -> tuple[list[Package], Scan, str]:
    """Put the packages together, and prepare the search that each must pass.

    Parameters
    ----------
    study : Study
        The study.
    pages : sequence of Page
        All its pages.
    output : pathlib.Path
        The study's output folder.
    municipalities : sequence of str
        Whose packages; all of them when empty.

    Returns
    -------
    packages : list of Package
        Not yet searched.
    scan : Scan
        The search.
    late : str
        What the sender should know before sending; "" when nothing.

    Raises
    ------
    FileError
        A page is missing, or is not what would be made now.
    DisclosureError
        The release did not pass its audit.
    """
    release = _release(study, output)
    wanted = [page for page in pages if page.folder != INTERNAL and _is_wanted(page, municipalities)]
    _check_current(study, wanted, output)
    if not release.passed:
        action = "Send undersøgelsens mappe intern/ til den, der passer programmet."
        raise DisclosureError(Fault("udgivelsen", "et tal, der kan regnes ud", "ingen sådanne tal", action))
    places = [*(municipality.slug for municipality in study.municipalities), ALL]
    shown = {place: release_for(release, read_edition(study, place)) for place in places}
    tables: dict[str, Mapping[str, SafeTable]] = {place: part.tables for place, part in shown.items()}
    responses = survey.read_responses(study) if study.survey else None
    titles = survey.table_titles(responses.questionnaire) if responses else {}
    secrets = _secrets(study, responses, release, shown, output)
    packages = plan_packages(study, wanted, output, tables, titles, municipalities)
    return packages, Scan(secrets, study), late_note(release)


def _is_wanted(page: Page, municipalities: Sequence[str]) -> bool:
    """Every package has the common pages; the project group's has all."""
    return not municipalities or ALL in municipalities or page.municipality in {ALL, *municipalities}


def _release(study: Study, output: Path) -> SurveyRelease:
    if study.survey is None:
        return survey.whole_release(study)
    path = output / RELEASE
    if not path.is_file():
        raise FileError(Fault(str(path), "ingen fil", "det, der må vises", RENDER_FIRST))
    return survey.whole_release(study, path)


def _check_current(study: Study, pages: Sequence[Page], output: Path) -> None:
    faults = [
        Fault(
            f"{page.name}.html",
            "ingen side, eller en ældre",
            "siden, som den ville blive nu",
            RENDER_FIRST,
        )
        for page in changed_pages(study, pages, output)
    ]
    if faults:
        raise FileError(faults)


def _secrets(
    study: Study, responses: Responses | None, release: Release, shown: Mapping[str, SurveyRelease], output: Path
) -> Secrets:
    searches: dict[str, Search] = {
        "en sti eller et navn fra denne maskine": machine_search([study.folder, output]),
        # Without interviews it still finds mail addresses.
        "et navn, et sted eller en adresse fra deltagerlisten": interviews.people_search(study),
    }
    quotes: list[str] = []
    numbers = [_numbers(release, study)]
    own = {place: _shown(part, study) for place, part in shown.items()}
    if study.interviews:
        turns = interviews.read_turns(study)
        spoken = interviews.spoken_numbers(study, turns, interviews.read_codebook(study))
        own[ALL] = pd.concat([own[ALL], spoken.reindex(columns=COLUMNS)], ignore_index=True)
        quotes = _quotes(study, turns, responses)
        searches["noget, der er sagt i et interview"] = excerpt_search(interviews.spoken_words(study, turns), quotes)
    if responses:
        export, questionnaire = survey.read_export(study), responses.questionnaire
        allowed = [*quotes, *survey.question_texts(questionnaire)]
        written = survey.written_answers(export, questionnaire)
        searches["noget, en deltager har skrevet"] = excerpt_search(written, allowed)
        searches["en deltagers svar"] = survey.answers_search(export)
        numbers.append(_hidden(hidden_numbers(output / BASIS), study))
    return Secrets(
        searches=searches,
        local={"et citat, der kun må stå på de fælles sider": excerpt_search(quotes)},
        numbers=pd.concat(numbers, ignore_index=True).reindex(columns=COLUMNS),
        shown=own,
        public=tuple(text for text in (study.contact, study.organisation, survey.METHOD) if text),
        groups=frozenset(name for group in study.groups for name in _group_names(study, group.key)),
    )


def _quotes(study: Study, turns: pd.DataFrame, responses: Responses | None) -> list[str]:
    """Give the approved quotes of interviews and open answers: they may stand on the common pages."""
    codebook = interviews.read_codebook(study)
    if responses:
        turns = pd.concat([turns, interviews.answer_turns(responses.answers)], ignore_index=True)
    return list(interviews.approved_quotes(study, turns, codebook)["text"])


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
