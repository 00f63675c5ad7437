"""What mails keep of people: what becomes of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, DOSSIER, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "courrier.Message": {
        "cle": DOSSIER, "destinataire": DOSSIER, "sujet": DOSSIER, "texte": DOSSIER, "html": DOSSIER,
        "pieces_jointes": DOSSIER, "reference": CODE,
        "expediteur": Declaration(Sort.GARDE, "Le nom d’une organisation, jamais d’une personne."),
        "derniere_erreur": Declaration(Sort.GARDE, "Le code d’une panne, jamais une adresse."),
    },
    "courrier.Avis": {
        "cle": DOSSIER, "destinataire": DOSSIER, "texte": DOSSIER, "adresse": DOSSIER,
        "reference": CODE, "genre": CODE,
    },
    "courrier.Reservation": {"genre": CODE, "par": CODE},
}  # fmt: skip
