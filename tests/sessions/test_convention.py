"""Publishing without a convention is said by its day, and accepted; cancelling says why to whoever is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.reseau.conventions import CONVENTIONS
from binome.sessions.convention import hors_convention
from binome.sessions.etats import EtatDeSession
from binome.sessions.flows import SESSIONS
from binome.sessions.models import Creneau
from tests.presences.vie import un_site
from tests.reseau.vie import une_convention
from tests.sessions.vie import annuler, preparee, publier

if TYPE_CHECKING:
    from django.test import Client

    from binome.reseau.models import Convention
    from binome.sessions.models import Session
    from tests.dossiers.monde import Monde

AUCUNE = "Aucune convention avec la branche n’est en vigueur pour ce référentiel, et la session commence le 12 janvier 2027."


def jusqu_au(convention: Convention, au: date) -> None:
    """The same convention, whose last day is another one."""
    type(convention).objects.filter(pk=convention.pk).update(au=au)


def refusee(session: Session, monde: Monde, **donnees: str) -> str:
    with pytest.raises(GesteImpossible) as refus:
        faire(SESSIONS, "publier", session, Acteur(monde.alice), version=1, donnees=donnees)
    assert refus.value.champ == "sans_convention"
    return str(refus.value)


def test_sans_convention_la_session_le_dit_et_se_publie_quand_on_le_coche(
    monde: Monde, client: Client
) -> None:
    session = preparee(monde)
    assert refusee(session, monde).startswith(AUCUNE)
    assert refusee(session, monde, malgre="oui").startswith(AUCUNE)
    client.force_login(monde.alice)
    page = f"/espace/sessions/{session.pk}/"
    assert AUCUNE in client.get(page).content.decode()
    adresse = f"{page}gestes/publier/"
    assert client.post(adresse, {"version": "1"}).status_code == 422
    assert client.post(adresse, {"version": "1", "sans_convention": "oui"}).status_code == 302
    (mot, *_) = [un.mot for un in recit(SESSIONS, session, interne=True)]
    assert mot == "Session publiée, sans convention pour tous ses jours ou son site"


def test_sous_convention_rien_n_est_a_cocher(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    une_convention(monde)
    assert hors_convention(session) == []
    client.force_login(monde.alice)
    assert "sans_convention" not in client.get(f"/espace/sessions/{session.pk}/").content.decode()
    faire(SESSIONS, "publier", session, Acteur(monde.alice), version=1)
    assert recit(SESSIONS, session, interne=True)[0].mot == "Session publiée"


def test_une_convention_qui_finit_pendant_la_session_se_dit_par_son_jour(monde: Monde) -> None:
    session = preparee(monde)
    jusqu_au(une_convention(monde), date(2027, 1, 19))
    (dite,) = hors_convention(session)
    debut, fin = "La convention finit le 19 janvier 2027 : ", " après, dès le 20 janvier 2027."
    assert dite.startswith(debut)
    assert dite.endswith(fin)
    jours = {un.debut.date() for un in Creneau.objects.filter(session=session)}
    assert f"{sum(un > date(2027, 1, 19) for un in jours)} jours de la session sont" in dite


def test_le_dernier_jour_d_une_convention_est_compris(monde: Monde) -> None:
    session = preparee(monde)
    convention = une_convention(monde)
    dernier = Creneau.objects.filter(session=session).latest("debut").debut.date()
    jusqu_au(convention, dernier)
    assert hors_convention(session) == []
    jusqu_au(convention, date.fromordinal(dernier.toordinal() - 1))
    assert "un jour est après" in hors_convention(session)[0]


def test_une_convention_suspendue_ou_d_un_autre_site_se_dit(monde: Monde) -> None:
    session = preparee(monde)
    convention = une_convention(monde)
    session.site = un_site(monde, "Site du nord")
    assert hors_convention(session) == [
        "Le site Site du nord n’est pas dans la convention en vigueur le 12 janvier 2027."
    ]
    emma, motif = Acteur(monde.emma), {"motif": "À revoir."}
    faire(CONVENTIONS, "suspendre", convention, emma, version=convention.version, donnees=motif)
    assert hors_convention(session) == [
        "Votre convention avec la branche est suspendue, et la session commence le 12 janvier 2027."
    ]


def test_annuler_dit_pourquoi_a_qui_est_prevenu(monde: Monde, client: Client) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    publier(session, monde)
    for donnees, phrase in (
        ({"motif": "Trop peu."}, "Choisissez une raison"),
        ({"raison": "maladie", "motif": "Trop peu."}, "Choisissez une raison de la liste"),
        ({"raison": "effectif"}, "la liront dans leur courriel"),
    ):
        with pytest.raises(GesteImpossible, match=phrase):
            faire(SESSIONS, "annuler", session, alice, version=2, donnees=donnees)
    Message.objects.all().delete()
    annuler(session, monde, version=2)
    courriel = Message.objects.get(destinataire="bob@exemple.fr")
    assert "Pas assez de personnes inscrites." in courriel.texte
    assert "Le mot d’Organisme A" in courriel.texte.replace("\xa0", " ")
    assert "Trois personnes seulement." in courriel.texte
    moment = recit(SESSIONS, session, interne=True)[0]
    assert (moment.mot, moment.motif) == (
        "Session annulée : pas assez de personnes inscrites",
        "Trois personnes seulement.",
    )
    client.force_login(monde.alice)
    page = client.get(f"/espace/sessions/{session.pk}/").content.decode()
    assert "Trois personnes seulement." in page
    assert not list(differences())
    assert verifier() is None


def test_ce_qui_n_est_pas_publie_s_annule_sans_mot(monde: Monde, client: Client) -> None:
    session = preparee(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/gestes/annuler/"
    assert client.post(adresse, {"version": "1", "motif": "Un mot"}).status_code == 422
    assert client.post(adresse, {"version": "1", "raison": "erreur"}).status_code == 302
    session.refresh_from_db()
    assert session.etat == EtatDeSession.ANNULEE
