# Two commands set everything up: `make demo` and `make test`. Both need only git, make and python3 >= 3.11.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint format types serve lock clean

demo: $(VENV)/installed              ## ingest, translate, review and publish the sample newsroom
	$(BIN)/yibao demo

test: $(VENV)/installed-dev          ## run the whole test suite
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev          ## style, format and import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(VENV)/installed-dev         ## strict types of the library
	$(BIN)/mypy

format: $(VENV)/installed-dev        ## bring the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

serve: $(VENV)/installed             ## open the review desk
	$(BIN)/yibao serve

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Yibao needs Python 3.11 or later; name one: make PYTHON=python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }

# The locks carry every dependency with its hash; --no-deps keeps pip from adding to them
# what argostranslate declares and Yibao does not need (3 GB of torch).
$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the dependencies (once, a minute or so)…"
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

lock:                                ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url -o requirements-dev.lock

clean:                               ## remove the environment and caches; var/ and outputs/ stay
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
