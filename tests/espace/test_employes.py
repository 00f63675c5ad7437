"""The home page of who employs: the days of the week to organise, the hours proven, those missed, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from binome.comptes.services import creer_organisation, donner_role
from binome.espace.employes import de_la_semaine, des_employes
from binome.parcours.models import Parcours
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.sessions.etats import EtatDeCreneau, EtatDeSession
from binome.sessions.models import Creneau, Session
from tests.dossiers.monde import personne, suivi_par
from tests.dossiers.navigation import page
from tests.parcours.test_parcours import geste, ouvert
from tests.presences.vie import suivre_un_creneau, un_creneau

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


@pytest.fixture
def paul(monde: Monde) -> Personne:
    """Who employs Léa, whose path is open and enrolled in a published session; a slot of it is counter-signed."""
    parcours = ouvert(monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    paul = personne("paul")
    donner_role(paul, cabinet, "employeur")
    suivi_par(parcours.dossier, cabinet)
    presence = suivre_un_creneau(monde)
    Presence.objects.filter(pk=presence.pk).update(
        etat=EtatDePresence.EN_VIGUEUR,
        nature=NatureDePresence.PRESENT,
        signee=True,
        minutes=180,
        retard=30,
    )
    Creneau.objects.filter(pk=presence.creneau_id).update(
        etat=EtatDeCreneau.GELE,
        gele_le=timezone.now(),
        debut=timezone.localtime() - timedelta(days=2),
        fin=timezone.localtime() - timedelta(days=2, hours=-4),
    )
    return paul


def a_venir(monde: Monde, jours: int) -> Creneau:
    """A slot of the same session, so many days from now."""
    creneau = un_creneau(monde, Session.objects.get())
    debut = timezone.localtime() + timedelta(days=jours)
    Creneau.objects.filter(pk=creneau.pk).update(debut=debut, fin=debut + timedelta(hours=3))
    creneau.refresh_from_db()
    return creneau


def en_mots(creneau: Creneau) -> str:
    ici = creneau.debut.astimezone(creneau.session.site.fuseau)
    return date_format(ici, "l j F")


def test_l_employeur_lit_les_jours_les_heures_et_les_absences(
    monde: Monde, paul: Personne, client: Client
) -> None:
    proche, loin = a_venir(monde, 3), a_venir(monde, 20)
    dit = page(client, paul, "/espace/")
    assert "En formation dans les sept jours" in dit
    assert f"{en_mots(proche).capitalize()} : Léa Exemple" in dit
    assert f"Prochains jours de formation :</strong> {en_mots(proche)}, {en_mots(loin)}." in dit
    assert "3 h</strong> prouvées sur 201 h hors épreuves, 30 min manquées" in dit
    assert "B1M1" not in dit


def test_chaque_page_compare_aux_memes_heures(monde: Monde, paul: Personne, client: Client) -> None:
    a_venir(monde, 3)
    Parcours.objects.update(formation=75 * 60, evaluations=4 * 60)
    (parcours,) = Parcours.objects.all()
    for qui in (paul, monde.lea):
        dit = page(client, qui, "/espace/")
        assert "sur 75 h hors épreuves" in dit
        assert "79 h" not in dit
    dit = page(client, monde.lea, f"/espace/suivis/parcours/{parcours.pk}/")
    assert "sur 75 h hors épreuves" in dit
    assert "79 h</strong> à suivre avec Organisme A, dont 4 h d’épreuves" in dit


def test_rien_n_est_dit_d_une_session_qui_n_est_pas_publiee(monde: Monde, paul: Personne) -> None:
    a_venir(monde, 3)
    (dossier,) = [un.dossier for un in Parcours.objects.select_related("dossier")]
    assert des_employes([dossier])[dossier.pk].jours
    Session.objects.update(etat=EtatDeSession.PREPAREE)
    assert des_employes([dossier])[dossier.pk].jours == []


def test_une_annulation_une_interruption_et_une_fin_se_lisent(
    monde: Monde, paul: Personne, client: Client
) -> None:
    creneau = a_venir(monde, 3)
    Creneau.objects.filter(pk=creneau.pk).update(etat=EtatDeCreneau.ANNULE)
    assert "Aucun jour de formation n’est prévu" in page(client, paul, "/espace/")
    parcours = Parcours.objects.get()
    du = timezone.localdate().isoformat()
    parcours = geste(monde, parcours, "interrompre", raison="absence", du=du)
    dit = page(client, paul, "/espace/")
    assert "Formation interrompue depuis le" in dit
    assert "absence longue" not in dit.lower()
    a_venir(monde, 4)
    dit = page(client, paul, "/espace/")
    assert "En formation dans les sept jours" not in dit
    geste(monde, parcours, "abandonner", raison="choix")
    dit = page(client, paul, "/espace/")
    assert "prouvées" not in dit
    assert "jours de formation" not in dit.partition("Vous voyez l’état")[0]


@pytest.mark.parametrize(
    ("change", "attendu"),
    [
        ({"retard": 20, "avance": 10, "minutes": 180}, "retard, 20 min ; départ avant la fin, 10 min"),
        ({"retard": 0, "nature": NatureDePresence.ABSENT, "minutes": 0, "signee": False}, "absence, 3 h 30"),
    ],
)  # fmt: skip
def test_une_absence_dit_comment_et_a_quel_moment(
    monde: Monde, paul: Personne, client: Client, change: dict[str, Any], attendu: str
) -> None:
    presence = Presence.objects.select_related("creneau__session__site").get()
    fuseau = presence.creneau.session.site.fuseau
    hier = presence.creneau.debut.astimezone(fuseau) - timedelta(days=1)
    debut = hier.replace(hour=14, minute=0)
    Creneau.objects.filter(pk=presence.creneau_id).update(
        debut=debut, fin=debut + timedelta(minutes=210)
    )
    Presence.objects.filter(pk=presence.pk).update(**change)
    dit = page(client, paul, "/espace/")
    assert f", après-midi : {attendu}" in dit


def test_le_nombre_de_requetes_ne_suit_pas_celui_des_personnes(
    monde: Monde, paul: Personne
) -> None:
    a_venir(monde, 3)
    premier = Parcours.objects.select_related("dossier").get().dossier
    comptes = []
    for dossiers in ([premier], [premier, ouvert(monde).dossier, ouvert(monde).dossier]):
        with CaptureQueriesContext(connection) as requetes:
            formations = des_employes(dossiers)
        comptes.append(len(requetes))
        assert len(formations) == len(dossiers)
    assert comptes[0] == comptes[1] <= 8


def test_la_semaine_s_arrete_au_septieme_jour(monde: Monde, paul: Personne) -> None:
    a_venir(monde, 3), a_venir(monde, 8)
    dossier = Parcours.objects.select_related("dossier").get().dossier
    formation = des_employes([dossier])[dossier.pk]
    assert len(formation.jours) == 2
    assert [jour for jour, _ in de_la_semaine([(dossier, formation)], timezone.localdate())] == formation.jours[:1]  # fmt: skip
