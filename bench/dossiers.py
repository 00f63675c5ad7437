"""`./binome bench dossiers`: the members' pages, the imports, the confirmations and the letters, in volume.

The made-up national set is written once in `.binome/` and copied for what changes it. SQLite, one
process, as `binome serve` and `binome travaux` run it.
"""

from __future__ import annotations

import csv
import hashlib
import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from bench import machine
from bench.environnements import OUTILS, RACINE

if TYPE_CHECKING:
    from collections.abc import Callable

GRAINE: Final = 2026
JOUR: Final = date(2026, 11, 26)
DOSSIERS: Final = 150_000
LIGNES: Final = 15_000
FAUTIVES: Final = 150
CONFIRMES: Final = 1000
LETTRES: Final = 300
FOIS: Final = 60
"""Requests to each list: the 57th in order is the one that 95 in a hundred do not pass."""
LISTES: Final = (
    "", "?tri=recent", "?tri=echeance", "?etat=a_examiner", "?etat=claires", "?etat=a_regarder",
    "?etat=en_cours", "?etat=clos", "?q=robinier", "?q=zoe+hetre", "?q=zzzz", "?alertes=avec",
)  # fmt: skip
BASE: Final = "binome.sqlite3"


def _etablir(donnees: Path) -> None:
    """Django on a folder of data; once in a process."""
    os.environ.update(
        BINOME_DEMONSTRATION="1", BINOME_DONNEES=str(donnees), BINOME_SECRET=secrets.token_hex(40),
        DATABASE_URL="", DJANGO_SETTINGS_MODULE="binome.socle.reglages",
    )  # fmt: skip
    import django  # noqa: PLC0415 - not before its settings

    django.setup()


def _base() -> Path:
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    return Path(str(connection.settings_dict["NAME"]))


def _marque(nombre: int) -> str:
    """What the set depends on: its code, the tables, the rules."""
    lus = [*(RACINE / "src" / "binome").rglob("exemples/*.py")]
    lus += (RACINE / "src" / "binome").rglob("migrations/*.py")
    resume = hashlib.sha256(f"{nombre} {GRAINE} {JOUR}".encode())
    for chemin in sorted(lus):
        resume.update(chemin.read_bytes())
    return resume.hexdigest()[:16]


def _garnir(nombre: int, dire: Callable[[str], None]) -> float | None:
    """Puts the set in the database, from the last run's when it is the same; seconds, if it was written."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    garde = OUTILS / f"bench-dossiers-{nombre}-{_marque(nombre)}.sqlite3"
    if garde.exists():
        connection.close()
        shutil.copyfile(garde, _base())
        return None
    for ancien in OUTILS.glob(f"bench-dossiers-{nombre}-*"):
        ancien.unlink()
    from binome.exemples.acces import MOT_DE_PASSE  # noqa: PLC0415
    from binome.exemples.monde import charger  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    dire(f"{nombre} dossiers fictifs sont écrits, une seule fois…")
    debut = perf_counter()
    charger(nombre, graine=GRAINE, jour=JOUR, mot_de_passe=MOT_DE_PASSE)
    dure = perf_counter() - debut
    OUTILS.mkdir(exist_ok=True)
    with closing(sqlite3.connect(_base())) as source, closing(sqlite3.connect(garde)) as copie:
        source.backup(copie)
    return dure


def _acteur(role: str) -> Any:
    from binome.comptes.acteur import Acteur  # noqa: PLC0415 - once Django is set up
    from binome.comptes.models import Personne  # noqa: PLC0415

    return Acteur(Personne.objects.get(courriel__startswith=f"{role}@"))


def les_listes() -> dict[str, dict[str, float]]:
    """Milliseconds for each list, by role: median and 95th of a hundred."""
    from django.test import Client  # noqa: PLC0415 - once Django is set up

    mesures = {}
    for role in ("gestionnaire", "examinateur"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(_acteur(role).personne)
        adresses = {
            "accueil": "/espace/",
            **{liste or "tout": f"/espace/dossiers/{liste}" for liste in LISTES},
        }
        for nom, adresse in adresses.items():
            temps = []
            for _ in range(FOIS):
                debut = perf_counter()
                reponse = client.get(adresse)
                temps.append((perf_counter() - debut) * 1000)
                assert reponse.status_code == 200, adresse
            temps.sort()
            mesures[f"{role} {nom}"] = {
                "p50_ms": round(median(temps), 1),
                "p95_ms": round(temps[int(FOIS * 0.95) - 1], 1),
            }
    return mesures


def le_rejeu() -> dict[str, Any]:
    """Seconds to replay every live dossier under the base in force and one overlay: first time, then again."""
    from binome.rejeux.services import candidates, rejouer  # noqa: PLC0415 - Django is set up

    designation = next(iter(candidates().values()))[0]
    temps, processeur, lus, changent = [], [], 0, 0
    for _ in range(3):
        debut, charge = perf_counter(), sum(os.times()[:2])
        resultat = rejouer(designation)
        temps.append(round(perf_counter() - debut, 2))
        processeur.append(round(sum(os.times()[:2]) - charge, 2))
        lus, changent = resultat.lus, resultat.lignes.height
    return {"s": temps, "processeur_s": processeur, "lus": lus, "changent": changent}


def la_confirmation() -> dict[str, Any]:
    """Seconds to confirm a thousand clear proposals in one gesture, and letters sealed in a second by one runner."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from binome.bureau.decisions import TOUT_DIT, confirmer  # noqa: PLC0415
    from binome.bureau.filtres import FiltreDeDossiers, lister  # noqa: PLC0415
    from binome.dossiers.models import Decision, Dossier  # noqa: PLC0415
    from binome.dossiers.portee import CLAIRES, TOUT  # noqa: PLC0415
    from binome.lettres.lettre import sceller  # noqa: PLC0415

    claires = lister(Dossier.objects.all(), FiltreDeDossiers(etat=CLAIRES), TOUT).order_by("pk")
    versions = dict(claires.values_list("reference", "version")[:CONFIRMES])
    debut = perf_counter()
    bilan = confirmer(_acteur("examinateur"), versions, TOUT_DIT)
    confirme = perf_counter() - debut
    Decision.objects.filter(notifiee_le=None, sceau="").update(
        notifiable_des=timezone.now() - timedelta(minutes=1)
    )
    sceller()
    scellees, debut = 0, perf_counter()
    while scellees < LETTRES and (lot := sceller()):
        scellees += lot
    dure = perf_counter() - debut
    return {
        "confirmes": len(bilan.confirmes),
        "confirmation_s": round(confirme, 2),
        "lettres": scellees,
        "lettres_par_s": round(scellees / dure, 1),
    }


