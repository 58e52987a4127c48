#!/usr/bin/env bash
# Importing nbformat builds some thirty grammar parsers that no notebook needs, whichever validator is chosen.
#
# Guess: with NBFORMAT_VALIDATOR=fastjsonschema, nbformat 5.11.1 does without jsonschema and what that brings along.
# Seen (Python 3.11): nbformat imports jsonschema all the same; where rfc3987-syntax 1.1.0 is installed, as
# jsonschema[format-nongpl] has it (jupyter-events asks for that, so every JupyterLab has it), jsonschema 4.26.0 imports
# it, and it builds one Earley parser for each of its grammar's rules at import: about a second before the first notebook
# is read. Reading and checking a notebook then uses none of them.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/env"
"$place/env/bin/pip" install --quiet --disable-pip-version-check \
    nbformat==5.11.1 jsonschema==4.26.0 rfc3987-syntax==1.1.0 lark==1.3.1 fastjsonschema==2.21.2
NBFORMAT_VALIDATOR=fastjsonschema "$place/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import lark

built, used = [], []
make, parse = lark.Lark.__init__, lark.Lark.parse
lark.Lark.__init__ = lambda self, *rest, **how: (built.append(1), make(self, *rest, **how))[1]
lark.Lark.parse = lambda self, *rest, **how: (used.append(1), parse(self, *rest, **how))[1]

import nbformat  # noqa: E402
from nbformat.v4 import new_markdown_cell, new_notebook  # noqa: E402

nbformat.validate(new_notebook(cells=[new_markdown_cell("Se https://example.org/")]))
for name in ("nbformat", "jsonschema", "rfc3987-syntax", "lark"):
    print(name, version(name))
print("jsonschema imported:", "jsonschema" in sys.modules, "| parsers built:", len(built), "| used:", len(used))
if "jsonschema" not in sys.modules or len(built) < 20 or used:
    sys.exit("changed: importing nbformat no longer builds parsers that it does not use")
PYTHON
