#!/bin/sh
# Lock every requirement with hashes, for all platforms and Pythons at once. Needs uv in the environment.
set -eu
.venv/bin/python -m pip install --quiet uv
uv=".venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet"
$uv pyproject.toml -o requirements/runtime.txt
printf "hatchling\neditables\nbabel\n" | $uv - -o requirements/build.txt
$uv pyproject.toml --group dev --extra study -c requirements/runtime.txt -o requirements/dev.txt
# PySpark comes as source alone, so what builds it is locked beside it.
printf "setuptools\nwheel\n" | $uv - -c requirements/dev.txt -o requirements/spark-build.txt
$uv pyproject.toml --extra spark -c requirements/dev.txt -o requirements/spark.txt
