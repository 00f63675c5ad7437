"""Acknowledgements: known by the name of their file, taken whole or not at all, and what each answer does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.accrochage.motifs import est_connu
from binome.depot.arrivee import ranger
from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse
from binome.gestes.services import faire, faire_par_la_maison, faire_tous
from binome.passeport.a_part import FichierDuPasseportRefuse, lire_l_accuse
from binome.passeport.effets import completer
from binome.passeport.etats import ActionDeclaree, EtatDeFiche, EtatDeLotDePassages, IssueDeLigne
from binome.passeport.fiches import oublier_les_nir
from binome.passeport.flows import ETATS_CIVILS, LOTS, PASSAGES
from binome.passeport.lots import detruire, lignes_attendues
from binome.passeport.models import AccuseRecu, FicheDEtatCivil, LotDePassages
from binome.passeport.permissions import lots_visibles
from binome.passeport.rayons import ACCUSES, chiffrer
from binome.passeport.reglages import empreinte_de

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.accrochage.accuse import Accuse
    from binome.comptes.acteur import Acteur
    from binome.passeport.models import LigneDeLot

DEJA_LU: Final = "Cet accusé est déjà lu : rien n’a changé."
PAS_DEPOSE: Final = "Dites d’abord quel jour vous avez déposé ce lot : un accusé répond à un dépôt."


@dataclass(frozen=True)
class Depouillement:
    """What an acknowledgement changed: how many of each, and how many of the lot it does not speak of."""

    lot: LotDePassages
    acceptees: int
    refusees: int
    rejetees: int
    sans_reponse: int


def depouiller(acteur: Acteur, contenu: bytes) -> Depouillement:
    """Reads an acknowledgement behind the wall, finds its lot by its name, and applies it whole.

    Raises FichierDuPasseportRefuse, Depasse, CloisonPleine, and OSError when the disk refuses: nothing is then kept.
    """
    accuse = lire_l_accuse(contenu)
    lot = lots_visibles(acteur).filter(nom=accuse.fichier).first()
    if lot is None:
        raise FichierDuPasseportRefuse(
            f"Cet accusé parle du fichier « {accuse.fichier} », qui n’est celui d’aucun de vos lots."
        )
    return appliquer(acteur, lot, accuse, contenu)


def appliquer(acteur: Acteur, lot: LotDePassages, accuse: Accuse, contenu: bytes) -> Depouillement:
    """Applies an acknowledgement that was read of a lot, and keeps its bytes. Raises as `depouiller` does."""
    empreinte = empreinte_de(contenu)
    if AccuseRecu.objects.filter(lot=lot, empreinte=empreinte).exists():
        raise FichierDuPasseportRefuse(DEJA_LU)
    if lot.etat == EtatDeLotDePassages.A_DEPOSER:
        raise FichierDuPasseportRefuse(PAS_DEPOSE)
    with ranger(ACCUSES, chiffrer(lot.cle, contenu)) as range_, transaction.atomic():
        recu = AccuseRecu(
            lot=lot, fichier=range_.nom, empreinte=empreinte, recu_le=timezone.now(), recu_par=acteur.personne
        )  # fmt: skip
        return _appliquer(acteur, lot, accuse, recu)


def _appliquer(
    acteur: Acteur, lot: LotDePassages, accuse: Accuse, recu: AccuseRecu
) -> Depouillement:
    par_numero = {str(une.passage.id_technique): une for une in lignes_attendues(lot)}
    if accuse.rejet is not None:
        premiere = accuse.rejet[0]
        ou = f", à la ligne {premiere.ligne}" if premiere.ligne else ""
        motif = f"{premiere.sorte}{ou} : {premiere.message}"
        _recevoir(acteur, lot, recu, EtatDeLotDePassages.REJETE)
        _passer(acteur, "rejeter", list(par_numero.values()), dict.fromkeys(par_numero, motif))
        return Depouillement(lot, 0, 0, len(par_numero), 0)
    _tous_connus(lot, accuse, par_numero)
    motifs = {un.id_technique: un.motif for un in (*accuse.refuses, *accuse.deja)}
    acceptes, refuses = set(accuse.acceptes), {un.id_technique for un in accuse.refuses}
    if lot.action == ActionDeclaree.SUPPRESSION:
        # « It exists already » is no answer to who asks that it be deleted.
        deja = {un.id_technique for un in accuse.deja}
        acceptes, refuses = acceptes - deja, refuses | deja
    restent = par_numero.keys() - acceptes - refuses
    _recevoir(
        acteur, lot, recu, EtatDeLotDePassages.DEPOSE if restent else EtatDeLotDePassages.TRAITE
    )
    oui = [une for numero, une in par_numero.items() if numero in acceptes]
    non = [une for numero, une in par_numero.items() if numero in refuses]
    _passer(acteur, "accepter", oui, motifs)
    _passer(acteur, "refuser", non, motifs)
    if lot.action == ActionDeclaree.CREATION:
        connus = [une for une in non if est_connu(motifs[str(une.passage.id_technique)])]
        _rouvrir(lot, connus)
    _oublier_les_numeros(oui)
    if lot.avec_nir and not restent:
        detruire([lot], motif="réponse reçue")
    return Depouillement(lot, len(oui), len(non), 0, len(restent))


def _tous_connus(lot: LotDePassages, accuse: Accuse, attendus: Mapping[str, LigneDeLot]) -> None:
    """Raises FichierDuPasseportRefuse for an identifier that waits for nothing in this lot."""
    dits = (*accuse.acceptes, *(un.id_technique for un in accuse.refuses))
    inconnus = [un for un in dits if un not in attendus]
    if not inconnus:
        return
    repondus = {
        str(un)
        for un in lot.lignes.exclude(issue=IssueDeLigne.ATTENDUE).values_list(
            "passage__id_technique", flat=True
        )
    }
    dit = "a déjà reçu sa réponse" if inconnus[0] in repondus else "n’est pas de ce lot"
    raise FichierDuPasseportRefuse(f"« {inconnus[0]} » {dit} : tout l’accusé est refusé.")


def _recevoir(
    acteur: Acteur, lot: LotDePassages, recu: AccuseRecu, vers: EtatDeLotDePassages
) -> None:
    donnees = {"accuse": recu, "vers": vers}
    faire(LOTS, "recevoir", lot, acteur, version=lot.version, donnees=donnees)


def _passer(
    acteur: Acteur, geste: str, lignes: Sequence[LigneDeLot], motifs: Mapping[str, str]
) -> None:
    if not lignes:
        return
    le = timezone.now()
    passages = [
        Passage(
            une.passage,
            une.passage.version,
            {"motif_lu": motifs.get(str(une.passage.id_technique), ""), "le": le},
        )
        for une in lignes
    ]
    if faire_tous(PASSAGES, geste, passages, acteur).laisses:
        raise Depasse(LOTS.ce_mot)


def _rouvrir(lot: LotDePassages, lignes: Sequence[LigneDeLot]) -> None:
    """The civil status of who was not found: to be corrected; declared again at once where it was since the lot."""
    dossiers = [une.passage.titre.parcours.dossier_id for une in lignes]
    fiches = FicheDEtatCivil.objects.filter(dossier__in=dossiers, etat=EtatDeFiche.COMPLETE)
    lues = list(fiches.order_by("pk"))
    corrigees = [une.dossier_id for une in lues if une.dit_le > lot.prepare_le]
    faire_par_la_maison(
        ETATS_CIVILS, "rouvrir", [une for une in lues if une.dossier_id not in corrigees]
    )
    if corrigees:
        completer(corrigees)


def _oublier_les_numeros(lignes: Sequence[LigneDeLot]) -> None:
    """The number of social security served: it is kept no longer."""
    dossiers = [une.passage.titre.parcours.dossier_id for une in lignes]
    fiches = FicheDEtatCivil.objects.filter(dossier__in=dossiers).exclude(nir="")
    oublier_les_nir(list(fiches.order_by("pk")), motif="certification acceptée")
