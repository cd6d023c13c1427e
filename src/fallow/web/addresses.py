"""
Where it listens: on this computer alone, and for a phone on one address of its own network.

The addresses of this computer are asked of the system, interface by interface; nothing is looked up or connected to.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import ipaddress
import socket
import struct
import sys
from typing import Final

from fallow.errors import AddressRefused, NoPhoneAddress, PortTaken, WhichAddress
from fallow.settings import DEFAULT_PORT

LOOPBACK: Final = "127.0.0.1"
PHONE_PORT: Final = 8738
SIOCGIFADDR: Final = 0xC0206921 if sys.platform == "darwin" else 0x8915
"""Asks for the IPv4 address of one interface; sys/sockio.h and linux/sockios.h."""


def listen(host: str, port: int | None) -> socket.socket:
    """
    A listening socket on this computer only.

    Args:
        host: Must be loopback.
        port: The port asked for, 0 for any, None for the usual one or, where that is taken, any.
    Raises:
        AddressRefused: If the address could be reached from elsewhere.
        PortTaken: If the port asked for is in use.
    """
    if host not in (LOOPBACK, "localhost"):
        raise AddressRefused
    sock = _a_socket()
    try:
        sock.bind((LOOPBACK, DEFAULT_PORT if port is None else port))
    except OSError as problem:
        if port is not None:
            sock.close()
            raise PortTaken(port=port) from problem
        sock.bind((LOOPBACK, 0))
    sock.listen(128)
    return sock


def listen_for_phone(address: str | None, port: int | None) -> socket.socket:
    """
    A listening socket on one address of the own network; what is said on it is TLS (`web/door.py`).

    Args:
        address: An IPv4 address of this computer, or None where it has only one that will do.
        port: The port asked for, 0 for any, None for the usual one: a phone has to find it again.
    Raises:
        NoPhoneAddress: If it is no such address: a name, all addresses at once, one of the open internet.
        WhichAddress: If none was named and there are several.
        PortTaken: If the port is in use.
    """
    given = _only_address() if address is None else address
    if not _will_do(given):
        raise NoPhoneAddress
    port = PHONE_PORT if port is None else port
    sock = _a_socket()
    try:
        sock.bind((given, port))
    except OSError as problem:
        sock.close()
        if problem.errno == errno.EADDRINUSE:
            raise PortTaken(port=port) from problem
        raise NoPhoneAddress from problem
    sock.listen(64)
    return sock


def own_addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this computer at which a phone could find it, in the order of its interfaces."""
    found = []
    with _a_socket() as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # one that has no such address
                answer = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return tuple(dict.fromkeys(each for each in found if _will_do(each) and not _is_loopback(each)))


def _only_address() -> str:
    found = own_addresses()
    if not found:
        raise NoPhoneAddress
    if len(found) > 1:
        raise WhichAddress(count=len(found), addresses=", ".join(found))
    return found[0]


def _will_do(address: str) -> bool:
    """Of one computer, and not of the open internet."""
    try:
        given = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return not (given.is_unspecified or given.is_multicast or given.is_global or given.is_link_local)


def _is_loopback(address: str) -> bool:
    return ipaddress.IPv4Address(address).is_loopback


def _a_socket() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return sock
