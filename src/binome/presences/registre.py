"""What the room keeps of people: who signed, how, and what holds of each slot; it leans on the dossier of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.presences.flows import ACTIVITES, SIGNATURES
from binome.presences.models import Activite, Presence, Signature

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.gestes.table import Flux

GARDE = "presences.garde"
"""The entry that tells again what stays of a signature."""


def archiver(dossier: Dossier) -> dict[str, Any]:
    """What the archive of the person tells: each signature, and each thing said of them, what was corrected included."""
    signatures = Signature.objects.filter(parcours__dossier=dossier)
    presences = Presence.objects.filter(parcours__dossier=dossier)
    return {
        "signatures": [
            {
                "creneau": une.creneau.debut,
                "module": une.creneau.module,
                "moyen": une.get_moyen_display(),
                "signee_le": une.signee_le,
                "recue_le": une.recue_le,
                "appareil": une.appareil,
                "dessin": une.image,
                "empreinte": une.empreinte,
                "mise_de_cote": une.etat_dit,
                "raison": une.get_raison_display(),
            }
            for une in signatures.select_related("creneau").order_by("signee_le", "pk")
        ],
        "activites": [
            {
                "creneau": une.creneau.debut,
                "module": une.creneau.module,
                "etat": une.etat_dit,
                "preuve": une.preuve,
                "rendue_le": une.rendue_le,
                "minutes": une.minutes,
            }
            for une in Activite.objects.filter(parcours__dossier=dossier)
            .select_related("creneau")
            .order_by("pk")
        ],
        "presences": [
            {
                "creneau": une.creneau.debut,
                "module": une.creneau.module,
                "etat": une.etat_dit,
                "nature": une.get_nature_display(),
                "minutes": une.minutes,
                "retard": une.retard,
                "avance": une.avance,
                "interruption": une.interruption,
                "signee": une.signee,
                "raison": une.get_raison_display(),
                "dite_le": une.dite_le,
            }
            for une in presences.select_related("creneau").order_by("creneau__debut", "pk")
        ],
    }


def effacer(dossier: Dossier) -> None:
    """Forgets which device each signature came from, and what was written of an activity; minutes stay, which name nobody.

    The drawings leave their shelf with the dossier's other files.
    """
    _oublier(SIGNATURES, Signature, dossier)
    _oublier(ACTIVITES, Activite, dossier)


def _oublier(flux: Flux[Any], modele: type[Signature | Activite], dossier: Dossier) -> None:
    """Takes off what is personal, destroys the key of each row, and tells again what stays."""
    lues = modele._default_manager.filter(parcours__dossier=dossier)
    siennes = list(lues.select_related("creneau__session", "parcours__dossier").order_by("pk"))
    faire_par_la_maison(flux, "effacer", siennes)
    oublier_et_redire(lues, GARDE, motif="dossier effacé")
