"""A table to hold: what every exploring call returns, shows itself, plots itself and goes to Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from blupkit.core import Fault, FileError
from blupkit.core.danish import many
from blupkit.core.outputs import Outputs
from blupkit.display.drawing import Drawing, Shape

if TYPE_CHECKING:
    from ipywidgets import VBox
    from matplotlib.figure import Figure

#: What stands on everything that exploring shows.
INTERNAL: Final = "Internt: Tabellen er ikke prøvet for fortrolighed og må ikke deles."


@dataclass(frozen=True, eq=False, repr=False)
class ResultTable:
    """En tabel, du kan se, tegne, sortere og få i Excel.

    What every exploring call returns. It is for the consultant's eyes: nothing in it has been decided or hidden.

    Parameters
    ----------
    title : str
        What it is, in Danish: "Alder fordelt på tid, lokalrådsmedlemmer".
    frame : pandas.DataFrame
        What is shown and exported: Danish heads, ordered categories in the order of their scale, numbers as numbers.
        Missing where there is no number, as a share of nobody.
    notes : tuple of str
        Danish sentences: the base, the three states of missing, filters, how intervals were made.
    shape : Shape
        How `plot` draws it.
    call : str
        The one line of Python that makes the same table.
    drawing : Drawing, optional
        What `plot` draws, where it is not the frame as it stands.
    study : pathlib.Path, optional
        The study's folder, whose output the Excel file lies in.

    Examples
    --------
    >>> table = ResultTable("Tid", pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]}), ("4 svarede.",), Shape.BARS)
    >>> table
    Tid: 2 rækker, 2 kolonner. Prøv .plot(), .to_excel() eller .sortable(). Tallene står i .frame.
    """

    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    shape: Shape = Shape.NONE
    call: str = ""
    drawing: Drawing | None = field(default=None)
    study: Path | None = field(default=None)

    def __repr__(self) -> str:
        rows, columns = self.frame.shape
        draw = ".plot(), " if self.shape != Shape.NONE else ""
        size = f"{many(rows, 'række', 'rækker')}, {many(columns, 'kolonne', 'kolonner')}"
        return f"{self.title}: {size}. Prøv {draw}.to_excel() eller .sortable(). Tallene står i .frame."

    def __dir__(self) -> Iterable[str]:
        return ["title", "frame", "notes", "shape", "call", "plot", "to_excel", "sortable"]

    def _repr_html_(self) -> str:
        from blupkit.display.markup import table_html

        return table_html(self.title, self.frame, self.notes, INTERNAL)

    def plot(self) -> Figure:
        """Tegn tabellen.

        Returns
        -------
        matplotlib.figure.Figure
            Shown where it is a cell's last line; pyplot knows nothing of it, so nothing is drawn twice or left open.

        Raises
        ------
        DataError
            The table has no figure, or there is nothing to draw in it.

        Examples
        --------
        >>> table = ResultTable("Tid", pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]}), shape=Shape.BARS)
        >>> [float(bar.get_width()) for bar in table.plot().axes[0].containers[0]]
        [3.0, 1.0]
        """
        from blupkit.display.figures import draw

        return draw(self.title, self.shape, self.drawing or Drawing.of_table(self.frame))

    def to_excel(self, path: str | Path = "") -> Path:
        """Gem tabellen som Excel-fil, og få at vide, hvor den ligger.

        Text stays text and numbers stay numbers; the second sheet has title, notes and the line that makes the table.

        Parameters
        ----------
        path : str or pathlib.Path
            The file, `.xlsx`; without one a new file in the folder `intern/udforsk` of the study's output.

        Returns
        -------
        pathlib.Path
            Where it lies.

        Raises
        ------
        FileError
            The name has another suffix, or the file cannot be written, for example because it is open in Excel.

        Examples
        --------
        >>> import tempfile
        >>> table = ResultTable("Tid", pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]}))
        >>> table.to_excel(Path(tempfile.mkdtemp()) / "tid.xlsx").name  # doctest: +ELLIPSIS
        Tabellen ligger i ...tid.xlsx. Den er intern.
        'tid.xlsx'
        """
        from blupkit.display.workbook import workbook

        outputs = Outputs.at_hand(self.study) if self.study else Outputs(Path("outputs"))
        place = Path(path) if path else outputs.explored(self.title)
        if place.suffix.lower() != ".xlsx":
            raise FileError(
                Fault(str(place), place.suffix or "intet", ".xlsx", "Kald filen noget, der ender på .xlsx.")
            )
        try:
            if not path:
                outputs.make()
            outputs.write(place, workbook(self.title, self.frame, [INTERNAL, *self.notes], self.call))
        except OSError as error:
            action = "Luk den i Excel, eller vælg et andet sted, og prøv igen."
            raise FileError(Fault(str(place), "en fil, der ikke kan skrives", "en fil, der kan", action)) from error
        print(f"Tabellen ligger i {place}. Den er intern.")
        return place

    def sortable(self) -> VBox:
        """Vis tabellen, så den kan sorteres og søges i.

        Returns
        -------
        ipywidgets.VBox
            Title, table and notes; it fetches nothing from outside. Numbers sort as numbers, answers in the order of
            their scale, text in Danish order.
        """
        from blupkit.display.sortable import sortable

        return sortable(self.title, self.frame, self.notes, INTERNAL)
