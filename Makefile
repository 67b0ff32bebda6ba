# Targets that people and the gate run alike. Needs Python 3.11 or newer with venv, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: map test check lint types unit browser tools docs clean

map: $(VENV)/.installed ## the worked example, as outputs/kursk.html
	$(BIN)/dateline map examples/kursk/article.txt examples/kursk/events.csv \
		--title "Fighting on the Kursk border" -o outputs/kursk.html --overwrite

test: $(VENV)/.tools browser tools lint types ## lint, types and every test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.tools lint types unit ## the quick part of `make test`

lint: $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tools
	$(BIN)/mypy src

unit: $(VENV)/.tools
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not whole"

browser: ## Chromium from Debian where there is no browser
	@sh scripts/install_browser.sh

tools: ## what some tests need from Debian: PostgreSQL with PostGIS, and a clock that can be set
	@sh scripts/install_tools.sh

docs: $(VENV)/.installed ## the documentation, as site/index.html
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[docs]"
	$(BIN)/mkdocs build --strict --quiet

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "expected Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tools: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,lint]"
	@touch $@

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
