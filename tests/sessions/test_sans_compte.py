"""A trainer of the file teaches before they have an account: named, invited once published, and theirs once it is open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from binome.comptes.acteur import Acteur
from binome.comptes.models import Invitation
from binome.comptes.services import accepter, donner_role
from binome.courrier.models import Message
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.reseau.flows import FORMATEURS
from binome.reseau.models import Formateur
from binome.reseau.registre import effacer
from binome.sessions.conflits import conflits
from binome.sessions.flows import CRENEAUX, SESSIONS
from binome.sessions.formulaires import FormulaireDeSession
from binome.sessions.models import Creneau
from binome.sessions.preparation import preparer
from binome.sessions.programme import referentiel_de
from binome.sessions.serie import SerieDeCreneaux, accomplir, choisis
from tests.dossiers.monde import personne
from tests.reseau.vie import un_formateur, un_site
from tests.sessions.vie import preparee, publier
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from django.test import Client

    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde

ZOE = "zoe@exemple.fr"


@remembre
def confiee(monde: Monde, courriel: str = ZOE) -> Session:
    """A session whose every slot is Zoé's, who is in the file and has no account."""
    fiche = un_formateur(monde, courriel=courriel)
    session = preparee(monde)
    serie = SerieDeCreneaux("changer", formateur=f"f{fiche.pk}")
    vus = {un.pk: un.version for un in choisis(session, serie)}
    assert len(accomplir(session, serie, Acteur(monde.alice), vus).passent) == len(vus)
    return session


def test_une_fiche_sans_compte_prend_tous_les_creneaux(monde: Monde, client: Client) -> None:
    session = confiee(monde)
    assert {un.enseigne for un in session.creneaux.all()} == {"Zoé Zylberstéin"}
    assert not Invitation.objects.filter(courriel=ZOE).exists()
    client.force_login(monde.alice)
    page = client.get(f"/espace/sessions/{session.pk}/").content.decode()
    assert "Zoé Zylberstéin doit encore ouvrir son compte" in page
    assert "Une invitation part quand la session est publiée" in page
    assert "sans personne pour enseigner" not in page
    creneau = session.creneaux.all()[0]
    page = client.get(f"/espace/sessions/creneaux/{creneau.uid}/").content.decode()
    assert "(pas encore de compte)</option>" in page
    assert f'value="f{creneau.fiche_id}" selected' in page


def test_on_la_choisit_des_la_preparation(monde: Monde) -> None:
    fiche = un_formateur(monde, courriel=ZOE)
    referentiel = referentiel_de("assistant-medical", "rncp40913")
    assert referentiel is not None
    regles: dict[str, Any] = {
        "acteur": Acteur(monde.alice),
        "certification": "assistant-medical",
    }
    site = un_site(monde)
    saisi = {
        "site": str(site.pk), "debut": "2027-01-11", "jours": ["1"], "matin_de": "09:00", "matin_a": "12:30", "capacite": "2",
        "modalite": "sur_place", "bloc_1": "3", "formateur": f"f{fiche.pk}",
    }  # fmt: skip
    form = FormulaireDeSession(saisi, referentiel=referentiel, **regles)
    assert form.is_valid(), form.errors
    session = preparer(form.demande(), Acteur(monde.alice))
    assert set(session.creneaux.values_list("fiche", flat=True)) == {fiche.pk}
    form = FormulaireDeSession({**saisi, "formateur": "f0"}, referentiel=referentiel, **regles)
    assert "Choisissez une personne de la liste." in form.errors["formateur"]


def test_publier_invite_une_fois_et_le_compte_ouvert_prend_les_creneaux(
    monde: Monde, client: Client
) -> None:
    session = confiee(monde)
    donnees = {"sans_convention": "oui"}
    passage = faire(SESSIONS, "publier", session, Acteur(monde.alice), version=1, donnees=donnees)
    assert "Une invitation part à Zoé Zylberstéin, pour ouvrir son compte." in passage.nouvelles
    invitation = Invitation.objects.get(courriel=ZOE)
    assert (invitation.organisation, invitation.role) == (monde.organisme, "formateur")
    client.force_login(monde.alice)
    page = client.get(f"/espace/sessions/{session.pk}/").content.decode()
    assert "Son invitation est partie" in page
    lettre = Message.objects.get(destinataire=ZOE)
    jeton = re.search(r"/invitation/([^/]+)/", lettre.texte)
    assert jeton is not None
    zoe = personne("zoe")
    accepter(jeton[1], zoe)
    assert set(session.creneaux.values_list("formateur", flat=True)) == {zoe.pk}
    assert not session.creneaux.filter(fiche__isnull=False).exists()
    assert Formateur.objects.get().compte == zoe
    page = client.get(f"/espace/sessions/{session.pk}/").content.decode()
    assert "doit encore ouvrir" not in page
    assert not list(differences())
    assert verifier() is None


