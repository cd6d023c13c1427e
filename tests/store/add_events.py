"""
A small real program that stores things and says so when it is told they are stored.

Run under strace by the tests of kills, power cuts and traced writes. One line is printed for each thing that was
confirmed, after its transaction has been left; --early prints it before, which is the fault those tests must notice.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from fallow.store import Draft, allow_shred, change_passphrase, create_key, read_parcel, restore_archive, shred
from fallow.store import parcel as parcel_file
from fallow.store.keyfile import Cost
from fallow.store.sqlite import SqliteStore, open_sqlite
from store.samples import START, a_long_table, a_source, an_event

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def main() -> None:
    wanted = _arguments()
    parcel_file.measured_cost = lambda: CHEAP  # one and the same work each time, and no measuring of the machine
    if wanted.new_passphrase:
        change_passphrase(wanted.folder, wanted.passphrase, wanted.new_passphrase, cost=CHEAP)
        _say("changed")
        return
    if wanted.restore:
        with wanted.restore.open("rb") as file:
            restore_archive(wanted.folder, file, wanted.passphrase)
        _say("restored")
        return
    if wanted.shred:
        allow_shred(wanted.folder, wanted.passphrase)
        shred(wanted.folder)
        _say("removed")
        return
    if wanted.set_up:
        key, _ = create_key(wanted.folder, wanted.passphrase, cost=CHEAP)
        wanted.key_file.write_text(key.hex())
    store = open_sqlite(wanted.folder, bytes.fromhex(wanted.key_file.read_text()))
    for pragma in wanted.pragma:
        store._connections.mine().execute(f"PRAGMA {pragma}").fetchall()
    for number in range(wanted.events):
        _add_event(store, f"{wanted.marker} {number}", early=wanted.early)
    if wanted.messages:
        _add_messages(store, wanted.messages, wanted.marker)
    if wanted.draft:
        _add_and_delete_draft(store, wanted.marker)
    if wanted.put_away:
        with store.transaction():
            store.put_away("b" * 32, wanted.passphrase, taken=wanted.put_away, made_at=1, opens_on=dt.date(2027, 2, 1))
        _say("put away")
    if wanted.bring_back:
        _bring_back(store, wanted.passphrase)
    if wanted.give:
        from fallow.wiring import desk_of, save_parcel  # it reads all of the code, and most runs need little of it

        save_parcel(desk_of(store), "b" * 32, wanted.give)
        _say("given")
    if wanted.sort:
        sql = "SELECT body FROM message ORDER BY body || at"
        _say(f"sorted {sum(1 for _ in store._connections.mine().execute(sql))}")
    if not wanted.leave_open:
        store.close()


def _add_event(store: SqliteStore, cue: str, *, early: bool) -> None:
    with store.transaction():
        record = store.append([an_event(cue)])[0]
        if early:
            _say(f"event {record.id}")
    if not early:
        _say(f"event {record.id}")


def _add_messages(store: SqliteStore, count: int, marker: str) -> None:
    table = a_long_table(count)
    texts = [f"{marker} {i} " + "word " * 20 for i in range(count)]
    with store.transaction():
        added = store.put_messages(a_source(table), table, texts)
    _say(f"messages {added}")


def _add_and_delete_draft(store: SqliteStore, marker: str) -> None:
    with store.transaction():
        store.put_draft(Draft("one", START, START, marker + " unsent" * 400, sealed=True, opens_at=None))
    _say("draft one")
    with store.transaction():
        store.delete_draft("one")
    _say("deleted one")


def _bring_back(store: SqliteStore, passphrase: str) -> None:
    file = store.parcel_file("b" * 32)
    assert file is not None
    label, lines = read_parcel(file, passphrase)
    with store.transaction():
        store.bring_back(label, lines)
        store.delete_parcel(label.id)
    _say("brought back")


def _say(line: str) -> None:
    print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("key_file", type=Path)
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--messages", type=int, default=0)
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--sort", action="store_true")
    parser.add_argument("--early", action="store_true")
    parser.add_argument("--set-up", action="store_true")
    parser.add_argument("--leave-open", action="store_true")
    parser.add_argument("--marker", default="a song")
    parser.add_argument("--passphrase", default="seven quiet rivers")
    parser.add_argument("--new-passphrase")
    parser.add_argument("--restore", type=Path)
    parser.add_argument("--shred", action="store_true")
    parser.add_argument("--put-away", choices=["words", "messages"])
    parser.add_argument("--give", type=Path)
    parser.add_argument("--bring-back", action="store_true")
    parser.add_argument("--pragma", action="append", default=[])
    return parser.parse_args()


if __name__ == "__main__":
    main()
