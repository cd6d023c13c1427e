# Two commands do all the set-up: `make run` starts Fallow, `make test` passes the whole test suite.

VENV   ?= .venv
PYTHON := $(VENV)/bin/python
FALLOW := $(VENV)/bin/fallow
# A process per processor, each with a browser of its own; a file's tests stay together. `make test WORKERS=0` is one by one.
WORKERS ?= auto
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: words run demo test test-spark check format bench lock reference golden screenshots clean

run: $(VENV)/.runtime words
	@$(FALLOW) serve

demo: $(VENV)/.runtime words
	@$(FALLOW) demo

test: $(VENV)/.dev words
	@tools/ensure_test_tools.sh
	@$(PYTEST)

test-spark: $(VENV)/.spark
	@$(PYTHON) -m pytest -m spark tests/study

check: $(VENV)/.dev words
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) tools/reference.py --check
	@tools/ensure_test_tools.sh
	@$(PYTEST)
	@if command -v java >/dev/null; then $(MAKE) --no-print-directory test-spark; \
	else echo "The Spark tests were not run: there is no Java here. With Java 17: make test-spark"; fi

# The languages: catalogues compiled into what is read. Runs by itself whenever one of them changed.
words: src/fallow/locales/.compiled

src/fallow/locales/.compiled: hatch_build.py $(wildcard src/fallow/locales/*/*.po) $(VENV)/.runtime
	@$(PYTHON) -c "import hatch_build; hatch_build.compile_words()"
	@touch $@

format: $(VENV)/.dev
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

bench: $(VENV)/.dev
	@$(PYTHON) benchmarks/analyse_vs_peers.py
	@$(PYTHON) benchmarks/import_to_picture.py
	@$(PYTHON) benchmarks/telegram_vs_orjson.py
	@$(PYTHON) benchmarks/mbox_file.py
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

$(VENV)/.spark: requirements/spark.txt requirements/spark-build.txt $(VENV)/.dev
	@echo "Installing the locked PySpark; it is half a gigabyte." >&2
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark-build.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/spark.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
