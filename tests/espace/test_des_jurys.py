"""What waits for who organises juries is on their first page, each count leading to its list; nothing waits once it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.espace.des_jurys import des_jurys
from binome.jurys.etats import IssueDeBloc
from binome.jurys.models import DecisionDeBloc, MembreDeJury
from binome.titres.delivrance import delivrer
from tests.jurys.vie import membre, preparer_le_jury, regles_d_essai
from tests.matrice.objets import entrer
from tests.site.lecture import Page
from tests.titres.monde import certifiable, en_jury

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.sqlite


def _attendus(personne: Personne) -> dict[str, int]:
    return {un.titre: un.nombre for un in des_jurys(Acteur(personne))}


def test_un_jury_a_preparer_se_lit_des_l_accueil(monde: Monde) -> None:
    assert not _attendus(monde.ana)
    preparer_le_jury(monde)
    assert _attendus(monde.ana) == {"Jury en préparation": 1}
    page = Page(entrer(monde.ana).get("/espace/").content.decode())
    assert "Jurys et certificats" in page.texte
    assert "Qui siège et qui est présenté, puis la convocation." in page.texte
    assert not _attendus(monde.emma), "qui examine n’organise pas les jurys"
    assert not _attendus(monde.alice)


def test_un_parchemin_delivre_ne_reste_pas_a_delivrer(monde: Monde) -> None:
    parcours = certifiable(monde)
    assert _attendus(monde.ana) == {"Parchemin à délivrer": 1}
    delivrer(parcours, en_jury(monde))
    assert _attendus(monde.ana) == {"État civil à compléter": 1}


def test_qui_est_ajourne_n_attend_pas_de_parchemin(monde: Monde) -> None:
    certifiable(monde)
    lu = entrer(monde.ana)
    assert "pas encore de parchemin" in lu.get("/espace/titres/").content.decode()
    DecisionDeBloc.objects.filter(bloc=3).update(
        issue=IssueDeBloc.AJOURNE, raison="Une situation manque."
    )
    assert not _attendus(monde.ana)
    assert "pas encore de parchemin" not in lu.get("/espace/titres/").content.decode()


def test_qui_siege_trouve_ses_jours_libres_a_l_accueil(monde: Monde) -> None:
    assert "mes-liens" not in entrer(monde.bob).get("/espace/").content.decode()
    regles_d_essai(monde)
    sien = membre(monde, "Bob", courriel=monde.bob.courriel)
    MembreDeJury.objects.filter(pk=sien.pk).update(jours=["2020-01-06"])
    page = entrer(monde.bob).get("/espace/").content.decode()
    assert "ne sait pas quand vous êtes libre" in page
    assert "/espace/jurys/mes-liens/" in page
    demain = timezone.localdate() + timedelta(days=1)
    MembreDeJury.objects.filter(pk=sien.pk).update(jours=["2020-01-06", demain.isoformat()])
    assert "1 jour libre à venir" in entrer(monde.bob).get("/espace/").content.decode()
