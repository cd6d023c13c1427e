"""
A million WhatsApp messages: Fallow's whole two-sided analysis beside the bare import of others, in one run.

Fallow runs `fallow analyse`, start to finish, as a person would; each other tool only reads the file into its own
table, with its own limits lifted the way its documentation says. Every row is a process of its own; CPU seconds are
user and system time together, memory is the peak of the process, both as the kernel counts them. On a shared machine
compare CPU seconds and ratios, not wall time. The other tools are installed by pip into a folder that is removed.

    python benchmarks/analyse_vs_peers.py --messages 1000000 --runs 3
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from whatsapp_file import NAMES, write

PEERS = {
    "whatstk 0.9.1": (
        "whatstk==0.9.1",
        "import sys; from whatstk import df_from_whatsapp; "
        "print(len(df_from_whatsapp(sys.argv[1], max_size=None)))",  # it refuses more than 50 MB by default
    ),
    "chat-miner 0.6.0": (
        "chat-miner==0.6.0",
        "import sys; from chatminer.chatparsers import WhatsAppParser; "
        "p = WhatsAppParser(sys.argv[1]); p.parse_file(); print(len(p.parsed_messages.get_df()))",
    ),
}
"""Name → (what pip installs, the shortest import a user can write). The fastest Python readers on the package index."""
NODE_PEER = "whatsapp-chat-parser"
NODE_CODE = (
    "import { readFileSync } from 'node:fs'; import { parseString } from 'whatsapp-chat-parser';"
    "console.log(parseString(readFileSync(process.argv[2], 'utf8')).length);"
)
"""The fastest reader there is, in JavaScript."""
PARSE = (
    "import sys; from pathlib import Path; from fallow.importers import read_export_file; "
    "print(len(read_export_file(Path(sys.argv[1]))))"
)
ANALYSIS, IMPORT = "Fallow, whole two-sided analysis", "Fallow, import alone"
LONG = 20.0
"""CPU seconds from which one run is enough."""
COUNT = "import sys; print(open(sys.argv[1], 'rb').read().count(b'\\n'))"


@dataclass(frozen=True)
class Use:
    """What one process took."""

    cpu: float
    wall: float
    megabytes: float


def measured(command: list[str]) -> Use:
    """Run a command to its end, its output thrown away."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, use = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{command[0]} ended with {process.returncode}: {said.read()[-800:].decode()}")
    scale = 1024 if sys.platform == "linux" else 1 << 20
    return Use(use.ru_utime + use.ru_stime, wall, use.ru_maxrss / scale)


def peer_commands(folder: Path, chat: Path) -> dict[str, list[str]]:
    """Install the others, each in an environment of its own, and say how each reads the chat."""
    commands = {}
    for name, (requirement, code) in PEERS.items():
        home = folder / name.split()[0]
        venv.create(home, with_pip=True)
        python = str(home / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], check=True)
        commands[f"{name}, import alone"] = [python, "-c", code, str(chat)]
    return commands | node_command(folder, chat)


def node_command(folder: Path, chat: Path) -> dict[str, list[str]]:
    """The reader from npm, where there is npm."""
    npm = shutil.which("npm")
    if npm is None:
        print(f"There is no npm here, so {NODE_PEER} was not run.", file=sys.stderr)
        return {}
    home = folder / "node"
    home.mkdir()
    (home / "package.json").write_text('{"type": "module"}')
    subprocess.run([npm, "install", "--silent", "--no-fund", f"{NODE_PEER}@4.0.2"], cwd=home, check=True)
    (home / "read.js").write_text(NODE_CODE)
    return {f"{NODE_PEER} 4.0.2 (node), import alone": ["node", str(home / "read.js"), str(chat)]}


def table(rows: dict[str, list[Use]]) -> str:
    """The measurements as Markdown, each beside the first row."""
    lines = [
        "| | CPU s (median) | wall s (median) | peak MB | CPU vs Fallow | memory vs Fallow |",
        "|---|---|---|---|---|---|",
    ]
    first: tuple[float, float] | None = None
    for name, uses in rows.items():
        cpu, wall = (statistics.median(getattr(use, what) for use in uses) for what in ("cpu", "wall"))
        megabytes = max(use.megabytes for use in uses)
        first = first or (cpu, megabytes)
        ratios = f"{cpu / first[0]:.1f}× | {megabytes / first[1]:.1f}×"
        lines.append(f"| {name} | {cpu:.2f} | {wall:.2f} | {megabytes:.0f} | {ratios} |")
    return "\n".join(lines)


def beside(rows: dict[str, list[Use]]) -> str:
    """What Fallow took as a share of what each reader took in the same round, the median of the rounds."""
    lines = []
    for ours in (ANALYSIS, IMPORT):
        for name, uses in rows.items():
            if name not in (ANALYSIS, IMPORT):
                shares = [a.cpu / b.cpu for a, b in zip(rows[ours], uses, strict=False)]
                lines.append(f"{ours} / {name}: {statistics.median(shares):.3f} ({len(shares)} rounds)")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3, help="runs of Fallow; the others run once when it is long")
    parser.add_argument("--fallow", default=str(Path(sys.executable).parent / "fallow"), help="the fallow command")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chat = folder / f"WhatsApp Chat with {NAMES[1]}.txt"
        size = write(chat, arguments.messages)
        commands = {ANALYSIS: [arguments.fallow, "analyse", str(chat), "--me", NAMES[0], "--json"]}
        python = str(Path(arguments.fallow).parent / "python")
        commands[IMPORT] = [python, "-c", PARSE, str(chat)]
        commands["counting lines, in Python"] = [python, "-c", COUNT, str(chat)]
        commands |= peer_commands(folder, chat)
        for warm in (ANALYSIS, IMPORT):  # bytecode of a fresh installation is written once
            measured(commands[warm])
        rows: dict[str, list[Use]] = {row: [] for row in commands}
        for _ in range(arguments.runs):  # in turn, so that a slow minute of the machine is one of all of them
            for row, command in commands.items():
                if not rows[row] or rows[row][0].cpu < LONG:
                    rows[row].append(measured(command))
        print(f"{arguments.messages:,} messages, {size / 1e6:.1f} MB, Python {sys.version.split()[0]}\n")
        print(table(rows))
        print("\n" + beside(rows))


if __name__ == "__main__":
    main()
