"""Taking a withdrawn dossier back: who, until when, with its trace and its mails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.journal.chaine import verifier
from tests.dossiers.monde import depose, propose
from tests.matrice.objets import entrer

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


def _retire(dossier: Dossier, qui: Personne) -> Dossier:
    return services.retirer(dossier, Acteur(qui), version=dossier.version, motif="Une erreur.")


def test_ce_que_l_organisme_a_retire_redevient_un_brouillon_et_se_depose_de_nouveau(
    monde: Monde,
) -> None:
    dossier = _retire(propose(monde), monde.alice)
    page = entrer(monde.alice).get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Il peut être rétabli jusqu’au" in page
    Message.objects.all().delete()
    dossier = services.retablir(dossier, Acteur(monde.alice), version=dossier.version, motif="Si.")
    assert (dossier.etat, dossier.clos_le, dossier.depose_le) == (Etat.BROUILLON, None, None)
    assert dossier.pieces.exists(), "ses pièces sont là"
    assert {
        (un.destinataire, un.sujet.partition(":")[2].strip())
        for un in Message.objects.order_by("pk")
    } == {
        ("lea@exemple.fr", "rétabli"),
        ("alice@exemple.fr", "rétabli, à déposer de nouveau"),
    }
    moment = recit(FLUX, dossier, interne=False)[0]
    assert (moment.mot, moment.motif) == ("Dossier rétabli", "Si.")
    client = entrer(monde.emma)
    assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 404, (
        "plus à la branche"
    )
    dossier = services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
    assert verifier() is None


def test_ce_que_la_personne_a_retire_elle_seule_le_retablit(monde: Monde) -> None:
    dossier = _retire(depose(monde), monde.lea)
    with pytest.raises(GesteImpossible, match="elle seule peut le rétablir"):
        services.retablir(dossier, Acteur(monde.alice), version=dossier.version)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (
        services.retablir(dossier, Acteur(monde.lea), version=dossier.version).etat
        == Etat.BROUILLON
    )


@pytest.mark.parametrize(("jours", "encore"), [(29, True), (31, False)])
def test_on_a_trente_jours(monde: Monde, jours: int, encore: bool) -> None:
    dossier = _retire(depose(monde), monde.alice)
    avant = timezone.localtime() - timedelta(days=jours)
    Dossier.objects.filter(pk=dossier.pk).update(clos_le=avant, depose_le=avant, cree_le=avant)
    dossier = Dossier.objects.get(pk=dossier.pk)
    if encore:
        services.retablir(dossier, Acteur(monde.alice), version=dossier.version)
        return
    page = entrer(monde.alice).get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert "Il peut être rétabli" not in page
    with pytest.raises(GesteImpossible, match="ouvrez-en un nouveau"):
        services.retablir(dossier, Acteur(monde.alice), version=dossier.version)
