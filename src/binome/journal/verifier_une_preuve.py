#!/usr/bin/env python3
"""Vérifie les preuves que Binôme publie, sans Binôme : Python seul, et la commande openssl.

    python3 verifier_une_preuve.py preuves.json [preuve.json…] [--tenue EMPREINTE]… [--certificats AUTORITES.pem]

preuves.json vient de la page « Les preuves » du site ; une preuve, de qui vous la donne. EMPREINTE est celle
d’un jour que vous aviez notée. Les certificats sont ceux des autorités d’horodatage : prenez-les chez elles.
Code de sortie : 0, tout tient et tout est daté ; 1, quelque chose est faux ; 2, un fichier ne se lit pas ;
3, rien n’est faux, mais tout n’est pas daté, ou vous n’avez pas donné de certificats.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ANNONCE = "version numero jour instant premier nombre racine autorites cloture precedente"
PREUVE = "rang numero place feuille chemin sel entree"
CHANGE = "n’est pas tel que Binôme l’écrit : il a été changé, ou n’est pas de lui."
SANS_ANNONCES = (
    "Il manque « preuves.json » : sans les empreintes publiées, une preuve ne se vérifie pas. Prenez-le sur la "
    "page « Les preuves » du site, puis donnez-le avec ces fichiers."
)
DEUX_FOIS = "Donnez les empreintes publiées une seule fois : deux de ces fichiers en portent."


class Illisible(Exception):
    """A file that is not one of ours, or no longer is."""


class Manque(Exception):
    """The files do not go together; the sentence says what to give."""


def dire(phrase: str) -> None:
    sys.stdout.write(phrase + "\n")


def hacher(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def canonique(valeur: object) -> str:
    return json.dumps(valeur, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def attendre(objet: dict[str, Any], noms: str) -> dict[str, Any]:
    if set(objet) != set(noms.split()) or objet.get("version", 1) != 1:
        raise Illisible
    return objet


def lire(texte: str, noms: str) -> dict[str, Any]:
    """An object, written in the one way that there is: none of its bytes changes without being seen."""
    lu = json.loads(texte)
    if canonique(lu) != texte:
        raise Illisible
    return attendre(lu, noms)


def octets(hexa: str) -> bytes:
    lus = bytes.fromhex(hexa)
    if lus.hex() != hexa:
        raise Illisible
    return lus


def suivre(publiees: list[Any], dites: list[Any]) -> str:
    """Reads the announcements into `dites`; what is wrong with the first that does not follow the one before."""
    avant, premier, instant = "0" * 64, 1, ""
    for numero, une in enumerate(publiees, 1):
        dit = lire(attendre(une, "annonce empreinte jetons")["annonce"], ANNONCE)
        dites.append(dit)
        if (dit["numero"], dit["precedente"], dit["premier"]) != (numero, avant, premier):
            return f"l’annonce {numero} ne suit pas la précédente"
        if hacher(une["annonce"].encode()) != une["empreinte"] or dit["instant"] < instant:
            return f"l’annonce {numero} n’est pas celle de son empreinte, ou recule dans le temps"
        if not set(une["jetons"]) <= set(dit["autorites"]):
            return f"l’annonce {numero} porte l’horodatage d’une autorité qu’elle ne nomme pas"
        if any(hacher(jeton.encode()) != somme for jeton, somme in une["jetons"].values()):
            return f"l’annonce {numero} porte un horodatage qui a été changé"
        avant, premier, instant = une["empreinte"], premier + dit["nombre"], dit["instant"]
    return ""


def openssl(place: str, *ordre: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        ["openssl", "ts", *ordre],  # noqa: S607
        cwd=place, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip


def dater(annonce: str, instant: str, jeton: str, certificats: str) -> bool:
    """Whether `openssl ts` vouches for a stamp, made within an hour of what the announcement says."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "annonce").write_bytes(annonce.encode())
        (Path(place) / "jeton").write_bytes(base64.b64decode(jeton, validate=True))
        lu = openssl(place, "-reply", "-in", "jeton", "-text").stdout
        date = re.search(r"^Time stamp: (\w+ +\d+ [\d:]+)(?:\.\d+)? (\d+) GMT", lu, re.M)
        if date is None:
            return False
        quand = datetime.strptime(f"{date[1]} {date[2]} +0000", "%b %d %H:%M:%S %Y %z")
        siens = [
            "-CAfile",
            certificats,
            "-untrusted",
            certificats,
            "-attime",
            str(int(quand.timestamp())),
        ]
        juste = openssl(place, "-verify", "-data", "annonce", "-in", "jeton", *siens).returncode
    return juste == 0 and abs(quand - datetime.fromisoformat(instant)) <= timedelta(hours=1)


def monter(preuve: dict[str, Any], nombre: int) -> str:
    """The root reached from a leaf, its place and its neighbours; nothing when that is no way of the tree."""
    noeud, place, voisins = octets(preuve["feuille"]), preuve["place"], list(preuve["chemin"])
    if not 0 <= place < nombre:
        return ""
    while nombre > 1:
        if place ^ 1 < nombre:
            if not voisins:
                return ""
            voisin = octets(voisins.pop(0))
            noeud = hashlib.sha256(
                b"\1" + (voisin + noeud if place % 2 else noeud + voisin)
            ).digest()
        place, nombre = place // 2, (nombre + 1) // 2
    return "" if voisins else noeud.hex()


