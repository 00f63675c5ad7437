"""Nobody examines, decides or answers for a dossier that is theirs, by any door."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core import signing
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.changement_d_adresse import SEL, changer
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance
from binome.comptes.services import creer_organisation, donner_role
from binome.courrier.envoi import envoyer
from binome.dossiers.etats import Etat
from binome.dossiers.flows import EXAMEN, GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.impartialite import les_siens
from binome.dossiers.models import Decision, Deport, Dossier
from binome.dossiers.permissions import cotes
from binome.emplois.services import adherer
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.services import SYSTEME
from binome.pieces import examen
from tests.dossiers.monde import (
    Monde,
    construire,
    depose,
    joindre,
    personne,
    propose,
    suivi_par,
    trancher_tout,
)

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.test import Client

    from binome.comptes.models import Personne

pytestmark = pytest.mark.django_db
LIENS = (
    "candidat", "courriel", "organisme", "organisme-quitte", "cabinet", "adresse d’avant", "compte d’avant",
    "membre à son adresse d’avant", "membre parti de son adresse", "née le même jour", "proche", "SIRET du cabinet",
    "SIRET d’un membre du groupement",
)  # fmt: skip
SIRET = "73282932000074"


def _changer_d_adresse(qui: Personne, nouvelle: str) -> None:
    """By the link that the new address received."""
    contenu = [qui.pk, qui.courriel, nouvelle, qui.generation]
    changer(signing.dumps(contenu, salt=SEL), qui)
    qui.refresh_from_db()


def _nommer_l_employeur(monde: Monde, dossier: Dossier, role: str) -> None:
    """The dossier types the number of a practice that Ana is tutor in, or answers for by its group."""
    cabinet = creer_organisation("cabinet", "Cabinet d’Ana", identifiant=SIRET, exemple=True)
    dossier.employeur_identifiant = SIRET
    if role == "groupement":
        groupement = creer_organisation("groupement", "Groupement d’Ana", exemple=True)
        adherer(groupement, cabinet, date(2026, 1, 1), auteur=SYSTEME)
        donner_role(monde.ana, groupement, role)
    else:
        donner_role(monde.ana, cabinet, role)


def _lier(monde: Monde, dossier: Dossier, lien: str) -> None:
    """Makes a dossier Ana's, who administers the branch."""
    if lien == "candidat":
        dossier.candidat = monde.ana
    elif lien == "courriel":
        dossier.candidat, dossier.courriel = None, "Ana@Exemple.fr"
    elif lien == "adresse d’avant":
        dossier.candidat, dossier.courriel = None, "Ana@Exemple.fr"
        _changer_d_adresse(monde.ana, "ana.neuve@exemple.fr")
    elif lien == "compte d’avant":
        # Ana's address, left by her first account, which is the candidate's, to the one that she examines with.
        dossier.candidat = personne("avant")
        _changer_d_adresse(dossier.candidat, "ailleurs@exemple.fr")
        _changer_d_adresse(monde.ana, "avant@exemple.fr")
    elif lien == "membre à son adresse d’avant":
        _changer_d_adresse(monde.ana, "ana.neuve@exemple.fr")
        donner_role(personne("ana"), monde.organisme, "formateur")
    elif lien == "membre parti de son adresse":
        membre = personne("membre")
        donner_role(membre, monde.organisme, "formateur")
        _changer_d_adresse(membre, "ailleurs@exemple.fr")
        _changer_d_adresse(monde.ana, "membre@exemple.fr")
    elif lien in ("née le même jour", "proche"):
        autre = depose(monde)
        Dossier.objects.filter(pk=autre.pk).update(
            candidat=monde.ana if lien == "née le même jour" else None,
            courriel="ailleurs@exemple.fr", prenom="Anna", nom="Mariée", nom_de_naissance="Exemple",
        )  # fmt: skip
        if lien == "proche":
            Deport.objects.create(dossier=autre, personne=monde.ana, le=timezone.now())
            dossier.candidat, dossier.courriel = None, "elsewhere@exemple.fr"
    elif lien.startswith("SIRET"):
        _nommer_l_employeur(monde, dossier, "groupement" if "groupement" in lien else "tuteur")
    elif lien == "cabinet":
        cabinet = creer_organisation("cabinet", "Cabinet d’Ana", exemple=True)
        donner_role(monde.ana, cabinet, "employeur")
        suivi_par(dossier, cabinet)
    else:
        tenue = donner_role(monde.ana, monde.organisme, "formateur")
        if lien == "organisme-quitte":
            Appartenance.objects.filter(pk=tenue.pk).update(close_le=timezone.now())
    dossier.save()


