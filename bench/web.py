"""`./binome bench web`: Binôme's API beside OpenFisca's, the same question, the same workers.

Both servers are up together and loaded in turn, never at once: a machine that slows down does so
for both. The answers are compared before anything is timed.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from statistics import median
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from bench import machine
from bench.charge import Debit, charger, demander
from bench.egalite import Desaccord
from bench.environnements import RACINE, Impossible, preparer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.charge import Demande

OUVRIERS: Final = 2
CLIENTS: Final = 16
TOURS: Final = 5
SECONDES: Final = 4.0
ECHAUFFEMENT: Final = 2.0
PATIENCE: Final = 60.0
JOUR: Final = "2027-01-04"
TITRES: Final = ("secretaire_medical",)
DOSSIER: Final = {
    "date_entree": JOUR,
    "diplomes": list(TITRES),
    "niveau_diplome": 4,
    "experience_secretaire_mois": 0,
    "experience_dentaire_mois": 0,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
}
"""A secretary with a title: every fact that OpenFisca's rules read is told to both."""
ETAPE: Final = f"/simulateur/candidat/?diplomes=secretaire_medical&date_entree={JOUR}"
CHAMPS: Final = "champ=voie&champ=referentiel&champ=minutes"
"""What OpenFisca is asked for, and nothing else."""
DIPLOMES: Final = (
    "ide",
    "aide_soignant",
    "auxiliaire_puericulture",
    "secretaire_medical",
    "assistant_dentaire",
    "aide_dentaire",
    "sage_femme",
    "cqp_assistant_medical",
    "attestation_fae",
)
MINUTES: Final = ("formation", "evaluations", "total", "dispensees", "evaluations_dispensees")


def question_openfisca() -> dict[str, Any]:
    """The same facts, and the same amounts asked, as OpenFisca's web API takes them."""
    faits: dict[str, Any] = {
        "date_entree": int(JOUR.replace("-", "")),
        **{code: code in TITRES for code in DIPLOMES},
        **{nom: DOSSIER[nom] for nom in DOSSIER if isinstance(DOSSIER[nom], int)},
        **dict.fromkeys(("voie", "referentiel", *(f"minutes_{nom}" for nom in MINUTES))),
    }
    return {"personnes": {"a": {nom: {JOUR: valeur} for nom, valeur in faits.items()}}}


def port_libre() -> int:
    """A port that nobody listens on."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def interroger(port: int, methode: str, chemin: str, corps: bytes | None = None) -> Any:
    """One answer, as JSON. Raises OSError or HTTPException while the server starts."""
    connexion = HTTPConnection("127.0.0.1", port, timeout=10)
    connexion.request(methode, chemin, corps, {"Content-Type": "application/json"})
    reponse = connexion.getresponse()
    lu = reponse.read()
    connexion.close()
    return json.loads(lu)


@contextmanager
def serveur(commande: list[str], port: int, chemin: str, **env: str) -> Iterator[None]:
    """A server, from its first answer to its end. Raises Impossible when it does not answer."""
    processus = subprocess.Popen(
        commande,
        cwd=RACINE,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        fin = monotonic() + PATIENCE
        while True:
            try:
                interroger(port, "GET", chemin)
                break
            except (OSError, HTTPException, ValueError):
                if monotonic() > fin or processus.poll() is not None:
                    raise Impossible(f"{commande[0]} ne répond pas sur le port {port}") from None
                sleep(0.2)
        yield
    finally:
        processus.terminate()
        processus.wait(timeout=30)


def comparer(binome: Any, openfisca: Any) -> None:
    """Raises Desaccord when the two do not answer the same."""
    dit = {nom: valeurs[JOUR] for nom, valeurs in openfisca["personnes"]["a"].items()}
    attendu = {"voie": binome["voie"], "referentiel": binome["referentiel"]}
    attendu |= {f"minutes_{nom}": binome["minutes"][nom] for nom in MINUTES}
    attendu["referentiel"] = str(attendu["referentiel"]).replace("-", "_")
    lu = {nom: dit[nom] for nom in attendu}
    if lu != attendu:
        raise Desaccord(f"web : OpenFisca répond {lu}, Binôme {attendu}")


def en_json(debits: list[Debit]) -> dict[str, float]:
    """The medians of the rounds."""
    return {
        "par_seconde": round(median(un.par_seconde for un in debits), 1),
        "p50_ms": round(median(un.p50_ms for un in debits), 2),
        "p95_ms": round(median(un.p95_ms for un in debits), 2),
    }


def _rapport(un: list[Debit], autre: list[Debit]) -> float:
    """The median of each round's ratio of requests a second."""
    return round(median(u.par_seconde / a.par_seconde for u, a in zip(un, autre, strict=True)), 2)


