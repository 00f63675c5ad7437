"""What the journal keeps of people: what becomes of each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import (
    CODE,
    EMPREINTE,
    TEXTE_DU_JOURNAL,
    Declaration,
    Sort,
)

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "journal.Oubli": {"sujet": CODE, "repere": CODE},
    "journal.Tete": {"empreinte": EMPREINTE},
    "journal.Racine": {
        "racine": EMPREINTE, "feuilles": EMPREINTE, "empreinte": EMPREINTE,
        "annonce": Declaration(Sort.GARDE, "Des nombres, des jours et des empreintes : publié."),
    },
    "journal.Jeton": {
        "autorite": CODE,
        "contenu": Declaration(Sort.GARDE, "La signature d’une autorité sur une empreinte : publiée."),
    },
    "journal.Entree": {
        "auteur": CODE, "pour": CODE, "geste": CODE, "objet": CODE, "sujet": CODE,
        "motif": TEXTE_DU_JOURNAL, "avant": TEXTE_DU_JOURNAL, "apres": TEXTE_DU_JOURNAL,
        "prive": Declaration(Sort.DOSSIER, "Illisible : la clé du sujet est détruite."),
        "precedente": EMPREINTE, "empreinte": EMPREINTE,
        "lignes": Declaration(Sort.DOSSIER, "Des marques : rien ne s’y lit ni ne s’y essaie sans la clé."),
    },
}  # fmt: skip
