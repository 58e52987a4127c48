"""The figures of results, drawn with seaborn by their shape: numbers come worked out, long names are wrapped."""

from __future__ import annotations

import io
import textwrap
from typing import Any, Final

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from blupkit.core import DataError, Fault
from blupkit.core.danish import number
from blupkit.display.drawing import Drawing, Shape
from blupkit.display.theme import look, theme
from blupkit.display.tokens import INK, LINK

_WIDTH: Final = 8.0
#: How many letters fit before a row, and over the figure.
_LABEL, _TITLE = 32, 72


class Picture(Figure):
    """A figure that shows itself in a notebook, whether pyplot was set up or not."""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", bbox_inches="tight", dpi=110)
        return buffer.getvalue()


def draw(title: str, shape: Shape, drawing: Drawing) -> Figure:
    """Draw a result.

    Parameters
    ----------
    title : str
        What stands above.
    shape : Shape
        How.
    drawing : Drawing
        What; a mark without a value is left out, its row stays.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot.

    Raises
    ------
    DataError
        There is nothing to draw.

    Examples
    --------
    >>> marks = pd.DataFrame({"label": ["Ja", "Nej"], "series": "", "value": [75.0, 25.0]})
    >>> draw("Tid", Shape.BARS, Drawing(marks, "Pct.")).axes[0].get_xlabel()
    'Pct.'
    """
    if shape == Shape.NONE or drawing.marks["value"].isna().all():
        found = "en tabel uden figur" if shape == Shape.NONE else "en tabel uden tal"
        raise DataError(Fault(title, found, "tal, der kan tegnes", "Se tabellen i stedet.", quotes=False))
    marks = drawing.marks.assign(label=_wrapped(drawing.marks["label"]), series=_ordered(drawing.marks["series"]))
    labels, series = list(marks["label"].cat.categories), list(marks["series"].cat.categories)
    with theme():
        lines = sum(str(label).count("\n") + 1 for label in labels)
        side_by_side = 1 if shape == Shape.PAIRS else len(series)
        thick = 0.2 if shape == Shape.BARS else 0.15
        height = 1.4 + max(thick * len(labels) * (side_by_side + 0.6), 0.28 * lines)
        picture = Picture(figsize=(_WIDTH, height), layout="constrained")
        axes = picture.subplots()
        _SHAPES[shape](axes, marks, drawing, series)
        axes.set(xlabel=drawing.axis, ylabel="")
        picture.suptitle(textwrap.fill(title, _TITLE), fontsize="medium", fontweight="bold", x=0.01, ha="left")
        if drawing.zero:
            axes.axvline(0, color=INK, linewidth=0.8, zorder=0.5)
        axes.xaxis.set_major_formatter(_danish_tick)
        sns.despine(ax=axes, left=True, bottom=True)
        _put_legend(picture, axes, series)
    return picture


def _put_legend(picture: Figure, axes: Axes, series: list[str]) -> None:
    """Say below the figure who is who; where there is one only, nothing is to be told apart."""
    legend = axes.get_legend()
    if legend is None:
        return
    legend.remove()
    if len(series) > 1:
        names = [textwrap.fill(text.get_text(), _LABEL) for text in legend.get_texts()]
        columns = max(1, _TITLE // (max(map(len, names)) + 8))
        handles = [handle for handle in legend.legend_handles if handle is not None]
        picture.legend(handles, names, loc="outside lower left", ncols=min(columns, len(names)))


def _bars(axes: Axes, marks: pd.DataFrame, _: Drawing, series: list[str]) -> None:
    colours = [look(place).colour for place in range(len(series))]
    sns.barplot(marks, x="value", y="label", hue="series", palette=colours, saturation=1, errorbar=None, ax=axes)
    for place, bars in enumerate(axes.containers):
        for bar in bars:
            bar.set_hatch(look(place).hatch)
    legend = axes.get_legend()
    for place, handle in enumerate(legend.get_patches() if legend else []):
        handle.set_hatch(look(place).hatch)


def _pairs(axes: Axes, marks: pd.DataFrame, drawing: Drawing, series: list[str]) -> None:
    ends = marks.groupby("label", observed=False)["value"].agg(["min", "max"])
    axes.hlines(range(len(ends)), ends["min"], ends["max"], colors=LINK, linewidth=2, zorder=1)
    _points(axes, marks, drawing, series, step=0.0)


def _points(axes: Axes, marks: pd.DataFrame, drawing: Drawing, series: list[str], step: float | None = None) -> None:
    labels, looks = list(marks["label"].cat.categories), [look(place) for place in range(len(series))]
    step = 0.6 / len(series) if step is None else step
    at = marks["label"].cat.codes + step * (marks["series"].cat.codes - (len(series) - 1) / 2)
    sns.scatterplot(
        marks.assign(at=at),
        x="value",
        y="at",
        hue="series",
        style="series",
        palette=[one.colour for one in looks],
        markers=[one.marker for one in looks],
        s=50,
        ax=axes,
    )
    if {"low", "high"} <= set(marks):
        enough = marks["n"] >= drawing.least if "n" in marks else pd.Series(True, index=marks.index)
        for place, one in enumerate(looks):
            own = enough & (marks["series"].cat.codes == place)
            axes.hlines(at[own], marks["low"][own], marks["high"][own], colors=one.colour, linewidth=1.5)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)


_SHAPES: Final[dict[Shape, Any]] = {Shape.BARS: _bars, Shape.POINTS: _points, Shape.PAIRS: _pairs}


def _danish_tick(value: float, _: float) -> str:
    digits = f"{value:.10g}".partition(".")[2]
    return number(value, len(digits))


def _ordered(column: pd.Series) -> pd.Series:
    """Give a column as an ordered category: in its own order, or in that in which its words stand."""
    if isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered:
        return column.cat.remove_unused_categories()
    words = column.astype("str")
    return words.astype(pd.CategoricalDtype(list(dict.fromkeys(words)), ordered=True))


def _wrapped(column: pd.Series) -> pd.Series:
    column = _ordered(column)
    names = {name: textwrap.fill(str(name), _LABEL) for name in column.cat.categories}
    return column.cat.rename_categories(names)
