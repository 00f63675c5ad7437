"""The letter of a decision: composed from what the decision keeps, sealed, put on the shelf, checked."""

from __future__ import annotations

import hashlib
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from typst import TypstError

from binome.courrier.reservations import jeton, prises, rendre, reserver
from binome.dossiers import rayons
from binome.dossiers.models import Decision, PointTranche
from binome.dossiers.sceau import sceau, signature_tient, signer
from binome.impression.lettre import Lettre
from binome.impression.pdf import pdf_de_la_lettre
from binome.journal.lignes import lignes
from binome.journal.services import Fait, ecrire_tout
from binome.regles.courante import base_courante
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from django.db.models import QuerySet

    from binome.dossiers.sceau import Sceau

_NOTE = logging.getLogger(__name__)
GENRE: Final = "lettre"
LOT: Final = 20
"""Letters sealed in one transaction: a second or two of work, lost and done again after a kill."""


def adresse_de_la_lettre(decision: Decision) -> str:
    """The whole address where the letter is read, by who may."""
    return adresse_entiere(reverse("lettre", args=[decision.pk]))


def _tranches(decision: Decision) -> dict[str, str]:
    """The positions of the branch that held when it decided."""
    return dict(
        PointTranche.objects.filter(
            Q(leve_le__isnull=True) | Q(leve_le__gt=decision.le), le__lte=decision.le
        )
        .order_by("pk")
        .values_list("code", "position")
    )


def lettre_de(decision: Decision, avec: Sceau) -> Lettre:
    """What the letter of a decision is made of, read from the database."""
    dossier = decision.dossier
    return Lettre(
        reference=dossier.reference,
        personne=dossier.personne,
        naissance=dossier.naissance,
        organisme=dossier.organisme.nom,
        employeur=dossier.employeur,
        decideur=str(decision.par),
        nature=decision.nature,
        reponse=decision.reponse,
        empreinte=decision.base,
        faits=decision.proposition.faits_prouves,
        reserve=decision.reserve,
        ecart=decision.ecart,
        le=timezone.localtime(decision.le).date(),
        adresse=adresse_de_la_lettre(decision),
        tranches=_tranches(decision),
        demonstration=avec.demonstration or dossier.exemple,
    )


def attendent_leur_sceau() -> QuerySet[Decision]:
    """Decisions that may no longer be undone, and wait for their letter."""
    return Decision.objects.filter(
        notifiee_le__isnull=True,
        annulee_le__isnull=True,
        dossier__anonyme_le__isnull=True,
        notifiable_des__lte=timezone.now(),
        sceau="",
    )


def _a_sceller() -> list[int]:
    """The same, but for those that a runner is at work on; the oldest first."""
    return list(
        attendent_leur_sceau()
        .exclude(pk__in=prises(GENRE))
        .order_by("notifiable_des", "pk")
        .values_list("pk", flat=True)[:LOT]
    )


def sceller() -> int:
    """Seals a lot of letters; how many. Raises SceauAbsent when no key can, OSError from the disk.

    A letter only counts once its file is whole on the disk; of two runners one keeps it, and the file
    of the other is taken away.
    """
    voulues = _a_sceller()
    if not voulues:
        return 0
    avec, par = sceau(), jeton()
    laissees: list[int] = []
    try:
        decisions = list(
            Decision.objects.select_related("dossier__organisme", "proposition", "par")
            .filter(pk__in=reserver(GENRE, voulues, par), sceau="", annulee_le__isnull=True)
            .order_by("notifiable_des", "pk")
        )
        rangees: list[tuple[Decision, str, str]] = []
        try:
            for decision, page in _composer(decisions, avec):
                contenu = _sceller_ou_laisser(decision, page, avec, laissees)
                if contenu is not None:
                    empreinte = hashlib.sha256(contenu).hexdigest()
                    rangees.append((decision, rayons.LETTRES.ranger(contenu), empreinte))
        finally:
            # What is whole is kept even when the disk refuses the next one.
            scellees = _inscrire(rangees)
        return scellees
    finally:
        rendre(GENRE, par, sauf=laissees)


def _composer(
    decisions: Sequence[Decision], avec: Sceau
) -> Iterator[tuple[Decision, Future[bytes]]]:
    """The PDF of each letter, in order, while those that follow are being made.

    The typesetter works without the interpreter's lock, on every core, as the caller signs and writes.
    """
    base = base_courante().vue("positionnement")
    with ThreadPoolExecutor(os.cpu_count()) as fils:
        lettres = [lettre_de(decision, avec) for decision in decisions]
        pages = [fils.submit(pdf_de_la_lettre, lettre, base) for lettre in lettres]
        yield from zip(decisions, pages, strict=True)


def _sceller_ou_laisser(
    decision: Decision, page: Future[bytes], avec: Sceau, laissees: list[int]
) -> bytes | None:
    """One letter that cannot be made is left for later: it must not hold back the others."""
    try:
        return signer(page.result(), avec)
    except (TypstError, KeyError, ValueError) as faute:
        _NOTE.error("lettre de la décision %s : %s", decision.pk, type(faute).__name__)
        laissees.append(decision.pk)
        return None


def _inscrire(rangees: Sequence[tuple[Decision, str, str]]) -> int:
    perdues: list[str] = []
    faits: list[Fait] = []
    with transaction.atomic():
        le = timezone.now()
        for decision, nom, empreinte in rangees:
            inscrite = Decision.objects.filter(
                pk=decision.pk,
                sceau="",
                annulee_le__isnull=True,
                dossier__anonyme_le__isnull=True,
            ).update(sceau=nom, sceau_empreinte=empreinte, scellee_le=le)
            if not inscrite:
                perdues.append(nom)
                continue
            faits.append(
                Fait(
                    "decision.scellee",
                    decision.dossier.objet,
                    apres={"decision": decision.pk, "empreinte": empreinte, "base": decision.base},
                    sujet=decision.dossier.sujet,
                    lignes=lignes([decision], "sceau", "sceau_empreinte", "scellee_le"),
                )
            )
        ecrire_tout(faits)
    for nom in perdues:
        rayons.LETTRES.jeter(nom)
    return len(faits)


def verifier_sceau(decision: Decision) -> str | None:
    """Why the letter of a decision does not hold, in French; None when file, hash and signature do."""
    if not decision.sceau or decision.scellee_le is None:
        return "la décision n’est pas scellée"
    try:
        contenu = rayons.LETTRES.lire(decision.sceau)
    except (OSError, ValueError):
        return "le fichier est introuvable"
    if hashlib.sha256(contenu).hexdigest() != decision.sceau_empreinte:
        return "le fichier n’est plus celui qui a été scellé"
    return signature_tient(contenu, decision.scellee_le, sceau().certificats)
