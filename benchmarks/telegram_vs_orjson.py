"""
A million Telegram messages: Fallow's whole reading of the file beside `orjson.loads` alone, in one run.

Fallow reads the file as `fallow import` does, in pieces, down to columns of when, who, what and how many words; orjson
only makes Python objects of it. Every row is a process of its own; CPU seconds are user and system time together, less
those of starting it with its imports; memory is the peak of the process. Then a full export of eight such chats: one
chosen out of it, and the times of all. orjson is installed by pip into a folder that is removed.

    python benchmarks/telegram_vs_orjson.py --messages 1000000 --runs 3
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from telegram_file import write

MEASURE = """
import json, re, resource, sys
from pathlib import Path
{imports}
def cpu():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime
path, began = Path(sys.argv[1]), cpu()
count = {work}
used = cpu() - began
if sys.platform == "linux":
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
print(json.dumps([used, peak, count]))
"""
ORJSON = "orjson"
FALLOW = MEASURE.format(imports="from fallow.importers import read_export_file", work="len(read_export_file(path))")
CHOSEN = MEASURE.format(
    imports="from fallow.importers import read_export_file", work='len(read_export_file(path, chat="1003"))'
)
PAIRS = MEASURE.format(imports="from fallow.importers import read_pairs", work="sum(map(len, read_pairs(path)))")
PEER = MEASURE.format(imports="import orjson", work='len(orjson.loads(path.read_bytes())["messages"])')


def measured(python: str, code: str, file: Path) -> tuple[float, float, int]:
    """CPU seconds, peak megabytes, and how many messages were found."""
    run = subprocess.run([python, "-c", code, str(file)], capture_output=True, check=True)
    cpu, peak, count = json.loads(run.stdout)
    return cpu, peak, count


def write_many(path: Path, one: Path, *, copies: int) -> int:
    """A full export that holds the same chat many times, each with another person; returns its size in bytes."""
    data = one.read_bytes()
    head, tail = b'{"personal_information": {"user_id": 100200300}, "chats": {"list": [', b"]}}"
    with path.open("wb") as file:
        file.write(head)
        for i in range(copies):
            file.write((b"," if i else b"") + data.replace(b'"id": 400500600', b'"id": %d' % (1000 + i), 1))
        file.write(tail)
    return path.stat().st_size


def row(name: str, runs: list[tuple[float, float, int]], size: int) -> str:
    cpu = statistics.median(run[0] for run in runs)
    peak = max(run[1] for run in runs)
    return f"| {name} | {runs[0][2]:,} | {size / 1e6:,.0f} | {cpu:.2f} | {peak:,.0f} | {size / 1e6 / cpu:,.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path, help="one chat already written by telegram_file.py")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "peer", with_pip=True)
        peer = str(folder / "peer" / "bin" / "python")
        subprocess.run([peer, "-m", "pip", "install", "--quiet", ORJSON], check=True)
        one, many = arguments.file or folder / "result.json", folder / "full.json"
        size = one.stat().st_size if arguments.file else write(one, arguments.messages)
        full = write_many(many, one, copies=8)
        pairs = [(measured(sys.executable, FALLOW, one), measured(peer, PEER, one)) for _ in range(arguments.runs)]
        ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
        chosen = [measured(sys.executable, CHOSEN, many)]
        times = [measured(sys.executable, PAIRS, many)]
    print("| | messages | MB | CPU s (median) | peak MB | MB per CPU s |\n| --- | --- | --- | --- | --- | --- |")
    print(row("Fallow, one chat to its columns", ours, size))
    print(row("orjson.loads alone", theirs, size))
    print(row("Fallow, one chat out of a full export of eight like it", chosen, full))
    print(row("Fallow, the times of all eight, for the forecast", times, full))
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, theirs, strict=True))
    print(f"\nFallow over orjson, median of the runs side by side: {ratio:.2f}")


if __name__ == "__main__":
    main()
