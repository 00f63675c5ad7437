"""Lots: written once and frozen, deposited by a person on the portal, or given up before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from binome.accrochage.ecrire import en_xml
from binome.accrochage.lecture import LotInvalide
from binome.accrochage.lot import lire_lot
from binome.depot.arrivee import ranger
from binome.dossiers.impartialite import les_siens
from binome.dossiers.models import Dossier
from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, faire_par_la_maison, faire_tous, naitre
from binome.journal.services import SYSTEME, oublier_tous
from binome.passeport.a_part import FichierDuPasseportRefuse, verifier_sous_son_schema
from binome.passeport.etats import (
    A_DECLARER,
    ActionDeclaree,
    EtatDeDeclaration,
    EtatDeFiche,
    IssueDeLigne,
)
from binome.passeport.fiches import nir_de
from binome.passeport.flows import LOTS, PASSAGES
from binome.passeport.models import (
    FicheDEtatCivil,
    LigneDeLot,
    LotDePassages,
    PassageADeclarer,
)
from binome.passeport.rayons import ACCUSES, LOTS_SCELLES, chiffrer, jeter_les_fichiers
from binome.passeport.reglages import (
    empreinte_de,
    figes,
    manque_aux_reglages,
    reglages_de,
    sait_supprimer,
    schema_choisi,
)
from binome.titres.etats import EtatDeTitre

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.etagere.rayon import Rayon
    from binome.gestes.auteur import Auteur
    from binome.passeport.models import ReglagesDuPasseport

PAR_LOT: Final = 10_000
"""Certifications of a lot of ours; the portal takes twenty times more."""
RIEN: Final = "Aucune certification n’est prête : il n’y a pas de lot à préparer."
CHANGE: Final = (
    "Une certification a changé pendant que le lot s’écrivait. Rien n’est gardé : recommencez."
)
SCHEMA_PERDU: Final = (
    "Le schéma choisi n’est plus lisible sur son étagère. Choisissez-le de nouveau."
)
SANS_SUPPRESSION: Final = "La version de votre schéma ne sait que déclarer. Demandez la suppression à la Caisse des Dépôts, puis notez-en le jour."
LE_SIEN: Final = "Ce qui est prêt vous concerne, vous ou votre organisation : une autre personne de la branche prépare ce lot."
RETIRES: Final = (
    "Un titre de ce lot a été retiré depuis. Abandonnez ce lot, et préparez-en un autre sans lui."
)


@dataclass(frozen=True)
class LotEcrit:
    """A lot as it will be frozen."""

    nom: str
    cle: str
    contenu: bytes
    passages: tuple[PassageADeclarer, ...]
    avec_nir: bool
    le: datetime


def a_declarer(branche: int, action: ActionDeclaree) -> QuerySet[PassageADeclarer]:
    """What a lot of this action would take, the nearest deadline first."""
    etats = A_DECLARER if action == ActionDeclaree.CREATION else (EtatDeDeclaration.A_SUPPRIMER,)
    complete = FicheDEtatCivil.objects.filter(
        dossier=OuterRef("titre__parcours__dossier"), etat=EtatDeFiche.COMPLETE
    )
    siens = PassageADeclarer.objects.filter(
        Exists(complete), titre__emetteur=branche, etat__in=etats, action=action
    ).exclude(rncp="")
    return siens.select_related("titre__parcours__dossier").order_by("echeance", "pk")


def a_declarer_par(
    acteur: Acteur, branche: int, action: ActionDeclaree
) -> QuerySet[PassageADeclarer]:
    """The same, without what is theirs: nobody declares their own certification."""
    siens = Dossier.objects.filter(les_siens(acteur)).order_by().values("pk")
    return a_declarer(branche, action).exclude(titre__parcours__dossier__in=siens)


def preparer(acteur: Acteur, branche: Organisation, action: ActionDeclaree) -> LotDePassages:
    """Writes a lot of all that is ready and is not theirs, checked against the schema of the branch, and freezes it.

    Raises GesteImpossible, FichierDuPasseportRefuse, CloisonPleine, and OSError when the disk refuses: nothing is then kept.
    """
    reglages = reglages_de(branche.pk)
    manque = manque_aux_reglages(reglages)
    if reglages is None or manque:
        raise GesteImpossible(" ".join(manque))
    if action == ActionDeclaree.SUPPRESSION and not sait_supprimer(reglages):
        raise GesteImpossible(SANS_SUPPRESSION)
    passages = tuple(a_declarer_par(acteur, branche.pk, action)[:PAR_LOT])
    if not passages:
        raise GesteImpossible(LE_SIEN if a_declarer(branche.pk, action).exists() else RIEN)
    schema = schema_choisi(reglages)
    if schema is None:
        raise GesteImpossible(SCHEMA_PERDU)
    ecrit = ecrire(reglages, passages, action)
    verifier_sous_son_schema(schema, ecrit.contenu)
    chiffre = chiffrer(ecrit.cle, ecrit.contenu)
    with ranger(LOTS_SCELLES, chiffre) as range_, transaction.atomic():
        return _figer(acteur, reglages, ecrit, range_.nom, action)


def ecrire(
    reglages: ReglagesDuPasseport, passages: Sequence[PassageADeclarer], action: ActionDeclaree
) -> LotEcrit:
    """The bytes of a lot, under a name that no other will have. Raises FichierDuPasseportRefuse in words."""
    maintenant = timezone.localtime()
    fiches = {
        une.dossier_id: une
        for une in FicheDEtatCivil.objects.filter(
            dossier__in=[un.titre.parcours.dossier_id for un in passages]
        )
    }
    id_flux = str(uuid4())
    dits = [_en_json(un, fiches[un.titre.parcours.dossier_id], reglages) for un in passages]
    brut = {
        "emetteur": {
            "id_client": reglages.id_client,
            "certificateur": reglages.certificateur,
            "contrat": reglages.contrat,
        },
        "version": reglages.version_du_schema,
        "action": str(action),
        "id_flux": id_flux,
        "horodatage": maintenant.isoformat(timespec="seconds"),
        "passages": dits,
    }
    try:
        contenu = en_xml(lire_lot(brut))
    except LotInvalide as invalide:
        raise FichierDuPasseportRefuse(f"Le lot ne s’écrit pas : {invalide.fautes[0]}.") from None
    essai = "essai-" if reglages.essai else ""
    nom = f"binome-{essai}{maintenant:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.xml"
    return LotEcrit(
        nom, f"lot:{id_flux}", contenu, tuple(passages), any("identifiant_national" in un for un in dits), maintenant
    )  # fmt: skip


def _en_json(
    un: PassageADeclarer, fiche: FicheDEtatCivil, reglages: ReglagesDuPasseport
) -> dict[str, Any]:
    dit: dict[str, Any] = {
        "id_technique": str(un.id_technique),
        "rncp": un.rncp,
        "date_debut_validite": un.titre.delivre_le.isoformat(),
        "modalite_acces": None,
    }
    numero = nir_de(fiche) if reglages.nir else ""
    if numero:
        # The key is left out here, in memory, and nowhere else.
        return {
            **dit,
            "identifiant_national": {"nir": numero[:13], "nom_naissance": fiche.nom_naissance},
        }
    return {
        **dit,
        "titulaire": {
            "nom_naissance": fiche.nom_naissance,
            "nom_usage": fiche.nom_usage or None,
            "prenom1": fiche.prenom1,
            "prenom2": fiche.prenom2 or None,
            "prenom3": fiche.prenom3 or None,
            "naissance": fiche.naissance,
            "sexe": fiche.sexe,
            "commune_insee": fiche.insee or None,
            "code_postal": fiche.code_postal or None,
            "commune": fiche.commune or None,
            "pays": fiche.pays or None,
        },
    }


def _figer(
    acteur: Acteur,
    reglages: ReglagesDuPasseport,
    ecrit: LotEcrit,
    fichier: str,
    action: ActionDeclaree,
) -> LotDePassages:
    lot = LotDePassages(
        branche=reglages.branche, nom=ecrit.nom, cle=ecrit.cle, action=action, reglages=figes(reglages, action),
        nombre=len(ecrit.passages), fichier=fichier, empreinte=empreinte_de(ecrit.contenu), octets=len(ecrit.contenu),
        avec_nir=ecrit.avec_nir, essai=reglages.essai, prepare_par=acteur.personne, prepare_le=ecrit.le,
    )  # fmt: skip
    naitre(LOTS, "preparer", [lot], acteur)
    bilan = faire_tous(
        PASSAGES,
        "mettre_en_lot",
        [Passage(un, un.version, {"lot": lot}) for un in ecrit.passages],
        acteur,
    )
    if bilan.laisses:
        raise GesteImpossible(CHANGE)
    return lot


def lignes_attendues(lot: LotDePassages) -> list[LigneDeLot]:
    """What of a lot waits for an answer, each with its certification."""
    siennes = LigneDeLot.objects.filter(lot=lot, issue=IssueDeLigne.ATTENDUE)
    return list(
        siennes.select_related("passage__titre__parcours__dossier__candidat").order_by("pk")
    )


@transaction.atomic
def deposer(acteur: Acteur, lot: LotDePassages, *, version: int, le: str | date) -> LotDePassages:
    """Notes the day when a person deposited a lot. Raises GesteImpossible, Depasse."""
    lignes = lignes_attendues(lot)
    if any(une.passage.titre.etat == EtatDeTitre.REVOQUE for une in lignes) and (
        lot.action == ActionDeclaree.CREATION
    ):
        raise GesteImpossible(RETIRES)
    faire(LOTS, "deposer", lot, acteur, version=version, donnees={"le": le})
    passages = [Passage(une.passage, une.passage.version) for une in lignes]
    if faire_tous(PASSAGES, "deposer", passages, acteur).laisses:
        raise Depasse(LOTS.ce_mot)
    return lot


@transaction.atomic
def abandonner(par: Auteur, lot: LotDePassages, *, version: int, sans_suite: int = 0) -> None:
    """Gives a lot up before it is deposited: its file and its key are destroyed. `sans_suite` is a dossier being erased.

    Raises GesteImpossible, Depasse.
    """
    lignes = lignes_attendues(lot)
    faire(LOTS, "abandonner", lot, par, version=version)
    envoyes = set(
        LigneDeLot.objects.filter(
            passage__in=[une.passage_id for une in lignes],
            issue__in=(IssueDeLigne.REFUSEE, IssueDeLigne.REJETEE),
        ).values_list("passage", flat=True)
    )
    passages = [
        Passage(
            une.passage,
            une.passage.version,
            {
                "deja_envoye": une.passage_id in envoyes,
                "sans_suite": une.passage.titre.parcours.dossier_id == sans_suite,
            },
        )
        for une in lignes
    ]
    if faire_tous(PASSAGES, "sortir_du_lot", passages, par).laisses:
        raise Depasse(LOTS.ce_mot)
    detruire([lot], motif="lot abandonné")


def detruire(lots: Sequence[LotDePassages], *, motif: str) -> None:
    """Takes the files of lots and their acknowledgements off the shelves, and destroys the keys: hashes stay."""
    tenus = [un for un in lots if un.fichier]
    fichiers: list[tuple[Rayon, str]] = []
    for un in tenus:
        fichiers.append((LOTS_SCELLES, un.fichier))
        fichiers += [(ACCUSES, accuse.fichier) for accuse in un.accuses.all()]
    faire_par_la_maison(LOTS, "detruire", tenus)
    oublier_tous({un.cle: "" for un in tenus}, auteur=SYSTEME, motif=motif)
    transaction.on_commit(lambda: jeter_les_fichiers(fichiers))
