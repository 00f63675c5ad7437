"""A notified decision opens a path; its gestures move it, and nothing recomputes its modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import Nature
from binome.dossiers.models import Decision
from binome.dossiers.registre import exporter
from binome.gestes.passage import Passage
from binome.gestes.recit import recit
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.flows import FLUX
from binome.parcours.models import ModuleSuivi, Parcours
from binome.parcours.ouverture import arreter, ouvrir_les_parcours
from binome.parcours.permissions import visibles
from binome.parcours.registre import archiver
from binome.regles.calendrier import date_en_clair
from tests.dossiers.monde import notifiee, propose, suivi_par

if TYPE_CHECKING:
    from django.test import Client

    from binome.dossiers.models import Dossier
    from tests.dossiers.monde import Monde


def decide(monde: Monde, **donnees: Any) -> Dossier:
    """A dossier whose decision is notified."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version, **donnees)
    return notifiee(dossier)


def ouvert(monde: Monde) -> Parcours:
    """The path of a dossier just decided."""
    return Parcours.objects.get(dossier=decide(monde))


def geste(monde: Monde, parcours: Parcours, nom: str, **donnees: str) -> Parcours:
    """The same path once Alice made a gesture on it."""
    faire(FLUX, nom, parcours, Acteur(monde.alice), version=parcours.version, donnees=donnees)
    return Parcours.objects.get(pk=parcours.pk)


def aujourd_hui() -> str:
    return timezone.localdate().isoformat()


def test_la_decision_notifiee_ouvre_un_parcours_avec_ses_modules(monde: Monde) -> None:
    parcours = ouvert(monde)
    assert parcours.decision is not None
    reponse = parcours.decision.reponse
    copies = list(
        parcours.modules.order_by("rang").values("code", "bloc", "intitule", "minutes", "statut")
    )
    assert copies == reponse["modules"]
    assert (parcours.etat, parcours.organisme, parcours.referentiel) == (
        EtatDeParcours.OUVERT, monde.organisme, "rncp40913",
    )  # fmt: skip
    minutes = (parcours.formation, parcours.evaluations, parcours.dispensees)
    assert minutes == tuple(
        reponse["minutes"][un] for un in ("formation", "evaluations", "dispensees")
    )
    assert minutes == (12060, 900, 3780)
    assert parcours.base == parcours.decision.base
    assert not list(differences())
    assert verifier() is None


def test_avant_d_etre_notifiee_une_decision_n_ouvre_rien(monde: Monde) -> None:
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert not Parcours.objects.exists()


def test_un_refus_n_ouvre_rien(monde: Monde) -> None:
    dossier = propose(monde)
    decision = decider(dossier, Acteur(monde.emma), version=dossier.version)
    decision.nature = Nature.REFUSE
    ouvrir_les_parcours(
        [Passage(dossier, dossier.version, {"decision": decision})], Acteur(monde.emma)
    )
    assert not Parcours.objects.exists()


def test_une_decision_revue_remplace_le_parcours_et_le_suivant_dit_d_ou_il_vient(
    monde: Monde,
) -> None:
    premier = ouvert(monde)
    ouvrir_les_parcours(
        [Passage(premier.dossier, 1, {"decision": premier.decision})], Acteur(monde.emma)
    )
    premier.refresh_from_db()
    second = Parcours.objects.get(suite_de=premier)
    assert (premier.etat, second.etat) == (EtatDeParcours.REMPLACE, EtatDeParcours.OUVERT)
    assert premier.fini_le is not None
    assert second.modules.count() == premier.modules.count()
    assert not list(differences())


def test_un_dossier_n_a_qu_un_parcours_en_cours(monde: Monde) -> None:
    parcours = ouvert(monde)
    parcours.pk, parcours.suite_de = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        parcours.save(force_insert=True)


