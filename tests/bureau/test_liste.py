"""The list that an examiner works from: the answer, the wait, the wished day; and nothing of it for the others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.utils import timezone

from binome.bureau.decisions import contester, decider
from binome.bureau.filtres import TRIS, FiltreDeDossiers, feuilleter
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import a_lister
from binome.dossiers.portee import portee_de
from binome.listes.pages import couper, lire_cle, voisins
from tests.dossiers.monde import brouillon, depose, notifiee, propose, prouve
from tests.dossiers.navigation import adresse, envoyer, notifier, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

LISTE: Final = "/espace/dossiers/"


def test_la_liste_dit_la_reponse_des_le_depot(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    assert (dossier.voie, dossier.minutes) == ("cqp", 12_960)
    assert dossier.entree == date(2026, 1, 15)
    dit = page(client, monde.emma, LISTE)
    assert "216 h" in dit
    assert "d’après le déclaré" in dit
    assert "15 janvier 2026" in dit


def test_ce_que_la_branche_prepare_n_est_dit_qu_a_la_branche(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    assert dossier.alertes
    for qui in (monde.alice, monde.bob):
        dit = page(client, qui, LISTE)
        assert dossier.reference in dit
        for mot in ("216 h", "alerte", "d’attente", "Réponse"):
            assert mot not in dit, mot
        # Neither an order nor a filter tells it.
        for requete in (
            "?alertes=sans",
            "?voie=fae",
            "?etat=a_regarder",
            "?suivi=moi",
            "?tri=heures",
        ):
            assert "1</strong> dossier" in page(client, qui, f"{LISTE}{requete}"), requete


def test_une_reponse_qui_n_est_pas_etablie_est_a_confirmer(client: Client, monde: Monde) -> None:
    dossier = depose(monde, situation=None, diplomes=None, experience_secretaire_mois=None)
    assert (dossier.voie, dossier.minutes) == ("", None)
    assert "À confirmer" in page(client, monde.emma, LISTE)
    assert dossier.reference in page(client, monde.emma, f"{LISTE}?voie=a_confirmer")
    assert dossier.reference not in page(client, monde.emma, f"{LISTE}?voie=cqp")


def test_les_dossiers_s_ouvrent_sur_ce_qui_est_a_faire(client: Client, monde: Monde) -> None:
    fini = propose(monde)
    decider(fini, Acteur(monde.emma), version=fini.version)
    attend = depose(monde)
    dit = page(client, monde.emma, LISTE)
    assert "<h1>À faire</h1>" in dit
    assert attend.reference in dit
    assert fini.reference not in dit
    assert fini.reference in page(client, monde.emma, f"{LISTE}?etat=tous")
    assert fini.reference in page(client, monde.emma, f"{LISTE}?q={fini.reference}")


def test_la_decision_dit_ses_heures(monde: Monde) -> None:
    dossier = propose(monde, experience_secretaire_mois=0, diplomes=[])
    assert (dossier.voie, dossier.minutes) == ("cqp", 16_740)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    dossier.refresh_from_db()
    assert (dossier.voie, dossier.minutes) == ("cqp", 16_740)


def test_un_refus_se_dit_refuse_sans_heures(client: Client, monde: Monde) -> None:
    """Whatever the rules answered; undone, the list says again what they do."""
    dossier = propose(monde)
    assert (dossier.voie, dossier.minutes) == ("cqp", 12_960)
    geste = adresse(dossier, "gestes/decider/")
    envoyer(client, monde.emma, geste, version=dossier.version, nature="refuse", raison="situation")
    dossier.refresh_from_db()
    for filtre in ("?etat=tous", "?etat=tous&voie=refuse"):
        dit = page(client, monde.emma, f"{LISTE}{filtre}")
        assert dossier.reference in dit
        assert "Refusé" in dit
        assert "216 h" not in dit
    assert dossier.reference not in page(client, monde.emma, f"{LISTE}?etat=tous&voie=cqp")
    geste = adresse(dossier, "gestes/annuler/")
    envoyer(client, monde.emma, geste, version=dossier.version, motif="Une erreur.")
    dossier.refresh_from_db()
    assert (dossier.voie, dossier.minutes) == ("cqp", 12_960)


def test_une_decision_revue_rend_a_la_liste_ce_qui_etait_propose(
    client: Client, monde: Monde
) -> None:
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version, heures="170", raison="position")
    dossier = notifiee(dossier)
    proposees = dossier.propositions.get().prouve["minutes"]
    assert dossier.minutes == 170 * 60 + proposees["evaluations"]
    contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Je conteste.")
    dossier.refresh_from_db()
    geste = adresse(dossier, "gestes/revoir/")
    envoyer(client, monde.ana, geste, version=dossier.version, reponse="Nous relisons.")
    dossier.refresh_from_db()
    assert dossier.minutes == proposees["total"]


def test_l_attente_se_compte_et_le_retard_se_dit(client: Client, monde: Monde) -> None:
    for _ in range(10):
        decide = propose(monde)
        decider(decide, Acteur(monde.emma), version=decide.version)
        notifier(decide)
    vieux, neuf = prouve(monde), depose(monde)
    debut = timezone.now() - timedelta(days=40)
    Dossier.objects.filter(pk=vieux.pk).update(depose_le=debut)
    dit = page(client, monde.emma, LISTE)
    assert dit.count("en retard</span>") == 1
    assert "40 jours d’attente" in dit
    assert dit.index(vieux.reference) < dit.index(neuf.reference)


@pytest.mark.parametrize("tri", TRIS)
def test_chaque_ordre_se_feuillette_et_donne_les_voisins(monde: Monde, tri: str) -> None:
    """No line is skipped or shown twice, whatever orders them, unknown values included."""
    for rang in range(7):
        dossier = depose(monde, experience_secretaire_mois=(0, 60)[rang % 2])
        Dossier.objects.filter(pk=dossier.pk).update(
            session=("", "Lyon", "Nantes_2")[rang % 3],
            alertes=rang % 3,
            entree=None if rang % 4 == 0 else date(2026, 1 + rang, 1),
            minutes=None if rang % 5 == 0 else 1000 * rang,
            echeance=date(2026, 3, 1 + rang // 2),
        )
    emma = Acteur(monde.emma)
    filtre = FiltreDeDossiers(tri=tri).pour(emma)
    lus, ordre = feuilleter(a_lister(emma), filtre, portee_de(emma), emma)
    page_une, suite, cle = couper(lus, ordre, 3), [], None
    while True:
        une = couper(lus, ordre, 3, apres=cle)
        suite += une.lignes
        if une.apres is None:
            break
        cle = lire_cle(str(une.apres))
        assert cle == une.apres
    assert len({un.pk for un in suite}) == len(suite) == 7
    assert page_une.lignes == suite[:3]
    for rang, dossier in enumerate(suite):
        avant, apres = voisins(lus, ordre, dossier)
        assert avant == (suite[rang - 1] if rang else None)
        assert apres == (suite[rang + 1] if rang < 6 else None)


def test_une_cle_d_un_autre_ordre_montre_le_debut(monde: Monde) -> None:
    depose(monde)
    emma = Acteur(monde.emma)
    lus, ordre = feuilleter(
        a_lister(emma), FiltreDeDossiers(etat="tous", tri="heures"), portee_de(emma), emma
    )
    for cle in ("tLyon_3", "2026-01-01_3", "n12345678901_3", "n_3"):
        assert couper(lus, ordre, 3, apres=lire_cle(cle)).nombre == 1


def test_ce_que_l_on_complete_refait_la_reponse(monde: Monde) -> None:
    dossier = prouve(monde)
    emma, alice = Acteur(monde.emma), Acteur(monde.alice)
    services.demander(dossier, emma, version=dossier.version, motif="Le titre manque.")
    dossier = services.declarer(
        dossier, {"diplomes": [], "experience_secretaire_mois": 0}, alice, version=dossier.version
    )
    services.completer(dossier, alice, version=dossier.version)
    dossier.refresh_from_db()
    assert dossier.minutes == 16_740


def test_un_brouillon_sans_nom_n_a_rien_a_trouver(monde: Monde) -> None:
    dossier = services.ouvrir(monde.organisme, Acteur(monde.alice), exemple=True)
    assert dossier.trouvable == ""
    assert "exemple" in brouillon(monde).trouvable
