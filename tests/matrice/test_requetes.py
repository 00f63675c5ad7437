"""No page asks the database for one line after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from zeal import NPlusOneError, zeal_context

from binome.dossiers.models import Dossier
from tests.dossiers import monde as gens
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import MEMBRES, lire

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

_, LIGNES = lire()
LUES = [une for une in LIGNES if une.methode == "GET" and une.adresse.startswith(MEMBRES)]


pytestmark = pytest.mark.sqlite


def test_le_guet_voit_vraiment_une_requete_par_ligne(monde: Monde) -> None:
    for _ in range(3):
        gens.brouillon(monde)
    with pytest.raises(NPlusOneError), zeal_context():
        [str(un.organisme) for un in Dossier.objects.all()]


@pytest.mark.parametrize("une_sur", [4, pytest.param(1, marks=pytest.mark.long(5))])
def test_aucune_page_ne_demande_ligne_apres_ligne(monde: Monde, une_sur: int) -> None:
    for _ in range(3):
        gens.brouillon(monde)
        gens.propose(monde)
    objets = preparer(monde)
    fautes = []
    for rang, role in enumerate(("gestionnaire", "examinateur", "candidat", "employeur")):
        client = entrer(objets.qui[role])
        client.raise_request_exception = True
        temoin = dict(client.cookies)
        for une in LUES[rang % une_sur :: une_sur]:
            client.cookies.update(temoin)
            try:
                with transaction.atomic(), zeal_context():
                    reponse = client.get(objets.chemin(une.adresse))
                    if reponse.streaming:
                        b"".join(reponse)
                    transaction.set_rollback(True)
            except Exception as erreur:
                fautes.append(f"{une} pour {role} : {type(erreur).__name__} {erreur}")
    assert not fautes, "\n".join(fautes)