def test_un_parcours_s_interrompt_reprend_et_finit_en_disant_pourquoi(monde: Monde) -> None:
    parcours = geste(monde, ouvert(monde), "interrompre", raison="absence", du=aujourd_hui())
    assert (parcours.etat, parcours.raison, parcours.du) == (
        EtatDeParcours.INTERROMPU, "absence", timezone.localdate(),
    )  # fmt: skip
    parcours = geste(monde, parcours, "reprendre")
    assert (parcours.etat, parcours.raison, parcours.du) == (EtatDeParcours.OUVERT, "", None)
    parcours = geste(monde, parcours, "abandonner", raison="choix")
    assert (parcours.etat, parcours.fini_le is None) == (EtatDeParcours.ABANDONNE, False)
    assert [un.mot for un in recit(FLUX, parcours, interne=True)] == [
        "Parcours abandonné : choix de la personne",
        f"Parcours repris, interrompu depuis le {date_en_clair(timezone.localdate())}",
        "Parcours interrompu : absence longue",
        "Parcours ouvert par la décision",
    ]
    with pytest.raises(GesteImpossible, match="n’est pas possible"):
        geste(monde, parcours, "reprendre")
    assert not list(differences())
    assert verifier() is None


def test_un_parcours_transfere_continue_ailleurs_avec_les_memes_modules(monde: Monde) -> None:
    parcours = geste(monde, ouvert(monde), "transferer", vers=" organisme  c ")
    suite = Parcours.objects.get(suite_de=parcours)
    assert (parcours.etat, suite.etat, suite.organisme) == (
        EtatDeParcours.TRANSFERE, EtatDeParcours.OUVERT, monde.autre,
    )  # fmt: skip
    champs = ("code", "bloc", "intitule", "minutes", "statut")
    assert list(suite.modules.values(*champs)) == list(parcours.modules.values(*champs))
    assert suite in visibles(Acteur(monde.charlie))
    assert parcours not in visibles(Acteur(monde.charlie))
    assert parcours in visibles(Acteur(monde.alice))
    assert not list(differences())


@pytest.mark.parametrize(
    ("nom", "donnees", "phrase"),
    [
        ("interrompre", {"raison": "", "du": "2026-01-01"}, "Choisissez une raison"),
        ("interrompre", {"raison": "maladie", "du": ""}, "Choisissez une raison de la liste"),
        ("interrompre", {"raison": "absence", "du": ""}, "Donnez le premier jour"),
        ("interrompre", {"raison": "absence", "du": "31/02/2026"}, "un jour qui existe"),
        ("interrompre", {"raison": "absence", "du": "2099-01-01"}, "avant deux mois"),
        ("interrompre", {"raison": "absence", "du": "2020-01-01"}, "depuis l’ouverture"),
        ("transferer", {"vers": "Organisme inconnu"}, "Aucun organisme de Binôme"),
        ("transferer", {"vers": "Organisme A"}, "déjà chez cet organisme"),
        ("transferer", {"vers": "Branche d’exemple"}, "Aucun organisme de Binôme"),
        ("abandonner", {"raison": "autre raison"}, "Choisissez une raison de la liste"),
    ],
)
def test_ce_qui_est_mal_dit_ne_change_rien(
    monde: Monde, nom: str, donnees: dict[str, str], phrase: str
) -> None:
    parcours = ouvert(monde)
    with pytest.raises(GesteImpossible, match=phrase):
        geste(monde, parcours, nom, **donnees)
    parcours.refresh_from_db()
    assert (parcours.etat, parcours.version, Parcours.objects.count()) == (
        EtatDeParcours.OUVERT,
        1,
        1,
    )


def test_deux_onglets_ne_finissent_pas_deux_fois_un_parcours(monde: Monde) -> None:
    parcours = ouvert(monde)
    vu = Parcours.objects.get(pk=parcours.pk)
    geste(monde, parcours, "interrompre", raison="emploi", du=aujourd_hui())
    with pytest.raises(Depasse):
        faire(FLUX, "abandonner", vu, Acteur(monde.alice), version=1, donnees={"raison": "choix"})


