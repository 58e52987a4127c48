"""The tab "Sammen": an area of the survey beside what was said of the same, its numbers and its themes' passages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pandas as pd

from blupkit import interviews
from blupkit.app.exploring.choice import NOTHING, Choice, Control, Option, RefusedError, unknown
from blupkit.app.exploring.materials import Materials
from blupkit.core import STUDY_FILE, DataError, Fault, Study
from blupkit.core.danish import first_upper, many
from blupkit.display import Drawing, ResultTable, Shape
from blupkit.interviews.analysis.joint_display import NOT_JUDGED, VERDICTS, load_joint
from blupkit.survey import Responses
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL, ratings

_NONE: Final = "Undersøgelsen har ingen områder: Spørgeskemaet peger ikke på en fil med dimensioner."
#: The base of every number in it.
_BASE: Final = (
    "Gab er vigtighed minus nuværende niveau. »Har svaret« er dem, der har svaret på begge dele; »ved ikke« og"
    " ubesvaret er ikke med, og en gruppe uden række er ikke spurgt."
)


@dataclass(frozen=True, eq=False, repr=False)
class SideBySide:
    """Et områdes tal ved siden af det, der er sagt og skrevet om det.

    Parameters
    ----------
    survey : ResultTable
        Importance, level and gap of each competence of the area, by group.
    said : tuple of ResultTable
        The passages of each theme that `sammenholdt` sets beside the area; open answers are among them.
    """

    survey: ResultTable
    said: tuple[ResultTable, ...]

    def __repr__(self) -> str:
        passages = many(sum(len(table.frame) for table in self.said), "passage", "passager")
        return f"{self.survey.title}, og {passages}. Prøv .survey og .said; det er tabeller."

    def _repr_html_(self) -> str:
        return "".join(table._repr_html_() for table in (self.survey, *self.said))


def side_by_side(study: Study, dimension: str, responses: Responses | None = None) -> SideBySide:
    """Se et områdes tal ved siden af det, der er sagt og skrevet om det.

    Parameters
    ----------
    study : Study
        Its `sammenholdt` says which themes are about the same as the area.
    dimension : str
        The area's key or its name.
    responses : Responses, optional
        What `survey.read_responses` returned, where it has been read already.

    Returns
    -------
    SideBySide
        Shows itself as a cell's last value. Missing: "ved ikke" and unanswered leave a pair out, and a group that was
        not asked has no row.

    Raises
    ------
    FileError, DataError
        There is no such area, with the nearest; or the files cannot be read.

    Examples
    --------
    >>> from blupkit import core
    >>> table = side_by_side(core.example_study(), "D1").survey
    >>> table.frame.iloc[0, [0, 2, 3, 4]].tolist() == ["Søge fonde", 4.3, 2.6, 1.7]
    True
    """
    return beside(Materials(study, responses), dimension)


def beside(materials: Materials, dimension: str) -> SideBySide:
    """Set an area of materials that have been read already beside what was said; see `side_by_side`."""
    areas = dimension_options(materials)
    named = {spelling.casefold(): area for area in areas for spelling in (area.value, area.label)}
    area = named.get(dimension.strip().casefold())
    if area is None:
        expected = unknown(dimension, areas, "intet område")
        raise DataError(Fault(STUDY_FILE, dimension, "et område i spørgeskemaet", expected, column="dimension"))
    study = materials.study
    call = f"app.side_by_side(study, {json.dumps(area.value, ensure_ascii=False)})"
    themes = _themes(materials, area.value) if study.interviews else {}
    said = tuple(interviews.passages(study, theme=theme) for theme in themes)
    notes = [f"Temaet »{materials.coded.themes[theme]}« og tallene: {verdict}." for theme, verdict in themes.items()]
    notes = notes or ["Ingen temaer er sat sammen med området: Det gør filen »sammenholdt« i study.toml."]
    return SideBySide(_numbers(materials.responses, area, call, notes), said)


def dimension_options(materials: Materials) -> list[Option]:
    """Give the areas that somebody was asked about, in the questionnaire's order."""
    asked = set(materials.responses.questionnaire.variables["dimension"])
    rows = materials.responses.questionnaire.dimensions.to_dict("records")
    return [
        Option(str(row["dimension"]), str(row["label"] or row["name"])) for row in rows if row["dimension"] in asked
    ]


def _themes(materials: Materials, dimension: str) -> dict[str, str]:
    """Give the themes that stand beside an area, and what a person has judged of the two."""
    table = load_joint(materials.study, list(materials.coded.themes)).checked()
    own = table[table["dimension"] == dimension]
    judged = zip(own["tema"], own["vurdering"], strict=True)
    return {str(theme): VERDICTS.get(verdict, NOT_JUDGED) for theme, verdict in judged}


def _numbers(responses: Responses, area: Option, call: str, notes: list[str]) -> ResultTable:
    study, rows = responses.study, []
    for group in study.group_keys:
        pairs, given = responses.questionnaire.pairs(group), ratings(responses, group)
        own = pairs[pairs["dimension"] == area.value]
        name = first_upper(study.group(group).name)
        for item, label in zip(own["item"], own["label"], strict=True):
            means = [given[rating][item].mean() for rating in (IMPORTANCE, LEVEL, GAP)]
            rows.append((label, name, *means, given[GAP][item].count()))
    frame = pd.DataFrame(rows, columns=["Kompetence", "Gruppe", IMPORTANCE, LEVEL, GAP, "Har svaret"]).round(9)
    for head in ("Kompetence", "Gruppe"):
        frame[head] = pd.Categorical(frame[head], list(dict.fromkeys(frame[head])), ordered=True)
    frame = frame.sort_values(["Kompetence", "Gruppe"], kind="stable", ignore_index=True)
    marks = frame.set_axis(["label", "series", "importance", "level", "value", "n"], axis=1)
    drawing = Drawing(marks[["label", "series", "value", "n"]], "Gab: vigtighed minus nuværende niveau", zero=True)
    shape = Shape.POINTS if frame[GAP].notna().any() else Shape.NONE
    return ResultTable(f"{area.label}: tal og ord", frame, (_BASE, *notes), shape, call, drawing, study.folder)


def together_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    areas = dimension_options(materials) if materials.study.survey else []
    if not areas:
        return []
    return [
        Control("dimension", "Område i spørgeskemaet", choice.dimension, [Option(NOTHING, "Vælg et område …"), *areas],
                thing="intet område")
    ]  # fmt: skip


def together_results(materials: Materials, choice: Choice) -> tuple[ResultTable, ...]:
    """Compute what is chosen in the tab.

    Raises
    ------
    RefusedError
        No area is chosen, or there is none.
    FileError, DataError
        The files cannot be read.
    """
    if not together_controls(materials, choice):
        raise RefusedError(_NONE)
    if not choice.dimension:
        raise RefusedError("Vælg et område for at se tallene ved siden af det, der er sagt og skrevet om det.")
    found = beside(materials, choice.dimension)
    return (found.survey, *found.said)
