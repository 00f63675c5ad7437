"""What the room keeps of people: who holds a title; it leans on the dossier of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.titres.etats import EtatDeTitre
from binome.titres.flows import TITRES
from binome.titres.models import Duplicata, Titre
from binome.titres.rayons import PARCHEMINS

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.etagere.rayon import Rayon

GARDE: Final = "titres.garde"
"""The entry that tells again what stays of a title."""


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """The titles of a dossier, as the archive of its candidate tells them."""
    siens = Titre.objects.filter(parcours__dossier=dossier).prefetch_related("duplicatas", "badges")
    return [
        {
            "numero": un.numero,
            "jeton": un.jeton,
            "nature": un.get_nature_display(),
            "etat": un.etat_dit,
            "delivre_le": un.delivre_le,
            "titulaire": un.titulaire,
            "contenu": un.contenu,
            "empreinte": un.empreinte,
            "retire_le": un.revoque_le,
            "motif_du_retrait": un.motif_du_retrait,
            "raison": un.raison,
            "duplicatas": [
                {"rang": une.rang, "delivre_le": une.delivre_le} for une in un.duplicatas.all()
            ],
            "badges": [{"numero": une.numero, "bloc": une.bloc} for une in un.badges.all()],
        }
        for un in siens.order_by("pk")
    ]


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """Their sealed titles and duplicates, with their names in the archive, which say those that were withdrawn."""
    siens = Titre.objects.filter(parcours__dossier__candidat=personne).exclude(fichier="")
    doubles = Duplicata.objects.filter(titre__parcours__dossier__candidat=personne)
    return [
        (
            PARCHEMINS,
            un.fichier,
            f"{un.parcours.dossier.reference}/titres/{un.numero}{_retire(un)}.pdf",
        )
        for un in siens.select_related("parcours__dossier").order_by("pk")
    ] + [
        (
            PARCHEMINS,
            un.fichier,
            f"{un.titre.parcours.dossier.reference}/titres/{un.titre.numero}-duplicata-{un.rang}{_retire(un.titre)}.pdf",
        )
        for un in doubles.exclude(fichier="")
        .select_related("titre__parcours__dossier")
        .order_by("pk")
    ]


def _retire(titre: Titre) -> str:
    return "-retire" if titre.etat == EtatDeTitre.REVOQUE else ""


def effacer(dossier: Dossier) -> None:
    """Takes off who holds each title; its number stays, and says no name. The papers leave their shelf with the other files."""
    siens = Titre.objects.filter(parcours__dossier=dossier)
    # A paper may be sealed meanwhile: it comes before, and leaves the shelf, or after, and is refused.
    tenus = list(siens.select_for_update(of=("self",)).order_by("pk"))
    faire_par_la_maison(TITRES, "effacer", tenus)
    oublier_et_redire(siens, GARDE, motif="dossier effacé")
