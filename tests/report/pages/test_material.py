"""A page does not speak of what the study does not have."""

from __future__ import annotations

import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from blupkit import report
from blupkit.disclosure import SafeTable
from blupkit.report.pages.material import cells_with_material

NOTHING = {"text/html": '<p class="none">Det er ikke en del af denne undersøgelse.</p>'}
EMPTY = {"text/html": ""}
SILENT = {"text/markdown": " \n"}
FIGURE = {"text/html": '<figure class="exhibit">12</figure>'}
SAID = {"text/markdown": "Tolv har svaret."}


def words(text: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": list(tags)} if tags else {})


def ran(*shown: dict[str, str], tags: tuple[str, ...] = ()) -> NotebookNode:
    outputs = [new_output("execute_result", data=data) for data in shown]
    return new_code_cell("vis()", outputs=outputs, metadata={"tags": list(tags)} if tags else {})


def left(*cells: NotebookNode) -> list[str]:
    return [cell.source for cell in cells_with_material(cells)]


@pytest.mark.parametrize("beside", [NOTHING, EMPTY, SILENT])
def test_a_section_of_what_was_not_asked_is_left_out_with_its_words(beside: dict[str, str]) -> None:
    cells = [words("## Et"), ran(NOTHING), words("Sådan læses den."), ran(beside), words("## To")]
    assert left(*cells) == ["## To"]


@pytest.mark.parametrize("shown", [EMPTY, SILENT])
def test_a_section_that_was_asked_of_and_may_say_nothing_stays(shown: dict[str, str]) -> None:
    # Were it left out, the headings of a page would tell that too few had answered.
    assert left(words("## Et"), ran(shown), words("Sådan læses den.")) == ["## Et", "vis()", "Sådan læses den."]


@pytest.mark.parametrize("shown", [FIGURE, SAID])
def test_a_section_that_shows_something_stays_whole(shown: dict[str, str]) -> None:
    assert left(words("## Et"), ran(NOTHING), ran(shown), words("Sådan.")) == ["## Et", "vis()", "vis()", "Sådan."]


def test_a_section_of_words_alone_stays() -> None:
    assert left(words("## Et"), words("Ord."), ran()) == ["## Et", "Ord.", "vis()"]


def test_a_failing_cell_is_never_left_out() -> None:
    stream = new_code_cell("vis()", outputs=[new_output("stream", text="advarsel")])
    assert left(words("## Et"), stream) == ["## Et", "vis()"]


@pytest.mark.parametrize(
    ("table", "there"),
    [(pd.DataFrame(), ["## Uden"]), (pd.DataFrame({"value": [1.0]}), ["## Med", "## Alle"])],
)
def test_cells_follow_the_material_that_their_tag_names(table: pd.DataFrame, there: list[str]) -> None:
    mark = report.leave_out(behov=SafeTable(table, 5))
    first = ran({"text/html": mark.html}) if mark else new_code_cell("leave_out()")
    alone = words("## Uden", "uden-behov")
    cells = cells_with_material([first, words("## Med", "kun-behov"), alone, words("## Alle", "kun-behov")])
    assert [cell.source for cell in cells if cell.cell_type == "markdown"] == there
    assert not any("data-without" in str(cell.outputs) for cell in cells if cell.cell_type == "code")
