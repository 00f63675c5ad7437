"""Who reads a job as an employer: to the day, and never by what they left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.emplois.permissions import emplois_lus, employe, en_cours
from binome.emplois.services import (
    adherer,
    dire_l_emploi,
    finir,
    quitter,
    retirer,
    salarie_de,
)
from tests.dossiers.monde import personne

if TYPE_CHECKING:
    from binome.comptes.models import Organisation
    from tests.dossiers.monde import Monde
    from tests.emplois.conftest import Employeurs

QUI = "systeme"


def chez(organisation: Organisation, role: str = "") -> Acteur:
    qui = personne(f"{role or organisation.genre}-{organisation.pk}")
    donner_role(
        qui, organisation, role or {"cabinet": "employeur"}.get(organisation.genre, "groupement")
    )
    return Acteur(qui)


def test_chacun_lit_ses_emplois_et_pas_ceux_de_l_autre(
    monde: Monde, employeurs: Employeurs
) -> None:
    lea, bob = (salarie_de(une, auteur=QUI) for une in (monde.lea, monde.bob))
    ici = [dire_l_emploi(un, employeurs.cabinet, auteur=QUI) for un in (lea, bob)]
    ailleurs = dire_l_emploi(lea, employeurs.voisin, auteur=QUI)
    for acteur in (chez(employeurs.cabinet), chez(employeurs.cabinet, "tuteur")):
        assert employe(acteur)
        assert list(emplois_lus(acteur)) == ici
    assert list(emplois_lus(chez(employeurs.voisin))) == [ailleurs]
    assert not employe(Acteur(monde.alice))
    assert not emplois_lus(Acteur(monde.alice)).exists()


def test_un_emploi_se_lit_de_son_premier_a_son_dernier_jour(
    monde: Monde, employeurs: Employeurs
) -> None:
    jour = timezone.localdate()
    emploi = dire_l_emploi(
        salarie_de(monde.lea, auteur=QUI), employeurs.cabinet, auteur=QUI, du=jour
    )
    veille, demain = jour - timedelta(days=1), jour + timedelta(days=1)
    assert [en_cours(un).exists() for un in (veille, jour, demain)] == [False, True, True]
    finir(emploi, jour, auteur=QUI)
    assert [en_cours(un).exists() for un in (jour, demain)] == [True, False]


def test_ce_qui_est_retire_ne_se_lit_plus_le_jour_meme(
    monde: Monde, employeurs: Employeurs
) -> None:
    paul = chez(employeurs.cabinet)
    emploi = dire_l_emploi(salarie_de(monde.lea, auteur=QUI), employeurs.cabinet, auteur=QUI)
    assert emplois_lus(paul).exists()
    retirer(emploi, auteur=QUI)
    assert not emplois_lus(paul).exists()


def test_un_groupement_lit_ses_emplois_et_ceux_de_ses_membres_tant_qu_ils_le_sont(
    monde: Monde, employeurs: Employeurs
) -> None:
    jour = timezone.localdate()
    lea = salarie_de(monde.lea, auteur=QUI)
    du_membre = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI)
    dire_l_emploi(lea, employeurs.voisin, auteur=QUI)
    gaelle = chez(employeurs.groupement)
    assert not emplois_lus(gaelle).exists()
    du_groupement = dire_l_emploi(lea, employeurs.groupement, auteur=QUI)
    adhesion = adherer(
        employeurs.groupement, employeurs.cabinet, jour - timedelta(days=9), auteur=QUI
    )
    assert list(emplois_lus(gaelle).order_by("pk")) == [du_membre, du_groupement]
    # A member reads nothing of the group, nor of its other members.
    assert list(emplois_lus(chez(employeurs.cabinet))) == [du_membre]
    quitter(adhesion, jour - timedelta(days=1), auteur=QUI)
    assert list(emplois_lus(gaelle)) == [du_groupement]


def test_qui_choisit_une_organisation_ne_lit_que_par_elle(
    monde: Monde, employeurs: Employeurs
) -> None:
    lea = salarie_de(monde.lea, auteur=QUI)
    un, autre = (
        dire_l_emploi(lea, ou, auteur=QUI) for ou in (employeurs.cabinet, employeurs.voisin)
    )
    paul = chez(employeurs.cabinet).personne
    donner_role(paul, employeurs.voisin, "tuteur")
    assert list(emplois_lus(Acteur(paul)).order_by("pk")) == [un, autre]
    assert list(emplois_lus(Acteur(paul, ici=employeurs.voisin.pk))) == [autre]
