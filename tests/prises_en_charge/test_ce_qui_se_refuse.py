"""What would pay twice, pay too long, or write of somebody who is erased: a sentence, and nothing written."""

from __future__ import annotations

import html
from typing import Final

import pytest

from binome.depot.controle import Document
from binome.dossiers.effacement import anonymiser
from binome.gestes.refus import GesteImpossible
from binome.journal.services import SYSTEME
from binome.prises_en_charge.demandes import modifier, preparer_un_avenant
from binome.prises_en_charge.documents import joindre
from binome.prises_en_charge.etablir import dernier_du_mois, etablir
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.models import (
    BaremeDuPayeur,
    EtatDeService,
    PriseEnCharge,
)
from binome.prises_en_charge.passages import lire_des_minutes, lire_un_plafond
from binome.regles.calendrier import ajouter_mois
from tests.prises_en_charge.monde import ce_mois, deux_mois, paye, un_jour
from tests.prises_en_charge.test_pages import ICI, chez

pytestmark = pytest.mark.django_db
A_VENIR: Final = {"debut": ce_mois(2), "fin": ajouter_mois(ce_mois(2), 8)}


@pytest.mark.parametrize("deja", [False, True])
def test_une_reponse_ne_se_reprend_pas_sous_un_avenant(*, deja: bool) -> None:
    gens = paye()
    prise = gens.accordee(**A_VENIR)
    if deja:
        avenant = preparer_un_avenant(
            prise, gens.alice, gens.termes(**A_VENIR, taux_cents=1_000), ce_mois(2)
        )
        gens.geste(avenant, "demander", gens.alice)
        prise = gens.geste(avenant, "accorder", gens.payeur)
    autre = preparer_un_avenant(
        prise, gens.alice, gens.termes(**A_VENIR, taux_cents=900), ce_mois(3)
    )
    page = f"/espace/suivis/prises-en-charge/{prise.pk}/"
    refus = chez(gens.olga).post(
        f"{page}revenir/", {"version": str(prise.version), "motif": "Erreur."}
    )
    assert refus.status_code == 422
    assert "Un avenant est en cours" in html.unescape(refus.content.decode())
    gens.geste(autre, "retirer", gens.alice)
    assert gens.geste(prise, "revenir", gens.payeur, motif="Erreur.").etat == (
        EtatDePriseEnCharge.DEMANDEE
    )


def test_un_avenant_plus_court_ne_paie_rien_apres_son_dernier_jour() -> None:
    gens = paye()
    prise = gens.accordee(debut=ce_mois(-6), fin=ajouter_mois(ce_mois(-6), 8))
    suivis = [ce_mois(-6), ce_mois(-5), ce_mois(-4)]
    for mois in suivis:
        gens.suivre(un_jour(mois))
    etablir(suivis)
    termes = gens.termes(debut=ce_mois(-6), fin=dernier_du_mois(ce_mois(-6)))
    avenant = preparer_un_avenant(prise, gens.alice, termes, ce_mois(-6))
    gens.geste(avenant, "demander", gens.alice)
    gens.geste(avenant, "accorder", gens.payeur)
    assert [(un.mois, un.montant_cents) for un in gens.etats()] == [
        (ce_mois(-6), 7_000),
        (ce_mois(-5), 0),
        (ce_mois(-4), 0),
    ]


def test_rien_ne_s_ecrit_de_qui_est_efface() -> None:
    gens = paye()
    prise = gens.accordee()
    prete = gens.demandee(voie="cpf", payeur=None, autre_payeur="Un financeur d’essai")
    gens.geste(prete, "retirer", gens.alice)
    attend = gens.demandee(voie="pro_a")
    assert anonymiser(gens.parcours.dossier_id, auteur=SYSTEME, motif="demande")
    prise.refresh_from_db()
    avant = PriseEnCharge.objects.count()
    with pytest.raises(GesteImpossible, match="effacée"):
        preparer_un_avenant(prise, gens.alice, gens.termes(ecart="Léa."), ce_mois())
    with pytest.raises(GesteImpossible, match="effacée"):
        modifier(prise, gens.alice, gens.termes(ecart="Léa."), version=prise.version)
    with pytest.raises(GesteImpossible, match="effacée"):
        joindre(prise, gens.alice, "autre", Document(b"Une page.", "pdf", "application/pdf", 1))
    assert PriseEnCharge.objects.count() == avant
    refusee = gens.geste(attend, "refuser", gens.payeur, raison="Léa n’est plus salariée.")
    assert refusee.motif == "Effacé"


def test_un_mois_ne_s_accepte_pas_d_une_liste_sans_controle() -> None:
    gens = deux_mois()
    coches = {"objet": [f"{un.pk}:{un.version}" for un in gens.etats()]}
    olga = chez(gens.olga)
    assert (
        olga.post("/espace/suivis/etats-de-service/ensemble/accepter/", coches).status_code == 404
    )
    assert not EtatDeService.objects.exclude(etat="etabli").exists()


@pytest.mark.parametrize("texte", ["25 h 99", "100 h 61", "1h60"])
def test_plus_de_59_minutes_apres_une_heure_sont_une_faute(texte: str) -> None:
    with pytest.raises(ValueError, match="durée"):
        lire_des_minutes(texte)


def test_un_plafond_de_zero_ne_s_ecrit_pas() -> None:
    with pytest.raises(ValueError, match="laissez vide"):
        lire_un_plafond("0")
    gens = paye()
    dit = {"voie": "pdc", "du": ce_mois().isoformat(), "taux": "18 €", "document": "Essai", "plafond": "0 €"}  # fmt: skip
    assert chez(gens.olga).post(f"{ICI}baremes/", dit).status_code == 422
    assert not BaremeDuPayeur.objects.exists()
