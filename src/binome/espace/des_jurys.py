"""What waits for who organises juries, and for who sits there: sittings, appeals, parchemins to deliver, certifications to declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from binome.espace.attendus import Attendu
from binome.jurys.etats import EtatDeJury, EtatDeRecoursDeJury, EtatDeVae
from binome.jurys.permissions import (
    jurys_visibles,
    recours_visibles,
    son_siege,
    vaes_visibles,
)
from binome.passeport.etats import EtatDeDeclaration, EtatDeLotDePassages
from binome.passeport.permissions import lots_visibles, passages_visibles
from binome.titres.preparation import attendent_leur_parchemin

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur

A_DECLARER: Final = (EtatDeDeclaration.PRETE, EtatDeDeclaration.CORRIGEE)
A_CORRIGER: Final = (EtatDeDeclaration.REFUSEE, EtatDeDeclaration.REJETEE)


def des_jurys(acteur: Acteur) -> list[Attendu]:
    """Counts that lead to their list, those of nothing apart. Few queries, whatever is counted."""
    jurys = jurys_visibles(acteur).order_by()
    aujourd_hui = timezone.localdate()
    nombres = jurys.aggregate(
        prepares=Count("pk", filter=Q(etat=EtatDeJury.PREPARE)),
        a_tenir=Count("pk", filter=Q(etat=EtatDeJury.CONVOQUE, jour__lte=aujourd_hui)),
        ouverts=Count("pk", filter=Q(etat=EtatDeJury.OUVERT)),
    )
    liste = reverse("jurys")
    tous = [
        Attendu(nombres["ouverts"], "Séances ouvertes", "À finir, puis à clore.", liste,
                a_faire=True, un_seul="Séance ouverte"),
        Attendu(nombres["a_tenir"], "Jurys à tenir", "Leur jour est venu : ouvrez la séance.", liste,
                a_faire=True, un_seul="Jury à tenir"),
        Attendu(nombres["prepares"], "Jurys en préparation", "Qui siège et qui est présenté, puis la convocation.",
                liste, a_faire=True, un_seul="Jury en préparation"),
        Attendu(recours_visibles(acteur).filter(etat=EtatDeRecoursDeJury.DEPOSE).count(), "Recours contre un jury",
                "Une réponse est attendue.", reverse("suivis", args=["recours_de_jury"]), a_faire=True),
        Attendu(vaes_visibles(acteur).filter(etat=EtatDeVae.DEMANDEE).count(), "Demandes de VAE",
                "Dites si elles sont recevables.", reverse("suivis", args=["vae"]), a_faire=True,
                un_seul="Demande de VAE"),
        Attendu(_sans_parchemin(acteur), "Parchemins à délivrer", "Tous les blocs sont validés, le jury est clos.",
                reverse("titres"), a_faire=True, un_seul="Parchemin à délivrer"),
        *_du_passeport(acteur),
    ]  # fmt: skip
    return [un for un in tous if un.nombre]


@dataclass(frozen=True)
class SiegeDuJure:
    """Somebody who may sit: for which branch, and how many free days to come they gave."""

    branche: str
    jours: int


def du_jure(acteur: Acteur) -> SiegeDuJure | None:
    """What who may sit has to say of their days; None for anybody else."""
    sien = son_siege(acteur)
    if sien is None:
        return None
    aujourd_hui = timezone.localdate().isoformat()
    return SiegeDuJure(sien.branche.nom, sum(1 for un in sien.jours if un >= aujourd_hui))


def _sans_parchemin(acteur: Acteur) -> int:
    """How many people wait for theirs: a path is counted once, whatever it was presented to."""
    attendent = attendent_leur_parchemin().filter(
        jury__in=jurys_visibles(acteur).order_by().values("pk")
    )
    return attendent.values("parcours").distinct().count()


def _du_passeport(acteur: Acteur) -> list[Attendu]:
    passages = passages_visibles(acteur).order_by()
    nombres = passages.aggregate(
        a_declarer=Count("pk", filter=Q(etat__in=A_DECLARER)),
        a_corriger=Count("pk", filter=Q(etat__in=A_CORRIGER)),
        a_completer=Count("pk", filter=Q(etat=EtatDeDeclaration.A_COMPLETER)),
    )
    a_deposer = lots_visibles(acteur).filter(etat=EtatDeLotDePassages.A_DEPOSER).count()
    page = reverse("passeport")
    return [
        Attendu(nombres["a_declarer"], "Certifications à déclarer", "Dans les trois mois qui suivent le parchemin.",
                page, a_faire=True, un_seul="Certification à déclarer"),
        Attendu(a_deposer, "Lots à déposer", "Sur le portail des certificateurs.", page, a_faire=True,
                un_seul="Lot à déposer"),
        Attendu(nombres["a_corriger"], "Déclarations refusées", "À corriger, puis à déclarer de nouveau.", page,
                a_faire=True, un_seul="Déclaration refusée"),
        Attendu(nombres["a_completer"], "États civils à compléter", "Par la personne, ou par son organisme.", page,
                un_seul="État civil à compléter"),
    ]  # fmt: skip
