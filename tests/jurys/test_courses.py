"""Two people who decide at the same time: one wins, the other reads again. On real connections."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.jurys.flows import JURYS, PRESENTATIONS
from binome.jurys.models import DecisionDeBloc, Presentation, ProcesVerbal
from binome.jurys.services import preparer_un_jury, presenter
from tests.dossiers.monde import construire
from tests.jurys.vie import RELU, geste, ouvrir, preparer_le_jury, voter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.jurys.vie import VieDeJury

pytestmark = pytest.mark.postgresql


def _ensemble(taches: list[Callable[[], Any]]) -> list[Any]:
    """Runs them at the same time, each with a connection of its own; what each gave, or its error."""
    depart = Barrier(len(taches))
    rendus: list[Any] = [None] * len(taches)

    def courir(rang: int, tache: Callable[[], Any]) -> None:
        depart.wait()
        try:
            rendus[rang] = tache()
        except Exception as erreur:
            rendus[rang] = erreur
        finally:
            connection.close()

    fils = [Thread(target=courir, args=(rang, tache)) for rang, tache in enumerate(taches)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


@pytest.fixture
def vie(transactional_db: None, settings: Any, tmp_path: Any) -> VieDeJury:
    """A jury that sits, in a database where several connections write."""
    settings.MEDIA_ROOT = tmp_path
    return ouvrir(preparer_le_jury(construire()))


def test_de_deux_personnes_qui_decident_a_la_fois_une_gagne(vie: VieDeJury) -> None:
    vu = vie.presentation.version

    def decider(issue: str, pour: str, contre: str) -> Callable[[], Any]:
        def tache() -> Any:
            presentation = Presentation.objects.select_related(
                "jury__reglement", "jury__branche", "parcours__dossier"
            ).get(pk=vie.presentation.pk)
            donnees = {
                "bloc": "1",
                "issue": issue,
                "pour": pour,
                "contre": contre,
                "raison": "Vu ensemble.",
            }
            return faire(
                PRESENTATIONS, "decider", presentation, vie.ana, version=vu, donnees=donnees
            )

        return tache

    rendus = _ensemble([decider("valide", "4", "0"), decider("ajourne", "0", "4")])
    refus = [un for un in rendus if isinstance(un, Exception)]
    assert len(refus) == 1, rendus
    assert isinstance(refus[0], Depasse | OperationalError), refus
    assert DecisionDeBloc.objects.filter(etat="vigueur").count() == 1


def test_un_jury_se_clot_une_fois_et_n_a_qu_un_proces_verbal(vie: VieDeJury) -> None:
    for bloc in (1, 2, 3, 4):
        voter(vie, bloc, raison=RELU)
    jury = vie.relire().jury
    rendus = _ensemble([lambda: geste(JURYS, "clore", vie.relire().jury, vie.ana)] * 2)
    assert sum(not isinstance(un, Exception) for un in rendus) == 1, rendus
    assert ProcesVerbal.objects.filter(jury=jury).count() == 1


def test_une_personne_n_est_presentee_qu_a_un_jury_a_la_fois(vie: VieDeJury) -> None:
    geste(PRESENTATIONS, "retirer", vie.presentation, vie.ana)
    jurys = [
        preparer_un_jury(vie.ana, vie.monde.branche, {"jour": vie.jury.jour}) for _ in range(2)
    ]
    rendus = _ensemble([lambda j=j: presenter(vie.ana, j, vie.parcours) for j in jurys])  # type: ignore[misc] # each its own
    refus = [un for un in rendus if isinstance(un, Exception)]
    assert len(refus) == 1, rendus
    assert isinstance(refus[0], GesteImpossible | IntegrityError | OperationalError)
    assert Presentation.objects.exclude(etat="retiree").count() == 1
