"""Months out of frozen slots: said once, said again when a slot is corrected, and never more than what is agreed."""

from __future__ import annotations

import pytest

from binome.comptes.acteur import Acteur
from binome.dossiers.effacement import anonymiser
from binome.gestes.refus import GesteImpossible
from binome.journal.services import SYSTEME
from binome.presences.constat import ABSENT, CeQuiSEstPasse
from binome.presences.gel import corriger
from binome.presences.models import Presence
from binome.prises_en_charge.certificats import delivrer
from binome.prises_en_charge.demandes import preparer_un_avenant
from binome.prises_en_charge.etablir import etablir, etablir_les_etats
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.models import CertificatDeRealisation, EtatDeService, PriseEnCharge
from binome.prises_en_charge.registre import effacer
from tests.prises_en_charge.monde import ce_mois, deux_mois, paye, un_jour

pytestmark = pytest.mark.django_db


def corrigee(presence: Presence, constat: CeQuiSEstPasse, par: Acteur) -> None:
    corriger(par, presence, constat, "heure", version=presence.version)


def test_un_mois_vaut_ses_minutes_prouvees_au_taux_de_l_accord() -> None:
    gens = deux_mois()
    assert [(un.mois, un.minutes_prouvees, un.montant_cents) for un in gens.etats()] == [
        (ce_mois(-2), 420, 14_000),
        (ce_mois(-1), 210, 7_000),
    ]


def test_rien_ne_s_ecrit_deux_fois() -> None:
    deux_mois()
    avant = EtatDeService.objects.count()
    assert etablir_les_etats() == 0
    assert EtatDeService.objects.count() == avant


def test_une_presence_corrigee_redit_son_mois_et_remplace_son_certificat() -> None:
    gens = deux_mois()
    etat = gens.etats()[0]
    delivrer(etat, gens.alice)
    presence = Presence.objects.select_related("creneau__session__site").earliest("pk")
    corrigee(presence, CeQuiSEstPasse(retard=20), Acteur(gens.monde.bob))
    redit, suivant = gens.etats()
    assert (redit.minutes_prouvees, redit.montant_cents) == (400, 13_333)
    assert redit.remplace == etat
    assert suivant.remplace is None
    assert CertificatDeRealisation.objects.get().etat == "remplace"


def test_une_absence_ne_se_paie_pas() -> None:
    gens = deux_mois()
    presence = Presence.objects.select_related("creneau__session__site").latest("pk")
    corrigee(presence, CeQuiSEstPasse(ABSENT), Acteur(gens.monde.bob))
    dernier = gens.etats()[-1]
    assert (dernier.minutes_prouvees, dernier.montant_cents) == (0, 0)


def test_deux_presences_aux_memes_heures_comptent_une_fois() -> None:
    gens = paye()
    gens.accordee()
    jour = un_jour(ce_mois(-1))
    gens.suivre(jour)
    gens.suivre(jour, heure=10)
    etablir([ce_mois(-1)])
    assert [un.minutes_prouvees for un in gens.etats()] == [270]


def test_rien_hors_des_jours_de_l_accord_ni_sans_signature() -> None:
    gens = paye()
    gens.accordee(debut=un_jour(ce_mois(-1), 1))
    gens.suivre(un_jour(ce_mois(-1)))
    gens.presence(gens.creneau(un_jour(ce_mois(-1), 1)), signee=False)
    assert etablir([ce_mois(-1)]).nouveaux == 0


def test_l_accord_qui_vient_apres_dit_les_mois_passes() -> None:
    gens = paye()
    gens.suivre(un_jour(ce_mois(-1)))
    gens.accordee()
    assert [un.montant_cents for un in gens.etats()] == [7_000]


def test_les_heures_au_dela_de_l_accord_ne_se_paient_pas() -> None:
    gens = paye()
    gens.accordee(minutes=300)
    gens.suivre(un_jour(ce_mois(-2)))
    gens.suivre(un_jour(ce_mois(-1)))
    etablir([ce_mois(-2), ce_mois(-1)])
    assert [un.minutes_payables for un in gens.etats()] == [210, 90]
    assert sum(un.montant_cents for un in gens.etats()) == 10_000


