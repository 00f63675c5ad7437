"""`python -m bench.livret [postgresql] [pairs]`: ten thousand pairs send a week's card in ten minutes, both signatures.

Each trainee's phone sends three answers and a signature, then each tutor's sends theirs: two requests a pair, evenly in time,
to the real server in two processes, on a connection of its own. One sending in twenty comes
twice, as after an answer that was lost; a sending is timed since its time came, so that a queue is seen. Fewer pairs keep the same pace for less time. Tutors follow a hundred pairs each,
which is none of the trade: it spares the making of accounts, and asks no less of what is measured.
"""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
import threading
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import Empty, Queue
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import uuid4

from outils import postgresql

from bench.emargement import _dire, _etablir
from bench.web import port_libre, serveur

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRES: Final = 10_000
SECONDES: Final = 600
PAR_TUTEUR: Final = 100
FILS: Final = 32
"""Phones that may send at the same moment."""
OUVRIERS: Final = 2
PATIENCE: Final = 60.0
ECHAUFFEMENTS: Final = 2
CHAUFFE: Final = 20.0
"""Requests of each phone before the measure, and the seconds that they are given."""
REPETE: Final = 20
"""One sending in so many comes twice."""
CODES: Final = ("B1M1C1", "B1M1C2", "B2M1C1")


class Paire(NamedTuple):
    """A pair, and where it sends."""

    stagiaire: Any
    tuteur: Any
    parcours: int


def _garnir(combien: int) -> list[Paire]:
    """One real path, copied; a dossier, a job and a practice for each."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.dossiers.monde import construire, suivi_par  # noqa: PLC0415
    from tests.presences.suivi import suivre  # noqa: PLC0415

    from binome.comptes.models import Personne  # noqa: PLC0415
    from binome.comptes.services import creer_organisation, donner_role  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.parcours.models import ModuleSuivi, Parcours  # noqa: PLC0415
    from binome.socle.references import tirer  # noqa: PLC0415

    suivi = suivre(construire())
    modules = list(ModuleSuivi.objects.filter(parcours=suivi.parcours))
    paires: list[Paire] = []
    for premiere in range(0, combien, PAR_TUTEUR):
        cabinet = creer_organisation("cabinet", f"Cabinet d’essai {premiere}", exemple=True)
        tuteur = Personne.objects.create(
            courriel=f"t{premiere}@exemple.fr", prenom="T", nom=str(premiere)
        )
        donner_role(tuteur, cabinet, "employeur")
        for rang in range(premiere, min(premiere + PAR_TUTEUR, combien)):
            qui = Personne.objects.create(courriel=f"s{rang}@exemple.fr", prenom="S", nom=str(rang))
            dossier = Dossier.objects.get(pk=suivi.parcours.dossier_id)
            dossier.pk, dossier.reference, dossier.candidat = None, tirer(), qui
            dossier.cle_import = ""
            dossier.save(force_insert=True)
            parcours = Parcours.objects.get(pk=suivi.parcours.pk)
            parcours.pk, parcours.dossier, parcours.ouvert_le = None, dossier, timezone.now()
            parcours.save(force_insert=True)
            for module in modules:
                module.pk, module.parcours = None, parcours
            ModuleSuivi.objects.bulk_create(modules)
            suivi_par(dossier, cabinet)
            paires.append(Paire(qui, tuteur, parcours.pk))
    return paires


def _envois(paires: list[Paire]) -> Iterator[tuple[Any, str, bytes]]:
    """What each phone sends, in its order: who, where, what; all the trainees of a hundred pairs, then their tutors."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from binome.livret.semaines import lundi  # noqa: PLC0415

    semaine = lundi(timezone.localdate()).isoformat()
    for debut in range(0, len(paires), PAR_TUTEUR):
        lot, suites = paires[debut : debut + PAR_TUTEUR], []
        for paire in lot:
            dits = [
                {
                    "uid": str(uuid4()),
                    "competence": code,
                    "valeur": "aide",
                    "phrase": "",
                    "vue": None,
                }
                for code in CODES
            ]
            vues = [un["uid"] for un in dits]
            adresse = f"/espace/livret/{paire.parcours}/envois/"
            yield paire.stagiaire, adresse, _corps(semaine, dits, "stagiaire", vues)
            suites.append((paire.tuteur, adresse, _corps(semaine, [], "tuteur", vues)))
        yield from suites


def _corps(semaine: str, dits: list[Any], cote: str, vues: list[Any]) -> bytes:
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    maintenant = timezone.now().isoformat()
    signature = {"uid": str(uuid4()), "cote": cote, "vues": vues, "image": ""}
    envoi = {
        "uid": str(uuid4()), "semaine": semaine, "dits": dits, "signature": signature,
        "dit_le": maintenant, "appareil": "essai",
    }  # fmt: skip
    return json.dumps({"envoye_le": maintenant, "envois": [envoi]}).encode()


