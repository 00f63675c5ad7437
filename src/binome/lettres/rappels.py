"""Reminders: before a deadline, and again until done; each one is noted once, by its key."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone

from binome.courrier.models import Avis
from binome.courrier.services import avertir, cle_pour, rendre_caducs
from binome.dossiers.destinataires import de_l_examen, du_candidat, qui_gere, s_ecrit
from binome.dossiers.etats import CHEZ_LA_BRANCHE, Etat
from binome.dossiers.models import Dossier
from binome.journal.models import Entree
from binome.lettres.prevenir import a_examiner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

A_COMPLETER: Final = 7
"""Days between two reminders of a dossier to complete."""
BROUILLON: Final = 14
"""Days between two reminders of a draft that nobody touches."""
AVANT: Final = (14, 7, 3, 1)
"""Days before a deadline when it is told; past it, every week."""
FILE: Final = 14
"""Days from which a dossier waits too long for the branch."""


def _dernier(dossiers: Iterable[Dossier], geste: str = "") -> Iterator[tuple[Dossier, datetime]]:
    """Each dossier with the instant of its last entry in the journal, of one gesture or of any."""
    lus = list(dossiers)
    for debut in range(0, len(lus), 400):
        lot = lus[debut : debut + 400]
        entrees = Entree.objects.filter(objet__in=[un.objet for un in lot])
        if geste:
            entrees = entrees.filter(geste=geste)
        instants = dict(
            entrees.order_by("objet").values_list("objet").annotate(dernier=Max("instant"))
        )
        for dossier in lot:
            if dossier.objet in instants:
                yield dossier, instants[dossier.objet]


def _avec_les_gens(**conditions: Any) -> list[Dossier]:
    return list(
        Dossier.objects.select_related("candidat", "organisme")
        .filter(anonyme_le__isnull=True, **conditions)
        .order_by("pk")
    )


def _dire(dossier: Dossier, quoi: str, texte: str, courriels: Iterable[str]) -> int:
    """Notes one reminder for each person; how many are new."""
    if not s_ecrit(dossier):
        return 0
    return sum(
        avertir(
            cle=cle_pour(f"{quoi}:{dossier.reference}", courriel),
            destinataire=courriel,
            genre=quoi.partition(":")[0],
            texte=texte,
            reference=dossier.reference,
            adresse=reverse("dossier", args=[dossier.reference]),
        )
        is not None
        for courriel in dict.fromkeys(courriels)
    )


def _jours(nombre: int) -> str:
    return "un jour" if nombre == 1 else f"{nombre} jours"


def a_completer(maintenant: datetime) -> int:
    """After a week without the answer that the branch asked for, then every week."""
    notes = 0
    for dossier, depuis in _dernier(_avec_les_gens(etat=Etat.A_COMPLETER), "dossier.demander"):
        age = (maintenant - depuis).days
        if age >= A_COMPLETER:
            notes += _dire(
                dossier,
                f"completer:{depuis.date().isoformat()}:{age // A_COMPLETER}",
                f"La branche attend que ce dossier soit complété depuis {_jours(age)}.",
                [*qui_gere(dossier.organisme_id), *du_candidat(dossier)],
            )
    return notes


def brouillons(maintenant: datetime) -> int:
    """After two weeks without a change to a draft, then every two weeks."""
    notes = 0
    for dossier, depuis in _dernier(_avec_les_gens(etat=Etat.BROUILLON)):
        age = (maintenant - depuis).days
        if age >= BROUILLON:
            notes += _dire(
                dossier,
                f"brouillon:{depuis.date().isoformat()}:{age // BROUILLON}",
                f"Ce brouillon n’a pas bougé depuis {_jours(age)}. Déposez-le, ou retirez-le.",
                qui_gere(dossier.organisme_id),
            )
    return notes


def palier(reste: int) -> str | None:
    """Which reminder of a deadline is due, that many days before it; None while it is far."""
    if reste < 0:
        return f"passee-{-reste // 7}"
    franchis = [seuil for seuil in AVANT if reste <= seuil]
    return f"avant-{min(franchis)}" if franchis else None


def echeances(maintenant: datetime) -> int:
    """Before the deadline of an open dossier, and every week past it, to who must act."""
    jour = timezone.localtime(maintenant).date()
    attendus = (Etat.BROUILLON, Etat.A_COMPLETER, *CHEZ_LA_BRANCHE)
    notes = 0
    examen = cache(de_l_examen)
    for dossier in _avec_les_gens(etat__in=attendus, echeance__isnull=False):
        reste = (dossier.echeance - jour).days if dossier.echeance else 0
        etape = palier(reste)
        if etape is None:
            continue
        texte = (
            f"L’échéance de ce dossier est passée depuis {_jours(-reste)}."
            if reste < 0
            else "L’échéance de ce dossier est aujourd’hui."
            if reste == 0
            else f"L’échéance de ce dossier est dans {_jours(reste)}."
        )
        a_l_examen = dossier.etat in CHEZ_LA_BRANCHE
        branche = (dossier.branche_id, dossier.certification, dossier.organisme.exemple)
        qui = examen(*branche) if a_l_examen else qui_gere(dossier.organisme_id)
        notes += _dire(dossier, f"echeance:{dossier.echeance}:{etape}", texte, qui)
    return notes


def file_d_attente(maintenant: datetime) -> int:
    """Once a week, to who examines for each branch: how many dossiers wait for more than two weeks."""
    attendent = Dossier.objects.filter(
        etat__in=CHEZ_LA_BRANCHE, depose_le__lte=maintenant - timedelta(days=FILE)
    )
    if not settings.DEMONSTRATION:
        attendent = attendent.filter(exemple=False)
    files = attendent.values("branche", "certification", "organisme__exemple").annotate(
        nombre=Count("pk"), premier=Min("depose_le")
    )
    annee, semaine, _ = timezone.localtime(maintenant).isocalendar()
    notes = 0
    for une in files.order_by("branche", "certification", "organisme__exemple"):
        nombre, plus_ancien = une["nombre"], (maintenant - une["premier"]).days
        debut = "Un dossier attend" if nombre == 1 else f"{nombre} dossiers attendent"
        texte = (
            f"{debut} depuis plus de {_jours(FILE)} ; le plus ancien, depuis {_jours(plus_ancien)}."
        )
        notes += sum(
            avertir(
                cle=cle_pour(
                    f"file:{annee}-{semaine}:{une['branche'] or une['certification']}", courriel
                ),
                destinataire=courriel,
                genre="file",
                texte=texte,
                adresse=a_examiner(),
            )
            is not None
            for courriel in de_l_examen(
                une["branche"], une["certification"], une["organisme__exemple"]
            )
        )
    return notes


ATTENDUS: Final = {
    "completer": (Etat.A_COMPLETER,),
    "brouillon": (Etat.BROUILLON,),
    "depose": (Etat.DEPOSE,),
    "echeance": (Etat.BROUILLON, Etat.A_COMPLETER, *CHEZ_LA_BRANCHE),
}
"""The states in which a reminder still has a reason, by kind."""


def oublier_ce_qui_est_fait() -> int:
    """Drops the reminders, not told yet, of dossiers that moved on; how many."""
    otes = 0
    for genre, etats in ATTENDUS.items():
        references = set(
            Avis.objects.filter(genre=genre, dit_le__isnull=True, caduc_le__isnull=True)
            .order_by("reference")
            .values_list("reference", flat=True)
        )
        faits = (
            Dossier.objects.filter(reference__in=references)
            .exclude(etat__in=etats)
            .order_by("pk")
            .values_list("reference", flat=True)
        )
        otes += sum(rendre_caducs(reference, genre) for reference in list(faits))
    return otes


def rappeler() -> int:
    """Notes every reminder that is due, and drops those of what is done; how many were noted."""
    maintenant = timezone.now()
    oublier_ce_qui_est_fait()
    return (
        a_completer(maintenant)
        + brouillons(maintenant)
        + echeances(maintenant)
        + file_d_attente(maintenant)
    )
