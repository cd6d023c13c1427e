"""Every row of the table of formats: its samples are read as expected, known by it alone, and safe to damage (T51)."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from fallow.errors import ImportRefused
from fallow.importers import ALONE, FORMATS, PROBLEMS, ChatInside, list_chats, pick_two, read_export, take_sides
from fallow.importers.source import HEAD_BYTES, ZIP_MAGIC
from fallow.messages import Kind
from importers.test_round_trip import mutant

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
from golden import EXPECTED, reading, samples  # noqa: E402 - a script beside the project

MUTANTS = 600
CHANNELS = [format.channel for format in FORMATS]
SAMPLES = [(channel, sample) for channel in CHANNELS for sample in samples(channel)]


def answers(chat: ChatInside) -> list[str]:
    """Everything that can be answered to mean a chat, or one of its addresses alone."""
    return [chat.answer, *(ALONE + address for address in chat.addresses)]


def name_of(one: object) -> str:
    return one.stem if isinstance(one, Path) else str(one)


@pytest.mark.parametrize(("channel", "sample"), SAMPLES, ids=name_of)
def test_exactly_one_format_knows_a_sample(channel: str, sample: Path) -> None:
    """A zip is nobody's; what lies inside is."""
    head = sample.read_bytes()[:HEAD_BYTES]
    expected = [] if head.startswith(ZIP_MAGIC) else [channel]
    assert expected == [format.channel for format in FORMATS if format.knows(head)]


def test_every_format_has_samples_and_every_problem_in_them_is_explained() -> None:
    """A missing folder must not look like success."""
    assert set(CHANNELS) == {channel for channel, _ in SAMPLES}
    told = {kind for _, sample in SAMPLES for _, kind, _ in reading(sample).get("problems", [])}
    assert told <= set(PROBLEMS)


@pytest.mark.parametrize(("channel", "sample"), SAMPLES, ids=name_of)
def test_a_golden_sample_is_read_as_expected(channel: str, sample: Path) -> None:
    """All written by us; `make golden` rewrites what is expected."""
    assert json.loads(sample.with_suffix(EXPECTED).read_text("utf-8")) == reading(sample)


@pytest.mark.parametrize(("channel", "sample"), SAMPLES, ids=name_of)
def test_progress_runs_to_the_end_in_bytes_and_messages(channel: str, sample: Path) -> None:
    """For whoever watches: neither falls while one chat is read, and at the end all bytes and all messages are told."""
    data, told = sample.read_bytes(), list[tuple[int, int, int]]()
    try:
        listed = list_chats(data)
        chat = listed[0].answer if listed else None
        read_export(sample.name, data, chat=chat, one_side=True, progress=lambda *one: told.append(one))
    except ImportRefused:
        return
    assert told == sorted(told, key=lambda one: (one[0], one[2]))
    done, of, rows = told[-1]
    assert done == of
    assert rows > 0


@pytest.mark.parametrize("channel", CHANNELS)
def test_mutants_of_the_samples_are_read_or_refused(channel: str) -> None:
    """600 mutants of each; nothing but a refusal is ever raised, and what is read is whole, alone and of a group."""
    rng = random.Random(channel)
    files = [sample.read_bytes() for sample in samples(channel)]
    for _ in range(MUTANTS):
        data = mutant(rng.choice(files), rng)
        try:
            listed = list_chats(data)
            chat = rng.choice(answers(rng.choice(listed))) if listed else None
            export = read_export("a", data, chat=chat, one_side=True)
            if len(export.names) > 2:
                export = pick_two(export, me=export.names[0], them=export.names[1])
        except ImportRefused:
            continue
        for i in range(len(export)):
            text = export.body(i) if export.kind[i] in (Kind.TEXT, Kind.LINK) else ""
            words = len(text.split()) if export.kind[i] == Kind.TEXT else 0
            assert (words, len(text.encode())) == (int(export.words[i]), int(export.size[i]))
        if export.sides is not None and len(export.names) <= 2:
            take_sides(export, me=export.sides[0])
