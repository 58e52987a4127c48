#!/usr/bin/env bash
# papermill 2.7.0's report mode hides the code where a notebook is opened; nbconvert 7.17.2 writes all of it into the report.
#
# Guess: a notebook that papermill has run with `--report-mode` ("flag for hiding input") is a page without code when nbconvert
# makes one of it, as the two are named together everywhere.
# Seen (Python 3.11): the flag marks each cell with `source_hidden`, which JupyterLab heeds; none of nbconvert's templates does.
# The page that a partner gets has all code, open to see, with the parameters that papermill wrote: the path of the file of
# answers, with the name of whoever sits at the machine in it. `exclude_input` leaves the code out.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
    papermill==2.7.0 nbconvert==7.17.2 nbformat==5.11.1 nbclient==0.11.0 ipykernel==7.1.0
export HOME="$place" PATH="$place/venv/bin:$PATH"
cd "$place"
python - > seen.txt 2> log.txt <<'PYTHON'
import nbformat
import papermill
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook

cells = [new_code_cell("fil = ''", metadata={"tags": ["parameters"]}), new_code_cell("regnet = 6 * 7\nprint(regnet)")]
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
nbformat.write(new_notebook(cells=cells, metadata=kernel), "in.ipynb")
papermill.execute_notebook("in.ipynb", "out.ipynb", {"fil": "hjemme/K1/svar.xlsx"}, report_mode=True, progress_bar=False)
made = nbformat.read("out.ipynb", 4)
print("marked as hidden:", [cell.metadata["jupyter"]["source_hidden"] for cell in made.cells])
for template in ("lab", "classic", "basic"):
    for excluded in (False, True):
        page, _ = HTMLExporter(template_name=template, exclude_input=excluded).from_notebook_node(made)
        words = BeautifulSoup(page, "html.parser").get_text()
        found = [each for each in ("hjemme/K1/svar.xlsx", "regnet = 6 * 7", "42") if each in words]
        print(template, "exclude_input" if excluded else "as it is", found)
PYTHON
cat seen.txt
{
    echo "marked as hidden: [True, True, True]"
    for template in lab classic basic; do
        echo "$template as it is ['hjemme/K1/svar.xlsx', 'regnet = 6 * 7', '42']"
        echo "$template exclude_input ['42']"
    done
} | diff - seen.txt || { echo "changed"; cat log.txt; exit 1; }
