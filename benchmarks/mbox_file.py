"""
What reading a mailbox costs, in memory and processor time: letters of two people, letters of lists, and pictures.

    python benchmarks/mbox_file.py [GIGABYTES] [LETTERS]

Of ten letters four are between the two, some quoting the one before, four are pages that a list sent to many, two are
from strangers; pictures of a megabyte as Base64 make up the size. Read in a process of its own.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

from whatsapp_file import WORDS

READ = """
import json, re, resource, sys
from pathlib import Path
from fallow.importers import read_export_file
def cpu():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime
began = cpu()
export = read_export_file(Path(sys.argv[1]), chat="kim@example.org")
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([len(export), peak, cpu() - began]))
"""
ME, THEM = "Mara Lind <mara@example.org>", "Kim Okafor <kim@example.org>"
FIRST = dt.datetime(2012, 1, 1, tzinfo=dt.UTC)
HEAD = (
    "From {sender} {at:%a %b %d %H:%M:%S} +0000 {at:%Y}\r\nX-GM-THRID: {i}\r\nX-Gmail-Labels: {label}\r\n"
    "Delivered-To: mara@example.org\r\nReceived: by 10.1.2.3 with SMTP id {i}; {date}\r\nReturn-Path: <{sender}>\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=one;\r\n        h=from:to:subject:date;\r\n"
    "        bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=0123456789abcdefghijklmnopqrstuvwxyz\r\n"
    "From: {by}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {date}\r\nMessage-ID: <{i}@example.org>\r\n{more}"
    "MIME-Version: 1.0\r\n"
)
PLAIN = 'Content-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\r\n'
PAGE = (
    'Content-Type: text/html; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    "<html><body>{text}</body></html>\r\n\r\n"
)
MIXED = (
    'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n--edge\r\nContent-Type: text/plain; charset="UTF-8"\r\n\r\n'
    '{text}\r\n--edge\r\nContent-Type: image/jpeg; name="a.jpg"\r\nContent-Disposition: attachment; filename="a.jpg"'
    "\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--edge--\r\n\r\n"
)


def letters(count: int, pictures: int) -> Iterator[str]:
    """The letters in the order of time; the same for the same numbers."""
    rng = random.Random(7)
    data = base64.b64encode(rng.randbytes(730_000)).decode()
    picture = "\r\n".join(data[i : i + 76] for i in range(0, len(data), 76))
    page = "\r\n".join(f'<p style=3D"margin:0">{" ".join(rng.choices(WORDS, k=9))}</p>=' for _ in range(400))
    owed = 0.0
    for i in range(count):
        owed += pictures / count
        at = FIRST + dt.timedelta(minutes=60 * i)
        kind, text = i % 10, "\r\n".join(" ".join(rng.choices(WORDS, k=12)) for _ in range(8))
        about = {"at": at, "date": format_datetime(at), "i": i, "more": "", "label": "Inbox", "subject": "Re: tomorrow"}
        if kind < 4:
            by, to = (ME, THEM) if kind % 2 else (THEM, ME)
            about["label"] = "Sent" if kind % 2 else "Inbox"
            if kind == 3:
                text += f"\r\n\r\nOn {at:%d %b %Y at %H:%M}, Kim Okafor wrote:\r\n> " + text.replace("\r\n", "\r\n> ")
        else:
            by, to = (f"The list {i % 50} <list{i % 50}@example.net>", ME)
            if kind < 8:
                about["more"] = f"List-Id: <list{i % 50}.example.net>\r\nList-Unsubscribe: <https://example.net/>\r\n"
        head = HEAD.format(by=by, to=to, sender=by.rpartition("<")[2].rstrip(">"), **about)
        if kind < 8 and kind >= 4:
            yield head + PAGE.format(text=page)
        elif owed >= 1:
            owed -= 1
            yield head + MIXED.format(text=text, picture=picture)
        else:
            yield head + PLAIN.format(text=text)


def main() -> int:
    gigabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    rest = gigabytes * 1e9 - count * 0.4 * 42_000 - count * 0.6 * 2_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "All mail.mbox"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(letters(count, max(0, int(rest / 1e6))))
        size = path.stat().st_size / 1e6
        run = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True)
        read, peak, seconds = json.loads(run.stdout)
    print(f"{size:,.0f} MB, {count:,} letters, {read:,} between the two: {seconds:.1f} CPU s, peak {peak:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