def test_qui_lit_et_qui_agit(monde: Monde, client: Client) -> None:
    parcours = ouvert(monde)
    lisent = {
        qui: parcours in visibles(Acteur(getattr(monde, qui)))
        for qui in ("alice", "bob", "charlie", "emma", "ana", "lea")
    }
    assert lisent == {
        "alice": True,
        "bob": True,
        "charlie": False,
        "emma": True,
        "ana": True,
        "lea": True,
    }
    adresse = f"/espace/suivis/parcours/{parcours.pk}/"
    for qui, statut in (("lea", 200), ("bob", 200), ("charlie", 404)):
        client.force_login(getattr(monde, qui))
        assert client.get(adresse).status_code == statut
    client.force_login(monde.bob)
    assert client.post(f"{adresse}abandonner/", {"version": "1"}).status_code == 403
    client.force_login(monde.charlie)
    assert client.post(f"{adresse}abandonner/", {"version": "1"}).status_code == 404
    client.force_login(monde.alice)
    fait = client.post(f"{adresse}abandonner/", {"version": "1", "raison": "choix"})
    assert fait.status_code == 302
    parcours.refresh_from_db()
    assert parcours.etat == EtatDeParcours.ABANDONNE


def test_l_employeur_lit_le_parcours_tant_qu_il_emploie(monde: Monde) -> None:
    from binome.comptes.services import creer_organisation, donner_role  # noqa: PLC0415 - this test alone
    from tests.dossiers.monde import personne  # noqa: PLC0415 - the same

    parcours = ouvert(monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    paul = personne("paul")
    donner_role(paul, cabinet, "employeur")
    assert parcours not in visibles(Acteur(paul))
    suivi_par(parcours.dossier, cabinet)
    assert parcours in visibles(Acteur(paul))


def test_la_page_dit_les_modules_par_bloc_et_garde_ce_qui_est_tape(
    monde: Monde, client: Client
) -> None:
    parcours = ouvert(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/suivis/parcours/{parcours.pk}/"
    page = client.get(adresse).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "Gestion et suivi des dossiers des patients" in page
    assert "216 h</strong> à suivre avec Organisme A, dont 15 h d’épreuves" in page
    assert "Bloc 4 : " in page
    assert "Épreuves" in page


def test_un_forfait_se_retire_de_son_bloc(monde: Monde, client: Client) -> None:
    """1,680 minutes of bloc 1 are left of 5,040: what is taken off without naming a module is not counted as to follow."""
    dossier = propose(monde)
    decision = decider(dossier, Acteur(monde.emma), version=dossier.version)
    decision.reponse["forfaits"] = [{"bloc": 1, "formation": 3360, "evaluations": 0}]
    decision.save(update_fields=["reponse"])
    ouvrir_les_parcours([Passage(dossier, 1, {"decision": decision})], Acteur(monde.emma))
    client.force_login(monde.alice)
    page = client.get(f"/espace/suivis/parcours/{Parcours.objects.get().pk}/").content.decode()
    page = " ".join(page.replace("\xa0", " ").replace("\u202f", " ").split())
    assert '<span class="discret">28 h à suivre</span>' in page
    assert "La décision retire 56 h de ce bloc sans dire de quels modules" in page


def test_une_duree_inconnue_reste_inconnue(monde: Monde, client: Client) -> None:
    dossier = propose(monde)
    decision = decider(dossier, Acteur(monde.emma), version=dossier.version)
    decision.reponse["modules"][0]["minutes"] = None
    decision.reponse["minutes"] = dict.fromkeys(decision.reponse["minutes"])
    ouvrir_les_parcours([Passage(dossier, 1, {"decision": decision})], Acteur(monde.emma))
    parcours = Parcours.objects.get()
    assert (parcours.formation, parcours.modules.get(rang=1).minutes) == (None, None)
    client.force_login(monde.alice)
    page = client.get(f"/espace/suivis/parcours/{parcours.pk}/").content.decode()
    assert "Nous ne connaissons pas toutes les durées" in page
    assert "durée pas connue" in page


def test_le_dossier_mene_au_parcours(monde: Monde, client: Client) -> None:
    parcours = ouvert(monde)
    lien = f'href="/espace/suivis/parcours/{parcours.pk}/"'
    for qui in ("alice", "lea", "emma"):
        client.force_login(getattr(monde, qui))
        assert (
            lien in client.get(f"/espace/dossiers/{parcours.dossier.reference}/").content.decode()
        )


def test_la_liste_ne_coute_pas_une_requete_par_parcours(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    comptes = []
    for nombre in (1, 3):
        while Parcours.objects.count() < nombre:
            ouvert(monde)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get("/espace/suivis/parcours/").status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


def test_une_personne_emporte_son_parcours(monde: Monde) -> None:
    parcours = ouvert(monde)
    (archive,) = archiver(parcours.dossier)
    assert archive["organisme"] == "Organisme A"
    assert len(archive["modules"]) == ModuleSuivi.objects.count()
    assert {un["statut"] for un in archive["modules"]} <= set(Statut.values)
    (dossier,) = exporter(monde.lea)["dossiers"]
    assert dossier["parcours"] == [archive]
    assert "modules" not in dossier


def test_un_dossier_efface_laisse_un_parcours_qui_ne_dit_plus_rien_de_personne(
    monde: Monde,
) -> None:
    parcours = geste(monde, ouvert(monde), "interrompre", raison="absence", du=aujourd_hui())
    assert anonymiser(parcours.dossier_id, auteur="systeme", motif="terme")
    parcours = Parcours.objects.get(pk=parcours.pk)
    assert (parcours.etat, parcours.raison, parcours.du, parcours.entree) == (
        EtatDeParcours.ABANDONNE, "", None, None,
    )  # fmt: skip
    assert parcours.fini_le is not None
    assert parcours.modules.exists()
    assert not list(differences())
    assert verifier() is None
    with pytest.raises(GesteImpossible, match="n’est pas possible"):
        geste(monde, parcours, "transferer", vers="Organisme C")


def test_une_decision_revue_apres_un_transfert_reste_chez_qui_forme(monde: Monde) -> None:
    premier = geste(monde, ouvert(monde), "transferer", vers="Organisme C")
    chez_c = Parcours.objects.get(suite_de=premier)
    ouvrir_les_parcours(
        [Passage(premier.dossier, 1, {"decision": premier.decision})], Acteur(monde.emma)
    )
    dernier = Parcours.objects.get(suite_de=chez_c)
    assert dernier.organisme == monde.autre
    assert dernier in visibles(Acteur(monde.charlie))


def test_un_parcours_abandonne_n_impose_pas_son_organisme_au_suivant(monde: Monde) -> None:
    premier = geste(monde, ouvert(monde), "abandonner", raison="choix")
    ouvrir_les_parcours(
        [Passage(premier.dossier, 1, {"decision": premier.decision})], Acteur(monde.emma)
    )
    suivant = Parcours.objects.get(suite_de=premier)
    assert (suivant.etat, suivant.organisme) == (EtatDeParcours.OUVERT, monde.organisme)


def test_un_dossier_retire_arrete_son_parcours(monde: Monde) -> None:
    parcours = ouvert(monde)
    arreter([Passage(parcours.dossier, 1)], Acteur(monde.alice))
    parcours.refresh_from_db()
    assert (parcours.etat, parcours.fini_le is None) == (EtatDeParcours.ABANDONNE, False)
    assert recit(FLUX, parcours, interne=True)[0].mot == "Parcours arrêté : le dossier est retiré"


def test_la_page_dit_qui_continue_et_que_la_decision_est_revue(
    monde: Monde, client: Client
) -> None:
    parcours = ouvert(monde)
    adresse = "/espace/suivis/parcours/{}/".format
    Decision.objects.filter(dossier=parcours.dossier).update(annulee_le=timezone.now())
    client.force_login(monde.alice)
    assert "La branche revoit cette décision" in client.get(adresse(parcours.pk)).content.decode()
    geste(monde, parcours, "transferer", vers="Organisme C")
    page = client.get(adresse(parcours.pk)).content.decode()
    assert "Organisme C continue ce parcours." in page
    assert "étaient à suivre avec Organisme A" in page
    suite = Parcours.objects.get(suite_de=parcours)
    assert adresse(suite.pk) not in page
    client.force_login(monde.charlie)
    page = client.get(adresse(suite.pk)).content.decode()
    assert adresse(parcours.pk) not in page
    client.force_login(monde.emma)
    assert adresse(parcours.pk) in client.get(adresse(suite.pk)).content.decode()
