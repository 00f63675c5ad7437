"""`python -m bench.emargement [postgresql]`: three hundred trainees sign twenty-four slots, all at once, then ten a second,
then one a second, which is three hundred in five minutes.

Each scans the code and taps, by the whole program (middlewares, session, journal) in as many threads as a small server has.
What is said: how many signatures are kept, how long a tap took, and whether the journal's chain holds.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import tempfile
import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from outils import postgresql

if TYPE_CHECKING:
    from django.test import Client

PERSONNES: Final = 300
CRENEAUX: Final = 24
FILS: Final = 8
MESURES: Final = (
    ("toutes à la fois", 0, PERSONNES),
    ("10 par seconde", 10, PERSONNES),
    ("1 par seconde", 1, 60),
)
"""Taps a second, none for as fast as the threads go, and of how many people."""


class Geste(NamedTuple):
    """A person who is ready to tap: their browser, and where."""

    client: Client
    adresse: str
    uid: str


def _etablir(donnees: Path, base: str) -> None:
    os.environ.update(
        BINOME_DEMONSTRATION="1", BINOME_DONNEES=str(donnees), BINOME_SECRET=secrets.token_hex(40),
        DATABASE_URL=base, DJANGO_SETTINGS_MODULE="binome.socle.reglages",
    )  # fmt: skip
    import django  # noqa: PLC0415 - not before its settings

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)


def _garnir() -> list[tuple[Any, Any]]:
    """Each person with their slot: one real path, copied for the others."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.dossiers.monde import construire  # noqa: PLC0415
    from tests.presences.suivi import suivre  # noqa: PLC0415

    from binome.comptes.models import Personne  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.parcours.models import ModuleSuivi, Parcours  # noqa: PLC0415
    from binome.sessions.models import Creneau, Inscription, Session  # noqa: PLC0415
    from binome.socle.references import tirer  # noqa: PLC0415

    suivi = suivre(construire())
    modules = list(ModuleSuivi.objects.filter(parcours=suivi.parcours))
    debut = timezone.now() - timedelta(minutes=5)
    creneaux = []
    for rang in range(CRENEAUX):
        session = Session.objects.get(pk=suivi.creneau.session_id)
        session.pk, session.etat = None, "publiee"
        session.save(force_insert=True)
        creneaux.append(
            Creneau.objects.create(
                session=session, debut=debut, fin=debut + timedelta(minutes=210), minutes=210, bloc=1,
                module="B1M1", modalite="sur_place", etat="ouvert", salle=f"Salle {rang}",
            )
        )  # fmt: skip
    paires = []
    for rang in range(PERSONNES):
        qui = Personne.objects.create_user(
            f"stagiaire{rang}@exemple.fr", prenom="Essai", nom=f"N° {rang}"
        )
        dossier = Dossier.objects.get(pk=suivi.parcours.dossier_id)
        dossier.pk, dossier.reference, dossier.candidat = None, tirer(), qui
        dossier.cle_import = ""
        dossier.save(force_insert=True)
        parcours = Parcours.objects.get(pk=suivi.parcours.pk)
        parcours.pk, parcours.dossier = None, dossier
        parcours.save(force_insert=True)
        for module in modules:
            module.pk, module.parcours = None, parcours
        ModuleSuivi.objects.bulk_create(modules)
        creneau = creneaux[rang % CRENEAUX]
        Inscription.objects.create(
            session=creneau.session,
            parcours=parcours,
            blocs=[1],
            inscrite_le=timezone.now() - timedelta(days=9),
        )
        paires.append((qui, creneau))
    return paires


def _preparer(paires: list[tuple[Any, Any]]) -> tuple[list[Geste], list[float]]:
    """Everybody scans: signed in, with the page of the slot before them; milliseconds of each."""
    from django.test import Client  # noqa: PLC0415 - once Django is set up
    from django.utils import timezone  # noqa: PLC0415

    from binome.presences import codes  # noqa: PLC0415

    prets, durees = [], []
    for qui, creneau in paires:
        client = Client(SERVER_NAME="localhost")
        client.force_login(qui)
        avant = perf_counter()
        adresse = codes.adresse(creneau, timezone.now())
        texte = client.get(f"/signer/{adresse}/", follow=True).content.decode()
        durees.append((perf_counter() - avant) * 1000)
        (uid,) = re.findall(r'name="uid" value="([^"]+)"', texte)
        prets.append(Geste(client, f"/signer/creneau/{creneau.uid}/", uid))
    return prets, durees


def _taper(prets: list[Geste], *, cadence: int) -> tuple[list[float], list[int]]:
    """Everybody taps: as fast as the threads go, or so many a second; milliseconds of each, and what did not pass."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    file: Queue[tuple[int, Geste]] = Queue()
    durees: list[float] = []
    fautes: list[int] = []
    depart = perf_counter()
    for rang, un in enumerate(prets):
        file.put((rang, un))

    def servir() -> None:
        while True:
            try:
                rang, un = file.get_nowait()
            except Empty:
                break
            if cadence:
                sleep(max(0.0, depart + rang / cadence - perf_counter()))
            avant = perf_counter()
            statut = un.client.post(un.adresse, {"uid": un.uid}).status_code
            durees.append((perf_counter() - avant) * 1000)
            if statut != 200:
                fautes.append(statut)
        connection.close()

    fils = [threading.Thread(target=servir) for _ in range(FILS)]
    for un_fil in fils:
        un_fil.start()
    for un_fil in fils:
        un_fil.join()
    return durees, fautes


def _dire(quoi: str, durees: list[float]) -> None:
    p95 = quantiles(durees, n=20)[-1]
    print(
        f"{quoi} : médiane {median(durees):.0f} ms, p95 {p95:.0f} ms, au plus {max(durees):.0f} ms"
    )


def mesurer(moteur: str) -> int:
    """Both measures on one engine; 1 when a signature is lost, or the chain broken."""
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
        from binome.presences.models import Signature  # noqa: PLC0415

        paires = _garnir()
        perdues = 0
        for nom, cadence, combien in MESURES:
            # Emptied for the second measure: the rows of a made-up base, which the journal is not asked of.
            Signature.objects.all().delete()
            prets, scans = _preparer(paires[:combien])
            debut = perf_counter()
            durees, fautes = _taper(prets, cadence=cadence)
            duree = perf_counter() - debut
            gardees = Signature.objects.count()
            perdues += combien - gardees
            print(
                f"{connection.vendor}, {nom} : {gardees} signatures sur {combien} en {duree:.1f} s, {len(fautes)} refus"
            )
            _dire("  scanner", scans)
            _dire("  signer", durees)
        rompue = verifier()
        print(f"journal : {'entier' if rompue is None else rompue}")
        connection.close()
    return int(bool(perdues) or rompue is not None)


if __name__ == "__main__":
    sys.exit(mesurer("".join(sys.argv[1:])))