def test_sans_adresse_c_est_dit_et_rien_ne_part(monde: Monde, client: Client) -> None:
    session = confiee(monde, "")
    donnees = {"sans_convention": "oui"}
    passage = faire(SESSIONS, "publier", session, Acteur(monde.alice), version=1, donnees=donnees)
    assert any("ni d’adresse dans sa fiche" in dit for dit in passage.sans_nouvelles)
    assert not Invitation.objects.exists()
    client.force_login(monde.alice)
    page = client.get(f"/espace/sessions/{session.pk}/").content.decode()
    assert f"/espace/suivis/formateurs/{Formateur.objects.get().pk}/" in page


def test_un_compte_deja_la_prend_ses_creneaux_sans_invitation(monde: Monde) -> None:
    session = confiee(monde)
    zoe = personne("zoe")
    donner_role(zoe, monde.organisme, "formateur")
    publier(session, monde)
    assert not Invitation.objects.filter(courriel=ZOE).exists()
    assert set(session.creneaux.values_list("formateur", flat=True)) == {zoe.pk}


def test_l_organisme_rattache_le_compte_a_la_main(monde: Monde) -> None:
    session = confiee(monde)
    fiche = Formateur.objects.get()
    donnees = {"compte": monde.bob}
    faire(
        FORMATEURS, "corriger", fiche, Acteur(monde.alice), version=fiche.version, donnees=donnees
    )
    assert set(session.creneaux.values_list("formateur", flat=True)) == {monde.bob.pk}


def test_personne_ne_contresigne_a_sa_place(monde: Monde) -> None:
    session = confiee(monde)
    publier(session, monde)
    creneau = Creneau.objects.select_related("session__site").filter(session=session)[0]
    for qui in (monde.alice, monde.bob):
        with pytest.raises(GesteImpossible):
            faire(CRENEAUX, "geler", creneau, Acteur(qui), version=creneau.version)


@pytest.mark.postgresql
def test_un_creneau_n_a_pas_deux_personnes_pour_enseigner(monde: Monde) -> None:
    session = confiee(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        session.creneaux.update(formateur=monde.bob)


def test_la_fiche_d_un_autre_organisme_ou_partie_ne_se_choisit_pas(monde: Monde) -> None:
    session = preparee(monde)
    fiche = un_formateur(monde)
    Formateur.objects.filter(pk=fiche.pk).update(organisme=monde.autre)
    creneau = session.creneaux.all()[0]
    for code in (f"f{fiche.pk}", "f999", "zoé"):
        donnees = {"formateur": code, "modalite": creneau.modalite}
        with pytest.raises(GesteImpossible, match="Choisissez une personne|n’est pas, ou plus"):
            faire(
                CRENEAUX, "changer", creneau, Acteur(monde.alice), version=creneau.version, donnees=donnees
            )  # fmt: skip


def test_deux_sessions_a_la_meme_heure_se_voient(monde: Monde) -> None:
    premiere = confiee(monde)
    seconde = preparee(monde)
    fiche = Formateur.objects.get()
    Creneau.objects.filter(session=seconde).update(formateur=None, fiche=fiche, salle="")
    assert "Zoé Zylberstéin enseigne déjà" in conflits(premiere)[0].phrase


def test_son_nom_efface_emporte_son_adresse(monde: Monde) -> None:
    confiee(monde)
    effacer(list(Formateur.objects.all()), auteur="systeme")
    fiche = Formateur.objects.get()
    assert (fiche.courriel, str(fiche)) == ("", "nom effacé")
    assert Creneau.objects.filter(fiche=fiche).exists()
    assert not list(differences())
