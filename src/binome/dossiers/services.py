"""Filing a dossier: every change from the draft to the decision's doorstep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.dossiers.attribution import branche_de, certification_pour, nouvelles
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat, Origine
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.dossiers.preparations import IDENTITE
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Proposition

ENCORE: Final = timedelta(minutes=10)


@transaction.atomic
def ouvrir(
    organisme: Organisation,
    acteur: Acteur,
    *,
    exemple: bool = False,
    cle_import: str = "",
    certification: str = "",
) -> Dossier:
    """A new draft of a training organisation, of the certification by default unless another is named.

    Raises GesteImpossible from who does not manage it, and for a certification that is not open to it.
    """
    if organisme.pk not in acteur.organisations("gestionnaire"):
        raise GesteImpossible("Seule une personne qui gère l’organisme peut ouvrir un dossier.")
    choisie = certification_pour(organisme, certification).code
    (reference,) = nouvelles(1)
    dossier = Dossier(
        reference=reference,
        organisme=organisme,
        certification=choisie,
        branche_id=branche_de(choisie, organisme),
        exemple=exemple,
        cle_import=cle_import,
    )
    apres = {"organisme": organisme.pk, "certification": choisie}
    naitre(FLUX, "ouvrir", [dossier], acteur, apres=apres)
    return dossier


def deja_ouvert(
    organisme: Organisation, certification: str, identite: Mapping[str, Any]
) -> Dossier | None:
    """The draft just opened for the same person: a second press, or an answer that was lost on its way.

    The organisation is held until the transaction ends, so that two presses do not pass side by side.
    """
    Organisation.objects.select_for_update().get(pk=organisme.pk)
    return Dossier.objects.filter(
        organisme=organisme, etat=Etat.BROUILLON, cree_le__gte=timezone.now() - ENCORE, cle_import="",
        certification=certification_pour(organisme, certification).code, **identite,
    ).first()  # fmt: skip


def ecrire_identite(
    dossier: Dossier, valeurs: Mapping[str, Any], acteur: Acteur, *, version: int
) -> Dossier:
    """Sets some columns of the identity, already cleaned; what does not change is not written.

    Raises Depasse, GesteImpossible.
    """
    change = {
        nom: valeurs[nom]
        for nom in IDENTITE
        if nom in valeurs and valeurs[nom] != getattr(dossier, nom)
    }
    if change:
        faire(FLUX, "ecrire", dossier, acteur, version=version, donnees={"identite": change})
    return dossier


def declarer(
    dossier: Dossier, faits: Mapping[str, Any], acteur: Acteur, *, version: int
) -> Dossier:
    """Sets declared facts, as JSON values; None takes one away.

    What was proven stays proven. Raises DossierInvalide, Depasse, GesteImpossible.
    """
    base = base_de(dossier.certification)
    connus = {un.nom: un.valeur for un in dossier.faits.filter(origine=Origine.DECLARE)}
    change = {nom: valeur for nom, valeur in faits.items() if connus.get(nom) != valeur}
    base.lire({**connus, **change})
    if not change:
        return dossier
    donnees = {"faits": change, "connus": connus}
    faire(FLUX, "ecrire", dossier, acteur, version=version, donnees=donnees)
    # As it stands, related rows included.
    return Dossier.objects.select_related("organisme", "candidat").get(pk=dossier.pk)


def deposer(dossier: Dossier, acteur: Acteur, *, version: int) -> Dossier:
    """Files a draft with the branch, and invites the candidate. Raises Depasse, GesteImpossible."""
    return faire(FLUX, "deposer", dossier, acteur, version=version).objet


def completer(dossier: Dossier, acteur: Acteur, *, version: int, confirme: bool = False) -> Dossier:
    """Sends back a dossier that the branch asked to complete; without what is still missing when that is confirmed.

    Raises Depasse, GesteImpossible.
    """
    donnees = {"confirme": "oui" if confirme else ""}
    return faire(FLUX, "completer", dossier, acteur, version=version, donnees=donnees).objet


def retirer(dossier: Dossier, acteur: Acteur, *, version: int, motif: str = "") -> Dossier:
    """Withdraws a dossier before any decision. Raises Depasse, GesteImpossible."""
    donnees = {"motif": motif}
    return faire(FLUX, "retirer", dossier, acteur, version=version, donnees=donnees).objet


def retablir(dossier: Dossier, acteur: Acteur, *, version: int, motif: str = "") -> Dossier:
    """Takes a withdrawn dossier back as a draft, within its time. Raises Depasse, GesteImpossible."""
    donnees = {"motif": motif}
    return faire(FLUX, "retablir", dossier, acteur, version=version, donnees=donnees).objet


def demander(
    dossier: Dossier, acteur: Acteur, *, version: int, motif: str, avant: date | None = None
) -> Dossier:
    """Asks the organisation to complete, before a day if one is given: reminders follow it.

    Raises GesteImpossible without a reason or for a day that is past, Depasse.
    """
    donnees = {"motif": motif, "avant": avant}
    return faire(FLUX, "demander", dossier, acteur, version=version, donnees=donnees).objet


def proposer(dossier: Dossier, acteur: Acteur, *, version: int) -> Proposition:
    """Prepares the rule base's proposal, on declared and on proven facts.

    Raises GesteImpossible when the facts contradict one another, Depasse.
    """
    passage = faire(FLUX, "proposer", dossier, acteur, version=version)
    proposition: Proposition = passage.donnees["proposition"]
    return proposition
