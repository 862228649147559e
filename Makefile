# `make run` cleans seeds/ into clean/; `make test` runs the tests.  Both do all set-up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := .venvs/peers/.installed
PYTHON312 ?= python3.12

.PHONY: run test check bench train train-text train-joined train-namer train-headline fuzz report outdated format clean help

help:            ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,bench]'
	# Without bytecode, first imports take two to three times as long.
	$(BIN)/python -m compileall -q $(VENV)/lib cleaners flows
	touch $@

run: $(STAMP)    ## clean seeds/ into clean/
	$(BIN)/winnow clean seeds --out clean

test: $(STAMP)   ## run the tests
	$(BIN)/python -m pytest

check: $(STAMP)  ## lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(PEERS): benchmarks/peers.txt benchmarks/peers312.txt
	$(PYTHON) -m venv .venvs/peers
	.venvs/peers/bin/python -m pip install --quiet --upgrade pip
	.venvs/peers/bin/python -m pip install --quiet --requirement benchmarks/peers.txt
	# One peer has a wheel for Python 3.12 alone; without that Python it is left out.
	! $(PYTHON312) -c '' || { $(PYTHON312) -m venv .venvs/peers312 && \
	  .venvs/peers312/bin/python -m pip install --quiet --requirement benchmarks/peers312.txt; }
	touch $@

bench: $(STAMP) $(PEERS) ## measure beside the peers (BENCH="--sample 50" for a taste)
	$(BIN)/python -m benchmarks.quality $(BENCH)
	$(BIN)/python -m benchmarks.metadata
	$(BIN)/python -m benchmarks.flattened
	$(BIN)/python -m benchmarks.kinds

train: $(STAMP)  ## train the layout judge anew and cross-validate it (half an hour)
	$(PYTHON) -m venv .venvs/train
	.venvs/train/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[train]'
	.venvs/train/bin/python -m benchmarks.training.train $(TRAIN)

train-text: $(STAMP) ## train the line judge of text pages anew and cross-validate it (half an hour)
	$(PYTHON) -m venv .venvs/train
	.venvs/train/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[train,bench]'
	.venvs/train/bin/python -m benchmarks.training_text.train $(TRAIN)

train-joined: $(STAMP) ## learn anew where line breaks were lost, and cross-validate it (ten minutes)
	$(PYTHON) -m venv .venvs/train
	.venvs/train/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[train]'
	.venvs/train/bin/python -m benchmarks.training_joined.train $(TRAIN)

train-namer: $(STAMP) ## train the namer anew and try it on hands that it has not read (ten minutes)
	$(BIN)/python -m benchmarks.training_namer.train $(TRAIN)

train-headline: $(STAMP) ## learn anew where text pages have their headline (two minutes)
	$(BIN)/python -m benchmarks.training_headline $(TRAIN)

FUZZ_SECONDS ?= 600
fuzz: $(STAMP)   ## try inputs that nobody thought of, for FUZZ_SECONDS (600)
	$(PYTHON) -m venv .venvs/fuzz
	.venvs/fuzz/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	.venvs/fuzz/bin/python -m fuzz --seconds $(FUZZ_SECONDS)

report: run      ## make the report on seeds/ and its picture for the README
	$(BIN)/winnow report clean -o report
	$(BIN)/python tools/picture_report.py report docs/report.png

outdated: $(STAMP) ## try newer releases of the dependencies against the tests (an hour)
	$(BIN)/python tools/outdated.py

format: $(STAMP) ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:           ## remove what the other targets made
	rm -rf $(VENV) .venvs build dist report .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz
	find clean -mindepth 1 ! -name .gitkeep -exec rm -rf {} +
