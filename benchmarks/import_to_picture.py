"""
From a file to its first picture: 100,000 WhatsApp messages read, stored encrypted and drawn, as the pages do it.

Everything of `app` and `charts` that this takes, in one process on a real encrypted store: the file is recognised,
parsed, its messages told apart from those that are there, stored with their words, and the page with every chart
drawn. CPU seconds are user and system time of the process after its imports and the making of the store. Then `fallow
analyse` of 40,000 messages (where WhatsApp stops), start to finish, by wall time, beside a Python that only starts.

    python benchmarks/import_to_picture.py --messages 100000 --runs 5
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from whatsapp_file import NAMES, write

STEPS = """
import json, resource, secrets, sys
from pathlib import Path
from fallow.app import analyse_kept, import_chat, kept, kept_name, read_export
from fallow.charts import draw_both_sides, kept_as, pack
from fallow.wiring import create_desk

def cpu():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime

chat, folder, me = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
desk, _ = create_desk(folder, secrets.token_hex(8))
data, began = chat.read_bytes(), cpu()
export = read_export(chat.name, data)
read = cpu()
receipt = import_chat(desk, export, me=me, with_text=True)
stored = cpu()
kept(desk, kept_name(kept_as(), None), lambda: pack(draw_both_sides(analyse_kept(desk, None))))
drawn = cpu()
desk.store.close()
print(json.dumps([receipt.new, read - began, stored - read, drawn - stored]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--analysed", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        chat, small = folder / f"WhatsApp Chat with {NAMES[1]}.txt", folder / "small.txt"
        size = write(chat, given.messages)
        write(small, given.analysed)
        print(f"{given.messages:,} messages, {size / 1e6:.1f} MB, Python {sys.version.split()[0]}\n")
        print("| | read | told apart and stored | measured and drawn | in all |\n|---|---|---|---|---|")
        runs = [steps(chat, folder / f"data{run}") for run in range(given.runs)]
        middle = [statistics.median(run[i] for run in runs) for i in range(3)]
        print(
            f"| CPU s (median of {given.runs}) | " + " | ".join(f"{part:.2f}" for part in (*middle, sum(middle))) + " |"
        )
        fallow = str(Path(sys.executable).parent / "fallow")
        walls = [wall([fallow, "analyse", str(small), "--me", NAMES[0], "--json"]) for _ in range(given.runs)]
        starts = [wall([sys.executable, "-c", ""]) for _ in range(given.runs)]
        print(f"\n`fallow analyse` of {given.analysed:,}: {statistics.median(walls):.2f} s wall, ", end="")
        print(f"{min(walls):.2f} at best; a Python that only starts {statistics.median(starts):.2f} s")


def steps(chat: Path, folder: Path) -> list[float]:
    """CPU seconds of reading, storing and drawing, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", STEPS, str(chat), str(folder), NAMES[0]], capture_output=True, check=True
    )
    _new, *parts = json.loads(done.stdout)
    return parts


def wall(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
