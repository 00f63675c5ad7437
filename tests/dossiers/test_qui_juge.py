"""Who may not judge: who decided, who is close to somebody; and what is taken as said without a document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance
from binome.comptes.services import donner_role
from binome.dossiers import absences, services
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Deport, Dossier, Recours
from binome.dossiers.permissions import cotes
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.pieces.examen import refuser_piece
from tests.dossiers.monde import Monde, depose, joindre, notifiee, personne, propose, trancher_tout
from tests.dossiers.navigation import adresse, envoyer, page
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne


@remembre
def conteste(monde: Monde) -> Dossier:
    """A dossier that Emma decided, and Léa contests."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    dossier = notifiee(dossier)
    decisions.contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Je conteste.")
    return Dossier.objects.get(pk=dossier.pk)


def d_une_autre(dossier: Dossier) -> None:
    """Makes a dossier of this world, where they are all Léa's, somebody else's."""
    Dossier.objects.filter(pk=dossier.pk).update(
        candidat=None, courriel="zoe@exemple.fr", nom="Autre", recherche="autre zoe"
    )


@pytest.mark.parametrize("revue", [True, False])
def test_qui_a_decide_ne_repond_pas_au_recours(client: Client, monde: Monde, revue: bool) -> None:
    dossier = conteste(monde)
    lue = page(client, monde.emma, adresse(dossier))
    assert "une autre personne de la branche répond au recours" in lue
    assert "Répondre au recours" not in lue
    reponse = {"version": dossier.version, "revue": revue, "reponse": "Vu."}
    with pytest.raises(GesteImpossible, match="une autre personne de la branche répond"):
        decisions.repondre(dossier, Acteur(monde.emma), **reponse)  # type: ignore[arg-type] # the words of one form
    assert "Répondre au recours" in page(client, monde.ana, adresse(dossier))
    decisions.repondre(dossier, Acteur(monde.ana), **reponse)  # type: ignore[arg-type] # the words of one form
    assert Recours.objects.get().repondu_par == monde.ana


def test_qui_a_pris_la_decision_revue_ne_la_reprend_pas(client: Client, monde: Monde) -> None:
    """Until somebody else decides: then the one who reopened theirs may be who decided first."""
    trancher_tout(monde, propose(monde))
    dossier = conteste(monde)
    geste = adresse(dossier, "gestes/decider/")

    def decider(qui: Personne, attendu: int) -> str:
        dossier.refresh_from_db()
        tape = {"nature": "accorde", "confirme": "lues"}
        lue = envoyer(client, qui, geste, attendu, version=dossier.version, **tape)
        return str(lue.content.decode())

    def revoir(qui: Personne) -> None:
        dossier.refresh_from_db()
        revue = adresse(dossier, "gestes/revoir/")
        envoyer(client, qui, revue, version=dossier.version, reponse="Nous relisons.")

    revoir(monde.ana)
    lue = page(client, monde.emma, adresse(dossier))
    assert "une autre personne de la branche décide" in lue
    assert 'class="decider"' not in lue
    assert "une autre personne de la branche décide" in decider(monde.emma, 422)
    dossier.refresh_from_db()
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    Dossier.objects.filter(pk=dossier.pk).update(claire=True)
    dossier.refresh_from_db()
    versions = {dossier.reference: dossier.version}
    ensemble = decisions.confirmer(Acteur(monde.emma), versions, dits=("lues",))
    assert not ensemble.confirmes, "together neither"
    assert "une autre personne de la branche décide" in dict(ensemble.laisses)[dossier.reference]
    decider(monde.ana, 302)
    notifiee(dossier)
    contester = adresse(dossier, "gestes/contester/")
    dossier.refresh_from_db()
    envoyer(client, monde.lea, contester, version=dossier.version, texte="Encore.")
    revoir(monde.emma)
    decider(monde.ana, 422)
    decider(monde.emma, 302)


