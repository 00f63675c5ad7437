"""The home page of who teaches and of who follows: the day's slots, the next one, the hours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.espace.formation import du_formateur, du_stagiaire
from binome.gestes.services import naitre
from binome.parcours.models import Parcours
from binome.presences.models import Signature
from binome.sessions.etats import EtatDeSession
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.models import Creneau, Inscription, Session
from tests.dossiers.navigation import page
from tests.heures import heure_dite
from tests.parcours.test_parcours import ouvert
from tests.presences.vie import un_creneau, une_session

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from tests.dossiers.monde import Monde


@pytest.fixture
def creneau(monde: Monde) -> Creneau:
    """A slot that begins now, taught by Bob, that Léa follows, in a published session."""
    parcours = ouvert(monde)
    session = une_session(monde)
    Session.objects.filter(pk=session.pk).update(etat=EtatDeSession.PUBLIEE)
    session.refresh_from_db()
    inscription = Inscription(
        session=session, parcours=parcours, blocs=[1], inscrite_le=timezone.now()
    )
    naitre(INSCRIPTIONS, "inscrire", [inscription], Acteur(monde.alice))
    creneau = un_creneau(monde, session)
    Creneau.objects.filter(pk=creneau.pk).update(formateur=monde.bob)
    return Creneau.objects.get(pk=creneau.pk)


def test_qui_enseigne_voit_d_abord_ses_creneaux_du_jour(
    client: Client, monde: Monde, creneau: Creneau
) -> None:
    dit = page(client, monde.bob, "/espace/")
    assert "Vos créneaux aujourd’hui" in dit
    assert f"/espace/creneaux/{creneau.uid}/presences/" in dit
    assert "À contresigner" not in dit
    assert dit.index("Vos créneaux aujourd’hui") < dit.index("Pour votre organisme")


def test_un_creneau_fini_attend_qui_l_a_enseigne_et_le_prochain_se_dit(
    monde: Monde, creneau: Creneau
) -> None:
    dans_trois_jours = timezone.localtime() + timedelta(days=3)
    du_jour = du_formateur(Acteur(monde.bob), dans_trois_jours)
    assert du_jour is not None
    assert [un.creneau for un in du_jour.a_contresigner] == [creneau]
    assert (list(du_jour.aujourd_hui), du_jour.prochain, du_jour.reste) == ([], None, 0)
    avant = du_formateur(Acteur(monde.bob), timezone.localtime() - timedelta(days=3))
    assert avant is not None
    assert avant.prochain is not None
    assert (avant.prochain.creneau, list(avant.a_contresigner)) == (creneau, [])


def test_un_creneau_qui_passe_minuit_est_encore_d_aujourd_hui(
    monde: Monde, creneau: Creneau
) -> None:
    minuit = timezone.localtime().replace(hour=0, minute=0) + timedelta(days=3)
    Creneau.objects.filter(pk=creneau.pk).update(
        debut=minuit - timedelta(hours=1), fin=minuit + timedelta(hours=2)
    )
    for heures, dit in ((1, True), (25, False)):
        du_jour = du_formateur(Acteur(monde.bob), minuit + timedelta(hours=heures))
        assert du_jour is not None
        assert bool(du_jour.aujourd_hui) is dit


def test_qui_n_enseigne_rien_n_a_pas_de_creneau(monde: Monde, creneau: Creneau) -> None:
    assert creneau.formateur_id == monde.bob.pk
    assert du_formateur(Acteur(monde.alice)) is None


def test_une_session_en_preparation_ne_se_dit_ni_a_l_un_ni_a_l_autre(
    monde: Monde, creneau: Creneau
) -> None:
    Session.objects.filter(pk=creneau.session_id).update(etat=EtatDeSession.PREPAREE)
    assert du_formateur(Acteur(monde.bob)) is None
    (suivi,) = du_stagiaire(Acteur(monde.lea))
    assert list(suivi.prochains) == []


def test_qui_suit_voit_son_prochain_creneau_et_ses_heures(
    client: Client, monde: Monde, creneau: Creneau
) -> None:
    assert "Créneau en cours" in page(client, monde.lea, "/espace/")
    demain = timezone.localtime() + timedelta(days=1)
    Creneau.objects.filter(pk=creneau.pk).update(debut=demain, fin=demain + timedelta(hours=3))
    dit = page(client, monde.lea, "/espace/")
    assert "Créneau en cours" not in dit
    assert "Prochain créneau" in dit
    assert "Information des patients sur les examens et les soins" in dit
    assert "déjà prouvées" in dit
    parcours = Parcours.objects.get(dossier__candidat=monde.lea)
    assert f"/espace/suivis/parcours/{parcours.pk}/" in dit
    assert "Signer ma présence" not in dit
    Creneau.objects.filter(pk=creneau.pk).update(etat="ouvert")
    assert "Signer ma présence" in page(client, monde.lea, "/espace/")


def test_qui_a_signe_le_lit_au_lieu_du_bouton(
    client: Client, monde: Monde, creneau: Creneau
) -> None:
    Creneau.objects.filter(pk=creneau.pk).update(etat="ouvert")
    premiere = creneau.debut + timedelta(minutes=4)
    for instant in (premiere, premiere + timedelta(minutes=9)):
        _signer(creneau, instant)
    ici = premiere.astimezone(creneau.session.site.fuseau)
    dit = page(client, monde.lea, "/espace/")
    assert "Signer ma présence" not in dit
    assert f"Vous avez signé à <strong>{heure_dite(ici)}" in dit.replace("\u202f", " ")


def test_une_signature_ecartee_laisse_signer(
    client: Client, monde: Monde, creneau: Creneau
) -> None:
    Creneau.objects.filter(pk=creneau.pk).update(etat="ouvert")
    _signer(creneau, creneau.debut, etat="ecartee")
    assert "Signer ma présence" in page(client, monde.lea, "/espace/")


def test_contresigne_avant_sa_fin_le_creneau_en_cours_reste(
    client: Client, monde: Monde, creneau: Creneau
) -> None:
    Creneau.objects.filter(pk=creneau.pk).update(
        etat="gele", gele_le=timezone.now(), debut=timezone.now() - timedelta(hours=1)
    )
    dit = page(client, monde.lea, "/espace/")
    assert "Créneau en cours" in dit
    assert "Le créneau est contresigné" in dit
    apres = du_stagiaire(Acteur(monde.lea), creneau.fin)
    assert [list(un.prochains) for un in apres] == [[]]


def _signer(creneau: Creneau, instant: datetime, **autres: str) -> None:
    Signature.objects.create(
        creneau=creneau, parcours=Parcours.objects.get(), moyen="code", signee_le=instant,
        recue_le=instant, appareil="", empreinte="", **autres,
    )  # fmt: skip


def test_sans_session_la_page_dit_a_qui_demander(client: Client, monde: Monde) -> None:
    ouvert(monde)
    dit = page(client, monde.lea, "/espace/")
    assert "Aucun créneau n’est prévu" in dit
    assert "Organisme A vous inscrit à une session" in dit
