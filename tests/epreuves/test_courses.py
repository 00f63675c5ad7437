"""Two at the same instant, each on a connection of its own: one wins, nothing is twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from binome.epreuves.etats import EtatDeGrille, EtatDePassation, Verdict
from binome.epreuves.models import Grille, Passation
from binome.epreuves.planifier import nouvelle_tentative, planifier
from binome.gestes.refus import GesteImpossible
from tests.dossiers.monde import construire
from tests.epreuves.monde import Examen, examen, grille, prevue, rendre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import Settings

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def un(settings: Settings, tmp_path: Path) -> Examen:
    settings.MEDIA_ROOT = tmp_path
    return examen(construire())


def ensemble(*gestes: Callable[[], Any]) -> list[Any]:
    """Does them at the same instant; what each gave, or the refusal that it met."""
    depart, rendus = threading.Barrier(len(gestes)), []

    def faire(geste: Callable[[], Any]) -> None:
        depart.wait()
        try:
            rendus.append(geste())
        except GesteImpossible as impossible:
            rendus.append(str(impossible))
        finally:
            connection.close()

    fils = [threading.Thread(target=faire, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


def test_deux_qui_prevoient_en_meme_temps_ne_prevoient_qu_une_fois(un: Examen) -> None:
    bilans = ensemble(*[lambda: planifier(un.session, [un.creneau], un.alice)] * 2)
    assert sorted(len(bilan.prevues) for bilan in bilans) == [0, 1]
    assert Passation.objects.count() == 1


def test_deux_tentatives_ouvertes_en_meme_temps_n_en_font_qu_une(un: Examen) -> None:
    ensemble(*[lambda: nouvelle_tentative(un.parcours, "B1E1", un.alice)] * 2)
    assert [une.tentative for une in Passation.objects.all()] == [1]


def test_la_meme_grille_envoyee_quatre_fois_en_meme_temps_en_fait_une(un: Examen) -> None:
    passation = prevue(un)
    envoi = grille(passation)
    rendues = ensemble(*[lambda: rendre(un.bob, envoi)[0].issue] * 4)
    assert sorted(rendues) == ["deja_recue"] * 3 + ["recue"]
    assert Grille.objects.count() == 1


def test_deux_appareils_en_meme_temps_laissent_un_choix(un: Examen) -> None:
    passation = prevue(un)
    ensemble(
        lambda: rendre(un.bob, grille(passation)),
        lambda: rendre(un.bob, grille(passation, Verdict.NON_ACQUIS)),
    )
    assert set(Grille.objects.values_list("etat", flat=True)) == {
        EtatDeGrille.EN_VIGUEUR,
        EtatDeGrille.A_CHOISIR,
    }
    assert Passation.objects.get().etat == EtatDePassation.PASSEE