def _se_connecter(paires: list[Paire]) -> dict[int, str]:
    """The session of each person, as their phone has held it for weeks, by the number of the person."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415

    sessions: dict[int, str] = {}
    for qui in (un for paire in paires for un in (paire.stagiaire, paire.tuteur)):
        if qui.pk not in sessions:
            client = Client(SERVER_NAME="localhost")
            client.force_login(qui)
            sessions[qui.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def _entetes(session: str) -> dict[str, str]:
    """What a phone sends beside the card: its session, and the mark that the page gave it."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    jeton = secrets.token_hex(16)
    temoins = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={jeton}"
    return {"Content-Type": "application/json", "Cookie": temoins, "X-CSRFToken": jeton}


def _envoyer(
    envois: list[tuple[Any, str, bytes]], sessions: dict[int, str], port: int, cadence: float
) -> tuple[list[float], list[str]]:
    """Milliseconds of each sending since its time came, late or not; what did not pass."""
    file: Queue[tuple[int, tuple[Any, str, bytes]]] = Queue()
    durees: list[float] = []
    fautes: list[str] = []
    for rang, un in enumerate(envois):
        file.put((rang, un))
    depart = perf_counter() + CHAUFFE
    attente = threading.Barrier(FILS)

    def envoyer(adresse: str, corps: bytes, entetes: dict[str, str]) -> str:
        # A phone opens its own connection: it sends once a week.
        connexion = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connexion.request("POST", adresse, corps, entetes)
            reponse = connexion.getresponse()
            lu = reponse.read()
        except (OSError, HTTPException) as erreur:
            return type(erreur).__name__
        finally:
            connexion.close()
        dit = json.loads(lu)["envois"][0] if reponse.status == 200 else {}
        tenu = dit.get("etat") in {"recue", "deja_recue"} and not dit.get("phrase")
        return "" if tenu else f"{reponse.status} {dit}"

    def servir() -> None:
        # A process that just started loads the program at its first requests: it has served for weeks here.
        for _ in range(ECHAUFFEMENTS):
            envoyer("/espace/", b"", _entetes(sessions[envois[0][0].pk]))
        attente.wait()
        while True:
            try:
                rang, (qui, adresse, corps) = file.get_nowait()
            except Empty:
                return
            entetes = _entetes(sessions[qui.pk])
            du = depart + rang / cadence
            sleep(max(0.0, du - perf_counter()))
            for fois in range(2 if rang % REPETE == 0 else 1):
                avant = du if fois == 0 else perf_counter()
                faute = envoyer(adresse, corps, entetes)
                durees.append((perf_counter() - avant) * 1000)
                fautes.extend([faute] if faute else [])

    fils = [threading.Thread(target=servir) for _ in range(FILS)]
    for un_fil in fils:
        un_fil.start()
    for un_fil in fils:
        un_fil.join()
    return durees, fautes


def mesurer(moteur: str, combien: int) -> int:
    """The measure on one engine; 1 when a card is lost, doubled or not signed by both, or the chain broken."""
    with ExitStack() as ouverts:
        base = ""
        if moteur == "postgresql":
            programmes = postgresql.obtenir()
            if programmes is None:
                raise SystemExit("PostgreSQL n’est pas là.")
            base = ouverts.enter_context(postgresql.serveur(programmes))
        _etablir(Path(ouverts.enter_context(tempfile.TemporaryDirectory())), base)
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        from binome.journal.chaine import verifier  # noqa: PLC0415
        from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte  # noqa: PLC0415

        paires = _garnir(combien)
        sessions, envois = _se_connecter(paires), list(_envois(paires))
        connection.close()
        port = port_libre()
        commande = [
            sys.executable,
            "-m",
            "binome",
            "serve",
            "--port",
            str(port),
            "--ouvriers",
            str(OUVRIERS),
        ]
        with serveur(commande, port, "/api/v1/referentiels"):
            debut = perf_counter()
            durees, fautes = _envoyer(envois, sessions, port, 2 * PAIRES / SECONDES)
            duree = perf_counter() - debut
        signees = CarteDeSemaine.objects.filter(etat="signee").count()
        tenues = (Appreciation.objects.count(), SignatureDeCarte.objects.count())
        print(
            f"{connection.vendor} : {signees} cartes signées par les deux sur {combien}, en {duree:.0f} s ; "
            f"{tenues[0]} appréciations, {tenues[1]} signatures ; {len(fautes)} refus {fautes[:3]}"
        )
        _dire("  envoyer", durees)
        calcul = getrusage(RUSAGE_CHILDREN)
        print(
            f"  le serveur : {(calcul.ru_utime + calcul.ru_stime) * 1000 / len(durees):.1f} ms de processeur par envoi"
        )
        rompue = verifier()
        print(f"journal : {'entier' if rompue is None else rompue}")
        connection.close()
    exact = signees == combien and tenues == (3 * combien, 2 * combien)
    return int(not exact or rompue is not None)


if __name__ == "__main__":
    mots = sys.argv[1:]
    nombres = [int(un) for un in mots if un.isdecimal()]
    sys.exit(mesurer("postgresql" if "postgresql" in mots else "", *(nombres or [PAIRES])))
