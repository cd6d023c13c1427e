"""Each of the 44 acceptance stories has one journey, named after it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

STORIES = range(1, 45)
FILES = sorted(Path(__file__).parent.glob("test_scenario_*.py"))


def test_every_scenario_has_one_journey() -> None:
    """None is missing, none is told twice, and each test is in the file of its number."""
    told = []
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        assert len(names) == 1, path.name
        found = re.match(r"test_scenario_(\d\d)_[a-z0-9_]+", names[0])
        assert found is not None, names[0]
        assert path.name == f"test_scenario_{found[1]}.py"
        told.append(int(found[1]))
    assert list(STORIES) == told
