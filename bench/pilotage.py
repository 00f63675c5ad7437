"""`python -m bench.pilotage [postgresql] [paths]`: a reading of the indicators over many paths, then the dashboards that show it.

Each path has its dossier, its enrolment and a presence; each tenth as many aid contracts, spread over the départements. What is said: how long
the rows take to be read, to be measured and hidden, and the whole reading to be kept; then how long each page takes to come, by the whole program.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

from outils import postgresql

from bench.emargement import _etablir
from bench.prises_en_charge import _copies, _page

PARCOURS: Final = 150_000
RELEVES: Final = 13
"""Readings of the months before, so that curves have a year."""
CIBLE: Final = 200
"""Milliseconds, for nineteen readings of twenty."""
CIBLE_DU_RELEVE: Final = 60.0
"""Seconds."""
ICI: Final = "/espace/pilotage/"


def garnir(combien: int) -> dict[str, Any]:
    """One real path, copied with its dossier and its enrolment, each with a presence; contracts copied from one."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.contrats_d_aide.cabinets import cabinets  # noqa: PLC0415
    from tests.dossiers.monde import construire  # noqa: PLC0415
    from tests.presences.suivi import suivre  # noqa: PLC0415

    from binome.contrats_d_aide.models import Contrat, Medecin  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.formations.territoires import departements  # noqa: PLC0415
    from binome.parcours.models import Parcours  # noqa: PLC0415
    from binome.presences.models import Presence  # noqa: PLC0415
    from binome.sessions.models import Inscription  # noqa: PLC0415

    monde = construire()
    suivi = suivre(monde)
    parcours = suivi.parcours
    inscription = Inscription.objects.filter(parcours=parcours).earliest("pk")
    jour = timezone.now()
    rangs = range(combien)
    dossiers = _copies(
        Dossier, parcours.dossier, combien, reference=[f"PIL-{rang}" for rang in rangs],
        cle_import=[""] * combien, depose_le=[jour - timedelta(days=400 + rang % 300) for rang in rangs],
        decide_le=[jour - timedelta(days=380 + rang % 300) for rang in rangs],
    )  # fmt: skip
    chemins = _copies(
        Parcours, parcours, combien, dossier_id=[un.pk for un in dossiers], suite_de_id=[None] * combien,
        ouvert_le=[jour - timedelta(days=370 + rang % 300) for rang in rangs],
    )  # fmt: skip
    numeros = [un.pk for un in chemins]
    _copies(
        Inscription, inscription, combien, parcours_id=numeros, inscrite_le=[jour - timedelta(days=360)] * combien
    )  # fmt: skip
    creneau = suivi.creneau
    creneau.__class__.objects.filter(pk=creneau.pk).update(
        debut=jour - timedelta(days=300), fin=jour - timedelta(days=299, hours=20)
    )
    for debut in range(0, combien, 2_000):
        Presence.objects.bulk_create(
            Presence(
                etat="vigueur", creneau=creneau, parcours_id=numero, nature="present", minutes=210, signee=True,
                dite_le=jour,
            )
            for numero in numeros[debut : debut + 2_000]
        )  # fmt: skip
    gens = cabinets()
    modele = gens.en_cours()
    modele.refresh_from_db()
    contrats, codes = combien // 10, list(departements())
    medecins = _copies(
        Medecin, modele.medecin, contrats, rpps=[""] * contrats, nom=[f"Essai {n}" for n in range(contrats)],
        personne_id=[None] * contrats,
    )  # fmt: skip
    _copies(
        Contrat, modele, contrats, medecin_id=[un.pk for un in medecins], precedent_id=[None] * contrats,
        departement=[codes[n % len(codes)] for n in range(contrats)],
    )  # fmt: skip
    return {"branche": monde.ana, "organisme": monde.alice, "caisse": gens.carole.personne}


def mesurer(combien: int) -> int:
    """Makes the world, takes the readings, reads the pages; prints what each took, and gives how many were over their target."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from binome.pilotage.lire import lire  # noqa: PLC0415
    from binome.pilotage.relever import mesurer as mesurer_les_faits  # noqa: PLC0415
    from binome.pilotage.relever import relever  # noqa: PLC0415

    avant = perf_counter()
    qui = garnir(combien)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    print(f"le monde : {perf_counter() - avant:.1f} s", flush=True)
    jour = timezone.localdate()
    avant = perf_counter()
    faits = lire(jour)
    lu = perf_counter()
    mesurer_les_faits(faits)
    fait = perf_counter()
    releve = relever(jour)
    entier = perf_counter() - fait
    print(
        f"{len(faits.parcours)} parcours, {len(faits.contrats)} contrats : lus en {lu - avant:.1f} s, mesurés en "
        f"{fait - lu:.1f} s ; relevé entier en {entier:.1f} s, {releve.mesures.count()} mesures",
        flush=True,
    )
    lents = int(entier > CIBLE_DU_RELEVE)
    for rang in range(1, RELEVES):
        relever(jour - timedelta(days=30 * rang))
    for nom, personne in qui.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(personne)
        adresses = [ICI, f"{ICI}mesures.json"]
        if nom == "branche":
            adresses += [
                f"{ICI}?ou=france:FR",
                f"{ICI}indicateurs/contrats_en_vigueur/?ou=france:FR",
            ]
        for adresse in adresses:
            durees, calcul = _page(client, adresse)
            p95 = quantiles(durees, n=20)[-1]
            lents += p95 > CIBLE
            print(
                f"{nom}, {adresse} : médiane {median(durees):.0f} ms, p95 {p95:.0f} ms, dont {calcul:.0f} ms du "
                "processeur",
                flush=True,
            )
    return lents


def principal(moteur: str, combien: int = PARCOURS) -> int:
    """Runs it on SQLite, or on PostgreSQL where it is asked; 1 when a target is missed."""
    with ExitStack() as ouverts:
        base = ""
        if moteur == "postgresql":
            programmes = postgresql.obtenir()
            if programmes is None:
                raise SystemExit("PostgreSQL n’est pas là.")
            base = ouverts.enter_context(postgresql.serveur(programmes))
        _etablir(Path(ouverts.enter_context(tempfile.TemporaryDirectory())), base)
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        lents = mesurer(combien)
        connection.close()
    return int(lents > 0)


if __name__ == "__main__":
    mots = sys.argv[1:]
    nombres = [int(un) for un in mots if un.isdecimal()]
    sys.exit(principal("postgresql" if "postgresql" in mots else "", *(nombres or [PARCOURS])))
