"""Preparing a contract, changing it, preparing what follows it: one validator, whatever the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.contrats_d_aide.etats import (
    CLOS,
    OUVERTS,
    EtatDeContrat,
    GenreDeContrat,
    SpecialiteDeMedecin,
)
from binome.contrats_d_aide.flows import CONTRATS
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.reponses import DITS, faits_du_contrat, reponse_vivante
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.gestes.passage import Passage

DIRE_UN_MEDECIN: Final = "medecin.dit"
"""The entry that a doctor is written down."""
AUTRE_MEDECIN: Final = "Ce numéro RPPS est déjà celui d’un autre médecin : relisez-le."


@dataclass(frozen=True)
class MedecinDit:
    """A doctor as a form or a table says them; `rpps` as it was typed."""

    nom: str
    prenom: str = ""
    rpps: str = ""
    specialite: str = ""


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


def lire_un_medecin(dit: MedecinDit) -> Medecin:
    """A doctor as they would be written, checked, not written. Raises GesteImpossible for a wrong key, a name that is missing."""
    try:
        rpps = lire_un_rpps(dit.rpps)
    except ValueError as faute:
        raise GesteImpossible(str(faute), champ="rpps") from None
    nom, prenom = " ".join(dit.nom.split()), " ".join(dit.prenom.split())
    if not nom:
        raise GesteImpossible("Dites le nom du médecin.", champ="nom")
    if max(len(nom), len(prenom)) > 100:
        raise GesteImpossible("Un nom tient en cent caractères au plus.", champ="nom")
    if dit.specialite and dit.specialite not in SpecialiteDeMedecin.values:
        raise GesteImpossible("Choisissez une spécialité de la liste.", champ="specialite")
    return Medecin(nom=nom, prenom=prenom, rpps=rpps, specialite=dit.specialite)


def est_le_meme(deja: Medecin, dit: Medecin) -> bool:
    """Whether a doctor of the same RPPS has the same name, as far as it is said."""
    return plier(deja.nom) == plier(dit.nom) and (
        not dit.prenom or not deja.prenom or plier(deja.prenom) == plier(dit.prenom)
    )


@transaction.atomic
def dire_un_medecin(dit: MedecinDit, par: Acteur) -> Medecin:
    """The doctor of an RPPS, or a new one. Raises GesteImpossible for a wrong key, or a number that is another's."""
    lu = lire_un_medecin(dit)
    deja = Medecin.objects.filter(rpps=lu.rpps).first() if lu.rpps else None
    if deja is not None:
        if not est_le_meme(deja, lu):
            raise GesteImpossible(AUTRE_MEDECIN, champ="rpps")
        return deja
    ecrire_les_medecins([lu], par)
    return lu


@transaction.atomic
def ecrire_les_medecins(neufs: Sequence[Medecin], par: Acteur) -> None:
    """Writes new doctors down, in a few queries. Raises GesteImpossible when one was written meanwhile."""
    try:
        with transaction.atomic():
            Medecin.objects.bulk_create(neufs)
    except IntegrityError:
        raise GesteImpossible(AUTRE_MEDECIN, champ="rpps") from None
    ecrire_tout(
        [
            Ecriture(DIRE_UN_MEDECIN, un.objet, auteur=par.nom_au_journal, sujet=un.objet, lignes=lignes([un]))
            for un in neufs
        ]
    )  # fmt: skip


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
    if tenu.suivants.exclude(etat__in=CLOS).exists():
        raise GesteImpossible("La suite de ce contrat est déjà préparée.")
    if dit.genre == tenu.genre and dit.medecin is not None and dit.medecin.pk != tenu.medecin_id:
        raise GesteImpossible("La suite d’un contrat est du même médecin.", champ="medecin")
    return _naitre("renouveler", dit, par, tenu)


def _neuf(dit: ContratDit, precedent: Contrat | None) -> Contrat:
    maison = dit.signataire or dit.caisse
    return Contrat(
        prepare_le=timezone.now(), precedent=precedent, essai=maison is not None and maison.exemple, **_colonnes(dit)
    )  # fmt: skip


def _naitre(nom: str, dit: ContratDit, par: Acteur, precedent: Contrat | None = None) -> Contrat:
    if dit.signataire is None and (dit.caisse is None or dit.caisse.pk not in caisses(par)):
        raise GesteImpossible("Dites quel cabinet signe.", champ="signataire")
    contrat = _neuf(dit, precedent)
    naitre(CONTRATS, nom, [contrat], par)
    return contrat


def modifier(contrat: Contrat, dit: ContratDit, par: Acteur, *, version: int) -> Passage[Contrat]:
    """Changes a contract that is not signed yet. Raises GesteImpossible, Depasse."""
    return faire(
        CONTRATS, "modifier", contrat, par, version=version, donnees={"colonnes": _colonnes(dit)}
    )


def agir(
    contrat: Contrat, nom: str, par: Acteur, /, *, version: int | None = None, **donnees: Any
) -> Passage[Contrat]:
    """One gesture on a contract as it was read, with typed values. Raises GesteImpossible, Depasse."""
    return faire(
        CONTRATS, nom, contrat, par, version=contrat.version if version is None else version, donnees=donnees
    )  # fmt: skip
