"""The scripts behind docs/explanation/forecast.md on a small log; the document says what its pictures show."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest

from study.test_fitting import planted

ROOT = Path(__file__).parents[2]
PICTURES = ("forecast-reliability", "forecast-hazard")
A_SIXTH = 1 / 6


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / ("tools" if name == "forecast_figures" else "benchmarks")))
    return importlib.import_module(name)


def description(picture: Path) -> str:
    root = ElementTree.fromstring(picture.read_text("utf-8"))
    return str(root.findtext("{http://www.w3.org/2000/svg}desc"))


def test_each_log_is_drawn_and_a_hazard_that_stays_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silences end at one rate, half of them by either side: no line falls. What is printed stands in the picture."""
    rng = np.random.default_rng(4)
    logs = [str(planted(tmp_path / f"{name}.csv", 60, rng, theirs=0.5)) for name in ("one", "two")]
    figures = script("forecast_figures", monkeypatch)
    curves = []
    plain = figures.by_age
    monkeypatch.setattr(figures, "by_age", lambda *given: curves.append(plain(*given)) or curves[-1])
    monkeypatch.setattr(sys, "argv", ["forecast_figures.py", *logs, "--to", str(tmp_path)])
    figures.main()
    said = capsys.readouterr().out
    for name in PICTURES:
        assert f"{name}: {description(tmp_path / f'{name}.svg')}\n" in said
        assert 2 == len(re.findall(">one<|>two<", (tmp_path / f"{name}.svg").read_text("utf-8")))
    held = [(each.lower < A_SIXTH / 2) & (each.upper > A_SIXTH / 2) for each in curves]
    assert np.mean([each[curve.age < 14] for each, curve in zip(held, curves, strict=True)]) > 0.85


def test_the_models_are_held_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row of numbers each; a model whose library is not there is named."""
    log = planted(tmp_path / "one.csv", 150, np.random.default_rng(4), theirs=0.5)
    peers = script("forecast_peers", monkeypatch)

    def absent(task: object) -> None:
        raise ModuleNotFoundError(name="a_library")

    ours = {name: peers.MODELS[name] for name in peers.OURS}
    monkeypatch.setattr(peers, "MODELS", ours | {peers.FOREST: absent})
    monkeypatch.setattr(sys, "argv", ["forecast_peers.py", str(log), "--most", "600"])
    peers.main()
    said = capsys.readouterr().out
    learned = re.search(r"learned from (\d+) silences", said)
    assert learned is not None
    assert 300 < int(learned[1]) <= 600
    rows = re.findall(r"^\| (Fallow[^|]*) \| ([\d.]+) \| ([\d.]+) \|", said, flags=re.M)
    assert list(ours) == [name for name, _, _ in rows]
    # Everybody is alike here, so that nobody can be told from anybody.
    assert all(0.95 < float(ratio) < 1.1 for _, ratio, _ in rows)
    assert f"Left out, for want of a library: {peers.FOREST} (a_library)." in said


def test_hazards_of_both_causes_make_an_incidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """With constant hazards it is h1 / (h1 + h2) of all that ended."""
    peers = script("forecast_peers", monkeypatch)
    found = peers.from_hazards([0.02 * peers.HORIZON[None], 0.06 * peers.HORIZON[None]])
    np.testing.assert_allclose(found[0], -np.expm1(-0.08 * peers.HORIZON) / 4, rtol=1e-12)


@pytest.mark.parametrize("name", PICTURES)
def test_the_document_says_what_the_picture_shows(name: str) -> None:
    """Word by word, for those who do not see it."""
    document = (ROOT / "docs" / "explanation" / "forecast.md").read_text("utf-8")
    assert f"../pictures/{name}.svg" in document
    assert description(ROOT / "docs" / "pictures" / f"{name}.svg") in document
