"""Signatures that come in, one or many, once or a hundred times: each is one record, or refused with a sentence.

A signature is evidence. One that was made before its slot was counter-signed and comes after is kept, and counts for
nothing by itself: the page of the slot offers it to the trainer as a correction.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import IntegrityError
from django.db.models import Count

from binome.depot.arrivee import ranger
from binome.depot.dessin import DessinRefuse, lire_le_dessin
from binome.depot.refus import PieceRefusee
from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.habillage.envois_recus import APPAREIL, HorlogeFausse, a_l_heure
from binome.parcours.models import Parcours
from binome.presences.codes import ouverture
from binome.presences.etats import MoyenDeSignature
from binome.presences.flows import SIGNATURES
from binome.presences.models import Signature
from binome.presences.permissions import STAGIAIRE, cotes_de_signature
from binome.presences.rayons import SIGNATURES as RAYON
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure
from binome.sessions.permissions import FORMATEUR, ORGANISME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from binome.gestes.auteur import Auteur
    from binome.sessions.models import Creneau

PRISES: Final = (MoyenDeSignature.CODE, MoyenDeSignature.TABLETTE, MoyenDeSignature.PAPIER)
"""How a signature that comes in here was made; one made after its slot froze is proposed by the person alone."""
PAR_PERSONNE: Final = 10
"""Signatures of one person in one slot: several devices and ways are evidence, more are noise."""
PAR_CRENEAU: Final = 500
"""Signatures of a slot."""


class Issue(StrEnum):
    """What became of a line that was sent."""

    RECUE = "recue"
    DEJA_RECUE = "deja_recue"
    REFUSEE = "refusee"


@dataclass(frozen=True)
class SignatureRecue:
    """A signature as it comes: `signee_le` by the clock of the device, `retard_d_horloge` how many seconds that clock was
    behind the server's when it sent, None when nobody knows. `parcours` is its number."""

    uid: UUID
    parcours: int
    moyen: str
    signee_le: datetime
    retard_d_horloge: int | None = None
    appareil: str = ""
    image: bytes = b""


@dataclass(frozen=True)
class Reception:
    """What became of it; `phrase` says why it is refused, or what the person should know of one that is kept."""

    uid: UUID
    issue: Issue
    phrase: str = ""


class Prete(NamedTuple):
    """A signature that may be written, with the drawing to shelve."""

    recue: SignatureRecue
    signature: Signature
    dessin: bytes


class SignatureRefusee(ValueError):
    """A line that is not taken; its message is for the person."""


def recevoir(
    acteur: Auteur,
    creneau: Creneau,
    lot: Sequence[SignatureRecue],
    *,
    maintenant: datetime,
) -> list[Reception]:
    """What became of each signature of a lot, in its order; nothing of it is lost because one is refused.

    Raises OSError when the disk refuses a drawing: nothing of the lot that was not said is then kept.
    """
    attendues = {un.parcours_id: un.parcours for un in attendus(creneau)}
    connues = _connues(lot)
    deja = _combien(creneau)
    rendues: dict[UUID, Reception] = {}
    pretes: list[Prete] = []
    for une in reversed({un.uid: un for un in reversed(lot)}.values()):
        try:
            if une.uid in connues:
                rendues[une.uid] = _deja(une, connues[une.uid], creneau)
            else:
                prete = _prete(acteur, creneau, une, attendues, maintenant)
                _verifier_le_nombre(deja, une.parcours)
                deja[une.parcours] += 1
                pretes.append(prete)
        except SignatureRefusee as refus:
            rendues[une.uid] = Reception(une.uid, Issue.REFUSEE, str(refus))
    for reception in _ecrire_ensemble(acteur, creneau, pretes):
        rendues[reception.uid] = reception
    return [rendues[une.uid] for une in lot]


def _combien(creneau: Creneau) -> Counter[int]:
    """The signatures of a slot, by path."""
    siennes = Signature.objects.filter(creneau=creneau).order_by("parcours").values("parcours")
    lues = siennes.annotate(combien=Count("pk")).values_list("parcours", "combien")
    return Counter(dict(lues))


def _verifier_le_nombre(deja: Counter[int], parcours: int) -> None:
    """Raises SignatureRefusee beyond what anybody needs. Many at the same instant may pass it by as many: it bounds, and no more."""
    if deja[parcours] >= PAR_PERSONNE:
        raise SignatureRefusee(
            f"Cette personne a déjà signé {PAR_PERSONNE} fois ce créneau : une seule signature suffit."
        )
    if deja.total() >= PAR_CRENEAU:
        raise SignatureRefusee(
            f"Ce créneau a déjà {PAR_CRENEAU} signatures : il n’en prend pas plus."
        )


def _connues(lot: Sequence[SignatureRecue]) -> dict[UUID, Signature]:
    return {un.uid: un for un in Signature.objects.filter(uid__in={une.uid for une in lot})}


def _deja(recue: SignatureRecue, connue: Signature, creneau: Creneau) -> Reception:
    """A signature that came already: the same, whatever the number of times. Raises SignatureRefusee for another's name."""
    if connue.creneau_id != creneau.pk:
        raise SignatureRefusee("Cette signature est celle d’un autre créneau.")
    if connue.parcours_id != recue.parcours:
        raise SignatureRefusee("Cette signature est celle d’une autre personne.")
    return Reception(recue.uid, Issue.DEJA_RECUE)


