"""Contracts that were signed before they came in, out of a table: by the gestures of the form, row by row, good ones kept.

Nothing of a row that is not made is kept: it is shown to who sent it, to be mended there. A table sent twice makes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.contrats_d_aide.etats import EtatDeContrat
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.medecins import (
    MedecinDit,
    ce_qui_complete,
    completer_les_medecins,
    ecrire_les_medecins,
    lire_un_medecin,
)
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.services import ContratDit, a_preparer
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_tous, naitre
from binome.pliage import plier
from binome.regles.faits import Erreur

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.acteur import Acteur
    from binome.contrats_d_aide.lire_une_table import LigneDeContrat

LOT: Final = 200
"""Rows that are made or not together."""
FAITS: Final = ("secteur", "patientele_mt", "file_active")
AUTRE_CAISSE: Final = "Seule une personne de la caisse écrit ses contrats."


@dataclass
class BilanDeTable:
    """What became of a table: how many rows were made, how many were there already, and those to be mended."""

    faites: int = 0
    connues: int = 0
    a_mender: list[LigneDeContrat] = field(default_factory=list)


@dataclass(frozen=True)
class _Prete:
    """A row, and what it writes."""

    ligne: LigneDeContrat
    dit: ContratDit


def importer_des_contrats(
    caisse: Organisation, par: Acteur, lignes: Iterable[LigneDeContrat]
) -> BilanDeTable:
    """Makes the contracts of the good rows, and gives back the others. Raises GesteImpossible for who is not of the caisse."""
    if caisse.pk not in caisses(par):
        raise GesteImpossible(AUTRE_CAISSE)
    bilan = BilanDeTable()
    bonnes: list[LigneDeContrat] = []
    for ligne in _sans_doubles(lignes):
        (bilan.a_mender if ligne.erreurs else bonnes).append(ligne)
    for debut in range(0, len(bonnes), LOT):
        _un_lot(caisse, par, bonnes[debut : debut + LOT], bilan)
    bilan.a_mender.sort(key=lambda une: une.numero)
    return bilan


def _sans_doubles(lignes: Iterable[LigneDeContrat]) -> list[LigneDeContrat]:
    """A doctor twice in a table: the second row is told which the first is."""
    vues: dict[str, int] = {}
    rendues = []
    for ligne in lignes:
        rpps = ligne.lus.get("rpps")
        deja = vues.setdefault(rpps, ligne.numero) if rpps else ligne.numero
        if deja != ligne.numero:
            raison = f"Ce médecin est déjà à la ligne {deja} : gardez un contrat par médecin, celui qui court."
            rendues.append(_refusee(ligne, "rpps", raison))
        else:
            rendues.append(ligne)
    return rendues


def _refusee(ligne: LigneDeContrat, colonne: str, raison: str) -> LigneDeContrat:
    nom = colonne if colonne in ligne.cellules or colonne in ligne.lus else "nom"
    return replace(
        ligne, erreurs=(*ligne.erreurs, Erreur(nom, ligne.cellules.get(nom, "")[:40], raison))
    )


def _un_lot(
    caisse: Organisation, par: Acteur, lignes: Sequence[LigneDeContrat], bilan: BilanDeTable
) -> None:
    """Makes some rows. One that a gesture refuses is put aside, and the others are made again without it."""
    restent = list(lignes)
    while restent:
        refusees: dict[int, LigneDeContrat] = {}
        with transaction.atomic():
            # One table at a time in a caisse: two tabs cannot make one contract twice.
            Organisation.objects.select_for_update().get(pk=caisse.pk)
            connues = _connues(caisse, restent)
            neuves = [une for une in restent if une.numero not in connues]
            pretes, refusees = _preparer(caisse, par, neuves)
            if not refusees:
                refusees = _faire(pretes, par)
            if refusees:
                transaction.set_rollback(True)
        if not refusees:
            bilan.faites += len(neuves)
            bilan.connues += len(connues)
            return
        bilan.a_mender += refusees.values()
        restent = [une for une in restent if une.numero not in refusees]


def _connues(caisse: Organisation, lignes: Sequence[LigneDeContrat]) -> set[int]:
    """The rows whose contract is there already: of one doctor, one caisse, one day."""
    jours = {une.signe_le for une in lignes}
    siens = Contrat.objects.filter(caisse=caisse, signe_le__in=jours, medecin__isnull=False)
    lus = list(
        siens.order_by("pk").values_list(
            "signe_le", "medecin__rpps", "medecin__nom", "medecin__prenom"
        )
    )
    par_rpps = {(jour, rpps) for jour, rpps, *_ in lus if rpps}
    par_nom = {(jour, plier(nom), plier(prenom)) for jour, rpps, nom, prenom in lus if not rpps}
    return {
        une.numero
        for une in lignes
        if ((une.signe_le, une.lus["rpps"]) in par_rpps if une.lus.get("rpps")
            else (une.signe_le, plier(une.lus["nom"]), plier(une.lus.get("prenom", ""))) in par_nom)
    }  # fmt: skip


def _preparer(
    caisse: Organisation, par: Acteur, lignes: Sequence[LigneDeContrat]
) -> tuple[list[_Prete], dict[int, LigneDeContrat]]:
    """What each row would write, its doctor written down; and the rows that cannot be."""
    numeros = {une.lus["rpps"] for une in lignes if une.lus.get("rpps")}
    connus = {un.rpps: un for un in Medecin.objects.filter(rpps__in=numeros).order_by("pk")}
    medecins: dict[int, Medecin] = {}
    neufs: list[Medecin] = []
    complets: list[tuple[Medecin, tuple[str, ...]]] = []
    refusees: dict[int, LigneDeContrat] = {}
    for ligne in lignes:
        lus = ligne.lus
        try:
            dit = lire_un_medecin(
                MedecinDit(
                    lus["nom"],
                    lus.get("prenom", ""),
                    lus.get("rpps", ""),
                    lus.get("specialite", ""),
                )
            )
            deja = connus.get(dit.rpps) if dit.rpps else None
            if deja is None:
                neufs.append(dit)
            else:
                complets.append((deja, ce_qui_complete(deja, dit)))
        except GesteImpossible as impossible:
            refusees[ligne.numero] = _refusee(ligne, impossible.champ, str(impossible))
        else:
            medecins[ligne.numero] = deja or dit
    if refusees:
        return [], refusees
    ecrire_les_medecins(neufs, par)
    completer_les_medecins(complets, par)
    return [_Prete(une, _dit(caisse, une, medecins[une.numero])) for une in lignes], {}


def _dit(caisse: Organisation, ligne: LigneDeContrat, medecin: Medecin) -> ContratDit:
    lus = ligne.lus
    return ContratDit(
        medecin=medecin, caisse=caisse, cabinet=lus.get("cabinet", ""), departement=lus.get("departement", ""),
        zone=lus.get("zone"), option=lus["option"], bande=lus.get("bande", ""),
        faits={nom: lus[nom] for nom in FAITS if nom in lus},
    )  # fmt: skip


def _faire(pretes: Sequence[_Prete], par: Acteur) -> dict[int, LigneDeContrat]:
    """Prepares, signs, begins, and ends what is past its term; the rows that a gesture refused."""
    contrats: list[Contrat] = []
    fausses: dict[int, LigneDeContrat] = {}
    for une in pretes:
        try:
            contrats.append(a_preparer(une.dit))
        except GesteImpossible as impossible:
            fausses[une.ligne.numero] = _refusee(une.ligne, impossible.champ, str(impossible))
    if fausses or not contrats:
        return fausses
    naitre(CONTRATS, "preparer", contrats, par)
    lignes = {contrat.pk: une.ligne for contrat, une in zip(contrats, pretes, strict=True)}
    refusees = _geste(
        "signer", contrats, par, {pk: {"signe_le": une.signe_le} for pk, une in lignes.items()}
    )
    if not refusees:
        commencent = [un for un in contrats if "commence_le" in lignes[un.pk].lus]
        refusees = _geste(
            "commencer",
            commencent,
            par,
            {un.pk: {"le": lignes[un.pk].lus["commence_le"]} for un in commencent},
        )
    if not refusees:
        finis = [un for un in contrats if un.fin is not None and un.fin < timezone.localdate()]
        refusees = _geste("terminer", finis, par, {})
    champs = {"le": "commence_le"}
    return {
        lignes[pk].numero: _refusee(lignes[pk], champs.get(refus.champ, refus.champ), str(refus))
        for pk, refus in refusees.items()
    }


def _geste(nom: str, contrats: Sequence[Contrat], par: Acteur, donnees: dict[int, dict[str, Any]]) -> dict[int, GesteImpossible]:  # fmt: skip
    passages = [
        Passage(un, un.version, dict(donnees.get(un.pk, {})))
        for un in contrats
        if un.etat != EtatDeContrat.FINI
    ]
    if passages:
        faire_tous(CONTRATS, nom, passages, par)
    return {un.objet.pk: un.refus for un in passages if un.refus is not None}
