# The one door to the project: `make render` and `make test` set everything up themselves.
PYTHON ?= python3
STUDY ?= data/demo
VENV := .venv
BIN := $(VENV)/bin
# What is compiled is kept, as on any machine: where it may not be, each of the many processes compiles all anew.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

#: What `make soak` searches through: a thousand made-up studies, damaged files and killed kernels, and the attack on a
#: thousand and more releases, through finished zips and on tables (`BLUPKIT_ANGREB=zips=10,tables=50` sets other counts),
#: and on the pattern of what is hidden in a thousand (`BLUPKIT_PATTERNS`). Damaged exports are a thousand a kind, or as
#: many as `BLUPKIT_OEDELAGTE` says over all kinds; another `--hypothesis-seed` tries others.
SOAK := tests/app/exploring/test_explorer.py tests/attack tests/disclosure/test_pattern.py tests/disclosure/test_release.py \
	tests/interviews/transcripts/test_fuzz.py tests/interviews/coding/test_log.py \
	tests/interviews/coding/placing/test_neighbours.py tests/interviews/exchange/test_qualcoder.py \
	tests/interviews/exchange/test_offsets.py tests/interviews/exchange/test_qdpx_in.py \
	tests/interviews/exchange/test_qdpx_out.py tests/survey/reading/test_fuzz.py tests/test_made_up_pages.py

#: Rooms whose tests run in one process and start no others: what runs in them can be counted. Counting takes half
#: as much time again (Python 3.11), so the other rooms are spared it. `make covered uncovered` together run what `make test` runs.
COVERED := blupkit tests/core tests/disclosure tests/survey tests/report/figures \
	tests/interviews/transcripts tests/interviews/privacy tests/interviews/exchange

#: Rooms whose tests open no browser and start no batch, without the long searches: an answer within 90 seconds on two idle cores.
QUICK := blupkit tests/activities tests/core tests/display \
	tests/survey/measures tests/survey/proposing tests/survey/reading tests/survey/words \
	tests/interviews/analysis tests/interviews/exchange tests/interviews/privacy tests/interviews/transcripts \
	tests/disclosure/test_ends.py tests/disclosure/test_margins.py tests/disclosure/test_safe_table.py tests/test_structure.py \
	--ignore tests/display/test_sortable.py --ignore tests/activities/learning

.PHONY: help filter render test quick covered uncovered soak bench lint release lab format lock clean

help:
	@echo "make render   set up and render the demo study into outputs/"
	@echo "make test     set up and run the tests"
	@echo "make quick    the tests that need no browser and no batch, in about a minute"
	@echo "make covered  the tests of the quick rooms, and how much of their code they run"
	@echo "make soak     the searches that take hours: a thousand examples each"
	@echo "make bench    measure speed and memory as ratios"
	@echo "make lint     format, style, types, imports, packages, and the structure in numbers"
	@echo "make release  look at all that a release needs, and say what is missing"
	@echo "make lab      open the start page in JupyterLab"
	@echo "make lock     write the locked requirements anew (needs uv)"

# The stamps make the second run install nothing: they are older than neither the lock nor the project file.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	@echo "Setting up the environment in $(VENV) (once; a few minutes) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Adding the development tools ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Git takes notebooks without outputs and widgets from now on; a moment, and nothing where there is no git.
filter: $(VENV)/.installed
	@$(BIN)/python tools/clean_notebook.py --install

render: filter
	@$(BIN)/blupkit render $(STUDY)

test: filter $(VENV)/.installed-dev
	@$(BIN)/python -m pytest

quick: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest $(QUICK)

covered: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest $(COVERED) --cov

uncovered: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest tests $(addprefix --ignore=,$(COVERED))

soak: $(VENV)/.installed-dev
	@BLUPKIT_PATTERNS=$${BLUPKIT_PATTERNS:-1000} $(BIN)/python -m pytest $(SOAK) --hypothesis-profile=soak -n 2

bench: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/bench.py

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry --no-ansi blupkit notebooks tools
	@$(BIN)/python tools/structure.py --strict

# It tags and sends nothing: it says what is in the way of it. pip fetches what builds the wheel.
release: $(VENV)/.installed-dev
	@$(BIN)/python tools/release.py

format: $(VENV)/.installed-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lab: filter
	@$(BIN)/python tools/start.py

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
