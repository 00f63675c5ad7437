"""The made-up world is whole or is not: chapters come after the people, and one that may not stops all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.comptes.models import Organisation, Personne
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.exemples.monde import charger

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

pytestmark = pytest.mark.django_db
ECRITS: list[tuple[str, int, bool]] = []


def libre() -> None:
    """Nothing stands in the way."""


def servi() -> None:
    raise DejaServie("Déjà là.")


def noter(scene: Scene, voulu: Voulu) -> None:
    ECRITS.append((scene.cabinet.nom, voulu.taille, Personne.objects.filter(exemple=True).exists()))


def tomber(_: Scene, __: Voulu) -> None:
    raise RuntimeError


def faire(*chapitres: Chapitre) -> None:
    charger(7, graine=1, jour=date(2026, 11, 25), mot_de_passe="x", chapitres=chapitres)


def test_un_chapitre_trouve_les_personnes_deja_la() -> None:
    ECRITS.clear()
    faire(Chapitre("un", libre, noter), Chapitre("deux", libre, noter))
    assert [(taille, peuple) for _, taille, peuple in ECRITS] == [(7, True), (7, True)]


def test_un_chapitre_qui_tombe_ne_laisse_rien() -> None:
    with pytest.raises(RuntimeError):
        faire(Chapitre("un", libre, noter), Chapitre("deux", libre, tomber))
    assert not Organisation.objects.filter(exemple=True).exists()


def test_ce_qui_est_deja_servi_arrete_avant_la_premiere_ligne() -> None:
    ECRITS.clear()
    with pytest.raises(DejaServie):
        faire(Chapitre("un", libre, noter), Chapitre("deux", servi, noter))
    assert ECRITS == []
    assert not Personne.objects.filter(exemple=True).exists()
