"""`python -m bench.parcours`: the pages of sessions, presences and paths over 150,000 paths: queries and processor.

The set of `./binome bench dossiers` opens a path for some half of its dossiers; the others get a copy of one here, as a
letter opens it. What a page costs is the processor time of its thread: other work on the machine does not change it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, Any, Final

from bench.dossiers import DOSSIERS, _acteur, _etablir, _garnir

if TYPE_CHECKING:
    from collections.abc import Iterator

FOIS: Final = 20


def _ouvrir_les_autres() -> int:
    """A path for each dossier that has none; how many there are then."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from binome.parcours.models import Parcours  # noqa: PLC0415

    modele = Parcours.objects.filter(etat="ouvert").order_by("pk").first()
    assert modele is not None
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO parcours_parcours (version, etat, voie, referentiel, base, formation, evaluations, dispensees,"
            " entree, ouvert_le, raison, positionne_le, dossier_id, organisme_id)"
            " SELECT 1, 'ouvert', m.voie, m.referentiel, m.base, m.formation, m.evaluations, m.dispensees, m.entree,"
            " m.ouvert_le, '', date('2026-01-05'), d.id, d.organisme_id FROM dossiers_dossier d, parcours_parcours m"
            " WHERE m.id = %s AND d.id NOT IN (SELECT dossier_id FROM parcours_parcours)",
            [modele.pk],
        )
        curseur.execute(
            "INSERT INTO parcours_modulesuivi (rang, code, bloc, intitule, minutes, statut, parcours_id)"
            " SELECT s.rang, s.code, s.bloc, s.intitule, s.minutes, s.statut, p.id FROM parcours_parcours p,"
            " parcours_modulesuivi s WHERE s.parcours_id = %s AND p.id NOT IN (SELECT parcours_id FROM parcours_modulesuivi)",
            [modele.pk],
        )
    return Parcours.objects.count()


def _adresses() -> Iterator[tuple[str, str]]:
    """A role, and what it opens."""
    from binome.sessions.models import Creneau, Inscription  # noqa: PLC0415 - once Django is set up

    creneau = Creneau.objects.filter(etat="gele").order_by("pk").first()
    assert creneau is not None
    inscription = Inscription.objects.filter(session=creneau.session_id).order_by("pk").first()
    assert inscription is not None
    session = f"sessions/{creneau.session_id}"
    du_gestionnaire = (
        "", "sessions/", f"{session}/", f"{session}/inscrire/", f"{session}/serie/", f"{session}/presences/",
        f"{session}/tableau/", f"creneaux/{creneau.uid}/presences/", "suivis/parcours/",
        f"suivis/parcours/{inscription.parcours_id}/", "reseau/",
    )  # fmt: skip
    yield from (("gestionnaire", f"/espace/{fin}") for fin in du_gestionnaire)
    yield from (
        ("examinateur", f"/espace/{fin}")
        for fin in ("", "suivis/parcours/", "reseau/", "reseau/couverture/")
    )
    yield from (("formateur", f"/espace/{fin}") for fin in ("", "sessions/les-miens/"))
    yield from ((role, "/espace/") for role in ("candidat", "employeur", "tuteur"))


def mesurer(dire: Any = print) -> dict[str, dict[str, float]]:
    """Queries and milliseconds of processor of each page."""
    with tempfile.TemporaryDirectory(prefix="binome-bench-") as dossier:
        _etablir(Path(dossier))
        from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

        _garnir(DOSSIERS, dire)
        call_command("migrate", verbosity=0)
        dire(f"{_ouvrir_les_autres()} parcours")
        from django.db import connection  # noqa: PLC0415 - once Django is set up
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        mesures = {}
        for role, adresse in _adresses():
            client = Client(SERVER_NAME="localhost")
            client.force_login(_acteur(role).personne)
            client.get(adresse)
            with CaptureQueriesContext(connection) as requetes:
                reponse = client.get(adresse)
            # Said now: the next request forgets those of this one.
            combien = len(requetes)
            temps = []
            for _ in range(FOIS if reponse.status_code == 200 else 0):
                debut = thread_time()
                client.get(adresse)
                temps.append((thread_time() - debut) * 1000)
            temps.sort()
            mesures[f"{role} {adresse}"] = {
                "statut": reponse.status_code,
                "requetes": combien,
                "p50_ms": round(median(temps), 1) if temps else 0,
                "p95_ms": round(temps[int(FOIS * 0.95) - 1], 1) if temps else 0,
            }
            dire(role, adresse, mesures[f"{role} {adresse}"])
    return mesures


if __name__ == "__main__":
    mesurer()
