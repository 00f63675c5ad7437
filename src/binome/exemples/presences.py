"""Who was there, in the made-up world: the slots already taught of the session that runs, with what goes wrong in them; all of those
of an adaptation that is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.auteur import Maison
from binome.gestes.services import faire
from binome.presences.constat import ABSENT, PRESENT, CeQuiSEstPasse
from binome.presences.etats import MoyenDeSignature, RaisonDeCorrection
from binome.presences.gel import corriger, noter
from binome.presences.models import Presence, Signature
from binome.presences.recevoir import SignatureRecue, recevoir
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau, EtatDeSession
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Session

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.sessions.models import Inscription

A_CONTRESIGNER: Final = 2
"""The last slots taught wait for their trainer."""
SUR: Final = 12
"""One fault of each kind in so many people and slots."""


def _verifier() -> None:
    if Signature.objects.exists():
        raise DejaServie(
            "La base a déjà des présences : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    commencees = Session.objects.filter(
        organisme=scene.organismes[0], etat=EtatDeSession.PUBLIEE, debut__lt=voulu.jour
    ).order_by("pk")
    session = commencees.first()
    if session is None:
        return
    hasard = Random(voulu.graine)  # noqa: S311 - a made-up world, not a secret
    formateur = Acteur(scene.personnes["formateur"])
    _enseigner(session, voulu, formateur, hasard)
    _corriger(session, formateur)
    enseignees = commencees.filter(creneaux__formateur=scene.personnes["formateur"]).distinct()
    for finie in enseignees.exclude(pk=session.pk):
        _enseigner(finie, voulu, formateur, None)


def _enseigner(session: Session, voulu: Voulu, formateur: Acteur, hasard: Random | None) -> None:
    """What is taught before the day of the world, with its faults and its last slots left; none of them without `hasard`."""
    laisses = A_CONTRESIGNER if hasard else 0
    minuit = datetime.combine(voulu.jour, time(), tzinfo=session.site.fuseau)
    passes = list(
        Creneau.objects.filter(session=session, fin__lte=min(minuit, timezone.now()))
        .exclude(etat=EtatDeCreneau.ANNULE)
        .select_related("session__site", "session__organisme", "formateur")
        .order_by("debut", "pk")
    )
    for rang, creneau in enumerate(passes):
        venues = _signer(creneau, hasard)
        if rang < len(passes) - laisses:
            if hasard:
                _noter(creneau, formateur, venues, hasard)
            faire(
                CRENEAUX, "geler", creneau, formateur, version=creneau.version,
                donnees={"le": creneau.fin + timedelta(minutes=5)},
            )  # fmt: skip


def _signer(creneau: Creneau, fautes: Random | None) -> set[int]:
    """The signatures of a slot: one person in `SUR` forgets, another one signs on two telephones."""
    lot, venues = [], set()
    # Without faults, a draw of its own: a signature keeps an identifier.
    hasard = fautes or Random(f"presence-{creneau.pk}")  # noqa: S311 - a made-up world, not a secret
    for une in attendus(creneau):
        if fautes and not fautes.randrange(SUR):
            continue
        venues.add(une.parcours_id)
        fois = 2 if fautes and not fautes.randrange(SUR * SUR) else 1
        for _ in range(fois):
            lot.append(_une_signature(creneau, une, hasard))
    recevoir(Maison(), creneau, lot, maintenant=creneau.debut + timedelta(minutes=10))
    return venues


def _une_signature(creneau: Creneau, une: Inscription, hasard: Random) -> SignatureRecue:
    return SignatureRecue(
        uid=UUID(int=hasard.getrandbits(128), version=4),
        parcours=une.parcours_id,
        moyen=MoyenDeSignature.CODE,
        signee_le=creneau.debut + timedelta(seconds=hasard.randrange(-600, 540)),
        retard_d_horloge=0,
        appareil=f"{hasard.getrandbits(64):016x}",
    )


def _noter(creneau: Creneau, formateur: Acteur, venues: set[int], hasard: Random) -> None:
    """What the trainer noted: somebody late, somebody there who did not sign, the others absent."""
    for une in attendus(creneau):
        tire = hasard.randrange(SUR)
        if une.parcours_id in venues:
            if tire == 0:
                noter(formateur, creneau, une.parcours_id, CeQuiSEstPasse(PRESENT, retard=20))
        elif tire < SUR // 3:
            noter(formateur, creneau, une.parcours_id, CeQuiSEstPasse(PRESENT))
        elif tire == SUR - 1:
            noter(formateur, creneau, une.parcours_id, CeQuiSEstPasse(ABSENT))


def _corriger(session: Session, formateur: Acteur) -> None:
    """One presence said again: somebody left half an hour early, and it had not been noted."""
    tenue = (
        Presence.objects.filter(creneau__session=session, nature=PRESENT, signee=True, retard=0)
        .select_related("creneau__session", "parcours__dossier")
        .order_by("pk")
        .first()
    )
    if tenue is not None:
        corriger(
            formateur, tenue, CeQuiSEstPasse(PRESENT, avance=30), RaisonDeCorrection.HEURE,
            version=tenue.version,
        )  # fmt: skip


CHAPITRE: Final = Chapitre("presences", _verifier, _ecrire)
