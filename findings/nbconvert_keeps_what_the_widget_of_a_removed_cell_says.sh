#!/usr/bin/env bash
# nbconvert 7.17.2 writes what a widget says into the page, also where its cell is removed by its tag and no output is shown.
#
# Guess: a cell that `TagRemovePreprocessor` removes, or whose outputs `ClearOutputPreprocessor` takes, has nothing in the page.
# Seen (Python 3.11, ipywidgets 8.1.8): a notebook that was run keeps the state of its widgets in its own metadata, and all of
# it goes into the page's source, with what stands in a text box: of a cell that is removed by its tag, with outputs cleared,
# and with `exclude_input` and `exclude_output` together. What was printed there is gone. The page looks clean, and whoever
# searches its source reads the answer. Run with `store_widget_state=False` the notebook, and so the page, has nothing.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    nbconvert==7.17.2 nbformat==5.11.1 nbclient==0.11.0 ipykernel==7.1.0 ipywidgets==8.1.8
export JUPYTER_PLATFORM_DIRS=1 HOME="$place"
"$place/venv/bin/python" - > "$place/seen.txt" 2> "$place/log.txt" <<'PYTHON'
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

CELLS = ["import ipywidgets\nprint('TRY' + 'KT')\nipywidgets.Textarea('SVAR ' + 'FRA A1')", "print('til partnerne')"]
WAYS = {
    "as it is": {},
    "removed by tag": {"TagRemovePreprocessor": {"remove_cell_tags": {"intern"}, "enabled": True}},
    "outputs cleared": {"ClearOutputPreprocessor": {"enabled": True}},
    "all excluded": {"TemplateExporter": {"exclude_input": True, "exclude_output": True}},
}
for kept in (True, False):
    cells = [new_code_cell(CELLS[0], metadata={"tags": ["intern"]}), new_code_cell(CELLS[1])]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", store_widget_state=kept).execute()
    for name, way in WAYS.items():
        page, _ = HTMLExporter(config=Config(way)).from_notebook_node(notebook)
        print("state kept" if kept else "not kept", "|", name, "|", [said for said in ("TRYKT", "SVAR FRA A1") if said in page])
PYTHON
cat "$place/seen.txt"
{
    echo "state kept | as it is | ['TRYKT', 'SVAR FRA A1']"
    echo "state kept | removed by tag | ['SVAR FRA A1']"
    echo "state kept | outputs cleared | ['SVAR FRA A1']"
    echo "state kept | all excluded | ['SVAR FRA A1']"
    echo "not kept | as it is | ['TRYKT', 'SVAR FRA A1']"
    echo "not kept | removed by tag | []"
    echo "not kept | outputs cleared | []"
    echo "not kept | all excluded | []"
} | diff - "$place/seen.txt" || { echo "changed"; cat "$place/log.txt"; exit 1; }
