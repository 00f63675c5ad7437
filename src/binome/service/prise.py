"""The socket that the whole server listens on, opened once, by the process that watches."""

from __future__ import annotations

import errno
import socket
from typing import Final

from binome.lots.erreurs import TravailImpossible
from binome.systeme import raison

ATTENTE: Final = 1024
"""Connections that the system keeps while no process takes them."""
MACHINE_INCOMPLETE: Final = 3
RAISONS: Final = {
    errno.EADDRINUSE: "un autre programme y écoute déjà, peut-être Binôme lui-même. Arrêtez-le, ou donnez un autre port avec --port.",
    errno.EACCES: "le système ne le permet pas à cet utilisateur. Donnez un port au-dessus de 1023 avec --port.",
    errno.EADDRNOTAVAIL: "cette adresse n’est pas de cette machine. Donnez-en une autre avec --adresse.",
}


def nommer(adresse: str, port: int) -> str:
    """An address and its port, as one writes them in a browser."""
    return f"[{adresse}]:{port}" if ":" in adresse else f"{adresse}:{port}"


def ecouter(adresse: str, port: int) -> socket.socket:
    """A socket that listens, closed to the programs started later unless they are given it. Raises TravailImpossible.

    Nobody else may listen there at the same time: a second server would take half of the visitors.
    `::` takes IPv4 too where the system can.
    """
    try:
        famille, *_, complete = socket.getaddrinfo(
            adresse, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        double = famille == socket.AF_INET6 and adresse == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(
            complete[:2] if double else complete,
            family=famille,
            backlog=ATTENTE,
            dualstack_ipv6=double,
        )
    except socket.gaierror as erreur:
        dit = RAISONS[errno.EADDRNOTAVAIL]
        cause: Exception = erreur
    except OSError as erreur:
        dit = RAISONS.get(erreur.errno or 0, f"{raison(erreur)}.")
        cause = erreur
    raise TravailImpossible(
        f"Binôme ne peut pas écouter sur {nommer(adresse, port)} : {dit}",
        code=MACHINE_INCOMPLETE,
    ) from cause
