"""What the room keeps of people, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.socle.sort_des_champs import CODE, EMPREINTE, FAITS, MORALE, Declaration, Sort

if TYPE_CHECKING:
    from binome.socle.sort_des_champs import Champs

DU_CONTRAT: Final = Declaration(Sort.SEUL, "Effacé six ans après le dernier jour du contrat.")
CHAMPS: Final[Champs] = {
    "contrats_d_aide.Medecin": {
        "nom": DU_CONTRAT,
        "prenom": DU_CONTRAT,
        "rpps": DU_CONTRAT,
        "specialite": CODE,
    },
    "contrats_d_aide.Contrat": {
        "etat": CODE,
        "genre": CODE,
        "cabinet": MORALE,
        "autre_caisse": MORALE,
        "departement": CODE,
        "version_signee": CODE,
        "option": CODE,
        "bande": CODE,
        "signe_le": FAITS,
        "debut": FAITS,
        "fin": FAITS,
        "fini_le": FAITS,
        "fini_par": CODE,
        "motif": DU_CONTRAT,
        "faits": FAITS,
        "base": EMPREINTE,
        "reponse": FAITS,
        "prochaine_le": FAITS,
        "prochaine": CODE,
        "recherche": DU_CONTRAT,
    },
    "contrats_d_aide.MembreDuContrat": {"entree": FAITS, "sortie": FAITS},
    "contrats_d_aide.PosteDuContrat": {
        "genre": CODE,
        "nom": DU_CONTRAT,
        "du": FAITS,
        "au": FAITS,
        "qualification": CODE,
        "qualifiee_le": FAITS,
        "afgsu_le": FAITS,
        "pourvu_le": FAITS,
        "pourvu_par": CODE,
    },
    "contrats_d_aide.EvenementDeContrat": {
        "nature": CODE,
        "du": FAITS,
        "au": FAITS,
        "code": CODE,
        "document": EMPREINTE,
        "empreinte": EMPREINTE,
    },
    "contrats_d_aide.Objectif": {"dit_par": CODE, "document": EMPREINTE, "empreinte": EMPREINTE},
    "contrats_d_aide.ReleveDActivite": {"jour": FAITS},
    "contrats_d_aide.VersementAttendu": {
        "etat": CODE,
        "jour": FAITS,
        "lectures": FAITS,
        "paye_le": FAITS,
    },
    "contrats_d_aide.HorlogeDeContrat": {
        "code": CODE,
        "etat": CODE,
        "jour": FAITS,
        "lectures": FAITS,
        "uid": CODE,
    },
}
