"""The tables of dossiers that the journal tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.comptes.models import Invitation
from binome.dossiers.attaches import attaches
from binome.dossiers.models import (
    Confirmation,
    Decision,
    Deport,
    Dossier,
    EmploiSuivi,
    Fait,
    Piece,
    PointTranche,
    Proposition,
    Quarantaine,
    Recours,
)
from binome.dossiers.pieces.models import PageDApercu
from binome.dossiers.points import nom_du_point
from binome.dossiers.receptions import Import, LigneImportee
from binome.dossiers.rejoues import Rejeu
from binome.journal.lignes import LigneEcrite
from binome.journal.tables import TableSuivie, declarer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model

HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {
    LigneImportee: "Une ligne de tableau en attente : le dossier qui en sort est au journal.",
    PageDApercu: "Une image que les travaux redessinent de la pièce.",
}
"""The tables that the journal does not tell of, and why."""

AVEC_UN_DOSSIER: Final[tuple[tuple[type[Model], str], ...]] = (
    (Piece, "dossier"),
    (Quarantaine, "dossier"),
    (Fait, "dossier"),
    (Proposition, "dossier"),
    (Decision, "dossier"),
    (Deport, "dossier"),
    (Recours, "decision__dossier"),
    (EmploiSuivi, "dossier"),
)
"""What belongs to a dossier, and the path to it."""


def _dossier(numero: int, reference: str) -> tuple[str, str]:
    return f"dossier:{reference}", f"dossier:{numero}"


def _du_dossier(_: int, reference: str, numero: int) -> tuple[str, str]:
    return _dossier(numero, reference)


def _lui_meme(prefixe: str) -> Callable[..., tuple[str, str]]:
    return lambda numero: (f"{prefixe}:{numero}", "")


def rattachee(
    modele: type[Model], chemin: str = "dossier", sauf: Mapping[str, str] | None = None
) -> TableSuivie:
    """A table whose rows belong to a dossier: its entries are the dossier's, under the key of its subject."""
    return TableSuivie(modele, (f"{chemin}__reference", f"{chemin}__pk"), _du_dossier, sauf or {})


SAUF: Final[Mapping[type[Model], Mapping[str, str]]] = {
    Dossier: {
        "version": "Un compteur : chaque entrée l’avance.",
        "modifie_le": "L’instant de la dernière entrée.",
        "recherche": "Refait du prénom et du nom.",
        "depuis": "Calculé par la base.",
        **dict.fromkeys(("par_heures", "par_entree"), "Calculé par la base."),
        **dict.fromkeys(
            ("voie", "minutes", "signaux"), "Refait de la réponse de la base de règles."
        ),
        "trouvable": "Refait de l’identité.",
        "entree": "Refait du fait déclaré.",
    },
    Piece: {
        "apercu": "Les travaux redessinent l’aperçu.",
        "apercu_essais": "Les travaux redessinent l’aperçu.",
        "sans_apercu": "Les travaux redessinent l’aperçu.",
    },
    Quarantaine: {"fichier": "Les travaux vident la quarantaine à son terme."},
    Fait: {"pose_le": "L’instant de l’entrée."},
    Import: {
        "etat": "Va et vient tant que l’import n’est pas fini.",
        "deposer": "Un choix en cours.",
    },
}
"""The columns that are not told, and why."""


def toutes(dossier: Dossier) -> tuple[LigneEcrite, ...]:
    """Every row of a dossier, every column."""
    invitations = Invitation.objects.filter(dossier=dossier.reference)
    trouvees: list[tuple[type[Model], Any]] = [
        (modele, modele._default_manager.filter(**{chemin: dossier}))
        for modele, chemin in AVEC_UN_DOSSIER
    ]
    trouvees += [
        (un, un._default_manager.filter(dossier=dossier))
        for une in attaches()
        if (un := une.modele)
    ]
    trouvees.append((Invitation, invitations))
    return (
        LigneEcrite(Dossier, dossier.pk),
        *(
            LigneEcrite(modele, numero)
            for modele, rangs in trouvees
            for numero in rangs.order_by("pk").values_list("pk", flat=True)
        ),
    )


def declarer_les_tables() -> None:
    """Makes the tables known to the journal."""
    declarer(
        TableSuivie(Dossier, ("reference",), _dossier, SAUF[Dossier]),
        *(rattachee(modele, chemin, SAUF.get(modele, {})) for modele, chemin in AVEC_UN_DOSSIER),
        TableSuivie(
            PointTranche,
            ("certification", "code"),
            lambda _, certification, code: (nom_du_point(certification, code), ""),
        ),
        TableSuivie(Confirmation, (), _lui_meme("confirmation")),
        TableSuivie(Import, (), _lui_meme("import"), SAUF[Import]),
        TableSuivie(Rejeu, (), _lui_meme("rejeu")),
    )
