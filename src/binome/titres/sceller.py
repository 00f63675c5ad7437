"""Sealing titles and duplicates: a lot at a time by the jobs, signed, shelved, written down with its hash."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from binome.impression.pdf import pdf_du_titre
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle
from binome.titres.composition import titre_imprime
from binome.titres.etats import EtatDeTitre
from binome.titres.models import Duplicata, Titre
from binome.titres.rayons import PARCHEMINS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from binome.journal.services import Ecriture
    from binome.sceau.cle import Sceau

SCELLER: Final = "titres.sceller"
"""The entry that a paper is sealed."""
RAISON: Final = "Titre délivré"


def titres_a_sceller() -> QuerySet[Titre]:
    """The titles that hold and wait for their paper; the oldest first. One withdrawn meanwhile never has any."""
    attendent = Titre.objects.filter(
        fichier="", etat=EtatDeTitre.DELIVRE, parcours__dossier__anonyme_le__isnull=True
    )
    return attendent.order_by("pk")


def duplicatas_a_sceller() -> QuerySet[Duplicata]:
    """The duplicates that do."""
    attendent = Duplicata.objects.filter(
        fichier="",
        titre__etat=EtatDeTitre.DELIVRE,
        titre__parcours__dossier__anonyme_le__isnull=True,
    )
    return attendent.select_related("titre").order_by("pk")


def _composer_les_titres(titres: Sequence[Titre], _: Sceau) -> list[Callable[[], bytes]]:
    return [partial(pdf_du_titre, titre_imprime(un)) for un in titres]


def _composer_les_duplicatas(
    duplicatas: Sequence[Duplicata], _: Sceau
) -> list[Callable[[], bytes]]:
    return [partial(pdf_du_titre, titre_imprime(un.titre, un)) for un in duplicatas]


def _inscrire_un_titre(titre: Titre, scelle: Scelle) -> Ecriture | None:
    return papiers.inscrire(titres_a_sceller(), titre, scelle, geste=SCELLER, objet=titre.objet)


def _inscrire_un_duplicata(duplicata: Duplicata, scelle: Scelle) -> Ecriture | None:
    return papiers.inscrire(
        duplicatas_a_sceller(), duplicata, scelle, geste=SCELLER, objet=duplicata.objet
    )


TITRES: Final = Papiers(
    "titre", RAISON, PARCHEMINS, titres_a_sceller, _composer_les_titres, _inscrire_un_titre
)
DUPLICATAS: Final = Papiers(
    "duplicata", RAISON, PARCHEMINS, duplicatas_a_sceller, _composer_les_duplicatas, _inscrire_un_duplicata
)  # fmt: skip


def sceller_les_titres() -> int:
    """Seals a lot of each; how many. Raises SceauAbsent, OSError."""
    return papiers.sceller(TITRES) + papiers.sceller(DUPLICATAS)


def pourquoi_rompu(titre: Titre) -> str | None:
    """Why the paper of a title does not hold, in French; None when file, hash and signature do. Raises SceauAbsent."""
    if titre.scelle_le is None:
        return "le papier n’est pas encore scellé"
    return papiers.verifier(PARCHEMINS, Scelle(titre.fichier, titre.empreinte, titre.scelle_le))
