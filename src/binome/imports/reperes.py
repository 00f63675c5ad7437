"""Which dossier a row is about, by its reference or by its key, and whether two rows are about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.bureau.colonnes import CLE, REFERENCE
from binome.dossiers.models import Dossier
from binome.echanges.cles import cle_comparee
from binome.regles.faits import Erreur

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from binome.imports.verifier import LigneVerifiee


class Reperes:
    """The dossiers of an organisation that some rows name; of two with one key, the first made."""

    def __init__(self, organisme: int, lues: Iterable[LigneVerifiee]) -> None:
        connues = list(lues)
        cles = {cle_comparee(une.cle) for une in connues if une.cle}
        references = {une.reference for une in connues if une.reference}
        siens = Dossier.objects.filter(organisme=organisme).order_by("-pk")
        self._par_cle: dict[str, int] = {}
        self._par_reference: dict[str, int] = {}
        lus = siens.values_list("pk", "cle_import", "reference")
        # A key is compared as people do, which no index does; without keys, the references are looked up.
        for pk, cle, reference in (
            lus if cles else lus.filter(reference__in=references)
        ).iterator():
            if cle and (comparee := cle_comparee(cle)) in cles:
                self._par_cle[comparee] = pk
            if reference in references:
                self._par_reference[reference] = pk

    def dossier_de(self, lue: LigneVerifiee) -> int | None:
        """The number of the dossier that a row is about; None for a new one."""
        if lue.reference:
            return self._par_reference.get(lue.reference)
        return self._par_cle.get(cle_comparee(lue.cle)) if lue.cle else None

    def fautes(self, lue: LigneVerifiee) -> list[Erreur]:
        """What is wrong with what names a row: a reference of nobody's, a key and a reference of two dossiers."""
        if not lue.reference:
            return []
        numero = self._par_reference.get(lue.reference)
        if numero is None:
            raison = "Aucun de vos dossiers n’a cette référence. Corrigez-la, ou laissez la cellule vide."
            return [Erreur(REFERENCE, lue.reference, raison)]
        if lue.cle and self._par_cle.get(cle_comparee(lue.cle), numero) != numero:
            raison = f"Cette clé est celle d’un autre dossier que {lue.reference}. Gardez l’une des deux."
            return [Erreur(CLE, lue.cle[:40], raison)]
        return []


def meme_ligne(dossier: int | None, cle: str) -> Hashable:
    """What two rows about one dossier have in common: its number, or else the key as it is compared."""
    return dossier or cle_comparee(cle)
