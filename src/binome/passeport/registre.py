"""What the room keeps of people: their civil status, what was declared of it; it leans on the dossier of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.gestes.auteur import Maison
from binome.gestes.oubli import oublier_et_redire
from binome.gestes.services import faire_par_la_maison
from binome.journal.services import SYSTEME, oublier_tous
from binome.passeport.etats import EtatDeFiche, EtatDeLotDePassages
from binome.passeport.fiches import nir_de
from binome.passeport.flows import ETATS_CIVILS, PASSAGES
from binome.passeport.lots import abandonner, detruire
from binome.passeport.models import FicheDEtatCivil, LotDePassages, PassageADeclarer
from binome.passeport.passages import DE_LA_FICHE
from binome.socle.sort_des_champs import (
    CODE,
    DE_LA_BRANCHE,
    DOSSIER,
    EMPREINTE,
    FAITS,
    MORALE,
)

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.socle.sort_des_champs import Champs

GARDE: Final = "passeport.garde"
"""The entry that tells again what stays of a declaration."""
CHAMPS: Final[Champs] = {
    "passeport.FicheDEtatCivil": {"etat": CODE, **dict.fromkeys((*DE_LA_FICHE, "nir", "nir_cle"), DOSSIER)},
    "passeport.ReglagesDuPasseport": {
        "etat": CODE, "id_client": MORALE, "certificateur": MORALE, "contrat": MORALE, "version_du_schema": CODE,
        "fichier": EMPREINTE, "schema_nom": DE_LA_BRANCHE, "schema_empreinte": EMPREINTE, "schema_du": DE_LA_BRANCHE,
    },
    "passeport.PassageADeclarer": {
        "etat": CODE, "rncp": CODE, "echeance": FAITS, "action": CODE, "motif": DOSSIER, "supprime_le": FAITS,
    },
    "passeport.LotDePassages": {
        "etat": CODE, "nom": CODE, "cle": CODE, "action": CODE, "reglages": MORALE, "fichier": EMPREINTE,
        "empreinte": EMPREINTE, "depose_le": FAITS,
    },
    "passeport.LigneDeLot": {"action": CODE, "issue": CODE, "motif": DOSSIER},
    "passeport.AccuseRecu": {"fichier": EMPREINTE, "empreinte": EMPREINTE},
}  # fmt: skip


def archiver(dossier: Dossier) -> dict[str, Any]:
    """What the archive of the person tells: their civil status, and what was declared of their certifications, where it went."""
    fiches = FicheDEtatCivil.objects.filter(dossier=dossier)
    passages = PassageADeclarer.objects.filter(titre__parcours__dossier=dossier)
    return {
        "etat_civil": [
            {
                **{nom: getattr(une, nom) for nom in DE_LA_FICHE},
                "numero_de_securite_sociale": nir_de(une),
                "etat": une.etat_dit,
                "dit_le": une.dit_le,
            }
            for une in fiches
        ],
        "passeport_de_competences": [
            {
                "certification": un.rncp,
                "identifiant": str(un.id_technique),
                "etat": un.etat_dit,
                "a_declarer_avant": un.echeance,
                "accepte_le": un.accepte_le,
                "supprime_le": un.supprime_le,
                "reponse": un.motif,
                "lots": [
                    {"fichier": une.lot.nom, "depose_le": une.lot.depose_le, "reponse": une.motif}
                    for une in un.lignes.select_related("lot").order_by("pk")
                ],
            }
            for un in passages.order_by("pk")
        ],
    }


def effacer(dossier: Dossier) -> None:
    """Takes off the civil status, the number, the sentences answered, and every file that bears this person's name.

    A lot not deposited yet is given up, and the others of it wait for another. What was accepted stays, which names nobody.
    """
    lots = LotDePassages.objects.filter(lignes__passage__titre__parcours__dossier=dossier)
    for un in lots.filter(etat=EtatDeLotDePassages.A_DEPOSER).distinct().order_by("pk"):
        abandonner(Maison(), un, version=un.version, sans_suite=dossier.pk)
    detruire(list(lots.exclude(fichier="").distinct().order_by("pk")), motif="dossier effacé")
    fiches = FicheDEtatCivil.objects.filter(dossier=dossier)
    siennes = list(fiches.exclude(etat=EtatDeFiche.EFFACEE).order_by("pk"))
    cles = {une.nir_cle: "" for une in siennes if une.nir_cle}
    faire_par_la_maison(ETATS_CIVILS, "effacer", siennes)
    oublier_tous(cles, auteur=SYSTEME, motif="dossier effacé")
    passages = PassageADeclarer.objects.filter(titre__parcours__dossier=dossier)
    siens = list(passages.order_by("pk"))
    faire_par_la_maison(PASSAGES, "effacer", siens)
    oublier_et_redire(fiches, GARDE, motif="dossier effacé")
    oublier_et_redire(passages, GARDE, motif="dossier effacé")
