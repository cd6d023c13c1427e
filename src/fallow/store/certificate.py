"""
The certificate by which a phone knows this computer, made here and by nobody else.

    signing certificate (its key signs once and is dropped) ──► shown certificate for one address, with its key
    what the phone is told to trust                               what this computer shows to it

A phone takes only a signing certificate into its list of trusted ones (basicConstraints CA:true, seen on iOS 10.3 and
Android 11), and Apple none that is shown for longer than 825 days. So that trusting it cannot be used for any other
site, the key that signs is never written, signs one certificate, and may by its own words sign for that one address
alone (name constraints, RFC 5280 4.2.1.10). Names are neutral.

`phone.pem`, 0600, holds the key in plain text: the lock page has to be reachable while everything is locked. Whoever
copies it can pretend to be this computer to a paired phone in the same network; it opens nothing that is stored, and
no conversation that was held before (TLS 1.2 and later with a fresh key each time).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fallow.store.durable import replace_file
from fallow.store.faults import plain_errors

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

CERTIFICATE_FILE: Final = "phone.pem"
NAME: Final = "This computer"
"""What the phone's list of certificates calls it."""
LASTS: Final = dt.timedelta(days=820)
RENEWED_BEFORE: Final = dt.timedelta(days=30)
CLOCKS_DIFFER: Final = dt.timedelta(days=1)
"""It is good from a day before it was made, because the clock of a phone may be behind."""
_BLOCK: Final = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n", re.S)


@dataclass(frozen=True, slots=True)
class Certificate:
    """
    What is shown under one address.

    Args:
        path: Key and certificates, as TLS takes them.
        signing: The certificate a phone is told to trust, PEM.
        fingerprint: SHA-256 of that one, in pairs of hexadecimal digits joined by colons.
        address: The address it speaks for.
        until: The last moment at which it is good.
    """

    path: Path
    signing: bytes
    fingerprint: str
    address: str
    until: dt.datetime

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 and later, with this certificate."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.load_cert_chain(self.path)
        return made


def ready_certificate(folder: Path, address: str, now: dt.datetime) -> Certificate:
    """
    The certificate for an address; made anew where there is none, for another address, or soon over.

    Raises:
        DiskFull, DiskFailed: What was there stays.
    """
    kept = read_certificate(folder)
    if kept is not None and kept.address == address and kept.until - now > RENEWED_BEFORE:
        return kept
    with plain_errors():
        replace_file(folder / CERTIFICATE_FILE, make_certificate(address, now))
    made = read_certificate(folder)
    assert made is not None
    return made


def read_certificate(folder: Path) -> Certificate | None:
    """What is kept; None where there is nothing that can be read."""
    from cryptography import x509  # an eighth of a second on a slow machine, and most commands meet no phone

    path = folder / CERTIFICATE_FILE
    try:
        shown, signing = _BLOCK.findall(path.read_bytes())
        certificate = x509.load_pem_x509_certificate(shown)
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(signing.decode())).hexdigest().upper()
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        (address,) = names.get_values_for_type(x509.IPAddress)
    except (OSError, ValueError, x509.ExtensionNotFound):
        return None
    pairs = ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
    return Certificate(path, signing, pairs, str(address), certificate.not_valid_after_utc)


def make_certificate(address: str, now: dt.datetime) -> bytes:
    """Key, shown and signing certificate for an IPv4 address, PEM; the key that signed is gone when this returns."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    signer, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signing = signing_certificate(signer, address, now)
    shown = shown_certificate(signer, signing, address, now, key=key)
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return plain + shown.public_bytes(pem) + signing.public_bytes(pem)


def signing_certificate(signer: ec.EllipticCurvePrivateKey, address: str, now: dt.datetime) -> x509.Certificate:
    """What a phone is told to trust: it may sign for this address, and for no name at all."""
    from cryptography import x509

    # A kind of name that is not listed would be free (RFC 5280), so one that can never exist stands for all names.
    only = [x509.IPAddress(ipaddress.IPv4Network(address)), x509.DNSName("invalid")]
    return _built(
        signer, signer.public_key(), now, issuer=NAME,
        extensions=((x509.BasicConstraints(ca=True, path_length=0), True), (_usage(signs=True), True),
                    (x509.NameConstraints(permitted_subtrees=only, excluded_subtrees=None), True)),
    )  # fmt: skip


def shown_certificate(
    signer: ec.EllipticCurvePrivateKey,
    signing: x509.Certificate,
    address: str,
    now: dt.datetime,
    *,
    key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    """What this computer shows: it is this address, for TLS, and signs nothing."""
    from cryptography import x509

    extensions = signing.extensions
    identifier = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return _built(
        signer, key.public_key(), now, issuer=NAME, subject=f"{NAME} (shown)",
        extensions=((x509.BasicConstraints(ca=False, path_length=None), True), (_usage(signs=False), True),
                    (x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), False),
                    (x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address(address))]), False),
                    (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), False)),
    )  # fmt: skip


def _built(
    signer: ec.EllipticCurvePrivateKey,
    public: ec.EllipticCurvePublicKey,
    now: dt.datetime,
    *,
    issuer: str,
    subject: str = NAME,
    extensions: tuple[tuple[Any, bool], ...],
) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(signer, hashes.SHA256())


def _named(name: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
