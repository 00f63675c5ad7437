"""The documents of a whole group in one archive: each file matched to a dossier and to a kind by its name.

A name says who by a reference, by the organisation's own key (a folder, or the first word), or by the name of the
person, folded; it says what by the words that `conseils` knows. What is not sure is left to who sends the archive.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile

from binome.comptes.etat_civil import SANS_PRENOM
from binome.dossiers.flows import GESTES
from binome.dossiers.natures import a_joindre, natures_de
from binome.dossiers.permissions import visibles
from binome.echanges.cles import cle_comparee
from binome.pieces.conseils import mots_de, natures_nommees
from binome.socle.references import lire as lire_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.depot.archives import Membre
    from binome.dossiers.models import Dossier

REFERENCE: Final = re.compile(r"BM[ _-]?[0-9A-Z]{4}[ _-]?[0-9A-Z]{4}(?![0-9A-Z])", re.IGNORECASE)


class Appariement(NamedTuple):
    """A file of an archive: the dossiers that its name may speak of, and the kind when one is said."""

    rang: int
    membre: Membre
    dossiers: Sequence[Dossier]
    nature: str

    @property
    def dossier(self) -> Dossier | None:
        """The dossier, when there is but one."""
        return self.dossiers[0] if len(self.dossiers) == 1 else None


def dossiers_du_groupe(acteur: Acteur) -> list[Dossier]:
    """The dossiers to which a manager may add documents now."""
    siens = visibles(acteur).filter(
        organisme__in=acteur.organisations("gestionnaire"),
        etat__in=GESTES["joindre"].de,
        anonyme_le__isnull=True,
    )
    return list(siens.order_by("nom", "prenom", "pk"))


def apparier(membres: Sequence[Membre], dossiers: Sequence[Dossier]) -> list[Appariement]:
    """Each file with the dossiers that its name speaks of, and the kind of document."""
    par_reference = {un.reference: un for un in dossiers}
    par_cle = {cle_comparee(un.cle_import): un for un in dossiers if un.cle_import}
    nommes = [(un, noms) for un in dossiers if (noms := _noms(un))]
    return [
        Appariement(
            rang,
            membre,
            _de_qui(membre.nom, par_reference, par_cle, nommes),
            _quoi(membre.nom, dossiers),
        )
        for rang, membre in enumerate(membres)
    ]


def _noms(dossier: Dossier) -> list[frozenset[str]]:
    """The words of each name that a person bears; one word alone names nobody, unless it is all there is."""
    prenoms = [] if dossier.prenom == SANS_PRENOM else mots_de(dossier.prenom)
    entiers = [
        frozenset((*prenoms, *mots_de(nom)))
        for nom in (dossier.nom, dossier.nom_de_naissance)
        if nom and (prenoms or dossier.prenom == SANS_PRENOM)
    ]
    return [mots for mots in entiers if mots]


def _de_qui(
    chemin: str,
    par_reference: Mapping[str, Dossier],
    par_cle: Mapping[str, Dossier],
    nommes: Sequence[tuple[Dossier, list[frozenset[str]]]],
) -> Sequence[Dossier]:
    for dite in REFERENCE.findall(chemin):
        trouve = par_reference.get(lire_reference(dite) or "")
        if trouve is not None:
            return (trouve,)
    *chemins, fichier = chemin.split("/")
    debut = re.split(r"[ _.\-]", fichier, maxsplit=1)[0]
    trouves = {
        par_cle[cle].pk: par_cle[cle]
        for dit in (*chemins, debut)
        if (cle := cle_comparee(dit)) in par_cle
    }
    if len(trouves) == 1:
        return tuple(trouves.values())
    mots = frozenset(mots_de(chemin))
    pesees = [
        (max(len(nom) for nom in noms if nom <= mots), un)
        for un, noms in nommes
        if any(nom <= mots for nom in noms)
    ]
    # « Léa Martin Dupont » is not « Léa Martin »: the longest name is meant.
    plus_long = max((poids for poids, _ in pesees), default=0)
    return [un for poids, un in pesees if poids == plus_long]


def _quoi(chemin: str, dossiers: Sequence[Dossier]) -> str:
    """The kind that the file's own name says, when it says one."""
    certifications = {un.certification for un in dossiers}
    connues = dict.fromkeys(
        une.code for code in sorted(certifications) for une in a_joindre(natures_de(code).values())
    )
    dites = natures_nommees(chemin.rpartition("/")[2].rpartition(".")[0], connues)
    return dites[0] if len(dites) == 1 else ""


def televerse(membre: Membre) -> UploadedFile[bytes]:
    """A file of an archive as one that was sent alone: it goes through the same checks."""
    return UploadedFile(BytesIO(membre.contenu), membre.nom.rpartition("/")[2], size=membre.octets)
