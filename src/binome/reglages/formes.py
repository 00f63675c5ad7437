"""The shapes of what a setting may hold: what can be one, and what to write when it is not.

Each reader raises ValueError with the end of a sentence that the name of the setting begins.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from binome.reglages.reglage import FauteTue

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

NOM: Final = re.compile(r"[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]", re.ASCII)
COURRIEL: Final = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")
SIGNES: Final = " ; dans un compte ou un mot de passe, @ s’écrit %40, / s’écrit %2F, : s’écrit %3A, # s’écrit %23"
SEULE_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def separer(texte: str) -> tuple[str, ...]:
    """The words of a list that commas separate."""
    return tuple(un.strip() for un in texte.split(",") if un.strip())


def _decoupee(texte: str) -> SplitResult | None:
    """An address in its pieces; None when its brackets or its port cannot be."""
    try:
        lue = urlsplit(texte)
        valable = texte.isprintable() and lue.port != 0
    except ValueError:
        return None
    return lue if valable else None


def _nom_voulu(texte: str) -> str:
    """The name of a machine that was meant by what holds it; empty when none is seen."""
    try:
        return f"[{IPv6Address(texte.strip('[]')).compressed}]"
    except ValueError:
        pass
    lue = _decoupee(texte if "://" in texte else f"//{texte}")
    nom = (lue.hostname or "").rstrip(".") if lue else ""
    if ":" in nom:
        return f"[{nom}]"
    if not nom.isascii():
        try:
            nom = nom.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return nom if NOM.fullmatch(nom) else ""


def _hote_voulu(texte: str) -> str:
    """The same, or all the names of a domain (`.example.org`), or any name (`*`)."""
    if texte == "*":
        return texte
    domaine = "." if texte.startswith(".") else ""
    nom = _nom_voulu(texte.removeprefix(domaine))
    return domaine + nom if nom else ""


def _origine_voulue(texte: str) -> str:
    """A scheme and a name, with its port; empty when none is seen."""
    lue = _decoupee(texte if "://" in texte else f"https://{texte}")
    if lue is None or lue.scheme not in {"http", "https"}:
        return ""
    place = lue.netloc.rpartition("@")[2]
    tous = "*." if place.startswith("*.") else ""
    nom = _nom_voulu(place.removeprefix(tous))
    port = "" if lue.port is None else f":{lue.port}"
    return f"{lue.scheme}://{tous}{nom}{port}" if nom else ""


def _chacun(texte: str, voulu: Callable[[str], str], dit: str, exemple: str) -> tuple[str, ...]:
    """Each of a list, as it is meant to be. Raises ValueError, with the list as it should be written."""
    morceaux = separer(texte)
    voulus = [voulu(un) for un in morceaux]
    if not morceaux or not all(voulus):
        raise ValueError(f"{dit}, comme {exemple}")
    if any(un.lower() != autre.lower() for un, autre in zip(morceaux, voulus, strict=True)):
        raise ValueError(f"{dit} : écrivez {','.join(voulus)}")
    return morceaux


def noms_du_site(texte: str) -> tuple[str, ...]:
    """Names that a site answers to, without anything around them."""
    dit = "est fait de noms seuls, séparés par des virgules, sans https:// ni port"
    return _chacun(texte, _hote_voulu, dit, "binome.example.org")


def origines(texte: str) -> tuple[str, ...]:
    """Schemes and names, without a path."""
    dit = "est fait d’origines séparées par des virgules, avec leur https:// et sans chemin"
    return _chacun(texte, _origine_voulue, dit, "https://binome.example.org")


def adresse_du_site(texte: str) -> str:
    """Where a site is: a scheme and a name, with its port; what ends it is left out."""
    dit = "est l’adresse du site, avec son https:// et sans chemin"
    voulue = _origine_voulue(texte)
    if not voulue or "*" in voulue:
        raise ValueError(f"{dit}, comme https://binome.example.org")
    if texte.rstrip("/").lower() != voulue.lower():
        raise ValueError(f"{dit} : écrivez {voulue}")
    return texte.rstrip("/")


def adresse_web(texte: str) -> str:
    """An address that one asks in HTTP."""
    lue = _decoupee(texte)
    if lue is None or lue.scheme not in {"http", "https"} or not lue.hostname or " " in texte:
        raise ValueError("est une adresse qui commence par http:// ou https://")
    return texte


def adresses_web(texte: str) -> str:
    """One or several addresses that one asks in HTTP, separated by spaces or commas."""
    lues = texte.replace(",", " ").split()
    for une in lues:
        adresse_web(une)
    if len(set(lues)) != len(lues):
        raise ValueError("nomme deux fois la même adresse")
    return " ".join(lues)


def adresse_sure(texte: str) -> str:
    """An address that one asks in HTTPS, or on this machine; what ends it is left out."""
    lue = _decoupee(texte)
    if lue is None or not lue.hostname or " " in texte:
        sure = False
    else:
        ici = lue.scheme == "http" and lue.hostname in SEULE_MACHINE
        sure = ici or lue.scheme == "https"
    if not sure:
        raise ValueError("est une adresse qui commence par https://")
    return texte.rstrip("/")


def base_postgresql(texte: str) -> str:
    """A database of PostgreSQL, by its address."""
    lue = _decoupee(texte)
    if (
        lue is None
        or lue.scheme not in {"postgres", "postgresql"}
        or not lue.path.strip("/")
        or lue.fragment
    ):
        raise ValueError(
            f"est de la forme postgresql://compte:secret@serveur/base ; sans lui, SQLite est employé{SIGNES}"
        )
    return texte


def serveur_smtp(texte: str) -> str:
    """A mail server, by its address."""
    lue = _decoupee(texte)
    if (
        lue is None
        or lue.scheme not in {"smtp", "smtps"}
        or not lue.hostname
        or lue.path.strip("/")
        or lue.query
        or lue.fragment
    ):
        raise ValueError(
            "est de la forme smtp://compte:secret@serveur:587 ou smtps://compte:secret@serveur:465"
            + SIGNES
        )
    return texte


def courriel(texte: str) -> str:
    """One address of mail, with or without a name before it."""
    from email.utils import getaddresses  # noqa: PLC0415 - only paid for when there is one

    lus = getaddresses([texte])
    if len(lus) != 1 or not texte.isprintable() or not COURRIEL.fullmatch(lus[0][1]):
        raise ValueError(
            "est une seule adresse de courriel, comme binome@example.org ou Binôme <binome@example.org>"
        )
    return texte


def contact(texte: str) -> str:
    """Where one is written to or called, as RFC 9116 says it."""
    if not texte.startswith(("mailto:", "https://", "tel:")) or not texte.isprintable():
        raise ValueError("commence par mailto:, https:// ou tel:")
    return texte


def prise(texte: str) -> str:
    """A socket, by its path or by its machine and its port."""
    hote, _, port = texte.rpartition(":")
    if not texte.startswith("/") and not (hote and port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise ValueError("est un chemin entier, comme /run/clamav/clamd.ctl, ou serveur:port")
    return texte


ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATEURS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
PREFIXE_AGE: Final = (3, 3, 3, 0, 1, 7, 5)
"""The letters of `age`, as the sum of Bech32 (BIP 173) counts them."""
TAILLE_AGE: Final = 62


def _publique(cle: str) -> bool:
    """Whether it is a public key of age: its length, its signs, and the sum that they end with."""
    if len(cle) != TAILLE_AGE or not cle.startswith("age1") or set(cle[4:]) - set(ALPHABET):
        return False
    somme = 1
    for valeur in (*PREFIXE_AGE, *map(ALPHABET.index, cle[4:])):
        haut = somme >> 25
        somme = (somme & 0x1FFFFFF) << 5 ^ valeur
        for rang, generateur in enumerate(GENERATEURS):
            somme ^= generateur if haut >> rang & 1 else 0
    return somme == 1


def cles_age(texte: str) -> tuple[str, ...]:
    """Public keys of age. A private one is refused without being repeated."""
    if "AGE-SECRET-KEY-" in texte.upper():
        raise FauteTue(
            "contient une clé de lecture privée, qui ne doit pas être sur ce serveur : faites-en une autre "
            "ailleurs, et donnez ici sa moitié publique (age1…)"
        )
    lues = separer(texte)
    for rang, cle in enumerate(lues, start=1):
        if not _publique(cle):
            raise FauteTue(
                "est fait de clés publiques age entières, qui commencent par age1 (binome "
                f"sauvegarde-cles lecture en fait) ; la n° {rang} n’en est pas une"
            )
    return lues
