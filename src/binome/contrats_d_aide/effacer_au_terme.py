"""The job of the room's retention, and its erasures made again in a database that was restored."""

from __future__ import annotations

from binome.contrats_d_aide.effacement import LOT, au_terme, effacer_les_contrats
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.models import Contrat, Medecin


def effacer() -> int:
    """Erases what reached its term; how many contracts."""
    return effacer_les_contrats(CONTRATS, list(au_terme()[:LOT]))


def refaire_un_contrat(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:  # noqa: ARG001 - as every holder is called
    """Erases a contract again in a restored database; False when it was done, None when it is not there."""
    contrat = Contrat.objects.filter(pk=numero).first()
    if contrat is None or contrat.prepare_le.isoformat() != repere:
        return None
    if not contrat.recherche:
        return False
    return effacer_les_contrats(CONTRATS, [contrat], auteur=auteur) > 0


def refaire_un_medecin(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:  # noqa: ARG001 - the same
    """A doctor goes with the last of their contracts, erased before; False when they have no name left, None for anybody else."""
    return False if Medecin.objects.filter(pk=numero, nom="").exists() else None
