"""Preparing a contract, changing it, preparing what follows it: one validator, whatever the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from binome.contrats_d_aide.etats import (
    ARRETES,
    OUVERTS,
    EtatDeContrat,
    GenreDeContrat,
)
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.recherche import mots_du_contrat, refaire_la_recherche
from binome.contrats_d_aide.reponses import DITS, faits_du_contrat, reponse_vivante
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.gestes.passage import Passage


@dataclass(frozen=True)
class ContratDit:
    """What a contract is to be; `etp` in hundredths. `faits` are those of `reponses.DITS`, as the rule base reads them."""

    genre: str = GenreDeContrat.INDIVIDUEL
    medecin: Medecin | None = None
    societe: Organisation | None = None
    signataire: Organisation | None = None
    cabinet: str = ""
    caisse: Organisation | None = None
    autre_caisse: str = ""
    departement: str = ""
    zone: bool | None = None
    option: str = ""
    etp: int | None = None
    bande: str = ""
    faits: dict[str, Any] = field(default_factory=dict)


def _colonnes(dit: ContratDit) -> dict[str, Any]:
    """The columns of a contract, checked. Raises GesteImpossible."""
    collectif = dit.genre == GenreDeContrat.COLLECTIF
    if not collectif and dit.medecin is None:
        raise GesteImpossible("Dites quel médecin signe.", champ="medecin")
    if collectif and dit.societe is None and not dit.cabinet:
        raise GesteImpossible("Dites quelle société signe.", champ="societe")
    if (dit.etp is None) if collectif else (not dit.option):
        raise GesteImpossible(
            "Dites combien de temps pleins le contrat paie."
            if collectif
            else "Choisissez une option.",
            champ="etp" if collectif else "option",
        )
    if dit.caisse is None and not dit.autre_caisse:
        raise GesteImpossible("Dites quelle caisse signe.", champ="caisse")
    inconnus = dit.faits.keys() - {*DITS, "specialite"}
    if inconnus:
        raise GesteImpossible(f"Ce fait ne se dit pas d’un contrat : {min(inconnus)}.")
    colonnes = {
        "genre": dit.genre, "medecin": None if collectif else dit.medecin,
        "societe": dit.societe if collectif else None, "signataire": dit.signataire, "cabinet": dit.cabinet,
        "caisse": dit.caisse, "autre_caisse": "" if dit.caisse else dit.autre_caisse,
        "departement": dit.departement, "zone": dit.zone, "option": "" if collectif else dit.option,
        "etp": dit.etp if collectif else None, "bande": dit.bande, "faits": dict(dit.faits),
    }  # fmt: skip
    reponse_vivante(faits_du_contrat(Contrat(**colonnes), None))
    return colonnes


@transaction.atomic
def preparer(dit: ContratDit, par: Acteur) -> Contrat:
    """A contract that is not signed yet. Raises GesteImpossible."""
    return _naitre("preparer", dit, par)


def a_preparer(dit: ContratDit) -> Contrat:
    """A contract as it would be prepared, checked, not written. Raises GesteImpossible."""
    return _neuf(dit, None)


@transaction.atomic
def renouveler(precedent: Contrat, dit: ContratDit, par: Acteur) -> Contrat:
    """What follows a contract: a renewal, or another one after a move. Raises GesteImpossible."""
    tenu = Contrat.objects.select_for_update(of=("self",)).get(pk=precedent.pk)
    if tenu.etat not in (*OUVERTS, EtatDeContrat.FINI):
        raise GesteImpossible("Un contrat se renouvelle une fois signé.")
    if tenu.suivants.exclude(etat__in=ARRETES).exists():
        raise GesteImpossible("La suite de ce contrat est déjà préparée.")
    if dit.genre == tenu.genre and dit.medecin is not None and dit.medecin.pk != tenu.medecin_id:
        raise GesteImpossible("La suite d’un contrat est du même médecin.", champ="medecin")
    return _naitre("renouveler", dit, par, tenu)


def _neuf(dit: ContratDit, precedent: Contrat | None) -> Contrat:
    maison = dit.signataire or dit.caisse
    contrat = Contrat(
        prepare_le=timezone.now(), precedent=precedent, essai=maison is not None and maison.exemple, **_colonnes(dit)
    )  # fmt: skip
    contrat.recherche = mots_du_contrat(contrat)
    return contrat


def _naitre(nom: str, dit: ContratDit, par: Acteur, precedent: Contrat | None = None) -> Contrat:
    if dit.signataire is None and (dit.caisse is None or dit.caisse.pk not in caisses(par)):
        raise GesteImpossible("Dites quel cabinet signe.", champ="signataire")
    contrat = _neuf(dit, precedent)
    naitre(CONTRATS, nom, [contrat], par)
    return contrat


@transaction.atomic
def modifier(contrat: Contrat, dit: ContratDit, par: Acteur, *, version: int) -> Passage[Contrat]:
    """Changes a contract that is not signed yet. Raises GesteImpossible, Depasse."""
    passage = faire(
        CONTRATS, "modifier", contrat, par, version=version, donnees={"colonnes": _colonnes(dit)}
    )
    refaire_la_recherche(Contrat.objects.filter(pk=contrat.pk))
    return passage


def agir(
    contrat: Contrat, nom: str, par: Acteur, /, *, version: int | None = None, **donnees: Any
) -> Passage[Contrat]:
    """One gesture on a contract as it was read, with typed values. Raises GesteImpossible, Depasse."""
    return faire(
        CONTRATS, nom, contrat, par, version=contrat.version if version is None else version, donnees=donnees
    )  # fmt: skip
