"""The certificate a phone is told to trust: for one address, for two years, and of no use for anything else."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from fallow.store.certificate import (
    CERTIFICATE_FILE,
    make_certificate,
    read_certificate,
    ready_certificate,
    shown_certificate,
    signing_certificate,
)

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
ADDRESS = "192.168.1.5"
PEM = serialization.Encoding.PEM
MOST_DAYS_ON_APPLE = 825


def served(chain: Path, trusted: bytes, *, name: str) -> str:
    """Whether a client that trusts one certificate takes what is shown, under a name: '' or why not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    here, there = socket.socketpair()
    with here, there:
        answering = threading.Thread(target=_greet, args=(here, context))
        answering.start()
        try:
            ssl.create_default_context(cadata=trusted.decode()).wrap_socket(there, server_hostname=name).close()
            return ""
        except ssl.SSLCertVerificationError as refusal:
            return refusal.verify_message
        finally:
            there.close()
            answering.join()


def _greet(sock: socket.socket, context: ssl.SSLContext) -> None:
    with contextlib.suppress(OSError):
        context.wrap_socket(sock, server_side=True).close()


def test_it_is_taken_for_its_address_and_for_no_other(tmp_path: Path) -> None:
    """By a client that trusts the signing one and nothing else."""
    kept = ready_certificate(tmp_path, ADDRESS, NOW)
    assert "" == served(kept.path, kept.signing, name=ADDRESS)
    assert "IP address mismatch" in served(kept.path, kept.signing, name="192.168.1.6")
    assert "Hostname mismatch" in served(kept.path, kept.signing, name="example.org")


@pytest.mark.parametrize(
    "name",
    [x509.DNSName("example.org"), x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("192.168.1.6"))],
)
def test_even_its_key_could_sign_for_nothing_else(name: x509.GeneralName, tmp_path: Path) -> None:
    """The key that signs is dropped; kept by somebody, it would still be refused for every other name."""
    signer, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signing = signing_certificate(signer, ADDRESS, NOW)
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([])).issuer_name(signing.subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(NOW - dt.timedelta(days=1)).not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=True)
        .sign(signer, hashes.SHA256())
    )  # fmt: skip
    chain = tmp_path / "forged.pem"
    chain.write_bytes(_plain(key) + forged.public_bytes(PEM) + signing.public_bytes(PEM))
    asked = str(name.value)
    assert "permitted subtree violation" in served(chain, signing.public_bytes(PEM), name=asked)


def test_the_same_key_may_sign_for_its_address(tmp_path: Path) -> None:
    """The control: it is the name that is refused above, and not the way it was signed."""
    signer, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signing = signing_certificate(signer, ADDRESS, NOW)
    shown = shown_certificate(signer, signing, ADDRESS, NOW, key=key)
    chain = tmp_path / "good.pem"
    chain.write_bytes(_plain(key) + shown.public_bytes(PEM) + signing.public_bytes(PEM))
    assert "" == served(chain, signing.public_bytes(PEM), name=ADDRESS)


def test_the_key_that_signs_is_kept_nowhere(tmp_path: Path) -> None:
    """One private key is in the file: that of what is shown."""
    kept = ready_certificate(tmp_path, ADDRESS, NOW)
    body = kept.path.read_bytes()
    assert (1, 2) == (body.count(b"PRIVATE KEY-----\n") // 2, body.count(b"BEGIN CERTIFICATE"))
    key = serialization.load_pem_private_key(body, None)
    assert key.public_key() != x509.load_pem_x509_certificate(kept.signing).public_key()
    assert key.public_key() == x509.load_pem_x509_certificate(body).public_key()


def test_it_has_what_phones_ask_for(tmp_path: Path) -> None:
    """A signing one with CA:true; a shown one for servers, with the address in it, no longer than Apple takes."""
    kept = ready_certificate(tmp_path, ADDRESS, NOW)
    signing, shown = (
        x509.load_pem_x509_certificate(kept.signing),
        x509.load_pem_x509_certificate(kept.path.read_bytes()),
    )
    basic = signing.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (True, 0) == (basic.ca, basic.path_length)
    usage = shown.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH] == list(usage)
    assert (shown.not_valid_after_utc - shown.not_valid_before_utc).days <= MOST_DAYS_ON_APPLE
    assert kept.until == shown.not_valid_after_utc


def test_it_is_kept_until_another_is_needed(tmp_path: Path) -> None:
    """The same at every start; another for another address, and thirty days before its end."""
    first = ready_certificate(tmp_path, ADDRESS, NOW)
    assert first == ready_certificate(tmp_path, ADDRESS, NOW + dt.timedelta(days=780))
    renewed = ready_certificate(tmp_path, ADDRESS, NOW + dt.timedelta(days=795))
    moved = ready_certificate(tmp_path, "10.0.0.7", NOW)
    assert 3 == len({first.fingerprint, renewed.fingerprint, moved.fingerprint})
    assert "10.0.0.7" == moved.address


def test_a_file_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    """Cut off, empty, or something else."""
    whole = make_certificate(ADDRESS, NOW)
    for body in (b"", b"quokka", whole[: len(whole) // 2], whole[-700:]):
        (tmp_path / CERTIFICATE_FILE).write_bytes(body)
        assert read_certificate(tmp_path) is None
    assert ADDRESS == ready_certificate(tmp_path, ADDRESS, NOW).address


def test_it_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    """Its key is in plain text, so that the lock page can be shown."""
    assert 0o600 == ready_certificate(tmp_path, ADDRESS, NOW).path.stat().st_mode & 0o777


def _plain(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
