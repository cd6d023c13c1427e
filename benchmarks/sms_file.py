"""
What reading a backup of text messages costs, in memory and processor time, with pictures and without.

    python benchmarks/sms_file.py [GIGABYTES] [MESSAGES]

Writes a backup of that many texts and that much of pictures to a temporary file and reads it in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

READ = """
import json, re, resource, sys
from pathlib import Path
from fallow.importers import read_export_file
export = read_export_file(Path(sys.argv[1]))
use = resource.getrusage(resource.RUSAGE_SELF)
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([len(export), peak, use.ru_utime + use.ru_stime]))
"""
TEXT = (
    '  <sms protocol="0" address="+4915100000002" date="{at}" type="{box}" subject="null" '
    'body="hello there, what about the garden? &#55357;&#56832; message {i}" toa="null" sc_toa="null" '
    'service_center="null" read="1" status="-1" locked="0" date_sent="0" sub_id="1" '
    'readable_date="5 March 2024" contact_name="Kim" />\n'
)
PICTURE = (
    '  <mms date="{at}" ct_t="application/vnd.wap.multipart.related" msg_box="1" address="+4915100000002" m_type="132" '
    'contact_name="Kim"><parts><part seq="0" ct="image/jpeg" text="null" data="'
)
FIRST = 1_500_000_000_000


def write(path: Path, gigabytes: float, messages: int) -> None:
    """Texts first, then pictures of a megabyte each."""
    with path.open("wb") as file:
        file.write(b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n")
        for begin in range(0, messages, 10_000):
            rows = range(begin, min(begin + 10_000, messages))
            file.write("".join(TEXT.format(at=FIRST + i * 60_000, box=1 + i % 2, i=i) for i in rows).encode())
        picture = b"A" * 1_000_000
        for i in range(int(gigabytes * 1_000)):
            file.write(PICTURE.format(at=FIRST + i).encode() + picture + b'"/></parts><addrs></addrs></mms>\n')
        file.write(b"</smses>")


def main() -> int:
    gigabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sms.xml"
        write(path, gigabytes, messages)
        size = path.stat().st_size / 1e6
        run = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True)
        read, peak, seconds = json.loads(run.stdout)
    print(f"{size:,.0f} MB, {read:,} messages and pictures: {seconds:.1f} CPU s, peak {peak:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
