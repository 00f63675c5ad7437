"""What the rule base answers of a contract: its facts read strictly, its version, its years, frozen with the base's hash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.contrat_d_aide import (
    ContratDAide,
    base_du_contrat,
    contrat_d_aide,
    manquants_des_annees,
)
from binome.contrats_d_aide.etats import GenreDeContrat
from binome.gestes.refus import GesteImpossible
from binome.regles.courante import base_courante
from binome.regles.faits import DossierInvalide, lire_dossier
from binome.regles.metiers.aide import ELIGIBILITE
from binome.regles.regle import NON

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.contrats_d_aide.models import Contrat
    from binome.regles.base import Base

DITS: Final = (
    "secteur", "patientele_mt", "file_active", "part_ccam_pct", "exercice_regroupe", "exercice_coordonne",
    "nouvel_installe", "exercice_particulier", "contrat_en_cours", "societe_signataire",
    "salaire_charge_mensuel_cents", "secretaire_promue", "date_prise_fonction",
)  # fmt: skip
"""The facts that are said of a contract; the others are read of its own columns."""
DISPOSITIF: Final = "eligibilite.dispositif"


@dataclass(frozen=True)
class ReponseDesRegles:
    """What is kept of an answer: `faits` as they were given, `reponse` in brief, `base` the hash of the rules."""

    version: str
    faits: dict[str, Any]
    reponse: dict[str, Any]
    base: str
    refus: tuple[str, ...]
    hors_du_temps: bool


@lru_cache(maxsize=4)
def _base_de(base: Base) -> Base:
    return base_du_contrat(base)


def base_des_contrats() -> Base:
    """The rules of the day, for a contract and its clocks."""
    return _base_de(base_courante())


def faits_du_contrat(contrat: Contrat, signe_le: date | None, medecins: int = 1) -> dict[str, Any]:
    """The facts of a contract as the rule base reads them: what was said, then its own columns; unknown ones are left out."""
    collectif = contrat.genre == GenreDeContrat.COLLECTIF
    siens: dict[str, Any] = {
        "date_signature_contrat_aide": None if signe_le is None else signe_le.isoformat(),
        "contrat_collectif": collectif,
        "option_etp": contrat.option or None,
        "etp": None if contrat.etp is None else contrat.etp / 100,
        "medecins": medecins if collectif else None,
        "bande_activite": contrat.bande or None,
        "zone_sous_dense": contrat.zone,
        "specialite": _specialite(contrat),
    }
    dits = {nom: contrat.faits[nom] for nom in DITS if nom in contrat.faits}
    return {nom: un for nom, un in {**dits, **siens}.items() if un is not None}


def _specialite(contrat: Contrat) -> str | None:
    if contrat.medecin is not None:
        return contrat.medecin.specialite or None
    dite = contrat.faits.get("specialite")
    return dite if isinstance(dite, str) else "medecine_generale"


def reponse_vivante(faits: Mapping[str, Any], base: Base | None = None) -> ContratDAide:
    """The whole answer to some facts. Raises GesteImpossible for facts that cannot be."""
    lue = base or base_des_contrats()
    connus = {nom: un for nom, un in faits.items() if nom in lue.faits}
    try:
        return contrat_d_aide(lue, lire_dossier(connus, lue.faits, lue.coherences))
    except DossierInvalide as invalide:
        faute = invalide.erreurs[0]
        nom = lue.faits[faute.cle].libelle if faute.cle in lue.faits else faute.cle
        dit = f"{nom[:1].upper()}{nom[1:]} : {faute.raison}."
        raise GesteImpossible(dit, champ=faute.cle) from None


def repondre(contrat: Contrat, signe_le: date, medecins: int = 1) -> ReponseDesRegles:
    """What the rules of the day answer of a contract signed on a day. Raises GesteImpossible for facts that cannot be."""
    faits = faits_du_contrat(contrat, signe_le, medecins)
    un = reponse_vivante(faits)
    refus = [
        motif
        for motif in un.aide.motifs
        if motif.etape.regle.table == ELIGIBILITE and motif.etape.issue == NON
    ]
    return ReponseDesRegles(
        version=un.aide.version or "",
        faits=faits,
        reponse=en_bref(un),
        base=un.base.empreinte,
        refus=tuple(motif.texte for motif in refus),
        hors_du_temps=un.aide.version is None
        or any(motif.etape.regle.id == DISPOSITIF for motif in refus),
    )


def en_bref(un: ContratDAide) -> dict[str, Any]:
    """What is frozen of an answer: eligibility, years, objectives, and where the amounts come from."""
    aide = un.aide
    jour = aide.jour_des_objectifs
    return {
        "eligible": aide.eligible,
        "annees": [annee.en_json() for annee in aide.annees],
        "objectifs": {
            "mt_plus": aide.montants.get("mt_plus"),
            "fa_plus": aide.montants.get("fa_plus"),
            "echeance": None if jour is None else jour.isoformat(),
        },
        "manquants": [un.base.faits[nom].libelle for nom in manquants_des_annees(un.annees)],
        "sources": list(dict.fromkeys(une.source.court for une in un.sources_des_annees)),
    }
