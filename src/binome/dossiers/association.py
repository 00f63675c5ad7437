"""Tying the employer to a dossier: their practice then follows it, without its diplomas and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from binome.comptes.services import Impossible, cabinet_de
from binome.dossiers.passage import GesteImpossible, passer
from binome.journal.lignes import lignes

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.journal.lignes import Ligne


@transaction.atomic
def associer(
    dossier: Dossier, acteur: Acteur, *, version: int, identifiant: str, courriel: str
) -> Dossier:
    """Ties the practice of a SIRET or RPPS, whose employer is invited when nobody holds it yet.

    Raises GesteImpossible, Depasse.
    """
    avant = dossier.employeur_identifiant

    def ensuite() -> tuple[Ligne, ...]:
        cabinet = cabinet_de(
            identifiant,
            dossier.employeur,
            courriel,
            acteur,
            parrain=dossier.organisme,
            exemple=dossier.exemple,
        )
        dossier.cabinet = cabinet
        dossier.save(update_fields=["cabinet"])
        return lignes([dossier], "cabinet")

    # The state first: who may not do this learns nothing of the practice.
    try:
        return passer(
            dossier,
            "associer",
            acteur,
            version=version,
            change={"employeur_identifiant": identifiant},
            prive={}
            if avant == identifiant
            else {"employeur_identifiant": {"avant": avant, "apres": identifiant}},
            ensuite=ensuite,
        )
    except Impossible as impossible:
        raise GesteImpossible(str(impossible)) from None
