#!/usr/bin/env bash
# nb-clean 5.0.0 leaves in a notebook what its widgets showed, and says that it is clean; nbstripout 0.9.1 leaves its parameters.
#
# Guess: a notebook without outputs holds nothing of what it showed when it ran, tables in widgets included; so says a check.
# Seen (Python 3.11, nbformat 5.11.1): outputs are emptied, but the state of the widgets, which JupyterLab saves with the
# notebook and which has all their words, is metadata and stays; `nb-clean check` finds nothing. Only with all metadata of the
# notebook, its kernel as well, does it go (`--remove-all-notebook-metadata`). nbstripout takes it out, and leaves what papermill
# was given, a name of a person for instance. Whoever keeps such a notebook in Git keeps answers there.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check nb-clean==5.0.0 nbstripout==0.9.1 nbformat==5.11.1
cd "$place"
venv/bin/python - <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

KIND = "application/vnd.jupyter.widget-state+json"
SHOWN = {"model_name": "HTMLModel", "model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0"}
notebook = new_notebook(
    cells=[new_code_cell("vis(svar)", outputs=[new_output("stream", text="output: L1 svarede nej")], execution_count=1)],
    metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "widgets": {
            KIND: {
                "version_major": 2,
                "version_minor": 0,
                "state": {"a1": SHOWN | {"state": {"value": "widget: L1 svarede nej"}}},
            }
        },
        "papermill": {"parameters": {"person": "parameter: L1"}},
    },
)
nbformat.write(notebook, "a.ipynb")
PYTHON
say() { echo "$1: $(grep -o -E '(output|widget|parameter): L1' "$2" | tr '\n' ',')"; }
say "made" a.ipynb > seen.txt
for way in "" --remove-all-notebook-metadata; do
    cp a.ipynb b.ipynb
    venv/bin/nb-clean clean $way b.ipynb
    say "nb-clean clean $way" b.ipynb >> seen.txt
    if [ -z "$way" ]; then venv/bin/nb-clean check b.ipynb && echo "nb-clean check: clean" >> seen.txt; fi
done
cp a.ipynb b.ipynb
venv/bin/nbstripout b.ipynb
say "nbstripout" b.ipynb >> seen.txt
cat seen.txt
{
    echo "made: output: L1,parameter: L1,widget: L1,"
    echo "nb-clean clean : parameter: L1,widget: L1,"
    echo "nb-clean check: clean"
    echo "nb-clean clean --remove-all-notebook-metadata: "
    echo "nbstripout: parameter: L1,"
} | diff - seen.txt || { echo "changed"; exit 1; }
