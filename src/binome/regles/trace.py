"""The trace as JSON: each step with its rule, its window, what was required and what was found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import ajouter_mois
from binome.regles.conditions import Decale
from binome.regles.sources import documents

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.conditions import Attendu
    from binome.regles.decider import Conclusion, Constatation, Etape
    from binome.regles.faits import Dossier

VERSION: Final = 1
ISSUES: Final = {True: "oui", False: "non", None: "indetermine"}


def _brut(valeur: object) -> object:
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, frozenset):
        return sorted(valeur)
    return valeur


def _requis(attendu: Attendu, dossier: Dossier) -> object:
    """What was required: a bound as it is, or the moved date together with the fact it leans on."""
    if isinstance(attendu, tuple):
        return [_brut(borne) for borne in attendu]
    if isinstance(attendu, Decale):
        autre = dossier[attendu.fait]
        limite = ajouter_mois(autre, attendu.mois).isoformat() if isinstance(autre, date) else None
        return {"fait": attendu.fait, "plus_mois": attendu.mois, "date": limite}
    return _brut(attendu)


def _constatation(une: Constatation, dossier: Dossier) -> dict[str, Any]:
    return {
        "fait": une.atome.fait,
        "operateur": une.atome.operateur,
        "requis": _requis(une.atome.attendu, dossier),
        "constate": _brut(une.valeur),
        "issue": ISSUES[une.verite],
    }


def _etape(etape: Etape, dossier: Dossier) -> dict[str, Any]:
    regle = etape.regle
    return {
        "regle": regle.id,
        "table": regle.table,
        "du": _brut(regle.du),
        "au": _brut(regle.au),
        "statut": regle.statut,
        "issue": etape.issue,
        "constatations": [_constatation(une, dossier) for une in etape.constatations(dossier)],
        "sources": [str(citation) for citation in regle.sources],
    }


def en_json(conclusion: Conclusion, base: Base) -> dict[str, Any]:
    """The whole trace, versioned, with the hash of the base it was made under."""
    etapes = [_etape(etape, conclusion.dossier) for etape in conclusion.etapes]
    return {
        "version": VERSION,
        "base": base.empreinte,
        "etapes": etapes,
        "documents": documents(etapes, base.sources),
    }
