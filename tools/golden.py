"""
Rewrite the expected readings beside the golden samples; read the difference before you keep it.

    python tools/golden.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from fallow.errors import ImportRefused
from fallow.importers import FORMATS, Export, read_export
from fallow.messages import NOT_KNOWN, Kind

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "importers"
EXPECTED = ".expected.json"


def samples(channel: str) -> list[Path]:
    """The golden samples of one channel; what each is read as stands beside it."""
    return sorted(path for path in (GOLDEN / channel).iterdir() if not path.name.endswith(EXPECTED))


def reading(sample: Path) -> dict[str, Any]:
    """What a sample is read as, as plain data."""
    try:
        return told(read_export(sample.name, sample.read_bytes(), one_side=True))
    except ImportRefused as refusal:
        return {"refused": refusal.kind}


def told(export: Export) -> dict[str, Any]:
    """An export as plain data; one list per message: when, who, kind, words, text."""
    return {
        "format": export.format,
        "layout": export.layout,
        "date_order": [export.date_order, export.date_order_why],
        "names": list(export.names),
        "resolution": export.resolution,
        "system": export.system,
        **_told_by_instants(export),
        "problems": [[one.line, one.kind, one.count] for one in export.problems],
        "messages": [
            [
                str(np.datetime64(int(export.local[i]), "us").astype("datetime64[s]")),
                export.names[export.author[i]],
                Kind(int(export.kind[i])).name,
                int(export.words[i]),
                export.body(i),
            ]
            for i in range(len(export))
        ],
    }


def _told_by_instants(export: Export) -> dict[str, Any]:
    """What only a file with instants or ids tells; the periods of which messages are gone, in seconds."""
    told: dict[str, Any] = {}
    if export.offset is not None:
        told["offset"] = sorted(set(export.offset.tolist()))
    if export.group:
        told["group"] = export.group
    if export.sides is not None:
        told["sides"] = list(export.sides)
    if len(export.unseen):
        told["unseen"] = (export.unseen // 1_000_000).tolist()
    if export.read_at is not None:
        told["read_at"] = [None if at == NOT_KNOWN else at // 1_000_000 for at in export.read_at.tolist()]
    return told


def written(data: dict[str, Any]) -> str:
    """The text of an expected file: one message a line."""
    messages = data.get("messages", [])
    rows = ",\n".join("    " + json.dumps(row, ensure_ascii=True) for row in messages)
    head = {key: value for key, value in data.items() if key != "messages"}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    if messages:
        lines.append(f'  "messages": [\n{rows}\n  ]')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    changed = 0
    for sample in (sample for format in FORMATS for sample in samples(format.channel)):
        expected = sample.with_suffix(EXPECTED)
        text = written(reading(sample))
        if not expected.exists() or expected.read_text("utf-8") != text:
            expected.write_text(text, "utf-8")
            changed += 1
    print(f"{changed} rewritten")
    return 0


if __name__ == "__main__":
    sys.exit(main())
