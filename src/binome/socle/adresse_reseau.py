"""Network addresses, as the house counts who asks: one home or one machine is one address."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

PREFIXE: Final = 64
"""Bits of an IPv6 address that an access provider gives to one home: the rest is theirs to choose."""


def adresse_comptee(adresse: str) -> str:
    """The address that counts: an IPv4 as it is, an IPv6 by its first 64 bits; any other text, cut short.

    An IPv4 written as IPv6 (`::ffff:192.0.2.1`) is that IPv4.
    """
    try:
        lue = ip_address(adresse.strip().partition("%")[0])
    except ValueError:
        return adresse.strip()[:60]
    if not isinstance(lue, IPv6Address):
        return str(lue)
    if lue.ipv4_mapped is not None:
        return str(lue.ipv4_mapped)
    return str(ip_network((int(lue), PREFIXE), strict=False))
