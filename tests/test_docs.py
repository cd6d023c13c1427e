"""The documents say what the code does: the reference is made from it, and nothing outside is linked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*.md")])


def test_the_reference_is_what_the_code_says() -> None:
    """Every command, setting, format and error is documented, because the pages are made from them."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, check=False
    )
    assert b"" == done.stdout
    assert 0 == done.returncode


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_to_a_file_that_is_there(path: Path) -> None:
    """Links stay inside the project, so they do not rot."""
    for target in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", path.read_text("utf-8")):
        assert (path.parent / "".join(target)).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_raises_its_voice(path: Path) -> None:
    """Words for people are calm."""
    prose = re.sub(r"`[^`]*`|!\[|<!--.*?-->|^    .*$", "", path.read_text("utf-8"), flags=re.M | re.S)
    assert "!" not in prose


def test_a_note_of_change_has_a_kind_and_one_sentence() -> None:
    """What `towncrier` gathers: one sentence to the person using Fallow."""
    for note in (ROOT / "changes").glob("*.md"):
        assert re.fullmatch(r"[a-z0-9-]+\.(security|removed|added|changed|fixed)\.md", note.name)
        assert 1 == len(note.read_text("utf-8").strip().splitlines())