@pytest.mark.parametrize("lien", LIENS)
def test_aucun_geste_de_la_branche_sur_un_dossier_qui_est_le_sien(lien: str) -> None:
    monde = construire()
    dossier = depose(monde)
    assert EXAMEN in cotes(Acteur(monde.ana), dossier)
    _lier(monde, dossier, lien)
    for acteur in (Acteur(monde.ana), Acteur(monde.ana, ici=monde.branche.pk)):
        assert EXAMEN not in cotes(acteur, dossier)
        for nom, geste in GESTES.items():
            if geste.qui == (EXAMEN,):
                with pytest.raises(GesteImpossible, match="une autre personne de la branche"):
                    faire(FLUX, nom, dossier, acteur, version=dossier.version)
        siens = Dossier.objects.filter(les_siens(acteur))
        assert siens.filter(pk=dossier.pk).exists(), "a list says as the page does"
    assert EXAMEN in cotes(Acteur(monde.emma), dossier)
    assert not Dossier.objects.filter(les_siens(Acteur(monde.emma))).exists()
    piece = joindre(monde, dossier, "diplomes")
    piece.dossier = dossier
    with pytest.raises(GesteImpossible):
        examen.accepter_piece(piece, Acteur(monde.ana), version=dossier.version, faits={})


def test_changer_l_adresse_de_son_compte_ne_fait_pas_juger_son_dossier(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    """By the pages alone: the dossier bears the address that the account had when it was filed."""
    monde = construire()
    dossier = propose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=None, courriel="ana@exemple.fr")
    client.force_login(monde.ana)
    decider = f"/espace/dossiers/{dossier.reference}/gestes/decider/"
    tape = {"version": dossier.version, "nature": "accorde", "confirme": "lues"}
    assert client.post(decider, tape).status_code == 403
    session = client.session
    session["account_authentication_methods"] += [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    client.post("/compte/adresse/", {"courriel": "ana.neuve@exemple.fr"})
    envoyer()
    (lettre,) = [une for une in mailoutbox if une.to == ["ana.neuve@exemple.fr"]]
    lien = re.search(r"https?://[^/]+(/compte/adresse/\S+/)", str(lettre.body))
    assert lien is not None
    client.post(lien[1])
    monde.ana.refresh_from_db()
    assert monde.ana.courriel == "ana.neuve@exemple.fr"
    client.force_login(monde.ana)
    refus = client.post(decider, tape)
    assert refus.status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "autre",
    [
        {"naissance": date(1984, 5, 4)},
        {"nom": "Durand", "nom_de_naissance": "Petit"},
        {"naissance": None, "naissance_annee": 1985},
        {"anonyme_le": timezone.now(), "nom": "", "prenom": "", "naissance": None},
    ],
)
def test_une_autre_personne_n_est_pas_la_meme(autre: dict[str, Any]) -> None:
    monde = construire()
    sien, dossier = depose(monde), depose(monde)
    ailleurs = {"candidat": monde.ana, "courriel": "", "nom": "Exemple"}
    Dossier.objects.filter(pk=sien.pk).update(**{**ailleurs, **autre})
    assert EXAMEN in cotes(Acteur(monde.ana), dossier)
    assert not Dossier.objects.filter(les_siens(Acteur(monde.ana)), pk=dossier.pk).exists()


def test_l_annee_seule_suffit_quand_on_ne_sait_pas_le_jour() -> None:
    monde = construire()
    sien, dossier = depose(monde), depose(monde)
    Dossier.objects.filter(pk=sien.pk).update(candidat=monde.ana, courriel="")
    for un, jour, annee in (
        (sien, None, 1984),
        (dossier, None, 1984),
        (sien, date(1984, 5, 3), None),
    ):
        Dossier.objects.filter(pk=un.pk).update(naissance=jour, naissance_annee=annee)
        relu = Dossier.objects.select_related("organisme").get(pk=dossier.pk)
        assert EXAMEN not in cotes(Acteur(monde.ana), relu)
        assert Dossier.objects.filter(les_siens(Acteur(monde.ana)), pk=dossier.pk).exists()