def test_un_avenant_paie_les_mois_suivants_et_remplace_l_accord() -> None:
    gens = deux_mois()
    prise = PriseEnCharge.objects.get()
    termes = gens.termes(taux_cents=1_000)
    avenant = preparer_un_avenant(prise, gens.alice, termes, ce_mois(-1))
    gens.geste(avenant, "demander", gens.alice)
    avenant = gens.geste(avenant, "accorder", gens.payeur)
    prise.refresh_from_db()
    assert (prise.etat, avenant.rang) == (EtatDePriseEnCharge.REMPLACEE, 2)
    avant, apres = gens.etats()
    assert (avant.prise_en_charge_id, avant.montant_cents) == (prise.pk, 14_000)
    assert (apres.prise_en_charge_id, apres.montant_cents) == (avenant.pk, 3_500)
    assert apres.remplace is not None


def test_un_avenant_engage_aussi_ce_que_les_mois_d_avant_sont_payes() -> None:
    gens = deux_mois()
    termes = gens.termes(taux_cents=100, minutes=600)
    avenant = preparer_un_avenant(PriseEnCharge.objects.get(), gens.alice, termes, ce_mois(-1))
    gens.geste(avenant, "demander", gens.alice)
    avenant = gens.geste(avenant, "accorder", gens.payeur)
    # Seven hours at 20 €, then the three that are left at 1 €.
    assert avenant.engage_cents == 14_000 + 300
    assert sum(un.montant_cents for un in gens.etats()) == avenant.engage_cents


def test_les_evaluations_ne_se_paient_que_si_le_financeur_le_dit() -> None:
    gens = paye()
    prise = gens.accordee()
    gens.suivre(un_jour(ce_mois(-1)), module="B1E1")
    etablir([ce_mois(-1)])
    (etat,) = gens.etats()
    assert (etat.minutes_prouvees, etat.minutes_d_evaluation, etat.montant_cents) == (210, 210, 0)
    PriseEnCharge.objects.filter(pk=prise.pk).update(avec_evaluations=True)
    etablir([ce_mois(-1)])
    assert [un.montant_cents for un in gens.etats()] == [7_000]


def test_un_certificat_demande_deux_fois_se_delivre_une_fois() -> None:
    gens = deux_mois()
    etat = gens.etats()[0]
    delivrer(etat, gens.alice)
    with pytest.raises(GesteImpossible, match="déjà délivré"):
        delivrer(etat, gens.alice)
    assert CertificatDeRealisation.objects.count() == 1


def test_une_reponse_se_reprend_tant_qu_aucun_mois_ne_tient_dessus() -> None:
    gens = paye()
    prise = gens.accordee()
    prise = gens.geste(prise, "revenir", gens.payeur, motif="Essai.")
    assert (prise.etat, prise.minutes_accordees) == (EtatDePriseEnCharge.DEMANDEE, None)
    prise = gens.geste(prise, "accorder", gens.payeur)
    gens.suivre(un_jour(ce_mois(-1)))
    etablir([ce_mois(-1)])
    with pytest.raises(GesteImpossible, match="Un mois est déjà établi"):
        gens.geste(prise, "revenir", gens.payeur, motif="Essai.")


def test_ce_qui_est_efface_ne_nomme_plus_personne() -> None:
    gens = deux_mois()
    delivrer(gens.etats()[0], gens.alice)
    effacer(gens.parcours.dossier)
    prise, certificat = PriseEnCharge.objects.get(), CertificatDeRealisation.objects.get()
    assert (prise.ecart, prise.employeur_identifiant, certificat.titulaire) == ("", "", {})
    assert [un.montant_cents for un in gens.etats()] == [14_000, 7_000]


def test_deux_certificats_s_effacent_ensemble() -> None:
    gens = deux_mois()
    for etat in gens.etats():
        delivrer(etat, gens.alice)
    assert anonymiser(gens.parcours.dossier_id, auteur=SYSTEME, motif="demande")
    assert [un.titulaire for un in CertificatDeRealisation.objects.all()] == [{}, {}]