def mesurer(dire: Any) -> dict[str, Any]:
    """Starts both, compares them, loads them in turn. Raises Desaccord or Impossible."""
    python = preparer("openfisca")
    ports = port_libre(), port_libre()
    charge = machine.charge()
    binome = [sys.executable, "-P", "-m", "binome", "serve", "--port", str(ports[0])]
    openfisca = [
        str(python.parent / "openfisca"),
        "serve",
        "--country-package",
        "bench.pairs.openfisca_web",
        "--bind",
        f"127.0.0.1:{ports[1]}",
        "--workers",
        str(OUVRIERS),
    ]
    question, autre = (json.dumps(un).encode() for un in (DOSSIER, question_openfisca()))
    with ExitStack() as pile:
        donnees = pile.enter_context(tempfile.TemporaryDirectory(prefix="binome-bench-"))
        reglages = {
            "BINOME_DEMONSTRATION": "1",
            "BINOME_API_PAR_MINUTE": "0",
            "BINOME_DONNEES": donnees,
        }
        pile.enter_context(
            serveur(
                [*binome, "--ouvriers", str(OUVRIERS)], ports[0], "/api/v1/referentiels", **reglages
            )
        )
        pile.enter_context(
            serveur(openfisca, ports[1], "/entities", PYTHONPATH=str(RACINE), PYTHONHASHSEED="0")
        )
        comparer(
            interroger(ports[0], "POST", "/api/v1/positionner", question),
            interroger(ports[1], "POST", "/calculate", autre),
        )
        dire("Même réponse des deux côtés. Charge, chacun son tour…")
        demandes = {
            "binome": demander(ports[0], f"/api/v1/positionner?{CHAMPS}", question),
            "binome_entier": demander(ports[0], "/api/v1/positionner", question),
            "openfisca": demander(ports[1], "/calculate", autre),
            "openfisca_trace": demander(ports[1], "/trace", autre),
            "simulateur": demander(ports[0], ETAPE),
        }
        debits = _a_tour_de_role(demandes)
    return {
        "positionner": {nom: en_json(debits[nom]) for nom in list(demandes)[:4]},
        "rapport": _rapport(debits["binome"], debits["openfisca"]),
        "rapport_entier": _rapport(debits["binome_entier"], debits["openfisca"]),
        "simulateur": en_json(debits["simulateur"]),
        "conditions": {
            "ouvriers": OUVRIERS,
            "clients": CLIENTS,
            "tours": TOURS,
            "secondes": SECONDES,
            "charge_avant": charge,
        },
        "machine": machine.decrire(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _a_tour_de_role(demandes: dict[str, Demande]) -> dict[str, list[Debit]]:
    for demande in demandes.values():
        charger(demande, clients=CLIENTS, secondes=ECHAUFFEMENT)
    debits: dict[str, list[Debit]] = {nom: [] for nom in demandes}
    for tour in range(TOURS):
        noms = list(demandes)
        for nom in noms[tour % len(noms) :] + noms[: tour % len(noms)]:
            debits[nom].append(charger(demandes[nom], clients=CLIENTS, secondes=SECONDES))
    return debits
