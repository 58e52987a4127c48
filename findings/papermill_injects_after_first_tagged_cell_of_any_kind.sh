#!/usr/bin/env bash
# Papermill writes its parameters after the first cell with the tag "parameters", be it a heading; what comes later wins.
#
# Guess: papermill 2.7.0 looks for the cell of code that has the tag, or complains that two cells have it.
# Seen (Python 3.11): it takes the first cell with the tag, of any kind, without a word. In a valid notebook whose heading
# has the tag beside the cell of parameters, its own cell comes between the two, and the notebook's default stands last:
# every run gives the default's result. "Parameters" with a capital is no tag for it: then its cell comes first of all,
# with a warning in the log, and the default wins again.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/env"
"$place/env/bin/pip" install --quiet --disable-pip-version-check papermill==2.7.0 nbformat==5.11.1 ipykernel==6.29.5
cd "$place"
"$place/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def result(name, heading, settings):
    cells = [
        new_markdown_cell("# A heading", metadata={"tags": heading}),
        new_code_cell('place = "default"', metadata={"tags": settings}),
        new_code_cell("print(place)"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = new_notebook(cells=cells, metadata=kernel)
    nbformat.validate(book)
    nbformat.write(book, f"{name}.ipynb")
    done = papermill.execute_notebook(f"{name}.ipynb", None, {"place": "wanted"}, progress_bar=False)
    order = [" ".join(cell.metadata.tags) or "-" for cell in done.cells]
    printed = done.cells[-1].outputs[0].text.strip()
    print(f"{name}: {' | '.join(order)} -> {printed}")
    return printed


print("papermill", version("papermill"), "nbformat", version("nbformat"), "Python", sys.version.split()[0])
seen = (
    result("plain", [], ["parameters"]),
    result("heading", ["parameters"], ["parameters"]),
    result("capital", [], ["Parameters"]),
)
if seen != ("wanted", "default", "default"):
    sys.exit("changed: papermill no longer injects after the first tagged cell of any kind")
PYTHON
