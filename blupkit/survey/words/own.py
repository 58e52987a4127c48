"""The consultant's own tables on a page: the section's words, and what each of them is set out as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import first_lower, first_upper, heading, listing, number
from blupkit.core.sections import Group, OwnTable
from blupkit.disclosure import Release, SafeTable, select
from blupkit.disclosure.beside import Split
from blupkit.survey.measures.choices import SHARE
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL
from blupkit.survey.tables import Questions, SurveyRelease, mirror
from blupkit.survey.words.findings import finding_about, finding_choices
from blupkit.survey.words.method import text_scale

#: What the section is called.
HEADING = "Særligt for jer"
_OF_THOSE = "Andel af dem, der har svaret"


def text_own(release: Release, edition: Edition) -> str:
    """Open the section of own tables.

    Parameters
    ----------
    release : Release
        What one reader's pages read.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A heading and a paragraph in Markdown; "" where the page has no own table.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_own(*example_reader())
    ''
    """
    splits = own_splits(release, edition)
    if not splits:
        return ""
    common = any(split.edition.municipality is None for split in splits) and edition.municipality is not None
    everywhere = read_edition(edition.study, ALL).place
    wider = (
        f" Hvor der er for få svar til at vise {edition.place} for sig, gælder tallene {everywhere}." if common else ""
    )
    return (
        f"## {HEADING}\n\nHer er det, der er regnet ud til netop denne side: et spørgsmål delt op efter, hvad de samme"
        " deltagere har svaret på et andet. Svar, som for få har givet, er slået sammen, så hver del"
        f" bygger på mindst {edition.study.thresholds.caution_n} besvarelser.{wider}"
    )


def own_splits(release: Release, edition: Edition) -> list[Split]:
    """Set out the own tables that a reader's page shows: one figure for each group of which something is shown.

    Parameters
    ----------
    release : Release
        What one reader's pages read.
    edition : Edition
        The reader.

    Returns
    -------
    list of Split
        In the order of `study.toml` and of the groups.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> own_splits(*example_reader())
    []
    """
    found: list[Split] = []
    for own in edition.study.release.own:
        table = release.optional(own.table)
        if own.is_for(edition.key) and len(table.shown):
            found += _by_group(own, table, edition) if own.by_group else _by_part(own, table, edition)
    return found


def other_splits(release: SurveyRelease, edition: Edition, told: Questions) -> list[Split]:
    """Set out what a study asked in its own words, one figure a question, where no page has words of its own for it.

    Parameters
    ----------
    release : SurveyRelease
        What one reader's pages read.
    edition : Edition
        The reader.
    told : Questions
        Those that the page tells of already; where there are any, nothing is set out.

    Returns
    -------
    list of Split
        In the order of the questionnaire: choices and statements; then how the groups rate each other, where that is
        one-sided. Each under the question as it was put.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> [split.caption for split in other_splits(release, edition, Questions({}))]
    ['Hvordan vil du helst lære? {sted}. Andel af dem, der har svaret.']
    """
    if dir(told):
        return []
    found = []
    for table in vars(release.questions).values():
        if "question" in table.frame and len(table.frame):
            title = _named(str(table.frame["question"].iloc[0]))
            caption = f"{title} {{sted}}. {_OF_THOSE}."
            found.append(Split(table, edition, (SHARE,), caption, finding_choices(table, edition)))
    cooperation = release.cooperation
    if mirror(cooperation, edition.study).frame.empty:
        for measure in cooperation.frame["measure"].unique() if len(cooperation.frame) else ():
            rows = select(cooperation, measure=str(measure))
            caption = f"{measure}. {{sted}}. {text_scale(rows)}"
            found.append(Split(rows, edition, (str(measure),), caption, str(measure)))
    return found


def _by_group(own: OwnTable, table: SafeTable, edition: Edition) -> Iterator[Split]:
    """Set out a table that is split by nothing but the groups: they stand side by side, as in any other."""
    if "distribution" in table.frame:
        finding = finding_about(own.name)(table, edition)
        yield Split(table, edition, (SHARE,), _words(own.name, "{sted}", "Andel af dem, der har svaret"), finding)


def _by_part(own: OwnTable, table: SafeTable, edition: Edition) -> Iterator[Split]:
    for group, rows in table.frame.groupby("group", sort=False):
        told = rows[(rows["n"] > 0).fillna(False)]
        if told.empty:
            continue
        common = told["municipality"].iloc[0] == ALL
        reader = read_edition(edition.study, ALL) if common else edition
        safe = replace(table, frame=told.reset_index(drop=True))
        who = first_upper(reader.group_name(str(group)))
        shares = "distribution" in told
        yield _shares(own, safe, reader, who) if shares else _means(own, safe, reader, who)


def _words(*parts: str) -> str:
    return ". ".join(parts) + "."


def _named(name: str) -> str:
    """Keep the consultant's own words as they are where a caption is filled in."""
    return name.replace("{", "{{").replace("}", "}}")


