"""`python -m bench.recompte [postgresql] [contracts]`: all aid contracts counted again under other rules, with who gains and who loses.

Each contract has a person hired, at a date of its own over seven years, under every version; one in eight is suspended. What is said: how
long counting takes the first time, when nothing changed, tried under rules that pay another amount, then written under them.
"""

from __future__ import annotations

import copy
import random
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from outils import postgresql

from bench.emargement import _etablir
from bench.prises_en_charge import _copies

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base

CONTRATS: Final = 20_000
PREMIER: Final = date(2019, 9, 2)
JOURS: Final = 2_600
SUSPENDU: Final = 8
OPTIONS: Final = ("demi", "un")
BANDES: Final = ("p30_p50", "p50_p70", "p70_p90", "p90_p95", "p95")
CIBLE: Final = 10.0
"""Seconds that a new version of the rules may take."""


def garnir(combien: int) -> str:
    """One real contract and its person, copied under other dates, options and ranks; nothing is counted yet."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up
    from tests.contrats_d_aide.cabinets import FAITS, cabinets  # noqa: PLC0415

    from binome.contrats_d_aide.models import (  # noqa: PLC0415
        Contrat,
        EvenementDeContrat,
        HorlogeDeContrat,
        Medecin,
        PosteDuContrat,
        VersementAttendu,
    )
    from binome.regles.calendrier import ajouter_mois  # noqa: PLC0415

    hasard = random.Random(20)  # noqa: S311 - a made-up world, the same at each run
    modele = cabinets().en_cours()
    medecins = _copies(Medecin, modele.medecin, combien, rpps=[""] * combien)
    jours = [PREMIER + timedelta(days=hasard.randrange(JOURS)) for _ in range(combien)]
    options = [hasard.choice(OPTIONS) for _ in range(combien)]
    bandes = [hasard.choice(BANDES) for _ in range(combien)]
    faits = [
        {**FAITS, "specialite": "medecine_generale", "option_etp": option, "bande_activite": bande}
        for option, bande in zip(options, bandes, strict=True)
    ]
    contrats = _copies(
        Contrat, modele, combien, medecin_id=[un.pk for un in medecins], signe_le=jours, debut=jours,
        fin=[ajouter_mois(jour, 60) - timedelta(days=1) for jour in jours], option=options, bande=bandes, faits=faits,
    )  # fmt: skip
    _copies(
        PosteDuContrat, modele.postes.get(genre="assistant"), combien,
        contrat_id=[un.pk for un in contrats], emploi_id=[None] * combien, nom=["Personne d’exemple"] * combien,
        du=[jour + timedelta(days=hasard.randrange(60)) for jour in jours],
    )  # fmt: skip
    EvenementDeContrat.objects.bulk_create(
        [
            EvenementDeContrat(
                contrat=contrat, nature="suspension", du=jour + timedelta(days=200), au=jour + timedelta(days=320),
                dit_le=timezone.now(),
            )
            for contrat, jour in list(zip(contrats, jours, strict=True))[::SUSPENDU]
        ],
        batch_size=2_000,
    )  # fmt: skip
    # The real one is left out: what is measured is what is counted.
    HorlogeDeContrat.objects.all().delete()
    VersementAttendu.objects.all().delete()
    return f"{combien} contrats."


def autres_regles() -> Base:
    """The rules of the day, but for a half-time that pays more in its third year, and a training due sooner."""
    from binome.regles.courante import base_courante, construire  # noqa: PLC0415 - once Django is set up

    brut: Any = copy.deepcopy(base_courante().entiere.brut)
    for table in brut["tables"]:
        for regle in table["regles"]:
            if regle["id"] == "bareme.demi-2024":
                regle["alors"]["bareme"]["an3"] = "11 500 €"
            if regle["id"] == "bareme.un-2024":
                regle["alors"]["bareme"]["an3"] = "21 500 €"
            if regle["id"] == "echeance.qualification-embauche":
                regle["alors"]["echeance"]["plus_mois"] = 18
    return construire(brut)


def _mesure(quoi: str, faire: Callable[[], str]) -> float:
    avant, calcul = perf_counter(), process_time()
    dit = faire()
    duree, calcul = perf_counter() - avant, process_time() - calcul
    print(f"{quoi} : {duree:.1f} s, dont {calcul:.1f} s du processeur. {dit}", flush=True)
    return duree


def mesurer(combien: int) -> bool:
    """Makes the world and counts it four times; whether the last two keep within the target."""
    from binome.contrats_d_aide import recompter  # noqa: PLC0415 - once Django is set up
    from binome.contrats_d_aide.models import HorlogeDeContrat, RecompteDeContrats  # noqa: PLC0415
    from binome.regles.courante import base_courante  # noqa: PLC0415

    def jusqu_au_bout(base: Base) -> str:
        while recompter.recompter(base):
            pass
        dernier = RecompteDeContrats.objects.order_by("-pk")[0]
        return (
            f"{dernier.lus} contrats, {dernier.horloges} échéances déplacées, {dernier.gagnent} gagnent, "
            f"{dernier.perdent} perdent, {dernier.incertains} incertains."
        )

    def essayer(base: Base) -> str:
        trouve = recompter.essayer(base)
        return (
            f"{trouve.lus} contrats, {trouve.horloges} échéances déplacées, {len(trouve.gagnent)} gagnent, "
            f"{len(trouve.perdent)} perdent."
        )

    _mesure("le monde", lambda: garnir(combien))
    _mesure("la première fois", lambda: jusqu_au_bout(base_courante()))
    print(f"{HorlogeDeContrat.objects.count()} échéances", flush=True)
    neuves = autres_regles()
    _mesure("sans rien de changé, essayé", lambda: essayer(base_courante()))
    essai = _mesure("sous d’autres règles, essayé", lambda: essayer(neuves))
    ecrit = _mesure("sous d’autres règles, écrit", lambda: jusqu_au_bout(neuves))
    return max(essai, ecrit) < CIBLE


def principal(moteur: str, combien: int = CONTRATS) -> int:
    """Runs it on SQLite, or on PostgreSQL where it is asked; 1 beyond the target."""
    with ExitStack() as ouverts:
        base = ""
        if moteur == "postgresql":
            programmes = postgresql.obtenir()
            if programmes is None:
                raise SystemExit("PostgreSQL n’est pas là.")
            base = ouverts.enter_context(postgresql.serveur(programmes))
        _etablir(Path(ouverts.enter_context(tempfile.TemporaryDirectory())), base)
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        tenu = mesurer(combien)
        connection.close()
    return int(not tenu)


if __name__ == "__main__":
    mots = sys.argv[1:]
    nombres = [int(un) for un in mots if un.isdecimal()]
    sys.exit(principal("postgresql" if "postgresql" in mots else "", *(nombres or [CONTRATS])))