def _tableau(chemin: Path) -> None:
    """A spreadsheet of made-up candidates, one row in a hundred with a fault."""
    titres = ("Clé", "Prénom", "Nom", "Date de naissance", "Adresse électronique", "Employeur",
              "Date d’entrée en formation", "Diplômes et titres", "Situation")  # fmt: skip
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        ecrivain = csv.writer(fichier, delimiter=";")
        ecrivain.writerow(titres)
        for rang in range(LIGNES):
            fautive = rang % (LIGNES // FAUTIVES) == 0
            ecrivain.writerow(
                (f"K{rang}", "Léa", f"Exemple {rang}", "31/02/1984" if fautive else "03/05/1984",
                 f"lea{rang}@exemple.invalid", "Cabinet d’exemple", "15/01/2026",
                 "secretaire_medical", "salarie_cabinet")
            )  # fmt: skip


def l_import(dossier: Path) -> dict[str, Any]:
    """Seconds to read a spreadsheet, report its faults, and make the drafts of the rows that hold."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up

    from binome.dossiers.receptions import EtatDeLigne  # noqa: PLC0415
    from binome.imports import services, tranches  # noqa: PLC0415 - Django is set up

    chemin = dossier / "candidats.csv"
    _tableau(chemin)
    # The documents of the set may have filled the day of who imports: what is timed is the import.
    settings.QUOTA_JOUR_FICHIERS, settings.QUOTA_JOUR = 10**6, 10**12
    acteur = _acteur("gestionnaire")
    organisme = next(un.organisation for un in acteur.appartenances)
    debut = perf_counter()
    importation = services.ouvrir_import(organisme, acteur, chemin)
    lu = perf_counter() - debut
    fautives = services.comptes(importation)[EtatDeLigne.A_MENDER]
    services.commencer(importation, acteur, deposer=False)
    tranches.tout_faire(importation, acteur)
    return {
        "lignes": LIGNES, "fautives": fautives, "lecture_s": round(lu, 2),
        "s": round(perf_counter() - debut, 2),
    }  # fmt: skip


def mesurer(dire: Callable[[str], None], nombre: int = DOSSIERS) -> dict[str, Any]:
    """Every figure, on a set of that many dossiers. What only reads comes first."""
    charge = machine.charge()
    with tempfile.TemporaryDirectory(prefix="binome-bench-") as dossier:
        _etablir(Path(dossier))
        ecrit = _garnir(nombre, dire)
        dire("Les listes…")
        listes = les_listes()
        dire("Le rejeu…")
        rejeu = le_rejeu()
        dire("La confirmation, les lettres…")
        confirmation = la_confirmation()
        dire("L’import…")
        importe = l_import(Path(dossier))
    return {
        "dossiers": nombre,
        "fois": FOIS,
        "ecriture_s": None if ecrit is None else round(ecrit, 1),
        "listes": listes,
        "rejeu": rejeu,
        "confirmation": confirmation,
        "import": importe,
        "machine": machine.decrire(),
        "charge_avant": charge,
        "date": datetime.now(UTC).date().isoformat(),
    }
