"""The frames say what the database holds, on a day, in a few queries and without a name."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.contrats_d_aide.models import Contrat
from binome.dossiers.models import Dossier
from binome.parcours.models import Parcours
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.prises_en_charge.models import PriseEnCharge
from binome.trames import agregats
from binome.trames.cadres import MANQUE, MoteurAbsent, cadre
from binome.trames.colonnes import TRAMES
from binome.trames.extraire import extraire
from tests.exemples.jeu import JOUR, jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

AVANT: date = date(2015, 1, 1)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_les_trames_disent_la_base(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    with CaptureQueriesContext(
        connection,
    ) as lues:
        trames = extraire(JOUR)
    assert len(lues) <= 16
    tailles = {nom: len(getattr(trames, nom).collect()) for nom in TRAMES}
    assert {nom for nom, combien in tailles.items() if not combien} <= {"sessions", "titres"}
    assert tailles["dossiers"] == Dossier.objects.filter(depose_le__date__lte=JOUR).count()
    assert tailles["parcours"] == Parcours.objects.filter(ouvert_le__date__lte=JOUR).count()
    assert (
        tailles["argent"]
        == PriseEnCharge.objects.filter(etat="accordee", repondue_le__date__lte=JOUR).count()
    )
    signes = agregats.comptes(agregats.par_annee(trames.contrats, "signe_le"), "annee")
    for annee, nombre in signes.items():
        dits = Contrat.objects.filter(signe_le__year=annee, signe_le__lte=JOUR)
        assert nombre == dits.exclude(etat__in=("prepare", "abandonne")).count()
    minutes = Presence.objects.filter(
        etat=EtatDePresence.EN_VIGUEUR,
        nature=NatureDePresence.PRESENT,
        creneau__debut__date__lte=JOUR,
    )
    assert trames.presences.collect()["minutes"].sum() == sum(
        minutes.values_list("minutes", flat=True)
    )
    vides = extraire(AVANT)
    assert not any(len(getattr(vides, nom).collect()) for nom in TRAMES if nom != "emplois")


def test_sans_le_moteur_une_phrase_dit_quoi_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MoteurAbsent, match="binome") as dit:
        cadre("titres", ())
    assert str(dit.value) == MANQUE


def test_aucune_colonne_ne_nomme_quelqu_un() -> None:
    noms = {une.nom for colonnes in TRAMES.values() for une in colonnes}
    assert not noms & {"nom", "prenom", "courriel", "naissance", "telephone", "rpps", "reference"}
    assert all(
        une.sens and (une.unite or une.genre == "code")
        for colonnes in TRAMES.values()
        for une in colonnes
    )
