"""What the room keeps of people: receipts, what was advanced, what a bank prints; it leans on the dossier of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.factures.models import Avance, Depense, Facture
from binome.factures.rayons import FACTURES_SCELLEES, JUSTIFICATIFS
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    EMPREINTE,
    FAITS,
    MORALE,
    Declaration,
    Sort,
)

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from binome.etagere.rayon import Rayon
    from binome.socle.sort_des_champs import Champs

COMPTABLE: Final = Declaration(
    Sort.GARDE,
    "Une pièce comptable : elle nomme un vendeur, un acheteur et un dossier par son numéro, jamais la personne formée.",
)
BANQUE: Final = Declaration(
    Sort.GARDE,
    "Ce que la banque imprime d’un virement reçu par un organisme : une pièce de sa comptabilité.",
)
CHAMPS: Final[Champs] = {
    "factures.MentionsDeFacture": {
        "adresse": MORALE, "code_postal": MORALE, "ville": MORALE, "declaration": MORALE, "attestation_le": MORALE,
        "numero_de_tva": MORALE, "iban": MORALE, "penalites": DE_LA_BRANCHE, "indemnite": DE_LA_BRANCHE,
        "escompte": DE_LA_BRANCHE,
    },
    "factures.Facture": {
        "etat": CODE, "nature": CODE, "raison": CODE, "le": FAITS, "echeance": FAITS, "contenu": COMPTABLE,
        "fichier": EMPREINTE, "empreinte": EMPREINTE,
    },
    "factures.LigneDeFacture": {"sens": CODE, "designation": COMPTABLE, "du": FAITS, "au": FAITS},
    "factures.Depense": {
        "etat": CODE, "nature": CODE, "jour": FAITS, "fichier": EMPREINTE, "empreinte": EMPREINTE, "raison": CODE,
    },
    "factures.Avance": {"etat": CODE, "nature": CODE, "jour": FAITS, "rendue_le": FAITS},
    "factures.FichierDeBanque": {"empreinte": EMPREINTE, "format_lu": CODE},
    "factures.Reglement": {"etat": CODE, "jour": FAITS, "texte": BANQUE, "cle": EMPREINTE},
}  # fmt: skip


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """What the archive of the person tells: what was billed for their training, spent, and what they advanced."""
    siennes = {"prise_en_charge__parcours__dossier": dossier}
    return [
        {
            "factures": [
                {
                    "numero": une.numero, "nature": une.get_nature_display(), "etat": une.etat_dit, "le": une.le,
                    "total_cents": une.total_cents, "empreinte": une.empreinte,
                }
                for une in Facture.objects.filter(**siennes).order_by("pk")
            ],
            "depenses": [
                {
                    "nature": une.get_nature_display(), "jour": une.jour, "montant_cents": une.montant_cents,
                    "etat": une.etat_dit,
                }
                for une in Depense.objects.filter(**siennes).order_by("pk")
            ],
            "avances": [
                {
                    "nature": une.get_nature_display(), "jour": une.jour, "montant_cents": une.montant_cents,
                    "etat": une.etat_dit, "rendue_le": une.rendue_le,
                }
                for une in Avance.objects.filter(**siennes).order_by("pk")
            ],
        }
    ]  # fmt: skip


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The invoices of their training, and the receipts, with their names in the archive."""
    siens = {"prise_en_charge__parcours__dossier__candidat": personne}
    factures = Facture.objects.filter(**siens).exclude(fichier="")
    depenses = Depense.objects.filter(**siens).exclude(fichier="")
    de = "prise_en_charge__parcours__dossier"
    return [
        (FACTURES_SCELLEES, une.fichier, f"{une.prise_en_charge.parcours.dossier.reference}/factures/{une.numero}.pdf")
        for une in factures.select_related(de).order_by("pk")
    ] + [
        (
            JUSTIFICATIFS, une.fichier,
            f"{une.prise_en_charge.parcours.dossier.reference}/justificatifs/{une.pk}.{une.fichier.rpartition('.')[2]}",
        )
        for une in depenses.select_related(de).order_by("pk")
    ]  # fmt: skip


def effacer(dossier: Dossier) -> None:
    """Nothing of these rows names a person: the files leave their shelves with the others, the money stays, of nobody."""