def inclure(preuve: dict[str, Any], dites: list[Any]) -> tuple[bool, str]:
    """Whether an entry is what was announced, and the sentence that says it."""
    rang, numero, entree, sel = (preuve[un] for un in ("rang", "numero", "entree", "sel"))
    if not 1 <= numero <= len(dites):
        return False, f"écriture {rang} : l’annonce {numero} n’est pas publiée"
    dit = dites[numero - 1]
    if rang != dit["premier"] + preuve["place"] or monter(preuve, dit["nombre"]) != dit["racine"]:
        return False, f"écriture {rang} : elle n’est pas dans la racine de l’annonce {numero}"
    ou = f"Écriture {rang} : à sa place dans l’annonce {numero}, du {dit['jour']}"
    if entree is None and sel is None:
        return True, f"{ou}. Ce qu’elle disait a été effacé."
    feuille = hacher(b"\0" + octets(sel) + canonique(entree).encode())
    if feuille != preuve["feuille"] or entree["rang"] != rang:
        return False, f"écriture {rang} : ce qu’elle dit n’est pas ce qui a été publié"
    return True, f"{ou}. {entree['geste']}, {entree['objet']}, {entree['instant']}."


def horodater(une: dict[str, Any], dit: dict[str, Any], certificats: str) -> list[str]:
    """Says which stamps of an announcement are worth something; the sentences of those that are not."""
    fautes = []
    for autorite, (jeton, _) in une["jetons"].items():
        qui = f"nnonce {dit['numero']}, {dit['instant']}, par {autorite}"
        if dater(une["annonce"], dit["instant"], jeton, certificats):
            dire(f"A{qui} : horodatage vérifié.")
        else:
            fautes.append(f"a{qui} : l’horodatage ne se vérifie pas")
    return fautes


def ranger(fichiers: list[str]) -> tuple[str, list[str]]:
    """The file of what is published, then those of proofs, in whatever order they are given. Raises Manque."""
    sortes: dict[str, list[str]] = {"annonces": [], "preuves": []}
    for nom in fichiers:
        sorte = set(json.loads(Path(nom).read_text("utf-8"))) & set(sortes)
        if len(sorte) != 1:
            raise Illisible
        sortes[sorte.pop()].append(nom)
    if len(sortes["annonces"]) != 1:
        raise Manque(DEUX_FOIS if sortes["annonces"] else SANS_ANNONCES)
    return sortes["annonces"][0], sortes["preuves"]


def verifier(fichiers: list[str], tenues: list[str], certificats: str) -> tuple[list[str], bool]:
    """Says what holds; the sentences of what does not, and whether all of it is dated."""
    publication, autres = ranger(fichiers)
    publiees = lire(Path(publication).read_text("utf-8"), "version annonces")["annonces"]
    dites: list[Any] = []
    rompu = suivre(publiees, dites)
    fautes = [rompu] if rompu else []
    pluriel = "s" if len(dites) > 1 else ""
    dire(f"Chaîne : {len(dites)} annonce{pluriel} lue{pluriel}.")
    empreintes = [une["empreinte"] for une in publiees]
    for tenue in tenues:
        if tenue in empreintes:
            dire(f"L’empreinte que vous teniez : annonce {empreintes.index(tenue) + 1}.")
        else:
            fautes.append(
                f"l’empreinte {tenue} n’est plus publiée : le journal a été coupé ou réécrit"
            )
    sans = [str(n) for n, une in enumerate(publiees, 1) if not (une["jetons"] and certificats)]
    for une, dit in zip(publiees if certificats else [], dites):  # noqa: B905 - older Pythons
        fautes += horodater(une, dit, certificats)
    if sans:
        dire(f"Annonces non horodatées, ou non vérifiées : {', '.join(sans)}.")
    for nom in autres:
        for preuve in lire(Path(nom).read_text("utf-8"), "version preuves")["preuves"]:
            tient, phrase = inclure(attendre(preuve, PREUVE), dites)
            if tient:
                dire(phrase)
            else:
                fautes.append(phrase)
    return fautes, not sans


def principal(arguments: list[str]) -> int:
    fichiers, tenues, certificats, suite = [], [], "", iter(arguments)
    for un in suite:
        if un == "--tenue":
            tenues.append(next(suite, "").strip().lower())
        elif un == "--certificats":
            certificats = str(Path(next(suite, "")).absolute())
        else:
            fichiers.append(un)
    if not fichiers or any(un.startswith("-") for un in fichiers) or "" in tenues:
        dire(str(__doc__))
        return 2
    try:
        fautes, date = verifier(fichiers, tenues, certificats)
    except OSError as erreur:
        absent = "introuvable" if isinstance(erreur, FileNotFoundError) else "ne se lit pas"
        dire(f"{erreur.filename} : {absent}.")
        return 2
    except Manque as manque:
        dire(str(manque))
        return 2
    except (Illisible, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        dire(f"Un de ces fichiers {CHANGE}" if len(fichiers) > 1 else f"Ce fichier {CHANGE}")
        return 2
    for faute in fautes:
        dire(f"FAUX : {faute}.")
    if fautes:
        dire("Cela ne tient pas.")
        return 1
    dire("Tout tient." if date else "Rien n’est faux ; tout n’est pas daté.")
    return 0 if date else 3


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
