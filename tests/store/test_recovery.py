"""The recovery code: enough bits, nothing that reads like something else."""

from __future__ import annotations

from fallow.store.recovery import ALPHABET, CODE_BITS, new_recovery_code, read_recovery_code


def test_a_code_is_nine_groups_of_four() -> None:
    """160 bits and a check, without look-alikes."""
    code = new_recovery_code()
    groups = code.split("-")
    assert [4] * 9 == [len(group) for group in groups]
    assert 160 == CODE_BITS == 8 * 4 * 5
    assert not set("ILOU") & set(ALPHABET)
    assert set(code) <= {*ALPHABET, "-"}


def test_codes_differ() -> None:
    """In a thousand draws no two agree, and every character occurs."""
    codes = {new_recovery_code() for _ in range(1_000)}
    assert 1_000 == len(codes)
    assert set(ALPHABET) <= set("".join(codes))


def test_a_code_is_read_however_it_is_typed() -> None:
    """Case, spaces, hyphens and look-alikes do not matter."""
    code = new_recovery_code()
    plain = code.replace("-", "")
    typed = [plain, plain.lower(), f"  {code} ", code.replace("-", " "), code.replace("0", "O").replace("1", "I")]
    assert {plain[:32]} == {read_recovery_code(text) for text in typed}


def test_a_slip_is_not_a_code() -> None:
    """One character changed, anywhere: the check tells, 31 times in 32 at worst and here always."""
    plain = new_recovery_code().replace("-", "")
    slips = [plain[:i] + ALPHABET[(ALPHABET.index(plain[i]) + 1) % 32] + plain[i + 1 :] for i in range(36)]
    assert {None} == {read_recovery_code(slip) for slip in slips}


def test_a_passphrase_is_not_a_code() -> None:
    """Whatever its length or its characters."""
    texts = ("", "seven quiet rivers", "a" * 36, "\ud800" * 36, "ß" * 36)
    assert [None] * 5 == [read_recovery_code(text) for text in texts]
