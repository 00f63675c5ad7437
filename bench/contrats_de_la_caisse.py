"""`python -m bench.contrats_de_la_caisse [postgresql] [contracts]`: the pages of a caisse that holds twenty thousand aid contracts.

Each contract has its doctor, an event, eight clocks of which two are done, ten payments. What is said: how long each page takes to come, by
the whole program, first pages, a page far down, filters, the payments of thirteen months.
"""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from html import unescape
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, Final

from outils import postgresql

from bench.emargement import _etablir
from bench.prises_en_charge import _copies, _page

CONTRATS: Final = 20_000
HORLOGES: Final = 8
VERSEMENTS: Final = 10
ICI: Final = "/espace/caisse/contrats/"
CIBLE: Final = 120
"""Milliseconds, for nineteen readings of twenty."""


def garnir(combien: int) -> Any:
    """One contract by its gestures, copied with its doctor; clocks and payments spread over the year that was and the two that come."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.contrats_d_aide.cabinets import deux_medecins  # noqa: PLC0415

    from binome.contrats_d_aide.models import (  # noqa: PLC0415
        Contrat,
        EvenementDeContrat,
        HorlogeDeContrat,
        Medecin,
        VersementAttendu,
    )
    from binome.formations.territoires import departements  # noqa: PLC0415

    gens, hasard, jour = deux_medecins(), Random(1), timezone.localdate()  # noqa: S311 - a made-up world
    modele = gens.en_cours()
    modele.refresh_from_db()
    evenement = EvenementDeContrat.objects.filter(contrat=modele).latest("pk")
    rangs = range(combien)
    medecins = _copies(
        Medecin, gens.un, combien, rpps=[""] * combien, nom=[f"Essai {rang}" for rang in rangs]
    )
    codes = list(departements())
    contrats = _copies(
        Contrat, modele, combien, medecin_id=[un.pk for un in medecins], signataire_id=[None] * combien,
        etat=["suspendu" if rang % 20 == 0 else "en_cours" for rang in rangs], departement=hasard.choices(codes, k=combien),
        prochaine_le=[jour + timedelta(days=hasard.randrange(-60, 400)) for _ in rangs],
        prochaine=[hasard.choice(("suivi_caisse", "objectif", "anniversaire")) for _ in rangs],
        recherche=[f"un essai {rang} cabinet des tilleuls exemple" for rang in rangs],
    )  # fmt: skip
    numeros = [un.pk for un in contrats]
    evenements = _copies(EvenementDeContrat, evenement, combien, contrat_id=numeros)
    maintenant = timezone.now()
    for debut in range(0, combien, 2_000):
        lot = range(debut, min(combien, debut + 2_000))
        HorlogeDeContrat.objects.bulk_create(
            HorlogeDeContrat(
                contrat_id=numeros[rang], code="suivi_caisse", rang=n, etat="faite" if n < 2 else "a_venir",
                jour=jour + timedelta(days=hasard.randrange(-400, 800)), uid=f"{rang}-{n}", changee_le=maintenant,
                preuve=evenements[rang] if n < 2 else None,
            )
            for rang in lot for n in range(HORLOGES)
        )  # fmt: skip
        VersementAttendu.objects.bulk_create(
            VersementAttendu(
                contrat_id=numeros[rang], caisse=gens.caisse, rang=n // 2 + 1, numero=n % 2 + 1, jour=jour + timedelta(days=hasard.randrange(-400, 1_400)),
                montant_cents=None if n == 0 else 100_000,
            )
            for rang in lot for n in range(VERSEMENTS)
        )  # fmt: skip
    return gens


def _suivante(client: Any, adresse: str) -> str:
    """What the address of a page keeps of the one that follows it."""
    trouvee = re.search(
        r'href="\?([^"]*apres=[^"]*)"', client.get(f"{ICI}?{adresse}").content.decode()
    )
    return "" if trouvee is None else unescape(trouvee[1])


def mesurer(combien: int) -> int:
    """Makes the world, reads the pages; prints what each took, and gives how many were over their target."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415

    gens = garnir(combien)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(gens.carole.personne)
    loin = _suivante(client, "")
    for _ in range(20):
        loin = _suivante(client, loin)
    pages = (
        ICI, f"{ICI}?{loin}", f"{ICI}?periode=retard", f"{ICI}?periode=30&departement=35", f"{ICI}?etat=suspendu",
        f"{ICI}?code=objectif&departement=2A", f"{ICI}?q=essai+199", f"{ICI}?q=tilleuls", f"{ICI}?q=personne", f"{ICI}?periode=sans", f"{ICI}versements/",
    )  # fmt: skip
    lentes = 0
    for adresse in pages:
        durees, calcul = _page(client, adresse)
        p95 = quantiles(durees, n=20)[-1]
        lentes += p95 > CIBLE
        print(
            f"{adresse[:70]} : médiane {median(durees):.0f} ms, p95 {p95:.0f} ms, dont {calcul:.0f} ms du processeur",
            flush=True,
        )
    return lentes


def principal(moteur: str, combien: int = CONTRATS) -> int:
    """Runs it on SQLite, or on PostgreSQL where it is asked; 1 when a page is over its target."""
    with ExitStack() as ouverts:
        base = ""
        if moteur == "postgresql":
            programmes = postgresql.obtenir()
            if programmes is None:
                raise SystemExit("PostgreSQL n’est pas là.")
            base = ouverts.enter_context(postgresql.serveur(programmes))
        _etablir(Path(ouverts.enter_context(tempfile.TemporaryDirectory())), base)
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        lentes = mesurer(combien)
        connection.close()
    return int(lentes > 0)


if __name__ == "__main__":
    mots = sys.argv[1:]
    nombres = [int(un) for un in mots if un.isdecimal()]
    sys.exit(principal("postgresql" if "postgresql" in mots else "", *(nombres or [CONTRATS])))