def test_une_decision_annulee_ne_rend_pas_la_main_a_qui_avait_decide(
    client: Client, monde: Monde
) -> None:
    dossier = conteste(monde)
    decisions.repondre(
        dossier, Acteur(monde.ana), version=dossier.version, revue=True, reponse="Vu."
    )
    dossier.refresh_from_db()
    decisions.decider(dossier, Acteur(monde.ana), version=dossier.version, confirme=("lues",))
    dossier.refresh_from_db()
    decisions.annuler(dossier, Acteur(monde.ana), version=dossier.version, motif="Une erreur.")
    assert "une autre personne de la branche décide" in page(client, monde.emma, adresse(dossier))


def test_qui_examine_sans_personne_d_autre_lit_qui_peut_repondre(monde: Monde) -> None:
    dossier = conteste(monde)
    Appartenance.objects.filter(personne=monde.ana).delete()
    with pytest.raises(
        GesteImpossible, match="l’administration de la branche doit d’abord inviter"
    ):
        decisions.repondre(
            dossier, Acteur(monde.emma), version=dossier.version, revue=False, reponse="Vu."
        )
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.RECOURS


def test_qui_connait_la_personne_se_deporte_et_n_examine_plus(client: Client, monde: Monde) -> None:
    dossier, autre = propose(monde), propose(monde)
    trancher_tout(monde, dossier)
    d_une_autre(autre)
    geste = adresse(dossier, "gestes/se_deporter/")
    assert "Je connais cette personne" in page(client, monde.ana, adresse(dossier))
    envoyer(client, monde.ana, geste, version=dossier.version)
    assert Deport.objects.get().personne == monde.ana
    lue = page(client, monde.ana, adresse(dossier))
    assert "Décider" not in lue
    assert "La proposition" not in lue
    dossier.refresh_from_db()
    assert not cotes(Acteur(monde.ana), dossier)
    with pytest.raises(GesteImpossible):
        decisions.decider(dossier, Acteur(monde.ana), version=dossier.version)
    Dossier.objects.update(claire=True)
    versions = {
        un.reference: un.version for un in Dossier.objects.filter(pk__in=(dossier.pk, autre.pk))
    }
    bilan = decisions.confirmer(Acteur(monde.ana), versions, ("lues",))
    assert bilan.confirmes == (autre.reference,)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert "Déport d’une personne" in page(client, monde.emma, adresse(dossier))
    assert "Déport" not in page(client, monde.lea, adresse(dossier))
    assert verifier() is None


