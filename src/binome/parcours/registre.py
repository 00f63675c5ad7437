"""What the room keeps of people: a path tells of nobody by itself, it leans on its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.parcours.flows import FLUX
from binome.parcours.models import Parcours
from binome.socle.sort_des_champs import CODE, EMPREINTE, FAITS

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "parcours.Parcours": {
        "etat": CODE, "voie": CODE, "referentiel": CODE, "base": EMPREINTE, "entree": FAITS, "positionne_le": FAITS, "raison": CODE, "du": FAITS,
    },
    "parcours.ModuleSuivi": {"code": CODE, "intitule": CODE, "statut": CODE},
}  # fmt: skip


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """The paths of a dossier, as the archive of its candidate tells them."""
    siens = Parcours.objects.filter(dossier=dossier).select_related("organisme")
    return [
        {
            "organisme": un.organisme.nom,
            "etat": un.etat_dit,
            "referentiel": un.referentiel,
            "positionne_hors_de_binome_le": un.positionne_le,
            "ouvert_le": un.ouvert_le,
            "fini_le": un.fini_le,
            "raison": un.raison,
            "modules": list(un.modules.values("code", "intitule", "minutes", "statut")),
        }
        for un in siens.prefetch_related("modules").order_by("pk")
    ]


def effacer(dossier: Dossier) -> None:
    """Takes off why and since when each path stopped, ends it, and forgets its key; what stays is told again."""
    siens = list(Parcours.objects.filter(dossier=dossier).order_by("pk"))
    if not siens:
        return
    faire_par_la_maison(FLUX, "effacer", siens)
    restent = Parcours.objects.filter(dossier=dossier)
    oublier_et_redire(restent, "parcours.garde", motif="dossier effacé")
