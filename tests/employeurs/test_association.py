"""The employer follows a dossier once the organisation associates their practice, and lets nobody else in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.exploitation import confirmer_cabinet
from binome.comptes.models import Appartenance, Invitation, Organisation
from binome.comptes.services import ChangementImpossible, accepter, creer_organisation, donner_role
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.employeurs.services import associer
from binome.gestes.refus import GesteImpossible
from binome.journal.histoire import histoire
from binome.journal.models import Entree
from tests.dossiers.monde import Monde, brouillon, depose, personne

if TYPE_CHECKING:
    from django.test import Client

SIRET = "73282932000074"
ADRESSE = "cabinet@exemple.fr"


def _associer(monde: Monde, dossier: Dossier, courriel: str = ADRESSE) -> Dossier:
    return associer(
        dossier, Acteur(monde.alice), version=dossier.version, identifiant=SIRET, courriel=courriel
    )


def _jeton(adresse: str = ADRESSE) -> str:
    """The token that the last letter carries."""
    message = Message.objects.filter(destinataire=adresse).latest("pk")
    trouve = re.search(r"/invitation/([^/]+)/", message.texte)
    assert trouve is not None
    return trouve[1]


def test_l_employeur_invite_suit_le_dossier_sans_ses_pieces(monde: Monde, client: Client) -> None:
    dossier = _associer(monde, depose(monde))
    paul = personne("cabinet")
    assert not visibles(Acteur(paul)).exists()
    accepter(_jeton(), paul)
    assert list(visibles(Acteur(paul))) == [dossier]
    client.force_login(paul)
    page = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Les diplômes et les pièces ne vous sont pas montrés." in page
    client.force_login(monde.alice)
    fil = client.get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Employeur associé" in fil
    assert "Associer cet employeur au dossier" not in fil
    assert "Associer un autre employeur" in fil


def test_la_lettre_ne_porte_pas_de_mots_tapes_dans_un_dossier(monde: Monde) -> None:
    """What an organisation types as the employer's name would reach anyone it likes, under our name."""
    dossier = depose(monde)
    leurre = "Compte suspendu, allez sur https://voleur.exemple " + "a" * 150
    Dossier.objects.filter(pk=dossier.pk).update(employeur=leurre)
    dossier.refresh_from_db()
    _associer(monde, dossier)
    message = Message.objects.get(destinataire=ADRESSE)
    for texte in (message.sujet, message.texte, message.html):
        assert "voleur" not in texte
        assert SIRET in texte
    assert monde.organisme.nom in message.texte


def test_qui_repond_deja_pour_le_cabinet_n_est_pas_invite_de_nouveau(monde: Monde) -> None:
    _associer(monde, depose(monde))
    second = _associer(monde, depose(monde), " Cabinet@Exemple.fr ")
    assert Invitation.objects.filter(courriel=ADRESSE).count() == 1
    paul = personne("cabinet")
    accepter(_jeton(), paul)
    troisieme = _associer(monde, depose(monde))
    assert qui_suivent(second) == qui_suivent(troisieme) != []
    assert visibles(Acteur(paul)).count() == 3
    assert Invitation.objects.filter(courriel=ADRESSE).count() == 1


@pytest.mark.parametrize("accepte", [False, True])
def test_un_numero_ne_suffit_pas_a_entrer_dans_un_cabinet(monde: Monde, accepte: bool) -> None:
    _associer(monde, depose(monde))
    if accepte:
        accepter(_jeton(), personne("cabinet"))
    dossier = depose(monde)
    with pytest.raises(GesteImpossible, match="Une autre adresse"):
        _associer(monde, dossier, "intrus@exemple.fr")
    relu = Dossier.objects.get(pk=dossier.pk)
    assert (qui_suivent(relu), relu.version, relu.employeur_identifiant) == ([], 4, "")
    assert not Invitation.objects.filter(courriel="intrus@exemple.fr").exists()


