"""The day before which a dossier is to be completed: to come, and within the year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.dossiers.monde import depose
from tests.dossiers.navigation import adresse, envoyer

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


@pytest.mark.parametrize(
    ("avant", "dit"),
    [
        ("9999-12-31", "Donnez un jour qui existe"),
        ("31/12/1899", "Donnez un jour qui existe"),
        (367, "dans l’année qui vient"),
        (0, "un jour à venir"),
    ],
)
def test_le_jour_d_une_demande_est_a_venir_et_dans_l_annee(
    client: Client, monde: Monde, avant: str | int, dit: str
) -> None:
    dossier = depose(monde)
    geste = adresse(dossier, "gestes/demander/")
    aujourd_hui = timezone.localdate()
    tape = avant if isinstance(avant, str) else aujourd_hui + timedelta(days=avant)
    refus = envoyer(
        client, monde.emma, geste, 422, version=dossier.version, motif="Le titre.", avant=str(tape)
    )
    assert dit in refus.content.decode()
    juste = aujourd_hui + timedelta(days=366)
    envoyer(client, monde.emma, geste, version=dossier.version, motif="Le titre.", avant=str(juste))
    dossier.refresh_from_db()
    assert dossier.echeance == juste
