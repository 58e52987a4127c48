"""The exploring panel as the tests find it in a real JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from lab import WAIT, run_cell

#: The panel itself.
PANEL = ".blup-explore"


class Opened(NamedTuple):
    """A running JupyterLab with the panel in it."""

    page: Any
    folder: Path
    url: str
    requests: list[str]

    def run(self, notebook: str = "udforsk") -> None:
        """Run the notebook's first cell, and wait for the panel."""
        run_cell(self.page, self.url, notebook)
        self.page.locator(f"{PANEL} [role=tab]").first.wait_for(timeout=WAIT)
        self.page.locator(f"{PANEL} .table table").first.wait_for(timeout=WAIT)

    @property
    def panel(self) -> Any:
        return self.page.locator(PANEL)

    def tab(self, name: str) -> None:
        self.panel.get_by_role("tab", name=name).click()
        self.panel.get_by_role("tab", name=name, selected=True).wait_for()

    def choose(self, label: str, option: str) -> None:
        self.panel.get_by_label(label, exact=True).select_option(label=option)

    def heading(self) -> str:
        return str(self.panel.locator("h2").text_content())

    def cells(self) -> list[str]:
        return list(self.page.locator(".jp-Notebook .jp-CodeCell .cm-content").all_inner_texts())