def test_un_numero_nomme_le_premier_ne_montre_rien_des_autres_organismes(monde: Monde) -> None:
    """A squatter names a known SIRET with an address of theirs; another organisation then names it too."""
    pris = _associer(monde, depose(monde))
    squatteur = personne("cabinet")
    accepter(_jeton(), squatteur)
    chez_charlie = replace(monde, organisme=monde.autre, alice=monde.charlie)
    ailleurs = _associer(chez_charlie, depose(chez_charlie), "vrai@exemple.fr")
    (leur,) = qui_suivent(ailleurs)
    assert [leur] != qui_suivent(pris)
    assert list(visibles(Acteur(squatteur))) == [pris]
    vrai = personne("vrai")
    accepter(_jeton("vrai@exemple.fr"), vrai)
    assert [un.pk for un in visibles(Acteur(vrai))] == [ailleurs.pk]
    # Naming the squatter's own address lets them in for that organisation only once they accept there.
    assert not Appartenance.objects.filter(personne=squatteur, organisation=leur).exists()


def test_un_numero_confirme_vaut_pour_tous_les_organismes(monde: Monde) -> None:
    dossier = _associer(monde, depose(monde))
    paul = personne("cabinet")
    with pytest.raises(ChangementImpossible, match="ne répond pour aucun"):
        confirmer_cabinet(SIRET, paul.courriel, "Rappelé au standard")
    accepter(_jeton(), paul)
    with pytest.raises(ChangementImpossible, match="comment vous avez vérifié"):
        confirmer_cabinet(SIRET, paul.courriel, " ")
    cabinet = confirmer_cabinet(SIRET, "Cabinet@exemple.fr", "Rappelé au standard")
    assert ([cabinet], cabinet.parrain) == (qui_suivent(dossier), None)
    dit = histoire(f"organisation:{cabinet.pk}")[-1]
    assert (dit["geste"], dit["motif"]) == ("organisation.confirmee", "Rappelé au standard")
    assert not Entree.objects.filter(motif__contains="standard").exists(), (
        "it may name who answered"
    )
    with pytest.raises(ChangementImpossible, match="déjà confirmé"):
        confirmer_cabinet(SIRET, paul.courriel, "Encore")
    voisin = replace(monde, organisme=monde.autre, alice=monde.charlie)

    def chez_charlie(courriel: str) -> Dossier:
        return _associer(voisin, depose(voisin), courriel)

    assert qui_suivent(chez_charlie(ADRESSE)) == [cabinet]
    with pytest.raises(GesteImpossible, match="Une autre adresse"):
        chez_charlie("intrus@exemple.fr")
    # Nobody answers for it any more: its number alone lets nobody into it.
    Appartenance.objects.filter(organisation=cabinet).update(close_le=timezone.now())
    (seul,) = qui_suivent(chez_charlie("intrus@exemple.fr"))
    assert seul != cabinet
    assert seul.parrain == monde.autre


def test_changer_d_employeur_retire_le_dossier_a_l_ancien(monde: Monde) -> None:
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", identifiant=SIRET, exemple=True)
    donner_role(personne("cabinet"), cabinet, "employeur")
    dossier = _associer(monde, brouillon(monde))
    assert qui_suivent(dossier) == [cabinet]
    services.ecrire_identite(
        dossier, {"employeur_identifiant": "10000000000"}, Acteur(monde.alice),
        version=dossier.version,
    )  # fmt: skip
    assert qui_suivent(dossier) == []


def test_la_page_dit_ce_qui_manque_et_garde_ce_qui_est_tape(monde: Monde, client: Client) -> None:
    dossier = depose(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/employeur/"
    client.force_login(monde.alice)
    assert "Associer l’employeur" in client.get(adresse).content.decode()
    tape = {"version": dossier.version, "identifiant": "123", "courriel": "pas une adresse"}
    refus = client.post(adresse, tape)
    assert refus.status_code == 422
    for dit in ("Un SIRET a 14 chiffres", "nom@domaine.fr", 'value="123"'):
        assert dit in refus.content.decode()
    perimee = client.post(adresse, {"version": 1, "identifiant": SIRET, "courriel": ADRESSE})
    assert perimee.status_code == 409
    assert not Organisation.objects.filter(identifiant=SIRET).exists()
    fait = client.post(
        adresse,
        {"version": dossier.version, "identifiant": SIRET, "courriel": ADRESSE},
        follow=True,
    )
    assert "suit maintenant ce dossier" in fait.content.decode()
    assert not Appartenance.objects.filter(organisation__identifiant=SIRET).exists()
    # There may be another one.
    assert "Associer un autre employeur" in client.get(adresse).content.decode()
