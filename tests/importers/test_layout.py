"""Whether a text has a layout is told as surely as the layout is learned, only sooner."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallow.importers.whatsapp.layout import has_layout, learn_layout

SAMPLES = sorted((Path(__file__).parents[1] / "golden" / "importers" / "whatsapp").glob("*.txt"))
LINES = (
    *("28/05/2023, 10:00 - Sam: ok", "28/05/2023, 10:01 - Kim: yes", "[28.05.23, 10:00:00] Sam: ok"),
    *("5/28/23, 9:05 AM - Sam: ok", "\u200e[28.05.23, 10:00:00] Kim: no", "12/05 we met"),
    *("words", "", "1.2.3", "٢٨/٥/٢٠٢٣، ١٠:٠٠"),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.stem)
def test_every_sample_has_a_layout_and_what_is_under_its_first_line_too(sample: Path) -> None:
    """With and without the line that nearly always tells."""
    text = sample.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    for part in (text, "hello\n" + text, text.partition("\n")[2]):
        assert has_layout(part) == (learn_layout(part) is not None)


@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_a_text_has_a_layout_where_one_is_learned(lines: list[str]) -> None:
    """The first line, or three alike anywhere."""
    text = "\n".join(lines)
    assert has_layout(text) == (learn_layout(text) is not None)
