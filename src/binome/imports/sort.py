"""What becomes of a row whose dossier is there already: nothing new, a correction of a draft, or left as it was."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a NamedTuple reads its annotations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.dossiers import gardes
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat, Origine
from binome.dossiers.receptions import EtatDeLigne
from binome.dossiers.retablissement import jusqu_a
from binome.echanges.cles import cle_comparee
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.dossiers.receptions import Import
    from binome.imports.verifier import LigneVerifiee


RIEN: Final[Mapping[str, Any]] = MappingProxyType({})


class SortDeLigne(NamedTuple):
    """The state of a row once settled, why when it is not what one would think, and what it writes.

    `connus` are the facts that the dossier declares already.
    """

    etat: EtatDeLigne
    raison: str = ""
    identite: Mapping[str, Any] = RIEN
    faits: Mapping[str, Any] = RIEN
    connus: Mapping[str, Any] = RIEN


def sort_de(importation: Import, dossier: Dossier | None, lue: LigneVerifiee) -> SortDeLigne:
    """What a row without mistakes does. The dossier comes with its facts."""
    if dossier is None:
        return SortDeLigne(EtatDeLigne.CREEE, "", lue.identite, lue.faits)
    if dossier.certification != importation.certification:
        return SortDeLigne(
            EtatDeLigne.LAISSEE, f"Le dossier {dossier.reference} est d’une autre certification."
        )
    connus = {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.DECLARE}
    identite = {
        nom: valeur for nom, valeur in lue.identite.items() if getattr(dossier, nom) != valeur
    }
    if lue.cle and cle_comparee(lue.cle) != cle_comparee(dossier.cle_import):
        identite["cle_import"] = lue.cle
    faits = {nom: valeur for nom, valeur in lue.faits.items() if connus.get(nom) != valeur}
    rien = not identite and not faits
    # Who takes up the key of a withdrawn dossier may want a new one; its reference, as an export gives it, asks nothing.
    if dossier.etat == Etat.RETIRE and not (rien and lue.reference):
        return SortDeLigne(EtatDeLigne.LAISSEE, _retire(dossier))
    if rien:
        depose = _a_deposer(importation, dossier)
        return SortDeLigne(EtatDeLigne.CHANGEE if depose else EtatDeLigne.IDENTIQUE)
    if dossier.etat != Etat.BROUILLON:
        dit = f"Le dossier {dossier.reference} est « {dossier.etat_dit} »"
        return SortDeLigne(EtatDeLigne.LAISSEE, f"{dit} : un import ne change que les brouillons.")
    try:
        base_de(dossier.certification).lire({**connus, **faits})
    except DossierInvalide as invalide:
        dites = " ; ".join(une.raison for une in invalide.erreurs)
        raison = f"Avec ce que le dossier contient déjà : {dites}."[:300]
        return SortDeLigne(EtatDeLigne.LAISSEE, raison)
    return SortDeLigne(EtatDeLigne.CHANGEE, "", identite, faits, connus)


def _retire(dossier: Dossier) -> str:
    """Why a row of a withdrawn dossier does nothing, and what to do: an import takes no withdrawal back."""
    quoi = "Rétablissez-le depuis sa page, ou donnez" if jusqu_a(dossier) else "Donnez"
    return f"Le dossier {dossier.reference} est retiré. {quoi} une autre clé à cette ligne."


def _a_deposer(importation: Import, dossier: Dossier) -> bool:
    """Whether a draft that does not change is filed by the import."""
    return (
        importation.deposer and dossier.etat == Etat.BROUILLON and gardes.complet(dossier) is None
    )
