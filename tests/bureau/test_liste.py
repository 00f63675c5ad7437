"""The list that an examiner works from: the answer, the wait, the wished day; and nothing of it for the others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.utils import timezone

from binome.bureau.decisions import contester, decider, repondre
from binome.bureau.filtres import TRIS, FiltreDeDossiers, feuilleter
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.services import donner_role
from binome.dossiers import services
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Nature
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import a_lister
from binome.dossiers.portee import portee_de
from binome.listes.pages import couper, lire_cle, voisins
from binome.regles.metiers.reponse import titre_d_alerte
from binome.regles.regle import Alerte
from tests.dossiers.monde import brouillon, depose, notifiee, personne, propose, prouve
from tests.dossiers.navigation import adresse, envoyer, notifier, page
from tests.echantillons import un_sur

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
    debut = timezone.localtime() - timedelta(days=40)
    Dossier.objects.filter(pk=vieux.pk).update(depose_le=debut)
    dit = page(client, monde.emma, LISTE)
    assert dit.count("en retard</span>") == 1
    assert "40 jours d’attente" in dit
    assert dit.index(vieux.reference) < dit.index(neuf.reference)


@pytest.mark.parametrize("tri", un_sur(3, TRIS, 0.3))
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
    services.completer(dossier, alice, version=dossier.version, confirme=True)
    dossier.refresh_from_db()
    assert dossier.minutes == 16_740


def test_un_brouillon_sans_nom_n_a_rien_a_trouver(monde: Monde) -> None:
    dossier = services.ouvrir(monde.organisme, Acteur(monde.alice), exemple=True)
    assert dossier.trouvable == ""
    assert "exemple" in brouillon(monde).trouvable


def test_une_alerte_se_dit_en_entier_par_son_titre(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    base = base_de(dossier.certification)
    codes = dossier.signaux.split()
    assert codes
    dit = page(client, monde.emma, f"{LISTE}?etat=tous")
    for code in codes:
        titre = titre_d_alerte(base, code, dossier.entree)
        assert f"<li>{titre}</li>" in dit, code
    assert "…</li>" not in dit
    for titre in {une.titre for une in base.regles.values() if isinstance(une.effet, Alerte)}:
        assert len(titre) <= 60, "it stands on a line of the list"


def test_de_plusieurs_regles_d_une_alerte_le_titre_est_celui_du_jour() -> None:
    base = base_de("assistant-medical")
    titres = [
        titre_d_alerte(base, "fae_heures", jour)
        for jour in (date(2024, 3, 1), date(2025, 5, 1), date(2026, 1, 15))
    ]
    assert len(set(titres)) == 3
    assert titre_d_alerte(base, "inconnue", None) == "inconnue"


def test_l_organisme_trouve_d_abord_ce_qui_est_en_cours_le_dernier_depose_en_tete(
    client: Client, monde: Monde
) -> None:
    clos, ancien, recent = propose(monde), depose(monde), depose(monde)
    decider(clos, Acteur(monde.emma), version=clos.version)
    notifier(clos)
    dit = page(client, monde.alice, LISTE)
    assert clos.reference not in dit
    assert dit.index(recent.reference) < dit.index(ancien.reference)
    assert '<th scope="col">Organisme</th>' not in dit, "its own name on each line says nothing"
    anciens = page(client, monde.alice, f"{LISTE}?tri=age")
    assert anciens.index(ancien.reference) < anciens.index(recent.reference)
    assert clos.reference in page(client, monde.alice, f"{LISTE}?etat=tous")


@pytest.mark.parametrize("refusee", [False, True])
def test_l_issue_se_lit_dans_la_liste_une_fois_notifiee(
    client: Client, monde: Monde, *, refusee: bool
) -> None:
    dossier, tous = propose(monde), f"{LISTE}?etat=tous"
    autres: dict[str, Any] = (
        {"nature": Nature.REFUSE, "raison": "autre", "ecart": "Non."} if refusee else {}
    )
    decider(dossier, Acteur(monde.emma), version=dossier.version, **autres)
    issue = "<strong>Refusé</strong>" if refusee else "<strong>Le CQP</strong>"
    assert issue in page(client, monde.emma, tous)
    assert ("216 h" in page(client, monde.emma, tous)) is not refusee
    for qui in (monde.alice, monde.bob):
        dit = page(client, qui, tous)
        assert dossier.reference in dit
        assert issue not in dit
        assert "216 h" not in dit
    notifier(dossier)
    for qui in (monde.alice, monde.bob, monde.emma):
        assert issue in page(client, qui, tous)
    # A decision that was annulled after an appeal is told no longer.
    conteste = Dossier.objects.get(pk=dossier.pk)
    contester(conteste, Acteur(monde.alice), version=conteste.version, texte="Non.")
    repondre(
        conteste, Acteur(monde.ana), version=conteste.version, revue=True, reponse="Nous relisons."
    )
    assert issue not in page(client, monde.alice, tous)


def test_on_cherche_partout_et_ce_qui_est_ailleurs_se_dit(client: Client, monde: Monde) -> None:
    fini = propose(monde)
    decider(fini, Acteur(monde.emma), version=fini.version)
    # The box searches every dossier, wherever one is.
    dit = page(client, monde.emma, LISTE)
    recherche = dit[dit.index('role="search"') : dit.index("Filtrer et trier")]
    assert recherche.count("<input") == 1, "no queue goes with what is searched"
    assert fini.reference in page(client, monde.emma, f"{LISTE}?q=lea")
    # Within a queue, what is found elsewhere is said, with what was typed.
    dit = page(client, monde.emma, f"{LISTE}?q=lea&etat=a_faire")
    assert "Rien ici pour « lea »." in dit
    assert '<a href="/espace/dossiers/?etat=tous&amp;q=lea">1 dossier ailleurs</a>' in dit
    assert "ailleurs" not in page(client, monde.emma, f"{LISTE}?q=inconnue&etat=a_faire")
    assert '<input type="hidden" name="q" value="lea">' in dit
    assert '<a href="/espace/dossiers/?etat=tous&amp;q=lea">Tous</a>' in dit, "with the words"


def test_mes_dossiers_sont_a_portee_de_main(client: Client, monde: Monde) -> None:
    mien, autre = depose(monde), depose(monde)
    Dossier.objects.filter(pk=mien.pk).update(examine_par=monde.emma)
    miens = f"{LISTE}?etat=en_cours&suivi=moi"
    dit = page(client, monde.emma, LISTE)
    assert f'<a href="{miens.replace("&", "&amp;")}">Mes dossiers</a>' in dit
    dit = page(client, monde.emma, miens)
    assert 'aria-current="page">Mes dossiers</a>' in dit
    assert mien.reference in dit
    assert autre.reference not in dit


def test_qui_tient_le_jury_trouve_d_abord_ce_qui_est_decide(client: Client, monde: Monde) -> None:
    """Nothing is theirs to do: their list opens on what they come for, and hurries nobody."""
    julie = personne("julie")
    donner_role(julie, monde.branche, "jury")
    poser_application(julie)
    attend = depose(monde)
    decide = propose(monde)
    decider(decide, Acteur(monde.emma), version=decide.version, raison="autre", ecart="Pour l’essai.")  # fmt: skip
    notifier(decide)
    dit = page(client, julie, LISTE)
    assert decide.reference in dit
    assert attend.reference not in dit
    for mot in (">Mes dossiers</a>", ">Messages à lire</a>", ">À faire</a>", "en retard"):
        assert mot not in dit, mot
    assert attend.reference in page(client, julie, f"{LISTE}?etat=en_cours")


def test_une_cellule_sans_decision_ne_dit_pas_son_titre(client: Client, monde: Monde) -> None:
    """On a phone each cell says its heading: « Décision : » followed by nothing says nothing."""
    depose(monde)
    dit = page(client, monde.alice, LISTE)
    assert 'data-titre="Déposé"' in dit
    assert 'data-titre="Décision"' not in dit
