"""The locks hold what pyproject.toml asks for, and the ones that build on another hold all of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WANTED = {
    "runtime": PROJECT["project"]["dependencies"],
    "dev": [
        *(*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]),
        *PROJECT["project"]["optional-dependencies"]["study"],
    ],
    "build": PROJECT["build-system"]["requires"],
}


def locked(name: str) -> dict[str, str]:
    """Package to version, as a lock pins them; one that differs by platform is there with its last."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", WANTED)
def test_everything_asked_for_is_locked(name: str) -> None:
    """`make lock` was run after the last change."""
    asked = {re.split(r"[<>=\[ ;]", one)[0].lower() for one in WANTED[name]}
    assert set() == asked - set(locked(name))


@pytest.mark.parametrize("name", ["dev", "spark"])
def test_what_runs_is_what_was_tested(name: str) -> None:
    """The same versions in every environment."""
    assert locked("runtime").items() <= locked(name).items()
