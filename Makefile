# The course in a few commands: `make` lists them.
# Everything is installed into .venv/ from constraints.txt (exact versions and hashes); nothing else is touched.

PYTHON ?= python3
LAB_ARGS ?=
PYTEST_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# With the programs of .venv first: nbgrader calls alembic by its name, and so may a student autograder.
RUN := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" "$(CURDIR)/$(PY)"
STAMP := $(VENV)/.ready
START := notebooks/00_start_here.ipynb
SAMPLE := build/sample-course

# JupyterLab asks nobody for news and updates.
LAB_SETTINGS := $(VENV)/etc/jupyter/labconfig
QUIET_LAB := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}

# Tools installed for this user elsewhere must not shadow the locked ones.
export JUPYTER_PREFER_ENV_PATH := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONNOUSERSITE := 1
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help lab grade test bench lint lock release doctor clean prerequisites

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(STAMP)  ## open the course in JupyterLab (LAB_ARGS="--no-browser --port 9999" for your own options)
	@$(RUN) -m jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/$(START) \
	  $$(test "$$(id -u)" -ne 0 || echo --allow-root) $(LAB_ARGS)

grade: $(STAMP)  ## grade the bundled sample class
	@$(RUN) -m autograder.grading.sample "$(SAMPLE)"
	@cd "$(SAMPLE)" && $(RUN) -m autograder.cli grade

test: $(STAMP)  ## run all tests (PYTEST_ARGS="-k pipes" for some)
	@$(RUN) -m pytest $(PYTEST_ARGS)

bench: $(STAMP)  ## grade a class beside stock nbgrader, time verdicts and live pictures (BENCH_ARGS="--students 210")
	@$(RUN) benchmarks/grading.py $(BENCH_ARGS)
	@$(RUN) benchmarks/verdicts.py
	@$(RUN) benchmarks/paints.py

lint: $(STAMP)  ## ruff, mypy and the course's own linter
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && $(PY) -m autograder.cli lint

release: $(STAMP)  ## regenerate release/ from source/
	@$(RUN) -m autograder.cli release

doctor: $(STAMP)  ## say what this machine offers
	@$(RUN) -m autograder.cli doctor

lock: prerequisites  ## renew constraints.txt from pyproject.toml (needs the network)
	@mkdir -p build && $(PYTHON) -m venv --clear build/lock && build/lock/bin/python -m pip install -q uv
	@{ sed -n '/^#/p;/^#/!q' constraints.txt; \
	  build/lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	    --generate-hashes --no-config --no-header --no-annotate -q; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/lock && echo "constraints.txt is renewed"

clean:  ## remove what make made (never work/, submitted/ or a gradebook)
	@rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +

# One line for each thing that is missing, all of them at once.
prerequisites:
	@missing=; \
	say() { echo "Missing: $$1. On Debian or Ubuntu: sudo apt-get install $$2" >&2; missing=1; }; \
	case "$$(uname -s)" in Linux) ;; *) \
	  echo "Note: the course observes the Linux kernel; on $$(uname -s) use Binder, WSL 2 or a Linux virtual machine." >&2;; esac; \
	if ! command -v $(PYTHON) >/dev/null; then say "$(PYTHON) (Python 3.11 or newer)" "python3 python3-venv python3-pip"; else \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Missing: Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another one: make PYTHON=python3.12" >&2; missing=1; }; \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || say "Python's venv and pip" "python3-venv python3-pip"; fi; \
	command -v gcc >/dev/null || say "gcc (the lessons compile C programs)" "gcc libc6-dev"; \
	test -z "$$missing"

# The stamp is written last, so that a set-up that was interrupted is finished the next time.
$(STAMP): constraints.txt pyproject.toml
	@$(MAKE) --no-print-directory prerequisites
	@echo "Setting up in $(VENV) (about a minute the first time) ..."
	@$(PY) -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install -q --require-hashes -r constraints.txt
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	@mkdir -p $(LAB_SETTINGS) && echo '$(QUIET_LAB)' > $(LAB_SETTINGS)/default_setting_overrides.json
	@touch $@ && echo "Ready."
