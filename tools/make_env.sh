#!/bin/sh
# Make the environment: a virtual environment with the locked, hashed requirements and Fallow itself.
# usage: tools/make_env.sh FOLDER REQUIREMENTS
set -eu
folder=$1
requirements=$2

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Fallow needs Python 3.11 or newer. On Debian or Ubuntu: apt install python3 python3-venv. On macOS: python.org." >&2
    exit 1
}

[ -x "$folder/bin/python" ] && "$folder/bin/python" -c '' 2>/dev/null || {
    python=$(find_python)
    # Debian keeps the module that makes environments in a package of its own.
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv module is missing. Install it first: sudo apt install python3-venv" >&2
            exit 1
        fi
    fi
    rm -rf "$folder"
    "$python" -m venv "$folder"
}

echo "Installing the locked requirements; the first time takes about a minute." >&2
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
# The build backend is locked like everything else and comes from requirements/build.txt.
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