def _shares(own: OwnTable, table: SafeTable, edition: Edition, who: str) -> Split:
    """Let the parts of a group stand side by side, as groups do elsewhere."""
    parts = table.frame["split"].drop_duplicates().tolist()
    frame = table.frame.assign(
        item=table.frame["what"],
        label=table.frame["of"],
        measure=table.frame["said"],
        group=table.frame["split"].map({part: str(place) for place, part in enumerate(parts)}),
    )
    table = replace(table, frame=frame)
    caption = _words(_named(own.name), f"{who}, {{sted}}", "Andel af dem, der har svaret")
    as_said = [f"deltagere med svaret »{part}«" for part in parts]
    about = f"{own.name}, {first_lower(who)}"
    finding = finding_about(about)(table, _with_groups(edition, as_said))
    return Split(table, _with_groups(edition, parts), (SHARE,), caption, finding)


def _with_groups(edition: Edition, names: list[str]) -> Edition:
    groups = tuple(Group(key=str(place), name=name, singular=name) for place, name in enumerate(names))
    return edition.model_copy(update={"study": edition.study.model_copy(update={"groups": groups})})


def _means(own: OwnTable, table: SafeTable, edition: Edition, who: str) -> Split:
    """Let each part of a group be a row."""
    measures = tuple(table.frame["measure"].unique())
    rated = set(measures) >= {IMPORTANCE, LEVEL, GAP}
    drawn = (LEVEL, IMPORTANCE, GAP) if rated else measures[:1]
    caption = _words(_named(own.name), f"{who}, {{sted}}", "Gennemsnit")
    about = f"{own.name}, {first_lower(who)}"
    finding = heading(*(f"{about}: {way}" for way in _extremes(select(table, measure=drawn[-1]).frame, edition)))
    return Split(table, edition, drawn, caption, finding)


def _extremes(rows: pd.DataFrame, edition: Edition) -> list[str]:
    """Say which part lies highest and which lowest, as it is printed: parts that are printed alike are all named.

    In more and in fewer words.
    """
    printed = rows["value"].map(lambda value: number(float(value), edition.study.decimals))
    order = rows["value"].astype(float).to_numpy()
    most, least = printed.iloc[order.argmax()], printed.iloc[order.argmin()]
    gap = rows["measure"].iloc[0] == GAP
    what = "Gabet" if gap else "Vurderingen"
    if most == least:
        same = "det samme" if gap else "den samme"
        return [f"{what} er {same}, {most}, uanset hvad der er svaret"]
    high, low = (listing(f"»{split}«" for split in rows.loc[printed == each, "split"]) for each in (most, least))
    top, bottom = ("størst", "mindst") if gap else ("højest", "lavest")
    short = f"{what} er {top} ved svaret {high} og {bottom} ved {low}"
    return [f"{short}: {most} mod {least}", short]
