"""Enrolling: one or many from the list of decided dossiers, and each refusal in a sentence."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from binome.sessions.attendus import creneaux_de
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.inscription import inscrire, sans_session
from binome.sessions.models import Creneau, Inscription
from binome.sessions.places import places_des
from tests.dossiers.monde import construire
from tests.sessions.vie import annuler, preparee, un_parcours

if TYPE_CHECKING:
    from django.test import Client

    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde


def _inscrire(
    monde: Monde, session: Session, *parcours: Parcours, blocs: tuple[int, ...] = (1, 2)
) -> list[str]:
    """Enrols, and gives why each of those that are left was."""
    bilan = inscrire(session, [un.pk for un in parcours], blocs, Acteur(monde.alice))
    return [raison for _, raison in bilan.laisses]


def test_la_page_inscrit_plusieurs_personnes_d_un_geste(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    siens = [un_parcours(monde), un_parcours(monde)]
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/inscrire/"
    page = client.get(adresse).content.decode()
    assert page.count('name="parcours"') == 2
    assert "entrée le" in page
    donnees = {"parcours": [un.pk for un in siens], "bloc": ["1", "2"]}
    page = client.post(adresse, donnees, follow=True).content.decode()
    assert "2 personnes sont inscrites." in page
    assert Inscription.objects.filter(session=session, etat="inscrite").count() == 2
    assert places_des([session])[session.pk].libres([1]) == 0
    assert not sans_session(Acteur(monde.alice), session).exists()
    assert 'name="parcours"' not in client.get(adresse).content.decode()
    assert list(creneaux_de(siens[0]))
    assert not list(differences())
    assert verifier() is None


def test_une_session_pleine_refuse_le_suivant(monde: Monde) -> None:
    session = preparee(monde)
    siens = [un_parcours(monde) for _ in range(3)]
    assert _inscrire(monde, session, *siens) == [
        "il ne reste aucune place dans le bloc 1, de 2 places."
    ]
    faire(
        INSCRIPTIONS, "retirer", Inscription.objects.earliest("pk"), Acteur(monde.alice), version=1,
        donnees={"raison": "session"},
    )  # fmt: skip
    assert _inscrire(monde, session, siens[2]) == []


def test_chaque_refus_dit_pourquoi(monde: Monde) -> None:
    session, parcours, alice = preparee(monde), un_parcours(monde), Acteur(monde.alice)
    assert _inscrire(monde, session, parcours, blocs=(1,)) == []
    assert _inscrire(monde, session, parcours) == ["cette personne est déjà dans la session."]
    autre = preparee(monde)
    assert _inscrire(monde, autre, parcours, blocs=(1,)) == [
        "le bloc 1 est déjà suivi dans la session du 11 janvier 2027 (Site du centre)."
    ]
    assert _inscrire(monde, autre, parcours, blocs=(2,)) == []
    ailleurs = un_parcours(monde)
    Parcours.objects.filter(pk=ailleurs.pk).update(referentiel="rncp36358-384")
    assert "autre référentiel" in _inscrire(monde, session, ailleurs)[0]
    Parcours.objects.filter(pk=ailleurs.pk).update(referentiel="rncp40913")
    ailleurs.modules.update(statut="dispense")
    assert "rien n’est à suivre" in _inscrire(monde, session, ailleurs)[0]
    donnees = {"raison": "absence", "du": timezone.localdate().isoformat()}
    faire(PARCOURS, "interrompre", ailleurs, alice, version=1, donnees=donnees)
    assert "son parcours est interrompu depuis le" in _inscrire(monde, session, ailleurs)[0]
    faire(PARCOURS, "abandonner", ailleurs, alice, version=2, donnees={"raison": "choix"})
    assert _inscrire(monde, session, ailleurs) == ["son parcours est « Abandonné »."]
    with pytest.raises(GesteImpossible, match="Cochez un bloc"):
        _inscrire(monde, session, parcours, blocs=(4,))
    annuler(session, monde, version=1)
    with pytest.raises(GesteImpossible, match="Cette session est annulée"):
        _inscrire(monde, session, ailleurs)


def test_le_parcours_d_un_autre_organisme_ne_s_inscrit_pas(monde: Monde) -> None:
    session, parcours = preparee(monde), un_parcours(monde)
    Parcours.objects.filter(pk=parcours.pk).update(organisme=monde.autre)
    bilan = inscrire(session, [parcours.pk], [1], Acteur(monde.alice))
    assert (bilan.inscrites, bilan.laisses) == ([], [])
    with pytest.raises(GesteImpossible):
        inscrire(session, [un_parcours(monde).pk], [1], Acteur(monde.bob))


def test_on_entre_au_debut_d_un_bloc_ou_en_le_confirmant(monde: Monde) -> None:
    session, parcours = preparee(monde), un_parcours(monde)
    creneau = Creneau.objects.filter(session=session, bloc=1).earliest("debut")
    duree = creneau.fin - creneau.debut
    creneau.debut = timezone.now() - duree
    creneau.fin = timezone.now()
    creneau.save(update_fields=["debut", "fin"])
    with pytest.raises(
        GesteImpossible,
        match="On entre au début d’un bloc, et cette session a commencé le bloc 1 le",
    ):
        _inscrire(monde, session, parcours)
    assert _inscrire(monde, session, parcours, blocs=(2,)) == []
    second = un_parcours(monde)
    bilan = inscrire(session, [second.pk], [1, 2], Acteur(monde.alice), quand_meme=True)
    assert len(bilan.inscrites) == 1


def test_qui_suit_un_bloc_ailleurs_s_inscrit_pour_un_autre(monde: Monde, client: Client) -> None:
    session, autre, parcours = preparee(monde), preparee(monde), un_parcours(monde)
    _inscrire(monde, autre, parcours, blocs=(1,))
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/inscrire/"
    page = client.get(adresse).content.decode()
    assert "Déjà dans une autre session" in page
    assert page.count('name="parcours"') == 1
    client.post(adresse, {"parcours": [parcours.pk], "bloc": ["2"]})
    assert Inscription.objects.get(session=session).blocs == [2]
    assert 'name="parcours"' not in client.get(adresse).content.decode()


def test_se_retirer_demande_une_raison_de_la_liste(monde: Monde, client: Client) -> None:
    session, parcours = preparee(monde), un_parcours(monde)
    _inscrire(monde, session, parcours)
    une = Inscription.objects.get()
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/inscriptions/{une.pk}/retirer/"
    assert client.post(adresse, {"version": "1", "raison": "maladie"}).status_code == 422
    assert client.post(adresse, {"version": "1", "raison": "erreur"}).status_code == 302
    une.refresh_from_db()
    assert (une.etat, une.raison) == ("retiree", "erreur")
    assert not list(creneaux_de(parcours))
    client.force_login(monde.bob)
    assert client.post(adresse, {"version": "2", "raison": "erreur"}).status_code == 403
    client.force_login(monde.charlie)
    assert client.post(adresse, {"version": "2", "raison": "erreur"}).status_code == 404


def test_une_session_annulee_retire_ses_inscrits_et_ses_creneaux(monde: Monde) -> None:
    session, parcours = preparee(monde), un_parcours(monde)
    _inscrire(monde, session, parcours)
    annuler(session, monde, version=1)
    assert set(session.creneaux.values_list("etat", flat=True)) == {"annule"}
    une = Inscription.objects.get()
    assert (une.etat, une.raison) == ("retiree", "annulation")
    assert parcours in sans_session(Acteur(monde.alice), preparee(monde))
    assert not list(differences())


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_deux_qui_prennent_la_derniere_place_un_seul_passe() -> None:
    monde = construire()
    session = preparee(monde)
    siens = [un_parcours(monde) for _ in range(4)]
    assert _inscrire(monde, session, siens[0]) == []
    depart, laisses = Barrier(3), []

    def entrer(parcours: Parcours) -> None:
        try:
            depart.wait(timeout=20)
            laisses.extend(_inscrire(monde, session, parcours))
        finally:
            connection.close()

    fils = [Thread(target=entrer, args=(un,)) for un in siens[1:]]
    for un in fils:
        un.start()
    for un in fils:
        un.join(timeout=30)
    assert Inscription.objects.filter(session=session, etat="inscrite").count() == 2
    assert laisses == ["il ne reste aucune place dans le bloc 1, de 2 places."] * 2
