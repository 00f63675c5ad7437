"""`python -m bench.prises_en_charge [postgresql] [paths]`: the states of a month for fifteen thousand paths, then the payer's page.

Each path has an agreement and eighteen half-days of the month, counter-signed and signed, in sessions of twelve people. What is said:
how long the month takes the first time, then when nothing changed, and how long the payer's pages take to come, by the whole program.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from outils import postgresql

from bench.emargement import _etablir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PARCOURS: Final = 15_000
PAR_SESSION: Final = 12
CRENEAUX: Final = 18
LECTURES: Final = 60
LOT: Final = 2_000
PAGES: Final = (
    "/espace/prises-en-charge/",
    "/espace/suivis/prises-en-charge/",
    "/espace/suivis/etats-de-service/?etat=etabli",
)


def _copies(modele: Any, original: Any, combien: int, **changes: Sequence[Any]) -> list[Any]:
    """As many rows as asked of an original, each with its own values."""
    rows = []
    noms = [
        un.attname for un in modele._meta.concrete_fields if not un.primary_key and not un.generated
    ]
    for rang in range(combien):
        copie = modele(**{nom: getattr(original, nom) for nom in noms})
        for nom, valeurs in changes.items():
            setattr(copie, nom, valeurs[rang])
        rows.append(copie)
    for debut in range(0, combien, LOT):
        modele.objects.bulk_create(rows[debut : debut + LOT])
    return rows


def garnir(combien: int, mois: date) -> Any:
    """One real path and its agreement, copied; slots of a month, and a presence of each person in each."""
    from datetime import datetime, time, timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.prises_en_charge.monde import paye  # noqa: PLC0415

    from binome.comptes.models import Personne  # noqa: PLC0415
    from binome.dossiers.models import Dossier  # noqa: PLC0415
    from binome.parcours.models import Parcours  # noqa: PLC0415
    from binome.presences.models import Presence  # noqa: PLC0415
    from binome.prises_en_charge.models import PriseEnCharge  # noqa: PLC0415
    from binome.sessions.models import Creneau, Inscription, Session  # noqa: PLC0415
    from binome.socle.references import tirer  # noqa: PLC0415

    gens = paye()
    prise = gens.accordee()
    gens_de = _copies(
        Personne,
        gens.monde.lea,
        combien,
        courriel=[f"s{rang}@exemple.fr" for rang in range(combien)],
    )
    dossiers = _copies(
        Dossier, gens.parcours.dossier, combien, candidat_id=[un.pk for un in gens_de],
        reference=[tirer() for _ in range(combien)], cle_import=[""] * combien,
    )  # fmt: skip
    parcours = _copies(
        Parcours, gens.parcours, combien, dossier_id=[un.pk for un in dossiers], suite_de_id=[None] * combien
    )  # fmt: skip
    _copies(PriseEnCharge, prise, combien, parcours_id=[un.pk for un in parcours])
    sessions = _copies(Session, gens.session, -(-combien // PAR_SESSION))
    debuts = [
        timezone.make_aware(datetime.combine(mois + timedelta(days=rang // 2), time(9 if rang % 2 else 14)))
        for rang in range(CRENEAUX)
    ]  # fmt: skip
    creneaux = []
    for session in sessions:
        creneaux += [
            Creneau(
                session=session, debut=debut, fin=debut + timedelta(minutes=210), minutes=210, bloc=1, module="B1M1",
                modalite="sur_place", etat="gele", gele_le=debut + timedelta(minutes=210), gele_par=gens.monde.bob,
            )
            for debut in debuts
        ]  # fmt: skip
    for debut in range(0, len(creneaux), LOT):
        Creneau.objects.bulk_create(creneaux[debut : debut + LOT])
    Inscription.objects.bulk_create(
        [
            Inscription(session=sessions[rang // PAR_SESSION], parcours=un, blocs=[1], inscrite_le=timezone.now())
            for rang, un in enumerate(parcours)
        ],
        batch_size=LOT,
    )  # fmt: skip
    lot: list[Any] = []
    for rang, un in enumerate(parcours):
        depart = rang // PAR_SESSION * CRENEAUX
        lot += [
            Presence(
                creneau=creneau, parcours=un, etat="vigueur", nature="present", minutes=210, signee=True,
                par=gens.monde.bob, dite_le=creneau.fin,
            )
            for creneau in creneaux[depart : depart + CRENEAUX]
        ]  # fmt: skip
        if len(lot) >= LOT or un is parcours[-1]:
            Presence.objects.bulk_create(lot)
            lot = []
    return gens


def _page(client: Any, adresse: str) -> tuple[list[float], float]:
    """Milliseconds of each reading, and those of the processor, on average."""
    durees, calcul = [], process_time()
    for _ in range(LECTURES):
        avant = perf_counter()
        reponse = client.get(adresse)
        durees.append((perf_counter() - avant) * 1000)
        if reponse.status_code != 200:
            msg = f"{adresse} : {reponse.status_code}"
            raise RuntimeError(msg)
    return durees, (process_time() - calcul) * 1000 / LECTURES


def mesurer(combien: int) -> int:
    """Makes the world, says the month, reads the pages; prints what it took, and gives how many months were said."""
    from django.test import Client  # noqa: PLC0415 - once Django is set up
    from tests.prises_en_charge.monde import ce_mois  # noqa: PLC0415

    from binome.prises_en_charge.etablir import etablir  # noqa: PLC0415
    from binome.prises_en_charge.models import EtatDeService  # noqa: PLC0415

    mois = ce_mois(-1)
    avant = perf_counter()
    gens = garnir(combien, mois)
    print(f"le monde : {perf_counter() - avant:.1f} s", flush=True)
    for quoi in ("le mois, la première fois", "le mois, sans rien de changé"):
        avant, calcul = perf_counter(), process_time()
        faits = etablir([mois])
        duree, calcul = perf_counter() - avant, process_time() - calcul
        print(
            f"{quoi} : {duree:.1f} s, dont {calcul:.1f} s du processeur, {faits.nouveaux + faits.redits} états écrits",
            flush=True,
        )
    ecrits = EtatDeService.objects.filter(mois=mois, minutes_prouvees=210 * CRENEAUX).count()
    client = Client(SERVER_NAME="localhost")
    client.force_login(gens.olga)
    for adresse in PAGES:
        durees, calcul = _page(client, adresse)
        print(
            f"{adresse} : médiane {median(durees):.0f} ms, p95 {quantiles(durees, n=20)[-1]:.0f} ms, dont {calcul:.0f} ms du processeur",
            flush=True,
        )
    return ecrits


def principal(moteur: str, combien: int = PARCOURS) -> int:
    """Runs it on SQLite, or on PostgreSQL where it is asked; 1 when a path has no month, or more than one."""
    with ExitStack() as ouverts:
        base = ""
        if moteur == "postgresql":
            programmes = postgresql.obtenir()
            if programmes is None:
                raise SystemExit("PostgreSQL n’est pas là.")
            base = ouverts.enter_context(postgresql.serveur(programmes))
        _etablir(Path(ouverts.enter_context(tempfile.TemporaryDirectory())), base)
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        ecrits = mesurer(combien)
        connection.close()
    return int(ecrits != combien)


if __name__ == "__main__":
    mots = sys.argv[1:]
    nombres = [int(un) for un in mots if un.isdecimal()]
    sys.exit(principal("postgresql" if "postgresql" in mots else "", *(nombres or [PARCOURS])))
