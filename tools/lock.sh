#!/bin/sh
# Lock every requirement with hashes, for all platforms and Pythons at once. Needs uv in the environment.
set -eu
.venv/bin/python -m pip install --quiet uv
uv=".venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet"
$uv pyproject.toml -o requirements/runtime.txt
printf "hatchling\neditables\n" | $uv - -o requirements/build.txt
$uv pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
