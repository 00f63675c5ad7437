"""The juries of the made-up world: one decided, under trial rules, with somebody adjourned; one of today waits to be held, one to come
has its seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.jurys.models import DecisionDeBloc, Jury, PlaceAuJury, Presentation, ProcesVerbal
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Titre
from tests.exemples.jeu import jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.mark.django_db
def test_un_jury_a_decide_et_un_autre_se_prepare(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    clos, du_jour, prepare, reporte = Jury.objects.order_by("jour", "heure")
    assert (clos.etat, du_jour.etat, prepare.etat) == ("clos", "convoque", "prepare")
    assert reporte.etat == "convoque"
    assert {une.version for une in PlaceAuJury.objects.filter(jury=reporte)} == {3}
    assert du_jour.jour == timezone.localdate()
    siegent = PlaceAuJury.objects.filter(jury=du_jour)
    assert siegent.count() == 6
    assert not PlaceAuJury.objects.filter(jury=clos, membre__in=siegent.values("membre")).exists()
    assert Presentation.objects.filter(jury=du_jour, etat="a_examiner").exists()
    assert clos.reglement is not None
    assert clos.reglement.essai
    assert ProcesVerbal.objects.get(jury=clos).dit["essai"]
    assert DecisionDeBloc.objects.filter(issue="ajourne").count() == 1
    assert Presentation.objects.filter(jury=clos, etat="decidee").count() >= 4
    assert Presentation.objects.filter(jury=prepare, etat="a_examiner").exists()
    assert PlaceAuJury.objects.filter(jury=prepare).count() >= 4


@pytest.mark.django_db
def test_une_adaptation_est_finie_et_attestee(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    titre = Titre.objects.filter(nature=NatureDeTitre.FAE).select_related("parcours").first()
    assert titre is not None
    assert titre.parcours.etat == "atteste"
    assert titre.contenu["minutes"] == titre.contenu["prevues"] > 0
