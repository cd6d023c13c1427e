# Two commands do all the set-up: `make run` starts Fallow, `make test` passes the whole test suite.

VENV   ?= .venv
PYTHON := $(VENV)/bin/python
FALLOW := $(VENV)/bin/fallow
# A process per processor, each with a browser of its own; a file's tests stay together. `make test WORKERS=0` is one by one.
WORKERS ?= auto
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: run demo test check format bench lock reference golden screenshots clean

run: $(VENV)/.runtime
	@$(FALLOW) serve

demo: $(VENV)/.runtime
	@$(FALLOW) demo

test: $(VENV)/.dev
	@tools/ensure_test_tools.sh
	@$(PYTEST)

check: $(VENV)/.dev
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) tools/reference.py --check
	@tools/ensure_test_tools.sh
	@$(PYTEST)

format: $(VENV)/.dev
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

bench: $(VENV)/.dev
	@$(PYTHON) benchmarks/analyse_vs_peers.py
	@$(PYTHON) benchmarks/dyad_measures.py
	@$(PYTHON) benchmarks/interval_coverage.py
	@$(PYTHON) benchmarks/change_points.py
	@$(PYTHON) benchmarks/store_million.py
	@$(PYTHON) benchmarks/pages_million.py

reference: $(VENV)/.dev
	@$(PYTHON) tools/reference.py

golden: $(VENV)/.dev
	@$(PYTHON) tools/golden.py

screenshots: $(VENV)/.dev
	@tools/ensure_test_tools.sh
	@$(PYTHON) tools/screenshots.py

lock: $(VENV)/.dev
	@tools/lock.sh

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@tools/make_env.sh $(VENV) requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/runtime.txt pyproject.toml
	@tools/make_env.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
