"""One row a doctor, whichever the door: known by their number, or by the contract that has them already."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from binome.contrats_d_aide.importer import importer_des_contrats
from binome.contrats_d_aide.lire_une_table import lire_une_ligne
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.gestes.refus import GesteImpossible
from tests.contrats_d_aide.cabinets import RPPS, Cabinets, deux_medecins

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _sans_numero(ici: Cabinets) -> Medecin:
    return dire_un_medecin(MedecinDit("Sans", "Numéro", "", "medecine_generale"), ici.emma)


def _envoyer(ici: Cabinets, page: str, contrat: Contrat, **autres: str) -> int:
    client = Client()
    client.force_login(ici.emma.personne)
    dits = {
        "version": str(contrat.version), "genre": "individuel", "signataire": str(ici.cabinet.pk), "nom": "Sans",
        "prenom": "Numéro", "rpps": "", "specialite": "medecine_generale", "caisse": str(ici.caisse.pk),
        "departement": "35", "option": "demi", "secteur": "1", **autres,
    }  # fmt: skip
    return client.post(reverse(page, args=[contrat.pk]), dits).status_code


def test_le_contrat_d_un_medecin_sans_numero_se_renouvelle(ici: Cabinets) -> None:
    medecin = _sans_numero(ici)
    contrat = ici.en_cours(medecin)
    assert _envoyer(ici, "suite-d-un-contrat", contrat) == 302
    suite = Contrat.objects.get(precedent=contrat)
    assert suite.medecin == medecin


def test_modifier_un_contrat_n_ecrit_pas_un_medecin_de_plus(ici: Cabinets) -> None:
    contrat = ici.prepare(_sans_numero(ici))
    combien = Medecin.objects.count()
    assert _envoyer(ici, "modifier-un-contrat", contrat, rpps=RPPS[2]) == 302
    contrat.refresh_from_db()
    assert _envoyer(ici, "modifier-un-contrat", contrat, nom="Autrement") == 302
    assert Medecin.objects.count() == combien + 1
    complete = Medecin.objects.get(rpps=RPPS[2])
    assert complete.nom == "Sans"


def test_un_nom_faux_dans_un_contrat_prepare_est_repris_la_ou_il_est(ici: Cabinets) -> None:
    medecin = _sans_numero(ici)
    contrat = ici.prepare(medecin)
    assert _envoyer(ici, "modifier-un-contrat", contrat, nom="Cent") == 302
    medecin.refresh_from_db()
    assert (medecin.nom, Contrat.objects.get(pk=contrat.pk).medecin_id) == ("Cent", medecin.pk)


def test_ce_qui_manquait_d_un_medecin_se_complete_et_ne_se_contredit_pas(ici: Cabinets) -> None:
    deja = dire_un_medecin(MedecinDit("Nouveau", "", RPPS[2]), ici.emma)
    assert dire_un_medecin(MedecinDit("Nouveau", "Nom", RPPS[2], "orl"), ici.emma) == deja
    deja.refresh_from_db()
    assert (deja.prenom, deja.specialite) == ("Nom", "orl")
    with pytest.raises(GesteImpossible, match="autre spécialité"):
        dire_un_medecin(MedecinDit("Nouveau", "Nom", RPPS[2], "gynecologie"), ici.emma)


def test_une_table_complete_un_medecin_et_nomme_la_cellule_qui_le_contredit(ici: Cabinets) -> None:
    dire_un_medecin(MedecinDit("Nouveau", "", RPPS[2]), ici.emma)
    dites = {
        "rpps": RPPS[2], "nom": "Nouveau", "option": "demi", "signe_le": "15/03/2025", "specialite": "gynécologie",
    }  # fmt: skip
    bilan = importer_des_contrats(ici.caisse, ici.carole, [lire_une_ligne(2, dites)])
    assert (bilan.faites, bilan.a_mender) == (1, [])
    assert Medecin.objects.get(rpps=RPPS[2]).specialite == "gynecologie"
    contraire = lire_une_ligne(3, {**dites, "specialite": "radiologie", "signe_le": "15/03/2026"})
    bilan = importer_des_contrats(ici.caisse, ici.carole, [contraire])
    assert [erreur.cle for erreur in bilan.a_mender[0].erreurs] == ["specialite"]
