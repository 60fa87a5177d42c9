# make report: set everything up and render the demo and seed reports
# make test:   set everything up and pass the tests
# Python 3.11 or newer and make are all a machine needs; the rest goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: report test test-browser lab lint benchmark clean

report: $(READY)
	$(BIN)/on-record extract data/demo/articles --topics data/demo/topics.csv --out reports/tables/demo
	$(BIN)/on-record extract seeds --out reports/tables/seed
	$(BIN)/on-record portfolio data/demo/reports.yml --out reports

test: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

test-browser: $(READY)
	$(BIN)/python -m pytest -q tests/browser

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/codespell

lab: $(READY)
	cd notebooks && ../$(BIN)/jupyter lab 00_start_here.ipynb

benchmark: $(READY)
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf .venv reports build *.egg-info .pytest_cache .ruff_cache .hypothesis

# The lock pins every package with its hashes; setuptools comes from it too, so that installing
# this package itself fetches nothing.
$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes --no-deps -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@
