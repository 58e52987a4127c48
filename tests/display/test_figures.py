"""The figures of results: what is drawn is what was worked out, and nothing is drawn that is not known."""

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from blupkit.display import Drawing, Shape, theme
from blupkit.display.figures import draw
from blupkit.display.theme import HATCHES
from blupkit.display.tokens import GROUP_COLOURS, GROUP_MARKERS, INK


def bars(marks: pd.DataFrame) -> Figure:
    return draw("Titel", Shape.BARS, Drawing(marks, "Pct."))


def widths(figure: Figure) -> list[list[float]]:
    return [[bar.get_width() for bar in series] for series in figure.axes[0].containers]


@pytest.fixture
def two() -> pd.DataFrame:
    names = ["Ingen", "Op til 3 timer", "4-8 timer", "Mere end 16 timer"]
    label = pd.Categorical(names * 2, names, ordered=True)
    return pd.DataFrame(
        {"label": label, "series": ["L"] * 4 + ["A"] * 4, "value": [10.0, 20, 30, 40, 5, 15, float("nan"), 80]}
    )


def test_bars_stand_in_the_order_of_the_scale_and_as_long_as_their_number(two: pd.DataFrame) -> None:
    figure = bars(two.sample(frac=1, random_state=1).sort_values("series", ascending=False))
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == list(two["label"].cat.categories)
    first, second = widths(figure)
    assert first == [10, 20, 30, 40]
    assert [width for width in second if width == width] == [5, 15, 80]


def test_a_group_is_told_apart_by_colour_and_hatch_also_in_the_legend(two: pd.DataFrame) -> None:
    figure = bars(two)
    hatches = [series[0].get_hatch() or "" for series in figure.axes[0].containers]
    assert hatches == list(HATCHES[:2])
    (legend,) = figure.legends
    assert [patch.get_hatch() or "" for patch in legend.get_patches()] == hatches
    assert [text.get_text() for text in legend.get_texts()] == ["L", "A"]


def test_one_series_has_no_legend(two: pd.DataFrame) -> None:
    assert bars(two[two["series"] == "L"]).legends == []


def test_codes_are_drawn_beside_each_other_as_names_only(two: pd.DataFrame) -> None:
    # seaborn draws the codes 1, 2 and 5 side by side as numbers; a label is always a name here.
    figure = bars(pd.DataFrame({"label": [1, 2, 5], "series": "", "value": [1.0, 2.0, 3.0]}))
    assert [tick.get_text() for tick in figure.axes[0].get_yticklabels()] == ["1", "2", "5"]


def test_a_long_name_is_wrapped_and_stays_on_the_figure() -> None:
    long = "Landsby eller område med under 200 indbyggere og et meget langt navn oven i købet"
    figure = bars(pd.DataFrame({"label": [long, "Ø"], "series": "", "value": [1.0, 2.0]}))
    first = figure.axes[0].get_yticklabels()[0]
    assert first.get_text().replace("\n", " ") == long
    assert max(map(len, first.get_text().split("\n"))) <= 32
    FigureCanvasAgg(figure).draw()
    assert first.get_window_extent().x0 >= 0


def test_ticks_have_a_comma_and_are_never_rounded() -> None:
    figure = bars(pd.DataFrame({"label": ["a"], "series": "", "value": [0.9]}))
    figure.axes[0].set_xticks([0.25, 0.5, 1])
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["0,25", "0,5", "1"]


def test_two_people_have_no_interval_and_enough_have_theirs() -> None:
    marks = pd.DataFrame(
        {"label": ["a", "b"], "series": "", "value": [1.0, 2.0], "low": [0.5, 1.0], "high": [1.5, 3.0], "n": [2, 5]}
    )
    axes = draw("T", Shape.POINTS, Drawing(marks, "Gab", least=5, zero=True)).axes[0]
    lines = [
        part.tolist()
        for lines in axes.collections
        if isinstance(lines, LineCollection)
        for part in lines.get_segments()
    ]
    assert lines == [[[1.0, 1.0], [3.0, 1.0]]]


def test_points_have_their_group_s_colour_and_marker() -> None:
    marks = pd.DataFrame({"label": ["a"] * 3, "series": ["L", "P", "A"], "value": [1.0, 2.0, 3.0]})
    figure = draw("T", Shape.POINTS, Drawing(marks, "Gab"))
    (legend,) = figure.legends
    shown = [(handle.get_marker(), handle.get_markerfacecolor()) for handle in legend.legend_handles]  # type: ignore[union-attr]
    assert shown == list(zip(GROUP_MARKERS[:3], [*GROUP_COLOURS[:3]], strict=True))


def test_more_groups_than_looks_begin_again_and_all_are_drawn() -> None:
    marks = pd.DataFrame({"label": "a", "series": [f"g{place}" for place in range(8)], "value": np.arange(8.0) + 1})
    assert widths(bars(marks)) == [[place + 1.0] for place in range(8)]
    assert draw("T", Shape.POINTS, Drawing(marks, "Gab")).legends


def test_the_theme_is_the_tokens_and_is_put_back() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with theme():
        assert mpl.rcParams["text.color"] == INK
        assert [part["color"] for part in mpl.rcParams["axes.prop_cycle"]] == list(GROUP_COLOURS)
        assert sns.color_palette().as_hex() == [colour.lower() for colour in GROUP_COLOURS]
    assert dict(mpl.rcParams) == before
