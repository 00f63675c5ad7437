"""What the room keeps of people: a path tells of nobody by itself, it leans on its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.parcours.models import Parcours
from binome.socle.sort_des_champs import CODE, EMPREINTE, FAITS

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "parcours.Parcours": {
        "etat": CODE, "voie": CODE, "referentiel": CODE, "base": EMPREINTE, "entree": FAITS, "raison": CODE, "du": FAITS,
    },
    "parcours.ModuleSuivi": {"code": CODE, "intitule": CODE, "statut": CODE},
}  # fmt: skip


def en_archive(personne: Personne) -> list[dict[str, Any]]:
    """The paths of a person, as their own archive tells them."""
    siens = Parcours.objects.filter(dossier__candidat=personne).select_related(
        "dossier", "organisme"
    )
    return [
        {
            "dossier": un.dossier.reference,
            "organisme": un.organisme.nom,
            "etat": un.etat_dit,
            "referentiel": un.referentiel,
            "ouvert_le": un.ouvert_le,
            "fini_le": un.fini_le,
            "raison": un.raison,
            "modules": list(un.modules.values("code", "intitule", "minutes", "statut")),
        }
        for un in siens.prefetch_related("modules").order_by("pk")
    ]