def _prete(
    acteur: Auteur,
    creneau: Creneau,
    recue: SignatureRecue,
    attendues: Mapping[int, Parcours],
    maintenant: datetime,
) -> Prete:
    """The signature to write. Raises SignatureRefusee."""
    signee_le = _a_l_heure(recue, maintenant)
    _verifier_le_creneau(creneau, signee_le)
    parcours = attendues.get(recue.parcours) or _pas_attendu(creneau, recue.parcours)
    if parcours.fini_le is not None and parcours.fini_le <= signee_le:
        raise SignatureRefusee("Ce parcours était terminé quand cette signature a été faite.")
    if not APPAREIL.fullmatch(recue.appareil):
        raise SignatureRefusee("Le numéro de l’appareil n’est pas lisible.")
    signature = Signature(
        uid=recue.uid,
        creneau=creneau,
        parcours=parcours,
        moyen=recue.moyen,
        signee_le=signee_le,
        recue_le=maintenant,
        retard_d_horloge=recue.retard_d_horloge,
        appareil=recue.appareil,
        par=None if isinstance(acteur, Maison) else acteur.personne,
    )
    _verifier_qui(acteur, signature)
    return Prete(recue, signature, _dessin(recue))


def _a_l_heure(recue: SignatureRecue, maintenant: datetime) -> datetime:
    """The instant of a signature by the server's clock. Raises SignatureRefusee."""
    try:
        return a_l_heure(
            recue.signee_le, recue.retard_d_horloge, maintenant, quoi="cette signature"
        )
    except HorlogeFausse as fausse:
        raise SignatureRefusee(str(fausse)) from None


def _verifier_le_creneau(creneau: Creneau, signee_le: datetime) -> None:
    if creneau.etat == EtatDeCreneau.ANNULE:
        raise SignatureRefusee("Ce créneau est annulé.")
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        raise SignatureRefusee("Ce créneau à distance se suit sans signature.")
    ouvre = ouverture(creneau)
    if signee_le < ouvre:
        dite = dire_l_heure(ouvre, creneau.session.site.fuseau)
        raise SignatureRefusee(
            f"Cette signature est faite trop tôt : celle de ce créneau ouvre à {dite}. Signez de nouveau à ce moment-là."
        )
    if creneau.gele_le is not None and signee_le > creneau.gele_le:
        raise SignatureRefusee(
            "Ce créneau était déjà contresigné quand cette signature a été faite."
        )


def _pas_attendu(creneau: Creneau, numero: int) -> Parcours:
    """The path that was enrolled and is over since. Raises SignatureRefusee for any other."""
    fini = Parcours.objects.filter(
        pk=numero, inscriptions__session=creneau.session_id, fini_le__isnull=False
    ).first()
    if fini is None:
        raise SignatureRefusee("Cette personne n’est pas attendue à ce créneau.")
    raise SignatureRefusee("Ce parcours est terminé.")


def _verifier_qui(acteur: Auteur, signature: Signature) -> None:
    """A drawing or a sheet is handed in by who trains or manages there; a code serves the person alone."""
    if signature.moyen not in PRISES:
        raise SignatureRefusee("Cette façon de signer n’existe pas.")
    if isinstance(acteur, Maison):
        return
    qui = {STAGIAIRE} if signature.moyen == MoyenDeSignature.CODE else {FORMATEUR, ORGANISME}
    if cotes_de_signature(acteur, signature).isdisjoint(qui):
        raise SignatureRefusee("Vous ne pouvez pas remettre cette signature.")


def _dessin(recue: SignatureRecue) -> bytes:
    """The drawing to keep; empty for none. Raises SignatureRefusee."""
    if not recue.image:
        if recue.moyen == MoyenDeSignature.TABLETTE:
            raise SignatureRefusee("La signature dessinée manque.")
        return b""
    try:
        return lire_le_dessin(recue.image)
    except (DessinRefuse, PieceRefusee) as refus:
        raise SignatureRefusee(str(refus)) from None


def _ecrire_ensemble(acteur: Auteur, creneau: Creneau, pretes: Sequence[Prete]) -> list[Reception]:
    """Writes them in one entry of each in the journal; one by one when another sent one of them at the same instant."""
    if not pretes:
        return []
    try:
        _ecrire(acteur, pretes)
    except IntegrityError:
        if len(pretes) > 1:
            return [un for prete in pretes for un in _ecrire_ensemble(acteur, creneau, [prete])]
        return [_deja_ou_refus(pretes[0].recue, creneau)]
    except GesteImpossible as impossible:
        if len(pretes) > 1:
            return [un for prete in pretes for un in _ecrire_ensemble(acteur, creneau, [prete])]
        return [Reception(pretes[0].recue.uid, Issue.REFUSEE, str(impossible))]
    phrase = (
        ""
        if creneau.gele_le is None
        else "Le créneau est déjà contresigné : la signature est gardée, et attend une correction."
    )
    return [Reception(prete.recue.uid, Issue.RECUE, phrase) for prete in pretes]


def _deja_ou_refus(recue: SignatureRecue, creneau: Creneau) -> Reception:
    connue = _connues([recue]).get(recue.uid)
    if connue is None:
        raise IntegrityError(f"la signature {recue.uid} ne s’écrit pas")
    try:
        return _deja(recue, connue, creneau)
    except SignatureRefusee as refus:
        return Reception(recue.uid, Issue.REFUSEE, str(refus))


def _ecrire(acteur: Auteur, pretes: Sequence[Prete]) -> None:
    with ExitStack() as rangees:
        signatures = []
        for _, signature, dessin in pretes:
            if dessin:
                range_ = rangees.enter_context(ranger(RAYON, dessin))
                signature.image, signature.empreinte = range_.nom, range_.empreinte
            signatures.append(signature)
        naitre(SIGNATURES, "signer", signatures, acteur)
