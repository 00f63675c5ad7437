"""What is due is said in the mail of the day until it is done, and no longer once it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.models import Personne
from binome.contrats_d_aide.rappels import palier, rappeler
from binome.courrier.models import Avis
from tests.contrats_d_aide.cabinets import Cabinets, deux_medecins

if TYPE_CHECKING:
    from pytest_django import Settings

    from binome.contrats_d_aide.models import Contrat

pytestmark = pytest.mark.django_db
LE: date = date(2026, 9, 1)
"""The last working day before that of the qualification, 2 September 2026, a Wednesday, and two years after the signature."""


@pytest.fixture
def ici(settings: Settings) -> Cabinets:
    """Two doctors and their caisse, on a day that tests move."""
    settings.DEMONSTRATION = True
    return deux_medecins()


def le(monkeypatch: pytest.MonkeyPatch, jour: date) -> list[str]:
    """What is noted for the practice on a day, and was not before."""
    deja = set(Avis.objects.values_list("pk", flat=True))
    monkeypatch.setattr(timezone, "localdate", lambda *_: jour)
    rappeler()
    monkeypatch.undo()
    neufs = Avis.objects.exclude(pk__in=deja).order_by("pk")
    return [f"{un.destinataire.split('@')[0]} : {un.texte}" for un in neufs]


def en_formation(ici: Cabinets) -> Contrat:
    """A contract whose only person follows the CQP; nothing else is due soon."""
    contrat = ici.en_cours()
    contrat.horloges.filter(code="fae").delete()
    return contrat


@pytest.mark.parametrize(
    ("reste", "attendu"),
    [(31, ""), (30, "30"), (8, "30"), (7, "7"), (1, "7"), (0, "0"), (-1, "retard-0"), (-13, "retard-0"), (-14, "retard-1"), (-28, "retard-2")],
)  # fmt: skip
def test_un_mois_une_semaine_le_jour_puis_tous_les_quinze_jours(reste: int, attendu: str) -> None:
    assert palier(LE + timedelta(days=reste), LE) == attendu


def test_une_echeance_se_rappelle_jusqu_a_ce_qu_elle_soit_faite(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    contrat = en_formation(ici)
    jour = contrat.horloges.get(code="qualification").jour
    assert jour == date(2026, 9, 2)
    assert not le(monkeypatch, jour - timedelta(days=31))
    (premier,) = le(monkeypatch, jour - timedelta(days=30))
    assert "Obtenir le CQP, contrat de Un Essai" in premier
    assert "à faire pour le 2 septembre 2026" in premier
    assert not le(monkeypatch, jour - timedelta(days=29))
    assert len(le(monkeypatch, jour - timedelta(days=6))) == 1
    assert len(le(monkeypatch, jour)) == 1
    (retard,) = le(monkeypatch, jour + timedelta(days=1))
    assert "ce n’est pas noté comme fait" in retard
    assert not le(monkeypatch, jour + timedelta(days=13))
    assert len(le(monkeypatch, jour + timedelta(days=14))) == 1
    poste = contrat.postes.get(genre="assistant")
    ici.geste(contrat, "noter", nature="qualification", poste=poste, du=date(2026, 9, 10))
    assert not le(monkeypatch, jour + timedelta(days=28))


def test_ce_qui_est_fait_avant_le_courriel_n_y_est_plus(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    contrat = en_formation(ici)
    assert le(monkeypatch, date(2026, 8, 10))
    poste = contrat.postes.get(genre="assistant")
    ici.geste(contrat, "noter", nature="qualification", poste=poste, du=date(2026, 8, 10))
    le(monkeypatch, date(2026, 8, 11))
    assert not Avis.objects.filter(genre="contrat", caduc_le=None).exists()


def test_un_jour_qui_bouge_se_dit_de_nouveau(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    contrat = en_formation(ici)
    assert le(monkeypatch, date(2026, 8, 10))
    contrat.horloges.filter(code="qualification").update(jour=date(2026, 8, 31))
    (dit,) = le(monkeypatch, date(2026, 8, 10))
    assert "31 août 2026" in dit
    assert Avis.objects.filter(genre="contrat", caduc_le=None).count() == 1


def test_la_caisse_et_qui_est_parti_ne_recoivent_rien(
    ici: Cabinets, monkeypatch: pytest.MonkeyPatch
) -> None:
    en_formation(ici)
    (dit,) = le(monkeypatch, date(2026, 8, 10))
    assert dit.startswith("emma-cabinet")
    Personne.objects.filter(pk=ici.emma.personne.pk).update(is_active=False)
    assert not le(monkeypatch, date(2026, 9, 2))


def test_un_anniversaire_ne_se_rappelle_pas(ici: Cabinets, monkeypatch: pytest.MonkeyPatch) -> None:
    ici.signe()
    assert not le(monkeypatch, date(2025, 8, 20))
    assert not le(monkeypatch, date(2025, 10, 1))
