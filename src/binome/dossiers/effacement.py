"""Erasing who a dossier is about: what was decided stays, no name is left."""

from __future__ import annotations

from django.db import transaction

from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.gestes.auteur import Maison
from binome.gestes.services import faire


@transaction.atomic
def anonymiser(numero: int, *, auteur: str, motif: str) -> bool:
    """Erases the identity, the documents, the letters, the free texts and the key of the journal.

    The facts, what was proposed and what was decided stay, with the hash of their base. False when it
    was done already. Raises OSError when a file cannot be erased: nothing is then changed, and what was
    erased on the shelf is met again at the next try.
    """
    dossier = Dossier.objects.select_for_update().filter(pk=numero, anonyme_le__isnull=True).first()
    if dossier is None:
        return False
    donnees = {"raison": motif}
    faire(FLUX, "anonymiser", dossier, Maison(auteur), version=dossier.version, donnees=donnees)
    return True
