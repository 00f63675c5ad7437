"""A reading is kept as it was, found again, and hides what is too small."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from binome.pilotage.indicateur import Mesuree
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lecture import releves, serie, un_par_jour
from binome.pilotage.lignes import FaitsComptes
from binome.pilotage.masques import cacher
from binome.pilotage.models import MesureRelevee, ReleveDuMois
from binome.pilotage.perimetres import FRANCE, Perimetre
from binome.pilotage.relever import mesurer, relever, relever_le_mois
from binome.secret.seuils import Seuils
from tests.dossiers import monde as gens
from tests.pilotage.monde import AU, contrat, faits, poste

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

ILLE, FINISTERE, BRETAGNE, CORSE = (
    Perimetre("departement", "35"),
    Perimetre("departement", "29"),
    Perimetre("region", "53"),
    Perimetre("departement", "2A"),
)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_la_base_refuse_de_changer_un_releve() -> None:
    releve = relever(AU)
    for ordre in (
        lambda: ReleveDuMois.objects.filter(pk=releve.pk).update(au=date(2026, 1, 1)),
        lambda: MesureRelevee.objects.filter(releve=releve).update(valeur=1, pourquoi=""),
        lambda: MesureRelevee.objects.filter(releve=releve).delete(),
        lambda: ReleveDuMois.objects.filter(pk=releve.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            ordre()
    assert MesureRelevee.objects.filter(releve=releve).exists()


@pytest.mark.django_db
def test_le_mois_se_releve_une_fois_et_le_dernier_releve_d_un_jour_est_montre() -> None:
    assert relever_le_mois() == 1
    assert relever_le_mois() == 0
    premier = ReleveDuMois.objects.get()
    assert premier.au < timezone.localdate()
    assert (premier.au.day, premier.au.month) != (1, timezone.localdate().month)
    second = relever(premier.au)
    assert [un.pk for un in releves()] == [second.pk, premier.pk]
    assert [un.pk for un in un_par_jour(releves())] == [second.pk]


def test_un_releve_compte_le_monde(monde: Monde) -> None:
    for _ in range(3):
        gens.propose(monde)
    releve = relever(timezone.localdate())
    mesures = {
        (une.indicateur, une.genre): une
        for une in MesureRelevee.objects.filter(releve=releve).order_by("pk")
    }
    assert mesures["dossiers_en_attente", "branche"].valeur == 0
    assert mesures["delai_de_decision", "branche"].pourquoi == "rien_compte"
    lue = serie(releves(), Perimetre("branche", "assistant-medical"), ["dossiers_en_attente"])
    assert lue.mesure("dossiers_en_attente") == mesures["dossiers_en_attente", "branche"]
    assert lue.precedent is None


def test_un_petit_nombre_est_cache_avec_ce_qui_le_trahirait() -> None:
    contrats = [contrat(n, departement="35") for n in range(20)]
    contrats += [contrat(n, departement="29") for n in range(20, 23)]
    contrats += [contrat(n, departement="22") for n in range(23, 40)]
    contrats += [contrat(n, departement="75") for n in range(40, 90)]
    par = mesurer(faits(contrats=contrats))["contrats_en_vigueur"]
    assert par[FRANCE].valeur == 90
    assert par[BRETAGNE].valeur == 40
    assert par[FINISTERE] == Mesuree(None, pourquoi="trop_petit")
    # 3 is 40 less 20 and 17: the smaller of the other two goes too.
    assert par[Perimetre("departement", "22")].valeur is None
    assert par[ILLE].valeur == 20


def test_la_caisse_lit_ses_contrats_sans_masque() -> None:
    par = mesurer(faits(contrats=[contrat(1), contrat(2)]))["contrats_en_vigueur"]
    assert par[Perimetre("caisse", "1")].valeur == 2
    assert par[FRANCE].valeur is None


def test_deux_releves_ne_trahissent_pas_un_petit_mouvement() -> None:
    indicateur, tenus = INDICATEURS["personnes_en_poste"], Seuils()
    vides = {ou: FaitsComptes(AU) for ou in (FRANCE, BRETAGNE, ILLE)}
    mesurees = {FRANCE: Mesuree(100), BRETAGNE: Mesuree(100), ILLE: Mesuree(100)}
    for avant, apres in ((100, 100), (97, None), (89, 100), (90, None)):
        caches = cacher(indicateur, mesurees, vides, {ILLE: avant}, tenus)
        assert caches[ILLE].valeur == apres, avant


def test_une_part_de_peu_ou_de_tous_est_cachee() -> None:
    contrats = [contrat(1)]
    dix = [
        poste(str(n), 1, depuis=date(2020, 1, 1), qualifiee=n < 5, en_formation=False)
        for n in range(10)
    ]
    assert mesurer(faits(contrats=contrats, postes=dix))["sans_formation_12"][FRANCE].valeur is None
    douze = [*dix, *(poste(f"x{n}", 1, qualifiee=True) for n in range(2))]
    assert (
        mesurer(faits(contrats=contrats, postes=douze))["sans_formation_12"][FRANCE].valeur == 4_167
    )
    tous = [
        poste(str(n), 1, depuis=date(2020, 1, 1), qualifiee=False, en_formation=False)
        for n in range(12)
    ]
    assert (
        mesurer(faits(contrats=contrats, postes=tous))["sans_formation_12"][FRANCE].valeur is None
    )
