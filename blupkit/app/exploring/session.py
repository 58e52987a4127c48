"""What the page asks and what it is answered: JSON, one answer to each request, and never a traceback."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from html import escape
from threading import Lock
from typing import Any, Final

from blupkit.app.exploring.cards import shown_html
from blupkit.app.exploring.cell import cell_code
from blupkit.app.exploring.choice import Control, Option, RefusedError, Tab
from blupkit.app.exploring.explorer import Explorer, Shown, sentence_of
from blupkit.app.exploring.own_finding import DECLARED, declare, first_look, own_table, toml_lines, verdict
from blupkit.core import BlupkitError
from blupkit.display import ResultTable, Shape

#: What goes to the page and comes from it.
Message = dict[str, Any]
#: Dots an inch: sharp on a screen that has two for each of the page's.
DOTS: Final = 130
_ACTIONS: Final = (
    Option("celle", "Kopiér som celle"),
    Option("excel", "Til Excel"),
    Option("sorter", "Sortér og søg i tabellen"),
)
_OWN: Final = Option("egen", "Med på siderne")
_WRITE: Final = Option("egen_skriv", "Skriv det i study.toml")
_HOW: Final = "Med disse linjer nederst i study.toml kommer tabellen med, næste gang siderne laves."
_WAIT: Final = "Hele afgørelsen regnes igennem …"
_UNSORTED: Final = Option("sorter", "Vis tabellen uden sortering")


class Session:
    """One panel: what the page asks for is done one thing at a time, however JupyterLab hands it over.

    Parameters
    ----------
    explorer : Explorer
        What is chosen, and what it gives.
    make_sortable : callable
        Takes a table, and gives the name by which the page finds its sortable view.
    namespace : callable
        Gives the names that the notebook has.
    later : callable
        Takes what is worked out meanwhile, and sends the page what comes of it.
    """

    def __init__(
        self,
        explorer: Explorer,
        make_sortable: Callable[[ResultTable], str],
        namespace: Callable[[], dict[str, object]],
        later: Callable[[Callable[[], Message]], None],
    ) -> None:
        self._explorer, self._make_sortable, self._namespace, self._later = explorer, make_sortable, namespace, later
        self._shown: Shown | None = None
        self._drawn: Message = {}
        self._sorting = False
        self._lock = Lock()

    @property
    def shown(self) -> Shown:
        """What the panel shows now."""
        if self._shown is None:
            self._show(self._explorer.shown())
        assert self._shown is not None
        return self._shown

    def answer(self, message: Message) -> Message:
        """Do what the page asks for, and say what came of it.

        Parameters
        ----------
        message : dict
            `request` (which the answer carries), `action`, and for "vaelg" the `choice`.

        Returns
        -------
        dict
            `request`, `state` (what to draw), and `told`, `error` or `cell` where there is something to say.
        """
        head = {"request": message.get("request")}
        with self._lock:
            try:
                return head | self._do(str(message.get("action")), message) | {"state": self._state()}
            except RefusedError as error:
                return head | {"error": str(error), "state": self._state()}
            except BlupkitError as error:
                return head | {"error": sentence_of(error)}
            except Exception as error:
                # Whatever it is, the page must not wait for ever; what is the matter stands in the log of the kernel.
                name = type(error).__name__
                return head | {"error": f"Det gik galt på en måde, som panelet ikke kender ({name}). Vælg noget andet."}

    def _do(self, action: str, message: Message) -> Message:
        doings: dict[str, Callable[[], Message]] = {
            "hent": dict,
            "vaelg": lambda: self._choose(message.get("choice")),
            "forfra": self._begin_again,
            "celle": lambda: {"cell": cell_code(self._table.call, self._explorer.materials.study, self._namespace())},
            "excel": lambda: {"told": f"Tabellen ligger i {self._table.to_excel()}. Den er intern."},
            "sorter": self._sort,
            "egen": lambda: {"own": self._own_lines()},
            "egen_skriv": self._declare,
        }
        if action not in doings:
            raise RefusedError(f"Panelet kan ikke »{action}«.")
        return doings[action]()

    @property
    def _table(self) -> ResultTable:
        if not self.shown.tables:
            raise RefusedError("Der er ingen tabel endnu. Vælg først noget at vise.")
        return self.shown.tables[0]

    def _choose(self, choice: object) -> Message:
        if not isinstance(choice, dict):
            raise RefusedError("Panelet forstod ikke, hvad der blev valgt.")
        self._show(self._explorer.choose(choice))
        return {}

    def _begin_again(self) -> Message:
        self._show(self._explorer.begin_again())
        return {"told": "Alle valg er fjernet."}

    def _sort(self) -> Message:
        self._sorting = not self._sorting
        self._drawn["sortable"] = self._make_sortable(self._table) if self._sorting else ""
        self._drawn["actions"] = self._actions()
        return {}

    def _own_lines(self) -> Message:
        """Say at once what the rule on n allows; what the whole decision says comes later."""
        materials = self._explorer.materials
        own = own_table(materials, self._explorer.choice)
        lines, said = toml_lines(own), first_look(materials, own)
        self._later(lambda: {"verdict": verdict(materials.study, own), "of": lines})
        return {"said": said, "text": lines, "how": _HOW, "wait": _WAIT, "actions": [_WRITE._asdict()]}

    def _declare(self) -> Message:
        own = own_table(self._explorer.materials, self._explorer.choice)
        declare(self._explorer.materials, own)
        return {"told": DECLARED.format(name=own.name)}

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        first = shown.tables[0] if shown.tables else None
        self._drawn = {
            "heading": first.title if first else "",
            "said": shown.said,
            "html": _in_order(shown.tables),
            "call": shown.call,
            "actions": self._actions(),
            "sortable": self._make_sortable(first) if first and self._sorting else "",
            **_picture(shown),
        }

    def _actions(self) -> list[Message]:
        if self._shown is None or not self._shown.tables:
            return []
        sort = _UNSORTED if self._sorting else _ACTIONS[-1]
        own = [_OWN] if self._explorer.choice.tab == Tab.SURVEY and self._explorer.choice.question else []
        return [option._asdict() for option in (*_ACTIONS[:-1], *own, sort)]

    def _state(self) -> Message:
        _ = self.shown  # the first time, nothing has been drawn yet
        return {
            "tab": self._explorer.choice.tab,
            "tabs": [option._asdict() for option in self._explorer.tabs],
            "controls": [_control(control) for control in self._explorer.controls()],
            "shown": dict(self._drawn),
        }


def _control(control: Control) -> Message:
    value = control.value if isinstance(control.value, str) else list(control.value)
    return control._asdict() | {"value": value, "options": [option._asdict() for option in control.options]}


def _in_order(tables: tuple[ResultTable, ...]) -> str:
    """Give the tables under each other; the first has its heading above the figure."""
    return "".join(
        f"{f'<h3>{escape(table.title)}</h3>' if place else ''}{shown_html(table)}" for place, table in enumerate(tables)
    )


def _picture(shown: Shown) -> Message:
    """Draw the first table that has a figure, and say in words what it shows: its numbers stand in the table."""
    for table in shown.tables:
        if table.shape != Shape.NONE:
            try:
                figure = table.plot()
            except BlupkitError:
                continue  # a table without one number in it
            buffer = io.BytesIO()
            figure.savefig(buffer, format="png", bbox_inches="tight", dpi=DOTS)
            data = base64.b64encode(buffer.getvalue()).decode("ascii")
            return {
                "drawing": f"data:image/png;base64,{data}",
                "alt": f"Figur: {table.title}. Tallene står i tabellen.",
            }
    return {"drawing": "", "alt": ""}
