"""The made-up network has something in each state, and ends to come; nothing of it is on a real site."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.exemples.acces import MOT_DE_PASSE
from binome.exemples.monde import charger
from binome.exemples.reseau import CHAPITRE
from binome.journal.reconciliation import differences
from binome.reseau.annuaire import sous_convention
from binome.reseau.echeances import echeances_de
from binome.reseau.etats import EtatDAppel, EtatDeCandidature, EtatDeConvention
from binome.reseau.models import Appel, Candidature, Convention, SiteDeFormation

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_le_reseau_a_de_tout(client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    jour = timezone.localdate()
    scene = charger(60, graine=3, jour=jour, mot_de_passe=MOT_DE_PASSE, chapitres=(CHAPITRE,))
    assert set(Candidature.objects.values_list("etat", flat=True)) == set(EtatDeCandidature.values)
    assert set(Convention.objects.values_list("etat", flat=True)) == {
        EtatDeConvention.EN_COURS, EtatDeConvention.SUSPENDUE, EtatDeConvention.TERMINEE,
    }  # fmt: skip
    assert set(Appel.objects.values_list("etat", flat=True)) == {
        EtatDAppel.PREPARE,
        EtatDAppel.PUBLIE,
    }
    annonces = {fin.quoi for une in Convention.objects.all() for fin in echeances_de(une, jour)}
    assert annonces == {"convention", "qualiopi"}
    assert not SiteDeFormation.objects.filter(organisme__exemple=False).exists()
    assert len(sous_convention(jour)) == 3
    settings.DEMONSTRATION = False
    assert not sous_convention(jour)
    settings.DEMONSTRATION = True
    for role in ("gestionnaire", "formateur"):
        client.force_login(scene.personnes[role])
        assert client.get("/espace/reseau/").status_code == 200, role
    assert not list(differences())


@pytest.mark.long(5)
def test_un_autre_jour_et_une_autre_taille_s_ecrivent_aussi() -> None:
    jour = date(2026, 6, 1)
    charger(15_000, graine=3, jour=jour, mot_de_passe=MOT_DE_PASSE, chapitres=(CHAPITRE,))
    assert Convention.objects.count() == 29
    assert not list(differences())