def test_un_compte_qui_n_a_jamais_change_d_adresse_n_est_celui_de_personne_d_autre() -> None:
    monde = construire()
    dossier = depose(monde)
    assert Acteur(monde.ana).identite.comptes == {monde.ana.pk}
    _changer_d_adresse(monde.lea, "lea.neuve@exemple.fr")
    assert EXAMEN in cotes(Acteur(monde.ana), dossier)
    assert Acteur(monde.ana).identite.adresses == {"ana@exemple.fr"}


def test_les_roles_d_un_compte_d_avant_ne_donnent_aucun_droit() -> None:
    """They tie, they do not open: another account of the same address keeps its doors to itself."""
    monde = construire()
    _changer_d_adresse(monde.alice, "alice.neuve@exemple.fr")
    seconde = personne("alice")
    donner_role(seconde, monde.branche, "administrateur")
    poser_application(seconde)
    acteur = Acteur(seconde)
    assert {un.organisation for un in acteur.liens} == {monde.organisme, monde.branche}
    assert acteur.organisations() == {monde.branche.pk}
    assert EXAMEN not in cotes(acteur, depose(monde))


def test_qui_a_quitte_l_organisme_avant_examine_ses_dossiers() -> None:
    monde = construire()
    tenue = donner_role(monde.ana, monde.organisme, "formateur")
    Appartenance.objects.filter(pk=tenue.pk).update(close_le=timezone.now())
    assert EXAMEN in cotes(Acteur(monde.ana), depose(monde))


def test_ensemble_non_plus_et_l_on_n_annule_pas_sa_decision() -> None:
    monde = construire()
    dossier, autre = propose(monde), propose(monde)
    trancher_tout(monde, dossier)
    Dossier.objects.filter(pk__in=(dossier.pk, autre.pk)).update(claire=True)
    _lier(monde, Dossier.objects.get(pk=dossier.pk), "cabinet")
    versions = {
        un.reference: un.version for un in Dossier.objects.filter(pk__in=(dossier.pk, autre.pk))
    }
    bilan = decisions.confirmer(Acteur(monde.ana), versions, ("lues",))
    assert bilan.confirmes == (autre.reference,)
    assert [(nom, "partie" in raison) for nom, raison in bilan.laisses] == [
        (dossier.reference, True)
    ]
    assert not Decision.objects.filter(dossier=dossier).exists()
    confirmation = decisions.confirmer(Acteur(monde.emma), versions).confirmation
    assert confirmation is not None
    with pytest.raises(GesteImpossible, match="qui vous concerne"):
        decisions.annuler_confirmation(confirmation, Acteur(monde.ana))
    decisions.annuler_confirmation(confirmation, Acteur(monde.emma))


def test_la_branche_lit_le_sien_comme_une_candidate(client: Client) -> None:
    monde = construire()
    dossier = Dossier.objects.get(pk=propose(monde).pk)
    adresse = f"/espace/dossiers/{dossier.reference}/"
    client.force_login(monde.ana)
    assert "Décider" in client.get(adresse).content.decode()
    _lier(monde, dossier, "candidat")
    page = client.get(adresse)
    assert page.status_code == 200
    assert "Décider" not in page.content.decode()
    assert page.context["proposition"] is None
    assert page.context["doublons"] == {"ouverts": [], "ailleurs": 0}
    refus = client.post(f"{adresse}gestes/decider/", {"version": dossier.version})
    assert refus.status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.PROPOSITION


def test_qui_examine_n_apprend_pas_sa_propre_decision_avant_les_autres(client: Client) -> None:
    monde = construire()
    dossier = Dossier.objects.get(pk=propose(monde).pk)
    _lier(monde, dossier, "candidat")
    autre = propose(monde)

    def lues() -> list[str]:
        client.force_login(monde.ana)
        pages = (f"{dossier.reference}/", "", *(f"?etat={etat}" for etat in Etat.values))
        reponses = [client.get(f"/espace/dossiers/{une}").content.decode() for une in pages]
        return [re.sub(r'name="(version|csrf\w+)" value="\w+"', "", une) for une in reponses]

    avant = lues()
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert lues() == avant
    decisions.decider(autre, Acteur(monde.emma), version=autre.version)
    assert lues() != avant, "that of somebody else is hers to read"