@pytest.mark.parametrize("minutes", [30, 90])
def test_la_decision_de_qui_se_deporte_revient_a_l_examen(
    client: Client, monde: Monde, minutes: int
) -> None:
    """As long as it is not notified, within its hour or after: nobody is told of a decision made by somebody close."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    prise = timezone.now() - timedelta(minutes=minutes)
    Decision.objects.update(notifiable_des=prise + timedelta(hours=1))
    dossier.refresh_from_db()
    geste = adresse(dossier, "gestes/se_deporter/")
    envoyer(client, monde.emma, geste, version=dossier.version)
    assert "Votre décision est annulée" in page(client, monde.emma, adresse(dossier))
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.decide_le, dossier.claire) == (Etat.PROPOSITION, None, False)
    assert Decision.objects.get().annulee_le is not None
    assert "sa décision est annulée" in page(client, monde.ana, adresse(dossier))
    assert "annulée" not in page(client, monde.lea, adresse(dossier))
    decisions.decider(dossier, Acteur(monde.ana), version=dossier.version, confirme=("lues",))
    assert verifier() is None


def test_le_deport_d_une_autre_personne_laisse_la_decision(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    dossier.refresh_from_db()
    geste = adresse(dossier, "gestes/se_deporter/")
    envoyer(client, monde.ana, geste, version=dossier.version)
    dossier.refresh_from_db()
    assert dossier.etat == Etat.ARRETE
    assert Decision.objects.get().annulee_le is None


def test_une_confirmation_se_defait_encore_apres_un_deport(monde: Monde) -> None:
    """What was decided with others goes back alone; undoing the others does not meet it again."""
    trancher_tout(monde, propose(monde))
    dossier, autre = propose(monde), propose(monde)
    d_une_autre(autre)
    emma = Acteur(monde.emma)
    versions = {un.reference: un.version for un in (dossier, autre)}
    confirmation = decisions.confirmer(emma, versions).confirmation
    assert confirmation is not None
    dossier.refresh_from_db()
    faire(FLUX, "se_deporter", dossier, emma, version=dossier.version)
    bilan = decisions.annuler_confirmation(confirmation, Acteur(monde.ana))
    assert bilan.confirmes == (autre.reference,)


def test_le_meme_nom_avertit_sans_empecher(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    assert "Cette personne porte votre nom" in page(client, monde.emma, adresse(dossier))
    autre = personne("noe")
    autre.nom = "Autrement"
    autre.save()
    donner_role(autre, monde.branche, "examinateur")
    poser_application(autre)
    assert "porte votre nom" not in page(client, autre, adresse(dossier))
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert Decision.objects.exists()


def test_une_absence_declaree_se_confirme_sans_piece(client: Client, monde: Monde) -> None:
    dossier = depose(monde, afgsu_niveau=0, diplomes=[])
    assert set(absences.declarees(dossier)) == {"afgsu_niveau", "diplomes"}
    lue = page(client, monde.emma, adresse(dossier))
    assert "Ce que la personne dit ne pas avoir" in lue
    geste = adresse(dossier, "gestes/constater/")
    envoyer(client, monde.emma, geste, 422, version=dossier.version, absences="situation")
    envoyer(
        client, monde.emma, geste, version=dossier.version, absences=["afgsu_niveau", "diplomes"]
    )
    lue = page(client, monde.emma, adresse(dossier))
    assert lue.count("confirmé sans pièce") == 2
    assert "Ce que la personne dit ne pas avoir" not in lue
    dossier = Dossier.objects.get(pk=dossier.pk)
    proposition = services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    assert proposition.faits_prouves["afgsu_niveau"] == 0
    assert proposition.faits_prouves["diplomes"] == []
    assert verifier() is None


def test_redire_autrement_une_absence_la_rend_a_confirmer(monde: Monde) -> None:
    emma, alice = Acteur(monde.emma), Acteur(monde.alice)
    dossier = depose(monde, afgsu_niveau=0)
    faire(FLUX, "constater", dossier, emma, version=dossier.version,
          donnees={"absences": ("afgsu_niveau",)})  # fmt: skip
    services.demander(dossier, emma, version=dossier.version, motif="Relisez.")
    services.declarer(dossier, {"afgsu_niveau": 1}, alice, version=dossier.version)
    assert not dossier.faits.filter(origine="constate").exists()
    dossier = services.completer(dossier, alice, version=dossier.version, confirme=True)
    with pytest.raises(GesteImpossible, match="Cochez"):
        faire(FLUX, "constater", dossier, emma, version=dossier.version, donnees={"absences": ()})


def test_un_organisme_ne_confirme_rien_sans_piece(monde: Monde) -> None:
    dossier = depose(monde)
    with pytest.raises(GesteImpossible):
        faire(FLUX, "constater", dossier, Acteur(monde.alice), version=dossier.version,
              donnees={"absences": ("afgsu_niveau",)})  # fmt: skip


def test_un_recours_porte_des_pieces_que_la_branche_lit_avant_de_repondre(
    client: Client, monde: Monde
) -> None:
    dossier = conteste(monde)
    client.force_login(monde.lea)
    assert client.get(adresse(dossier)).context["peut_joindre"]
    piece = joindre(monde, dossier, "diplomes")
    reponse: dict[str, Any] = {"version": dossier.version, "reponse": "Vu."}
    maintenir = adresse(dossier, "gestes/maintenir/")
    refus = envoyer(client, monde.ana, maintenir, 422, **reponse)
    assert "1 pièce attend" in refus.content.decode()
    piece.dossier = dossier
    refuser_piece(piece, Acteur(monde.ana), version=dossier.version, motif="illisible")
    dossier.refresh_from_db()
    envoyer(client, monde.ana, maintenir, version=dossier.version, reponse="Vu.")
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.CLOS
