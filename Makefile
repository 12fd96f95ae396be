# Every target builds the environment first, once; a second call starts at once. Reports and
# notebooks need half of it: the tools of the tests come when something is tested.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/run
READY := $(VENV)/ready
# Modules are compiled when they are first used: all at once takes longer than a first report.
PIP := -m pip --quiet --disable-pip-version-check
LOCK := uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
INSTALL := install --no-compile --require-hashes --requirement
PEERS := .venv-bench
# Each module is compiled once, not in every process, whatever the shell is set to.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: reports open test test-slow test-all lab docs check lock bench bench-parts soak clean

reports: $(RUN)
	$(BIN)/sco-research report --format html,figures

# The same, and in the browser: from a clone to the first report by one command.
open: $(RUN)
	$(BIN)/sco-research report --format html,figures --open

test: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not slow"

# The tests that need a browser, a built wheel or a cluster, or go through every form.
test-slow: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m slow

test-all: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lab: $(RUN)
	$(BIN)/jupyter lab notebooks

# Offline; every warning is an error. What it writes is not committed.
docs: $(READY)
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo docs/_build/html/index.html

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Hashes and no addresses: the lock says what is installed, never from where.
lock:
	$(LOCK) --group build --group test --group docs --extra cluster --output-file requirements.txt
	$(LOCK) --group build --extra parquet --constraint requirements.txt --output-file requirements-run.txt

# What everything costs beside the peers, as ratios in one run: one table. About half an hour; with
# QUICK=--quick a few minutes, without batches and the loops of other tools.
bench: $(READY) $(PEERS)/ready
	$(BIN)/python tests/benchmarks/table.py --peers $(PEERS)/bin/python --write $(QUICK)

# Each part by itself, in more detail.
bench-parts: $(READY) $(PEERS)/ready
	$(BIN)/python tests/benchmarks/language.py --peers $(PEERS)/bin/python
	$(BIN)/python tests/benchmarks/themes.py
	$(BIN)/python tests/benchmarks/commitments_speed.py
	$(BIN)/python tests/benchmarks/loading.py
	$(BIN)/python tests/benchmarks/growth.py
	$(BIN)/python tests/benchmarks/batch.py --many 1000
	$(BIN)/python tests/benchmarks/reuse.py
	$(BIN)/python tests/benchmarks/rendering.py
	$(BIN)/python tests/benchmarks/engines.py --write
	$(BIN)/python tests/benchmarks/cold.py --write

# Twenty thousand spoilt inputs, damaged parts of files, hostile inputs in Chromium, a thousand
# reports, two hundred random kills, two clones, a hundred thousand documents. Hours.
soak: $(READY)
	$(BIN)/python tests/soak/fuzz.py
	$(BIN)/python tests/soak/mutations.py
	$(BIN)/python tests/soak/hostile.py
	$(BIN)/python tests/soak/soak.py
	$(BIN)/python tests/soak/two_clones.py
	$(BIN)/python tests/soak/corpus.py

$(PEERS)/ready: tests/benchmarks/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/benchmarks/peers.txt
	touch $(PEERS)/ready

$(RUN): requirements-run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP) $(INSTALL) requirements-run.txt
	$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable .
	touch $(RUN)

$(READY): $(RUN) requirements.txt
	$(BIN)/python $(PIP) $(INSTALL) requirements.txt
	touch $(READY)

clean:
	rm -rf $(VENV) $(PEERS) docs/_build docs/generated .mypy_cache .pytest_cache .ruff_cache .hypothesis
