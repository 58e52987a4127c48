"""The plan as a drawing: every line is there, no text is cut or meets another, and the table has the same content."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from drawn import drawings, ink_of, marks, unreadable, words_of
from lxml import etree

from blupkit.display.tokens import NARROW, WIDE, Layout
from blupkit.report import plot_plan
from blupkit.report.figures.timeline import gantt
from blupkit.report.figures.timeline.gantt import _axis, _draw, _rows

BOTH = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
STANDINGS = ("afsluttet", "i gang", "planlagt", "forsinket", "aflyst")
TITLES = ("Samarbejdsworkshop i Faaborg-Midtfyn Kommune", "Kursus", "Evalueringer og interesse gøres op for alle")


def frame(first: date, days: int, length: int = 3) -> pd.DataFrame:
    rows = [
        {
            "phase": ("analyse", "møder", "opfølgning")[place // 5],
            "title": TITLES[place % 3],
            "start": first + timedelta(days=days * place // 14),
            "end": first + timedelta(days=days * place // 14 + length),
            "when": f"dag {place}",
            "role": "konsulent",
            "helpers": "",
            "standing": STANDINGS[place % 5],
        }
        for place in range(15)
    ]
    return pd.DataFrame(rows)


@BOTH
@pytest.mark.parametrize("months", [1, 5, 12, 26])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_no_text_is_cut_or_meets_another(layout: Layout, months: int, share: float) -> None:
    table = frame(date(2022, 9, 1), 30 * months - 5)
    start, end = min(table["start"]), max(table["end"])
    today = start + timedelta(days=int((end - start).days * share))
    assert unreadable(_draw(list(_rows(list(table.itertuples(index=False)))), start, end, today, layout)) == []


@BOTH
def test_each_line_has_its_bar_where_its_days_are(layout: Layout) -> None:
    table = frame(date(2022, 1, 3), 300).query("standing == 'i gang'")
    start, end = min(table["start"]), max(table["end"])
    rows = list(_rows(list(table.itertuples(index=False))))
    sheet = _draw(rows, start, end, date(2021, 1, 1), layout)
    legend, *drawn = [mark.x for mark in marks(etree.fromstring(sheet.svg())) if mark.ink == "group-1"]
    assert legend[1] - legend[0] == 22
    axis = _axis(start, end, layout)
    expected = [(axis.at(row.start), axis.at(row.end + timedelta(days=1))) for row in rows if row.start and row.end]
    assert drawn == [pytest.approx((left, max(right, left + 6)), abs=0.1) for left, right in expected]


def test_a_day_lies_at_its_share_of_whole_months() -> None:
    # January and February 2022 are 59 days: 1 February is 31 of them on.
    axis = gantt._Axis(date(2022, 1, 1), date(2022, 3, 1), 0.0, 590.0)
    assert axis.at(date(2022, 2, 1)) == 310.0
    assert axis.months == [date(2022, 1, 1), date(2022, 2, 1), date(2022, 3, 1)]


def test_the_table_has_every_line_phase_by_phase_and_says_how_it_stands() -> None:
    table = frame(date(2022, 1, 3), 300)
    mixed = pd.concat([table.iloc[10:], table.iloc[:10]])  # the last phase is named first, so it comes first
    exhibit = plot_plan(mixed, today=date(2022, 5, 1), caption="Planen")
    body = etree.fromstring(exhibit.table.replace("\N{SOFT HYPHEN}", ""))
    rows = [["".join(cell.itertext()) for cell in row] for row in body.iterfind(".//tbody/tr")]
    assert [row[1] for row in rows] == ["opfølgning"] * 5 + ["analyse"] * 5 + ["møder"] * 5
    assert sorted(tuple(row) for row in rows) == sorted(
        (line.title, line.phase, line.when, line.role, "–", line.standing) for line in table.itertuples(index=False)
    )


def test_how_a_line_stands_is_not_told_by_colour_alone() -> None:
    table = frame(date(2022, 1, 3), 300)
    exhibit = plot_plan(table, today=date(2022, 5, 1), caption="Planen")
    assert exhibit.picture is not None
    for drawing in drawings(exhibit.picture.html()):
        words = words_of(drawing)
        # The legend names each, and what must not be missed is written at its three bars too.
        assert [words.count(name) for name in STANDINGS] == [1, 1, 1, 1 + 3, 1 + 3]
        bars = {
            (path.get("class").split()[0], ink_of(path), "v5H" in path.get("d")) for path in drawing.iter("{*}path")
        }
        assert {("q", "link", True), ("q", "group-1", False), ("h", "group-1", False), ("h", "link", False)} <= bars
    late = [line.title for line in table.itertuples(index=False) if line.standing == "forsinket"]
    assert all(title in exhibit.picture.desc for title in late)
